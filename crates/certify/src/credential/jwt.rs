//! A credential as a JSON Web Token (W3C, Securing Verifiable Credentials using JOSE and COSE, section 3.1; Open Badges 3.0,
//! section 8.2): the credential itself is what is signed, by Ed25519 (RFC 8037), in the compact form of RFC 7515.

use super::{CredentialFault, Secured, did_key, issuer_named, key_of_method, multibase};
use assay_ledger::{Algorithm, SigningKey, VerifierKey};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use serde_json::{Value, json};

/// The longest token that is read, in bytes; a qualification of a hundred units has a twentieth of it.
const LONGEST: usize = 4 * 1024 * 1024;

/// The credential as a token, signed by this key. As with proofs, the method is `issuer#fragment`, where `issuer` is the did:key
/// of the key unless another is given.
///
/// Errors: not an object; it has a proof already.
pub fn secure_jwt(
    document: &Value,
    key: &SigningKey,
    issuer: Option<&str>,
) -> Result<String, CredentialFault> {
    let mut claims = document
        .as_object()
        .cloned()
        .ok_or(CredentialFault::Form("a credential is a JSON object"))?;
    if claims.contains_key("proof") {
        return Err(CredentialFault::Form("the credential has a proof already"));
    }
    let verifier = key.verifier();
    let issuer = issuer.map_or_else(|| did_key(verifier.bytes()), str::to_owned);
    // What registered claims say again is taken from the credential, so that the two cannot differ.
    if let Some(id) = document.get("id") {
        claims.insert("jti".into(), id.clone());
    }
    let from = document.get("validFrom").and_then(Value::as_str);
    if let Some(from) = from.and_then(|from| from.parse::<jiff::Timestamp>().ok()) {
        claims.insert("nbf".into(), from.as_second().into());
    }
    claims.insert("iss".into(), issuer.as_str().into());
    let header = json!({
        "alg": "EdDSA",
        "typ": "vc+jwt",
        "kid": format!("{issuer}#{}", multibase(verifier.bytes())),
    });
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&header), part(&Value::Object(claims)));
    let signature = BASE64_URL_SAFE_NO_PAD.encode(key.sign(signed.as_bytes()));
    Ok(format!("{signed}.{signature}"))
}

/// Whether a text has the look of a token: three parts of base64.
pub fn is_jwt(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let parts: Vec<&str> = text.trim().split('.').collect();
    parts.len() == 3
        && parts
            .iter()
            .all(|part| !part.is_empty() && part.bytes().all(fits))
}

/// Reads a token without looking at its signature: the credential in it.
///
/// Errors: it is no token, or holds no credential.
pub fn read_jwt(token: &str) -> Result<Value, CredentialFault> {
    parts(token).map(|(_, claims, _, _)| claims)
}

/// Checks a token and answers the credential in it. `known` as with [`super::verify`].
///
/// Errors: as [`super::verify`]; it is signed by another algorithm; its registered claims say otherwise than the credential.
pub fn verify_jwt(
    token: &str,
    known: impl Fn(&str) -> Option<[u8; 32]>,
) -> Result<(Value, Secured), CredentialFault> {
    let (header, claims, signed, signature) = parts(token)?;
    let word = |name: &str| header.get(name).and_then(Value::as_str);
    let algorithm = word("alg").unwrap_or("nothing");
    if algorithm != "EdDSA" {
        return Err(CredentialFault::Algorithm(algorithm.chars().take(60).collect()));
    }
    if header.get("crit").is_some() {
        return Err(CredentialFault::Form(
            "the token asks for something that this program does not know",
        ));
    }
    let issuer = issuer_named(&claims).ok_or(CredentialFault::Form("the credential has no issuer"))?;
    let method = match word("kid") {
        // Some write the fragment alone.
        Some(kid) if kid.starts_with('#') => format!("{issuer}{kid}"),
        Some(kid) => kid.to_owned(),
        None => return Err(CredentialFault::Form("the token does not name its key (kid)")),
    };
    let key = key_of_method(&method)
        .or_else(|| known(&method))
        .and_then(|key| VerifierKey::new("credential", Algorithm::Ed25519, &key).ok())
        .ok_or_else(|| CredentialFault::Method(method.chars().take(200).collect()))?;
    if method.split('#').next() != Some(issuer) && known(&method).is_none() {
        return Err(CredentialFault::Issuer {
            issuer: issuer.chars().take(200).collect(),
            method: method.chars().take(200).collect(),
        });
    }
    if claims
        .get("iss")
        .is_some_and(|claimed| claimed.as_str() != Some(issuer))
        || claims
            .get("jti")
            .is_some_and(|claimed| Some(claimed) != claims.get("id"))
    {
        return Err(CredentialFault::Form(
            "the token's own claims (iss, jti) say otherwise than the credential in it",
        ));
    }
    if !key.verifies(signed.as_bytes(), &signature) {
        return Err(CredentialFault::Signature);
    }
    let secured = Secured {
        issuer: issuer.to_owned(),
        method,
        created: None,
    };
    Ok((claims, secured))
}

/// Header, claims, the text that is signed, and the signature.
fn parts(token: &str) -> Result<(Value, Value, String, [u8; 64]), CredentialFault> {
    let token = token.trim();
    if token.len() > LONGEST || !is_jwt(token) {
        return Err(CredentialFault::Form("it is no JSON Web Token"));
    }
    let (signed, signature) = token
        .rsplit_once('.')
        .ok_or(CredentialFault::Form("it is no JSON Web Token"))?;
    let (header, claims) = signed
        .split_once('.')
        .ok_or(CredentialFault::Form("it is no JSON Web Token"))?;
    let read = |part: &str| {
        BASE64_URL_SAFE_NO_PAD
            .decode(part)
            .ok()
            .and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok())
            .filter(Value::is_object)
    };
    let (Some(header), Some(claims)) = (read(header), read(claims)) else {
        return Err(CredentialFault::Form(
            "the parts of the token are not JSON objects in base64",
        ));
    };
    // A signature of another length is of another algorithm, which is told when the header is looked at.
    let signature = BASE64_URL_SAFE_NO_PAD
        .decode(signature)
        .ok()
        .and_then(|bytes| bytes.try_into().ok())
        .unwrap_or([0; 64]);
    Ok((header, claims, signed.to_owned(), signature))
}
