//! PostgreSQL, when one machine is outgrown. Several processes may write; an advisory lock per batch keeps the ledger in
//! one order.
//!
//! The client keeps a small runtime of its own and must not be called, or dropped, on a thread that is running async
//! code. The writer has its own thread; readers run on the thread of whoever reads, which async callers take from
//! their runtime's blocking pool.

use super::{Connection, Database, Described, Engine, EngineTx, Visit, check_parameters};
use crate::{Kind, Row, Statement, StoreFault, Value};
use postgres::error::SqlState;
use postgres::fallible_iterator::FallibleIterator;
use postgres::types::{ToSql, Type};
use postgres::{Client, NoTls};
use std::collections::HashMap;
use std::error::Error;

/// A database server.
pub(crate) struct Postgres {
    url: String,
}

impl Postgres {
    pub fn new(url: String) -> Postgres {
        Postgres { url }
    }

    fn connect(&self) -> Result<Box<dyn Connection>, StoreFault> {
        // The url may hold a password and is never repeated.
        let unreached = |error: postgres::Error| {
            StoreFault::Open(format!(
                "the PostgreSQL database cannot be reached: {}",
                plainly(&error)
            ))
        };
        let mut config: postgres::Config = self
            .url
            .parse()
            .map_err(|_| StoreFault::Open("the PostgreSQL url cannot be read".to_owned()))?;
        if config.get_application_name().is_none() {
            config.application_name("assay");
        }
        let mut client = config.connect(NoTls).map_err(unreached)?;
        client
            .batch_execute(
                "SET client_min_messages = warning; SET synchronous_commit = on; \
                 SET standard_conforming_strings = on",
            )
            .map_err(unreached)?;
        Ok(Box::new(Session {
            client,
            prepared: HashMap::new(),
            plain: HashMap::new(),
            failed: None,
            began: false,
        }))
    }
}

impl Database for Postgres {
    fn writer(&self) -> Result<Box<dyn Connection>, StoreFault> {
        self.connect()
    }

    fn reader(&self) -> Result<Box<dyn Connection>, StoreFault> {
        self.connect()
    }

    fn engine(&self) -> Engine {
        Engine::Postgres
    }
}

struct Session {
    client: Client,
    /// Prepared statements, by address and length of the catalogue's text.
    prepared: HashMap<(usize, usize), postgres::Statement>,
    /// Prepared texts outside the catalogue.
    plain: HashMap<String, postgres::Statement>,
    failed: Option<StoreFault>,
    began: bool,
}

const NULL_TEXT: &Option<String> = &None;
const NULL_INT: &Option<i64> = &None;
const NULL_BYTES: &Option<Vec<u8>> = &None;

fn kind_of(column: &Type) -> Option<Kind> {
    match *column {
        Type::INT8 | Type::INT4 | Type::INT2 | Type::BOOL => Some(Kind::Int),
        Type::TEXT | Type::VARCHAR | Type::BPCHAR | Type::NAME => Some(Kind::Text),
        Type::BYTEA => Some(Kind::Bytes),
        _ => None,
    }
}

/// The parameters as the driver wants them; NULL needs to know its type.
fn parameters<'v>(types: &[Type], values: &'v [Value]) -> Vec<&'v (dyn ToSql + Sync)> {
    types
        .iter()
        .zip(values)
        .map(|(kind, value)| -> &'v (dyn ToSql + Sync) {
            match (value, kind) {
                (Value::Text(text), _) => text,
                (Value::Int(number), _) => number,
                (Value::Bytes(bytes), _) => bytes,
                (Value::Null, &Type::INT8) => NULL_INT,
                (Value::Null, &Type::BYTEA) => NULL_BYTES,
                (Value::Null, _) => NULL_TEXT,
            }
        })
        .collect()
}

