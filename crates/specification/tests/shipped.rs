//! The specifications that are shipped with the program.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeSet;

use assay_specification::{Format, Severity, Specification, check};

fn shipped() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../specifications");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .iter()
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| (path.display().to_string(), std::fs::read_to_string(path).unwrap()))
        .collect()
}

#[test]
fn every_shipped_specification_is_read_without_a_complaint() {
    for (name, text) in shipped() {
        if let Err(complaints) = Specification::read(&text, Format::Toml) {
            let lines: Vec<String> = complaints.iter().map(ToString::to_string).collect();
            panic!("{name}:\n{}", lines.join("\n"));
        }
    }
}

#[test]
fn no_shipped_specification_has_an_error_that_its_errata_do_not_answer() {
    for (name, text) in shipped() {
        let findings = check(&Specification::read(&text, Format::Toml).unwrap());
        let open: Vec<String> = findings
            .iter()
            .filter(|finding| finding.severity != Severity::Note)
            .map(ToString::to_string)
            .collect();
        assert!(open.is_empty(), "{name}:\n{}", open.join("\n"));
    }
}

/// QS-31: the three places where the syllabus contradicts itself.
#[test]
fn loading_the_coaching_syllabus_lists_its_three_contradictions_with_their_lines() {
    let (_, text) = shipped()
        .into_iter()
        .find(|(name, _)| name.contains("cmi-level-7-leadership-coaching"))
        .unwrap();
    let findings = check(&Specification::read(&text, Format::Toml).unwrap());
    let found: Vec<(&str, Option<u32>, &str)> = findings
        .iter()
        .map(|finding| (finding.place.as_str(), finding.line, finding.message.as_str()))
        .collect();
    assert_eq!(
        found,
        [
            (
                "unit 6001V1, heading",
                Some(783),
                "the heading \"MANAGE ORGANISATIONAL CULTURE\" is not the title \"Managing organisational culture\""
            ),
            (
                "qualification 7D2V2, table, unit 7020V1, glh",
                Some(153),
                "the table prints glh \"7\", the unit's page \"30\""
            ),
            (
                "qualification 7D2V2, table, unit 7020V1, tut",
                Some(153),
                "the table prints tut \"30\", the unit's page \"70\""
            ),
            (
                "qualification 7C2V2, glh",
                Some(132),
                "printed Guided Learning Hours 50; valid choices give from 55 to 170"
            ),
        ]
    );
}

#[test]
fn without_its_errata_the_coaching_syllabus_has_errors_at_the_same_places() {
    let (_, text) = shipped()
        .into_iter()
        .find(|(name, _)| name.contains("cmi-level-7-leadership-coaching"))
        .unwrap();
    let mut specification = Specification::read(&text, Format::Toml).unwrap();
    let places = specification
        .errata
        .iter()
        .map(|erratum| erratum.place.clone())
        .collect::<BTreeSet<_>>();
    specification.errata.clear();
    let errors = check(&specification)
        .into_iter()
        .filter(|finding| finding.severity == Severity::Error)
        .map(|finding| finding.place)
        .collect::<BTreeSet<_>>();
    assert_eq!(errors, places);
}

#[test]
fn the_coaching_syllabus_holds_three_qualifications_ten_units_31_outcomes_and_117_criteria() {
    let (_, text) = shipped()
        .into_iter()
        .find(|(name, _)| name.contains("cmi-level-7-leadership-coaching"))
        .unwrap();
    let counts = Specification::read(&text, Format::Toml).unwrap().counts();
    assert_eq!(
        (
            counts.qualifications,
            counts.units,
            counts.outcomes,
            counts.criteria
        ),
        (3, 10, 31, 117)
    );
}
