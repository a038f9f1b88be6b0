//! The keys that sign what the ledger says of itself: made, listed, rotated, retired.
//!
//! The secret half lies in a file that only its owner can read; the public half and its life are facts, so that anybody who
//! checks a signature can see from the ledger when the key came and went. docs/keys.md says what the operator does.

pub mod folder;

use crate::ledger::checkpoint;
use crate::{Acting, Failure};
use assay_domain::fact::{Fact, RetirementGround};
use assay_domain::{Decision, Fresh};
use assay_ledger::{Algorithm, KeyFault, SigningKey, VerifierKey};
use assay_store::statements::signing_key as statements;
use assay_store::{StoreFault, Tx};
use std::path::Path;

/// A key that signs the ledger, or once did.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct KnownKey {
    /// Eight hexadecimal digits.
    pub id: String,
    /// `name+id+key`, as verifiers take it.
    pub public_key: String,
    /// The number of the entry that introduced it.
    pub introduced: u64,
    pub introduced_at: String,
    /// The number of the entry that retired it; none while it signs.
    pub retired: Option<u64>,
    pub retired_at: Option<String>,
    /// `rotated`, `lost` or `exposed`.
    pub ground: Option<String>,
}

impl KnownKey {
    /// The key by which signatures are checked.
    ///
    /// # Errors
    /// A fault when the fact that introduced it holds no key.
    pub fn verifier(&self) -> Result<VerifierKey, Failure> {
        VerifierKey::parse(&self.public_key)
            .map_err(|fault| Failure::Fault(format!("the signing key {}: {fault}", self.id)))
    }

    /// Whether it may have signed a checkpoint over `size` entries: it had been introduced by then, and was not retired.
    /// The checkpoint that ends with its own retirement is the last.
    pub fn may_sign(&self, size: u64) -> bool {
        self.introduced < size
            && self
                .retired
                .is_none_or(|retired| size <= retired.saturating_add(1))
    }
}

/// Every key, the oldest first.
///
/// # Errors
/// A fault when the store fails.
pub fn list(tx: &mut Tx<'_>) -> Result<Vec<KnownKey>, StoreFault> {
    let sequence = |number: i64| u64::try_from(number).unwrap_or(0);
    tx.rows(&statements::LIST, &[])?
        .iter()
        .map(|row| {
            Ok(KnownKey {
                id: row.text("id")?,
                public_key: row.text("public_key")?,
                introduced: sequence(row.int("introduced")?),
                introduced_at: row.text("introduced_at")?,
                retired: row.optional_int("retired")?.map(sequence),
                retired_at: row.optional_text("retired_at")?,
                ground: row.optional_text("ground")?,
            })
        })
        .collect()
}

/// The key that signs now; none when none was made or the last was retired.
///
/// # Errors
/// A fault when the store fails.
pub fn find_current(tx: &mut Tx<'_>) -> Result<Option<KnownKey>, StoreFault> {
    Ok(list(tx)?.into_iter().rev().find(|key| key.retired.is_none()))
}

/// Make the first key, or the next one after a retirement. `name` is the ledger's name, e.g. `assay.example/ledger`; it stays
/// the same for all keys of a ledger, so none is needed when there was one before.
///
/// The file is written before the fact: a crash in between leaves a file that no fact names, which signs nothing.
///
/// # Errors
/// `Unreadable` when the name cannot be one, is missing or differs; `Conflict` when a key signs already; a fault when the
/// file cannot be written.
pub fn make(acting: &mut Acting<'_, '_>, name: Option<&str>) -> Result<KnownKey, Failure> {
    let keys = list(acting.tx)?;
    if let Some(current) = keys.iter().find(|key| key.retired.is_none()) {
        return Err(Failure::Conflict {
            because: format!(
                "The key {} signs already. To put another in its place, rotate it.",
                current.id
            ),
        });
    }
    let name = name_of(&keys, name)?;
    let key = fresh_key(acting.fresh, &name)?;
    folder::write(&keys_folder(acting)?, &key)?;
    acting.record(Decision::of(Fact::SigningKeyIntroduced {
        key: key.verifier().to_string(),
    }))?;
    find_current(acting.tx)?.ok_or_else(|| Failure::Fault("the new key is not in its table".into()))
}

