//! The desk filled from what the application answers.

use super::{
    AlikeParagraph, BankComment, Block, BlockKind, Citable, DeskCriterion, DeskPage, LevelNote, PassageLink,
    Piece, PieceBody, PlacedPassage, QualityQuestion, WorkFacts,
};
use crate::drawing::{Standing, WordGauge};
use crate::message::{Act, Notice, Refusals, Refused, Tag, Tone, due};
use crate::{Shell, format};
use assay_app::evidence::passage::PassageView;
use assay_app::evidence::text::{self, TextBlock};
use assay_app::judgement::desk::{self, DeskView};
use assay_app::submission::reading::{PieceReading, Shown, SubmissionReading};
use assay_domain::fact::{CriterionDecision, Place};
use assay_domain::submission::SubmissionState;
use jiff::civil::Date;

impl DeskPage {
    /// The desk as it stands on a day.
    pub fn of(shell: Shell, view: &DeskView, today: Date) -> Self {
        let at = format!("/submissions/{}", view.reading.submission);
        let open = view
            .criteria
            .iter()
            .find(|criterion| {
                criterion.decided.is_none() || criterion.found.as_ref().is_some_and(|found| !found.agrees)
            })
            .map(|criterion| criterion.number.clone());
        DeskPage {
            work: work(&shell, view, today),
            pieces: pieces(&shell, &view.reading),
            criteria: view
                .criteria
                .iter()
                .map(|found| criterion(found, view, &at, open.as_deref()))
                .collect(),
            qualities: view.qualities.iter().map(quality).collect(),
            qualities_action: format!("{at}/qualities"),
            qualities_complaint: None,
            mark_action: format!("{at}/passages"),
            bank: view
                .bank
                .iter()
                .map(|comment| BankComment {
                    key: comment.id.clone(),
                    name: comment.name(),
                    text: comment.text.clone(),
                })
                .collect(),
            refusals: Refusals::default(),
            notices: notices(view),
            foot: foot(view, &at),
            changes: (view.reading.attempt > 1 || view.reading.revision > 1).then(|| format!("{at}/changes")),
            read_only: !view.holds_the_pen,
            shell,
        }
    }
}

/// The tag of a state.
pub(crate) fn state_tag(state: SubmissionState) -> Tag {
    let (tone, icon) = match state {
        SubmissionState::Submitted => (Tone::Info, "upload"),
        SubmissionState::Taken => (Tone::Info, "pen"),
        SubmissionState::Returned | SubmissionState::Referred => (Tone::Caution, "return"),
        SubmissionState::CountersignDue => (Tone::Caution, "pen"),
        SubmissionState::VerificationDue => (Tone::Info, "shield"),
        SubmissionState::SentBack => (Tone::Caution, "return"),
        SubmissionState::Final => (Tone::Good, "check"),
    };
    Tag::new(tone, state.title()).icon(icon)
}

/// Days from one day to another, negative when it is past.
pub(crate) fn days_until(today: Date, on: Date) -> i64 {
    today.until(on).map_or(0, |span| i64::from(span.get_days()))
}

