//! Agreeing on an individual learning plan, and reviewing it.

use crate::fact::{Fact, PlannedUnit};
use crate::id::{CentreId, PersonId, RegistrationId};
use crate::moment::long_date;
use crate::registration::RegistrationState;
use crate::registration::learner::LONGEST_TEXT;
use crate::registration::register::too_long;
use crate::warning::{Warning, WarningCode};
use crate::{Actor, Code, Decision, Fresh, Moment, Refusal, Refusals, Role};
use jiff::civil::Date;

/// Most units of a plan that are read; more is not a plan.
pub const MOST_UNITS: usize = 100;

/// Agrees on a plan, or on its next version.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AgreePlan {
    /// Units in the order in which the learner means to do them.
    pub units: Vec<PlannedUnit>,
    pub goals: Option<String>,
    pub support: Option<String>,
    pub review_on: Option<Date>,
    /// Why the plan changes; required from version 2 on.
    pub because: Option<String>,
    /// The version that the person had before them; a plan agreed in between is then noticed. None does not look.
    pub version_seen: Option<u32>,
}

/// How far the learner is with a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitStanding {
    pub unit: String,
    /// Work is handed in or being marked.
    pub open: bool,
    /// The unit was achieved on this registration.
    pub achieved: bool,
}

/// What the rule of combination says of a choice, in sentences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChoiceFindings {
    /// What is still missing before the rule is satisfied.
    pub missing: Vec<String>,
    /// What the rule does not permit whatever else is chosen: barred combinations, too many of a group.
    pub not_permitted: Vec<String>,
    /// Units that do not count beside the others.
    pub beyond: Vec<String>,
}

/// What must be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanCase {
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub centre: CentreId,
    pub state: RegistrationState,
    pub start_on: Date,
    pub ends_on: Date,
    /// The full title of the qualification.
    pub title: String,
    /// Units that the qualification's rule lists.
    pub listed: Vec<String>,
    /// Units that the learner achieved on an earlier registration: they count and need not be planned (QS-20).
    pub carried: Vec<String>,
    /// The present version; 0 when there is no plan yet.
    pub version: u32,
    /// Units of the present version.
    pub planned: Vec<String>,
    /// How far each unit is that anything was done on.
    pub standing: Vec<UnitStanding>,
    /// What the rule says of this act's units together with the carried ones.
    pub findings: ChoiceFindings,
    /// Tutors and assessors of the learner.
    pub staff: Vec<PersonId>,
}

/// A plan that can be agreed.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanAgreement {
    pub version: u32,
    pub warnings: Vec<Warning>,
    pub decision: Decision,
}

/// Decides; every reason against the plan is told at once. A choice that is not yet complete is warned of; one that the
/// rule does not permit is refused.
///
/// Errors: `ROLE_MISSING`, `REG_WITHDRAWN`, `ALREADY_AWARDED`, `REG_EXPIRED`, `FIELD_MISSING` (no unit, too many, texts too
/// long), `UNIT_UNKNOWN`, `ROC_NOT_MET`, `UNIT_IN_PROGRESS`, `PLAN_REASON`, `DATE_ORDER`.
///
/// Source: RI-10, QS-16 to QS-20; practice, sections 2.3 and 5.
pub fn decide(
    act: &AgreePlan,
    case: &PlanCase,
    actor: &Actor,
    moment: Moment,
    fresh: &mut dyn Fresh,
) -> Result<PlanAgreement, Refusals> {
    let mut refusals = Refusals::new();
    let mut warnings = Vec::new();
    who(case, actor, &mut refusals);
    standing(case.state, case.ends_on, moment.today, &mut refusals);
    units(act, case, &mut refusals);
    dates(act, case, moment.today, &mut refusals, &mut warnings);
    let version = case.version.saturating_add(1);
    let because = act
        .because
        .as_deref()
        .map(str::trim)
        .filter(|text| !text.is_empty());
    if version > 1 && because.is_none() {
        refusals.push(
            Refusal::new(
                Code::PlanReason,
                "The plan was agreed before; a change needs a reason.",
            )
            .remedy("Say why the plan changes. The version before is kept.")
            .who("The learner, or staff of the learner")
            .source("RI-10; practice, section 5")
            .field("because"),
        );
    }
    for (field, what, text) in [
        ("goals", "The goals", &act.goals),
        ("support", "The support", &act.support),
        ("because", "The reason", &act.because),
    ] {
        if text
            .as_deref()
            .is_some_and(|text| text.chars().count() > LONGEST_TEXT)
        {
            refusals.push(too_long(field, what, LONGEST_TEXT));
        }
    }
    refusals.ok()?;

    for missing in &case.findings.missing {
        warnings.push(Warning::new(
            WarningCode::ChoiceIncomplete,
            missing.clone(),
            "practice, section 2.3",
        ));
    }
    for beyond in &case.findings.beyond {
        warnings.push(Warning::new(
            WarningCode::BeyondTheNeed,
            beyond.clone(),
            "practice, section 2.3",
        ));
    }
    let mut decision = Decision::new();
    let mut seal = |kind, text: Option<&str>| decision.seal_optional(&case.learner, kind, text, fresh);
    let goals = seal("plan.goals", act.goals.as_deref());
    let support = seal("plan.support", act.support.as_deref());
    let because = seal("plan.because", because);
    decision.fact(Fact::PlanAgreed {
        registration: case.registration.clone(),
        version,
        units: act.units.clone(),
        goals,
        support,
        review_on: act.review_on,
        because,
    });
    Ok(PlanAgreement {
        version,
        warnings,
        decision,
    })
}

