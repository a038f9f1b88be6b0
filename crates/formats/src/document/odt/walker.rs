//! The walk through `content.xml`: what is text, what kind of paragraph, on which page.

use crate::refusal::ReadRefusal;
use crate::xml::{Element, Step};

use super::super::draft::Draft;
use super::super::{ParagraphKind, Part, words_in};
use super::styles::Styles;

/// What the walk met that a person should know about.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// Words of hidden text.
    pub(super) hidden: usize,
    pub(super) comments: usize,
    pub(super) tracked: bool,
    pub(super) active: bool,
    pub(super) outside: bool,
}

/// A paragraph being read.
#[derive(Debug, Default)]
struct Open {
    text: String,
    style: String,
    heading: Option<u8>,
    in_note: bool,
}

#[derive(Debug, Clone, Copy)]
struct Table {
    number: u32,
    row: u32,
    column: u32,
}

pub(super) struct Walker<'a> {
    styles: &'a Styles,
    draft: &'a mut Draft,
    in_body: bool,
    open: Vec<Open>,
    skipping: Option<(String, usize)>,
    tables: Vec<Table>,
    tables_seen: u32,
    list_depth: u8,
    /// Indexes that are open, with the part they tell.
    indexes: Vec<Part>,
    notes: usize,
    /// Notes are kept for the end of the text, where Word's are too.
    kept_notes: Vec<String>,
    hidden_spans: Vec<bool>,
    seen: Seen,
}

impl<'a> Walker<'a> {
    pub(super) fn new(styles: &'a Styles, draft: &'a mut Draft) -> Self {
        Self {
            styles,
            draft,
            in_body: false,
            open: Vec::new(),
            skipping: None,
            tables: Vec::new(),
            tables_seen: 0,
            list_depth: 0,
            indexes: Vec::new(),
            notes: 0,
            kept_notes: Vec::new(),
            hidden_spans: Vec::new(),
            seen: Seen::default(),
        }
    }

    pub(super) fn finish(self) -> Result<Seen, ReadRefusal> {
        for note in &self.kept_notes {
            self.draft.add(ParagraphKind::Footnote, note, None)?;
        }
        Ok(self.seen)
    }

    pub(super) fn step(&mut self, step: Step) -> Result<(), ReadRefusal> {
        if let Some((name, depth)) = &mut self.skipping {
            match step {
                Step::Open(e) if e.name == *name => *depth += 1,
                Step::Close(closed) if closed == *name => {
                    *depth -= 1;
                    if *depth == 0 {
                        self.skipping = None;
                    }
                }
                _ => {}
            }
            return Ok(());
        }
        match step {
            Step::Open(e) if e.name == "text" && !self.in_body => self.in_body = true,
            Step::Open(e) if e.name == "event-listener" => self.seen.active = true,
            _ if !self.in_body => {}
            Step::Open(e) => self.begin(&e)?,
            Step::Close(name) => self.end(&name)?,
            Step::Text(text) => self.running_text(&text),
        }
        Ok(())
    }

