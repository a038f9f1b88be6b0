//! SQLite, inside the program. One file in WAL mode; what was acknowledged survives a power cut.

use super::placeholder::numbered;
use super::{Connection, Database, Described, Engine, EngineTx, Visit, check_parameters};
use crate::{Kind, Row, Statement, StoreFault, Value};
use rusqlite::config::DbConfig;
use rusqlite::types::{Null, ValueRef};
use rusqlite::{ErrorCode, OpenFlags};
use std::collections::HashMap;
use std::path::{Path, PathBuf};

/// A database file.
pub(crate) struct Sqlite {
    path: PathBuf,
    durable: bool,
}

impl Sqlite {
    /// `durable` is false only for databases that nobody needs after the program ends.
    pub fn new(path: PathBuf, durable: bool) -> Sqlite {
        Sqlite { path, durable }
    }

    fn unopened(&self, error: &dyn std::fmt::Display) -> StoreFault {
        StoreFault::Open(format!(
            "the database {} cannot be opened: {error}",
            self.path.display()
        ))
    }

    fn open(&self, flags: OpenFlags, settings: &str) -> Result<rusqlite::Connection, StoreFault> {
        let unopened = |error: rusqlite::Error| match fault("open", &error) {
            StoreFault::DiskFull => StoreFault::DiskFull,
            _ => StoreFault::Open(format!(
                "the database {} cannot be opened: {error}",
                self.path.display()
            )),
        };
        let connection = rusqlite::Connection::open_with_flags(
            &self.path,
            flags | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_READ_WRITE,
        )
        .map_err(unopened)?;
        connection.set_prepared_statement_cache_capacity(512);
        // Plans do not depend on what is asked for. Otherwise SQLite compiles a statement again before each use when one of its
        // parameters stands beside a column of a partial index, to see whether that index would do this time.
        connection
            .set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)
            .map_err(unopened)?;
        connection
            .execute_batch("PRAGMA busy_timeout = 5000; PRAGMA foreign_keys = ON;")
            .and_then(|()| connection.execute_batch(settings))
            .map_err(unopened)?;
        Ok(connection)
    }

    /// Copies the database as it is at one moment into a new file, while others read and write.
    ///
    /// Errors: the file exists already; it cannot be written; the disk is full, and then no file is left behind.
    pub fn backup_to(&self, path: &Path) -> Result<(), StoreFault> {
        if path.exists() {
            return Err(StoreFault::Open(format!(
                "{} exists already; a backup never overwrites",
                path.display()
            )));
        }
        let mut name = path.as_os_str().to_owned();
        name.push(".unfinished");
        let unfinished = PathBuf::from(name);
        let copied = self.copy_into(&unfinished).and_then(|()| {
            std::fs::File::open(&unfinished)
                .and_then(|file| file.sync_all())
                .and_then(|()| std::fs::rename(&unfinished, path))
                .map_err(|error| StoreFault::of_file(path, &error))
        });
        if copied.is_err() {
            // The fault that matters is the first one; a file that cannot be removed is named ".unfinished".
            let _ = std::fs::remove_file(&unfinished);
        }
        copied
    }

    fn copy_into(&self, path: &Path) -> Result<(), StoreFault> {
        let failed = |error: rusqlite::Error| match fault("backup", &error) {
            StoreFault::DiskFull => StoreFault::DiskFull,
            _ => StoreFault::Open(format!(
                "the backup {} cannot be written: {error}",
                path.display()
            )),
        };
        let source = self.open(OpenFlags::empty(), "")?;
        own(path).map_err(|error| StoreFault::of_file(path, &error))?;
        let mut copy = rusqlite::Connection::open(path).map_err(failed)?;
        {
            let backup = rusqlite::backup::Backup::new(&source, &mut copy).map_err(failed)?;
            // All pages in one step: one state of the database, which others may change meanwhile without making the
            // copy start again. In WAL mode nobody waits for it.
            backup.step(-1).map_err(failed)?;
        }
        // The copy is one file that can be carried away.
        copy.execute_batch("PRAGMA journal_mode = DELETE;")
            .map_err(failed)?;
        copy.close().map_err(|(_, error)| failed(error))
    }
}

impl Database for Sqlite {
    /// With `secure_delete`, because what was erased must not stay readable in the file. Ids are random, so an act of a large
    /// installation touches pages all over its indexes: 64 MiB hold them for some ten thousand learners (pages are only taken
    /// as they are used).
    fn writer(&self) -> Result<Box<dyn Connection>, StoreFault> {
        own(&self.path).map_err(|error| self.unopened(&error))?;
        let synchronous = if self.durable { "FULL" } else { "OFF" };
        let connection = self.open(
            OpenFlags::SQLITE_OPEN_CREATE,
            &format!(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = {synchronous}; \
                 PRAGMA secure_delete = ON; PRAGMA cache_size = -65536; \
                 PRAGMA wal_autocheckpoint = 4000; PRAGMA journal_size_limit = 67108864;"
            ),
        )?;
        Ok(Box::new(Session::new(connection)))
    }

