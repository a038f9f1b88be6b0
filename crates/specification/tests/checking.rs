//! What the check of a specification finds.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_specification::check::{CODES, check};
use assay_specification::{Finding, Format, Severity, Specification};

const BEEKEEPING: &str = include_str!("fixtures/beekeeping.toml");

/// The findings for the small specification after some of its text is replaced.
fn findings(changes: &[(&str, &str)]) -> Vec<Finding> {
    let mut text = BEEKEEPING.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "{from} does not occur");
        text = text.replacen(from, to, 1);
    }
    match Specification::read(&text, Format::Toml) {
        Ok(specification) => check(&specification),
        Err(complaints) => panic!("{complaints:?}"),
    }
}

/// Asserts that one change brings exactly these findings: code and place.
#[track_caller]
fn brings(change: (&str, &str), wanted: &[(&str, &str)]) {
    let found = findings(&[change]);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|finding| (finding.code, finding.place.as_str()))
        .collect();
    assert_eq!(found, wanted);
}

#[test]
fn a_sound_specification_has_no_findings() {
    assert_eq!(findings(&[]), []);
}

#[test]
fn a_wrong_check_character_is_found_and_may_be_kept_on_purpose() {
    let wrong = ("610/0001/2", "610/0001/3");
    brings(wrong, &[("SPEC_CHECK_CHARACTER", "qualification BK4A, number")]);
    let kept =
        "[[kept_identifiers]]\nidentifier = \"610/0001/3\"\nreason = \"As on the register.\"\n\n[[models]]";
    assert_eq!(findings(&[wrong, ("[[models]]", kept)]), []);
    brings(
        ("[[models]]", kept),
        &[("SPEC_KEPT_UNUSED", "kept identifier 610/0001/3")],
    );
    brings(
        ("J/610/0002", "K/610/0002"),
        &[("SPEC_CHECK_CHARACTER", "unit BK2, reference")],
    );
}

#[test]
fn a_letter_of_neither_rule_between_the_series_is_a_warning() {
    let found = findings(&[("J/610/0002", "Z/630/0002")]);
    assert_eq!(
        (found[0].code, found[0].severity),
        ("SPEC_CHECK_UNSURE", Severity::Warning)
    );
}

#[test]
fn one_credit_is_ten_hours() {
    let found = findings(&[("tut = 60\nglh = 25", "tut = 70\nglh = 25")]);
    let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
    assert!(codes.contains(&"SPEC_CREDIT_TUT"), "{found:?}");
    assert!(
        found[0]
            .message
            .contains("6 credits stand for 60 hours; the Total Unit Time is 70"),
        "{found:?}"
    );
    let found = findings(&[("minimum_credits = 6", "minimum_credits = 7")]);
    let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["SPEC_CREDIT_TQT", "SPEC_TOTAL_CREDITS"]);
}

#[test]
fn guided_hours_are_part_of_all_hours() {
    brings(
        ("tut = 80\nglh = 30\naims", "tut = 80\nglh = 90\naims"),
        &[
            ("SPEC_GLH_TUT", "unit BK5, glh"),
            ("SPEC_TABLE_DIFFERS", "qualification BK4C, table, unit BK5, glh"),
        ],
    );
    let found = findings(&[("tqt = 60\nglh = 20", "tqt = 60\nglh = 61")]);
    let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["SPEC_GLH_TQT", "SPEC_TOTAL_GLH"]);
}

#[test]
fn the_size_word_follows_the_total_qualification_time() {
    let found = findings(&[("size = \"Award\"", "size = \"Certificate\"")]);
    let places: Vec<(&str, &str)> = found
        .iter()
        .map(|finding| (finding.code, finding.place.as_str()))
        .collect();
    assert!(
        places.contains(&("SPEC_SIZE", "qualification BK4A, size")),
        "{places:?}"
    );
    assert!(
        found
            .iter()
            .any(|finding| finding.message.contains("makes it an Award, not a Certificate")),
        "{found:?}"
    );
}

#[test]
fn a_table_row_that_differs_from_the_units_page_is_found_cell_by_cell() {
    brings(
        (
            "credits = 6\nglh = 20\ntut = 60\ngroup",
            "credits = 6\nglh = 7\ntut = 30\ngroup",
        ),
        &[
            ("SPEC_TABLE_DIFFERS", "qualification BK4C, table, unit BK1, glh"),
            ("SPEC_TABLE_DIFFERS", "qualification BK4C, table, unit BK1, tut"),
        ],
    );
    brings(
        (
            "unit = \"BK1\"\ntitle = \"The colony through the year\"",
            "unit = \"BK1\"\ntitle = \"The colony\"",
        ),
        &[("SPEC_TABLE_DIFFERS", "qualification BK4C, table, unit BK1, title")],
    );
    brings(
        ("group = \"Mandatory\"", "group = \"OPTIONAL UNITS\""),
        &[("SPEC_TABLE_GROUP", "qualification BK4C, table, unit BK1, group")],
    );
}

