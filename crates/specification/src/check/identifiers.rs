//! Check characters (QS-05, QS-22).

use super::codes::{SPEC_CHECK_CHARACTER, SPEC_CHECK_UNSURE, SPEC_KEPT_UNUSED};
use super::finding::Findings;
use crate::identifier::{IdentifierRefused, ReferenceStanding};
use crate::specification::Specification;

pub(super) fn check(specification: &Specification, findings: &mut Findings) {
    let kept: Vec<&str> = specification
        .kept_identifiers
        .iter()
        .map(|kept| kept.identifier.as_str())
        .collect();
    let mut wrong: Vec<String> = Vec::new();
    let mut report = |place: String,
                      written: String,
                      refused: Option<IdentifierRefused>,
                      findings: &mut Findings| {
        let Some(refused) = refused else { return };
        if !kept.contains(&written.as_str()) {
            findings.add(&SPEC_CHECK_CHARACTER, place, refused.to_string());
            findings
                .suggest("Compare it with the document; if it is printed so, list it under kept_identifiers with the reason.")
                .printed(&written);
        }
        wrong.push(written);
    };
    for qualification in &specification.qualifications {
        let place = format!("qualification {}, number", qualification.code);
        let number = qualification.number;
        report(place, number.to_string(), number.checked().err(), findings);
    }
    for unit in &specification.units {
        let place = format!("unit {}, reference", unit.number);
        report(
            place.clone(),
            unit.reference.to_string(),
            unit.reference.checked().err(),
            findings,
        );
        if unit.reference.standing() == ReferenceStanding::Unsure
            && !kept.contains(&unit.reference.to_string().as_str())
        {
            let message = format!(
                "the letter of {} fits neither of the two rules in use for its series",
                unit.reference
            );
            findings.add(&SPEC_CHECK_UNSURE, place, message);
            findings.suggest("Compare it with the register.");
        }
    }
    for kept in &specification.kept_identifiers {
        if !wrong.contains(&kept.identifier) {
            let message = "no identifier with a wrong check character is written so";
            findings.add(
                &SPEC_KEPT_UNUSED,
                format!("kept identifier {}", kept.identifier),
                message,
            );
        }
    }
}
