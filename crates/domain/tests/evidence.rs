//! Evidence told in the trade's words: starting, saving, withdrawing, marking.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_domain::evidence::case::MarkedBy;
use assay_domain::evidence::{
    EvidenceCase, HandIn, MarkPassage, MarkingPlace, SaveVersion, SavedContent, StartEvidence, UnmarkPassage,
    keep, mark, place,
};
use assay_domain::fact::{CriterionRef, EvidenceKind, Fact, Place};
use assay_domain::fresh::Counted;
use assay_domain::id::{EvidenceId, PassageId, PersonId};
use assay_domain::submission::SubmissionState;
use assay_domain::{Actor, Code, Refusals, Via};
use proptest::prelude::*;

struct Desk {
    fresh: Counted,
    learner: Actor,
    assessor: Actor,
    case: EvidenceCase,
}

fn actor(fresh: &mut Counted) -> Actor {
    Actor {
        person: PersonId::fresh(fresh),
        via: Via::Page,
        grants: Vec::new(),
    }
}

fn desk() -> Desk {
    let mut fresh = Counted::from_seed(11);
    let learner = actor(&mut fresh);
    let assessor = actor(&mut fresh);
    let case = EvidenceCase {
        evidence: EvidenceId::fresh(&mut fresh),
        learner: learner.person.clone(),
        kind: EvidenceKind::Written,
        maker: learner.person.clone(),
        current_version: 1,
        withdrawn: false,
        hand_ins: Vec::new(),
    };
    Desk {
        fresh,
        learner,
        assessor,
        case,
    }
}

fn criterion(number: &str) -> CriterionRef {
    CriterionRef {
        unit: "9901X1".into(),
        criterion: number.into(),
    }
}

fn text_of(characters: u32) -> MarkingPlace {
    MarkingPlace {
        version: 1,
        characters: Some(characters),
        pages: None,
        recording: false,
        known: vec![criterion("1.1"), criterion("1.2")],
    }
}

fn at(place: Place) -> MarkPassage {
    MarkPassage {
        place,
        criteria: vec![criterion("1.1")],
        note: None,
    }
}

fn codes<T: std::fmt::Debug>(result: Result<T, Refusals>) -> Vec<Code> {
    result.unwrap_err().codes()
}

fn save(bytes: u64) -> SaveVersion {
    SaveVersion {
        content: SavedContent {
            content: "{}".into(),
            media: "text/plain".into(),
            bytes,
            words: Some(1),
            pages: None,
        },
        appendix: false,
    }
}

#[test]
fn a_viva_is_recorded_by_those_who_teach_and_never_by_the_learner() {
    let mut desk = desk();
    let act = StartEvidence {
        learner: desk.learner.person.clone(),
        kind: EvidenceKind::Viva,
        title: "Viva".into(),
    };
    assert_eq!(
        codes(keep::start(&act, &desk.learner, false, &mut desk.fresh)),
        [Code::RoleMissing]
    );
    assert_eq!(
        codes(keep::start(&act, &desk.assessor, false, &mut desk.fresh)),
        [Code::RoleMissing]
    );
    assert!(keep::start(&act, &desk.assessor, true, &mut desk.fresh).is_ok());
    let own = StartEvidence {
        kind: EvidenceKind::File,
        ..act
    };
    assert_eq!(
        codes(keep::start(&own, &desk.assessor, true, &mut desk.fresh)),
        [Code::RoleMissing]
    );
}

#[test]
fn a_piece_needs_a_title_of_bounded_length() {
    let mut desk = desk();
    for title in [String::from("  "), "x".repeat(201)] {
        let act = StartEvidence {
            learner: desk.learner.person.clone(),
            kind: EvidenceKind::Written,
            title,
        };
        assert_eq!(
            codes(keep::start(&act, &desk.learner, false, &mut desk.fresh)),
            [Code::FieldMissing]
        );
    }
}

#[test]
fn saving_makes_the_next_version_and_an_empty_one_is_refused() {
    let mut desk = desk();
    let decision = keep::save(&save(10), &desk.case, &desk.learner, &mut desk.fresh).unwrap();
    assert!(matches!(
        decision.facts[0],
        Fact::EvidenceSaved { version: 2, .. }
    ));
    assert_eq!(
        codes(keep::save(&save(0), &desk.case, &desk.learner, &mut desk.fresh)),
        [Code::EvidenceEmpty]
    );
    assert_eq!(
        codes(keep::save(&save(1), &desk.case, &desk.assessor, &mut desk.fresh)),
        [Code::RoleMissing]
    );
    desk.case.withdrawn = true;
    assert_eq!(
        codes(keep::save(&save(1), &desk.case, &desk.learner, &mut desk.fresh)),
        [Code::EvidenceFrozen]
    );
}

#[test]
fn a_piece_that_is_with_the_centre_stays_and_one_that_came_back_can_be_withdrawn() {
    let mut desk = desk();
    for state in SubmissionState::ALL {
        desk.case.hand_ins = vec![HandIn {
            state,
            version: 1,
            assessor: None,
        }];
        let came_back = matches!(state, SubmissionState::Returned | SubmissionState::Referred);
        assert_eq!(
            keep::withdraw(&desk.case, &desk.learner).is_ok(),
            came_back,
            "{state:?}"
        );
    }
}