#[test]
fn printed_totals_are_compared_with_the_least_of_all_valid_choices() {
    let found = findings(&[("tqt = 170\nglh = 65", "tqt = 170\nglh = 50")]);
    assert_eq!(found[0].code, "SPEC_TOTAL_GLH");
    assert_eq!(
        found[0].message,
        "printed Guided Learning Hours 50; valid choices give from 65 to 95"
    );
}

#[test]
fn a_finding_that_an_erratum_answers_is_a_note_and_an_erratum_that_answers_nothing_is_an_error() {
    let misprint = ("tqt = 170\nglh = 65", "tqt = 170\nglh = 50");
    let erratum = "[[errata]]\nplace = \"qualification BK4C, glh\"\nline = 7\nprinted = \"50\"\ncorrected = \"65\"\n\
                   reason = \"The units give it.\"\n\n[[models]]";
    let found = findings(&[misprint, ("[[models]]", erratum)]);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].severity, found[0].line), (Severity::Note, Some(7)));
    brings(
        ("[[models]]", erratum),
        &[("SPEC_ERRATUM_UNUSED", "erratum for qualification BK4C, glh")],
    );
    let other = erratum.replace("\"50\"", "\"55\"");
    let found = findings(&[misprint, ("[[models]]", &other)]);
    let codes: Vec<&str> = found.iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["SPEC_TOTAL_GLH", "SPEC_ERRATUM_DIFFERS"]);
}

#[test]
fn criteria_that_are_missing_doubled_or_misplaced_are_found() {
    brings(
        ("number = \"1.2\"", "number = \"1.3\""),
        &[("SPEC_CRITERION_NUMBER", "unit BK1, criterion 1.2, numbering")],
    );
    brings(
        ("number = \"1.2\"", "number = \"1.1\""),
        &[("SPEC_CRITERION_NUMBER", "unit BK1, criterion 1.1, numbering")],
    );
    brings(
        ("number = \"1.2\"", "number = \"2.1\""),
        &[("SPEC_CRITERION_NUMBER", "unit BK1, criterion 2.1, numbering")],
    );
    brings(
        (
            "number = 1\ntext = \"Be able to raise queens\"",
            "number = 2\ntext = \"Be able to raise queens\"",
        ),
        &[
            ("SPEC_OUTCOME_NUMBER", "unit BK5, outcome 1, numbering"),
            ("SPEC_CRITERION_NUMBER", "unit BK5, criterion 1.1, numbering"),
        ],
    );
}

#[test]
fn every_criterion_has_a_command_verb_that_stands_in_its_words() {
    brings(
        ("verbs = [\"Plan\"]", ""),
        &[("SPEC_VERB_NONE", "unit BK3, criterion 1.1, verbs")],
    );
    brings(
        ("verbs = [\"Plan\"]", "verbs = [\"Evaluate\"]"),
        &[("SPEC_VERB_ABSENT", "unit BK3, criterion 1.1, verbs")],
    );
    brings(
        ("verbs = [\"Plan\"]", "verbs = [\"Pla\"]"),
        &[("SPEC_VERB_ABSENT", "unit BK3, criterion 1.1, verbs")],
    );
    assert_eq!(findings(&[("verbs = [\"Plan\"]", "verbs = [\"plan\"]")]), []);
}

#[test]
fn references_that_lead_nowhere_are_found() {
    brings(
        ("outcome = 1, why", "outcome = 4, why"),
        &[("SPEC_LINK", "unit BK1, criterion 1.2, links")],
    );
    brings(
        (
            "unit = \"BK2\", outcome = 1, why",
            "unit = \"BK9\", outcome = 1, why",
        ),
        &[("SPEC_LINK", "unit BK1, criterion 1.2, links")],
    );
    brings(
        ("unit = \"BK2\", outcome = 1, why", "criterion = \"1.2\", why"),
        &[("SPEC_LINK", "unit BK1, criterion 1.2, links")],
    );
    brings(
        ("models = [\"waggle-dance\"]", "models = [\"round-dance\"]"),
        &[
            ("SPEC_MODEL_UNKNOWN", "unit BK1, criterion 1.1, models"),
            ("SPEC_MODEL_UNUSED", "model waggle-dance"),
        ],
    );
    brings(
        ("lines = [12]", "twin = \"1.2\""),
        &[("SPEC_TWIN", "unit BK1, criterion 1.1, twin")],
    );
    brings(
        ("lines = [12]", "shared_guidance_with = [\"1.2\"]"),
        &[("SPEC_GUIDANCE_SHARED", "unit BK1, criterion 1.1, shared guidance")],
    );
    let mutual = [
        ("lines = [12]", "twin = \"1.2\""),
        ("number = \"1.2\"", "number = \"1.2\"\ntwin = \"1.1\""),
    ];
    assert_eq!(findings(&mutual), []);
}

