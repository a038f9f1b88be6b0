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
    let shown = thousands(words);
    if let Some(gauge) = gauge(words, case.level, policy) {
        let (minimum, maximum) = (thousands(gauge.minimum), thousands(gauge.maximum));
        let sentence = match gauge.standing {
            Standing::Within => None,
            Standing::Short => Some(format!(
                "{shown} words are counted; about {minimum} to {maximum} are expected. You can still hand in."
            )),
            Standing::Long => Some(format!(
                "{shown} words are counted; about {minimum} to {maximum} are expected. Length alone is not a reason \
                 for referral, but the assessor may return the work for editing. You can still hand in."
            )),
            Standing::WithinTolerance => Some(format!(
                "{shown} words are counted: outside {minimum} to {maximum}, within the tolerance."
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
                match appendix_only.as_slice() {
                    [one] => format!("Criterion {one} is"),
                    several => format!("Criteria {} are", and(several)),
                }
            ),
            criteria: appendix_only,
        });
    }
    warnings.extend(little_written(case));
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

/// Written work is expected to form the larger part (LW-07). Words and minutes cannot be added, so the share is counted in
/// criteria: of those answered at all, how many are answered in the main body in writing.
fn little_written(case: &SubmissionCase) -> Option<Warning> {
    let written: Vec<_> = case
        .pieces
        .iter()
        .filter(|piece| piece.written && !piece.appendix)
        .map(|piece| &piece.version)
        .collect();
    let answered_in = |criterion: &String, only_written: bool| {
        case.passages.iter().any(|passage| {
            passage.criteria.contains(criterion) && (!only_written || written.contains(&&passage.version))
        })
    };
    let count = |only_written| {
        case.criteria
            .iter()
            .filter(|criterion| answered_in(criterion, only_written))
            .count()
    };
    let (all, in_writing) = (count(false), count(true));
    let sentence = if case.pieces.is_empty() {
        return None;
    } else if written.is_empty() {
        "None of the pieces in the main body is written work, which is expected to form the larger part. A transcript or \
         dictated text counts as written."
            .to_owned()
    } else if all > 0 && in_writing * 2 <= all {
        format!(
            "Of {all} criteria that are answered, {in_writing} are answered in writing, which is expected to form the \
             larger part. A transcript or dictated text counts as written."
        )
    } else {
        return None;
    };
    Some(Warning {
        kind: "mostly_not_written".into(),
        sentence,
        criteria: Vec::new(),
    })
}

/// "criterion 1.1", "criteria 1.1, 1.2 and 2.1".
fn listed(criteria: &[String]) -> String {
    match criteria {
        [one] => format!("criterion {one}"),
        several => format!("criteria {}", and(several)),
    }
}

/// "1.1, 1.2 and 2.1".
fn and(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// 2900 as "2,900".
pub fn thousands(number: u32) -> String {
    if number < 1000 {
        number.to_string()
    } else {
        format!("{},{:03}", thousands(number / 1000), number % 1000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fact::EvidenceVersion;
    use crate::fresh::Counted;
    use crate::id::{CentreId, EvidenceId, PassageId, PersonId, RegistrationId};
    use crate::submission::case::{MarkedPassage, Piece};
    use jiff::civil::date;

    /// Two criteria; each piece is (written, appendix, the criteria answered in it).
    fn case(pieces: &[(bool, bool, &[&str])]) -> SubmissionCase {
        let mut fresh = Counted::from_seed(3);
        let learner = PersonId::fresh(&mut fresh);
        let mut made = SubmissionCase {
            registration: RegistrationId::fresh(&mut fresh),
            learner: learner.clone(),
            centre: CentreId::fresh(&mut fresh),
            registration_active: true,
            start_on: date(2019, 1, 1),
            ends_on: date(2020, 1, 1),
            unit: "9901X1".into(),
            level: 7,
            in_plan: true,
            achieved: false,
            last: None,
            pieces: Vec::new(),
            passages: Vec::new(),
            criteria: vec!["1.1".into(), "1.2".into()],
        };
        for (written, appendix, criteria) in pieces {
            let version = EvidenceVersion {
                evidence: EvidenceId::fresh(&mut fresh),
                version: 1,
            };
            made.passages.push(MarkedPassage {
                id: PassageId::fresh(&mut fresh),
                version: version.clone(),
                criteria: criteria.iter().map(|one| (*one).to_owned()).collect(),
            });
            made.pieces.push(Piece {
                version,
                digest: String::new(),
                saved_on: date(2019, 2, 1),
                bytes: 1,
                owner: learner.clone(),
                withdrawn: false,
                words: written.then_some(3200),
                appendix: *appendix,
                written: *written,
            });
        }
        made
    }

    fn warned(pieces: &[(bool, bool, &[&str])]) -> Option<String> {
        little_written(&case(pieces)).map(|warning| warning.sentence)
    }

    #[test]
    fn films_alone_films_with_a_written_appendix_and_films_for_most_criteria_warn() {
        assert!(warned(&[(false, false, &["1.1", "1.2"])]).is_some());
        assert!(warned(&[(false, false, &["1.1"]), (true, true, &["1.2"])]).is_some());
        let half = warned(&[(false, false, &["1.1"]), (true, false, &["1.2"])]).unwrap_or_default();
        assert!(
            half.starts_with("Of 2 criteria that are answered, 1 are"),
            "{half}"
        );
        assert_eq!(
            warned(&[(true, false, &["1.1", "1.2"]), (false, false, &["1.1"])]),
            None
        );
        assert_eq!(warned(&[(true, false, &[])]), None);
    }

    #[test]
    fn numbers_and_lists_are_written_as_a_person_writes_them() {
        assert_eq!(thousands(900), "900");
        assert_eq!(thousands(1_003_500), "1,003,500");
        let criteria = ["1.1".to_owned(), "1.2".to_owned(), "2.1".to_owned()];
        assert_eq!(listed(&criteria), "criteria 1.1, 1.2 and 2.1");
        assert_eq!(listed(&criteria[..1]), "criterion 1.1");
    }
}
