//! Adding a person and inviting them.

use super::fold_email;
use crate::account::link::{self, MadeLink, Purpose};
use crate::{Acting, Failure};
use assay_domain::Role;
use assay_domain::id::{CentreId, PersonId};
use assay_domain::people::Details;
use assay_domain::people::add::{AddPerson, FirstRole, decide};
use assay_store::statements::{centre as centres, people as statements};
use jiff::civil::Date;

/// A person to be added, as typed on the page or sent to the API.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPerson {
    pub given: String,
    pub family: String,
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub born_on: Option<Date>,
    #[serde(default)]
    pub email: Option<String>,
    /// The role to begin with; a coordinator names one at their own centre.
    #[serde(default)]
    pub role: Option<Role>,
    /// The centre of the role, by its id.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub centre: Option<CentreId>,
    /// First day of the role; today when left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// Last day of the role, if it is known.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// An assessor in training, whose judgements a qualified assessor countersigns.
    #[serde(default)]
    pub countersigned: bool,
    /// Confirms that somebody found alike is another person.
    #[serde(default)]
    pub another_person: bool,
    /// Makes a one-time link by which they choose a password.
    #[serde(default)]
    pub invite: bool,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct PersonAdded {
    #[schema(value_type = String)]
    pub person: PersonId,
    /// The invitation, shown only now.
    pub link: Option<MadeLink>,
}

/// Adds a person.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the centre is not there; refusals of [`decide`].
pub fn run(acting: &mut Acting<'_, '_>, input: NewPerson) -> Result<PersonAdded, Failure> {
    let actor = acting.actor()?.clone();
    if !actor.is(Role::Administrator) && !actor.is(Role::Coordinator) {
        return Err(Failure::NotFound);
    }
    if let Some(centre) = &input.centre {
        acting
            .tx
            .row(&centres::FIND, &[centre.as_str().into()])?
            .ok_or(Failure::NotFound)?;
    }
    let details = Details {
        given: input.given,
        family: input.family,
        born_on: input.born_on,
        email: input.email,
    };
    let alike = find_alike(acting, &details)?;
    let today = acting.today();
    let role = input.role.map(|role| FirstRole {
        role,
        centre: input.centre,
        from: input.from.unwrap_or(today),
        until: input.until,
        countersigned: input.countersigned,
    });
    let act = AddPerson {
        details,
        role,
        another_person: input.another_person,
    };
    let (person, decision) = decide(&act, alike, &actor, acting.moment(), acting.fresh)?;
    acting.record(decision)?;
    let link = if input.invite {
        Some(link::make(acting, &person, Purpose::Invitation)?)
    } else {
        None
    };
    Ok(PersonAdded { person, link })
}

/// How somebody already known is alike, as the end of a sentence.
fn find_alike(acting: &mut Acting<'_, '_>, details: &Details) -> Result<Option<&'static str>, Failure> {
    let details = details.tidied();
    if let Some(email) = &details.email
        && acting
            .tx
            .row(&statements::FIND_PERSON_BY_EMAIL, &[fold_email(email).into()])?
            .is_some()
    {
        return Ok(Some("has the same e-mail address"));
    }
    if let Some(born) = details.born_on {
        let row = acting.tx.row(
            &statements::FIND_SAME_NAME_AND_BIRTH,
            &[
                details.family.as_str().into(),
                details.given.as_str().into(),
                born.to_string().into(),
            ],
        )?;
        if row.is_some() {
            return Ok(Some("has the same name and date of birth"));
        }
    }
    Ok(None)
}
