//! A text as lines of cells. A cell ends at a tab, at a pipe of a table, or at a gap of three spaces.

use std::collections::BTreeMap;

use super::markup::{self, Paragraph};
use crate::syllabus::finding::Place;

/// A cell of a line.
#[derive(Debug, Clone)]
pub(super) struct Cell {
    /// Where the cell stands: its number in a line of tabs or pipes, its column in a line of gaps.
    pub(super) x: u32,
    /// Its paragraphs; never empty.
    pub(super) paragraphs: Vec<Paragraph>,
}

impl Cell {
    /// All its words.
    pub(super) fn text(&self) -> String {
        self.paragraphs
            .iter()
            .map(|one| one.text.as_str())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

/// How a line was parted into cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Parting {
    /// It is one cell.
    None,
    /// By tabs or pipes: cells have numbers.
    Numbered,
    /// By gaps: cells have columns.
    Gaps,
}

/// A line with its words.
#[derive(Debug, Clone)]
pub(super) struct Line {
    /// Counted from 1.
    pub(super) number: u32,
    /// Page, in texts with form feeds.
    pub(super) page: Option<u32>,
    /// How it was parted.
    pub(super) parting: Parting,
    /// Cells that hold words; none in a blank line.
    pub(super) cells: Vec<Cell>,
    /// Whether a blank line, a page break or page furniture stands directly before.
    pub(super) after_gap: bool,
    /// Whether it is an item of a list by its dash.
    pub(super) bullet: bool,
    /// Indent in characters.
    pub(super) indent: u32,
    /// The line as it stands.
    pub(super) raw: String,
}

impl Line {
    /// All words of the line.
    pub(super) fn text(&self) -> String {
        self.cells.iter().map(Cell::text).collect::<Vec<_>>().join(" ")
    }

    /// The words of the only cell.
    pub(super) fn lone_text(&self) -> Option<String> {
        match self.cells.as_slice() {
            [only] => Some(only.text()),
            _ => None,
        }
    }

    /// The place of the line.
    pub(super) fn place(&self) -> Place {
        Place {
            page: self.page,
            ..Place::line(self.number)
        }
    }

