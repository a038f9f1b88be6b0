//! A PDF's pages as lines and tables, from where its letters and ruled lines stand.
//!
//! Where lines are ruled, they make the cells; a missing line between two makes them one. Where none are, empty strips that
//! run down through several rows part the columns. Reading a document to mark it (see the module above) does without:
//! there the words count, here their cells.

mod grid;
mod joining;
mod rulings;
mod unruled;

use std::collections::BTreeMap;

use crate::limits::Limits;
use crate::refusal::ReadRefusal;
use crate::syllabus_tables::labels::UnitFact;

use super::columns::{self, Row};
use super::glyphs::{self, Glyph};
use super::layout::Line;
use super::runs::{Run, runs, without_shadows};
use super::{WHAT, guarded, open, page, paragraphs, reduce};

pub(crate) use joining::{Vocabulary, join};

/// A PDF as laid out.
#[derive(Debug, Default)]
pub(crate) struct LaidOut {
    pub(crate) pages: Vec<LaidPage>,
    /// Pages whose text could not be read, or not all of it, from 1.
    pub(crate) unread: Vec<usize>,
    /// Whether pages show pictures.
    pub(crate) pictures: bool,
}

/// A page as laid out: its blocks from the top down.
#[derive(Debug, Default)]
pub(crate) struct LaidPage {
    pub(crate) blocks: Vec<LaidBlock>,
}

/// A paragraph or a table.
#[derive(Debug)]
pub(crate) enum LaidBlock {
    Paragraph(Passage),
    Table(LaidTable),
}

/// Lines that belong together.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Passage {
    pub(crate) lines: Vec<String>,
    /// Height of the first line above the page's origin.
    pub(crate) y: f64,
    /// Whether its lines follow a bullet.
    pub(crate) bullet: bool,
}

/// A table, or the part of one that stands on a page.
#[derive(Debug, Default)]
pub(crate) struct LaidTable {
    /// Left edges of the columns.
    pub(crate) columns: Vec<f64>,
    pub(crate) rows: Vec<LaidRow>,
    pub(crate) top: f64,
}

/// A row with a cell for each column.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct LaidRow {
    pub(crate) cells: Vec<LaidCell>,
}

/// A cell. One that spans columns or rows stands where it begins; the others are empty.
#[derive(Debug, Default, Clone, PartialEq)]
pub(crate) struct LaidCell {
    pub(crate) passages: Vec<Passage>,
    /// How many rows it spans; 0 for the places that another cell covers.
    pub(crate) rows: usize,
}

impl LaidCell {
    pub(crate) fn is_empty(&self) -> bool {
        self.passages.is_empty()
    }
}

/// Reads the pages of a PDF as lines and tables.
///
/// Refuses, when: it needs a password; it is damaged beyond finding its pages; it holds more pages or characters than
/// the limits; its parts unpack to more than the limit.
pub(crate) fn read(bytes: &[u8], limits: &Limits) -> Result<LaidOut, ReadRefusal> {
    let mut document = open::open(bytes)?;
    open::check_size(&document, limits)?;
    let pages = page::list(&document, limits)?;
    if pages.is_empty() {
        return Err(ReadRefusal::damaged(WHAT, "it has no pages"));
    }
    let mut fonts = reduce::Fonts::default();
    let mut laid_out = LaidOut::default();
    let mut letters = 0usize;
    for (index, page) in pages.iter().enumerate() {
        let reduced = reduce::reduce(&document, page, &mut fonts);
        laid_out.pictures |= reduced.has_pictures;
        let rulings = rulings::of_page(&document, page);
        let found = guarded(|| glyphs::of_page(&mut document, &reduced, limits.characters)).flatten();
        if found.is_none() || !reduced.whole {
            laid_out.unread.push(index + 1);
        }
        let found = found.unwrap_or_default();
        letters = letters.saturating_add(found.len());
        if letters > limits.characters {
            return Err(ReadRefusal::too_many(
                WHAT,
                &format!("more than {} characters", limits.characters),
            ));
        }
        laid_out.pages.push(of_page(found, rulings));
    }
    Ok(laid_out)
}

/// The blocks of a page. The direction with the most letters is the page's; what is written across it follows as lines.
fn of_page(found: Vec<Glyph>, mut rulings: rulings::Rulings) -> LaidPage {
    let mut by_direction: BTreeMap<u8, Vec<Glyph>> = BTreeMap::new();
    for glyph in found {
        by_direction.entry(glyph.turns).or_default().push(glyph);
    }
    let mut directions: Vec<(u8, Vec<Glyph>)> = by_direction.into_iter().collect();
    directions.sort_by_key(|(_, all)| std::cmp::Reverse(all.len()));
    let mut page = LaidPage::default();
    for (at, (turns, all)) in directions.into_iter().enumerate() {
        if at > 0 {
            let lines = columns::rows(without_shadows(runs(all)))
                .into_iter()
                .map(|row| line_of(row, 0))
                .collect();
            page.blocks
                .extend(passages(lines).into_iter().map(LaidBlock::Paragraph));
            continue;
        }
        let rulings = std::mem::take(&mut rulings).upright(turns);
        let (tables, free) = grid::tables(&rulings, all);
        let tops: Vec<f64> = tables.iter().map(|table| table.top).collect();
        let rows = columns::rows(without_shadows(runs(free)));
        let mut blocks = unruled::blocks(rows, &rulings, &tops);
        blocks.extend(tables.into_iter().map(LaidBlock::Table));
        blocks.sort_by(|a, b| top(b).total_cmp(&top(a)));
        page.blocks.extend(blocks);
    }
    page
}

