//! What was read, as it is shown beside the document: values with the lines they came from.

use super::lines::Lines;
use assay_formats::syllabus::{
    CriterionDraft, Draft, GuidanceDraft, OutcomeDraft, Part, QualificationDraft, Target, UnitDraft, slot,
};
use assay_specification::sentence::capital;

/// A value, where it stands, and the name by which it is corrected.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ValueSeen {
    /// `unit/3/credits`.
    pub at: String,
    /// In words.
    pub label: String,
    /// As a person would type it; empty where nothing was found.
    pub value: String,
    /// Lines of the document.
    pub lines: Vec<u32>,
    /// Whether it may have several lines.
    pub long: bool,
}

/// A passage of guidance: the awarding body's own words.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct PassageSeen {
    pub text: String,
    /// First line of the passage as places count; by it the passage is put elsewhere.
    pub line: u32,
    pub lines: Vec<u32>,
    /// Numbers of the criteria that have it.
    pub criteria: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CriterionSeen {
    /// `unit/3/outcome/0/criterion/1`.
    pub at: String,
    pub number: ValueSeen,
    pub text: ValueSeen,
    pub guidance: Vec<PassageSeen>,
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct OutcomeSeen {
    pub at: String,
    pub number: ValueSeen,
    pub text: ValueSeen,
    pub criteria: Vec<CriterionSeen>,
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct UnitSeen {
    /// `unit/3`.
    pub at: String,
    /// Number and title, or what is known of it.
    pub name: String,
    pub values: Vec<ValueSeen>,
    pub outcomes: Vec<OutcomeSeen>,
    /// Guidance that no criterion claims.
    pub loose: Vec<PassageSeen>,
}

/// A row of a printed table of units.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct RowSeen {
    pub at: String,
    pub values: Vec<ValueSeen>,
}

#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct QualificationSeen {
    pub at: String,
    pub name: String,
    pub values: Vec<ValueSeen>,
    /// The rule of combination as data, in the language of the specification file.
    pub rule: ValueSeen,
    /// The same in plain English.
    pub rule_in_words: Vec<String>,
    /// The sentences of the document that give it.
    pub rule_printed: Option<String>,
    pub rows: Vec<RowSeen>,
}

/// A term that the document defines.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct TermSeen {
    pub term: String,
    pub meaning: String,
    pub lines: Vec<u32>,
}

/// Everything that was read.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Structure {
    pub document: Vec<ValueSeen>,
    pub qualifications: Vec<QualificationSeen>,
    pub units: Vec<UnitSeen>,
    pub terms: Vec<TermSeen>,
}

const DOCUMENT: &[(&str, &str)] = &[
    ("title", "Title"),
    ("subtitle", "Kind of document"),
    ("framework", "Framework"),
    ("awarding_body", "Awarding body"),
    ("awarding_body_short", "Awarding body, short"),
    ("regulator", "Regulator"),
    ("issued", "Issued"),
    ("version", "Version"),
    ("language", "Language"),
    ("minimum_age", "Least age"),
    ("purpose", "Purpose"),
    ("regulated_from", "Regulated from"),
    ("operational_from", "Registration from"),
    ("registration_ends", "Registration ends"),
    ("certification_ends", "Certification ends"),
];

const QUALIFICATION: &[(&str, &str)] = &[
    ("title", "Title"),
    ("code", "Code"),
    ("number", "Qualification number"),
    ("level", "Level"),
    ("size", "Size"),
    ("tqt", "Total Qualification Time"),
    ("glh", "Guided Learning Hours"),
    ("minimum_credits", "Credits at least"),
];

const UNIT: &[(&str, &str)] = &[
    ("number", "Unit number"),
    ("title", "Title"),
    ("heading", "Heading of its page"),
    ("level", "Level"),
    ("reference", "Reference"),
    ("credits", "Credits"),
    ("tut", "Total Unit Time"),
    ("glh", "Guided Learning Hours"),
    ("aims", "Aims"),
];

