//! The states of a submission and what must be known to hand in a unit.

use crate::fact::{AiUse, EvidenceVersion};
use crate::id::{CentreId, PassageId, PersonId, RegistrationId, SubmissionId};
use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;

/// The states of a submission (practice, section 9.1, as far as this installation's acts lead).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum SubmissionState {
    /// Handed in; nobody has taken it for marking.
    Submitted,
    /// Taken by an assessor.
    Taken,
    /// Sent back before marking; the learner hands it in again as the same attempt.
    Returned,
    /// Signed by an assessor in training; a qualified assessor has to countersign.
    CountersignDue,
    /// Passed provisionally; internal verification has to agree or to leave it out of the sample.
    VerificationDue,
    /// An internal verifier disagreed, or the result was corrected after the award; the assessor judges again.
    SentBack,
    /// One or more criteria not yet met; a resubmission is the next attempt.
    Referred,
    /// The unit result is final: achieved.
    Final,
}

impl SubmissionState {
    pub const ALL: [SubmissionState; 8] = [
        SubmissionState::Submitted,
        SubmissionState::Taken,
        SubmissionState::Returned,
        SubmissionState::CountersignDue,
        SubmissionState::VerificationDue,
        SubmissionState::SentBack,
        SubmissionState::Referred,
        SubmissionState::Final,
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            SubmissionState::Submitted => "submitted",
            SubmissionState::Taken => "taken",
            SubmissionState::Returned => "returned",
            SubmissionState::CountersignDue => "countersign_due",
            SubmissionState::VerificationDue => "verification_due",
            SubmissionState::SentBack => "sent_back",
            SubmissionState::Referred => "referred",
            SubmissionState::Final => "final",
        }
    }

    /// As a person reads it.
    pub fn title(self) -> &'static str {
        match self {
            SubmissionState::Submitted => "Handed in, waiting for an assessor",
            SubmissionState::Taken => "Being marked",
            SubmissionState::Returned => "Returned before marking",
            SubmissionState::CountersignDue => "Waiting for a countersignature",
            SubmissionState::VerificationDue => "Passed provisionally, waiting for verification",
            SubmissionState::SentBack => "Sent back to the assessor, to be judged again",
            SubmissionState::Referred => "Referred: one or more criteria not yet met",
            SubmissionState::Final => "Achieved",
        }
    }

    /// Whether the hand-in is with the centre: the learner waits, and what was handed in is frozen.
    pub fn with_centre(self) -> bool {
        !matches!(self, SubmissionState::Returned | SubmissionState::Referred)
    }
}

impl fmt::Display for SubmissionState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for SubmissionState {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        SubmissionState::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| format!("expected the state of a submission, found {text:?}"))
    }
}

/// The learner's last submission of the unit on this registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastSubmission {
    pub id: SubmissionId,
    pub attempt: u32,
    pub revision: u32,
    pub state: SubmissionState,
}

/// A piece that the learner means to hand in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    pub version: EvidenceVersion,
    /// The salted digest of its content, as sealed by the fact that saved it.
    pub digest: String,
    pub owner: PersonId,
    pub withdrawn: bool,
    /// Words counted under the profile's exclusions; none for pictures and recordings.
    pub words: Option<u32>,
    pub appendix: bool,
    /// Whether the piece is written work (text, or a document with text).
    pub written: bool,
    /// Size of its file.
    pub bytes: u64,
    /// The day on which the version was saved.
    pub saved_on: Date,
}

/// A passage that the learner marked in one of the pieces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedPassage {
    pub id: PassageId,
    pub version: EvidenceVersion,
    /// Criteria of this unit that it answers.
    pub criteria: Vec<String>,
}

/// What must be known to hand in a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmissionCase {
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub centre: CentreId,
    pub registration_active: bool,
    pub start_on: Date,
    pub ends_on: Date,
    pub unit: String,
    /// Level of the unit, for the word count.
    pub level: u32,
    /// Whether the unit stands in the learner's plan in force.
    pub in_plan: bool,
    /// Whether the unit has a final result already, here or on an earlier registration.
    pub achieved: bool,
    pub last: Option<LastSubmission>,
    pub pieces: Vec<Piece>,
    pub passages: Vec<MarkedPassage>,
    /// Numbers of all criteria of the unit, in order.
    pub criteria: Vec<String>,
}

/// What the learner declares and says at hand-in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    pub own_work: bool,
    pub ai_use: Option<AiUse>,
    pub ai_detail: Option<String>,
    /// On a resubmission: what was changed.
    pub changes: Option<String>,
}
