//! What was acknowledged is there: after kill -9, on a full disk, when the server goes away, in a backup.

use crate::{count, message, on_both, put};
use assay_store::scratch::Scratch;
use assay_store::statements::outbox;
use assay_store::{Engine, Kind, Statement, Store, StoreConfig, StoreFault, ledger};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

const CHILD: &str = "ASSAY_TEST_CHILD";
const ROUND: &str = "ASSAY_TEST_ROUND";

/// What the child process opens: the path of a SQLite file or the url of a PostgreSQL database.
fn told(config: &StoreConfig) -> String {
    match config {
        StoreConfig::Sqlite { path } => path.display().to_string(),
        StoreConfig::Postgres { url } => url.clone(),
        StoreConfig::Memory => panic!("a child cannot open the memory of its parent"),
    }
}

/// Not a test of its own: the program that the next test kills. Appends entries from many threads and prints each number
/// after it was acknowledged.
#[test]
fn child_that_is_killed() {
    let round = std::env::var(ROUND).unwrap_or_default();
    let Ok(told) = std::env::var(CHILD) else { return };
    let config = match told.starts_with("postgres:") {
        true => StoreConfig::Postgres { url: told },
        false => StoreConfig::Sqlite {
            path: PathBuf::from(told),
        },
    };
    let folder = std::env::temp_dir().join(format!("assay-child-{}", std::process::id()));
    let store = Store::open(&config, &folder).unwrap();
    std::fs::remove_dir_all(&folder).unwrap();
    std::thread::scope(|scope| {
        for caller in 0..16 {
            let (store, round) = (store.clone(), &round);
            scope.spawn(move || {
                for act in 0.. {
                    let text = format!("{round}.{caller}.{act}");
                    let entry = text.clone().into_bytes();
                    store.command(move |tx| ledger::append(tx, &[entry])).unwrap();
                    // One write per line, so that lines stay whole.
                    std::io::stdout()
                        .write_all(format!("\nacknowledged {text}\n").as_bytes())
                        .unwrap();
                }
            });
        }
    });
}

#[test]
fn every_acknowledged_command_survives_kill_nine() {
    on_both(|scratch, store| {
        drop(store);
        for round in 1..=3 {
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args([
                    "--exact",
                    "durability::child_that_is_killed",
                    "--nocapture",
                    "--test-threads=1",
                ])
                .env(CHILD, told(scratch.config()))
                .env(ROUND, round.to_string())
                .stdout(Stdio::piped())
                .spawn()
                .unwrap();
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            let mut acknowledged = BTreeSet::new();
            let mut killed = false;
            while let Some(Ok(line)) = lines.next() {
                if let Some(text) = line.strip_prefix("acknowledged ") {
                    acknowledged.insert(text.to_owned());
                }
                if acknowledged.len() >= 150 && !killed {
                    child.kill().unwrap();
                    killed = true;
                }
            }
            child.wait().unwrap();
            assert!(killed, "the child ended by itself");
            let store = scratch.open().unwrap();
            store
                .read(|tx| {
                    let stored: BTreeSet<String> = ledger::entries(tx, 0, 1_000_000)?
                        .into_iter()
                        .map(|entry| String::from_utf8(entry.bytes).unwrap())
                        .collect();
                    let lost: Vec<&String> = acknowledged.difference(&stored).collect();
                    assert!(lost.is_empty(), "acknowledged and lost: {lost:?}");
                    assert_eq!(ledger::root(tx)?, ledger::root_from_entries(tx)?);
                    println!(
                        "round {round}: {} acknowledged, {} stored",
                        acknowledged.len(),
                        stored.len()
                    );
                    Ok::<_, StoreFault>(())
                })
                .unwrap();
        }
    });
}

#[test]
fn a_backup_taken_while_others_write_is_one_state_of_the_database() {
    let scratch = Scratch::sqlite().unwrap();
    let store = scratch.open().unwrap();
    let path = scratch.folder().join("backup.db");
    std::thread::scope(|scope| {
        for caller in 0..8 {
            let store = store.clone();
            scope.spawn(move || {
                for act in 0..30 {
                    let id = format!("out_{caller}_{act}");
                    store
                        .command(move |tx| {
                            ledger::append(tx, &[id.clone().into_bytes()])?;
                            tx.run(&outbox::PUT, &message(&id))
                        })
                        .unwrap();
                }
            });
        }
        while count(&store) < 50 {
            std::thread::yield_now();
        }
        store.backup_to(&path).unwrap();
    });
    let copy = Store::open(&StoreConfig::Sqlite { path: path.clone() }, &scratch.files()).unwrap();
    let (size, root, anew) = copy
        .read(|tx| {
            Ok::<_, StoreFault>((
                ledger::size(tx)?,
                ledger::root(tx)?,
                ledger::root_from_entries(tx)?,
            ))
        })
        .unwrap();
    assert!(size >= 50);
    assert_eq!((count(&copy) as u64, root), (size, anew));
    assert_eq!(store.read(|tx| ledger::root_of(tx, size)).unwrap(), root);
    let again = store.backup_to(&path).unwrap_err();
    assert!(again.to_string().contains("never overwrites"), "{again}");
}

#[test]
fn a_backup_that_cannot_be_written_leaves_no_file() {
    let scratch = Scratch::sqlite().unwrap();
    let store = scratch.open().unwrap();
    let folder = scratch.folder().join("nowhere");
    assert!(store.backup_to(&folder.join("backup.db")).is_err());
    assert!(!folder.exists());
}

#[test]
fn postgres_names_its_own_program_for_backups() {
    on_both(|scratch, store| {
        if scratch.engine() == Engine::Postgres {
            let fault = store.backup_to(&scratch.folder().join("backup.db")).unwrap_err();
            assert!(fault.to_string().contains("pg_dump"));
        }
    });
}

