//! One's own account, as its owner sees it.

use crate::people::full_name;
use crate::{Asking, Failure};
use assay_domain::Role;
use assay_domain::id::{CentreId, PersonId};
use assay_store::statements::people as statements;
use jiff::civil::Date;

/// A role that is held today.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct OwnRole {
    pub role: Role,
    /// None for roles of the awarding body and of the installation.
    #[schema(value_type = Option<String>)]
    pub centre: Option<CentreId>,
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
}

/// Who somebody is here.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct OwnAccount {
    #[schema(value_type = String)]
    pub person: PersonId,
    pub name: String,
    pub email: Option<String>,
    /// The roles held today.
    pub roles: Vec<OwnRole>,
}

/// The caller's account.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the person was erased.
pub fn view(asking: &mut Asking<'_, '_>) -> Result<OwnAccount, Failure> {
    let actor = asking.actor()?.clone();
    let row = asking
        .tx
        .row(&statements::FIND_PERSON, &[actor.person.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    Ok(OwnAccount {
        name: full_name(&row.text("given")?, &row.text("family")?),
        email: row.optional_text("email")?,
        roles: actor
            .grants
            .into_iter()
            .map(|grant| OwnRole {
                role: grant.role,
                centre: grant.centre,
                until: grant.until,
            })
            .collect(),
        person: actor.person,
    })
}
