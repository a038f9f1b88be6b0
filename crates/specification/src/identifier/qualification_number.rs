//! The number of a qualification on the regulator's register.

use std::fmt;
use std::str::FromStr;

use super::{IdentifierRefused, text_on_the_wire, weighted_sum};

/// A qualification number such as 600/9462/X: seven digits and a check character.
///
/// The check character is the sum of the seven digits weighted 8 to 2, modulo 11, with 10 written X (QS-05, practice
/// section 2.2). Of 85 numbers in public register samples two do not follow it, both from lists typed by hand; a
/// specification can keep such a number on purpose. On the wire it is text with slashes; reading it from data checks
/// its form only, see [`as_written`](Self::as_written).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct QualificationNumber {
    digits: [u8; 7],
    check: char,
}

const EXPECTED: &str =
    "a qualification number such as 600/9462/X (three digits, four digits and a digit or X)";

impl QualificationNumber {
    /// The number as it is written, whatever its check character. Slashes may be left out; `x` is read as `X`.
    ///
    /// # Errors
    ///
    /// [`IdentifierRefused::Form`] when the text has not the form of a qualification number.
    pub fn as_written(text: &str) -> Result<Self, IdentifierRefused> {
        let refused = || IdentifierRefused::Form {
            expected: EXPECTED,
            found: text.to_owned(),
        };
        let trimmed = text.trim();
        let bare = match trimmed.split('/').collect::<Vec<_>>().as_slice() {
            [whole] => (*whole).to_owned(),
            [first, second, check] if first.len() == 3 && second.len() == 4 => {
                format!("{first}{second}{check}")
            }
            _ => return Err(refused()),
        };
        let characters: Vec<char> = bare.chars().collect();
        let [d0, d1, d2, d3, d4, d5, d6, check] = characters.as_slice() else {
            return Err(refused());
        };
        let mut digits = [0; 7];
        for (place, character) in digits.iter_mut().zip([d0, d1, d2, d3, d4, d5, d6]) {
            *place = digit(*character).ok_or_else(refused)?;
        }
        let check = check.to_ascii_uppercase();
        if check != 'X' && !check.is_ascii_digit() {
            return Err(refused());
        }
        Ok(Self { digits, check })
    }

    /// The check character that the seven digits ask for.
    pub fn right_check_character(self) -> char {
        match weighted_sum(self.digits) % 11 {
            10 => 'X',
            remainder => char::from_digit(remainder, 10).unwrap_or('X'),
        }
    }

    /// Whether the check character is the right one.
    ///
    /// # Errors
    ///
    /// [`IdentifierRefused::CheckCharacter`] with the right character when it is not.
    pub fn checked(self) -> Result<Self, IdentifierRefused> {
        let right = self.right_check_character();
        if self.check == right {
            return Ok(self);
        }
        Err(IdentifierRefused::CheckCharacter {
            kind: "a qualification number",
            found: self.to_string(),
            character: self.check,
            right: Some(right),
        })
    }

    /// The number without slashes, as the register also carries it: `6009462X`.
    pub fn without_slashes(self) -> String {
        self.to_string().replace('/', "")
    }
}

fn digit(character: char) -> Option<u8> {
    character.to_digit(10).and_then(|digit| u8::try_from(digit).ok())
}

impl FromStr for QualificationNumber {
    type Err = IdentifierRefused;

    /// Reads and checks a number.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::as_written(text)?.checked()
    }
}

impl fmt::Display for QualificationNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g, h] = self.digits;
        write!(f, "{a}{b}{c}/{d}{e}{g}{h}/{}", self.check)
    }
}

text_on_the_wire!(QualificationNumber, QualificationNumber::as_written);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_numbers_of_the_coaching_qualifications_pass() {
        for text in ["600/9461/8", "600/9462/X", "600/9458/8", "6009462x"] {
            assert!(text.parse::<QualificationNumber>().is_ok(), "{text}");
        }
    }

    #[test]
    fn a_wrong_check_character_is_refused_and_the_right_one_named() {
        let refused = "600/9462/1".parse::<QualificationNumber>().unwrap_err();
        assert_eq!(
            refused.to_string(),
            "600/9462/1 is not a qualification number: its check character is 1, but its digits ask for X. \
             Look for a mistyped or exchanged digit"
        );
    }

    #[test]
    fn exchanged_digits_are_refused() {
        assert!("600/9426/X".parse::<QualificationNumber>().is_err());
    }

    #[test]
    fn a_text_of_another_form_is_refused_with_an_example() {
        for text in [
            "",
            "600/9462",
            "6009/462/X",
            "600/9462/XX",
            "600/9462/Y",
            "A00/9462/X",
            "٦00/9462/X",
        ] {
            let refused = text.parse::<QualificationNumber>().unwrap_err();
            assert!(
                refused.to_string().contains("such as 600/9462/X"),
                "{text}: {refused}"
            );
        }
    }

    #[test]
    fn a_number_may_be_kept_as_written_and_is_written_back_so() {
        let kept = QualificationNumber::as_written("600/9462/1").unwrap();
        assert_eq!(kept.to_string(), "600/9462/1");
        assert_eq!(kept.without_slashes(), "60094621");
        assert!(kept.checked().is_err());
    }
}
