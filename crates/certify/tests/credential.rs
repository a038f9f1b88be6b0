//! Credentials against published vectors, and what is refused. The vectors are not part of the repository; without them the
//! tests say so and pass.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use assay_certify::credential::{
    CredentialFault, GraphFault, LEAST_BITS, StatusFault, Suite, bit, canonical, canonical_graph, did_key,
    encode_bits, key_of_method, multibase, place_of, read_multibase, secure, status_list, verify,
};
use assay_ledger::{Algorithm, SigningKey};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use flate2::Compression;
use flate2::write::GzEncoder;
use proptest::prelude::*;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::io::Write;
use std::path::PathBuf;

fn folder(name: &str) -> Option<PathBuf> {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let found = ["../../../shared/vectors", "../../../../shared/vectors"]
        .map(|up| root.join(up).join(name))
        .into_iter()
        .find(|candidate| candidate.is_dir());
    if found.is_none() {
        println!("SKIPPED: the published vectors are absent (../shared/vectors/{name})");
    }
    found
}

fn read(path: PathBuf) -> Value {
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn key() -> SigningKey {
    SigningKey::from_seed("assay.example/ledger", Algorithm::Ed25519, &[11; 32]).unwrap()
}

fn badge(issuer: &str) -> Value {
    json!({
        "@context": [
            "https://www.w3.org/ns/credentials/v2",
            "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json"
        ],
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "issuer": {"id": issuer, "type": ["Profile"], "name": "An awarding body"},
        "validFrom": "2019-10-14T00:00:00Z",
        "credentialSubject": {"type": ["AchievementSubject"], "creditsEarned": 46}
    })
}

#[test]
fn published_values_are_spelled_canonically_as_published() {
    let Some(folder) = folder("jcs") else { return };
    let mut compared = 0;
    for entry in std::fs::read_dir(folder.join("input")).unwrap() {
        let path = entry.unwrap().path();
        let expected = std::fs::read(folder.join("output").join(path.file_name().unwrap())).unwrap();
        let name = path.display().to_string();
        assert_eq!(
            canonical(&read(path)).unwrap(),
            expected.trim_ascii_end(),
            "{name}"
        );
        compared += 1;
    }
    assert!(compared >= 6);
}

#[test]
fn the_published_proof_holds_and_is_refused_after_any_change() {
    let Some(folder) = folder("vc-di-eddsa") else {
        return;
    };
    let signed = read(folder.join("eddsa-jcs-2022/signedJCS.json"));
    // Its issuer is an address and its method a did:key, so the key has to be given by whoever trusts it.
    let published = read(folder.join("keyPair.json"));
    let key = read_multibase(published["publicKeyMultibase"].as_str().unwrap()).unwrap();
    let known = |_: &str| Some(key);
    let held = verify(&signed, known).unwrap();
    assert_eq!(held[0].issuer, "https://vc.example/issuers/5678");
    assert!(matches!(
        verify(&signed, |_| None),
        Err(CredentialFault::Issuer { .. })
    ));
    for change in [
        json!({"name": "Another Credential"}),
        json!({"validFrom": "2023-01-02T00:00:00Z"}),
        json!({"added": true}),
    ] {
        let mut changed = signed.clone();
        let members = changed.as_object_mut().unwrap();
        members.extend(change.as_object().unwrap().clone());
        assert_eq!(verify(&changed, known), Err(CredentialFault::Signature));
    }
    let mut later = signed.clone();
    later["proof"]["created"] = "2024-02-24T23:36:38Z".into();
    assert_eq!(verify(&later, known), Err(CredentialFault::Signature));
}

#[test]
fn the_published_document_is_signed_to_the_published_bytes() {
    let Some(folder) = folder("vc-di-eddsa") else {
        return;
    };
    let unsigned = read(folder.join("unsigned.json"));
    let published = read(folder.join("keyPair.json"));
    // The secret key in multibase: two bytes of kind, then the seed.
    let secret = published["privateKeyMultibase"].as_str().unwrap();
    let secret = bs58::decode(secret.strip_prefix('z').unwrap())
        .into_vec()
        .unwrap();
    let seed: [u8; 32] = secret[2..].try_into().unwrap();
    let key = SigningKey::from_seed("vectors", Algorithm::Ed25519, &seed).unwrap();
    let ours = secure(&unsigned, &key, Suite::Jcs, None, "2023-02-24T23:36:38Z").unwrap();
    let expected = std::fs::read_to_string(folder.join("eddsa-jcs-2022/sigBTC58JCS.txt")).unwrap();
    assert_eq!(ours["proof"][0]["proofValue"], expected.trim());
    let ours = secure(
        &unsigned,
        &key,
        Suite::Rdfc,
        Some(
            published["publicKeyMultibase"]
                .as_str()
                .map(|key| format!("did:key:{key}"))
                .as_deref()
                .unwrap(),
        ),
        "2023-02-24T23:36:38Z",
    )
    .unwrap();
    let expected = std::fs::read_to_string(folder.join("eddsa-rdfc-2022/sigBTC58DataInt.txt")).unwrap();
    assert_eq!(ours["proof"][0]["proofValue"], expected.trim());
    let graph = std::fs::read_to_string(folder.join("eddsa-rdfc-2022/canonDocDataInt.txt")).unwrap();
    let spelled = String::from_utf8(canonical_graph(&unsigned).unwrap()).unwrap();
    assert_eq!(spelled.trim(), graph.trim());
}

#[test]
fn the_contexts_are_those_whose_digests_are_written_down() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("contexts");
    let sources = std::fs::read_to_string(folder.join("SOURCES")).unwrap();
    for name in [
        "credentials-v2.json",
        "open-badges-3.0.2.json",
        "open-badges-3.0.3.json",
        "open-badges-extensions.json",
    ] {
        let digest = hex::encode(Sha256::digest(std::fs::read(folder.join(name)).unwrap()));
        assert!(sources.contains(&digest), "{name} {digest}");
    }
}