const ROW: &[(&str, &str)] = &[
    ("unit", "Unit"),
    ("title", "Title"),
    ("credits", "Credits"),
    ("glh", "Guided Learning Hours"),
    ("tut", "Total Unit Time"),
    ("group", "Group"),
];

struct Showing<'a> {
    /// Looking at a value and giving it share one way in, which wants the draft to itself.
    draft: Draft,
    lines: &'a Lines,
}

impl Showing<'_> {
    fn value(&mut self, at: Target, label: &str) -> ValueSeen {
        let address = at.to_string();
        let (value, lines, long) = match slot(&mut self.draft, &at) {
            Ok(slot) => (slot.typed(), self.lines.at(&slot.places()), slot.is_long()),
            Err(_) => Default::default(),
        };
        ValueSeen {
            at: address,
            label: label.to_owned(),
            value,
            lines,
            long,
        }
    }

    fn values(&mut self, part: Option<Part>, fields: &[(&str, &str)]) -> Vec<ValueSeen> {
        fields
            .iter()
            .map(|(field, label)| {
                let at = match part {
                    Some(part) => Target::of(part, field),
                    None => Target::of_document(field),
                };
                self.value(at, label)
            })
            .collect()
    }

    fn passage(&self, unit: &UnitDraft, passage: &GuidanceDraft) -> PassageSeen {
        let criteria = unit
            .criteria()
            .filter(|(_, criterion)| criterion.guidance.iter().any(|one| one.at == passage.at))
            .filter_map(|(_, criterion)| criterion.number.as_ref())
            .map(|found| found.value.clone())
            .collect();
        PassageSeen {
            text: passage.text.clone(),
            line: passage.at.first().map_or(0, |place| place.from),
            lines: self.lines.at(&passage.at),
            criteria,
        }
    }

    fn unit(&mut self, at: usize, unit: &UnitDraft) -> UnitSeen {
        let part = Part::Unit { unit: at };
        let outcomes = unit
            .outcomes
            .iter()
            .enumerate()
            .map(|(outcome, one)| self.outcome(unit, at, outcome, one))
            .collect();
        let name = [&unit.number, &unit.title]
            .into_iter()
            .flatten()
            .map(|found| found.value.as_str())
            .collect::<Vec<_>>()
            .join(" ");
        UnitSeen {
            at: part.address(),
            name: if name.is_empty() { unit.in_words() } else { name },
            values: self.values(Some(part), UNIT),
            outcomes,
            loose: unit
                .loose_guidance
                .iter()
                .map(|passage| self.passage(unit, passage))
                .collect(),
        }
    }

    fn outcome(&mut self, of: &UnitDraft, unit: usize, outcome: usize, one: &OutcomeDraft) -> OutcomeSeen {
        let part = Part::Outcome { unit, outcome };
        OutcomeSeen {
            at: part.address(),
            number: self.value(Target::of(part, "number"), "Number"),
            text: self.value(Target::of(part, "text"), "Learning outcome"),
            criteria: one
                .criteria
                .iter()
                .enumerate()
                .map(|(criterion, one)| {
                    let part = Part::Criterion {
                        unit,
                        outcome,
                        criterion,
                    };
                    self.criterion(of, part, one)
                })
                .collect(),
        }
    }

    fn criterion(&mut self, of: &UnitDraft, part: Part, one: &CriterionDraft) -> CriterionSeen {
        CriterionSeen {
            at: part.address(),
            number: self.value(Target::of(part, "number"), "Number"),
            text: self.value(Target::of(part, "text"), "Assessment criterion"),
            guidance: one
                .guidance
                .iter()
                .map(|passage| self.passage(of, passage))
                .collect(),
        }
    }

    fn qualification(&mut self, qualification: usize, one: &QualificationDraft) -> QualificationSeen {
        let part = Part::Qualification { qualification };
        let rows = (0..one.table.len())
            .map(|row| {
                let part = Part::Row { qualification, row };
                RowSeen {
                    at: part.address(),
                    values: self.values(Some(part), ROW),
                }
            })
            .collect();
        let mut rule = self.value(Target::of(part, "rule"), "Rule of combination");
        if rule.lines.is_empty()
            && let Some(words) = &one.rule_words
        {
            rule.lines = self.lines.at(&words.at);
        }
        QualificationSeen {
            at: part.address(),
            name: [&one.title, &one.code, &one.number]
                .into_iter()
                .flatten()
                .map(|found| found.value.clone())
                .next()
                .unwrap_or_else(|| part.to_string()),
            values: self.values(Some(part), QUALIFICATION),
            rule,
            rule_in_words: one
                .rule
                .as_ref()
                .map(|found| found.value.in_words())
                .unwrap_or_default(),
            rule_printed: one.rule_words.as_ref().map(|found| found.value.clone()),
            rows,
        }
    }
}

