use crate::on_both;
use assay_store::{Engine, StoreConfig, StoreFault, private};

const AT: &str = "2019-10-14T09:30:00.000Z";

#[test]
fn private_content_comes_back_with_its_salt() {
    on_both(|_, store| {
        store
            .command(|tx| {
                private::put(
                    tx,
                    "prv_1",
                    "prs_1",
                    "judgement.reason",
                    &[7; 32],
                    "Clear and evidenced.",
                )
            })
            .unwrap();
        let held = store.read(|tx| private::find_held(tx, "prv_1")).unwrap().unwrap();
        assert_eq!(
            held.content,
            Some((vec![7; 32], "Clear and evidenced.".to_owned()))
        );
        assert_eq!(store.read(|tx| private::find(tx, "prv_2")).unwrap(), None);
    });
}

#[test]
fn erasing_a_person_leaves_nothing_readable_and_says_when() {
    on_both(|_, store| {
        store
            .command(|tx| {
                private::put(tx, "prv_1", "prs_1", "name", &[1; 32], "Ada")?;
                private::put(tx, "prv_2", "prs_1", "note", &[2; 32], "…")?;
                private::put(tx, "prv_3", "prs_2", "name", &[3; 32], "Grace")
            })
            .unwrap();
        assert_eq!(
            store.command(|tx| private::erase_about(tx, "prs_1", AT)).unwrap(),
            2
        );
        assert!(!store.command(|tx| private::erase(tx, "prv_1", "later")).unwrap());
        store
            .read(|tx| {
                let about = private::list_about(tx, "prs_1")?;
                assert!(
                    about
                        .iter()
                        .all(|held| held.content.is_none() && held.erased_at.as_deref() == Some(AT))
                );
                assert_eq!((about.len(), private::find(tx, "prv_1")?), (2, None));
                assert_eq!(private::find(tx, "prv_3")?.as_deref(), Some("Grace"));
                Ok::<_, StoreFault>(())
            })
            .unwrap();
    });
}

#[test]
fn what_was_erased_is_not_left_in_the_database_file() {
    on_both(|scratch, store| {
        // PostgreSQL keeps old rows until it vacuums; docs/operations says so.
        let (Engine::Sqlite, StoreConfig::Sqlite { path }) = (scratch.engine(), scratch.config()) else {
            return;
        };
        let secret = "a sentence that nobody else would write ".repeat(200);
        let short = "Zaphod Quirke-Ffoulkes";
        let (long, name) = (secret.clone(), short.to_owned());
        store
            .command(move |tx| {
                private::put(tx, "prv_1", "prs_1", "note", &[1; 32], &long)?;
                private::put(tx, "prv_2", "prs_1", "name", &[2; 32], &name)
            })
            .unwrap();
        store.command(|tx| private::erase_about(tx, "prs_1", AT)).unwrap();
        drop(store);
        let bytes = std::fs::read(path).unwrap();
        for text in [&secret[..40], short] {
            assert!(
                !bytes.windows(text.len()).any(|window| window == text.as_bytes()),
                "{text:?} is still there"
            );
        }
    });
}

#[cfg(unix)]
#[test]
fn only_the_owner_can_read_database_and_evidence() {
    use std::os::unix::fs::PermissionsExt;
    on_both(|scratch, store| {
        let StoreConfig::Sqlite { path } = scratch.config() else {
            return;
        };
        let others = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o077;
        crate::put(&store, "out_1").unwrap();
        for name in ["assay.db", "assay.db-wal", "files", "files/unfinished"] {
            assert_eq!(others(&path.with_file_name(name)), 0, "{name}");
        }
    });
}