    /// The place of a paragraph in the line.
    pub(super) fn place_of(&self, paragraph: &Paragraph) -> Place {
        self.place().at_columns(paragraph.columns.0, paragraph.columns.1)
    }
}

/// The lines of a text that hold words, without page furniture.
pub(super) fn lines(text: &str) -> Vec<Line> {
    let mut made: Vec<Line> = Vec::new();
    let mut page = text.contains('\u{c}').then_some(1u32);
    let mut gap = true;
    let mut in_table = false;
    for (index, raw) in text.split('\n').enumerate() {
        let raw = raw.strip_suffix('\r').unwrap_or(raw);
        let breaks = raw.matches('\u{c}').count();
        if breaks > 0 {
            page = page.map(|page| page.saturating_add(u32::try_from(breaks).unwrap_or(1)));
            gap = true;
        }
        let number = u32::try_from(index).unwrap_or(u32::MAX - 1) + 1;
        in_table = is_open_row(raw.trim(), in_table);
        let (parting, cells, bullet) = cells(raw, in_table);
        if cells.is_empty() {
            // A ruler between the head and the body of a table parts nothing.
            gap |= raw.trim().is_empty();
            continue;
        }
        made.push(Line {
            number,
            page,
            parting,
            cells,
            after_gap: gap,
            bullet,
            indent: u32::try_from(raw.chars().take_while(|c| *c == ' ').count()).unwrap_or(0),
            raw: raw.to_owned(),
        });
        gap = false;
    }
    without_furniture(made)
}

fn is_ruler(raw: &str) -> bool {
    let bare = raw.trim();
    bare.contains("--")
        && bare
            .chars()
            .all(|c| matches!(c, '-' | '|' | ':' | ' ' | '\t' | '+' | '='))
}

/// A row of a table whose outer pipes are not drawn, or drawn on one side only: a cell of it holds a criterion's number,
/// or a label with its value, or all of them are heads of columns; and what follows such a row with pipes of its own.
fn is_open_row(trimmed: &str, follows_one: bool) -> bool {
    let inner = trimmed.len() > 2 && trimmed.starts_with('|') && trimmed.ends_with('|');
    if !trimmed.contains('|') || inner {
        return false;
    }
    if trimmed.starts_with("| ") || follows_one {
        return true;
    }
    let is_criterion = |cell: &str| matches!(super::label::criterion(cell), Some((_, rest)) if rest.starts_with(char::is_alphabetic));
    let mut cells = trimmed.split('|').map(str::trim).filter(|cell| !cell.is_empty());
    cells.clone().any(is_criterion)
        || cells
            .clone()
            .next()
            .is_some_and(|first| super::field::label(first).is_some())
        || cells.all(super::heads::is_table_head)
}

fn cells(raw: &str, open_row: bool) -> (Parting, Vec<Cell>, bool) {
    if is_ruler(raw) {
        return (Parting::None, Vec::new(), false);
    }
    let trimmed = raw.trim();
    if raw.contains('\t') {
        return (Parting::Numbered, numbered(raw, '\t'), false);
    }
    if trimmed.len() > 2 && trimmed.starts_with('|') && trimmed.ends_with('|') {
        let before = u32::try_from(raw.chars().take_while(|c| *c != '|').count()).unwrap_or(0) + 1;
        let inner = trimmed.trim_start_matches('|').trim_end_matches('|');
        let mut cells = numbered(inner, '|');
        for paragraph in cells.iter_mut().flat_map(|cell| &mut cell.paragraphs) {
            paragraph.columns.0 += before;
            paragraph.columns.1 += before;
        }
        return (Parting::Numbered, cells, false);
    }
    if open_row {
        return (Parting::Numbered, numbered(raw, '|'), false);
    }
    let bare = raw.trim_start_matches([' ', '\u{c}', '\u{feff}']);
    let indent = u32::try_from(raw.chars().count() - bare.chars().count()).unwrap_or(0);
    let dashed = bare
        .strip_prefix(['-', '*', '–', '—'])
        .and_then(|rest| rest.strip_prefix(' '))
        .or_else(|| bare.strip_prefix("o ").filter(|_| indent > 0));
    if let Some(item) = dashed {
        let mut paragraphs = markup::paragraphs(item, indent + 3);
        if let Some(first) = paragraphs.first_mut() {
            first.bullet = true;
        }
        let cells = cell(indent, paragraphs).into_iter().collect();
        return (Parting::None, cells, true);
    }
    let gaps = by_gaps(bare, indent);
    let bullet = gaps
        .first()
        .and_then(|cell| cell.paragraphs.first())
        .is_some_and(|first| first.bullet);
    let parting = if gaps.len() > 1 {
        Parting::Gaps
    } else {
        Parting::None
    };
    (parting, gaps, bullet)
}

fn cell(x: u32, paragraphs: Vec<Paragraph>) -> Option<Cell> {
    (!paragraphs.is_empty()).then_some(Cell { x, paragraphs })
}

fn numbered(raw: &str, mark: char) -> Vec<Cell> {
    let mut column = 1;
    let mut made = Vec::new();
    for (index, part) in raw.split(mark).enumerate() {
        made.extend(cell(
            u32::try_from(index).unwrap_or(u32::MAX),
            markup::paragraphs(part, column),
        ));
        column += u32::try_from(part.chars().count()).unwrap_or(0) + 1;
    }
    made
}

/// Parts a line at gaps of three spaces or more.
fn by_gaps(bare: &str, indent: u32) -> Vec<Cell> {
    let mut made = Vec::new();
    let mut start = indent;
    let mut part = String::new();
    let mut spaces = 0u32;
    for (column, character) in (indent..).zip(bare.chars()) {
        if character == ' ' {
            spaces += 1;
        } else {
            if spaces >= 3 {
                made.extend(cell(start, markup::paragraphs(&part, start + 1)));
                part.clear();
                start = column;
            } else {
                part.extend(std::iter::repeat_n(' ', spaces as usize));
            }
            spaces = 0;
            part.push(character);
        }
    }
    made.extend(cell(start, markup::paragraphs(&part, start + 1)));
    made
}

/// Page numbers and lines that come again on page after page are not part of the text.
fn without_furniture(lines: Vec<Line>) -> Vec<Line> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for line in &lines {
        *seen.entry(without_digits(&line.text())).or_default() += 1;
    }
    let is_page_mark: Vec<bool> = lines.iter().map(|line| is_page_mark(&line.text())).collect();
    let at_page_edge = |index: usize| {
        let page = |index: usize| lines.get(index).and_then(|line| line.page);
        let here = page(index);
        let near = |other: Option<usize>| {
            other.is_some_and(|other| {
                other < lines.len()
                    && (page(other) != here || is_page_mark.get(other).copied().unwrap_or(false))
            })
        };
        here.is_some() && (near(index.checked_sub(1)) || near(index.checked_sub(2)))
            || here.is_some() && (near(Some(index + 1)) || near(Some(index + 2)))
            || near(index.checked_sub(1))
            || near(Some(index + 1))
    };
    let drop: Vec<bool> = lines
        .iter()
        .enumerate()
        .map(|(index, line)| {
            let text = line.text();
            let again = seen.get(&without_digits(&text)).copied().unwrap_or(0);
            let short = text.chars().count() < 120;
            is_page_mark.get(index).copied().unwrap_or(false)
                || (again >= 3
                    && short
                    && !super::label::begins_with_number(&text)
                    && !super::heads::is_table_head(&text)
                    && !line.bullet
                    && (text.contains('©') || at_page_edge(index)))
        })
        .collect();
    let mut kept = Vec::with_capacity(lines.len());
    let mut gap = false;
    for (mut line, drop) in lines.into_iter().zip(drop) {
        if drop {
            gap = true;
            continue;
        }
        line.after_gap |= gap;
        gap = false;
        kept.push(line);
    }
    kept
}

