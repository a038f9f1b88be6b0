//! People: adding them, changing their details, the roles they hold, finding them.
//!
//! The administrator sees everybody; a coordinator sees the people who hold or held a role at their own centres. Whom
//! somebody may not see answers like nobody.

pub mod add;
pub mod change;
pub mod invite;
pub mod list;
pub mod role;
pub mod view;

use crate::{Asking, Failure};
use assay_domain::id::PersonId;
use assay_domain::{Actor, Grant, Role};
use assay_store::statements::people as statements;
use assay_store::{Row, StoreFault, Tx};

/// A person's name as shown; somebody erased has none.
pub fn full_name(given: &str, family: &str) -> String {
    let name = format!("{} {}", given.trim(), family.trim());
    let name = name.trim();
    if name.is_empty() {
        "Erased person".to_owned()
    } else {
        name.to_owned()
    }
}

/// An e-mail address as kept and compared: without spaces around it, in lower case.
pub fn fold_email(email: &str) -> String {
    email.trim().to_lowercase()
}

/// Who has an e-mail address, the first added when several have; none when nobody.
///
/// # Errors
/// A fault when the store fails.
pub fn find_by_email(tx: &mut Tx<'_>, email: &str) -> Result<Option<PersonId>, Failure> {
    let row = tx.row(&statements::FIND_PERSON_BY_EMAIL, &[fold_email(email).into()])?;
    Ok(row.map(|row| row.parsed("id")).transpose()?)
}

/// A person's name; none when there is no such person.
pub fn find_name(tx: &mut Tx<'_>, person: &PersonId) -> Result<Option<String>, StoreFault> {
    let row = tx.row(&statements::FIND_PERSON, &[person.as_str().into()])?;
    row.map(|row| Ok(full_name(&row.text("given")?, &row.text("family")?)))
        .transpose()
}

/// Every role a person holds, held or will hold.
pub fn list_grants(tx: &mut Tx<'_>, person: &PersonId) -> Result<Vec<Grant>, StoreFault> {
    tx.rows(&statements::LIST_GRANTS_OF_PERSON, &[person.as_str().into()])?
        .iter()
        .map(read_grant)
        .collect()
}

pub(crate) fn read_grant(row: &Row) -> Result<Grant, StoreFault> {
    Ok(Grant {
        id: row.parsed("id")?,
        role: row.parsed("role")?,
        centre: row.optional_parsed("centre")?,
        from: row.parsed("from_on")?,
        until: row.optional_parsed("until_on")?,
        countersigned: row.truth("countersigned")?,
    })
}

/// Whether `actor` may see and look after a person with these roles: the administrator everybody, a coordinator those of
/// the own centres.
pub(crate) fn may_look_after(actor: &Actor, grants: &[Grant]) -> bool {
    actor.is(Role::Administrator)
        || grants.iter().any(|grant| {
            grant
                .centre
                .as_ref()
                .is_some_and(|centre| actor.is_at(Role::Coordinator, centre))
        })
}

/// The person's roles, if the caller may look after them.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is nobody, or the caller may not see them.
pub(crate) fn require_in_care(asking: &mut Asking<'_, '_>, person: &PersonId) -> Result<Vec<Grant>, Failure> {
    let actor = asking.actor()?.clone();
    let row = asking
        .tx
        .row(&statements::FIND_PERSON, &[person.as_str().into()])?;
    if row.is_none_or(|row| row.truth("erased").unwrap_or(true)) {
        return Err(Failure::NotFound);
    }
    let grants = list_grants(asking.tx, person)?;
    if may_look_after(&actor, &grants) {
        Ok(grants)
    } else {
        Err(Failure::NotFound)
    }
}

/// As [`require_in_care`], for acts by which one could sign in as the person (a link, another e-mail address): a
/// coordinator does them only for people whose every role is at the coordinator's own centres, because the person's account
/// would open more than the coordinator may see.
///
/// # Errors
/// `SignInNeeded`; `NotFound`.
pub(crate) fn require_in_sole_care(
    asking: &mut Asking<'_, '_>,
    person: &PersonId,
) -> Result<Vec<Grant>, Failure> {
    let grants = require_in_care(asking, person)?;
    let actor = asking.actor()?;
    let own = |grant: &Grant| {
        grant
            .centre
            .as_ref()
            .is_some_and(|centre| actor.is_at(Role::Coordinator, centre))
            && (grant.role != Role::Coordinator || *person == actor.person)
    };
    if actor.is(Role::Administrator) || grants.iter().all(own) {
        Ok(grants)
    } else {
        Err(Failure::NotFound)
    }
}
