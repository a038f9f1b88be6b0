//! What every other noun asks of a registration: which it is, what is planned, who is allocated, who may see it.
//!
//! A registration that the caller may not see answers `NotFound`, like one that does not exist.

use crate::people::full_name;
use crate::{Asking, Failure};
use assay_domain::fact::PlannedUnit;
use assay_domain::id::{
    CentreId, JudgementId, OrderId, PersonId, RegistrationId, SpecificationId, SubmissionId,
};
use assay_domain::registration::RegistrationState;
use assay_domain::{Actor, Role};
use assay_store::statements::{plan as plan_statements, registration as statements};
use assay_store::{Row, StoreFault, Tx};
use jiff::civil::Date;

/// A registration with the learner's and the centre's own data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationRow {
    pub id: RegistrationId,
    pub learner: PersonId,
    pub centre: CentreId,
    /// The version of the specification that the learner is pinned to (QS-01).
    pub specification: SpecificationId,
    /// The qualification's code, e.g. `7D2V2`.
    pub qualification: String,
    pub number: String,
    pub state: RegistrationState,
    pub start_on: Date,
    pub ends_on: Date,
    /// How identity was confirmed; none when it still has to be.
    pub identity: Option<String>,
    /// Authority and responsibility held, in the learner's words; none marks the registration for advice.
    pub authority: Option<String>,
    /// Unique learner number; private.
    pub uln: Option<String>,
    /// Number of a learner who is a member of the awarding body already; private.
    pub member_number: Option<String>,
    pub withdrawn_on: Option<Date>,
    /// Instant, as stored.
    pub registered_at: String,
    pub registered_by: Option<PersonId>,
    pub given: String,
    pub family: String,
    pub born_on: Option<Date>,
    pub email: Option<String>,
    pub centre_number: String,
    pub centre_name: String,
}

impl RegistrationRow {
    /// The learner's name as shown.
    pub fn learner_name(&self) -> String {
        full_name(&self.given, &self.family)
    }
}

/// Who teaches, assesses and verifies a unit of a learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationRow {
    pub unit: String,
    pub tutor: Option<Named>,
    pub assessor: Option<Named>,
    pub verifier: Option<Named>,
}

impl AllocationRow {
    /// Everybody of the allocation with their part.
    pub fn people(&self) -> impl Iterator<Item = (&Named, Role)> {
        [
            (&self.tutor, Role::Tutor),
            (&self.assessor, Role::Assessor),
            (&self.verifier, Role::InternalVerifier),
        ]
        .into_iter()
        .filter_map(|(person, role)| person.as_ref().map(|person| (person, role)))
    }
}

/// A person with the name they are shown by.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Named {
    pub person: PersonId,
    pub name: String,
}

/// A final unit result of a learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AchievedRow {
    /// The registration on which it was achieved; an earlier one's units count on (QS-20).
    pub registration: RegistrationId,
    pub unit: String,
    pub submission: SubmissionId,
    pub judgement: JudgementId,
    pub achieved_on: Date,
    /// The order under which the awarding body assessed it, if it did (EA-03).
    pub order: Option<OrderId>,
    /// Code and number of that registration.
    pub qualification: String,
    pub number: String,
}

