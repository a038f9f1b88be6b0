//! Which criterion a passage of guidance speaks about.
//!
//! In order of weight: the criteria that the passage names as its subject; the outcome that it names; the discipline
//! that it speaks of where two criteria differ by one word; the words it shares with a criterion and with no other; and
//! where it stands. The order of passages follows the order of criteria. Whatever was not settled by a name or by the
//! passage's own row is told as a finding.

mod fit;
mod named;
mod share;

use std::collections::{BTreeMap, BTreeSet};

use super::label;
use super::passages::{Passage, passages};
use super::unit::{Body, Event};
use crate::syllabus::codes;
use crate::syllabus::draft::GuidanceDraft;
use crate::syllabus::finding::Finding;
use crate::syllabus::twins::twins;
use crate::syllabus::words::stems;

/// Characters of a passage that are compared with criteria; a passage of a page has some three thousand.
const LONGEST_COMPARED: usize = 20_000;

/// A criterion with what is compared.
struct Known {
    outcome: usize,
    within: usize,
    number: String,
    stems: BTreeSet<String>,
    text: String,
    /// The criterion that asks the same for something else, with the stem by which this one differs.
    twin: Option<(usize, String, String)>,
}

/// Attaches the guidance of a body to its criteria. What no criterion claims is given back.
pub(super) fn attach(body: &mut Body, unit: &str) -> Vec<GuidanceDraft> {
    let known = known(body);
    let passages = passages(&body.events);
    let words: Vec<String> = passages
        .iter()
        .map(|passage| passage.words().chars().take(LONGEST_COMPARED).collect())
        .collect();
    let targets = Attaching {
        known: &known,
        heard: words
            .iter()
            .map(|words| stems(after_what_was_done(words)))
            .collect(),
        words,
        passages: &passages,
        open: open_sets(&body.events, &passages, &known),
        weights: weights(&known),
        unit,
        findings: Vec::new(),
    };
    let (targets, findings) = targets.run();
    body.findings.extend(findings);
    let mut loose = Vec::new();
    for (passage, targets) in passages.iter().zip(targets) {
        if targets.is_empty() {
            loose.push(passage.draft());
        }
        for target in targets {
            let criterion = known.get(target).and_then(|known| {
                body.outcomes
                    .get_mut(known.outcome)
                    .and_then(|outcome| outcome.criteria.get_mut(known.within))
            });
            if let Some(criterion) = criterion {
                criterion.guidance.push(passage.draft());
            }
        }
    }
    loose
}

/// The criteria in the order in which they were met.
fn known(body: &Body) -> Vec<Known> {
    let mut known: Vec<Known> = body
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Criterion(o, c) => Some((*o, *c)),
            _ => None,
        })
        .filter_map(|(o, c)| {
            let criterion = body.outcomes.get(o)?.criteria.get(c)?;
            let text = criterion
                .text
                .as_ref()
                .map(|found| found.value.clone())
                .unwrap_or_default();
            Some(Known {
                outcome: o,
                within: c,
                number: criterion
                    .number
                    .as_ref()
                    .map(|found| found.value.clone())
                    .unwrap_or_default(),
                stems: stems(&text).into_iter().collect(),
                text,
                twin: None,
            })
        })
        .collect();
    let texts: Vec<(usize, &str)> = known.iter().map(|one| (one.outcome, one.text.as_str())).collect();
    let pairs = twins(&texts);
    for pair in pairs {
        let stem = |word: &str| stems(word).into_iter().next().unwrap_or_default();
        let (first, second) = (stem(&pair.words.0), stem(&pair.words.1));
        if let Some(one) = known.get_mut(pair.first) {
            one.twin = Some((pair.second, first.clone(), second.clone()));
        }
        if let Some(one) = known.get_mut(pair.second) {
            one.twin = Some((pair.first, second, first));
        }
    }
    known
}

/// What each stem is worth: much where few criteria of the unit use it.
fn weights(known: &[Known]) -> BTreeMap<String, f64> {
    let mut counts: BTreeMap<String, f64> = BTreeMap::new();
    for stem in known.iter().flat_map(|one| &one.stems) {
        *counts.entry(stem.clone()).or_default() += 1.0;
    }
    let all = known.len() as f64;
    counts
        .into_iter()
        .map(|(stem, count)| (stem, ((all + 1.0) / (count + 0.5)).ln().max(0.05)))
        .collect()
}

/// For each passage the criteria of its cell: those stacked above it without guidance between, and those whose rows
/// follow it with an empty cell.
fn open_sets(events: &[Event], passages: &[Passage], known: &[Known]) -> Vec<BTreeSet<usize>> {
    let starts: BTreeMap<usize, usize> = passages
        .iter()
        .enumerate()
        .map(|(index, passage)| (passage.event, index))
        .collect();
    let mut open = vec![BTreeSet::new(); passages.len()];
    let mut stacked: BTreeSet<usize> = BTreeSet::new();
    let mut criteria = 0;
    let mut after_guidance = false;
    let mut current: Vec<usize> = Vec::new();
    for (index, event) in events.iter().enumerate() {
        match event {
            Event::Outcome(_) => {
                stacked.clear();
                current.clear();
                after_guidance = false;
            }
            Event::Criterion(..) => {
                if after_guidance {
                    stacked.clear();
                    after_guidance = false;
                }
                stacked.insert(criteria);
                // The passages before it may go on beside it, if no other guidance comes.
                let same = |passage: usize| {
                    passages.get(passage).and_then(|passage| passage.outcomes.0)
                        == known.get(criteria).map(|one| one.outcome)
                };
                let guided = events
                    .get(index + 1)
                    .is_some_and(|next| matches!(next, Event::Guidance(piece) if piece.fresh_row));
                if guided {
                    current.clear();
                }
                for passage in current.iter().copied().filter(|passage| same(*passage)) {
                    if let Some(set) = open.get_mut(passage) {
                        set.insert(criteria);
                    }
                }
                criteria += 1;
            }
            Event::Guidance(_) => {
                if let Some(passage) = starts.get(&index) {
                    if !after_guidance {
                        current.clear();
                    }
                    current.push(*passage);
                    if let Some(set) = open.get_mut(*passage) {
                        set.extend(stacked.iter().copied());
                    }
                }
                after_guidance = true;
            }
        }
    }
    open
}

