//! Marking, verification, results and the audit trail, around the desk itself ([`crate::desk`]).

pub mod comments;
pub mod grade;
pub mod hand_back;
pub mod queue;
pub mod result;
pub mod sign;
pub mod trail;
pub mod verification;
pub mod verify;

pub use comments::CommentsPage;
pub use grade::GradePage;
pub use hand_back::ReturnPage;
pub use queue::QueuePage;
pub use result::ResultPage;
pub use sign::SignPage;
pub use trail::TrailPage;
pub use verification::VerificationPage;
pub use verify::VerifyPage;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::DeskPage;
    use crate::message::{Act, Refusals};
    use crate::soundness::assert_sound;
    use crate::styleguide::sample_shell;
    use crate::{Choice, Form};
    use askama::Template;
    use assay_app::evidence::likeness::Likeness;
    use assay_app::evidence::passage::PassageView;
    use assay_app::evidence::text::{BlockKind, TextBlock};
    use assay_app::judgement::comments::Comment;
    use assay_app::judgement::desk::{
        DecisionView, DeskActs, DeskCriterion, DeskQuality, DeskView, SignedView, VerbAsked,
    };
    use assay_app::judgement::queue::{Queue, QueueCount, QueueItem};
    use assay_app::submission::reading::{PieceReading, Shown, SubmissionReading};
    use assay_app::trail::{Trail, TrailDetail, TrailKind, TrailLine, TrailLink, TrailSubject};
    use assay_app::verification::desk::VerifyView;
    use assay_app::verification::{DueItem, DueList};
    use assay_domain::fact::{CriterionDecision, CriterionRef, EvidenceKind, Outcome, Place};
    use assay_domain::submission::SubmissionState;
    use assay_domain::{Code, Refusal};
    use jiff::civil::date;

    fn piece(id: &str, shown: Shown, blocks: Vec<TextBlock>) -> PieceReading {
        PieceReading {
            evidence: id.parse().unwrap(),
            version: 1,
            title: "Report <on coaching>".into(),
            kind: EvidenceKind::File,
            media: "application/pdf".into(),
            file_name: "report.pdf".into(),
            bytes: 2048,
            words: Some(3200),
            pages: Some(9),
            appendix: false,
            shown,
            blocks,
            text: String::new(),
            html: None,
            note: None,
            file: format!("/evidence/{id}/versions/1/file"),
        }
    }

    fn passage(id: &str, evidence: &str, place: Place) -> PassageView {
        PassageView {
            id: id.parse().unwrap(),
            evidence: evidence.parse().unwrap(),
            version: 1,
            place,
            place_in_words: "paragraph 1".into(),
            quote: "We coached the team weekly.".into(),
            criteria: vec![CriterionRef {
                unit: "7020V1".into(),
                criterion: "5.4".into(),
            }],
            note: None,
            by: "Amira Khan".into(),
            by_learner: true,
            marked_at: "2019-10-14T09:30:00.000Z".into(),
        }
    }

    /// A desk with text, a picture and a recording; one criterion of two verbs, not yet met.
    fn desk(state: SubmissionState, holds_the_pen: bool) -> DeskView {
        let block = TextBlock {
            number: 1,
            start: 0,
            end: 27,
            page: 1,
            kind: BlockKind::Paragraph,
            html: "<mark id=\"psg_a\" data-passage=\"psg_a\" data-criteria=\"5.4\" class=\"by-learner\">We coached the team weekly.</mark>".into(),
        };
        DeskView {
            reading: SubmissionReading {
                submission: "sub_1".parse().unwrap(),
                registration: "reg_1".parse().unwrap(),
                learner: "prs_1".parse().unwrap(),
                learner_name: "Amira Khan".into(),
                unit: "7020V1".into(),
                unit_title: "Introduction to management coaching and mentoring".into(),
                attempt: 2,
                revision: 1,
                state,
                state_in_words: state.title().into(),
                submitted_at: "2019-10-14T09:30:00.000Z".into(),
                words: 3200,
                ai_use: "language".into(),
                ai_detail: Some("Spelling.".into()),
                changes: Some("A plan was added.".into()),
                frozen: "0".repeat(64),
                intact: true,
                pieces: vec![
                    piece("evd_a", Shown::Pdf, vec![block]),
                    piece("evd_b", Shown::Picture, Vec::new()),
                    piece("evd_c", Shown::Sound, Vec::new()),
                ],
                passages: vec![
                    passage("psg_a", "evd_a", Place::Text { from: 0, until: 27 }),
                    passage("psg_b", "evd_b", Place::Whole),
                ],
                likeness: Vec::new(),
            },
            state,
            qualification: "7D2V2".into(),
            qualification_title: "Diploma".into(),
            number: "N-0001".into(),
            level: 6,
            qualification_level: 7,
            level_words: assay_app::judgement::level::words_of(6),
            framework: "RQF".into(),
            due_on: Some(date(2019, 10, 28)),
            length: None,
            allocated_to: Some("Grace Okafor".into()),
            taken_by: Some("Grace Okafor".into()),
            holds_the_pen,
            trainee: true,
            criteria: vec![DeskCriterion {
                number: "5.4".into(),
                text: "Evaluate the plan and produce another".into(),
                outcome: "5 Plan".into(),
                verbs: ["Evaluate", "produce"]
                    .map(|verb| VerbAsked {
                        verb: verb.into(),
                        asks: assay_app::judgement::verb::asks(verb).into(),
                        answered: verb == "Evaluate",
                    })
                    .to_vec(),
                guidance: vec!["Look for both.".into()],
                told_apart: Some("Tell it from 5.3.".into()),
                decided: Some(DecisionView {
                    decision: CriterionDecision::NotYetMet,
                    reason: "No plan.".into(),
                    passages: vec!["psg_a".parse().unwrap()],
                    words: Some("produce another".into()),
                }),
                passages: vec!["psg_a".parse().unwrap(), "psg_b".parse().unwrap()],
                before: Some("not yet met. Only a list.".into()),
                found: None,
            }],
            qualities: vec![DeskQuality {
                key: "authentic".into(),
                title: "Authentic".into(),
                question: "Is it their own?".into(),
                satisfied: Some(true),
                remark: None,
            }],
            judgement: Some(SignedView {
                judgement: "jdg_1".parse().unwrap(),
                outcome: Outcome::Referred,
                signed_by: "Grace Okafor".into(),
                signed_at: "2019-10-14T09:30:00.000Z".into(),
                signed_on: date(2019, 10, 14),
                countersigned_by: None,
                feedback: Some("Add the plan.".into()),
                superseded: false,
            }),
            graded: None,
            outcome: Some(Outcome::Referred),
            sent_back: None,
            corrected: None,
            acts: DeskActs::default(),
            bank: vec![Comment {
                id: "com_1".into(),
                text: "Listed, not evaluated.".into(),
                uses: 2,
                made_at: "2019-10-14T09:30:00.000Z".into(),
            }],
            grade: None,
            external: None,
        }
    }

    #[test]
    fn paragraphs_that_another_learner_handed_in_too_are_named_on_the_desk() {
        let mut view = desk(SubmissionState::Taken, true);
        view.reading.likeness.push(Likeness {
            evidence: "evd_a".parse().unwrap(),
            paragraph: 1,
            unit: "7016V1".into(),
            submitted_at: "2019-09-02T09:30:00.000Z".into(),
        });
        let html = DeskPage::of(sample_shell("Marking"), &view, date(2019, 10, 14))
            .render()
            .unwrap();
        assert_sound(&html);
        for words in ["1 paragraph like other work", "#evd_a-1", "work for 7016V1"] {
            assert!(html.contains(words), "{words}");
        }
    }

    #[test]
    fn the_desk_offers_verbs_passages_and_words_to_its_assessor_and_nothing_to_write_to_others() {
        let today = date(2019, 10, 20);
        let own = DeskPage::of(
            sample_shell("Marking"),
            &desk(SubmissionState::Taken, true),
            today,
        );
        let html = own.render().unwrap();
        assert_sound(&html);
        for part in [
            r#"name="verb" value="produce""#,
            r#"name="passage" value="psg_b""#,
            r#"value="produce another""#,
            "judge it by level 6",
            r#"id="psg_b""#,
            "/submissions/sub_1/sign",
        ] {
            assert!(html.contains(part), "{part} is missing");
        }
        let other = DeskPage::of(
            sample_shell("Marking"),
            &desk(SubmissionState::Final, false),
            today,
        );
        let html = other.render().unwrap();
        assert_sound(&html);
        assert!(!html.contains("data-judge") && html.contains("No plan."));
    }

    #[test]
    fn a_verifier_who_may_not_verify_sees_why_and_nothing_to_fill_in() {
        let refusal = Refusal::new(Code::Sd1, "You signed this judgement, so you cannot verify it.");
        for verify in [Vec::new(), vec![refusal]] {
            let hindered = !verify.is_empty();
            let view = VerifyView {
                desk: desk(SubmissionState::VerificationDue, false),
                due_on: Some(date(2019, 10, 28)),
                leave_out: verify.clone(),
                verify,
                made: Vec::new(),
            };
            let shell = sample_shell("Verifying");
            let page = VerifyPage::of(shell, view, date(2019, 10, 20), Form::new(), Refusals::default());
            let html = page.render().unwrap();
            assert_sound(&html);
            assert_eq!(html.contains("You signed this judgement"), hindered);
            assert_eq!(html.contains(r#"name="answer-5.4""#), !hindered);
        }
    }

    #[test]
    fn the_page_of_signing_names_the_outcome_and_each_decision() {
        let page = SignPage {
            shell: sample_shell("Sign"),
            view: desk(SubmissionState::Taken, true),
            form: Form::new(),
            refusals: Refusals::default(),
            act: Act::allowed("Sign the judgement", "/submissions/sub_1/sign"),
        };
        let html = page.render().unwrap();
        assert_sound(&html);
        assert!(html.contains("Referred: 0 of 1 criteria are met") && html.contains("1 passage"));
        assert!(html.contains("a qualified assessor countersigns"));
    }

    #[test]
    fn lists_and_small_pages_are_sound() {
        let queue = QueuePage {
            shell: sample_shell("Marking"),
            queue: Queue {
                items: vec![QueueItem {
                    submission: "sub_1".parse().unwrap(),
                    registration: "reg_1".parse().unwrap(),
                    learner: "prs_1".parse().unwrap(),
                    learner_name: "Amira Khan".into(),
                    qualification: "7D2V2".into(),
                    unit: "7020V1".into(),
                    unit_title: "Introduction".into(),
                    attempt: 1,
                    revision: 1,
                    state: SubmissionState::Submitted,
                    submitted_at: "2019-10-14T09:30:00.000Z".into(),
                    submitted_on: date(2019, 10, 14),
                    due_on: Some(date(2019, 10, 18)),
                    words: 3200,
                    decided: 0,
                    criteria: 19,
                    taken_by_me: false,
                    taken: false,
                    taken_by: None,
                    signed_by_me: false,
                }],
                total: 1,
                counts: vec![QueueCount {
                    state: SubmissionState::Submitted,
                    pieces: 1,
                }],
                page: 1,
                size: 25,
            },
            state: None,
            q: "a&b".into(),
            today: date(2019, 10, 20),
        };
        let html = queue.render().unwrap();
        assert_sound(&html);
        assert!(html.contains("Overdue by 2 days") && html.contains("/submissions/sub_1/take"));
        let due = VerificationPage {
            shell: sample_shell("Verification"),
            list: DueList {
                items: vec![DueItem {
                    submission: "sub_1".parse().unwrap(),
                    judgement: "jdg_1".parse().unwrap(),
                    registration: "reg_1".parse().unwrap(),
                    learner_name: "Amira Khan".into(),
                    qualification: "7D2V2".into(),
                    unit: "7020V1".into(),
                    unit_title: "Introduction".into(),
                    attempt: 1,
                    assessor_name: "Grace Okafor".into(),
                    signed_at: "2019-10-14T09:30:00.000Z".into(),
                    signed_on: date(2019, 10, 14),
                    due_on: None,
                    allocated_to_me: true,
                    hindrance: Some("You signed this judgement, so you cannot verify it.".into()),
                }],
                total: 1,
                page: 1,
                size: 25,
            },
            q: String::new(),
            today: date(2019, 10, 20),
            all: true,
        };
        assert_sound(&due.render().unwrap());
        let comments = CommentsPage {
            shell: sample_shell("Your comments"),
            comments: desk(SubmissionState::Taken, true).bank,
            form: Form::new().complain("text", "Enter the words of the comment."),
        };
        assert_sound(&comments.render().unwrap());
        let back = ReturnPage {
            shell: sample_shell("Return"),
            about: "Amira Khan".into(),
            grounds: vec![Choice::new("other", "Another ground")],
            form: Form::new(),
            refusals: Refusals::default(),
            act: Act::allowed("Return the work", "/submissions/sub_1/return"),
            back: "/submissions/sub_1/mark".into(),
        };
        assert_sound(&back.render().unwrap());
        let grade = GradePage {
            shell: sample_shell("Own grade"),
            about: "Amira Khan".into(),
            scale: "House".into(),
            grades: vec![Choice::new("A", "A"), Choice::new("B", "B")],
            present: Some("B".into()),
            form: Form::new().with("grade", "B"),
            refusals: Refusals::default(),
            action: "/submissions/sub_1/grade".into(),
            back: "/submissions/sub_1/mark".into(),
        };
        assert_sound(&grade.render().unwrap());
    }

    #[test]
    fn a_line_of_the_trail_says_what_happened_its_entry_and_what_was_erased() {
        let page = TrailPage {
            shell: sample_shell("Audit trail"),
            trail: Trail {
                about: TrailSubject {
                    registration: "reg_1".parse().unwrap(),
                    learner_name: "Amira Khan".into(),
                    number: "N-0001".into(),
                    qualification: "7D2V2".into(),
                    unit: Some("7020V1".into()),
                    unit_title: Some("Introduction".into()),
                    submission: Some("sub_1".parse().unwrap()),
                    attempt: Some(1),
                    own: false,
                    wider: true,
                },
                lines: vec![TrailLine {
                    sequence: 41,
                    at: "2019-10-14T09:30:00.000Z".into(),
                    by: None,
                    by_name: "Grace Okafor".into(),
                    via: "api".into(),
                    act: "act_1".into(),
                    kind: "criterion_decided".into(),
                    says: "Grace Okafor decided criterion 5.4 of 7020V1: not yet met.".into(),
                    details: vec![TrailDetail {
                        label: "Reason".into(),
                        text: String::new(),
                        erased: true,
                    }],
                    links: vec![TrailLink {
                        label: "Passage".into(),
                        href: "/submissions/sub_1/mark#psg_a".into(),
                    }],
                    rule: "JU-02".into(),
                    digests: vec!["ab".repeat(32)],
                }],
                total: 1,
                kinds: vec![TrailKind {
                    kind: "criterion_decided".into(),
                    title: "Decision on a criterion".into(),
                    entries: 1,
                }],
                kind: String::new(),
                page: 1,
                size: 50,
            },
            path: "/submissions/sub_1/trail".into(),
        };
        let html = page.render().unwrap();
        assert_sound(&html);
        for part in ["not yet met.", "through the API", "erased", ">41<", "JU-02"] {
            assert!(html.contains(part), "{part} is missing in {html}");
        }
    }
}
