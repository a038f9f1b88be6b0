//! Which criterion a passage of guidance speaks about.
//!
//! In order of weight: the criteria that the passage names as its subject; the outcome that it names; the discipline
//! that it speaks of where two criteria differ by one word; the words it shares with a criterion and with no other; and
//! where it stands. The order of passages follows the order of criteria. Whatever was not settled by a name or by the
//! passage's own row is told as a finding.

use std::collections::{BTreeMap, BTreeSet};

use super::label;
use super::passages::{Passage, passages};
use super::unit::{Body, Event, is_dotted};
use crate::syllabus::codes;
use crate::syllabus::draft::GuidanceDraft;
use crate::syllabus::finding::Finding;
use crate::syllabus::twins::twins;
use crate::syllabus::words::stems;

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
    let words: Vec<String> = passages.iter().map(Passage::words).collect();
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
        self.close(&mut targets);
        self.tell(&free, &targets);
        (targets, self.findings)
    }

    fn index_of(&self, number: &str) -> Option<usize> {
        self.known.iter().position(|one| one.number == number)
    }

    /// Passages that name their criteria or their outcome, and those that follow them without a word of their own.
    fn fixed(&mut self) -> Vec<Option<BTreeSet<usize>>> {
        let mut fixed: Vec<Option<BTreeSet<usize>>> = Vec::with_capacity(self.passages.len());
        // The set named last, and whether what follows without a name still belongs to it.
        let mut carried: Option<BTreeSet<usize>> = None;
        for passage in self.passages {
            let named = self.named(passage);
            if let Some(named) = named {
                carried = Some(named.clone());
                fixed.push(Some(named));
                continue;
            }
            if let Some(whole) = self.whole_outcome(passage) {
                carried = None;
                fixed.push(Some(whole));
                continue;
            }
            if passage.parts.first().is_some_and(|part| part.apart) {
                carried = None;
                fixed.push(Some(BTreeSet::new()));
                continue;
            }
            let still = carried.as_ref().filter(|set| {
                let mut here = passage.after.saturating_sub(1)..passage.until;
                passage.after > 0 && here.all(|criterion| set.contains(&criterion))
            });
            match still {
                Some(set) => fixed.push(Some(set.clone())),
                None => {
                    carried = None;
                    fixed.push(None);
                }
            }
        }
        fixed
    }

    /// The criteria that a passage names as what it is about.
    fn named(&mut self, passage: &Passage) -> Option<BTreeSet<usize>> {
        let mut set = BTreeSet::new();
        if let Some(number) = passage.parts.first().and_then(|part| part.named.clone()) {
            set.extend(self.index_of(&number));
        }
        let words = passage.words();
        let mut unknown = Vec::new();
        for mention in label::mentions(&words, |word| is_dotted(word) || self.index_of(word).is_some()) {
            let at_start = mention.range.start == 0;
            let several = mention.numbers.len() > 1 && begins_sentence(&words, mention.range.start);
            if !(at_start || several) {
                continue;
            }
            for number in &mention.numbers {
                match self.index_of(number) {
                    Some(index) => {
                        set.insert(index);
                    }
                    None => unknown.push(number.clone()),
                }
            }
        }
        if !unknown.is_empty() {
            let finding = Finding::new(
                &codes::IMPORT_GUIDANCE_UNKNOWN,
                self.unit,
                format!(
                    "a passage of guidance names {}, which this unit does not have",
                    unknown.join(", ")
                ),
            )
            .suggest("Look for a criterion that was lost, or for a wrong number in the passage.");
            self.findings.push(self.placed(finding, passage));
        }
        (!set.is_empty()).then_some(set)
    }

    /// `This learning outcome …`, `The assessment criteria for LO2 …`: the outcome as a whole.
    fn whole_outcome(&self, passage: &Passage) -> Option<BTreeSet<usize>> {
        let words = passage.words();
        let head: String = words.chars().take(160).collect::<String>().to_lowercase();
        let outcome = passage.outcomes.0?;
        let speaks = ["this learning outcome", "criteria for lo", "this outcome"]
            .iter()
            .any(|phrase| head.contains(phrase));
        if !speaks {
            return None;
        }
        let set: BTreeSet<usize> = (0..self.known.len())
            .filter(|index| self.known.get(*index).is_some_and(|one| one.outcome == outcome))
            .collect();
        (!set.is_empty()).then_some(set)
    }

    /// The criteria that a passage may speak about: those of the outcomes in force while it runs.
    fn window(&self, passage: &Passage) -> Vec<usize> {
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
    fn fit(&self, passage: usize, criterion: usize) -> f64 {
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
    fn gives_way(&self, passage: usize) -> bool {
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
    fn nearness(&self, passage: usize, criterion: usize) -> f64 {
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

    /// Whether a passage points to a criterion as to something else: "as with AC 1.4", "linking to 1.1".
    fn is_referred_to(&self, words: &str, number: &str) -> bool {
        const POINTING: [&str; 12] = [
            "with",
            "to",
            "at",
            "in",
            "from",
            "for",
            "of",
            "on",
            "and",
            "criterion",
            "using",
            "by",
        ];
        label::mentions(words, |word| word == number)
            .iter()
            .any(|mention| {
                let before = words.get(..mention.range.start).unwrap_or_default().trim_end();
                let last = before
                    .split_whitespace()
                    .last()
                    .unwrap_or_default()
                    .to_lowercase();
                POINTING.contains(&last.as_str()) && !self.is_asked_for(words, mention.range.start)
            })
    }

    /// "to address AC 3.2", "the evidence for AC 3.3", "the next section (AC 2.2)": the passage is about it too.
    fn is_asked_for(&self, words: &str, at: usize) -> bool {
        let before = words.get(..at).unwrap_or_default().trim_end().to_lowercase();
        [
            "address",
            "addresses",
            "evidence for",
            "covers",
            "cover",
            "your answer for",
            "next section (",
        ]
        .iter()
        .any(|phrase| before.ends_with(phrase))
            || begins_sentence(words, at)
    }

    /// The best criterion for each free passage, so that criteria and passages follow the same order.
    fn align(&self, free: &[usize]) -> Vec<Option<usize>> {
        let many = self.known.len();
        if many == 0 || free.len().saturating_mul(many) > 4_000_000 {
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

    /// A passage that speaks of both disciplines, or of neither, belongs to both criteria of a pair of twins.
    fn share_with_twins(&self, free: &[usize], targets: &mut [BTreeSet<usize>]) {
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
    fn quotes(&self, passage: usize, criterion: usize) -> bool {
        let plain = |text: &str| super::heads::plain(text);
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
    fn share_across_the_break(&self, free: &[usize], targets: &mut [BTreeSet<usize>]) {
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

    /// Criteria that a passage says it also covers.
    fn add_named(&self, free: &[usize], targets: &mut [BTreeSet<usize>]) {
        for passage in free {
            let (Some(one), Some(set)) = (self.passages.get(*passage), targets.get_mut(*passage)) else {
                continue;
            };
            let words = one.words();
            for mention in label::mentions(&words, |word| self.index_of(word).is_some()) {
                if self.is_asked_for(&words, mention.range.start) {
                    let window = self.window(one);
                    set.extend(
                        mention
                            .numbers
                            .iter()
                            .filter_map(|number| self.index_of(number))
                            .filter(|index| window.contains(index)),
                    );
                }
            }
        }
    }

    /// A criterion without guidance whose cell was merged with others has the passage of those that fits it best.
    fn close(&mut self, targets: &mut [BTreeSet<usize>]) {
        for criterion in 0..self.known.len() {
            if targets.iter().any(|set| set.contains(&criterion)) {
                continue;
            }
            let near: Vec<usize> = (0..self.passages.len())
                .filter(|passage| {
                    let beside = self.passages.get(*passage).is_some_and(|one| {
                        one.after.saturating_sub(1).abs_diff(criterion) <= 1
                            && one.parts.first().is_some_and(|part| !part.apart)
                            && one.outcomes.0 == self.known.get(criterion).map(|known| known.outcome)
                    });
                    beside
                        || self
                            .open
                            .get(*passage)
                            .is_some_and(|open| open.contains(&criterion))
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
