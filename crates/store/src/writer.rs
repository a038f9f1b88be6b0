//! Group commit: one thread owns the writing connection, takes the commands that are waiting, gives each its savepoint,
//! commits them together and only then answers them.
//!
//! What a crash leaves behind: before the commit, nothing of the batch, and nobody was told otherwise; after it, all of
//! the batch, of which some callers may not have heard. An answer is therefore a promise, and silence is not a refusal.

use crate::engine::{Connection, Database};
use crate::{StoreFault, Tx};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{JoinHandle, ThreadId};

/// How many commands share a commit at most.
const BATCH: usize = 256;

/// What runs in the transaction: true when it wants its writes kept. What it has to say is put by for the caller, who waits, so that
/// the way through the writer is compiled once and not for every kind of answer.
type Act = Box<dyn FnOnce(&mut Tx<'_>) -> bool + Send>;

/// A command on its way through the writer.
struct Job {
    act: Option<Act>,
    /// Where the caller waits: for the fault, or none when what the command said holds.
    caller: SyncSender<Option<StoreFault>>,
}

impl Job {
    /// Runs the command; true when it wants its writes kept.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        self.act.take().is_some_and(|act| act(tx))
    }

    /// Answers the caller: with the fault, or else that what the command said holds.
    fn answer(self, fault: Option<StoreFault>) {
        // A caller that has gone away needs no answer.
        let _ = self.caller.send(fault);
    }
}

/// The writing thread. Stops when dropped, after the commands that were already waiting.
pub(crate) struct Writer {
    commands: Option<Sender<Job>>,
    thread: Option<JoinHandle<()>>,
    id: ThreadId,
}

impl Writer {
    /// Starts the thread with a connection that is already migrated.
    pub fn start(database: Arc<dyn Database>, connection: Box<dyn Connection>) -> Result<Writer, StoreFault> {
        let (commands, waiting) = channel();
        let thread = std::thread::Builder::new()
            .name("assay-writer".to_owned())
            .spawn(move || write(database.as_ref(), connection, &waiting))
            .map_err(|error| StoreFault::Open(format!("the writer cannot start: {error}")))?;
        let id = thread.thread().id();
        Ok(Writer {
            commands: Some(commands),
            thread: Some(thread),
            id,
        })
    }

    /// Hands a command to the writer and waits until it is committed or undone.
    ///
    /// Errors: what the command says; a fault of the engine; a command inside a command, which would wait for itself.
    pub fn command<T, E, F>(&self, act: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StoreFault> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let said = Arc::new(Mutex::new(None));
        let put_by = Arc::clone(&said);
        self.carry(Box::new(move |tx| {
            let answer = act(tx);
            let keep = answer.is_ok();
            *put_by.lock().unwrap_or_else(PoisonError::into_inner) = Some(answer);
            keep
        }))?;
        let said = said.lock().unwrap_or_else(PoisonError::into_inner).take();
        said.unwrap_or_else(|| Err(StoreFault::Stopped.into()))
    }

    /// Has a command run and waits; a fault when what it said does not hold.
    fn carry(&self, act: Act) -> Result<(), StoreFault> {
        if std::thread::current().id() == self.id {
            let why = "a command was given inside a command".to_owned();
            return Err(StoreFault::Engine {
                statement: "command",
                why,
            });
        }
        let commands = self.commands.as_ref().ok_or(StoreFault::Stopped)?;
        let (caller, answer) = sync_channel(1);
        let act = Some(act);
        commands
            .send(Job { act, caller })
            .map_err(|_| StoreFault::Stopped)?;
        answer
            .recv()
            .map_err(|_| StoreFault::Stopped)?
            .map_or(Ok(()), Err)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        drop(self.commands.take());
        if let Some(thread) = self.thread.take()
            // The last holder of a store may be a command, and a thread cannot wait for itself.
            && std::thread::current().id() != self.id
        {
            let _ = thread.join();
        }
    }
}

fn write(database: &dyn Database, mut connection: Box<dyn Connection>, waiting: &Receiver<Job>) {
    while let Ok(first) = waiting.recv() {
        let mut batch = vec![first];
        batch.extend(waiting.try_iter().take(BATCH - 1));
        if let Err(fault) = begin(database, &mut connection) {
            for job in batch {
                job.answer(Some(fault.clone()));
            }
            continue;
        }
        commit(connection.as_mut(), batch);
    }
}

/// Begins a batch; a connection that was lost while nothing was going on is opened again.
fn begin(database: &dyn Database, connection: &mut Box<dyn Connection>) -> Result<(), StoreFault> {
    let begun = connection.begin_write();
    if begun.is_ok() || connection.usable() {
        return begun;
    }
    *connection = database.writer()?;
    connection.begin_write()
}

