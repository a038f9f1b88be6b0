//! What a reader found in a syllabus. Every value is optional and carries the places that it came from.

use assay_specification::rule::Rule;
use assay_specification::{Severity, Size};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::finding::{self, Finding, Place};

/// A value and where it stands in the source. A statement cut by a page break has two places.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Found<T> {
    /// The value, as printed.
    pub value: T,
    /// Where it stands, in the order of the source.
    pub at: Vec<Place>,
}

/// A value that a reader may not have found.
pub type Field<T> = Option<Found<T>>;

impl<T> Found<T> {
    /// A value that stands at one place.
    pub fn new(value: T, at: Place) -> Self {
        Self { value, at: vec![at] }
    }

    /// A value that stands at several places.
    pub fn across(value: T, at: Vec<Place>) -> Self {
        Self { value, at }
    }

    /// The first of its places.
    pub fn first_place(&self) -> Option<&Place> {
        self.at.first()
    }
}

/// A syllabus as read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draft {
    /// Facts about the document.
    pub document: DocumentDraft,
    /// Qualifications in the document's order.
    pub qualifications: Vec<QualificationDraft>,
    /// Units in the order of their pages.
    pub units: Vec<UnitDraft>,
    /// Terms that the document defines (QS-10).
    pub terms: Vec<TermDraft>,
    /// What the reader could not decide or found wrong, in the order in which it was met.
    pub findings: Vec<Finding>,
}

/// Facts about the document.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentDraft {
    /// Title.
    pub title: Field<String>,
    /// Subtitle.
    pub subtitle: Field<String>,
    /// Framework, such as `RQF`.
    pub framework: Field<String>,
    /// Awarding body in full.
    pub awarding_body: Field<String>,
    /// Awarding body as it stands in titles.
    pub awarding_body_short: Field<String>,
    /// Regulator.
    pub regulator: Field<String>,
    /// Date of issue: `2018`, `2018-03` or `2018-03-01`.
    pub issued: Field<String>,
    /// Version as printed.
    pub version: Field<String>,
    /// Language of teaching and assessment.
    pub language: Field<String>,
    /// Least age of a learner in years.
    pub minimum_age: Field<u32>,
    /// For whom the qualifications are meant.
    pub purpose: Field<String>,
    /// SHA-256 of the source in lower-case hexadecimal, where whoever reads the file has it.
    pub source_sha256: Option<String>,
    /// First day of regulation.
    pub regulated_from: Field<Date>,
    /// First day of registration.
    pub operational_from: Field<Date>,
    /// Last day of registration.
    pub registration_ends: Field<Date>,
    /// Last day of certification.
    pub certification_ends: Field<Date>,
    /// Titles of what is recommended next.
    pub progression: Vec<Found<String>>,
    /// The contents list.
    pub contents: Vec<Found<ContentsLine>>,
}

/// A line of the contents list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ContentsLine {
    /// Heading as printed.
    pub heading: String,
    /// Page as printed.
    pub page: u32,
}

/// A qualification as read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct QualificationDraft {
    /// The awarding body's own code.
    pub code: Field<String>,
    /// Full title.
    pub title: Field<String>,
    /// Number on the register, as printed; its form and check character are not trusted.
    pub number: Field<String>,
    /// Level from 0 (entry) to 8.
    pub level: Field<u8>,
    /// Size word of the title.
    pub size: Field<Size>,
    /// Total Qualification Time in hours.
    pub tqt: Field<u32>,
    /// Guided Learning Hours.
    pub glh: Field<u32>,
    /// Least number of credits.
    pub minimum_credits: Field<u32>,
    /// The sentence or sentences that give the rule of combination.
    pub rule_words: Field<String>,
    /// The rule of combination, where the words could be understood in full.
    pub rule: Field<Rule>,
    /// Printed table of units.
    pub table: Vec<RowDraft>,
}

