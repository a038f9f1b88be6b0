//! Full titles in public texts (QS-06).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_specification::{Format, Specification, list_misnamings};

fn coaching() -> Specification {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../specifications/cmi-level-7-leadership-coaching-and-mentoring.toml"
    );
    Specification::read(&std::fs::read_to_string(path).unwrap(), Format::Toml).unwrap()
}

fn marked(text: &str) -> Vec<String> {
    list_misnamings(&coaching(), text)
        .into_iter()
        .map(|one| one.found)
        .collect()
}

#[test]
fn a_short_form_in_a_prospectus_is_marked_with_place_and_full_title() {
    let text = "Welcome.\nTake our CMI Coaching Diploma, starting in May.";
    let found = list_misnamings(&coaching(), text);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].line, found[0].column), (2, 10));
    assert_eq!(found[0].found, "CMI Coaching Diploma");
    assert_eq!(
        found[0].titles[0],
        "CMI Level 7 Diploma in Leadership Coaching and Mentoring"
    );
}

#[test]
fn the_full_title_passes_across_lines_and_in_any_case() {
    for text in [
        "Take the CMI Level 7 Diploma in Leadership Coaching and Mentoring.",
        "Take the CMI Level 7 Diploma\nin Leadership  Coaching and Mentoring with us.",
        "CMI LEVEL 7 AWARD IN LEADERSHIP COACHING AND MENTORING",
        "The CMI Level 7 Award in Leadership Coaching and Mentoring, the CMI Level 7 Certificate in Leadership Coaching \
         and Mentoring and the CMI Level 7 Diploma in Leadership Coaching and Mentoring.",
    ] {
        assert_eq!(marked(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn wrong_forms_are_marked() {
    for (text, found) in [
        // A capital that begins the sentence, or a place after it, makes no other name of it.
        ("Our CMI Coaching Diploma is popular.", "CMI Coaching Diploma"),
        ("Our CMI Coaching Diploma", "CMI Coaching Diploma"),
        ("Join our CMI Coaching Diploma in March.", "CMI Coaching Diploma"),
        ("CMI Coaching Diploma in Leeds", "CMI Coaching Diploma"),
        (
            "Our CMI Level 7 Diploma in Coaching",
            "CMI Level 7 Diploma in Coaching",
        ),
        ("The Coaching Diploma pays.", "Coaching Diploma"),
        (
            "our Level 7 Diploma in Coaching and Mentoring",
            "Level 7 Diploma in Coaching and Mentoring",
        ),
        ("the CMI Level 7 Diploma", "CMI Level 7 Diploma"),
        (
            "a CMI Level 7 Leadership Coaching & Mentoring Certificate",
            "CMI Level 7 Leadership Coaching & Mentoring Certificate",
        ),
        ("the Coaching Award", "Coaching Award"),
        ("our L7 coaching programme", "L7 coaching programme"),
        (
            "the Chartered Management Institute Diploma in Coaching",
            "Chartered Management Institute Diploma in Coaching",
        ),
    ] {
        assert_eq!(marked(text), [found], "{text}");
    }
}

#[test]
fn words_that_name_no_qualification_of_ours_are_left_alone() {
    for text in [
        "Coaching and mentoring change how people lead.",
        "You will receive your certificate within ten days.",
        "comparable to Master's Degrees, Postgraduate Diploma and PGCE",
        "the CMI Level 7 Diploma in Strategic Management and Leadership",
        "an award-winning centre approved by CMI",
        "CMI Level 7 Qualifications in Strategic Management and Leadership",
    ] {
        assert_eq!(marked(text), Vec::<String>::new(), "{text}");
    }
}
