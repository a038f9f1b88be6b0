//! Specifications: the list, one with its contents, a unit, a qualification, the models, what the check finds.

use crate::glossary::Glossary;
use crate::message::{Act, Refusals, Tag, Tone};
use crate::table::{Cell, Column, DataTable};
use crate::{Form, Shell, format};
use askama::Template;
use assay_app::specification::SpecificationRow;
use assay_app::specification::view::SpecificationSeen;
use assay_specification::{
    Criterion, Finding, Heading, Link, Misnaming, Model, Qualification, Severity, Specification, Unit,
};
use std::sync::Arc;

pub mod difference;

pub use difference::DifferencePage;

/// A qualification found by code, title or number.
#[derive(Debug, Clone)]
pub struct Found {
    pub specification: String,
    pub code: String,
    pub title: String,
    pub number: String,
    pub level: u8,
    pub minimum_credits: u32,
}

/// Qualifications on offer, and the specifications they stand in.
#[derive(Debug, Template)]
#[template(path = "specification/list.html")]
pub struct SpecificationListPage {
    pub shell: Shell,
    pub refusals: Refusals,
    pub form: Form,
    /// What was searched for.
    pub q: String,
    pub found: Vec<Found>,
    pub specifications: Vec<SpecificationRow>,
    pub may_load: bool,
}

impl SpecificationListPage {
    fn table(&self) -> DataTable {
        let columns = vec![
            Column::words("Title"),
            Column::words("Code"),
            Column::words("Number"),
            Column::figures("Level"),
            Column::figures("Credits"),
        ];
        let rows = self.found.iter().map(|one| {
            vec![
                Cell::link(
                    format!(
                        "/specifications/{}/qualifications/{}",
                        one.specification, one.code
                    ),
                    &one.title,
                ),
                Cell::text(&one.code),
                Cell::text(&one.number),
                Cell::number(one.level),
                Cell::number(one.minimum_credits),
            ]
        });
        DataTable::new("qualifications", "Qualifications", columns)
            .rows(rows.collect())
            .caption_hidden()
            .empty(crate::message::Empty::new(
                "No qualification found",
                "Search by code, number or full title; or publish a specification first.",
            ))
    }

    fn versions(&self) -> DataTable {
        let columns = vec![
            Column::words("Document"),
            Column::words("Version"),
            Column::words("State"),
        ];
        let rows = self.specifications.iter().map(|row| {
            vec![
                Cell::link(format!("/specifications/{}", row.id), &row.title),
                Cell::text(&row.version),
                Cell::tag(stage_tag(row)),
            ]
        });
        DataTable::new("specifications", "Specifications", columns)
            .rows(rows.collect())
            .caption_hidden()
    }
}

fn stage_tag(row: &SpecificationRow) -> Tag {
    let tone = if row.is_published() {
        Tone::Good
    } else {
        Tone::Caution
    };
    Tag::new(tone, row.stage.title())
}

/// A text looked through for short or wrong forms of a qualification's title (QS-06).
#[derive(Debug, Template)]
#[template(path = "specification/title_check.html")]
pub struct TitleCheckPage {
    pub shell: Shell,
    pub refusals: Refusals,
    pub id: String,
    pub specification: Arc<Specification>,
    pub form: Form,
    /// What was found; none before a text was sent.
    pub found: Option<Vec<Misnaming>>,
}

impl TitleCheckPage {
    fn table(&self, found: &[Misnaming]) -> DataTable {
        let columns = vec![
            Column::figures("Line"),
            Column::words("The text says"),
            Column::words("The full title"),
        ];
        let rows = found.iter().map(|one| {
            vec![
                Cell::number(one.line),
                Cell::text(&one.found),
                Cell::text(one.titles.join("; or ")),
            ]
        });
        DataTable::new("misnamings", "Places without the full title", columns).rows(rows.collect())
    }
}

/// One specification: contents list, and a section for each heading of the document.
#[derive(Debug, Template)]
#[template(path = "specification/specification.html")]
pub struct SpecificationPage {
    pub shell: Shell,
    pub refusals: Refusals,
    pub seen: SpecificationSeen,
    /// Terms and models, to be linked wherever they stand.
    pub glossary: Glossary,
    /// The next move, or why it is not possible; none for readers and once it is published.
    pub act: Option<Act>,
    /// Whether there is another version of the same syllabus to compare with.
    pub has_versions: bool,
    /// Whether the caller works on specifications, and may take the files.
    pub may_take: bool,
    /// The syllabus that it was read from, for those who may see it.
    pub syllabus: Option<String>,
    pub findings: Vec<Finding>,
}