/// What a draft holds, with the lines of the document.
pub fn of(draft: &Draft, lines: &Lines) -> Structure {
    let mut showing = Showing {
        draft: draft.clone(),
        lines,
    };
    Structure {
        document: showing.values(None, DOCUMENT),
        qualifications: draft
            .qualifications
            .iter()
            .enumerate()
            .map(|(at, one)| showing.qualification(at, one))
            .collect(),
        units: draft
            .units
            .iter()
            .enumerate()
            .map(|(at, one)| showing.unit(at, one))
            .collect(),
        terms: draft
            .terms
            .iter()
            .map(|one| TermSeen {
                term: match &one.short {
                    Some(short) => format!("{} ({short})", one.term.value),
                    None => one.term.value.clone(),
                },
                meaning: one.meaning.value.clone(),
                lines: lines.at(&one.term.at),
            })
            .collect(),
    }
}

/// In words what a value is called: "unit 7020V1, credits".
pub fn label_of(draft: &Draft, at: &Target) -> String {
    let fields: &[(&str, &str)] = match at.part {
        None => DOCUMENT,
        Some(Part::Qualification { .. }) => QUALIFICATION,
        Some(Part::Row { .. }) => ROW,
        Some(Part::Unit { .. }) => UNIT,
        Some(Part::Outcome { .. } | Part::Criterion { .. }) => &[("number", "Number"), ("text", "Words")],
    };
    let field = fields
        .iter()
        .find(|(field, _)| *field == at.field)
        .map_or(at.field.as_str(), |(_, label)| label);
    let whole = match at.part {
        None => "Document".to_owned(),
        Some(Part::Qualification { qualification } | Part::Row { qualification, .. }) => draft
            .qualifications
            .get(qualification)
            .and_then(|one| one.code.as_ref())
            .map_or_else(
                || format!("Qualification no. {}", qualification + 1),
                |code| format!("Qualification {}", code.value),
            ),
        Some(Part::Unit { unit } | Part::Outcome { unit, .. } | Part::Criterion { unit, .. }) => {
            draft.units.get(unit).map_or_else(
                || format!("Unit no. {}", unit + 1),
                |one| capital(&one.in_words()),
            )
        }
    };
    let inner = match at.part {
        Some(Part::Row { row, .. }) => format!(", row {} of its table", row + 1),
        Some(Part::Outcome { outcome, .. }) => format!(", learning outcome {}", outcome + 1),
        Some(Part::Criterion {
            unit,
            outcome,
            criterion,
        }) => {
            let number = draft
                .units
                .get(unit)
                .and_then(|one| one.outcomes.get(outcome))
                .and_then(|one| one.criteria.get(criterion))
                .and_then(|one| one.number.as_ref())
                .map_or_else(|| (criterion + 1).to_string(), |found| found.value.clone());
            format!(", criterion {number}")
        }
        _ => String::new(),
    };
    format!("{whole}{inner}: {}", field.to_lowercase())
}
