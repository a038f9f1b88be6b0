//! The outcomes and criteria of one unit, by what the cells say and not by which column they fell into.

mod cells;
mod columns;
mod content;
mod letters;
mod statements;

use std::collections::BTreeSet;

use super::heads;
use super::label::{self, Label};
use super::lines::{Line, Parting};
use crate::syllabus::draft::OutcomeDraft;
use crate::syllabus::finding::{Finding, Place};
use crate::syllabus::words::{begins_lower, begins_with_verb, ends_sentence, sentences};

/// A piece of guidance as it was met.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) place: Place,
    pub(super) bullet: bool,
    /// Whether a criterion or outcome begins in the same row.
    pub(super) fresh_row: bool,
    /// Whether the line before it was a line of the same paragraph.
    pub(super) joined: bool,
    /// Whether it stands under a heading of its own, apart from the criteria.
    pub(super) apart: bool,
    /// Criterion that a number on a line of its own names.
    pub(super) named: Option<String>,
    /// Outcome whose content it is: it belongs to each of its criteria.
    pub(super) about: Option<usize>,
}

/// What was met in a unit, in reading order.
#[derive(Debug, Clone)]
pub(super) enum Event {
    /// An outcome begins: its index.
    Outcome(usize),
    /// A criterion begins: the indices of its outcome and of itself.
    Criterion(usize, usize),
    /// A piece of guidance.
    Guidance(Piece),
}

/// A unit's body as read.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) outcomes: Vec<OutcomeDraft>,
    pub(super) events: Vec<Event>,
    pub(super) findings: Vec<Finding>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Outcome(usize),
    Criterion(usize, usize),
    Guidance,
}

#[derive(Debug, Clone)]
enum Pending {
    Outcome {
        number: String,
        place: Place,
    },
    Criterion {
        number: String,
        outcome: Option<String>,
        grade: Option<&'static str>,
        place: Place,
    },
}

struct Scan<'a> {
    body: Body,
    unit: &'a str,
    pending: Option<Pending>,
    named: Option<String>,
    /// Column and what stands in it, from the latest row that said so.
    columns: Vec<(u32, Target)>,
    gap_columns: bool,
    last: Option<Target>,
    /// Line of the last text that went to `last`.
    last_line: u32,
    /// The last head line, and whether guidance now stands apart from the criteria.
    head_line: Option<usize>,
    apart: bool,
    over: bool,
    /// The outcome under which criteria without a number of their outcome stand.
    current: Option<usize>,
    /// What is printed again and may go on over several lines.
    again: Option<Target>,
    /// Outcomes whose criteria have letters.
    lettered: BTreeSet<usize>,
    /// Whether a heading announced aims, which have a letter alone.
    aims: bool,
    /// A section of content, while it lasts.
    content: Option<content::Content>,
}

/// Reads the lines of a unit; `skip` tells which of them hold label and value pairs or headings already read.
pub(super) fn scan(lines: &[Line], skip: &[bool], unit: &str) -> Body {
    let mut scan = Scan {
        body: Body::default(),
        unit,
        pending: None,
        named: None,
        columns: Vec::new(),
        gap_columns: false,
        last: None,
        last_line: 0,
        head_line: None,
        apart: false,
        over: false,
        current: None,
        again: None,
        lettered: BTreeSet::new(),
        aims: false,
        content: None,
    };
    for (index, line) in lines.iter().enumerate() {
        if skip.get(index).copied().unwrap_or(false) {
            continue;
        }
        scan.line(index, line, lines.get(index + 1));
    }
    scan.leftovers();
    scan.tell_letters();
    scan.body
}

/// Whether words after a criterion's number are a statement and not a passage about it.
fn statement_like(text: &str) -> bool {
    begins_with_verb(text) && sentences(text) <= 1 && text.chars().count() < 500
}

