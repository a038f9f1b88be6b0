//! Reading learners for registration from a table, CSV or XLSX.
//!
//! Everything that is wrong is said at once, each thing with its line, its column, what was found and what was expected.
//! Whether a learner *may* be registered is for the rules; here is only what the file says. RI-01, practice section 6.

mod columns;
mod complaints;
pub(crate) mod csv_in;
mod dates;
mod rows;
pub(crate) mod table;
pub(crate) mod template;
mod twice;
pub(crate) mod xlsx;

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::limits::Limits;
use crate::refusal::{ReadRefusal, RefusalCode};
use crate::sniff::{self, FileKind, LooksLike};

pub use columns::Field;
pub use dates::{DateUnreadable, date_from_text};
pub use template::{example_csv, template_csv, template_xlsx};

/// The most that one register may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterLimits {
    /// Size of the file, in bytes.
    pub file_bytes: u64,
    /// Learners.
    pub rows: usize,
    /// Columns, counted with those that are not used.
    pub columns: usize,
    /// Characters in one cell.
    pub cell_characters: usize,
    /// Complaints that are listed; more are only counted.
    pub complaints: usize,
}

impl Default for RegisterLimits {
    fn default() -> Self {
        Self {
            file_bytes: 10 * 1024 * 1024,
            rows: 5_000,
            columns: 100,
            cell_characters: 2_000,
            complaints: 1_000,
        }
    }
}

/// A register as read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterFile {
    /// How the file was read, in a sentence: "Read as CSV, Windows-1252 (Western European), separated by semicolons."
    pub read_as: String,
    /// The columns found, in order.
    pub columns: Vec<ColumnFound>,
    /// The learners, in order, those with complaints too.
    pub rows: Vec<RegisterRow>,
    /// What is wrong, by line and column.
    pub complaints: Vec<Complaint>,
    /// Complaints beyond the limit, which are not listed.
    pub more_complaints: usize,
}

impl RegisterFile {
    /// Whether every row can be taken as it is.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.complaints.is_empty() && self.more_complaints == 0
    }

    /// The complaints about one line, in order of columns.
    pub fn complaints_of(&self, line: u32) -> impl Iterator<Item = &Complaint> {
        self.complaints.iter().filter(move |c| c.line == line)
    }

    /// The rows without any complaint.
    pub fn clean_rows(&self) -> impl Iterator<Item = &RegisterRow> {
        self.rows
            .iter()
            .filter(|row| self.complaints_of(row.line).next().is_none())
    }
}

/// A column of the file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnFound {
    /// Where it is, as the program that wrote it shows it: "C".
    pub column: String,
    /// What its header says.
    pub header: String,
    /// What it was taken for; `None` when it is not used.
    pub field: Option<Field>,
}

/// One learner's row: what was written, and what it means where that could be told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RegisterRow {
    /// The line of the file, from 1, the header counted.
    pub line: u32,
    /// What was written, by field, without white space at the ends; empty cells are left out.
    pub raw: BTreeMap<Field, String>,
    /// Given names.
    pub given_name: Option<String>,
    /// Family name.
    pub family_name: Option<String>,
    /// Date of birth.
    pub date_of_birth: Option<Date>,
    /// The learner's e-mail address.
    pub email: Option<String>,
    /// Unique Learner Number, checked, as ten digits.
    pub uln: Option<String>,
    /// Number of a learner who is a member of the awarding body already. MB-01.
    pub member_number: Option<String>,
    /// The centre's own number for the registration.
    pub own_number: Option<String>,
    /// The qualification's code.
    pub qualification: Option<String>,
    /// The start of the programme.
    pub start_date: Option<Date>,
    /// Codes of the units chosen.
    pub units: Vec<String>,
    /// The learner's role in their organisation. RI-12.
    pub role: Option<String>,
    /// The learner's authority and responsibility, in their words. QS-03.
    pub authority: Option<String>,
    /// How identity was confirmed.
    pub identity: Option<String>,
    /// The tutor's e-mail address.
    pub tutor_email: Option<String>,
    /// The assessor's e-mail address.
    pub assessor_email: Option<String>,
}

/// One thing that is wrong with a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Complaint {
    /// The line, from 1, the header counted; 0 when it is about the file as a whole.
    pub line: u32,
    /// The column as the program that wrote it shows it: "C"; `None` when it is about the line.
    pub column: Option<String>,
    /// The field, where the column is known to hold one.
    pub field: Option<Field>,
    /// What was found, cut short where it is long.
    pub found: String,
    /// What was expected, as an example or a form.
    pub expected: String,
    /// The whole complaint as a sentence.
    pub message: String,
}

/// Reads a register. `name` is used only to tell a table from other plain text where the bytes cannot.
///
/// Refuses, when: the file is neither CSV nor XLSX; it is locked with a password; it carries macros; it is damaged; it is
/// larger than the limit or holds more rows, columns or characters in a cell than the limits.
pub fn read(bytes: &[u8], name: Option<&str>, limits: &RegisterLimits) -> Result<RegisterFile, ReadRefusal> {
    if bytes.len() as u64 > limits.file_bytes {
        return Err(ReadRefusal::new(
            RefusalCode::TooLarge,
            format!(
                "This file is larger than {} MiB.",
                limits.file_bytes / (1024 * 1024)
            ),
            "Split it into several files.",
        ));
    }
    let kind = name.map_or_else(
        || sniff::sniff(bytes),
        |name| sniff::sniff_named(bytes, name).kind,
    );
    let table = match kind {
        FileKind::Csv | FileKind::Text => csv_in::read(bytes, limits)?,
        FileKind::Xlsx => xlsx::read(bytes, limits, &archive_limits(limits))?,
        FileKind::Unknown(LooksLike::EncryptedOffice) => return Err(ReadRefusal::encrypted("workbook")),
        FileKind::Unknown(LooksLike::ExcelWithMacros) => {
            return Err(ReadRefusal::new(
                RefusalCode::Macros,
                "This workbook carries macros (small programs), which are not accepted.",
                "Save it as .xlsx without macros or as CSV.",
            ));
        }
        FileKind::Unknown(LooksLike::BrokenZip) => {
            return Err(ReadRefusal::damaged(
                "workbook",
                "its list of parts cannot be read",
            ));
        }
        other => {
            return Err(ReadRefusal::new(
                RefusalCode::NotADocument,
                format!(
                    "{} A list of learners is read from CSV or XLSX.",
                    other.as_sentence()
                ),
                "Save the list as .xlsx or as CSV; the template shows the columns.",
            ));
        }
    };
    rows::from_table(table, limits)
}

fn archive_limits(limits: &RegisterLimits) -> Limits {
    Limits {
        unpacked_bytes: limits.file_bytes.saturating_mul(10),
        parts: 2_000,
        depth: 60,
        ..Limits::default()
    }
}
