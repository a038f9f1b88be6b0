//! A syllabus from a PDF: tables put together over page breaks, page furniture left out.

use std::collections::{BTreeMap, BTreeSet};

use crate::document::pdf::tables::{
    LaidBlock, LaidCell, LaidOut, LaidRow, LaidTable, Passage, Vocabulary, begins_with_number, join,
    read as lay_out,
};
use crate::limits::Limits;
use crate::refusal::{ReadRefusal, RefusalCode};
use crate::syllabus::{Draft, Finding, Place};

use super::codes;
use super::source::{CellText, ParagraphText, Source, SourceLine};

/// Reads a PDF as a syllabus.
///
/// Refuses, when: it needs a password; it is damaged beyond finding its pages; it holds more pages or characters than
/// the limits; it holds no text, as a scanned document does.
pub fn read_pdf(bytes: &[u8], limits: &Limits) -> Result<Draft, ReadRefusal> {
    Ok(source(lay_out(bytes, limits)?)?.draft())
}

/// The lines and tables of a PDF.
///
/// Refuses, when: [`read_pdf`] does.
pub(super) fn lines(bytes: &[u8], limits: &Limits) -> Result<Source, ReadRefusal> {
    source(lay_out(bytes, limits)?)
}

/// The text that a PDF's lines and tables make, a row a line, its cells parted by tabs. For looking at what was read.
///
/// Refuses, when: [`read_pdf`] does.
pub fn text_of_pdf(bytes: &[u8], limits: &Limits) -> Result<String, ReadRefusal> {
    Ok(source(lay_out(bytes, limits)?)?.text())
}

fn source(laid_out: LaidOut) -> Result<Source, ReadRefusal> {
    if laid_out.pages.iter().all(|page| page.blocks.is_empty()) {
        let because = if laid_out.pictures {
            "This PDF holds pictures of pages and no text, so there is nothing to read a syllabus from."
        } else {
            "No text was found in this PDF, so there is nothing to read a syllabus from."
        };
        return Err(ReadRefusal::new(
            RefusalCode::NotADocument,
            because,
            "Ask the awarding body for the document itself, or run text recognition (OCR) over it and import the result; compare that word for word with the pictures.",
        ));
    }
    let mut builder = Builder {
        known: vocabulary(&laid_out),
        source: Source::default(),
        open: None,
        page: 0,
        line: 0,
    };
    for page in &laid_out.unread {
        let place = Place::default().on_page(u32::try_from(*page).unwrap_or(u32::MAX));
        builder.source.findings.push(
            Finding::new(
                &codes::UNREAD,
                format!("page {page}"),
                "its text could not be read, or not all of it",
            )
            .at(place)
            .suggest("Look at the page, and type in what is missing."),
        );
    }
    let furniture = furniture(&laid_out);
    for (at, page) in laid_out.pages.into_iter().enumerate() {
        builder.page = u32::try_from(at + 1).unwrap_or(u32::MAX);
        builder.line = 0;
        for (block, content) in page.blocks.into_iter().enumerate() {
            match content {
                LaidBlock::Paragraph(_) if furniture.contains(&(at, block)) => {}
                LaidBlock::Paragraph(passage) => builder.paragraph(&passage),
                LaidBlock::Table(table) => builder.table(table),
            }
        }
    }
    Ok(builder.source)
}

fn vocabulary(laid_out: &LaidOut) -> Vocabulary {
    let mut known = Vocabulary::default();
    for block in laid_out.pages.iter().flat_map(|page| &page.blocks) {
        let passages: Vec<&Passage> = match block {
            LaidBlock::Paragraph(passage) => vec![passage],
            LaidBlock::Table(table) => table
                .rows
                .iter()
                .flat_map(|row| &row.cells)
                .flat_map(|cell| &cell.passages)
                .collect(),
        };
        passages
            .iter()
            .flat_map(|passage| &passage.lines)
            .for_each(|line| known.add(line));
    }
    known
}

/// Paragraphs at the head or foot of pages that come again from page to page, numbers aside, by page and block.
fn furniture(laid_out: &LaidOut) -> BTreeSet<(usize, usize)> {
    const AT_EDGE: usize = 2;
    let mut seen: BTreeMap<String, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, page) in laid_out.pages.iter().enumerate() {
        let count = page.blocks.len();
        for (block, content) in page.blocks.iter().enumerate() {
            let at_edge = block < AT_EDGE || block + AT_EDGE >= count;
            if let LaidBlock::Paragraph(passage) = content
                && at_edge
                && passage.lines.len() == 1
            {
                let words = without_numbers(&passage.lines.concat());
                seen.entry(words).or_default().push((at, block));
            }
        }
    }
    let pages = laid_out.pages.len();
    let often = (pages * 2).div_ceil(5).max(3);
    seen.into_iter()
        .filter(|(words, places)| {
            let is_number = words
                .split(|c: char| !c.is_alphanumeric() && c != '#')
                .filter(|word| !word.is_empty())
                .all(|word| matches!(word, "#" | "page" | "of" | "p"));
            places.len() >= often || (is_number && words.contains('#') && pages > 1)
        })
        .flat_map(|(_, places)| places)
        .collect()
}

