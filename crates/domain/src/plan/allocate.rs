//! Giving a learner an assessor, an internal verifier and a tutor for a unit.

use super::agree::standing;
use crate::fact::Fact;
use crate::id::{CentreId, PersonId, RegistrationId};
use crate::registration::RegistrationState;
use crate::warning::{Warning, WarningCode};
use crate::{Actor, Code, Decision, Grant, Moment, Refusal, Refusals, Role};
use jiff::civil::Date;

/// Who teaches, assesses and verifies a learner on a unit. What is none is nobody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocateStaff {
    pub unit: String,
    pub tutor: Option<PersonId>,
    pub assessor: Option<PersonId>,
    pub verifier: Option<PersonId>,
}

/// A person who may be allocated, with the roles they hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffMember {
    pub person: PersonId,
    /// As shown to people.
    pub name: String,
    pub grants: Vec<Grant>,
}

impl StaffMember {
    /// The role as held at the centre on the day, if it is.
    fn holds(&self, role: Role, centre: &CentreId, day: Date) -> Option<&Grant> {
        self.grants
            .iter()
            .filter(|grant| grant.role == role && grant.centre.as_ref() == Some(centre) && grant.held_on(day))
            .min_by_key(|grant| grant.countersigned)
    }
}

/// A part that somebody has or had in this unit of this learner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastAllocation {
    pub person: PersonId,
    /// Tutor, assessor or internal verifier.
    pub role: Role,
}

/// What must be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AllocationCase {
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub centre: CentreId,
    pub state: RegistrationState,
    pub ends_on: Date,
    /// Units of the plan.
    pub planned: Vec<String>,
    /// The people named in the act, as far as they are known.
    pub staff: Vec<StaffMember>,
    /// Everybody who ever had a part in the unit, the present allocation included: an earlier tutor stays one.
    pub past: Vec<PastAllocation>,
    /// Who signed a judgement on the unit, whoever is allocated.
    pub judged_by: Vec<PersonId>,
}

/// An allocation that can be made.
#[derive(Debug, Clone, PartialEq)]
pub struct Allocated {
    pub warnings: Vec<Warning>,
    pub decision: Decision,
}

/// Decides; every reason is told at once.
///
/// Errors: `ROLE_MISSING`, `REG_WITHDRAWN`, `ALREADY_AWARDED`, `REG_EXPIRED`, `UNIT_NOT_CHOSEN`, `ALLOCATION_MISSING` (no
/// assessor), `STAFF_NOT_COMPETENT` (unknown, or the role is not held at the centre today), `SD_1` (one person assesses
/// and verifies), `SD_2` (a verifier takes or took part in teaching or assessing the learner on the unit, or the other way
/// round), `SD_3` (somebody is to teach, assess or verify themselves).
///
/// Source: JU-01; practice, section 1 (the check is made before every assignment and again at signing).
pub fn decide(
    act: &AllocateStaff,
    case: &AllocationCase,
    actor: &Actor,
    moment: Moment,
) -> Result<Allocated, Refusals> {
    let mut refusals = Refusals::new();
    let mut warnings = Vec::new();
    refusals.check(actor.require_at(Role::Coordinator, &case.centre, "allocate staff to a learner"));
    standing(case.state, case.ends_on, moment.today, &mut refusals);
    if !case.planned.contains(&act.unit) {
        let unit: String = act.unit.chars().take(40).collect();
        refusals.push(
            Refusal::new(
                Code::UnitNotChosen,
                format!("Unit {unit} is not in the learner's plan."),
            )
            .remedy("Add the unit to the plan first.")
            .who("The learner, or staff of the learner")
            .source("RI-10")
            .field("unit"),
        );
    }
    if act.assessor.is_none() {
        refusals.push(
            Refusal::new(
                Code::AllocationMissing,
                format!("Unit {} has no assessor.", act.unit),
            )
            .remedy("Name an assessor: the learner's first contact.")
            .who("The centre coordinator")
            .source("JU-01")
            .field("assessor"),
        );
    }
    for (person, role, field) in parts(act) {
        role_held(
            person,
            role,
            field,
            case,
            moment.today,
            &mut refusals,
            &mut warnings,
        );
        if *person == case.learner {
            refusals.push(
                Refusal::new(Code::Sd3, "Nobody teaches, assesses or verifies their own work.")
                    .remedy("Name somebody else.")
                    .who("The centre coordinator")
                    .source("practice, section 1, SD-3")
                    .field(field),
            );
        }
    }
    separation(act, case, &mut refusals);
    if act.verifier.is_none() {
        warnings.push(Warning::new(
            WarningCode::NoVerifier,
            format!(
                "Unit {} has no internal verifier yet; a result becomes final only after verification.",
                act.unit
            ),
            "practice, section 10",
        ));
    }
    refusals.ok()?;
    Ok(Allocated {
        warnings,
        decision: Decision::of(Fact::StaffAllocated {
            registration: case.registration.clone(),
            unit: act.unit.clone(),
            tutor: act.tutor.clone(),
            assessor: act.assessor.clone(),
            verifier: act.verifier.clone(),
        }),
    })
}

