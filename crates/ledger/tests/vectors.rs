//! Proofs and roots made by other implementations. The files are not part of the repository; without them the tests say
//! so and pass.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_ledger::{
    Checkpoint, Hash, KeyFault, Place, SignedNote, Tile, VerifierKey, append, check_consistency,
    check_inclusion, root,
};
use base64::prelude::{BASE64_STANDARD, Engine};
use serde_json::Value;
use std::collections::HashMap;
use std::convert::Infallible;
use std::path::PathBuf;

fn folder() -> Option<PathBuf> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/vectors/log");
    // Worktrees of the repository lie one folder deeper.
    let deeper = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/vectors/log");
    let found = [folder, deeper].into_iter().find(|candidate| candidate.is_dir());
    if found.is_none() {
        println!("SKIPPED: the published log vectors are absent (../shared/vectors/log)");
    }
    found
}

fn cases(name: &str) -> Option<Vec<Value>> {
    let text = std::fs::read_to_string(folder()?.join(name)).unwrap();
    Some(serde_json::from_str(&text).unwrap())
}

/// The hash of a case. Some cases hold a short text where any hash would do; it is padded to 32 bytes.
fn hash(value: &Value) -> Option<Hash> {
    let mut bytes = BASE64_STANDARD.decode(value.as_str().unwrap_or_default()).ok()?;
    if !bytes.is_empty() {
        bytes.resize(bytes.len().max(32), 0);
    }
    Hash::from_bytes(&bytes)
}
fn hashes(value: &Value) -> Option<Vec<Hash>> {
    value
        .as_array()
        .map_or(Some(Vec::new()), |list| list.iter().map(hash).collect())
}

#[test]
fn published_inclusion_proofs_are_judged_as_published() {
    let Some(cases) = cases("rfc6962_inclusion.json") else {
        return;
    };
    for case in &cases {
        let judged = || {
            let (leaf, root, proof) = (
                hash(&case["leafHash"])?,
                hash(&case["root"])?,
                hashes(&case["proof"])?,
            );
            check_inclusion(
                case["leafIdx"].as_u64()?,
                case["treeSize"].as_u64()?,
                &leaf,
                &proof,
                &root,
            )
            .ok()
        };
        assert_eq!(
            judged().is_none(),
            case["wantErr"].as_bool().unwrap(),
            "{}",
            case["name"]
        );
    }
    println!("{} published inclusion proofs judged", cases.len());
}

#[test]
fn published_consistency_proofs_are_judged_as_published() {
    let Some(cases) = cases("rfc6962_consistency.json") else {
        return;
    };
    let mut open = 0;
    for case in &cases {
        let (old, new) = (case["size1"].as_u64().unwrap(), case["size2"].as_u64().unwrap());
        // The RFC leaves open whether the empty ledger is the beginning of others; here it is.
        if old == 0 && hashes(&case["proof"]).is_some_and(|proof| proof.is_empty()) {
            open += 1;
            continue;
        }
        let judged = || {
            let (old_root, new_root, proof) = (
                hash(&case["root1"])?,
                hash(&case["root2"])?,
                hashes(&case["proof"])?,
            );
            check_consistency(old, new, &old_root, &new_root, &proof).ok()
        };
        assert_eq!(
            judged().is_none(),
            case["wantErr"].as_bool().unwrap(),
            "{}",
            case["name"]
        );
    }
    println!(
        "{} published consistency proofs judged, {open} about the empty ledger left out",
        cases.len() - open
    );
}

