//! Acts and questions: load, ask the domain, record; each in one transaction. Synchronous.
//!
//! There are two verbs. [`App::act`] runs a command: inside it an [`Acting`] holds the open transaction, the actor with
//! the roles they hold that day, the moment, the policy in force and fresh ids; the command loads its case, asks the
//! domain and hands the [`assay_domain::Decision`] to [`Acting::record`], which is the only door through which anything
//! is written. [`App::ask`] runs a query in one read transaction and answers a view: a plain struct that serves both the
//! JSON API and the page.
//!
//! How to add an act: the rule in `domain`, statements in `store`, a file `noun/verb.rs` here with the input struct
//! (imperative name) and its `run(acting, input)`, rows derived from its facts in `derive/noun.rs`, then a route.

pub mod account;
pub mod acting;
pub mod asking;
pub mod award;
pub mod centre;
pub mod credential;
pub mod derive;
pub mod evidence;
pub mod external_assessment;
pub mod failure;
pub mod founding;
pub mod judgement;
pub mod keys;
pub mod ledger;
pub mod outbox;
pub mod people;
pub mod plan;
pub mod printing;
pub mod profile;
pub mod progress;
pub mod reading;
pub mod rebuild;
pub mod record;
pub mod registration;
pub mod specification;
pub mod submission;
pub mod syllabus;
pub mod trail;
pub mod verification;
pub mod work;

use assay_domain::id::PersonId;
use assay_domain::{Fresh, Moment, Via};
use assay_store::{Store, Tx};
use std::sync::{Arc, Mutex, PoisonError};

pub use acting::Acting;
pub use asking::Asking;
pub use failure::{Complaint, Failure};

/// Who calls, through which door, and when. `person` is none for the installation itself (founding, rebuild).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    pub person: Option<PersonId>,
    pub via: Via,
    pub moment: Moment,
}

/// What the program hands to the application when it starts; everything that touches the world beyond the store.
pub struct Surroundings {
    /// Policy profile in force for the installation, what it extends merged in.
    pub profile: assay_domain::policy::Profile,
    /// Makes certificates and transcripts as PDF.
    pub printer: Box<dyn printing::Printer>,
    /// Reads learners' documents, in a child process in the real program.
    pub reader: Box<dyn reading::DocumentReader>,
    /// The folder of the keys that sign the ledger; none where nothing is signed.
    pub keys: Option<std::path::PathBuf>,
    /// The address at which this installation is reached, without a slash at the end, e.g. `https://assay.example`.
    pub public_address: String,
    /// The installation's time zone.
    pub zone: jiff::tz::TimeZone,
}

/// A command that puts its answer by itself.
type Command = Box<dyn FnOnce(&mut Acting<'_, '_>) -> Result<(), Failure> + Send>;

/// The application: cheap to clone, safe to share between threads.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    store: Store,
    surroundings: Surroundings,
    specifications: specification::Shelf,
    desk: syllabus::Desk,
    signed_lists: credential::publish::SignedLists,
}

impl App {
    pub fn new(store: Store, surroundings: Surroundings) -> App {
        App {
            inner: Arc::new(Inner {
                store,
                surroundings,
                specifications: specification::Shelf::default(),
                desk: syllabus::Desk::default(),
                signed_lists: credential::publish::SignedLists::default(),
            }),
        }
    }

    pub fn store(&self) -> &Store {
        &self.inner.store
    }

    pub fn surroundings(&self) -> &Surroundings {
        &self.inner.surroundings
    }

    /// Runs a command. The closure may run in another thread and is run once; what it records is durable when this
    /// answers `Ok`, and nothing of it is kept when this answers `Err`.
    ///
    /// # Errors
    /// What the command answers; a [`Failure::Fault`] when the store fails.
    pub fn act<T, F>(&self, caller: Caller, fresh: Box<dyn Fresh + Send>, command: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: FnOnce(&mut Acting<'_, '_>) -> Result<T, Failure> + Send + 'static,
    {
        let said = Arc::new(Mutex::new(None));
        let put_by = Arc::clone(&said);
        self.carry_out(
            caller,
            fresh,
            Box::new(move |acting| {
                let answer = command(acting)?;
                *put_by.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
                Ok(())
            }),
        )?;
        let answer = said.lock().unwrap_or_else(PoisonError::into_inner).take();
        answer.ok_or_else(|| Failure::Fault("a command was carried out and said nothing".into()))
    }

    /// What an act has to say is put by, so that the way to the store is compiled once and not for each of some hundreds of acts.
    fn carry_out(
        &self,
        caller: Caller,
        mut fresh: Box<dyn Fresh + Send>,
        command: Command,
    ) -> Result<(), Failure> {
        let app = self.clone();
        self.inner.store.command(move |tx: &mut Tx<'_>| {
            let mut acting = Acting::begin(&app, tx, caller, fresh.as_mut())?;
            command(&mut acting)
        })
    }

    /// Runs a query in one read transaction.
    ///
    /// # Errors
    /// What the query answers; a [`Failure::Fault`] when the store fails.
    pub fn ask<T>(
        &self,
        caller: &Caller,
        query: impl FnOnce(&mut Asking<'_, '_>) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut query = Some(query);
        let mut said = None;
        self.look_up(caller, &mut |asking| {
            said = query.take().map(|query| query(asking))
        })?;
        said.unwrap_or_else(|| Err(Failure::Fault("a query was not asked".into())))
    }

    /// As `carry_out` for queries.
    fn look_up(&self, caller: &Caller, query: &mut dyn FnMut(&mut Asking<'_, '_>)) -> Result<(), Failure> {
        self.inner.store.read(|tx: &mut Tx<'_>| {
            let mut asking = Asking::begin(self, tx, caller)?;
            query(&mut asking);
            Ok(())
        })
    }
}
