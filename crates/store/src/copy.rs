//! Moving house: every row of one database into an empty other one, whatever their engines.

use crate::tables::TABLES;
use crate::{Store, StoreFault, Tx, Value, ledger};
use assay_ledger::Hash;

/// What was copied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    pub rows: u64,
    /// The root of both ledgers; the copy's is computed anew from its entries.
    pub root: Hash,
}

impl Store {
    /// Copies all tables, as they are at one moment, into another database that is still empty, and compares the roots.
    /// The copy is one transaction: either all of it is there afterwards or nothing. Evidence files are not touched; both
    /// databases can stand over the same folder.
    ///
    /// What is recorded here after the copy began is not in it, so the program that serves this database is stopped
    /// before.
    ///
    /// Errors: the other database is not empty; the roots differ; one of them fails.
    pub fn copy_to(&self, other: &Store) -> Result<Copied, StoreFault> {
        let source = self.clone();
        other.command(move |into| {
            require_empty(into)?;
            source.read(|from| {
                let mut rows = 0;
                for table in TABLES.iter().filter(|table| table.name != "migration") {
                    rows += copy_table(from, into, table.name)?;
                }
                let (here, there) = (ledger::root(from)?, ledger::root_from_entries(into)?);
                if here != there {
                    return Err(StoreFault::Open(format!(
                        "the roots differ: {here} here and {there} in the copy; nothing was copied"
                    )));
                }
                Ok(Copied { rows, root: here })
            })
        })
    }
}

fn require_empty(tx: &mut Tx<'_>) -> Result<(), StoreFault> {
    for table in TABLES.iter().filter(|table| table.name != "migration") {
        let mut found = false;
        tx.engine().each(
            "copy.look",
            &format!("SELECT 1 AS found FROM {} LIMIT 1", table.name),
            &mut |_, _| {
                found = true;
                Ok(())
            },
        )?;
        if found {
            return Err(StoreFault::Open(format!(
                "the other database is not empty: it has rows in {}; nothing was copied",
                table.name
            )));
        }
    }
    Ok(())
}

fn copy_table(from: &mut Tx<'_>, into: &mut Tx<'_>, table: &'static str) -> Result<u64, StoreFault> {
    let (mut rows, mut insert) = (0, String::new());
    from.engine().each(
        "copy.read",
        &format!("SELECT * FROM {table}"),
        &mut |columns, values: Vec<Value>| {
            if insert.is_empty() {
                let places: Vec<String> = (1..=columns.len()).map(|number| format!("${number}")).collect();
                insert = format!(
                    "INSERT INTO {table} ({}) VALUES ({})",
                    columns.join(", "),
                    places.join(", ")
                );
            }
            rows += 1;
            into.engine().plain("copy.write", &insert, &values).map(|_| ())
        },
    )?;
    Ok(rows)
}
