//! Errata answer findings.

use std::collections::BTreeSet;

use super::codes::{SPEC_ERRATUM_DIFFERS, SPEC_ERRATUM_UNUSED};
use super::finding::{Finding, Findings, Severity};
use crate::specification::Specification;

/// Turns each finding that an erratum answers into a note, and adds a finding for each erratum that answers none.
pub(super) fn answer(specification: &Specification, findings: Findings) -> Vec<Finding> {
    let mut list = findings.list;
    let mut used = BTreeSet::new();
    let mut more = Findings::default();
    for finding in &mut list {
        let Some((index, erratum)) = specification
            .errata
            .iter()
            .enumerate()
            .find(|(_, erratum)| erratum.place == finding.place)
        else {
            continue;
        };
        used.insert(index);
        if let Some(printed) = finding
            .printed
            .as_ref()
            .filter(|printed| **printed != erratum.printed)
        {
            more.add(
                &SPEC_ERRATUM_DIFFERS,
                format!("erratum for {}", erratum.place),
                format!(
                    "it says that \"{}\" is printed; the specification holds \"{printed}\"",
                    erratum.printed
                ),
            );
            continue;
        }
        finding.severity = Severity::Note;
        finding.line = erratum.line;
        finding.suggestion = Some(format!(
            "Known: \"{}\" stands for \"{}\". {}",
            erratum.printed, erratum.corrected, erratum.reason
        ));
    }
    for (index, erratum) in specification.errata.iter().enumerate() {
        if !used.contains(&index) {
            more.add(
                &SPEC_ERRATUM_UNUSED,
                format!("erratum for {}", erratum.place),
                "nothing is found wrong at this place",
            );
            more.suggest("Write the place exactly as a finding names it, or take the erratum out.");
        }
    }
    list.extend(more.list);
    list
}
