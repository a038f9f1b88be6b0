//! Grades: criteria numbered for pass, merit and distinction, and the unit's result made of them.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeMap;

use assay_specification::grading::{Grade, GradeRule, UnitGrade, unit_grade};
use assay_specification::{CriterionNumber, Format, Specification, Unit, check};
use proptest::prelude::*;

const POTTERY: &str = include_str!("fixtures/pottery.toml");

fn pottery() -> Specification {
    Specification::read(POTTERY, Format::Toml).unwrap_or_else(|complaints| panic!("{complaints:#?}"))
}

fn unit(number: &str) -> Unit {
    pottery().find_unit_called(number).unwrap().clone()
}

fn number(text: &str) -> CriterionNumber {
    text.parse().unwrap()
}

/// The unit's grade when these criteria are met, these are not, and the others are not decided.
fn graded(unit: &Unit, met: &[&str], not_met: &[&str]) -> UnitGrade {
    let results: BTreeMap<CriterionNumber, bool> = met
        .iter()
        .map(|text| (number(text), true))
        .chain(not_met.iter().map(|text| (number(text), false)))
        .collect();
    unit_grade(unit, unit.grades.unwrap_or_default(), &results)
}

#[test]
fn a_graded_specification_is_read_checked_and_written_back() {
    let specification = pottery();
    let findings = check(&specification);
    assert!(findings.is_empty(), "{findings:#?}");
    let written = specification.write(Format::Toml).unwrap();
    assert_eq!(
        Specification::read(&written, Format::Toml).unwrap(),
        specification
    );
    let throwing = unit("PT1");
    let numbers: Vec<String> = throwing
        .criteria()
        .map(|(_, criterion)| criterion.number.to_string())
        .collect();
    assert_eq!(numbers, ["1.1", "1.2", "2.1", "2M1", "2M2", "2D1"]);
}

/// The same specification with the letter for a pass: 1P1 for 1.1.
fn with_letters() -> String {
    ["1", "2"].into_iter().fold(POTTERY.to_owned(), |text, outcome| {
        text.replace(&format!("\"{outcome}.1\""), &format!("\"{outcome}P1\""))
            .replace(&format!("\"{outcome}.2\""), &format!("\"{outcome}P2\""))
    })
}

#[test]
fn criteria_for_a_pass_with_their_letter_are_read_graded_and_written_back_as_printed() {
    let specification = Specification::read(&with_letters(), Format::Toml).unwrap();
    let findings = check(&specification);
    assert!(findings.is_empty(), "{findings:#?}");
    let written = specification.write(Format::Toml).unwrap();
    assert_eq!(
        Specification::read(&written, Format::Toml).unwrap(),
        specification
    );
    let unit = specification.find_unit_called("PT1").unwrap();
    let numbers: Vec<String> = unit
        .criteria()
        .map(|(_, criterion)| criterion.number.to_string())
        .collect();
    assert_eq!(numbers, ["1P1", "1P2", "2P1", "2M1", "2M2", "2D1"]);
    let grade = graded(unit, &["1P1", "1P2", "2P1", "2M1"], &[]);
    assert_eq!(
        (grade.grade, grade.missing),
        (Some(Grade::Pass), vec![number("2M2")])
    );
    let open = graded(unit, &["1P1", "2P1", "2M1", "2M2"], &[]);
    assert_eq!((open.grade, open.missing), (None, vec![number("1P2")]));
}

#[test]
fn a_gap_and_a_number_in_both_forms_are_found_among_criteria_with_the_letter_for_a_pass() {
    let told = |text: &str| -> Vec<String> {
        let findings = check(&Specification::read(text, Format::Toml).unwrap());
        findings
            .iter()
            .map(|finding| format!("{}: {}", finding.place, finding.message))
            .collect()
    };
    assert_eq!(
        told(&with_letters().replace("\"1P2\"", "\"1P3\"")),
        ["unit PT1, criterion 1P2, numbering: this number is missing"]
    );
    assert_eq!(
        told(&with_letters().replace("\"1P2\"", "\"1.1\"")),
        ["unit PT1, criterion 1P1, numbering: this number stands twice"]
    );
}

