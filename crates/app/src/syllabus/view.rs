//! A review as it is shown: findings with how they stand, what was read, the document, and the steps.

use super::lines::{LineSeen, Lines};
use super::structure::{self, Structure};
use super::{Counts, SyllabusRow, desk, require_seen, rules, statements};
use crate::evidence::view::VersionFile;
use crate::{Asking, Failure, people};
use assay_domain::id::{PersonId, SpecificationId, SyllabusId};
use assay_domain::refusal::Refusals;
use assay_formats::syllabus::{
    Answer, Correction, Deed, Draft, Part, Reading, Review, Reviewed, Settled, Step, answers, slot, target_of,
};
use assay_specification::Severity;
use assay_store::Tx;
use std::collections::HashMap;
use std::sync::Arc;

/// How many syllabuses are listed.
const LISTED: i64 = 200;

/// A syllabus in the list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct SyllabusLine {
    #[schema(value_type = String)]
    pub id: SyllabusId,
    pub title: String,
    /// The document's file name.
    pub name: String,
    /// Who handed it in.
    pub by: String,
    /// As a UTC instant.
    pub at: String,
    pub counts: Counts,
    /// What it became.
    #[schema(value_type = Option<String>)]
    pub specification: Option<SpecificationId>,
}

/// The syllabuses that the caller may see, the newest first.
///
/// # Errors
/// `SignInNeeded`; `NotFound` for somebody who hands none in.
pub fn list(asking: &mut Asking<'_, '_>) -> Result<Vec<SyllabusLine>, Failure> {
    let actor = asking.actor()?.clone();
    if !rules::may_hand_in(&actor) {
        return Err(Failure::NotFound);
    }
    let mut names = Names::default();
    let mut lines = Vec::new();
    for row in asking.tx.rows(&statements::LIST, &[LISTED.into()])? {
        let row = SyllabusRow::of(&row)?;
        if !rules::may_see(&actor, row.centre.as_ref()) {
            continue;
        }
        lines.push(SyllabusLine {
            by: names.of(asking.tx, &row.person)?,
            id: row.id,
            title: row.title,
            name: row.name,
            at: row.at,
            counts: row.counts,
            specification: row.specification,
        });
    }
    Ok(lines)
}

/// Names of people, each looked up once.
#[derive(Default)]
struct Names(HashMap<String, String>);

impl Names {
    fn of(&mut self, tx: &mut Tx<'_>, person: &PersonId) -> Result<String, Failure> {
        if let Some(known) = self.0.get(person.as_str()) {
            return Ok(known.clone());
        }
        let name = people::find_name(tx, person)?.unwrap_or_else(|| "somebody".to_owned());
        self.0.insert(person.to_string(), name.clone());
        Ok(name)
    }

    fn of_text(&mut self, tx: &mut Tx<'_>, person: &str) -> Result<String, Failure> {
        match person.parse::<PersonId>() {
            Ok(person) => self.of(tx, &person),
            Err(_) => Ok("somebody".to_owned()),
        }
    }
}

/// How a finding stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FindingStanding {
    Open,
    Accepted,
    Ignored,
    Misprint,
    Corrected,
}

impl From<Settled> for FindingStanding {
    fn from(settled: Settled) -> Self {
        match settled {
            Settled::Open => FindingStanding::Open,
            Settled::Accepted => FindingStanding::Accepted,
            Settled::Ignored => FindingStanding::Ignored,
            Settled::Misprint => FindingStanding::Misprint,
            Settled::Corrected => FindingStanding::Corrected,
        }
    }
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    Error,
    Warning,
    Note,
}

/// A finding with how it stands.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct FindingSeen {
    /// By which acts name it.
    pub key: String,
    pub code: String,
    pub weight: Weight,
    /// What it is about, in words.
    pub subject: String,
    pub message: String,
    pub suggestion: Option<String>,
    /// Where, in words: `line 153, column 56`.
    pub place: Option<String>,
    /// Lines of the document.
    pub lines: Vec<u32>,
    /// The value it is about, such as `unit/3/credits`, with its name in words and as it stands.
    pub at: Option<String>,
    pub label: Option<String>,
    pub value: String,
    /// Whether that value may have several lines.
    pub long: bool,
    pub standing: FindingStanding,
    /// Ways in which it may be settled: `accept`, `ignore`, `correct`, `misprint`.
    pub ways: Vec<String>,
    /// Who settled it, when and why.
    pub by: Option<String>,
    pub when: Option<String>,
    pub reason: Option<String>,
}

impl FindingSeen {
    pub fn is_open(&self) -> bool {
        self.standing == FindingStanding::Open
    }

