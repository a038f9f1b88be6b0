use crate::{message, on_both};
use assay_store::scratch::Scratch;
use assay_store::statements::{outbox, people};
use assay_store::tables::Kept;
use assay_store::{Store, StoreFault, Value, ledger, private, rebuild};

/// A few rows in the ledger, in derived and in working tables.
fn fill(store: &Store) {
    store
        .command(|tx| {
            ledger::append(
                tx,
                &[
                    b"{\"a\":1}".to_vec(),
                    b"{\"b\":2}".to_vec(),
                    b"{\"c\":3}".to_vec(),
                ],
            )?;
            for (id, given, email) in [
                ("prs_2", "Grace\nB.", Value::Null),
                ("prs_1", "\"Ada\"", "ada@example.org".into()),
            ] {
                tx.run(
                    &people::ADD_PERSON,
                    &[
                        id.into(),
                        given.into(),
                        "L".into(),
                        Value::Null,
                        email,
                        "prv_1".into(),
                        "2019".into(),
                    ],
                )?;
            }
            private::put(tx, "prv_1", "prs_1", "name", &[9; 32], "Ada")?;
            tx.run(&outbox::PUT, &message("out_1"))?;
            Ok::<_, StoreFault>(())
        })
        .unwrap();
}

fn derived(store: &Store) -> String {
    store.read(|tx| rebuild::dump(tx, Kept::Derived)).unwrap()
}

#[test]
fn the_rows_of_derived_tables_read_the_same_on_both_engines() {
    on_both(|_, store| {
        fill(&store);
        let expected = "person\tid=\"prs_1\"\tgiven=\"\\\"Ada\\\"\"\tfamily=\"L\"\tborn_on=null\t\
                        email=\"ada@example.org\"\tdetails=\"prv_1\"\tadded_at=\"2019\"\terased=0\n\
                        person\tid=\"prs_2\"\tgiven=\"Grace\\nB.\"\tfamily=\"L\"\tborn_on=null\t\
                        email=null\tdetails=\"prv_1\"\tadded_at=\"2019\"\terased=0\n";
        assert_eq!(derived(&store), expected);
    });
}

#[test]
fn emptying_takes_derived_tables_and_nothing_else() {
    on_both(|_, store| {
        fill(&store);
        let kept = |how| store.read(|tx| rebuild::dump(tx, how)).unwrap();
        let before = (kept(Kept::Ledger), kept(Kept::Working));
        store.command(rebuild::empty_derived).unwrap();
        assert_eq!(derived(&store), "");
        assert_eq!((kept(Kept::Ledger), kept(Kept::Working)), before);
    });
}

#[test]
fn digests_tell_which_table_differs() {
    on_both(|_, store| {
        fill(&store);
        let before = store.read(rebuild::digest_derived).unwrap();
        store
            .command(|tx| tx.run(&people::ERASE_PERSON, &["prs_1".into()]))
            .unwrap();
        let after = store.read(rebuild::digest_derived).unwrap();
        let differ: Vec<&str> = before
            .iter()
            .zip(&after)
            .filter(|(one, other)| one != other)
            .map(|(one, _)| one.table)
            .collect();
        assert_eq!(differ, ["person"]);
    });
}

#[test]
fn the_first_difference_between_two_dumps_is_named() {
    assert_eq!(rebuild::first_difference("a\nb\n", "a\nb\n"), None);
    assert_eq!(rebuild::first_difference("a\nb\n", "a\nc\n"), Some(("b", "c")));
    assert_eq!(rebuild::first_difference("a\n", "a\nc\n"), Some(("", "c")));
}

#[test]
fn a_copy_on_another_engine_has_the_same_rows_and_the_same_root() {
    for from in Scratch::engines().unwrap() {
        for into in Scratch::engines().unwrap() {
            println!("from {} to {}", from.engine(), into.engine());
            let (source, copy) = (from.open().unwrap(), into.open().unwrap());
            if source.read(ledger::size).unwrap() == 0 {
                fill(&source);
            }
            let copied = source.copy_to(&copy).unwrap();
            assert_eq!(copied.root, copy.read(ledger::root).unwrap());
            for how in [Kept::Ledger, Kept::Derived, Kept::Working] {
                let dump = |store: &Store| store.read(|tx| rebuild::dump(tx, how)).unwrap();
                assert_eq!(dump(&source), dump(&copy));
            }
            let again = source.copy_to(&copy).unwrap_err();
            assert!(again.to_string().contains("not empty"), "{again}");
        }
    }
}
