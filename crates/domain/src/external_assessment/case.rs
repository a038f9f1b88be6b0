//! Where an order of external assessment stands, and who may mark and verify under it.

use crate::actor::{Actor, Role};
use crate::id::{CentreId, OrderId, PersonId, RegistrationId, SubmissionId};
use crate::refusal::{Code, Refusal};
use crate::submission::SubmissionState;
use std::fmt;
use std::str::FromStr;

/// The states of an order (EA-01; practice, section 14, as far as this installation's acts lead).
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
pub enum OrderState {
    /// Ordered; the learner has not handed in, or has the work back before marking.
    Ordered,
    /// Handed in, and so sent; the awarding body has not received it.
    Sent,
    /// Received by the awarding body, and with the external assessor.
    Received,
    /// Judged by the external assessor; somebody else of the body has to verify it.
    Marked,
    /// The result is out: achieved, or referred and waiting for the learner's next attempt.
    Result,
    /// Withdrawn by the centre before the work was received.
    Withdrawn,
}

impl OrderState {
    /// All states.
    pub const ALL: [OrderState; 6] = [
        OrderState::Ordered,
        OrderState::Sent,
        OrderState::Received,
        OrderState::Marked,
        OrderState::Result,
        OrderState::Withdrawn,
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            OrderState::Ordered => "ordered",
            OrderState::Sent => "sent",
            OrderState::Received => "received",
            OrderState::Marked => "marked",
            OrderState::Result => "result",
            OrderState::Withdrawn => "withdrawn",
        }
    }

    /// As a person reads it.
    pub fn title(self) -> &'static str {
        match self {
            OrderState::Ordered => "Ordered, not handed in",
            OrderState::Sent => "Sent",
            OrderState::Received => "Received",
            OrderState::Marked => "Marked",
            OrderState::Result => "Result",
            OrderState::Withdrawn => "Withdrawn",
        }
    }

    /// Whether the awarding body has the work and owes its result: the time counts.
    pub fn with_the_body(self) -> bool {
        matches!(self, OrderState::Received | OrderState::Marked)
    }

    /// Where an order that is not withdrawn stands, from the state of the last hand-in and whether that very hand-in was received.
    pub fn of(last: Option<SubmissionState>, received: bool) -> OrderState {
        match last {
            None | Some(SubmissionState::Returned) => OrderState::Ordered,
            Some(SubmissionState::Submitted) if !received => OrderState::Sent,
            Some(SubmissionState::Submitted | SubmissionState::Taken | SubmissionState::SentBack) => {
                OrderState::Received
            }
            Some(SubmissionState::CountersignDue | SubmissionState::VerificationDue) => OrderState::Marked,
            Some(SubmissionState::Referred | SubmissionState::Final) => OrderState::Result,
        }
    }
}

impl fmt::Display for OrderState {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for OrderState {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        OrderState::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| format!("expected the state of an order, found {text:?}"))
    }
}

/// The last hand-in of the unit on the registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandedIn {
    pub submission: SubmissionId,
    /// 1 for the first; a hand-in again after a return before marking is the next.
    pub revision: u32,
    pub state: SubmissionState,
}

/// An order with what the awarding body must know of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingOrder {
    pub order: OrderId,
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub centre: CentreId,
    pub unit: String,
    /// The awarding body's short name, as its specification gives it.
    pub body: String,
    pub state: OrderState,
    /// Whether any hand-in was received under this order.
    pub ever_received: bool,
    pub hand_in: Option<HandedIn>,
    /// The external assessor, once there is one.
    pub assessor: Option<PersonId>,
    /// Everybody who has or had a part in the unit for the centre.
    pub of_the_centre: Vec<PersonId>,
}

/// The order under which a submission is marked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExternalMarking {
    pub order: OrderId,
    /// The awarding body's short name, as its specification gives it.
    pub body: String,
    /// The external assessor, once there is one.
    pub assessor: Option<PersonId>,
    /// Whether this hand-in was received.
    pub received: bool,
    /// Everybody who has or had a part in the unit for the centre: tutor, assessor, internal verifier.
    pub of_the_centre: Vec<PersonId>,
}

