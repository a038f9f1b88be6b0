//! The store: two verbs over one database.

use crate::engine::pool::Pool;
use crate::engine::postgres::Postgres;
use crate::engine::sqlite::Sqlite;
use crate::engine::{Connection, Database};
use crate::migration::migrate;
use crate::writer::Writer;
use crate::{Files, StoreFault, Tx};
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub use crate::engine::Engine;

/// Where the tables are.
#[derive(Clone, PartialEq, Eq)]
pub enum StoreConfig {
    /// Nowhere for long: a SQLite file of its own that goes away with the store. For tests and demonstrations.
    Memory,
    /// A SQLite file on a disk of this machine; never on a network file system.
    Sqlite { path: PathBuf },
    /// A PostgreSQL database, `postgres://user:password@host/database`.
    Postgres { url: String },
}

/// The url may hold a password, so it is not shown.
impl std::fmt::Debug for StoreConfig {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            StoreConfig::Memory => f.write_str("Memory"),
            StoreConfig::Sqlite { path } => write!(f, "Sqlite({})", path.display()),
            StoreConfig::Postgres { .. } => f.write_str("Postgres(..)"),
        }
    }
}

/// An open store. Clones share it; it closes with the last one, after the commands that were waiting.
///
/// Everything here blocks. From async code call it on the runtime's blocking pool (`spawn_blocking`), never directly:
/// PostgreSQL's client refuses to run, by a panic, on a thread that is running async code.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    // Dropped in this order: the writer finishes, connections close, the temporary folder goes.
    writer: Option<Writer>,
    readers: Arc<Pool>,
    database: Where,
    files: Files,
    _folder: Option<tempfile::TempDir>,
}

/// The concrete database, for what only one engine can do.
enum Where {
    Sqlite(Arc<Sqlite>),
    Postgres(Arc<Postgres>),
}

impl Store {
    /// Opens the database, brings its schema up to date and opens the folder of evidence files.
    ///
    /// Errors: the database cannot be opened or reached; a newer version of the program wrote it; a migration fails; the
    /// folder of evidence files cannot be written.
    pub fn open(config: &StoreConfig, files: &Path) -> Result<Store, StoreFault> {
        let mut folder = None;
        let place = match config {
            StoreConfig::Memory => {
                let temporary = tempfile::Builder::new()
                    .prefix("assay-")
                    .tempdir()
                    .map_err(|error| StoreFault::Open(format!("no temporary folder can be made: {error}")))?;
                let path = temporary.path().join("assay.db");
                folder = Some(temporary);
                Where::Sqlite(Arc::new(Sqlite::new(path, false)))
            }
            StoreConfig::Sqlite { path } => Where::Sqlite(Arc::new(Sqlite::new(path.clone(), true))),
            StoreConfig::Postgres { url } => Where::Postgres(Arc::new(Postgres::new(url.clone()))),
        };
        let database: Arc<dyn Database> = match &place {
            Where::Sqlite(sqlite) => sqlite.clone(),
            Where::Postgres(postgres) => postgres.clone(),
        };
        let opening = database.clone();
        let connection = apart(move || {
            let mut connection = opening.writer()?;
            migrate(connection.as_mut())?;
            Ok(connection)
        })?;
        let writer = Writer::start(database.clone(), connection)?;
        let inner = Inner {
            writer: Some(writer),
            readers: Arc::new(Pool::new(database)),
            database: place,
            files: Files::open(files)?,
            _folder: folder,
        };
        Ok(Store {
            inner: Arc::new(inner),
        })
    }

    /// Runs queries in one read transaction, on the calling thread. At most eight reads run at once; a read inside a
    /// read takes a second one and can wait for ever when all are taken.
    ///
    /// Errors: what the closure says; no connection can be opened.
    pub fn read<T, E: From<StoreFault>>(&self, f: impl FnOnce(&mut Tx<'_>) -> Result<T, E>) -> Result<T, E> {
        let mut reader = self.inner.readers.begin()?;
        let connection = reader.connection().ok_or(StoreFault::Stopped)?;
        f(&mut Tx::new(connection))
    }

    /// Runs a command on the writer's thread and waits until it is committed, together with others that were waiting.
    /// `Ok` means: on disk. `Err` means that nothing of this command is stored, with one exception that no database can
    /// rule out: when the connection to PostgreSQL is lost during the commit, the answer is a fault and the command may be
    /// stored.
    ///
    /// Errors: what the closure says; a statement failed (also when the closure went on regardless); it panicked; the
    /// commit failed.
    pub fn command<T: Send + 'static, E: From<StoreFault> + Send + 'static>(
        &self,
        f: impl FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    ) -> Result<T, E> {
        match &self.inner.writer {
            Some(writer) => writer.command(f),
            None => Err(StoreFault::Stopped.into()),
        }
    }

    /// The evidence files.
    pub fn files(&self) -> &Files {
        &self.inner.files
    }

    /// Copies the database as it is now into a new file, while others read and write. The evidence files are copied
    /// separately: they never change once written, so copying them after the database misses nothing.
    ///
    /// Errors: the file exists; it cannot be written; the engine is PostgreSQL, which brings its own program for this.
    pub fn backup_to(&self, path: &Path) -> Result<(), StoreFault> {
        match &self.inner.database {
            Where::Sqlite(sqlite) => sqlite.backup_to(path),
            Where::Postgres(_) => Err(StoreFault::Open(
                "a PostgreSQL database is backed up with pg_dump, or by the server's own archiving"
                    .to_owned(),
            )),
        }
    }

    /// Which engine keeps the tables.
    pub fn engine(&self) -> Engine {
        match &self.inner.database {
            Where::Sqlite(sqlite) => sqlite.engine(),
            Where::Postgres(postgres) => postgres.engine(),
        }
    }
}

/// Runs something on a thread of its own and waits: PostgreSQL's client must not be opened or closed on a thread that is
/// running async code, and stores are opened and closed from wherever a program starts and ends.
pub(crate) fn apart<T: Send + 'static>(
    f: impl FnOnce() -> Result<T, StoreFault> + Send + 'static,
) -> Result<T, StoreFault> {
    std::thread::Builder::new()
        .name("assay-store".to_owned())
        .spawn(f)
        .map_err(|error| StoreFault::Open(format!("no thread can be started: {error}")))?
        .join()
        .unwrap_or(Err(StoreFault::Stopped))
}

impl Drop for Inner {
    fn drop(&mut self) {
        self.writer = None;
        let idle: Vec<Box<dyn Connection>> = self.readers.drain();
        // When no thread can be had, they close here; only PostgreSQL under async code would mind.
        let _ = apart(move || {
            drop(idle);
            Ok(())
        });
    }
}
