//! What a person corrects in a draft, beside the document it was read from.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use assay_formats::syllabus::{
    Correction, CriterionDraft, Draft, Found, GuidanceDraft, OutcomeDraft, Part, Place, Target, UnitDraft,
    slot,
};
use proptest::prelude::*;

fn found(value: &str, line: u32) -> Option<Found<String>> {
    Some(Found::new(value.to_owned(), Place::line(line)))
}

fn guidance(line: u32) -> GuidanceDraft {
    GuidanceDraft {
        text: format!("What helps, from line {line}."),
        at: vec![Place::lines(line, line + 2)],
    }
}

/// A unit with one outcome of two criteria; the first has guidance, and one passage belongs to none.
fn draft() -> Draft {
    let criterion = |number: &str, text: &str, line| CriterionDraft {
        number: found(number, line),
        text: found(text, line),
        ..CriterionDraft::default()
    };
    let mut first = criterion("1.1", "Explain how a roster is made", 12);
    first.guidance.push(guidance(14));
    Draft {
        units: vec![UnitDraft {
            number: found("R101", 3),
            title: found("Making rosters", 3),
            outcomes: vec![OutcomeDraft {
                number: found("1", 10),
                text: found("Understand rosters", 10),
                criteria: vec![first, criterion("1.2", "Make a rosta", 18)],
            }],
            loose_guidance: vec![guidance(20)],
            ..UnitDraft::default()
        }],
        ..Draft::default()
    }
}

fn give(at: &str, value: &str) -> Correction {
    Correction::Give {
        at: at.parse().unwrap(),
        value: value.to_owned(),
    }
}

fn criteria_of(draft: &Draft, line: u32) -> Vec<String> {
    draft.units[0]
        .criteria()
        .filter(|(_, criterion)| criterion.guidance.iter().any(|one| one.at[0].from == line))
        .map(|(_, criterion)| criterion.number.as_ref().unwrap().value.clone())
        .collect()
}

#[test]
fn a_misread_word_is_mended_and_keeps_its_place() {
    let mut draft = draft();
    draft
        .correct(&give("unit/0/outcome/0/criterion/1/text", "Make a roster"))
        .unwrap();
    let text = draft.units[0].outcomes[0].criteria[1].text.clone().unwrap();
    assert_eq!(text.value, "Make a roster");
    assert_eq!(text.at, [Place::line(18)]);
}

#[test]
fn a_value_that_was_not_found_is_given_and_taken_away_again() {
    let mut draft = draft();
    draft.correct(&give("unit/0/credits", " 6 ")).unwrap();
    assert_eq!(draft.units[0].credits.as_ref().unwrap().value, 6);
    draft.correct(&give("unit/0/credits", "")).unwrap();
    assert_eq!(draft.units[0].credits, None);
}

#[test]
fn a_value_of_the_wrong_form_is_refused_with_an_example() {
    let refused = |at: &str, value: &str| draft().correct(&give(at, value)).unwrap_err().to_string();
    let cases = [
        (
            "unit/0/credits",
            "six",
            "Type a whole number in figures, such as 60.",
        ),
        ("unit/0/level", "9", "Type a level from 0 (entry) to 8."),
        (
            "document/registration_ends",
            "31 August",
            "Type a day as year, month and day, such as 2020-08-31.",
        ),
        (
            "unit/0/outcome/0/criterion/7/text",
            "Anything",
            "There is no criterion no. 8 of learning outcome no. 1 of unit no. 1 in what was read. Somebody may have removed it; look at the page again.",
        ),
        (
            "unit/4/title",
            "Anything",
            "There is no unit no. 5 in what was read. Somebody may have removed it; look at the page again.",
        ),
        ("unit/0/colour", "green", "There is no value called colour."),
    ];
    for (at, value, sentence) in cases {
        assert_eq!(refused(at, value), sentence);
    }
}

#[test]
fn guidance_is_put_with_the_criteria_it_speaks_about() {
    let mut draft = draft();
    let assign = |line, criteria: &[&str]| Correction::Assign {
        unit: 0,
        line,
        criteria: criteria.iter().map(|one| (*one).to_owned()).collect(),
    };
    draft.correct(&assign(20, &["1.1", "1.2"])).unwrap();
    assert_eq!(criteria_of(&draft, 20), ["1.1", "1.2"]);
    assert!(draft.units[0].loose_guidance.is_empty());
    draft.correct(&assign(14, &["1.2"])).unwrap();
    assert_eq!(criteria_of(&draft, 14), ["1.2"]);
    let refused = draft.correct(&assign(14, &["3.1"])).unwrap_err();
    assert_eq!(
        refused.to_string(),
        "unit R101 has no criterion 3.1. Add the criterion first, or name another."
    );
}

#[test]
fn guidance_of_a_removed_criterion_is_not_lost() {
    let mut draft = draft();
    let part: Part = "unit/0/outcome/0/criterion/0".parse().unwrap();
    draft.correct(&Correction::Remove { part }).unwrap();
    assert_eq!(draft.units[0].outcomes[0].criteria.len(), 1);
    let lines: Vec<u32> = draft.units[0]
        .loose_guidance
        .iter()
        .map(|one| one.at[0].from)
        .collect();
    assert_eq!(lines, [20, 14]);
}

#[test]
fn an_added_criterion_takes_the_next_number() {
    let mut draft = draft();
    let part: Part = "unit/0/outcome/0/criterion/2".parse().unwrap();
    draft.correct(&Correction::Add { part }).unwrap();
    let added = &draft.units[0].outcomes[0].criteria[2];
    assert_eq!(added.number.as_ref().unwrap().value, "1.3");
    assert_eq!(added.text, None);
}

#[test]
fn a_rule_is_typed_as_in_a_specification_file() {
    let mut draft = draft();
    draft
        .correct(&Correction::Add {
            part: Part::Qualification { qualification: 0 },
        })
        .unwrap();
    let rule = "credits = { at_least = 6 }\n\n[[groups]]\nunits = [\"R101\"]\n";
    draft.correct(&give("qualification/0/rule", rule)).unwrap();
    let at: Target = "qualification/0/rule".parse().unwrap();
    let shown = slot(&mut draft, &at).unwrap().typed();
    draft.correct(&give("qualification/0/rule", &shown)).unwrap();
    assert!(shown.contains("R101"), "{shown}");
    let refused = draft
        .correct(&give("qualification/0/rule", "all of them"))
        .unwrap_err();
    assert!(
        refused
            .to_string()
            .starts_with("This is not a rule of combination: "),
        "{refused}"
    );
}

proptest! {
    /// A correction is kept as JSON and applied again each time the draft is looked at.
    #[test]
    fn a_correction_survives_being_kept(unit in 0usize..50, outcome in 0usize..50, field in "[a-z_]{1,12}", value in ".{0,40}") {
        let at = Target::of(Part::Outcome { unit, outcome }, &field);
        let correction = Correction::Give { at, value };
        let kept = serde_json::to_string(&correction).unwrap();
        prop_assert_eq!(serde_json::from_str::<Correction>(&kept).unwrap(), correction);
    }

    /// Whatever is typed, it is taken or refused with a sentence.
    #[test]
    fn nothing_typed_breaks_the_draft(at in "(document|unit/0|unit/0/outcome/0|qualification/9)/(title|credits|level|text|issued|rule)", value in any::<String>()) {
        let mut draft = draft();
        if let Err(refused) = draft.correct(&give(&at, &value)) {
            prop_assert!(refused.to_string().ends_with(['.', '!', '?']));
        }
    }
}
