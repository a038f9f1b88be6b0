//! What the store asks of an engine; implemented once for each.

pub(crate) mod placeholder;
pub(crate) mod pool;
pub(crate) mod postgres;
pub(crate) mod sqlite;

use crate::{Kind, Row, Statement, StoreFault, Value};

/// Which engine keeps the tables.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

impl std::fmt::Display for Engine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        })
    }
}

/// What is told of each row of a query outside the catalogue: the column names and the values.
pub(crate) type Visit<'v> = dyn FnMut(&[String], Vec<Value>) -> Result<(), StoreFault> + 'v;

/// What an engine reports of a prepared statement.
pub(crate) struct Described {
    pub parameters: usize,
    /// Name and kind of each column; the kind is none where the engine does not know it beforehand.
    pub columns: Vec<(String, Option<Kind>)>,
}

/// What an engine can do inside a transaction.
pub(crate) trait EngineTx {
    fn rows(&mut self, statement: &'static Statement, parameters: &[Value]) -> Result<Vec<Row>, StoreFault>;
    fn run(&mut self, statement: &'static Statement, parameters: &[Value]) -> Result<u64, StoreFault>;

    /// Each row of a query outside the catalogue (migrations, dumps, copies), without keeping them all.
    fn each(&mut self, name: &'static str, sql: &str, visit: &mut Visit<'_>) -> Result<(), StoreFault>;
    /// A write outside the catalogue.
    fn plain(&mut self, name: &'static str, sql: &str, parameters: &[Value]) -> Result<u64, StoreFault>;
    /// Several statements without parameters.
    fn batch(&mut self, name: &'static str, sql: &str) -> Result<(), StoreFault>;
    fn describe(&mut self, statement: &'static Statement) -> Result<Described, StoreFault>;
    /// The names of all tables of the schema.
    fn table_names(&mut self) -> Result<Vec<String>, StoreFault>;
    fn engine(&self) -> Engine;
}

/// One connection, with the moves of its transactions.
pub(crate) trait Connection: EngineTx + Send {
    /// One state of all tables until [`Connection::rollback`].
    fn begin_read(&mut self) -> Result<(), StoreFault>;
    /// Takes the right to write at once, waiting for other processes.
    fn begin_write(&mut self) -> Result<(), StoreFault>;
    /// Marks the place to which [`Connection::undo`] goes back.
    fn savepoint(&mut self) -> Result<(), StoreFault>;
    fn keep(&mut self) -> Result<(), StoreFault>;
    fn undo(&mut self) -> Result<(), StoreFault>;
    fn commit(&mut self) -> Result<(), StoreFault>;
    /// Ends the transaction, if there still is one; what fails here has already ended it.
    fn rollback(&mut self);
    /// Whether the transaction is still there: a full disk or a lost connection can end it under us.
    fn in_transaction(&self) -> bool;
    /// Whether the connection can be used again.
    fn usable(&self) -> bool;
    /// The first statement that failed since the last call.
    fn take_failure(&mut self) -> Option<StoreFault>;
}

/// Opens connections of one database.
pub(crate) trait Database: Send + Sync {
    fn writer(&self) -> Result<Box<dyn Connection>, StoreFault>;
    fn reader(&self) -> Result<Box<dyn Connection>, StoreFault>;
    fn engine(&self) -> Engine;
}

/// What both engines refuse alike, so that a statement never works on one of them only.
pub(crate) fn check_parameters(statement: &Statement, parameters: &[Value]) -> Result<(), StoreFault> {
    let wrong = |why: String| StoreFault::Engine {
        statement: statement.name,
        why,
    };
    if statement.parameters.len() != parameters.len() {
        return Err(wrong(format!(
            "it has {} parameters and was given {}",
            statement.parameters.len(),
            parameters.len()
        )));
    }
    for (number, (kind, value)) in (1..).zip(statement.parameters.iter().zip(parameters)) {
        match (kind, value) {
            // PostgreSQL cannot store it in text.
            (Kind::Text, Value::Text(text)) if text.contains('\0') => {
                return Err(wrong(format!("${number} contains a NUL character")));
            }
            (_, Value::Null)
            | (Kind::Text, Value::Text(_))
            | (Kind::Int, Value::Int(_))
            | (Kind::Bytes, Value::Bytes(_)) => {}
            (kind, _) => return Err(wrong(format!("${number} should be {kind:?} and is not"))),
        }
    }
    Ok(())
}
