//! Acts as the trade records them, and 64 callers who make them: what the benches of the store have in common.

use assay_store::statements::outbox;
use assay_store::{Store, StoreConfig, StoreFault, Tx, private};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

pub const CALLERS: u64 = 64;
/// About what a fact of the trade weighs.
pub const FACT: usize = 400;
pub const AT: &str = "2019-10-14T09:30:00.000Z";
pub const TEXT: &str = "The learner explains two models and compares them with their own practice.";
/// How long the callers are left alone at a time.
const A_WHILE: Duration = Duration::from_millis(100);

pub fn fact(number: u64, length: usize) -> Vec<u8> {
    let mut fact = number.to_be_bytes().to_vec();
    fact.resize(length, b'.');
    fact
}

/// A new store on SQLite.
pub fn open(folder: &Path, name: &str) -> Store {
    let path = folder.join(name);
    Store::open(&StoreConfig::Sqlite { path }, &folder.join("files")).unwrap()
}

/// What an act records beside its fact: a private text and a message.
pub fn beside(tx: &mut Tx<'_>, number: u64) -> Result<(), StoreFault> {
    private::put(
        tx,
        &format!("prv_{number}"),
        "prs_1",
        "judgement.reason",
        &[7; 32],
        TEXT,
    )?;
    let message = [
        format!("out_{number}").into(),
        AT.into(),
        "ada@example.org".into(),
        "Signed".into(),
        TEXT.into(),
    ];
    tx.run(&outbox::PUT, &message)?;
    Ok(())
}

/// Calls an act from 64 threads for so many seconds, and `meanwhile` every tenth of a second; answers acts per second.
pub fn rate(seconds: f64, act: impl Fn(u64) + Sync, meanwhile: impl Fn()) -> f64 {
    let (stop, done) = (AtomicBool::new(false), AtomicU64::new(0));
    let began = Instant::now();
    std::thread::scope(|scope| {
        for caller in 0..CALLERS {
            let (stop, done, act) = (&stop, &done, &act);
            scope.spawn(move || {
                for number in 0.. {
                    if stop.load(Ordering::Relaxed) {
                        break;
                    }
                    act(caller << 32 | number);
                    done.fetch_add(1, Ordering::Relaxed);
                }
            });
        }
        while began.elapsed().as_secs_f64() < seconds {
            std::thread::sleep(A_WHILE);
            meanwhile();
        }
        stop.store(true, Ordering::Relaxed);
    });
    done.into_inner() as f64 / began.elapsed().as_secs_f64()
}

/// The middle one of several measurements.
pub fn middle(mut rates: Vec<f64>) -> f64 {
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied().unwrap_or_default()
}