impl ExternalMarking {
    /// Whether the actor may mark: the external assessor of the order, who holds no role at the centre. Checked when the work is taken and
    /// again at every later act.
    ///
    /// # Errors
    /// - `EXTERNALLY_ASSESSED`: not an external assessor; the centre judges no unit that the body assesses
    /// - `FROM_THE_CENTRE`: holds a role at the centre, or has or had a part in the unit there
    /// - `SD_3`: the learner's own work
    /// - `NOT_THE_ASSESSOR`: another external assessor is allocated, or none yet
    /// - `ORDER_STATE`: the hand-in was not received yet
    pub fn may_mark(&self, actor: &Actor, centre: &CentreId, learner: &PersonId) -> Result<(), Refusal> {
        if actor.person == *learner {
            return Err(Refusal::new(Code::Sd3, "Nobody assesses their own work.")
                .remedy("Another external assessor has to be allocated.")
                .who("The quality manager")
                .source("practice, section 1, SD-3 (OH-A4.5)"));
        }
        if !actor.is(Role::ExternalAssessor) {
            return Err(self.by_the_body(
                format!(
                    "{} assesses this unit, so the centre does not judge it.",
                    self.body
                ),
                "Wait for the result. Before the work is received, the coordinator can withdraw the order.",
            ));
        }
        let there = actor
            .grants
            .iter()
            .any(|grant| grant.centre.as_ref() == Some(centre));
        not_from_the_centre(&actor.person, there, &self.of_the_centre)?;
        if self.assessor.as_ref() != Some(&actor.person) {
            return Err(Refusal::new(
                Code::NotTheAssessor,
                "Another external assessor is allocated to this work, or none yet.",
            )
            .remedy("Ask the quality manager to allocate it to you.")
            .who("The quality manager")
            .source("EA-07; practice, section 14"));
        }
        if !self.received {
            return Err(
                Refusal::new(Code::OrderState, "The work handed in last was not received yet.")
                    .remedy(
                        "Ask the quality manager to receive it; the time for the result counts from then.",
                    )
                    .who("The quality manager")
                    .source("EA-01; EA-04"),
            );
        }
        Ok(())
    }

    /// Whether the actor may verify as far as the order goes: a quality manager who holds no role at the centre.
    ///
    /// # Errors
    /// - `EXTERNALLY_ASSESSED`: not a quality manager; the centre verifies no unit that the body assesses
    /// - `FROM_THE_CENTRE`: holds a role at the centre, or has or had a part in the unit there
    pub fn may_verify(&self, actor: &Actor, centre: &CentreId) -> Result<(), Refusal> {
        if !actor.is(Role::QualityManager) {
            return Err(self.by_the_body(
                format!(
                    "{} assesses this unit, and verifies the judgement too.",
                    self.body
                ),
                "A quality manager who took no part in it verifies it.",
            ));
        }
        let there = actor
            .grants
            .iter()
            .any(|grant| grant.centre.as_ref() == Some(centre));
        not_from_the_centre(&actor.person, there, &self.of_the_centre)
    }

    /// That the centre does not do what the body does.
    pub fn by_the_body(&self, because: String, remedy: &str) -> Refusal {
        Refusal::new(Code::ExternallyAssessed, because)
            .remedy(remedy)
            .who("The awarding body")
            .source("EA-07; practice, section 14")
    }
}

/// That somebody is not of the centre whose work the body assesses: neither holds a role there, nor has or had a part in the unit.
///
/// # Errors
/// `FROM_THE_CENTRE`.
pub fn not_from_the_centre(
    person: &PersonId,
    holds_a_role_there: bool,
    of_the_centre: &[PersonId],
) -> Result<(), Refusal> {
    if !holds_a_role_there && !of_the_centre.contains(person) {
        return Ok(());
    }
    Err(Refusal::new(
        Code::FromTheCentre,
        "Whoever marks or verifies for the awarding body is not of the centre whose work it is: this person holds a role there, or had a \
         part in the unit.",
    )
    .remedy("Somebody of the awarding body without a role at the centre has to do it.")
    .who("The quality manager")
    .source("EA-07; practice, section 14"))
}
