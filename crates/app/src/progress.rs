//! How far a learner is: criteria, units and credits, counted from judgements that stand (JU-11).
//!
//! The figures change with the judgement that causes them, because they are counted from its rows and kept nowhere.

use crate::external_assessment::find::{self as external, ExternalStanding};
use crate::judgement::grading;
use crate::registration::find::{self, RegistrationRow};
use crate::registration::syllabus::Pinned;
use crate::{App, Asking, Failure};
use assay_domain::fact::PlannedUnit;
use assay_domain::id::{JudgementId, OrderId, RegistrationId, SubmissionId};
use assay_domain::submission::SubmissionState;
use assay_specification::Unit;
use assay_store::statements::evidence::LIST_ANSWERED;
use assay_store::statements::plan as statements;
use assay_store::{StoreFault, Tx};
use jiff::civil::Date;
use std::collections::{BTreeMap, BTreeSet};

/// How far a unit is.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum UnitState {
    NotStarted,
    /// Handed in, waiting or being marked.
    WithAssessor,
    /// Back with the learner before marking.
    Returned,
    /// At least one criterion not yet met.
    Referred,
    /// Passed, with a countersignature or verification to come.
    Provisional,
    Achieved,
    /// Achieved on an earlier registration: it counts here too (QS-20).
    Carried,
}

impl UnitState {
    /// As a person reads it.
    pub fn title(self) -> &'static str {
        match self {
            UnitState::NotStarted => "Not started",
            UnitState::WithAssessor => "With the assessor",
            UnitState::Returned => "Returned before marking",
            UnitState::Referred => "Referred",
            UnitState::Provisional => "Passed, not yet final",
            UnitState::Achieved => "Achieved",
            UnitState::Carried => "Achieved before",
        }
    }
}

/// How far the learner is with one criterion.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CriterionProgress {
    /// Number within the unit, e.g. `1.2`.
    pub criterion: String,
    /// Its words as printed.
    pub text: String,
    /// Met or not yet met in the judgement that stands; none when it was never judged.
    pub met: Option<bool>,
    /// Whether a passage of the learner's work as it is now answers it.
    pub answered: bool,
}

/// How far the learner is with one unit.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct UnitProgress {
    pub unit: String,
    pub title: String,
    pub credits: u32,
    pub glh: u32,
    pub tut: u32,
    pub state: UnitState,
    #[schema(value_type = Option<String>, format = Date)]
    pub target_on: Option<Date>,
    /// True when the target date has passed and the unit is not achieved.
    pub late: bool,
    pub attempt: u32,
    /// The latest submission, if there is one.
    pub submission: Option<SubmissionId>,
    #[schema(value_type = Option<String>, format = Date)]
    pub achieved_on: Option<Date>,
    /// Code of the qualification under which it was achieved, when that was an earlier one.
    pub carried_from: Option<String>,
    /// The result of a graded unit that is passed: `pass`, `merit` or `distinction`; none where the unit is not graded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub graded: Option<String>,
    /// How far the awarding body is, where it assesses the unit, and its stamp once the result stands (EA-03).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external: Option<ExternalStanding>,
    pub criteria_met: u32,
    pub criteria: Vec<CriterionProgress>,
}

/// A part of a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, utoipa::ToSchema)]
pub struct Part {
    pub done: u32,
    pub of: u32,
}

/// How far a learner is on one registration.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Progress {
    pub registration: RegistrationId,
    /// Criteria met in judgements that stand, of those of the planned units.
    pub criteria: Part,
    /// Units achieved, of those planned.
    pub units: Part,
    /// Credits achieved, of those that the qualification needs at least.
    pub credits: Part,
    /// Credits passed whose result is not yet final.
    pub provisional_credits: u32,
    /// Planned units first, in the plan's order, then units carried over that the plan does not name.
    pub by_unit: Vec<UnitProgress>,
}

/// How far the learner of a registration is.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not see the registration.
pub fn progress(asking: &mut Asking<'_, '_>, id: &RegistrationId) -> Result<Progress, Failure> {
    let seen = find::require_seen(asking, id)?;
    let pinned = crate::registration::syllabus::pinned(
        asking.app,
        asking.tx,
        &seen.row.specification,
        &seen.row.qualification,
    )?;
    let today = asking.today();
    of_row(asking.app, asking.tx, &seen.row, &pinned, today)
}

/// As [`progress`], for a registration already at hand.
pub(crate) fn of_row(
    app: &App,
    tx: &mut Tx<'_>,
    row: &RegistrationRow,
    pinned: &Pinned,
    today: Date,
) -> Result<Progress, Failure> {
    let mut progress = count(app, tx, row, pinned, today)?;
    let mut answered = BTreeSet::new();
    for found in tx.rows(&LIST_ANSWERED, &[row.learner.as_str().into()])? {
        answered.insert((found.text("unit")?, found.text("criterion")?));
    }
    for unit in &mut progress.by_unit {
        for criterion in &mut unit.criteria {
            criterion.answered = answered.contains(&(unit.unit.clone(), criterion.criterion.clone()));
        }
    }
    Ok(progress)
}

