//! What a paragraph at the head of a cell is: a number, a statement or a passage.

use super::super::lines::{Line, Parting};
use super::super::{heads, label};
use super::{Pending, Scan, Target, begins_lower_sentence, follows, is_dotted, statement_like};
use crate::syllabus::finding::Place;
use crate::syllabus::words::{begins_like_outcome, begins_with_verb, sentences};
use label::Label;

impl Scan<'_> {
    /// The statements that were run together in one paragraph: `1.1 Explain … 1.2 Describe …`.
    pub(super) fn parts(&self, text: &str) -> Vec<String> {
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

    pub(super) fn embedded(&self, text: &str) -> Option<usize> {
        if text.chars().count() > 3000 {
            return None;
        }
        let starts_as_statement = match label::split(text) {
            Some((_, rest)) => begins_with_verb(rest) || begins_like_outcome(rest),
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

    /// Whether a paragraph is a criterion that was not met yet.
    pub(super) fn begins_criterion(&self, text: &str) -> bool {
        match label::criterion(text) {
            Some((Label::Criterion { number, .. }, rest)) => !self.is_known(&number) && statement_like(rest),
            _ => false,
        }
    }

    /// A label and what follows it; under a heading of aims a letter alone is one.
    fn split<'t>(&self, text: &'t str) -> Option<(Label, &'t str)> {
        label::split(text).or_else(|| label::aim(text).filter(|_| self.aims && self.is_next_aim(text)))
    }

    fn is_next_aim(&self, text: &str) -> bool {
        let next = u8::try_from(self.body.outcomes.len()).map_or(0, |count| b'A'.saturating_add(count));
        text.as_bytes().first() == Some(&next)
    }

    pub(super) fn has_label(&self, text: &str, line: &Line, next: Option<&Line>) -> bool {
        if self.lettered(text).is_some() {
            return true;
        }
        match self.split(text) {
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

    pub(super) fn is_outcome(
        &self,
        number: &str,
        sure: bool,
        rest: &str,
        line: &Line,
        next: Option<&Line>,
    ) -> bool {
        let wanted = self.is_next_outcome(number) || self.awaits_outcome(number);
        if rest.is_empty() {
            // A bare number may be a page number: what follows must read like an outcome.
            let following = if line.cells.len() > 1 {
                line.cells.get(1).map(super::super::lines::Cell::text)
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
    pub(super) fn names_several(&self, text: &str) -> bool {
        let head: String = text.chars().take(300).collect();
        label::mentions(&head, is_dotted)
            .first()
            .is_some_and(|first| first.range.start == 0 && first.numbers.len() > 1)
    }

    /// One paragraph at the head of a cell. Says what it was.
    #[expect(
        clippy::too_many_arguments,
        reason = "what decides is the cell, its row and its neighbours"
    )]
    pub(super) fn cell(
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
        if !after_statement && let Some((number, rest)) = self.lettered(text) {
            *fresh = true;
            return self.letter_begins(number, rest, place);
        }
        match self.split(text) {
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
    pub(super) fn plain_cell(
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
}
