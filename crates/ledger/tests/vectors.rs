//! Proofs and roots made by other implementations. The files are not part of the repository; without them the tests say
//! so and pass.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_ledger::{Hash, Place, append, check_consistency, check_inclusion, root};
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