fn without_digits(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_ascii_digit() {
                '0'
            } else {
                character
            }
        })
        .collect()
}

/// `Page 3`, `Page 3 of 60`, `- 3 -`, `3 | P a g e`.
fn is_page_mark(text: &str) -> bool {
    let bare: String = text
        .to_lowercase()
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '|' | '.'))
        .collect();
    let number = |text: &str| !text.is_empty() && text.len() <= 4 && text.bytes().all(|b| b.is_ascii_digit());
    if let Some(rest) = bare.strip_prefix("page") {
        return match rest.split_once("of") {
            Some((one, all)) => number(one) && number(all),
            None => number(rest),
        };
    }
    if let Some(rest) = bare.strip_suffix("page") {
        return number(rest);
    }
    bare.strip_prefix('-')
        .and_then(|rest| rest.strip_suffix('-'))
        .is_some_and(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_end_at_tabs_pipes_and_wide_gaps() {
        let texts = |raw: &str| -> Vec<(u32, String)> {
            lines(raw)
                .first()
                .map(|line| line.cells.iter().map(|cell| (cell.x, cell.text())).collect())
                .unwrap_or_default()
        };
        assert_eq!(texts("1\t\tone two"), [(0, "1".into()), (2, "one two".into())]);
        assert_eq!(texts("| 1 | one two |"), [(0, "1".into()), (1, "one two".into())]);
        assert_eq!(texts("1     one two"), [(0, "1".into()), (6, "one two".into())]);
    }

    #[test]
    fn page_marks_are_not_text() {
        let text = "Real words\n\nPage 3 of 60\n\nmore words";
        let kept: Vec<String> = lines(text).iter().map(Line::text).collect();
        assert_eq!(kept, ["Real words", "more words"]);
    }
}
