//! Adding a person, with the roles they begin with.

use super::details::Details;
use super::role::{self, GiveRole};
use crate::fact::Fact;
use crate::id::{CentreId, PersonId};
use crate::{Actor, Code, Decision, Fresh, Moment, Refusal, Refusals, Role};
use jiff::civil::Date;

/// Adds a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddPerson {
    pub details: Details,
    /// The role they begin with; a coordinator gives one at their own centre, the administrator may leave it for later.
    pub role: Option<FirstRole>,
    /// True when whoever adds them knows that a person found alike is somebody else.
    pub another_person: bool,
}

/// A role to begin with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstRole {
    pub role: Role,
    pub centre: Option<CentreId>,
    pub from: Date,
    pub until: Option<Date>,
    pub countersigned: bool,
}

/// Decides on adding a person. `alike` says how somebody already known is alike: "has the same e-mail address".
///
/// Refusals: `FIELD_MISSING`, `DATE_FUTURE` (see [`Details`]), `PERSON_DUPLICATE` unless confirmed, `ROLE_MISSING`, and those
/// of [`role::give`].
///
/// Source: practice, sections 1 and 6.
pub fn decide(
    act: &AddPerson,
    alike: Option<&str>,
    actor: &Actor,
    moment: Moment,
    fresh: &mut dyn Fresh,
) -> Result<(PersonId, Decision), Refusals> {
    let details = act.details.tidied();
    let mut refusals = Refusals::new();
    details.check(moment.today, &mut refusals);
    if act.role.is_none() {
        refusals.check(actor.require(Role::Administrator, "add a person without a role"));
    }
    if let Some(alike) = alike.filter(|_| !act.another_person) {
        refusals.push(
            Refusal::new(Code::PersonDuplicate, format!("Somebody who is known already {alike}."))
                .remedy("Look them up and give them the role; if this is another person, say so with the box below and send the form again.")
                .who("Whoever adds the person")
                .source("practice, section 6")
                .field("another_person"),
        );
    }
    let person = PersonId::fresh(fresh);
    let mut decision = Decision::new();
    let sealed = decision.seal(&person, "person.details", details.sealed_text(), fresh);
    decision.fact(Fact::PersonAdded {
        person: person.clone(),
        details: sealed,
    });
    if let Some(first) = &act.role {
        let giving = GiveRole {
            person: person.clone(),
            role: first.role,
            centre: first.centre.clone(),
            from: first.from,
            until: first.until,
            countersigned: first.countersigned,
        };
        match role::give(&giving, &[], actor, fresh) {
            Ok((_, given)) => decision.and(given),
            Err(refused) => refusals.0.extend(refused.0),
        }
    }
    refusals.ok()?;
    Ok((person, decision))
}
