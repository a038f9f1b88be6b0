//! The outcomes and criteria of one unit, by what the cells say and not by which column they fell into.

use super::heads;
use super::label::{self, Label};
use super::lines::{Line, Parting};
use crate::syllabus::codes;
use crate::syllabus::draft::{CriterionDraft, Found, OutcomeDraft};
use crate::syllabus::finding::{Finding, Place};
use crate::syllabus::words::{
    begins_like_outcome, begins_lower, begins_with_verb, ends_open, ends_sentence, sentences,
};

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
    };
    for (index, line) in lines.iter().enumerate() {
        if skip.get(index).copied().unwrap_or(false) {
            continue;
        }
        scan.line(index, line, lines.get(index + 1));
    }
    scan.leftovers();
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
        if self.over {
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
            for (rank, paragraph) in cell.paragraphs.iter().enumerate() {
                let place = line.place_of(paragraph);
                for part in self.parts(&paragraph.text) {
                    let bullet = paragraph.bullet;
                    let target = if rank == 0 && !(bullet && part.len() < 3) {
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
            return true;
        }
        let every_cell = line.cells.iter().all(|cell| heads::is_table_head(&cell.text()));
        if !every_cell && !heads::is_table_head(text) {
            return false;
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

    /// The statements that were run together in one paragraph: `1.1 Explain … 1.2 Describe …`.
    fn parts(&self, text: &str) -> Vec<String> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(at) = self.embedded(rest) {
            let (before, after) = rest.split_at(at);
            parts.push(before.trim().to_owned());
            rest = after.trim_start();
        }
        parts.push(rest.to_owned());
        parts.retain(|part| !part.is_empty());
        parts
    }

    fn embedded(&self, text: &str) -> Option<usize> {
        if text.chars().count() > 3000 {
            return None;
        }
        let starts_as_statement = match label::split(text) {
            Some((_, rest)) => statement_like_head(rest) || begins_like_outcome(rest),
            None => matches!(self.pending, Some(Pending::Criterion { .. })) || begins_like_outcome(text),
        };
        if !starts_as_statement {
            return None;
        }
        let own = label::split(text).map(|(label, _)| match label {
            Label::Criterion { number, .. } | Label::Outcome { number, .. } => number,
        });
        text.char_indices()
            .filter(|(at, c)| *at > 0 && *c == ' ')
            .find(|(at, _)| {
                let rest = text.get(at + 1..).unwrap_or_default();
                match label::criterion(rest) {
                    Some((Label::Criterion { number, .. }, words)) => {
                        begins_with_verb(words)
                            && !self.is_known(&number)
                            && own.as_deref().is_none_or(|own| follows(own, &number))
                    }
                    _ => false,
                }
            })
            .map(|(at, _)| at)
    }

    fn is_known(&self, number: &str) -> bool {
        self.criterion_at(number).is_some()
    }

    fn criterion_at(&self, number: &str) -> Option<(usize, usize)> {
        self.body.outcomes.iter().enumerate().find_map(|(o, outcome)| {
            outcome
                .criteria
                .iter()
                .position(|criterion| {
                    criterion
                        .number
                        .as_ref()
                        .is_some_and(|found| found.value == number)
                })
                .map(|c| (o, c))
        })
    }

    fn next_outcome(&self) -> u32 {
        self.body
            .outcomes
            .iter()
            .filter_map(|outcome| outcome.number.as_ref()?.value.parse::<u32>().ok())
            .max()
            .unwrap_or(0)
            + 1
    }

    fn is_next_outcome(&self, number: &str) -> bool {
        number
            .parse::<u32>()
            .map_or(true, |number| number == self.next_outcome())
    }

    /// Whether an outcome of this number was only inferred from its criteria, or has no words yet.
    fn awaits_outcome(&self, number: &str) -> bool {
        self.body.outcomes.iter().any(|outcome| {
            outcome.text.is_none() && outcome.number.as_ref().is_some_and(|found| found.value == number)
        })
    }

    fn has_label(&self, text: &str, line: &Line, next: Option<&Line>) -> bool {
        match label::split(text) {
            Some((Label::Criterion { number, .. }, rest)) => {
                !self.names_several(text)
                    && (rest.is_empty()
                        || statement_like(rest)
                        || !self.is_known(&number) && sentences(rest) == 0)
            }
            Some((Label::Outcome { number, sure }, rest)) => self.is_outcome(&number, sure, rest, line, next),
            None => false,
        }
    }

    fn is_outcome(&self, number: &str, sure: bool, rest: &str, line: &Line, next: Option<&Line>) -> bool {
        let wanted = self.is_next_outcome(number) || self.awaits_outcome(number);
        if rest.is_empty() {
            // A bare number may be a page number: what follows must read like an outcome.
            let following = if line.cells.len() > 1 {
                line.cells.get(1).map(super::lines::Cell::text)
            } else {
                next.map(Line::text)
            };
            let Some(following) = following else { return sure };
            let fits = begins_like_outcome(&following)
                || (sure || line.cells.len() > 1)
                    && !label::begins_with_number(&following)
                    && sentences(&following) <= 1;
            return fits && (wanted || sure || line.cells.len() > 1)
                || sure && label::begins_with_number(&following);
        }
        if begins_like_outcome(rest) {
            return rest.chars().count() < 500 && sentences(rest) <= 1;
        }
        (sure
            || wanted && line.cells.len() > 1 && line.parting == Parting::Numbered
            || wanted && self.gap_columns && line.indent < 6)
            && sentences(rest) <= 1
            && rest.chars().count() < 400
            && !begins_lower_sentence(rest)
    }

    /// `1.2 & 1.3 Readily …`: a passage that names its criteria.
    fn names_several(&self, text: &str) -> bool {
        label::mentions(text, is_dotted)
            .first()
            .is_some_and(|first| first.range.start == 0 && first.numbers.len() > 1)
    }

    /// One paragraph at the head of a cell. Says what it was.
    #[expect(
        clippy::too_many_arguments,
        reason = "what decides is the cell, its row and its neighbours"
    )]
    fn cell(
        &mut self,
        text: &str,
        place: &Place,
        line: &Line,
        next: Option<&Line>,
        (place_in_row, x): (usize, u32),
        labelled: bool,
        bullet: bool,
        fresh: &mut bool,
    ) -> Option<Target> {
        // Right of a statement in its row stands guidance, whatever it begins with, unless it is a new statement.
        let after_statement =
            *fresh && matches!(self.last, Some(Target::Criterion(..))) && self.pending.is_none();
        match label::split(text) {
            Some((
                Label::Criterion {
                    number,
                    outcome,
                    grade,
                },
                rest,
            )) if !self.names_several(text) => {
                let known = self.is_known(&number);
                if rest.is_empty() {
                    if known {
                        self.named = Some(number);
                        return None;
                    }
                    self.leftovers();
                    self.pending = Some(Pending::Criterion {
                        number,
                        outcome,
                        grade,
                        place: place.clone(),
                    });
                    *fresh = true;
                    return None;
                }
                let statement = statement_like(rest)
                    || (!known && !after_statement && sentences(rest) == 0 && rest.chars().count() < 400);
                let same_row_again = after_statement && known;
                if statement && !same_row_again {
                    self.leftovers();
                    *fresh = true;
                    return self.criterion(&number, outcome.as_deref(), grade, Some(rest), place);
                }
                self.guidance(text, place, bullet, *fresh, false);
                Some(Target::Guidance)
            }
            Some((Label::Outcome { number, sure }, rest))
                if !after_statement && !bullet && self.is_outcome(&number, sure, rest, line, next) =>
            {
                self.leftovers();
                *fresh = true;
                self.apart = false;
                if rest.is_empty() {
                    self.pending = Some(Pending::Outcome {
                        number,
                        place: place.clone(),
                    });
                    return None;
                }
                self.outcome(Some(&number), Some(rest), place)
            }
            _ => self.plain_cell(text, place, line, (place_in_row, x), labelled, bullet, *fresh),
        }
    }

    /// A paragraph without a number of its own.
    #[expect(
        clippy::too_many_arguments,
        reason = "what decides is the cell, its row and its neighbours"
    )]
    fn plain_cell(
        &mut self,
        text: &str,
        place: &Place,
        line: &Line,
        (place_in_row, x): (usize, u32),
        labelled: bool,
        bullet: bool,
        fresh: bool,
    ) -> Option<Target> {
        // A number that is known, and then its own words: the statement was printed again.
        if let Some((o, c)) = self.named.as_deref().and_then(|number| self.criterion_at(number))
            && self
                .text_of(Target::Criterion(o, c))
                .is_some_and(|known| known.starts_with(text))
        {
            self.named = None;
            self.repeated(Target::Criterion(o, c), place);
            return Some(Target::Criterion(o, c));
        }
        if let Some(pending) = self.pending.take() {
            return match pending {
                Pending::Outcome { number, place: at } => {
                    self.outcome(Some(&number), Some(text), place).inspect(|target| {
                        if let Target::Outcome(o) = target
                            && let Some(found) = self
                                .body
                                .outcomes
                                .get_mut(*o)
                                .and_then(|outcome| outcome.number.as_mut())
                        {
                            found.at = vec![at];
                        }
                    })
                }
                Pending::Criterion {
                    number,
                    outcome,
                    grade,
                    place: at,
                } => {
                    let target = self.criterion(&number, outcome.as_deref(), grade, Some(text), place);
                    if let Some(Target::Criterion(o, c)) = target
                        && let Some(found) = self
                            .criterion_mut(o, c)
                            .and_then(|criterion| criterion.number.as_mut())
                    {
                        found.at = vec![at];
                    }
                    target
                }
            };
        }
        if (!labelled || line.parting == Parting::Gaps && self.hangs_in(x))
            && let Some(target) = self.continued(text, place, line, x, bullet)
        {
            return Some(target);
        }
        // The learner will: / The learner can: between the numbers is no statement.
        if heads::is_table_head(text) {
            return None;
        }
        let joined =
            !labelled && place_in_row == 0 && !line.after_gap && line.parting == Parting::None && !bullet;
        self.guidance(
            text,
            place,
            bullet,
            fresh,
            joined && self.last == Some(Target::Guidance),
        );
        Some(Target::Guidance)
    }

    /// Whether a paragraph without number goes on with a statement begun before, and if so joins it.
    fn continued(&mut self, text: &str, place: &Place, line: &Line, x: u32, bullet: bool) -> Option<Target> {
        let lower = begins_lower(text);
        let column = self.column(x, line);
        if line.parting == Parting::Numbered && line.cells.len() > 1 {
            let target = column.filter(|target| *target != Target::Guidance && lower)?;
            return self.join(target, text, place, false);
        }
        if self.gap_columns && self.in_columns(x, line) {
            let target = column.filter(|target| *target != Target::Guidance)?;
            if line.after_gap && !lower && !bullet {
                return None;
            }
            return self.join(target, text, place, bullet);
        }
        let target = self.last.filter(|last| *last != Target::Guidance)?;
        let words = self.text_of(target)?;
        if bullet {
            // A list belongs to a statement that announces it.
            return words
                .ends_with(':')
                .then(|| self.join(target, text, place, true))
                .flatten();
        }
        if line.after_gap || line.parting != Parting::None {
            if !lower {
                return None;
            }
            let open = ends_open(&words);
            if !open && self.guidance_is_open() {
                return None;
            }
            if !open {
                self.unsure(target, text, place, line);
            }
            return self.join(target, text, place, false);
        }
        if ends_sentence(&words) {
            return None;
        }
        if lower || ends_open(&words) {
            return self.join(target, text, place, false);
        }
        if text.chars().count() < 90
            && sentences(text) == 0
            && words.chars().count() >= 50
            && self.last_line + 1 == line.number
        {
            self.unsure(target, text, place, line);
            return self.join(target, text, place, false);
        }
        None
    }

    fn unsure(&mut self, target: Target, text: &str, place: &Place, line: &Line) {
        let subject = self.in_words(target);
        let words: String = text.chars().take(40).collect();
        self.body.findings.push(
            Finding::new(
                &codes::IMPORT_CONTINUATION,
                subject,
                format!("\"{words}\" was taken for the rest of this statement, which a break may have cut"),
            )
            .at(place.clone())
            .show(&line.raw)
            .suggest("Compare it with the page; if it is guidance, take it out of the statement."),
        );
    }

    /// What stands in a column, by the latest row that said so.
    fn column(&self, x: u32, line: &Line) -> Option<Target> {
        if line.parting == Parting::Numbered {
            return self
                .columns
                .iter()
                .find(|(column, _)| *column == x)
                .map(|(_, target)| *target);
        }
        self.columns
            .iter()
            .filter(|(column, _)| *column <= x + 4)
            .max_by_key(|(column, _)| *column)
            .map(|(_, target)| *target)
    }

    /// Whether a cell begins where a column begins, or a little further in.
    fn hangs_in(&self, x: u32) -> bool {
        self.columns
            .iter()
            .any(|(column, target)| *target != Target::Guidance && (*column..=column + 8).contains(&x))
    }

    /// Whether a line of gaps, or a line alone, lies within one column and does not run across.
    fn in_columns(&self, x: u32, line: &Line) -> bool {
        if line.parting == Parting::Gaps {
            return true;
        }
        let width = u32::try_from(line.raw.trim_end().chars().count()).unwrap_or(u32::MAX);
        let following = self
            .columns
            .iter()
            .map(|(column, _)| *column)
            .filter(|column| *column > x + 4)
            .min();
        !self.columns.is_empty()
            && following.is_none_or(|following| width <= following + 2)
            && (following.is_some() || x > 6)
    }

    fn remember(&mut self, line: &Line, row: Vec<(u32, Target)>, fresh: bool) {
        match line.parting {
            Parting::Numbered if fresh => {
                self.columns = row;
                self.gap_columns = false;
            }
            Parting::Gaps => {
                self.gap_columns = true;
                for (x, target) in row {
                    // The rest of a statement may hang in; it begins no column.
                    let rest = self.columns.iter().any(|(_, known)| *known == target);
                    if target == Target::Guidance && !fresh || target != Target::Guidance && rest {
                        continue;
                    }
                    self.columns.retain(|(column, _)| column.abs_diff(x) > 4);
                    self.columns.push((x, target));
                }
            }
            Parting::None if fresh && self.gap_columns => {
                for (x, target) in row {
                    self.columns.retain(|(column, _)| column.abs_diff(x) > 4);
                    self.columns.push((x, target));
                }
            }
            Parting::None | Parting::Numbered => {}
        }
    }

    /// Whether the last passage of guidance ends in the middle of a sentence, so that something of it must follow.
    fn guidance_is_open(&self) -> bool {
        self.body
            .events
            .iter()
            .rev()
            .find_map(|event| match event {
                Event::Guidance(piece) => Some(!ends_sentence(&piece.text)),
                _ => None,
            })
            .unwrap_or(false)
    }

    fn text_of(&self, target: Target) -> Option<String> {
        let field = match target {
            Target::Outcome(o) => &self.body.outcomes.get(o)?.text,
            Target::Criterion(o, c) => &self.body.outcomes.get(o)?.criteria.get(c)?.text,
            Target::Guidance => return None,
        };
        field.as_ref().map(|found| found.value.clone())
    }

    fn in_words(&self, target: Target) -> String {
        let number = |field: &Option<Found<String>>| {
            field
                .as_ref()
                .map_or("?", |found| found.value.as_str())
                .to_owned()
        };
        match target {
            Target::Outcome(o) => {
                let number = self.body.outcomes.get(o).map(|outcome| number(&outcome.number));
                format!("{}, outcome {}", self.unit, number.unwrap_or_default())
            }
            Target::Criterion(o, c) => {
                let criterion = self
                    .body
                    .outcomes
                    .get(o)
                    .and_then(|outcome| outcome.criteria.get(c));
                let number = criterion.map(|criterion| number(&criterion.number));
                format!("{}, criterion {}", self.unit, number.unwrap_or_default())
            }
            Target::Guidance => self.unit.to_owned(),
        }
    }

    fn criterion_mut(&mut self, o: usize, c: usize) -> Option<&mut CriterionDraft> {
        self.body.outcomes.get_mut(o)?.criteria.get_mut(c)
    }

    fn join(&mut self, target: Target, text: &str, place: &Place, item: bool) -> Option<Target> {
        let field = match target {
            Target::Outcome(o) => &mut self.body.outcomes.get_mut(o)?.text,
            Target::Criterion(o, c) => &mut self.body.outcomes.get_mut(o)?.criteria.get_mut(c)?.text,
            Target::Guidance => return None,
        };
        match field {
            Some(found)
                if found.value.len() > text.len() && found.value.ends_with(text) && text.contains(' ') =>
            {
                self.repeated(target, place);
            }
            Some(found) => {
                found.value.push(if item { '\n' } else { ' ' });
                found.value.push_str(text);
                found.at.push(place.clone());
            }
            None => *field = Some(Found::new(text.to_owned(), place.clone())),
        }
        Some(target)
    }

    /// Tells that words stand a second time and were read once.
    fn repeated(&mut self, target: Target, place: &Place) {
        let subject = self.in_words(target);
        self.body.findings.push(
            Finding::new(
                &codes::IMPORT_REPEATED,
                subject,
                "the same words stand here again; they were read once",
            )
            .at(place.clone())
            .suggest("Nothing has to be done where a page repeats the row it breaks."),
        );
    }

    fn outcome(&mut self, number: Option<&str>, text: Option<&str>, place: &Place) -> Option<Target> {
        let text = text.map(|text| Found::new(text.to_owned(), place.clone()));
        if let Some(number) = number
            && let Some(o) = self
                .body
                .outcomes
                .iter()
                .position(|outcome| outcome.number.as_ref().is_some_and(|found| found.value == number))
            && let Some(outcome) = self.body.outcomes.get_mut(o)
        {
            if outcome.text.is_none() {
                outcome.text = text;
                self.body.events.push(Event::Outcome(o));
                return Some(Target::Outcome(o));
            }
            // The same outcome printed again over a page break is no second outcome.
            let again = outcome.text.as_ref().map(|found| found.value.as_str())
                == text.as_ref().map(|found| found.value.as_str());
            if again {
                self.repeated(Target::Outcome(o), place);
                return Some(Target::Outcome(o));
            }
        }
        let number = number.map(|number| Found::new(number.to_owned(), place.clone()));
        self.body.outcomes.push(OutcomeDraft {
            number,
            text,
            criteria: Vec::new(),
        });
        let o = self.body.outcomes.len() - 1;
        self.body.events.push(Event::Outcome(o));
        Some(Target::Outcome(o))
    }

    fn criterion(
        &mut self,
        number: &str,
        outcome: Option<&str>,
        grade: Option<&'static str>,
        text: Option<&str>,
        place: &Place,
    ) -> Option<Target> {
        self.named = None;
        if let (Some((o, c)), Some(text)) = (self.criterion_at(number), text)
            && self.text_of(Target::Criterion(o, c)).as_deref() == Some(text)
        {
            self.repeated(Target::Criterion(o, c), place);
            return Some(Target::Criterion(o, c));
        }
        let is_number =
            |one: &OutcomeDraft, wanted: &str| one.number.as_ref().is_some_and(|found| found.value == wanted);
        let o = match outcome {
            Some(wanted) => self.body.outcomes.iter().rposition(|one| is_number(one, wanted)),
            None => self.body.outcomes.len().checked_sub(1),
        };
        let o = match o {
            Some(o) => o,
            None => {
                // Its outcome was not met (yet): the criterion keeps its place, the words may follow.
                self.body.outcomes.push(OutcomeDraft {
                    number: outcome.map(|outcome| Found::new(outcome.to_owned(), place.clone())),
                    ..OutcomeDraft::default()
                });
                self.body.outcomes.len() - 1
            }
        };
        let outcome = self.body.outcomes.get_mut(o)?;
        outcome.criteria.push(CriterionDraft {
            number: Some(Found::new(number.to_owned(), place.clone())),
            text: text.map(|text| Found::new(text.to_owned(), place.clone())),
            grade: grade.map(|grade| Found::new(grade.to_owned(), place.clone())),
            guidance: Vec::new(),
        });
        let c = outcome.criteria.len() - 1;
        self.body.events.push(Event::Criterion(o, c));
        Some(Target::Criterion(o, c))
    }

    fn guidance(&mut self, text: &str, place: &Place, bullet: bool, fresh_row: bool, joined: bool) {
        self.body.events.push(Event::Guidance(Piece {
            text: text.to_owned(),
            place: place.clone(),
            bullet,
            fresh_row,
            joined,
            apart: self.apart,
            named: self.named.take(),
        }));
    }

    /// A number whose words never came.
    fn leftovers(&mut self) {
        match self.pending.take() {
            Some(Pending::Criterion {
                number,
                outcome,
                grade,
                place,
            }) => {
                self.criterion(&number, outcome.as_deref(), grade, None, &place);
            }
            Some(Pending::Outcome { number, place }) => {
                self.outcome(Some(&number), None, &place);
            }
            None => {}
        }
    }
}

fn statement_like_head(text: &str) -> bool {
    begins_with_verb(text)
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
