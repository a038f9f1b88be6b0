//! Who an installation is to strangers: `did:web` where it has a name on the web, else the key itself.

use super::{did_key, multibase};
use serde_json::{Value, json};

/// The issuer of an installation that is reached at this address: `did:web:…` when the address is https and has no path, since
/// the document of such an issuer is fetched from the root of its host; none otherwise.
pub fn did_web(address: &str) -> Option<String> {
    let host = address.strip_prefix("https://")?;
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b':');
    if host.is_empty() || !host.bytes().all(fits) {
        return None;
    }
    // A colon would begin a path, so that of a port is written as its code.
    Some(format!("did:web:{}", host.replace(':', "%3A")))
}

/// The issuer of an installation that is reached at this address and signs with this key.
pub fn issuer_of(address: &str, key: &[u8; 32]) -> String {
    did_web(address).unwrap_or_else(|| did_key(key))
}

/// The document of a `did:web` (DID core 1.0, Controlled Identifiers 1.0): its keys, the oldest first, as methods `ISSUER#z6Mk…`.
pub fn did_document(issuer: &str, keys: &[[u8; 32]]) -> Value {
    let methods: Vec<Value> = keys
        .iter()
        .map(|key| {
            json!({
                "id": format!("{issuer}#{}", multibase(key)),
                "type": "Multikey",
                "controller": issuer,
                "publicKeyMultibase": multibase(key),
            })
        })
        .collect();
    let named: Vec<&Value> = methods.iter().filter_map(|method| method.get("id")).collect();
    json!({
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": issuer,
        "verificationMethod": methods,
        "assertionMethod": named,
    })
}

/// The keys by which the issuer of a DID document asserts things, each with its method. None when it is no such document.
pub fn keys_of_document(document: &Value) -> Option<Vec<(String, [u8; 32])>> {
    let issuer = document.get("id")?.as_str()?;
    let named = |method: &str| {
        if method.starts_with('#') {
            format!("{issuer}{method}")
        } else {
            method.to_owned()
        }
    };
    let mut keys = Vec::new();
    for asserted in document.get("assertionMethod")?.as_array()? {
        let (method, described) = match asserted {
            Value::String(method) => {
                let wanted = named(method);
                let found = document
                    .get("verificationMethod")?
                    .as_array()?
                    .iter()
                    .find(|described| {
                        described.get("id").and_then(Value::as_str).map(named).as_ref() == Some(&wanted)
                    })?;
                (wanted, found)
            }
            described => (named(described.get("id")?.as_str()?), described),
        };
        // Keys of other kinds are passed over: they cannot have made a proof that is read here.
        let key = described.get("publicKeyMultibase").and_then(Value::as_str);
        if let Some(key) = key.and_then(super::read_multibase)
            && method.split('#').next() == Some(issuer)
        {
            keys.push((method, key));
        }
    }
    Some(keys)
}
