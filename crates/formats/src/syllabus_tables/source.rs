//! Lines with cells, as a reader of tables found them, and the draft that the text reader makes of them.
//!
//! A table's row becomes one line whose cells are parted by tabs, so that the reader of texts, which knows what outcomes,
//! criteria and guidance look like, is the same for every kind of document. Places are given back as the document has them.

use serde_json::Value;

use crate::syllabus::{self, Draft, Finding, Place, read_text};

/// A cell's paragraphs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CellText {
    pub(super) paragraphs: Vec<ParagraphText>,
}

/// A paragraph.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct ParagraphText {
    pub(super) text: String,
    /// Whether it is an item of a list.
    pub(super) bullet: bool,
}

/// A row of cells, or a paragraph as a row of one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct SourceLine {
    pub(super) cells: Vec<CellText>,
    /// Where it stands in the document.
    pub(super) at: Vec<Place>,
}

/// A document as lines.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub(super) lines: Vec<SourceLine>,
    pub(super) findings: Vec<Finding>,
}

impl CellText {
    pub(super) fn is_empty(&self) -> bool {
        self.paragraphs.iter().all(|one| one.text.is_empty())
    }

    /// All its words.
    pub(super) fn text(&self) -> String {
        let parts: Vec<&str> = self.paragraphs.iter().map(|one| one.text.as_str()).collect();
        parts.join(" ")
    }

    /// All its words, a paragraph a line.
    fn lines(&self) -> String {
        let parts: Vec<String> = self
            .paragraphs
            .iter()
            .map(|one| {
                let mark = if one.bullet { "• " } else { "" };
                format!("{mark}{}", clean(&one.text))
            })
            .collect();
        parts.join("\n")
    }

    /// As it stands in a line: one paragraph plain, several marked up.
    fn written(&self) -> String {
        match self.paragraphs.as_slice() {
            [] => String::new(),
            [one] if !one.bullet => clean(&one.text),
            many => many
                .iter()
                .map(|one| {
                    let tag = if one.bullet { "li" } else { "p" };
                    format!("<{tag}>{}</{tag}>", clean(&one.text))
                })
                .collect(),
        }
    }
}

/// Tabs and line ends would part cells and lines.
fn clean(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl SourceLine {
    pub(super) fn paragraph(text: String, bullet: bool, at: Place) -> Self {
        let paragraphs = vec![ParagraphText { text, bullet }];
        Self {
            cells: vec![CellText { paragraphs }],
            at: vec![at],
        }
    }

    fn written(&self) -> String {
        match self.cells.as_slice() {
            [one] => match one.paragraphs.as_slice() {
                [only] if only.bullet => format!("- {}", clean(&only.text)),
                // A tab in a paragraph is a gap that the page shows.
                [only] => only.text.replace(['\n', '\r'], " "),
                _ => one.written(),
            },
            cells => cells.iter().map(CellText::written).collect::<Vec<_>>().join("\t"),
        }
    }
}

impl Source {
    /// The lines as one text.
    pub(super) fn text(&self) -> String {
        let lines: Vec<String> = self.lines.iter().map(SourceLine::written).collect();
        lines.join("\n")
    }

    /// The lines as they are shown beside what was read, by page.
    pub(super) fn shown(&self) -> syllabus::Source {
        let mut shown = syllabus::Source::default();
        for line in &self.lines {
            let Some(place) = line.at.first() else { continue };
            let text = match line.cells.as_slice() {
                [one] => one.lines(),
                cells => cells.iter().map(CellText::lines).collect::<Vec<_>>().join("\t"),
            };
            let same = shown.pages.last().is_some_and(|page| page.number == place.page);
            if !same {
                shown.pages.push(syllabus::SourcePage {
                    number: place.page,
                    lines: Vec::new(),
                });
            }
            if let Some(page) = shown.pages.last_mut() {
                page.lines.push(syllabus::SourceLine {
                    from: place.from,
                    to: place.to.max(place.from),
                    part: None,
                    text,
                });
            }
        }
        shown
    }

    /// The draft that the text reader makes, with its places in the document.
    pub(super) fn draft(self) -> Draft {
        let mut draft = read_text(&self.text());
        // Findings are told with the line as it was put together, before their places change.
        let written: Vec<String> = self.lines.iter().map(SourceLine::written).collect();
        for finding in &mut draft.findings {
            let line = finding
                .place
                .as_ref()
                .and_then(|place| written.get((place.from as usize).checked_sub(1)?));
            if let Some(line) = line.filter(|_| finding.line_text.is_none()) {
                *finding = finding.clone().show(line);
            }
        }
        let mut draft = self.with_own_places(draft);
        draft.findings.extend(self.findings);
        draft
    }

    /// Puts the document's places for those of the text. Every place of a draft is written alike, so they are found in
    /// the draft as data, whatever values stand beside them.
    fn with_own_places(&self, draft: Draft) -> Draft {
        let Ok(mut value) = serde_json::to_value(&draft) else {
            return draft;
        };
        let mut waiting = vec![&mut value];
        while let Some(here) = waiting.pop() {
            if let Some(place) = as_place(here) {
                *here = self.places(&place).into_iter().next().unwrap_or(Value::Null);
                continue;
            }
            match here {
                Value::Array(list) if !list.is_empty() && list.iter().all(|one| as_place(one).is_some()) => {
                    *list = list
                        .iter()
                        .filter_map(as_place)
                        .flat_map(|place| self.places(&place))
                        .collect();
                }
                Value::Array(list) => waiting.extend(list.iter_mut()),
                Value::Object(object) => waiting.extend(object.values_mut()),
                _ => {}
            }
        }
        serde_json::from_value(value).unwrap_or(draft)
    }

    /// The document's places of a place in the text.
    fn places(&self, place: &Place) -> Vec<Value> {
        let mut places: Vec<Place> = Vec::new();
        let lines = place.from..=place.to.max(place.from);
        for number in lines {
            let line = (number as usize).checked_sub(1).and_then(|at| self.lines.get(at));
            for own in line.iter().flat_map(|line| &line.at) {
                let goes_on = places
                    .last_mut()
                    .filter(|last| last.page == own.page && last.part == own.part && last.to + 1 == own.from);
                match goes_on {
                    Some(last) => last.to = own.to,
                    None => places.push(own.clone()),
                }
            }
        }
        if let ([only], Some((from, to))) = (places.as_mut_slice(), place.columns) {
            only.columns = Some((from, to));
        }
        places
            .iter()
            .filter_map(|place| serde_json::to_value(place).ok())
            .collect()
    }
}

fn as_place(value: &Value) -> Option<Place> {
    let object = value.as_object()?;
    let keys = ["page", "from", "to", "columns", "part"];
    (object.len() == keys.len() && keys.iter().all(|key| object.contains_key(*key)))
        .then(|| serde_json::from_value(value.clone()).ok())
        .flatten()
}
