//! The codes of findings in tables. `docs/importing-tables.md` tells how each is settled.

use assay_specification::Severity;

use crate::syllabus::Code;

const fn code(name: &'static str, severity: Severity, about: &'static str) -> Code {
    Code {
        name,
        severity,
        about,
    }
}

pub(super) const PAGE_BREAK: Code = code(
    "TABLE_PAGE_BREAK",
    Severity::Note,
    "A row of a table goes on after a page break; its parts were put together.",
);
pub(super) const HYPHEN: Code = code(
    "TABLE_HYPHEN",
    Severity::Warning,
    "A word is broken by a hyphen at a line's end, and the document writes it nowhere else.",
);
pub(super) const UNREAD: Code = code(
    "TABLE_PAGE_UNREAD",
    Severity::Error,
    "The text of a page could not be read, or not all of it.",
);
pub(super) const WARNED: Code = code(
    "TABLE_DOCUMENT_WARNING",
    Severity::Warning,
    "The document holds something that was not read.",
);
pub(super) const HEADER: Code = code(
    "TABLE_NO_HEADER",
    Severity::Error,
    "The row of headers was not found, or a column of the template is missing.",
);
pub(super) const COLUMN: Code = code(
    "TABLE_COLUMN_UNKNOWN",
    Severity::Warning,
    "A column is not one of the template's and was not read.",
);
pub(super) const KIND: Code = code(
    "TABLE_KIND_UNKNOWN",
    Severity::Error,
    "A row does not say what it holds.",
);
pub(super) const VALUE: Code = code(
    "TABLE_VALUE",
    Severity::Error,
    "A cell holds something else than its column asks for.",
);
pub(super) const ORDER: Code = code(
    "TABLE_ROW_LOOSE",
    Severity::Error,
    "A row stands before the row that it belongs to.",
);

/// All codes of findings in tables.
pub const TABLE_CODES: &[Code] = &[
    PAGE_BREAK, HYPHEN, UNREAD, WARNED, HEADER, COLUMN, KIND, VALUE, ORDER,
];
