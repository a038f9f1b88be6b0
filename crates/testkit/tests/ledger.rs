//! Whatever is changed behind the program's back is found and named.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_app::Failure;
use assay_app::keys;
use assay_app::ledger::checkpoint;
use assay_app::ledger::verify::{Finding, Soundness, verify};
use assay_domain::fact::RetirementGround;
use assay_ledger::{Algorithm, Checkpoint, SignedNote, SigningKey};
use assay_store::{Kind, Statement, StoreFault, Tx, Value, ledger};
use assay_testkit::World;
use assay_testkit::study::Study;

const NAME: &str = "assay.example/ledger";

/// A learner with a plan and two pieces of evidence, in a ledger that is signed.
fn signed_study() -> Study {
    let study = Study::new();
    make_key(&study.world);
    let piece = study.piece("Reflection", "A first paragraph.\n\nA second paragraph.");
    study.mark(&piece, &[1], &["1.1"]);
    checkpoint::latest(&study.world.app).unwrap().unwrap();
    study
}

fn make_key(world: &World) -> keys::KnownKey {
    world
        .act(&world.administrator, |acting| keys::make(acting, Some(NAME)))
        .unwrap()
}

fn look(world: &World, elsewhere: &[Vec<u8>]) -> Soundness {
    verify(&world.app, elsewhere, |_| {}).unwrap()
}

fn names(found: &Soundness, kind: &str) -> Vec<String> {
    let of_kind = |finding: &&Finding| finding.kind == kind;
    found
        .findings
        .iter()
        .filter(of_kind)
        .map(ToString::to_string)
        .collect()
}

/// Changes something behind the program's back.
fn tamper(world: &World, statement: &'static Statement, parameters: Vec<Value>) {
    let changed = world
        .app
        .store()
        .command(move |tx: &mut Tx<'_>| tx.run(statement, &parameters))
        .unwrap();
    assert!(changed > 0, "{} changed nothing", statement.name);
}

macro_rules! tampering {
    ($name:ident, $sql:literal $(, $kind:ident)*) => {
        const $name: Statement = Statement {
            name: stringify!($name),
            sql: $sql,
            parameters: &[$(Kind::$kind),*],
            columns: &[],
        };
    };
}

#[test]
fn a_house_that_nobody_tampered_with_is_sound() {
    let study = signed_study();
    let found = look(&study.world, &[]);
    assert_eq!(found.findings, []);
    assert!(
        found.entries > 20 && found.rows > 20 && found.texts > 5,
        "{found:?}"
    );
    assert_eq!((found.files, found.checkpoints), (1, 1));
}

#[test]
fn a_changed_entry_is_named() {
    let study = signed_study();
    tampering!(CHANGE, "UPDATE entry SET bytes = $1 WHERE sequence = 7", Bytes);
    let mut bytes = study
        .world
        .app
        .store()
        .read(|tx| ledger::entries(tx, 7, 1))
        .unwrap()
        .remove(0)
        .bytes;
    bytes[20] ^= 1;
    tamper(&study.world, &CHANGE, vec![bytes.into()]);
    assert_eq!(
        names(&look(&study.world, &[]), "entry"),
        ["entry 7: entry 7 of the ledger was changed after it was recorded"]
    );
}

#[test]
fn a_missing_entry_and_a_changed_hash_of_the_tree_are_named() {
    let study = signed_study();
    tampering!(LOSE, "DELETE FROM entry WHERE sequence = 5");
    tamper(&study.world, &LOSE, vec![]);
    assert_eq!(
        names(&look(&study.world, &[]), "entry"),
        ["entry 5: entry 5 of the ledger is missing"]
    );
    let study = signed_study();
    tampering!(
        CHANGE,
        "UPDATE tree_node SET hash = $1 WHERE level = 2 AND position = 1",
        Bytes
    );
    tamper(&study.world, &CHANGE, vec![vec![7_u8; 32].into()]);
    let found = names(&look(&study.world, &[]), "tree");
    assert!(found[0].starts_with("tree level 2, position 1"), "{found:?}");
}

#[test]
fn a_dropped_tail_is_found_by_the_checkpoint_that_was_signed() {
    let study = signed_study();
    tampering!(LOSE, "DELETE FROM entry WHERE sequence >= $1", Int);
    let size = study.world.app.store().read(ledger::size).unwrap();
    tamper(&study.world, &LOSE, vec![i64::try_from(size - 2).unwrap().into()]);
    let found = names(&look(&study.world, &[]), "checkpoint");
    assert!(found[0].contains("its end was dropped"), "{found:?}");
}

/// Writes the whole ledger anew with its entries in another order and a tree that fits.
fn forge(world: &World) {
    tampering!(EMPTY, "DELETE FROM entry WHERE sequence >= 0");
    tampering!(FELL, "DELETE FROM tree_node WHERE level >= 0");
    world
        .app
        .store()
        .command(|tx: &mut Tx<'_>| -> Result<(), StoreFault> {
            let mut entries: Vec<Vec<u8>> = ledger::entries(tx, 0, 100_000)?
                .into_iter()
                .map(|entry| entry.bytes)
                .collect();
            // Two neighbours of one act, between which no table can tell.
            let last = entries.len() - 1;
            entries.swap(last, last - 1);
            tx.run(&EMPTY, &[])?;
            tx.run(&FELL, &[])?;
            ledger::append(tx, &entries).map(|_| ())
        })
        .unwrap();
}

