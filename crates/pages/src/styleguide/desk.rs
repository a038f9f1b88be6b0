//! The sample of the marking desk: one submission half judged.

use crate::desk::{
    BankComment, Block, BlockKind, Citable, DeskCriterion, DeskPage, PassageLink, Piece, PieceBody,
    QualityQuestion, WorkFacts,
};
use crate::drawing::{Standing, WordGauge};
use crate::message::{Act, Refusals, Refused, Tag, Tone, due};

use super::sample_shell;

/// The blocks of a text, their starts counted as the plain text would have them (a line feed between blocks).
fn blocks(parts: &[(BlockKind, &str)]) -> Vec<Block> {
    let mut start = 0;
    let mut blocks = Vec::new();
    for (at, (kind, html)) in parts.iter().enumerate() {
        blocks.push(Block {
            number: at as u32 + 1,
            start,
            kind: *kind,
            html: (*html).to_owned(),
        });
        let mut inside = false;
        let text = html.chars().filter(|c| {
            let keep = !inside && *c != '<';
            inside = (inside || *c == '<') && *c != '>';
            keep
        });
        start += text.count() as u64 + 1;
    }
    blocks
}

fn passage(id: &str, quote: &str, place: &str) -> PassageLink {
    PassageLink {
        id: id.to_owned(),
        quote: quote.to_owned(),
        place: place.to_owned(),
    }
}

fn citable(passage: PassageLink) -> Citable {
    Citable {
        passage,
        cited: true,
        whose: "the learner".to_owned(),
    }
}

fn criterion(number: &str, text: &str, standing: Standing) -> DeskCriterion {
    DeskCriterion {
        number: number.to_owned(),
        text: text.to_owned(),
        standing,
        action: format!("/submissions/sub_1/criteria/{number}"),
        ..DeskCriterion::default()
    }
}

