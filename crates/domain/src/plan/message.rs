//! The message line between a learner and those who teach and assess them.

use crate::fact::Fact;
use crate::id::{CentreId, MessageId, PersonId, RegistrationId};
use crate::registration::learner::LONGEST_TEXT;
use crate::registration::register::too_long;
use crate::{Actor, Code, Decision, Fresh, Refusal, Refusals, Role};

/// Sends a message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SendMessage {
    /// The unit it is about, if it is about one.
    pub unit: Option<String>,
    pub to: PersonId,
    pub text: String,
}

/// Who is on the line: the learner at one end, staff at the other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub centre: CentreId,
    /// Tutor and assessor of the unit, or of any unit when the message names none, and the centre's coordinators.
    pub staff: Vec<PersonId>,
    /// Units of the plan.
    pub planned: Vec<String>,
}

/// Decides. One end of the line is always the learner: staff write to each other elsewhere.
///
/// Errors: `ROLE_MISSING` (the sender is not on the line), `FIELD_MISSING` (no text, or the recipient is not at the other
/// end), `UNIT_NOT_CHOSEN`.
///
/// Source: JU-01.
pub fn decide(
    act: &SendMessage,
    line: &Line,
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let mut refusals = Refusals::new();
    let from_learner = actor.person == line.learner;
    let from_staff = line.staff.contains(&actor.person) || actor.is_at(Role::Coordinator, &line.centre);
    if !from_learner && !from_staff {
        refusals.push(
            Refusal::new(
                Code::RoleMissing,
                "Only the learner, their tutor and assessor, and a coordinator write here.",
            )
            .remedy("Ask a centre coordinator to allocate you to the learner.")
            .who("The centre coordinator")
            .source("JU-01"),
        );
    }
    let other_end = if from_learner {
        line.staff.contains(&act.to)
    } else {
        act.to == line.learner
    };
    if !other_end || act.to == actor.person {
        refusals.push(
            Refusal::new(
                Code::FieldMissing,
                "The recipient is not at the other end of this line.",
            )
            .remedy(if from_learner {
                "Choose your assessor, your tutor or a coordinator of your centre."
            } else {
                "Write to the learner."
            })
            .who("Whoever writes")
            .source("JU-01")
            .field("to"),
        );
    }
    if let Some(unit) = &act.unit
        && !line.planned.contains(unit)
    {
        let unit: String = unit.chars().take(40).collect();
        refusals.push(
            Refusal::new(
                Code::UnitNotChosen,
                format!("Unit {unit} is not in the learner's plan."),
            )
            .remedy("Choose a unit of the plan, or none.")
            .who("Whoever writes")
            .source("JU-01")
            .field("unit"),
        );
    }
    let text = act.text.trim();
    if text.is_empty() {
        refusals.push(
            Refusal::new(Code::FieldMissing, "The message is empty.")
                .remedy("Write something.")
                .who("Whoever writes")
                .source("JU-01")
                .field("text"),
        );
    } else if text.chars().count() > LONGEST_TEXT {
        refusals.push(too_long("text", "The message", LONGEST_TEXT));
    }
    refusals.ok()?;
    let mut decision = Decision::new();
    let message = MessageId::fresh(fresh);
    // What is written about a learner is the learner's to have erased, whoever wrote it.
    let text = decision.seal(&line.learner, "message.text", text, fresh);
    decision.fact(Fact::MessageSent {
        message,
        registration: line.registration.clone(),
        unit: act.unit.clone(),
        to: act.to.clone(),
        text,
    });
    Ok(decision)
}
