//! What goes into a statement and what comes out of it.

use crate::{Kind, StoreFault};

/// A parameter or a stored value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Null,
    Text(String),
    Int(i64),
    Bytes(Vec<u8>),
}

impl Value {
    /// What it is, for faults; never the value itself, which may be private and faults are logged.
    fn kind(&self) -> &'static str {
        match self {
            Value::Null => "null",
            Value::Text(_) => "text",
            Value::Int(_) => "a whole number",
            Value::Bytes(_) => "bytes",
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::Text(text.to_owned())
    }
}
impl From<&String> for Value {
    fn from(text: &String) -> Self {
        Value::Text(text.clone())
    }
}
impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}
impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Int(number)
    }
}
impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Value::Int(i64::from(number))
    }
}
impl From<bool> for Value {
    fn from(truth: bool) -> Self {
        Value::Int(i64::from(truth))
    }
}
impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Value::Bytes(bytes)
    }
}
impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Value::Bytes(bytes.to_vec())
    }
}
impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(option: Option<T>) -> Self {
        option.map_or(Value::Null, Into::into)
    }
}

/// One row of an answer. Columns are asked for by name; a column that cannot be read as asked is a fault that names
/// statement, column and kind, never a panic.
#[derive(Debug, Clone)]
pub struct Row {
    statement: &'static str,
    columns: &'static [(&'static str, Kind)],
    values: Vec<Value>,
}

impl Row {
    /// Used by the engines only.
    pub fn new(
        statement: &'static str,
        columns: &'static [(&'static str, Kind)],
        values: Vec<Value>,
    ) -> Self {
        Row {
            statement,
            columns,
            values,
        }
    }

    fn value(&self, column: &str) -> Result<&Value, StoreFault> {
        self.columns
            .iter()
            .position(|(name, _)| *name == column)
            .and_then(|at| self.values.get(at))
            .ok_or_else(|| self.wrong(column, "no such column in the statement"))
    }

    fn wrong(&self, column: &str, why: &str) -> StoreFault {
        StoreFault::Row {
            statement: self.statement,
            column: column.to_owned(),
            why: why.to_owned(),
        }
    }

    /// Text that must be there.
    pub fn text(&self, column: &str) -> Result<String, StoreFault> {
        match self.value(column)? {
            Value::Text(text) => Ok(text.clone()),
            other => Err(self.wrong(column, &format!("expected text, found {}", other.kind()))),
        }
    }

    /// Text or NULL.
    pub fn optional_text(&self, column: &str) -> Result<Option<String>, StoreFault> {
        match self.value(column)? {
            Value::Text(text) => Ok(Some(text.clone())),
            Value::Null => Ok(None),
            other => Err(self.wrong(column, &format!("expected text or null, found {}", other.kind()))),
        }
    }

    /// A whole number that must be there.
    pub fn int(&self, column: &str) -> Result<i64, StoreFault> {
        match self.value(column)? {
            Value::Int(number) => Ok(*number),
            other => Err(self.wrong(
                column,
                &format!("expected a whole number, found {}", other.kind()),
            )),
        }
    }

    /// A whole number or NULL.
    pub fn optional_int(&self, column: &str) -> Result<Option<i64>, StoreFault> {
        match self.value(column)? {
            Value::Int(number) => Ok(Some(*number)),
            Value::Null => Ok(None),
            other => Err(self.wrong(
                column,
                &format!("expected a whole number or null, found {}", other.kind()),
            )),
        }
    }

    /// A truth value, stored as 0 or 1.
    pub fn truth(&self, column: &str) -> Result<bool, StoreFault> {
        Ok(self.int(column)? != 0)
    }

    /// Bytes that must be there.
    pub fn bytes(&self, column: &str) -> Result<Vec<u8>, StoreFault> {
        match self.value(column)? {
            Value::Bytes(bytes) => Ok(bytes.clone()),
            other => Err(self.wrong(column, &format!("expected bytes, found {}", other.kind()))),
        }
    }

    /// A value parsed from text, e.g. a date or an id; what cannot be parsed is a fault that names the place.
    pub fn parsed<T: std::str::FromStr>(&self, column: &str) -> Result<T, StoreFault>
    where
        T::Err: std::fmt::Display,
    {
        let text = self.text(column)?;
        text.parse()
            .map_err(|error| self.wrong(column, &format!("cannot be read: {error}")))
    }

    /// As [`Row::parsed`], or NULL.
    pub fn optional_parsed<T: std::str::FromStr>(&self, column: &str) -> Result<Option<T>, StoreFault>
    where
        T::Err: std::fmt::Display,
    {
        match self.optional_text(column)? {
            None => Ok(None),
            Some(text) => text
                .parse()
                .map(Some)
                .map_err(|error| self.wrong(column, &format!("cannot be read: {error}"))),
        }
    }
}
