//! An internal verifier leaves a judgement out of the sample, with the reason; the unit result becomes final.

use super::case::VerificationCase;
use super::verify::{after_judgement, blank};
use crate::actor::Actor;
use crate::fact::Fact;
use crate::id::VerificationId;
use crate::policy::Policy;
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Decision, Fresh, Moment};

/// Leave the judgement in force out of the sample.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeaveOutOfSample {
    pub because: String,
}

/// Decides on leaving a judgement out of the sample.
///
/// # Errors (all that apply, at once)
/// - those of [`VerificationCase::may_verify`] and [`VerificationCase::is_due`]
/// - `SAMPLE_REMOVE`: the policy in force verifies every judgement
/// - `VERIFICATION_REASON`: no reason
pub fn decide(
    act: &LeaveOutOfSample,
    case: &VerificationCase,
    actor: &Actor,
    moment: Moment,
    policy: Policy<'_>,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let mut refusals = match case.may_verify(actor, policy) {
        Ok(()) => Refusals::new(),
        Err(refusals) => refusals,
    };
    refusals.check(case.is_due());
    refusals.check(after_judgement(case, moment));
    if policy.text("verification.mode") == Some("all") {
        refusals.push(
            Refusal::new(
                Code::SampleRemove,
                "This centre verifies every judgement, so none can be left out.",
            )
            .remedy("Verify the judgement, or have the policy profile changed to a chosen sample.")
            .who("The internal verifier")
            .source("practice, sections 1 (SD-11) and 10"),
        );
    }
    if blank(Some(&act.because)) {
        refusals.push(
            Refusal::new(
                Code::VerificationReason,
                "A judgement is left out of the sample without a reason.",
            )
            .remedy("Write why it need not be looked at.")
            .who("The internal verifier")
            .source("practice, section 10.1 (HF-PLAN)")
            .field("because"),
        );
    }
    refusals.ok()?;
    let mut decision = Decision::new();
    let because = decision.seal(
        &case.learner,
        "verification.not_sampled",
        act.because.trim(),
        fresh,
    );
    decision.fact(Fact::JudgementNotSampled {
        verification: VerificationId::fresh(fresh),
        judgement: case.judgement.clone(),
        because,
    });
    Ok(decision)
}
