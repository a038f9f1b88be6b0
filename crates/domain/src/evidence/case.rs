//! What must be known of a piece of evidence to decide on it.

use crate::fact::{CriterionRef, EvidenceKind};
use crate::id::{EvidenceId, PassageId, PersonId};
use crate::submission::SubmissionState;

/// A hand-in that holds a version of the piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandIn {
    pub state: SubmissionState,
    /// The version that was handed in.
    pub version: u32,
    /// The assessor who has taken it.
    pub assessor: Option<PersonId>,
}

/// A piece of evidence as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceCase {
    pub evidence: EvidenceId,
    pub learner: PersonId,
    pub kind: EvidenceKind,
    /// Who started it: the learner, or for a viva and an observation the person who recorded it.
    pub maker: PersonId,
    /// 0 before the first save.
    pub current_version: u32,
    pub withdrawn: bool,
    pub hand_ins: Vec<HandIn>,
}

impl EvidenceCase {
    /// Whether a version of the piece is with the centre, so that the piece cannot be taken away (practice, section 8).
    pub fn with_centre(&self) -> bool {
        self.hand_ins.iter().any(|hand_in| hand_in.state.with_centre())
    }

    /// Whether somebody has taken a hand-in with this version for marking.
    pub fn taken_by(&self, person: &PersonId, version: u32) -> bool {
        self.hand_ins
            .iter()
            .any(|hand_in| hand_in.version == version && hand_in.assessor.as_ref() == Some(person))
    }
}

/// A version as far as places in it matter, and the criteria that may be named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkingPlace {
    pub version: u32,
    /// Length of its plain text in characters; none when it has no text that could be read.
    pub characters: Option<u32>,
    /// How many pages it has; none when it has none.
    pub pages: Option<u32>,
    /// Whether it is a recording, with a time to point to.
    pub recording: bool,
    /// Criteria of the specifications that the learner is registered on.
    pub known: Vec<CriterionRef>,
}

/// A passage as it was marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkedBy {
    pub passage: PassageId,
    pub marked_by: Option<PersonId>,
    pub unmarked: bool,
    /// A criterion for which a decision cites it, if one does.
    pub cited_for: Option<String>,
}