#[test]
fn roots_of_a_real_log_come_out_of_its_tiles() {
    let Some(folder) = folder() else { return };
    let expected: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("tiles/expected.json")).unwrap()).unwrap();
    let leaves: Vec<Hash> = ["000", "001", "002", "003"]
        .iter()
        .flat_map(|tile| std::fs::read(folder.join("tiles/0").join(tile)).unwrap())
        .collect::<Vec<u8>>()
        .chunks(32)
        .map(|bytes| Hash::from_bytes(bytes).unwrap())
        .collect();
    let nodes = append(0, &leaves, Err).unwrap();
    let nodes: HashMap<Place, Hash> = nodes.iter().map(|node| (node.place, node.hash)).collect();
    let mut compared = 0;
    for published in expected["tree_size"].as_array().unwrap() {
        let size = published["n"].as_u64().unwrap();
        let ours = root(size, |place| Ok::<_, Infallible>(nodes[&place])).unwrap();
        assert_eq!(Some(ours), hash(&published["root_b64"]), "root of {size}");
        compared += 1;
    }
    assert!(compared > 0);
    println!("{compared} roots of a real log compared");
}

#[test]
fn published_signed_notes_are_judged_as_published() {
    let Some(folder) = folder() else { return };
    let text = std::fs::read_to_string(folder.join("signed_notes.json")).unwrap();
    let published: Value = serde_json::from_str(&text).unwrap();
    let (mut judged, mut other) = (0, 0);
    for case in published["vectors"].as_array().unwrap() {
        let key = VerifierKey::parse(case["vkey"].as_str().unwrap());
        if key == Err(KeyFault::Algorithm) {
            // ECDSA, by which some logs sign: the key is refused by its kind, so nothing it signed is taken.
            other += 1;
            continue;
        }
        let opens = || {
            let keys = [key.clone().ok()?];
            let note = SignedNote::parse(case["note"].as_str()?.as_bytes()).ok()?;
            note.check(&keys).ok().map(|by| by.len())
        };
        assert_eq!(
            opens().is_some(),
            case["valid"].as_bool().unwrap(),
            "{}",
            case["name"]
        );
        judged += 1;
    }
    assert!(judged >= 8, "{judged}");
    println!("{judged} published notes judged, {other} by a kind of key that is refused");
}

#[test]
fn a_checkpoint_of_another_log_is_read_and_written_to_the_same_bytes() {
    let Some(folder) = folder() else { return };
    let text = std::fs::read_to_string(folder.join("signed_notes.json")).unwrap();
    let published: Value = serde_json::from_str(&text).unwrap();
    let mut read = 0;
    for case in published["vectors"].as_array().unwrap() {
        let bytes = case["note"].as_str().unwrap();
        if case["name"].as_str().unwrap().contains("checkpoint (") {
            let note = SignedNote::parse(bytes.as_bytes()).unwrap();
            let checkpoint = Checkpoint::parse(note.text()).unwrap();
            assert_eq!(checkpoint.to_string(), note.text());
            assert_eq!(note.to_string(), bytes);
            read += 1;
        }
    }
    assert_eq!(read, 2);
}

#[test]
fn the_tiles_of_a_real_log_are_made_to_the_same_bytes() {
    let Some(folder) = folder() else { return };
    let read = |path: &str| std::fs::read(folder.join("tiles").join(path)).unwrap();
    let paths = ["0/000", "0/001", "0/002", "0/003"];
    let leaves: Vec<Hash> = paths
        .iter()
        .flat_map(|path| Tile::parse(path).unwrap().hashes(&read(path)).unwrap())
        .collect();
    let nodes = append(0, &leaves, Err).unwrap();
    let nodes: HashMap<Place, Hash> = nodes.iter().map(|node| (node.place, node.hash)).collect();
    let known = |place| Ok::<_, Infallible>(nodes[&place]);
    for path in paths.iter().chain(&["0/003.p/10"]) {
        let tile = Tile::parse(path).unwrap();
        assert!(tile.is_in(1024));
        assert_eq!(tile.bytes(known).unwrap(), read(path), "{path}");
    }
    // The level above is not published as a file, but its four hashes are.
    let expected: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("tiles/expected.json")).unwrap()).unwrap();
    let above = Tile::parse("1/000.p/4").unwrap();
    let published = hashes(&expected["level1_tile_hashes_b64"]).unwrap();
    assert_eq!(above.hashes(&above.bytes(known).unwrap()).unwrap(), published);
}
