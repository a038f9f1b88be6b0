//! One person, as those who look after them see them.

use super::{full_name, require_in_care};
use crate::{Asking, Failure};
use assay_domain::Role;
use assay_domain::id::{CentreId, GrantId, PersonId};
use assay_domain::people::role::may_give;
use assay_store::statements::{account, centre as centres, people as statements};
use jiff::civil::Date;

/// A role of a person.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct RoleLine {
    #[schema(value_type = String)]
    pub grant: GrantId,
    pub role: Role,
    #[schema(value_type = Option<String>)]
    pub centre: Option<CentreId>,
    pub centre_name: Option<String>,
    #[schema(value_type = String, format = Date)]
    pub from: Date,
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    pub countersigned: bool,
    /// Whether it is held today.
    pub held: bool,
    /// Whether the caller may end it.
    pub may_end: bool,
}

/// A person with their roles.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct PersonView {
    #[schema(value_type = String)]
    pub person: PersonId,
    pub given: String,
    pub family: String,
    pub name: String,
    #[schema(value_type = Option<String>, format = Date)]
    pub born_on: Option<Date>,
    pub email: Option<String>,
    /// When they were added, as a UTC instant.
    pub added_at: String,
    pub roles: Vec<RoleLine>,
    /// Whether they have chosen a password.
    pub has_password: bool,
    pub last_sign_in_at: Option<String>,
}

/// A person.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is nobody, or the caller may not look after them.
pub fn run(asking: &mut Asking<'_, '_>, person: &PersonId) -> Result<PersonView, Failure> {
    let grants = require_in_care(asking, person)?;
    let actor = asking.actor()?.clone();
    let today = asking.today();
    let row = asking
        .tx
        .row(&statements::FIND_PERSON, &[person.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let account = asking.tx.row(&account::FIND_ACCOUNT, &[person.as_str().into()])?;
    let mut roles = Vec::with_capacity(grants.len());
    for grant in grants {
        let centre_name = match &grant.centre {
            Some(centre) => asking
                .tx
                .row(&centres::FIND, &[centre.as_str().into()])?
                .map(|row| row.text("name"))
                .transpose()?,
            None => None,
        };
        roles.push(RoleLine {
            held: grant.held_on(today),
            may_end: may_give(&actor, grant.role, grant.centre.as_ref())
                && grant.until.is_none_or(|until| until >= today),
            grant: grant.id,
            role: grant.role,
            centre: grant.centre,
            centre_name,
            from: grant.from,
            until: grant.until,
            countersigned: grant.countersigned,
        });
    }
    roles.sort_by_key(|role| (!role.held, role.role, role.from));
    let (given, family) = (row.text("given")?, row.text("family")?);
    Ok(PersonView {
        person: person.clone(),
        name: full_name(&given, &family),
        given,
        family,
        born_on: row.optional_parsed("born_on")?,
        email: row.optional_text("email")?,
        added_at: row.text("added_at")?,
        roles,
        has_password: account
            .as_ref()
            .map(|row| row.optional_text("password"))
            .transpose()?
            .flatten()
            .is_some(),
        last_sign_in_at: account
            .as_ref()
            .map(|row| row.optional_text("last_sign_in_at"))
            .transpose()?
            .flatten(),
    })
}
