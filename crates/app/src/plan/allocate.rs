//! Allocating tutor, assessor and internal verifier to a learner's units.

use crate::people::full_name;
use crate::registration::find::{self, Named};
use crate::{Acting, Failure};
use assay_domain::id::{CentreId, PersonId, RegistrationId};
use assay_domain::plan::allocate as rule;
use assay_domain::{Grant, Refusals, Role, Warning};
use assay_store::Tx;
use assay_store::statements::plan as statements;
use jiff::civil::Date;

/// Allocate staff to units of a learner: the same people to each unit named.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AllocateStaff {
    /// Unit numbers of the plan.
    pub units: Vec<String>,
    #[serde(default)]
    pub tutor: Option<PersonId>,
    #[serde(default)]
    pub assessor: Option<PersonId>,
    #[serde(default)]
    pub verifier: Option<PersonId>,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct StaffAllocated {
    pub units: Vec<String>,
    pub warnings: Vec<Warning>,
}

/// Allocates staff: to all units named or to none.
///
/// # Errors
/// `NotFound`; `Unreadable` when no unit is named; refusals of [`assay_domain::plan::allocate::decide`] for every unit.
pub fn run(
    acting: &mut Acting<'_, '_>,
    id: &RegistrationId,
    input: &AllocateStaff,
) -> Result<StaffAllocated, Failure> {
    let actor = acting.actor()?.clone();
    let seen = find::require_seen_by(acting.tx, actor, id)?;
    if input.units.is_empty() {
        return Err(Failure::unreadable(
            "units",
            "Choose at least one unit of the plan.",
        ));
    }
    let planned: Vec<String> = find::plan_units(acting.tx, id)?
        .into_iter()
        .map(|unit| unit.unit)
        .collect();
    let staff = staff(acting.tx, &seen.row.centre)?;
    let mut refusals = Refusals::new();
    let mut decision = assay_domain::Decision::new();
    let mut warnings: Vec<Warning> = Vec::new();
    let mut units = input.units.clone();
    units.dedup();
    units.truncate(assay_domain::plan::agree::MOST_UNITS);
    for unit in &units {
        let case = rule::AllocationCase {
            registration: seen.row.id.clone(),
            learner: seen.row.learner.clone(),
            centre: seen.row.centre.clone(),
            state: seen.row.state,
            ends_on: seen.row.ends_on,
            planned: planned.clone(),
            staff: staff.clone(),
            past: past(acting.tx, id, unit)?,
            judged_by: judged_by(acting.tx, id, unit)?,
        };
        let act = rule::AllocateStaff {
            unit: unit.clone(),
            tutor: input.tutor.clone(),
            assessor: input.assessor.clone(),
            verifier: input.verifier.clone(),
        };
        match rule::decide(&act, &case, &seen.actor, acting.moment()) {
            Ok(allocated) => {
                decision.and(allocated.decision);
                for warning in allocated.warnings {
                    if !warnings.contains(&warning) {
                        warnings.push(warning);
                    }
                }
            }
            Err(found) => {
                for refusal in found.0 {
                    if !refusals.0.contains(&refusal) {
                        refusals.push(refusal);
                    }
                }
            }
        }
    }
    refusals.ok()?;
    acting.record(decision)?;
    Ok(StaffAllocated { units, warnings })
}

/// Everybody who holds or held a role at a centre, with their grants there.
pub(crate) fn staff(tx: &mut Tx<'_>, centre: &CentreId) -> Result<Vec<rule::StaffMember>, Failure> {
    let mut members: Vec<rule::StaffMember> = Vec::new();
    for row in tx.rows(&statements::LIST_STAFF, &[centre.as_str().into()])? {
        let person: PersonId = row.parsed("person")?;
        let grant = Grant {
            id: row.parsed("id")?,
            role: row.parsed("role")?,
            centre: Some(centre.clone()),
            from: row.parsed("from_on")?,
            until: row.optional_parsed("until_on")?,
            countersigned: row.truth("countersigned")?,
        };
        match members.iter_mut().find(|member| member.person == person) {
            Some(member) => member.grants.push(grant),
            None => members.push(rule::StaffMember {
                person,
                name: full_name(&row.text("given")?, &row.text("family")?),
                grants: vec![grant],
            }),
        }
    }
    Ok(members)
}

/// Those of a centre's staff who hold a role on a day.
pub(crate) fn holding(members: &[rule::StaffMember], role: Role, day: Date) -> Vec<Named> {
    members
        .iter()
        .filter(|member| {
            member
                .grants
                .iter()
                .any(|grant| grant.role == role && grant.held_on(day))
        })
        .map(|member| Named {
            person: member.person.clone(),
            name: member.name.clone(),
        })
        .collect()
}

fn past(tx: &mut Tx<'_>, id: &RegistrationId, unit: &str) -> Result<Vec<rule::PastAllocation>, Failure> {
    tx.rows(&statements::LIST_PAST, &[id.as_str().into(), unit.into()])?
        .iter()
        .map(|row| {
            let role = match row.text("role")?.as_str() {
                "verifier" => Role::InternalVerifier,
                "tutor" => Role::Tutor,
                _ => Role::Assessor,
            };
            Ok(rule::PastAllocation {
                person: row.parsed("person")?,
                role,
            })
        })
        .collect()
}

fn judged_by(tx: &mut Tx<'_>, id: &RegistrationId, unit: &str) -> Result<Vec<PersonId>, Failure> {
    let mut people = Vec::new();
    for row in tx.rows(&statements::LIST_JUDGED_BY, &[id.as_str().into(), unit.into()])? {
        people.push(row.parsed("signed_by")?);
        people.extend(row.optional_parsed("countersigned_by")?);
    }
    Ok(people)
}
