//! The walk through the main text or the notes: what is text, what kind of paragraph, on which page.

use crate::refusal::ReadRefusal;
use crate::xml::{Element, Ignored, Step};

use super::super::draft::Draft;
use super::super::package::warn_of_ignored;
use super::super::{ParagraphKind, Part, WarningCode, words_in};
use super::fields::{Field, part_of_field, refers_outside};
use super::numbering::Numbering;
use super::styles::{Style, Styles, heading_level, is_on, level, part_of_style};

/// What the walk met that a person should know about.
#[derive(Debug, Default)]
pub(super) struct Seen {
    pub(super) ignored: Ignored,
    /// Words of hidden text.
    pub(super) hidden: usize,
    pub(super) deleted: bool,
    /// A field brings in another file.
    pub(super) outside: bool,
}

impl Seen {
    pub(super) fn warn(&self, draft: &mut Draft) {
        warn_of_ignored(draft, self.ignored);
        if self.hidden > 0 {
            draft.warn(
                WarningCode::HiddenText,
                format!("{} word(s) of hidden text were left out.", self.hidden),
            );
        }
        if self.deleted {
            draft.warn(
                WarningCode::TrackedChanges,
                "Changes are tracked in this document: what was inserted counts, what was deleted was left out.",
            );
        }
    }
}

/// A paragraph being read.
#[derive(Debug, Default)]
struct Open {
    text: String,
    style: Option<String>,
    outline: Option<u8>,
    list_depth: Option<u8>,
    page_break_before: bool,
    /// The paragraph ends a section, and the next one begins on a new page.
    ends_page: bool,
    /// A page break met inside: what follows belongs to the next page.
    broken: Vec<String>,
    part: Option<Part>,
    /// The list that it belongs to.
    list: Option<String>,
}

/// A cell's place while its table is read.
#[derive(Debug, Clone, Copy)]
struct Table {
    number: u32,
    row: u32,
    /// Column of the table's grid: a cell that spans columns stands in its first.
    column: u32,
    /// Columns that the cell being read spans.
    span: u32,
}

pub(super) struct Walker<'a> {
    styles: &'a Styles,
    draft: &'a mut Draft,
    /// In the parts that hold notes, every paragraph is a note.
    all: Option<ParagraphKind>,
    /// Paragraphs being read; more than one while a text box stands inside a paragraph.
    open: Vec<Open>,
    /// Names of elements whose content is not read, with how deep each is nested in itself.
    skipping: Option<(String, usize)>,
    tables: Vec<Table>,
    tables_seen: u32,
    fields: Vec<Field>,
    /// Parts told by content controls ("Table of Contents"), innermost last.
    controls: Vec<Option<Part>>,
    in_text: bool,
    in_instruction: bool,
    in_run: bool,
    run_hidden: bool,
    in_paragraph_properties: bool,
    in_paragraph_mark: bool,
    seen: Seen,
    /// The document's lists, when their numbers are wanted.
    pub(super) numbering: Option<Numbering>,
}

impl<'a> Walker<'a> {
    pub(super) fn new(styles: &'a Styles, draft: &'a mut Draft, all: Option<ParagraphKind>) -> Self {
        Self {
            styles,
            draft,
            all,
            open: Vec::new(),
            skipping: None,
            tables: Vec::new(),
            tables_seen: 0,
            fields: Vec::new(),
            controls: Vec::new(),
            in_text: false,
            in_instruction: false,
            in_run: false,
            run_hidden: false,
            in_paragraph_properties: false,
            in_paragraph_mark: false,
            seen: Seen::default(),
            numbering: None,
        }
    }

