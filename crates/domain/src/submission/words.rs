//! The word-count gauge: compares, warns, never blocks (LW-06, LW-07, LW-08; practice, section 8).

use super::case::SubmissionCase;
use crate::policy::Policy;

/// Where a count stands against the expected range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Below the range and below its tolerance.
    Short,
    /// Outside the range, within its tolerance.
    WithinTolerance,
    /// Within the range.
    Within,
    /// Above the range and above its tolerance.
    Long,
}

/// Words counted against the range of the profile in force.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct WordGauge {
    pub words: u32,
    pub minimum: u32,
    pub maximum: u32,
    /// The least and the most with the tolerance applied, rounded to whole words outwards.
    pub least: u32,
    pub most: u32,
    pub standing: Standing,
    /// Where the range comes from.
    pub source: String,
}

/// Judges a count; none when the profile says nothing for the level.
pub fn gauge(words: u32, level: u32, policy: Policy<'_>) -> Option<WordGauge> {
    let key = |part: &str| format!("submission.word_count.level_{level}.{part}");
    let (minimum, source) = policy.number(&key("minimum"))?;
    let (maximum, _) = policy.number(&key("maximum"))?;
    let tolerance = policy
        .number(&key("tolerance"))
        .map_or(0, |(percent, _)| percent)
        .clamp(0, 100);
    let minimum = u32::try_from(minimum).ok()?;
    let maximum = u32::try_from(maximum).ok()?;
    let tolerance = u32::try_from(tolerance).ok()?;
    let least = minimum - minimum * tolerance / 100;
    let most = maximum + maximum * tolerance / 100;
    let standing = if words < least {
        Standing::Short
    } else if words > most {
        Standing::Long
    } else if words < minimum || words > maximum {
        Standing::WithinTolerance
    } else {
        Standing::Within
    };
    Some(WordGauge {
        words,
        minimum,
        maximum,
        least,
        most,
        standing,
        source: source.to_owned(),
    })
}

/// What a learner should know before handing in. None of it stops the hand-in.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = HandInWarning)]
pub struct Warning {
    /// Stable: `word_count`, `not_covered`, `appendix_only`, `mostly_not_written`, `before_registration`.
    pub kind: String,
    pub sentence: String,
    /// Criteria it speaks of.
    pub criteria: Vec<String>,
}

/// All warnings of a case: word count (LW-06), criteria without a passage, criteria whose only passage is in an appendix
/// (LW-08), work without written pieces (LW-07).
pub fn warnings(case: &SubmissionCase, policy: Policy<'_>) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let words = counted(case);
    if let Some(gauge) = gauge(words, case.level, policy) {
        let sentence = match gauge.standing {
            Standing::Within => None,
            Standing::Short => Some(format!(
                "{words} words are counted; about {} to {} are expected. You can still hand in.",
                gauge.minimum, gauge.maximum
            )),
            Standing::Long => Some(format!(
                "{words} words are counted; about {} to {} are expected. Length alone is not a reason for referral, \
                 but the assessor may return the work for editing. You can still hand in.",
                gauge.minimum, gauge.maximum
            )),
            Standing::WithinTolerance => Some(format!(
                "{words} words are counted: outside {} to {}, within the tolerance.",
                gauge.minimum, gauge.maximum
            )),
        };
        if let Some(sentence) = sentence {
            warnings.push(Warning {
                kind: "word_count".into(),
                sentence,
                criteria: Vec::new(),
            });
        }
    }
    let uncovered: Vec<String> = case
        .criteria
        .iter()
        .filter(|criterion| {
            !case
                .passages
                .iter()
                .any(|passage| passage.criteria.contains(criterion))
        })
        .cloned()
        .collect();
    if !uncovered.is_empty() {
        warnings.push(Warning {
            kind: "not_covered".into(),
            sentence: format!(
                "No passage is marked for {}. An assessor has to search for the answer, or will not find it.",
                listed(&uncovered)
            ),
            criteria: uncovered,
        });
    }
    let appendices: Vec<_> = case
        .pieces
        .iter()
        .filter(|piece| piece.appendix)
        .map(|piece| &piece.version)
        .collect();
    let appendix_only: Vec<String> = case
        .criteria
        .iter()
        .filter(|criterion| {
            let mut answers = case
                .passages
                .iter()
                .filter(|passage| passage.criteria.contains(criterion))
                .peekable();
            answers.peek().is_some() && answers.all(|passage| appendices.contains(&&passage.version))
        })
        .cloned()
        .collect();
    if !appendix_only.is_empty() {
        warnings.push(Warning {
            kind: "appendix_only".into(),
            sentence: format!(
                "{} answered in an appendix only. What the criteria need belongs in the main body.",
                listed(&appendix_only)
            ),
            criteria: appendix_only,
        });
    }
    if !case.pieces.is_empty() && !case.pieces.iter().any(|piece| piece.written) {
        warnings.push(Warning {
            kind: "mostly_not_written".into(),
            sentence:
                "None of the pieces is written work, which is expected to form the larger part. A transcript \
                       or dictated text counts as written."
                    .into(),
            criteria: Vec::new(),
        });
    }
    let early = case.pieces.iter().any(|piece| piece.saved_on < case.start_on);
    if early && policy.text("evidence.before_registration") == Some("mark") {
        warnings.push(Warning {
            kind: "before_registration".into(),
            sentence: format!(
                "Work from before the registration began on {} is among the pieces; the assessor sees that and decides on it.",
                crate::moment::long_date(case.start_on)
            ),
            criteria: Vec::new(),
        });
    }
    warnings
}

/// Words counted over all pieces of a hand-in, appendices left out (LW-06).
pub fn counted(case: &SubmissionCase) -> u32 {
    case.pieces
        .iter()
        .filter(|piece| !piece.appendix)
        .filter_map(|piece| piece.words)
        .fold(0, u32::saturating_add)
}

/// "criterion 1.1 is", "criteria 1.1, 1.2 and 2.1 are".
fn listed(criteria: &[String]) -> String {
    match criteria {
        [] => String::new(),
        [one] => format!("criterion {one}"),
        [first @ .., last] => format!("criteria {} and {last}", first.join(", ")),
    }
}
