//! A sample of every page of submission; each must be sound.

use super::{ChangesPage, HandInPage, SubmissionPage, UnitPage};
use crate::evidence::samples::block;
use crate::message::Refusals;
use crate::soundness::assert_sound;
use crate::{Form, Shell};
use askama::Template;
use assay_app::evidence::text::BlockKind;
use assay_app::external_assessment::find::ExternalStanding;
use assay_app::submission::changes::{Change, ChangesView, Compared, PieceChange, PieceStanding, Stretch};
use assay_app::submission::hand_in::{Choosable, HandInView};
use assay_app::submission::history::{Attempt, Feedback, Returned, Told};
use assay_app::submission::reading::{PieceReading, Shown, SubmissionReading};
use assay_app::submission::workspace::{
    Answer, CriterionStanding, Next, Reuse, UnitWorkspace, WorkCriterion, WorkOutcome,
};
use assay_domain::external_assessment::OrderState;
use assay_domain::fact::EvidenceKind;
use assay_domain::submission::SubmissionState;
use assay_domain::submission::words::{Standing, Warning, WordGauge};

const AT: &str = "2019-10-14T08:30:00.000Z";

fn gauge() -> WordGauge {
    WordGauge {
        words: 2_900,
        minimum: 3_000,
        maximum: 3_500,
        least: 2_700,
        most: 3_850,
        standing: Standing::WithinTolerance,
        source: "the policy".into(),
    }
}

fn attempt() -> Attempt {
    Attempt {
        submission: "sub_1".parse().unwrap(),
        attempt: 1,
        revision: 2,
        state: SubmissionState::Referred,
        state_in_words: SubmissionState::Referred.title().into(),
        submitted_at: AT.into(),
        words: 2_900,
        assessor: Some("Asif Rahman".into()),
        returns: vec![Returned {
            revision: 1,
            grounds: vec!["The length".into()],
            because: "Too long by half.".into(),
            at: AT.into(),
            by: "Asif Rahman".into(),
        }],
        feedback: Some(Feedback {
            outcome: "referred".into(),
            provisional: true,
            signed_at: AT.into(),
            feedback: Some("Nearly there.".into()),
            criteria: vec![Told {
                criterion: "1.1".into(),
                met: false,
                reason: "Two approaches are asked for.".into(),
                words: Some("two approaches".into()),
            }],
        }),
    }
}

fn answer() -> Answer {
    Answer {
        passage: "psg_1".parse().unwrap(),
        evidence: "evd_1".parse().unwrap(),
        title: "Report".into(),
        place: "page 3".into(),
        appendix: true,
    }
}

#[test]
fn a_unit_is_sound_for_the_learner_and_for_staff() {
    for own in [true, false] {
        let criterion = WorkCriterion {
            number: "1.1".into(),
            text: "Evaluate two approaches".into(),
            verbs: vec!["Evaluate".into()],
            guidance: vec!["Weigh both.".into()],
            shared_with: vec!["1.2".into(), "1.3".into()],
            usual_evidence: Some("a report".into()),
            models: vec![("Kotter".into(), "Eight steps.".into())],
            told_apart: Some("Answer each for itself.".into()),
            standing: CriterionStanding::NotYetMet,
            answers: vec![answer()],
            reuse: vec![Reuse {
                from: "outcome 4".into(),
                why: "It asks for the same plan.".into(),
                answers: vec![answer()],
            }],
            reason: Some("Only one is weighed.".into()),
        };
        let page = UnitPage {
            shell: Shell::default().titled("7020V1"),
            today: jiff::civil::date(2019, 10, 14),
            glossary: crate::glossary::Glossary::default(),
            view: UnitWorkspace {
                explained: Vec::new(),
                registration: "reg_1".parse().unwrap(),
                registration_number: "0001-0001".into(),
                learner: "prs_1".parse().unwrap(),
                learner_name: "Amira Khan".into(),
                centre_name: "Northern College".into(),
                qualification: "Diploma".into(),
                unit: "7020V1".into(),
                title: "Strategy".into(),
                aims: "This unit is about strategy.".into(),
                level: 7,
                credits: 9,
                glh: 30,
                tut: 90,
                in_plan: true,
                target_on: Some(jiff::civil::date(2019, 11, 3)),
                achieved_on: None,
                tutor: Some("Tess Vane".into()),
                assessor: Some("Asif Rahman".into()),
                outcomes: vec![WorkOutcome {
                    number: 1,
                    text: "Be able to plan".into(),
                    criteria: vec![criterion],
                }],
                words: 2_900,
                gauge: Some(gauge()),
                tolerance: 10,
                history: vec![attempt()],
                next: Next {
                    what: "Resubmit".into(),
                    why: "One criterion is open.".into(),
                    href: Some("/x".into()),
                    label: "Resubmit".into(),
                },
                external: Some(ExternalStanding {
                    order: "ord_1".parse().unwrap(),
                    state: OrderState::Result,
                    body: "CMI".into(),
                    due_on: None,
                    stamp: own.then(|| "Assessed by CMI".to_owned()),
                }),
                own,
                teaches: !own,
            },
        };
        assert_sound(&page.render().unwrap());
    }
}

