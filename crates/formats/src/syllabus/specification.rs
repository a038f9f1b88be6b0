//! A draft becomes a specification: the file that a person settles, and the value that is checked.

use assay_specification::{
    Criterion, CriterionNumber, Document, Erratum, Format, Heading, KeptIdentifier, Model, Outcome,
    Qualification, QualificationNumber, Size, Specification, TableRow, Term, Unit, UnitNumber, UnitReference,
};
use jiff::civil::Date;
use serde_json::{Map, Value, json as value};

use super::draft::{CriterionDraft, Draft, Field, QualificationDraft, RowDraft, UnitDraft};
use super::words::command_verbs;

/// Stands in for a unit's reference where none was found; no register gives it.
pub(super) const STAND_IN_REFERENCE: &str = "A/000/0000";

/// The specification file of a draft. What was not found is left out, so that `assay specification check` names it with
/// the place where it belongs; with nothing left out the file is accepted as it is.
///
/// # Errors
///
/// The writer's own sentence when the values cannot be written; not known to happen.
pub fn specification_file(draft: &Draft, format: Format) -> Result<String, String> {
    specification_file_with(draft, &Beside::default(), format)
}

/// What stands in a specification beside what was read from the document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Beside {
    /// Misprints of the document.
    pub errata: Vec<Erratum>,
    /// Identifiers that are kept although their check character is wrong.
    pub kept_identifiers: Vec<KeptIdentifier>,
    /// Models that criteria name.
    pub models: Vec<Model>,
    /// Which criteria name which: the unit in words, the criterion's number, the model's id.
    pub named: Vec<(String, String, String)>,
}

/// The specification file of a draft with what stands beside it.
///
/// # Errors
///
/// As [`specification_file`].
pub(super) fn specification_file_with(
    draft: &Draft,
    beside: &Beside,
    format: Format,
) -> Result<String, String> {
    let tree = tree(draft, beside);
    let text = serde_json::to_string_pretty(&tree).map_err(|error| error.to_string())?;
    if let Ok(whole) = Specification::read(&text, Format::Json) {
        return whole.write(format);
    }
    match format {
        Format::Json => Ok(text),
        Format::Toml => toml::to_string_pretty(&tree).map_err(|error| error.to_string()),
    }
}

/// The specification of a draft in which nothing is missing.
pub fn specification(draft: &Draft) -> Option<Specification> {
    let text = serde_json::to_string(&tree(draft, &Beside::default())).ok()?;
    Specification::read(&text, Format::Json).ok()
}

fn put<T: serde::Serialize>(map: &mut Map<String, Value>, key: &str, field: &Field<T>) {
    if let Some(found) = field {
        map.insert(key.to_owned(), value!(found.value));
    }
}

