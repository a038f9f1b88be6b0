//! Correcting what a reader made of a syllabus (issue 3; practice section 2.4).
//!
//! A person who looks at a draft beside its document gives a value that was not found, mends one that was misread, adds
//! or removes a part, or puts guidance where it belongs. Each is a [`Correction`]; the draft as read is never changed, and
//! the draft in force is the one as read with all corrections applied in order.

mod guidance;
mod place;
mod value;

use serde::{Deserialize, Serialize};

use super::draft::{CriterionDraft, Draft, Found, OutcomeDraft, QualificationDraft, RowDraft, UnitDraft};
use super::finding::Place;
pub use place::{Part, Target};
pub use value::{Slot, slot};

/// One change to a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "act", rename_all = "snake_case")]
pub enum Correction {
    /// Gives a value as a person types it; an empty text takes the value away.
    Give {
        /// What is given.
        at: Target,
        /// The value as typed.
        value: String,
    },
    /// Adds an empty part after the last of its kind; a criterion or outcome takes the next number.
    Add {
        /// The part that is added, with the number it will have in the draft's order.
        part: Part,
    },
    /// Removes a part with everything in it.
    Remove {
        /// The part.
        part: Part,
    },
    /// Puts a passage of guidance with the criteria named, and with no others.
    Assign {
        /// The unit, counted from 0.
        unit: usize,
        /// First line of the passage, by which it is known.
        line: u32,
        /// Numbers of criteria; none leaves it with no criterion.
        criteria: Vec<String>,
    },
}

/// Why a correction cannot be applied: a sentence for the person who made it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct NotCorrected(pub String);

impl Draft {
    /// The draft with a correction applied.
    ///
    /// # Errors
    /// - the part or value named is not in the draft
    /// - the value has not the form of its kind
    /// - a criterion named for guidance is not in the unit
    pub fn correct(&mut self, correction: &Correction) -> Result<(), NotCorrected> {
        match correction {
            Correction::Give { at, value } => slot(self, at)?.give(value),
            Correction::Add { part } => self.add_part(part),
            Correction::Remove { part } => self.remove_part(part),
            Correction::Assign { unit, line, criteria } => {
                guidance::assign(unit_mut(self, *unit)?, *line, criteria)
            }
        }
    }

    fn add_part(&mut self, part: &Part) -> Result<(), NotCorrected> {
        match *part {
            Part::Qualification { .. } => self.qualifications.push(QualificationDraft::default()),
            Part::Row { qualification, .. } => self
                .qualifications
                .get_mut(qualification)
                .ok_or_else(|| missing(part))?
                .table
                .push(RowDraft::default()),
            Part::Unit { .. } => self.units.push(UnitDraft::default()),
            Part::Outcome { unit, .. } => {
                let outcomes = &mut unit_mut(self, unit)?.outcomes;
                let number = (outcomes.len() + 1).to_string();
                outcomes.push(OutcomeDraft {
                    number: typed(number),
                    ..OutcomeDraft::default()
                });
            }
            Part::Criterion { unit, outcome, .. } => {
                let outcome = outcome_mut(self, unit, outcome)?;
                let next = outcome.criteria.len() + 1;
                let number = outcome
                    .number
                    .as_ref()
                    .map_or_else(|| next.to_string(), |of| format!("{}.{next}", of.value));
                outcome.criteria.push(CriterionDraft {
                    number: typed(number),
                    ..CriterionDraft::default()
                });
            }
        }
        Ok(())
    }

    fn remove_part(&mut self, part: &Part) -> Result<(), NotCorrected> {
        match *part {
            Part::Qualification { qualification } => remove(&mut self.qualifications, qualification, part),
            Part::Row { qualification, row } => {
                let one = self.qualifications.get_mut(qualification);
                remove(&mut one.ok_or_else(|| missing(part))?.table, row, part)
            }
            Part::Unit { unit } => remove(&mut self.units, unit, part),
            Part::Outcome { unit, outcome } => {
                let unit = unit_mut(self, unit)?;
                let removed = unit.outcomes.get_mut(outcome).map(std::mem::take);
                for criterion in removed.into_iter().flat_map(|outcome| outcome.criteria) {
                    guidance::let_go(unit, criterion);
                }
                remove(&mut unit.outcomes, outcome, part)
            }
            Part::Criterion {
                unit,
                outcome,
                criterion,
            } => {
                let of = outcome_mut(self, unit, outcome)?;
                let gone = of.criteria.get(criterion).cloned();
                remove(&mut of.criteria, criterion, part)?;
                if let Some(gone) = gone {
                    guidance::let_go(unit_mut(self, unit)?, gone);
                }
                Ok(())
            }
        }
    }
}

/// A value that a person typed: it stands nowhere in the source.
fn typed<T>(value: T) -> Option<Found<T>> {
    Some(Found {
        value,
        at: Vec::<Place>::new(),
    })
}

fn remove<T>(from: &mut Vec<T>, at: usize, part: &Part) -> Result<(), NotCorrected> {
    if at < from.len() {
        from.remove(at);
        Ok(())
    } else {
        Err(missing(part))
    }
}

fn missing(part: &Part) -> NotCorrected {
    NotCorrected(format!(
        "There is no {part} in what was read. Somebody may have removed it; look at the page again."
    ))
}

fn unit_mut(draft: &mut Draft, unit: usize) -> Result<&mut UnitDraft, NotCorrected> {
    draft
        .units
        .get_mut(unit)
        .ok_or_else(|| missing(&Part::Unit { unit }))
}

fn outcome_mut(draft: &mut Draft, unit: usize, outcome: usize) -> Result<&mut OutcomeDraft, NotCorrected> {
    unit_mut(draft, unit)?
        .outcomes
        .get_mut(outcome)
        .ok_or_else(|| missing(&Part::Outcome { unit, outcome }))
}