#[test]
fn a_forged_history_is_found_by_any_checkpoint_kept_here_or_elsewhere() {
    let study = signed_study();
    let kept = checkpoint::latest(&study.world.app).unwrap().unwrap().to_string();
    forge(&study.world);
    let found = names(&look(&study.world, &[]), "checkpoint");
    assert!(found[0].contains("are not those that were signed"), "{found:?}");
    // Whoever forges here also removes what is kept here; the copy elsewhere still tells.
    tampering!(FORGET, "DELETE FROM checkpoint WHERE size >= 0");
    tamper(&study.world, &FORGET, vec![]);
    assert_eq!(names(&look(&study.world, &[]), "checkpoint"), [""; 0]);
    let found = names(&look(&study.world, &[kept.into_bytes()]), "checkpoint");
    assert!(
        found[0].starts_with("checkpoint number 1 kept elsewhere"),
        "{found:?}"
    );
}

#[test]
fn a_checkpoint_signed_by_a_stranger_is_refused() {
    let study = signed_study();
    let size = study.world.app.store().read(ledger::size).unwrap();
    let stranger = SigningKey::from_seed(NAME, Algorithm::Ed25519, &[9; 32]).unwrap();
    let forged = Checkpoint {
        origin: NAME.into(),
        size,
        root: study.world.app.store().read(ledger::root).unwrap(),
        extensions: vec![],
    };
    let note = forged.sign(&stranger).unwrap().to_string();
    let found = names(&look(&study.world, &[note.into_bytes()]), "checkpoint");
    assert!(
        found[0].contains("no key that was given has signed this"),
        "{found:?}"
    );
}

#[test]
fn changed_missing_and_invented_rows_are_named_with_their_columns() {
    let study = signed_study();
    tampering!(
        PROMOTE,
        "UPDATE role_grant SET role = 'quality_manager' WHERE person = $1",
        Text
    );
    tamper(&study.world, &PROMOTE, vec![study.assessor.as_str().into()]);
    tampering!(
        EXTEND,
        "UPDATE registration SET ends_on = '2099-01-01' WHERE id = $1",
        Text
    );
    tamper(&study.world, &EXTEND, vec![study.registration.as_str().into()]);
    tampering!(LOSE, "DELETE FROM passage_criterion WHERE criterion = '1.1'");
    tamper(&study.world, &LOSE, vec![]);
    tampering!(
        INVENT,
        "INSERT INTO centre_qualification (centre, qualification, from_on) VALUES ($1, '9X9', '2019-01-01')",
        Text
    );
    tamper(&study.world, &INVENT, vec![study.centre.as_str().into()]);
    let found = look(&study.world, &[]);
    let rows = names(&found, "row");
    let tells = |words: [&str; 2]| rows.iter().any(|row| words.iter().all(|word| row.contains(word)));
    assert!(tells(["row role_grant", "column role was changed"]), "{rows:?}");
    assert!(
        tells([study.registration.as_str(), "column ends_on was changed"]),
        "{rows:?}"
    );
    assert!(tells(["row passage_criterion", "it is missing"]), "{rows:?}");
    assert!(
        tells(["row centre_qualification", "follows from no entry"]),
        "{rows:?}"
    );
    assert_eq!(rows.len(), found.findings.len(), "{rows:?}");
    // Looking changed nothing.
    assert_eq!(look(&study.world, &[]).findings.len(), rows.len());
}

