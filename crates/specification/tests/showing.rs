//! What is shown of a specification.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_specification::{Format, Specification, show};

fn beekeeping() -> Specification {
    Specification::read(include_str!("fixtures/beekeeping.toml"), Format::Toml).unwrap()
}

#[test]
fn the_view_has_documents_qualifications_units_criteria_guidance_and_findings() {
    let specification = beekeeping();
    let view = serde_json::to_value(specification.view()).unwrap();
    assert_eq!(view["document"]["title"], "Level 4 Beekeeping");
    assert_eq!(view["document"]["operational_from"], "2024-09-01");
    assert_eq!(
        view["qualifications"][0]["rule"]["groups"][0]["credits"]["at_least"],
        6
    );
    let criterion = &view["units"][0]["outcomes"][0]["criteria"][0];
    assert_eq!(criterion["number"], "1.1");
    assert_eq!(
        criterion["guidance"][0]["text"],
        "Use a colony that you have kept for at least one season."
    );
    assert!(view["findings"].is_array());
}

#[test]
fn a_rule_reads_as_english() {
    let specification = beekeeping();
    assert_eq!(
        specification.qualifications[1].rule.in_words(),
        [
            "All of Mandatory: BK1 and BK2",
            "From 1 to 2 units of Optional: BK3, BK4 and BK5",
            "At least 10 credits at level 4 or above",
            "At most one of BK4 and BK5",
        ]
    );
}

#[test]
fn the_text_of_a_specification_names_everything_and_counts_choices() {
    let text = show::specification_as_text(&beekeeping());
    for part in [
        "Level 4 Beekeeping (RQF)",
        "operational from 1 September 2024",
        "2 qualifications, 5 units, 5 learning outcomes, 6 assessment criteria",
        "BK4A  610/0001/2  GCC Level 4 Award in Beekeeping",
        "At least 6 credits of BK1, BK2 and BK3",
        "7 valid choices (3 minimal): 6 to 18 credits, 20 to 65 GLH, 60 to 180 TUT",
        "BK5           5  Y/610/0005        8   30   80  Queen rearing",
    ] {
        assert!(text.contains(part), "{part}\n---\n{text}");
    }
}

#[test]
fn the_text_of_a_unit_has_every_criterion_word_for_word() {
    let specification = beekeeping();
    let text = show::unit_as_text(&specification.units[0]);
    assert!(
        text.contains("   1.2  Identify and justify the inspections of a season"),
        "{text}"
    );
    assert!(text.contains("guidance: Use a colony"), "{text}");
}
