//! Where the status of a certificate's digital credentials stands in the published lists.
//!
//! A place follows from the certificate's id and from those that were issued before, so that deriving again gives the same one,
//! and so that it does not tell when a certificate was issued (W3C, Bitstring Status List 1.0, section 3.1: places at random).

use assay_certify::credential::LEAST_BITS;
use assay_domain::fact::{Entry, Fact};
use assay_store::statements::credential as statements;
use assay_store::{StoreFault, Tx};
use sha2::{Digest, Sha256};

/// How many certificates a list is given, half of what it has room for: the next free place is then soon found, and a place
/// says little about its neighbours.
pub const IN_A_LIST: i64 = 65_536;
/// Places of a list, the least that a list may have.
const PLACES: u64 = LEAST_BITS as u64;

pub(super) fn apply(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), StoreFault> {
    match &entry.fact {
        Fact::CertificateIssued {
            certificate,
            replaces,
            ..
        } => {
            place_earlier(tx)?;
            if tx
                .row(&statements::FIND_STATUS, &[certificate.as_str().into()])?
                .is_none()
            {
                place(tx, certificate.as_str(), false)?;
            }
            if let Some(earlier) = replaces {
                tx.run(&statements::END_STATUS, &[earlier.as_str().into()])?;
            }
        }
        Fact::CertificateRevoked { certificate, .. } => {
            place_earlier(tx)?;
            tx.run(&statements::END_STATUS, &[certificate.as_str().into()])?;
        }
        _ => {}
    }
    Ok(())
}

/// Gives every certificate its place that was issued before there were places, in the order of issue; nothing when any has one.
///
/// # Errors
/// A [`StoreFault`] when the store fails.
pub fn place_earlier(tx: &mut Tx<'_>) -> Result<(), StoreFault> {
    if tx.row(&statements::FIND_LAST_STATUS, &[])?.is_some() {
        return Ok(());
    }
    for row in tx.rows(&statements::LIST_ISSUED_EARLIER, &[])? {
        place(tx, &row.text("id")?, row.text("state")? != "valid")?;
    }
    Ok(())
}

/// Whether certificates wait for [`place_earlier`].
///
/// # Errors
/// A [`StoreFault`] when the store fails.
pub fn are_unplaced(tx: &mut Tx<'_>) -> Result<bool, StoreFault> {
    Ok(tx.row(&statements::FIND_LAST_STATUS, &[])?.is_none()
        && tx.row(&statements::FIND_ANY_CERTIFICATE, &[])?.is_some())
}

fn place(tx: &mut Tx<'_>, certificate: &str, ended: bool) -> Result<(), StoreFault> {
    let earlier = match tx.row(&statements::FIND_LAST_STATUS, &[])? {
        Some(last) => last.int("earlier")? + 1,
        None => 0,
    };
    let list = earlier / IN_A_LIST + 1;
    let [a, b, c, d, e, f, g, h, ..] = <[u8; 32]>::from(Sha256::digest(certificate));
    let mut place = u64::from_be_bytes([a, b, c, d, e, f, g, h]) % PLACES;
    // A list is never more than half full, so this ends.
    loop {
        let at = i64::try_from(place).unwrap_or(0);
        if tx
            .row(&statements::FIND_TAKEN, &[list.into(), at.into()])?
            .is_none()
        {
            tx.run(
                &statements::ADD_STATUS,
                &[
                    certificate.into(),
                    earlier.into(),
                    list.into(),
                    at.into(),
                    i64::from(ended).into(),
                ],
            )?;
            return Ok(());
        }
        place = (place + 1) % PLACES;
    }
}
