//! The marking desk: the learner's work on the left, the criteria on the right, signing below.
//!
//! Everything works without scripts: each criterion is a form of its own, passages are links, the two panes are two
//! tabs on a phone. `desk.js` adds keys and saving in place, `passages.js` marking by selecting text.
//!
//! # What the forms send
//!
//! | Form | Address | Fields |
//! |---|---|---|
//! | a criterion | [`DeskCriterion::action`] | `decision` (`met`, `not_yet_met`), `reason`, `comment` (a key of the bank, appended to the reason), `passage` (ids cited, several), `verb` (several), `words`, `keep` (keep the reason as a comment) |
//! | the qualities | [`DeskPage::qualities_action`] | `answer-<key>` (`yes`, `no`), `remark-<key>` |
//! | marking a passage | [`DeskPage::mark_action`] | `piece`, `criterion` (several), and `start` and `end`, or `paragraph` (several), or `page`, or `from` and `until` (minutes and seconds), or nothing for the whole piece |
//! | taking, countersigning | the [`Act`]s of the foot | only the guard |
//!
//! A criterion sent by `desk.js` asks for `application/json`: a 2xx JSON answer means saved; 400, 409 and 422 may
//! carry a problem document, whose refusals and complaints are shown in place. After any other answer the script
//! sends the form as it would be sent without it.
//!
//! `start` and `end` count Unicode scalar values in the piece's plain text. Each [`Block`] says where it starts, and
//! the text inside a block is exactly that slice of the plain text, so both sides count the same.

use askama::Template;

use crate::drawing::{Standing, WordGauge};
use crate::format;
use crate::message::{Act, Notice, Refusals, Tag, Tone};
use crate::shell::Shell;

mod fill;

pub(crate) use fill::{days_until, link, pieces, state_tag};

/// The desk with one submission on it.
#[derive(Debug, Template)]
#[template(path = "desk.html")]
pub struct DeskPage {
    /// The frame.
    pub shell: Shell,
    /// What lies on the desk.
    pub work: WorkFacts,
    /// The pieces of work.
    pub pieces: Vec<Piece>,
    /// The criteria of the unit, in order.
    pub criteria: Vec<DeskCriterion>,
    /// The questions on the quality of the work as a whole (requirement JU-06).
    pub qualities: Vec<QualityQuestion>,
    /// Where the answers to them are sent.
    pub qualities_action: String,
    /// Where a marked passage is sent.
    pub mark_action: String,
    /// Comments used before, to be added to a reason.
    pub bank: Vec<BankComment>,
    /// Why the last act did not happen.
    pub refusals: Refusals,
    /// What is wrong with the answers on the qualities as sent.
    pub qualities_complaint: Option<String>,
    /// What to know before reading: a judgement sent back, a declaration on AI tools, pieces that were altered.
    pub notices: Vec<Notice>,
    /// What can be done with the whole: take, return unmarked, sign, countersign.
    pub foot: Vec<Act>,
    /// Where the changes since the last attempt are shown; nothing on a first attempt.
    pub changes: Option<String>,
    /// Whether the page is only to be read: the judgement is signed, or the reader is not its assessor.
    pub read_only: bool,
}

impl DeskPage {
    fn judged(&self) -> usize {
        self.criteria
            .iter()
            .filter(|criterion| criterion.is_judged())
            .count()
    }

    fn met(&self) -> usize {
        self.criteria
            .iter()
            .filter(|criterion| criterion.standing == Standing::Met)
            .count()
    }

    fn share(&self) -> u64 {
        format::percent(self.judged() as u64, self.criteria.len() as u64)
    }

    /// Where the foot's form goes when a key sends it: the first act that is done at once.
    fn foot_action(&self) -> &str {
        self.foot
            .iter()
            .find(|act| act.is_allowed() && !act.opens)
            .map_or("", |act| act.action.as_str())
    }
}

/// What lies on the desk.
#[derive(Debug, Clone, Default)]
pub struct WorkFacts {
    /// The identifier, e.g. `sub_…`.
    pub id: String,
    /// The learner's name, or their number where names are hidden from markers.
    pub learner: String,
    /// The unit's number, e.g. `7010V1`.
    pub unit: String,
    /// The unit's title.
    pub unit_title: String,
    /// Which attempt it is, from 1.
    pub attempt: u32,
    /// When it was handed in, in words.
    pub handed_in: String,
    /// When feedback is due.
    pub due: Option<Tag>,
    /// Its length against the limits, if there are limits.
    pub length: Option<WordGauge>,
    /// What else should be seen at once: adjustments, an open matter.
    pub flags: Vec<Tag>,
    /// How the work stands.
    pub state: Option<Tag>,
    /// Ways to pages about the same work: address and words.
    pub ways: Vec<(String, String)>,
    /// What work of the unit's level shows (requirement QS-23).
    pub level: Option<LevelNote>,
}

