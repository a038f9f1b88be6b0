//! What a file is, told from its bytes. Its name and the type that a browser declares are never believed; the name only
//! chooses between readings of the same plain text (Markdown, CSV) and is compared with what the bytes say.

mod kind;
mod packed;

use serde::{Deserialize, Serialize};

use crate::decoding;

pub use kind::{FileKind, LooksLike, accepted_as_evidence};
use packed::{compound, packed};

/// The kind of a file from its bytes alone. Plain text is [`FileKind::Text`]; see [`sniff_named`] for Markdown and CSV.
/// Reads a bounded part of the file, and of a packed document only its list of parts and its declaration of content.
#[must_use]
pub fn sniff(bytes: &[u8]) -> FileKind {
    use FileKind as K;
    use LooksLike as L;
    if bytes.is_empty() {
        return K::Unknown(L::Empty);
    }
    let begins = |magic: &[u8]| bytes.starts_with(magic);
    if begins(b"%PDF-") || pdf_after_a_little_junk(bytes) {
        return K::Pdf;
    }
    if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") {
        return packed(bytes);
    }
    if begins(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1") {
        return K::Unknown(compound(bytes));
    }
    if begins(b"\x89PNG\r\n\x1A\n") {
        return K::Png;
    }
    if begins(b"\xFF\xD8\xFF") {
        return K::Jpeg;
    }
    if bytes.get(4..8) == Some(b"ftyp") {
        return iso_media(bytes);
    }
    if let Some(looks) = by_first_bytes(bytes) {
        return K::Unknown(looks);
    }
    if begins(b"ID3") || mp3_frames(bytes) {
        return K::Mp3;
    }
    if decoding::looks_like_text(bytes) {
        return text(bytes);
    }
    K::Unknown(L::Nothing)
}

/// The kind of a named file, and a sentence when the name promises something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sniffed {
    /// What the bytes are; for plain text refined by the name.
    pub kind: FileKind,
    /// "This file is named .pdf but holds a Word document (.docx)."; `None` when name and bytes agree or the name has no
    /// ending that means anything here.
    pub mismatch: Option<String>,
}

/// Tells the kind of a file as [`sniff`] does, lets the name's ending choose between plain text, Markdown and CSV, and
/// compares the two.
#[must_use]
pub fn sniff_named(bytes: &[u8], name: &str) -> Sniffed {
    let ending = name
        .rsplit_once('.')
        .map(|(_, ending)| ending.trim().to_ascii_lowercase())
        .filter(|ending| !ending.is_empty() && ending.len() <= 8);
    let told = sniff(bytes);
    let kind = match (told, ending.as_deref()) {
        (FileKind::Text, Some("md" | "markdown")) => FileKind::Markdown,
        (FileKind::Text, Some("csv" | "tsv")) => FileKind::Csv,
        _ => told,
    };
    let mismatch = ending
        .as_deref()
        .filter(|ending| promises(ending).is_some_and(|kinds| !kinds.contains(&kind)))
        .map(|ending| match kind {
            FileKind::Unknown(LooksLike::Empty) => kind.as_sentence(),
            FileKind::Unknown(LooksLike::BrokenZip) => {
                format!("This file is named .{ending} but is cut short or damaged.")
            }
            _ => format!("This file is named .{ending} but holds {kind}."),
        });
    Sniffed { kind, mismatch }
}

/// What an ending promises; `None` for endings that mean nothing here.
fn promises(ending: &str) -> Option<&'static [FileKind]> {
    use FileKind as K;
    use LooksLike as L;
    Some(match ending {
        "pdf" => &[K::Pdf],
        "docx" => &[K::Docx],
        "odt" => &[K::Odt],
        "txt" | "text" => &[K::Text],
        "md" | "markdown" => &[K::Markdown],
        "csv" | "tsv" => &[K::Csv],
        "xlsx" => &[K::Xlsx],
        "png" => &[K::Png],
        "jpg" | "jpeg" => &[K::Jpeg],
        "mp3" => &[K::Mp3],
        "mp4" | "m4v" => &[K::Mp4],
        "m4a" => &[K::M4a],
        "doc" => &[K::Unknown(L::OldWord)],
        "xls" => &[K::Unknown(L::OldExcel)],
        "ppt" => &[K::Unknown(L::OldPowerPoint)],
        "rtf" => &[K::Unknown(L::Rtf)],
        "docm" | "dotm" => &[K::Unknown(L::WordWithMacros)],
        "xlsm" => &[K::Unknown(L::ExcelWithMacros)],
        "pptx" | "ppsx" => &[K::Unknown(L::PowerPoint)],
        "zip" => &[K::Unknown(L::Zip)],
        "gif" | "webp" | "tif" | "tiff" | "bmp" | "heic" => &[K::Unknown(L::OtherPicture)],
        "mov" | "avi" | "mkv" | "webm" | "wmv" => &[K::Unknown(L::OtherFilm)],
        "wav" | "ogg" | "flac" | "aac" => &[K::Unknown(L::OtherSound)],
        _ => return None,
    })
}

