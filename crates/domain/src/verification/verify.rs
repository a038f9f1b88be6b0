//! An internal verifier agrees or disagrees, criterion by criterion.

use super::case::VerificationCase;
use crate::actor::Actor;
use crate::fact::{Fact, VerifiedCriterion};
use crate::id::VerificationId;
use crate::policy::Policy;
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Decision, Fresh, Moment};

/// What the verifier finds on one criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CriterionFinding {
    pub criterion: String,
    pub agrees: bool,
    /// Required where the verifier disagrees.
    pub reason: Option<String>,
}

/// Verify the judgement in force on a submission.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VerifyJudgement {
    pub findings: Vec<CriterionFinding>,
    pub remark: Option<String>,
}

/// Decides on a verification. One disagreement sends the judgement back to the assessor (practice, section 10.6).
///
/// # Errors (all that apply, at once)
/// - those of [`VerificationCase::may_verify`] and [`VerificationCase::is_due`]
/// - `DECISION_BEFORE_EVIDENCE`: dated before the judgement was signed
/// - `DECISION_MISSING`: a criterion has no finding
/// - `DECISION_NO_CRITERION`: a finding on a criterion that was not judged, or two on one
/// - `VERIFICATION_REASON`: a disagreement without its reason
pub fn decide(
    act: &VerifyJudgement,
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
    let missing: Vec<&str> = case
        .criteria
        .iter()
        .map(String::as_str)
        .filter(|number| !act.findings.iter().any(|finding| finding.criterion == *number))
        .collect();
    if !missing.is_empty() {
        refusals.push(
            Refusal::new(
                Code::DecisionMissing,
                format!("No finding on {}.", missing.join(", ")),
            )
            .remedy("Agree or disagree on each criterion.")
            .who("The internal verifier")
            .source("practice, section 10.1"),
        );
    }
    for (at, finding) in act.findings.iter().enumerate() {
        let twice = act
            .findings
            .iter()
            .take(at)
            .any(|earlier| earlier.criterion == finding.criterion);
        if twice || !case.criteria.contains(&finding.criterion) {
            refusals.push(
                Refusal::new(
                    Code::DecisionNoCriterion,
                    format!("{:?} was not judged, or is found on twice.", finding.criterion),
                )
                .remedy("One finding on each criterion of the judgement.")
                .who("The internal verifier")
                .source("practice, section 10.1"),
            );
        }
        if !finding.agrees && blank(finding.reason.as_deref()) {
            refusals.push(
                Refusal::new(
                    Code::VerificationReason,
                    format!("You disagree on {} without a reason.", finding.criterion),
                )
                .remedy("Write what the assessor should look at again, and why.")
                .who("The internal verifier")
                .source("practice, section 10.1")
                .field(format!("reason-{}", finding.criterion)),
            );
        }
    }
    refusals.ok()?;

    let mut decision = Decision::new();
    let mut criteria = Vec::with_capacity(act.findings.len());
    for number in &case.criteria {
        let Some(finding) = act.findings.iter().find(|finding| finding.criterion == *number) else {
            continue;
        };
        let reason = decision.seal_optional(
            &case.learner,
            "verification.reason",
            finding.reason.as_deref(),
            fresh,
        );
        criteria.push(VerifiedCriterion {
            criterion: number.clone(),
            agrees: finding.agrees,
            reason,
        });
    }
    let remark = decision.seal_optional(&case.learner, "verification.remark", act.remark.as_deref(), fresh);
    decision.fact(Fact::JudgementVerified {
        verification: VerificationId::fresh(fresh),
        judgement: case.judgement.clone(),
        agreed: criteria.iter().all(|criterion| criterion.agrees),
        criteria,
        remark,
    });
    Ok(decision)
}

pub(super) fn after_judgement(case: &VerificationCase, moment: Moment) -> Result<(), Refusal> {
    if moment.at < case.signed_at {
        return Err(Refusal::new(
            Code::DecisionBeforeEvidence,
            "The verification would be dated before the judgement.",
        )
        .remedy("Check the date and time of this installation.")
        .who("The administrator")
        .source("practice, section 9.2"));
    }
    Ok(())
}

pub(super) fn blank(text: Option<&str>) -> bool {
    text.is_none_or(|text| text.trim().is_empty())
}
