//! Data Integrity proofs by eddsa-rdfc-2022 and eddsa-jcs-2022 (W3C, Data Integrity EdDSA Cryptosuites 1.0, sections 3.2 and 3.3).

use super::{CanonicalFault, GraphFault, canonical, canonical_graph, did_key, key_of_method, multibase};
use assay_ledger::{Algorithm, SigningKey, VerifierKey};
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};
use std::fmt;

/// How the document is spelled before it is signed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Suite {
    /// `eddsa-rdfc-2022`: the graph it stands for, by RDFC-1.0.
    Rdfc,
    /// `eddsa-jcs-2022`: its JSON, by RFC 8785.
    Jcs,
}

impl Suite {
    /// Its name in a proof.
    pub fn name(self) -> &'static str {
        match self {
            Suite::Rdfc => "eddsa-rdfc-2022",
            Suite::Jcs => "eddsa-jcs-2022",
        }
    }

    fn find(name: &str) -> Option<Suite> {
        [Suite::Rdfc, Suite::Jcs]
            .into_iter()
            .find(|suite| suite.name() == name)
    }
}

/// The most proofs on one credential that are looked at.
const MOST_PROOFS: usize = 16;

/// Why a credential is not confirmed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CredentialFault {
    /// Not an object with a proof.
    Form(&'static str),
    /// A proof of a kind that is not known here.
    Suite(String),
    /// A token signed by an algorithm that is not known here.
    Algorithm(String),
    /// The proof's key cannot be had: its method is neither did:key nor one that was given.
    Method(String),
    /// The proof is of another issuer than the credential.
    Issuer { issuer: String, method: String },
    /// The document cannot be spelled canonically.
    Canonical(CanonicalFault),
    /// The graph that the document stands for cannot be had.
    Graph(GraphFault),
    /// The signature does not belong to this document.
    Signature,
}

impl fmt::Display for CredentialFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CredentialFault::Form(why) => f.write_str(why),
            CredentialFault::Suite(found) => {
                write!(
                    f,
                    "the proof is by {found:?}; this program knows {} and {}",
                    Suite::Rdfc.name(),
                    Suite::Jcs.name()
                )
            }
            CredentialFault::Algorithm(found) => {
                write!(f, "the token is signed by {found:?}; this program knows EdDSA")
            }
            CredentialFault::Method(method) => write!(
                f,
                "the key of {method} is not known: give it, or use a credential whose issuer is a did:key"
            ),
            CredentialFault::Issuer { issuer, method } => {
                write!(f, "the credential is of {issuer}, and the proof of {method}")
            }
            CredentialFault::Canonical(why) => write!(f, "the document cannot be checked: {why}"),
            CredentialFault::Graph(why) => write!(f, "the document cannot be checked: {why}"),
            CredentialFault::Signature => f.write_str("the signature does not belong to this document"),
        }
    }
}
impl std::error::Error for CredentialFault {}

/// A proof that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secured {
    /// The credential's issuer.
    pub issuer: String,
    /// The verification method of the proof.
    pub method: String,
    /// When the proof says that it was made.
    pub created: Option<String>,
}

/// Adds a proof by this key to a document without one. The issuer's method is `issuer#fragment`, where `issuer` is the did:key
/// of the key unless another is given (a did:web, whose document names the key). `created` is an instant.
///
/// Errors: not an object; a proof is there already; it cannot be spelled canonically.
pub fn secure(
    document: &Value,
    key: &SigningKey,
    suite: Suite,
    issuer: Option<&str>,
    created: &str,
) -> Result<Value, CredentialFault> {
    let members = document
        .as_object()
        .ok_or(CredentialFault::Form("a credential is a JSON object"))?;
    if members.contains_key("proof") {
        return Err(CredentialFault::Form("the credential has a proof already"));
    }
    let verifier = key.verifier();
    let issuer = issuer.map_or_else(|| did_key(verifier.bytes()), str::to_owned);
    let mut options = Map::new();
    if let Some(context) = members.get("@context") {
        options.insert("@context".into(), context.clone());
    }
    options.insert("type".into(), "DataIntegrityProof".into());
    options.insert("cryptosuite".into(), suite.name().into());
    options.insert("created".into(), created.into());
    options.insert(
        "verificationMethod".into(),
        format!("{issuer}#{}", multibase(verifier.bytes())).into(),
    );
    options.insert("proofPurpose".into(), "assertionMethod".into());
    let message = message(suite, &options, members)?;
    let signature = bs58::encode(key.sign(&message)).into_string();
    options.insert("proofValue".into(), format!("z{signature}").into());
    if suite == Suite::Rdfc {
        // The graph of the options needs contexts; the proof that is published has those of the document around it.
        options.remove("@context");
    }
    let mut secured = members.clone();
    // A list although there is one: the published schema of Open Badges asks for it.
    secured.insert("proof".into(), json!([options]));
    Ok(Value::Object(secured))
}

