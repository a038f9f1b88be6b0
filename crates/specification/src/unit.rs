//! A unit with its learning outcomes and assessment criteria.

use serde::{Deserialize, Serialize};

use crate::grading::{Grade, GradeRule};
use crate::identifier::{CriterionNumber, UnitNumber, UnitReference};

/// One unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// The awarding body's own number.
    pub number: UnitNumber,
    /// Title.
    pub title: String,
    /// Heading printed over the unit's page, where it is given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// Level from 0 (entry) to 8.
    pub level: u8,
    /// Reference on the regulator's register.
    pub reference: UnitReference,
    /// Credits.
    pub credits: u32,
    /// Total Unit Time in hours.
    pub tut: u32,
    /// Guided Learning Hours.
    pub glh: u32,
    /// What the unit is about, as printed.
    pub aims: String,
    /// Page of the document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// How its grade is made of its criteria, where not every criterion of a grade is needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub grades: Option<GradeRule>,
    /// Learning outcomes in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
}

impl Unit {
    /// All criteria of the unit in order, each with its outcome.
    pub fn criteria(&self) -> impl Iterator<Item = (&Outcome, &Criterion)> {
        self.outcomes
            .iter()
            .flat_map(|outcome| outcome.criteria.iter().map(move |criterion| (outcome, criterion)))
    }

    /// Whether a criterion asks for more than a pass, so that the unit has a grade.
    pub fn is_graded(&self) -> bool {
        self.criteria()
            .any(|(_, criterion)| criterion.number.grade() > Grade::Pass)
    }

    /// The criterion of this number.
    pub fn find_criterion(&self, number: CriterionNumber) -> Option<&Criterion> {
        self.criteria()
            .map(|(_, criterion)| criterion)
            .find(|criterion| criterion.number == number)
    }

    /// The outcome of this number.
    pub fn find_outcome(&self, number: u32) -> Option<&Outcome> {
        self.outcomes.iter().find(|outcome| outcome.number == number)
    }
}

/// A learning outcome: what the learner knows or can do at the end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outcome {
    /// Number within the unit, from 1.
    pub number: u32,
    /// Its words as printed.
    pub text: String,
    /// Assessment criteria in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub criteria: Vec<Criterion>,
}

/// An assessment criterion: what must be shown for its outcome.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Number within the unit, such as 1.2.
    pub number: CriterionNumber,
    /// Its words as printed.
    pub text: String,
    /// Lines of the source document where it stands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<u32>,
    /// Its command verbs: what the learner is told to do.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub verbs: Vec<String>,
    /// The discipline it asks for, where a unit treats several side by side.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discipline: Option<String>,
    /// The criterion of the same unit that asks the same for another discipline.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub twin: Option<CriterionNumber>,
    /// Whether the evidence has to tell the disciplines apart.
    #[serde(default, skip_serializing_if = "is_false")]
    pub told_apart: bool,
    /// Other outcomes or criteria whose work can be used again here.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    /// Models named for it, by id.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub models: Vec<String>,
    /// The kind of evidence that usually shows it, in our own words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub evidence: Option<String>,
    /// Guidance in our own words. Guidance is never a ground for "not met" (QS-25).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub guidance: Vec<String>,
    /// Criteria of the same unit for which the document prints the same guidance.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub shared_guidance_with: Vec<CriterionNumber>,
}

/// A pointer from a criterion to work done elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Link {
    /// The unit pointed to; none for the unit of the criterion itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitNumber>,
    /// The outcome pointed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<u32>,
    /// The criterion pointed to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub criterion: Option<CriterionNumber>,
    /// Why, in our own words.
    pub why: String,
}

fn is_false(value: &bool) -> bool {
    !value
}