fn work(shell: &Shell, view: &DeskView, today: Date) -> WorkFacts {
    let reading = &view.reading;
    let waits = matches!(
        view.state,
        SubmissionState::Submitted
            | SubmissionState::Taken
            | SubmissionState::SentBack
            | SubmissionState::CountersignDue
    );
    let mut flags = Vec::new();
    if !reading.intact {
        flags.push(Tag::new(Tone::Bad, "A piece was altered since the hand-in"));
    }
    if !reading.likeness.is_empty() {
        let many = format::plural(reading.likeness.len(), "paragraph", "paragraphs");
        flags.push(Tag::new(Tone::Caution, format!("{many} like other work")));
    }
    if let Some(by) = view.taken_by.as_ref().filter(|_| !view.holds_the_pen && waits) {
        flags.push(Tag::new(Tone::Neutral, format!("With {by}")));
    }
    if let Some(external) = &view.external {
        flags.push(crate::external_assessment::standing_tag(external));
    }
    if view.trainee && view.holds_the_pen {
        flags.push(Tag::new(Tone::Caution, "Needs a countersignature").icon("pen"));
    }
    if let Some(title) = view
        .graded
        .as_ref()
        .filter(|_| view.judgement.is_some() && !view.holds_the_pen)
        .and_then(|graded| graded.title())
    {
        flags.push(Tag::new(Tone::Info, format!("Result: {title}")));
    }
    let mut ways = vec![(
        format!("/submissions/{}/trail", reading.submission),
        "Audit trail".to_owned(),
    )];
    if view.grade.is_some() {
        ways.push((
            format!("/submissions/{}/grade", reading.submission),
            "Own grade".to_owned(),
        ));
    }
    WorkFacts {
        id: reading.submission.to_string(),
        learner: reading.learner_name.clone(),
        unit: reading.unit.clone(),
        unit_title: reading.unit_title.clone(),
        attempt: reading.attempt,
        handed_in: shell.when(reading.submitted_at.as_str()).words,
        due: view
            .due_on
            .filter(|_| waits)
            .map(|on| due(on, days_until(today, on))),
        length: view.length.as_ref().map(|gauge| WordGauge {
            id: "length".to_owned(),
            words: u64::from(gauge.words),
            least: u64::from(gauge.minimum),
            most: u64::from(gauge.maximum),
            tolerance: u64::from((gauge.most - gauge.maximum) * 100)
                .checked_div(u64::from(gauge.maximum))
                .unwrap_or(0),
        }),
        flags,
        state: Some(state_tag(view.state)),
        ways,
        level: view.level_words.map(|words| LevelNote {
            title: format!("What level {} asks for", words.level),
            knowledge: words.knowledge.to_owned(),
            skills: words.skills.to_owned(),
            note: if view.level == view.qualification_level {
                format!("Framework: {}. In short, after the level descriptors.", view.framework)
            } else {
                format!(
                    "Framework: {}. The unit is at level {} inside a level {} qualification and is judged by level {}.",
                    view.framework, view.level, view.qualification_level, view.level
                )
            },
        }),
    }
}

fn notices(view: &DeskView) -> Vec<Notice> {
    let mut notices = Vec::new();
    if view.level != view.qualification_level {
        notices.push(Notice::info(format!(
            "This unit is at level {}; judge it by level {}, not by level {}.",
            view.level, view.level, view.qualification_level
        )));
    }
    if let Some(sent_back) = &view.sent_back {
        let open: Vec<&str> = sent_back
            .criteria
            .iter()
            .filter(|found| !found.agrees)
            .map(|found| found.criterion.as_str())
            .collect();
        let remark = sent_back.remark.as_deref().unwrap_or_default();
        notices.push(
            Notice::caution(format!(
                "{} disagreed on {}. {remark}",
                sent_back.by,
                format::sentence_list(&open)
            ))
            .title(if view.external.is_some() {
                "Sent back by verification"
            } else {
                "Sent back by internal verification"
            }),
        );
    }
    if let Some(reasoning) = &view.corrected {
        notices.push(
            Notice::caution(format!(
                "{reasoning} Judge the work again; your signature supersedes the judgement that was corrected."
            ))
            .title("The result was corrected after the award"),
        );
    }
    notices.extend(appendix_only(view));
    if view.reading.ai_use != "none" {
        let detail = view.reading.ai_detail.as_deref().unwrap_or_default();
        notices.push(
            Notice::info(format!(
                "Used for: {}. {detail}",
                view.reading.ai_use.replace('_', " ")
            ))
            .title("The learner declared the use of tools that generate text"),
        );
    }
    if let Some(changes) = &view.reading.changes {
        notices.push(Notice::info(changes.clone()).title("What the learner changed"));
    }
    if let Some(signed) = &view.judgement
        && view.state != SubmissionState::SentBack
    {
        let countersigned = signed
            .countersigned_by
            .as_ref()
            .map(|by| format!(", countersigned by {by}"))
            .unwrap_or_default();
        let feedback = signed.feedback.as_deref().unwrap_or_default();
        notices.push(Notice::info(feedback.to_owned()).title(format!(
            "Judgement signed by {} on {}{countersigned}",
            signed.signed_by,
            format::date(signed.signed_on)
        )));
    }
    notices
}

