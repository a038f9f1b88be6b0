//! A qualified assessor countersigns the judgement of an assessor in training (SD-4).

use super::case::MarkingCase;
use crate::actor::{Actor, Role};
use crate::fact::Fact;
use crate::refusal::{Code, Refusal, Refusals};
use crate::submission::SubmissionState;
use crate::{Decision, Moment};

/// Countersign the judgement in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CountersignJudgement;

/// Decides on countersigning.
///
/// # Errors
/// - `EXTERNALLY_ASSESSED`: the awarding body assesses the unit
/// - `ROLE_MISSING`: not an assessor of the centre on that day
/// - `SUBMISSION_STATE`: no countersignature is due
/// - `SD_3`: the learner's own work
/// - `SD_4`: the signer themselves, or another assessor in training
pub fn decide(
    _act: CountersignJudgement,
    case: &MarkingCase,
    actor: &Actor,
    moment: Moment,
) -> Result<Decision, Refusals> {
    if let Some(external) = &case.external {
        return Err(external
            .by_the_body(
                format!(
                    "{} assesses this unit, so nobody of the centre countersigns.",
                    external.body
                ),
                "Wait for the result.",
            )
            .into());
    }
    actor.require_at(Role::Assessor, &case.centre, "countersign a judgement")?;
    super::take::after_evidence(case, moment)?;
    let Some((judgement, signer)) = case
        .judgement
        .as_ref()
        .filter(|_| case.state == SubmissionState::CountersignDue)
    else {
        return Err(Refusal::new(
            Code::SubmissionState,
            "No countersignature is due on this submission.",
        )
        .remedy("Open it from the marking queue to see what it waits for.")
        .who("The assessor")
        .source("practice, section 1, SD-4")
        .into());
    };
    let mut refusals = Refusals::new();
    if actor.person == case.learner {
        refusals.push(
            Refusal::new(Code::Sd3, "Nobody countersigns a judgement on their own work.")
                .remedy("Another qualified assessor has to countersign.")
                .who("A qualified assessor of the centre")
                .source("practice, section 1, SD-3"),
        );
    }
    if actor.person == *signer || case.is_trainee(actor) {
        refusals.push(
            Refusal::new(
                Code::Sd4,
                "A judgement by an assessor in training is countersigned by another, qualified assessor.",
            )
            .remedy("Ask a qualified assessor of the centre to countersign.")
            .who("A qualified assessor of the centre")
            .source("practice, section 1, SD-4"),
        );
    }
    refusals.ok()?;
    Ok(Decision::of(Fact::JudgementCountersigned {
        judgement: judgement.clone(),
    }))
}