#[test]
fn a_changed_private_text_its_salt_and_a_missing_one_are_named() {
    for sql in [
        &{
            tampering!(
                CONTENT,
                "UPDATE private SET content = $1 WHERE kind = 'evidence.title'",
                Bytes
            );
            CONTENT
        },
        &{
            tampering!(
                SALT,
                "UPDATE private SET salt = $1 WHERE kind = 'evidence.title'",
                Bytes
            );
            SALT
        },
    ] {
        let study = signed_study();
        let sql: &'static Statement = Box::leak(Box::new(*sql));
        tamper(
            &study.world,
            sql,
            vec![b"another title, thirty-two bytes!".to_vec().into()],
        );
        let found = names(&look(&study.world, &[]), "text");
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(found[0].contains("evidence_started"), "{found:?}");
    }
    let study = signed_study();
    tampering!(LOSE, "DELETE FROM private WHERE kind = 'evidence.title'");
    tamper(&study.world, &LOSE, vec![]);
    let found = names(&look(&study.world, &[]), "text");
    assert!(found[0].contains("it is missing"), "{found:?}");
}

#[test]
fn a_changed_file_and_a_missing_one_are_named() {
    let study = signed_study();
    let files = study.world.app.store().files().clone();
    let address = files.list().unwrap().remove(0);
    let path = files.path(&address).unwrap();
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[3] ^= 0x20;
    let replaced = path.with_extension("new");
    std::fs::write(&replaced, &bytes).unwrap();
    std::fs::rename(&replaced, &path).unwrap();
    let found = names(&look(&study.world, &[]), "file");
    assert!(
        found[0].contains(&address) && found[0].contains("bytes were changed"),
        "{found:?}"
    );
    std::fs::remove_file(&path).unwrap();
    let found = names(&look(&study.world, &[]), "file");
    assert!(found[0].contains("it is missing"), "{found:?}");
}

#[test]
fn a_changed_specification_is_named() {
    let study = signed_study();
    tampering!(EASE, "UPDATE specification_text SET text = text || '\n'");
    tamper(&study.world, &EASE, vec![]);
    let found = names(&look(&study.world, &[]), "specification");
    assert!(found[0].contains("changed after it was loaded"), "{found:?}");
}

#[test]
fn a_key_is_rotated_and_what_the_old_one_signed_stays_valid() {
    let study = signed_study();
    let world = &study.world;
    let old = checkpoint::latest(&world.app).unwrap().unwrap();
    let first = world.app.store().read(keys::list).unwrap().remove(0);
    let second = world.act(&world.administrator, keys::rotate).unwrap();
    assert_ne!(first.id, second.id);
    let handover = checkpoint::latest(&world.app).unwrap().unwrap();
    let both = [first.verifier().unwrap(), second.verifier().unwrap()];
    assert_eq!(handover.check(&both).unwrap().len(), 2, "{handover}");
    study.piece("Another", "More words.");
    let now = checkpoint::latest(&world.app).unwrap().unwrap();
    assert!(now.check(&both[..1]).is_err());
    assert_eq!(now.check(&both[1..]).unwrap().len(), 1);
    assert_eq!(look(world, &[old.to_string().into_bytes()]).findings, []);

    // The old key, used after its retirement, counts for nothing.
    let seed_of_old = std::fs::read_to_string(
        world
            .app
            .surroundings()
            .keys
            .clone()
            .unwrap()
            .join(format!("{}.key", first.id)),
    )
    .unwrap();
    let misused = SigningKey::parse(&seed_of_old).unwrap();
    let checkpoint = Checkpoint::parse(now.text()).unwrap();
    let note = checkpoint.sign(&misused).unwrap().to_string();
    let found = names(&look(world, &[note.into_bytes()]), "checkpoint");
    assert!(found[0].contains("which was not in use"), "{found:?}");
    // So does the new key where the ledger had not yet heard of it.
    let early = Checkpoint::parse(old.text()).unwrap();
    let secret = std::fs::read_to_string(
        world
            .app
            .surroundings()
            .keys
            .clone()
            .unwrap()
            .join(format!("{}.key", second.id)),
    )
    .unwrap();
    let note = early
        .sign(&SigningKey::parse(&secret).unwrap())
        .unwrap()
        .to_string();
    let found = names(&look(world, &[note.into_bytes()]), "checkpoint");
    assert!(found[0].contains("which was not in use"), "{found:?}");
}