/// Criteria to which the work points in an appendix only (LW-08).
fn appendix_only(view: &DeskView) -> Option<Notice> {
    let in_appendix = |id: &assay_domain::id::PassageId| {
        view.reading
            .passages
            .iter()
            .find(|passage| passage.id == *id)
            .is_some_and(|passage| {
                view.reading
                    .pieces
                    .iter()
                    .any(|piece| piece.appendix && piece.evidence == passage.evidence)
            })
    };
    let only: Vec<&str> = view
        .criteria
        .iter()
        .filter(|criterion| !criterion.passages.is_empty() && criterion.passages.iter().all(in_appendix))
        .map(|criterion| criterion.number.as_str())
        .collect();
    (!only.is_empty()).then(|| {
        Notice::info(format!(
            "{} answered in an appendix only. What the criteria need belongs in the main body.",
            if only.len() == 1 {
                format!("Criterion {} is", format::sentence_list(&only))
            } else {
                format!("Criteria {} are", format::sentence_list(&only))
            }
        ))
    })
}

fn foot(view: &DeskView, at: &str) -> Vec<Act> {
    let refused = |refusals: &[assay_domain::Refusal]| refusals.iter().map(Refused::from).collect::<Vec<_>>();
    let act = |label: &str, action: String, refusals: &[assay_domain::Refusal]| {
        if refusals.is_empty() {
            Act::allowed(label, action)
        } else {
            Act::refused(label, refused(refusals))
        }
    };
    match view.state {
        SubmissionState::Submitted => vec![act("Take for marking", format!("{at}/take"), &view.acts.take)],
        SubmissionState::Taken | SubmissionState::SentBack if view.holds_the_pen => vec![
            if view.acts.give_back.is_empty() {
                Act::opens("Return unmarked", format!("{at}/return")).second()
            } else {
                Act::refused("Return unmarked", refused(&view.acts.give_back))
            },
            // Decisions are saved without the page being loaded again, so the page of signing says what is missing.
            Act::opens("Sign the judgement", format!("{at}/sign")),
        ],
        SubmissionState::CountersignDue => vec![act(
            "Countersign",
            format!("{at}/countersign"),
            &view.acts.countersign,
        )],
        _ => Vec::new(),
    }
}

fn criterion(found: &desk::DeskCriterion, view: &DeskView, at: &str, open: Option<&str>) -> DeskCriterion {
    let decided = found.decided.as_ref();
    let cited = decided
        .map(|decided| decided.passages.as_slice())
        .unwrap_or_default();
    let citable: Vec<Citable> = view
        .reading
        .passages
        .iter()
        .filter(|passage| found.passages.contains(&passage.id) || cited.contains(&passage.id))
        .map(|passage| Citable {
            passage: link(passage, &view.reading),
            cited: cited.contains(&passage.id),
            whose: whose(passage),
        })
        .collect();
    DeskCriterion {
        number: found.number.clone(),
        text: found.text.clone(),
        verbs: found
            .verbs
            .iter()
            .filter(|verb| !verb.asks.is_empty())
            .map(|verb| (verb.verb.clone(), verb.asks.clone()))
            .collect(),
        ticks: found
            .verbs
            .iter()
            .map(|verb| (verb.verb.clone(), verb.answered))
            .collect(),
        guidance: (!found.guidance.is_empty()).then(|| found.guidance.join("\n")),
        told_apart: found.told_apart.clone(),
        standing: match decided.map(|decided| decided.decision) {
            Some(CriterionDecision::Met) => Standing::Met,
            Some(CriterionDecision::NotYetMet) => Standing::NotYetMet,
            None if found.passages.is_empty() => Standing::NotSeen,
            None => Standing::Claimed,
        },
        reason: decided.map(|decided| decided.reason.clone()).unwrap_or_default(),
        words: decided
            .and_then(|decided| decided.words.clone())
            .filter(|words| *words != found.text)
            .unwrap_or_default(),
        citable,
        linked: Vec::new(),
        before: found.before.clone(),
        found: found
            .found
            .as_ref()
            .filter(|found| !found.agrees)
            .map(|found| found.reason.clone().unwrap_or_default()),
        action: format!("{at}/criteria/{}", found.number),
        complaint: None,
        open: open == Some(found.number.as_str()),
    }
}