/// What a section of the document holds as data; the document's prose itself is not held.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Section {
    Purpose,
    Titles,
    Dates,
    Progression,
    Entry,
    Definitions,
    Rules,
    Prose,
}

impl SpecificationPage {
    fn specification(&self) -> &Specification {
        &self.seen.specification
    }

    fn id(&self) -> &str {
        self.seen.row.id.as_str()
    }

    fn tag(&self) -> Tag {
        stage_tag(&self.seen.row)
    }

    /// An id for the section, from its place in the contents list.
    fn anchor(&self, at: &usize) -> String {
        format!("section-{at}")
    }

    fn section(&self, heading: &Heading) -> Section {
        let words = heading.heading.to_lowercase();
        let table = [
            ("purpose", Section::Purpose),
            ("title", Section::Titles),
            ("date", Section::Dates),
            ("progression", Section::Progression),
            ("entry", Section::Entry),
            ("definition", Section::Definitions),
            ("rules of combination", Section::Rules),
        ];
        table
            .iter()
            .find(|(word, _)| words.contains(word))
            .map_or(Section::Prose, |(_, section)| *section)
    }

    fn dates(&self, qualification: &Qualification) -> String {
        let dates = self.specification().dates_of(qualification);
        let certified = dates
            .certification_ends
            .map(|day| format!("; certificates until {}", format::date(day)))
            .unwrap_or_default();
        format!(
            "regulated from {}, registration from {} to {}{certified}",
            format::date(dates.regulated_from),
            format::date(dates.operational_from),
            format::date(dates.registration_ends)
        )
    }

    fn finding_tag(&self, finding: &Finding) -> Tag {
        match finding.severity {
            Severity::Error => Tag::new(Tone::Bad, "Error"),
            Severity::Warning => Tag::new(Tone::Caution, "Warning"),
            Severity::Note => Tag::new(Tone::Neutral, "Note"),
        }
    }

    fn term_anchor(&self, term: &str) -> String {
        assay_app::specification::explained::term_anchor(term)
    }

    fn counts(&self) -> String {
        let counts = self.specification().counts();
        format!(
            "{}, {}, {}, {}",
            format::plural(counts.qualifications, "qualification", "qualifications"),
            format::plural(counts.units, "unit", "units"),
            format::plural(counts.outcomes, "learning outcome", "learning outcomes"),
            format::plural(counts.criteria, "assessment criterion", "assessment criteria")
        )
    }
}

/// One qualification with its rule and units.
#[derive(Debug, Template)]
#[template(path = "specification/qualification.html")]
pub struct QualificationPage {
    pub shell: Shell,
    /// Terms and models, to be linked wherever they stand.
    pub glossary: Glossary,
    pub id: String,
    pub specification: Arc<Specification>,
    pub qualification: Qualification,
    /// What the rule comes to; none where it cannot be worked with, which the specification's findings tell.
    pub summary: Option<assay_app::specification::rule::RuleSummary>,
}

impl QualificationPage {
    /// Least and most over all valid choices: name, least to most.
    fn ranges(&self) -> Vec<(&'static str, String)> {
        let Some(ranges) = self.summary.as_ref().and_then(|summary| summary.ranges) else {
            return Vec::new();
        };
        [
            ("Units", ranges.units),
            ("Credits", ranges.credits),
            ("Guided Learning Hours", ranges.glh),
            ("Total Unit Time", ranges.tut),
        ]
        .into_iter()
        .map(|(what, between)| {
            let words = match (between.least, between.most) {
                (Some(least), Some(most)) if least == most => crate::format::number(least),
                (Some(least), Some(most)) => {
                    format!(
                        "{} to {}",
                        crate::format::number(least),
                        crate::format::number(most)
                    )
                }
                _ => "not known".to_owned(),
            };
            (what, words)
        })
        .collect()
    }

