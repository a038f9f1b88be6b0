//! The awarding body's own number of a unit.

use std::fmt;
use std::str::FromStr;

use super::{IdentifierRefused, text_on_the_wire};

/// A unit number such as 7015V1. Awarding bodies choose their own form, so only what would confuse is refused: an
/// empty text, a text over 40 characters, and anything but letters, digits, `-`, `_`, `.` and `/`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitNumber(String);

const EXPECTED: &str = "a unit number such as 7015V1 (letters, digits, and - _ . / between them)";
const LONGEST: usize = 40;

impl UnitNumber {
    /// The number as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for UnitNumber {
    type Err = IdentifierRefused;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let number = text.trim();
        let allowed = |character: char| character.is_ascii_alphanumeric() || "-_./".contains(character);
        if number.is_empty() || number.len() > LONGEST || !number.chars().all(allowed) {
            return Err(IdentifierRefused::Form {
                expected: EXPECTED,
                found: text.to_owned(),
            });
        }
        Ok(Self(number.to_owned()))
    }
}

impl fmt::Display for UnitNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

text_on_the_wire!(UnitNumber, str::parse);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_number_is_any_short_code() {
        assert!("7015V1".parse::<UnitNumber>().is_ok());
        assert!("Unit-3.1".parse::<UnitNumber>().is_ok());
        for text in ["", "  ", "7015 V1", "7015<V1>", &"7".repeat(41)] {
            assert!(text.parse::<UnitNumber>().is_err(), "{text}");
        }
    }
}
