//! Connections for reading: opened when needed, kept for the next reader, never more than a few.

use super::{Connection, Database};
use crate::StoreFault;
use std::sync::{Arc, Condvar, Mutex, PoisonError};

/// How many reads run at once; more wait their turn.
const READERS: usize = 8;

struct State {
    idle: Vec<Box<dyn Connection>>,
    open: usize,
}

pub(crate) struct Pool {
    database: Arc<dyn Database>,
    state: Mutex<State>,
    returned: Condvar,
}

impl Pool {
    pub fn new(database: Arc<dyn Database>) -> Pool {
        Pool {
            database,
            state: Mutex::new(State {
                idle: Vec::new(),
                open: 0,
            }),
            returned: Condvar::new(),
        }
    }

    /// A connection inside a read transaction. Waits while all are in use.
    ///
    /// Errors: no connection can be opened.
    pub fn begin(&self) -> Result<Reader<'_>, StoreFault> {
        let kept = self.take();
        // The reader holds the connection from the start: a panic then finds it where it can be closed.
        let mut reader = Reader {
            pool: self,
            connection: kept,
        };
        if let Some(connection) = reader.connection() {
            if connection.begin_read().is_ok() {
                return Ok(reader);
            }
            // It was closed from the other end meanwhile; a new one takes its place.
            reader.connection = None;
        }
        reader.connection.insert(self.database.reader()?).begin_read()?;
        Ok(reader)
    }

    /// An idle connection, or the right to open one.
    fn take(&self) -> Option<Box<dyn Connection>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(connection) = state.idle.pop() {
                return Some(connection);
            }
            if state.open < READERS {
                state.open += 1;
                return None;
            }
            state = self.returned.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
    }

    fn put(&self, connection: Option<Box<dyn Connection>>) {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        match connection {
            Some(connection) => state.idle.push(connection),
            None => state.open -= 1,
        }
        drop(state);
        self.returned.notify_one();
    }

    /// Takes all idle connections, to close them where closing is allowed.
    pub fn drain(&self) -> Vec<Box<dyn Connection>> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        state.open -= state.idle.len();
        std::mem::take(&mut state.idle)
    }
}

/// A read transaction; ends when dropped, also when the reader panicked.
pub(crate) struct Reader<'p> {
    pool: &'p Pool,
    connection: Option<Box<dyn Connection>>,
}

impl Reader<'_> {
    /// The connection; none only after it was lost.
    pub fn connection(&mut self) -> Option<&mut (dyn Connection + 'static)> {
        self.connection.as_deref_mut()
    }
}

impl Drop for Reader<'_> {
    fn drop(&mut self) {
        let held = self.connection.take();
        if std::thread::panicking() {
            // Perhaps the panic is PostgreSQL's client refusing to run under async code; it would refuse to be closed
            // here as well, and a panic within a panic ends the program.
            let _ = crate::store::apart(move || {
                drop(held);
                Ok(())
            });
            self.pool.put(None);
            return;
        }
        let connection = held.and_then(|mut connection| {
            connection.rollback();
            connection.take_failure();
            connection.usable().then_some(connection)
        });
        self.pool.put(connection);
    }
}