    /// What was met; call when the walk is over.
    pub(super) fn finish(self) -> Result<Seen, ReadRefusal> {
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
            Step::Open(e) => self.begin(&e),
            Step::Close(name) => self.end(&name),
            Step::Text(text) => {
                self.characters(&text);
                Ok(())
            }
        }
    }

    fn begin(&mut self, e: &Element) -> Result<(), ReadRefusal> {
        match e.name.as_str() {
            // A deletion, the place something was moved away from, the stand-in for programs that cannot show what
            // precedes it, earlier formatting, and the ruby above a word: none of them is the text.
            "del" | "moveFrom" if !self.in_paragraph_mark && !self.in_paragraph_properties => {
                self.seen.deleted = true;
                self.skip(&e.name);
            }
            "Fallback" | "pPrChange" | "rPrChange" | "sectPrChange" | "tblPrChange" | "delText" | "rt" => {
                self.skip(&e.name);
            }
            // Notes that only hold the line above the notes.
            "footnote" | "endnote" if e.attribute("type").is_some_and(|t| t != "normal") => {
                self.skip(&e.name)
            }
            "p" => self.open.push(Open {
                part: self.part_now(),
                ..Open::default()
            }),
            "pPr" => self.in_paragraph_properties = true,
            "rPr" if self.in_paragraph_properties => self.in_paragraph_mark = true,
            "pStyle" => self.with_paragraph(|p| p.style = e.attribute("val").map(str::to_owned)),
            "outlineLvl" => self.with_paragraph(|p| p.outline = level(e)),
            "numPr" => self.with_paragraph(|p| p.list_depth = Some(1)),
            "ilvl" => {
                let depth = e
                    .attribute("val")
                    .and_then(|v| v.parse::<u8>().ok())
                    .unwrap_or(0)
                    .min(8)
                    + 1;
                self.with_paragraph(|p| p.list_depth = Some(depth));
            }
            // List number 0 takes a paragraph out of the list that its style put it in.
            "numId" if e.attribute("val") == Some("0") => self.with_paragraph(|p| p.list_depth = None),
            "numId" => self.with_paragraph(|p| p.list = e.attribute("val").map(str::to_owned)),
            "pageBreakBefore" if is_on(e.attribute("val").unwrap_or("1")) => {
                self.with_paragraph(|p| p.page_break_before = true);
            }
            // The properties of a section stand in its last paragraph.
            "sectPr" => self.with_paragraph(|p| p.ends_page = true),
            "type" if e.attribute("val") == Some("continuous") => {
                self.with_paragraph(|p| p.ends_page = false)
            }
            "r" => {
                self.in_run = true;
                self.run_hidden = false;
            }
            "rStyle" if self.in_run => {
                let hidden = self
                    .styles
                    .chain(e.attribute("val").unwrap_or_default())
                    .first()
                    .is_some_and(|s| s.hidden);
                self.run_hidden |= hidden;
            }
            "vanish" if self.in_run && !self.in_paragraph_mark => {
                self.run_hidden = is_on(e.attribute("val").unwrap_or("1"));
            }
            "t" => self.in_text = true,
            "instrText" => self.in_instruction = true,
            "tab" if self.in_run && !self.in_paragraph_properties => self.characters_as_text("\t"),
            "noBreakHyphen" => self.characters_as_text("-"),
            "cr" => self.characters_as_text("\n"),
            "br" if e.attribute("type") == Some("page") => {
                self.with_paragraph(|p| {
                    let before = std::mem::take(&mut p.text);
                    p.broken.push(before);
                });
            }
            "br" => self.characters_as_text("\n"),
            "sym" => self.symbol(e),
            "fldChar" => self.field(e.attribute("fldCharType").unwrap_or_default()),
            "sdt" => self.controls.push(None),
            "docPartGallery" => {
                let part = match e.attribute("val").unwrap_or_default() {
                    "Table of Contents" => Some(Part::Contents),
                    "Bibliographies" => Some(Part::Bibliography),
                    _ => None,
                };
                if let (Some(part), Some(control)) = (part, self.controls.last_mut()) {
                    *control = Some(part);
                }
            }
            "fldSimple" => {
                let instruction = e.attribute("instr").unwrap_or_default();
                self.seen.outside |= refers_outside(instruction);
                let part = part_of_field(instruction);
                self.with_paragraph(|p| p.part = p.part.or(part));
            }
            "tbl" => {
                self.tables_seen += 1;
                self.tables.push(Table {
                    number: self.tables_seen,
                    row: 0,
                    column: 0,
                    span: 1,
                });
            }
            "tr" => {
                if let Some(table) = self.tables.last_mut() {
                    table.row += 1;
                    table.column = 0;
                    table.span = 1;
                }
            }
            "tc" => {
                if let Some(table) = self.tables.last_mut() {
                    table.column = if table.column == 0 {
                        1
                    } else {
                        table.column.saturating_add(table.span)
                    };
                    table.span = 1;
                }
            }
            "gridSpan" => {
                let span = e.attribute("val").and_then(|v| v.parse::<u32>().ok());
                if let (Some(table), Some(span)) = (self.tables.last_mut(), span) {
                    table.span = span.clamp(1, 100);
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), ReadRefusal> {
        match name {
            "p" => {
                if let Some(paragraph) = self.open.pop() {
                    self.add(paragraph)?;
                }
            }
            "pPr" => self.in_paragraph_properties = false,
            "rPr" => self.in_paragraph_mark = false,
            "r" => self.in_run = false,
            "t" => self.in_text = false,
            "instrText" => self.in_instruction = false,
            "sdt" => {
                self.controls.pop();
            }
            "tbl" => {
                self.tables.pop();
            }
            _ => {}
        }
        Ok(())
    }

    fn skip(&mut self, name: &str) {
        self.skipping = Some((name.to_owned(), 1));
    }

    fn with_paragraph(&mut self, act: impl FnOnce(&mut Open)) {
        if let Some(paragraph) = self.open.last_mut() {
            act(paragraph);
        }
    }

    fn characters(&mut self, text: &str) {
        if self.in_instruction {
            if let Some(field) = self.fields.last_mut()
                && field.instruction.len() < 1_000
            {
                field.instruction.push_str(text);
            }
        } else if self.in_text {
            self.characters_as_text(text);
        }
    }

    fn characters_as_text(&mut self, text: &str) {
        // Between "begin" and "separate" stands a field's instruction, which is for the program.
        if self.fields.last().is_some_and(|field| !field.result) {
            return;
        }
        if self.run_hidden {
            self.seen.hidden += words_in(text);
            return;
        }
        self.with_paragraph(|p| p.text.push_str(text));
    }

    fn symbol(&mut self, e: &Element) {
        let code = e.attribute("char").and_then(|c| u32::from_str_radix(c, 16).ok());
        // Symbol fonts live in the private use area, where a character has no meaning of its own.
        if let Some(symbol) = code
            .and_then(char::from_u32)
            .filter(|c| !('\u{e000}'..='\u{f8ff}').contains(c))
        {
            self.characters_as_text(symbol.encode_utf8(&mut [0; 4]));
        }
    }

    fn field(&mut self, step: &str) {
        match step {
            "begin" => self.fields.push(Field::default()),
            "separate" => {
                if let Some(field) = self.fields.last_mut() {
                    field.result = true;
                    let part = part_of_field(&field.instruction);
                    let outside = refers_outside(&field.instruction);
                    self.seen.outside |= outside;
                    self.with_paragraph(|p| p.part = p.part.or(part));
                }
            }
            "end" => {
                self.fields.pop();
            }
            _ => {}
        }
    }

    /// The part told by the content controls and fields that are open.
    fn part_now(&self) -> Option<Part> {
        let by_control = self.controls.iter().rev().find_map(|c| *c);
        by_control.or_else(|| {
            self.fields
                .iter()
                .find_map(|f| part_of_field(&f.instruction).filter(|_| f.result))
        })
    }

    fn add(&mut self, mut paragraph: Open) -> Result<(), ReadRefusal> {
        if let (Some(numbering), Some(list), Some(depth)) =
            (&mut self.numbering, &paragraph.list, paragraph.list_depth)
            && !paragraph.text.trim().is_empty()
            && let Some(number) = numbering.next(list, usize::from(depth.saturating_sub(1)))
        {
            paragraph.text.insert_str(0, &format!("{number} "));
        }
        let style = paragraph
            .style
            .clone()
            .or_else(|| self.styles.default_paragraph.clone())
            .unwrap_or_default();
        let chain = self.styles.chain(&style);
        let (kind, part) = self.kind(&paragraph, &chain, &style);
        let hidden = chain.first().is_some_and(|s| s.hidden);
        let page_break = paragraph.page_break_before && !self.draft.blocks.is_empty();
        if page_break && self.open.is_empty() {
            self.draft.next_page()?;
        }
        for before in &paragraph.broken {
            self.draft.add(kind, before, part)?;
            self.draft.next_page()?;
        }
        if hidden {
            self.seen.hidden += words_in(&paragraph.text);
            return Ok(());
        }
        self.draft.add(kind, &paragraph.text, part)?;
        if paragraph.ends_page && self.open.is_empty() && !self.draft.blocks.is_empty() {
            self.draft.next_page()?;
        }
        Ok(())
    }

    fn kind(&self, paragraph: &Open, chain: &[&Style], style: &str) -> (ParagraphKind, Option<Part>) {
        if let Some(kind) = self.all {
            return (kind, paragraph.part);
        }
        // A document without a list of styles still names them.
        let fallback = style.to_lowercase();
        let names = || {
            chain
                .iter()
                .map(|s| s.name.as_str())
                .chain(chain.is_empty().then_some(fallback.as_str()))
        };
        let part = paragraph.part.or_else(|| names().find_map(part_of_style));
        let heading = paragraph
            .outline
            .or_else(|| names().find_map(heading_level))
            .or_else(|| chain.iter().find_map(|s| s.outline));
        if let Some(table) = self.tables.last() {
            let cell = ParagraphKind::TableCell {
                table: table.number,
                row: table.row.max(1),
                column: table.column.max(1),
            };
            return (cell, part.or(heading.map(|_| Part::Headings)));
        }
        let kind = if let Some(level) = heading {
            ParagraphKind::Heading { level }
        } else if part == Some(Part::Captions) {
            ParagraphKind::Caption
        } else if let Some(depth) = paragraph.list_depth {
            ParagraphKind::ListItem { depth }
        } else if chain.iter().any(|s| s.list) {
            ParagraphKind::ListItem { depth: 1 }
        } else if names().any(|n| matches!(n, "quote" | "intense quote" | "block text")) {
            ParagraphKind::Quotation
        } else {
            ParagraphKind::Paragraph
        };
        (kind, part)
    }
}