/// The figures alone, for lists of many: [`CriterionProgress::answered`] is not looked up.
pub(crate) fn count(
    app: &App,
    tx: &mut Tx<'_>,
    row: &RegistrationRow,
    pinned: &Pinned,
    today: Date,
) -> Result<Progress, Failure> {
    let planned = find::plan_units(tx, &row.id)?;
    let body = &pinned.specification.document.awarding_body_short;
    let rows = Rows::load(tx, row, body)?;
    let qualification = pinned.qualification()?;
    let mut by_unit = Vec::new();
    for unit in &planned {
        if let Some(found) = unit_called(pinned, &unit.unit) {
            by_unit.push(rows.unit(app, tx, found, Some(unit), today)?);
        }
    }
    let listed = pinned.specification.list_units_of(qualification);
    for unit in listed {
        let number = unit.number.as_str();
        if rows.achieved.contains_key(number) && !planned.iter().any(|planned| planned.unit == number) {
            by_unit.push(rows.unit(app, tx, unit, None, today)?);
        }
    }
    let sum =
        |count: &dyn Fn(&UnitProgress) -> u32| by_unit.iter().map(count).fold(0u32, u32::saturating_add);
    let done = |unit: &UnitProgress| matches!(unit.state, UnitState::Achieved | UnitState::Carried);
    let size = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    Ok(Progress {
        registration: row.id.clone(),
        criteria: Part {
            done: sum(&|unit| unit.criteria_met),
            of: sum(&|unit| size(unit.criteria.len())),
        },
        units: Part {
            done: sum(&|unit| u32::from(done(unit))),
            of: size(by_unit.len()),
        },
        credits: Part {
            done: sum(&|unit| if done(unit) { unit.credits } else { 0 }),
            of: qualification.minimum_credits,
        },
        provisional_credits: sum(&|unit| {
            if unit.state == UnitState::Provisional {
                unit.credits
            } else {
                0
            }
        }),
        by_unit,
    })
}

fn unit_called<'p>(pinned: &'p Pinned, number: &str) -> Option<&'p Unit> {
    pinned
        .specification
        .units
        .iter()
        .find(|unit| unit.number.as_str() == number)
}

struct Submitted {
    id: SubmissionId,
    attempt: u32,
    state: SubmissionState,
}

struct Achieved {
    on: Date,
    judgement: JudgementId,
    /// The order under which the awarding body assessed it.
    order: Option<OrderId>,
    /// The code of an earlier qualification; none for this registration.
    carried_from: Option<String>,
}

struct Rows {
    /// The latest submission of each unit.
    submitted: BTreeMap<String, Submitted>,
    achieved: BTreeMap<String, Achieved>,
    /// For each unit, the criteria of the latest attempt with a judgement that stands.
    decided: BTreeMap<String, BTreeMap<String, bool>>,
    /// Orders of external assessment that stand, by unit.
    ordered: BTreeMap<String, ExternalStanding>,
}

impl Rows {
    fn load(tx: &mut Tx<'_>, row: &RegistrationRow, body: &str) -> Result<Rows, Failure> {
        let mut rows = Rows {
            submitted: BTreeMap::new(),
            achieved: BTreeMap::new(),
            decided: BTreeMap::new(),
            ordered: external::of_registration(tx, &row.id, body)?
                .into_iter()
                .collect(),
        };
        for found in tx.rows(&statements::LIST_SUBMISSIONS, &[row.id.as_str().into()])? {
            let unit = found.text("unit")?;
            let submitted = Submitted {
                id: found.parsed("id")?,
                attempt: u32::try_from(found.int("attempt")?).unwrap_or_default(),
                state: state(&found)?,
            };
            // The latest attempt comes first.
            rows.submitted.entry(unit).or_insert(submitted);
        }
        for found in find::achieved_by(tx, &row.learner)? {
            let own = found.registration == row.id;
            let achieved = Achieved {
                on: found.achieved_on,
                judgement: found.judgement,
                order: found.order,
                carried_from: if own { None } else { Some(found.qualification) },
            };
            if own {
                rows.achieved.insert(found.unit, achieved);
            } else {
                rows.achieved.entry(found.unit).or_insert(achieved);
            }
        }
        let mut attempts: BTreeMap<String, i64> = BTreeMap::new();
        for found in tx.rows(&statements::LIST_CRITERIA, &[row.id.as_str().into()])? {
            let unit = found.text("unit")?;
            let attempt = found.int("attempt")?;
            if *attempts.entry(unit.clone()).or_insert(attempt) == attempt {
                let met = found.text("decision")? == "met";
                rows.decided
                    .entry(unit)
                    .or_default()
                    .insert(found.text("criterion")?, met);
            }
        }
        Ok(rows)
    }

