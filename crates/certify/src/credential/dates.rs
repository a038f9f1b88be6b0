//! Whether a credential is in force on a moment, by its own dates.

use jiff::Timestamp;
use serde_json::Value;
use std::fmt;

/// Why a credential is not in force.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateFault {
    /// A member that is no instant.
    Unreadable(&'static str),
    /// It begins later.
    Early(Timestamp),
    /// It has ended.
    Late(Timestamp),
}

impl fmt::Display for DateFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            DateFault::Unreadable(member) => write!(f, "{member} is not an instant"),
            DateFault::Early(from) => write!(f, "it is valid from {from} on only"),
            DateFault::Late(until) => write!(f, "it was valid until {until}"),
        }
    }
}
impl std::error::Error for DateFault {}

/// Looks at the dates of a credential: `validFrom` and `validUntil`, under their older names too, and those of a token.
///
/// Errors: a member is no instant; it begins later than `now`, or has ended.
pub fn check_dates(credential: &Value, now: Timestamp) -> Result<(), DateFault> {
    for name in ["validFrom", "issuanceDate", "nbf"] {
        match instant(credential, name)? {
            Some(from) if now < from => return Err(DateFault::Early(from)),
            _ => {}
        }
    }
    for name in ["validUntil", "expirationDate", "exp"] {
        match instant(credential, name)? {
            Some(until) if until < now => return Err(DateFault::Late(until)),
            _ => {}
        }
    }
    Ok(())
}

fn instant(credential: &Value, name: &'static str) -> Result<Option<Timestamp>, DateFault> {
    match credential.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => text.parse().map(Some).map_err(|_| DateFault::Unreadable(name)),
        // Seconds, in a token.
        Some(value) => value
            .as_i64()
            .and_then(|seconds| Timestamp::from_second(seconds).ok())
            .map(Some)
            .ok_or(DateFault::Unreadable(name)),
    }
}
