//! How long it takes a stranger to confirm an award: dossiers of a small and of a large world, exported by the program and checked
//! by `assay-verify`'s library, in turns (budget: 50 ms).
//!
//! `cargo bench -p assay-cli --bench dossiers -- --learners 100000 --worlds DIR`. The worlds are those of `budgets`, kept in DIR.
//! Nothing here passes or fails: the figures are for docs/performance.md.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a bench stops at the first surprise"
)]

use assay_ledger::VerifierKey;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

/// Dossiers of each world.
const DOSSIERS: usize = 10;
/// Times that each is checked.
const TURNS: usize = 40;

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let many = value("--learners").unwrap_or_else(|| "10000".to_owned());
    let worlds = value("--worlds").map_or_else(|| std::env::temp_dir().join("assay-worlds"), PathBuf::from);
    let program = Path::new(env!("CARGO_BIN_EXE_assay"));
    let small = World::of(program, &worlds, "1000");
    let large = World::of(program, &worlds, &many);
    let (mut few, mut lots) = (Vec::new(), Vec::new());
    for turn in 0..=TURNS {
        for (one, other) in small.dossiers.iter().zip(&large.dossiers) {
            let times = (small.check(one), large.check(other));
            // The first turn fills caches.
            if turn > 0 {
                few.push(times.0);
                lots.push(times.1);
            }
        }
    }
    let longest = few.iter().chain(&lots).max().copied().unwrap_or_default();
    let (few, lots) = (median(&mut few), median(&mut lots));
    println!(
        "a dossier of {} KiB and one of {} KiB, of ledgers with {} and {} facts",
        small.size() / 1024,
        large.size() / 1024,
        small.facts,
        large.facts
    );
    println!(
        "checked in {:.2} ms and {:.2} ms, ratio {:.2}; the longest of {} took {:.2} ms",
        few.as_secs_f64() * 1e3,
        lots.as_secs_f64() * 1e3,
        lots.as_secs_f64() / few.as_secs_f64().max(1e-9),
        2 * TURNS * small.dossiers.len().min(large.dossiers.len()),
        longest.as_secs_f64() * 1e3
    );
}

struct World {
    key: VerifierKey,
    facts: u64,
    dossiers: Vec<Vec<u8>>,
}

impl World {
    /// The world of so many learners, made when it is not there yet, and dossiers of its awards.
    fn of(program: &Path, worlds: &Path, learners: &str) -> World {
        let data = worlds.join(learners);
        let run = |words: &[&str]| {
            let done = Command::new(program)
                .args(words)
                .arg("--data")
                .arg(&data)
                .output()
                .expect("the program starts");
            assert!(
                done.status.success(),
                "{words:?}: {}",
                String::from_utf8_lossy(&done.stderr)
            );
            String::from_utf8(done.stdout).expect("words")
        };
        if !data.join("assay.db").exists() {
            run(&["demo", "--no-serve", "--learners", learners]);
        }
        let listed = run(&["keys", "list"]);
        let key = listed.lines().nth(1).expect("a key").trim();
        let store = assay_store::Store::open(
            &assay_store::StoreConfig::Sqlite {
                path: data.join("assay.db"),
            },
            &data.join("files"),
        )
        .expect("the world is opened");
        let facts = store
            .read(assay_store::ledger::size)
            .expect("the ledger is counted");
        // The first facts are those of the staging, which ends with certificates of different kinds.
        let numbers: Vec<String> = store
            .read(|tx| assay_store::ledger::entries(tx, 0, 20_000))
            .expect("the ledger is read")
            .iter()
            .filter_map(|entry| {
                let entry: serde_json::Value = serde_json::from_slice(&entry.bytes).ok()?;
                let fact = &entry["fact"];
                (fact["fact"] == "certificate_issued").then(|| fact["number"].as_str().map(str::to_owned))?
            })
            .collect();
        drop(store);
        let out = std::env::temp_dir().join(format!("assay-dossier-{}.json", std::process::id()));
        let dossiers = numbers
            .iter()
            .take(DOSSIERS)
            .map(|number| {
                run(&["award", "export", number, "--out", &out.to_string_lossy()]);
                let dossier = std::fs::read(&out).expect("a dossier");
                // An export writes over nothing.
                std::fs::remove_file(&out).expect("the file is ours");
                dossier
            })
            .collect();
        World {
            key: VerifierKey::parse(key).expect("a public key"),
            facts,
            dossiers,
        }
    }

    fn check(&self, dossier: &[u8]) -> Duration {
        let began = Instant::now();
        let derivation = assay_verify::check(dossier, std::slice::from_ref(&self.key));
        let took = began.elapsed();
        // Of a replaced or revoked certificate it says so, and that is as much work.
        assert!(!derivation.steps.is_empty());
        took
    }

    fn size(&self) -> usize {
        self.dossiers.iter().map(Vec::len).sum::<usize>() / self.dossiers.len().max(1)
    }
}

fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