impl DeskPage {
    /// The page with its samples.
    pub fn sample() -> Self {
        use BlockKind::{Heading, Item, Paragraph, Quotation, Reference, Row};
        use Standing::{Claimed, Met, NotSeen, NotYetMet};
        let report = blocks(&[
            (Heading, "Why the depots had to change"),
            (
                Paragraph,
                "Northgate runs six depots. In the spring of 2019 the board asked for one way of planning routes instead of six, because late deliveries had doubled within a year and no two depots measured them alike.",
            ),
            (
                Paragraph,
                r#"<mark id="psg-1" data-criteria="1.1" class="by-learner">Three models frame the change: Lewin’s three stages, Kotter’s eight steps and the equation of Beckhard and Harris.</mark> Each was set against the same four questions, so that the choice would not rest on taste."#,
            ),
            (
                Quotation,
                "Before the change we planned by memory; afterwards we argued about numbers, which was already better.",
            ),
            (Heading, "Solving the problem of the night shift"),
            (
                Paragraph,
                r#"<mark id="psg-2" data-criteria="1.2">Two workshops used rich pictures; the drawings showed that drivers and planners meant different things by “late”.</mark> A third used lateral questions and led to the shared board that is in use today."#,
            ),
            (
                Item,
                "Rich pictures brought out five conflicts that no report had named.",
            ),
            (
                Item,
                "Lateral questions produced eleven ideas, of which two were tried.",
            ),
            (Row, "Idea | Cost | Tried | Kept"),
            (Row, "Shared board | £340 | May 2019 | yes"),
            (Heading, "Sources"),
            (
                Reference,
                "Kotter, J. P. (1996) Leading Change. Boston: Harvard Business School Press.",
            ),
        ]);
        let refused = Refused {
            code: "CRITERION_OPEN".to_owned(),
            because: "Nine criteria have no decision yet.".to_owned(),
            remedy: "Judge each criterion met or not yet met.".to_owned(),
            who: "You, as the assessor of this work".to_owned(),
            source: "requirement JU-02".to_owned(),
            field: None,
        };
        Self {
            shell: sample_shell("Marking 7010V1, Ben Larsson"),
            work: WorkFacts {
                id: "sub_1".to_owned(),
                learner: "Ben Larsson".to_owned(),
                unit: "7010V1".to_owned(),
                unit_title: "Implementing organisational change strategies".to_owned(),
                attempt: 2,
                handed_in: "9 October 2019, 16:05".to_owned(),
                due: Some(due("2019-10-23", 9)),
                length: Some(WordGauge { id: "length".into(), words: 3212, least: 3000, most: 3500, tolerance: 10 }),
                flags: vec![Tag::new(Tone::Info, "Extra time agreed").icon("clock")],
                ..WorkFacts::default()
            },
            pieces: vec![
                Piece {
                    id: "evd-1".to_owned(),
                    title: "Changing how six depots plan".to_owned(),
                    about: "Written here, 3,212 words".to_owned(),
                    original: None,
                    body: PieceBody::Text(report),
                    ..Piece::default()
                },
                Piece {
                    id: "evd-2".to_owned(),
                    title: "The shared board".to_owned(),
                    about: "Picture, 1.4 MB, taken 3 June 2019".to_owned(),
                    original: Some("/evidence/evd-2/file".to_owned()),
                    body: PieceBody::Picture {
                        url: crate::asset_url("mark.svg"),
                        description: "A whiteboard with six columns, one for each depot".to_owned(),
                    },
                    ..Piece::default()
                },
                Piece {
                    id: "evd-3".to_owned(),
                    title: "Talk with the night shift".to_owned(),
                    about: "Sound, 12 minutes".to_owned(),
                    original: Some("/evidence/evd-3/file".to_owned()),
                    body: PieceBody::Sound { url: "/evidence/evd-3/file".to_owned(), transcript: None },
                    ..Piece::default()
                },
            ],
            criteria: vec![
                DeskCriterion {
                    standing: Met,
                    reason: "Three models are named and each is tied to the depots.".to_owned(),
                    citable: vec![citable(passage("psg-1", "Three models frame the change: Lewin’s three stages…", "Report, paragraph 3"))],
                    ..criterion("1.1", "Identify a range of organisational change, models or frameworks", Met)
                },
                DeskCriterion {
                    verbs: vec![("Apply".to_owned(), "used on a real challenge, with what came of it; naming the technique is not enough.".to_owned())],
                    guidance: Some("A range means more than two techniques. Look for what each one brought out that the others had not.".to_owned()),
                    told_apart: Some("The work must show problem solving, not only the models of 1.1 over again.".to_owned()),
                    citable: vec![citable(passage("psg-2", "Two workshops used rich pictures; the drawings showed…", "Report, paragraph 6"))],
                    linked: vec![("#evd-2".to_owned(), "The shared board".to_owned())],
                    before: Some("not yet met, because only one technique was used".to_owned()),
                    open: true,
                    ..criterion("1.2", "Apply a range of creative problem solving techniques to address change challenges", Claimed)
                },
                DeskCriterion {
                    reason: "The solution is named; why it was chosen over the others is missing.".to_owned(),
                    complaint: Some("Tie the reason to the words of the criterion".to_owned()),
                    ..criterion("1.3", "Identify and justify change solutions that link to organisational strategic plans", NotYetMet)
                },
                criterion("2.1", "Evaluate a range of change implementation models", Claimed),
                criterion("2.2", "Identify the criteria to select a change implementation model that supports organisational change", Claimed),
                criterion("3.1", "Demonstrate the use of analytical tools to monitor the progress and the effect of change", NotSeen),
                criterion("3.2", "Assess monitoring and measurement techniques to change within an organisation", NotSeen),
                criterion("3.3", "Analyse strategies to minimise adverse effects of change", NotSeen),
                criterion("4.1", "Identify the processes to review the impact of the change", NotSeen),
                criterion("4.2", "Analyse the results of the impact review", NotSeen),
                criterion("4.3", "Present the findings of the impact review", NotSeen),
            ],
            qualities: vec![
                QualityQuestion {
                    key: "authentic".to_owned(),
                    label: "Authentic".to_owned(),
                    question: "Is it the learner’s own work?".to_owned(),
                    answer: "yes".to_owned(),
                    remark: "Talked through with the learner.".to_owned(),
                },
                QualityQuestion {
                    key: "current".to_owned(),
                    label: "Current".to_owned(),
                    question: "Does it show what the learner can do now?".to_owned(),
                    ..QualityQuestion::default()
                },
            ],
            qualities_action: "/submissions/sub_1/qualities".to_owned(),
            mark_action: "/submissions/sub_1/passages".to_owned(),
            bank: vec![
                BankComment {
                    key: "range".to_owned(),
                    name: "A range is asked for".to_owned(),
                    text: "The criterion asks for a range; one example does not show it.".to_owned(),
                },
                BankComment {
                    key: "listed".to_owned(),
                    name: "Listed, not evaluated".to_owned(),
                    text: "The models are listed; strengths and limits are not weighed against each other.".to_owned(),
                },
            ],
            refusals: Refusals::default(),
            qualities_complaint: None,
            notices: Vec::new(),
            foot: vec![
                Act::opens("Return unmarked", "/submissions/sub_1/return").second(),
                Act::refused("Sign the judgement", vec![refused]),
            ],
            changes: Some("/submissions/sub_1/changes".to_owned()),
            read_only: false,
        }
    }
}
