//! The store, on both engines.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod catalogue;
mod commands;
mod durability;
mod files;
mod ledger;
mod private;
mod rebuild;

use assay_store::scratch::Scratch;
use assay_store::{Kind, Statement, Store, StoreFault};

/// Runs a test on every engine that can be had.
fn on_both(test: impl Fn(&Scratch, Store)) {
    for scratch in Scratch::engines().unwrap() {
        println!("on {}", scratch.engine());
        test(&scratch, scratch.open().unwrap());
    }
}

/// An outbox message as the row that a command writes.
fn put(store: &Store, id: &str) -> Result<(), StoreFault> {
    let id = id.to_owned();
    store.command(move |tx| {
        tx.run(&assay_store::statements::outbox::PUT, &message(&id))?;
        Ok(())
    })
}

fn message(id: &str) -> [assay_store::Value; 5] {
    [
        id.into(),
        "2019-10-14T09:30:00.000Z".into(),
        "ada@example.org".into(),
        "Your work was handed in".into(),
        "…".into(),
    ]
}

const COUNT: Statement = Statement {
    name: "test.count",
    sql: "SELECT COUNT(*) AS messages FROM outbox",
    parameters: &[],
    columns: &[("messages", Kind::Int)],
};

fn count(store: &Store) -> i64 {
    store
        .read(|tx| tx.row(&COUNT, &[])?.unwrap().int("messages"))
        .unwrap()
}