#[test]
fn a_graph_proof_holds_and_every_changed_added_or_unexplained_word_is_refused() {
    let issuer = did_key(key().verifier().bytes());
    let secured = secure(&badge(&issuer), &key(), Suite::Rdfc, None, "2019-10-14T09:00:00Z").unwrap();
    assert_eq!(secured["proof"][0]["cryptosuite"], "eddsa-rdfc-2022");
    assert!(verify(&secured, |_| None).is_ok());
    let mut changed = secured.clone();
    changed["credentialSubject"]["creditsEarned"] = 47.into();
    assert_eq!(verify(&changed, |_| None), Err(CredentialFault::Signature));
    let mut later = secured.clone();
    later["proof"][0]["created"] = "2020-10-14T09:00:00Z".into();
    assert_eq!(verify(&later, |_| None), Err(CredentialFault::Signature));
    // What no context explains is in no graph: it would stand under the signature without being signed.
    for word in ["honours", "type"] {
        let mut unexplained = secured.clone();
        unexplained["credentialSubject"][word] = json!(["Distinguished"]);
        assert!(verify(&unexplained, |_| None).is_err(), "{word}");
    }
    for context in [
        json!("https://elsewhere.example/context"),
        json!({"@vocab": "urn:x:"}),
    ] {
        let mut other = secured.clone();
        other["@context"].as_array_mut().unwrap().push(context);
        assert!(matches!(
            verify(&other, |_| None),
            Err(CredentialFault::Graph(GraphFault::Context(_)))
        ));
    }
}

#[test]
fn a_graph_too_deep_too_large_or_too_much_alike_is_refused_with_bounded_work() {
    let mut deep = json!({});
    for _ in 0..200 {
        deep = json!({"credentialSubject": deep});
    }
    assert_eq!(canonical_graph(&deep), Err(GraphFault::TooLarge));
    assert_eq!(
        canonical_graph(&json!(vec![1; 30_000])),
        Err(GraphFault::TooLarge)
    );
    // Twelve nodes, each of which knows all the others: nothing tells them apart.
    let nodes: Vec<Value> = (0..12)
        .map(|node| {
            let others: Vec<Value> = (0..12)
                .filter(|other| *other != node)
                .map(|other| json!({"id": format!("_:n{other}")}))
                .collect();
            json!({"id": format!("_:n{node}"), "knows": others})
        })
        .collect();
    let poison = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
        "id": "urn:x:poison",
        "type": ["VerifiableCredential"],
        "credentialSubject": nodes,
    });
    assert_eq!(canonical_graph(&poison), Err(GraphFault::TooAlike));
}

/// Subjects that nothing tells apart: each has the same `parts`, of which it holds as many.
fn alike(subjects: usize, parts: usize) -> Value {
    let subjects: Vec<Value> = (0..subjects)
        .map(|_| json!({"part": (0..parts).map(|_| json!({"colour": "red"})).collect::<Vec<_>>()}))
        .collect();
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2", "https://www.w3.org/ns/credentials/examples/v2"],
        "id": "urn:x:alike",
        "type": ["VerifiableCredential"],
        "credentialSubject": subjects,
    })
}

