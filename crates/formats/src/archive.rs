//! A packed document (ZIP), opened with suspicion: nothing is unpacked that is not asked for, nothing beyond its limit.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use crate::limits::Limits;
use crate::refusal::ReadRefusal;

/// Parts below this size may be packed as tightly as they like: they cannot hurt.
const HARMLESS_PART: u64 = 1024 * 1024;

/// An opened ZIP whose parts are unpacked one at a time, against one budget for all of them.
pub(crate) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    what: &'static str,
    budget: u64,
    ratio: u64,
}

impl<'a> Archive<'a> {
    /// Opens the archive; `what` names the document in refusals ("Word document").
    ///
    /// Refuses, when: the list of parts cannot be read; it is longer than the limit; two parts have one name, so that
    /// two programs could read two different documents; a part is encrypted; the parts claim to unpack to something
    /// out of all proportion.
    pub(crate) fn open(bytes: &'a [u8], what: &'static str, limits: &Limits) -> Result<Self, ReadRefusal> {
        if end_record_claims_more_than(bytes, limits.parts) {
            return Err(ReadRefusal::too_many(
                what,
                &format!("more than {} parts", limits.parts),
            ));
        }
        let mut zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| ReadRefusal::damaged(what, "its list of parts cannot be read"))?;
        if zip.len() > limits.parts {
            return Err(ReadRefusal::too_many(
                what,
                &format!("more than {} parts", limits.parts),
            ));
        }
        if zip.has_duplicate_names() {
            return Err(ReadRefusal::damaged(what, "it holds two parts of the same name"));
        }
        let mut names = Vec::with_capacity(zip.len());
        for index in 0..zip.len() {
            let part = zip
                .by_index_raw(index)
                .map_err(|_| ReadRefusal::damaged(what, "one of its parts cannot be found"))?;
            if part.encrypted() {
                return Err(ReadRefusal::encrypted(what));
            }
            let packed = part.compressed_size().max(1);
            if part.size() > HARMLESS_PART && part.size() / packed > limits.unpacked_ratio.saturating_mul(5) {
                return Err(ReadRefusal::unpacks_too_large(what));
            }
            names.push(part.name().map(std::borrow::Cow::into_owned).unwrap_or_default());
        }
        Ok(Self {
            zip,
            names,
            what,
            budget: limits.unpacked_bytes,
            ratio: limits.unpacked_ratio,
        })
    }

    /// Opens the archive only to tell its kind: duplicates, locks and bombs are left for [`Archive::open`] to refuse,
    /// so that the kind can be named in that refusal.
    pub(crate) fn open_to_look(bytes: &'a [u8], limits: &Limits) -> Result<Self, ReadRefusal> {
        let what = "packed document";
        if end_record_claims_more_than(bytes, limits.parts) {
            return Err(ReadRefusal::too_many(
                what,
                &format!("more than {} parts", limits.parts),
            ));
        }
        let zip = ZipArchive::new(Cursor::new(bytes))
            .map_err(|_| ReadRefusal::damaged(what, "its list of parts cannot be read"))?;
        let names = zip
            .file_names()
            .map(|name| name.map(std::borrow::Cow::into_owned).unwrap_or_default())
            .collect();
        Ok(Self {
            zip,
            names,
            what,
            budget: limits.unpacked_bytes,
            ratio: limits.unpacked_ratio,
        })
    }

    /// The names of the parts, in the order of the archive's own list.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether a part of this name is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names.iter().any(|n| n == name)
    }

    /// Unpacks one part; `None` when there is no such part.
    ///
    /// Refuses, when: the part is damaged; it unpacks to more than what is left of the budget, or than the ratio allows.
    pub(crate) fn part(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadRefusal> {
        let what = self.what;
        let Some(index) = self.names.iter().position(|n| n == name) else {
            return Ok(None);
        };
        let part = self
            .zip
            .by_index(index)
            .map_err(|_| ReadRefusal::damaged(what, &format!("its part {name} cannot be unpacked")))?;
        let by_ratio = part
            .compressed_size()
            .saturating_mul(self.ratio)
            .max(HARMLESS_PART);
        let allowed = by_ratio.min(self.budget);
        let mut unpacked = Vec::new();
        // One byte more than allowed tells "exactly at the limit" from "beyond it"; what the archive claims is not believed.
        part.take(allowed.saturating_add(1))
            .read_to_end(&mut unpacked)
            .map_err(|_| ReadRefusal::damaged(what, &format!("its part {name} cannot be unpacked")))?;
        let size = unpacked.len() as u64;
        if size > allowed {
            return Err(ReadRefusal::unpacks_too_large(what));
        }
        self.budget -= size;
        Ok(Some(unpacked))
    }
}

/// Whether the end-of-directory record claims more parts than `most`. Read before the list of parts is, because the
/// list is held in memory whole.
fn end_record_claims_more_than(bytes: &[u8], most: usize) -> bool {
    const SIGNATURE: &[u8] = b"PK\x05\x06";
    let tail = bytes.len().saturating_sub(66_000);
    let Some(tail) = bytes.get(tail..) else {
        return false;
    };
    let Some(at) = tail.windows(4).rposition(|w| w == SIGNATURE) else {
        return false;
    };
    // 0xffff says "see the 64-bit record": no document needs one.
    match (tail.get(at + 10), tail.get(at + 11)) {
        (Some(low), Some(high)) => usize::from(u16::from_le_bytes([*low, *high])) > most,
        _ => false,
    }
}
