//! A syllabus in whatever form it comes, told from its bytes.

use crate::case::{looks_like_case, read_case};
use crate::decoding;
use crate::limits::Limits;
use crate::refusal::{ReadRefusal, RefusalCode};
use crate::sniff::{FileKind, LooksLike, sniff, sniff_named};
use crate::syllabus::{Draft, check, import};

use super::{docx, pdf, sheet};

/// Reads a syllabus and checks it: text, PDF, Word document, CASE package, or the template as CSV or workbook. The name
/// is used only to tell a table from other plain text.
///
/// Refuses, when: the file is of another kind; it is empty, larger than the limit, locked or damaged; the reader of its
/// kind does.
pub fn read_syllabus(bytes: &[u8], name: Option<&str>, limits: &Limits) -> Result<Draft, ReadRefusal> {
    if bytes.len() as u64 > limits.file_bytes {
        return Err(ReadRefusal::new(
            RefusalCode::TooLarge,
            format!(
                "This file is larger than {} MiB.",
                limits.file_bytes / (1024 * 1024)
            ),
            "Take the pictures out, or import the text of the syllabus alone.",
        ));
    }
    let kind = name.map_or_else(|| sniff(bytes), |name| sniff_named(bytes, name).kind);
    let mut draft = match kind {
        FileKind::Pdf => pdf::read_pdf(bytes, limits)?,
        FileKind::Docx => docx::read_docx(bytes, limits)?,
        FileKind::Xlsx => sheet::read_xlsx(bytes, limits)?,
        FileKind::Csv => sheet::read_csv(bytes, limits)?,
        _ if looks_like_case(bytes) => read_case(bytes, limits)?,
        FileKind::Text | FileKind::Markdown => {
            let head = decoding::decode(bytes.get(..16 * 1024).unwrap_or(bytes)).text;
            if sheet::has_header(&head) {
                sheet::read_csv(bytes, limits)?
            } else {
                return import(bytes);
            }
        }
        FileKind::Unknown(looks) => return Err(not_read(kind, looks)),
        other => return Err(not_read(other, LooksLike::Nothing)),
    };
    check(&mut draft);
    Ok(draft)
}

fn not_read(kind: FileKind, looks: LooksLike) -> ReadRefusal {
    match looks {
        LooksLike::EncryptedOffice => return ReadRefusal::encrypted("document"),
        LooksLike::WordWithMacros => return ReadRefusal::macros("Word document"),
        LooksLike::BrokenZip => return ReadRefusal::damaged("document", "its list of parts cannot be read"),
        _ => {}
    }
    let remedy = match kind {
        FileKind::Png | FileKind::Jpeg => "Run text recognition (OCR) over the picture, and import the text.",
        FileKind::Odt => "Save it as a Word document (.docx) or a PDF, and import that.",
        _ => {
            "Import a PDF, a Word document (.docx), plain text, a CASE package (JSON), or the template as CSV or XLSX."
        }
    };
    ReadRefusal::new(
        RefusalCode::NotADocument,
        format!("{} A syllabus is not read from it.", kind.as_sentence()),
        remedy,
    )
}