fn top(block: &LaidBlock) -> f64 {
    match block {
        LaidBlock::Paragraph(passage) => passage.y,
        LaidBlock::Table(table) => table.top,
    }
}

/// A row of runs as a line; gaps wider than two letters' heights are tabs.
fn line_of(mut row: Row, block: usize) -> Line {
    row.runs.sort_by(|a, b| a.left.total_cmp(&b.left));
    let size = row.size();
    let mut line = Line {
        text: String::new(),
        left: f64::INFINITY,
        right: f64::NEG_INFINITY,
        y: row.runs.first().map_or(0.0, |run: &Run| run.y),
        size,
        block,
    };
    for run in &row.runs {
        if !line.text.is_empty() {
            let gap = run.left - line.right;
            if gap > size * 2.0 {
                line.text.push('\t');
            } else if gap > size * super::runs::SPACE {
                line.text.push(' ');
            }
        }
        line.text.push_str(&run.text);
        line.left = line.left.min(run.left);
        line.right = line.right.max(run.right);
    }
    line
}

/// Lines as paragraphs.
fn passages(lines: Vec<Line>) -> Vec<Passage> {
    let starts = paragraphs::starts(&lines);
    let mut passages: Vec<Passage> = Vec::new();
    let mut last: Option<(f64, bool)> = None;
    for (line, starts) in lines.into_iter().zip(starts) {
        // On a page that is nearly all tables the usual step is no measure, but the height of the type is; and a heading in
        // the type of the text stands alone.
        let stands_alone = is_heading(&line.text);
        let apart = last.is_some_and(|(y, alone)| y - line.y > line.size * 1.7 || alone != stands_alone);
        last = Some((line.y, stands_alone));
        match passages.last_mut() {
            Some(open) if !starts && !apart => open.lines.push(line.text),
            _ => passages.push(Passage::begun(line.text, line.y)),
        }
    }
    passages
}

/// Words in capitals only, or the name of a unit's fact such as "Unit aims".
fn is_heading(text: &str) -> bool {
    let has_letters = text.chars().any(char::is_alphabetic);
    let capitals = has_letters && !text.chars().any(char::is_lowercase);
    capitals || UnitFact::of_label(text).is_some()
}

impl Passage {
    fn begun(text: String, y: f64) -> Self {
        const BULLETS: [char; 9] = ['•', '◦', '▪', '●', '■', '‣', '⁃', '\u{f0b7}', '\u{f0a7}'];
        let trimmed = text.trim_start();
        match trimmed.strip_prefix(BULLETS) {
            Some(rest) => Self {
                lines: vec![rest.trim_start().to_owned()],
                y,
                bullet: true,
            },
            None => Self {
                lines: vec![text],
                y,
                bullet: false,
            },
        }
    }
}

/// The passages of a cell from its runs.
fn cell(runs: Vec<Run>) -> Vec<Passage> {
    let rows = columns::rows(runs);
    let mut steps: Vec<f64> = rows
        .windows(2)
        .filter_map(|pair| match pair {
            [above, below] => Some(height(above) - height(below)),
            _ => None,
        })
        .collect();
    steps.sort_by(f64::total_cmp);
    let usual = steps.get(steps.len() / 4).copied().unwrap_or(f64::INFINITY);
    let mut passages: Vec<Passage> = Vec::new();
    let mut last: Option<f64> = None;
    for row in rows {
        let y = height(&row);
        let size = row.size();
        let line = line_of(row, 0);
        let apart = last.is_some_and(|last| last - y > (usual * 1.3).max(size * 1.5));
        last = Some(y);
        let text = line.text.replace('\t', " ");
        let fresh = Passage::begun(text.clone(), y);
        match passages.last_mut() {
            Some(open) if !apart && !fresh.bullet && !begins_with_number(&text) => open.lines.push(text),
            _ => passages.push(fresh),
        }
    }
    passages
}

fn height(row: &Row) -> f64 {
    row.runs.first().map_or(0.0, |run| run.y)
}

/// "1.2 Evaluate", "LO2 Understand", "AC1.2", "P1 Describe": a criterion's or outcome's own number before its words.
pub(crate) fn begins_with_number(text: &str) -> bool {
    let mut words = text.split_whitespace();
    let Some(first) = words.next() else { return false };
    let bare = first.trim_end_matches(['.', ')', ':']);
    let digits = |text: &str| !text.is_empty() && text.len() <= 2 && text.bytes().all(|b| b.is_ascii_digit());
    let parted = bare
        .split_once('.')
        .is_some_and(|(outcome, own)| digits(outcome) && own.split('.').all(digits));
    let named = ["LO", "AC", "P", "M", "D"].iter().any(|prefix| {
        bare.strip_prefix(prefix)
            .is_some_and(|rest| digits(rest) || rest.split('.').all(digits))
    });
    let capital = words
        .next()
        .is_none_or(|word| word.starts_with(|c: char| c.is_uppercase() || !c.is_alphabetic()));
    (parted || named) && capital
}