    pub fn may(&self, way: &str) -> bool {
        self.ways.iter().any(|one| one == way)
    }
}

/// A step of the review.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct StepSeen {
    /// From 0.
    pub number: usize,
    pub by: String,
    /// As a UTC instant.
    pub at: String,
    /// In words.
    pub what: String,
    pub reason: String,
    /// Whether it can be taken back.
    pub undo: bool,
    /// Why a correction does not apply any more.
    pub left_out: Option<String>,
}

/// A review as it stands.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct SyllabusSeen {
    #[schema(value_type = String)]
    pub id: SyllabusId,
    pub title: String,
    /// The document's file name, media type and size in bytes.
    pub name: String,
    pub media: String,
    pub bytes: i64,
    pub by: String,
    pub at: String,
    pub counts: Counts,
    /// What it became; then nothing can be settled any more.
    #[schema(value_type = Option<String>)]
    pub specification: Option<SpecificationId>,
    pub findings: Vec<FindingSeen>,
    pub structure: Structure,
    /// The document.
    pub lines: Vec<LineSeen>,
    pub steps: Vec<StepSeen>,
    /// Why it cannot become a draft yet.
    #[serde(skip)]
    #[schema(ignore)]
    pub not_yet: Option<Refusals>,
}

/// A review.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none, or it is not for the caller to see.
pub fn see(asking: &mut Asking<'_, '_>, id: &SyllabusId) -> Result<SyllabusSeen, Failure> {
    let actor = asking.actor()?.clone();
    let row = require_seen(asking.tx, &actor, id)?;
    let steps = desk::steps(asking.tx, &row)?;
    let reading: Arc<Reading> = desk::reading(asking.app, &row)?;
    let review = desk::review(asking.app, &row, &steps)?;
    let lines = Lines::of(&reading.source);
    let mut names = Names::default();
    let mut findings = Vec::with_capacity(review.findings.len());
    let mut draft = review.draft.clone();
    for reviewed in &review.findings {
        let mut seen = finding(&mut draft, reviewed, &lines);
        if let Some(step) = reviewed.step.and_then(|at| steps.get(at)) {
            seen.by = Some(names.of_text(asking.tx, &step.by)?);
            seen.when = Some(step.at.clone());
            seen.reason = Some(step.reason.clone()).filter(|reason| !reason.is_empty());
        }
        findings.push(seen);
    }
    let mut seen_steps = Vec::with_capacity(steps.len());
    for (number, one) in steps.iter().enumerate() {
        let by = names.of_text(asking.tx, &one.by)?;
        seen_steps.push(step(&review, &steps, number, one, by));
    }
    let counts = super::settle::counts_of(&review);
    let mut case = row.case();
    case.open_errors = counts.open_errors;
    case.open_warnings = counts.open_warnings;
    Ok(SyllabusSeen {
        by: names.of(asking.tx, &row.person)?,
        id: row.id,
        title: row.title,
        name: row.name,
        media: row.media,
        bytes: row.bytes,
        at: row.at,
        counts,
        specification: row.specification,
        findings,
        structure: structure::of(&review.draft, &lines),
        lines: lines.into_all(),
        steps: seen_steps,
        not_yet: rules::make_draft(&case).err(),
    })
}

/// The draft is not changed; looking at a value and giving it share one way in.
fn finding(draft: &mut Draft, reviewed: &Reviewed, lines: &Lines) -> FindingSeen {
    let finding = &reviewed.finding;
    let target = target_of(draft, finding);
    let (value, long) = target
        .as_ref()
        .and_then(|at| {
            let slot = slot(draft, at).ok()?;
            Some((slot.typed(), slot.is_long()))
        })
        .unwrap_or_default();
    let mut ways: Vec<String> = Vec::new();
    for answer in answers(finding) {
        match answer {
            Answer::Accept => ways.push("accept".to_owned()),
            Answer::Ignore => ways.push("ignore".to_owned()),
            Answer::Correct if target.is_some() => ways.push("correct".to_owned()),
            Answer::Correct => {}
            Answer::Misprint => ways.push("misprint".to_owned()),
        }
    }
    FindingSeen {
        key: reviewed.key.clone(),
        code: finding.code.to_string(),
        weight: match finding.severity {
            Severity::Error => Weight::Error,
            Severity::Warning => Weight::Warning,
            Severity::Note => Weight::Note,
        },
        subject: finding.subject.clone(),
        message: finding.message.clone(),
        suggestion: finding.suggestion.clone(),
        place: finding.place.as_ref().map(ToString::to_string),
        lines: finding
            .place
            .as_ref()
            .map(|place| lines.at(std::slice::from_ref(place)))
            .unwrap_or_default(),
        label: target.as_ref().map(|at| structure::label_of(draft, at)),
        at: target.map(|at| at.to_string()),
        value,
        long,
        standing: reviewed.settled.into(),
        ways,
        by: None,
        when: None,
        reason: None,
    }
}