/// A plan is made by the learner, the coordinator, or the learner's own tutor or assessor.
fn who(case: &PlanCase, actor: &Actor, refusals: &mut Refusals) {
    let own = actor.person == case.learner || case.staff.contains(&actor.person);
    if !own {
        refusals.check(actor.require_at(
            Role::Coordinator,
            &case.centre,
            "agree a plan for a learner of others",
        ));
    }
}

/// Refuses what a registration in this state no longer takes.
pub(crate) fn standing(state: RegistrationState, ends_on: Date, today: Date, refusals: &mut Refusals) {
    match state {
        RegistrationState::Active => {}
        RegistrationState::Withdrawn => refusals.push(crate::registration::withdraw::withdrawn()),
        RegistrationState::Awarded => refusals.push(
            Refusal::new(
                Code::AlreadyAwarded,
                "The qualification has been awarded on this registration.",
            )
            .remedy("Register the learner on the next qualification; units achieved count again.")
            .who("The centre coordinator")
            .source("practice, section 6"),
        ),
    }
    if state == RegistrationState::Active && today > ends_on {
        refusals.push(
            Refusal::new(
                Code::RegExpired,
                format!("The registration ended on {}.", long_date(ends_on)),
            )
            .remedy("Ask the awarding body whether the learner can be registered anew.")
            .who("The centre coordinator with the awarding body")
            .source("practice, section 6"),
        );
    }
}

fn units(act: &AgreePlan, case: &PlanCase, refusals: &mut Refusals) {
    if act.units.is_empty() && case.carried.is_empty() {
        refusals.push(
            Refusal::new(Code::FieldMissing, "No unit is chosen.")
                .remedy("Choose at least one unit.")
                .who("The learner, or staff of the learner")
                .source("RI-10")
                .field("units"),
        );
    }
    if act.units.len() > MOST_UNITS {
        refusals.push(
            Refusal::new(
                Code::FieldMissing,
                format!("A plan holds {MOST_UNITS} units at most."),
            )
            .remedy("Choose fewer units.")
            .who("The learner, or staff of the learner")
            .source("RI-10")
            .field("units"),
        );
        return;
    }
    let mut seen = std::collections::BTreeSet::new();
    for planned in &act.units {
        if !case.listed.contains(&planned.unit) {
            let unit: String = planned.unit.chars().take(40).collect();
            refusals.push(
                Refusal::new(Code::UnitUnknown, format!("{} has no unit {unit}.", case.title))
                    .remedy("Choose from the units of the qualification.")
                    .who("The learner, or staff of the learner")
                    .source("practice, section 2.3")
                    .field("units"),
            );
        } else if !seen.insert(planned.unit.as_str()) {
            refusals.push(
                Refusal::new(
                    Code::UnitUnknown,
                    format!("Unit {} is chosen twice.", planned.unit),
                )
                .remedy("Leave it in once.")
                .who("The learner, or staff of the learner")
                .source("practice, section 2.3")
                .field("units"),
            );
        }
    }
    for not_permitted in &case.findings.not_permitted {
        refusals.push(
            Refusal::new(Code::RocNotMet, not_permitted.clone())
                .remedy("Change the choice: adding units cannot mend this.")
                .who("The learner, or staff of the learner")
                .source("practice, section 2.3")
                .field("units"),
        );
    }
    for standing in case
        .standing
        .iter()
        .filter(|standing| standing.open || standing.achieved)
    {
        let dropped =
            case.planned.contains(&standing.unit) && !act.units.iter().any(|unit| unit.unit == standing.unit);
        if dropped {
            let why = if standing.achieved {
                "is achieved"
            } else {
                "has work handed in"
            };
            refusals.push(
                Refusal::new(
                    Code::UnitInProgress,
                    format!("Unit {} {why} and stays in the plan.", standing.unit),
                )
                .remedy(if standing.achieved {
                    "Leave it in; units beyond the need may be added beside it.".to_owned()
                } else {
                    "Leave it in until the work has been marked or returned.".to_owned()
                })
                .who("The learner, or staff of the learner")
                .source("RI-10; practice, section 9.1")
                .field("units"),
            );
        }
    }
}

fn dates(
    act: &AgreePlan,
    case: &PlanCase,
    today: Date,
    refusals: &mut Refusals,
    warnings: &mut Vec<Warning>,
) {
    for planned in &act.units {
        let Some(target) = planned.target_on else { continue };
        if target < case.start_on || target > case.ends_on {
            refusals.push(
                Refusal::new(
                    Code::DateOrder,
                    format!(
                        "The target date of unit {}, {}, is outside the registration, {} to {}.",
                        planned.unit,
                        long_date(target),
                        long_date(case.start_on),
                        long_date(case.ends_on)
                    ),
                )
                .remedy("Choose a date within the registration.")
                .who("The learner, or staff of the learner")
                .source("RI-10; practice, section 6")
                .field(format!("target-{}", planned.unit)),
            );
        } else if target < today
            && !case
                .standing
                .iter()
                .any(|standing| standing.unit == planned.unit && standing.achieved)
        {
            warnings.push(Warning::new(
                WarningCode::TargetLate,
                format!(
                    "The target date of unit {}, {}, has passed.",
                    planned.unit,
                    long_date(target)
                ),
                "RI-10",
            ));
        }
    }
    if let Some(review) = act.review_on
        && (review < today.min(case.start_on) || review > case.ends_on)
    {
        refusals.push(
            Refusal::new(
                Code::DateOrder,
                format!(
                    "The review date, {}, is not between today and the end of the registration.",
                    long_date(review)
                ),
            )
            .remedy(format!("Choose a date up to {}.", long_date(case.ends_on)))
            .who("The learner, or staff of the learner")
            .source("RI-10; practice, section 5")
            .field("review_on"),
        );
    }
}
