//! What stands on each sheet: plain texts and figures, already worded and formatted by the caller.
//!
//! The same sheet always gives the same bytes, so a sheet can be kept (it is `Serialize` and `Deserialize`) and the PDF
//! made again later and compared with its recorded digest.

mod certificate;
mod report;
mod transcript;

pub use certificate::{Attained, CertificateSheet, CreditedUnit};
pub use report::{ReportColumn, ReportFact, ReportSection, ReportSheet};
pub use transcript::{TranscriptSheet, TranscriptUnit};

use serde::{Deserialize, Serialize};

/// A learner as a sheet names them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetLearner {
    /// The learner's full name as registered (practice.md 20.1, item 2), in any script.
    pub name: String,
    /// The number that identifies the learner at the awarding body.
    pub number: String,
    /// The Unique Learner Number, only if it was validated with the Learning Records Service; otherwise `None`.
    pub uln: Option<String>,
}

/// Where anybody can check the sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetCheck {
    /// The full address in the QR code, for example `https://awards.example.org/check/CMI-2019-000123`.
    pub url: String,
    /// The short address to type, without scheme and number, for example `awards.example.org/check`.
    pub shown: String,
}

/// A calendar date for the file's own properties; the dates that people read are texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct SheetDate {
    /// Year, for example 2019.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

/// Who signs: the line for the signature is drawn above name and role.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// The signatory's name, for example "Margaret Okafor".
    pub name: String,
    /// The signatory's role, for example "Responsible officer".
    pub role: String,
}