fn values(name: &'static str, row: &postgres::Row) -> Result<Vec<Value>, StoreFault> {
    row.columns()
        .iter()
        .enumerate()
        .map(|(at, column)| {
            let value = match *column.type_() {
                Type::INT8 => row.try_get::<_, Option<i64>>(at).map(Value::from),
                Type::INT4 => row
                    .try_get::<_, Option<i32>>(at)
                    .map(|number| number.map(i64::from).into()),
                Type::INT2 => row
                    .try_get::<_, Option<i16>>(at)
                    .map(|number| number.map(i64::from).into()),
                Type::BOOL => row.try_get::<_, Option<bool>>(at).map(Value::from),
                Type::BYTEA => row.try_get::<_, Option<Vec<u8>>>(at).map(Value::from),
                _ => row.try_get::<_, Option<String>>(at).map(Value::from),
            };
            value.map_err(|error| StoreFault::Row {
                statement: name,
                column: column.name().to_owned(),
                why: error.to_string(),
            })
        })
        .collect()
}

/// The server's message without its detail, which can repeat what somebody typed.
fn plainly(error: &postgres::Error) -> String {
    match error.as_db_error() {
        Some(told) => format!("{} ({})", told.message(), told.code().code()),
        None => error
            .source()
            .map_or_else(|| error.to_string(), |source| format!("{error}: {source}")),
    }
}

fn fault(statement: &'static str, error: &postgres::Error) -> StoreFault {
    if error.code() == Some(&SqlState::DISK_FULL) {
        return StoreFault::DiskFull;
    }
    StoreFault::Engine {
        statement,
        why: plainly(error),
    }
}

impl Session {
    fn noting<T>(&mut self, result: Result<T, StoreFault>) -> Result<T, StoreFault> {
        if let Err(fault) = &result {
            self.failed.get_or_insert_with(|| fault.clone());
        }
        result
    }

    fn prepared(&mut self, statement: &'static Statement) -> Result<postgres::Statement, StoreFault> {
        let key = (statement.sql.as_ptr() as usize, statement.sql.len());
        if let Some(prepared) = self.prepared.get(&key) {
            return Ok(prepared.clone());
        }
        let types: Vec<Type> = statement
            .parameters
            .iter()
            .map(|kind| match kind {
                Kind::Text => Type::TEXT,
                Kind::Int => Type::INT8,
                Kind::Bytes => Type::BYTEA,
            })
            .collect();
        let prepared = self
            .client
            .prepare_typed(statement.sql, &types)
            .map_err(|error| fault(statement.name, &error))?;
        self.prepared.insert(key, prepared.clone());
        Ok(prepared)
    }

    fn query(&mut self, statement: &'static Statement, given: &[Value]) -> Result<Vec<Row>, StoreFault> {
        check_parameters(statement, given)?;
        let prepared = self.prepared(statement)?;
        if prepared.columns().len() != statement.columns.len() {
            return Err(StoreFault::Engine {
                statement: statement.name,
                why: "its columns are not those of the catalogue".to_owned(),
            });
        }
        self.client
            .query(&prepared, &parameters(prepared.params(), given))
            .map_err(|error| fault(statement.name, &error))?
            .iter()
            .map(|row| {
                Ok(Row::new(
                    statement.name,
                    statement.columns,
                    values(statement.name, row)?,
                ))
            })
            .collect()
    }

    fn execute(&mut self, statement: &'static Statement, given: &[Value]) -> Result<u64, StoreFault> {
        check_parameters(statement, given)?;
        let prepared = self.prepared(statement)?;
        self.client
            .execute(&prepared, &parameters(prepared.params(), given))
            .map_err(|error| fault(statement.name, &error))
    }

    fn visit(&mut self, name: &'static str, sql: &str, visit: &mut Visit<'_>) -> Result<(), StoreFault> {
        let prepared = self.client.prepare(sql).map_err(|error| fault(name, &error))?;
        let columns: Vec<String> = prepared
            .columns()
            .iter()
            .map(|column| column.name().to_owned())
            .collect();
        let mut rows = self
            .client
            .query_raw(&prepared, std::iter::empty::<&str>())
            .map_err(|error| fault(name, &error))?;
        while let Some(row) = rows.next().map_err(|error| fault(name, &error))? {
            visit(&columns, values(name, &row)?)?;
        }
        Ok(())
    }

