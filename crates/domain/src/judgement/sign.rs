//! An assessor signs a judgement: all decisions together, once, under their name.

use super::case::MarkingCase;
use super::quality::QUALITIES;
use crate::actor::Actor;
use crate::fact::{CriterionDecision, Fact, Outcome, SignedCriterion, SignedQuality};
use crate::id::JudgementId;
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Decision, Fresh, Moment};

/// Sign the saved decisions of a submission as a judgement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SignJudgement {
    /// Words to the learner on the whole.
    pub feedback: Option<String>,
}

/// What signing would mean now: the outcome, when nothing stands against it.
///
/// # Errors
/// As [`decide`].
pub fn outcome(case: &MarkingCase, actor: &Actor, moment: Moment) -> Result<Outcome, Refusals> {
    case.holds_the_pen(actor)?;
    let mut refusals = Refusals::new();
    refusals.check(super::take::after_evidence(case, moment));
    let open: Vec<&str> = case
        .criteria
        .iter()
        .map(|criterion| criterion.number.as_str())
        .filter(|number| !case.decisions.contains_key(*number))
        .collect();
    if !open.is_empty() {
        refusals.push(
            Refusal::new(
                Code::DecisionMissing,
                format!(
                    "{} of {} criteria are not decided: {}.",
                    open.len(),
                    case.criteria.len(),
                    open.join(", ")
                ),
            )
            .remedy("Decide each criterion: met or not yet met, with the reason.")
            .who("The assessor")
            .source("JU-02; JU-04"),
        );
    }
    for (number, saved) in &case.decisions {
        if saved.decision == CriterionDecision::Met && saved.passages.is_empty() {
            refusals.push(
                Refusal::new(
                    Code::DecisionNoEvidence,
                    format!("{number} is met without a passage of the evidence."),
                )
                .remedy("Cite the passage that it rests on.")
                .who("The assessor")
                .source("practice, section 9.2"),
            );
        }
    }
    let unjudged: Vec<&str> = QUALITIES
        .iter()
        .filter(|words| !case.qualities.contains_key(&words.quality))
        .map(|words| words.title)
        .collect();
    if !unjudged.is_empty() {
        refusals.push(
            Refusal::new(
                Code::QualityMissing,
                format!("Not yet judged: {}.", unjudged.join(", ").to_lowercase()),
            )
            .remedy("Answer each of the eight quality questions.")
            .who("The assessor")
            .source("JU-06; LW-01 to LW-05"),
        );
    }
    refusals.ok()?;
    let met = case
        .criteria
        .iter()
        .filter(|criterion| criterion.for_a_pass)
        .all(|criterion| {
            case.decisions
                .get(&criterion.number)
                .is_some_and(|saved| saved.decision == CriterionDecision::Met)
        });
    let good = case.qualities.values().all(|quality| quality.satisfied);
    Ok(if met && good {
        Outcome::Passed
    } else {
        Outcome::Referred
    })
}

/// Decides on signing. The unit is passed only when every criterion that a pass asks for is met and every quality
/// satisfied (JU-04, JU-06); criteria for merit and distinction make its grade and are never a ground for referral.
///
/// # Errors (all that apply, at once)
/// - those of [`MarkingCase::holds_the_pen`]
/// - `DECISION_MISSING`: a criterion is not decided
/// - `DECISION_NO_EVIDENCE`: a criterion is met without a passage
/// - `QUALITY_MISSING`: a quality is not judged
/// - `DECISION_BEFORE_EVIDENCE`: dated before the hand-in
///
/// Source: practice, sections 9.1 and 9.2; JU-02 to JU-06; SD-4.
pub fn decide(
    act: &SignJudgement,
    case: &MarkingCase,
    actor: &Actor,
    moment: Moment,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let outcome = outcome(case, actor, moment)?;
    let criteria = case
        .criteria
        .iter()
        .filter_map(|criterion| {
            let saved = case.decisions.get(&criterion.number)?;
            Some(SignedCriterion {
                criterion: criterion.number.clone(),
                decision: saved.decision,
                reason: saved.reason.clone(),
                passages: saved.passages.clone(),
                words: saved.words.clone(),
            })
        })
        .collect();
    let qualities = case
        .qualities
        .iter()
        .map(|(quality, saved)| SignedQuality {
            quality: *quality,
            satisfied: saved.satisfied,
            remark: saved.remark.clone(),
        })
        .collect();
    let mut decision = Decision::new();
    let feedback = decision.seal_optional(
        &case.learner,
        "judgement.feedback",
        act.feedback.as_deref(),
        fresh,
    );
    decision.fact(Fact::JudgementSigned {
        judgement: JudgementId::fresh(fresh),
        submission: case.submission.clone(),
        outcome,
        criteria,
        qualities,
        feedback,
        supersedes: case.judgement.as_ref().map(|(judgement, _)| judgement.clone()),
        countersignature_due: case.is_trainee(actor),
        order: case.external.as_ref().map(|external| external.order.clone()),
    });
    Ok(decision)
}
