//! From the place of a finding in words to the place in the source.

use crate::syllabus::draft::{Draft, Field, QualificationDraft, UnitDraft};
use crate::syllabus::finding::Place;
use crate::syllabus::specification::code_of;

/// Where the thing stands that a finding of the specification's check is about. The most exact place that is known.
pub(super) fn place_of(draft: &Draft, words: &str) -> Option<Place> {
    let parts: Vec<&str> = words.split(", ").collect();
    let (first, rest) = parts.split_first()?;
    if let Some(number) = first.strip_prefix("unit ") {
        // Of two units of one number the second is the one to look at.
        let unit = draft.units.iter().rev().find(|unit| is(&unit.number, number))?;
        return in_unit(unit, rest).or_else(|| first_of_unit(unit));
    }
    let code = first.strip_prefix("qualification ")?;
    let (_, one) = draft
        .qualifications
        .iter()
        .enumerate()
        .rev()
        .find(|(index, one)| code_of(one, *index).eq_ignore_ascii_case(code))?;
    if rest == ["dates"] {
        let document = &draft.document;
        return [
            &document.registration_ends,
            &document.operational_from,
            &document.regulated_from,
        ]
        .into_iter()
        .find_map(at);
    }
    in_qualification(one, rest)
        .or_else(|| at(&one.title))
        .or_else(|| at(&one.number))
}

fn is(field: &Field<String>, wanted: &str) -> bool {
    field
        .as_ref()
        .is_some_and(|found| found.value.eq_ignore_ascii_case(wanted))
}

fn at<T>(field: &Field<T>) -> Option<Place> {
    field.as_ref()?.first_place().cloned()
}

fn first_of_unit(unit: &UnitDraft) -> Option<Place> {
    at(&unit.number)
        .or_else(|| at(&unit.heading))
        .or_else(|| at(&unit.title))
}

fn in_unit(unit: &UnitDraft, rest: &[&str]) -> Option<Place> {
    match rest.first()? {
        &"tut" => at(&unit.tut),
        &"glh" => at(&unit.glh),
        &"credits" => at(&unit.credits),
        &"reference" => at(&unit.reference),
        &"heading" => at(&unit.heading),
        &"number" => at(&unit.number),
        part => {
            if let Some(number) = part.strip_prefix("outcome ") {
                let outcome = unit
                    .outcomes
                    .iter()
                    .rev()
                    .find(|outcome| is(&outcome.number, number));
                return outcome
                    .and_then(|outcome| at(&outcome.number).or_else(|| at(&outcome.text)))
                    .or_else(|| before_outcome(unit, number));
            }
            let number = part.strip_prefix("criterion ")?;
            let mut last = None;
            for (_, criterion) in unit.criteria() {
                if is(&criterion.number, number) {
                    last = at(&criterion.number);
                }
            }
            last.or_else(|| before_criterion(unit, number))
        }
    }
}

/// For a missing outcome: the one that follows it, else the last.
fn before_outcome(unit: &UnitDraft, number: &str) -> Option<Place> {
    let wanted: u32 = number.parse().ok()?;
    unit.outcomes
        .iter()
        .find(|outcome| outcome.number.as_ref().and_then(|found| found.value.parse().ok()) > Some(wanted))
        .or(unit.outcomes.last())
        .and_then(|outcome| at(&outcome.number))
}

/// For a missing criterion: its next neighbour.
fn before_criterion(unit: &UnitDraft, number: &str) -> Option<Place> {
    let (outcome, wanted) = number.rsplit_once('.')?;
    let wanted: u32 = wanted.parse().ok()?;
    let outcome = unit.outcomes.iter().find(|one| is(&one.number, outcome))?;
    let own = |text: &str| {
        text.rsplit_once('.')
            .and_then(|(_, number)| number.parse::<u32>().ok())
    };
    outcome
        .criteria
        .iter()
        .filter_map(|criterion| criterion.number.as_ref())
        .find(|found| own(&found.value) > Some(wanted))
        .or_else(|| {
            outcome
                .criteria
                .last()
                .and_then(|criterion| criterion.number.as_ref())
        })
        .and_then(|found| found.first_place().cloned())
}

fn in_qualification(one: &QualificationDraft, rest: &[&str]) -> Option<Place> {
    match rest {
        ["table", unit, cell @ ..] => {
            let number = unit.strip_prefix("unit ")?;
            let row = one.table.iter().find(|row| is(&row.unit, number))?;
            match cell.first() {
                Some(&"glh") => at(&row.glh),
                Some(&"tut") => at(&row.tut),
                Some(&"credits") => at(&row.credits),
                Some(&"title") => at(&row.title),
                Some(&"group") => at(&row.group).or_else(|| at(&row.unit)),
                _ => at(&row.unit),
            }
        }
        ["rule", unit] => {
            let number = unit.strip_prefix("unit ")?;
            let rows = one.table.iter().rev();
            rows.filter(|row| is(&row.unit, number))
                .find_map(|row| at(&row.unit))
        }
        ["tqt", ..] => at(&one.tqt),
        ["glh", ..] => at(&one.glh),
        ["credits", ..] => at(&one.minimum_credits),
        ["number", ..] => at(&one.number),
        ["size" | "title", ..] => at(&one.title),
        ["rule", ..] => at(&one.rule).or_else(|| at(&one.rule_words)),
        _ => None,
    }
}
