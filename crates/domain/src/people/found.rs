//! Founding an installation: its awarding body and its first administrator.

use super::details::Details;
use crate::fact::Fact;
use crate::id::{GrantId, PersonId};
use crate::{Code, Decision, Fresh, Moment, Refusal, Refusals, Role};

/// Founds the installation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The awarding body's full name.
    pub awarding_body: String,
    /// The awarding body as it stands in titles.
    pub awarding_body_short: String,
    /// IANA name of the time zone in which days end.
    pub time_zone: String,
    /// The first administrator; the e-mail is needed to sign in.
    pub administrator: Details,
}

/// Decides on the founding.
///
/// Refusals: `FIELD_MISSING` on `awarding_body`, `awarding_body_short`, `time_zone`, `email`, or those of [`Details`];
/// `ROLE_DUPLICATE` when the installation was founded before.
pub fn decide(
    act: &Found,
    founded_before: bool,
    moment: Moment,
    fresh: &mut dyn Fresh,
) -> Result<(PersonId, Decision), Refusals> {
    let mut refusals = Refusals::new();
    if founded_before {
        refusals.push(
            Refusal::new(Code::RoleDuplicate, "This installation was founded before.")
                .remedy("Sign in as its administrator, or choose another place for the data.")
                .who("The operator"),
        );
    }
    for (text, field) in [
        (&act.awarding_body, "awarding_body"),
        (&act.awarding_body_short, "awarding_body_short"),
        (&act.time_zone, "time_zone"),
    ] {
        if text.trim().is_empty() {
            refusals.push(missing(field));
        }
    }
    let administrator = act.administrator.tidied();
    administrator.check(moment.today, &mut refusals);
    if administrator.email.is_none() {
        refusals.push(missing("email"));
    }
    refusals.ok()?;
    let mut decision = Decision::of(Fact::InstallationFounded {
        awarding_body: act.awarding_body.trim().to_owned(),
        awarding_body_short: act.awarding_body_short.trim().to_owned(),
        time_zone: act.time_zone.trim().to_owned(),
    });
    let person = PersonId::fresh(fresh);
    let sealed = decision.seal(&person, "person.details", administrator.sealed_text(), fresh);
    decision.fact(Fact::PersonAdded {
        person: person.clone(),
        details: sealed,
    });
    decision.fact(Fact::RoleGranted {
        grant: GrantId::fresh(fresh),
        person: person.clone(),
        role: Role::Administrator,
        centre: None,
        from: moment.today,
        until: None,
        countersigned: false,
    });
    Ok((person, decision))
}

fn missing(field: &str) -> Refusal {
    Refusal::new(
        Code::FieldMissing,
        format!("{} is missing.", field.replace('_', " ")),
    )
    .remedy("Enter it.")
    .who("The operator")
    .field(field)
}
