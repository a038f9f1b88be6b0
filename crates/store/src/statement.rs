//! A statement of the catalogue: one SQL text in the dialect that both engines share.

/// The kind of a parameter or column. Nothing else is stored: instants are fixed-width UTC text, dates ISO text, ids
/// prefixed text, truth values 0 and 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Text,
    Int,
    Bytes,
}

/// One SQL statement, declared by name with its parameters and columns. Placeholders are `$1`, `$2`, ...; a parameter
/// may be NULL whatever its kind. A test prepares every statement on both engines.
#[derive(Debug, Clone, Copy)]
pub struct Statement {
    /// `noun.verb_what`, e.g. `person.find_by_email`.
    pub name: &'static str,
    pub sql: &'static str,
    /// Kinds of `$1`, `$2`, ... in order.
    pub parameters: &'static [Kind],
    /// Names (as the statement gives them) and kinds of the columns it returns; empty for writes.
    pub columns: &'static [(&'static str, Kind)],
}