    fn reader(&self) -> Result<Box<dyn Connection>, StoreFault> {
        let connection = self.open(
            OpenFlags::empty(),
            "PRAGMA query_only = ON; PRAGMA cache_size = -4096;",
        )?;
        Ok(Box::new(Session::new(connection)))
    }

    fn engine(&self) -> Engine {
        Engine::Sqlite
    }
}

/// Makes an empty file that only its owner can read, unless the file is there already. SQLite gives the files beside it
/// the same rights.
fn own(path: &Path) -> std::io::Result<()> {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => Err(error),
        _ => Ok(()),
    }
}

struct Session {
    connection: rusqlite::Connection,
    /// The texts with `?n`, by address and length of the catalogue's text.
    texts: HashMap<(usize, usize), Box<str>>,
    failed: Option<StoreFault>,
}

impl Session {
    fn new(connection: rusqlite::Connection) -> Session {
        Session {
            connection,
            texts: HashMap::new(),
            failed: None,
        }
    }

    fn noting<T>(&mut self, result: Result<T, StoreFault>) -> Result<T, StoreFault> {
        if let Err(fault) = &result {
            self.failed.get_or_insert_with(|| fault.clone());
        }
        result
    }

    fn prepared(
        &mut self,
        statement: &'static Statement,
    ) -> Result<rusqlite::CachedStatement<'_>, StoreFault> {
        let key = (statement.sql.as_ptr() as usize, statement.sql.len());
        let text = self
            .texts
            .entry(key)
            .or_insert_with(|| numbered(statement.sql).into_boxed_str());
        self.connection
            .prepare_cached(text)
            .map_err(|error| fault(statement.name, &error))
    }

    fn query(&mut self, statement: &'static Statement, parameters: &[Value]) -> Result<Vec<Row>, StoreFault> {
        check_parameters(statement, parameters)?;
        let mut prepared = self.prepared(statement)?;
        if prepared.column_count() != statement.columns.len() {
            return Err(StoreFault::Engine {
                statement: statement.name,
                why: "its columns are not those of the catalogue".to_owned(),
            });
        }
        bind(statement.name, &mut prepared, parameters)?;
        let mut answers = prepared.raw_query();
        let mut rows = Vec::new();
        while let Some(answer) = answers.next().map_err(|error| fault(statement.name, &error))? {
            rows.push(Row::new(
                statement.name,
                statement.columns,
                values(statement.name, answer, statement.columns.len())?,
            ));
        }
        Ok(rows)
    }

    fn execute(&mut self, statement: &'static Statement, parameters: &[Value]) -> Result<u64, StoreFault> {
        check_parameters(statement, parameters)?;
        let mut prepared = self.prepared(statement)?;
        bind(statement.name, &mut prepared, parameters)?;
        let changed = prepared
            .raw_execute()
            .map_err(|error| fault(statement.name, &error))?;
        Ok(changed as u64)
    }

    fn visit(&mut self, name: &'static str, sql: &str, visit: &mut Visit<'_>) -> Result<(), StoreFault> {
        let mut prepared = self
            .connection
            .prepare(&numbered(sql))
            .map_err(|error| fault(name, &error))?;
        let columns: Vec<String> = prepared.column_names().map(str::to_owned).collect();
        let mut answers = prepared.raw_query();
        while let Some(answer) = answers.next().map_err(|error| fault(name, &error))? {
            visit(&columns, values(name, answer, columns.len())?)?;
        }
        Ok(())
    }

    fn step(&mut self, sql: &'static str) -> Result<(), StoreFault> {
        self.connection
            .prepare_cached(sql)
            .and_then(|mut prepared| prepared.raw_execute())
            .map(|_| ())
            .map_err(|error| fault("transaction", &error))
    }
}

fn bind(
    name: &'static str,
    prepared: &mut rusqlite::Statement<'_>,
    parameters: &[Value],
) -> Result<(), StoreFault> {
    for (number, value) in (1..).zip(parameters) {
        match value {
            Value::Null => prepared.raw_bind_parameter(number, Null),
            Value::Text(text) => prepared.raw_bind_parameter(number, text),
            Value::Int(whole) => prepared.raw_bind_parameter(number, whole),
            Value::Bytes(bytes) => prepared.raw_bind_parameter(number, bytes),
        }
        .map_err(|error| fault(name, &error))?;
    }
    Ok(())
}