fn tree(draft: &Draft, beside: &Beside) -> Value {
    let document = &draft.document;
    let mut head = Map::new();
    put(&mut head, "title", &document.title);
    put(&mut head, "subtitle", &document.subtitle);
    put(&mut head, "framework", &document.framework);
    put(&mut head, "awarding_body", &document.awarding_body);
    put(&mut head, "awarding_body_short", &document.awarding_body_short);
    put(&mut head, "regulator", &document.regulator);
    put(&mut head, "issued", &document.issued);
    put(&mut head, "version", &document.version);
    put(&mut head, "language", &document.language);
    put(&mut head, "minimum_age", &document.minimum_age);
    put(&mut head, "purpose", &document.purpose);
    put(&mut head, "regulated_from", &document.regulated_from);
    put(&mut head, "operational_from", &document.operational_from);
    put(&mut head, "registration_ends", &document.registration_ends);
    put(&mut head, "certification_ends", &document.certification_ends);
    if let Some(digest) = &document.source_sha256 {
        head.insert("source_sha256".to_owned(), value!(digest));
    }
    if !document.progression.is_empty() {
        let titles: Vec<&String> = document.progression.iter().map(|found| &found.value).collect();
        head.insert("progression".to_owned(), value!(titles));
    }
    if !document.contents.is_empty() {
        let contents: Vec<Value> = document
            .contents
            .iter()
            .map(|found| value!({ "heading": found.value.heading, "page": found.value.page }))
            .collect();
        head.insert("contents".to_owned(), value!(contents));
    }
    let mut tree = Map::new();
    tree.insert("format".to_owned(), value!(assay_specification::FORMAT));
    tree.insert("document".to_owned(), Value::Object(head));
    let qualifications: Vec<Value> = draft.qualifications.iter().map(qualification).collect();
    tree.insert("qualifications".to_owned(), value!(qualifications));
    let units: Vec<Value> = draft.units.iter().map(|one| unit(one, beside)).collect();
    tree.insert("units".to_owned(), value!(units));
    if !draft.terms.is_empty() {
        let terms: Vec<Value> = draft
            .terms
            .iter()
            .map(|one| {
                let term = match &one.short {
                    Some(short) => format!("{} ({short})", one.term.value),
                    None => one.term.value.clone(),
                };
                let line = one
                    .term
                    .first_place()
                    .map(|place| place.from)
                    .filter(|line| *line > 0);
                let mut map = Map::new();
                map.insert("term".to_owned(), value!(term));
                map.insert("meaning".to_owned(), value!(one.meaning.value));
                if let Some(line) = line {
                    map.insert("printed_line".to_owned(), value!(line));
                }
                Value::Object(map)
            })
            .collect();
        tree.insert("terms".to_owned(), value!(terms));
    }
    if !beside.models.is_empty() {
        tree.insert("models".to_owned(), value!(beside.models));
    }
    if !beside.errata.is_empty() {
        tree.insert("errata".to_owned(), value!(beside.errata));
    }
    if !beside.kept_identifiers.is_empty() {
        tree.insert("kept_identifiers".to_owned(), value!(beside.kept_identifiers));
    }
    Value::Object(tree)
}

fn qualification(one: &QualificationDraft) -> Value {
    let mut map = Map::new();
    put(&mut map, "code", &one.code);
    put(&mut map, "title", &one.title);
    put(&mut map, "number", &one.number);
    put(&mut map, "level", &one.level);
    put(&mut map, "size", &one.size);
    put(&mut map, "tqt", &one.tqt);
    put(&mut map, "glh", &one.glh);
    put(&mut map, "minimum_credits", &one.minimum_credits);
    put(&mut map, "rule", &one.rule);
    let rows: Vec<Value> = one.table.iter().filter_map(row).collect();
    if !rows.is_empty() {
        map.insert("table".to_owned(), value!(rows));
    }
    Value::Object(map)
}

/// A row with all that a specification keeps of it; a row with less is told in a finding and left out.
fn row(row: &RowDraft) -> Option<Value> {
    let kept = table_row(row)?;
    serde_json::to_value(kept).ok()
}

fn table_row(row: &RowDraft) -> Option<TableRow> {
    Some(TableRow {
        unit: row.unit.as_ref()?.value.parse().ok()?,
        title: row.title.as_ref()?.value.clone(),
        credits: row.credits.as_ref()?.value,
        glh: row.glh.as_ref()?.value,
        tut: row.tut.as_ref()?.value,
        group: row.group.as_ref().map(|group| group.value.clone()),
    })
}

