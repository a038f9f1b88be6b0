//! What must be known to mark a submission, and who may.

use crate::actor::{Actor, Role};
use crate::external_assessment::ExternalMarking;
use crate::fact::{CriterionDecision, Quality};
use crate::id::{CentreId, JudgementId, PassageId, PersonId, RegistrationId, SubmissionId};
use crate::refusal::{Code, Refusal};
use crate::sealed::Sealed;
use crate::submission::SubmissionState;
use jiff::Timestamp;
use std::collections::BTreeMap;

/// A criterion of the unit under judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionFacts {
    pub number: String,
    /// Word for word as in the specification.
    pub text: String,
    /// Command verbs, in the order of the text.
    pub verbs: Vec<String>,
    /// Whether the unit is passed only when it is met; false for a criterion of merit or distinction.
    pub for_a_pass: bool,
}

/// A decision saved at the desk and not yet signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedDecision {
    pub decision: CriterionDecision,
    pub reason: Sealed,
    pub passages: Vec<PassageId>,
    pub words: Option<String>,
}

/// A quality judged at the desk and not yet signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SavedQuality {
    pub satisfied: bool,
    pub remark: Option<Sealed>,
}

/// What must be known to mark a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MarkingCase {
    pub submission: SubmissionId,
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub centre: CentreId,
    pub unit: String,
    pub state: SubmissionState,
    pub attempt: u32,
    pub revision: u32,
    pub submitted_at: Timestamp,
    /// The assessor allocated to the learner on the unit, if any.
    pub allocated: Option<PersonId>,
    /// The assessor who took this submission, if any.
    pub taken_by: Option<PersonId>,
    /// How often this attempt was returned before marking.
    pub returns: u32,
    pub criteria: Vec<CriterionFacts>,
    /// Passages of the pieces handed in that may be cited: the learner's and the assessor's own.
    pub passages: Vec<PassageId>,
    pub decisions: BTreeMap<String, SavedDecision>,
    pub qualities: BTreeMap<Quality, SavedQuality>,
    /// The judgement in force, and who signed it.
    pub judgement: Option<(JudgementId, PersonId)>,
    /// The order by which the awarding body assesses the unit, if it does.
    pub external: Option<ExternalMarking>,
}

impl MarkingCase {
    /// The criterion of a number.
    ///
    /// # Errors
    /// `DECISION_NO_CRITERION` when the unit has no such criterion (JU-09).
    pub fn criterion(&self, number: &str) -> Result<&CriterionFacts, Refusal> {
        self.criteria
            .iter()
            .find(|criterion| criterion.number == number)
            .ok_or_else(|| {
                Refusal::new(
                    Code::DecisionNoCriterion,
                    format!("Unit {} has no assessment criterion {number:?}.", self.unit),
                )
                .remedy("A decision belongs to one of the unit's criteria; choose it from the list.")
                .who("The assessor")
                .source("JU-09; AD-01")
                .field("criterion")
            })
    }

    /// Whether the actor may assess this learner at all: assessor of the centre that day, not the learner, and the
    /// allocated assessor where one is allocated. Where the awarding body assesses the unit, its external assessor and nobody of the
    /// centre. Checked when the work is taken and again at every later act.
    ///
    /// # Errors
    /// - those of [`ExternalMarking::may_mark`], where the awarding body assesses the unit; otherwise
    /// - `ROLE_MISSING`: not an assessor of the centre on that day
    /// - `SD_3`: the learner's own work
    /// - `NOT_THE_ASSESSOR`: another assessor is allocated
    pub fn may_assess(&self, actor: &Actor) -> Result<(), Refusal> {
        if let Some(external) = &self.external {
            return external.may_mark(actor, &self.centre, &self.learner);
        }
        actor.require_at(Role::Assessor, &self.centre, "assess this work")?;
        if actor.person == self.learner {
            return Err(Refusal::new(Code::Sd3, "Nobody assesses their own work.")
                .remedy("Another assessor has to be allocated to the unit.")
                .who("The centre coordinator")
                .source("practice, section 1, SD-3 (OH-A4.5)"));
        }
        match &self.allocated {
            Some(allocated)
                if *allocated != actor.person && self.taken_by.as_ref() != Some(&actor.person) =>
            {
                Err(Refusal::new(
                    Code::NotTheAssessor,
                    "Another assessor is allocated to this learner on this unit.",
                )
                .remedy("Ask the centre coordinator to change the allocation.")
                .who("The centre coordinator")
                .source("JU-01; practice, section 9.2"))
            }
            _ => Ok(()),
        }
    }

    /// Whether the actor holds the pen: may assess, has taken the work, and it is open for decisions.
    ///
    /// # Errors
    /// Those of [`MarkingCase::may_assess`], and
    /// - `DECISION_SIGNED`: the judgement is signed
    /// - `SUBMISSION_STATE`: not taken yet, or returned to the learner
    /// - `NOT_THE_ASSESSOR`: taken by another assessor
    pub fn holds_the_pen(&self, actor: &Actor) -> Result<(), Refusal> {
        self.may_assess(actor)?;
        match self.state {
            SubmissionState::Taken | SubmissionState::SentBack => {}
            SubmissionState::Submitted => {
                return Err(Refusal::new(
                    Code::SubmissionState,
                    "The work has not been taken for marking yet.",
                )
                .remedy("Take it from the marking queue first; then nobody else marks it at the same time.")
                .who("The assessor")
                .source("practice, section 9.1"));
            }
            SubmissionState::Returned => {
                return Err(Refusal::new(
                    Code::SubmissionState,
                    "The work was returned to the learner before marking.",
                )
                .remedy("Wait until the learner hands it in again.")
                .who("The learner")
                .source("practice, section 9.1"));
            }
            _ => {
                return Err(Refusal::new(Code::DecisionSigned, "The judgement on this submission is signed and can no longer be edited.")
                    .remedy("A signed judgement changes only by a new one that supersedes it, after internal verification sends it back.")
                    .who("An internal verifier")
                    .source("JU-03; practice, section 9.2"));
            }
        }
        if self.taken_by.as_ref() != Some(&actor.person) {
            return Err(
                Refusal::new(Code::NotTheAssessor, "Another assessor has taken this work.")
                    .remedy("Choose other work from the queue, or ask that assessor.")
                    .who("The assessor who took it")
                    .source("practice, section 9.2"),
            );
        }
        Ok(())
    }

    /// Whether the actor is an assessor in training at the centre, whose signature needs a countersignature (SD-4): every
    /// assessor role they hold there is marked so.
    pub fn is_trainee(&self, actor: &Actor) -> bool {
        let mut grants = actor
            .grants
            .iter()
            .filter(|grant| grant.role == Role::Assessor && grant.centre.as_ref() == Some(&self.centre))
            .peekable();
        grants.peek().is_some() && grants.all(|grant| grant.countersigned)
    }
}
