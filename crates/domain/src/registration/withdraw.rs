//! Withdrawing a registration.

use super::RegistrationState;
use super::learner::LONGEST_TEXT;
use super::register::too_long;
use crate::fact::Fact;
use crate::id::{CentreId, PersonId, RegistrationId};
use crate::moment::long_date as day;
use crate::{Actor, Code, Decision, Fresh, Moment, Refusal, Refusals, Role};
use jiff::civil::Date;

/// Withdraws a learner from a qualification. Nothing is deleted: what was achieved stays achieved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawRegistration {
    /// The day on which the learner left.
    pub on: Date,
    pub because: String,
}

/// What must be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WithdrawalCase {
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub centre: CentreId,
    pub state: RegistrationState,
    /// The civil date of the act that registered the learner.
    pub registered_on: Date,
    pub start_on: Date,
    /// Whether a claim waits to be released.
    pub claim_open: bool,
}

/// Decides.
///
/// Errors: `ROLE_MISSING`, `REG_WITHDRAWN`, `ALREADY_AWARDED`, `CLAIM_OPEN`, `FIELD_MISSING` (no reason), `DATE_FUTURE`,
/// `DATE_ORDER` (before both the start and the day of registering).
///
/// Source: practice, section 6 (wrong registration: remove only with reason).
pub fn decide(
    act: &WithdrawRegistration,
    case: &WithdrawalCase,
    actor: &Actor,
    moment: Moment,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let mut refusals = Refusals::new();
    refusals.check(actor.require_at(Role::Coordinator, &case.centre, "withdraw a registration"));
    match case.state {
        RegistrationState::Active => {}
        RegistrationState::Withdrawn => refusals.push(withdrawn()),
        RegistrationState::Awarded => refusals.push(
            Refusal::new(
                Code::AlreadyAwarded,
                "The qualification has been awarded on this registration.",
            )
            .remedy("An award is ended by revoking its certificate.")
            .who("The awarding body's quality manager")
            .source("practice, sections 6 and 20.2"),
        ),
    }
    if case.claim_open {
        refusals.push(
            Refusal::new(Code::ClaimOpen, "A claim for an award waits to be released.")
                .remedy("Have the claim returned first.")
                .who("The awarding body's quality manager")
                .source("practice, section 19"),
        );
    }
    let because = act.because.trim();
    if because.is_empty() {
        refusals.push(
            Refusal::new(Code::FieldMissing, "The reason for the withdrawal is missing.")
                .remedy("Say why the learner leaves.")
                .who("The centre coordinator")
                .source("practice, section 6")
                .field("because"),
        );
    } else if because.chars().count() > LONGEST_TEXT {
        refusals.push(too_long("because", "The reason", LONGEST_TEXT));
    }
    if act.on > moment.today {
        refusals.push(
            Refusal::new(Code::DateFuture, format!("{} lies in the future.", day(act.on)))
                .remedy("Record the withdrawal on the day on which the learner leaves, or after it.")
                .who("The centre coordinator")
                .source("practice, section 6")
                .field("on"),
        );
    }
    let first = case.registered_on.min(case.start_on);
    if act.on < first {
        refusals.push(
            Refusal::new(
                Code::DateOrder,
                format!(
                    "{} is before the registration began on {}.",
                    day(act.on),
                    day(first)
                ),
            )
            .remedy("Correct the day.")
            .who("The centre coordinator")
            .source("practice, section 6")
            .field("on"),
        );
    }
    refusals.ok()?;
    let mut decision = Decision::new();
    let because = decision.seal(&case.learner, "registration.withdrawal", because, fresh);
    decision.fact(Fact::RegistrationWithdrawn {
        registration: case.registration.clone(),
        on: act.on,
        because,
    });
    Ok(decision)
}

/// The refusal of any act on a registration that was withdrawn.
pub(crate) fn withdrawn() -> Refusal {
    Refusal::new(
        Code::RegWithdrawn,
        "The learner was withdrawn from this qualification.",
    )
    .remedy("Register the learner anew; units achieved before still count.")
    .who("The centre coordinator")
    .source("practice, section 6")
}
