//! What must be known to verify a judgement, and who may.

use crate::actor::{Actor, Role};
use crate::external_assessment::ExternalMarking;
use crate::id::{CentreId, JudgementId, PersonId, RegistrationId, SubmissionId};
use crate::policy::Policy;
use crate::refusal::{Code, Refusal, Refusals};
use crate::submission::SubmissionState;
use jiff::Timestamp;

/// What must be known to verify a judgement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerificationCase {
    pub judgement: JudgementId,
    pub submission: SubmissionId,
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub centre: CentreId,
    pub unit: String,
    pub state: SubmissionState,
    /// Whether the judgement is the one in force.
    pub in_force: bool,
    pub signed_at: Timestamp,
    pub signed_by: PersonId,
    pub countersigned_by: Option<PersonId>,
    /// Everybody who ever assessed the learner on this unit: signed, countersigned or decided, in any attempt.
    pub assessed_by: Vec<PersonId>,
    /// Everybody who was ever the learner's tutor on this unit.
    pub tutors: Vec<PersonId>,
    /// Numbers of the criteria judged, in order.
    pub criteria: Vec<String>,
    /// The order by which the awarding body assesses the unit, if it does: then it verifies it too.
    pub external: Option<ExternalMarking>,
}

impl VerificationCase {
    /// Whether the actor may verify this judgement; asked before the page is offered and again at signing, so that it
    /// is refused on every act (VM-01).
    ///
    /// # Errors (all that apply, at once)
    /// - `ROLE_MISSING`: not an internal verifier of the centre on that day; where the awarding body assesses the unit, those of
    ///   [`ExternalMarking::may_verify`] instead
    /// - `SD_3`: the learner's own work
    /// - `SD_1`: the assessor, the countersigner or a tutor of this decision
    /// - `SD_2`: assessed the learner on this unit in another attempt (unless the profile relaxes it to SD-1)
    pub fn may_verify(&self, actor: &Actor, policy: Policy<'_>) -> Result<(), Refusals> {
        let mut refusals = Refusals::new();
        refusals.check(match &self.external {
            Some(external) => external.may_verify(actor, &self.centre),
            None => actor.require_at(Role::InternalVerifier, &self.centre, "verify a judgement"),
        });
        let another = self.another();
        if actor.person == self.learner {
            refusals.push(
                Refusal::new(Code::Sd3, "Nobody verifies a judgement on their own work.")
                    .remedy(format!("{another} has to do it."))
                    .who(another)
                    .source("practice, section 1, SD-3"),
            );
        }
        let part = if actor.person == self.signed_by {
            Some("signed this judgement")
        } else if self.countersigned_by.as_ref() == Some(&actor.person) {
            Some("countersigned this judgement")
        } else if self.tutors.contains(&actor.person) {
            Some("taught the learner on this unit")
        } else {
            None
        };
        match part {
            Some(part) => refusals.push(
                Refusal::new(Code::Sd1, format!("You {part}, so you cannot verify it."))
                    .remedy(format!("{another}, who took no part in it, has to verify it."))
                    .who(another)
                    .source("VM-01; practice, section 1, SD-1 (CM-HB12)"),
            ),
            None if self.assessed_by.contains(&actor.person)
                && policy.text("separation.verifier") != Some("SD-1") =>
            {
                refusals.push(
                    Refusal::new(
                        Code::Sd2,
                        "You assessed this learner on this unit in another attempt, so you cannot verify it.",
                    )
                    .remedy(format!("{another} has to verify it."))
                    .who(another)
                    .source("practice, section 1, SD-2 (TQ-IQA)"),
                );
            }
            None => {}
        }
        refusals.ok()
    }

    /// Who else could verify.
    fn another(&self) -> &'static str {
        if self.external.is_some() {
            "Another quality manager"
        } else {
            "Another internal verifier of the centre"
        }
    }

    /// Whether verification is due.
    ///
    /// # Errors
    /// `SUBMISSION_STATE`: superseded, not signed yet, already verified, or a countersignature is missing
    /// (`COUNTERSIGN_MISSING`).
    pub fn is_due(&self) -> Result<(), Refusal> {
        if self.state == SubmissionState::CountersignDue {
            return Err(Refusal::new(
                Code::CountersignMissing,
                "The judgement still waits for a countersignature.",
            )
            .remedy("A qualified assessor countersigns first.")
            .who("A qualified assessor of the centre")
            .source("practice, section 1, SD-4"));
        }
        if !self.in_force || self.state != SubmissionState::VerificationDue {
            return Err(Refusal::new(
                Code::SubmissionState,
                format!(
                    "No verification is due on this judgement ({}).",
                    self.state.title().to_lowercase()
                ),
            )
            .remedy("Open it from the verification list to see its trail.")
            .who("Nobody")
            .source("practice, section 9.1"));
        }
        Ok(())
    }
}
