//! Settling findings, correcting what was read, and taking either back. Each is a step that is kept with its reason.

use super::{Counts, SyllabusRow, desk, receive, require_seen, rules, statements};
use crate::{Acting, Failure};
use assay_domain::id::SyllabusId;
use assay_domain::refusal::{Code, Refusal};
use assay_formats::syllabus::{Answer, Correction, Deed, Part, Review, Settled, Step, Target, answers};
use assay_specification::Severity;

/// The longest reason, in characters.
pub const LONGEST_REASON: usize = 1_000;
/// The most steps of one review.
const MOST_STEPS: usize = 20_000;

/// How a finding is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum How {
    /// What was read is right.
    Accept,
    /// It does not matter here, for a reason.
    Ignore,
    /// It was read wrongly or not found; the value is given, with a reason.
    Correct,
    /// The document prints it wrongly: an erratum keeps the printed value, the line and the reason.
    Misprint,
    /// It is open again.
    Reopen,
}

/// Settle a finding of a review.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SettleFinding {
    /// Key of the finding.
    pub finding: String,
    /// How; without it nothing is done.
    pub how: Option<How>,
    /// Why; needed for all but accepting and opening again.
    #[serde(default)]
    pub reason: String,
    /// For a misprint: what is printed.
    #[serde(default)]
    pub printed: String,
    /// For a misprint: what should be printed.
    #[serde(default)]
    pub corrected: String,
    /// For a correction: the value that is corrected, such as `unit/3/credits`.
    #[serde(default)]
    pub at: String,
    /// For a correction: the value as typed; empty takes it away.
    #[serde(default)]
    pub value: String,
}

/// What is done to a draft beside its findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = ReviewChange)]
pub enum Change {
    /// A value is given.
    Give,
    /// An empty part is added after the last of its kind.
    Add,
    /// A part is removed with everything in it.
    Remove,
    /// A passage of guidance is put with the criteria named.
    Assign,
}

/// Correct what was read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CorrectReading {
    pub change: Change,
    /// The value or part: `unit/3/credits`, `unit/3/outcome/0`; for a passage its unit, `unit/3`.
    pub at: String,
    /// The value as typed; empty takes it away.
    #[serde(default)]
    pub value: String,
    /// For a passage: its first line.
    #[serde(default)]
    pub line: u32,
    /// For a passage: numbers of criteria; none leaves it with no criterion.
    #[serde(default)]
    pub criteria: Vec<String>,
    /// Why.
    pub reason: String,
}

pub(super) fn counts_of(review: &Review) -> Counts {
    let open = |severity: Option<Severity>| {
        let count = review
            .findings
            .iter()
            .filter(|one| one.settled == Settled::Open)
            .filter(|one| severity.is_none_or(|wanted| one.finding.severity == wanted))
            .count();
        u32::try_from(count).unwrap_or(u32::MAX)
    };
    Counts {
        findings: u32::try_from(review.findings.len()).unwrap_or(u32::MAX),
        open: open(None),
        open_errors: open(Some(Severity::Error)),
        open_warnings: open(Some(Severity::Warning)),
    }
}

fn not_so(field: &str, because: impl Into<String>, remedy: &str) -> Failure {
    Refusal::new(Code::SpecSettling, because)
        .remedy(remedy)
        .who("Whoever reviews the syllabus")
        .source("practice, section 2.4")
        .field(field)
        .into()
}

fn reason(text: &str) -> Result<String, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Failure::unreadable("reason", "Say why, in a few words."));
    }
    if text.chars().count() > LONGEST_REASON {
        return Err(Failure::unreadable(
            "reason",
            "The reason is longer than 1,000 characters.",
        ));
    }
    Ok(text.to_owned())
}