#[test]
fn the_hand_in_is_sound_at_first_and_after_a_refusal() {
    for attempt in [1, 2] {
        let form = Form::typed([("ai_use", "research")]);
        let page = HandInPage {
            shell: Shell::default().titled("Hand in"),
            form: if attempt == 1 {
                form
            } else {
                form.complain("own_work", "The work is not declared.")
                    .complain("items", "Choose a piece.")
            },
            refusals: Refusals::default(),
            view: HandInView {
                registration: "reg_1".parse().unwrap(),
                unit: "7020V1".into(),
                unit_title: "Strategy".into(),
                attempt,
                revision: 1,
                tells_changes: attempt > 1,
                previous: Some("sub_1".parse().unwrap()),
                pieces: vec![Choosable {
                    evidence: "evd_1".parse().unwrap(),
                    version: 2,
                    title: "Report".into(),
                    kind: EvidenceKind::Written,
                    words: Some(2_900),
                    appendix: false,
                    answers: vec!["1.1".into()],
                    chosen: true,
                }],
                words: 2_900,
                gauge: Some(gauge()),
                tolerance: 10,
                warnings: vec![Warning {
                    kind: "word_count".into(),
                    sentence: "2900 words are counted.".into(),
                    criteria: Vec::new(),
                }],
                criteria: vec![
                    ("1.1".into(), "Evaluate".into(), true),
                    ("1.2".into(), "Discuss".into(), false),
                ],
                refusals: vec![assay_domain::Refusal::new(
                    assay_domain::Code::SubmissionOpen,
                    "It is open.",
                )],
                own: attempt == 1,
            },
        };
        assert_sound(&page.render().unwrap());
    }
}

#[test]
fn what_was_handed_in_is_sound() {
    let piece = |shown, id: &str| PieceReading {
        evidence: id.parse().unwrap(),
        version: 1,
        title: "Report".into(),
        kind: EvidenceKind::File,
        media: "application/pdf".into(),
        file_name: "report.pdf".into(),
        bytes: 1_200,
        words: Some(12),
        pages: Some(2),
        appendix: true,
        shown,
        blocks: if shown == Shown::Pdf {
            vec![block(1, BlockKind::Paragraph)]
        } else {
            Vec::new()
        },
        text: String::new(),
        html: None,
        note: None,
        file: "/evidence/evd_1/versions/1/file".into(),
    };
    let page = SubmissionPage {
        shell: Shell::default().titled("7020V1"),
        attempt: Some(attempt()),
        has_before: true,
        view: SubmissionReading {
            submission: "sub_1".parse().unwrap(),
            registration: "reg_1".parse().unwrap(),
            learner: "prs_1".parse().unwrap(),
            learner_name: "Amira Khan".into(),
            unit: "7020V1".into(),
            unit_title: "Strategy".into(),
            attempt: 1,
            revision: 2,
            state: SubmissionState::Taken,
            state_in_words: "Being marked".into(),
            submitted_at: AT.into(),
            words: 2_900,
            ai_use: "research".into(),
            ai_detail: Some("To find articles.".into()),
            changes: Some("The second part.".into()),
            frozen: "ab".repeat(32),
            intact: false,
            pieces: vec![
                piece(Shown::Pdf, "evd_1"),
                piece(Shown::Picture, "evd_2"),
                piece(Shown::Sound, "evd_3"),
                piece(Shown::Film, "evd_4"),
                piece(Shown::Document, "evd_5"),
            ],
            likeness: vec![assay_app::evidence::likeness::Likeness {
                evidence: "evd_1".parse().unwrap(),
                paragraph: 1,
                unit: "7020V1".into(),
                submitted_at: AT.into(),
            }],
            passages: Vec::new(),
        },
    };
    assert_sound(&page.render().unwrap());
}

#[test]
fn a_comparison_is_sound() {
    let stretch = |change, text: &str| Stretch {
        change,
        text: text.into(),
    };
    let page = ChangesPage {
        shell: Shell::default().titled("What changed"),
        view: ChangesView {
            submission: "sub_2".parse().unwrap(),
            unit: "7020V1".into(),
            attempt: 2,
            revision: 1,
            before: Some((1, 2)),
            before_submission: Some("sub_1".parse().unwrap()),
            told: Some("The plan.".into()),
            pieces: vec![PieceChange {
                evidence: "evd_1".parse().unwrap(),
                title: "Report".into(),
                standing: PieceStanding::Changed,
                before: Some(1),
                now: Some(2),
                words_before: Some(10),
                words_now: Some(12),
                text: vec![
                    Compared::Same { paragraphs: 3 },
                    Compared::Paragraph {
                        stretches: vec![
                            stretch(Change::Kept, "We "),
                            stretch(Change::Removed, "<b>monthly"),
                            stretch(Change::Added, "weekly"),
                        ],
                    },
                ],
            }],
        },
    };
    let html = page.render().unwrap();
    assert_sound(&html);
    assert!(html.contains("<ins>weekly</ins>") && html.contains("<del>&#60;b&#62;monthly</del>"));
}
