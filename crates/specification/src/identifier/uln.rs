//! The Unique Learner Number.

use std::fmt;
use std::str::FromStr;

use super::{IdentifierRefused, text_on_the_wire};

/// A Unique Learner Number: ten digits of which the last is a check digit (practice section 23.3).
///
/// It is personal data: it never stands in a fact or a log. [`Display`](fmt::Display) writes it in full and
/// [`Debug`] hides it, so that it does not slip into a trace.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Uln([u8; 10]);

const EXPECTED: &str = "a ULN (ten digits, such as 1000000000)";

impl Uln {
    /// The number that stands for "not yet known".
    pub const NOT_YET_KNOWN: Uln = Uln([9; 10]);

    /// Whether this is the number that stands for "not yet known".
    pub fn is_not_yet_known(self) -> bool {
        self == Self::NOT_YET_KNOWN
    }
}

impl FromStr for Uln {
    type Err = IdentifierRefused;

    /// Reads and checks a number. Spaces between the digits are passed over.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || IdentifierRefused::Form {
            expected: EXPECTED,
            found: text.to_owned(),
        };
        let characters: Vec<char> = text
            .chars()
            .filter(|character| !character.is_whitespace())
            .collect();
        if characters.len() != 10 {
            return Err(refused());
        }
        let mut digits = [0; 10];
        for (place, character) in digits.iter_mut().zip(characters) {
            let digit = character.to_digit(10).ok_or_else(refused)?;
            *place = u8::try_from(digit).map_err(|_| refused())?;
        }
        let uln = Self(digits);
        if uln.is_not_yet_known() {
            return Ok(uln);
        }
        let sum: u32 = digits
            .iter()
            .take(9)
            .zip((2..=10u32).rev())
            .map(|(digit, weight)| u32::from(*digit) * weight)
            .sum();
        let right = match sum % 11 {
            0 => None,
            remainder => char::from_digit(10 - remainder, 10),
        };
        let character = char::from_digit(u32::from(digits[9]), 10).unwrap_or('?');
        if right == Some(character) {
            return Ok(uln);
        }
        Err(IdentifierRefused::CheckCharacter {
            kind: "a ULN",
            found: uln.to_string(),
            character,
            right,
        })
    }
}

impl fmt::Display for Uln {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|digit| write!(f, "{digit}"))
    }
}

impl fmt::Debug for Uln {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Uln(hidden)")
    }
}

text_on_the_wire!(Uln, str::parse);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_right_check_digit_passes() {
        for text in ["1000000000", "1000000043", "9999999999", "10 0000 0000"] {
            if let Err(refused) = text.parse::<Uln>() {
                panic!("{refused}");
            }
        }
    }

    #[test]
    fn a_wrong_check_digit_is_refused_and_the_right_one_named() {
        let refused = "1000000001".parse::<Uln>().unwrap_err();
        assert!(
            refused
                .to_string()
                .contains("its check character is 1, but its digits ask for 0"),
            "{refused}"
        );
    }

    #[test]
    fn digits_for_which_no_check_digit_exists_are_refused() {
        let refused = "0000000000".parse::<Uln>().unwrap_err();
        assert!(
            refused.to_string().contains("no check character exists"),
            "{refused}"
        );
    }

    #[test]
    fn a_number_does_not_show_in_a_trace() {
        let uln: Uln = "1000000000".parse().unwrap();
        assert_eq!(format!("{uln:?}"), "Uln(hidden)");
        assert_eq!(uln.to_string(), "1000000000");
    }
}
