//! A question under way: one read transaction, who asks, and when.

use crate::{App, Caller, Failure};
use assay_domain::id::PersonId;
use assay_domain::policy::Policy;
use assay_domain::{Actor, Grant};
use assay_store::{Tx, statements};

/// A question under way. Made by [`App::ask`].
pub struct Asking<'a, 't> {
    pub app: &'a App,
    pub tx: &'a mut Tx<'t>,
    pub caller: Caller,
    pub actor: Option<Actor>,
}

impl<'a, 't> Asking<'a, 't> {
    pub(crate) fn begin(app: &'a App, tx: &'a mut Tx<'t>, caller: &Caller) -> Result<Self, Failure> {
        let actor = load_actor(tx, caller)?;
        Ok(Asking {
            app,
            tx,
            caller: caller.clone(),
            actor,
        })
    }

    pub fn today(&self) -> jiff::civil::Date {
        self.caller.moment.today
    }

    /// The policy in force today.
    pub fn policy(&self) -> Policy<'a> {
        self.app.surroundings().profile.on(self.caller.moment.today)
    }

    /// The person who asks, with today's roles.
    ///
    /// # Errors
    /// `SignInNeeded` when nobody is signed in.
    pub fn actor(&self) -> Result<&Actor, Failure> {
        self.actor.as_ref().ok_or(Failure::SignInNeeded)
    }

    /// The id of the person who asks.
    ///
    /// # Errors
    /// `SignInNeeded` when nobody is signed in.
    pub fn person(&self) -> Result<PersonId, Failure> {
        Ok(self.actor()?.person.clone())
    }
}

/// The caller's standing on the day: the roles they hold then. Read in the same transaction as everything else, so
/// that a role that has ended is gone at once.
pub(crate) fn load_actor(tx: &mut Tx<'_>, caller: &Caller) -> Result<Option<Actor>, Failure> {
    let Some(person) = &caller.person else {
        return Ok(None);
    };
    let mut grants = Vec::new();
    for row in tx.rows(
        &statements::people::LIST_GRANTS_OF_PERSON,
        &[person.as_str().into()],
    )? {
        let centre = row.optional_parsed("centre")?;
        let grant = Grant {
            id: row.parsed("id")?,
            role: row.parsed("role")?,
            centre,
            from: row.parsed("from_on")?,
            until: row.optional_parsed("until_on")?,
            countersigned: row.truth("countersigned")?,
        };
        if grant.held_on(caller.moment.today) {
            grants.push(grant);
        }
    }
    Ok(Some(Actor {
        person: person.clone(),
        via: caller.via,
        grants,
    }))
}