#[test]
fn nodes_that_look_alike_are_ordered_while_they_are_few() {
    assert!(canonical_graph(&alike(1, 7)).is_ok());
    assert!(canonical_graph(&alike(3, 3)).is_ok());
    // Eight alike under one node: forty thousand orders.
    assert_eq!(canonical_graph(&alike(2, 8)), Err(GraphFault::TooAlike));
    // Few in each place, and more places than there is patience for.
    assert_eq!(canonical_graph(&alike(30, 6)), Err(GraphFault::TooAlike));
    // As many nodes as one likes, when something tells them apart.
    let named: Vec<Value> = (0..300)
        .map(|number| json!({"colour": format!("red {number}")}))
        .collect();
    let mut many = alike(1, 1);
    many["credentialSubject"] = named.into();
    assert!(canonical_graph(&many).is_ok());
}

#[test]
fn a_long_ring_of_nodes_is_refused_and_not_followed_to_the_end() {
    for length in [12, 60, 3_000] {
        let ring: Vec<Value> = (0..length)
            .map(|node| json!({"id": format!("_:n{node}"), "knows": {"id": format!("_:n{}", (node + 1) % length)}}))
            .collect();
        let mut document = alike(1, 1);
        document["credentialSubject"] = ring.into();
        let found = canonical_graph(&document);
        if length > 1_000 {
            assert_eq!(found, Err(GraphFault::TooAlike), "{length}");
        } else {
            assert!(found.is_ok(), "{length}: {found:?}");
        }
    }
}

#[test]
fn the_order_of_a_document_does_not_change_its_graph() {
    let mut turned = alike(3, 3);
    let mut told = alike(3, 3);
    told["credentialSubject"][2]["part"][1]["colour"] = "blue".into();
    turned["credentialSubject"][0]["part"][2]["colour"] = "blue".into();
    assert_eq!(canonical_graph(&told), canonical_graph(&turned));
    assert_ne!(canonical_graph(&told), canonical_graph(&alike(3, 3)));
}

#[test]
fn a_credential_of_a_did_key_needs_nothing_from_elsewhere() {
    let issuer = did_key(key().verifier().bytes());
    let secured = secure(&badge(&issuer), &key(), Suite::Jcs, None, "2019-10-14T09:00:00Z").unwrap();
    // A list, as the published schema of Open Badges asks.
    assert!(secured["proof"].is_array());
    let held = verify(&secured, |_| None).unwrap();
    assert_eq!((held.len(), &held[0].issuer), (1, &issuer));
    assert_eq!(key_of_method(&held[0].method), Some(*key().verifier().bytes()));
}

#[test]
fn a_credential_of_a_did_web_is_confirmed_by_the_key_of_its_document_only() {
    let issuer = "did:web:assay.example";
    let secured = secure(
        &badge(issuer),
        &key(),
        Suite::Jcs,
        Some(issuer),
        "2019-10-14T09:00:00Z",
    )
    .unwrap();
    let method = format!("{issuer}#{}", multibase(key().verifier().bytes()));
    let given = |asked: &str| (asked == method).then(|| *key().verifier().bytes());
    assert!(verify(&secured, given).is_ok());
    assert_eq!(
        verify(&secured, |_| None),
        Err(CredentialFault::Method(method.clone()))
    );
    // Another's did:key under this issuer's name is no proof of this issuer.
    let stranger = SigningKey::from_seed("stranger", Algorithm::Ed25519, &[12; 32]).unwrap();
    let forged = secure(
        &badge(issuer),
        &stranger,
        Suite::Jcs,
        None,
        "2019-10-14T09:00:00Z",
    )
    .unwrap();
    assert!(matches!(
        verify(&forged, given),
        Err(CredentialFault::Issuer { .. })
    ));
}

#[test]
fn every_bit_flipped_in_a_credential_is_refused() {
    let issuer = did_key(key().verifier().bytes());
    let secured = secure(&badge(&issuer), &key(), Suite::Jcs, None, "2019-10-14T09:00:00Z").unwrap();
    let good = canonical(&secured).unwrap();
    for bit in 0..good.len() * 8 {
        let mut flipped = good.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        let Ok(document) = serde_json::from_slice::<Value>(&flipped) else {
            continue;
        };
        if document != secured {
            assert!(verify(&document, |_| None).is_err(), "bit {bit}: {document}");
        }
    }
}