/// Settles a finding.
///
/// # Errors
/// - `NotFound`; `SPEC_LOCKED` when it has become a specification
/// - `Conflict` when the finding is not there any more
/// - `SPEC_SETTLING`: this finding cannot be settled so; `Unreadable` where a reason or value is missing or has not the form
///   of its kind
pub fn finding(acting: &mut Acting<'_, '_>, id: &SyllabusId, input: &SettleFinding) -> Result<(), Failure> {
    let (row, steps) = begin(acting, id)?;
    let review = desk::review(acting.app, &row, &steps)?;
    let Some(found) = review.find(&input.finding) else {
        return Err(Failure::Conflict {
            because: "This finding is not there any more: somebody corrected what it was about.".to_owned(),
        });
    };
    let Some(how) = input.how else {
        return Err(Failure::unreadable("how", "Choose how it is settled."));
    };
    let allowed = answers(&found.finding);
    let wanted = match how {
        How::Accept => Some(Answer::Accept),
        How::Ignore => Some(Answer::Ignore),
        How::Correct => Some(Answer::Correct),
        How::Misprint => Some(Answer::Misprint),
        How::Reopen => None,
    };
    if wanted.is_some_and(|wanted| !allowed.contains(&wanted)) {
        return Err(not_so(
            "how",
            "This finding cannot be settled in this way.",
            "An error is corrected, or answered by an erratum where the document itself is wrong; else the specification \
             would not be accepted.",
        ));
    }
    let key = found.key.clone();
    let (deed, reason) = match how {
        How::Accept => (Deed::Accept { finding: key }, input.reason.trim().to_owned()),
        How::Reopen => {
            if found.settled == Settled::Open {
                return Ok(());
            }
            (Deed::Reopen { finding: key }, String::new())
        }
        How::Ignore => (Deed::Ignore { finding: key }, reason(&input.reason)?),
        How::Misprint => {
            let (printed, corrected) = (input.printed.trim(), input.corrected.trim());
            for (field, value, what) in [
                ("printed", printed, "what is printed"),
                ("corrected", corrected, "what should be printed"),
            ] {
                if value.is_empty() || value.chars().count() > LONGEST_REASON {
                    return Err(Failure::unreadable(field, format!("Enter {what}.")));
                }
            }
            let why = reason(&input.reason)?;
            review
                .may_be_misprint(&input.finding, printed, corrected)
                .map_err(|not| Failure::unreadable("printed", not.to_string()))?;
            let deed = Deed::Misprint {
                finding: key,
                printed: printed.to_owned(),
                corrected: corrected.to_owned(),
            };
            (deed, why)
        }
        How::Correct => {
            let why = reason(&input.reason)?;
            let at: Target = input
                .at
                .parse()
                .map_err(|_| Failure::unreadable("at", "Choose what is corrected."))?;
            let correction = Correction::Give {
                at,
                value: input.value.clone(),
            };
            let deed = Deed::Correct {
                before: review.before(&correction),
                finding: Some(key),
                correction,
            };
            (deed, why)
        }
    };
    if reason.chars().count() > LONGEST_REASON {
        return Err(Failure::unreadable(
            "reason",
            "The reason is longer than 1,000 characters.",
        ));
    }
    take(acting, &row, steps, deed, reason, "value")
}

/// Accepts every open note of a kind, each as a step of its own. Errors and warnings are looked at one by one. Answers how
/// many.
///
/// # Errors
/// `NotFound`; `SPEC_LOCKED`; a fault when the store fails.
pub fn accept_notes(acting: &mut Acting<'_, '_>, id: &SyllabusId, code: &str) -> Result<usize, Failure> {
    let (row, steps) = begin(acting, id)?;
    let review = desk::review(acting.app, &row, &steps)?;
    let deeds: Vec<Deed> = review
        .findings
        .iter()
        .filter(|one| one.settled == Settled::Open && one.finding.code == code)
        .filter(|one| one.finding.severity == Severity::Note)
        .filter(|one| answers(&one.finding).contains(&Answer::Accept))
        .map(|one| Deed::Accept {
            finding: one.key.clone(),
        })
        .collect();
    let count = deeds.len();
    let deeds = deeds.into_iter().map(|deed| (deed, String::new())).collect();
    take_all(acting, &row, steps, deeds, "how")?;
    Ok(count)
}

/// Corrects what was read, whether a finding is about it or not.
///
/// # Errors
/// As [`finding`].
pub fn correct(acting: &mut Acting<'_, '_>, id: &SyllabusId, input: &CorrectReading) -> Result<(), Failure> {
    let (row, steps) = begin(acting, id)?;
    let why = reason(&input.reason)?;
    let part = || -> Result<Part, Failure> {
        let part = input.at.parse::<Part>();
        part.map_err(|not| Failure::unreadable("at", format!("{not}.")))
    };
    let correction = match input.change {
        Change::Give => Correction::Give {
            at: input
                .at
                .parse()
                .map_err(|not| Failure::unreadable("at", format!("{not}.")))?,
            value: input.value.clone(),
        },
        Change::Add => Correction::Add { part: part()? },
        Change::Remove => Correction::Remove { part: part()? },
        Change::Assign => match part()? {
            Part::Unit { unit } => Correction::Assign {
                unit,
                line: input.line,
                criteria: input.criteria.iter().map(|one| one.trim().to_owned()).collect(),
            },
            _ => return Err(Failure::unreadable("at", "A passage is known by its unit.")),
        },
    };
    let review = desk::review(acting.app, &row, &steps)?;
    let deed = Deed::Correct {
        before: review.before(&correction),
        finding: None,
        correction,
    };
    let field = if input.change == Change::Assign {
        "criteria"
    } else {
        "value"
    };
    take(acting, &row, steps, deed, why, field)
}