/// What work of a level shows.
#[derive(Debug, Clone, Default)]
pub struct LevelNote {
    /// The level in words, e.g. `What level 7 asks for`.
    pub title: String,
    /// What the learner knows.
    pub knowledge: String,
    /// What the learner can do.
    pub skills: String,
    /// Framework and, where it differs, the level of the qualification.
    pub note: String,
}

/// One piece of the work handed in.
#[derive(Debug, Clone, Default)]
pub struct Piece {
    /// The identifier, e.g. `evd_…`.
    pub id: String,
    /// Its title.
    pub title: String,
    /// A line about it: kind, size, when made.
    pub about: String,
    /// Where the file as handed in can be had; nothing for text written here.
    pub original: Option<String>,
    /// Why there is no text, where a document could not be read.
    pub note: Option<String>,
    /// Passages that stand at no words of a text: pages, times, the whole piece.
    pub places: Vec<PlacedPassage>,
    /// Paragraphs whose words another learner has handed in too (requirement LW-01).
    pub alike: Vec<AlikeParagraph>,
    /// What is shown.
    pub body: PieceBody,
}

/// A paragraph whose words another learner has handed in too. It shows and does not judge: both may quote one source.
#[derive(Debug, Clone, Default)]
pub struct AlikeParagraph {
    /// Its number in the piece.
    pub number: u32,
    /// For which unit the other work was handed in, and when.
    pub other: String,
}

/// A passage that is shown as a line, because it stands at no words of a text.
#[derive(Debug, Clone, Default)]
pub struct PlacedPassage {
    /// The identifier, `psg_…`.
    pub id: String,
    /// Where it is, e.g. `page 3`.
    pub place: String,
    /// Who marked it, where it was not the learner.
    pub whose: String,
    /// The criteria it is for.
    pub criteria: String,
}

/// What is shown of a piece.
#[derive(Debug, Clone)]
pub enum PieceBody {
    /// Text, in numbered blocks; passages can be marked in it.
    Text(Vec<Block>),
    /// A document with pages, shown as handed in, with its text (if it could be read) in blocks.
    Pages {
        /// Where the document is.
        url: String,
        /// How many pages it has.
        pages: u32,
        /// Its text.
        blocks: Vec<Block>,
    },
    /// A picture with the learner's description of it.
    Picture {
        /// Where the picture is.
        url: String,
        /// What it shows.
        description: String,
    },
    /// A recording of sound.
    Sound {
        /// Where the recording is.
        url: String,
        /// What is said in it, if it has been written down.
        transcript: Option<String>,
    },
    /// A film.
    Film {
        /// Where the film is.
        url: String,
        /// Where its captions are (WebVTT), if there are any.
        captions: Option<String>,
    },
    /// Something to be fetched and opened elsewhere, or that stays at the workplace.
    Elsewhere(String),
}

impl Default for PieceBody {
    fn default() -> Self {
        Self::Text(Vec::new())
    }
}

impl Piece {
    pub(crate) fn blocks(&self) -> &[Block] {
        match &self.body {
            PieceBody::Text(blocks) | PieceBody::Pages { blocks, .. } => blocks,
            _ => &[],
        }
    }

    pub(crate) fn icon(&self) -> &'static str {
        match self.body {
            PieceBody::Text(_) | PieceBody::Pages { .. } => "document",
            PieceBody::Picture { .. } => "picture",
            PieceBody::Sound { .. } => "sound",
            PieceBody::Film { .. } => "film",
            PieceBody::Elsewhere(_) => "link",
        }
    }
}

/// A paragraph, heading, list item or table row of a piece.
#[derive(Debug, Clone, Default)]
pub struct Block {
    /// Its number in the piece, from 1.
    pub number: u32,
    /// Where it starts in the piece's plain text, in Unicode scalar values.
    pub start: u64,
    /// What it is.
    pub kind: BlockKind,
    /// Its inline HTML, already cleaned: text, emphasis, links and passages as
    /// `<mark id="psg-…" data-criteria="1.1 2.3" class="by-learner">`. Its text is the slice of the plain text.
    pub html: String,
}