impl Scan<'_> {
    fn line(&mut self, index: usize, line: &Line, next: Option<&Line>) {
        let text = line.text();
        if self.head(index, line, &text) {
            return;
        }
        if self.over || self.content.is_some() && self.content_line(line) {
            return;
        }
        let mut fresh = false;
        let mut row: Vec<(u32, Target)> = Vec::new();
        let labelled = line.cells.iter().any(|cell| {
            cell.paragraphs
                .first()
                .is_some_and(|first| self.has_label(&first.text, line, next))
        });
        for (place_in_row, cell) in line.cells.iter().enumerate() {
            // What the paragraph before in the same cell was.
            let mut above: Option<Target> = None;
            for (rank, paragraph) in cell.paragraphs.iter().enumerate() {
                let place = line.place_of(paragraph);
                for part in self.parts(&paragraph.text) {
                    let bullet = paragraph.bullet;
                    let statement_above = above.is_some_and(|above| above != Target::Guidance);
                    let target = if statement_above && rank > 0 && !bullet && begins_lower(&part) {
                        above.and_then(|above| self.join(above, &part, &place, false))
                    } else if rank == 0 || statement_above && self.begins_criterion(&part) {
                        self.cell(
                            &part,
                            &place,
                            line,
                            next,
                            (place_in_row, cell.x),
                            labelled,
                            bullet,
                            &mut fresh,
                        )
                    } else {
                        self.guidance(&part, &place, bullet, fresh, false);
                        Some(Target::Guidance)
                    };
                    above = target.or(above);
                    if let Some(target) = target {
                        row.retain(|(x, _)| *x != cell.x);
                        row.push((cell.x, target));
                        self.last = Some(target);
                        self.last_line = line.number;
                    }
                }
            }
        }
        self.remember(line, row, fresh);
    }

    /// Deals with heads of tables and with headings after which the table is over.
    fn head(&mut self, index: usize, line: &Line, text: &str) -> bool {
        if heads::is_end_head(text) && (!self.body.outcomes.is_empty()) {
            self.over = true;
            self.content = None;
            return true;
        }
        if heads::is_content_head(text) && line.lone_text().is_some() {
            self.leftovers();
            self.over = false;
            self.aims = false;
            self.content = Some(content::Content::after(self.body.events.len()));
            self.head_line = Some(index);
            return true;
        }
        let every_cell = line.cells.iter().all(|cell| heads::is_table_head(&cell.text()));
        if !every_cell && !heads::is_table_head(text) {
            return false;
        }
        if self.content.is_some() {
            // Within the content the outcomes come again; only a table of criteria ends it.
            let criteria = line
                .cells
                .iter()
                .any(|cell| heads::head(&cell.text()) == Some(heads::Head::Criterion))
                || heads::head(text).is_none();
            if !criteria {
                return false;
            }
            self.content = None;
        }
        match heads::head(text) {
            _ if heads::is_aims_head(text) => self.aims = true,
            Some(heads::Head::Outcome) => {}
            _ => self.aims = false,
        }
        let beside_another = self.head_line.is_some_and(|before| before + 1 == index);
        let lone_guidance = line.cells.len() == 1 && heads::head(text) == Some(heads::Head::Guidance);
        let had_criteria = self
            .body
            .outcomes
            .iter()
            .any(|outcome| !outcome.criteria.is_empty());
        if lone_guidance && had_criteria && !beside_another {
            self.apart = true;
        } else if !lone_guidance {
            self.apart = false;
            self.over = false;
        }
        if line.parting == Parting::Gaps {
            self.gap_columns = true;
            self.columns = line
                .cells
                .iter()
                .filter(|cell| heads::head(&cell.text()) == Some(heads::Head::Guidance))
                .map(|cell| (cell.x, Target::Guidance))
                .collect();
        }
        self.head_line = Some(index);
        true
    }
}

fn begins_lower_sentence(text: &str) -> bool {
    begins_lower(text) && ends_sentence(text)
}

/// Whether one number can be the next after another: 1.2 after 1.1 or after outcome 1, 2.1 after 1.4.
fn follows(own: &str, next: &str) -> bool {
    let parts = |text: &str| -> Vec<u32> { text.split('.').filter_map(|part| part.parse().ok()).collect() };
    match (parts(own).as_slice(), parts(next).as_slice()) {
        ([outcome], [other, 1]) => outcome == other,
        ([outcome, number], [other, following]) => {
            outcome == other && *following == number + 1 || *other == outcome + 1 && *following == 1
        }
        _ => own.chars().next() == next.chars().next(),
    }
}

/// Whether a word is a number of a criterion in dots.
pub(super) fn is_dotted(word: &str) -> bool {
    matches!(
        label::criterion(word),
        Some((Label::Criterion { number, grade: None, .. }, "")) if number == word
    )
}
