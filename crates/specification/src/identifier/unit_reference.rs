//! The reference of a unit on the regulator's register.

use std::fmt;
use std::str::FromStr;

use super::{IdentifierRefused, text_on_the_wire, weighted_sum};

/// A unit reference such as K/504/9065: a check letter and seven digits, of which the first three are the series.
///
/// Two rules give the letter. In series up to 618 it stands in `ADFHJKLMRTY` at the weighted sum (8 to 2) of the seven
/// digits modulo 11; in series from 650 at the plain sum of the digits plus 6, modulo 11; in between, both have been
/// seen (QS-22). On the wire it is text with slashes; reading it from data checks its form only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct UnitReference {
    letter: char,
    digits: [u8; 7],
}

/// How far a reference's letter can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReferenceStanding {
    /// The letter is the one its series asks for.
    Right,
    /// The series lies between the two rules and the letter fits neither: it may still be real.
    Unsure,
    /// The letter is wrong; this one would be right.
    Wrong(char),
}

const LETTERS: [char; 11] = ['A', 'D', 'F', 'H', 'J', 'K', 'L', 'M', 'R', 'T', 'Y'];
const LAST_WEIGHTED_SERIES: u32 = 618;
const FIRST_PLAIN_SERIES: u32 = 650;
const EXPECTED: &str = "a unit reference such as K/504/9065 (a letter, three digits and four digits)";

impl UnitReference {
    /// The reference as it is written, whatever its letter. Slashes may be left out; lower case is read as upper case.
    ///
    /// # Errors
    ///
    /// [`IdentifierRefused::Form`] when the text has not the form of a unit reference.
    pub fn as_written(text: &str) -> Result<Self, IdentifierRefused> {
        let refused = || IdentifierRefused::Form {
            expected: EXPECTED,
            found: text.to_owned(),
        };
        let trimmed = text.trim();
        let bare = match trimmed.split('/').collect::<Vec<_>>().as_slice() {
            [whole] => (*whole).to_owned(),
            [letter, series, number] if series.len() == 3 && number.len() == 4 => {
                format!("{letter}{series}{number}")
            }
            _ => return Err(refused()),
        };
        let characters: Vec<char> = bare.chars().collect();
        let [letter, d0, d1, d2, d3, d4, d5, d6] = characters.as_slice() else {
            return Err(refused());
        };
        let mut digits = [0; 7];
        for (place, character) in digits.iter_mut().zip([d0, d1, d2, d3, d4, d5, d6]) {
            let digit = character.to_digit(10).ok_or_else(refused)?;
            *place = u8::try_from(digit).map_err(|_| refused())?;
        }
        let letter = letter.to_ascii_uppercase();
        if !letter.is_ascii_uppercase() {
            return Err(refused());
        }
        Ok(Self { letter, digits })
    }

    /// The first three digits.
    pub fn series(self) -> u32 {
        let [a, b, c, ..] = self.digits;
        u32::from(a) * 100 + u32::from(b) * 10 + u32::from(c)
    }

    /// Whether the letter fits the digits.
    pub fn standing(self) -> ReferenceStanding {
        let weighted = letter_at(weighted_sum(self.digits));
        let plain = letter_at(self.digits.iter().copied().map(u32::from).sum::<u32>() + 6);
        let series = self.series();
        if series <= LAST_WEIGHTED_SERIES {
            if self.letter == weighted {
                ReferenceStanding::Right
            } else {
                ReferenceStanding::Wrong(weighted)
            }
        } else if series >= FIRST_PLAIN_SERIES {
            if self.letter == plain {
                ReferenceStanding::Right
            } else {
                ReferenceStanding::Wrong(plain)
            }
        } else if self.letter == weighted || self.letter == plain {
            ReferenceStanding::Right
        } else {
            ReferenceStanding::Unsure
        }
    }

    /// Whether the letter is not known to be wrong.
    ///
    /// # Errors
    ///
    /// [`IdentifierRefused::CheckCharacter`] with the right letter when it is.
    pub fn checked(self) -> Result<Self, IdentifierRefused> {
        match self.standing() {
            ReferenceStanding::Right | ReferenceStanding::Unsure => Ok(self),
            ReferenceStanding::Wrong(right) => Err(IdentifierRefused::CheckCharacter {
                kind: "a unit reference",
                found: self.to_string(),
                character: self.letter,
                right: Some(right),
            }),
        }
    }

    /// The reference without slashes.
    pub fn without_slashes(self) -> String {
        self.to_string().replace('/', "")
    }
}

fn letter_at(sum: u32) -> char {
    let place = usize::try_from(sum % 11).unwrap_or(0);
    LETTERS.get(place).copied().unwrap_or('A')
}

impl FromStr for UnitReference {
    type Err = IdentifierRefused;

    /// Reads and checks a reference.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::as_written(text)?.checked()
    }
}

impl fmt::Display for UnitReference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g, h] = self.digits;
        write!(f, "{}/{a}{b}{c}/{d}{e}{g}{h}", self.letter)
    }
}

text_on_the_wire!(UnitReference, UnitReference::as_written);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ten_references_of_the_coaching_units_pass() {
        for text in [
            "A/504/9068",
            "Y/504/9076",
            "R/504/9061",
            "Y/504/9062",
            "D/504/9063",
            "H/504/9064",
            "K/504/9065",
            "M/504/9066",
            "F/504/9041",
            "R/504/9044",
        ] {
            if let Err(refused) = text.parse::<UnitReference>() {
                panic!("{refused}");
            }
        }
    }

    #[test]
    fn exchanged_digits_are_refused_and_the_right_letter_named() {
        let refused = "K/504/9056".parse::<UnitReference>().unwrap_err();
        assert!(refused.to_string().contains("its digits ask for J"), "{refused}");
    }

    #[test]
    fn the_newer_series_follow_the_plain_sum() {
        // 6+5+0+1+2+3+4 = 21, and 6 more make 27, which leaves 5: the letter K.
        assert!("K/650/1234".parse::<UnitReference>().is_ok());
        assert!("A/650/1234".parse::<UnitReference>().is_err());
    }

    #[test]
    fn between_the_series_a_letter_of_neither_rule_is_unsure_and_not_refused() {
        let letters_right = LETTERS
            .iter()
            .filter(|letter| {
                let reference = UnitReference::as_written(&format!("{letter}/630/1234")).unwrap();
                reference.standing() == ReferenceStanding::Right
            })
            .count();
        assert_eq!(letters_right, 2);
        assert!("Z/630/1234".parse::<UnitReference>().is_ok());
        assert_eq!(
            UnitReference::as_written("Z/630/1234").unwrap().standing(),
            ReferenceStanding::Unsure
        );
    }
}