const LATER: Statement = Statement {
    name: "test.later",
    sql: "INSERT INTO migration (number, name, checksum) VALUES (9000, '9000_later', '00')",
    parameters: &[],
    columns: &[],
};
const OTHER: Statement = Statement {
    name: "test.other",
    sql: "UPDATE migration SET checksum = '00' WHERE number = 1",
    parameters: &[],
    columns: &[],
};

#[test]
fn a_database_written_by_a_newer_version_is_refused_in_a_plain_sentence() {
    on_both(|scratch, store| {
        store.command(|tx| tx.run(&LATER, &[])).unwrap();
        drop(store);
        let Err(fault) = scratch.open() else {
            panic!("opened a newer schema")
        };
        let said = fault.to_string();
        assert!(
            said.starts_with("this database was written by a newer version of Assay"),
            "{said}"
        );
        assert!(said.contains("9000_later"), "{said}");
    });
}

#[test]
fn a_schema_that_came_from_another_text_is_refused() {
    on_both(|scratch, store| {
        store.command(|tx| tx.run(&OTHER, &[])).unwrap();
        drop(store);
        let Err(fault) = scratch.open() else {
            panic!("opened a schema of another text")
        };
        assert!(fault.to_string().contains("migration 1 was applied"), "{fault}");
    });
}

#[test]
fn a_database_that_cannot_be_opened_is_named() {
    let scratch = Scratch::sqlite().unwrap();
    let path = scratch.folder().join("nowhere/assay.db");
    let Err(fault) = Store::open(&StoreConfig::Sqlite { path: path.clone() }, &scratch.files()) else {
        panic!("opened a file in a folder that is not there")
    };
    assert!(fault.to_string().contains(&path.display().to_string()), "{fault}");
}

const OWN: Statement = Statement {
    name: "test.own_connection",
    sql: "SELECT pg_backend_pid() AS connection",
    parameters: &[],
    columns: &[("connection", Kind::Int)],
};
const END: Statement = Statement {
    name: "test.end_connection",
    sql: "SELECT pg_terminate_backend(CAST($1 AS INTEGER)) AS ended",
    parameters: &[Kind::Int],
    columns: &[("ended", Kind::Int)],
};

#[test]
fn a_lost_connection_to_postgres_is_a_fault_once_and_then_opened_again() {
    on_both(|scratch, store| {
        if scratch.engine() != Engine::Postgres {
            return;
        }
        // In the middle of a command: a fault, and nothing of it is kept.
        let answer = store.command(|tx| {
            tx.run(&outbox::PUT, &message("out_1"))?;
            let own = tx.row(&OWN, &[])?.unwrap().int("connection")?;
            tx.row(&END, &[own.into()])?;
            tx.run(&outbox::PUT, &message("out_2"))
        });
        assert!(answer.is_err());
        assert_eq!(count(&store), 0);
        put(&store, "out_3").unwrap();

        // While nothing was going on: nobody notices.
        let writer = store
            .command(|tx| tx.row(&OWN, &[])?.unwrap().int("connection"))
            .unwrap();
        let reader = store
            .read(|tx| tx.row(&OWN, &[])?.unwrap().int("connection"))
            .unwrap();
        let end = |connection: i64| {
            let other = scratch.open().unwrap();
            other.read(|tx| tx.row(&END, &[connection.into()])).unwrap();
        };
        end(writer);
        end(reader);
        std::thread::sleep(Duration::from_millis(200));
        put(&store, "out_4").unwrap();
        assert_eq!(count(&store), 2);
    });
}

#[test]
fn on_a_full_disk_a_command_says_so_and_later_ones_work_again() {
    // A folder on a file system of a few MiB, e.g. `mount -t tmpfs -o size=8m none /mnt/small`.
    let Ok(small) = std::env::var("ASSAY_TEST_SMALL_DISK") else {
        println!("SKIPPED: ASSAY_TEST_SMALL_DISK names no folder on a small disk");
        return;
    };
    let folder = PathBuf::from(small).join(format!("full-{}", std::process::id()));
    std::fs::create_dir(&folder).unwrap();
    let path = folder.join("assay.db");
    let store = Store::open(&StoreConfig::Sqlite { path }, &folder.join("files")).unwrap();
    put(&store, "out_1").unwrap();

    // Files first.
    let mut upload = store.files().begin(1 << 40).unwrap();
    let fault = loop {
        if let Err(error) = upload.write_all(&[7; 65536]) {
            break StoreFault::from(error);
        }
    };
    assert!(matches!(fault, StoreFault::DiskFull), "{fault}");
    drop(upload);
    assert_eq!(
        std::fs::read_dir(folder.join("files/unfinished"))
            .unwrap()
            .count(),
        0
    );

    // Then the database, beside a file that takes nearly all the room.
    let ballast = folder.join("ballast");
    let mut file = std::fs::File::create(&ballast).unwrap();
    while file.write_all(&[0; 4096]).is_ok() {}
    drop(file);
    let mut stored = 1;
    let fault = loop {
        let id = format!("out_full_{stored}");
        match store.command(move |tx| {
            ledger::append(tx, &[vec![7; 20_000]])?;
            tx.run(&outbox::PUT, &message(&id))
        }) {
            Ok(_) => stored += 1,
            Err(fault) => break fault,
        }
    };
    assert!(matches!(fault, StoreFault::DiskFull), "{fault}");
    assert_eq!(count(&store), stored);
    std::fs::remove_file(&ballast).unwrap();
    put(&store, "out_after").unwrap();
    assert_eq!(count(&store), stored + 1);
    drop(store);
    std::fs::remove_dir_all(&folder).unwrap();
}
