//! An assessor takes a submission for marking.

use super::case::MarkingCase;
use crate::actor::Actor;
use crate::fact::Fact;
use crate::refusal::{Code, Refusal, Refusals};
use crate::submission::SubmissionState;
use crate::{Decision, Moment};

/// Take a submission from the queue, so that one assessor and no other marks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TakeSubmission;

/// Decides on taking. Taking what one has taken already changes nothing and is no error.
///
/// # Errors
/// - those of [`MarkingCase::may_assess`]
/// - `NOT_THE_ASSESSOR`: another assessor was quicker
/// - `SUBMISSION_STATE`: not waiting for an assessor
/// - `DECISION_BEFORE_EVIDENCE`: the act is dated before the hand-in
pub fn decide(
    _act: TakeSubmission,
    case: &MarkingCase,
    actor: &Actor,
    moment: Moment,
) -> Result<Decision, Refusals> {
    case.may_assess(actor)?;
    after_evidence(case, moment)?;
    match case.state {
        SubmissionState::Submitted => Ok(Decision::of(Fact::SubmissionTaken {
            submission: case.submission.clone(),
        })),
        SubmissionState::Taken if case.taken_by.as_ref() == Some(&actor.person) => Ok(Decision::new()),
        SubmissionState::Taken => Err(Refusal::new(
            Code::NotTheAssessor,
            "Another assessor has just taken this work.",
        )
        .remedy("Choose other work from the queue.")
        .who("The assessor who took it")
        .source("practice, section 9.1")
        .into()),
        state => Err(Refusal::new(
            Code::SubmissionState,
            format!(
                "This work does not wait for an assessor ({}).",
                state.title().to_lowercase()
            ),
        )
        .remedy("Open it from the queue to see what it waits for.")
        .who("The assessor")
        .source("practice, section 9.1")
        .into()),
    }
}

/// Nothing is decided before the evidence was there (practice, section 9.2).
///
/// # Errors
/// `DECISION_BEFORE_EVIDENCE`.
pub(crate) fn after_evidence(case: &MarkingCase, moment: Moment) -> Result<(), Refusal> {
    if moment.at < case.submitted_at {
        return Err(Refusal::new(
            Code::DecisionBeforeEvidence,
            "The decision would be dated before the hand-in.",
        )
        .remedy("Check the date and time of this installation.")
        .who("The administrator")
        .source("practice, section 9.2"));
    }
    Ok(())
}