/// Put a fresh key in the place of the one that signs. Both sign the checkpoint of this moment, so that whoever trusts the
/// old key can trust the new one.
///
/// # Errors
/// `Conflict` when no key signs, or the secret half of the one that does is gone; a fault when a file cannot be written.
pub fn rotate(acting: &mut Acting<'_, '_>) -> Result<KnownKey, Failure> {
    let Some(old) = find_current(acting.tx)? else {
        return Err(Failure::Conflict {
            because: "No key signs, so there is none to rotate. Make one.".into(),
        });
    };
    let path = keys_folder(acting)?;
    let Some(old_secret) = folder::read(&path, &old.id)? else {
        return Err(Failure::Conflict {
            because: format!(
                "The secret half of the key {} is not in the folder of keys. Put it back, or retire the key as lost and make \
                 another.",
                old.id
            ),
        });
    };
    let new = fresh_key(acting.fresh, old_secret.name())?;
    folder::write(&path, &new)?;
    let mut decision = Decision::of(Fact::SigningKeyIntroduced {
        key: new.verifier().to_string(),
    });
    // The retirement comes last: the checkpoint that ends with it is the last that the old key may sign.
    decision.fact(Fact::SigningKeyRetired {
        key: old.id,
        ground: RetirementGround::Rotated,
    });
    acting.record(decision)?;
    checkpoint::keep_signed(acting.tx, &[&new, &old_secret])?;
    find_current(acting.tx)?.ok_or_else(|| Failure::Fault("the new key is not in its table".into()))
}

/// Retire the key that signs because it was lost or exposed. Nothing is signed until another is made.
///
/// # Errors
/// `NotFound` when no key in use has this id.
pub fn retire(acting: &mut Acting<'_, '_>, id: &str, ground: RetirementGround) -> Result<(), Failure> {
    let in_use = |key: &KnownKey| key.id == id && key.retired.is_none();
    if !list(acting.tx)?.iter().any(in_use) {
        return Err(Failure::NotFound);
    }
    acting.record(Decision::of(Fact::SigningKeyRetired {
        key: id.to_owned(),
        ground,
    }))
}

/// The secret half of the key that signs now; none when there is no key or its file is gone.
///
/// # Errors
/// A fault when the file cannot be read or holds another key.
pub(crate) fn find_secret(tx: &mut Tx<'_>, path: Option<&Path>) -> Result<Option<SigningKey>, Failure> {
    match (find_current(tx)?, path) {
        (Some(current), Some(path)) => folder::read(path, &current.id),
        _ => Ok(None),
    }
}

fn name_of(keys: &[KnownKey], name: Option<&str>) -> Result<String, Failure> {
    let before = match keys.last() {
        Some(key) => Some(key.verifier()?.name().to_owned()),
        None => None,
    };
    match (before, name) {
        (Some(before), Some(name)) if before != name => Err(Failure::unreadable(
            "name",
            format!("this ledger is called {before}, and keeps its name"),
        )),
        (Some(before), _) => Ok(before),
        (None, Some(name)) => Ok(name.to_owned()),
        (None, None) => Err(Failure::unreadable(
            "name",
            "give the ledger a name, by habit a host and a path without a scheme, e.g. assay.example/ledger",
        )),
    }
}

fn fresh_key(fresh: &mut (dyn Fresh + Send), name: &str) -> Result<SigningKey, Failure> {
    SigningKey::from_seed(name, Algorithm::Ed25519, &fresh.salt()).map_err(|fault: KeyFault| {
        Failure::unreadable("name", format!("{name:?} cannot name a ledger: {fault}"))
    })
}

fn keys_folder(acting: &Acting<'_, '_>) -> Result<std::path::PathBuf, Failure> {
    acting
        .app
        .surroundings()
        .keys
        .clone()
        .ok_or_else(|| Failure::Fault("this installation has no folder for keys".into()))
}
