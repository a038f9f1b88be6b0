//! The demonstration comes out the same each time from the same seed.

use crate::house::PROGRAM;
use assay_store::{Store, StoreConfig, StoreFault, ledger};
use std::path::Path;
use std::process::Command;

/// The root of the ledger of a world of 40 learners.
fn root(folder: &Path, name: &str, seed: &str) -> String {
    let data = folder.join(name);
    let made = Command::new(PROGRAM)
        .args(["demo", "--no-serve", "--learners", "40", "--seed", seed, "--data"])
        .arg(&data)
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    let config = StoreConfig::Sqlite {
        path: data.join("assay.db"),
    };
    let store = Store::open(&config, &data.join("files")).unwrap();
    let root = store
        .read(|tx| Ok::<_, StoreFault>(ledger::root(tx)?.to_string()))
        .unwrap();
    assert!(
        made.stderr.ends_with(
            format!(
                "{} 16 of 16 learners\n\n",
                "[########################################]"
            )
            .as_bytes()
        ),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    root
}

#[test]
fn the_same_seed_makes_the_same_ledger_and_another_seed_another() {
    let folder = tempfile::tempdir().unwrap();
    let first = root(folder.path(), "first", "7");
    assert_eq!(first, root(folder.path(), "second", "7"));
    assert_ne!(first, root(folder.path(), "third", "8"));
}
