//! What strangers need to check a credential: the issuer's document, and the signed lists of what is not in force.

use super::second;
use crate::keys::{self, KnownKey, folder};
use crate::{App, Asking, Failure, derive};
use assay_certify::credential::{
    Suite, did_document, did_web, encode_bits, issuer_of, multibase, read_multibase, secure, status_list,
};
use assay_ledger::SigningKey;
use assay_store::Tx;
use assay_store::statements::credential as statements;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

/// How many signed lists are kept in memory; an old one is made again.
const MOST_KEPT: usize = 64;

/// Signed lists as they were given out last, by address and key.
#[derive(Default)]
pub struct SignedLists {
    kept: Mutex<HashMap<String, Signed>>,
}

struct Signed {
    /// How many of its places were set: places are never unset, so a list that has as many is the same list.
    ended: i64,
    bytes: Arc<Vec<u8>>,
}

/// Where a status list is found. An issuer that is its own key has lists of its own, because a list is believed only when it
/// is signed by the issuer of the credential.
pub fn address_of(address: &str, list: i64, key: &[u8; 32]) -> String {
    list_address(address, list, did_web(address).is_none().then_some(key))
}

/// `of` is the key of an issuer that is its own key.
fn list_address(address: &str, list: i64, of: Option<&[u8; 32]>) -> String {
    let web = format!("{address}/credentials/status/{list}");
    match of {
        None => web,
        Some(key) => format!("{web}/{}", multibase(key)),
    }
}

/// The document of this installation's issuer, JSON: every key whose signatures still count, the oldest first. A key that somebody
/// else may have is left out.
///
/// # Errors
/// `NotFound` when the installation has no name on the web (its address is not https, or has a path).
pub fn document(asking: &mut Asking<'_, '_>) -> Result<Vec<u8>, Failure> {
    let issuer = did_web(&asking.app.surroundings().public_address).ok_or(Failure::NotFound)?;
    let mut public = Vec::new();
    for key in keys::list(asking.tx)? {
        if key.ground.as_deref() != Some("exposed") {
            public.push(*key.verifier()?.bytes());
        }
    }
    Ok(serde_json::to_vec_pretty(&did_document(&issuer, &public))?)
}

/// A status list, JSON, signed. `of` is the key of an issuer that is its own key; none for the issuer on the web.
///
/// # Errors
/// `NotFound` when there is no such list, no such issuer, or no key of it that can still sign; a fault when it cannot be signed.
pub fn list(asking: &mut Asking<'_, '_>, list: i64, of: Option<&str>) -> Result<Arc<Vec<u8>>, Failure> {
    let last = match asking.tx.row(&statements::FIND_LAST_STATUS, &[])? {
        Some(row) => row.int("list")?,
        // There is a first list before there is a certificate.
        None => 1,
    };
    if list < 1 || list > last {
        return Err(Failure::NotFound);
    }
    let app = asking.app;
    let address = app.surroundings().public_address.as_str();
    let (key, issuer) = signer(asking.tx, app, address, of)?;
    let public = *key.verifier().bytes();
    let own = list_address(address, list, of.map(|_| &public));
    let ended = asking
        .tx
        .row(&statements::COUNT_ENDED, &[list.into()])?
        .map_or(Ok(0), |row| row.int("ended"))?;
    let kept_as = format!("{own} {}", multibase(&public));
    if let Some(bytes) = app.inner.signed_lists.find(&kept_as, ended) {
        return Ok(bytes);
    }
    let mut places = Vec::new();
    for row in asking.tx.rows(&statements::LIST_ENDED, &[list.into()])? {
        places.push(usize::try_from(row.int("place")?).unwrap_or(0));
    }
    let encoded = encode_bits(places).map_err(|fault| Failure::Fault(fault.to_string()))?;
    let now = second(&asking.caller.moment);
    let document = status_list(&own, &issuer, "revocation", &encoded, &now);
    let signed = secure(&document, &key, Suite::Rdfc, Some(&issuer), &now)
        .map_err(|fault| Failure::Fault(format!("status list {list} cannot be signed: {fault}")))?;
    let bytes = Arc::new(serde_json::to_vec_pretty(&signed)?);
    app.inner.signed_lists.keep(kept_as, ended, bytes.clone());
    Ok(bytes)
}

/// Gives certificates that were issued before there were places their own. The program does it once when it opens an
/// installation; afterwards there is nothing to do.
///
/// # Errors
/// A fault when the store fails.
pub fn place_earlier(app: &App) -> Result<(), Failure> {
    if app.store().read(derive::credential::are_unplaced)? {
        app.store().command(|tx: &mut Tx<'_>| -> Result<(), Failure> {
            derive::credential::place_earlier(tx)?;
            Ok(())
        })?;
    }
    Ok(())
}

/// The key that signs a list, and the issuer it signs for. A key that was rotated still signs the lists of its own credentials;
/// a lost or exposed one signs nothing.
fn signer(
    tx: &mut Tx<'_>,
    app: &App,
    address: &str,
    of: Option<&str>,
) -> Result<(SigningKey, String), Failure> {
    let path = app.surroundings().keys.as_deref().ok_or(Failure::NotFound)?;
    let Some(named) = of else {
        let issuer = did_web(address).ok_or(Failure::NotFound)?;
        let key = keys::find_secret(tx, Some(path))?.ok_or(Failure::NotFound)?;
        return Ok((key, issuer));
    };
    let public = read_multibase(named).ok_or(Failure::NotFound)?;
    let may_sign = |key: &KnownKey| matches!(key.ground.as_deref(), None | Some("rotated"));
    for key in keys::list(tx)? {
        if *key.verifier()?.bytes() == public && may_sign(&key) {
            let secret = folder::read(path, &key.id)?.ok_or(Failure::NotFound)?;
            // Never the issuer on the web: whoever asks by a key was given a credential of that key.
            return Ok((secret, issuer_of("", &public)));
        }
    }
    Err(Failure::NotFound)
}

impl SignedLists {
    fn find(&self, list: &str, ended: i64) -> Option<Arc<Vec<u8>>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(list)
            .filter(|signed| signed.ended == ended)
            .map(|signed| signed.bytes.clone())
    }

    fn keep(&self, list: String, ended: i64, bytes: Arc<Vec<u8>>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST_KEPT {
            kept.clear();
        }
        kept.insert(list, Signed { ended, bytes });
    }
}
