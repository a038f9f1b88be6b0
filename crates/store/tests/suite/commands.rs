use crate::{count, message, on_both, put};
use assay_store::scratch::Scratch;
use assay_store::statements::outbox;
use assay_store::{Engine, Kind, Statement, Store, StoreConfig, StoreFault, Value, ledger};
use std::sync::atomic::{AtomicBool, Ordering};

/// What a command says: a refusal of the rules, or a fault below them.
#[derive(Debug)]
enum Said {
    No,
    #[allow(dead_code)] // shown when a test fails
    Fault(StoreFault),
}
impl From<StoreFault> for Said {
    fn from(fault: StoreFault) -> Said {
        Said::Fault(fault)
    }
}

#[test]
fn what_a_command_wrote_is_there_for_the_next_reader_and_after_reopening() {
    on_both(|scratch, store| {
        put(&store, "out_1").unwrap();
        assert_eq!(count(&store), 1);
        drop(store);
        assert_eq!(count(&scratch.open().unwrap()), 1);
    });
}

#[test]
fn a_command_that_says_no_leaves_nothing() {
    on_both(|_, store| {
        let said: Result<(), Said> = store.command(|tx| {
            tx.run(&outbox::PUT, &message("out_1"))?;
            ledger::append(tx, &[b"fact".to_vec()])?;
            Err(Said::No)
        });
        assert!(matches!(said, Err(Said::No)));
        assert_eq!(count(&store), 0);
        assert_eq!(store.read(ledger::size).unwrap(), 0);
    });
}

#[test]
fn a_command_in_which_a_statement_failed_is_undone_even_if_it_goes_on() {
    on_both(|_, store| {
        put(&store, "out_1").unwrap();
        let answer: Result<(), StoreFault> = store.command(|tx| {
            tx.run(&outbox::PUT, &message("out_2"))?;
            let _ = tx.run(&outbox::PUT, &message("out_1"));
            Ok(())
        });
        assert!(
            matches!(
                answer,
                Err(StoreFault::Engine {
                    statement: "outbox.put",
                    ..
                })
            ),
            "{answer:?}"
        );
        assert_eq!(count(&store), 1);
    });
}

#[test]
fn a_command_that_panics_is_undone_and_the_writer_goes_on() {
    on_both(|_, store| {
        let answer: Result<(), StoreFault> = store.command(|tx| {
            tx.run(&outbox::PUT, &message("out_1"))?;
            panic!("in the middle of a command");
        });
        let Err(fault) = answer else {
            panic!("a panic is a fault")
        };
        assert!(
            fault.to_string().contains("in the middle of a command"),
            "{fault}"
        );
        put(&store, "out_2").unwrap();
        assert_eq!(count(&store), 1);
    });
}

#[test]
fn a_command_inside_a_command_is_refused_and_not_waited_for() {
    on_both(|_, store| {
        let inner = store.clone();
        let answer = store.command(move |_| put(&inner, "out_1"));
        assert!(answer.unwrap_err().to_string().contains("inside a command"));
    });
}

#[test]
fn a_command_may_hold_the_last_clone_of_the_store() {
    on_both(|_, store| {
        let (started, wait) = std::sync::mpsc::channel();
        let inner = store.clone();
        let caller = std::thread::spawn(move || {
            let held = inner.clone();
            inner.command(move |_| {
                started.send(()).unwrap();
                std::thread::sleep(std::time::Duration::from_millis(50));
                drop(held);
                Ok::<_, StoreFault>(())
            })
        });
        wait.recv().unwrap();
        drop(store);
        caller.join().unwrap().unwrap();
    });
}

#[test]
fn sixty_four_callers_at_once_make_one_ledger_in_one_order() {
    on_both(|scratch, store| {
        let each = if scratch.engine() == Engine::Sqlite { 20 } else { 5 };
        std::thread::scope(|scope| {
            for caller in 0..64 {
                let store = store.clone();
                scope.spawn(move || {
                    for act in 0..each {
                        let said: Result<(), Said> = store.command(move |tx| {
                            let at = ledger::append(tx, &[format!("{caller} {act}").into_bytes()])?;
                            assert_eq!(at.end - at.start, 1);
                            // Every fifth says no after it has written.
                            if act % 5 == 4 { Err(Said::No) } else { Ok(()) }
                        });
                        assert_eq!(said.is_err(), act % 5 == 4, "{said:?}");
                    }
                });
            }
        });
        let kept = 64 * each / 5 * 4;
        store
            .read(|tx| {
                let entries = ledger::entries(tx, 0, 10_000)?;
                assert_eq!(entries.len(), kept);
                for caller in 0..64 {
                    let own: Vec<u64> = entries
                        .iter()
                        .map(|entry| String::from_utf8(entry.bytes.clone()).unwrap())
                        .filter_map(|text| {
                            text.strip_prefix(&format!("{caller} "))
                                .map(|act| act.parse().unwrap())
                        })
                        .collect();
                    assert_eq!(own.len(), each / 5 * 4);
                    assert!(
                        own.is_sorted(),
                        "a caller's own acts are in the order in which it gave them"
                    );
                }
                assert_eq!(ledger::root(tx)?, ledger::root_from_entries(tx)?);
                Ok::<_, StoreFault>(())
            })
            .unwrap();
    });
}

