//! A plain printable report: a title, facts, and sections of tables. Audit trails are printed with it.

use super::SheetDate;
use serde::{Deserialize, Serialize};

/// A report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSheet {
    /// Whose report it is: the centre or awarding body at the head of every page.
    pub issuer: String,
    /// The title.
    pub title: String,
    /// A line under the title.
    pub subtitle: Option<String>,
    /// A stable reference, printed at the foot and used as the file's identity.
    pub reference: String,
    /// Facts in a two-column table under the title.
    pub facts: Vec<ReportFact>,
    /// The sections.
    pub sections: Vec<ReportSection>,
    /// The instant or date at which the report was made, worded.
    pub made_on: String,
    /// The day on which the report was made, for the file's properties.
    pub made: SheetDate,
    /// Lay the pages out broadside, for wide tables.
    pub landscape: bool,
}

/// A label and its value.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportFact {
    /// The label, for example "Learner".
    pub label: String,
    /// The value.
    pub value: String,
}

/// A section: heading, optional note, table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportSection {
    /// The heading.
    pub heading: String,
    /// A paragraph under the heading.
    pub note: Option<String>,
    /// The columns; none for a section that is only a note.
    pub columns: Vec<ReportColumn>,
    /// The rows, each with exactly one cell for each column.
    pub rows: Vec<Vec<String>>,
    /// What to say instead of a table without rows, for example "No appeal was made".
    pub when_empty: String,
}

/// A column of a section's table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReportColumn {
    /// The column's heading.
    pub heading: String,
    /// The column's share of the width, relative to the other columns; 0 makes it as wide as its widest cell.
    pub share: u32,
    /// Align the cells to the right, for figures.
    pub figures: bool,
}
