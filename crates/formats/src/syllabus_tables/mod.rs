//! Syllabuses whose structure stands in tables: DOCX, PDF by its text positions, CSV and XLSX by a template.

pub(crate) mod labels;
