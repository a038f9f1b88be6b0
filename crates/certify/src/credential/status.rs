//! Bitstring Status List (W3C, version 1.0): whether a credential was revoked, as one bit among many, so that nobody learns from
//! the question which credential was asked about.

use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use serde_json::{Value, json};
use std::fmt;
use std::io::{Read, Write};

/// The least number of bits of a list: with fewer, a list would tell whom it is about.
pub const LEAST_BITS: usize = 131_072;
/// The largest list that is unpacked, in bytes: sixteen million credentials.
pub const LARGEST_LIST: u64 = 2 * 1024 * 1024;

/// Why a status cannot be told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StatusFault {
    /// Not a status list credential of this kind.
    Form,
    /// It does not unpack to a list of bits.
    Encoding,
    /// It unpacks to more than [`LARGEST_LIST`], or holds fewer than [`LEAST_BITS`].
    Size,
    /// The credential's place is beyond the list's end.
    Place,
}

impl fmt::Display for StatusFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            StatusFault::Form => "this is not a Bitstring Status List credential for that purpose",
            StatusFault::Encoding => "the status list cannot be unpacked",
            StatusFault::Size => "the status list is larger or smaller than any list may be",
            StatusFault::Place => "the credential's place is beyond the end of the status list",
        })
    }
}
impl std::error::Error for StatusFault {}

/// Packs a list of which these places are set: gzip, base64 for addresses, multibase `u`. The first bit is the highest of
/// the first byte.
///
/// Errors: a place beyond the largest list.
pub fn encode_bits(places: impl IntoIterator<Item = usize>) -> Result<String, StatusFault> {
    let mut bits = vec![0_u8; LEAST_BITS / 8];
    for place in places {
        let at = place / 8;
        if at as u64 >= LARGEST_LIST {
            return Err(StatusFault::Place);
        }
        if at >= bits.len() {
            bits.resize((at + 1).next_power_of_two(), 0);
        }
        if let Some(byte) = bits.get_mut(at) {
            *byte |= 0x80 >> (place % 8);
        }
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed
        .write_all(&bits)
        .and_then(|()| packed.finish())
        .map(|bytes| format!("u{}", BASE64_URL_SAFE_NO_PAD.encode(bytes)))
        .map_err(|_| StatusFault::Encoding)
}

/// The status list as a credential without a proof.
pub fn status_list(id: &str, issuer: &str, purpose: &str, encoded: &str, from: &str) -> Value {
    json!({
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": id,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": from,
        "credentialSubject": {
            "id": format!("{id}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": purpose,
            "encodedList": encoded,
        },
    })
}

/// Where a credential says that its status for a purpose stands: the list's address and the place in it. None when it names no
/// list for that purpose. The place is a number, written as text by the specification and bare by some issuers.
///
/// Errors: it names a list of another kind, or a place that is no number.
pub fn place_of(credential: &Value, purpose: &str) -> Result<Option<(String, usize)>, StatusFault> {
    let entries = match credential.get("credentialStatus") {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::Array(entries)) => entries.as_slice(),
        Some(entry) => std::slice::from_ref(entry),
    };
    for entry in entries {
        let word = |name: &str| entry.get(name).and_then(Value::as_str);
        if word("type") != Some("BitstringStatusListEntry") {
            return Err(StatusFault::Form);
        }
        if word("statusPurpose") != Some(purpose) {
            continue;
        }
        let place = match entry.get("statusListIndex") {
            Some(Value::String(digits)) => digits.parse().ok(),
            Some(number) => number.as_u64().and_then(|number| usize::try_from(number).ok()),
            None => None,
        };
        return match (word("statusListCredential"), place) {
            (Some(list), Some(place)) => Ok(Some((list.to_owned(), place))),
            _ => Err(StatusFault::Form),
        };
    }
    Ok(None)
}

/// The bit at a place of a status list credential whose proof was checked.
///
/// Errors: it is no list for that purpose; it does not unpack within bounds; the place is beyond its end.
pub fn bit(list: &Value, purpose: &str, place: usize) -> Result<bool, StatusFault> {
    let subject = list.get("credentialSubject").ok_or(StatusFault::Form)?;
    let word = |name: &str| subject.get(name).and_then(Value::as_str);
    if word("type") != Some("BitstringStatusList") || word("statusPurpose") != Some(purpose) {
        return Err(StatusFault::Form);
    }
    let packed = word("encodedList")
        .and_then(|text| text.strip_prefix('u'))
        .ok_or(StatusFault::Form)?;
    if packed.len() as u64 > LARGEST_LIST * 2 {
        return Err(StatusFault::Size);
    }
    let packed = BASE64_URL_SAFE_NO_PAD
        .decode(packed)
        .map_err(|_| StatusFault::Encoding)?;
    let mut bits = Vec::new();
    GzDecoder::new(packed.as_slice())
        .take(LARGEST_LIST + 1)
        .read_to_end(&mut bits)
        .map_err(|_| StatusFault::Encoding)?;
    if bits.len() as u64 > LARGEST_LIST || bits.len() * 8 < LEAST_BITS {
        return Err(StatusFault::Size);
    }
    let byte = bits.get(place / 8).ok_or(StatusFault::Place)?;
    Ok(byte & (0x80 >> (place % 8)) != 0)
}
