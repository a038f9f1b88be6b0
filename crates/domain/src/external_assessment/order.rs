//! A coordinator orders that the awarding body assesses a unit, or withdraws the order before the work is received.

use super::case::{OrderState, StandingOrder};
use crate::actor::{Actor, Role};
use crate::fact::Fact;
use crate::id::{CentreId, OrderId, PersonId, RegistrationId};
use crate::plan::agree::standing;
use crate::policy::Policy;
use crate::refusal::{Code, Refusal, Refusals};
use crate::registration::RegistrationState;
use crate::submission::SubmissionState;
use crate::{Decision, Fresh, Moment};
use jiff::civil::Date;

/// Order that the awarding body assesses a unit of a registration.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderExternalAssessment {
    /// The unit's number, e.g. `7016V1`.
    pub unit: String,
}

/// What must be known to order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderCase {
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub centre: CentreId,
    pub state: RegistrationState,
    pub ends_on: Date,
    /// The awarding body's short name, as its specification gives it.
    pub body: String,
    /// Units of the plan in force.
    pub planned: Vec<String>,
    /// Whether the learner achieved the unit already, here or on an earlier registration.
    pub achieved: bool,
    /// The state of the last hand-in of the unit.
    pub last: Option<SubmissionState>,
    /// Whether anybody of the centre signed a judgement on the unit.
    pub judged: bool,
    /// Units of the registration whose order stands.
    pub ordered: Vec<String>,
}

/// Decides on an order.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: not a coordinator of the centre; `SD_3`: the learner
/// - `REG_WITHDRAWN`, `ALREADY_AWARDED`, `REG_EXPIRED`: the registration has ended
/// - `UNIT_NOT_CHOSEN`: the unit is not in the plan in force
/// - `SUBMISSION_STATE`: the centre is marking the unit or has judged it, or it is achieved
/// - `ORDER_STATE`: it is ordered already
/// - `ORDER_LIMIT`: as many units of the registration as the policy allows are ordered
///
/// Source: EA-01, EA-02; practice, section 14.
pub fn decide(
    act: &OrderExternalAssessment,
    case: &OrderCase,
    actor: &Actor,
    moment: Moment,
    policy: Policy<'_>,
    fresh: &mut dyn Fresh,
) -> Result<(OrderId, Decision), Refusals> {
    let mut refusals = Refusals::new();
    refusals.check(actor.require_at(Role::Coordinator, &case.centre, "order external assessment"));
    if actor.person == case.learner {
        refusals.push(
            Refusal::new(Code::Sd3, "Nobody orders the assessment of their own work.")
                .remedy("Another coordinator of the centre has to order it.")
                .who("Another coordinator of the centre")
                .source("practice, section 1, SD-3"),
        );
    }
    standing(case.state, case.ends_on, moment.today, &mut refusals);
    let unit: String = act.unit.chars().take(40).collect();
    if !case.planned.contains(&act.unit) {
        refusals.push(
            Refusal::new(
                Code::UnitNotChosen,
                format!("Unit {unit} is not in the learner's plan."),
            )
            .remedy("Choose a unit of the plan, or add it to the plan first.")
            .who("The learner, or staff of the learner")
            .source("RI-10")
            .field("unit"),
        );
    }
    let begun = case.judged
        || !matches!(
            case.last,
            None | Some(SubmissionState::Submitted | SubmissionState::Returned)
        );
    if case.ordered.contains(&act.unit) {
        refusals.push(
            Refusal::new(
                Code::OrderState,
                format!("It is ordered already that {} assesses unit {unit}.", case.body),
            )
            .remedy("Look at the order for how far it is.")
            .who("Nobody")
            .source("EA-01")
            .field("unit"),
        );
    } else if case.achieved || begun {
        refusals.push(
            Refusal::new(
                Code::SubmissionState,
                format!("The centre is marking unit {unit}, or has judged it already."),
            )
            .remedy("Choose a unit that nobody has begun to mark.")
            .who("The centre coordinator")
            .source("EA-02; practice, section 14")
            .field("unit"),
        );
    }
    if let Some((most, source)) = policy.number("external_assessment.maximum")
        && !case.ordered.contains(&act.unit)
        && i64::try_from(case.ordered.len()).unwrap_or(i64::MAX) >= most
    {
        refusals.push(
            Refusal::new(
                Code::OrderLimit,
                format!(
                    "{} assesses {most} unit(s) of a qualification; ordered on this registration: {}.",
                    case.body,
                    case.ordered.join(", ")
                ),
            )
            .remedy("Withdraw the other order first, if its work was not received yet.")
            .who("The centre coordinator")
            .source(format!("EA-02; {source}"))
            .field("unit"),
        );
    }
    refusals.ok()?;
    let order = OrderId::fresh(fresh);
    let decision = Decision::of(Fact::ExternalAssessmentOrdered {
        order: order.clone(),
        registration: case.registration.clone(),
        unit: act.unit.clone(),
    });
    Ok((order, decision))
}

/// Decides on withdrawing an order; the centre then assesses the unit itself.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: not a coordinator of the centre
/// - `ORDER_STATE`: withdrawn already, or work was received under it
///
/// Source: practice, section 14.
pub fn decide_withdraw(case: &StandingOrder, actor: &Actor) -> Result<Decision, Refusals> {
    let mut refusals = Refusals::new();
    refusals.check(actor.require_at(
        Role::Coordinator,
        &case.centre,
        "withdraw an order of external assessment",
    ));
    if case.state == OrderState::Withdrawn || case.ever_received {
        let because = if case.state == OrderState::Withdrawn {
            "The order is withdrawn already.".to_owned()
        } else {
            format!("{} has received the work, so the order stands.", case.body)
        };
        refusals.push(
            Refusal::new(Code::OrderState, because)
                .remedy("Wait for the result; the centre cannot change it.")
                .who("The awarding body")
                .source("practice, section 14"),
        );
    }
    refusals.ok()?;
    Ok(Decision::of(Fact::ExternalAssessmentWithdrawn {
        order: case.order.clone(),
    }))
}
