//! Plain text: paragraphs are parted by empty lines, pages by form feeds.

use crate::decoding::{self, TextEncoding};
use crate::limits::Limits;
use crate::refusal::ReadRefusal;
use crate::sniff::FileKind;

use super::draft::Draft;
use super::{DocumentText, ParagraphKind, WarningCode, sections};

const WHAT: &str = "text file";

/// Reads plain text. A line that stands alone and reads like "References" or "Appendix A" is taken as a heading.
///
/// Refuses, when: the text exceeds the limits of pages or characters.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<DocumentText, ReadRefusal> {
    let mut draft = Draft::new(WHAT, limits);
    let text = decode(bytes, &mut draft);
    for (number, page) in text.split('\u{c}').enumerate() {
        if number > 0 {
            draft.next_page()?;
        }
        let mut paragraph = String::new();
        for line in page.lines() {
            let alone = sections::section_title(line).is_some() || sections::is_dotted_entry(line);
            if line.trim().is_empty() || alone {
                draft.add(ParagraphKind::Paragraph, &paragraph, None)?;
                paragraph.clear();
            }
            if alone {
                draft.add(ParagraphKind::Paragraph, line, None)?;
                continue;
            }
            if !paragraph.is_empty() {
                paragraph.push('\n');
            }
            paragraph.push_str(line.trim_end());
        }
        draft.add(ParagraphKind::Paragraph, &paragraph, None)?;
    }
    draft.finish(FileKind::Text)
}

/// Decodes, saying when the encoding was a guess or bytes were lost.
pub(super) fn decode(bytes: &[u8], draft: &mut Draft) -> String {
    let decoded = decoding::decode(bytes);
    if decoded.replaced {
        draft.warn(
            WarningCode::Encoding,
            "Some characters could not be read and are shown as \u{fffd}.",
        );
    } else if decoded.encoding == TextEncoding::Windows1252 {
        draft.warn(
            WarningCode::Encoding,
            format!(
                "The text does not say how it is encoded; it was read as {}.",
                decoded.encoding.in_words()
            ),
        );
    }
    decoded.text.replace("\r\n", "\n").replace('\r', "\n")
}
