//! Syllabuses whose structure stands in tables: DOCX, PDF by its text positions, CSV and XLSX by a template.
//!
//! Word documents and PDFs become lines with cells ([`text_of_pdf`] shows them), of which the reader of texts makes the
//! draft. The template's rows say themselves what they hold. What each relies on stands in `docs/importing-tables.md`.

mod codes;
pub(crate) mod labels;
mod pdf;
mod source;

pub use codes::TABLE_CODES;
pub use pdf::{read_pdf, text_of_pdf};
