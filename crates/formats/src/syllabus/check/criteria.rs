//! Statements: verbs, twins, signs of a cut or of words run together; numbers of graded criteria.

use std::collections::BTreeSet;

use assay_specification::CriterionNumber;

use crate::syllabus::codes::{
    IMPORT_NUMBERING, IMPORT_STATEMENT, IMPORT_TWIN, IMPORT_VERB_NONE, IMPORT_VERB_TWO,
};
use crate::syllabus::draft::{CriterionDraft, Draft, Found, UnitDraft};
use crate::syllabus::finding::Finding;
use crate::syllabus::twins::twins;
use crate::syllabus::words::{command_verbs, ends_open, sentences};

/// A statement of more characters than this has swallowed something.
const LONGEST_STATEMENT: usize = 400;

pub(super) fn check(draft: &Draft, findings: &mut Vec<Finding>) {
    for unit in &draft.units {
        let subject = unit.in_words();
        for outcome in &unit.outcomes {
            if let Some(text) = &outcome.text {
                let name = outcome.number.as_ref().map_or("?", |found| found.value.as_str());
                statement(text, &format!("{subject}, outcome {name}"), findings);
            }
            for criterion in &outcome.criteria {
                let Some(text) = &criterion.text else { continue };
                let place = format!("{subject}, criterion {}", number(criterion));
                statement(text, &place, findings);
                verbs(text, &place, findings);
            }
        }
        pairs(unit, &subject, findings);
        graded(unit, &subject, findings);
    }
}

fn number(criterion: &CriterionDraft) -> &str {
    criterion
        .number
        .as_ref()
        .map_or("?", |found| found.value.as_str())
}

fn placed(finding: Finding, text: &Found<String>) -> Finding {
    match text.first_place() {
        Some(place) => finding.at(place.clone()),
        None => finding,
    }
}

fn statement(text: &Found<String>, subject: &str, findings: &mut Vec<Finding>) {
    let words = text.value.as_str();
    let mut say = |message: String, suggestion: &str| {
        findings.push(placed(
            Finding::new(&IMPORT_STATEMENT, subject, message).suggest(suggestion),
            text,
        ));
    };
    if ends_open(words) {
        let last = words.split_whitespace().last().unwrap_or_default();
        say(
            format!("it ends with \"{last}\", so its end is probably missing"),
            "Look for the rest at the head of the next page or cell.",
        );
    }
    if words.chars().count() > LONGEST_STATEMENT {
        say(
            format!(
                "it has {} characters, more than statements have",
                words.chars().count()
            ),
            "Look whether guidance was taken into it.",
        );
    } else if sentences(words) > 1 {
        say(
            "it holds more than one sentence".to_owned(),
            "Look whether guidance was taken into it.",
        );
    }
    if words.contains(" | ") || words.ends_with('|') || words.starts_with('|') {
        say(
            "a mark of a table stands in it, so words of another cell may have been taken into it".to_owned(),
            "Compare it with the document.",
        );
    }
    if let Some(letter) = ('b'..='h')
        .find(|letter| words.contains(&format!(" {letter}) ")) || words.contains(&format!(" ({letter}) ")))
    {
        say(
            format!("\"{letter})\" stands within it, so several criteria may be run together"),
            "Compare it with the document.",
        );
    }
    if words.contains('\u{fffd}') {
        say(
            "a character in it could not be read".to_owned(),
            "Type the word as printed.",
        );
    }
    if let Some(odd) = adjective_alone(words) {
        say(
            format!("\"{odd}\" lacks a noun, so a word is lost or wrong"),
            "Compare it with the document; if it is printed so, list it under errata.",
        );
    }
    let all: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    let doubled = all.windows(2).find(|pair| {
        matches!(pair, [one, other] if one == other && one.chars().count() > 1 && one.chars().all(char::is_alphabetic))
    });
    if let Some([word, _]) = doubled {
        say(
            format!("\"{word}\" stands twice in a row"),
            "Compare it with the document.",
        );
    }
}

