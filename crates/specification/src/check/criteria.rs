//! Outcomes and criteria: numbering (QS-24) and command verbs (QS-30).

use std::collections::BTreeSet;

use super::codes::{
    SPEC_CRITERION_NUMBER, SPEC_OUTCOME_EMPTY, SPEC_OUTCOME_NUMBER, SPEC_UNIT_EMPTY, SPEC_VERB_ABSENT,
    SPEC_VERB_NONE,
};
use super::finding::Findings;
use crate::grading::Grade;
use crate::specification::Specification;
use crate::unit::{Criterion, Outcome, Unit};

pub(super) fn check(specification: &Specification, findings: &mut Findings) {
    for unit in &specification.units {
        let place = format!("unit {}", unit.number);
        if unit.outcomes.is_empty() {
            findings.add(&SPEC_UNIT_EMPTY, place.clone(), "it has no learning outcome");
        }
        outcome_numbers(unit, &place, findings);
        for outcome in &unit.outcomes {
            if outcome.criteria.is_empty() {
                let message = "it has no assessment criterion";
                findings.add(
                    &SPEC_OUTCOME_EMPTY,
                    format!("{place}, outcome {}", outcome.number),
                    message,
                );
            }
            criterion_numbers(outcome, &place, findings);
            for criterion in &outcome.criteria {
                verbs(
                    criterion,
                    &format!("{place}, criterion {}, verbs", criterion.number),
                    findings,
                );
            }
        }
    }
}

fn outcome_numbers(unit: &Unit, place: &str, findings: &mut Findings) {
    let mut add = |number: u32, message: &str| {
        findings.add(
            &SPEC_OUTCOME_NUMBER,
            format!("{place}, outcome {number}, numbering"),
            message,
        );
    };
    numbering(unit.outcomes.iter().map(|outcome| outcome.number), &mut add);
}

fn criterion_numbers(outcome: &Outcome, place: &str, findings: &mut Findings) {
    for criterion in outcome
        .criteria
        .iter()
        .filter(|criterion| criterion.number.outcome() != outcome.number)
    {
        let place = format!("{place}, criterion {}, numbering", criterion.number);
        findings.add(
            &SPEC_CRITERION_NUMBER,
            place,
            format!("it stands under outcome {}", outcome.number),
        );
    }
    let own: Vec<&Criterion> = outcome
        .criteria
        .iter()
        .filter(|criterion| criterion.number.outcome() == outcome.number)
        .collect();
    if own.iter().any(|criterion| criterion.number.has_parts_below()) {
        // 1.2.1 and 1.2.2: only their order and uniqueness can be told.
        for pair in own.windows(2) {
            if let [one, other] = pair
                && other.number <= one.number
            {
                let place = format!("{place}, criterion {}, numbering", other.number);
                findings.add(
                    &SPEC_CRITERION_NUMBER,
                    place,
                    format!("it comes after {}", one.number),
                );
            }
        }
        return;
    }
    // Each grade has a run of its own: 1.1, 1.2, 1M1, 1D1, or 1P1, 1P2, 1M1; 1.1 beside 1P1 stands twice.
    for grade in Grade::ALL {
        let run = || own.iter().filter(|criterion| criterion.number.grade() == grade);
        let between = run().next().map_or(".", |criterion| criterion.number.between());
        let mut add = |number: u32, message: &str| {
            let place = format!(
                "{place}, criterion {}{between}{number}, numbering",
                outcome.number
            );
            findings.add(&SPEC_CRITERION_NUMBER, place, message);
        };
        numbering(run().map(|criterion| criterion.number.within_outcome()), &mut add);
    }
}

/// Says which numbers of a run from 1 are missing, doubled or out of order.
fn numbering(numbers: impl Iterator<Item = u32>, add: &mut impl FnMut(u32, &str)) {
    let mut seen = BTreeSet::new();
    let mut highest = 0;
    for number in numbers {
        if !seen.insert(number) {
            add(number, "this number stands twice");
        } else if number < highest {
            add(number, &format!("it comes after {highest}"));
        }
        highest = highest.max(number);
    }
    // A wild number must not make a list of a million missing ones.
    let missing = (1..highest).filter(|number| !seen.contains(number)).take(20);
    missing.for_each(|number| add(number, "this number is missing"));
}

fn verbs(criterion: &Criterion, place: &str, findings: &mut Findings) {
    if criterion.verbs.is_empty() {
        findings.add(
            &SPEC_VERB_NONE,
            place,
            format!("no command verb is listed for \"{}\"", criterion.text),
        );
        findings.suggest("List the verbs that tell the learner what to do, such as \"Evaluate\".");
    }
    for verb in criterion
        .verbs
        .iter()
        .filter(|verb| !has_words(&criterion.text, verb))
    {
        findings.add(
            &SPEC_VERB_ABSENT,
            place,
            format!("\"{verb}\" does not occur in \"{}\"", criterion.text),
        );
        findings.printed(verb);
    }
}

/// Whether a text contains these words in a row, as whole words and whatever their case.
fn has_words(text: &str, wanted: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        text.split(|character: char| !(character.is_alphanumeric() || character == '-'))
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (text, wanted) = (words(text), words(wanted));
    !wanted.is_empty() && text.windows(wanted.len()).any(|window| window == wanted)
}