fn step(review: &Review, steps: &[Step], number: usize, one: &Step, by: String) -> StepSeen {
    let about = |key: &str| {
        review.find(key).map_or_else(
            || "a finding that is not there any more".to_owned(),
            |found| format!("“{}: {}”", found.finding.subject, found.finding.message),
        )
    };
    let undone = steps
        .iter()
        .any(|later| matches!(later.deed, Deed::Undo { step } if step == number));
    let in_force = |key: &str| review.find(key).is_some_and(|found| found.step == Some(number));
    let (what, undo) = match &one.deed {
        Deed::Accept { finding } => (format!("Accepted {}", about(finding)), in_force(finding)),
        Deed::Ignore { finding } => (format!("Ignored {}", about(finding)), in_force(finding)),
        Deed::Misprint {
            finding,
            printed,
            corrected,
        } => (
            format!(
                "Listed as a misprint (“{printed}” stands for “{corrected}”): {}",
                about(finding)
            ),
            in_force(finding),
        ),
        Deed::Correct {
            correction, before, ..
        } => (corrected(review, correction, before), !undone),
        Deed::Reopen { finding } => (format!("Opened again {}", about(finding)), false),
        Deed::Undo { step } => (format!("Took back step {}", step + 1), false),
    };
    StepSeen {
        number,
        by,
        at: one.at.clone(),
        what: if undone {
            format!("{what} (taken back)")
        } else {
            what
        },
        reason: one.reason.clone(),
        undo,
        left_out: review
            .left_out
            .iter()
            .find(|(step, _)| *step == number)
            .map(|(_, why)| why.to_string()),
    }
}

/// The longest value that a step shows, in characters.
const SHOWN: usize = 200;

fn corrected(review: &Review, correction: &Correction, before: &str) -> String {
    let short = |text: &str| {
        if text.is_empty() {
            return "nothing".to_owned();
        }
        let kept: String = text.chars().take(SHOWN).collect();
        let more = if text.chars().count() > SHOWN { "…" } else { "" };
        format!("“{kept}{more}”")
    };
    match correction {
        Correction::Give { at, value } => format!(
            "{}: {} became {}",
            structure::label_of(&review.draft, at),
            short(before),
            short(value.trim())
        ),
        Correction::Add { part } => format!("Added {part}"),
        Correction::Remove { part } => format!("Removed {part}"),
        Correction::Assign { line, criteria, .. } if criteria.is_empty() => {
            format!("Took the guidance of line {line} from every criterion")
        }
        Correction::Assign { line, criteria, .. } => {
            format!("Put the guidance of line {line} with {}", criteria.join(", "))
        }
    }
}

/// A value of a review by its address.
pub fn find_value<'a>(seen: &'a SyllabusSeen, at: &str) -> Option<&'a structure::ValueSeen> {
    let structure = &seen.structure;
    let of_qualifications = structure.qualifications.iter().flat_map(|one| {
        let rows = one.rows.iter().flat_map(|row| &row.values);
        one.values.iter().chain(std::iter::once(&one.rule)).chain(rows)
    });
    let of_units = structure.units.iter().flat_map(|unit| {
        let inner = unit.outcomes.iter().flat_map(|outcome| {
            let criteria = outcome.criteria.iter().flat_map(|one| [&one.number, &one.text]);
            [&outcome.number, &outcome.text].into_iter().chain(criteria)
        });
        unit.values.iter().chain(inner)
    });
    let mut all = structure.document.iter().chain(of_qualifications).chain(of_units);
    all.find(|value| value.at == at)
}

/// A part in words, e.g. "unit no. 4"; none when it is not the address of a part.
pub fn part_in_words(at: &str) -> Option<String> {
    at.parse::<Part>().ok().map(|part| part.to_string())
}

/// The document as it was handed in, for those who may see the review.
///
/// # Errors
/// As [`see`]; a fault when the file is gone.
pub fn document(asking: &mut Asking<'_, '_>, id: &SyllabusId) -> Result<VersionFile, Failure> {
    let actor = asking.actor()?.clone();
    let row = require_seen(asking.tx, &actor, id)?;
    let file = asking
        .app
        .store()
        .files()
        .read(&row.sha256)?
        .ok_or_else(|| Failure::Fault(format!("the document of {} is gone", row.id)))?;
    Ok(VersionFile {
        file,
        file_name: row.name,
        media: row.media,
        bytes: u64::try_from(row.bytes).unwrap_or_default(),
        sha256: row.sha256,
    })
}
