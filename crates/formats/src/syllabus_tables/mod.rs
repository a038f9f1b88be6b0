//! Syllabuses whose structure stands in tables: DOCX, PDF by its text positions, CSV and XLSX by a template.
//!
//! Word documents and PDFs become lines with cells ([`text_of_pdf`] shows them), of which the reader of texts makes the
//! draft. The template's rows say themselves what they hold. What each relies on stands in `docs/importing-tables.md`.

mod any;
mod codes;
mod docx;
pub(crate) mod labels;
mod pdf;
mod sheet;
mod source;
mod template;

pub use any::{read_syllabus, read_with_source};
pub use codes::TABLE_CODES;
pub use docx::{read_docx, text_of_docx};
pub use pdf::{read_pdf, text_of_pdf};
pub use sheet::{read_csv, read_xlsx};
pub use template::{Column, Kind, syllabus_template_csv, syllabus_template_xlsx};
