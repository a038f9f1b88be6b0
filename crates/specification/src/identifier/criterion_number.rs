//! The number of an assessment criterion.

use std::fmt;
use std::str::FromStr;

use super::{IdentifierRefused, text_on_the_wire};

/// The number of a criterion within its unit, such as 1.2: the outcome's number, then its own; at most four parts.
///
/// Numbers sort as people count: 1.2 comes before 1.10.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CriterionNumber([u16; 4]);

const EXPECTED: &str = "a criterion number such as 1.2";

impl CriterionNumber {
    /// The number of the outcome it belongs to.
    pub fn outcome(self) -> u32 {
        u32::from(self.0[0])
    }

    /// Its place within the outcome: 2 for 1.2.
    pub fn within_outcome(self) -> u32 {
        u32::from(self.0[1])
    }

    /// Whether it has more than the usual two parts, as 1.2.1 has.
    pub fn has_parts_below(self) -> bool {
        self.0[2] > 0
    }
}

impl FromStr for CriterionNumber {
    type Err = IdentifierRefused;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || IdentifierRefused::Form {
            expected: EXPECTED,
            found: text.to_owned(),
        };
        let mut parts = [0; 4];
        let mut count = 0;
        for part in text.trim().split('.') {
            let place = parts.get_mut(count).ok_or_else(refused)?;
            // One way of writing a number only: no sign, no leading nought.
            if part.starts_with('0') || !part.chars().all(|character| character.is_ascii_digit()) {
                return Err(refused());
            }
            *place = part.parse().map_err(|_| refused())?;
            count += 1;
        }
        if count < 2 {
            return Err(refused());
        }
        Ok(Self(parts))
    }
}

impl fmt::Display for CriterionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [outcome, rest @ ..] = self.0;
        write!(f, "{outcome}")?;
        rest.iter()
            .take_while(|part| **part > 0)
            .try_for_each(|part| write!(f, ".{part}"))
    }
}

text_on_the_wire!(CriterionNumber, str::parse);

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> CriterionNumber {
        text.parse().unwrap()
    }

    #[test]
    fn criterion_1_2_comes_before_1_10_and_1_10_before_2_1() {
        let mut numbers = ["2.1", "1.10", "1.2", "1.2.1"].map(number);
        numbers.sort();
        assert_eq!(
            numbers.map(|number| number.to_string()),
            ["1.2", "1.2.1", "1.10", "2.1"]
        );
    }

    #[test]
    fn a_number_that_is_not_a_criterion_number_is_refused() {
        for text in [
            "",
            "1",
            "1.",
            ".1",
            "1.0",
            "01.2",
            "1.2.3.4.5",
            "1.x",
            "1.+2",
            "1.99999",
        ] {
            assert!(text.parse::<CriterionNumber>().is_err(), "{text}");
        }
    }
}
