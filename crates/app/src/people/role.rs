//! Giving a person a role and ending it.

use super::{list_grants, read_grant, require_in_care};
use crate::{Acting, Failure};
use assay_domain::Role;
use assay_domain::id::{CentreId, GrantId, PersonId};
use assay_domain::people::role::{EndRole, GiveRole, end, give};
use assay_store::statements::{centre as centres, people as statements};
use jiff::civil::Date;

/// A role to be given, as typed on the page or sent to the API.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewRole {
    pub role: Role,
    /// The centre, by its id, for a centre's role.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub centre: Option<CentreId>,
    /// First day; today when left out.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub from: Option<Date>,
    /// Last day, if it is known.
    #[serde(default)]
    #[schema(value_type = Option<String>, format = Date)]
    pub until: Option<Date>,
    /// An assessor in training, whose judgements a qualified assessor countersigns.
    #[serde(default)]
    pub countersigned: bool,
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct RoleGiven {
    #[schema(value_type = String)]
    pub grant: GrantId,
}

/// Gives a role.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not look after the person, or the centre is not there; refusals of
/// [`give`].
pub fn give_to(acting: &mut Acting<'_, '_>, person: PersonId, input: NewRole) -> Result<RoleGiven, Failure> {
    require_in_care(&mut acting.asking(), &person)?;
    if let Some(centre) = &input.centre {
        acting
            .tx
            .row(&centres::FIND, &[centre.as_str().into()])?
            .ok_or(Failure::NotFound)?;
    }
    let held = list_grants(acting.tx, &person)?;
    let act = GiveRole {
        person,
        role: input.role,
        centre: input.centre,
        from: input.from.unwrap_or(acting.today()),
        until: input.until,
        countersigned: input.countersigned,
    };
    let actor = acting.actor()?.clone();
    let (grant, decision) = give(&act, &held, &actor, acting.fresh)?;
    acting.record(decision)?;
    Ok(RoleGiven { grant })
}

/// The end of a role, as typed on the page or sent to the API.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoleEnd {
    /// The last day of the role; the day before today ends it at once.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
}

/// Ends a role.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not look after the person, or they have no such role; refusals of
/// [`end`].
pub fn end_of(
    acting: &mut Acting<'_, '_>,
    person: &PersonId,
    grant: GrantId,
    input: RoleEnd,
) -> Result<(), Failure> {
    require_in_care(&mut acting.asking(), person)?;
    let row = acting
        .tx
        .row(&statements::FIND_GRANT, &[grant.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    if row.text("person")? != person.as_str() {
        return Err(Failure::NotFound);
    }
    let held = read_grant(&row)?;
    let others = if held.role == Role::Administrator {
        let today = acting.today().to_string();
        let row = acting.tx.row(
            &statements::COUNT_OTHER_ADMINISTRATORS,
            &[person.as_str().into(), today.into()],
        )?;
        row.map(|row| row.int("people")).transpose()?.unwrap_or(0)
    } else {
        0
    };
    let actor = acting.actor()?.clone();
    let others = u32::try_from(others).unwrap_or(u32::MAX);
    let decision = end(
        &EndRole { grant, on: input.on },
        &held,
        others,
        &actor,
        acting.moment(),
    )?;
    acting.record(decision)
}
