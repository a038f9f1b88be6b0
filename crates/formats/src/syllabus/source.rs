//! The document as lines, to show beside what was read from it. Places of a draft count these lines.

use assay_specification::Model;
use serde::{Deserialize, Serialize};

use super::draft::Draft;
use super::finding::Place;

/// A syllabus as read, with the document it was read from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// What was read, with the reader's own findings; not yet checked.
    pub draft: Draft,
    /// The document as lines.
    pub source: Source,
    /// Models of a catalogue that the document names, where one was at hand.
    #[serde(default)]
    pub catalogue: Vec<Model>,
}

impl Reading {
    /// The draft with the findings of the check, each with the line it is about.
    pub fn checked(&self) -> Draft {
        let mut draft = self.draft.clone();
        self.check(&mut draft);
        draft
    }

    /// Checks a draft made of this reading, and shows the lines of what is found.
    pub fn check(&self, draft: &mut Draft) {
        super::check(draft);
        for finding in &mut draft.findings {
            let (None, Some(place)) = (&finding.line_text, finding.place.clone()) else {
                continue;
            };
            let line = self.source.lines().find(|(page, line)| line.holds(*page, &place));
            if let Some((_, line)) = line {
                *finding = finding.clone().show(&line.text);
            }
        }
    }
}

/// A document as lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its pages in order; one without a number for a source that has none.
    pub pages: Vec<SourcePage>,
}

/// The lines of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePage {
    /// Number of the page, counted from 1, in sources that have pages of their own.
    pub number: Option<u32>,
    /// Its lines.
    pub lines: Vec<SourceLine>,
}

/// A line, or a row of a table whose cells are parted by tabs.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceLine {
    /// First and last number by which places know it; 0 where it is known by its part only.
    pub from: u32,
    /// See `from`.
    pub to: u32,
    /// The part that it is, in sources that are not lines: `/CFItems/3`.
    pub part: Option<String>,
    /// Its words.
    pub text: String,
}

impl SourceLine {
    /// Whether a place lies in this line of this page.
    pub fn holds(&self, page: Option<u32>, place: &Place) -> bool {
        if self.from == 0 {
            let (Some(own), Some(part)) = (&self.part, &place.part) else {
                return false;
            };
            return part
                .strip_prefix(own.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        }
        page == place.page && self.from <= place.to.max(place.from) && place.from <= self.to
    }
}

impl Source {
    /// A text without pages of its own.
    pub fn text(text: &str) -> Self {
        let lines = (1..).zip(text.split('\n')).map(|(number, line)| SourceLine {
            from: number,
            to: number,
            part: None,
            text: line.trim_end_matches('\r').to_owned(),
        });
        let mut lines: Vec<SourceLine> = lines.collect();
        // The text ends with a line feed, not with an empty line.
        if lines.last().is_some_and(|line| line.text.is_empty()) {
            lines.pop();
        }
        Self {
            pages: vec![SourcePage { number: None, lines }],
        }
    }

    /// Every line in order, with the number of its page.
    pub fn lines(&self) -> impl Iterator<Item = (Option<u32>, &SourceLine)> {
        self.pages
            .iter()
            .flat_map(|page| page.lines.iter().map(move |line| (page.number, line)))
    }
}
