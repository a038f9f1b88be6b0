//! The file of a dossier: JSON with nothing in it that is not checked.

use crate::evidence::ShownEvidence;
use assay_ledger::Hash;
use base64::prelude::{BASE64_STANDARD, Engine};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Name and version of the file format.
pub const FORMAT: &str = "assay-dossier/1";
/// The largest file that is read, in bytes. The largest award of the first syllabus takes about a fiftieth of it.
pub const LARGEST: u64 = 32 * 1024 * 1024;
/// The most facts that are checked.
pub const MOST_FACTS: usize = 20_000;
/// The most hashes that a proof can have: the tree is no higher.
const LONGEST_PROOF: usize = 64;

/// A dossier as written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dossier {
    /// Always [`FORMAT`].
    pub format: String,
    /// The award's id.
    pub award: String,
    /// The signed checkpoint that the proofs lead to (C2SP tlog-checkpoint).
    pub checkpoint: String,
    /// The signed note by which the ledger's owner says that these are all the facts that bear on the award.
    pub statement: String,
    /// Each specification that the facts name, the whole text.
    pub specifications: Vec<Syllabus>,
    /// The facts, in the ledger's order.
    pub facts: Vec<ProvenFact>,
    /// Checkpoints at which one key handed over to the next, the latest last; needed by whoever trusts an earlier key only.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub handovers: Vec<Handover>,
    /// What the certificate shows, for whoever may see it. Without it the dossier names nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face: Option<Disclosure>,
    /// What the learner shows of their own work; only in their own export.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<ShownEvidence>,
}

/// A specification's text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Syllabus {
    /// The id by which facts name it.
    pub id: String,
    /// `toml` or `json`.
    pub format: String,
    pub text: String,
}

/// An entry of the ledger with what shows that it is there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProvenFact {
    /// Its number in the ledger, from 0.
    pub index: u64,
    /// Its exact bytes, which are UTF-8.
    pub entry: String,
    /// The inclusion proof in the tree of the checkpoint (RFC 9162 section 2.1.3), lowest first.
    #[serde(with = "hashes")]
    pub proof: Vec<Hash>,
}

/// A checkpoint signed by two keys, the old and the new.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Handover {
    pub checkpoint: String,
    /// What shows that the ledger of the dossier's checkpoint begins with this one (RFC 9162 section 2.1.4).
    #[serde(with = "hashes")]
    pub consistency: Vec<Hash>,
}

/// Private content with the salt that its digest in a fact was made with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disclosure {
    /// 32 bytes, lower-case hex.
    pub salt: String,
    pub content: String,
}

/// Why a file is not a dossier that can be checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DossierFault {
    /// Larger than [`LARGEST`].
    TooLarge,
    /// Not JSON of this form; the reader's own words, with line and column.
    Form(String),
    /// A version of the format that this program does not know.
    Version(String),
    /// More than [`MOST_FACTS`].
    TooMany,
}

impl fmt::Display for DossierFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DossierFault::TooLarge => {
                write!(f, "the file has more than {LARGEST} bytes, which no dossier has")
            }
            DossierFault::Form(why) => write!(f, "the file is not a dossier, or was cut short: {why}"),
            DossierFault::Version(found) => write!(
                f,
                "the file is of the format {found:?}; this program knows {FORMAT:?}"
            ),
            DossierFault::TooMany => write!(f, "the file has more than {MOST_FACTS} facts"),
        }
    }
}
impl std::error::Error for DossierFault {}

impl Dossier {
    /// Reads a dossier. Nothing of it is checked yet but its form.
    ///
    /// Errors: too large, not JSON of this form, a member that the format does not have, another version.
    pub fn read(bytes: &[u8]) -> Result<Dossier, DossierFault> {
        #[derive(Deserialize)]
        struct Version {
            format: String,
        }
        if bytes.len() as u64 > LARGEST {
            return Err(DossierFault::TooLarge);
        }
        let form = |error: serde_json::Error| DossierFault::Form(error.to_string());
        // The version is looked at first, so that a later one is not called damaged.
        let version: Version = serde_json::from_slice(bytes).map_err(form)?;
        if version.format != FORMAT {
            return Err(DossierFault::Version(version.format.chars().take(60).collect()));
        }
        let dossier: Dossier = serde_json::from_slice(bytes).map_err(form)?;
        if dossier.facts.len() > MOST_FACTS || dossier.handovers.len() > MOST_FACTS {
            return Err(DossierFault::TooMany);
        }
        Ok(dossier)
    }

    /// The file's bytes.
    ///
    /// Errors: the writer's own, not known to happen.
    pub fn write(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut bytes = serde_json::to_vec_pretty(self)?;
        bytes.push(b'\n');
        Ok(bytes)
    }
}

/// Hashes as base64 with padding.
mod hashes {
    use super::{BASE64_STANDARD, Engine, Hash, LONGEST_PROOF};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    pub fn serialize<S: Serializer>(hashes: &[Hash], serializer: S) -> Result<S::Ok, S::Error> {
        hashes
            .iter()
            .map(|hash| BASE64_STANDARD.encode(hash.as_bytes()))
            .collect::<Vec<String>>()
            .serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Hash>, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        // A consistency proof has up to twice the height of the tree.
        if texts.len() > 2 * LONGEST_PROOF {
            return Err(D::Error::custom("a proof with more hashes than any tree needs"));
        }
        texts
            .iter()
            .map(|text| {
                BASE64_STANDARD
                    .decode(text)
                    .ok()
                    .and_then(|bytes| Hash::from_bytes(&bytes))
                    .ok_or_else(|| D::Error::custom("a hash that is not 32 bytes in base64"))
            })
            .collect()
    }
}
