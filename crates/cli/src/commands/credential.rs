//! `assay credential`: digital credentials, ours and others'.

use crate::failure::Stopped;
use assay_certify::credential::{
    CredentialFault, Secured, bit, check_dates, check_form, is_jwt, is_picture, keys_of_document, place_of,
    read_multibase, unbake, verify, verify_jwt,
};
use assay_web::clock::{Clock, RealClock};
use clap::{Args, Subcommand};
use serde_json::Value;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// The largest credential or status list that is read, in bytes.
const LARGEST: u64 = 8 * 1024 * 1024;

#[derive(Subcommand)]
pub enum Credential {
    Verify(Verify),
}

/// Check a Verifiable Credential, signed by eddsa-rdfc-2022, eddsa-jcs-2022 or as a JSON Web Token by EdDSA: signature, dates,
/// status. Nothing is fetched.
#[derive(Args)]
pub struct Verify {
    /// The credential: JSON, a JSON Web Token, or a picture (PNG, SVG) with either in it.
    file: PathBuf,
    /// A key that you trust, `z6Mk…`, or `METHOD=z6Mk…` for a verification method that does not name its key. Needed where
    /// the issuer is no did:key.
    #[arg(long, value_name = "KEY")]
    key: Vec<String>,
    /// The issuer's document (did.json), as a file: the keys in it are the issuer's.
    #[arg(long, value_name = "FILE")]
    did: Option<PathBuf>,
    /// The status list that the credential names, as a file.
    #[arg(long, value_name = "FILE")]
    status: Option<PathBuf>,
}

impl Credential {
    /// # Errors
    /// The credential is not confirmed, and why; a file cannot be read.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        match self {
            Credential::Verify(verify) => verify.run(),
        }
    }
}

impl Verify {
    fn run(self) -> Result<ExitCode, Stopped> {
        let given = read(&self.file)?;
        let keys = self
            .key
            .iter()
            .map(|typed| {
                let (method, key) = typed
                    .rsplit_once('=')
                    .map_or((None, typed.as_str()), |(m, k)| (Some(m), k));
                let bytes = read_multibase(key).ok_or_else(|| {
                    Stopped::new(format!("{key:?} is not an Ed25519 key; they look like z6Mk…"))
                })?;
                Ok((method, key, bytes))
            })
            .collect::<Result<Vec<_>, Stopped>>()?;
        let published = match &self.did {
            Some(file) => {
                let unread =
                    || Stopped::new(format!("{}: it is not the document of an issuer", file.display()));
                let Given::Json(document) = read(file)? else {
                    return Err(unread());
                };
                keys_of_document(&document).ok_or_else(unread)?
            }
            None => Vec::new(),
        };
        let known = |method: &str| {
            if let Some((_, key)) = published.iter().find(|(named, _)| named == method) {
                return Some(*key);
            }
            keys.iter()
                .find(|(named, key, _)| match named {
                    Some(named) => *named == method,
                    None => method
                        .rsplit_once('#')
                        .is_some_and(|(_, fragment)| fragment == *key),
                })
                .map(|(_, _, bytes)| *bytes)
        };
        let refused = |why: String| Stopped::new(format!("the credential is not confirmed: {why}"));
        let (credential, proofs) = given.verify(known).map_err(|fault| refused(fault.to_string()))?;
        check_form(&credential).map_err(|fault| refused(fault.to_string()))?;
        for proof in &proofs {
            match &proof.created {
                Some(created) => println!(
                    "holds  proof of {} by {}, made at {created}",
                    proof.issuer, proof.method
                ),
                None => println!("holds  proof of {} by {}", proof.issuer, proof.method),
            }
        }
        check_dates(&credential, RealClock.now()).map_err(|fault| refused(fault.to_string()))?;
        for purpose in ["revocation", "suspension"] {
            let place = place_of(&credential, purpose).map_err(|fault| refused(fault.to_string()))?;
            let Some((address, place)) = place else { continue };
            let Some(file) = &self.status else {
                return Err(
                    refused(format!("its {purpose} is kept in a list that was not given"))
                        .hint(format!("fetch {address} and give the file with --status")),
                );
            };
            let (list, signed) = read(file)?
                .verify(known)
                .map_err(|fault| Stopped::new(format!("the status list is not confirmed: {fault}")))?;
            if list.get("id").and_then(Value::as_str) != Some(&address) {
                return Err(refused(format!(
                    "the status list that was given is not {address}"
                )));
            }
            let same = signed
                .iter()
                .all(|list| proofs.iter().all(|proof| proof.issuer == list.issuer));
            if !same {
                return Err(refused("the status list is another issuer's".to_owned()));
            }
            if bit(&list, purpose, place).map_err(|fault| refused(fault.to_string()))? {
                return Err(refused(format!(
                    "place {place} of the {purpose} list is set: it is no longer valid"
                )));
            }
            println!("holds  place {place} of the {purpose} list is not set");
        }
        let issuer = issuer(&proofs);
        if published.is_empty() && keys.is_empty() {
            println!("The credential is confirmed. Whether {issuer} is who it says, its key cannot tell.");
        } else {
            println!("The credential is confirmed, by what you gave as the keys of {issuer}.");
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn issuer(proofs: &[Secured]) -> &str {
    proofs.first().map_or("the issuer", |proof| &proof.issuer)
}

/// A credential as it was given.
enum Given {
    Json(Value),
    Token(String),
}

impl Given {
    /// The credential in it, and every proof on it; all of them hold.
    fn verify(
        self,
        known: impl Fn(&str) -> Option<[u8; 32]>,
    ) -> Result<(Value, Vec<Secured>), CredentialFault> {
        match self {
            Given::Json(document) => {
                let proofs = verify(&document, known)?;
                Ok((document, proofs))
            }
            Given::Token(token) => verify_jwt(&token, known).map(|(document, proof)| (document, vec![proof])),
        }
    }
}

/// Reads a file of bounded size as JSON or as a token.
fn read(path: &Path) -> Result<Given, Stopped> {
    let unreadable = |why: String| Stopped::new(format!("{}: {why}", path.display()));
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(LARGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| unreadable(error.to_string()))?;
    if bytes.len() as u64 > LARGEST {
        return Err(unreadable(format!(
            "it has more than {LARGEST} bytes, which no credential has"
        )));
    }
    if is_picture(&bytes) {
        bytes = unbake(&bytes)
            .map_err(|fault| unreadable(fault.to_string()))?
            .into_bytes();
    }
    if let Ok(text) = std::str::from_utf8(&bytes)
        && is_jwt(text)
    {
        return Ok(Given::Token(text.trim().to_owned()));
    }
    serde_json::from_slice(&bytes)
        .map(Given::Json)
        .map_err(|error| unreadable(format!("it is neither JSON nor a JSON Web Token: {error}")))
}