#[test]
fn a_lost_key_is_retired_and_another_takes_its_place_under_the_same_name() {
    let study = signed_study();
    let world = &study.world;
    let first = world.app.store().read(keys::list).unwrap().remove(0);
    let folder = world.app.surroundings().keys.clone().unwrap();
    std::fs::remove_file(folder.join(format!("{}.key", first.id))).unwrap();
    let kept = checkpoint::latest(&world.app).unwrap().unwrap();
    study.piece("Another", "More words.");
    // Without the key the last checkpoint is what can be shown; rotating is refused with the way out.
    assert_eq!(checkpoint::latest(&world.app).unwrap().unwrap(), kept);
    let refused = world.act(&world.administrator, keys::rotate).unwrap_err();
    assert!(
        refused.to_string().contains("retire the key as lost"),
        "{refused}"
    );
    let id = first.id.clone();
    world
        .act(&world.administrator, move |acting| {
            keys::retire(acting, &id, RetirementGround::Lost)
        })
        .unwrap();
    let other = world.act(&world.administrator, |acting| {
        keys::make(acting, Some("elsewhere.example"))
    });
    assert!(matches!(other, Err(Failure::Unreadable(_))));
    let second = world
        .act(&world.administrator, |acting| keys::make(acting, None))
        .unwrap();
    assert_eq!(second.verifier().unwrap().name(), NAME);
    assert!(
        checkpoint::latest(&world.app)
            .unwrap()
            .unwrap()
            .check(&[second.verifier().unwrap()])
            .is_ok()
    );
    assert_eq!(look(world, &[]).findings, []);
}

#[cfg(unix)]
#[test]
fn a_key_file_is_its_owners_alone_and_is_refused_when_others_can_read_it() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    let key = make_key(&world);
    let folder = world.app.surroundings().keys.clone().unwrap();
    let path = folder.join(format!("{}.key", key.id));
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&folder), mode(&path)), (0o700, 0o600));
    std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).unwrap();
    let refused = checkpoint::latest(&world.app).unwrap_err().to_string();
    assert!(refused.contains("others than its owner can read it"), "{refused}");
}

#[test]
fn the_cosignature_of_a_witness_is_kept_with_the_checkpoint() {
    let world = World::new();
    make_key(&world);
    let given_out = checkpoint::latest(&world.app).unwrap().unwrap();
    let witness = SigningKey::from_seed("witness.example", Algorithm::Cosignature, &[5; 32]).unwrap();
    let mut sent = given_out.clone();
    sent.sign(&witness, 1_571_000_000);
    let verifier = witness.verifier();
    let add = |sent: SignedNote| {
        let witnesses = vec![verifier.clone()];
        world.act(&world.administrator, move |acting| {
            checkpoint::add_cosignatures(acting.tx, sent.to_string().as_bytes(), &witnesses)
        })
    };
    assert_eq!(add(sent.clone()).unwrap(), 1);
    assert_eq!(add(sent.clone()).unwrap(), 0);
    assert_eq!(
        checkpoint::latest(&world.app)
            .unwrap()
            .unwrap()
            .signatures()
            .len(),
        2
    );
    assert_eq!(look(&world, &[]).findings, []);
    // One that was never given out is not taken in.
    let mut other = SignedNote::new(sent.text().replace(NAME, "other.example")).unwrap();
    other.sign(&witness, 1);
    assert!(matches!(add(other), Err(Failure::Unreadable(_))));
}
