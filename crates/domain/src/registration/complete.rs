//! Answering later what a registration left open: the authority held, the unique learner number, a membership held already.

use super::RegistrationState;
use super::learner::{LONGEST_LINE, LONGEST_TEXT};
use super::register::{line, too_long};
use crate::fact::Fact;
use crate::id::{CentreId, PersonId, RegistrationId};
use crate::{Actor, Code, Decision, Fresh, Refusal, Refusals, Role};
use assay_specification::Uln;

/// Answers what was left open; what is none stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CompleteRegistration {
    /// Authority and responsibility held, in the learner's words (QS-03).
    pub authority: Option<String>,
    /// Unique learner number as typed.
    pub uln: Option<String>,
    /// Number of a learner who is a member of the awarding body already, as typed.
    pub member_number: Option<String>,
}

/// What must be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CompletionCase {
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub centre: CentreId,
    pub state: RegistrationState,
    /// Whether the question on authority is answered already.
    pub authority_answered: bool,
    /// Whether a unique learner number is held already.
    pub uln_known: bool,
    /// Number of another learner's registration at the centre that holds the same unique learner number.
    pub uln_taken_by: Option<String>,
    /// Whether the number of a member is held already.
    pub member_number_known: bool,
}

/// Decides.
///
/// Errors (all that apply, at once): `ROLE_MISSING` when somebody other than the learner or a coordinator answers, or
/// somebody other than a coordinator enters a number; `REG_WITHDRAWN`; `FIELD_MISSING` when nothing is answered, when it
/// was answered before, or the text is too long; `ULN_CHECK`; `REG_DUPLICATE` when another learner has the number.
///
/// Source: QS-03 (asked of the centre coordinator and the learner), MB-01; practice, sections 6 and 23.3.
pub fn decide(
    act: &CompleteRegistration,
    case: &CompletionCase,
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let mut refusals = Refusals::new();
    let authority = line(act.authority.as_deref());
    let uln = line(act.uln.as_deref());
    let member_number = line(act.member_number.as_deref());
    if actor.person != case.learner || uln.is_some() || member_number.is_some() {
        refusals.check(actor.require_at(Role::Coordinator, &case.centre, "complete a registration"));
    }
    if case.state == RegistrationState::Withdrawn {
        refusals.push(super::withdraw::withdrawn());
    }
    if authority.is_none() && uln.is_none() && member_number.is_none() {
        refusals.push(
            Refusal::new(Code::FieldMissing, "Nothing is answered yet.")
                .remedy("Say which authority and responsibility the learner holds.")
                .who("The learner or the centre coordinator")
                .source("QS-03")
                .field("authority"),
        );
    }
    if authority.is_some() && case.authority_answered {
        refusals.push(before(
            "authority",
            "The question on authority was answered before.",
        ));
    }
    if authority
        .as_deref()
        .is_some_and(|text| text.chars().count() > LONGEST_TEXT)
    {
        refusals.push(too_long("authority", "The answer on authority", LONGEST_TEXT));
    }
    if member_number.is_some() && case.member_number_known {
        refusals.push(before("member_number", "The number of a member is held already."));
    }
    if member_number
        .as_deref()
        .is_some_and(|text| text.chars().count() > LONGEST_LINE)
    {
        refusals.push(too_long("member_number", "The member number", LONGEST_LINE));
    }
    let uln = uln.and_then(|text| number(&text, case, &mut refusals));
    refusals.ok()?;
    let mut decision = Decision::new();
    let authority = decision.seal_optional(
        &case.learner,
        "registration.authority",
        authority.as_deref(),
        fresh,
    );
    let uln = decision.seal_optional(
        &case.learner,
        "registration.uln",
        uln.map(|uln| uln.to_string()).as_deref(),
        fresh,
    );
    let member_number = decision.seal_optional(
        &case.learner,
        "registration.member_number",
        member_number.as_deref(),
        fresh,
    );
    decision.fact(Fact::RegistrationCompleted {
        registration: case.registration.clone(),
        authority,
        uln,
        member_number,
    });
    Ok(decision)
}

/// The number itself is personal data and is not repeated in a refusal.
fn number(text: &str, case: &CompletionCase, refusals: &mut Refusals) -> Option<Uln> {
    if case.uln_known {
        refusals.push(before("uln", "A unique learner number is held already."));
    }
    if let Some(other) = &case.uln_taken_by {
        refusals.push(
            Refusal::new(
                Code::RegDuplicate,
                format!("Another learner's registration, {other}, has the same unique learner number."),
            )
            .remedy("Find out whose number it is, and correct the one that is wrong.")
            .who("The centre coordinator")
            .source("practice, section 6")
            .field("uln"),
        );
    }
    match text.parse::<Uln>() {
        Ok(uln) if !uln.is_not_yet_known() => Some(uln),
        _ => {
            refusals.push(
                Refusal::new(
                    Code::UlnCheck,
                    "The unique learner number is not right: it has ten digits, of which the last checks the others.",
                )
                .remedy("Look for a mistyped or exchanged digit; leave it empty while it is not known.")
                .who("The centre coordinator with the learner")
                .source("practice, section 23.3")
                .field("uln"),
            );
            None
        }
    }
}

fn before(field: &str, because: &str) -> Refusal {
    Refusal::new(Code::FieldMissing, because)
        .remedy("Nothing more is needed. If it is wrong, withdraw the registration and register the learner again.")
        .who("The centre coordinator")
        .source("QS-03; practice, section 6")
        .field(field)
}