fn without_numbers(text: &str) -> String {
    let mut out = String::new();
    for character in text.chars() {
        let character = if character.is_ascii_digit() {
            '#'
        } else {
            character
        };
        if !(character == '#' && out.ends_with('#')) {
            out.extend(character.to_lowercase());
        }
    }
    out.trim().to_owned()
}

/// A table that the next page may go on with.
struct Open {
    columns: Vec<f64>,
    /// The words of its rows from the first on, as far as a header may reach.
    header: Vec<Vec<String>>,
    /// The last words of each column.
    last: Vec<String>,
    /// Columns in which some row begins with a number.
    numbered: Vec<bool>,
    page: u32,
}

struct Builder {
    known: Vocabulary,
    source: Source,
    open: Option<Open>,
    page: u32,
    line: u32,
}

/// Rows that a header may have.
const HEADER: usize = 3;
/// How far a column may stand aside on the next page, in points.
const ASIDE: f64 = 9.0;

impl Builder {
    fn place(&mut self) -> Place {
        self.line += 1;
        Place::line(self.line).on_page(self.page)
    }

    fn joined(&mut self, passage: &Passage, place: &Place) -> ParagraphText {
        let (text, doubtful) = join(passage.lines.iter().map(String::as_str), &self.known);
        for word in doubtful {
            let shown: String = word.chars().take(60).collect();
            self.source.findings.push(
                Finding::new(&codes::HYPHEN, format!("\"{shown}\""), "a line ends within this word, and the document writes it nowhere else, so the hyphen was kept")
                    .at(place.clone())
                    .suggest("Take the hyphen out if it only breaks the line."),
            );
        }
        ParagraphText {
            text,
            bullet: passage.bullet,
        }
    }

    fn paragraph(&mut self, passage: &Passage) {
        self.open = None;
        let place = self.place();
        let paragraph = self.joined(passage, &place);
        self.source
            .lines
            .push(SourceLine::paragraph(paragraph.text, paragraph.bullet, place));
    }

    fn cell(&mut self, cell: &LaidCell, place: &Place) -> CellText {
        CellText {
            paragraphs: cell
                .passages
                .iter()
                .map(|passage| self.joined(passage, place))
                .collect(),
        }
    }

    fn table(&mut self, table: LaidTable) {
        let goes_on = self
            .open
            .take()
            .filter(|open| open.page < self.page)
            .and_then(|open| Some((columns_of(&open.columns, &table.columns)?, open)));
        let shared = shared_rows(&table);
        let mut rows: Vec<(CellRow, Place)> = Vec::with_capacity(table.rows.len());
        for row in &table.rows {
            let place = self.place();
            let cells = row.cells.iter().map(|cell| self.cell(cell, &place)).collect();
            rows.push((cells, place));
        }
        for (column, from, to) in shared {
            let Some(cell) = rows.get(from).and_then(|(row, _)| row.get(column)).cloned() else {
                continue;
            };
            for (row, _) in rows.iter_mut().take(to).skip(from + 1) {
                if let Some(place) = row.get_mut(column).filter(|place| place.is_empty()) {
                    *place = cell.clone();
                }
            }
        }
        let mut open = match goes_on {
            None => Open::begun(&table, self.page),
            Some((places, mut open)) => {
                for (row, _) in &mut rows {
                    *row = moved(std::mem::take(row), &places, open.columns.len());
                }
                let repeated = rows
                    .iter()
                    .zip(&open.header)
                    .take_while(|((row, _), header)| words_of(row) == **header && !header.is_empty())
                    .count();
                rows.drain(..repeated);
                if let Some((first, place)) = rows.first_mut() {
                    // A cell that goes on is often printed again at the top of the next page.
                    for (cell, last) in first.iter_mut().zip(&open.last) {
                        if !last.is_empty() && folded(&cell.text()) == *last {
                            *cell = CellText::default();
                        }
                    }
                    if open.is_rest(first) {
                        let (first, place) = (std::mem::take(first), place.clone());
                        rows.remove(0);
                        self.go_on(first, place, &open);
                    }
                }
                open.page = self.page;
                open
            }
        };
        for (row, place) in rows {
            open.take_up(&row);
            self.source.lines.push(SourceLine {
                cells: row,
                at: vec![place],
            });
        }
        self.open = Some(open);
    }

