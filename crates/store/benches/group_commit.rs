//! Durable commands per second with 64 callers, on SQLite, as ratios to two things measured in the same run:
//!
//! - a bare group-commit loop that does the same inserts and nothing else: no savepoints, no catalogue, no checks
//!   (budget: at least half of it);
//! - one transaction per act on the same disk (budget: at least five times it).
//!
//! `cargo bench -p assay-store --bench group_commit`; `ASSAY_BENCH_FOLDER` names the disk, `ASSAY_BENCH_SECONDS` the
//! length of each turn. Each is measured three times in turn and the middle one counts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod acts;

use acts::{AT, CALLERS, FACT, TEXT, beside, fact, middle, open, rate};
use assay_ledger::{Hash, Place, leaf_hash};
use assay_store::scratch::{POSTGRES, Scratch};
use assay_store::{Store, StoreConfig, ledger};
use std::collections::HashMap;
use std::path::Path;
use std::sync::mpsc::{Sender, channel, sync_channel};
use std::sync::{Arc, Mutex};

/// One act through the store: a fact in the ledger, private content, a message.
fn through_the_store(store: &Store, number: u64) {
    store
        .command(move |tx| {
            ledger::append(tx, &[fact(number, FACT)])?;
            beside(tx, number)
        })
        .unwrap();
}

/// The same rows with nothing between them and the database.
struct Bare {
    connection: rusqlite::Connection,
    size: u64,
    nodes: HashMap<Place, Hash>,
}

impl Bare {
    fn open(path: &Path, files: &Path) -> Bare {
        // The store makes the tables.
        drop(
            Store::open(
                &StoreConfig::Sqlite {
                    path: path.to_owned(),
                },
                files,
            )
            .unwrap(),
        );
        let connection = rusqlite::Connection::open(path).unwrap();
        connection
            .execute_batch(
                "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; \
                 PRAGMA cache_size = -16384; PRAGMA wal_autocheckpoint = 4000;",
            )
            .unwrap();
        Bare {
            connection,
            size: 0,
            nodes: HashMap::new(),
        }
    }

    fn act(&mut self, number: u64) {
        let fact = fact(number, FACT);
        let leaf = leaf_hash(&fact);
        let run = |sql: &str, parameters: &[&dyn rusqlite::ToSql]| {
            self.connection
                .prepare_cached(sql)
                .unwrap()
                .execute(parameters)
                .unwrap();
        };
        let new =
            assay_ledger::append(self.size, &[leaf], |place| self.nodes.remove(&place).ok_or(place)).unwrap();
        run(
            "INSERT INTO entry (sequence, bytes, leaf_hash) VALUES (?1, ?2, ?3)",
            &[&(self.size as i64), &fact, &leaf.0],
        );
        for node in &new {
            if node.place.level > 0 {
                run(
                    "INSERT INTO tree_node (level, position, hash) VALUES (?1, ?2, ?3)",
                    &[&node.place.level, &(node.place.position as i64), &node.hash.0],
                );
            }
            self.nodes.insert(node.place, node.hash);
        }
        run(
            "INSERT INTO private (id, subject, kind, salt, content) VALUES (?1, ?2, ?3, ?4, ?5)",
            &[
                &format!("prv_{number}"),
                &"prs_1",
                &"judgement.reason",
                &[7u8; 32],
                &TEXT.as_bytes(),
            ],
        );
        run(
            "INSERT INTO outbox (id, at, recipient, subject, body, attempts, due_at) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?2)",
            &[
                &format!("out_{number}"),
                &AT,
                &"ada@example.org",
                &"Signed",
                &TEXT,
            ],
        );
        self.size += 1;
    }
}

fn store(folder: &Path, seconds: f64) -> f64 {
    let store = open(folder, "store.db");
    rate(seconds, |number| through_the_store(&store, number), || ())
}

/// The same acts on PostgreSQL, when `ASSAY_TEST_POSTGRES` names one; without a budget, since its disk is its own affair.
fn store_on_postgres(url: &str, seconds: f64) -> f64 {
    let scratch = Scratch::postgres(url).unwrap();
    let store = scratch.open().unwrap();
    rate(seconds, |number| through_the_store(&store, number), || ())
}

fn bare_group_commit(folder: &Path, seconds: f64) -> f64 {
    let mut bare = Bare::open(&folder.join("bare.db"), &folder.join("files"));
    let (commands, waiting) = channel::<(u64, std::sync::mpsc::SyncSender<()>)>();
    let writer = std::thread::spawn(move || {
        while let Ok(first) = waiting.recv() {
            let mut batch = vec![first];
            batch.extend(waiting.try_iter().take(255));
            bare.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
            for (number, _) in &batch {
                bare.act(*number);
            }
            bare.connection.execute_batch("COMMIT").unwrap();
            for (_, caller) in batch {
                caller.send(()).unwrap();
            }
        }
    });
    // Each caller has its own sender, as channels want.
    let senders: Vec<Mutex<Sender<_>>> = (0..CALLERS).map(|_| Mutex::new(commands.clone())).collect();
    drop(commands);
    let rate = rate(
        seconds,
        |number| {
            let (caller, answer) = sync_channel(1);
            let sender = senders.get((number >> 32) as usize).unwrap();
            sender.lock().unwrap().send((number, caller)).unwrap();
            answer.recv().unwrap();
        },
        || (),
    );
    drop(senders);
    writer.join().unwrap();
    rate
}

fn one_transaction_each(folder: &Path, seconds: f64) -> f64 {
    let bare = Arc::new(Mutex::new(Bare::open(
        &folder.join("each.db"),
        &folder.join("files"),
    )));
    rate(
        seconds,
        |number| {
            let mut bare = bare.lock().unwrap();
            bare.connection.execute_batch("BEGIN IMMEDIATE").unwrap();
            bare.act(number);
            bare.connection.execute_batch("COMMIT").unwrap();
        },
        || (),
    )
}

fn main() {
    let seconds = std::env::var("ASSAY_BENCH_SECONDS")
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(3.0);
    let place = std::env::var_os("ASSAY_BENCH_FOLDER").unwrap_or_else(|| ".".into());
    let (mut stores, mut bares, mut eaches) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..3 {
        let folder = tempfile::Builder::new()
            .prefix("assay-bench-")
            .tempdir_in(&place)
            .unwrap();
        stores.push(store(folder.path(), seconds));
        bares.push(bare_group_commit(folder.path(), seconds));
        eaches.push(one_transaction_each(folder.path(), seconds));
    }
    let (store, bare, each) = (middle(stores), middle(bares), middle(eaches));
    println!("durable acts per second, {CALLERS} callers, {seconds} s each, middle of three");
    println!("  store                    {store:>8.0}");
    println!(
        "  bare group commit        {bare:>8.0}   store / bare = {:.2}   (budget: at least 0.5)",
        store / bare
    );
    if let Ok(url) = std::env::var(POSTGRES) {
        println!(
            "  store on PostgreSQL      {:>8.0}",
            store_on_postgres(&url, seconds)
        );
    }
    println!(
        "  one transaction per act  {each:>8.0}   store / each = {:.1}   (budget: at least 5)",
        store / each
    );
}
