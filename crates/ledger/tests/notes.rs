//! What is signed cannot be changed, and what is written one way is read one way.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_ledger::{
    Algorithm, Bundle, Checkpoint, CheckpointFault, Hash, KeyFault, NoteFault, SignedNote, SigningKey, Tile,
    VerifierKey, bundle_entries, leaf_hash, tiles_at, unbundle_entries,
};
use proptest::prelude::*;

fn key(name: &str, algorithm: Algorithm, seed: u8) -> SigningKey {
    SigningKey::from_seed(name, algorithm, &[seed; 32]).unwrap()
}

fn checkpoint(size: u64) -> Checkpoint {
    Checkpoint {
        origin: "assay.example".to_owned(),
        size,
        root: leaf_hash(&size.to_be_bytes()),
        extensions: Vec::new(),
    }
}

#[test]
fn every_bit_flipped_in_a_signed_checkpoint_is_refused() {
    let signer = key("assay.example", Algorithm::Ed25519, 7);
    let keys = [signer.verifier()];
    let good = checkpoint(123_456).sign(&signer).unwrap().to_string();
    assert_eq!(
        SignedNote::parse(good.as_bytes())
            .unwrap()
            .check(&keys)
            .unwrap()
            .len(),
        1
    );
    for bit in 0..good.len() * 8 {
        let mut bytes = good.clone().into_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let opened = SignedNote::parse(&bytes).and_then(|note| note.check(&keys).map(|by| by.len()));
        assert!(
            opened.is_err(),
            "bit {bit} flipped: {:?}",
            String::from_utf8_lossy(&bytes)
        );
    }
    for length in 0..good.len() {
        let opened =
            SignedNote::parse(&good.as_bytes()[..length]).and_then(|note| note.check(&keys).map(|_| ()));
        assert!(opened.is_err(), "cut after {length} bytes");
    }
}

#[test]
fn every_bit_flipped_in_a_key_is_refused_or_makes_a_key_that_verifies_nothing() {
    let signer = key("assay.example", Algorithm::Ed25519, 9);
    let text = signer.verifier().to_string();
    let note = checkpoint(5).sign(&signer).unwrap();
    for bit in 0..text.len() * 8 {
        let mut bytes = text.clone().into_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        let Ok(changed) = String::from_utf8(bytes) else {
            continue;
        };
        if let Ok(other) = VerifierKey::parse(&changed) {
            assert!(note.check(&[other]).is_err(), "{changed}");
        }
    }
}

#[test]
fn a_witness_states_the_time_and_its_statement_is_bound_to_the_text() {
    let (signer, witness) = (
        key("assay.example", Algorithm::Ed25519, 1),
        key("witness.example", Algorithm::Cosignature, 2),
    );
    let mut note = checkpoint(40).sign(&signer).unwrap();
    note.sign(&witness, 1_571_000_000);
    let keys = [signer.verifier(), witness.verifier()];
    let note = SignedNote::parse(note.to_string().as_bytes()).unwrap();
    let by = note.check(&keys).unwrap();
    assert_eq!(
        by.iter().map(|signed| signed.seen).collect::<Vec<_>>(),
        [None, Some(1_571_000_000)]
    );
    // The same line under another checkpoint is false, and said to be the witness's.
    let mut other = checkpoint(41).sign(&signer).unwrap();
    other.add(note.signatures()[1].clone());
    let fault = other.check(&keys).unwrap_err();
    assert!(
        matches!(&fault, NoteFault::SignatureFalse { name, .. } if name == "witness.example"),
        "{fault}"
    );
    // A witness that is not known is passed over.
    assert_eq!(other.check(&keys[..1]).unwrap().len(), 1);
}

#[test]
fn the_example_of_the_note_specification_opens_and_its_key_is_written_back() {
    let key = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";
    let parsed = VerifierKey::parse(key).unwrap();
    assert_eq!(parsed.to_string(), key);
    let note = "This is an example message.\n\n\u{2014} example.com/foo \
        Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n";
    let note = SignedNote::parse(note.as_bytes()).unwrap();
    assert_eq!(note.check(&[parsed]).unwrap().len(), 1);
}

#[test]
fn a_secret_key_is_written_and_read_back_and_never_shown() {
    let signer = key("assay.example", Algorithm::Ed25519, 3);
    let again = SigningKey::parse(&signer.secret_text()).unwrap();
    assert_eq!(again.verifier(), signer.verifier());
    assert!(!format!("{signer:?}").contains("PRIVATE"));
    assert_eq!(
        SigningKey::parse(&signer.secret_text().replace("assay", "essay")).unwrap_err(),
        KeyFault::Id
    );
    assert!(SigningKey::from_seed("two words", Algorithm::Ed25519, &[0; 32]).is_err());
}

#[test]
fn a_weak_key_under_which_anything_verifies_is_refused() {
    let mut identity = [0; 32];
    identity[0] = 1;
    let refused = VerifierKey::new("assay.example", Algorithm::Ed25519, &identity);
    assert_eq!(refused.unwrap_err(), KeyFault::Bytes);
}

