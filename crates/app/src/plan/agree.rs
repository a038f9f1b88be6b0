//! Agreeing on a plan, and reviewing it.

use super::choice;
use crate::registration::find::{self, AllocationRow, Seen};
use crate::registration::syllabus;
use crate::{Acting, App, Failure, progress};
use assay_domain::fact::PlannedUnit;
use assay_domain::id::RegistrationId;
use assay_domain::plan::agree as rule;
use assay_domain::{Role, Warning};
use assay_store::Tx;
use assay_store::statements::plan as statements;
use jiff::civil::Date;

/// Agree on a plan, or on its next version.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AgreePlan {
    /// Units in the order in which the learner means to do them, each with the date by which it is to be handed in.
    pub units: Vec<PlannedUnit>,
    #[serde(default)]
    pub goals: Option<String>,
    #[serde(default)]
    pub support: Option<String>,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub review_on: Option<Date>,
    /// Why the plan changes; required from version 2 on.
    #[serde(default)]
    pub because: Option<String>,
    /// The version that the caller saw, so that a plan agreed in between is noticed; left out, it is not looked at.
    #[serde(default)]
    pub version_seen: Option<u32>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct PlanAgreed {
    pub version: u32,
    pub warnings: Vec<Warning>,
}

/// Agrees on a plan.
///
/// # Errors
/// `NotFound`; `Conflict` when another version was agreed in between; refusals of
/// [`assay_domain::plan::agree::decide`].
pub fn run(
    acting: &mut Acting<'_, '_>,
    id: &RegistrationId,
    input: &AgreePlan,
) -> Result<PlanAgreed, Failure> {
    let actor = acting.actor()?.clone();
    let seen = find::require_seen_by(acting.tx, actor, id)?;
    let case = case(acting.app, acting.tx, &seen, input)?;
    if let Some(version) = input.version_seen
        && version != case.version
    {
        return Err(Failure::Conflict {
            because: format!(
                "Version {} of the plan was agreed while you looked at version {version}. Nothing was recorded.",
                case.version
            ),
        });
    }
    let act = rule::AgreePlan {
        units: input.units.clone(),
        goals: input.goals.clone(),
        support: input.support.clone(),
        review_on: input.review_on,
        because: input.because.clone(),
        version_seen: input.version_seen,
    };
    let moment = acting.moment();
    let agreed = rule::decide(&act, &case, &seen.actor, moment, acting.fresh)?;
    acting.record(agreed.decision)?;
    Ok(PlanAgreed {
        version: agreed.version,
        warnings: agreed.warnings,
    })
}

/// What is known about a plan to be agreed.
fn case(app: &App, tx: &mut Tx<'_>, seen: &Seen, input: &AgreePlan) -> Result<rule::PlanCase, Failure> {
    let row = &seen.row;
    let pinned = syllabus::pinned(app, tx, &row.specification, &row.qualification)?;
    let carried = choice::carried(tx, &row.learner, &row.id, &pinned)?;
    let listed = choice::listed(&pinned)?;
    // Units of other qualifications are refused by name; the rule judges the rest.
    let chosen: Vec<String> = input
        .units
        .iter()
        .map(|unit| unit.unit.clone())
        .filter(|unit| listed.contains(unit))
        .take(rule::MOST_UNITS)
        .collect();
    let judged = choice::judged(app, &pinned, &chosen, &carried)?;
    Ok(rule::PlanCase {
        registration: row.id.clone(),
        learner: row.learner.clone(),
        centre: row.centre.clone(),
        state: row.state,
        start_on: row.start_on,
        ends_on: row.ends_on,
        title: pinned.qualification()?.title.clone(),
        listed,
        carried: carried.into_iter().map(|(unit, _)| unit).collect(),
        version: version(tx, &row.id)?,
        planned: find::plan_units(tx, &row.id)?
            .into_iter()
            .map(|unit| unit.unit)
            .collect(),
        standing: progress::standing(tx, &row.id)?,
        findings: judged.findings(),
        staff: teachers(&seen.allocations, seen),
    })
}

/// The version in force; 0 when there is none.
pub(crate) fn version(tx: &mut Tx<'_>, id: &RegistrationId) -> Result<u32, Failure> {
    let row = tx.row(&statements::FIND_VERSION, &[id.as_str().into()])?;
    Ok(match row {
        Some(row) => u32::try_from(row.int("version")?).unwrap_or_default(),
        None => 0,
    })
}

/// The learner's tutors and assessors; the actor among them only while they hold the role.
fn teachers(allocations: &[AllocationRow], seen: &Seen) -> Vec<assay_domain::id::PersonId> {
    allocations
        .iter()
        .flat_map(AllocationRow::people)
        .filter(|(_, role)| matches!(role, Role::Tutor | Role::Assessor))
        .filter(|(named, role)| {
            named.person != seen.actor.person || seen.actor.is_at(*role, &seen.row.centre)
        })
        .map(|(named, _)| named.person.clone())
        .collect()
}