#[test]
fn a_gap_in_the_criteria_for_merit_is_found() {
    let faulty = POTTERY.replace("\"2M2\"", "\"2M3\"");
    let findings = check(&Specification::read(&faulty, Format::Toml).unwrap());
    let found: Vec<String> = findings
        .iter()
        .map(|finding| format!("{}: {}", finding.place, finding.message))
        .collect();
    assert_eq!(
        found,
        ["unit PT1, criterion 2M2, numbering: this number is missing"]
    );
}

#[test]
fn all_criteria_for_a_pass_make_a_pass_and_name_what_merit_still_needs() {
    let grade = graded(&unit("PT1"), &["1.1", "1.2", "2.1", "2M1"], &[]);
    assert_eq!(grade.grade, Some(Grade::Pass));
    assert_eq!(grade.within_reach, Some(Grade::Distinction));
    assert_eq!((grade.missing, grade.needed), (vec![number("2M2")], 1));
}

#[test]
fn a_distinction_needs_merit_too() {
    let unit = unit("PT1");
    let without_merit = graded(&unit, &["1.1", "1.2", "2.1", "2D1"], &["2M1"]);
    assert_eq!(without_merit.grade, Some(Grade::Pass));
    assert_eq!(without_merit.within_reach, Some(Grade::Pass));
    let all = graded(&unit, &["1.1", "1.2", "2.1", "2M1", "2M2", "2D1"], &[]);
    assert_eq!(all.grade, Some(Grade::Distinction));
    assert_eq!((all.missing.len(), all.needed), (0, 0));
}

#[test]
fn a_criterion_for_a_pass_that_is_not_met_leaves_the_unit_without_a_grade() {
    let grade = graded(&unit("PT1"), &["1.1", "2.1", "2M1", "2M2", "2D1"], &["1.2"]);
    assert_eq!((grade.grade, grade.within_reach), (None, None));
    assert_eq!(grade.missing, [number("1.2")]);
}

#[test]
fn where_two_of_three_criteria_for_merit_suffice_the_third_may_fail() {
    let grade = graded(&unit("PT2"), &["1.1", "1M1", "1M3"], &["1M2"]);
    assert_eq!(grade.grade, Some(Grade::Merit));
    let one = graded(&unit("PT2"), &["1.1", "1M1"], &["1M2"]);
    assert_eq!(
        (one.grade, one.within_reach),
        (Some(Grade::Pass), Some(Grade::Merit))
    );
    assert_eq!((one.missing, one.needed), (vec![number("1M2"), number("1M3")], 1));
}

#[test]
fn a_unit_without_criteria_for_merit_has_a_pass_and_no_more() {
    let specification = Specification::read(include_str!("fixtures/beekeeping.toml"), Format::Toml).unwrap();
    let unit = specification.units.first().unwrap();
    let all = unit
        .criteria()
        .map(|(_, criterion)| (criterion.number, true))
        .collect();
    let grade = unit_grade(unit, GradeRule::default(), &all);
    assert_eq!(
        (grade.grade, grade.within_reach),
        (Some(Grade::Pass), Some(Grade::Pass))
    );
}

proptest! {
    #[test]
    fn one_more_criterion_met_never_lowers_a_grade(met in proptest::collection::vec(any::<bool>(), 6), more in 0usize..6) {
        let unit = unit("PT1");
        let grade = |met: &[bool]| {
            let results = unit.criteria().map(|(_, criterion)| criterion.number).zip(met.iter().copied()).collect();
            unit_grade(&unit, GradeRule::default(), &results)
        };
        let before = grade(&met);
        let mut larger = met.clone();
        larger[more] = true;
        prop_assert!(grade(&larger).grade >= before.grade);
        // With everything decided, what is reached is all that is in reach.
        prop_assert_eq!(before.grade, before.within_reach);
    }
}
