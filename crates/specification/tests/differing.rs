//! What changed between two versions of a specification.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use assay_specification::difference::Fate;
use assay_specification::{Format, Specification};

const CMI: &str = include_str!("../../../specifications/cmi-level-7-leadership-coaching-and-mentoring.toml");

fn cmi() -> Specification {
    Specification::read(CMI, Format::Toml).unwrap()
}

#[test]
fn a_version_does_not_differ_from_itself() {
    assert!(cmi().difference(&cmi()).is_empty());
    assert!(cmi().is_same_syllabus(&cmi()));
}

#[test]
fn words_figures_units_and_rules_that_changed_are_told_at_their_place() {
    let before = cmi();
    let mut after = cmi();
    after.document.version = "7".to_owned();
    after.units[0].credits += 1;
    after.units[0].outcomes[0].criteria[0].text.push_str(" at work");
    let gone = after.units[1].outcomes[0].criteria.pop().unwrap();
    let removed = after.units.pop().unwrap();
    after.qualifications[0].rule = after.qualifications[1].rule.clone();
    let told = before.difference(&after);
    assert_eq!(told.document.len(), 1);
    assert_eq!(
        (told.document[0].before.as_str(), told.document[0].after.as_str()),
        ("6", "7")
    );
    assert_eq!(told.qualifications.len(), 1);
    assert_eq!(told.qualifications[0].values[0].name, "rule of combination");
    let [first, second, third] = told.units.as_slice() else {
        unreachable!("three units differ: {:?}", told.units)
    };
    assert_eq!(first.values[0].name, "credits");
    assert_eq!(first.statements[0].fate, Fate::Changed);
    assert_eq!(first.statements[0].name, "criterion 1.1");
    assert_eq!(second.statements[0].fate, Fate::Removed);
    assert_eq!(second.statements[0].name, format!("criterion {}", gone.number));
    assert_eq!(
        (third.fate, third.name.as_str()),
        (Fate::Removed, removed.number.as_str())
    );
    let back = after.difference(&before);
    assert!(back.units.iter().any(|unit| unit.fate == Fate::Added));
}

#[test]
fn guidance_alone_is_no_difference() {
    let mut after = cmi();
    after.units[0].outcomes[0].criteria[0]
        .guidance
        .push("Another word.".to_owned());
    assert!(cmi().difference(&after).is_empty());
}
