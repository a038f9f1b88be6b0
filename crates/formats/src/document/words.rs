//! Counting words.
//!
//! A word is what the Unicode word boundaries (UAX 29) call one, if it holds a letter or a digit. One tailoring, which
//! UAX 29 (4.1.1) names itself: parts joined by a hyphen make one word, as they do in the word processors that learners
//! count with, so "stop-gap" is one word. "don't" is one by the standard itself.
//!
//! Scripts that do not part words by spaces are counted as the standard divides them without a dictionary: Chinese and
//! Japanese by character, as word processors do; Thai, Khmer, Lao and Burmese by letter group, so that a limit in words
//! needs its own rule there. A dictionary would add three mebibytes to the program.

use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use unicode_segmentation::UnicodeSegmentation;

use super::{DocumentText, Part};

/// The number of words in a text.
#[must_use]
pub fn words_in(text: &str) -> usize {
    let mut count = 0;
    // What stands directly before: a word; a hyphen directly after a word; or anything else.
    let mut before = Before::Other;
    for segment in text.split_word_bounds() {
        before = if segment.chars().any(char::is_alphanumeric) {
            if before != Before::HyphenAfterWord {
                count += 1;
            }
            Before::Word
        } else if before == Before::Word && matches!(segment, "-" | "\u{2010}" | "\u{2011}") {
            Before::HyphenAfterWord
        } else {
            Before::Other
        };
    }
    count
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Word,
    HyphenAfterWord,
    Other,
}

/// The parts of a document whose words do not count towards a limit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Exclusions {
    parts: BTreeSet<Part>,
}

impl Exclusions {
    /// These parts, and always the lines repeated at the head and foot of pages.
    #[must_use]
    pub fn of(parts: impl IntoIterator<Item = Part>) -> Self {
        let parts = parts.into_iter().chain([Part::RunningHeads]).collect();
        Self { parts }
    }

    /// From the words of a policy profile, as in `["index", "headings", "contents", "references"]`.
    ///
    /// Errors, when: a word names no part.
    pub fn from_words<'a>(words: impl IntoIterator<Item = &'a str>) -> Result<Self, UnknownPart> {
        let parts: Result<Vec<Part>, UnknownPart> = words.into_iter().map(Part::from_str).collect();
        Ok(Self::of(parts?))
    }

    /// Whether a part's words are left out.
    #[must_use]
    pub fn excludes(&self, part: Part) -> bool {
        self.parts.contains(&part) || part == Part::RunningHeads
    }
}

impl Default for Exclusions {
    /// What word-count guidance for management qualifications commonly leaves out: index, headings, contents, references,
    /// bibliography, tables and appendices. Source: practice section 8 (word-count rule object).
    fn default() -> Self {
        Self::of([
            Part::Index,
            Part::Headings,
            Part::Contents,
            Part::References,
            Part::Bibliography,
            Part::Tables,
            Part::Appendices,
        ])
    }
}

/// A word that names no part of a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "\"{0}\" is no part of a document; expected body, headings, tables, footnotes, captions, contents, references, bibliography, index, appendices or running_heads"
)]
pub struct UnknownPart(pub String);

impl FromStr for Part {
    type Err = UnknownPart;

    fn from_str(word: &str) -> Result<Self, UnknownPart> {
        Ok(match word {
            "body" => Self::Body,
            "headings" => Self::Headings,
            "tables" => Self::Tables,
            "footnotes" => Self::Footnotes,
            "captions" => Self::Captions,
            "contents" => Self::Contents,
            "references" => Self::References,
            "bibliography" => Self::Bibliography,
            "index" => Self::Index,
            "appendices" => Self::Appendices,
            "running_heads" => Self::RunningHeads,
            other => return Err(UnknownPart(other.to_owned())),
        })
    }
}

impl Part {
    /// The part in words: "list of references".
    #[must_use]
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Body => "main text",
            Self::Headings => "headings",
            Self::Tables => "tables",
            Self::Footnotes => "footnotes",
            Self::Captions => "captions",
            Self::Contents => "table of contents",
            Self::References => "list of references",
            Self::Bibliography => "bibliography",
            Self::Index => "index",
            Self::Appendices => "appendices",
            Self::RunningHeads => "page headers and footers",
        }
    }
}

/// A document's words under a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordCount {
    /// All words.
    pub total: usize,
    /// The words that count towards the limit.
    pub counted: usize,
    /// The words that count, by part.
    pub counted_by_part: BTreeMap<Part, usize>,
    /// The words left out, by part.
    pub excluded: BTreeMap<Part, usize>,
}

/// Counts a document's words, leaving out what the rule leaves out.
#[must_use]
pub fn count_words(document: &DocumentText, exclusions: &Exclusions) -> WordCount {
    let (excluded, counted_by_part): (BTreeMap<Part, usize>, BTreeMap<Part, usize>) = document
        .word_counts
        .iter()
        .map(|(part, words)| (*part, *words))
        .partition(|(part, _)| exclusions.excludes(*part));
    let counted = counted_by_part.values().sum();
    WordCount {
        total: counted + excluded.values().sum::<usize>(),
        counted,
        counted_by_part,
        excluded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contraction_and_a_hyphenated_word_are_one_word_each() {
        assert_eq!(words_in("don't"), 1);
        assert_eq!(words_in("O'Neill's stop-gap"), 2);
        assert_eq!(words_in("a well-to-do learner"), 3);
        assert_eq!(words_in("before - after"), 2);
        assert_eq!(words_in("3.5 % of £1,200"), 3);
    }

    #[test]
    fn white_space_and_punctuation_are_no_words() {
        assert_eq!(words_in(""), 0);
        assert_eq!(words_in(" \n\t … – ( ) • "), 0);
    }

    #[test]
    fn chinese_and_japanese_are_counted_by_character_as_word_processors_do() {
        assert_eq!(words_in("健康と安全を守る"), 8);
        assert_eq!(words_in("安全 first"), 3);
    }

    #[test]
    fn a_policy_that_names_no_known_part_is_told_which_parts_there_are() {
        let error = Exclusions::from_words(["headings", "blurb"]).unwrap_err();
        assert!(
            error
                .to_string()
                .starts_with("\"blurb\" is no part of a document; expected body, headings")
        );
    }
}
