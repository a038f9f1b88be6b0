//! Bytes of plain text to characters, saying which encoding was found.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};
use serde::{Deserialize, Serialize};

/// How the bytes of a text were read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextEncoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16, low byte first.
    Utf16Le,
    /// UTF-16, high byte first.
    Utf16Be,
    /// Windows-1252 (Western European), taken when the bytes are nothing else.
    Windows1252,
}

impl TextEncoding {
    /// The encoding's name as people know it.
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16Le | Self::Utf16Be => "UTF-16",
            Self::Windows1252 => "Windows-1252 (Western European)",
        }
    }

    fn encoding(self) -> &'static Encoding {
        match self {
            Self::Utf8 => UTF_8,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::Windows1252 => WINDOWS_1252,
        }
    }
}

/// A text and how its bytes were read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The encoding that was found.
    pub encoding: TextEncoding,
    /// Whether some bytes were not valid in that encoding and became the replacement character.
    pub replaced: bool,
}

/// Decodes a text: by its byte order mark; else UTF-8 when it is valid (a character cut off at the very end does not
/// count against it); else UTF-16 when every other byte is mostly zero; else Windows-1252.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded {
    let encoding = encoding_of(bytes);
    let (text, replaced) = encoding.encoding().decode_with_bom_removal(bytes);
    Decoded {
        text: text.into_owned(),
        encoding,
        replaced,
    }
}

fn encoding_of(bytes: &[u8]) -> TextEncoding {
    match bytes {
        [0xEF, 0xBB, 0xBF, ..] => return TextEncoding::Utf8,
        [0xFF, 0xFE, ..] => return TextEncoding::Utf16Le,
        [0xFE, 0xFF, ..] => return TextEncoding::Utf16Be,
        _ => {}
    }
    if let Some(utf16) = utf16_without_mark(bytes) {
        return utf16;
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => TextEncoding::Utf8,
        Err(e) if e.error_len().is_none() && e.valid_up_to() > 0 => TextEncoding::Utf8,
        Err(_) => TextEncoding::Windows1252,
    }
}

/// Latin text in UTF-16 has a zero in nearly every other byte.
fn utf16_without_mark(bytes: &[u8]) -> Option<TextEncoding> {
    let head = bytes.get(..4096).unwrap_or(bytes);
    let pairs = head.len() / 2;
    if pairs < 4 {
        return None;
    }
    let high_zero = head
        .chunks_exact(2)
        .filter(|pair| matches!(pair, [low, 0] if *low != 0))
        .count();
    let low_zero = head
        .chunks_exact(2)
        .filter(|pair| matches!(pair, [0, high] if *high != 0))
        .count();
    if high_zero * 10 > pairs * 7 {
        Some(TextEncoding::Utf16Le)
    } else if low_zero * 10 > pairs * 7 {
        Some(TextEncoding::Utf16Be)
    } else {
        None
    }
}

/// Whether the first kibibytes read as text: no control characters but white space, form feed and escape.
#[must_use]
pub fn looks_like_text(bytes: &[u8]) -> bool {
    let head = bytes.get(..16 * 1024).unwrap_or(bytes);
    let decoded = decode(head);
    let mut seen = 0usize;
    let mut strange = 0usize;
    for character in decoded.text.chars() {
        seen += 1;
        match character {
            '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}' | '\u{1a}' => {}
            '\0' => return false,
            // In Windows-1252 nothing decodes to a replacement; the five unassigned bytes become C1 controls.
            c if c.is_control() || c == '\u{fffd}' => strange += 1,
            _ => {}
        }
    }
    seen > 0 && strange * 100 <= seen
}
