//! A unit as the learner works on it: what is asked, what is answered where, what was handed in, what to do next.

use super::case;
use super::history::{self, Attempt};
use crate::evidence::passage::place_of;
use crate::evidence::text;
use crate::external_assessment::find::{self as external, ExternalStanding};
use crate::registration::find as registration;
use crate::specification::explained::{self, Explained};
use crate::{Asking, Failure};
use assay_domain::id::{EvidenceId, PassageId, PersonId, RegistrationId};
use assay_domain::submission::SubmissionState;
use assay_domain::submission::words::{self, WordGauge};
use assay_specification::{Criterion, Specification, Unit};
use assay_store::statements::evidence as statements;
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// A passage that answers a criterion.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Answer {
    pub passage: PassageId,
    pub evidence: EvidenceId,
    pub title: String,
    /// "in the text", "page 3", "2:05 to 3:10", "the whole piece".
    pub place: String,
    /// True when the piece is an appendix.
    pub appendix: bool,
}

/// Work of a linked criterion that can be used again (QS-27).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Reuse {
    /// "criterion 3.2", "outcome 4", "criterion 2.1 of 7015V1".
    pub from: String,
    /// Why, in our own words.
    pub why: String,
    /// The learner's own passages there, ready to be marked for this criterion too.
    pub answers: Vec<Answer>,
}

/// How a criterion stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CriterionStanding {
    /// No passage answers it.
    Open,
    /// A passage answers it.
    Answered,
    /// Judged not yet met in the last attempt that was judged.
    NotYetMet,
    Met,
}

/// A criterion of the unit.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct WorkCriterion {
    pub number: String,
    pub text: String,
    /// Command verbs: what the learner is told to do.
    pub verbs: Vec<String>,
    /// Guidance in our own words. Guidance is never a ground for "not met" (QS-25).
    pub guidance: Vec<String>,
    /// Criteria for which the specification prints the same guidance (QS-26).
    pub shared_with: Vec<String>,
    /// The kind of evidence that usually shows it.
    pub usual_evidence: Option<String>,
    /// Models named for it: name and a line about each.
    pub models: Vec<(String, String)>,
    /// What has to be told apart, where the unit treats two disciplines side by side.
    pub told_apart: Option<String>,
    pub standing: CriterionStanding,
    pub answers: Vec<Answer>,
    pub reuse: Vec<Reuse>,
    /// What the assessor said when it was judged last.
    pub reason: Option<String>,
}

/// A learning outcome with its criteria.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct WorkOutcome {
    pub number: u32,
    pub text: String,
    pub criteria: Vec<WorkCriterion>,
}

/// What to do next.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Next {
    /// In a few words: "Hand in the unit".
    pub what: String,
    pub why: String,
    /// Where it is done; none when the learner waits.
    pub href: Option<String>,
    /// Words for the link.
    pub label: String,
}

/// A unit of a learner.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct UnitWorkspace {
    pub registration: RegistrationId,
    pub registration_number: String,
    pub learner: PersonId,
    pub learner_name: String,
    pub centre_name: String,
    pub qualification: String,
    pub unit: String,
    pub title: String,
    /// What the unit is about, as printed (QS-29).
    pub aims: String,
    pub level: u32,
    pub credits: u32,
    /// Guided Learning Hours and Total Unit Time in hours.
    pub glh: u32,
    pub tut: u32,
    pub in_plan: bool,
    #[schema(value_type = Option<String>, format = Date)]
    pub target_on: Option<Date>,
    #[schema(value_type = Option<String>, format = Date)]
    pub achieved_on: Option<Date>,
    pub tutor: Option<String>,
    pub assessor: Option<String>,
    pub outcomes: Vec<WorkOutcome>,
    /// Where terms and models are explained (QS-10, QS-28).
    #[serde(skip)]
    #[schema(ignore)]
    pub explained: Vec<Explained>,
    /// Words of the pieces with passages for the unit, appendices left out, against the range of the profile.
    pub words: u32,
    pub gauge: Option<WordGauge>,
    /// The tolerance of the range, in per cent.
    pub tolerance: u32,
    pub history: Vec<Attempt>,
    pub next: Next,
    /// How far the awarding body is, where it assesses the unit, and its stamp once the result stands (EA-03).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external: Option<ExternalStanding>,
    /// Whether the caller is the learner.
    pub own: bool,
    /// Whether the caller teaches or assesses the learner, and may record a viva or an observation.
    pub teaches: bool,
}

