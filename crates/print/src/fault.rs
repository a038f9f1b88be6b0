//! Why a sheet could not be printed.

use crate::inspect::is_out_of_place;

/// Why a sheet could not be printed.
///
/// The first five are about what was handed in and say what would make it pass; only [`PrintFault::Typesetting`] means
/// that something in this crate is wrong.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PrintFault {
    /// A field that the sheet must show is blank, or a field stands on a sheet where it may not.
    #[error("{field}: {because}")]
    NotAsRequired {
        /// The field's path in the sheet, for example `learner.name`.
        field: String,
        /// What is required and, where there is one, the source of the rule.
        because: String,
    },

    /// A text holds characters that no font of the theme can draw, control characters, or characters that force a
    /// direction upon the text.
    ///
    /// A sheet is refused rather than printed with empty boxes in a person's name.
    #[error(
        "{field}: cannot be printed: {}; correct the text, or add a font that has them to the theme",
        listed(characters)
    )]
    CannotBeDrawn {
        /// The field's path in the sheet.
        field: String,
        /// The characters, each once, in the order in which they occur.
        characters: Vec<char>,
    },

    /// A date that is not in the calendar.
    #[error("{field}: {year:04}-{month:02}-{day:02} is not a date")]
    NotADate {
        /// The field's path in the sheet.
        field: String,
        /// Year as handed in.
        year: i32,
        /// Month as handed in.
        month: u8,
        /// Day as handed in.
        day: u8,
    },

    /// A text is too long for its place even at the smallest readable size.
    #[error("{what} does not fit on the page at the smallest readable size")]
    DoesNotFit {
        /// What is too long, in words.
        what: String,
    },

    /// A row of a report's table has more or fewer cells than the table has columns.
    #[error("section “{section}”, row {row}: expected {expected} cells, found {found}")]
    RowWidth {
        /// The section's heading.
        section: String,
        /// The row, counted from 1.
        row: usize,
        /// The number of columns.
        expected: usize,
        /// The number of cells found.
        found: usize,
    },

    /// Something in the theme cannot be used: a font, an emblem, a colour.
    #[error("the theme's {part}: {because}")]
    Theme {
        /// The part: `font`, `emblem`, `signature` or `accent`.
        part: &'static str,
        /// What is wrong with it.
        because: String,
    },

    /// The typesetter refused a template of this crate: a mistake here, not in the sheet.
    #[error("the typesetter stopped: {0}")]
    Typesetting(String),
}

fn listed(characters: &[char]) -> String {
    characters
        .iter()
        .map(|c| {
            if is_out_of_place(*c) {
                format!("U+{:04X}", u32::from(*c))
            } else {
                format!("“{c}” (U+{:04X})", u32::from(*c))
            }
        })
        .collect::<Vec<_>>()
        .join(", ")
}