#[test]
fn one_passage_may_answer_several_criteria_and_each_is_named_once() {
    let mut desk = desk();
    let act = MarkPassage {
        criteria: vec![criterion("1.2"), criterion("1.1"), criterion("1.2")],
        ..at(Place::Whole)
    };
    let (_, decision) = mark::mark(&act, &desk.case, &text_of(9), &desk.learner, &mut desk.fresh).unwrap();
    let Fact::PassageMarked { criteria, .. } = &decision.facts[0] else {
        panic!("another fact")
    };
    assert_eq!(criteria, &[criterion("1.1"), criterion("1.2")]);
}

#[test]
fn a_place_must_lie_inside_the_piece_and_be_of_its_kind() {
    let mut desk = desk();
    let paged = MarkingPlace {
        pages: Some(3),
        ..text_of(100)
    };
    let recording = MarkingPlace {
        characters: None,
        recording: true,
        ..text_of(0)
    };
    let outside = [
        (Place::Text { from: 0, until: 101 }, &paged),
        (Place::Text { from: 5, until: 5 }, &paged),
        (Place::Page { page: 0 }, &paged),
        (Place::Page { page: 4 }, &paged),
        (Place::Time { from: 0, until: 5 }, &paged),
        (Place::Text { from: 0, until: 1 }, &recording),
        (Place::Page { page: 1 }, &recording),
        (Place::Time { from: 9, until: 9 }, &recording),
        (
            Place::Time {
                from: 0,
                until: 90_000,
            },
            &recording,
        ),
    ];
    for (chosen, version) in outside {
        let told = mark::mark(
            &at(chosen.clone()),
            &desk.case,
            version,
            &desk.learner,
            &mut desk.fresh,
        );
        assert_eq!(codes(told), [Code::PassageOutside], "{chosen:?}");
    }
    for (chosen, version) in [
        (Place::Text { from: 0, until: 100 }, &paged),
        (Place::Page { page: 3 }, &paged),
        (Place::Time { from: 0, until: 5 }, &recording),
    ] {
        assert!(mark::mark(&at(chosen), &desk.case, version, &desk.learner, &mut desk.fresh).is_ok());
    }
}

#[test]
fn an_assessor_marks_only_the_version_they_have_taken() {
    let mut desk = desk();
    desk.case.hand_ins = vec![HandIn {
        state: SubmissionState::Taken,
        version: 1,
        assessor: Some(desk.assessor.person.clone()),
    }];
    assert!(
        mark::mark(
            &at(Place::Whole),
            &desk.case,
            &text_of(9),
            &desk.assessor,
            &mut desk.fresh
        )
        .is_ok()
    );
    let newer = MarkingPlace {
        version: 2,
        ..text_of(9)
    };
    let told = mark::mark(
        &at(Place::Whole),
        &desk.case,
        &newer,
        &desk.assessor,
        &mut desk.fresh,
    );
    assert_eq!(codes(told), [Code::RoleMissing]);
}

#[test]
fn a_mark_that_a_decision_rests_on_stays_and_nobody_takes_away_anothers() {
    let mut desk = desk();
    let passage = PassageId::fresh(&mut desk.fresh);
    let act = UnmarkPassage {
        passage: passage.clone(),
    };
    let mut marked = MarkedBy {
        passage,
        marked_by: Some(desk.learner.person.clone()),
        unmarked: false,
        cited_for: None,
    };
    assert_eq!(
        codes(mark::unmark(&act, &marked, &desk.assessor.person)),
        [Code::RoleMissing]
    );
    assert_eq!(
        mark::unmark(&act, &marked, &desk.learner.person)
            .unwrap()
            .facts
            .len(),
        1
    );
    marked.cited_for = Some("1.1".into());
    assert_eq!(
        codes(mark::unmark(&act, &marked, &desk.learner.person)),
        [Code::EvidenceFrozen]
    );
    marked.cited_for = None;
    marked.unmarked = true;
    assert!(
        mark::unmark(&act, &marked, &desk.learner.person)
            .unwrap()
            .facts
            .is_empty()
    );
}

proptest! {
    #[test]
    fn a_passage_found_again_has_the_same_words(
        before in "[a-c \n]{0,40}", quote in "[a-z]{1,8}( [a-zé]{1,8}){0,3}", after in "[a-c \n]{0,40}", old in 0_u32..200,
    ) {
        let text = format!("{before}{quote}{after}");
        let (from, until) = place::find_again(&quote, old, &text).unwrap();
        let found: String = text.chars().skip(from as usize).take((until - from) as usize).collect();
        prop_assert_eq!(found, quote);
    }

    #[test]
    fn finding_again_never_leaves_the_text(quote in ".{0,20}", old in any::<u32>(), text in ".{0,60}") {
        if let Some((from, until)) = place::find_again(&quote, old, &text) {
            prop_assert!(from < until && until as usize <= text.chars().count());
        }
    }
}