    fn execute_plain(&mut self, sql: &str, given: &[Value]) -> Result<u64, postgres::Error> {
        let prepared = match self.plain.get(sql) {
            Some(prepared) => prepared.clone(),
            None => {
                let prepared = self.client.prepare(sql)?;
                self.plain.insert(sql.to_owned(), prepared.clone());
                prepared
            }
        };
        self.client
            .execute(&prepared, &parameters(prepared.params(), given))
    }

    fn step(&mut self, sql: &str) -> Result<(), StoreFault> {
        self.client
            .batch_execute(sql)
            .map_err(|error| fault("transaction", &error))
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

    fn plain(&mut self, name: &'static str, sql: &str, given: &[Value]) -> Result<u64, StoreFault> {
        let changed = self
            .execute_plain(sql, given)
            .map_err(|error| fault(name, &error));
        self.noting(changed)
    }

    fn batch(&mut self, name: &'static str, sql: &str) -> Result<(), StoreFault> {
        let done = self
            .client
            .batch_execute(sql)
            .map_err(|error| fault(name, &error));
        self.noting(done)
    }

    fn describe(&mut self, statement: &'static Statement) -> Result<Described, StoreFault> {
        let prepared = self.prepared(statement)?;
        let mut columns = Vec::new();
        for column in prepared.columns() {
            let Some(kind) = kind_of(column.type_()) else {
                return Err(StoreFault::Engine {
                    statement: statement.name,
                    why: format!(
                        "column {} is {}, which is neither text nor bigint nor bytes; write a CAST",
                        column.name(),
                        column.type_()
                    ),
                });
            };
            columns.push((column.name().to_owned(), Some(kind)));
        }
        Ok(Described {
            parameters: prepared.params().len(),
            columns,
        })
    }

    fn table_names(&mut self) -> Result<Vec<String>, StoreFault> {
        let mut names = Vec::new();
        self.each(
            "schema.tables",
            "SELECT CAST(table_name AS TEXT) FROM information_schema.tables \
             WHERE table_schema = current_schema() AND table_type = 'BASE TABLE' ORDER BY 1",
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
        Engine::Postgres
    }
}

impl Connection for Session {
    fn begin_read(&mut self) -> Result<(), StoreFault> {
        self.began = true;
        self.step("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            .inspect_err(|_| self.rollback())
    }

    fn begin_write(&mut self) -> Result<(), StoreFault> {
        // Read committed, so that everything after the lock sees what the process that held it before committed.
        self.began = true;
        self.step(
            "BEGIN ISOLATION LEVEL READ COMMITTED; \
             SELECT pg_advisory_xact_lock(hashtext('assay ' || current_schema()))",
        )
        .inspect_err(|_| self.rollback())
    }

    fn savepoint(&mut self) -> Result<(), StoreFault> {
        self.step("SAVEPOINT act")
    }

    fn keep(&mut self) -> Result<(), StoreFault> {
        self.step("RELEASE SAVEPOINT act")
    }

    fn undo(&mut self) -> Result<(), StoreFault> {
        self.step("ROLLBACK TO SAVEPOINT act; RELEASE SAVEPOINT act")
    }

    fn commit(&mut self) -> Result<(), StoreFault> {
        self.began = false;
        self.step("COMMIT")
    }

    fn rollback(&mut self) {
        if self.began {
            self.began = false;
            // Fails only when the connection is lost, and then the server rolls back.
            let _ = self.step("ROLLBACK");
        }
    }

    fn in_transaction(&self) -> bool {
        self.began && !self.client.is_closed()
    }

    fn usable(&self) -> bool {
        !self.began && !self.client.is_closed()
    }

    fn take_failure(&mut self) -> Option<StoreFault> {
        self.failed.take()
    }
}
