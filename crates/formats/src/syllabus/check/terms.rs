//! Terms of the trade that are used in what was read and nowhere defined.

use std::collections::BTreeSet;

use crate::syllabus::codes::IMPORT_TERM_UNDEFINED;
use crate::syllabus::draft::Draft;
use crate::syllabus::finding::{Finding, Place};

/// Short forms with what they stand for. A short form counts as defined when its long form stands in the document's
/// own definitions.
const TERMS: [(&str, &str); 8] = [
    ("TQT", "Total Qualification Time"),
    ("TUT", "Total Unit Time"),
    ("GLH", "Guided Learning Hours"),
    ("RPL", "Recognition of Prior Learning"),
    ("CPD", "Continuing Professional Development"),
    ("LO", "Learning Outcome"),
    ("AC", "Assessment Criterion"),
    ("credit", "Credit value"),
];

pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    let defined: BTreeSet<String> = draft
        .terms
        .iter()
        .flat_map(|one| {
            std::iter::once(one.term.value.to_lowercase())
                .chain(one.short.iter().map(|short| short.to_lowercase()))
        })
        .collect();
    for (short, long) in TERMS {
        if defined.contains(&short.to_lowercase())
            || defined.iter().any(|term| term.contains(&long.to_lowercase()))
        {
            continue;
        }
        if let Some(place) = used(draft, short, long) {
            findings.push(
                Finding::new(
                    &IMPORT_TERM_UNDEFINED,
                    "document, terms",
                    format!("\"{short}\" ({long}) is used, but no definition of it was found"),
                )
                .at(place)
                .suggest("Add it under terms, so that it is explained wherever it stands."),
            );
        }
    }
}

/// Where a term is used: as a figure that bears its name, or as a word in a statement or a passage.
fn used(draft: &Draft, short: &str, long: &str) -> Option<Place> {
    let figure = match short {
        "TQT" => draft
            .qualifications
            .iter()
            .find_map(|one| one.tqt.as_ref()?.first_place()),
        "TUT" => draft
            .units
            .iter()
            .find_map(|unit| unit.tut.as_ref()?.first_place()),
        "GLH" => draft
            .units
            .iter()
            .find_map(|unit| unit.glh.as_ref()?.first_place()),
        "credit" => draft
            .units
            .iter()
            .find_map(|unit| unit.credits.as_ref()?.first_place()),
        _ => None,
    };
    if let Some(place) = figure {
        return Some(place.clone());
    }
    let says = |text: &str| {
        text.contains(long)
            || text.split(|c: char| !c.is_alphanumeric()).any(|word| {
                word == short || word.strip_suffix('s') == Some(short) || is_numbered(word, short)
            })
    };
    for unit in &draft.units {
        for (_, criterion) in unit.criteria() {
            if let Some(text) = criterion.text.as_ref().filter(|text| says(&text.value)) {
                return text.first_place().cloned();
            }
            if let Some(passage) = criterion.guidance.iter().find(|passage| says(&passage.text)) {
                return passage.at.first().cloned();
            }
        }
    }
    None
}

/// `LO2`.
fn is_numbered(word: &str, short: &str) -> bool {
    word.strip_prefix(short)
        .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
}
