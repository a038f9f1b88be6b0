//! What a passage names itself.

use std::collections::BTreeSet;
use std::ops::Range;

use super::super::label;
use super::super::passages::Passage;
use super::super::unit::is_dotted;
use super::{Attaching, LONGEST_COMPARED, begins_sentence};
use crate::syllabus::codes;
use crate::syllabus::finding::Finding;

/// Longest heading before a criterion in brackets, in characters.
const LONGEST_HEADING: usize = 80;

/// Whether a list of criteria tells what the passage belongs to: it stands first, or in brackets after a heading.
pub(super) fn is_label(words: &str, mention: &Range<usize>) -> bool {
    mention.start == 0 || entitles(words, mention)
}

/// `Faults (AC1.3): crossed ends`: a heading that tells in brackets what it belongs to.
fn entitles(words: &str, mention: &Range<usize>) -> bool {
    let before = words.get(..mention.start).map(str::trim_end);
    let bracket = words
        .get(mention.clone())
        .is_some_and(|list| list.starts_with('('));
    let heading = before.and_then(|before| match bracket {
        true => Some(before),
        false => before.strip_suffix('('),
    });
    let after = words
        .get(mention.end..)
        .map(|after| after.trim_start_matches([')', '.']));
    heading.is_some_and(|heading| {
        let ended = heading.contains(['.', '?', '!', ':', ';', '(']);
        !ended && !heading.trim().is_empty() && heading.chars().count() <= LONGEST_HEADING
    }) && after.is_some_and(|after| after.is_empty() || after.starts_with(':'))
}

impl Attaching<'_> {
    /// Passages that name their criteria or their outcome, and those that follow them without a word of their own.
    pub(super) fn fixed(&mut self) -> Vec<Option<BTreeSet<usize>>> {
        let mut fixed: Vec<Option<BTreeSet<usize>>> = Vec::with_capacity(self.passages.len());
        // The set named last, and whether what follows without a name still belongs to it.
        let mut carried: Option<BTreeSet<usize>> = None;
        for passage in self.passages {
            if let Some(content) = self.content_of(passage) {
                carried = None;
                fixed.push(Some(content));
                continue;
            }
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

    /// Content of an outcome belongs to each of its criteria.
    fn content_of(&mut self, passage: &Passage) -> Option<BTreeSet<usize>> {
        let outcome = passage.parts.first()?.about?;
        let set: BTreeSet<usize> = (0..self.known.len())
            .filter(|index| self.known.get(*index).is_some_and(|one| one.outcome == outcome))
            .collect();
        if set.len() > 1 {
            let finding = Finding::new(
                &codes::IMPORT_GUIDANCE_SHARED,
                self.unit,
                "this content stands under an outcome and not at one criterion; it was put with each criterion of the \
                 outcome",
            )
            .suggest("Compare it with the page.");
            let finding = self.placed(finding, passage);
            self.findings.push(finding);
        }
        Some(set)
    }

    /// The criteria that a passage names as what it is about.
    pub(super) fn named(&mut self, passage: &Passage) -> Option<BTreeSet<usize>> {
        let mut set = BTreeSet::new();
        if let Some(number) = passage.parts.first().and_then(|part| part.named.clone()) {
            set.extend(self.index_of(&number));
        }
        let words: String = passage.words().chars().take(LONGEST_COMPARED).collect();
        let mut unknown = Vec::new();
        for mention in label::mentions(&words, |word| is_dotted(word) || self.index_of(word).is_some()) {
            let several = mention.numbers.len() > 1 && begins_sentence(&words, mention.range.start);
            if !(several || is_label(&words, &mention.range)) {
                continue;
            }
            for number in &mention.numbers {
                match self.index_of(number) {
                    Some(index) => {
                        set.insert(index);
                    }
                    None if unknown.len() < 10 => unknown.push(number.clone()),
                    None => {}
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
    pub(super) fn whole_outcome(&self, passage: &Passage) -> Option<BTreeSet<usize>> {
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

    /// Whether a passage points to a criterion as to something else: "as with AC 1.4", "linking to 1.1".
    pub(super) fn is_referred_to(&self, words: &str, number: &str) -> bool {
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
    pub(super) fn is_asked_for(&self, words: &str, at: usize) -> bool {
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

    /// Criteria that a passage says it also covers.
    pub(super) fn add_named(&self, free: &[usize], targets: &mut [BTreeSet<usize>]) {
        for passage in free {
            let (Some(one), Some(set)) = (self.passages.get(*passage), targets.get_mut(*passage)) else {
                continue;
            };
            let words: String = one.words().chars().take(LONGEST_COMPARED).collect();
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
}
