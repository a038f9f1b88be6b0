//! Confirming who a learner is.

use super::RegistrationState;
use super::learner::LONGEST_LINE;
use super::register::{line, too_long};
use crate::fact::Fact;
use crate::id::{CentreId, PersonId, RegistrationId};
use crate::{Actor, Code, Decision, Fresh, Refusal, Refusals, Role};

/// Records which document showed who the learner is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfirmIdentity {
    /// The kind of document and when it was seen, e.g. `passport seen on 4 October 2019`; never its number.
    pub document: String,
}

/// What must be known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdentityCase {
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub centre: CentreId,
    pub state: RegistrationState,
    /// How identity was confirmed already.
    pub identity: Option<String>,
}

/// Decides.
///
/// Errors: `ROLE_MISSING`; `SD_3` when the learner confirms their own identity; `REG_WITHDRAWN`; `FIELD_MISSING` when no
/// document is named or one was recorded before.
///
/// Source: practice, section 6 (identity confirmed where not already known: document type, seen by, date).
pub fn decide(
    act: &ConfirmIdentity,
    case: &IdentityCase,
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let mut refusals = Refusals::new();
    refusals.check(actor.require_at(Role::Coordinator, &case.centre, "confirm a learner's identity"));
    if actor.person == case.learner {
        refusals.push(
            Refusal::new(Code::Sd3, "Nobody confirms their own identity.")
                .remedy("Have another coordinator see the document.")
                .who("Another centre coordinator")
                .source("practice, section 1, SD-3"),
        );
    }
    if case.state == RegistrationState::Withdrawn {
        refusals.push(super::withdraw::withdrawn());
    }
    if let Some(identity) = &case.identity {
        refusals.push(
            Refusal::new(
                Code::FieldMissing,
                format!("Identity was confirmed before: {identity}."),
            )
            .remedy("Nothing more is needed.")
            .who("Nobody")
            .source("practice, section 6")
            .field("document"),
        );
    }
    let document = line(Some(&act.document));
    match &document {
        None => refusals.push(
            Refusal::new(Code::FieldMissing, "The document is missing.")
                .remedy("Say which kind of document was seen and when, without its number.")
                .who("The centre coordinator")
                .source("practice, section 6")
                .field("document"),
        ),
        Some(text) if text.chars().count() > LONGEST_LINE => {
            refusals.push(too_long("document", "The note on the document", LONGEST_LINE));
        }
        Some(_) => {}
    }
    refusals.ok()?;
    let mut decision = Decision::default();
    // What was typed may hold a number although it should not; sealed, it can be erased.
    let document = decision.seal(
        &case.learner,
        "registration.identity",
        document.unwrap_or_default(),
        fresh,
    );
    decision.fact(Fact::IdentityConfirmed {
        registration: case.registration.clone(),
        document,
    });
    Ok(decision)
}
