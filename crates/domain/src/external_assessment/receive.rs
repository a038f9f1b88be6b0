//! A quality manager receives work that a centre sent, and allocates the external assessor.

use super::case::{OrderState, StandingOrder, not_from_the_centre};
use crate::actor::{Actor, Role};
use crate::fact::Fact;
use crate::id::PersonId;
use crate::plan::allocate::StaffMember;
use crate::policy::Policy;
use crate::refusal::{Code, Refusal, Refusals};
use crate::submission::SubmissionState;
use crate::{Decision, Moment};
use jiff::ToSpan;
use jiff::civil::Date;

/// Receive the work handed in last. The time for the result counts from this day.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReceiveWork {
    /// The external assessor; whoever is allocated already when none is named.
    #[serde(default)]
    pub assessor: Option<PersonId>,
}

/// Allocate another external assessor.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AllocateExternalAssessor {
    #[serde(default)]
    pub assessor: Option<PersonId>,
}

/// Decides on receiving. `named` is the person whom the act names or who is allocated, with every role they hold or held.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: not a quality manager; `SD_3`: the learner
/// - `ORDER_STATE`: nothing waits to be received
/// - those of [`decide_allocate`] on the assessor
///
/// Source: EA-01, EA-04; practice, section 14.
pub fn decide(
    act: &ReceiveWork,
    case: &StandingOrder,
    named: Option<&StaffMember>,
    actor: &Actor,
    moment: Moment,
    policy: Policy<'_>,
) -> Result<Decision, Refusals> {
    actor.require(Role::QualityManager, "receive work for external assessment")?;
    let mut refusals = Refusals::new();
    own(case, actor, &mut refusals);
    if case.state != OrderState::Sent {
        refusals.push(
            Refusal::new(
                Code::OrderState,
                format!(
                    "Nothing waits to be received under this order ({}).",
                    case.state.title().to_lowercase()
                ),
            )
            .remedy("The work can be received once the learner has handed it in, and once only.")
            .who("The learner")
            .source("EA-01; practice, section 14"),
        );
    }
    let assessor = act.assessor.as_ref().or(case.assessor.as_ref());
    fit(assessor, case, named, moment.today, &mut refusals);
    refusals.ok()?;
    let (Some(hand_in), Some(assessor)) = (&case.hand_in, assessor) else {
        return Err(nobody_named().into());
    };
    let mut decision = Decision::of(Fact::ExternalAssessmentReceived {
        order: case.order.clone(),
        submission: hand_in.submission.clone(),
        revision: hand_in.revision,
        due_on: due_on(moment.today, policy),
    });
    if case.assessor.as_ref() != Some(assessor) {
        decision.fact(Fact::ExternalAssessorAllocated {
            order: case.order.clone(),
            assessor: assessor.clone(),
        });
    }
    Ok(decision)
}

/// The day by which the result is due for work received on a day; none when the policy names no time (EA-04).
pub fn due_on(received_on: Date, policy: Policy<'_>) -> Option<Date> {
    let (weeks, _) = policy.number("external_assessment.turn_round")?;
    received_on.checked_add(weeks.clamp(0, 520).weeks()).ok()
}

/// Decides on allocating another external assessor, until the judgement is signed and again once it is sent back: somebody may fall ill or leave.
/// What the one before decided and did not sign falls away.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: not a quality manager; `SD_3`: the learner
/// - `ORDER_STATE`: withdrawn, not received yet, or the work is judged or final
/// - `FIELD_MISSING` on `assessor`: nobody is named
/// - `STAFF_NOT_COMPETENT`: not an external assessor today; `FROM_THE_CENTRE`: holds a role at the centre, or had a part in the unit there;
///   `SD_3`: the learner
///
/// Source: EA-07; practice, sections 1 and 14 (the check is made before every assignment and again at signing).
pub fn decide_allocate(
    act: &AllocateExternalAssessor,
    case: &StandingOrder,
    named: Option<&StaffMember>,
    actor: &Actor,
    moment: Moment,
) -> Result<Decision, Refusals> {
    actor.require(Role::QualityManager, "allocate an external assessor")?;
    let mut refusals = Refusals::new();
    own(case, actor, &mut refusals);
    let free = case.hand_in.as_ref().is_none_or(|hand_in| {
        matches!(
            hand_in.state,
            SubmissionState::Submitted
                | SubmissionState::Taken
                | SubmissionState::SentBack
                | SubmissionState::Returned
                | SubmissionState::Referred
        )
    });
    if case.state == OrderState::Withdrawn || !case.ever_received || !free {
        refusals.push(
            Refusal::new(
                Code::OrderState,
                format!(
                    "Another external assessor can be allocated once the work is received and until it is judged ({}).",
                    case.state.title().to_lowercase()
                ),
            )
            .remedy("Receive the work first. What is judged is verified, and sent back where that disagrees.")
            .who("The quality manager")
            .source("practice, section 14"),
        );
    }
    fit(act.assessor.as_ref(), case, named, moment.today, &mut refusals);
    refusals.ok()?;
    let Some(assessor) = act.assessor.clone() else {
        return Err(nobody_named().into());
    };
    if case.assessor.as_ref() == Some(&assessor) {
        return Ok(Decision::new());
    }
    Ok(Decision::of(Fact::ExternalAssessorAllocated {
        order: case.order.clone(),
        assessor,
    }))
}

fn own(case: &StandingOrder, actor: &Actor, refusals: &mut Refusals) {
    if actor.person == case.learner {
        refusals.push(
            Refusal::new(Code::Sd3, "Nobody receives or allocates their own work.")
                .remedy("Another quality manager has to do it.")
                .who("Another quality manager")
                .source("practice, section 1, SD-3"),
        );
    }
}

/// Whether somebody may be the external assessor of an order.
fn fit(
    assessor: Option<&PersonId>,
    case: &StandingOrder,
    named: Option<&StaffMember>,
    today: Date,
    refusals: &mut Refusals,
) {
    let Some(assessor) = assessor else {
        refusals.push(nobody_named());
        return;
    };
    let member = named.filter(|member| member.person == *assessor);
    let held = |wanted: &dyn Fn(&crate::Grant) -> bool| {
        member.is_some_and(|member| {
            member
                .grants
                .iter()
                .any(|grant| grant.held_on(today) && wanted(grant))
        })
    };
    if !held(&|grant| grant.role == Role::ExternalAssessor) {
        let name = member.map_or("That person", |member| member.name.as_str());
        refusals.push(
            Refusal::new(
                Code::StaffNotCompetent,
                format!("{name} is not an external assessor today."),
            )
            .remedy("Name somebody who is, or have the role given to them.")
            .who("The administrator")
            .source("practice, sections 1 and 4")
            .field("assessor"),
        );
    }
    if *assessor == case.learner {
        refusals.push(
            Refusal::new(Code::Sd3, "Nobody assesses their own work.")
                .remedy("Name somebody else.")
                .who("The quality manager")
                .source("practice, section 1, SD-3")
                .field("assessor"),
        );
    } else if let Err(refusal) = not_from_the_centre(
        assessor,
        held(&|grant| grant.centre.as_ref() == Some(&case.centre)),
        &case.of_the_centre,
    ) {
        refusals.push(refusal.field("assessor"));
    }
}

fn nobody_named() -> Refusal {
    Refusal::new(Code::FieldMissing, "No external assessor is named.")
        .remedy("Choose an external assessor of the awarding body.")
        .who("The quality manager")
        .source("EA-07; practice, section 14")
        .field("assessor")
}
