//! A command under way: the open transaction, who acts, when, under which policy, with fresh ids.

use crate::{App, Caller, Failure};
use assay_domain::id::PersonId;
use assay_domain::policy::Policy;
use assay_domain::{Actor, Fresh, Moment};
use assay_store::Tx;

/// A command under way. Made by [`App::act`].
pub struct Acting<'a, 't> {
    pub app: &'a App,
    pub tx: &'a mut Tx<'t>,
    pub caller: Caller,
    pub actor: Option<Actor>,
    pub fresh: &'a mut (dyn Fresh + Send),
    /// The id that all facts of this act share.
    pub act: String,
}

impl<'a, 't> Acting<'a, 't> {
    pub(crate) fn begin(
        app: &'a App,
        tx: &'a mut Tx<'t>,
        caller: Caller,
        fresh: &'a mut (dyn Fresh + Send),
    ) -> Result<Self, Failure> {
        let actor = crate::asking::load_actor(tx, &caller)?;
        let act = format!("act_{}", fresh.tail());
        Ok(Acting {
            app,
            tx,
            caller,
            actor,
            fresh,
            act,
        })
    }

    pub fn moment(&self) -> Moment {
        self.caller.moment
    }

    pub fn today(&self) -> jiff::civil::Date {
        self.caller.moment.today
    }

    /// The policy in force on the day of the act.
    pub fn policy(&self) -> Policy<'a> {
        self.app.surroundings().profile.on(self.caller.moment.today)
    }

    /// The person who acts, with today's roles.
    ///
    /// # Errors
    /// `SignInNeeded` when nobody is signed in.
    pub fn actor(&self) -> Result<&Actor, Failure> {
        self.actor.as_ref().ok_or(Failure::SignInNeeded)
    }

    /// The id of the person who acts.
    ///
    /// # Errors
    /// `SignInNeeded` when nobody is signed in.
    pub fn person(&self) -> Result<PersonId, Failure> {
        Ok(self.actor()?.person.clone())
    }

    /// A query on the same transaction, so that a command can load its case with the questions that pages use.
    pub fn asking(&mut self) -> crate::Asking<'_, 't> {
        crate::Asking {
            app: self.app,
            tx: self.tx,
            caller: self.caller.clone(),
            actor: self.actor.clone(),
        }
    }
}