#[test]
fn dates_out_of_order_are_found_with_both_dates() {
    let found = findings(&[("operational_from = 2024-09-01", "operational_from = 2030-09-01")]);
    assert_eq!(found.len(), 2);
    assert_eq!(found[0].code, "SPEC_DATES");
    assert_eq!(
        found[0].message,
        "operational from 1 September 2030, which is after registration ends 31 August 2029"
    );
}

#[test]
fn a_unit_in_two_groups_that_apply_together_is_found() {
    let found = findings(&[(
        "units = [\"BK3\", \"BK4\", \"BK5\"]",
        "units = [\"BK2\", \"BK3\", \"BK4\", \"BK5\"]",
    )]);
    assert!(
        found.iter().any(|finding| {
            finding.code == "SPEC_RULE_TWO_GROUPS" && finding.place == "qualification BK4C, rule, unit BK2"
        }),
        "{found:?}"
    );
}

#[test]
fn rules_that_cannot_work_are_found() {
    let found = findings(&[("barred = [[\"BK4\", \"BK5\"]]", "barred = [[\"BK4\", \"BK9\"]]")]);
    assert_eq!(found[0].code, "SPEC_RULE_STRAY");
    let found = findings(&[("credits = { at_least = 6 }", "credits = { at_least = 60 }")]);
    assert_eq!(found[0].code, "SPEC_RULE_IMPOSSIBLE");
    let found = findings(&[("at_least = 1, at_most = 2", "at_least = 2, at_most = 1")]);
    assert_eq!(found[0].code, "SPEC_RULE_BOUNDS");
    let found = findings(&[(
        "units = [\"BK1\", \"BK2\", \"BK3\"]",
        "units = [\"BK1\", \"BK2\", \"BK7\"]",
    )]);
    assert_eq!(found[0].code, "SPEC_RULE_FAULT");
    assert!(found[0].message.contains("BK7"), "{found:?}");
}

#[test]
fn titles_have_their_parts_and_no_refused_words() {
    let title = "GCC Level 4 Award in Beekeeping";
    for (wrong, code) in [
        ("Level 4 Award in Beekeeping", "SPEC_TITLE_PARTS"),
        ("GCC Level 5 Award in Beekeeping", "SPEC_TITLE_PARTS"),
        ("GCC Level 4 Course in Beekeeping", "SPEC_TITLE_PARTS"),
        ("GCC Level 4 Honours Award in Beekeeping", "SPEC_TITLE_WORD"),
        ("GCC Level 4 Award in Beekeeping (QCF)", "SPEC_TITLE_WORD"),
        ("GCC Level 4 NVQ Award in Beekeeping", "SPEC_TITLE_NVQ"),
    ] {
        let found = findings(&[(title, wrong)]);
        assert_eq!(
            found.iter().map(|finding| finding.code).collect::<Vec<_>>(),
            [code],
            "{wrong}"
        );
    }
}

#[test]
fn a_heading_other_than_the_title_is_found_and_capitals_do_not_matter() {
    let plain = "number = \"BK4\"\ntitle = \"Swarms\"";
    let heading = |heading: &str| format!("{plain}\nheading = \"{heading}\"");
    assert_eq!(findings(&[(plain, &heading("SWARMS"))]), []);
    brings(
        (plain, &heading("SWARMING")),
        &[("SPEC_HEADING", "unit BK4, heading")],
    );
}

#[test]
fn a_unit_that_no_valid_choice_takes_is_found() {
    // Queen rearing needs the very unit that it is barred beside.
    brings(
        (
            "barred = [[\"BK4\", \"BK5\"]]",
            "barred = [[\"BK4\", \"BK5\"]]\nrequires = [{ unit = \"BK5\", needs = [\"BK4\"] }]",
        ),
        &[("SPEC_RULE_UNREACHABLE", "qualification BK4C, rule, unit BK5")],
    );
}

#[test]
fn things_that_stand_twice_are_found() {
    let found = findings(&[("number = \"BK5\"", "number = \"BK4\"")]);
    assert!(
        found.iter().any(|finding| finding.code == "SPEC_DOUBLE"),
        "{found:?}"
    );
}

#[test]
fn every_code_is_described_in_the_manual() {
    let manual = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/specification-format.md"
    ))
    .unwrap();
    for code in CODES {
        assert!(
            manual.contains(&format!("`{}`", code.name)),
            "{} is missing in the manual",
            code.name
        );
    }
}