struct Attaching<'a> {
    known: &'a [Known],
    /// The words of each passage and the stems that tell what it speaks of.
    words: Vec<String>,
    heard: Vec<Vec<String>>,
    passages: &'a [Passage],
    open: Vec<BTreeSet<usize>>,
    weights: BTreeMap<String, f64>,
    unit: &'a str,
    findings: Vec<Finding>,
}

impl Attaching<'_> {
    fn run(mut self) -> (Vec<BTreeSet<usize>>, Vec<Finding>) {
        let mut targets: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); self.passages.len()];
        let fixed = self.fixed();
        let labelled: Vec<bool> = self.words.iter().map(|words| self.is_labelled(words)).collect();
        let free: Vec<usize> = (0..self.passages.len())
            .filter(|index| fixed.get(*index).is_some_and(Option::is_none))
            .collect();
        let chosen = self.align(&free);
        for (index, set) in fixed.into_iter().enumerate() {
            if let (Some(target), Some(set)) = (targets.get_mut(index), set) {
                *target = set;
            }
        }
        for (passage, choice) in free.iter().zip(&chosen) {
            if let (Some(target), Some(choice)) = (targets.get_mut(*passage), choice) {
                target.insert(*choice);
            }
        }
        self.share_with_twins(&free, &mut targets);
        self.share_across_the_break(&free, &mut targets);
        self.add_named(&free, &mut targets);
        self.close(&mut targets, &labelled);
        self.tell(&free, &targets);
        (targets, self.findings)
    }

    /// Whether a passage begins with the number of a criterion.
    fn is_labelled(&self, words: &str) -> bool {
        let mentions = label::mentions(words, |word| self.index_of(word).is_some());
        mentions
            .first()
            .is_some_and(|first| named::is_label(words, &first.range))
    }

    fn index_of(&self, number: &str) -> Option<usize> {
        self.known.iter().position(|one| one.number == number)
    }

    /// Tells which passages were moved away from the row they stand in, and which no criterion claims.
    fn tell(&mut self, free: &[usize], targets: &[BTreeSet<usize>]) {
        let mut findings = Vec::new();
        for (index, passage) in self.passages.iter().enumerate() {
            let Some(set) = targets.get(index) else { continue };
            if set.is_empty() {
                let finding = Finding::new(
                    &codes::IMPORT_GUIDANCE_LOOSE,
                    self.unit,
                    "no criterion claims this passage of guidance",
                )
                .suggest("Attach it to the criteria it speaks about, or leave it out.");
                findings.push(self.placed(finding, passage));
                continue;
            }
            if !free.contains(&index) {
                continue;
            }
            let Some(before) = passage.after.checked_sub(1) else {
                continue;
            };
            let row = passage.parts.first().is_some_and(|part| part.fresh_row);
            let at_home = set.contains(&before)
                || !row && self.open.get(index).is_some_and(|open| !open.is_disjoint(set));
            if at_home {
                continue;
            }
            let numbers = |set: &BTreeSet<usize>| {
                set.iter()
                    .filter_map(|index| self.known.get(*index))
                    .map(|known| known.number.clone())
                    .collect::<Vec<_>>()
                    .join(", ")
            };
            let finding = Finding::new(
                &codes::IMPORT_GUIDANCE_MOVED,
                self.unit,
                format!(
                    "this passage stands beside or after {} but speaks of {}, where it was put",
                    numbers(&BTreeSet::from([before])),
                    numbers(set)
                ),
            )
            .suggest("Compare it with the page.");
            findings.push(self.placed(finding, passage));
        }
        self.findings.extend(findings);
    }

    fn placed(&self, finding: Finding, passage: &Passage) -> Finding {
        match passage.parts.first() {
            Some(part) => {
                let mut place = part.place.clone();
                place.columns = place.columns.map(|(from, _)| (from, from.saturating_add(39)));
                finding.at(place)
            }
            None => finding,
        }
    }
}

/// The words after "Having compared these, …", which tells what was done at another criterion.
fn after_what_was_done(words: &str) -> &str {
    match words.split_once(", ") {
        Some((done, rest)) if done.starts_with("Having ") => rest,
        _ => words,
    }
}

/// Whether a place in a text is the beginning of a sentence.
fn begins_sentence(text: &str, at: usize) -> bool {
    let before = text.get(..at).unwrap_or_default().trim_end();
    before.is_empty() || before.ends_with(['.', '?', '!', ':', ';'])
}
