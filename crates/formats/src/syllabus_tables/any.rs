//! A syllabus in whatever form it comes, told from its bytes.

use crate::case::looks_like_case;
use crate::decoding;
use crate::limits::Limits;
use crate::refusal::{ReadRefusal, RefusalCode};
use crate::sniff::{FileKind, LooksLike, sniff, sniff_named};
use crate::syllabus::{Draft, Reading, Source, read_text_file};

use super::{docx, pdf, sheet, source};
use crate::case;

/// Reads a syllabus and checks it: text, PDF, Word document, CASE package, or the template as CSV or workbook. The name
/// is used only to tell a table from other plain text.
///
/// Refuses, when: the file is of another kind; it is empty, larger than the limit, locked or damaged; the reader of its
/// kind does.
pub fn read_syllabus(bytes: &[u8], name: Option<&str>, limits: &Limits) -> Result<Draft, ReadRefusal> {
    Ok(read_with_source(bytes, name, limits)?.checked())
}

/// The same, not yet checked, with the document as lines to show beside what was read.
///
/// Refuses, when: [`read_syllabus`] does.
pub fn read_with_source(bytes: &[u8], name: Option<&str>, limits: &Limits) -> Result<Reading, ReadRefusal> {
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
    let (draft, source) = match kind {
        FileKind::Pdf => of_lines(pdf::lines(bytes, limits)?),
        FileKind::Docx => of_lines(docx::lines(bytes, limits)?),
        FileKind::Xlsx => sheet::read_xlsx_with_lines(bytes, limits)?,
        FileKind::Csv => sheet::read_csv_with_lines(bytes, limits)?,
        _ if looks_like_case(bytes) => {
            let package = case::Package::read(bytes, limits)?;
            (package.draft(), package.lines())
        }
        FileKind::Text | FileKind::Markdown => {
            let head = decoding::decode(bytes.get(..16 * 1024).unwrap_or(bytes)).text;
            if sheet::has_header(&head) {
                sheet::read_csv_with_lines(bytes, limits)?
            } else {
                let draft = read_text_file(bytes)?;
                (draft, Source::text(&decoding::decode(bytes).text))
            }
        }
        FileKind::Unknown(looks) => return Err(not_read(kind, looks)),
        other => return Err(not_read(other, LooksLike::Nothing)),
    };
    Ok(Reading {
        draft,
        source,
        catalogue: Vec::new(),
    })
}

fn of_lines(lines: source::Source) -> (Draft, Source) {
    let shown = lines.shown();
    (lines.draft(), shown)
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
