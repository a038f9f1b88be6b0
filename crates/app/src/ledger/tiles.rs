//! The ledger as tiles, for monitors that fetch it whole (C2SP tlog-tiles).

use crate::{Asking, Failure};
use assay_domain::Role;
use assay_ledger::{Bundle, Tile, WIDTH, bundle_entries};
use assay_store::ledger;

/// A tile of hashes.
///
/// # Errors
/// `NotFound` when the path is not one or the ledger does not reach so far; a fault when the store fails.
pub fn hashes(asking: &mut Asking<'_, '_>, path: &str) -> Result<Vec<u8>, Failure> {
    let tile = Tile::parse(path).ok_or(Failure::NotFound)?;
    if !tile.is_in(ledger::size(asking.tx)?) {
        return Err(Failure::NotFound);
    }
    Ok(tile.bytes(|place| ledger::node(asking.tx, place))?)
}

/// A bundle of entries. They hold no names, but they do say which id was referred where and when; so they are for those who
/// answer for the ledger, unless the installation publishes them (`public`).
///
/// # Errors
/// `NotFound` when the path is not one, the ledger does not reach so far, or the caller may not see it; a fault when the
/// store fails or an entry is longer than the format can hold.
pub fn entries(asking: &mut Asking<'_, '_>, path: &str, public: bool) -> Result<Vec<u8>, Failure> {
    let answers_for_it = asking
        .actor
        .as_ref()
        .is_some_and(|actor| actor.is(Role::QualityManager) || actor.is(Role::Administrator));
    if !(public || answers_for_it) {
        return Err(Failure::NotFound);
    }
    let bundle = Bundle::parse(path).ok_or(Failure::NotFound)?;
    if !bundle.is_in(ledger::size(asking.tx)?) {
        return Err(Failure::NotFound);
    }
    let first = i64::try_from(bundle.first()).map_err(|_| Failure::NotFound)?;
    let width = u32::try_from(bundle.width.min(WIDTH)).unwrap_or(0);
    let entries = ledger::entries(asking.tx, first, width)?;
    bundle_entries(entries.iter().map(|entry| entry.bytes.as_slice()))
        .ok_or_else(|| Failure::Fault("an entry is longer than a bundle can hold".into()))
}
