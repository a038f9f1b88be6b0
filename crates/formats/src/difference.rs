//! What changed between two texts: paragraphs first, words within the paragraphs that changed.

use std::ops::Range;
use std::time::{Duration, Instant};

use serde::{Deserialize, Serialize};
use similar::algorithms::{Capture, Compact, Replace, patience};
use similar::{DiffOp, DiffTag};

/// A stretch of text and what happened to it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// What happened.
    pub kind: ChangeKind,
    /// The stretch; for [`ChangeKind::Folded`] empty.
    pub text: String,
}

/// What happened to a stretch of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// In both texts.
    Same,
    /// Only in the earlier text.
    Removed,
    /// Only in the later text.
    Added,
    /// In both texts, and left out here because nothing near it changed.
    Folded {
        /// How many paragraphs were left out.
        paragraphs: usize,
    },
}

/// How a difference is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Telling {
    /// Unchanged paragraphs that are kept on either side of a change.
    pub context: usize,
    /// After this time the rest is told in less detail: whole paragraphs in place of words.
    pub time: Duration,
}

impl Default for Telling {
    fn default() -> Self {
        Self {
            context: 1,
            time: Duration::from_millis(500),
        }
    }
}

/// Texts longer than this, in bytes, are compared by paragraph only.
const LONGEST_FOR_WORDS: usize = 4 * 1024 * 1024;
/// Paragraphs that share less than this part of their words are told as one removed and one added.
const ALIKE: f32 = 0.35;

/// The changes from the earlier text to the later one, in reading order. Paragraphs are parted by line feeds, which
/// belong to the stretch they end. Joined, what is the same or removed is the earlier text, and what is the same or added
/// the later one, folded stretches aside.
#[must_use]
pub fn difference(earlier: &str, later: &str, telling: Telling) -> Vec<Change> {
    let deadline = Instant::now() + telling.time;
    let before: Vec<&str> = earlier.split_inclusive('\n').collect();
    let after: Vec<&str> = later.split_inclusive('\n').collect();
    let operations = operations(&before, &after, deadline);
    let by_word = earlier.len() + later.len() <= LONGEST_FOR_WORDS;
    let mut told = Told::default();
    let last = operations.len().saturating_sub(1);
    for (at, operation) in operations.iter().enumerate() {
        let (tag, old, new) = operation.as_tag_tuple();
        let old = before.get(old).unwrap_or_default();
        let new = after.get(new).unwrap_or_default();
        match tag {
            DiffTag::Equal => told.same(old, telling.context, at == 0, at == last),
            DiffTag::Delete => told.push(ChangeKind::Removed, &old.concat()),
            DiffTag::Insert => told.push(ChangeKind::Added, &new.concat()),
            DiffTag::Replace if by_word => told.replaced(old, new, deadline),
            DiffTag::Replace => {
                told.push(ChangeKind::Removed, &old.concat());
                told.push(ChangeKind::Added, &new.concat());
            }
        }
    }
    told.changes
}

/// A run of paragraphs that both texts have, or that stand in the place of each other; numbers count from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Run {
    /// In both, this many.
    Same(usize),
    /// Those of the earlier text gave way to those of the later one; either may be none.
    Changed(Range<usize>, Range<usize>),
}

/// The runs of two lists of paragraphs, in order.
#[must_use]
pub fn runs(earlier: &[&str], later: &[&str], telling: Telling) -> Vec<Run> {
    operations(earlier, later, Instant::now() + telling.time)
        .iter()
        .map(|operation| match operation.tag() {
            DiffTag::Equal => Run::Same(operation.old_range().len()),
            _ => Run::Changed(operation.old_range(), operation.new_range()),
        })
        .collect()
}

/// The changes from one paragraph to another, word by word; a paragraph that shares few words with the other is told as
/// removed and the other as added.
#[must_use]
pub fn words(earlier: &str, later: &str, telling: Telling) -> Vec<Change> {
    let mut told = Told::default();
    told.words(earlier, later, Instant::now() + telling.time);
    told.changes
}

/// What of the earlier list is kept, removed, added and replaced, in less detail after the deadline. For one kind of list and by
/// one algorithm on purpose: each other would be in the program again.
fn operations(earlier: &[&str], later: &[&str], deadline: Instant) -> Vec<DiffOp> {
    let mut told = Compact::new(Replace::new(Capture::new()), earlier, later);
    let all = (0..earlier.len(), 0..later.len());
    match patience::diff_deadline(&mut told, earlier, all.0, later, all.1, Some(deadline)) {
        Ok(()) => told.into_inner().into_inner().into_ops(),
        Err(never) => match never {},
    }
}

/// Whether anything changed.
#[must_use]
pub fn has_changed(changes: &[Change]) -> bool {
    changes
        .iter()
        .any(|c| matches!(c.kind, ChangeKind::Removed | ChangeKind::Added))
}

#[derive(Default)]
struct Told {
    changes: Vec<Change>,
}