    /// Adds the rest of a row to the last one.
    fn go_on(&mut self, rest: CellRow, place: Place, open: &Open) {
        let Some(last) = self.source.lines.last_mut() else {
            return;
        };
        let mut statement = false;
        for (column, cell) in rest.into_iter().enumerate() {
            let is_last = column + 1 == open.columns.len();
            statement |= !is_last && !cell.is_empty();
            if last.cells.len() <= column {
                last.cells.resize(column + 1, CellText::default());
            }
            let Some(to) = last.cells.get_mut(column) else {
                continue;
            };
            let mut paragraphs = cell.paragraphs.into_iter();
            if let Some(first) = paragraphs.next() {
                match to.paragraphs.last_mut() {
                    Some(before) if !first.bullet && carries_on(&before.text, &first.text) => {
                        let (text, _) = join([before.text.as_str(), first.text.as_str()], &self.known);
                        before.text = text;
                    }
                    _ => to.paragraphs.push(first),
                }
            }
            to.paragraphs.extend(paragraphs);
        }
        last.at.push(place.clone());
        if statement {
            let message = "the row before the page break goes on here; its words were put together";
            self.source.findings.push(
                Finding::new(&codes::PAGE_BREAK, format!("page {}", self.page), message)
                    .at(place)
                    .suggest("Compare the statement with both pages."),
            );
        }
    }
}

type CellRow = Vec<CellText>;

fn carries_on(before: &str, text: &str) -> bool {
    let ended = before.trim_end().ends_with(['.', '!', '?', ':', ';']);
    !ended || text.starts_with(char::is_lowercase)
}

impl Open {
    fn begun(table: &LaidTable, page: u32) -> Self {
        let columns = table.columns.len();
        Self {
            columns: table.columns.clone(),
            header: Vec::new(),
            last: vec![String::new(); columns],
            numbered: vec![false; columns],
            page,
        }
    }

    fn take_up(&mut self, row: &[CellText]) {
        if self.header.len() < HEADER {
            self.header.push(words_of(row));
        }
        for (column, cell) in row.iter().enumerate() {
            let text = cell.text();
            if let Some(numbered) = self.numbered.get_mut(column) {
                *numbered |= is_numbered(&text);
            }
            if let Some(last) = self.last.get_mut(column).filter(|_| !text.is_empty()) {
                *last = folded(&text);
            }
        }
    }

    /// Whether a row that begins a page is the rest of the one before: nothing in it begins with a number where other
    /// rows do.
    fn is_rest(&self, row: &[CellText]) -> bool {
        if row.iter().all(CellText::is_empty) {
            return true;
        }
        let any_numbered = self.numbered.iter().any(|numbered| *numbered);
        let begins = row
            .iter()
            .zip(&self.numbered)
            .any(|(cell, numbered)| *numbered && is_numbered(&cell.text()));
        if any_numbered {
            !begins
        } else {
            row.first().is_some_and(CellText::is_empty)
        }
    }
}

fn is_numbered(text: &str) -> bool {
    let first = text
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .trim_end_matches(['.', ')', ':']);
    let short = (1..=2).contains(&first.len()) && first.bytes().all(|byte| byte.is_ascii_digit());
    short || begins_with_number(text)
}

/// Lower case letters and digits, without "(continued)".
fn folded(text: &str) -> String {
    let lower = text
        .to_lowercase()
        .replace("(continued)", "")
        .replace("(cont.)", "")
        .replace("(cont)", "");
    lower.chars().filter(|c| c.is_alphanumeric()).collect()
}

fn words_of(row: &[CellText]) -> Vec<String> {
    row.iter()
        .map(|cell| folded(&cell.text()))
        .filter(|text| !text.is_empty())
        .collect()
}

/// Which column of the table before each column goes on with; none when one has no counterpart.
fn columns_of(before: &[f64], now: &[f64]) -> Option<Vec<usize>> {
    let nearest = |x: f64| {
        before
            .iter()
            .enumerate()
            .map(|(at, column)| (at, (column - x).abs()))
            .min_by(|a, b| a.1.total_cmp(&b.1))
            .filter(|(_, aside)| *aside <= ASIDE)
            .map(|(at, _)| at)
    };
    let places: Option<Vec<usize>> = now.iter().map(|x| nearest(*x)).collect();
    places.filter(|places| places.windows(2).all(|pair| matches!(pair, [a, b] if a < b)))
}

fn moved(row: CellRow, places: &[usize], columns: usize) -> CellRow {
    let mut moved = vec![CellText::default(); columns];
    for (cell, place) in row.into_iter().zip(places) {
        if let Some(to) = moved.get_mut(*place) {
            *to = cell;
        }
    }
    moved
}

/// Cells beside several numbered rows: what they say is about each. Column, first row, and the row after the last.
fn shared_rows(table: &LaidTable) -> Vec<(usize, usize, usize)> {
    let numbered = |row: &LaidRow| {
        row.cells.iter().any(|cell| {
            cell.passages
                .first()
                .and_then(|passage| passage.lines.first())
                .is_some_and(|line| begins_with_number(line))
        })
    };
    let mut shared = Vec::new();
    for (at, row) in table.rows.iter().enumerate() {
        for (column, cell) in row.cells.iter().enumerate() {
            let is_last = column + 1 == row.cells.len();
            let to = at + cell.rows;
            let rows = table.rows.get(at..to.min(table.rows.len())).unwrap_or_default();
            if is_last
                && cell.rows > 1
                && !cell.is_empty()
                && rows.iter().filter(|row| numbered(row)).count() > 1
            {
                shared.push((column, at, to));
            }
        }
    }
    shared
}