    fn units(&self) -> DataTable {
        let columns = vec![
            Column::words("Unit"),
            Column::words("Title"),
            Column::figures("Level"),
            Column::figures("Credits"),
            Column::figures("GLH"),
            Column::figures("TUT"),
        ];
        let rows = self
            .specification
            .list_units_of(&self.qualification)
            .into_iter()
            .map(|unit| {
                vec![
                    Cell::link(
                        format!("/specifications/{}/units/{}", self.id, unit.number),
                        unit.number.to_string(),
                    ),
                    Cell::text(&unit.title),
                    Cell::number(unit.level),
                    Cell::number(unit.credits),
                    Cell::number(unit.glh),
                    Cell::number(unit.tut),
                ]
            });
        DataTable::new("units", "Units", columns)
            .rows(rows.collect())
            .caption_hidden()
    }

    fn rule(&self) -> Vec<String> {
        self.qualification.rule.in_words()
    }

    fn dates(&self) -> assay_specification::KeyDates {
        self.specification.dates_of(&self.qualification)
    }
}

/// One unit with its outcomes and criteria.
#[derive(Debug, Template)]
#[template(path = "specification/unit.html")]
pub struct UnitPage {
    pub shell: Shell,
    /// Terms and models, to be linked wherever they stand.
    pub glossary: Glossary,
    pub id: String,
    pub specification: Arc<Specification>,
    pub unit: Unit,
}

impl UnitPage {
    fn model(&self, id: &str) -> Option<&Model> {
        self.specification.find_model(id)
    }

    /// The words of a link to work done elsewhere.
    fn link_words(&self, link: &Link) -> String {
        let unit = link
            .unit
            .as_ref()
            .map(|unit| format!("{unit} "))
            .unwrap_or_default();
        match (&link.criterion, link.outcome) {
            (Some(criterion), _) => format!("{unit}AC {criterion}"),
            (None, Some(outcome)) => format!("{unit}LO {outcome}"),
            (None, None) => unit.trim().to_owned(),
        }
    }

    fn link_href(&self, link: &Link) -> String {
        let page = link
            .unit
            .as_ref()
            .map(|unit| format!("/specifications/{}/units/{unit}", self.id))
            .unwrap_or_default();
        match (&link.criterion, link.outcome) {
            (Some(criterion), _) => format!("{page}#ac-{criterion}"),
            (None, Some(outcome)) => format!("{page}#lo-{outcome}"),
            (None, None) => page,
        }
    }

    fn shared(&self, criterion: &Criterion) -> String {
        let others: Vec<String> = criterion
            .shared_guidance_with
            .iter()
            .map(|number| format!("AC {number}"))
            .collect();
        format::sentence_list(&others)
    }
}

/// The terms that the document defines (QS-10).
#[derive(Debug, Template)]
#[template(path = "specification/glossary.html")]
pub struct GlossaryPage {
    pub shell: Shell,
    pub specification: Arc<Specification>,
}

impl GlossaryPage {
    fn anchor(&self, term: &str) -> String {
        assay_app::specification::explained::term_anchor(term)
    }
}

/// The models and theorists that criteria name.
#[derive(Debug, Template)]
#[template(path = "specification/models.html")]
pub struct ModelsPage {
    pub shell: Shell,
    pub id: String,
    pub specification: Arc<Specification>,
}

impl ModelsPage {
    /// The units in which a model is named, each once.
    fn units_naming(&self, model: &Model) -> Vec<(String, String)> {
        let mut units: Vec<(String, String)> = Vec::new();
        for (unit, _) in self.specification.list_criteria_naming(&model.id) {
            let href = format!("/specifications/{}/units/{}", self.id, unit.number);
            let named = (href, format!("{} {}", unit.number, unit.title));
            if !units.contains(&named) {
                units.push(named);
            }
        }
        units
    }

    /// Where a model is named: address and words.
    fn named_in(&self, model: &Model) -> Vec<(String, String)> {
        self.specification
            .list_criteria_naming(&model.id)
            .map(|(unit, criterion)| {
                let href = format!(
                    "/specifications/{}/units/{}#ac-{}",
                    self.id, unit.number, criterion.number
                );
                (href, format!("{} AC {}", unit.number, criterion.number))
            })
            .collect()
    }
}