/// The registration, whoever asks.
///
/// # Errors
/// `NotFound`.
pub fn require_registration(tx: &mut Tx<'_>, id: &RegistrationId) -> Result<RegistrationRow, Failure> {
    let row = tx
        .row(&statements::FIND, &[id.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    Ok(read(&row)?)
}

fn read(row: &Row) -> Result<RegistrationRow, StoreFault> {
    Ok(RegistrationRow {
        id: row.parsed("id")?,
        learner: row.parsed("learner")?,
        centre: row.parsed("centre")?,
        specification: row.parsed("specification")?,
        qualification: row.text("qualification")?,
        number: row.text("number")?,
        state: row.parsed("state")?,
        start_on: row.parsed("start_on")?,
        ends_on: row.parsed("ends_on")?,
        identity: row.optional_text("identity")?,
        authority: row.optional_text("authority")?,
        uln: row.optional_text("uln")?,
        member_number: row.optional_text("member_number")?,
        withdrawn_on: row.optional_parsed("withdrawn_on")?,
        registered_at: row.text("registered_at")?,
        registered_by: row.optional_parsed("registered_by")?,
        given: row.text("given")?,
        family: row.text("family")?,
        born_on: row.optional_parsed("born_on")?,
        email: row.optional_text("email")?,
        centre_number: row.text("centre_number")?,
        centre_name: row.text("centre_name")?,
    })
}

/// The units of the plan in force, in its order; empty when there is no plan yet.
pub fn plan_units(tx: &mut Tx<'_>, registration: &RegistrationId) -> Result<Vec<PlannedUnit>, Failure> {
    tx.rows(&plan_statements::LIST_UNITS, &[registration.as_str().into()])?
        .iter()
        .map(|row| {
            Ok(PlannedUnit {
                unit: row.text("unit")?,
                target_on: row.optional_parsed("target_on")?,
            })
        })
        .collect()
}

/// Who is allocated to each unit, by unit.
pub fn allocations(tx: &mut Tx<'_>, registration: &RegistrationId) -> Result<Vec<AllocationRow>, Failure> {
    let named = |row: &Row, part: &str| -> Result<Option<Named>, StoreFault> {
        let Some(person) = row.optional_parsed::<PersonId>(part)? else {
            return Ok(None);
        };
        let given = row.optional_text(&format!("{part}_given"))?.unwrap_or_default();
        let family = row.optional_text(&format!("{part}_family"))?.unwrap_or_default();
        Ok(Some(Named {
            person,
            name: full_name(&given, &family),
        }))
    };
    tx.rows(
        &plan_statements::LIST_ALLOCATIONS,
        &[registration.as_str().into()],
    )?
    .iter()
    .map(|row| {
        Ok(AllocationRow {
            unit: row.text("unit")?,
            tutor: named(row, "tutor")?,
            assessor: named(row, "assessor")?,
            verifier: named(row, "verifier")?,
        })
    })
    .collect()
}

/// Who is allocated to one unit; none when nobody is.
pub fn allocation(
    tx: &mut Tx<'_>,
    registration: &RegistrationId,
    unit: &str,
) -> Result<Option<AllocationRow>, Failure> {
    Ok(allocations(tx, registration)?
        .into_iter()
        .find(|row| row.unit == unit))
}

/// Final unit results of the learner, on this and on every other registration, the earliest first.
pub fn achieved_by(tx: &mut Tx<'_>, learner: &PersonId) -> Result<Vec<AchievedRow>, Failure> {
    tx.rows(
        &plan_statements::LIST_ACHIEVED_BY_LEARNER,
        &[learner.as_str().into()],
    )?
    .iter()
    .map(|row| {
        Ok(AchievedRow {
            registration: row.parsed("registration")?,
            unit: row.text("unit")?,
            submission: row.parsed("submission")?,
            judgement: row.parsed("judgement")?,
            achieved_on: row.parsed("achieved_on")?,
            order: row.optional_parsed("external_order")?,
            qualification: row.text("qualification")?,
            number: row.text("number")?,
        })
    })
    .collect()
}

/// Whether somebody may see a registration: the learner it is, a coordinator of its centre, staff who are allocated to any
/// unit of it, the awarding body's quality manager.
pub fn may_see(actor: &Actor, row: &RegistrationRow, allocations: &[AllocationRow]) -> bool {
    actor.person == row.learner
        || actor.is_at(Role::Coordinator, &row.centre)
        || actor.is(Role::QualityManager)
        || is_allocated(actor, row, allocations)
}

/// Whether somebody teaches, assesses or verifies the learner and still holds that role at the centre.
pub fn is_allocated(actor: &Actor, row: &RegistrationRow, allocations: &[AllocationRow]) -> bool {
    allocations
        .iter()
        .flat_map(AllocationRow::people)
        .any(|(named, role)| named.person == actor.person && actor.is_at(role, &row.centre))
}

/// A registration with its allocations, for a caller who may see it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub row: RegistrationRow,
    pub allocations: Vec<AllocationRow>,
    pub actor: Actor,
}

impl Seen {
    /// Whether the caller is the learner.
    pub fn own(&self) -> bool {
        self.actor.person == self.row.learner
    }
    /// Whether the caller is a coordinator of the centre.
    pub fn coordinates(&self) -> bool {
        self.actor.is_at(Role::Coordinator, &self.row.centre)
    }
    /// Whether the caller teaches or assesses the learner.
    pub fn teaches(&self) -> bool {
        self.allocations
            .iter()
            .flat_map(AllocationRow::people)
            .any(|(named, role)| {
                named.person == self.actor.person
                    && matches!(role, Role::Tutor | Role::Assessor)
                    && self.actor.is_at(role, &self.row.centre)
            })
    }
}

/// The registration, if the caller may see it.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none or the caller may not see it.
pub fn require_seen(asking: &mut Asking<'_, '_>, id: &RegistrationId) -> Result<Seen, Failure> {
    let actor = asking.actor()?.clone();
    require_seen_by(asking.tx, actor, id)
}

/// As [`require_seen`], within a command.
///
/// # Errors
/// `NotFound` when there is none or the actor may not see it.
pub fn require_seen_by(tx: &mut Tx<'_>, actor: Actor, id: &RegistrationId) -> Result<Seen, Failure> {
    let row = require_registration(tx, id)?;
    let allocations = allocations(tx, id)?;
    if may_see(&actor, &row, &allocations) {
        Ok(Seen {
            row,
            allocations,
            actor,
        })
    } else {
        Err(Failure::NotFound)
    }
}