#[test]
fn a_checkpoint_that_is_spelled_otherwise_is_refused() {
    let text = checkpoint(40).to_string();
    for (from, to, fault) in [
        ("\n40\n", "\n040\n", CheckpointFault::Size),
        ("\n40\n", "\n+40\n", CheckpointFault::Size),
        ("\n40\n", "\n-1\n", CheckpointFault::Size),
        ("\n40\n", "\n18446744073709551616\n", CheckpointFault::Size),
        ("assay.example", "", CheckpointFault::Origin),
        ("=\n", "\n", CheckpointFault::Root),
        ("=\n", "=\n\nmore\n", CheckpointFault::Extension),
    ] {
        assert_eq!(
            Checkpoint::parse(&text.replacen(from, to, 1)),
            Err(fault),
            "{from:?} as {to:?}"
        );
    }
}

#[test]
fn a_note_with_too_many_signatures_or_of_great_length_is_refused() {
    let signer = key("assay.example", Algorithm::Ed25519, 7);
    let mut note = checkpoint(1).sign(&signer).unwrap().to_string();
    let line = note.lines().last().unwrap().to_owned();
    for _ in 0..100 {
        note.push_str(&line);
        note.push('\n');
    }
    assert_eq!(SignedNote::parse(note.as_bytes()), Err(NoteFault::TooLong));
    assert_eq!(SignedNote::parse(&vec![b'a'; 1 << 20]), Err(NoteFault::TooLong));
}

#[test]
fn tiles_are_named_as_the_format_names_them() {
    for (tile, path) in [
        ((0, 0, 256), "0/000"),
        ((0, 1_234_067, 256), "0/x001/x234/067"),
        ((3, 999, 5), "3/999.p/5"),
        ((1, 1000, 256), "1/x001/000"),
    ] {
        let (level, index, width) = tile;
        let tile = Tile { level, index, width };
        assert_eq!(tile.path(), path);
        assert_eq!(Tile::parse(path), Some(tile));
    }
    for path in [
        "",
        "0",
        "0/",
        "0/1",
        "0/0001",
        "0/x000/001",
        "00/000",
        "+0/000",
        "8/000",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/07",
        "0/000.p",
        "0/x001/x234",
        "0/../000",
        "0/x999/x999/x999/x999/x999/x999/x999/999",
        "64/000",
    ] {
        assert_eq!(Tile::parse(path), None, "{path:?}");
    }
    assert_eq!(tiles_at(1034, 0), Some((4, 10)));
    assert_eq!(tiles_at(1034, 1), Some((0, 4)));
    assert_eq!(tiles_at(1034, 2), None);
}

#[test]
fn an_entry_that_the_format_cannot_hold_makes_no_bundle() {
    let (longest, longer) = (vec![1; 65_535], vec![1; 65_536]);
    assert!(bundle_entries([longest.as_slice()]).is_some());
    assert!(bundle_entries([longer.as_slice()]).is_none());
}

proptest! {
    #[test]
    fn a_tile_path_is_read_back(level in 0u32..8, index in 0u64..u64::MAX / 256, width in 1u64..=256) {
        let tile = Tile { level, index, width };
        prop_assert_eq!(Tile::parse(&tile.path()), Some(tile));
        let bundle = Bundle { index, width };
        prop_assert_eq!(Bundle::parse(&bundle.path()), Some(bundle));
    }

    #[test]
    fn a_tile_is_there_when_all_it_stands_over_is(size in 0u64..200_000, level in 0u32..3, index in 0u64..800, width in 1u64..=256) {
        let tile = Tile { level, index, width };
        let end = (index * 256 + width) << (8 * level);
        prop_assert_eq!(tile.is_in(size), end <= size);
    }

    #[test]
    fn entries_come_out_of_a_bundle_as_they_went_in(entries in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..40), 0..20)) {
        let bytes = bundle_entries(entries.iter().map(Vec::as_slice)).unwrap();
        prop_assert_eq!(unbundle_entries(&bytes).unwrap(), entries.iter().map(Vec::as_slice).collect::<Vec<_>>());
        if let Some(cut) = bytes.len().checked_sub(1) {
            prop_assert!(unbundle_entries(&bytes[..cut]).is_none() || entries.last().is_some_and(Vec::is_empty));
        }
    }

    #[test]
    fn no_bytes_make_the_readers_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in ".{0,60}") {
        let _ = SignedNote::parse(&bytes).map(|note| Checkpoint::parse(note.text()));
        let _ = Checkpoint::parse(&text);
        let _ = VerifierKey::parse(&text);
        let _ = SigningKey::parse(&text);
        let _ = Tile::parse(&text);
        let _ = Bundle::parse(&text);
        let _ = unbundle_entries(&bytes);
    }

    #[test]
    fn a_checkpoint_is_read_back(size in any::<u64>(), root in any::<[u8; 32]>()) {
        let written = Checkpoint { origin: "assay.example/ledger".into(), size, root: Hash(root), extensions: vec![] };
        prop_assert_eq!(Checkpoint::parse(&written.to_string()).unwrap(), written);
    }
}
