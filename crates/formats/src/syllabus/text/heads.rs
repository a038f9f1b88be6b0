//! Headings that such documents share, whatever the awarding body.

/// Lower case, without punctuation at the end and with single spaces.
pub(super) fn plain(text: &str) -> String {
    let kept: String = text
        .to_lowercase()
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || matches!(c, '/' | '(' | ')' | '&' | '\'') {
                c
            } else {
                ' '
            }
        })
        .collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

const OUTCOME_HEADS: &[&str] = &[
    "learning outcome",
    "learning outcomes",
    "learning outcome(s)",
    "outcomes",
    "outcome",
    "learning aim",
    "learning aims",
    "learning outcomes the learner will",
    "learning outcome the learner will",
    "the learner will",
    "learners will",
    "the learner must",
    "learners must",
    "learning outcomes the learner must",
    "learning outcome the learner must",
    "in this unit you will",
    "in this unit learners will",
    "by the end of this unit you will",
    "by the end of this unit a learner will be able to",
    "by the end of this unit learners will be able to",
    "by the end of this unit a student will be able to",
    "by the end of this unit students will be able to",
    "on completion of this unit a learner should",
    "on completion of this unit the learner will",
    "on completion of this unit the learner will be able to",
    "the candidate will",
    "learning outcomes (los)",
    "on successful completion of this unit a learner will",
];
const CRITERION_HEADS: &[&str] = &[
    "assessment criteria",
    "assessment criterion",
    "assessment criteria the learner can",
    "the learner can",
    "learners can",
    "the candidate can",
    "criteria",
    "performance criteria",
    "performance criterion",
    "learning outcomes and assessment criteria",
    "assessment criteria and evidence",
    "assessment criteria (acs)",
    "pass",
    "merit",
    "distinction",
    "pass criteria",
    "merit criteria",
    "distinction criteria",
    "assessment and grading criteria",
    "grading criteria",
    "assessment criteria the candidate can",
    "to achieve a pass grade the evidence must show that the learner is able to",
    "to achieve a merit grade the evidence must show that in addition to the pass criteria the learner is able to",
    "to achieve a distinction grade the evidence must show that in addition to the pass and merit criteria the learner is able to",
];
const GUIDANCE_HEADS: &[&str] = &[
    "good practice",
    "guidance",
    "assessment guidance",
    "indicative content",
    "amplification",
    "unit amplification",
    "delivery guidance",
    "delivery and assessment guidance",
    "depth",
    "range",
    "evidence",
    "indicative guidance",
    "additional guidance",
    "guidance and support",
    "types of evidence",
    "what this means",
    "content",
    "unit content",
    "essential content",
    "learning content",
];
/// Headings of a section that tells what is taught for each outcome, apart from the table of criteria.
const CONTENT_HEADS: &[&str] = &[
    "content",
    "unit content",
    "essential content",
    "learning content",
    "indicative content",
    "indicative unit content",
    "amplification",
    "unit amplification",
    "what needs to be learned",
    "what needs to be learnt",
    "knowledge understanding and skills",
];
/// Headings after which a unit's outcomes and criteria are over.
const END_HEADS: &[&str] = &[
    "additional information about this unit",
    "additional information",
    "additional unit information",
    "assessment requirements",
    "assessment methodology",
    "assessment method",
    "essential information for tutors and assessors",
    "further information for tutors and assessors",
    "suggested resources",
    "resources",
    "indicative reading",
    "reading list",
    "evidence requirements",
    "evidence record",
    "declaration",
    "learner declaration",
    "assessor sign off of completed unit",
    "unit assessment guidance",
    "relationship to occupational standards",
    "national occupational standards",
    "supporting unit information",
    "support for learners",
    "additional information about the unit",
    "essential information for assignments",
    "essential information for assessment decisions",
    "essential resources",
    "recommended resources",
    "information for tutors",
    "essential guidance for tutors",
    "assessment strategy",
    "delivery",
    "evidence requirements for this unit",
    "unit assessment",
    "links to other units",
    "further information for teachers and assessors",
    "assessment activity",
];

/// What a cell of a table's head stands over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    Outcome,
    Criterion,
    Guidance,
}

/// The head that these words are.
pub(super) fn head(text: &str) -> Option<Head> {
    let plain = plain(text);
    let is = |heads: &[&str]| heads.contains(&plain.as_str());
    if is(OUTCOME_HEADS) {
        Some(Head::Outcome)
    } else if is(CRITERION_HEADS) {
        Some(Head::Criterion)
    } else if is(GUIDANCE_HEADS) {
        Some(Head::Guidance)
    } else {
        None
    }
}

/// Whether the words are a head of a table of outcomes and criteria, in one cell or several.
pub(super) fn is_table_head(text: &str) -> bool {
    if head(text).is_some() {
        return true;
    }
    let plain = plain(text);
    ["learning outcome", "the learner will", "the learner must"]
        .iter()
        .any(|start| plain.starts_with(start))
        && (plain.contains("assessment criteri") || plain.contains("learner can"))
        && plain.len() < 140
}

/// Whether a section of content begins at this heading.
pub(super) fn is_content_head(text: &str) -> bool {
    CONTENT_HEADS.contains(&plain(text).as_str())
}

/// Whether a list of aims begins at this heading.
pub(super) fn is_aims_head(text: &str) -> bool {
    matches!(plain(text).as_str(), "learning aims" | "learning aim")
}

/// Whether a unit's outcomes and criteria are over at this heading.
pub(super) fn is_end_head(text: &str) -> bool {
    END_HEADS.contains(&plain(text).as_str())
}