/// Runs a batch inside the transaction that was begun, commits it and answers everybody.
fn commit(connection: &mut dyn Connection, batch: Vec<Job>) {
    let mut done: Vec<(Job, Option<StoreFault>)> = Vec::with_capacity(batch.len());
    for mut job in batch {
        if !connection.in_transaction() {
            // The transaction was taken away under the commands so far (a full disk, a lost connection): nothing of them
            // is stored. The others start afresh.
            let lost = done.last().and_then(|(_, fault)| fault.clone());
            undone(&mut done, lost.unwrap_or(StoreFault::Stopped));
            if let Err(fault) = connection.begin_write() {
                job.answer(Some(fault));
                continue;
            }
        }
        let fault = run(connection, &mut job).err();
        done.push((job, fault));
    }
    if done.is_empty() {
        return;
    }
    let committed = if connection.in_transaction() {
        connection.commit()
    } else {
        Err(done
            .last()
            .and_then(|(_, fault)| fault.clone())
            .unwrap_or(StoreFault::Stopped))
    };
    match committed {
        Ok(()) => {
            for (job, fault) in done {
                job.answer(fault);
            }
        }
        Err(fault) => {
            connection.rollback();
            undone(&mut done, fault);
        }
    }
}

/// Answers commands whose transaction is gone. Those that had said no are told so too: they may have judged by writes
/// that never came to be.
fn undone(done: &mut Vec<(Job, Option<StoreFault>)>, because: StoreFault) {
    for (job, fault) in done.drain(..) {
        job.answer(Some(fault.unwrap_or_else(|| because.clone())));
    }
}

/// Runs one command between its savepoint and its keeping or undoing. A no of the command is not a fault: it has its
/// answer already.
///
/// When the savepoint itself fails nobody can say what would be committed, so the whole transaction is given up.
fn run(connection: &mut dyn Connection, job: &mut Job) -> Result<(), StoreFault> {
    connection.take_failure();
    connection.savepoint().inspect_err(|_| connection.rollback())?;
    let ran = catch_unwind(AssertUnwindSafe(|| job.run(&mut Tx::new(&mut *connection))));
    let failed = connection.take_failure();
    if matches!(ran, Ok(true)) && failed.is_none() {
        return connection.keep().inspect_err(|_| connection.rollback());
    }
    if let Err(fault) = connection.undo() {
        connection.rollback();
        // What failed first is the cause: a full disk ends the transaction, and then its savepoint is missing too.
        return Err(failed.unwrap_or(fault));
    }
    match (ran, failed) {
        (Err(panic), _) => {
            let why = format!("it panicked: {}", said(panic.as_ref()));
            Err(StoreFault::Engine {
                statement: "command",
                why,
            })
        }
        (Ok(true), Some(failed)) => Err(failed),
        (Ok(_), _) => Ok(()),
    }
}

fn said(panic: &(dyn std::any::Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("without a message")
}

#[cfg(test)]
mod tests {
    use crate::scratch::Scratch;
    use crate::{Store, StoreFault, ledger};

    /// Lets the database file grow by no more than this many pages, as a full disk would.
    fn room(store: &Store, pages: i64) {
        store
            .command(move |tx| {
                let mut count = 0;
                tx.engine()
                    .each("test.pages", "PRAGMA page_count", &mut |_, values| {
                        if let [crate::Value::Int(pages)] = values.as_slice() {
                            count = *pages;
                        }
                        Ok(())
                    })?;
                tx.engine()
                    .batch("test.room", &format!("PRAGMA max_page_count = {}", count + pages))
            })
            .unwrap();
    }

    #[test]
    fn a_full_disk_undoes_the_command_and_the_writer_goes_on() {
        let scratch = Scratch::sqlite().unwrap();
        let store = scratch.open().unwrap();
        store.command(|tx| ledger::append(tx, &[vec![1; 100]])).unwrap();
        room(&store, 4);
        let answer = store.command(|tx| ledger::append(tx, &[vec![2; 100_000]]));
        assert!(matches!(answer, Err(StoreFault::DiskFull)), "{answer:?}");
        let swallowed = store.command(|tx| {
            let _ = ledger::append(tx, &[vec![2; 100_000]]);
            Ok::<_, StoreFault>(())
        });
        assert!(matches!(swallowed, Err(StoreFault::DiskFull)), "{swallowed:?}");
        room(&store, 1_000_000);
        assert_eq!(
            store
                .command(|tx| ledger::append(tx, &[vec![3; 100_000]]))
                .unwrap(),
            1..2
        );
    }

    #[test]
    fn when_one_of_many_fills_the_disk_no_answer_is_a_lie() {
        let scratch = Scratch::sqlite().unwrap();
        let store = scratch.open().unwrap();
        room(&store, 60);
        let kept: usize = std::thread::scope(|scope| {
            let callers: Vec<_> = (0..32)
                .map(|caller| {
                    let store = store.clone();
                    scope.spawn(move || {
                        let size = if caller % 4 == 0 { 100_000 } else { 10 };
                        (0..10)
                            .filter(|_| {
                                match store.command(move |tx| ledger::append(tx, &[vec![caller as u8; size]]))
                                {
                                    Ok(_) => true,
                                    Err(StoreFault::DiskFull) => false,
                                    Err(other) => panic!("{other}"),
                                }
                            })
                            .count()
                    })
                })
                .collect();
            callers.into_iter().map(|caller| caller.join().unwrap()).sum()
        });
        let (size, root, anew) = store
            .read(|tx| {
                Ok::<_, StoreFault>((
                    ledger::size(tx)?,
                    ledger::root(tx)?,
                    ledger::root_from_entries(tx)?,
                ))
            })
            .unwrap();
        assert_eq!((size, root), (kept as u64, anew));
        assert!(kept < 320, "the disk was meant to be full");
    }
}
