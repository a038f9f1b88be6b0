//! A qualification.

use std::fmt;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::identifier::{QualificationNumber, UnitNumber};
use crate::rule::Rule;

/// One qualification of a specification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Qualification {
    /// The awarding body's own code, used for registering learners.
    pub code: String,
    /// The full title, as it stands on the certificate.
    pub title: String,
    /// Number on the regulator's register.
    pub number: QualificationNumber,
    /// Level from 0 (entry) to 8.
    pub level: u8,
    /// Size word.
    pub size: Size,
    /// Total Qualification Time in hours, as printed.
    pub tqt: u32,
    /// Guided Learning Hours, as printed.
    pub glh: u32,
    /// Least number of credits, as printed.
    pub minimum_credits: u32,
    /// First day of regulation, where it differs from the document's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regulated_from: Option<Date>,
    /// First day of registration, where it differs from the document's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub operational_from: Option<Date>,
    /// Last day of registration, where it differs from the document's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub registration_ends: Option<Date>,
    /// Last day of certification, where it differs from the document's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub certification_ends: Option<Date>,
    /// Rule of combination.
    pub rule: Rule,
    /// The table of units printed for this qualification, row by row.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub table: Vec<TableRow>,
}

/// One printed row of a qualification's table of units. Kept as printed, misprints included, so that the document
/// can be checked against itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TableRow {
    /// Unit number.
    pub unit: UnitNumber,
    /// Title as printed in this row.
    pub title: String,
    /// Credits as printed in this row.
    pub credits: u32,
    /// Guided Learning Hours as printed in this row.
    pub glh: u32,
    /// Total Unit Time in hours as printed in this row.
    pub tut: u32,
    /// Heading of the group under which the row is printed, where there are groups.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub group: Option<String>,
}

/// Size word of a qualification.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Size {
    /// Total Qualification Time of at most 120 hours.
    Award,
    /// Total Qualification Time of 121 to 369 hours.
    Certificate,
    /// Total Qualification Time of at least 370 hours.
    Diploma,
}

impl Size {
    /// All sizes, smallest first.
    pub const ALL: [Size; 3] = [Size::Award, Size::Certificate, Size::Diploma];

    /// The size word for a Total Qualification Time in hours. Source: practice section 2.2, Ofqual guidance on E2.
    pub fn for_tqt(tqt: u32) -> Size {
        match tqt {
            0..=120 => Size::Award,
            121..=369 => Size::Certificate,
            _ => Size::Diploma,
        }
    }

    /// The word itself, as it stands in titles.
    pub fn word(self) -> &'static str {
        match self {
            Size::Award => "Award",
            Size::Certificate => "Certificate",
            Size::Diploma => "Diploma",
        }
    }
}

impl fmt::Display for Size {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl Qualification {
    /// The full title with the endorsements of the pathways taken, as the certificate gives it (condition E2.1):
    /// `CMI Level 7 Diploma in … (Practice)`.
    pub fn full_title(&self, endorsements: &[String]) -> String {
        match endorsements {
            [] => self.title.clone(),
            _ => format!("{} ({})", self.title, endorsements.join(", ")),
        }
    }
}