/// A printed row of a qualification's table of units.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowDraft {
    /// Unit number.
    pub unit: Field<String>,
    /// Title in this row.
    pub title: Field<String>,
    /// Reference on the register, where the table has such a column.
    pub reference: Field<String>,
    /// Level, where the table has such a column.
    pub level: Field<u8>,
    /// Credits.
    pub credits: Field<u32>,
    /// Guided Learning Hours.
    pub glh: Field<u32>,
    /// Total Unit Time in hours.
    pub tut: Field<u32>,
    /// Heading of the group under which the row is printed.
    pub group: Field<String>,
}

/// A unit as read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UnitDraft {
    /// The awarding body's own number.
    pub number: Field<String>,
    /// Title. Where the unit's page prints it in capitals only, the title comes from a table of units; see `heading`.
    pub title: Field<String>,
    /// Heading printed over the unit's page.
    pub heading: Field<String>,
    /// Level from 0 (entry) to 8.
    pub level: Field<u8>,
    /// Reference on the register, as printed.
    pub reference: Field<String>,
    /// Credits.
    pub credits: Field<u32>,
    /// Total Unit Time in hours.
    pub tut: Field<u32>,
    /// Guided Learning Hours.
    pub glh: Field<u32>,
    /// What the unit is about.
    pub aims: Field<String>,
    /// Page of the document, by its contents list or its page breaks.
    pub page: Option<u32>,
    /// Learning outcomes in the document's order.
    pub outcomes: Vec<OutcomeDraft>,
    /// Guidance that no criterion claims.
    pub loose_guidance: Vec<GuidanceDraft>,
}

/// A learning outcome as read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutcomeDraft {
    /// Number as printed, such as `1` or `A`.
    pub number: Field<String>,
    /// Its words, joined across line breaks.
    pub text: Field<String>,
    /// Assessment criteria in the document's order.
    pub criteria: Vec<CriterionDraft>,
}

/// An assessment criterion as read.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CriterionDraft {
    /// Number as printed, without a prefix such as `AC`: `1.2`, `P1`, `2M1`.
    pub number: Field<String>,
    /// Its words, joined across line breaks.
    pub text: Field<String>,
    /// Grade that it stands for where criteria carry one: `pass`, `merit`, `distinction`.
    pub grade: Field<String>,
    /// Guidance that speaks about it, in the document's order. A passage about several criteria stands at each.
    pub guidance: Vec<GuidanceDraft>,
}

/// A passage of guidance.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GuidanceDraft {
    /// Its words without mark-up; paragraphs and list items are parted by line feeds.
    pub text: String,
    /// Where it stands; a passage cut by a page break has several places.
    pub at: Vec<Place>,
}

/// A term that the document defines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermDraft {
    /// The term.
    pub term: Found<String>,
    /// Its short form, such as `TQT`.
    pub short: Option<String>,
    /// Its meaning as printed.
    pub meaning: Found<String>,
}

impl Draft {
    /// Adds a finding.
    pub fn add(&mut self, finding: Finding) {
        self.findings.push(finding);
    }

    /// Shows the line of each finding that has a place in the lines of `text` and shows none yet.
    pub fn show_lines(&mut self, text: &str) {
        finding::show_lines(text, &mut self.findings);
    }

    /// Whether a finding keeps the draft from being published.
    pub fn has_errors(&self) -> bool {
        self.findings
            .iter()
            .any(|finding| finding.severity == Severity::Error)
    }
}

impl UnitDraft {
    /// All criteria in order, each with its outcome.
    pub fn criteria(&self) -> impl Iterator<Item = (&OutcomeDraft, &CriterionDraft)> {
        self.outcomes
            .iter()
            .flat_map(|outcome| outcome.criteria.iter().map(move |criterion| (outcome, criterion)))
    }

    /// The unit in words for a finding: `unit 7015V1`, or its title or heading where it has no number.
    pub fn in_words(&self) -> String {
        let name = [&self.number, &self.title, &self.heading]
            .into_iter()
            .find_map(Option::as_ref);
        match name {
            Some(found) => format!("unit {}", found.value),
            None => "a unit without number and title".to_owned(),
        }
    }
}