#[test]
fn two_processes_share_one_ledger_order() {
    on_both(|scratch, first| {
        let second = scratch.open().unwrap();
        std::thread::scope(|scope| {
            for store in [&first, &second] {
                for _ in 0..8 {
                    scope.spawn(move || {
                        for _ in 0..5 {
                            store
                                .command(|tx| ledger::append(tx, &[b"fact".to_vec()]))
                                .unwrap();
                        }
                    });
                }
            }
        });
        first
            .read(|tx| {
                assert_eq!(ledger::size(tx)?, 80);
                assert_eq!(ledger::root(tx)?, ledger::root_from_entries(tx)?);
                Ok::<_, StoreFault>(())
            })
            .unwrap();
    });
}

#[test]
fn a_reader_sees_one_state_while_others_write() {
    on_both(|_, store| {
        put(&store, "out_1").unwrap();
        store
            .read(|tx| {
                let before = tx.row(&crate::COUNT, &[])?.unwrap().int("messages")?;
                put(&store, "out_2")?;
                let after = tx.row(&crate::COUNT, &[])?.unwrap().int("messages")?;
                assert_eq!((before, after), (1, 1));
                Ok::<_, StoreFault>(())
            })
            .unwrap();
        assert_eq!(count(&store), 2);
    });
}

#[test]
fn more_readers_than_connections_wait_their_turn() {
    on_both(|_, store| {
        put(&store, "out_1").unwrap();
        std::thread::scope(|scope| {
            for _ in 0..32 {
                scope.spawn(|| {
                    for _ in 0..5 {
                        assert_eq!(count(&store), 1);
                    }
                });
            }
        });
    });
}

#[test]
fn a_reader_that_panics_gives_its_connection_back() {
    on_both(|_, store| {
        // More often than there are connections.
        for _ in 0..10 {
            let store = store.clone();
            let panicked = AtomicBool::new(false);
            let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
                store.read(|_| -> Result<(), StoreFault> {
                    panicked.store(true, Ordering::Relaxed);
                    panic!("in the middle of a page")
                })
            }));
            assert!(caught.is_err() && panicked.load(Ordering::Relaxed));
        }
        assert_eq!(count(&store), 0);
    });
}

#[test]
fn a_read_cannot_write() {
    on_both(|_, store| {
        let answer = store.read(|tx| tx.run(&outbox::PUT, &message("out_1")));
        assert!(answer.is_err());
        assert_eq!(count(&store), 0);
    });
}

#[test]
fn placeholders_are_bound_by_their_numbers() {
    const SWAPPED: Statement = Statement {
        name: "test.swapped",
        sql: "UPDATE outbox SET subject = $2, recipient = $3 WHERE id = $1",
        parameters: &[Kind::Text, Kind::Text, Kind::Text],
        columns: &[],
    };
    on_both(|_, store| {
        put(&store, "out_1").unwrap();
        let changed = store
            .command(|tx| tx.run(&SWAPPED, &["out_1".into(), "subject".into(), "recipient".into()]))
            .unwrap();
        assert_eq!(changed, 1);
        let row = store
            .read(|tx| tx.row(&outbox::LIST_DUE, &["2030".into(), Value::Int(9)]))
            .unwrap()
            .unwrap();
        assert_eq!(
            (row.text("subject").unwrap(), row.text("recipient").unwrap()),
            ("subject".into(), "recipient".into())
        );
    });
}

#[test]
fn both_engines_refuse_what_one_of_them_could_not_store() {
    on_both(|_, store| {
        let mut nul = message("out_1");
        nul[4] = "a\0b".into();
        let mut number = message("out_1");
        number[4] = Value::Int(1);
        for parameters in [&nul[..], &number[..], &message("out_1")[..4]] {
            let parameters = parameters.to_vec();
            let answer = store.command(move |tx| tx.run(&outbox::PUT, &parameters));
            assert!(
                matches!(
                    answer,
                    Err(StoreFault::Engine {
                        statement: "outbox.put",
                        ..
                    })
                ),
                "{answer:?}"
            );
        }
    });
}

#[test]
fn text_sorts_by_its_bytes_on_both_engines() {
    const NAMES: Statement = Statement {
        name: "test.names",
        sql: "SELECT id FROM outbox ORDER BY id",
        parameters: &[],
        columns: &[("id", Kind::Text)],
    };
    on_both(|_, store| {
        for id in ["b", "B", "a", "é", "_", "10", "9", "Z"] {
            put(&store, id).unwrap();
        }
        let rows = store.read(|tx| tx.rows(&NAMES, &[])).unwrap();
        let ids: Vec<String> = rows.iter().map(|row| row.text("id").unwrap()).collect();
        assert_eq!(ids, ["10", "9", "B", "Z", "_", "a", "b", "é"]);
    });
}

#[test]
fn a_store_in_memory_works_like_the_others() {
    let scratch = Scratch::sqlite().unwrap();
    let store = Store::open(&StoreConfig::Memory, &scratch.files()).unwrap();
    put(&store, "out_1").unwrap();
    assert_eq!(count(&store), 1);
}