/// Checks every proof on a credential. One of a kind that is not known here is passed over when another holds: whoever added it had
/// readers in mind that know it. `known` gives the key of a verification method that is not a did:key (a did:web, from a
/// document that whoever asks has).
///
/// Errors: the first proof that does not hold; a credential without any.
pub fn verify(
    document: &Value,
    known: impl Fn(&str) -> Option<[u8; 32]>,
) -> Result<Vec<Secured>, CredentialFault> {
    let members = document
        .as_object()
        .ok_or(CredentialFault::Form("a credential is a JSON object"))?;
    let mut bare = members.clone();
    let proofs = match bare.remove("proof") {
        Some(Value::Array(proofs)) if !proofs.is_empty() && proofs.len() <= MOST_PROOFS => proofs,
        Some(proof @ Value::Object(_)) => vec![proof],
        _ => return Err(CredentialFault::Form("the credential has no proof, or too many")),
    };
    let issuer = issuer_named(document).ok_or(CredentialFault::Form("the credential has no issuer"))?;
    let (mut held, mut passed_over) = (Vec::new(), None);
    for proof in &proofs {
        match verify_one(&bare, issuer, proof, &known) {
            Ok(secured) => held.push(secured),
            Err(fault @ CredentialFault::Suite(_)) => passed_over = Some(fault),
            Err(fault) => return Err(fault),
        }
    }
    match passed_over {
        Some(fault) if held.is_empty() => Err(fault),
        _ => Ok(held),
    }
}

/// The id of a credential's issuer.
pub(super) fn issuer_named(document: &Value) -> Option<&str> {
    let issuer = document.get("issuer")?;
    issuer.as_str().or_else(|| issuer.get("id")?.as_str())
}

fn verify_one(
    document: &Map<String, Value>,
    issuer: &str,
    proof: &Value,
    known: &impl Fn(&str) -> Option<[u8; 32]>,
) -> Result<Secured, CredentialFault> {
    let mut options = proof
        .as_object()
        .cloned()
        .ok_or(CredentialFault::Form("a proof is a JSON object"))?;
    let word = |name: &str| proof.get(name).and_then(Value::as_str).unwrap_or_default();
    let suite = Suite::find(word("cryptosuite")).filter(|_| word("type") == "DataIntegrityProof");
    let Some(suite) = suite else {
        let found = if word("cryptosuite").is_empty() {
            word("type")
        } else {
            word("cryptosuite")
        };
        return Err(CredentialFault::Suite(found.chars().take(60).collect()));
    };
    if word("proofPurpose") != "assertionMethod" {
        return Err(CredentialFault::Form("the proof was not made to assert anything"));
    }
    let method = word("verificationMethod");
    let key = key_of_method(method)
        .or_else(|| known(method))
        .and_then(|key| VerifierKey::new("credential", Algorithm::Ed25519, &key).ok())
        .ok_or_else(|| CredentialFault::Method(method.chars().take(200).collect()))?;
    // Examples of the cryptosuite's own specification name an issuer by address and a did:key as its method; whoever trusts
    // an issuer's name needs the key to be that issuer's, so only the issuer's own methods are taken, or keys that were given.
    if method.split('#').next() != Some(issuer) && known(method).is_none() {
        return Err(CredentialFault::Issuer {
            issuer: issuer.chars().take(200).collect(),
            method: method.chars().take(200).collect(),
        });
    }
    let mut bare = document.clone();
    if let Some(context) = options.get("@context") {
        if !begins_with(document.get("@context"), context) {
            return Err(CredentialFault::Form(
                "the proof has contexts that the credential does not begin with",
            ));
        }
        bare.insert("@context".into(), context.clone());
    } else if suite == Suite::Rdfc
        && let Some(context) = document.get("@context")
    {
        options.insert("@context".into(), context.clone());
    }
    let signature = options
        .remove("proofValue")
        .as_ref()
        .and_then(Value::as_str)
        .filter(|text| text.len() <= 100)
        .and_then(|text| bs58::decode(text.strip_prefix('z')?).into_vec().ok())
        .and_then(|bytes| <[u8; 64]>::try_from(bytes).ok())
        .ok_or(CredentialFault::Signature)?;
    if !key.verifies(&message(suite, &options, &bare)?, &signature) {
        return Err(CredentialFault::Signature);
    }
    Ok(Secured {
        issuer: issuer.to_owned(),
        method: method.to_owned(),
        created: proof.get("created").and_then(Value::as_str).map(str::to_owned),
    })
}

/// Whether a document's contexts begin with the proof's, in order.
fn begins_with(document: Option<&Value>, proof: &Value) -> bool {
    let listed = |value: &Value| match value {
        Value::Array(values) => values.clone(),
        other => vec![other.clone()],
    };
    document.is_some_and(|document| listed(document).starts_with(&listed(proof)))
}

/// What is signed: SHA-256 of the canonical options, then SHA-256 of the canonical document.
fn message(
    suite: Suite,
    options: &Map<String, Value>,
    document: &Map<String, Value>,
) -> Result<Vec<u8>, CredentialFault> {
    let hash = |members: &Map<String, Value>| {
        let value = Value::Object(members.clone());
        match suite {
            Suite::Rdfc => canonical_graph(&value).map_err(CredentialFault::Graph),
            Suite::Jcs => canonical(&value).map_err(CredentialFault::Canonical),
        }
        .map(Sha256::digest)
    };
    let mut message = hash(options)?.to_vec();
    message.extend(hash(document)?);
    Ok(message)
}
