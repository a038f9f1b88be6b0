//! Showing a specification: as a view for JSON and pages, and as plain text for the command line.

mod text;

use serde::Serialize;

use crate::check::{Finding, check};
use crate::document::Document;
use crate::identifier::{CriterionNumber, QualificationNumber, UnitNumber, UnitReference};
use crate::qualification::{Qualification, Size};
use crate::rule::Rule;
use crate::specification::Specification;
use crate::unit::Unit;

pub use text::{findings_as_text, specification_as_text, unit_as_text};

/// A specification as it is shown: what everybody may read, with what the check finds.
#[derive(Debug, Clone, Serialize)]
pub struct SpecificationView<'a> {
    /// The printed document.
    pub document: &'a Document,
    /// Qualifications in the document's order.
    pub qualifications: Vec<QualificationView<'a>>,
    /// Units in the document's order.
    pub units: Vec<UnitView<'a>>,
    /// What the check finds.
    pub findings: Vec<Finding>,
}

/// A qualification as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct QualificationView<'a> {
    /// The awarding body's own code.
    pub code: &'a str,
    /// The full title.
    pub title: &'a str,
    /// Number on the register.
    pub number: QualificationNumber,
    /// Level.
    pub level: u8,
    /// Size word.
    pub size: Size,
    /// Total Qualification Time in hours.
    pub tqt: u32,
    /// Guided Learning Hours.
    pub glh: u32,
    /// Least credits.
    pub minimum_credits: u32,
    /// Rule of combination as data.
    pub rule: &'a Rule,
    /// The same in plain English, a line for each thing it asks for.
    pub rule_in_words: Vec<String>,
}

/// A unit as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct UnitView<'a> {
    /// Number.
    pub number: &'a UnitNumber,
    /// Title.
    pub title: &'a str,
    /// Level.
    pub level: u8,
    /// Reference on the register.
    pub reference: UnitReference,
    /// Credits.
    pub credits: u32,
    /// Total Unit Time in hours.
    pub tut: u32,
    /// Guided Learning Hours.
    pub glh: u32,
    /// Aims.
    pub aims: &'a str,
    /// Learning outcomes in order.
    pub outcomes: Vec<OutcomeView<'a>>,
}

/// A learning outcome as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct OutcomeView<'a> {
    /// Number.
    pub number: u32,
    /// Its words.
    pub text: &'a str,
    /// Assessment criteria in order.
    pub criteria: Vec<CriterionView<'a>>,
}

/// An assessment criterion as it is shown.
#[derive(Debug, Clone, Serialize)]
pub struct CriterionView<'a> {
    /// Number.
    pub number: CriterionNumber,
    /// Its words.
    pub text: &'a str,
    /// Guidance; never a ground for "not met" (QS-25).
    pub guidance: Vec<GuidanceView<'a>>,
}

/// A piece of guidance.
#[derive(Debug, Clone, Serialize)]
pub struct GuidanceView<'a> {
    /// Its words.
    pub text: &'a str,
}

impl Specification {
    /// The specification as it is shown, with the findings of its check.
    pub fn view(&self) -> SpecificationView<'_> {
        SpecificationView {
            document: &self.document,
            qualifications: self.qualifications.iter().map(QualificationView::from).collect(),
            units: self.units.iter().map(UnitView::from).collect(),
            findings: check(self),
        }
    }
}

impl<'a> From<&'a Qualification> for QualificationView<'a> {
    fn from(qualification: &'a Qualification) -> Self {
        Self {
            code: &qualification.code,
            title: &qualification.title,
            number: qualification.number,
            level: qualification.level,
            size: qualification.size,
            tqt: qualification.tqt,
            glh: qualification.glh,
            minimum_credits: qualification.minimum_credits,
            rule: &qualification.rule,
            rule_in_words: qualification.rule.in_words(),
        }
    }
}

impl<'a> From<&'a Unit> for UnitView<'a> {
    fn from(unit: &'a Unit) -> Self {
        let outcomes = unit.outcomes.iter().map(|outcome| OutcomeView {
            number: outcome.number,
            text: &outcome.text,
            criteria: outcome
                .criteria
                .iter()
                .map(|criterion| CriterionView {
                    number: criterion.number,
                    text: &criterion.text,
                    guidance: criterion
                        .guidance
                        .iter()
                        .map(|text| GuidanceView { text })
                        .collect(),
                })
                .collect(),
        });
        Self {
            number: &unit.number,
            title: &unit.title,
            level: unit.level,
            reference: unit.reference,
            credits: unit.credits,
            tut: unit.tut,
            glh: unit.glh,
            aims: &unit.aims,
            outcomes: outcomes.collect(),
        }
    }
}
