//! Reading and writing specification files.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_specification::{Complaint, Format, Specification};

const BEEKEEPING: &str = include_str!("fixtures/beekeeping.toml");

fn beekeeping() -> Specification {
    Specification::read(BEEKEEPING, Format::Toml).unwrap()
}

fn complaints(text: &str) -> Vec<Complaint> {
    Specification::read(text, Format::Toml).unwrap_err()
}

#[test]
fn a_toml_file_is_read_whole() {
    let specification = beekeeping();
    let counts = specification.counts();
    assert_eq!(
        (
            counts.qualifications,
            counts.units,
            counts.outcomes,
            counts.criteria
        ),
        (2, 5, 5, 6)
    );
    assert_eq!(specification.document.operational_from.to_string(), "2024-09-01");
    assert!(specification.units[0].outcomes[0].criteria[1].verbs == ["Identify", "justify"]);
}

#[test]
fn what_is_written_is_read_back_the_same_in_both_formats() {
    let specification = beekeeping();
    for format in [Format::Toml, Format::Json] {
        let written = specification.write(format).unwrap();
        assert_eq!(
            Specification::read(&written, format),
            Ok(specification.clone()),
            "{written}"
        );
    }
}

#[test]
fn an_unknown_key_is_a_complaint_with_line_column_path_and_a_hint() {
    let found = complaints(&BEEKEEPING.replacen("tqt = 60", "tqtt = 60", 1));
    let written: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(found.len(), 2, "{written:?}");
    assert!(
        written[0].contains("line 24, column 1, qualifications[0]: expected the key \"tqt\""),
        "{written:?}"
    );
    assert!(
        written[1].starts_with("line 30, column 1, qualifications[0].tqtt: "),
        "{written:?}"
    );
    assert!(
        written[1].ends_with("found the unknown key \"tqtt\". Did you mean \"tqt\"?"),
        "{written:?}"
    );
}

#[test]
fn all_complaints_come_at_once_in_the_order_of_the_text() {
    let text = BEEKEEPING
        .replacen("minimum_age = 18", "minimum_age = \"eighteen\"", 1)
        .replacen("610/0001", "610/001", 1)
        .replacen("take = \"all\"", "take = \"every\"", 1)
        .replacen("number = \"1.2\"", "number = \"1.0\"", 1)
        .replacen(
            "registration_ends = 2029-08-31",
            "registration_ends = \"31 August 2029\"",
            1,
        );
    let found = complaints(&text);
    let paths: Vec<&str> = found
        .iter()
        .map(|complaint| complaint.place.path.as_str())
        .collect();
    assert_eq!(
        paths,
        [
            "document.minimum_age",
            "document.registration_ends",
            "qualifications[0].number",
            "qualifications[1].rule.groups[0].take",
            "units[0].outcomes[0].criteria[1].number",
        ]
    );
    assert_eq!(
        found[0].to_string(),
        "line 13, column 15, document.minimum_age: expected a whole number from 0 to 120, found the text \"eighteen\""
    );
}

#[test]
fn a_text_that_is_not_toml_is_a_complaint_and_not_a_fault() {
    let found = complaints("format = \n[[units");
    assert!(!found.is_empty());
    assert_eq!(found[0].place.line, 1, "{found:?}");
}

#[test]
fn a_json_text_says_where_it_breaks() {
    let found = Specification::read("{\n  \"format\": tru\n}", Format::Json).unwrap_err();
    assert_eq!(
        found[0].to_string(),
        "line 2, column 13: expected a JSON value, found 't'"
    );
    let found = Specification::read("{\"format\": 1, \"format\": 2}", Format::Json).unwrap_err();
    assert_eq!(found[0].found, "the key \"format\" again");
}

#[test]
fn a_million_nested_rules_are_a_complaint_and_not_a_crash() {
    let many = 1_000_000;
    let json = format!("{{\"qualifications\":{}", "[{\"any_of\":".repeat(many));
    assert!(
        Specification::read(&json, Format::Json).unwrap_err()[0]
            .expected
            .contains("at most 64 deep")
    );
    // The TOML reader's own bound; fewer, because it reads on after the first fault.
    let many = 100_000;
    let lists = format!("format = {}", "[".repeat(many));
    assert!(!complaints(&lists).is_empty());
    let tables = format!("format = {}", "{a=".repeat(many));
    assert!(!complaints(&tables).is_empty());
    let keys = format!("{}a = 1", "a.".repeat(many));
    assert!(!complaints(&keys).is_empty());
    let headers = format!("[{}a]", "a.".repeat(many));
    assert!(!complaints(&headers).is_empty());
}

#[test]
fn a_text_with_a_hundred_thousand_faults_gets_a_list_that_people_can_read() {
    assert_eq!(complaints(&"x\n".repeat(100_000)).len(), 200);
    let keys: String = (0..100_000).map(|key| format!("k{key} = 1\n")).collect();
    assert_eq!(complaints(&keys).len(), 200);
}

#[test]
fn a_text_over_16_mib_is_refused_before_it_is_parsed() {
    let found = complaints(&" ".repeat(17 * 1024 * 1024));
    assert!(found[0].expected.contains("at most 16777216 bytes"));
}

#[test]
fn a_qualification_is_found_by_code_title_or_number_however_it_is_typed() {
    let specification = beekeeping();
    let number = specification.qualifications[1].number;
    for wanted in [
        "bk4c",
        " GCC  level 4 certificate in beekeeping",
        &number.to_string(),
        &number.without_slashes(),
    ] {
        let found = specification.find_qualification(wanted).unwrap();
        assert_eq!(found.code, "BK4C", "{wanted}");
    }
    assert!(
        specification
            .find_qualification("Certificate in Beekeeping")
            .is_none()
    );
}

#[test]
fn a_qualification_has_the_documents_dates_unless_it_has_its_own() {
    let specification = beekeeping();
    let award = specification.dates_of(&specification.qualifications[0]);
    let certificate = specification.dates_of(&specification.qualifications[1]);
    assert_eq!(award.certification_ends, None);
    assert_eq!(
        certificate
            .certification_ends
            .map(|date| date.to_string())
            .as_deref(),
        Some("2032-08-31")
    );
    assert_eq!(certificate.registration_ends, award.registration_ends);
}

#[test]
fn a_model_opens_by_any_of_its_names() {
    let specification = beekeeping();
    for name in ["waggle-dance", "the waggle dance", "dance language"] {
        assert_eq!(specification.find_model_called(name).unwrap().id, "waggle-dance");
    }
    assert_eq!(specification.list_criteria_naming("waggle-dance").count(), 1);
}

proptest::proptest! {
    #[test]
    fn no_text_makes_the_reader_panic(text in "[\\[\\]{}\"a-c=,.\\\\ \n0-9:-]{0,200}") {
        let _ = Specification::read(&text, Format::Json);
        let _ = Specification::read(&text, Format::Toml);
    }

    #[test]
    fn no_cut_of_a_real_file_makes_the_reader_panic(at in 0usize..BEEKEEPING.len(), more in "[\\[\\]{}\"=, \n]{0,8}") {
        let _ = Specification::read(&format!("{}{more}", &BEEKEEPING[..at]), Format::Toml);
    }
}