/// A unit of a registration as it stands.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not see the registration or the specification has no such unit.
pub fn view(asking: &mut Asking<'_, '_>, id: &RegistrationId, unit: &str) -> Result<UnitWorkspace, Failure> {
    let seen = registration::require_seen(asking, id)?;
    let app = asking.app;
    let row = &seen.row;
    let specification = app.specification(asking.tx, &row.specification)?;
    let unit = case::unit_of(app, asking.tx, row, unit)?;
    let number = unit.number.to_string();
    let mut coverage = Coverage {
        learner: row.learner.clone(),
        of_unit: BTreeMap::new(),
    };
    coverage.load(asking, &number)?;
    let pieces: BTreeSet<EvidenceId> = coverage
        .of_unit
        .get(&number)
        .into_iter()
        .flatten()
        .map(|(_, answer)| answer.evidence.clone())
        .collect();
    let pieces: Vec<EvidenceId> = pieces.into_iter().collect();
    let case = case::load(app, asking.tx, row, &unit, &pieces)?;
    let history = history::list_of_unit(asking, id, &number)?;
    let mut outcomes = Vec::new();
    for outcome in &unit.outcomes {
        let mut criteria = Vec::new();
        for criterion in &outcome.criteria {
            criteria.push(work_criterion(
                asking,
                &mut coverage,
                &specification,
                &unit,
                criterion,
                &history,
            )?);
        }
        outcomes.push(WorkOutcome {
            number: outcome.number,
            text: outcome.text.clone(),
            criteria,
        });
    }
    let planned = registration::plan_units(asking.tx, id)?
        .into_iter()
        .find(|planned| planned.unit == number);
    let achieved = registration::achieved_by(asking.tx, &row.learner)?
        .into_iter()
        .find(|achieved| achieved.unit == number);
    let external = match &achieved {
        Some(achieved) => match &achieved.order {
            Some(order) => Some(external::stamped(app, asking.tx, order)?),
            None => None,
        },
        None => {
            let body = &specification.document.awarding_body_short;
            external::of_unit(app, asking.tx, id, &number, body, None)?
        }
    };
    let achieved_on = achieved.map(|achieved| achieved.achieved_on);
    let staff = seen
        .allocations
        .iter()
        .find(|allocation| allocation.unit == number);
    let name = |named: &Option<registration::Named>| named.as_ref().map(|named| named.name.clone());
    let policy = asking.policy();
    let words = words::counted(&case);
    let open = outcomes
        .iter()
        .flat_map(|outcome| &outcome.criteria)
        .filter(|criterion| criterion.answers.is_empty())
        .count();
    let next = next(
        id,
        &number,
        planned.is_some(),
        achieved_on,
        &history,
        pieces.is_empty(),
        open,
    );
    Ok(UnitWorkspace {
        registration: id.clone(),
        registration_number: row.number.clone(),
        learner: row.learner.clone(),
        learner_name: row.learner_name(),
        centre_name: row.centre_name.clone(),
        qualification: specification
            .find_qualification(&row.qualification)
            .map_or_else(|| row.qualification.clone(), |found| found.title.clone()),
        title: unit.title.clone(),
        aims: unit.aims.clone(),
        level: u32::from(unit.level),
        credits: unit.credits,
        glh: unit.glh,
        tut: unit.tut,
        in_plan: planned.is_some(),
        target_on: planned.and_then(|planned| planned.target_on),
        achieved_on,
        tutor: staff.and_then(|staff| name(&staff.tutor)),
        assessor: staff.and_then(|staff| name(&staff.assessor)),
        outcomes,
        explained: explained::everything(row.specification.as_str(), &specification),
        words,
        gauge: words::gauge(words, case.level, policy),
        tolerance: policy
            .number(&format!("submission.word_count.level_{}.tolerance", case.level))
            .and_then(|(percent, _)| u32::try_from(percent).ok())
            .unwrap_or_default(),
        history,
        next,
        external,
        own: seen.own(),
        teaches: seen.teaches(),
        unit: number,
    })
}

