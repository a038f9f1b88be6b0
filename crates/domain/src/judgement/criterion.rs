//! An assessor decides one criterion: met or not yet met, with the reason, and the passages it rests on.

use super::case::MarkingCase;
use crate::actor::Actor;
use crate::fact::{CriterionDecision, Fact};
use crate::id::PassageId;
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Decision, Fresh, Moment};

/// Decide one criterion of a submission. A later decision on the same criterion supersedes an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecideCriterion {
    pub criterion: String,
    pub decision: CriterionDecision,
    pub reason: String,
    /// Passages that the decision rests on.
    pub passages: Vec<PassageId>,
    /// Where the criterion has several command verbs: those that the evidence answers (QS-30).
    pub verbs: Vec<String>,
    /// On a "not yet met": the words of the criterion that are not yet answered; the whole text when blank.
    pub words: Option<String>,
}

/// Decides on saving a decision.
///
/// # Errors (all that apply, at once)
/// - those of [`MarkingCase::holds_the_pen`]
/// - `DECISION_NO_CRITERION`: the unit has no such criterion
/// - `DECISION_NO_REASON`: no reason is given (JU-02)
/// - `DECISION_NO_EVIDENCE`: met without a passage, or a passage that is not in this hand-in (practice, section 9.2)
/// - `VERB_OPEN`: met, and a command verb of the criterion is not answered (QS-30)
/// - `WORDS_NOT_IN_CRITERION`: not yet met, and the words cited do not stand in the criterion (JU-09, QS-25)
pub fn decide(
    act: &DecideCriterion,
    case: &MarkingCase,
    actor: &Actor,
    moment: Moment,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    case.holds_the_pen(actor)?;
    let criterion = case.criterion(&act.criterion)?;
    let mut refusals = Refusals::new();
    refusals.check(super::take::after_evidence(case, moment));
    if act.reason.trim().is_empty() {
        refusals.push(
            Refusal::new(
                Code::DecisionNoReason,
                format!("The decision on {} has no reason.", act.criterion),
            )
            .remedy("Write in a sentence or two what in the work led you to it.")
            .who("The assessor")
            .source("JU-02; practice, section 9.1")
            .field("reason"),
        );
    }
    if act.decision == CriterionDecision::Met && act.passages.is_empty() {
        refusals.push(
            Refusal::new(
                Code::DecisionNoEvidence,
                format!(
                    "{} cannot be met without a passage of the evidence.",
                    act.criterion
                ),
            )
            .remedy("Cite a passage that the learner marked, or mark one yourself in the evidence.")
            .who("The assessor")
            .source("practice, section 9.2")
            .field("passages"),
        );
    }
    if let Some(foreign) = act
        .passages
        .iter()
        .find(|passage| !case.passages.contains(passage))
    {
        refusals.push(
            Refusal::new(
                Code::DecisionNoEvidence,
                format!("Passage {foreign} is not part of this hand-in."),
            )
            .remedy("Cite passages of the pieces that were handed in.")
            .who("The assessor")
            .source("practice, section 9.2")
            .field("passages"),
        );
    }
    let several = criterion.verbs.len() > 1;
    if act.decision == CriterionDecision::Met && several {
        let open: Vec<&str> = criterion
            .verbs
            .iter()
            .filter(|verb| {
                !act.verbs
                    .iter()
                    .any(|answered| answered.eq_ignore_ascii_case(verb))
            })
            .map(String::as_str)
            .collect();
        if !open.is_empty() {
            refusals.push(
                Refusal::new(
                    Code::VerbOpen,
                    format!(
                        "{} asks for {} things ({}); not ticked as answered: {}.",
                        act.criterion,
                        criterion.verbs.len(),
                        criterion.verbs.join(", ").to_lowercase(),
                        open.join(", ").to_lowercase()
                    ),
                )
                .remedy("Tick each command verb that the evidence answers; if one is open, the criterion is not yet met.")
                .who("The assessor")
                .source("QS-30")
                .field("verbs"),
            );
        }
    }
    let words = cited_words(act, &criterion.text, &mut refusals);
    refusals.ok()?;

    let mut decision = Decision::new();
    let reason = decision.seal(&case.learner, "judgement.reason", act.reason.trim(), fresh);
    let mut passages = act.passages.clone();
    passages.sort();
    passages.dedup();
    decision.fact(Fact::CriterionDecided {
        submission: case.submission.clone(),
        criterion: criterion.number.clone(),
        decision: act.decision,
        reason,
        passages,
        verbs: if several {
            criterion
                .verbs
                .iter()
                .filter(|verb| act.verbs.iter().any(|v| v.eq_ignore_ascii_case(verb)))
                .cloned()
                .collect()
        } else {
            Vec::new()
        },
        words,
    });
    Ok(decision)
}

/// On a "not yet met", the words of the criterion that are not yet answered. Guidance is never a ground: only words
/// that stand in the criterion are accepted.
fn cited_words(act: &DecideCriterion, text: &str, refusals: &mut Refusals) -> Option<String> {
    if act.decision == CriterionDecision::Met {
        return None;
    }
    let words = act
        .words
        .as_deref()
        .map(squeezed)
        .filter(|words| !words.is_empty())
        .unwrap_or_else(|| squeezed(text));
    if !squeezed(text).to_lowercase().contains(&words.to_lowercase()) {
        refusals.push(
            Refusal::new(
                Code::WordsNotInCriterion,
                format!("\"{words}\" does not stand in the words of criterion {}.", act.criterion),
            )
            .remedy("Cite the words of the criterion that are not yet answered. Guidance is an idea of good evidence and no ground for \"not yet met\".")
            .who("The assessor")
            .source("JU-09; QS-25")
            .field("words"),
        );
    }
    Some(words)
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