#[test]
fn an_unknown_suite_no_proof_and_deep_nesting_are_answered_in_words() {
    let issuer = did_key(key().verifier().bytes());
    let secured = secure(&badge(&issuer), &key(), Suite::Jcs, None, "2019-10-14T09:00:00Z").unwrap();
    let mut other = secured.clone();
    other["proof"][0]["cryptosuite"] = "ecdsa-rdfc-2019".into();
    let told = verify(&other, |_| None).unwrap_err().to_string();
    assert!(
        told.contains("ecdsa-rdfc-2019") && told.contains("eddsa-jcs-2022"),
        "{told}"
    );
    for bare in [badge(&issuer), json!([]), json!("text"), json!({"proof": []})] {
        assert!(matches!(verify(&bare, |_| None), Err(CredentialFault::Form(_))));
    }
    let mut deep = json!(1);
    for _ in 0..100 {
        deep = json!([deep]);
    }
    let mut nested = secured;
    nested["deep"] = deep;
    assert!(matches!(
        verify(&nested, |_| None),
        Err(CredentialFault::Canonical(_))
    ));
}

#[test]
fn a_revoked_place_is_set_in_the_list_and_its_neighbours_are_not() {
    let encoded = encode_bits([0, 9, LEAST_BITS - 1]).unwrap();
    let list = status_list(
        "https://assay.example/status/1",
        "did:web:assay.example",
        "revocation",
        &encoded,
        "2019-10-14T09:00:00Z",
    );
    let at = |place| bit(&list, "revocation", place);
    assert_eq!([0, 9, LEAST_BITS - 1].map(at), [Ok(true), Ok(true), Ok(true)]);
    assert_eq!(
        [1, 8, 10, LEAST_BITS - 2].map(at),
        [Ok(false), Ok(false), Ok(false), Ok(false)]
    );
    assert_eq!(at(LEAST_BITS), Err(StatusFault::Place));
    assert_eq!(bit(&list, "suspension", 0), Err(StatusFault::Form));
}

#[test]
fn a_status_list_that_cannot_be_unpacked_or_is_too_large_is_refused() {
    let list = |encoded: &str| status_list("a", "b", "revocation", encoded, "2019-10-14T09:00:00Z");
    assert_eq!(bit(&list("zabc"), "revocation", 0), Err(StatusFault::Form));
    assert_eq!(bit(&list("uabc"), "revocation", 0), Err(StatusFault::Encoding));
    // Packed it is small; unpacked it is larger than any list may be, and too short a list would tell whom it is about.
    for (bytes, packed_below) in [(3 * 1024 * 1024, 30_000), (100, 100)] {
        let mut packed = GzEncoder::new(Vec::new(), Compression::best());
        packed.write_all(&vec![0; bytes]).unwrap();
        let packed = packed.finish().unwrap();
        assert!(packed.len() < packed_below);
        let encoded = format!("u{}", BASE64_URL_SAFE_NO_PAD.encode(packed));
        assert_eq!(bit(&list(&encoded), "revocation", 0), Err(StatusFault::Size));
    }
    assert_eq!(encode_bits([usize::MAX]), Err(StatusFault::Place));
}

#[test]
fn a_status_list_published_by_others_is_read() {
    let Some(folder) = folder("openbadges3/ob30/bit-string-list") else {
        return;
    };
    let Ok(list) = serde_json::from_str::<Value>(&std::fs::read_to_string(folder.join("testlist")).unwrap())
    else {
        println!("SKIPPED: the published list is not JSON");
        return;
    };
    let purpose = list["credentialSubject"]["statusPurpose"]
        .as_str()
        .unwrap()
        .to_owned();
    let revoked = read(folder.join("credential-status-revoked.json"));
    let (_, place) = place_of(&revoked, &purpose).unwrap().unwrap();
    assert_eq!(place, 23);
    assert_eq!(bit(&list, &purpose, place), Ok(true));
    assert_eq!(bit(&list, &purpose, place + 1), Ok(false));
}

proptest! {
    #[test]
    fn a_key_is_read_back(bytes in any::<[u8; 32]>()) {
        prop_assert_eq!(read_multibase(&multibase(&bytes)), Some(bytes));
        let method = format!("{}#{}", did_key(&bytes), multibase(&bytes));
        prop_assert_eq!(key_of_method(&method), Some(bytes));
    }

    #[test]
    fn no_text_makes_the_readers_panic(text in ".{0,120}") {
        let _ = read_multibase(&text);
        let _ = key_of_method(&text);
        let _ = bit(&json!({"credentialSubject": {"type": "BitstringStatusList", "statusPurpose": "p", "encodedList": text}}), "p", 3);
    }
}