/// The learner's passages by unit, each loaded when it is asked for.
struct Coverage {
    learner: PersonId,
    of_unit: BTreeMap<String, Vec<(String, Answer)>>,
}

impl Coverage {
    fn load(&mut self, asking: &mut Asking<'_, '_>, unit: &str) -> Result<(), Failure> {
        if self.of_unit.contains_key(unit) {
            return Ok(());
        }
        let mut answers = Vec::new();
        for row in asking.tx.rows(
            &statements::LIST_COVERAGE,
            &[self.learner.as_str().into(), unit.into()],
        )? {
            let place = place_of(&row)?;
            let answer = Answer {
                passage: row.parsed("id")?,
                evidence: row.parsed("evidence")?,
                title: row.text("title")?,
                place: text::place_in_words(&place, None, &[]),
                appendix: row.truth("appendix")?,
            };
            answers.push((row.text("criterion")?, answer));
        }
        self.of_unit.insert(unit.to_owned(), answers);
        Ok(())
    }

    /// Answers to the criteria of a unit for which `wanted` holds.
    fn answers(&self, unit: &str, wanted: impl Fn(&str) -> bool) -> Vec<Answer> {
        let mut found: Vec<Answer> = Vec::new();
        for (criterion, answer) in self.of_unit.get(unit).into_iter().flatten() {
            if wanted(criterion) && !found.iter().any(|known| known.passage == answer.passage) {
                found.push(answer.clone());
            }
        }
        found
    }
}

fn work_criterion(
    asking: &mut Asking<'_, '_>,
    coverage: &mut Coverage,
    specification: &Specification,
    unit: &Unit,
    criterion: &Criterion,
    history: &[Attempt],
) -> Result<WorkCriterion, Failure> {
    let number = criterion.number.to_string();
    let here = unit.number.to_string();
    let answers = coverage.answers(&here, |answered| answered == number);
    let mut reuse = Vec::new();
    for link in &criterion.links {
        let there = link
            .unit
            .as_ref()
            .map_or_else(|| here.clone(), ToString::to_string);
        coverage.load(asking, &there)?;
        let (from, answers) = match (&link.criterion, link.outcome) {
            (Some(linked), _) => {
                let linked = linked.to_string();
                let found = coverage.answers(&there, |answered| answered == linked);
                (format!("criterion {linked}"), found)
            }
            (None, Some(outcome)) => {
                let head = format!("{outcome}.");
                let found = coverage.answers(&there, |answered| answered.starts_with(&head));
                (format!("outcome {outcome}"), found)
            }
            (None, None) => ("the whole unit".to_owned(), coverage.answers(&there, |_| true)),
        };
        reuse.push(Reuse {
            from: if there == here {
                from
            } else {
                format!("{from} of {there}")
            },
            why: link.why.clone(),
            answers: answers
                .into_iter()
                .filter(|answer| {
                    !coverage
                        .answers(&here, |answered| answered == number)
                        .iter()
                        .any(|known| known.passage == answer.passage)
                })
                .collect(),
        });
    }
    let judged = history
        .iter()
        .rev()
        .filter_map(|attempt| attempt.feedback.as_ref())
        .flat_map(|feedback| &feedback.criteria)
        .find(|told| told.criterion == number);
    let standing = match judged {
        Some(told) if told.met => CriterionStanding::Met,
        Some(_) => CriterionStanding::NotYetMet,
        None if answers.is_empty() => CriterionStanding::Open,
        None => CriterionStanding::Answered,
    };
    Ok(WorkCriterion {
        text: criterion.text.clone(),
        verbs: criterion.verbs.clone(),
        guidance: criterion.guidance.clone(),
        shared_with: criterion
            .shared_guidance_with
            .iter()
            .map(ToString::to_string)
            .collect(),
        usual_evidence: criterion.evidence.clone(),
        models: criterion
            .models
            .iter()
            .filter_map(|id| specification.find_model(id))
            .map(|model| (model.name.clone(), model.about.clone()))
            .collect(),
        told_apart: told_apart(criterion),
        standing,
        answers,
        reuse,
        reason: judged.map(|told| told.reason.clone()),
        number,
    })
}

