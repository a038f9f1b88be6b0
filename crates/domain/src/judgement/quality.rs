//! The eight judgements on the work as a whole, beside the criteria (JU-06; LW-01 to LW-05).

use super::case::MarkingCase;
use crate::actor::Actor;
use crate::fact::{Fact, Quality};
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Decision, Fresh, Moment};

/// A quality with the words in which it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct QualityWords {
    pub quality: Quality,
    /// As stored and in addresses.
    pub key: &'static str,
    pub title: &'static str,
    pub question: &'static str,
}

/// The eight qualities, in the order in which they are asked.
pub const QUALITIES: [QualityWords; 8] = [
    QualityWords {
        quality: Quality::Accurate,
        key: "accurate",
        title: "Accurate",
        question: "Are facts, figures and theory correct?",
    },
    QualityWords {
        quality: Quality::Current,
        key: "current",
        title: "Current",
        question: "Are sources and practice up to date?",
    },
    QualityWords {
        quality: Quality::Authentic,
        key: "authentic",
        title: "Authentic",
        question: "Are you satisfied that this is the learner's own work?",
    },
    QualityWords {
        quality: Quality::Depth,
        key: "depth",
        title: "Depth",
        question: "Does it go deep enough for the level?",
    },
    QualityWords {
        quality: Quality::Breadth,
        key: "breadth",
        title: "Breadth",
        question: "Does it cover enough ground?",
    },
    QualityWords {
        quality: Quality::Concepts,
        key: "concepts",
        title: "Grasp of concepts",
        question: "Does it show a clear grasp of the concepts?",
    },
    QualityWords {
        quality: Quality::TheoryToPractice,
        key: "theory_to_practice",
        title: "Theory to practice",
        question: "Is theory linked to practice?",
    },
    QualityWords {
        quality: Quality::Communication,
        key: "communication",
        title: "Communication",
        question: "Is it communicated clearly at the level expected?",
    },
];

/// The words of a quality.
pub fn words_of(quality: Quality) -> &'static QualityWords {
    // Every quality stands in the list; the first is only named to avoid a panic path.
    QUALITIES
        .iter()
        .find(|words| words.quality == quality)
        .unwrap_or(&QUALITIES[0])
}

/// Judge one quality of a submission. A later judgement of the same quality supersedes an earlier one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct JudgeQuality {
    pub quality: Quality,
    pub satisfied: bool,
    pub remark: Option<String>,
}

/// Decides on saving a quality.
///
/// # Errors
/// - those of [`MarkingCase::holds_the_pen`]
/// - `DECISION_NO_REASON`: not satisfied and no remark says why
pub fn decide(
    act: &JudgeQuality,
    case: &MarkingCase,
    actor: &Actor,
    moment: Moment,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    case.holds_the_pen(actor)?;
    super::take::after_evidence(case, moment)?;
    let blank = act
        .remark
        .as_deref()
        .is_none_or(|remark| remark.trim().is_empty());
    if !act.satisfied && blank {
        return Err(Refusal::new(
            Code::DecisionNoReason,
            format!(
                "\"{}\" is not satisfied, and no remark says why.",
                words_of(act.quality).title
            ),
        )
        .remedy("Write what is missing, so that the learner can act on it.")
        .who("The assessor")
        .source("JU-06")
        .field("remark")
        .into());
    }
    let mut decision = Decision::new();
    let remark = decision.seal_optional(&case.learner, "judgement.remark", act.remark.as_deref(), fresh);
    decision.fact(Fact::QualityJudged {
        submission: case.submission.clone(),
        quality: act.quality,
        satisfied: act.satisfied,
        remark,
    });
    Ok(decision)
}
