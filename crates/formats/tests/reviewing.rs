//! The review of a syllabus that was read: findings are settled one by one, and every step is kept.

#![allow(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use assay_formats::syllabus::{
    Correction, Deed, Draft, Found, Place, Review, Settled, Step, UnitDraft, check, read_text,
};

fn step(deed: Deed, reason: &str) -> Step {
    Step {
        by: "prs_quentin".to_owned(),
        at: "2019-10-14T09:30:00.000Z".to_owned(),
        reason: reason.to_owned(),
        deed,
    }
}

/// A syllabus of one unit without credits.
fn read() -> Draft {
    let found = |value: &str| Some(Found::new(value.to_owned(), Place::line(3)));
    Draft {
        units: vec![UnitDraft {
            number: found("R101"),
            title: found("Making rosters"),
            ..UnitDraft::default()
        }],
        ..Draft::default()
    }
}

fn give(at: &str, value: &str) -> Deed {
    Deed::Correct {
        finding: None,
        correction: Correction::Give {
            at: at.parse().unwrap(),
            value: value.to_owned(),
        },
        before: String::new(),
    }
}

fn about_credits(review: &Review) -> usize {
    review
        .findings
        .iter()
        .filter(|found| {
            found.finding.subject.contains("R101") && found.finding.to_string().contains("credit")
        })
        .count()
}

#[test]
fn a_value_given_answers_its_finding_and_taken_back_it_is_found_again() {
    let read = read();
    assert_eq!(about_credits(&Review::of(&read, &[], check)), 1);
    let mut steps = vec![step(give("unit/0/credits", "6"), "printed in the table")];
    let given = Review::of(&read, &steps, check);
    assert_eq!(about_credits(&given), 0);
    assert_eq!(given.corrections, [0]);
    steps.push(step(Deed::Undo { step: 0 }, ""));
    let undone = Review::of(&read, &steps, check);
    assert_eq!(about_credits(&undone), 1);
    assert!(undone.corrections.is_empty());
}

#[test]
fn a_finding_is_accepted_ignored_and_opened_again() {
    let read = read();
    let open = Review::of(&read, &[], check);
    let finding = open.findings[0].key.clone();
    let mut steps = vec![step(
        Deed::Accept {
            finding: finding.clone(),
        },
        "",
    )];
    let accepted = Review::of(&read, &steps, check);
    assert_eq!(accepted.find(&finding).unwrap().settled, Settled::Accepted);
    assert_eq!(accepted.open(), open.open() - 1);
    steps.push(step(
        Deed::Ignore {
            finding: finding.clone(),
        },
        "the register has none either",
    ));
    let ignored = Review::of(&read, &steps, check);
    assert_eq!(ignored.find(&finding).unwrap().settled, Settled::Ignored);
    assert_eq!(ignored.find(&finding).unwrap().step, Some(1));
    steps.push(step(
        Deed::Reopen {
            finding: finding.clone(),
        },
        "",
    ));
    assert_eq!(Review::of(&read, &steps, check).open(), open.open());
}

#[test]
fn a_correction_that_rests_on_one_taken_back_is_left_out_and_told() {
    let mut draft = read();
    draft.units.clear();
    let steps = [
        step(
            Deed::Correct {
                finding: None,
                correction: Correction::Add {
                    part: "unit/0".parse().unwrap(),
                },
                before: String::new(),
            },
            "it stands on page 6",
        ),
        step(give("unit/0/title", "Making rosters"), "as printed"),
        step(Deed::Undo { step: 0 }, ""),
    ];
    let review = Review::of(&draft, &steps, check);
    assert!(review.corrections.is_empty());
    assert_eq!(review.left_out.len(), 1);
    assert_eq!(review.left_out[0].0, 1);
    assert!(
        review.left_out[0]
            .1
            .to_string()
            .starts_with("There is no unit no. 1")
    );
}

#[test]
fn a_finding_keeps_its_key_when_something_else_is_corrected() {
    let read = read_text("Unit 4: Making rosters\n\nLevel: 3\n\n1.1 Explain how a roster is made\n");
    let before = Review::of(&read, &[], check);
    let steps = [step(
        Deed::Correct {
            finding: None,
            correction: Correction::Give {
                at: "document/regulator".parse().unwrap(),
                value: "Ofqual".to_owned(),
            },
            before: String::new(),
        },
        "printed on the last page",
    )];
    let after = Review::of(&read, &steps, check);
    let kept = after
        .findings
        .iter()
        .filter(|found| before.find(&found.key).is_some())
        .count();
    assert!(kept + 1 >= before.findings.len() && kept > 0);
}