    fn begin(&mut self, e: &Element) -> Result<(), ReadRefusal> {
        match e.name.as_str() {
            "tracked-changes" => {
                self.seen.tracked = true;
                self.skip(&e.name);
            }
            "annotation" => {
                self.seen.comments += 1;
                self.skip(&e.name);
            }
            "note-citation"
            | "title"
            | "desc"
            | "ruby-text"
            | "forms"
            | "index-title-template"
            | "table-of-content-source"
            | "bibliography-source"
            | "alphabetical-index-source"
            | "illustration-index-source"
            | "table-index-source"
            | "object-index-source"
            | "user-index-source" => {
                self.skip(&e.name);
            }
            "hidden-text" | "hidden-paragraph" => {
                if let Some(text) = e.attribute("string-value") {
                    self.seen.hidden += words_in(text);
                }
                self.skip(&e.name);
            }
            "p" | "h" => self.begin_paragraph(e)?,
            "span" => {
                let style = e.attribute("style-name").unwrap_or_default();
                let hidden = self
                    .styles
                    .chain(style)
                    .iter()
                    .any(|s| self.styles.get(s).is_some_and(|s| s.hidden));
                self.hidden_spans.push(hidden);
            }
            "s" => {
                let count = e
                    .attribute("c")
                    .and_then(|c| c.parse::<usize>().ok())
                    .unwrap_or(1)
                    .min(1_000);
                self.push(&" ".repeat(count));
            }
            "tab" => self.push("\t"),
            "line-break" => self.push("\n"),
            "list" => self.list_depth = self.list_depth.saturating_add(1),
            "note" => self.notes += 1,
            "table-of-content" | "illustration-index" | "table-index" | "object-index" | "user-index" => {
                self.indexes.push(Part::Contents);
            }
            "alphabetical-index" => self.indexes.push(Part::Index),
            "bibliography" => self.indexes.push(Part::Bibliography),
            "table" => {
                self.tables_seen += 1;
                self.tables.push(Table {
                    number: self.tables_seen,
                    row: 0,
                    column: 0,
                });
            }
            "table-row" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row += 1;
                    table.column = 0;
                }
            }
            "table-cell" | "covered-table-cell" => {
                if let Some(table) = self.tables.last_mut() {
                    table.column += 1;
                }
            }
            "image" | "object" | "plugin" | "section-source" => {
                let outside = e.attribute("href").is_some_and(|href| {
                    href.contains("://") || href.starts_with("file:") || href.starts_with("../")
                });
                self.seen.outside |= outside;
            }
            _ => {}
        }
        Ok(())
    }

    fn begin_paragraph(&mut self, e: &Element) -> Result<(), ReadRefusal> {
        let style = e.attribute("style-name").unwrap_or_default().to_owned();
        let breaks = self.styles.get(&style).is_some_and(|s| s.page_break);
        if breaks && self.open.is_empty() && !self.draft.blocks.is_empty() {
            self.draft.next_page()?;
        }
        let heading = (e.name == "h").then(|| {
            e.attribute("outline-level")
                .and_then(|l| l.parse::<u8>().ok())
                .unwrap_or(1)
                .clamp(1, 9)
        });
        self.open.push(Open {
            text: String::new(),
            style,
            heading,
            in_note: self.notes > 0,
        });
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadRefusal> {
        match name {
            "p" | "h" => {
                if let Some(paragraph) = self.open.pop() {
                    self.add(paragraph)?;
                }
            }
            "span" => {
                self.hidden_spans.pop();
            }
            "list" => self.list_depth = self.list_depth.saturating_sub(1),
            "note" => self.notes = self.notes.saturating_sub(1),
            "table-of-content" | "illustration-index" | "table-index" | "object-index" | "user-index"
            | "alphabetical-index" | "bibliography" => {
                self.indexes.pop();
            }
            "table" => {
                self.tables.pop();
            }
            _ => {}
        }
        Ok(())
    }

    fn skip(&mut self, name: &str) {
        self.skipping = Some((name.to_owned(), 1));
    }

    /// Runs of white space in the file stand for one space; more are written as elements.
    fn running_text(&mut self, text: &str) {
        let mut folded = String::with_capacity(text.len());
        let ends_with_space = self
            .open
            .last()
            .is_none_or(|p| p.text.is_empty() || p.text.ends_with([' ', '\n']));
        let mut space = ends_with_space;
        for character in text.chars() {
            if matches!(character, ' ' | '\t' | '\n' | '\r') {
                if !space {
                    folded.push(' ');
                }
                space = true;
            } else {
                folded.push(character);
                space = false;
            }
        }
        self.push(&folded);
    }

    fn push(&mut self, text: &str) {
        if self.hidden_spans.iter().any(|hidden| *hidden) {
            self.seen.hidden += words_in(text);
            return;
        }
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(text);
        }
    }

    fn add(&mut self, paragraph: Open) -> Result<(), ReadRefusal> {
        let chain = self.styles.chain(&paragraph.style);
        if chain.iter().any(|s| self.styles.get(s).is_some_and(|s| s.hidden)) {
            self.seen.hidden += words_in(&paragraph.text);
            return Ok(());
        }
        if paragraph.in_note {
            self.kept_notes.push(paragraph.text);
            return Ok(());
        }
        let styled = |names: &[&str]| chain.iter().any(|s| names.contains(s));
        let part = self.indexes.last().copied().or_else(|| {
            chain
                .iter()
                .any(|s| s.starts_with("Contents_20_"))
                .then_some(Part::Contents)
        });
        let kind = if let Some(table) = self.tables.last() {
            ParagraphKind::TableCell {
                table: table.number,
                row: table.row.max(1),
                column: table.column.max(1),
            }
        } else if let Some(level) = paragraph.heading {
            ParagraphKind::Heading { level }
        } else if styled(&["Title"]) {
            ParagraphKind::Heading { level: 1 }
        } else if styled(&["Caption", "Illustration", "Table", "Figure", "Drawing"]) {
            ParagraphKind::Caption
        } else if self.list_depth > 0 {
            ParagraphKind::ListItem {
                depth: self.list_depth,
            }
        } else if styled(&["Quotations"]) {
            ParagraphKind::Quotation
        } else {
            ParagraphKind::Paragraph
        };
        self.draft.add(kind, &paragraph.text, part)
    }
}
