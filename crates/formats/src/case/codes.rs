//! The codes of findings in CASE packages. `docs/importing-tables.md` tells how each is settled.

use assay_specification::Severity;

use crate::syllabus::Code;

const fn code(name: &'static str, severity: Severity, about: &'static str) -> Code {
    Code {
        name,
        severity,
        about,
    }
}

pub(super) const CYCLE: Code = code(
    "CASE_CYCLE",
    Severity::Error,
    "Items are children of each other in a ring.",
);
pub(super) const DOUBLED: Code = code(
    "CASE_DOUBLED_IDENTIFIER",
    Severity::Error,
    "Two items have one identifier.",
);
pub(super) const PARENT_MISSING: Code = code(
    "CASE_PARENT_MISSING",
    Severity::Error,
    "An item is the child of something that the package does not hold.",
);
pub(super) const PARENTS_SEVERAL: Code = code(
    "CASE_SEVERAL_PARENTS",
    Severity::Warning,
    "An item is the child of several items.",
);
pub(super) const NO_PARENT: Code = code("CASE_NO_PARENT", Severity::Warning, "An item is nobody's child.");
pub(super) const ITEM_TYPE: Code = code(
    "CASE_ITEM_TYPE",
    Severity::Warning,
    "The type of items says neither unit, outcome nor criterion; their place was taken for it.",
);
pub(super) const NOT_PLACED: Code = code(
    "CASE_NOT_PLACED",
    Severity::Error,
    "An item stands where no unit, outcome or criterion can stand.",
);
pub(super) const SHAPE: Code = code(
    "CASE_SHAPE",
    Severity::Warning,
    "A record is not as CASE wants it: a field is missing, of another kind or unknown.",
);
pub(super) const VALUE: Code = code(
    "CASE_VALUE",
    Severity::Error,
    "A value carried for a specification is not of its kind.",
);
pub(super) const NOTHING: Code = code("CASE_NO_UNITS", Severity::Error, "The package holds no unit.");
pub(super) const MORE: Code = code(
    "CASE_MORE",
    Severity::Note,
    "Findings of one kind were too many to list.",
);

/// All codes of findings in CASE packages.
pub const CASE_CODES: &[Code] = &[
    CYCLE,
    DOUBLED,
    PARENT_MISSING,
    PARENTS_SEVERAL,
    NO_PARENT,
    ITEM_TYPE,
    NOT_PLACED,
    SHAPE,
    VALUE,
    NOTHING,
    MORE,
];