fn values(name: &'static str, row: &rusqlite::Row<'_>, count: usize) -> Result<Vec<Value>, StoreFault> {
    let wrong = |at: usize, why: String| StoreFault::Row {
        statement: name,
        column: (at + 1).to_string(),
        why,
    };
    (0..count)
        .map(|at| match row.get_ref(at).map_err(|error| fault(name, &error))? {
            ValueRef::Null => Ok(Value::Null),
            ValueRef::Integer(number) => Ok(Value::Int(number)),
            ValueRef::Real(number) => Err(wrong(
                at,
                format!("found the fraction {number}, which is never stored"),
            )),
            ValueRef::Text(bytes) => String::from_utf8(bytes.to_vec())
                .map(Value::Text)
                .map_err(|_| wrong(at, "the text is not UTF-8".to_owned())),
            ValueRef::Blob(bytes) => Ok(Value::Bytes(bytes.to_vec())),
        })
        .collect()
}

fn fault(statement: &'static str, error: &rusqlite::Error) -> StoreFault {
    if error.sqlite_error_code() == Some(ErrorCode::DiskFull) {
        return StoreFault::DiskFull;
    }
    StoreFault::Engine {
        statement,
        why: error.to_string(),
    }
}

impl EngineTx for Session {
    fn rows(&mut self, statement: &'static Statement, parameters: &[Value]) -> Result<Vec<Row>, StoreFault> {
        let rows = self.query(statement, parameters);
        self.noting(rows)
    }

    fn run(&mut self, statement: &'static Statement, parameters: &[Value]) -> Result<u64, StoreFault> {
        let changed = self.execute(statement, parameters);
        self.noting(changed)
    }

    fn each(&mut self, name: &'static str, sql: &str, visit: &mut Visit<'_>) -> Result<(), StoreFault> {
        let visited = self.visit(name, sql, visit);
        self.noting(visited)
    }

    fn plain(&mut self, name: &'static str, sql: &str, parameters: &[Value]) -> Result<u64, StoreFault> {
        let changed = self
            .connection
            .prepare_cached(&numbered(sql))
            .map_err(|error| fault(name, &error))
            .and_then(|mut prepared| {
                bind(name, &mut prepared, parameters)?;
                prepared.raw_execute().map_err(|error| fault(name, &error))
            });
        self.noting(changed.map(|changed| changed as u64))
    }

    fn batch(&mut self, name: &'static str, sql: &str) -> Result<(), StoreFault> {
        let done = self
            .connection
            .execute_batch(sql)
            .map_err(|error| fault(name, &error));
        self.noting(done)
    }

    fn describe(&mut self, statement: &'static Statement) -> Result<Described, StoreFault> {
        let prepared = self.prepared(statement)?;
        let columns = prepared
            .columns()
            .map(|column| {
                let kind = match column.decl_type() {
                    Some("TEXT") => Some(Kind::Text),
                    Some("INTEGER") => Some(Kind::Int),
                    Some("BLOB") => Some(Kind::Bytes),
                    _ => None,
                };
                (column.name().to_owned(), kind)
            })
            .collect();
        Ok(Described {
            parameters: prepared.parameter_count(),
            columns,
        })
    }

    fn table_names(&mut self) -> Result<Vec<String>, StoreFault> {
        let mut names = Vec::new();
        self.each(
            "schema.tables",
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
            &mut |_, values| {
                if let [Value::Text(name)] = values.as_slice() {
                    names.push(name.clone());
                }
                Ok(())
            },
        )?;
        Ok(names)
    }

    fn engine(&self) -> Engine {
        Engine::Sqlite
    }
}

impl Connection for Session {
    fn begin_read(&mut self) -> Result<(), StoreFault> {
        self.step("BEGIN DEFERRED")
    }

    fn begin_write(&mut self) -> Result<(), StoreFault> {
        self.step("BEGIN IMMEDIATE")
    }

    fn savepoint(&mut self) -> Result<(), StoreFault> {
        self.step("SAVEPOINT act")
    }

    fn keep(&mut self) -> Result<(), StoreFault> {
        self.step("RELEASE act")
    }

    fn undo(&mut self) -> Result<(), StoreFault> {
        self.step("ROLLBACK TO act")
            .and_then(|()| self.step("RELEASE act"))
    }

    fn commit(&mut self) -> Result<(), StoreFault> {
        self.step("COMMIT")
    }

    fn rollback(&mut self) {
        if !self.connection.is_autocommit() {
            // Fails only when the engine has rolled back by itself.
            let _ = self.step("ROLLBACK");
        }
    }

    fn in_transaction(&self) -> bool {
        !self.connection.is_autocommit()
    }

    fn usable(&self) -> bool {
        self.connection.is_autocommit()
    }

    fn take_failure(&mut self) -> Option<StoreFault> {
        self.failed.take()
    }
}