impl Told {
    fn push(&mut self, kind: ChangeKind, text: &str) {
        if text.is_empty() && !matches!(kind, ChangeKind::Folded { .. }) {
            return;
        }
        match self.changes.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(text),
            _ => self.changes.push(Change {
                kind,
                text: text.to_owned(),
            }),
        }
    }

    fn same(&mut self, paragraphs: &[&str], context: usize, is_first: bool, is_last: bool) {
        let head = if is_first { 0 } else { context };
        let tail = if is_last { 0 } else { context };
        let left_out = paragraphs.len().saturating_sub(head + tail);
        // A single line folded away would take as much room as the line.
        if left_out < 2 {
            self.push(ChangeKind::Same, &paragraphs.concat());
            return;
        }
        let (kept_head, rest) = paragraphs.split_at(head);
        let (_, kept_tail) = rest.split_at(left_out);
        self.push(ChangeKind::Same, &kept_head.concat());
        self.push(ChangeKind::Folded { paragraphs: left_out }, "");
        self.push(ChangeKind::Same, &kept_tail.concat());
    }

    /// Paragraphs that took the place of others: word by word where they are alike.
    fn replaced(&mut self, old: &[&str], new: &[&str], deadline: Instant) {
        // As many as both have are compared one by one; what is more is only removed or only added.
        let pairs = old.len().min(new.len());
        let one_to_one = old.len() == new.len() || pairs <= 3;
        let (old_pairs, old_rest) = old.split_at(if one_to_one { pairs } else { 0 });
        let (new_pairs, new_rest) = new.split_at(if one_to_one { pairs } else { 0 });
        for (old, new) in old_pairs.iter().zip(new_pairs) {
            self.words(old, new, deadline);
        }
        self.words(&old_rest.concat(), &new_rest.concat(), deadline);
    }

    fn words(&mut self, old: &str, new: &str, deadline: Instant) {
        let (before, after) = (pieces(old), pieces(new));
        let operations = operations(&before, &after, deadline);
        let same: usize = operations
            .iter()
            .filter(|o| o.tag() == DiffTag::Equal)
            .map(|o| o.old_range().len())
            .sum();
        let all = before.len() + after.len();
        if all == 0 || (2 * same) as f32 / (all as f32) < ALIKE {
            self.push(ChangeKind::Removed, old);
            self.push(ChangeKind::Added, new);
            return;
        }
        for operation in &operations {
            let text = |pieces: &[&str], range: std::ops::Range<usize>| {
                pieces.get(range).unwrap_or_default().concat()
            };
            match operation {
                DiffOp::Equal { .. } => self.push(ChangeKind::Same, &text(&before, operation.old_range())),
                _ => {
                    self.push(ChangeKind::Removed, &text(&before, operation.old_range()));
                    self.push(ChangeKind::Added, &text(&after, operation.new_range()));
                }
            }
        }
    }
}

/// Words, each with the white space after it.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut from = 0;
    let mut space = false;
    for (at, character) in text.char_indices() {
        let is_space = character.is_whitespace();
        if space && !is_space {
            pieces.extend(text.get(from..at));
            from = at;
        }
        space = is_space;
    }
    pieces.extend(text.get(from..).filter(|rest| !rest.is_empty()));
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn told(earlier: &str, later: &str) -> Vec<(ChangeKind, String)> {
        difference(earlier, later, Telling::default())
            .into_iter()
            .map(|c| (c.kind, c.text))
            .collect()
    }

    #[test]
    fn a_word_put_in_is_told_as_that_word() {
        assert_eq!(
            told(
                "Coaching helps teams to grow.\n",
                "Coaching often helps teams to grow.\n"
            ),
            [
                (ChangeKind::Same, "Coaching ".to_owned()),
                (ChangeKind::Added, "often ".to_owned()),
                (ChangeKind::Same, "helps teams to grow.\n".to_owned()),
            ]
        );
    }

    #[test]
    fn long_unchanged_stretches_are_folded_with_their_number() {
        let before: String = (1..=20).map(|n| format!("Paragraph {n}.\n")).collect();
        let after = before.replace("Paragraph 10.", "Quite another thing stands here now.");
        let changes = told(&before, &after);
        assert_eq!(changes[0].0, ChangeKind::Folded { paragraphs: 8 });
        assert_eq!(changes[1], (ChangeKind::Same, "Paragraph 9.\n".to_owned()));
        assert_eq!(changes[2], (ChangeKind::Removed, "Paragraph 10.\n".to_owned()));
        assert_eq!(changes.last().unwrap().0, ChangeKind::Folded { paragraphs: 9 });
    }

    #[test]
    fn the_same_text_twice_has_no_changes() {
        assert!(!has_changed(&difference(
            "a\nb\nc",
            "a\nb\nc",
            Telling::default()
        )));
        assert_eq!(difference("", "", Telling::default()), []);
    }

    #[test]
    fn two_long_texts_with_nothing_in_common_are_told_in_time() {
        let text = |seed: usize| -> String {
            (0..60_000)
                .map(|n| format!("w{} ", (n * seed) % 99_991))
                .collect()
        };
        let begun = Instant::now();
        let changes = difference(&text(7), &text(13), Telling::default());
        assert!(has_changed(&changes));
        assert!(begun.elapsed() < Duration::from_secs(20), "{:?}", begun.elapsed());
    }

    proptest! {
        #[test]
        fn both_texts_can_be_put_together_again_from_the_changes(
            earlier in "([a-c]{1,3}[ \n]){0,30}",
            later in "([a-c]{1,3}[ \n]){0,30}",
        ) {
            let telling = Telling { context: 10_000, ..Telling::default() };
            let changes = difference(&earlier, &later, telling);
            let joined = |gone: ChangeKind| -> String {
                changes.iter().filter(|c| c.kind != gone).map(|c| c.text.as_str()).collect()
            };
            let folded = changes.iter().any(|c| matches!(c.kind, ChangeKind::Folded { .. }));
            if !folded {
                prop_assert_eq!(joined(ChangeKind::Added), earlier);
                prop_assert_eq!(joined(ChangeKind::Removed), later);
            }
        }
    }
}
