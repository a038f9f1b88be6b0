//! Lets people act on days gone by: each act is the real act, with its own person and moment.

use crate::failure::Stopped;
use assay_app::{Acting, App, Caller, Failure};
use assay_domain::fresh::Counted;
use assay_domain::id::PersonId;
use assay_domain::{Fresh, Moment, Via};
use jiff::Timestamp;
use jiff::civil::Date;
use std::sync::{Arc, Mutex, PoisonError};

/// The demonstration's day: 14 October 2019, half past nine in London.
pub const TODAY: Date = jiff::civil::date(2019, 10, 14);

/// Ids and salts for the whole play, counted from one seed.
#[derive(Clone)]
struct Shared(Arc<Mutex<Counted>>);

impl Fresh for Shared {
    fn tail(&mut self) -> String {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).tail()
    }
    fn salt(&mut self) -> [u8; 32] {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).salt()
    }
}

/// The director: an application, and a supply of ids that comes out the same each time.
pub struct Director {
    pub app: App,
    fresh: Shared,
    /// Minutes past nine of the next act, so that the acts of a day follow each other.
    minute: std::cell::Cell<(Date, i64)>,
}

impl Director {
    pub fn new(app: App, seed: u64) -> Director {
        Director {
            app,
            fresh: Shared(Arc::new(Mutex::new(Counted::from_seed(seed)))),
            minute: std::cell::Cell::new((TODAY, 0)),
        }
    }

    /// The moment at which the demonstration is opened.
    pub fn opening(&self) -> Timestamp {
        self.at(TODAY, 30)
    }

    fn at(&self, day: Date, minute: i64) -> Timestamp {
        let zone = &self.app.surroundings().zone;
        let minute = minute.clamp(0, 14 * 60);
        let time = day
            .at(9, 0, 0, 0)
            .saturating_add(jiff::SignedDuration::from_mins(minute));
        zone.to_timestamp(time).unwrap_or(Timestamp::UNIX_EPOCH)
    }

    /// The next moment of a day: acts on one day are a minute or so apart. On the demonstration's own day they lie before
    /// its opening.
    fn moment(&self, day: Date) -> Moment {
        let (last, minute) = self.minute.get();
        let minute = if last == day { minute + 1 } else { 0 };
        self.minute.set((day, minute));
        let at = if day == TODAY {
            self.at(day, minute.min(29))
        } else {
            self.at(day, minute)
        };
        Moment::new(at, &self.app.surroundings().zone)
    }

    /// Somebody acts on a day.
    ///
    /// # Errors
    /// What the act answers; the play is written so that none is refused.
    pub fn act<T, F>(&self, person: Option<&PersonId>, day: Date, command: F) -> Result<T, Stopped>
    where
        T: Send + 'static,
        F: FnOnce(&mut Acting<'_, '_>) -> Result<T, Failure> + Send + 'static,
    {
        let via = if person.is_some() { Via::Page } else { Via::Command };
        let caller = Caller {
            person: person.cloned(),
            via,
            moment: self.moment(day),
        };
        Ok(self.app.act(caller, Box::new(self.fresh.clone()), command)?)
    }

    /// The kept form of a password.
    ///
    /// # Errors
    /// The hashing fails.
    pub fn hash(&self, password: &str) -> Result<String, Stopped> {
        Ok(assay_app::account::password::hash(
            password,
            &mut self.fresh.clone(),
        )?)
    }

    /// Does what a person's act needs beforehand, outside the act itself: printing a certificate.
    ///
    /// # Errors
    /// What the preparation answers.
    pub fn prepare<T>(
        &self,
        person: &PersonId,
        day: Date,
        prepare: impl FnOnce(&App, &Caller, &mut dyn Fresh) -> Result<T, Failure>,
    ) -> Result<T, Stopped> {
        let caller = Caller {
            person: Some(person.clone()),
            via: Via::Page,
            moment: self.moment(day),
        };
        Ok(prepare(&self.app, &caller, &mut self.fresh.clone())?)
    }

    /// The supply of ids, for what is recorded outside of [`Director::act`].
    pub fn fresh(&self) -> Box<dyn Fresh + Send> {
        Box::new(self.fresh.clone())
    }

    /// A caller for questions on the demonstration's day.
    pub fn caller(&self, person: Option<&PersonId>) -> Caller {
        let moment = Moment::new(self.opening(), &self.app.surroundings().zone);
        Caller {
            person: person.cloned(),
            via: Via::Command,
            moment,
        }
    }
}
