//! Finding things in a specification.

use serde::Serialize;

use crate::document::KeyDates;
use crate::identifier::{CriterionNumber, UnitNumber};
use crate::qualification::Qualification;
use crate::specification::Specification;
use crate::teaching::{Model, Term};
use crate::unit::{Criterion, Outcome, Unit};

/// How much a specification holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Qualifications.
    pub qualifications: usize,
    /// Units.
    pub units: usize,
    /// Learning outcomes over all units.
    pub outcomes: usize,
    /// Assessment criteria over all units.
    pub criteria: usize,
    /// Models.
    pub models: usize,
    /// Terms.
    pub terms: usize,
}

impl Specification {
    /// The qualification of this code, full title or number; case, spacing and the slashes of a number do not matter
    /// (QS-04).
    pub fn find_qualification(&self, wanted: &str) -> Option<&Qualification> {
        let wanted = folded(wanted);
        let bare: String = wanted.chars().filter(|c| *c != '/').collect();
        self.qualifications.iter().find(|qualification| {
            folded(&qualification.code) == wanted
                || folded(&qualification.title) == wanted
                || folded(&qualification.number.without_slashes()) == bare
        })
    }

    /// The unit of this number.
    pub fn find_unit(&self, number: &UnitNumber) -> Option<&Unit> {
        self.units.iter().find(|unit| unit.number == *number)
    }

    /// The unit that a person calls so: its number, reference (with or without slashes) or title, whatever the case.
    pub fn find_unit_called(&self, wanted: &str) -> Option<&Unit> {
        let wanted = folded(wanted);
        let bare: String = wanted.chars().filter(|c| *c != '/').collect();
        self.units.iter().find(|unit| {
            folded(unit.number.as_str()) == wanted
                || folded(&unit.title) == wanted
                || folded(&unit.reference.without_slashes()) == bare
        })
    }

    /// The criterion of this number in this unit.
    pub fn find_criterion(&self, unit: &UnitNumber, number: CriterionNumber) -> Option<&Criterion> {
        self.find_unit(unit)?.find_criterion(number)
    }

    /// The model of this id.
    pub fn find_model(&self, id: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.id == id)
    }

    /// The model that a text calls so, by id, name or alias (QS-28).
    pub fn find_model_called(&self, name: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.is_called(name))
    }

    /// The criteria that name a model, in the document's order (QS-28).
    pub fn list_criteria_naming<'a>(
        &'a self,
        model: &'a str,
    ) -> impl Iterator<Item = (&'a Unit, &'a Criterion)> {
        self.criteria()
            .filter(move |(_, _, criterion)| criterion.models.iter().any(|named| named == model))
            .map(|(unit, _, criterion)| (unit, criterion))
    }

    /// The term of this name, whatever the case (QS-10).
    pub fn find_term(&self, name: &str) -> Option<&Term> {
        let name = folded(name);
        self.terms.iter().find(|term| folded(&term.term) == name)
    }

    /// All criteria in the document's order.
    pub fn criteria(&self) -> impl Iterator<Item = (&Unit, &Outcome, &Criterion)> {
        self.units.iter().flat_map(|unit| {
            unit.criteria()
                .map(move |(outcome, criterion)| (unit, outcome, criterion))
        })
    }

    /// The units that a qualification's rule lists, in the document's order. A number that no unit has is left out;
    /// `check` reports it.
    pub fn list_units_of<'a>(&'a self, qualification: &Qualification) -> Vec<&'a Unit> {
        let listed = qualification.rule.listed_units();
        self.units
            .iter()
            .filter(|unit| listed.contains(&unit.number))
            .collect()
    }

    /// The dates in force for a qualification: its own, else the document's.
    pub fn dates_of(&self, qualification: &Qualification) -> KeyDates {
        let document = &self.document;
        KeyDates {
            regulated_from: qualification.regulated_from.unwrap_or(document.regulated_from),
            operational_from: qualification
                .operational_from
                .unwrap_or(document.operational_from),
            registration_ends: qualification
                .registration_ends
                .unwrap_or(document.registration_ends),
            certification_ends: qualification.certification_ends.or(document.certification_ends),
        }
    }

    /// How much there is of each.
    pub fn counts(&self) -> Counts {
        Counts {
            qualifications: self.qualifications.len(),
            units: self.units.len(),
            outcomes: self.units.iter().map(|unit| unit.outcomes.len()).sum(),
            criteria: self.criteria().count(),
            models: self.models.len(),
            terms: self.terms.len(),
        }
    }
}

/// Lower case, with each run of spaces made one.
fn folded(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
