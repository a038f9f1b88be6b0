//! The number of an assessment criterion.

use std::fmt;
use std::str::FromStr;

use super::{IdentifierRefused, text_on_the_wire};
use crate::grading::Grade;

/// The number of a criterion within its unit, such as 1.2: the outcome's number, then its own; at most four parts.
///
/// A criterion that only a higher grade asks for has the grade's letter in place of the point: 2M1 for merit, 2D1 for
/// distinction. Some bodies write 1P1 where others write 1.1; it is kept as it is printed.
/// `docs/specification-format.md` says how a unit's grade is made of them.
///
/// Numbers sort as people count: 1.2 comes before 1.10; an outcome's criteria for merit come after all of its criteria
/// for a pass, and those for distinction last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CriterionNumber {
    outcome: u16,
    grade: Grade,
    rest: [u16; 3],
    /// Whether a criterion for a pass has its letter too.
    lettered: bool,
}

const EXPECTED: &str = "a criterion number such as 1.2 or 1P2, or 2M1 and 2D1 for merit and distinction";

impl CriterionNumber {
    /// The number of the outcome it belongs to.
    pub fn outcome(self) -> u32 {
        u32::from(self.outcome)
    }

    /// The grade that asks for it; a pass for plain numbers.
    pub fn grade(self) -> Grade {
        self.grade
    }

    /// What stands between the outcome and its own number: the point, or the letter of the grade.
    pub fn between(self) -> &'static str {
        match self.grade {
            Grade::Pass if self.lettered => "P",
            Grade::Pass => ".",
            Grade::Merit => "M",
            Grade::Distinction => "D",
        }
    }

    /// Its place within the outcome and grade: 2 for 1.2, 1 for 2M1.
    pub fn within_outcome(self) -> u32 {
        u32::from(self.rest[0])
    }

    /// Whether it has more than the usual two parts, as 1.2.1 has.
    pub fn has_parts_below(self) -> bool {
        self.rest[1] > 0
    }
}

impl FromStr for CriterionNumber {
    type Err = IdentifierRefused;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refused = || IdentifierRefused::Form {
            expected: EXPECTED,
            found: text.to_owned(),
        };
        let text = text.trim();
        let letters = [('P', Grade::Pass), ('M', Grade::Merit), ('D', Grade::Distinction)];
        let graded = letters
            .into_iter()
            .find_map(|(letter, grade)| Some((text.split_once(letter)?, grade)));
        let lettered = graded.is_some_and(|(_, grade)| grade == Grade::Pass);
        let (dotted, grade) = match graded {
            Some(((outcome, rest), grade)) if !outcome.contains('.') => (format!("{outcome}.{rest}"), grade),
            Some(_) => return Err(refused()),
            None => (text.to_owned(), Grade::Pass),
        };
        let mut parts = [0; 4];
        let mut count = 0;
        for part in dotted.split('.') {
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
        let [outcome, rest @ ..] = parts;
        Ok(Self {
            outcome,
            grade,
            rest,
            lettered,
        })
    }
}

impl fmt::Display for CriterionNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [own, below @ ..] = self.rest;
        write!(f, "{}{}{own}", self.outcome, self.between())?;
        below
            .iter()
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
    fn criteria_for_merit_and_distinction_follow_those_for_a_pass() {
        let mut numbers = ["3.1", "2D1", "2M10", "2M2", "2.4", "2M2.1"].map(number);
        numbers.sort();
        assert_eq!(
            numbers.map(|number| number.to_string()),
            ["2.4", "2M2", "2M2.1", "2M10", "2D1", "3.1"]
        );
        assert_eq!(number("2D1").grade(), Grade::Distinction);
        assert_eq!(number("2M10").within_outcome(), 10);
        assert_eq!(number("2.4").grade(), Grade::Pass);
    }

    #[test]
    fn a_criterion_for_a_pass_may_have_its_letter_and_keeps_it() {
        let mut numbers = ["1M1", "1P10", "1D1", "1P2", "2P1", "1P2.1"].map(number);
        numbers.sort();
        assert_eq!(
            numbers.map(|number| number.to_string()),
            ["1P2", "1P2.1", "1P10", "1M1", "1D1", "2P1"]
        );
        assert_eq!(number("1P2").grade(), Grade::Pass);
        assert_eq!((number("1P2").outcome(), number("1P2").within_outcome()), (1, 2));
        assert_ne!(number("1P2"), number("1.2"));
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
            "M1",
            "2M",
            "2M0",
            "1.2M1",
            "2M1D1",
            "2m1",
            "P1",
            "2P",
            "2P0",
            "1.2P1",
            "2p1",
        ] {
            assert!(text.parse::<CriterionNumber>().is_err(), "{text}");
        }
    }
}