fn unit(one: &UnitDraft, beside: &Beside) -> Value {
    let mut map = Map::new();
    put(&mut map, "number", &one.number);
    put(&mut map, "title", &one.title);
    put(&mut map, "heading", &one.heading);
    put(&mut map, "level", &one.level);
    put(&mut map, "reference", &one.reference);
    put(&mut map, "credits", &one.credits);
    put(&mut map, "tut", &one.tut);
    put(&mut map, "glh", &one.glh);
    put(&mut map, "aims", &one.aims);
    if let Some(page) = one.page {
        map.insert("page".to_owned(), value!(page));
    }
    let shared = |criterion: &CriterionDraft| -> Vec<String> {
        one.criteria()
            .filter(|(_, other)| other.number != criterion.number)
            .filter(|(_, other)| {
                other
                    .guidance
                    .iter()
                    .any(|passage| criterion.guidance.contains(passage))
            })
            .filter_map(|(_, other)| other.number.as_ref())
            .map(|found| found.value.clone())
            .collect()
    };
    let outcomes: Vec<Value> = one
        .outcomes
        .iter()
        .map(|outcome| {
            let mut map = Map::new();
            if let Some(found) = &outcome.number {
                let number = found
                    .value
                    .parse::<u32>()
                    .map_or_else(|_| value!(found.value), |number| value!(number));
                map.insert("number".to_owned(), number);
            }
            put(&mut map, "text", &outcome.text);
            let criteria: Vec<Value> = outcome
                .criteria
                .iter()
                .map(|criterion| {
                    let models: Vec<&str> = beside
                        .named
                        .iter()
                        .filter(|(unit, number, _)| {
                            *unit == one.in_words()
                                && criterion.number.as_ref().is_some_and(|own| own.value == *number)
                        })
                        .map(|(_, _, model)| model.as_str())
                        .collect();
                    criterion_value(criterion, shared(criterion), &models)
                })
                .collect();
            map.insert("criteria".to_owned(), value!(criteria));
            Value::Object(map)
        })
        .collect();
    map.insert("outcomes".to_owned(), value!(outcomes));
    Value::Object(map)
}

fn criterion_value(criterion: &CriterionDraft, shared: Vec<String>, models: &[&str]) -> Value {
    let mut map = Map::new();
    put(&mut map, "number", &criterion.number);
    put(&mut map, "text", &criterion.text);
    if let Some(text) = &criterion.text {
        let lines: Vec<u32> = text
            .at
            .iter()
            .map(|place| place.from)
            .filter(|line| *line > 0)
            .collect();
        if !lines.is_empty() {
            map.insert("lines".to_owned(), value!(lines));
        }
        let verbs = command_verbs(&text.value);
        if !verbs.is_empty() {
            map.insert("verbs".to_owned(), value!(verbs));
        }
    }
    if !criterion.guidance.is_empty() {
        let guidance: Vec<&String> = criterion.guidance.iter().map(|passage| &passage.text).collect();
        map.insert("guidance".to_owned(), value!(guidance));
    }
    if !models.is_empty() {
        map.insert("models".to_owned(), value!(models));
    }
    if !shared.is_empty() {
        map.insert("shared_guidance_with".to_owned(), value!(shared));
    }
    Value::Object(map)
}

/// A specification with stand-ins for what is missing, so that everything else can be checked, and what is missing.
pub(super) struct StandIn {
    pub(super) specification: Specification,
    /// Beginnings of the places whose findings are about stand-ins.
    pub(super) missing: Vec<String>,
}

/// The name by which a finding calls a qualification: its code, else its place in the list.
pub(super) fn code_of(one: &QualificationDraft, index: usize) -> String {
    match (&one.code, &one.number) {
        (Some(code), _) => code.value.clone(),
        (None, Some(number)) => number.value.clone(),
        (None, None) => format!("number {}", index + 1),
    }
}

