//! A learner's registration on one page: facts, plan, units, staff, progress, what is still to do.

use super::at_risk::{self, Ending, days_between};
use super::find::{self, Named};
use super::membership::{self, Membership};
use super::syllabus;
use crate::plan::{agree, allocate};
use crate::progress::{self, Progress};
use crate::{Asking, Failure};
use assay_domain::Role;
use assay_domain::id::{PersonId, RegistrationId};
use assay_domain::registration::RegistrationState;
use assay_domain::registration::register::warn_ahead;
use assay_domain::{Warning, WarningCode};
use assay_store::statements::{plan as plan_statements, registration as statements};
use jiff::ToSpan;
use jiff::civil::Date;

/// Who teaches, assesses and verifies a unit.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct AllocationLine {
    pub unit: String,
    pub tutor: Option<Named>,
    pub assessor: Option<Named>,
    pub verifier: Option<Named>,
}

/// Another registration of the same learner.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct OtherRegistration {
    pub registration: RegistrationId,
    pub number: String,
    pub qualification: String,
    pub state: RegistrationState,
}

/// The people among whom staff are chosen.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct StaffChoices {
    pub tutors: Vec<Named>,
    pub assessors: Vec<Named>,
    pub verifiers: Vec<Named>,
}

/// What the caller may do.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Permissions {
    pub confirm_identity: bool,
    /// Answer the question on authority, while it is open (QS-03).
    pub answer_authority: bool,
    /// Enter the unique learner number, while it is not known.
    pub enter_uln: bool,
    /// Enter the number of a learner who turned out to be a member of the awarding body already (MB-01).
    pub enter_member_number: bool,
    pub withdraw: bool,
    pub agree_plan: bool,
    pub allocate: bool,
    /// Order that the awarding body assesses a unit.
    pub order: bool,
    pub write: bool,
}

/// A registration with everything on it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct RegistrationView {
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub name: String,
    pub number: String,
    pub centre_name: String,
    pub centre_number: String,
    pub qualification: String,
    /// The full title (QS-06).
    pub title: String,
    /// Number on the regulator's register.
    pub qualification_number: String,
    pub level: u8,
    /// The specification that the learner is pinned to (QS-01).
    pub specification: String,
    pub specification_version: String,
    pub state: RegistrationState,
    #[schema(value_type = String, format = Date)]
    pub start_on: Date,
    #[schema(value_type = String, format = Date)]
    pub ends_on: Date,
    #[schema(value_type = Option<String>, format = Date)]
    pub withdrawn_on: Option<Date>,
    pub registered_at: String,
    /// How identity was confirmed.
    pub identity: Option<String>,
    /// Authority and responsibility held, in the learner's words (QS-03).
    pub authority: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    pub born_on: Option<Date>,
    pub email: Option<String>,
    /// Unique learner number; for coordinators and the learner only.
    pub uln: Option<String>,
    /// The awarding body as it stands in titles, such as `CMI`.
    pub awarding_body: String,
    /// Membership of the awarding body that goes with studying; none where it gives none (MB-02, AW-06).
    pub membership: Option<Membership>,
    /// The version of the plan in force; 0 when there is none.
    pub plan_version: u32,
    pub allocations: Vec<AllocationLine>,
    pub progress: Progress,
    /// What should be known: time running out, advice due, identity open, no plan, units without an assessor.
    pub warnings: Vec<Warning>,
    /// What the awarding body recommends next, once the learner has finished (QS-08).
    pub progression: Vec<String>,
    pub others: Vec<OtherRegistration>,
    /// Messages to the caller on this line that they have not opened.
    pub unread: u32,
    /// Whether the caller is the learner.
    pub own: bool,
    pub may: Permissions,
    pub staff: StaffChoices,
}

