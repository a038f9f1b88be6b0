//! Every derived row compared with what the ledger says it should be, and each difference named.

use super::verify::Finding;
use crate::{App, Failure, rebuild};
use assay_store::rebuild as tables;
use assay_store::{StoreFault, Tx};
use sha2::{Digest, Sha256};
use std::collections::HashMap;

/// At most so many differences of one table are named; the rest are counted.
const NAMED: usize = 20;

type Print = [u8; 32];

/// Rows of one table that differ.
#[derive(Default)]
pub(crate) struct Differing {
    /// As the ledger has them.
    missing: Vec<String>,
    /// How many more are missing than are held here.
    more: usize,
    /// Fingerprints of rows that stand there and follow from no entry.
    extra: HashMap<Print, usize>,
}

/// Derives every table anew in a transaction that is undone in the end, and names each row that came out otherwise. Takes 32
/// bytes of memory per row. `progress` is told the number of entries applied.
///
/// # Errors
/// A fault when an entry cannot be read or the store fails.
pub(super) fn compare(
    app: &App,
    progress: impl Fn(u64) + Send + 'static,
) -> Result<(u64, Vec<Finding>), Failure> {
    let Compared(rows, mut differing) = rebuild::anew(app, progress)?;
    let mut findings = Vec::new();
    app.store().read(|tx| -> Result<(), StoreFault> {
        for (table, differs) in &mut differing {
            name(tx, table, differs, &mut findings)?;
        }
        Ok(())
    })?;
    Ok((rows, findings))
}

/// What is collected while tables are derived anew: first how they stand, then how they come out.
pub(crate) struct Comparison {
    before: HashMap<&'static str, HashMap<Print, usize>>,
}

/// The outcome: rows compared, and the tables that differ.
pub(crate) struct Compared(u64, Vec<(&'static str, Differing)>);

impl Comparison {
    /// Takes the fingerprints of all rows as they stand.
    pub(crate) fn begin(tx: &mut Tx<'_>) -> Result<Comparison, StoreFault> {
        let mut before: HashMap<&'static str, HashMap<Print, usize>> = HashMap::new();
        for table in tables::derived_tables() {
            let prints = before.entry(table).or_default();
            tables::each_row(tx, table, &mut |row| *prints.entry(print(&row)).or_default() += 1)?;
        }
        Ok(Comparison { before })
    }

    /// Compares with the rows that came out.
    pub(crate) fn end(mut self, tx: &mut Tx<'_>) -> Result<Compared, StoreFault> {
        let mut rows = 0;
        let mut differing = Vec::new();
        for table in tables::derived_tables() {
            let mut differs = Differing {
                extra: self.before.remove(table).unwrap_or_default(),
                ..Differing::default()
            };
            tables::each_row(tx, table, &mut |row| {
                rows += 1;
                let print = print(&row);
                match differs.extra.get_mut(&print) {
                    Some(1) => {
                        differs.extra.remove(&print);
                    }
                    Some(count) => *count -= 1,
                    None if differs.missing.len() < NAMED => differs.missing.push(row),
                    None => differs.more += 1,
                }
            })?;
            if !(differs.missing.is_empty() && differs.extra.is_empty()) {
                differing.push((table, differs));
            }
        }
        Ok(Compared(rows, differing))
    }
}

fn print(row: &str) -> Print {
    Sha256::digest(row).into()
}

/// Names the differences of a table: a changed row with the columns in which it differs, a missing row, an invented row.
/// Values are private and are not shown, save what a row is found by.
fn name(
    tx: &mut Tx<'_>,
    table: &'static str,
    differs: &mut Differing,
    findings: &mut Vec<Finding>,
) -> Result<(), StoreFault> {
    let mut extra = Vec::new();
    let mut more = differs.more;
    tables::each_row(tx, table, &mut |row| {
        if differs.extra.contains_key(&print(&row)) {
            if extra.len() < NAMED {
                extra.push(row);
            } else {
                more += 1;
            }
        }
    })?;
    for missing in &differs.missing {
        // The row that stands in its place is the one that agrees with it in most columns, its first among them.
        let twin = extra
            .iter()
            .enumerate()
            .filter(|(_, row)| column(row, 0) == column(missing, 0))
            .max_by_key(|(_, row)| alike(row, missing))
            .map(|(at, _)| at);
        let because = match twin {
            Some(at) => {
                let row = extra.swap_remove(at);
                format!(
                    "{} was changed after it was derived",
                    differing_columns(&row, missing)
                )
            }
            None => "it is missing".to_owned(),
        };
        findings.push(Finding::row(table, &found_by(missing), because));
    }
    for row in &extra {
        findings.push(Finding::row(
            table,
            &found_by(row),
            "it stands there and follows from no entry".to_owned(),
        ));
    }
    if more > 0 {
        findings.push(Finding::row(table, "", format!("{more} more rows differ")));
    }
    Ok(())
}

fn column(row: &str, at: usize) -> Option<&str> {
    row.trim_end_matches('\n').split('\t').nth(at + 1)
}

fn columns(row: &str) -> impl Iterator<Item = &str> {
    row.trim_end_matches('\n').split('\t').skip(1)
}

fn alike(one: &str, other: &str) -> usize {
    columns(one)
        .zip(columns(other))
        .filter(|(one, other)| one == other)
        .count()
}

/// What a row is found by: its first two columns, where they are ids or numbers.
fn found_by(row: &str) -> String {
    columns(row).take(2).collect::<Vec<_>>().join(", ")
}

fn differing_columns(stands: &str, should: &str) -> String {
    let names: Vec<&str> = columns(stands)
        .zip(columns(should))
        .filter(|(stands, should)| stands != should)
        .filter_map(|(stands, _)| stands.split('=').next())
        .collect();
    format!("column {}", names.join(", "))
}
