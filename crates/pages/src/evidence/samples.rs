//! A sample of every page of evidence; each must be sound.

use super::{EvidenceListPage, MarkPage, NewEvidencePage, PiecePage, RecordPage, WriterPage};
use crate::message::Refusals;
use crate::soundness::assert_sound;
use crate::way::Pages;
use crate::{Form, Shell};
use askama::Template;
use assay_app::evidence::draft::Draft;
use assay_app::evidence::list::{EvidenceLine, EvidenceList};
use assay_app::evidence::passage::PassageView;
use assay_app::evidence::text::{BlockKind, TextBlock};
use assay_app::evidence::view::{EvidenceView, HandedIn, MarkableCriterion, MarkableUnit, VersionLine};
use assay_app::submission::reading::Shown;
use assay_domain::fact::{CriterionRef, EvidenceKind, Place};

const AT: &str = "2019-10-14T08:30:00.000Z";

fn passage() -> PassageView {
    PassageView {
        id: "psg_1".parse().unwrap(),
        evidence: "evd_1".parse().unwrap(),
        version: 2,
        place: Place::Text { from: 0, until: 9 },
        place_in_words: "paragraph 1".into(),
        quote: "We <coached> weekly".into(),
        criteria: vec![CriterionRef {
            unit: "7020V1".into(),
            criterion: "1.1".into(),
        }],
        note: Some("The second session.".into()),
        by: "Amira Khan".into(),
        by_learner: true,
        marked_at: AT.into(),
    }
}

pub(crate) fn block(number: u32, kind: BlockKind) -> TextBlock {
    TextBlock {
        number,
        start: number * 10,
        end: number * 10 + 9,
        page: 1,
        kind,
        html: format!(
            "<mark class=\"by-learner\" data-passage=\"psg_{number}\" id=\"psg_{number}\" data-criteria=\"1.1\">words</mark> here"
        ),
    }
}

fn view(kind: EvidenceKind) -> EvidenceView {
    EvidenceView {
        id: "evd_1".parse().unwrap(),
        learner: "prs_1".parse().unwrap(),
        learner_name: "Amira Khan".into(),
        kind,
        kind_in_words: "Written here".into(),
        title: "Report <b>".into(),
        withdrawn: false,
        version: 2,
        current_version: 2,
        shown: if kind == EvidenceKind::File {
            Shown::Pdf
        } else {
            Shown::Text
        },
        media: Some("application/pdf".into()),
        file_name: Some("report.pdf".into()),
        bytes: Some(120_000),
        words: Some(3_100),
        pages: (kind == EvidenceKind::File).then_some(12),
        appendix: false,
        file: Some("/evidence/evd_1/versions/2/file".into()),
        blocks: vec![
            block(1, BlockKind::Heading),
            block(2, BlockKind::Paragraph),
            block(3, BlockKind::Row),
        ],
        html: None,
        note: Some("Only part of it could be read.".into()),
        passages: vec![passage()],
        lost: vec![PassageView {
            id: "psg_9".parse().unwrap(),
            ..passage()
        }],
        versions: vec![VersionLine {
            version: 2,
            saved_at: AT.into(),
            media: "application/pdf".into(),
            file_name: "report.pdf".into(),
            bytes: 120_000,
            words: Some(3_100),
            pages: Some(12),
            appendix: true,
            file: "/evidence/evd_1/versions/2/file".into(),
        }],
        handed_in: vec![HandedIn {
            submission: "sub_1".parse().unwrap(),
            registration: "reg_1".parse().unwrap(),
            unit: "7020V1".into(),
            attempt: 1,
            version: 1,
            state_in_words: "Being marked".into(),
            submitted_at: AT.into(),
        }],
        units: vec![MarkableUnit {
            unit: "7020V1".into(),
            title: "Introduction to strategic management".into(),
            criteria: vec![MarkableCriterion {
                criterion: "1.1".into(),
                text: "Assess the links".into(),
                marks: 1,
            }],
        }],
        own: true,
        made: true,
        cannot_withdraw: Some(
            assay_domain::Refusal::new(assay_domain::Code::EvidenceFrozen, "It is with the centre.")
                .remedy("Wait.")
                .who("The assessor"),
        ),
        draft: Some(Draft {
            text: "# One\n\n## Two".into(),
            revision: 3,
            saved_at: Some(AT.into()),
        }),
    }
}

#[test]
fn the_list_is_sound_with_and_without_pieces() {
    for pieces in [0, 2] {
        let line = |n: u32| EvidenceLine {
            id: format!("evd_{n}").parse().unwrap(),
            kind: EvidenceKind::File,
            title: "A & B".into(),
            version: n,
            changed_at: AT.into(),
            media: None,
            file_name: None,
            bytes: Some(10),
            words: None,
            pages: Some(2),
            appendix: true,
            passages: 1,
            submissions: 1,
        };
        let list = EvidenceList {
            pieces: (0..pieces).map(line).collect(),
            total: u64::from(pieces),
            page: 1,
            size: 25,
            search: String::new(),
        };
        let page = EvidenceListPage {
            shell: Shell::default().titled("My evidence"),
            pages: Pages::new("/evidence", "", 1, 25, u64::from(pieces)).of("piece", "pieces"),
            list,
        };
        assert_sound(&page.render().unwrap());
    }
}

#[test]
fn the_page_for_new_evidence_is_sound() {
    let page = NewEvidencePage {
        shell: Shell::default().titled("Add evidence"),
        writing: Form::new(),
        file: Form::new().complain("file", "Choose a file.").prefixed("file"),
        refusals: Refusals::default(),
        most_bytes: 64 << 20,
    };
    assert_sound(&page.render().unwrap());
}

#[test]
fn the_writer_is_sound_and_shows_a_newer_text_beside() {
    let page = WriterPage {
        shell: Shell::default().titled("Report"),
        view: view(EvidenceKind::Written),
        text: "# One\n\n</textarea><script>".into(),
        revision: 3,
        appendix: true,
        gauge: None,
        preview: Some("<h3>One</h3>".into()),
        newer: Some(("newer".into(), AT.into())),
        refusals: Refusals::default(),
        rename: Form::new().prefixed("rename"),
        picture: Form::new().prefixed("picture"),
    };
    let html = page.render().unwrap();
    assert_sound(&html);
    assert!(!html.contains("</textarea><script>"));
}

#[test]
fn a_piece_and_its_marks_are_sound_for_text_and_for_a_pdf() {
    for kind in [EvidenceKind::Written, EvidenceKind::File] {
        let piece = PiecePage {
            shell: Shell::default().titled("Report"),
            view: view(kind),
            refusals: Refusals::default(),
            rename: Form::new().prefixed("rename"),
            file: Form::new().prefixed("file"),
            most_bytes: 64 << 20,
        };
        assert_sound(&piece.render().unwrap());
        let mark = MarkPage {
            shell: Shell::default().titled("Mark"),
            view: view(kind),
            form: Form::new().complain("whole", "Choose a place."),
            refusals: Refusals::default(),
        };
        assert_sound(&mark.render().unwrap());
    }
}

#[test]
fn the_page_for_a_viva_is_sound() {
    let page = RecordPage {
        shell: Shell::default().titled("Record"),
        learner_name: "Amira Khan".into(),
        action: "/registrations/reg_1/record".into(),
        form: Form::new()
            .with("kind", "viva")
            .complain("answer-1", "Enter what was answered."),
        refusals: Refusals::default(),
    };
    assert_sound(&page.render().unwrap());
}