/// A registration.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not see it.
pub fn view(asking: &mut Asking<'_, '_>, id: &RegistrationId) -> Result<RegistrationView, Failure> {
    let seen = find::require_seen(asking, id)?;
    let row = &seen.row;
    let today = asking.today();
    let pinned = syllabus::pinned(asking.app, asking.tx, &row.specification, &row.qualification)?;
    let qualification = pinned.qualification()?;
    let progress = progress::of_row(asking.app, asking.tx, row, &pinned, today)?;
    let plan_version = agree::version(asking.tx, id)?;
    let active = row.state == RegistrationState::Active;
    let running = active && today <= row.ends_on;
    let coordinates = seen.coordinates();
    let may = Permissions {
        confirm_identity: coordinates
            && !seen.own()
            && row.state != RegistrationState::Withdrawn
            && row.identity.is_none(),
        answer_authority: (coordinates || seen.own())
            && row.state != RegistrationState::Withdrawn
            && row.authority.is_none(),
        enter_uln: coordinates && row.state != RegistrationState::Withdrawn && row.uln.is_none(),
        withdraw: coordinates && active,
        agree_plan: running && (coordinates || seen.own() || seen.teaches()),
        allocate: coordinates && running && plan_version > 0,
        order: coordinates && !seen.own() && running && plan_version > 0,
        write: seen.own() || seen.teaches() || coordinates,
        enter_member_number: false,
    };
    let private = coordinates || seen.own();
    let membership = membership::of(asking, row, private)?;
    let may = Permissions {
        enter_member_number: coordinates
            && row.state != RegistrationState::Withdrawn
            && membership.as_ref().is_some_and(|membership| !membership.held),
        ..may
    };
    let mut staff = StaffChoices::default();
    if may.allocate {
        let members = allocate::staff(asking.tx, &row.centre)?;
        let holding = |role| {
            let mut named = allocate::holding(&members, role, today);
            named.retain(|named| named.person != row.learner);
            named
        };
        staff = StaffChoices {
            tutors: holding(Role::Tutor),
            assessors: holding(Role::Assessor),
            verifiers: holding(Role::InternalVerifier),
        };
    }
    let mut others = Vec::new();
    for other in asking
        .tx
        .rows(&statements::LIST_OF_LEARNER, &[row.learner.as_str().into()])?
    {
        let registration: RegistrationId = other.parsed("id")?;
        let here = other.text("centre")? == row.centre.as_str();
        if registration != row.id && (seen.own() || (coordinates && here)) {
            others.push(OtherRegistration {
                registration,
                number: other.text("number")?,
                qualification: other.text("qualification")?,
                state: other.parsed("state")?,
            });
        }
    }
    let unseen = asking.tx.rows(
        &plan_statements::LIST_UNSEEN,
        &[seen.actor.person.as_str().into(), 200_i64.into()],
    )?;
    let mut unread = 0;
    for message in &unseen {
        unread += u32::from(message.text("registration")? == id.as_str());
    }
    let mut warnings = Vec::new();
    if active {
        warn(asking, &seen, &pinned, &progress, plan_version, &mut warnings)?;
    }
    let finished = row.state == RegistrationState::Awarded
        || (progress.units.of > 0 && progress.units.done == progress.units.of);
    let document = &pinned.specification.document;
    Ok(RegistrationView {
        registration: row.id.clone(),
        learner: row.learner.clone(),
        name: row.learner_name(),
        number: row.number.clone(),
        centre_name: row.centre_name.clone(),
        centre_number: row.centre_number.clone(),
        qualification: row.qualification.clone(),
        title: qualification.title.clone(),
        qualification_number: qualification.number.to_string(),
        level: qualification.level,
        specification: document.title.clone(),
        specification_version: document.version.clone(),
        state: row.state,
        start_on: row.start_on,
        ends_on: row.ends_on,
        withdrawn_on: row.withdrawn_on,
        registered_at: row.registered_at.clone(),
        identity: row.identity.clone(),
        authority: row.authority.clone(),
        born_on: row.born_on.filter(|_| private),
        email: row.email.clone().filter(|_| private),
        uln: row.uln.clone().filter(|_| private),
        awarding_body: document.awarding_body_short.clone(),
        membership,
        plan_version,
        allocations: seen
            .allocations
            .iter()
            .map(|line| AllocationLine {
                unit: line.unit.clone(),
                tutor: line.tutor.clone(),
                assessor: line.assessor.clone(),
                verifier: line.verifier.clone(),
            })
            .collect(),
        progress,
        warnings,
        progression: if finished {
            document.progression.clone()
        } else {
            Vec::new()
        },
        others,
        unread,
        own: seen.own(),
        may,
        staff,
    })
}

fn warn(
    asking: &mut Asking<'_, '_>,
    seen: &find::Seen,
    pinned: &syllabus::Pinned,
    progress: &Progress,
    plan_version: u32,
    warnings: &mut Vec<Warning>,
) -> Result<(), Failure> {
    let today = asking.today();
    let row = &seen.row;
    let (regulation, ending) = at_risk::ends_on(asking, pinned, today)?;
    let (end, ending) = if row.ends_on < regulation {
        (row.ends_on, Ending::Registration)
    } else {
        (regulation, ending)
    };
    let horizon = today
        .checked_add(warn_ahead(&asking.policy()).months())
        .unwrap_or(Date::MAX);
    if end <= horizon {
        let days = days_between(today, end);
        let when = match days {
            ..0 => "has passed".to_owned(),
            0 => "is today".to_owned(),
            1 => "is tomorrow".to_owned(),
            _ => format!("is in {days} days"),
        };
        warnings.push(Warning::new(
            WarningCode::EndsSoon,
            format!(
                "{} ends on {}: that {when}.",
                ending.title(),
                assay_domain::moment::long_date(end)
            ),
            "QS-07; AW-05",
        ));
    }
    if row.authority.is_none() {
        warnings.push(Warning::new(
            WarningCode::ForAdvice,
            "For advice: the learner has not said which authority and responsibility they hold.",
            "QS-03",
        ));
    }
    if row.identity.is_none() {
        warnings.push(Warning::new(
            WarningCode::IdentityOpen,
            "The learner's identity has to be confirmed before an award is claimed.",
            "practice, section 6",
        ));
    }
    if plan_version == 0 {
        warnings.push(Warning::new(
            WarningCode::ChoiceIncomplete,
            "There is no learning plan yet.",
            "RI-10",
        ));
    }
    let alone: Vec<&str> = progress
        .by_unit
        .iter()
        .filter(|unit| unit.carried_from.is_none() && unit.external.is_none())
        .map(|unit| unit.unit.as_str())
        .filter(|unit| {
            !seen
                .allocations
                .iter()
                .any(|line| line.unit == *unit && line.assessor.is_some())
        })
        .collect();
    if !alone.is_empty() {
        warnings.push(Warning::new(
            WarningCode::NoAssessor,
            format!("No assessor is allocated to {}.", alone.join(", ")),
            "JU-01",
        ));
    }
    Ok(())
}
