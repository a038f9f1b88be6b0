//! `assay credential verify` on credentials of a did:key, with and without a status list.

use crate::house::PROGRAM;
use assay_certify::credential::{Suite, did_key, encode_bits, secure, status_list};
use assay_ledger::{Algorithm, SigningKey};
use serde_json::{Value, json};
use std::path::Path;
use std::process::Command;

const LIST: &str = "https://assay.example/status/1";
const CREATED: &str = "2019-10-14T09:00:00Z";

fn key(seed: u8) -> SigningKey {
    SigningKey::from_seed("issuer", Algorithm::Ed25519, &[seed; 32]).unwrap()
}

fn issuer(key: &SigningKey) -> String {
    did_key(key.verifier().bytes())
}

fn badge(key: &SigningKey, place: Option<u32>) -> Value {
    let mut badge = json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "type": ["VerifiableCredential"],
        "issuer": issuer(key),
        "validFrom": "2019-10-14T00:00:00Z",
        "credentialSubject": {"creditsEarned": 46},
    });
    if let Some(place) = place {
        badge["credentialStatus"] = json!({
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": place.to_string(),
            "statusListCredential": LIST,
        });
    }
    badge
}

fn write(folder: &Path, name: &str, value: &Value) -> String {
    let path = folder.join(name);
    std::fs::write(&path, value.to_string()).unwrap();
    path.to_str().unwrap().to_owned()
}

fn verified(words: &[&str]) -> (bool, String) {
    let done = Command::new(PROGRAM)
        .args(["credential", "verify"])
        .args(words)
        .output()
        .unwrap();
    let told = String::from_utf8([done.stdout, done.stderr].concat()).unwrap();
    (done.status.success(), told)
}

#[test]
fn a_credential_is_confirmed_and_a_changed_or_early_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let key = key(1);
    let secured = secure(&badge(&key, None), &key, Suite::Jcs, None, CREATED).unwrap();
    let (confirmed, told) = verified(&[&write(folder.path(), "good.json", &secured)]);
    assert!(
        confirmed && told.contains("The credential is confirmed"),
        "{told}"
    );
    let mut changed = secured.clone();
    changed["credentialSubject"]["creditsEarned"] = json!(47);
    let (confirmed, told) = verified(&[&write(folder.path(), "changed.json", &changed)]);
    assert!(!confirmed && told.contains("signature does not belong"), "{told}");
    let mut early = badge(&key, None);
    early["validFrom"] = "2999-01-01T00:00:00Z".into();
    let early = secure(&early, &key, Suite::Jcs, None, CREATED).unwrap();
    let (confirmed, told) = verified(&[&write(folder.path(), "early.json", &early)]);
    assert!(!confirmed && told.contains("on only"), "{told}");
    let (confirmed, told) = verified(&["/nowhere/at/all.json"]);
    assert!(!confirmed && told.contains("/nowhere/at/all.json"), "{told}");
}

#[test]
fn a_revoked_credential_is_refused_and_a_list_that_is_missing_or_forged_confirms_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let key = key(1);
    let in_place = |place| secure(&badge(&key, Some(place)), &key, Suite::Jcs, None, CREATED).unwrap();
    let list = |signer: &SigningKey| {
        let bits = encode_bits([7]).unwrap();
        let list = status_list(LIST, &issuer(signer), "revocation", &bits, CREATED);
        secure(&list, signer, Suite::Jcs, None, CREATED).unwrap()
    };
    let valid = write(folder.path(), "valid.json", &in_place(8));
    let revoked = write(folder.path(), "revoked.json", &in_place(7));
    let status = write(folder.path(), "list.json", &list(&key));
    let (confirmed, told) = verified(&[&valid, "--status", &status]);
    assert!(
        confirmed && told.contains("place 8 of the revocation list is not set"),
        "{told}"
    );
    let (confirmed, told) = verified(&[&revoked, "--status", &status]);
    assert!(!confirmed && told.contains("no longer valid"), "{told}");
    let (confirmed, told) = verified(&[&valid]);
    assert!(!confirmed && told.contains(LIST), "{told}");
    let forged = write(folder.path(), "forged.json", &list(&self::key(2)));
    let (confirmed, told) = verified(&[&revoked, "--status", &forged]);
    assert!(!confirmed && told.contains("another issuer's"), "{told}");
}
