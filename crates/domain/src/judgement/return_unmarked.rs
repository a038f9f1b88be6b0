//! An assessor returns a submission before marking. A return is not a referral and does not count as an attempt.

use super::case::MarkingCase;
use crate::actor::Actor;
use crate::fact::{Fact, ReturnGround};
use crate::policy::Policy;
use crate::refusal::{Code, Refusal, Refusals};
use crate::submission::SubmissionState;
use crate::{Decision, Fresh, Moment};

/// Return a submission before marking, with its grounds and what the learner should do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnUnmarked {
    pub grounds: Vec<ReturnGround>,
    pub because: String,
}

/// Decides on a return.
///
/// # Errors (all that apply, at once)
/// - those of [`MarkingCase::holds_the_pen`]
/// - `SUBMISSION_STATE`: a judgement has been signed already (sent back by internal verification)
/// - `RETURN_LIMIT`: as many returns as the policy allows have been made on this attempt
/// - `FIELD_MISSING`: no ground is chosen
/// - `DECISION_NO_REASON`: nothing says what the learner should do
///
/// Source: practice, section 9.1 (CM-RET) and 24.1.
pub fn decide(
    act: &ReturnUnmarked,
    case: &MarkingCase,
    actor: &Actor,
    moment: Moment,
    policy: Policy<'_>,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    case.holds_the_pen(actor)?;
    let mut refusals = Refusals::new();
    refusals.check(super::take::after_evidence(case, moment));
    if case.state == SubmissionState::SentBack {
        refusals.push(
            Refusal::new(
                Code::SubmissionState,
                "This work has been judged; it can no longer be returned unmarked.",
            )
            .remedy("Judge the criteria again; where one is not yet met, the outcome is a referral.")
            .who("The assessor")
            .source("practice, section 9.1"),
        );
    }
    if let Some((most, source)) = policy.number("return.maximum")
        && i64::from(case.returns) >= most
    {
        refusals.push(
            Refusal::new(
                Code::ReturnLimit,
                format!(
                    "This attempt was returned {} time(s) before marking; {most} are allowed.",
                    case.returns
                ),
            )
            .remedy("Mark the work as it is: decide each criterion.")
            .who("The assessor")
            .source(format!("practice, section 24.1; {source}")),
        );
    }
    if act.grounds.is_empty() {
        refusals.push(
            Refusal::new(Code::FieldMissing, "No ground for the return is chosen.")
                .remedy("Choose at least one ground.")
                .who("The assessor")
                .source("practice, section 9.1")
                .field("grounds"),
        );
    }
    if act.because.trim().is_empty() {
        refusals.push(
            Refusal::new(
                Code::DecisionNoReason,
                "Nothing tells the learner what to do before handing in again.",
            )
            .remedy("Write what has to change.")
            .who("The assessor")
            .source("practice, section 9.1")
            .field("because"),
        );
    }
    refusals.ok()?;
    let mut decision = Decision::new();
    let because = decision.seal(&case.learner, "submission.return", act.because.trim(), fresh);
    let mut grounds = act.grounds.clone();
    grounds.dedup();
    decision.fact(Fact::SubmissionReturned {
        submission: case.submission.clone(),
        grounds,
        because,
    });
    Ok(decision)
}
