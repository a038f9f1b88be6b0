//! Letters to lines in reading order.
//!
//! Letters become runs; runs on one height become rows; where an empty strip runs down through several rows there are
//! columns, which are read one after the other. A table's rows are kept together where a gap runs across it.

use std::collections::BTreeMap;

use super::columns::{Row, at_large_gaps, is_running_text, narrowed, rows, too_far, widest};
use super::glyphs::Glyph;
use super::runs::{Run, SPACE, is_right_to_left, runs, without_shadows};

/// A line of text in reading order.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) left: f64,
    pub(super) right: f64,
    /// Height of the line's foot above the page's origin.
    pub(super) y: f64,
    /// Height of the type.
    pub(super) size: f64,
    /// Lines of one block follow each other down one column.
    pub(super) block: usize,
}

/// The lines of a page in reading order.
pub(super) fn lines(glyphs: Vec<Glyph>) -> Vec<Line> {
    let mut by_direction: BTreeMap<u8, Vec<Glyph>> = BTreeMap::new();
    for glyph in glyphs {
        by_direction.entry(glyph.turns).or_default().push(glyph);
    }
    // The direction with the most letters is the page's; what is written across it follows.
    let mut directions: Vec<Vec<Glyph>> = by_direction.into_values().collect();
    directions.sort_by_key(|glyphs| std::cmp::Reverse(glyphs.len()));
    let mut reading = Reading::default();
    for glyphs in directions {
        reading.order(without_shadows(runs(glyphs)), 0);
        reading.block += 1;
    }
    reading.lines
}

#[derive(Default)]
struct Reading {
    lines: Vec<Line>,
    block: usize,
}

impl Reading {
    /// Appends the runs of a region in reading order.
    fn order(&mut self, runs: Vec<Run>, depth: usize) {
        const DEEPEST: usize = 8;
        let mut rows = rows(runs).into_iter().peekable();
        let mut region: Vec<Row> = Vec::new();
        // The strip that runs through the region read so far, and how many of its rows have text on both sides.
        let mut strip: Option<(f64, f64)> = None;
        while let Some(row) = rows.next() {
            let narrowed = match strip {
                None => widest(&row),
                Some(strip) => narrowed(strip, &row),
            };
            match narrowed {
                Some(narrowed) if depth < DEEPEST && !too_far(&region, &row) => {
                    strip = Some(narrowed);
                    region.push(row);
                }
                _ => {
                    self.region(std::mem::take(&mut region), strip, depth);
                    strip = widest(&row).filter(|_| depth < DEEPEST);
                    if strip.is_some() {
                        region.push(row);
                    } else {
                        self.line(row);
                    }
                }
            }
            if rows.peek().is_none() {
                self.region(std::mem::take(&mut region), strip, depth);
                strip = None;
            }
        }
    }

    /// A stretch of rows with an empty strip down its middle.
    fn region(&mut self, rows: Vec<Row>, strip: Option<(f64, f64)>, depth: usize) {
        let Some(strip) = strip else {
            rows.into_iter().for_each(|row| self.line(row));
            return;
        };
        let two_sided = rows.iter().filter(|row| row.both_sides(strip)).count();
        let running_text = is_running_text(&rows, strip);
        // Where nearly every row has text on both sides and the columns are not full, the rows are those of a table.
        let one_line_rows = !running_text && two_sided * 5 >= rows.len() * 4;
        if two_sided < 3 || one_line_rows {
            rows.into_iter().for_each(|row| self.line(row));
            return;
        }
        let parts = if running_text {
            vec![rows]
        } else {
            at_large_gaps(rows)
        };
        for part in parts {
            self.block += 1;
            match <[Row; 1]>::try_from(part) {
                // A table's row of one line stays one line.
                Ok([row]) => self.line(row),
                Err(rows) => {
                    let (left, right): (Vec<Run>, Vec<Run>) = rows
                        .into_iter()
                        .flat_map(|row| row.runs)
                        .partition(|run| run.right <= strip.0 + 0.01);
                    self.order(left, depth + 1);
                    self.block += 1;
                    self.order(right, depth + 1);
                }
            }
        }
        self.block += 1;
    }

    /// One row as one line, its runs from left to right, or from right to left where the writing is.
    fn line(&mut self, mut row: Row) {
        let letters: String = row.runs.iter().map(|r| r.text.as_str()).collect();
        if is_right_to_left(&letters) {
            row.runs.sort_by(|a, b| b.left.total_cmp(&a.left));
        } else {
            row.runs.sort_by(|a, b| a.left.total_cmp(&b.left));
        }
        let size = row.size();
        let Some(main) = row
            .runs
            .iter()
            .max_by(|a, b| (a.right - a.left).total_cmp(&(b.right - b.left)))
        else {
            return;
        };
        let mut line = Line {
            text: String::new(),
            left: f64::INFINITY,
            right: f64::NEG_INFINITY,
            y: main.y,
            size: main.size,
            block: self.block,
        };
        for run in &row.runs {
            if !line.text.is_empty() {
                let gap = (run.left - line.right).max(line.left - run.right);
                if gap > size * 2.0 {
                    line.text.push('\t');
                } else if gap > size * SPACE {
                    line.text.push(' ');
                }
            }
            line.text.push_str(&run.text);
            line.left = line.left.min(run.left);
            line.right = line.right.max(run.right);
        }
        self.lines.push(line);
    }
}
