//! What every route shares, and the crossing from async to the synchronous core.

use crate::client::Turns;
use crate::clock::Clock;
use crate::fresh::RandomFresh;
use crate::once::Once;
use crate::settings::Settings;
use assay_app::{Acting, App, Asking, Caller, Failure};
use assay_domain::{Fresh, Moment};
use std::any::Any;
use std::sync::Arc;
use tokio::sync::Semaphore;

/// How many certificates one address may check in a row; enough for a pile of applications.
const CHECKS_AT_ONCE: u32 = 20;
/// After how many seconds it may check one more.
const CHECK_SECONDS: u32 = 6;

/// How many wrong passwords may come from one address in a row: a room of learners behind one connection mistypes often.
const SIGN_INS_AT_ONCE: u32 = 40;
/// After how many seconds one more may come. Each account has its own lock besides.
const SIGN_IN_SECONDS: u32 = 15;

/// Makes a supply of fresh ids for one act.
pub type FreshSource = Box<dyn Fn() -> Box<dyn Fresh + Send> + Send + Sync>;

/// The shared state: cheap to clone.
#[derive(Clone)]
pub struct AppState {
    inner: Arc<Inner>,
}

struct Inner {
    app: App,
    settings: Settings,
    clock: Box<dyn Clock>,
    fresh: FreshSource,
    passwords: Semaphore,
    once: Once,
    checks: Turns,
    sign_ins: Turns,
    /// True when the public address is https: cookies are then `Secure` and carry the `__Host-` prefix.
    https: bool,
}

impl AppState {
    /// The state of the real program: random ids, the given clock.
    pub fn new(app: App, settings: Settings, clock: impl Clock + 'static) -> Self {
        Self::with_fresh(app, settings, clock, Box::new(|| Box::new(RandomFresh)))
    }

    /// As [`AppState::new`] with a chosen supply of ids, for tests and worlds that come out the same each time.
    pub fn with_fresh(app: App, settings: Settings, clock: impl Clock + 'static, fresh: FreshSource) -> Self {
        let https = app.surroundings().public_address.starts_with("https://");
        let passwords = Semaphore::new(settings.passwords_at_once.max(1));
        AppState {
            inner: Arc::new(Inner {
                app,
                settings,
                clock: Box::new(clock),
                fresh,
                passwords,
                once: Once::default(),
                checks: Turns::new(CHECKS_AT_ONCE, CHECK_SECONDS),
                sign_ins: Turns::new(SIGN_INS_AT_ONCE, SIGN_IN_SECONDS),
                https,
            }),
        }
    }

    pub fn app(&self) -> &App {
        &self.inner.app
    }

    pub fn settings(&self) -> &Settings {
        &self.inner.settings
    }

    pub fn https(&self) -> bool {
        self.inner.https
    }

    /// How often an address may check certificates.
    pub(crate) fn checks(&self) -> &Turns {
        &self.inner.checks
    }

    /// How often an address may try a password or ask for a link.
    pub(crate) fn sign_ins(&self) -> &Turns {
        &self.inner.sign_ins
    }

    pub(crate) fn once(&self) -> &Once {
        &self.inner.once
    }

    /// The present moment in the installation's time zone.
    pub fn moment(&self) -> Moment {
        Moment::new(self.inner.clock.now(), &self.inner.app.surroundings().zone)
    }

    /// A supply of fresh ids for one act.
    pub fn fresh(&self) -> Box<dyn Fresh + Send> {
        (self.inner.fresh)()
    }

    /// Runs a command. What it records is durable when this answers `Ok`.
    ///
    /// # Errors
    /// What the command answers; [`Failure::Fault`] when the store fails or the command panics.
    pub fn act<T, F>(
        &self,
        caller: Caller,
        command: F,
    ) -> impl Future<Output = Result<T, Failure>> + use<T, F>
    where
        T: Send + 'static,
        F: FnOnce(&mut Acting<'_, '_>) -> Result<T, Failure> + Send + 'static,
    {
        let app = self.inner.app.clone();
        let fresh = self.fresh();
        cross(move || app.act(caller, fresh, command))
    }

    /// Runs a query in one read transaction.
    ///
    /// # Errors
    /// What the query answers; [`Failure::Fault`] when the store fails or the query panics.
    pub fn ask<T, F>(&self, caller: &Caller, query: F) -> impl Future<Output = Result<T, Failure>> + use<T, F>
    where
        T: Send + 'static,
        F: FnOnce(&mut Asking<'_, '_>) -> Result<T, Failure> + Send + 'static,
    {
        let app = self.inner.app.clone();
        let caller = caller.clone();
        cross(move || app.ask(&caller, query))
    }

    /// Runs what takes long and holds no transaction: reading a document, drawing a PDF.
    ///
    /// # Errors
    /// What the work answers; [`Failure::Fault`] when it panics.
    pub fn work<T, F>(&self, work: F) -> impl Future<Output = Result<T, Failure>> + use<T, F>
    where
        T: Send + 'static,
        F: FnOnce(&App) -> Result<T, Failure> + Send + 'static,
    {
        let app = self.inner.app.clone();
        cross(move || work(&app))
    }

    /// Hashes or verifies a password: at most a few at a time, because each takes much memory on purpose.
    ///
    /// # Errors
    /// What the work answers; [`Failure::Fault`] when it panics or the program is stopping.
    pub async fn password<T, F>(&self, work: F) -> Result<T, Failure>
    where
        T: Send + 'static,
        F: FnOnce() -> Result<T, Failure> + Send + 'static,
    {
        let _turn = self
            .inner
            .passwords
            .acquire()
            .await
            .map_err(|_| Failure::Fault("the program is stopping".into()))?;
        cross(work).await
    }
}

/// Work on its way to another thread, with its answer. Boxed, so that what the runtime needs for a task is compiled once and not for
/// each of some hundreds of calls: that is a third of what this crate is otherwise.
type Work = Box<dyn FnOnce() -> Box<dyn Any + Send> + Send>;

fn cross<T, F>(work: F) -> impl Future<Output = Result<T, Failure>> + use<T, F>
where
    T: Send + 'static,
    F: FnOnce() -> Result<T, Failure> + Send + 'static,
{
    let away = tokio::task::spawn_blocking(Box::new(move || Box::new(work()) as Box<dyn Any + Send>) as Work);
    async move {
        let answer = away.await.ok().and_then(|answer| answer.downcast().ok());
        answer.map_or_else(
            || Err(Failure::Fault("the work was cut off or panicked".into())),
            |answer| *answer,
        )
    }
}
