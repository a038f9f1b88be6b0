//! Many claims released in one go, as an awarding body does after a board of examiners or when it takes over a centre's records.
//!
//! Each release is an act of its own and durable before the next begins, so it may be stopped at any moment, by a power cut too. Whoever
//! begins again goes on where it was: what was released waits no more, and is neither released nor printed twice.

use super::release;
use crate::{App, Caller, Failure};
use assay_domain::id::ClaimId;
use assay_domain::{Fresh, Refusal, Refusals, Role};
use assay_store::statements::award as statements;

/// How many claims are looked up at once.
const PAGE: i64 = 500;
/// How often a claim is tried whose certificate would say something else once it is printed.
const TRIES: usize = 3;

/// A claim that waits, as an operator knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    pub claim: ClaimId,
    /// The learner's number.
    pub learner_number: String,
    /// Code of the qualification.
    pub qualification: String,
    pub centre_number: String,
}

/// A claim that was left, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Left {
    pub waiting: Waiting,
    pub because: Because,
}

/// Why a claim was left.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Because {
    /// The rules, with every reason.
    Refused(Vec<Refusal>),
    /// Somebody acted in between, in words.
    Disturbed(String),
}

/// How far it is.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    /// Claims that it is about.
    pub total: usize,
    /// Those that were released; where they are only looked at, those that could be.
    pub released: usize,
    pub left: Vec<Left>,
}

impl Batch {
    /// Claims that were looked at.
    pub fn done(&self) -> usize {
        self.released + self.left.len()
    }
}

/// Releases the claims that wait, the oldest first. `caller` and `fresh` are asked anew for each, because a large batch takes hours;
/// `told` hears how far it is after each.
///
/// A claim that the rules refuse, or that somebody else settles in between, is left and holds up no other.
///
/// # Errors
/// What `caller` answers; `SignInNeeded`; `NotFound` unless the caller is a quality manager; a fault. It ends there, and what was released
/// before stays so.
pub fn release_waiting(
    app: &App,
    caller: &dyn Fn() -> Result<Caller, Failure>,
    fresh: &dyn Fn() -> Box<dyn Fresh + Send>,
    told: &mut dyn FnMut(&Batch),
) -> Result<Batch, Failure> {
    go_through(app, caller, told, &mut |claim| {
        let mut tries = 1;
        loop {
            let asker = caller()?;
            let done = release::prepare(app, &asker, fresh().as_mut(), claim)
                .and_then(|prepared| app.act(asker, fresh(), move |acting| release::run(acting, &prepared)));
            match done {
                Err(Failure::Conflict { .. }) if tries < TRIES => tries += 1,
                other => return other.map(|_| ()),
            }
        }
    })
}

/// Looks at the claims that wait, the oldest first, and says which could be released now. Nothing is printed or recorded.
///
/// # Errors
/// As [`release_waiting`].
pub fn look_at_waiting(
    app: &App,
    caller: &dyn Fn() -> Result<Caller, Failure>,
    told: &mut dyn FnMut(&Batch),
) -> Result<Batch, Failure> {
    go_through(app, caller, told, &mut |claim| {
        let seen = app.ask(&caller()?, |asking| release::view(asking, claim))?;
        Refusals(seen.refusals).ok().map_err(Failure::from)
    })
}

fn go_through(
    app: &App,
    caller: &dyn Fn() -> Result<Caller, Failure>,
    told: &mut dyn FnMut(&Batch),
    each: &mut dyn FnMut(&ClaimId) -> Result<(), Failure>,
) -> Result<Batch, Failure> {
    let waiting = waiting(app, &caller()?)?;
    let mut batch = Batch {
        total: waiting.len(),
        ..Batch::default()
    };
    for waiting in waiting {
        let because = match each(&waiting.claim) {
            Ok(()) => None,
            Err(Failure::Refused(Refusals(refusals))) => Some(Because::Refused(refusals)),
            Err(Failure::Conflict { because }) => Some(Because::Disturbed(because)),
            Err(other) => return Err(other),
        };
        match because {
            None => batch.released += 1,
            Some(because) => batch.left.push(Left { waiting, because }),
        }
        told(&batch);
    }
    Ok(batch)
}

/// The claims that wait, the oldest first.
fn waiting(app: &App, caller: &Caller) -> Result<Vec<Waiting>, Failure> {
    app.ask(caller, |asking| {
        if !asking.actor()?.is(Role::QualityManager) {
            return Err(Failure::NotFound);
        }
        let mut waiting = Vec::new();
        loop {
            let offset = i64::try_from(waiting.len()).unwrap_or(i64::MAX);
            let rows = asking
                .tx
                .rows(&statements::LIST_TO_RELEASE, &[PAGE.into(), offset.into()])?;
            for row in &rows {
                waiting.push(Waiting {
                    claim: row.parsed("id")?,
                    learner_number: row.text("number")?,
                    qualification: row.text("qualification")?,
                    centre_number: row.text("centre_number")?,
                });
            }
            if rows.is_empty() {
                return Ok(waiting);
            }
        }
    })
}
