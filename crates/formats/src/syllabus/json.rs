//! The draft as JSON, in the shape that issue 3 declares. What was not found is null.

use serde_json::{Value, json as value};

use super::draft::{
    CriterionDraft, Draft, Field, GuidanceDraft, OutcomeDraft, QualificationDraft, UnitDraft,
};
use super::finding::{Finding, Place};

/// The draft: `{document, qualifications, units, findings}`.
pub fn json(draft: &Draft) -> Value {
    value!({
        "document": document(draft),
        "qualifications": draft.qualifications.iter().map(qualification).collect::<Vec<_>>(),
        "units": draft.units.iter().map(unit).collect::<Vec<_>>(),
        "findings": draft.findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

fn plain<T: serde::Serialize>(field: &Field<T>) -> Value {
    field.as_ref().map_or(Value::Null, |found| value!(found.value))
}

fn document(draft: &Draft) -> Value {
    let document = &draft.document;
    value!({
        "title": plain(&document.title),
        "subtitle": plain(&document.subtitle),
        "framework": plain(&document.framework),
        "awarding_body": plain(&document.awarding_body),
        "awarding_body_short": plain(&document.awarding_body_short),
        "regulator": plain(&document.regulator),
        "issued": plain(&document.issued),
        "version": plain(&document.version),
        "language": plain(&document.language),
        "minimum_age": plain(&document.minimum_age),
        "purpose": plain(&document.purpose),
        "source_sha256": document.source_sha256,
        "regulated_from": plain(&document.regulated_from),
        "operational_from": plain(&document.operational_from),
        "registration_ends": plain(&document.registration_ends),
        "certification_ends": plain(&document.certification_ends),
        "progression": document.progression.iter().map(|found| &found.value).collect::<Vec<_>>(),
        "contents": document.contents.iter().map(|found| value!(found.value)).collect::<Vec<_>>(),
    })
}

fn qualification(one: &QualificationDraft) -> Value {
    value!({
        "code": plain(&one.code),
        "title": plain(&one.title),
        "number": plain(&one.number),
        "level": plain(&one.level),
        "size": plain(&one.size),
        "tqt": plain(&one.tqt),
        "glh": plain(&one.glh),
        "minimum_credits": plain(&one.minimum_credits),
        "rule": plain(&one.rule),
    })
}

fn unit(one: &UnitDraft) -> Value {
    value!({
        "number": plain(&one.number),
        "title": plain(&one.title),
        "level": plain(&one.level),
        "reference": plain(&one.reference),
        "credits": plain(&one.credits),
        "tut": plain(&one.tut),
        "glh": plain(&one.glh),
        "aims": plain(&one.aims),
        "outcomes": one.outcomes.iter().map(outcome).collect::<Vec<_>>(),
    })
}

fn outcome(one: &OutcomeDraft) -> Value {
    value!({
        "number": number(&one.number),
        "text": plain(&one.text),
        "criteria": one.criteria.iter().map(criterion).collect::<Vec<_>>(),
    })
}

/// A number of an outcome is a JSON number where it is one, else the text as printed.
fn number(field: &Field<String>) -> Value {
    match field.as_ref().map(|found| found.value.parse::<u32>()) {
        Some(Ok(number)) => value!(number),
        _ => plain(field),
    }
}

fn criterion(one: &CriterionDraft) -> Value {
    value!({
        "number": plain(&one.number),
        "text": plain(&one.text),
        "guidance": one.guidance.iter().map(guidance).collect::<Vec<_>>(),
    })
}

fn guidance(one: &GuidanceDraft) -> Value {
    value!({
        "text": one.text,
        "lines": one.at.iter().map(lines).collect::<Vec<_>>(),
    })
}

fn lines(place: &Place) -> Value {
    value!([place.from, place.to])
}

fn finding(one: &Finding) -> Value {
    value!({
        "code": one.code,
        "severity": one.severity,
        "line": one.place.as_ref().map(|place| place.from).filter(|line| *line > 0),
        "message": format!("{}: {}", one.subject, one.message),
        "suggestion": one.suggestion,
    })
}