/// Who marked a passage, in words.
fn whose(passage: &PassageView) -> String {
    if passage.by_learner {
        "the learner".to_owned()
    } else {
        passage.by.clone()
    }
}

/// A passage as a link, with the piece it stands in when there are several.
pub(crate) fn link(passage: &PassageView, reading: &SubmissionReading) -> PassageLink {
    let title = reading
        .pieces
        .iter()
        .find(|piece| piece.evidence == passage.evidence)
        .map(|piece| piece.title.as_str())
        .filter(|_| reading.pieces.len() > 1);
    PassageLink {
        id: passage.id.to_string(),
        quote: passage.quote.clone(),
        place: match title {
            Some(title) => format!("{title}, {}", passage.place_in_words),
            None => passage.place_in_words.clone(),
        },
    }
}

fn quality(found: &desk::DeskQuality) -> QualityQuestion {
    QualityQuestion {
        key: found.key.clone(),
        label: found.title.clone(),
        question: found.question.clone(),
        answer: match found.satisfied {
            Some(true) => "yes".to_owned(),
            Some(false) => "no".to_owned(),
            None => String::new(),
        },
        remark: found.remark.clone().unwrap_or_default(),
    }
}

/// The pieces of a hand-in as they are shown.
pub(crate) fn pieces(shell: &Shell, reading: &SubmissionReading) -> Vec<Piece> {
    reading
        .pieces
        .iter()
        .map(|found| piece(shell, found, reading))
        .collect()
}

fn piece(shell: &Shell, found: &PieceReading, reading: &SubmissionReading) -> Piece {
    let blocks: Vec<Block> = found.blocks.iter().map(block).collect();
    let url = found.file.clone();
    let body = match found.shown {
        Shown::Pdf => PieceBody::Pages {
            url,
            pages: found.pages.unwrap_or(1),
            blocks,
        },
        Shown::Picture => PieceBody::Picture {
            url,
            description: found.title.clone(),
        },
        Shown::Sound => PieceBody::Sound {
            url,
            transcript: None,
        },
        Shown::Film => PieceBody::Film { url, captions: None },
        Shown::Document if blocks.is_empty() => PieceBody::Elsewhere(
            "The text of this file could not be read here; open the file as handed in.".to_owned(),
        ),
        Shown::Text | Shown::Document => PieceBody::Text(blocks),
    };
    let places = reading
        .passages
        .iter()
        .filter(|passage| passage.evidence == found.evidence && passage.version == found.version)
        .filter(|passage| found.blocks.is_empty() || !matches!(passage.place, Place::Text { .. }))
        .map(|passage| PlacedPassage {
            id: passage.id.to_string(),
            place: passage.place_in_words.clone(),
            whose: if passage.by_learner {
                String::new()
            } else {
                passage.by.clone()
            },
            criteria: format::sentence_list(&passage.of_unit(&reading.unit)),
        })
        .collect();
    let alike = reading
        .likeness
        .iter()
        .filter(|like| like.evidence == found.evidence)
        .map(|like| AlikeParagraph {
            number: like.paragraph,
            other: format!(
                "work for {}, handed in {}",
                like.unit,
                shell.when(like.submitted_at.as_str()).words
            ),
        })
        .collect();
    Piece {
        id: found.evidence.to_string(),
        title: found.title.clone(),
        about: found.about(),
        original: Some(found.file.clone()),
        note: found.note.clone(),
        places,
        alike,
        body,
    }
}

fn block(found: &TextBlock) -> Block {
    Block {
        number: found.number,
        start: u64::from(found.start),
        kind: match found.kind {
            text::BlockKind::Heading => BlockKind::Heading,
            text::BlockKind::Item => BlockKind::Item,
            text::BlockKind::Quotation => BlockKind::Quotation,
            text::BlockKind::Row => BlockKind::Row,
            text::BlockKind::Reference => BlockKind::Reference,
            _ => BlockKind::Paragraph,
        },
        html: found.html.clone(),
    }
}
