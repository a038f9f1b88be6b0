//! Pieces of guidance become passages: what was cut by a page break is put together again, and a list stands with the
//! words that announce it.

use super::label;
use super::unit::{Event, Piece};
use crate::syllabus::draft::GuidanceDraft;
use crate::syllabus::finding::Place;
use crate::syllabus::words::{begins_lower, ends_open, ends_sentence, sentences};

/// A passage and where it stands among the criteria of its unit.
#[derive(Debug, Clone, Default)]
pub(super) struct Passage {
    pub(super) parts: Vec<Piece>,
    /// Number of criteria met before it began.
    pub(super) after: usize,
    /// Number of criteria met before its last part.
    pub(super) until: usize,
    /// Index of the outcome in force where it began, and where it ended.
    pub(super) outcomes: (Option<usize>, Option<usize>),
    /// Index of the event where it began.
    pub(super) event: usize,
}

impl Passage {
    /// All its words in one line, for comparing.
    pub(super) fn words(&self) -> String {
        self.parts
            .iter()
            .map(|part| part.text.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The passage as the draft holds it.
    pub(super) fn draft(&self) -> GuidanceDraft {
        let mut text = String::new();
        let mut at: Vec<Place> = Vec::new();
        for (index, part) in self.parts.iter().enumerate() {
            let before = index.checked_sub(1).and_then(|before| self.parts.get(before));
            if let Some(before) = before {
                let goes_on =
                    part.joined || !part.bullet && (begins_lower(&part.text) || !ends_sentence(&before.text));
                text.push(if goes_on { ' ' } else { '\n' });
            }
            text.push_str(&part.text);
            let line = Place {
                columns: None,
                ..part.place.clone()
            };
            match at.last_mut() {
                Some(last) if last.page == line.page && line.from <= last.to.saturating_add(1) => {
                    last.to = line.to
                }
                _ => at.push(line),
            }
        }
        GuidanceDraft { text, at }
    }
}

/// The passages of a unit in reading order.
pub(super) fn passages(events: &[Event]) -> Vec<Passage> {
    let mut made: Vec<Passage> = Vec::new();
    let mut criteria = 0;
    let mut outcome = None;
    for (index, event) in events.iter().enumerate() {
        match event {
            Event::Outcome(o) => outcome = Some(*o),
            Event::Criterion(o, _) => {
                criteria += 1;
                outcome = Some(*o);
            }
            Event::Guidance(whole) => {
                for (rank, piece) in split(whole).into_iter().enumerate() {
                    let piece = &piece;
                    let before = index.checked_sub(1).and_then(|before| events.get(before));
                    let follows_guidance = matches!(before, Some(Event::Guidance(_)));
                    let goes_on = |last: &Passage| {
                        rank == 0 && goes_on(last, piece, follows_guidance, last.outcomes.1 == outcome)
                    };
                    match made.last_mut().filter(|last| goes_on(last)) {
                        Some(last) => {
                            last.parts.push(piece.clone());
                            last.until = criteria;
                            last.outcomes.1 = outcome;
                        }
                        None => made.push(Passage {
                            parts: vec![piece.clone()],
                            after: criteria,
                            until: criteria,
                            outcomes: (outcome, outcome),
                            event: index,
                        }),
                    }
                }
            }
        }
    }
    made
}

/// Whether a piece belongs to the passage before it.
fn goes_on(passage: &Passage, piece: &Piece, follows_guidance: bool, same_outcome: bool) -> bool {
    let Some(last) = passage.parts.last() else {
        return false;
    };
    if last.about.is_some() || piece.about.is_some() {
        return last.about == piece.about;
    }
    if last.apart != piece.apart || piece.named.is_some() {
        return false;
    }
    if piece.joined {
        return true;
    }
    if piece.bullet {
        let own_list = piece.fresh_row && !follows_guidance && ends_sentence(&last.text);
        return !own_list && !turns_to_the_learner(&piece.text);
    }
    if begins_lower(&piece.text) {
        return true;
    }
    let in_list = passage
        .parts
        .iter()
        .rev()
        .find(|part| part.bullet || !begins_lower(&part.text))
        .is_some_and(|part| part.bullet);
    let cut = !in_list
        && !label::begins_with_number(&piece.text)
        && !ends_sentence(&last.text)
        && (last.text.chars().count() > 60 || ends_open(&last.text));
    cut && same_outcome && !piece.fresh_row
}

/// The parts of a piece. Where a conversion lost the marks of a list, what the learner is told next may be in one piece
/// with the last items.
fn split(piece: &Piece) -> Vec<Piece> {
    let turn = [
        "You could ",
        "You should ",
        "You need ",
        "You may ",
        "Your answer ",
    ]
    .iter()
    .flat_map(|start| piece.text.match_indices(start))
    .map(|(at, _)| at)
    .filter(|at| {
        let before = piece.text.get(..*at).unwrap_or_default().trim_end();
        sentences(before) >= 3 && ends_sentence(before)
    })
    .min();
    match turn.filter(|_| piece.bullet) {
        Some(at) => {
            let (before, after) = piece.text.split_at(at);
            let with = |text: &str, bullet: bool| Piece {
                text: text.trim().to_owned(),
                bullet,
                ..piece.clone()
            };
            vec![with(before, true), with(after, false)]
        }
        None => vec![piece.clone()],
    }
}

/// An item of a list that is no item but the next thing the learner is told: `Having compared these, you could …`.
fn turns_to_the_learner(text: &str) -> bool {
    sentences(text) >= 2
        && ["Having ", "You ", "Your ", "In this ", "Here ", "This section "]
            .iter()
            .any(|start| text.starts_with(start))
}