/// What a block is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum BlockKind {
    /// A paragraph.
    #[default]
    Paragraph,
    /// A heading; shown one level below the piece's own.
    Heading,
    /// An item of a list.
    Item,
    /// Words of somebody else.
    Quotation,
    /// A row of a table, its cells parted by bars.
    Row,
    /// A source in the list of references.
    Reference,
}

impl BlockKind {
    pub(crate) fn class(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Heading => "heading",
            Self::Item => "item",
            Self::Quotation => "quotation",
            Self::Row => "row",
            Self::Reference => "reference",
        }
    }

    pub(crate) fn is_heading(self) -> bool {
        self == Self::Heading
    }
}

/// A criterion on the desk.
#[derive(Debug, Clone, Default)]
pub struct DeskCriterion {
    /// The number, e.g. `2.1`.
    pub number: String,
    /// The words of the syllabus.
    pub text: String,
    /// The command verbs, each with what it asks for in the centre's own words.
    pub verbs: Vec<(String, String)>,
    /// The centre's guidance, in its own words.
    pub guidance: Option<String>,
    /// What must be told apart here, when the criterion is one of a pair (requirement JU-08).
    pub told_apart: Option<String>,
    /// How it stands: the present decision, or what the learner has pointed to.
    pub standing: Standing,
    /// The reason given so far.
    pub reason: String,
    /// The command verbs to tick where there are several: the verb, and whether the work answers it (QS-30).
    pub ticks: Vec<(String, bool)>,
    /// On a "not yet met": the words of the criterion not yet answered (JU-09).
    pub words: String,
    /// Passages that the decision may rest on: those that the learner points to, and the assessor's own.
    pub citable: Vec<Citable>,
    /// Why internal verification disagrees with the decision, where the judgement was sent back.
    pub found: Option<String>,
    /// Whole pieces of work linked to it: address and title.
    pub linked: Vec<(String, String)>,
    /// The decision at the last attempt, if there was one.
    pub before: Option<String>,
    /// Where the form is sent.
    pub action: String,
    /// What is wrong with what was sent.
    pub complaint: Option<String>,
    /// Whether it is shown open at first.
    pub open: bool,
}

impl DeskCriterion {
    /// Whether a decision has been taken here.
    pub fn is_judged(&self) -> bool {
        matches!(
            self.standing,
            Standing::Met | Standing::NotYetMet | Standing::Recognised
        )
    }

    /// The number as part of an id: full stops would need escaping in a selector.
    fn key(&self) -> String {
        self.number.replace('.', "-")
    }

    fn tag(&self) -> Tag {
        match self.standing {
            Standing::Met => Tag::new(Tone::Good, "Met"),
            Standing::NotYetMet => Tag::new(Tone::Caution, "Not yet met").icon("return"),
            Standing::Recognised => Tag::new(Tone::Neutral, "Recognised").icon("award"),
            Standing::Claimed => Tag::new(Tone::Info, "To be judged").icon("document"),
            Standing::NotSeen => Tag::new(Tone::Neutral, "Nothing yet").icon("dash"),
        }
    }

    fn is(&self, decision: &str) -> bool {
        match self.standing {
            Standing::Met => decision == "met",
            Standing::NotYetMet => decision == "not_yet_met",
            _ => false,
        }
    }
}

/// A passage that a decision may rest on.
#[derive(Debug, Clone, Default)]
pub struct Citable {
    /// The passage.
    pub passage: PassageLink,
    /// Whether the decision rests on it.
    pub cited: bool,
    /// Who marked it, e.g. `the learner`.
    pub whose: String,
}

/// A passage, as a link from a criterion.
#[derive(Debug, Clone, Default)]
pub struct PassageLink {
    /// The identifier, `psg_…`.
    pub id: String,
    /// The first words of the passage.
    pub quote: String,
    /// Where it is, e.g. `Report, paragraph 12`.
    pub place: String,
}

/// A question on the quality of the work as a whole.
#[derive(Debug, Clone, Default)]
pub struct QualityQuestion {
    /// The key, e.g. `authentic`.
    pub key: String,
    /// The word, e.g. `Authentic`.
    pub label: String,
    /// The question.
    pub question: String,
    /// The present answer: `yes`, `no`, `unclear`, or nothing.
    pub answer: String,
    /// The remark.
    pub remark: String,
}

impl QualityQuestion {
    fn is(&self, answer: &str) -> bool {
        self.answer == answer
    }
}

/// A comment used before.
#[derive(Debug, Clone, Default)]
pub struct BankComment {
    /// The key.
    pub key: String,
    /// A short name for the list.
    pub name: String,
    /// The words.
    pub text: String,
}
