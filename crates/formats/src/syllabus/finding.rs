//! What a reader could not decide or found wrong, told as a good compiler would.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

use assay_specification::Severity;
use serde::{Deserialize, Serialize};

use super::codes::Code;

/// Where something stands in a source.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Page, counted from 1, in sources that have pages.
    pub page: Option<u32>,
    /// First line (or row of a table), counted from 1; on its page where the source has pages of its own. 0 for none.
    pub from: u32,
    /// Last line, inclusive.
    pub to: u32,
    /// First and last column in characters, counted from 1, inclusive; in the first line.
    pub columns: Option<(u32, u32)>,
    /// The cell, key or part in sources that are not lines: `sheet Units, cell C7`, `CFItems[3].fullStatement`.
    pub part: Option<String>,
}

impl Place {
    /// A whole line.
    pub fn line(line: u32) -> Self {
        Self::lines(line, line)
    }

    /// Lines from one to another, both inclusive.
    pub fn lines(from: u32, to: u32) -> Self {
        Self {
            from,
            to,
            ..Self::default()
        }
    }

    /// The same place narrowed to columns, both inclusive.
    pub fn at_columns(mut self, from: u32, to: u32) -> Self {
        self.columns = Some((from, to));
        self
    }

    /// The same place on a page.
    pub fn on_page(mut self, page: u32) -> Self {
        self.page = Some(page);
        self
    }

    /// A named part of a source without lines.
    pub fn part(part: impl Into<String>) -> Self {
        Self {
            part: Some(part.into()),
            ..Self::default()
        }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut parts = Vec::new();
        if let Some(page) = self.page {
            parts.push(format!("page {page}"));
        }
        match (self.from, self.to) {
            (0, _) => {}
            (from, to) if from >= to => parts.push(format!("line {from}")),
            (from, to) => parts.push(format!("lines {from} to {to}")),
        }
        if let Some((from, _)) = self.columns {
            parts.push(format!("column {from}"));
        }
        if let Some(part) = &self.part {
            parts.push(part.clone());
        }
        f.write_str(&parts.join(", "))
    }
}

/// One thing found in reading a syllabus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// Stable code, such as `IMPORT_CRITERION_MISSING`.
    pub code: Cow<'static, str>,
    /// How bad it is.
    pub severity: Severity,
    /// What it is about, in the words of the trade: `unit 7015V1, criterion 1.2`.
    pub subject: String,
    /// Where it stands in the source.
    pub place: Option<Place>,
    /// The line itself, shortened round the place where it is very long; see `offset`.
    pub line_text: Option<String>,
    /// How many characters of the line were left out before `line_text`.
    pub offset: u32,
    /// What is wrong, as a sentence without full stop.
    pub message: String,
    /// What would settle it, as a sentence.
    pub suggestion: Option<String>,
}

impl Finding {
    /// A finding without a place.
    pub fn new(code: &Code, subject: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: Cow::Borrowed(code.name),
            severity: code.severity,
            subject: subject.into(),
            place: None,
            line_text: None,
            offset: 0,
            message: message.into(),
            suggestion: None,
        }
    }

    /// Says where it stands.
    pub fn at(mut self, place: Place) -> Self {
        self.place = Some(place);
        self
    }

    /// Says what would settle it.
    pub fn suggest(mut self, suggestion: impl Into<String>) -> Self {
        self.suggestion = Some(suggestion.into());
        self
    }

    /// Shows the line. Of a long line only what lies round the place is kept.
    pub fn show(mut self, line: &str) -> Self {
        let length = line.chars().count();
        let start = self
            .place
            .as_ref()
            .and_then(|place| place.columns)
            .map_or(0, |(from, _)| (from as usize).saturating_sub(1));
        let skip = if length <= WIDEST {
            0
        } else {
            start.saturating_sub(BEFORE)
        };
        let shown: String = line.chars().skip(skip).take(WIDEST).collect();
        self.offset = u32::try_from(skip).unwrap_or(u32::MAX);
        self.line_text = Some(shown.replace(['\t', '\r'], " "));
        self
    }
}

/// Characters of a line that are shown, and how many of them before the place.
const WIDEST: usize = 100;
const BEFORE: usize = 30;

impl fmt::Display for Finding {
    /// Several lines: the message with its code, the place, the line with the place underlined, what would settle it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}[{}]: {}: {}",
            self.severity.word(),
            self.code,
            self.subject,
            self.message
        )?;
        if let Some(place) = &self.place {
            writeln!(f, "  --> {place}")?;
            if let Some(line) = &self.line_text {
                let number = place.from.to_string();
                let margin = " ".repeat(number.len());
                let cut = if self.offset > 0 { "…" } else { "" };
                writeln!(f, "{margin} |")?;
                writeln!(f, "{number} | {cut}{line}")?;
                let (from, length) = self.underlined(line);
                let marks = "^".repeat(length.max(1));
                let before = " ".repeat(from + cut.chars().count());
                writeln!(f, "{margin} | {before}{marks}")?;
            }
        }
        if let Some(suggestion) = &self.suggestion {
            writeln!(f, "  = {suggestion}")?;
        }
        Ok(())
    }
}

impl Finding {
    /// First character and number of characters to underline in the shown line.
    fn underlined(&self, line: &str) -> (usize, usize) {
        let length = line.chars().count();
        let whole = (0, line.trim_end().chars().count());
        let Some((from, to)) = self.place.as_ref().and_then(|place| place.columns) else {
            return whole;
        };
        let first = (from as usize)
            .saturating_sub(1)
            .saturating_sub(self.offset as usize);
        if first >= length {
            return whole;
        }
        let wanted = (to as usize).saturating_sub(from as usize) + 1;
        (first, wanted.min(length - first))
    }
}

/// All findings as text, with their number by severity at the end.
pub fn findings_as_text(findings: &[Finding]) -> String {
    let mut text = String::new();
    for finding in findings {
        text.push_str(&finding.to_string());
        text.push('\n');
    }
    let count = |severity| {
        findings
            .iter()
            .filter(|finding| finding.severity == severity)
            .count()
    };
    text.push_str(&format!(
        "{} error(s), {} warning(s), {} note(s)\n",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Note)
    ));
    text
}

/// Shows the line of each finding that has a place in lines and shows none yet.
pub(super) fn show_lines(text: &str, findings: &mut [Finding]) {
    let wanted: BTreeMap<u32, ()> = findings
        .iter()
        .filter_map(|finding| Some((finding.place.as_ref()?.from, ())))
        .collect();
    let shown: BTreeMap<u32, &str> = text
        .split('\n')
        .enumerate()
        .filter_map(|(index, line)| {
            let number = u32::try_from(index).ok()? + 1;
            wanted.contains_key(&number).then_some((number, line))
        })
        .collect();
    for finding in findings {
        let line = finding.place.as_ref().and_then(|place| shown.get(&place.from));
        if let (None, Some(line)) = (&finding.line_text, line) {
            *finding = finding.clone().show(line);
        }
    }
}
