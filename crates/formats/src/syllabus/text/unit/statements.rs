//! The outcomes and criteria that were read so far.

use super::super::heads;
use super::{Event, Pending, Piece, Scan, Target};
use crate::syllabus::codes;
use crate::syllabus::draft::{CriterionDraft, Found, OutcomeDraft};
use crate::syllabus::finding::{Finding, Place};

impl Scan<'_> {
    pub(super) fn is_known(&self, number: &str) -> bool {
        self.criterion_at(number).is_some()
    }

    pub(super) fn criterion_at(&self, number: &str) -> Option<(usize, usize)> {
        self.body.outcomes.iter().enumerate().find_map(|(o, outcome)| {
            outcome
                .criteria
                .iter()
                .position(|criterion| {
                    criterion
                        .number
                        .as_ref()
                        .is_some_and(|found| found.value == number)
                })
                .map(|c| (o, c))
        })
    }

    pub(super) fn next_outcome(&self) -> u32 {
        self.body
            .outcomes
            .iter()
            .filter_map(|outcome| outcome.number.as_ref()?.value.parse::<u32>().ok())
            .max()
            .unwrap_or(0)
            + 1
    }

    pub(super) fn is_next_outcome(&self, number: &str) -> bool {
        number
            .parse::<u32>()
            .map_or(true, |number| number == self.next_outcome())
    }

    /// Whether an outcome of this number was only inferred from its criteria, or has no words yet.
    pub(super) fn awaits_outcome(&self, number: &str) -> bool {
        self.body.outcomes.iter().any(|outcome| {
            outcome.text.is_none() && outcome.number.as_ref().is_some_and(|found| found.value == number)
        })
    }

    pub(super) fn text_of(&self, target: Target) -> Option<String> {
        let field = match target {
            Target::Outcome(o) => &self.body.outcomes.get(o)?.text,
            Target::Criterion(o, c) => &self.body.outcomes.get(o)?.criteria.get(c)?.text,
            Target::Guidance => return None,
        };
        field.as_ref().map(|found| found.value.clone())
    }

    pub(super) fn in_words(&self, target: Target) -> String {
        let number = |field: &Option<Found<String>>| {
            field
                .as_ref()
                .map_or("?", |found| found.value.as_str())
                .to_owned()
        };
        match target {
            Target::Outcome(o) => {
                let number = self.body.outcomes.get(o).map(|outcome| number(&outcome.number));
                format!("{}, outcome {}", self.unit, number.unwrap_or_default())
            }
            Target::Criterion(o, c) => {
                let criterion = self
                    .body
                    .outcomes
                    .get(o)
                    .and_then(|outcome| outcome.criteria.get(c));
                let number = criterion.map(|criterion| number(&criterion.number));
                format!("{}, criterion {}", self.unit, number.unwrap_or_default())
            }
            Target::Guidance => self.unit.to_owned(),
        }
    }

    pub(super) fn criterion_mut(&mut self, o: usize, c: usize) -> Option<&mut CriterionDraft> {
        self.body.outcomes.get_mut(o)?.criteria.get_mut(c)
    }

    /// Tells that words stand a second time and were read once.
    pub(super) fn repeated(&mut self, target: Target, place: &Place) {
        let subject = self.in_words(target);
        self.body.findings.push(
            Finding::new(
                &codes::IMPORT_REPEATED,
                subject,
                "the same words stand here again; they were read once",
            )
            .at(place.clone())
            .suggest("Nothing has to be done where a page repeats the row it breaks."),
        );
    }

    pub(super) fn outcome(
        &mut self,
        number: Option<&str>,
        text: Option<&str>,
        place: &Place,
    ) -> Option<Target> {
        let text = text.map(|text| Found::new(text.to_owned(), place.clone()));
        if let Some(number) = number
            && let Some(o) = self
                .body
                .outcomes
                .iter()
                .position(|outcome| outcome.number.as_ref().is_some_and(|found| found.value == number))
            && let Some(outcome) = self.body.outcomes.get_mut(o)
        {
            self.again = None;
            if outcome.text.is_none() {
                outcome.text = text;
                self.current = Some(o);
                self.body.events.push(Event::Outcome(o));
                return Some(Target::Outcome(o));
            }
            // The same outcome printed again over a page break is no second outcome.
            let plain = |text: &Option<Found<String>>| text.as_ref().map(|found| heads::plain(&found.value));
            let (known, now) = (plain(&outcome.text), plain(&text));
            let begun = matches!((&known, &now), (Some(known), Some(now))
                if !now.is_empty() && known.starts_with(&format!("{now} ")));
            if known == now || begun {
                if self.current != Some(o) {
                    self.current = Some(o);
                    self.body.events.push(Event::Outcome(o));
                }
                self.again = begun.then_some(Target::Outcome(o));
                self.repeated(Target::Outcome(o), place);
                return Some(Target::Outcome(o));
            }
        }
        let number = number.map(|number| Found::new(number.to_owned(), place.clone()));
        self.body.outcomes.push(OutcomeDraft {
            number,
            text,
            criteria: Vec::new(),
        });
        let o = self.body.outcomes.len() - 1;
        self.again = None;
        self.current = Some(o);
        self.body.events.push(Event::Outcome(o));
        Some(Target::Outcome(o))
    }

    pub(super) fn criterion(
        &mut self,
        number: &str,
        outcome: Option<&str>,
        grade: Option<&'static str>,
        text: Option<&str>,
        place: &Place,
    ) -> Option<Target> {
        self.named = None;
        self.again = None;
        if let (Some((o, c)), Some(text)) = (self.criterion_at(number), text)
            && self.text_of(Target::Criterion(o, c)).as_deref() == Some(text)
        {
            self.repeated(Target::Criterion(o, c), place);
            return Some(Target::Criterion(o, c));
        }
        let is_number =
            |one: &OutcomeDraft, wanted: &str| one.number.as_ref().is_some_and(|found| found.value == wanted);
        let o = match outcome {
            Some(wanted) => self.body.outcomes.iter().rposition(|one| is_number(one, wanted)),
            None => self.current.or_else(|| self.body.outcomes.len().checked_sub(1)),
        };
        let o = match o {
            Some(o) => o,
            None => {
                // Its outcome was not met (yet): the criterion keeps its place, the words may follow.
                self.body.outcomes.push(OutcomeDraft {
                    number: outcome.map(|outcome| Found::new(outcome.to_owned(), place.clone())),
                    ..OutcomeDraft::default()
                });
                self.body.outcomes.len() - 1
            }
        };
        self.current = Some(o);
        let outcome = self.body.outcomes.get_mut(o)?;
        outcome.criteria.push(CriterionDraft {
            number: Some(Found::new(number.to_owned(), place.clone())),
            text: text.map(|text| Found::new(text.to_owned(), place.clone())),
            grade: grade.map(|grade| Found::new(grade.to_owned(), place.clone())),
            guidance: Vec::new(),
        });
        let c = outcome.criteria.len() - 1;
        self.body.events.push(Event::Criterion(o, c));
        Some(Target::Criterion(o, c))
    }

    pub(super) fn guidance(
        &mut self,
        text: &str,
        place: &Place,
        bullet: bool,
        fresh_row: bool,
        joined: bool,
    ) {
        self.body.events.push(Event::Guidance(Piece {
            text: text.to_owned(),
            place: place.clone(),
            bullet,
            fresh_row,
            joined,
            // What stands before the first outcome of a unit speaks about none of them.
            apart: self.apart || self.body.outcomes.is_empty(),
            named: self.named.take(),
            about: None,
        }));
    }

    /// A number whose words never came.
    pub(super) fn leftovers(&mut self) {
        match self.pending.take() {
            Some(Pending::Criterion {
                number,
                outcome,
                grade,
                place,
            }) => {
                self.criterion(&number, outcome.as_deref(), grade, None, &place);
            }
            Some(Pending::Outcome { number, place }) => {
                self.outcome(Some(&number), None, &place);
            }
            None => {}
        }
    }
}
