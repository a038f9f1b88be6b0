//! What the tree and its signed checkpoints cost, on SQLite:
//!
//! - facts appended per second by 64 callers with tree and checkpoints, against the same acts into a bare list of entries
//!   (budget: at least 0.8 of it), in turns on the same disk, the middle one of three counting;
//! - the proof of one fact among many (budget: under 5 ms among ten million).
//!
//! `cargo bench -p assay-store --bench tree`. `ASSAY_BENCH_FOLDER` names the disk, `ASSAY_BENCH_SECONDS` the length of each
//! turn, `ASSAY_BENCH_FACTS` how many facts the proof is found among (a million by default; ten million take some minutes and
//! about 2 GB).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod acts;

use acts::{CALLERS, FACT, beside, fact, middle, open, rate};
use assay_ledger::{Algorithm, Checkpoint, SigningKey, check_inclusion, leaf_hash};
use assay_store::statements::ledger::PUT_ENTRY;
use assay_store::statements::signing_key;
use assay_store::{StoreFault, ledger};
use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Instant;

/// Facts with their tree, and a checkpoint signed and kept every tenth of a second.
fn with_tree(folder: &Path, seconds: f64, key: &SigningKey) -> f64 {
    let store = open(folder, "tree.db");
    let signed = Mutex::new(0u64);
    let rate = rate(
        seconds,
        |number| {
            store
                .command(move |tx| {
                    ledger::append(tx, &[fact(number, FACT)])?;
                    beside(tx, number)
                })
                .unwrap();
        },
        || {
            let note = store
                .read(|tx| {
                    let size = ledger::size(tx)?;
                    let root = ledger::root_of(tx, size)?;
                    Ok::<_, StoreFault>(Checkpoint {
                        origin: key.name().to_owned(),
                        size,
                        root,
                        extensions: Vec::new(),
                    })
                })
                .map(|checkpoint| (checkpoint.size, checkpoint.sign(key).unwrap()))
                .unwrap();
            let (size, note) = (i64::try_from(note.0).unwrap(), note.1.to_string());
            store
                .command(move |tx| {
                    tx.run(&signing_key::KEEP_CHECKPOINT, &[size.into(), note.into()])?;
                    Ok::<_, StoreFault>(())
                })
                .unwrap();
            *signed.lock().unwrap() += 1;
        },
    );
    println!(
        "    {} checkpoints signed and kept meanwhile",
        signed.into_inner().unwrap()
    );
    rate
}

/// The same facts into a bare list, each with its own hash and nothing above it.
fn bare_list(folder: &Path, seconds: f64) -> f64 {
    let store = open(folder, "list.db");
    let next = std::sync::Arc::new(AtomicI64::new(0));
    rate(
        seconds,
        |number| {
            let next = next.clone();
            store
                .command(move |tx| {
                    // The single writer runs one command at a time, so numbers are without gaps.
                    let sequence = next.fetch_add(1, Ordering::Relaxed);
                    let fact = fact(number, FACT);
                    let hash = leaf_hash(&fact);
                    tx.run(
                        &PUT_ENTRY,
                        &[
                            sequence.into(),
                            fact.as_slice().into(),
                            hash.as_bytes().as_slice().into(),
                        ],
                    )?;
                    beside(tx, number)
                })
                .unwrap();
        },
        || (),
    )
}

/// The time that the proof of one fact takes among so many, in milliseconds: the middle and the longest of many, each of
/// another fact and each checked.
fn proof_among(folder: &Path, facts: u64) -> (f64, f64) {
    const AT_ONCE: u64 = 20_000;
    let store = open(folder, "many.db");
    let began = Instant::now();
    for from in (0..facts).step_by(AT_ONCE as usize) {
        let until = (from + AT_ONCE).min(facts);
        store
            .command(move |tx| {
                // Short facts: only their hashes matter to a proof.
                let batch: Vec<_> = (from..until).map(|number| fact(number, 16)).collect();
                ledger::append(tx, &batch)?;
                Ok::<_, StoreFault>(())
            })
            .unwrap();
    }
    println!(
        "    {facts} facts appended in {:.0} s",
        began.elapsed().as_secs_f64()
    );
    let root = store.read(|tx| ledger::root_of(tx, facts)).unwrap();
    let mut times = Vec::new();
    for turn in 0..1_000u64 {
        // Spread over the ledger without repeating: a prime step.
        let index = turn.wrapping_mul(7_919_317) % facts;
        let began = Instant::now();
        let proof = store
            .read(|tx| ledger::inclusion_proof(tx, index, facts))
            .unwrap()
            .unwrap();
        times.push(began.elapsed().as_secs_f64() * 1e3);
        check_inclusion(index, facts, &leaf_hash(&fact(index, 16)), &proof, &root).unwrap();
    }
    times.sort_by(f64::total_cmp);
    (times[times.len() / 2], times[times.len() - 1])
}

fn number(name: &str, default: f64) -> f64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

fn main() {
    let seconds = number("ASSAY_BENCH_SECONDS", 3.0);
    let facts = number("ASSAY_BENCH_FACTS", 1e6) as u64;
    let place = std::env::var_os("ASSAY_BENCH_FOLDER").unwrap_or_else(|| ".".into());
    let folder = || {
        tempfile::Builder::new()
            .prefix("assay-bench-")
            .tempdir_in(&place)
            .unwrap()
    };
    let key = SigningKey::from_seed("assay.example/ledger", Algorithm::Ed25519, &[7; 32]).unwrap();
    println!("facts appended per second, {CALLERS} callers, {seconds} s each, middle of three");
    let (mut trees, mut lists) = (Vec::new(), Vec::new());
    for _ in 0..3 {
        let folder = folder();
        trees.push(with_tree(folder.path(), seconds, &key));
        lists.push(bare_list(folder.path(), seconds));
    }
    let (tree, list) = (middle(trees), middle(lists));
    println!("  with tree and checkpoints  {tree:>8.0}");
    println!(
        "  a bare list of entries     {list:>8.0}   tree / list = {:.2}   (budget: at least 0.8)",
        tree / list
    );
    println!("proof of one fact among {facts}");
    let (middle, longest) = proof_among(folder().path(), facts);
    println!(
        "  {middle:.3} ms, the longest of 1,000 {longest:.3} ms   (budget: under 5 ms among ten million)"
    );
}
