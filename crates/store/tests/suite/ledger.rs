use crate::on_both;
use assay_ledger::{check_consistency, check_inclusion, leaf_hash};
use assay_store::ledger::Altered;
use assay_store::{Statement, StoreFault, ledger};

fn entries(range: std::ops::Range<i64>) -> Vec<Vec<u8>> {
    range.map(|n| format!("{{\"fact\":{n}}}").into_bytes()).collect()
}

#[test]
fn entries_come_back_in_the_order_in_which_they_were_appended() {
    on_both(|_, store| {
        assert_eq!(
            store.command(|tx| ledger::append(tx, &entries(0..3))).unwrap(),
            0..3
        );
        assert_eq!(
            store.command(|tx| ledger::append(tx, &entries(3..4))).unwrap(),
            3..4
        );
        let read = store.read(|tx| ledger::entries(tx, 1, 2)).unwrap();
        let bytes: Vec<Vec<u8>> = read.iter().map(|entry| entry.bytes.clone()).collect();
        assert_eq!((read[0].sequence, bytes), (1, entries(1..3)));
    });
}

#[test]
fn both_engines_have_the_same_root_however_entries_were_grouped() {
    on_both(|_, store| {
        let mut from = 0;
        for length in [1, 5, 0, 2, 40, 1] {
            store
                .command(move |tx| ledger::append(tx, &entries(from..from + length)))
                .unwrap();
            from += length;
        }
        let (root, anew) = store
            .read(|tx| Ok::<_, StoreFault>((ledger::root(tx)?, ledger::root_from_entries(tx)?)))
            .unwrap();
        assert_eq!(root, anew);
        let leaves: Vec<_> = entries(0..from).iter().map(|entry| leaf_hash(entry)).collect();
        let nodes = assay_ledger::append(0, &leaves, Err).unwrap();
        let expected = assay_ledger::root(from as u64, |place| {
            nodes
                .iter()
                .find(|node| node.place == place)
                .map(|node| node.hash)
                .ok_or(place)
        });
        assert_eq!(Ok(root), expected);
    });
}

#[test]
fn an_empty_ledger_has_the_root_of_nothing() {
    on_both(|_, store| {
        let (size, root) = store
            .read(|tx| Ok::<_, StoreFault>((ledger::size(tx)?, ledger::root(tx)?)))
            .unwrap();
        assert_eq!((size, root), (0, assay_ledger::empty_root()));
    });
}

#[test]
fn a_stranger_can_check_an_entry_and_that_nothing_was_rewritten() {
    on_both(|_, store| {
        store.command(|tx| ledger::append(tx, &entries(0..21))).unwrap();
        store
            .read(|tx| {
                let root = ledger::root(tx)?;
                let proof = ledger::inclusion_proof(tx, 17, 21)?.unwrap();
                check_inclusion(17, 21, &leaf_hash(&entries(17..18)[0]), &proof, &root).unwrap();
                let earlier = ledger::root_of(tx, 13)?;
                let proof = ledger::consistency_proof(tx, 13, 21)?.unwrap();
                check_consistency(13, 21, &earlier, &root, &proof).unwrap();
                Ok::<_, StoreFault>(())
            })
            .unwrap();
    });
}

const fn tampering(sql: &'static str) -> Statement {
    Statement {
        name: "test.tamper",
        sql,
        parameters: &[],
        columns: &[],
    }
}
const CHANGE_ENTRY: Statement = tampering("UPDATE entry SET bytes = leaf_hash WHERE sequence = 5");
const REMOVE_ENTRY: Statement = tampering("DELETE FROM entry WHERE sequence = 3");
const CHANGE_NODE: Statement =
    tampering("UPDATE tree_node SET hash = (SELECT leaf_hash FROM entry WHERE sequence = 0) WHERE level = 2");

#[test]
fn whoever_tampers_with_the_stored_ledger_is_found_out() {
    on_both(|_, store| {
        store.command(|tx| ledger::append(tx, &entries(0..11))).unwrap();
        assert_eq!(store.read(ledger::find_alteration).unwrap(), None);
        // Each undone again by saying no.
        let found = |tampering: &'static Statement| {
            let answer: Result<(), Found> = store.command(move |tx| {
                tx.run(tampering, &[])?;
                Err(Found::Is(ledger::find_alteration(tx)?))
            });
            match answer {
                Err(Found::Is(altered)) => altered,
                other => panic!("{other:?}"),
            }
        };
        assert_eq!(found(&CHANGE_ENTRY), Some(Altered::EntryChanged { sequence: 5 }));
        assert_eq!(found(&REMOVE_ENTRY), Some(Altered::EntryMissing { sequence: 3 }));
        assert_eq!(
            found(&CHANGE_NODE),
            Some(Altered::NodeChanged {
                level: 2,
                position: 0
            })
        );
    });
}

#[derive(Debug)]
enum Found {
    Is(Option<Altered>),
    #[allow(dead_code)] // shown when a test fails
    Fault(StoreFault),
}
impl From<StoreFault> for Found {
    fn from(fault: StoreFault) -> Found {
        Found::Fault(fault)
    }
}
