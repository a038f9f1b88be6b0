//! Giving a role and ending it.

use crate::fact::Fact;
use crate::id::{CentreId, GrantId, PersonId};
use crate::moment::long_date;
use crate::{Actor, Code, Decision, Fresh, Grant, Moment, Refusal, Refusals, Role};
use jiff::civil::Date;

/// Gives a person a role from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GiveRole {
    pub person: PersonId,
    pub role: Role,
    /// Where, for a centre's role; none for the awarding body's and the installation's.
    pub centre: Option<CentreId>,
    pub from: Date,
    /// The last day, if it is known.
    pub until: Option<Date>,
    /// An assessor in training, whose judgements a qualified assessor countersigns (SD-4).
    pub countersigned: bool,
}

/// Ends a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EndRole {
    pub grant: GrantId,
    /// The last day of the role. The day before today ends it at once.
    pub on: Date,
}

/// Whether the actor may give and end this role: the administrator every role; a coordinator a learner's, tutor's,
/// assessor's or internal verifier's at their own centre.
pub fn may_give(actor: &Actor, role: Role, centre: Option<&CentreId>) -> bool {
    let own = matches!(
        role,
        Role::Learner | Role::Tutor | Role::Assessor | Role::InternalVerifier
    );
    actor.is(Role::Administrator)
        || (own && centre.is_some_and(|centre| actor.is_at(Role::Coordinator, centre)))
}