/// Stand-ins never agree by chance with what they are compared with: what rests on them is listed in `missing`.
pub(super) fn stand_in(draft: &Draft) -> StandIn {
    let mut missing = Vec::new();
    let far = |year: i16| Date::new(year, 1, 1).unwrap_or(Date::MAX);
    let document = &draft.document;
    let text = |field: &Field<String>| {
        field
            .as_ref()
            .map_or_else(String::new, |found| found.value.clone())
    };
    let date = |field: &Field<Date>, otherwise: Date| field.as_ref().map_or(otherwise, |found| found.value);
    let regulated_from = date(&document.regulated_from, far(1));
    let operational_from = date(&document.operational_from, regulated_from);
    let last = document
        .certification_ends
        .as_ref()
        .map_or(far(9000), |found| found.value);
    let registration_ends = date(&document.registration_ends, last.max(operational_from));
    let units: Vec<Unit> = draft
        .units
        .iter()
        .filter_map(|unit| stand_in_unit(unit, &mut missing))
        .collect();
    let qualifications = draft
        .qualifications
        .iter()
        .enumerate()
        .filter_map(|(index, one)| stand_in_qualification(one, index, draft, &mut missing))
        .collect();
    let terms = draft
        .terms
        .iter()
        .map(|one| Term {
            term: one.term.value.clone(),
            meaning: one.meaning.value.clone(),
            printed_line: None,
        })
        .collect();
    let specification = Specification {
        format: assay_specification::FORMAT.to_owned(),
        document: Document {
            title: text(&document.title),
            subtitle: None,
            framework: text(&document.framework),
            awarding_body: text(&document.awarding_body),
            awarding_body_short: text(&document.awarding_body_short),
            regulator: text(&document.regulator),
            issued: text(&document.issued),
            version: text(&document.version),
            language: text(&document.language),
            minimum_age: None,
            purpose: text(&document.purpose),
            source_sha256: None,
            regulated_from,
            operational_from,
            registration_ends,
            certification_ends: document.certification_ends.as_ref().map(|found| found.value),
            progression: Vec::new(),
            contents: document
                .contents
                .iter()
                .map(|found| Heading {
                    heading: found.value.heading.clone(),
                    page: found.value.page,
                })
                .collect(),
        },
        qualifications,
        units,
        models: Vec::new(),
        terms,
        errata: Vec::new(),
        kept_identifiers: Vec::new(),
    };
    StandIn {
        specification,
        missing,
    }
}

fn stand_in_unit(unit: &UnitDraft, missing: &mut Vec<String>) -> Option<Unit> {
    let number: UnitNumber = unit.number.as_ref()?.value.parse().ok()?;
    let place = format!("unit {number}");
    let mut lacks = |what: &str| missing.push(format!("{place}, {what}"));
    let reference = unit
        .reference
        .as_ref()
        .and_then(|found| UnitReference::as_written(&found.value).ok());
    if reference.is_none() {
        lacks("reference");
    }
    let (credits, tut, glh) = (whole(&unit.credits), whole(&unit.tut), whole(&unit.glh));
    if credits.is_none() || tut.is_none() {
        lacks("tut");
    }
    if glh.is_none() || tut.is_none() && credits.is_none() {
        lacks("glh");
    }
    for outcome in &unit.outcomes {
        let graded = outcome.criteria.iter().any(|one| criterion_number(one).is_none());
        if let Some(found) = outcome.number.as_ref().filter(|_| graded) {
            lacks(&format!("outcome {}", found.value));
        }
    }
    let outcomes = unit.outcomes.iter().filter_map(stand_in_outcome).collect();
    Some(Unit {
        title: unit
            .title
            .as_ref()
            .map_or_else(String::new, |found| found.value.clone()),
        heading: unit.heading.as_ref().map(|found| found.value.clone()),
        level: whole(&unit.level).unwrap_or(0),
        reference: match reference {
            Some(reference) => reference,
            None => UnitReference::as_written(STAND_IN_REFERENCE).ok()?,
        },
        credits: credits.or(tut.map(|tut| tut / 10)).unwrap_or(0),
        tut: tut
            .or(credits.map(|credits| credits.saturating_mul(10)))
            .unwrap_or(0),
        glh: glh.unwrap_or(0),
        aims: String::new(),
        page: unit.page,
        grades: None,
        outcomes,
        number,
    })
}

fn criterion_number(criterion: &CriterionDraft) -> Option<CriterionNumber> {
    criterion.number.as_ref()?.value.parse().ok()
}

