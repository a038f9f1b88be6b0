//! Criteria that are printed with letters below their outcome: `a) describe …`, `(b) The work is described.`

use super::super::label;
use super::{Pending, Scan, Target};
use crate::syllabus::codes;
use crate::syllabus::finding::{Finding, Place};

impl Scan<'_> {
    /// The number of the criterion that a letter begins, and its words: 1.2 for `b)` under outcome 1. Only the letter
    /// that comes next under an outcome without numbered criteria begins one; under a criterion letters are a list.
    pub(super) fn lettered<'t>(&self, text: &'t str) -> Option<(String, &'t str)> {
        let (letter, rest) = label::letter(text)?;
        let o = match &self.pending {
            Some(_) => return None,
            None => self.current?,
        };
        let outcome = self.body.outcomes.get(o)?;
        let so_far = outcome.criteria.len();
        if so_far > 0 && !self.lettered.contains(&o) {
            return None;
        }
        let announced = outcome
            .text
            .as_ref()
            .is_some_and(|found| found.value.ends_with(':'));
        let next = u8::try_from(so_far).ok()?.checked_add(b'a')?;
        if announced || letter != char::from(next) {
            return None;
        }
        let number = outcome.number.as_ref()?.value.clone();
        Some((format!("{number}.{}", so_far + 1), rest))
    }

    /// Begins a criterion that has a letter.
    pub(super) fn letter_begins(&mut self, number: String, rest: &str, place: &Place) -> Option<Target> {
        let o = self.current?;
        self.lettered.insert(o);
        let outcome = self.body.outcomes.get(o)?.number.as_ref()?.value.clone();
        if rest.is_empty() {
            self.pending = Some(Pending::Criterion {
                number,
                outcome: Some(outcome),
                grade: None,
                place: place.clone(),
            });
            return None;
        }
        self.criterion(&number, Some(&outcome), None, Some(rest), place)
    }

    /// Tells of every outcome whose criteria were numbered for their letters.
    pub(super) fn tell_letters(&mut self) {
        for o in self.lettered.clone() {
            let Some(outcome) = self.body.outcomes.get(o) else {
                continue;
            };
            let count = outcome.criteria.len();
            let number = |at: usize| {
                outcome
                    .criteria
                    .get(at)
                    .and_then(|criterion| criterion.number.as_ref())
            };
            let (Some(first), Some(last)) = (number(0), number(count.saturating_sub(1))) else {
                continue;
            };
            let finding = Finding::new(
                &codes::IMPORT_NUMBER_DERIVED,
                self.in_words(Target::Outcome(o)),
                format!(
                    "its criteria have letters and no numbers; they were numbered {} to {} in their order",
                    first.value, last.value
                ),
            )
            .suggest(
                "Compare the order with the page; nothing has to be done where each letter is a criterion.",
            );
            let finding = match first.first_place() {
                Some(place) => finding.at(place.clone()),
                None => finding,
            };
            self.body.findings.push(finding);
        }
    }
}
