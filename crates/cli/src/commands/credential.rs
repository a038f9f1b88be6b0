//! `assay credential`: digital credentials, ours and others'.

use crate::failure::Stopped;
use assay_certify::credential::{bit, place_of, read_multibase, verify};
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

/// Check a Verifiable Credential with Data Integrity proofs by eddsa-rdfc-2022 or eddsa-jcs-2022: signature, dates, status. Nothing is fetched.
#[derive(Args)]
pub struct Verify {
    /// The credential, JSON.
    file: PathBuf,
    /// A key that you trust, `z6Mk…`, or `METHOD=z6Mk…` for a verification method that does not name its key. Needed where
    /// the issuer is no did:key.
    #[arg(long, value_name = "KEY")]
    key: Vec<String>,
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
        let credential = read(&self.file)?;
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
        let known = |method: &str| {
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
        let proofs = verify(&credential, known).map_err(|fault| refused(fault.to_string()))?;
        for proof in &proofs {
            let created = proof.created.as_deref().unwrap_or("a time it does not say");
            println!(
                "holds  proof of {} by {}, made at {created}",
                proof.issuer, proof.method
            );
        }
        in_time(&credential).map_err(refused)?;
        for purpose in ["revocation", "suspension"] {
            let place = place_of(&credential, purpose).map_err(|fault| refused(fault.to_string()))?;
            let Some((address, place)) = place else { continue };
            let Some(file) = &self.status else {
                return Err(
                    refused(format!("its {purpose} is kept in a list that was not given"))
                        .hint(format!("fetch {address} and give the file with --status")),
                );
            };
            let list = read(file)?;
            if list.get("id").and_then(Value::as_str) != Some(&address) {
                return Err(refused(format!(
                    "the status list that was given is not {address}"
                )));
            }
            let signed = verify(&list, known)
                .map_err(|fault| Stopped::new(format!("the status list is not confirmed: {fault}")))?;
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
        println!(
            "The credential is confirmed. Whether {} is who it says, its key cannot tell.",
            issuer(&proofs)
        );
        Ok(ExitCode::SUCCESS)
    }
}

fn issuer(proofs: &[assay_certify::credential::Secured]) -> &str {
    proofs.first().map_or("the issuer", |proof| &proof.issuer)
}

/// Whether the credential is in force now.
fn in_time(credential: &Value) -> Result<(), String> {
    let instant = |name: &str| match credential.get(name) {
        None => Ok(None),
        Some(value) => value
            .as_str()
            .and_then(|text| text.parse::<jiff::Timestamp>().ok())
            .map(Some)
            .ok_or_else(|| format!("{name} is not an instant")),
    };
    let now = RealClock.now();
    if let Some(from) = instant("validFrom")?
        && now < from
    {
        return Err(format!("it is valid from {from} on only"));
    }
    match instant("validUntil")? {
        Some(until) if until < now => Err(format!("it was valid until {until}")),
        _ => Ok(()),
    }
}

/// Reads a file of bounded size as JSON.
fn read(path: &Path) -> Result<Value, Stopped> {
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
    serde_json::from_slice(&bytes).map_err(|error| unreadable(format!("it is not JSON: {error}")))
}
