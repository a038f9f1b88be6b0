//! Derived tables are a view of the ledger: they can be emptied, filled again from facts, and compared.
//!
//! Emptying and filling belong in one command: a crash in between then leaves the tables as they were.

use crate::tables::{Kept, kept};
use crate::{StoreFault, Tx, Value};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Removes every row of every derived table.
pub fn empty_derived(tx: &mut Tx<'_>) -> Result<(), StoreFault> {
    for table in kept(Kept::Derived).rev() {
        tx.engine()
            .plain("rebuild.empty", &format!("DELETE FROM {table}"), &[])?;
    }
    Ok(())
}

/// Every row of every table that is kept in this way, a line each, sorted; the same text on both engines. Takes as much
/// memory as the text is long.
pub fn dump(tx: &mut Tx<'_>, how: Kept) -> Result<String, StoreFault> {
    let mut lines = Vec::new();
    for table in kept(how) {
        each_line(tx, table, &mut |line| lines.push(line))?;
    }
    lines.sort_unstable();
    Ok(lines.concat())
}

/// A table in one line, for comparing large ones.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableDigest {
    pub table: &'static str,
    pub rows: usize,
    /// SHA-256 over the sorted digests of its lines in [`dump`].
    pub sha256: [u8; 32],
}

/// What [`dump`] would show, as one digest per derived table; takes 32 bytes of memory per row.
pub fn digest_derived(tx: &mut Tx<'_>) -> Result<Vec<TableDigest>, StoreFault> {
    kept(Kept::Derived).map(|table| digest(tx, table)).collect()
}

fn digest(tx: &mut Tx<'_>, table: &'static str) -> Result<TableDigest, StoreFault> {
    let mut lines: Vec<[u8; 32]> = Vec::new();
    each_line(tx, table, &mut |line| lines.push(Sha256::digest(line).into()))?;
    lines.sort_unstable();
    let mut digest = Sha256::new();
    for line in &lines {
        digest.update(line);
    }
    Ok(TableDigest {
        table,
        rows: lines.len(),
        sha256: digest.finalize().into(),
    })
}

/// Shows the rows of a derived table, a line each as in [`dump`], in no order: `table`, then `column=value` after a tab.
///
/// Errors: there is no such derived table.
pub fn each_row(tx: &mut Tx<'_>, table: &str, take: &mut dyn FnMut(String)) -> Result<(), StoreFault> {
    match kept(Kept::Derived).find(|name| *name == table) {
        Some(table) => each_line(tx, table, take),
        None => Err(StoreFault::Engine {
            statement: "rebuild.each_row",
            why: format!("{table} is not a derived table"),
        }),
    }
}

/// The names of the derived tables.
pub fn derived_tables() -> impl Iterator<Item = &'static str> {
    kept(Kept::Derived)
}

/// The first line in which two dumps differ: what the first has there and what the second has.
pub fn first_difference<'d>(before: &'d str, after: &'d str) -> Option<(&'d str, &'d str)> {
    let (mut before, mut after) = (before.lines(), after.lines());
    loop {
        match (before.next(), after.next()) {
            (None, None) => return None,
            (one, other) if one != other => return Some((one.unwrap_or(""), other.unwrap_or(""))),
            _ => {}
        }
    }
}

fn each_line(tx: &mut Tx<'_>, table: &str, take: &mut dyn FnMut(String)) -> Result<(), StoreFault> {
    tx.engine().each(
        "rebuild.dump",
        &format!("SELECT * FROM {table}"),
        &mut |columns, values| {
            let mut line = table.to_owned();
            for (column, value) in columns.iter().zip(&values) {
                // Writing to a string cannot fail.
                let _ = write!(line, "\t{column}={}", plain(value));
            }
            line.push('\n');
            take(line);
            Ok(())
        },
    )
}

fn plain(value: &Value) -> String {
    match value {
        Value::Null => "null".to_owned(),
        Value::Int(number) => number.to_string(),
        Value::Bytes(bytes) => format!("x{}", hex::encode(bytes)),
        Value::Text(text) => {
            let escaped = text
                .replace('\\', "\\\\")
                .replace('\n', "\\n")
                .replace('\r', "\\r")
                .replace('\t', "\\t")
                .replace('"', "\\\"");
            format!("\"{escaped}\"")
        }
    }
}