    fn unit(
        &self,
        app: &App,
        tx: &mut Tx<'_>,
        unit: &Unit,
        planned: Option<&PlannedUnit>,
        today: Date,
    ) -> Result<UnitProgress, Failure> {
        let number = unit.number.as_str();
        let achieved = self.achieved.get(number);
        let submitted = self.submitted.get(number);
        let state = match (achieved, submitted) {
            (Some(achieved), _) if achieved.carried_from.is_some() => UnitState::Carried,
            (Some(_), _) => UnitState::Achieved,
            (None, None) => UnitState::NotStarted,
            (None, Some(submitted)) => match submitted.state {
                SubmissionState::Submitted | SubmissionState::Taken | SubmissionState::SentBack => {
                    UnitState::WithAssessor
                }
                SubmissionState::Returned => UnitState::Returned,
                SubmissionState::Referred => UnitState::Referred,
                SubmissionState::CountersignDue | SubmissionState::VerificationDue => UnitState::Provisional,
                SubmissionState::Final => UnitState::Achieved,
            },
        };
        let decided = self.decided.get(number);
        // A unit carried over keeps the result of the judgement by which it was achieved.
        let graded = match (achieved, state) {
            (Some(achieved), _) => grading::of_judgement(tx, unit, achieved.judgement.as_str())?,
            (None, UnitState::Provisional) => decided.and_then(|decided| {
                grading::result_of(unit, decided.iter().map(|(number, met)| (number.as_str(), *met)))
            }),
            (None, _) => None,
        };
        let external = match achieved {
            Some(Achieved {
                order: Some(order), ..
            }) => Some(external::stamped(app, tx, order)?),
            Some(_) => None,
            None => self.ordered.get(number).cloned(),
        };
        let criteria: Vec<CriterionProgress> = unit
            .criteria()
            .map(|(_, found)| {
                let criterion = found.number.to_string();
                // A unit carried over was achieved whole, elsewhere.
                let met = match state {
                    UnitState::Carried => Some(true),
                    _ => decided.and_then(|decided| decided.get(&criterion).copied()),
                };
                CriterionProgress {
                    criterion,
                    text: found.text.clone(),
                    met,
                    answered: false,
                }
            })
            .collect();
        let target_on = planned.and_then(|planned| planned.target_on);
        let finished = matches!(
            state,
            UnitState::Achieved | UnitState::Carried | UnitState::Provisional
        );
        Ok(UnitProgress {
            graded: graded.and_then(|graded| graded.reached),
            external,
            unit: number.to_owned(),
            title: unit.title.clone(),
            credits: unit.credits,
            glh: unit.glh,
            tut: unit.tut,
            state,
            target_on,
            late: !finished && target_on.is_some_and(|target| target < today),
            attempt: submitted.map_or(0, |submitted| submitted.attempt),
            submission: submitted.map(|submitted| submitted.id.clone()),
            achieved_on: achieved.map(|achieved| achieved.on),
            carried_from: achieved.and_then(|achieved| achieved.carried_from.clone()),
            criteria_met: u32::try_from(
                criteria
                    .iter()
                    .filter(|criterion| criterion.met == Some(true))
                    .count(),
            )
            .unwrap_or(u32::MAX),
            criteria,
        })
    }
}

fn state(row: &assay_store::Row) -> Result<SubmissionState, StoreFault> {
    row.parsed("state")
}

/// Units whose work is with the learner's assessor or beyond it, and units achieved on this registration.
pub(crate) fn standing(
    tx: &mut Tx<'_>,
    registration: &RegistrationId,
) -> Result<Vec<assay_domain::plan::UnitStanding>, Failure> {
    let mut achieved = BTreeSet::new();
    for row in tx.rows(&statements::LIST_ACHIEVED, &[registration.as_str().into()])? {
        achieved.insert(row.text("unit")?);
    }
    let mut standing: BTreeMap<String, bool> = achieved.iter().map(|unit| (unit.clone(), false)).collect();
    for row in tx.rows(&statements::LIST_SUBMISSIONS, &[registration.as_str().into()])? {
        // The latest attempt decides; a referral leaves the learner free to choose another unit.
        let open = !matches!(state(&row)?, SubmissionState::Referred | SubmissionState::Final);
        standing.entry(row.text("unit")?).or_insert(open);
    }
    Ok(standing
        .into_iter()
        .map(|(unit, open)| assay_domain::plan::UnitStanding {
            achieved: achieved.contains(&unit),
            open,
            unit,
        })
        .collect())
}
