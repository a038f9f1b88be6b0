//! The transcript of units that stands behind a certificate.

use super::{SheetCheck, SheetDate, SheetLearner};
use serde::{Deserialize, Serialize};

/// A learner's units towards one qualification.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptSheet {
    /// The awarding body's full name as recognised.
    pub awarding_body: String,
    /// The learner.
    pub learner: SheetLearner,
    /// The qualification's title exactly as on the register.
    pub qualification_title: String,
    /// An endorsement that belongs to the title.
    pub endorsement: Option<String>,
    /// The qualification number.
    pub qualification_number: String,
    /// The level of the qualification, for example "Level 7".
    pub level: String,
    /// The centre's name, if it is to be shown.
    pub centre: Option<String>,
    /// The units achieved, in the order in which they are to be read.
    pub units: Vec<TranscriptUnit>,
    /// The sum of credits, each unit counted once (AW-04). Computed by the caller: printing adds nothing up.
    pub total_credits: u32,
    /// The sentence on the rule of combination, for example "The rule of combination is met: 36 of at least 36 credits".
    pub rule_of_combination: String,
    /// The certificate's number; `None` for an interim transcript.
    pub certificate_number: Option<String>,
    /// The date of the transcript, worded.
    pub issued_on: String,
    /// Where to check the award; `None` for an interim transcript.
    pub check: Option<SheetCheck>,
    /// The day of issue, for the file's properties.
    pub issued: SheetDate,
}

/// A unit on a transcript.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TranscriptUnit {
    /// The awarding body's unit number, for example "702".
    pub number: String,
    /// The unit's title.
    pub title: String,
    /// The unit reference number.
    pub reference: String,
    /// The unit's level, for example "7".
    pub level: String,
    /// The unit's credits.
    pub credits: u32,
    /// The date of achievement, worded.
    pub achieved_on: String,
    /// A short note, for example "Recognised prior learning".
    pub note: Option<String>,
}