/// "to the organisational that …": an article and an adjective with no noun after it.
fn adjective_alone(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.windows(3).find_map(|three| {
        let [article, adjective, next] = three else {
            return None;
        };
        let lower = adjective.to_lowercase();
        let adjective_like =
            (lower.ends_with("ational") || lower.ends_with("ological") || lower.ends_with("ative"))
                && !matches!(
                    lower.as_str(),
                    "initiative" | "alternative" | "narrative" | "representative" | "relative" | "operative"
                );
        let follows = matches!(
            next.to_lowercase().as_str(),
            "that" | "and" | "to" | "of" | "in" | "which" | "who" | "for" | "with"
        );
        let and_adjective = next.eq_ignore_ascii_case("and");
        (matches!(article.to_lowercase().as_str(), "the" | "a" | "an")
            && adjective_like
            && follows
            && !and_adjective)
            .then(|| format!("{article} {adjective} {next}"))
    })
}

fn verbs(text: &Found<String>, subject: &str, findings: &mut Vec<Finding>) {
    let verbs = command_verbs(&text.value);
    let finding = match verbs.as_slice() {
        [] => Finding::new(
            &IMPORT_VERB_NONE,
            subject,
            "it does not begin with a word that tells the learner what to do",
        )
        .suggest("List its command verbs, or correct its beginning."),
        [_] => return,
        _ => Finding::new(
            &IMPORT_VERB_TWO,
            subject,
            format!("it has {} command verbs: {}", verbs.len(), verbs.join(", ")),
        )
        .suggest("Each asks for an answer of its own. Take a verb away if it is none here."),
    };
    findings.push(placed(finding, text));
}

/// Twins that differ by more than their one word.
fn pairs(unit: &UnitDraft, subject: &str, findings: &mut Vec<Finding>) {
    let criteria: Vec<(usize, &CriterionDraft)> = unit
        .outcomes
        .iter()
        .enumerate()
        .flat_map(|(index, outcome)| outcome.criteria.iter().map(move |criterion| (index, criterion)))
        .collect();
    let texts: Vec<(usize, &str)> = criteria
        .iter()
        .map(|(index, criterion)| {
            (
                *index,
                criterion.text.as_ref().map_or("", |text| text.value.as_str()),
            )
        })
        .collect();
    for pair in twins(&texts).iter().filter(|pair| !pair.odd.is_empty()) {
        let (Some((_, one)), Some((_, other))) = (criteria.get(pair.first), criteria.get(pair.second)) else {
            continue;
        };
        let Some(text) = &other.text else { continue };
        let finding = Finding::new(
            &IMPORT_TWIN,
            format!("{subject}, criterion {}", number(other)),
            format!(
                "it asks for \"{}\" what {} asks for \"{}\", but \"{}\" stands in one of them only",
                pair.words.1,
                number(one),
                pair.words.0,
                pair.odd.join(" ")
            ),
        )
        .suggest("Compare both with the document; if a word is missing in print, list it under errata.");
        findings.push(placed(finding, text));
    }
}

/// Numbering of criteria that a specification cannot hold yet, such as P1, P2, M1.
fn graded(unit: &UnitDraft, subject: &str, findings: &mut Vec<Finding>) {
    let mut seen = BTreeSet::new();
    let mut highest: std::collections::BTreeMap<String, u32> = std::collections::BTreeMap::new();
    for (_, criterion) in unit.criteria() {
        let Some(found) = &criterion.number else { continue };
        if found.value.parse::<CriterionNumber>().is_ok() {
            continue;
        }
        // Some bodies number the grades through the whole unit, whatever the aim: A.P1, A.P2, B.P3.
        let whole = found.value.trim_end_matches(|c: char| c.is_ascii_digit());
        let series = whole.rsplit_once('.').map_or(whole, |(_, grade)| grade);
        let own: u32 = found
            .value
            .get(whole.len()..)
            .and_then(|digits| digits.parse().ok())
            .unwrap_or(0);
        let before = highest.get(series).copied().unwrap_or(0);
        let message = if !seen.insert(found.value.clone()) {
            Some("this number stands twice".to_owned())
        } else if own > before + 1 {
            Some(format!("the number before it is missing: {series}{}", before + 1))
        } else if own <= before {
            Some(format!("it comes after {series}{before}"))
        } else {
            None
        };
        highest.insert(series.to_owned(), own.max(before));
        if let Some(message) = message {
            let finding = Finding::new(
                &IMPORT_NUMBERING,
                format!("{subject}, criterion {}", found.value),
                message,
            )
            .suggest("Look for a criterion that was lost or misnumbered.");
            findings.push(match found.first_place() {
                Some(place) => finding.at(place.clone()),
                None => finding,
            });
        }
    }
}
