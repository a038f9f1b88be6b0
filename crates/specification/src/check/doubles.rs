//! Things that stand twice.

use std::collections::BTreeSet;

use super::codes::SPEC_DOUBLE;
use super::finding::Findings;
use crate::specification::Specification;

pub(super) fn check(specification: &Specification, findings: &mut Findings) {
    let qualifications = &specification.qualifications;
    let units = &specification.units;
    once(
        findings,
        "qualification",
        "code",
        qualifications.iter().map(|one| one.code.to_lowercase()),
    );
    once(
        findings,
        "qualification",
        "number",
        qualifications.iter().map(|one| one.number.to_string()),
    );
    once(
        findings,
        "qualification",
        "title",
        qualifications.iter().map(|one| one.title.to_lowercase()),
    );
    once(
        findings,
        "unit",
        "number",
        units.iter().map(|one| one.number.to_string()),
    );
    once(
        findings,
        "unit",
        "reference",
        units.iter().map(|one| one.reference.to_string()),
    );
    once(
        findings,
        "model",
        "id",
        specification.models.iter().map(|one| one.id.clone()),
    );
    once(
        findings,
        "term",
        "name",
        specification.terms.iter().map(|one| one.term.to_lowercase()),
    );
    once(
        findings,
        "erratum",
        "place",
        specification.errata.iter().map(|one| one.place.clone()),
    );
    let names = specification.models.iter().flat_map(|model| {
        let own: BTreeSet<String> = std::iter::once(&model.name)
            .chain(&model.aliases)
            .map(|name| name.to_lowercase())
            .collect();
        own.into_iter()
    });
    once(findings, "model", "name or alias", names);
}

fn once(findings: &mut Findings, thing: &str, key: &str, values: impl Iterator<Item = String>) {
    let mut seen = BTreeSet::new();
    for value in values {
        if !seen.insert(value.clone()) {
            findings.add(
                &SPEC_DOUBLE,
                format!("{thing} {value}, {key}"),
                format!("the {key} {value} stands twice"),
            );
        }
    }
}