/// Takes a step back: a correction no longer applies, a settled finding is open again.
///
/// # Errors
/// `NotFound` for a step that is not there or was taken back; `SPEC_LOCKED`.
pub fn undo(acting: &mut Acting<'_, '_>, id: &SyllabusId, step: usize) -> Result<(), Failure> {
    let (row, steps) = begin(acting, id)?;
    let deed = match steps.get(step).map(|step| &step.deed) {
        Some(Deed::Correct { .. }) => {
            let gone = steps
                .iter()
                .any(|later| matches!(later.deed, Deed::Undo { step: undone } if undone == step));
            if gone {
                return Err(Failure::NotFound);
            }
            Deed::Undo { step }
        }
        Some(Deed::Accept { finding } | Deed::Ignore { finding } | Deed::Misprint { finding, .. }) => {
            Deed::Reopen {
                finding: finding.clone(),
            }
        }
        _ => return Err(Failure::NotFound),
    };
    take(acting, &row, steps, deed, String::new(), "value")
}

/// Removes a syllabus that has not become a specification, with its document and its reading.
///
/// # Errors
/// `NotFound`; `SPEC_LOCKED`.
pub fn drop(acting: &mut Acting<'_, '_>, id: &SyllabusId) -> Result<(), Failure> {
    let (row, _) = begin(acting, id)?;
    acting
        .tx
        .run(&statements::DROP_STEPS, &[row.id.as_str().into()])?;
    acting.tx.run(&statements::DROP, &[row.id.as_str().into()])?;
    crate::evidence::content::discard(acting, &row.sha256)?;
    crate::evidence::content::discard(acting, &row.reading)
}

fn begin(acting: &mut Acting<'_, '_>, id: &SyllabusId) -> Result<(SyllabusRow, Vec<Step>), Failure> {
    let actor = acting.actor()?.clone();
    let row = require_seen(acting.tx, &actor, id)?;
    rules::settle(&row.case())?;
    let steps = desk::steps(acting.tx, &row)?;
    if steps.len() >= MOST_STEPS {
        return Err(not_so(
            "how",
            "This review has as many steps as can be kept.",
            "Make the draft, or hand in the document again.",
        ));
    }
    Ok((row, steps))
}

/// Adds a step, if the draft can follow it.
fn take(
    acting: &mut Acting<'_, '_>,
    row: &SyllabusRow,
    steps: Vec<Step>,
    deed: Deed,
    reason: String,
    field: &str,
) -> Result<(), Failure> {
    take_all(acting, row, steps, vec![(deed, reason)], field)
}

/// Adds steps, if the draft can follow them; all of them or none.
fn take_all(
    acting: &mut Acting<'_, '_>,
    row: &SyllabusRow,
    mut steps: Vec<Step>,
    deeds: Vec<(Deed, String)>,
    field: &str,
) -> Result<(), Failure> {
    let first = steps.len();
    let at = acting.moment().stored();
    let by = acting.person()?.to_string();
    for (deed, reason) in deeds {
        steps.push(Step {
            by: by.clone(),
            at: at.clone(),
            reason,
            deed,
        });
    }
    // Not remembered: whether the steps are kept is only known at the commit.
    let review = desk::worked_out(&*desk::reading(acting.app, row)?, &steps);
    if let Some((_, why)) = review.left_out.iter().find(|(step, _)| *step >= first) {
        return Err(Failure::unreadable(field, why.to_string()));
    }
    let counts = counts_of(&review);
    for (number, step) in steps.iter().enumerate().skip(first) {
        acting.tx.run(
            &statements::ADD_STEP,
            &[
                row.id.as_str().into(),
                i64::try_from(number).unwrap_or(i64::MAX).into(),
                step.by.as_str().into(),
                step.at.as_str().into(),
                step.reason.as_str().into(),
                serde_json::to_string(&step.deed)?.into(),
            ],
        )?;
    }
    acting.tx.run(
        &statements::COUNT,
        &[
            row.id.as_str().into(),
            receive::title_of(&review.draft, &row.name).into(),
            counts.findings.into(),
            counts.open.into(),
            counts.open_errors.into(),
            counts.open_warnings.into(),
        ],
    )?;
    Ok(())
}