/// Decides on giving a role. `held` are the roles the person holds, held or will hold.
///
/// Refusals: `ROLE_MISSING` (the actor may not give it), `FIELD_MISSING` on `centre` (a centre's role without a centre, or
/// another with one) or on `countersigned` (not an assessor), `DATE_ORDER` (ends before it begins), `ROLE_DUPLICATE` (held
/// at that time already).
///
/// Source: practice, section 1.
pub fn give(
    act: &GiveRole,
    held: &[Grant],
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<(GrantId, Decision), Refusals> {
    let mut refusals = Refusals::new();
    let words = act.role.title().to_lowercase();
    if !may_give(actor, act.role, act.centre.as_ref()) {
        refusals.push(may_not(&words));
    }
    if act.role.at_a_centre() != act.centre.is_some() {
        let because = if act.role.at_a_centre() {
            format!("The role of {words} is held at a centre, and none is named.")
        } else {
            format!("The role of {words} is not held at a centre.")
        };
        refusals.push(
            Refusal::new(Code::FieldMissing, because)
                .remedy("Choose the centre for a centre's role, and none for the others.")
                .who("Whoever gives the role")
                .source("practice, section 1")
                .field("centre"),
        );
    }
    if act.countersigned && act.role != Role::Assessor {
        refusals.push(
            Refusal::new(Code::FieldMissing, "Only an assessor can be in training.")
                .remedy("Leave the box empty, or give the role of assessor.")
                .who("Whoever gives the role")
                .source("practice, section 1, SD-4")
                .field("countersigned"),
        );
    }
    if let Some(until) = act.until.filter(|until| *until < act.from) {
        refusals.push(order(act.from, until, "until"));
    }
    let overlaps = |grant: &&Grant| {
        grant.role == act.role
            && grant.centre == act.centre
            && act.until.is_none_or(|until| grant.from <= until)
            && grant.until.is_none_or(|until| act.from <= until)
    };
    if let Some(grant) = held.iter().find(overlaps) {
        refusals.push(
            Refusal::new(
                Code::RoleDuplicate,
                format!(
                    "This person holds the role of {words} there already, from {}.",
                    long_date(grant.from)
                ),
            )
            .remedy("End the role first, or choose days on which it is not held.")
            .who("Whoever gives the role")
            .source("practice, section 1")
            .field("role"),
        );
    }
    refusals.ok()?;
    let grant = GrantId::fresh(fresh);
    let decision = Decision::of(Fact::RoleGranted {
        grant: grant.clone(),
        person: act.person.clone(),
        role: act.role,
        centre: act.centre.clone(),
        from: act.from,
        until: act.until,
        countersigned: act.countersigned,
    });
    Ok((grant, decision))
}

/// Decides on ending a role. `other_administrators` counts the people beside this one who hold the administrator's role
/// today with no end.
///
/// Refusals: `ROLE_MISSING` (the actor may not end it), `DATE_ORDER` (more than a day before it began, or after its end),
/// `LAST_ADMINISTRATOR`.
///
/// Source: practice, section 1.
pub fn end(
    act: &EndRole,
    grant: &Grant,
    other_administrators: u32,
    actor: &Actor,
    _moment: Moment,
) -> Result<Decision, Refusals> {
    let mut refusals = Refusals::new();
    if !may_give(actor, grant.role, grant.centre.as_ref()) {
        refusals.push(may_not(&grant.role.title().to_lowercase()));
    }
    let earliest = grant.from.yesterday().unwrap_or(grant.from);
    if act.on < earliest {
        refusals.push(order(grant.from, act.on, "on"));
    }
    if let Some(until) = grant.until.filter(|until| act.on >= *until) {
        refusals.push(
            Refusal::new(
                Code::DateOrder,
                format!("The role ends on {} already.", long_date(until)),
            )
            .remedy("Choose an earlier day, or give the role again.")
            .who("Whoever ends the role")
            .source("practice, section 1")
            .field("on"),
        );
    }
    if grant.role == Role::Administrator && other_administrators == 0 {
        refusals.push(
            Refusal::new(
                Code::LastAdministrator,
                "This is the last administrator; without one nobody could give roles any more.",
            )
            .remedy("Give the administrator's role to somebody else first.")
            .who("The administrator")
            .source("practice, section 1")
            .field("on"),
        );
    }
    refusals.ok()?;
    Ok(Decision::of(Fact::RoleEnded {
        grant: grant.id.clone(),
        on: act.on,
    }))
}

fn may_not(words: &str) -> Refusal {
    Refusal::new(Code::RoleMissing, format!("You cannot give or end the role of {words} there."))
        .remedy("Ask the administrator; a coordinator gives the roles of learner, tutor, assessor and internal verifier at their own centre.")
        .who("The administrator")
        .source("practice, section 1")
        .field("role")
}

fn order(from: Date, until: Date, field: &str) -> Refusal {
    Refusal::new(
        Code::DateOrder,
        format!(
            "The last day, {}, lies before the first, {}.",
            long_date(until),
            long_date(from)
        ),
    )
    .remedy("Correct one of the two days.")
    .who("Whoever enters it")
    .source("practice, section 1")
    .field(field)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Via;
    use crate::fresh::Counted;
    use jiff::civil::date;

    fn centre() -> CentreId {
        "ctr_one".parse().unwrap()
    }

    fn grant(role: Role, centre: Option<CentreId>) -> Grant {
        Grant {
            id: "grt_one".parse().unwrap(),
            role,
            centre,
            from: date(2019, 1, 1),
            until: None,
            countersigned: false,
        }
    }

    fn actor(role: Role, centre: Option<CentreId>) -> Actor {
        Actor {
            person: "prs_me".parse().unwrap(),
            via: Via::Page,
            grants: vec![grant(role, centre)],
        }
    }

    fn giving(role: Role, centre: Option<CentreId>) -> GiveRole {
        GiveRole {
            person: "prs_you".parse().unwrap(),
            role,
            centre,
            from: date(2019, 10, 14),
            until: None,
            countersigned: false,
        }
    }

    fn moment() -> Moment {
        Moment::new("2019-10-14T09:30:00Z".parse().unwrap(), &jiff::tz::TimeZone::UTC)
    }

    #[test]
    fn a_coordinator_gives_roles_at_the_own_centre_only_and_never_the_bodys() {
        let me = actor(Role::Coordinator, Some(centre()));
        let other = "ctr_two".parse().ok();
        let mut fresh = Counted::from_seed(1);
        let mut codes = |role, at| match give(&giving(role, at), &[], &me, &mut fresh) {
            Ok(_) => Vec::new(),
            Err(refusals) => refusals.codes(),
        };
        assert_eq!(codes(Role::Assessor, Some(centre())), []);
        assert_eq!(codes(Role::Assessor, other), [Code::RoleMissing]);
        assert_eq!(codes(Role::Coordinator, Some(centre())), [Code::RoleMissing]);
        assert_eq!(codes(Role::QualityManager, None), [Code::RoleMissing]);
        assert_eq!(codes(Role::Administrator, None), [Code::RoleMissing]);
    }

    #[test]
    fn a_role_is_not_held_twice_at_one_time_but_again_after_its_end() {
        let me = actor(Role::Administrator, None);
        let mut fresh = Counted::from_seed(1);
        let held = grant(Role::Tutor, Some(centre()));
        let again = giving(Role::Tutor, Some(centre()));
        let refused = give(&again, std::slice::from_ref(&held), &me, &mut fresh).unwrap_err();
        assert_eq!(refused.codes(), [Code::RoleDuplicate]);
        let ended = Grant {
            until: Some(date(2019, 10, 13)),
            ..held
        };
        assert!(give(&again, &[ended], &me, &mut fresh).is_ok());
    }

    #[test]
    fn the_last_administrator_cannot_be_ended() {
        let me = actor(Role::Administrator, None);
        let act = EndRole {
            grant: "grt_one".parse().unwrap(),
            on: date(2019, 10, 14),
        };
        let role = grant(Role::Administrator, None);
        assert_eq!(
            end(&act, &role, 0, &me, moment()).unwrap_err().codes(),
            [Code::LastAdministrator]
        );
        assert!(end(&act, &role, 1, &me, moment()).is_ok());
    }

    #[test]
    fn a_centres_role_needs_its_centre_and_only_assessors_are_in_training() {
        let me = actor(Role::Administrator, None);
        let mut act = giving(Role::Tutor, None);
        act.countersigned = true;
        act.until = Some(date(2019, 10, 1));
        let refused = give(&act, &[], &me, &mut Counted::from_seed(1)).unwrap_err();
        assert_eq!(
            refused.codes(),
            [Code::FieldMissing, Code::FieldMissing, Code::DateOrder]
        );
    }
}
