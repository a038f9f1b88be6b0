//! How well a passage fits a criterion by its words and its place, and the best order of all.

use std::collections::BTreeSet;

use super::super::passages::Passage;
use super::Attaching;

impl Attaching<'_> {
    /// The criteria that a passage may speak about: those of the outcomes in force while it runs.
    pub(super) fn window(&self, passage: &Passage) -> Vec<usize> {
        let near: Vec<usize> = (0..self.known.len())
            .filter(|index| {
                self.known.get(*index).is_some_and(|one| {
                    Some(one.outcome) == passage.outcomes.0 || Some(one.outcome) == passage.outcomes.1
                })
            })
            .collect();
        if near.is_empty() {
            (0..self.known.len()).collect()
        } else {
            near
        }
    }

    /// How well a passage fits a criterion.
    pub(super) fn fit(&self, passage: usize, criterion: usize) -> f64 {
        let (Some(one), Some(known)) = (self.passages.get(passage), self.known.get(criterion)) else {
            return 0.0;
        };
        let (Some(words), Some(heard)) = (self.words.get(passage), self.heard.get(passage)) else {
            return 0.0;
        };
        let set: BTreeSet<&String> = heard.iter().collect();
        let weight = |stem: &String| self.weights.get(stem).copied().unwrap_or(0.0);
        let all: f64 = known.stems.iter().map(weight).sum();
        let shared: f64 = known
            .stems
            .iter()
            .filter(|stem| set.contains(stem))
            .map(weight)
            .sum();
        let mut fit = if all > 0.0 { 3.0 * shared / all } else { 0.0 };
        fit += self.nearness(passage, criterion);
        if let Some((_, own, other)) = &known.twin {
            let count = |wanted: &String| heard.iter().filter(|stem| *stem == wanted).count();
            match (count(own), count(other)) {
                (0, 0) => {}
                (_, 0) => fit += 1.5,
                (0, _) => fit -= 1.5,
                _ => {}
            }
        }
        if words.contains(&known.number) && self.is_referred_to(words, &known.number) {
            fit -= 1.0;
        }
        if one.after == criterion + 1 && self.gives_way(passage) {
            fit -= 1.2;
        }
        fit
    }

    /// Whether a passage heads its row while a later one in the same row opens anew: "Your answer here …". Then it is
    /// likely to be the end of what the row before said.
    pub(super) fn gives_way(&self, passage: usize) -> bool {
        const OPENERS: [&str; 8] = [
            "Your answer here",
            "Here you",
            "Here, ",
            "In this section",
            "This section",
            "For this criterion",
            "When answering this",
            "This element",
        ];
        let opens = |one: &Passage| {
            one.parts.first().is_some_and(|part| {
                part.fresh_row && OPENERS.iter().any(|opener| part.text.starts_with(opener))
            })
        };
        let Some(one) = self.passages.get(passage) else {
            return false;
        };
        one.parts.first().is_some_and(|part| part.fresh_row)
            && !opens(one)
            && self
                .passages
                .get(passage + 1)
                .is_some_and(|next| opens(next) && next.after == one.after)
    }

    /// What a passage's place says: its own row and the rows merged with it come first, neighbours after.
    pub(super) fn nearness(&self, passage: usize, criterion: usize) -> f64 {
        if self
            .open
            .get(passage)
            .is_some_and(|open| open.contains(&criterion))
        {
            let runs_past = self
                .passages
                .get(passage)
                .is_some_and(|one| criterion >= one.after && criterion < one.until);
            return if runs_past { 1.6 } else { 1.2 };
        }
        let Some(one) = self.passages.get(passage) else {
            return 0.0;
        };
        if criterion >= one.after && criterion < one.until {
            return 1.2;
        }
        let before = one.after.saturating_sub(1);
        match criterion.abs_diff(before) {
            0 => 1.2,
            1 => 0.1,
            2 => -1.0,
            _ => -2.0,
        }
    }

    /// The best criterion for each free passage, so that criteria and passages follow the same order.
    pub(super) fn align(&self, free: &[usize]) -> Vec<Option<usize>> {
        let many = self.known.len();
        if many == 0 || free.len().saturating_mul(many) > 500_000 {
            return vec![None; free.len()];
        }
        let mut best = vec![0.0f64; many];
        let mut trail: Vec<Vec<usize>> = Vec::with_capacity(free.len());
        for passage in free {
            let window = self
                .passages
                .get(*passage)
                .map(|one| self.window(one))
                .unwrap_or_default();
            let mut next = vec![f64::NEG_INFINITY; many];
            let mut from = vec![0; many];
            let (mut highest, mut highest_at) = (f64::NEG_INFINITY, 0);
            for criterion in 0..many {
                let value = best.get(criterion).copied().unwrap_or(f64::NEG_INFINITY);
                if value > highest {
                    (highest, highest_at) = (value, criterion);
                }
                let fit = if window.contains(&criterion) {
                    self.fit(*passage, criterion)
                } else {
                    -50.0
                };
                if let (Some(next), Some(from)) = (next.get_mut(criterion), from.get_mut(criterion)) {
                    *next = highest + fit;
                    *from = highest_at;
                }
            }
            best = next;
            trail.push(from);
        }
        let mut at = (0..many)
            .rev()
            .max_by(|a, b| {
                best.get(*a)
                    .unwrap_or(&0.0)
                    .total_cmp(best.get(*b).unwrap_or(&0.0))
            })
            .unwrap_or(0);
        let mut chosen = vec![None; free.len()];
        for (place, from) in trail.iter().enumerate().rev() {
            if let Some(chosen) = chosen.get_mut(place) {
                *chosen = Some(at);
            }
            at = from.get(at).copied().unwrap_or(0);
        }
        chosen
    }
}
