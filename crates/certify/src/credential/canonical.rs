//! Canonical JSON, RFC 8785: one spelling for each value, so that it can be signed.

use serde_json::Value;
use std::fmt;

/// The deepest nesting that is written.
const DEEPEST: usize = 64;

/// Why a value has no canonical spelling here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CanonicalFault {
    /// Nested deeper than 64 lists or objects.
    TooDeep,
    /// The writer's own words; for instance a number that JSON in the web's sense cannot hold.
    Value(String),
}

impl fmt::Display for CanonicalFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CanonicalFault::TooDeep => write!(f, "nested deeper than {DEEPEST} lists or objects"),
            CanonicalFault::Value(why) => f.write_str(why),
        }
    }
}
impl std::error::Error for CanonicalFault {}

/// The canonical bytes of a value.
///
/// Errors: nested too deep; a number that cannot be written.
pub fn canonical(value: &Value) -> Result<Vec<u8>, CanonicalFault> {
    if is_deeper(value, DEEPEST) {
        return Err(CanonicalFault::TooDeep);
    }
    serde_json_canonicalizer::to_vec(value).map_err(|error| CanonicalFault::Value(error.to_string()))
}

pub(super) fn is_deeper(value: &Value, left: usize) -> bool {
    let Some(below) = left.checked_sub(1) else {
        return true;
    };
    match value {
        Value::Array(values) => values.iter().any(|value| is_deeper(value, below)),
        Value::Object(members) => members.values().any(|value| is_deeper(value, below)),
        _ => false,
    }
}