fn told_apart(criterion: &Criterion) -> Option<String> {
    if !criterion.told_apart {
        return None;
    }
    let discipline = criterion.discipline.as_deref().unwrap_or("one discipline");
    Some(match &criterion.twin {
        Some(twin) => format!(
            "This asks for {discipline}; criterion {twin} asks the same for the other discipline. Answer each for itself."
        ),
        None => format!("This asks for {discipline}. Keep it apart from the other discipline of the unit."),
    })
}

fn next(
    registration: &RegistrationId,
    unit: &str,
    in_plan: bool,
    achieved: Option<Date>,
    history: &[Attempt],
    nothing_marked: bool,
    open: usize,
) -> Next {
    let hand_in = format!("/registrations/{registration}/units/{unit}/hand-in");
    let wait = |what: &str, why: &str| Next {
        what: what.to_owned(),
        why: why.to_owned(),
        href: None,
        label: String::new(),
    };
    let to = |what: &str, why: String, href: &str, label: &str| Next {
        what: what.to_owned(),
        why,
        href: Some(href.to_owned()),
        label: label.to_owned(),
    };
    if achieved.is_some() {
        return wait(
            "Nothing more to do here",
            "The unit is achieved. Its result counts in every size of the qualification.",
        );
    }
    if !in_plan {
        return to(
            "Add the unit to the plan",
            "It is not in the learning plan yet, so nothing can be handed in for it.".to_owned(),
            &format!("/registrations/{registration}"),
            "Open the registration",
        );
    }
    match history.last().map(|last| (last.state, last)) {
        Some((SubmissionState::Returned, last)) => to(
            "Mend what was returned, then hand in again",
            last.returns
                .last()
                .map(|returned| returned.because.clone())
                .unwrap_or_default(),
            &hand_in,
            "Hand in again",
        ),
        Some((SubmissionState::Referred, last)) => {
            let open = last.feedback.as_ref().map_or(0, |feedback| {
                feedback.criteria.iter().filter(|told| !told.met).count()
            });
            let criteria = if open == 1 {
                "1 criterion is".to_owned()
            } else {
                format!("{open} criteria are")
            };
            to(
                "Work on what is not yet met, then resubmit",
                format!("{criteria} not yet met. Each says which words of it are still open."),
                &hand_in,
                "Resubmit",
            )
        }
        Some((_, last)) => wait(
            &last.state_in_words.clone(),
            "Nothing for you to do at the moment.",
        ),
        None if nothing_marked => to(
            "Start a piece of evidence",
            "Write here or upload a file, then mark where each criterion is answered.".to_owned(),
            "/evidence/new",
            "Start a piece",
        ),
        None if open > 0 => to(
            "Mark where the open criteria are answered",
            if open == 1 {
                "1 criterion has no passage yet.".to_owned()
            } else {
                format!("{open} criteria have no passage yet.")
            },
            "/evidence",
            "Open my evidence",
        ),
        None => to(
            "Hand in the unit",
            "Every criterion has a passage.".to_owned(),
            &hand_in,
            "Hand in",
        ),
    }
}
