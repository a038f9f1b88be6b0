//! References from criteria: twins, links, models, shared guidance (QS-26, QS-27, QS-28).

use std::collections::BTreeSet;

use super::codes::{SPEC_GUIDANCE_SHARED, SPEC_LINK, SPEC_MODEL_UNKNOWN, SPEC_MODEL_UNUSED, SPEC_TWIN};
use super::finding::Findings;
use crate::specification::Specification;
use crate::unit::{Criterion, Unit};

pub(super) fn check(specification: &Specification, findings: &mut Findings) {
    let known: BTreeSet<&str> = specification
        .models
        .iter()
        .map(|model| model.id.as_str())
        .collect();
    let mut named: BTreeSet<&str> = BTreeSet::new();
    for (unit, _, criterion) in specification.criteria() {
        let place = format!("unit {}, criterion {}", unit.number, criterion.number);
        twin(unit, criterion, &place, findings);
        shared_guidance(unit, criterion, &place, findings);
        links(specification, unit, criterion, &place, findings);
        for model in &criterion.models {
            named.insert(model);
            if !known.contains(model.as_str()) {
                findings.add(
                    &SPEC_MODEL_UNKNOWN,
                    format!("{place}, models"),
                    format!("no model has the id \"{model}\""),
                );
            }
        }
    }
    for model in specification
        .models
        .iter()
        .filter(|model| !named.contains(model.id.as_str()))
    {
        findings.add(
            &SPEC_MODEL_UNUSED,
            format!("model {}", model.id),
            "no criterion names it",
        );
    }
}

fn twin(unit: &Unit, criterion: &Criterion, place: &str, findings: &mut Findings) {
    let Some(number) = criterion.twin else { return };
    let message = match unit.find_criterion(number) {
        _ if number == criterion.number => "it is named as its own twin".to_owned(),
        None => format!("its twin {number} does not exist"),
        Some(twin) if twin.twin != Some(criterion.number) => {
            format!("its twin {number} does not name it in return")
        }
        Some(_) => return,
    };
    findings.add(&SPEC_TWIN, format!("{place}, twin"), message);
}

fn shared_guidance(unit: &Unit, criterion: &Criterion, place: &str, findings: &mut Findings) {
    for number in &criterion.shared_guidance_with {
        let message = match unit.find_criterion(*number) {
            _ if *number == criterion.number => "it is said to share guidance with itself".to_owned(),
            None => format!("it is said to share guidance with {number}, which does not exist"),
            Some(other) if !other.shared_guidance_with.contains(&criterion.number) => {
                format!("{number} is not said to share guidance in return")
            }
            Some(_) => continue,
        };
        findings.add(
            &SPEC_GUIDANCE_SHARED,
            format!("{place}, shared guidance"),
            message,
        );
    }
}

fn links(
    specification: &Specification,
    unit: &Unit,
    criterion: &Criterion,
    place: &str,
    findings: &mut Findings,
) {
    for link in &criterion.links {
        let target = match &link.unit {
            None => Some(unit),
            Some(number) => specification.find_unit(number),
        };
        let message = match (target, link.outcome, link.criterion) {
            (None, ..) => format!(
                "a link leads to unit {}, which does not exist",
                link.unit.as_ref().map_or("", |unit| unit.as_str())
            ),
            (Some(_), None, None) if link.unit.is_none() => {
                "a link says neither unit, outcome nor criterion".to_owned()
            }
            (Some(target), _, Some(number)) if target.find_criterion(number).is_none() => {
                format!(
                    "a link leads to criterion {number} of {}, which does not exist",
                    target.number
                )
            }
            (Some(target), _, Some(number)) if target.number == unit.number && number == criterion.number => {
                "a link leads to the criterion itself".to_owned()
            }
            (Some(target), Some(number), _) if target.find_outcome(number).is_none() => {
                format!(
                    "a link leads to outcome {number} of {}, which does not exist",
                    target.number
                )
            }
            (Some(_), ..) => continue,
        };
        findings.add(&SPEC_LINK, format!("{place}, links"), message);
    }
}