/// An outcome with those criteria whose numbers have the form that a specification knows; others are checked by the
/// draft's own check.
fn stand_in_outcome(outcome: &super::draft::OutcomeDraft) -> Option<Outcome> {
    let number = outcome.number.as_ref()?.value.parse().ok()?;
    let criteria: Vec<Criterion> = outcome
        .criteria
        .iter()
        .filter_map(|criterion| {
            let number = criterion_number(criterion)?;
            let text = criterion
                .text
                .as_ref()
                .map_or_else(String::new, |found| found.value.clone());
            Some(Criterion {
                number,
                verbs: command_verbs(&text),
                text,
                lines: Vec::new(),
                discipline: None,
                twin: None,
                told_apart: false,
                links: Vec::new(),
                models: Vec::new(),
                evidence: None,
                guidance: Vec::new(),
                shared_guidance_with: Vec::new(),
            })
        })
        .collect();
    Some(Outcome {
        number,
        text: outcome
            .text
            .as_ref()
            .map_or_else(String::new, |found| found.value.clone()),
        criteria,
    })
}

fn whole<T: Copy>(field: &Field<T>) -> Option<T> {
    field.as_ref().map(|found| found.value)
}

fn stand_in_qualification(
    one: &QualificationDraft,
    index: usize,
    draft: &Draft,
    missing: &mut Vec<String>,
) -> Option<Qualification> {
    let code = code_of(one, index);
    let place = format!("qualification {code}");
    let mut lacks = |what: &str| missing.push(format!("{place}, {what}"));
    let number = one
        .number
        .as_ref()
        .and_then(|found| QualificationNumber::as_written(&found.value).ok());
    if number.is_none() {
        lacks("number");
    }
    if one.title.is_none()
        || one.level.is_none()
        || one.size.is_none()
        || draft.document.awarding_body_short.is_none()
    {
        lacks("title");
    }
    if one.size.is_none() || one.tqt.is_none() {
        lacks("size");
    }
    if one.tqt.is_none() || one.minimum_credits.is_none() {
        lacks("tqt");
    }
    if one.glh.is_none() || one.tqt.is_none() {
        lacks("glh");
    }
    if one.minimum_credits.is_none() {
        lacks("credits");
    }
    if one.rule.is_none() {
        for what in ["rule", "tqt", "glh", "credits", "table"] {
            lacks(what);
        }
    }
    // Totals can be compared only where every unit of the rule has its figures.
    let rule = one
        .rule
        .as_ref()
        .map(|found| found.value.clone())
        .unwrap_or_default();
    for unit in rule.listed_units() {
        let page = draft.units.iter().find(|draft| {
            draft
                .number
                .as_ref()
                .is_some_and(|found| found.value == unit.as_str())
        });
        let lacking = |lacks: bool, what: &str, missing: &mut Vec<String>| {
            if lacks {
                missing.push(format!("{place}, {what}"));
            }
        };
        lacking(page.is_none(), "rule", missing);
        lacking(page.is_none_or(|page| page.credits.is_none()), "credits", missing);
        lacking(page.is_none_or(|page| page.tut.is_none()), "tqt", missing);
        lacking(page.is_none_or(|page| page.glh.is_none()), "glh", missing);
    }
    Some(Qualification {
        title: one
            .title
            .as_ref()
            .map_or_else(String::new, |found| found.value.clone()),
        number: match number {
            Some(number) => number,
            None => QualificationNumber::as_written("000/0000/0").ok()?,
        },
        level: whole(&one.level).unwrap_or(0),
        size: whole(&one.size).unwrap_or(Size::Award),
        tqt: whole(&one.tqt).unwrap_or(0),
        glh: whole(&one.glh).unwrap_or(0),
        minimum_credits: whole(&one.minimum_credits).unwrap_or(0),
        regulated_from: None,
        operational_from: None,
        registration_ends: None,
        certification_ends: None,
        rule,
        table: one.table.iter().filter_map(table_row).collect(),
        code,
    })
}
