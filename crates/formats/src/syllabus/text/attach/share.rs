//! Passages that belong to several criteria.

use std::collections::BTreeSet;

use super::super::heads;
use super::Attaching;
use crate::syllabus::codes;
use crate::syllabus::finding::Finding;
use crate::syllabus::words::stems;

impl Attaching<'_> {
    /// A passage that speaks of both disciplines, or of neither, belongs to both criteria of a pair of twins.
    pub(super) fn share_with_twins(&self, free: &[usize], targets: &mut [BTreeSet<usize>]) {
        let alone: Vec<BTreeSet<usize>> = targets.to_vec();
        let claimed = |criterion: usize| alone.iter().any(|set| set.contains(&criterion));
        let mut before: Option<(usize, BTreeSet<usize>)> = None;
        for passage in free {
            let (Some(one), Some(set)) = (self.passages.get(*passage), targets.get_mut(*passage)) else {
                continue;
            };
            let Some(primary) = set.iter().next().copied() else {
                continue;
            };
            if let Some((twin, own, other)) = self.known.get(primary).and_then(|known| known.twin.clone()) {
                let heard = stems(&one.words());
                let (own, other) = (heard.contains(&own), heard.contains(&other));
                let same_place = before.as_ref().is_some_and(|(after, set)| {
                    *after == one.after && set.contains(&primary) && set.contains(&twin)
                });
                if own && other || !own && !other && (!claimed(twin) || same_place) {
                    set.insert(twin);
                }
            }
            before = Some((one.after, set.clone()));
        }
    }

    /// Whether a passage has three words in a row of a criterion that no other criterion of the unit has.
    pub(super) fn quotes(&self, passage: usize, criterion: usize) -> bool {
        let plain = |text: &str| heads::plain(text);
        let (Some(words), Some(known)) = (self.words.get(passage), self.known.get(criterion)) else {
            return false;
        };
        let (words, text) = (plain(words), plain(&known.text));
        let own: Vec<&str> = text.split(' ').collect();
        own.windows(3).any(|three| {
            let phrase = three.join(" ");
            stems(&phrase).len() >= 2
                && words.contains(&phrase)
                && !self
                    .known
                    .iter()
                    .enumerate()
                    .any(|(other, one)| other != criterion && plain(&one.text).contains(&phrase))
        })
    }

    /// A passage that runs past criteria of its own cell belongs to each of them that it fits nearly as well as the best.
    pub(super) fn share_across_the_break(&self, free: &[usize], targets: &mut [BTreeSet<usize>]) {
        for passage in free {
            let (Some(one), Some(set)) = (self.passages.get(*passage), targets.get_mut(*passage)) else {
                continue;
            };
            let Some(primary) = set.iter().next().copied() else {
                continue;
            };
            let best = self.fit(*passage, primary);
            if one.after <= primary && primary < one.until {
                let beside = one.after..one.until;
                set.extend(beside.filter(|other| {
                    self.fit(*passage, *other) >= best - 0.5 || self.quotes(*passage, *other)
                }));
            }
        }
    }

    /// A criterion without guidance whose cell was merged with others has the passage of those that fits it best.
    /// A passage that begins with the number of a criterion is that criterion's alone.
    pub(super) fn close(&mut self, targets: &mut [BTreeSet<usize>], labelled: &[bool]) {
        for criterion in 0..self.known.len() {
            if targets.iter().any(|set| set.contains(&criterion)) {
                continue;
            }
            let near: Vec<usize> = (0..self.passages.len())
                .filter(|passage| {
                    let content = self
                        .passages
                        .get(*passage)
                        .is_some_and(|one| one.parts.first().is_some_and(|part| part.about.is_some()));
                    let beside = self.passages.get(*passage).is_some_and(|one| {
                        one.after.saturating_sub(1).abs_diff(criterion) <= 1
                            && one.parts.first().is_some_and(|part| !part.apart)
                            && one.outcomes.0 == self.known.get(criterion).map(|known| known.outcome)
                    });
                    !content
                        && labelled.get(*passage) != Some(&true)
                        && (beside
                            || self
                                .open
                                .get(*passage)
                                .is_some_and(|open| open.contains(&criterion)))
                })
                .collect();
            let best = near
                .iter()
                .copied()
                .max_by(|a, b| self.fit(*a, criterion).total_cmp(&self.fit(*b, criterion)));
            let Some(best) = best else { continue };
            // It moves where the criterion that had it keeps another passage and suits it no better.
            let had: Vec<usize> = targets.get(best).into_iter().flatten().copied().collect();
            let moves = match had.as_slice() {
                [only] => {
                    let others = targets
                        .iter()
                        .enumerate()
                        .any(|(other, set)| other != best && set.contains(only));
                    others && self.fit(best, criterion) + 0.2 >= self.fit(best, *only)
                }
                _ => false,
            };
            if let Some(set) = targets.get_mut(best) {
                if moves {
                    set.clear();
                }
                set.insert(criterion);
            }
            if moves {
                continue;
            }
            if let (Some(known), Some(passage)) = (self.known.get(criterion), self.passages.get(best)) {
                let finding = Finding::new(
                    &codes::IMPORT_GUIDANCE_SHARED,
                    format!("{}, criterion {}", self.unit, known.number),
                    "no passage of guidance stands at this criterion alone; it shares the nearest that speaks of it",
                )
                .suggest("Compare it with the page, and take it away if the criterion has no guidance.");
                let finding = self.placed(finding, passage);
                self.findings.push(finding);
            }
        }
    }
}