/// Readers of PDF allow for up to a kibibyte before the header.
fn pdf_after_a_little_junk(bytes: &[u8]) -> bool {
    let head = bytes.get(..1024).unwrap_or(bytes);
    head.windows(8).any(|w| {
        w.starts_with(b"%PDF-")
            && w.get(5..8)
                .is_some_and(|v| matches!(v, [b'0'..=b'9', b'.', b'0'..=b'9']))
    })
}

fn by_first_bytes(bytes: &[u8]) -> Option<LooksLike> {
    use LooksLike as L;
    const TABLE: &[(&[u8], LooksLike)] = &[
        (b"{\\rtf", L::Rtf),
        (b"MZ", L::Program),
        (b"\x7FELF", L::Program),
        (b"\xCA\xFE\xBA\xBE", L::Program),
        (b"\xFE\xED\xFA\xCE", L::Program),
        (b"\xFE\xED\xFA\xCF", L::Program),
        (b"\xCE\xFA\xED\xFE", L::Program),
        (b"\xCF\xFA\xED\xFE", L::Program),
        (b"\x00asm", L::Program),
        (b"#!", L::Script),
        (b"GIF87a", L::OtherPicture),
        (b"GIF89a", L::OtherPicture),
        (b"II*\x00", L::OtherPicture),
        (b"MM\x00*", L::OtherPicture),
        (b"BM", L::OtherPicture),
        (b"OggS", L::OtherSound),
        (b"fLaC", L::OtherSound),
        (b"\x1A\x45\xDF\xA3", L::OtherFilm),
        (b"\x30\x26\xB2\x75\x8E\x66\xCF\x11", L::OtherFilm),
        (b"Rar!\x1A\x07", L::OtherArchive),
        (b"7z\xBC\xAF\x27\x1C", L::OtherArchive),
        (b"\x1F\x8B", L::OtherArchive),
        (b"BZh", L::OtherArchive),
        (b"\xFD7zXZ\x00", L::OtherArchive),
        (b"\x28\xB5\x2F\xFD", L::OtherArchive),
    ];
    if bytes.starts_with(b"RIFF") {
        return Some(match bytes.get(8..12) {
            Some(b"WEBP") => L::OtherPicture,
            Some(b"WAVE") => L::OtherSound,
            Some(b"AVI ") => L::OtherFilm,
            _ => L::Nothing,
        });
    }
    if bytes.get(257..262) == Some(b"ustar") {
        return Some(L::OtherArchive);
    }
    TABLE
        .iter()
        .find(|(magic, _)| bytes.starts_with(magic))
        .map(|(_, looks)| *looks)
        // Two letters are no proof: prose may well begin with "BMW" or "MZ".
        .filter(|looks| {
            !matches!(looks, L::OtherPicture | L::Program | L::OtherArchive)
                || !decoding::looks_like_text(bytes)
        })
}

/// Two MPEG audio frames in a row, of which the second begins where the first ends: one frame header alone (11 bits) is
/// no proof.
fn mp3_frames(bytes: &[u8]) -> bool {
    crate::media::mpeg_frame(bytes, 0)
        .and_then(|first| crate::media::mpeg_frame(bytes, first.length))
        .is_some()
}

fn iso_media(bytes: &[u8]) -> FileKind {
    match bytes.get(8..12) {
        Some(b"M4A " | b"M4B ") => FileKind::M4a,
        Some(b"qt  ") => FileKind::Unknown(LooksLike::OtherFilm),
        Some(b"heic" | b"heix" | b"mif1" | b"msf1" | b"avif" | b"avis") => {
            FileKind::Unknown(LooksLike::OtherPicture)
        }
        Some(_) => FileKind::Mp4,
        None => FileKind::Unknown(LooksLike::Nothing),
    }
}

fn text(bytes: &[u8]) -> FileKind {
    let head = decoding::decode(bytes.get(..4096).unwrap_or(bytes)).text;
    let head = head.trim_start().to_ascii_lowercase();
    if ["<!doctype html", "<html", "<svg", "<script"]
        .iter()
        .any(|tag| head.starts_with(tag))
    {
        return FileKind::Unknown(LooksLike::WebPage);
    }
    if head.starts_with("<?xml") {
        let web = head.contains("<svg") || head.contains("<html");
        return FileKind::Unknown(if web { LooksLike::WebPage } else { LooksLike::Xml });
    }
    FileKind::Text
}
