//! Finding people by how a name or an e-mail address begins.

use super::{full_name, list_grants};
use crate::{Asking, Failure};
use assay_domain::Role;
use assay_domain::id::{CentreId, PersonId};
use assay_store::statements::people as statements;

/// How many people stand on a page.
pub const PAGE: i64 = 25;

/// Which people are wanted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Beginnings of names or of an e-mail address; at most two words count.
    pub q: String,
    pub role: Option<Role>,
    pub centre: Option<CentreId>,
    /// From 1.
    pub page: u32,
}

/// One person of a list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct PersonLine {
    #[schema(value_type = String)]
    pub person: PersonId,
    pub name: String,
    pub email: Option<String>,
    /// Roles held today, as stored words.
    pub roles: Vec<Role>,
    /// True for an assessor in training.
    pub in_training: bool,
}

/// A page of people.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct PeoplePage {
    /// Whose people are shown; none when they are everybody.
    pub centre: Option<CentreId>,
    pub people: Vec<PersonLine>,
    /// From 1.
    pub page: u32,
    /// How many people there are on a page.
    pub size: u32,
    /// How many there are in all; counting stops at 10,000, and at 2,000 for a search.
    pub total: u64,
}

/// The people that the caller may see, in the order of their names.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller is neither administrator nor coordinator, or asks for a centre that is not
/// their own.
pub fn run(asking: &mut Asking<'_, '_>, wanted: &Wanted) -> Result<PeoplePage, Failure> {
    let actor = asking.actor()?.clone();
    let centre = if actor.is(Role::Administrator) {
        wanted.centre.clone()
    } else {
        let own = actor.centres_as(Role::Coordinator);
        match &wanted.centre {
            Some(centre) if own.contains(centre) => Some(centre.clone()),
            Some(_) => return Err(Failure::NotFound),
            None => Some(own.first().cloned().ok_or(Failure::NotFound)?),
        }
    };
    let role = wanted.role.map(Role::as_str).unwrap_or_default();
    let words: Vec<String> = wanted
        .q
        .split_whitespace()
        .map(str::to_lowercase)
        .take(2)
        .collect();
    let page = wanted.page.clamp(1, 400);
    let offset = i64::from(page - 1) * PAGE;
    let (from, to) = stretch(words.first().map(String::as_str));
    let (more_from, more_to) = stretch(words.get(1).map(String::as_str));
    let (rows, counted) = match (words.is_empty(), &centre) {
        // Learners are many: their names are gone through in order, and the first page is soon full. Everybody else is few.
        (true, None) if wanted.role.is_some_and(|role| role != Role::Learner) => (
            asking.tx.rows(
                &statements::LIST_PEOPLE_WITH_ROLE,
                &[role.into(), PAGE.into(), offset.into()],
            )?,
            asking
                .tx
                .row(&statements::COUNT_PEOPLE_WITH_ROLE, &[role.into()])?,
        ),
        (true, None) => (
            asking.tx.rows(
                &statements::LIST_PEOPLE,
                &[role.into(), PAGE.into(), offset.into()],
            )?,
            asking.tx.row(&statements::COUNT_PEOPLE, &[role.into()])?,
        ),
        (true, Some(centre)) => (
            asking.tx.rows(
                &statements::LIST_PEOPLE_AT,
                &[role.into(), PAGE.into(), offset.into(), centre.as_str().into()],
            )?,
            asking.tx.row(
                &statements::COUNT_PEOPLE_AT,
                &[role.into(), centre.as_str().into()],
            )?,
        ),
        (false, None) => (
            asking.tx.rows(
                &statements::SEARCH_PEOPLE,
                &[
                    role.into(),
                    from.as_str().into(),
                    to.as_str().into(),
                    more_from.as_str().into(),
                    more_to.as_str().into(),
                    PAGE.into(),
                    offset.into(),
                ],
            )?,
            asking.tx.row(
                &statements::COUNT_FOUND_PEOPLE,
                &[
                    role.into(),
                    from.into(),
                    to.into(),
                    more_from.into(),
                    more_to.into(),
                ],
            )?,
        ),
        (false, Some(centre)) => (
            asking.tx.rows(
                &statements::SEARCH_PEOPLE_AT,
                &[
                    role.into(),
                    from.as_str().into(),
                    to.as_str().into(),
                    more_from.as_str().into(),
                    more_to.as_str().into(),
                    PAGE.into(),
                    offset.into(),
                    centre.as_str().into(),
                ],
            )?,
            asking.tx.row(
                &statements::COUNT_FOUND_PEOPLE_AT,
                &[
                    role.into(),
                    from.into(),
                    to.into(),
                    more_from.into(),
                    more_to.into(),
                    centre.as_str().into(),
                ],
            )?,
        ),
    };
    let total = counted.map(|row| row.int("people")).transpose()?.unwrap_or(0);
    let today = asking.today();
    let mut people = Vec::with_capacity(rows.len());
    for row in rows {
        let person: PersonId = row.parsed("id")?;
        let grants = list_grants(asking.tx, &person)?;
        let held = || grants.iter().filter(|grant| grant.held_on(today));
        let mut roles: Vec<Role> = held().map(|grant| grant.role).collect();
        roles.sort_unstable();
        roles.dedup();
        people.push(PersonLine {
            name: full_name(&row.text("given")?, &row.text("family")?),
            email: row.optional_text("email")?,
            in_training: held().any(|grant| grant.countersigned),
            roles,
            person,
        });
    }
    Ok(PeoplePage {
        centre,
        people,
        page,
        size: u32::try_from(PAGE).unwrap_or(u32::MAX),
        total: u64::try_from(total).unwrap_or(0),
    })
}

/// The stretch of words that begin so: from the beginning itself to below the first text that no longer begins so. No
/// beginning spans everything.
fn stretch(beginning: Option<&str>) -> (String, String) {
    let from = beginning.unwrap_or_default().to_owned();
    let to = format!("{from}\u{10ffff}");
    (from, to)
}