fn parts(act: &AllocateStaff) -> impl Iterator<Item = (&PersonId, Role, &'static str)> {
    [
        (&act.tutor, Role::Tutor, "tutor"),
        (&act.assessor, Role::Assessor, "assessor"),
        (&act.verifier, Role::InternalVerifier, "verifier"),
    ]
    .into_iter()
    .filter_map(|(person, role, field)| person.as_ref().map(|person| (person, role, field)))
}

fn role_held(
    person: &PersonId,
    role: Role,
    field: &'static str,
    case: &AllocationCase,
    today: Date,
    refusals: &mut Refusals,
    warnings: &mut Vec<Warning>,
) {
    let words = role.title().to_lowercase();
    let member = case.staff.iter().find(|member| member.person == *person);
    match member.and_then(|member| member.holds(role, &case.centre, today).map(|grant| (member, grant))) {
        None => {
            let name = member.map_or("That person", |member| member.name.as_str());
            refusals.push(
                Refusal::new(Code::StaffNotCompetent, format!("{name} does not hold the role of {words} at the centre today."))
                    .remedy(format!("Name somebody who does, or have the role of {words} given to them."))
                    .who("The administrator or the centre coordinator")
                    .source("practice, sections 1 and 4")
                    .field(field),
            );
        }
        Some((member, grant)) if grant.countersigned && role == Role::Assessor => warnings.push(Warning::new(
            WarningCode::Trainee,
            format!(
                "{} is an assessor in training: a qualified assessor has to countersign their judgements.",
                member.name
            ),
            "practice, section 1, SD-4",
        )),
        Some(_) => {}
    }
}

/// SD-1 and SD-2, looked at from both sides.
fn separation(act: &AllocateStaff, case: &AllocationCase, refusals: &mut Refusals) {
    if let Some(verifier) = &act.verifier {
        if act.assessor.as_ref() == Some(verifier) {
            refusals.push(
                Refusal::new(
                    Code::Sd1,
                    "The assessor and the internal verifier of a unit are the same person.",
                )
                .remedy("Name two people.")
                .who("The centre coordinator")
                .source("practice, section 1, SD-1")
                .field("verifier"),
            );
        }
        let teaches = act.tutor.as_ref() == Some(verifier)
            || case
                .past
                .iter()
                .any(|past| past.person == *verifier && matches!(past.role, Role::Tutor | Role::Assessor))
            || case.judged_by.contains(verifier);
        if teaches {
            refusals.push(
                Refusal::new(
                    Code::Sd2,
                    "The internal verifier teaches or assesses this learner on this unit, or has done so.",
                )
                .remedy("Name a verifier who had no part in it.")
                .who("The centre coordinator")
                .source("practice, section 1, SD-2")
                .field("verifier"),
            );
        }
    }
    for (person, role, field) in parts(act).filter(|(_, role, _)| *role != Role::InternalVerifier) {
        let verified = case
            .past
            .iter()
            .any(|past| past.person == *person && past.role == Role::InternalVerifier);
        // Named as verifier in this very act: told above.
        if verified && act.verifier.as_ref() != Some(person) {
            refusals.push(
                Refusal::new(
                    Code::Sd2,
                    format!(
                        "The {} was the internal verifier of this learner on this unit.",
                        role.title().to_lowercase()
                    ),
                )
                .remedy("Name somebody who never verified this unit of the learner.")
                .who("The centre coordinator")
                .source("practice, section 1, SD-2")
                .field(field),
            );
        }
    }
}
