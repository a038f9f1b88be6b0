//! Fields: instructions to the word processor whose results stand in the text.

use super::super::Part;

/// A complex field: its instruction, and whether its result has begun.
#[derive(Debug, Default)]
pub(super) struct Field {
    pub(super) instruction: String,
    pub(super) result: bool,
}

/// Fields that bring in another file, or data from another program, each time they are updated.
pub(super) fn refers_outside(instruction: &str) -> bool {
    let name = instruction
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_ascii_uppercase();
    matches!(
        name.as_str(),
        "INCLUDEPICTURE" | "INCLUDETEXT" | "INCLUDE" | "IMPORT" | "LINK" | "DDE" | "DDEAUTO" | "DATABASE"
    )
}

/// The part that a field makes.
pub(super) fn part_of_field(instruction: &str) -> Option<Part> {
    match instruction
        .split_whitespace()
        .next()?
        .to_ascii_uppercase()
        .as_str()
    {
        "TOC" => Some(Part::Contents),
        "INDEX" => Some(Part::Index),
        "BIBLIOGRAPHY" => Some(Part::Bibliography),
        _ => None,
    }
}
