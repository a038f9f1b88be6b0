//! Rebuilding every derived table from the ledger, to the same rows.

use crate::ledger::rows::{Compared, Comparison};
use crate::{App, Failure, derive};
use assay_domain::fact::Entry;
use assay_store::{Tx, ledger, rebuild};
use jiff::Timestamp;

/// What a rebuild found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rebuilt {
    /// Entries applied.
    pub entries: u64,
    /// Tables whose rows differ from what stood there before, with their names; empty when all was as it should be.
    pub differing: Vec<String>,
}

/// Empties the derived tables and applies every entry again, in one transaction: a crash leaves the tables as they were.
/// With `check_only` everything is rolled back in the end. `progress` is told the number of entries applied.
///
/// # Errors
/// A fault when an entry cannot be read or applied; then nothing has changed.
pub fn run(app: &App, check_only: bool, progress: impl Fn(u64) + Send + 'static) -> Result<Rebuilt, Failure> {
    let outcome = app
        .store()
        .command(move |tx: &mut Tx<'_>| -> Result<Rebuilt, Stopped> {
            let rebuilt = replay(tx, &progress)?;
            if check_only {
                Err(Stopped::RolledBack(rebuilt))
            } else {
                Ok(rebuilt)
            }
        });
    match outcome {
        Ok(rebuilt) | Err(Stopped::RolledBack(rebuilt)) => Ok(rebuilt),
        Err(Stopped::Failed(failure)) => Err(failure),
    }
}

/// Derives every table anew in a transaction that is undone in the end, and answers what came out otherwise than it stood.
///
/// # Errors
/// A fault when an entry cannot be read or applied.
pub(crate) fn anew(app: &App, progress: impl Fn(u64) + Send + 'static) -> Result<Compared, Failure> {
    let outcome = app.store().command(move |tx: &mut Tx<'_>| -> Result<(), Undone> {
        let before = Comparison::begin(tx)?;
        rebuild::empty_derived(tx)?;
        apply_all(tx, &progress)?;
        let compared = before.end(tx)?;
        Err(Undone::Compared(compared))
    });
    match outcome {
        Err(Undone::Compared(compared)) => Ok(compared),
        Err(Undone::Failed(failure)) => Err(failure),
        Ok(()) => Err(Failure::Fault("a comparison was kept".into())),
    }
}

/// When the last act of the ledger was recorded; none in an empty one.
///
/// # Errors
/// A fault when the entry cannot be read.
pub fn last_act_at(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, Failure> {
    let Some(last) = ledger::size(tx)?.checked_sub(1) else {
        return Ok(None);
    };
    let last = i64::try_from(last).map_err(|error| Failure::Fault(error.to_string()))?;
    let Some(kept) = ledger::entries(tx, last, 1)?.pop() else {
        return Ok(None);
    };
    let unreadable = |why: String| Failure::Fault(format!("entry {last} cannot be read: {why}"));
    let entry = Entry::read(&kept.bytes).map_err(|error| unreadable(error.to_string()))?;
    let at = entry.at.parse::<Timestamp>();
    at.map(Some).map_err(|error| unreadable(error.to_string()))
}

enum Stopped {
    RolledBack(Rebuilt),
    Failed(Failure),
}

impl From<assay_store::StoreFault> for Stopped {
    fn from(fault: assay_store::StoreFault) -> Self {
        Stopped::Failed(fault.into())
    }
}

/// How a transaction ends that is always undone.
enum Undone {
    Compared(Compared),
    Failed(Failure),
}

impl From<assay_store::StoreFault> for Undone {
    fn from(fault: assay_store::StoreFault) -> Self {
        Undone::Failed(fault.into())
    }
}
impl From<Stopped> for Undone {
    fn from(stopped: Stopped) -> Self {
        match stopped {
            Stopped::Failed(failure) => Undone::Failed(failure),
            Stopped::RolledBack(_) => Undone::Failed(Failure::Fault("undone too early".into())),
        }
    }
}

/// How many entries are read at a time.
const STRIDE: u32 = 1000;

fn replay(tx: &mut Tx<'_>, progress: &dyn Fn(u64)) -> Result<Rebuilt, Stopped> {
    let before = rebuild::digest_derived(tx)?;
    rebuild::empty_derived(tx)?;
    let applied = apply_all(tx, progress)?;
    let after = rebuild::digest_derived(tx)?;
    let differing = before
        .iter()
        .zip(&after)
        .filter(|(old, new)| old != new)
        .map(|(old, _)| old.table.to_string())
        .collect();
    Ok(Rebuilt {
        entries: applied,
        differing,
    })
}

/// Applies every entry in order; answers how many.
fn apply_all(tx: &mut Tx<'_>, progress: &dyn Fn(u64)) -> Result<u64, Stopped> {
    let mut next = 0;
    let mut applied = 0;
    loop {
        let entries = ledger::entries(tx, next, STRIDE)?;
        let Some(last) = entries.last() else { break };
        next = last.sequence + 1;
        for kept in &entries {
            let entry = Entry::read(&kept.bytes).map_err(|error| {
                Stopped::Failed(Failure::Fault(format!(
                    "entry {} cannot be read: {error}",
                    kept.sequence
                )))
            })?;
            derive::apply(tx, kept.sequence, &entry)?;
            applied += 1;
        }
        progress(applied);
    }
    Ok(applied)
}
