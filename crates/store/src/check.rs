//! Whether catalogue, list of tables and schema say the same. Used by tests on both engines.

use crate::tables::TABLES;
use crate::{Statement, Store, StoreFault, Tx, Value};
use std::collections::BTreeSet;

/// Prepares every statement and compares what it declares with what the engine reports; one sentence per difference.
///
/// Errors: the database cannot be read at all.
pub fn statements(store: &Store, statements: &[&'static Statement]) -> Result<Vec<String>, StoreFault> {
    let mut complaints = Vec::new();
    let mut names = BTreeSet::new();
    for statement in statements {
        if !names.insert(statement.name) {
            complaints.push(format!("{}: two statements have this name", statement.name));
        }
        // A transaction each: PostgreSQL ends one at the first statement that fails.
        store.read(|tx| {
            complaints.extend(compare(tx, statement));
            Ok::<_, StoreFault>(())
        })?;
    }
    Ok(complaints)
}

fn compare(tx: &mut Tx<'_>, statement: &'static Statement) -> Vec<String> {
    let described = match tx.engine().describe(statement) {
        Ok(described) => described,
        Err(fault) => return vec![fault.to_string()],
    };
    let name = statement.name;
    let mut complaints = Vec::new();
    if described.parameters != statement.parameters.len() {
        complaints.push(format!(
            "{name}: declares {} parameters and uses {}",
            statement.parameters.len(),
            described.parameters
        ));
    }
    let reported: Vec<&str> = described
        .columns
        .iter()
        .map(|(column, _)| column.as_str())
        .collect();
    let declared: Vec<&str> = statement.columns.iter().map(|(column, _)| *column).collect();
    if reported != declared {
        complaints.push(format!(
            "{name}: declares columns {declared:?} and answers {reported:?}"
        ));
    }
    for ((column, declared), (_, reported)) in statement.columns.iter().zip(&described.columns) {
        if let Some(reported) = reported
            && reported != declared
        {
            complaints.push(format!(
                "{name}: column {column} is declared {declared:?} and is {reported:?}"
            ));
        }
    }
    complaints
}

/// Compares the list of tables with the schema; one sentence per difference.
///
/// Errors: the database cannot be read.
pub fn tables(store: &Store) -> Result<Vec<String>, StoreFault> {
    let found = store.read(|tx| tx.engine().table_names())?;
    let mut complaints = Vec::new();
    for name in &found {
        match TABLES.iter().filter(|table| table.name == name).count() {
            1 => {}
            0 => complaints.push(format!(
                "table {name} is not in the list of tables (src/tables.rs)"
            )),
            _ => complaints.push(format!("table {name} is in the list of tables twice")),
        }
    }
    for table in TABLES {
        if !found.iter().any(|name| name == table.name) {
            complaints.push(format!(
                "table {} is in the list of tables and not in the schema",
                table.name
            ));
        }
    }
    Ok(complaints)
}

/// Columns with so few values that an index entered by one of them alone leads to nearly the whole table.
const OF_FEW_VALUES: [&str; 3] = ["(current=?)", "(erased=?)", "(state=?)"];

/// The statements that SQLite would answer by reading a whole table, or everything in one state, each with the step of
/// its plan. Such a statement is slow when there are a hundred thousand learners; it wants an index, or a reason.
///
/// Errors: the database cannot be read; on PostgreSQL the answer is empty, because its plans depend on what is stored.
pub fn whole_table_scans(
    store: &Store,
    statements: &[&'static Statement],
) -> Result<Vec<(&'static str, String)>, StoreFault> {
    let mut scans = Vec::new();
    if store.engine() == crate::Engine::Postgres {
        return Ok(scans);
    }
    for statement in statements {
        let steps = plan(store, statement)?;
        // What the plan calls by a name of its own is a result on the way, not a table.
        let made: Vec<&str> = steps
            .iter()
            .filter_map(|step| {
                step.strip_prefix("CO-ROUTINE ")
                    .or(step.strip_prefix("MATERIALIZE "))
            })
            .collect();
        for step in &steps {
            if let Some(scanned) = step.strip_prefix("SCAN ")
                && !scanned.contains("USING")
                && !made.contains(&scanned)
                && !scanned.starts_with('(')
                && scanned != "CONSTANT ROW"
            {
                scans.push((statement.name, step.clone()));
            }
            if OF_FEW_VALUES.iter().any(|column| step.ends_with(column)) {
                scans.push((statement.name, step.clone()));
            }
        }
    }
    Ok(scans)
}

/// The steps by which SQLite would answer.
fn plan(store: &Store, statement: &'static Statement) -> Result<Vec<String>, StoreFault> {
    let mut steps = Vec::new();
    store.read(|tx| {
        let plan = format!("EXPLAIN QUERY PLAN {}", statement.sql);
        tx.engine().each(statement.name, &plan, &mut |_, mut values| {
            if let Some(Value::Text(step)) = values.pop() {
                steps.push(step);
            }
            Ok(())
        })
    })?;
    Ok(steps)
}
