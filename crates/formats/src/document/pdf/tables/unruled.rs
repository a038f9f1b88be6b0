//! What stands outside ruled tables: tables whose columns are parted by empty strips only, running text in columns, and
//! paragraphs.

use super::super::columns::{Row, is_running_text, too_far};
use super::super::runs::Run;
use super::rulings::Rulings;
use super::{LaidBlock, LaidCell, LaidRow, LaidTable, begins_with_number, cell, height, line_of, passages};

/// The blocks that rows make, from the top down. `tables` are the heights at which ruled tables begin: nothing goes on
/// past one.
pub(super) fn blocks(rows: Vec<Row>, rulings: &Rulings, tables: &[f64]) -> Vec<LaidBlock> {
    let mut blocks = Vec::new();
    let mut loose: Vec<Row> = Vec::new();
    let mut rows = rows.into_iter().peekable();
    let mut stretch = Stretch::default();
    while let Some(row) = rows.next() {
        let passes_table = stretch
            .last_height()
            .is_some_and(|last| tables.iter().any(|top| *top < last && *top > height(&row)));
        if passes_table || !stretch.takes(&row, rows.peek()) {
            stretch.end(&mut blocks, &mut loose, rulings);
            if passes_table {
                flush(&mut loose, &mut blocks);
            }
        }
        if stretch.rows.is_empty() && !stretch.begins(&row) {
            loose.push(row);
        } else {
            stretch.rows.push(row);
        }
    }
    stretch.end(&mut blocks, &mut loose, rulings);
    flush(&mut loose, &mut blocks);
    blocks
}

fn flush(loose: &mut Vec<Row>, blocks: &mut Vec<LaidBlock>) {
    let lines = std::mem::take(loose)
        .into_iter()
        .map(|row| line_of(row, 0))
        .collect();
    blocks.extend(passages(lines).into_iter().map(LaidBlock::Paragraph));
}

/// Rows that empty strips run through.
#[derive(Default)]
struct Stretch {
    rows: Vec<Row>,
    strips: Vec<(f64, f64)>,
}

/// Narrower strips, in heights of the type, part no columns.
const NARROWEST: f64 = 0.7;

impl Stretch {
    fn last_height(&self) -> Option<f64> {
        self.rows.last().map(height)
    }

    fn begins(&mut self, row: &Row) -> bool {
        let size = row.size();
        self.strips = row
            .gaps()
            .into_iter()
            .filter(|gap| gap.1 - gap.0 > size * 1.2)
            .collect();
        !self.strips.is_empty()
    }

    /// Whether a row goes on with the stretch; its strips are narrowed to what the row leaves of them.
    fn takes(&mut self, row: &Row, next: Option<&Row>) -> bool {
        if self.rows.is_empty() {
            return true;
        }
        if too_far(&self.rows, row) && !self.fills(row) {
            return false;
        }
        let narrowed = self.narrowed(row);
        if narrowed.len() == self.strips.len() {
            self.strips = narrowed;
            return true;
        }
        // A heading within a table runs across its columns; the table goes on below it.
        let is_heading = row.runs.len() == 1
            && next.is_some_and(|next| {
                next.runs.len() > self.strips.len() && self.narrowed(next).len() == self.strips.len()
            });
        if is_heading {
            return true;
        }
        // A cell that spans some columns of many leaves the others.
        if !narrowed.is_empty() && row.runs.len() > 1 && self.rows.len() < 3 {
            self.strips = narrowed;
            return true;
        }
        false
    }

    /// A wide step is no end where both rows have as many cells as columns.
    fn fills(&self, row: &Row) -> bool {
        let filled = |row: &Row| self.strips.iter().all(|strip| row.both_sides(*strip));
        let step = self.last_height().map_or(0.0, |last| last - height(row));
        filled(row) && step < row.size() * 5.0 && self.narrowed(row).len() == self.strips.len()
    }

    fn narrowed(&self, row: &Row) -> Vec<(f64, f64)> {
        let size = row.size();
        let least = size * NARROWEST;
        self.strips
            .iter()
            .filter_map(|strip| {
                if !row.crosses(*strip) {
                    return Some(*strip);
                }
                // What runs reaching into the strip leave of it.
                let mut free = vec![*strip];
                for run in &row.runs {
                    free = free
                        .into_iter()
                        .flat_map(|(from, to)| [(from, to.min(run.left)), (from.max(run.right), to)])
                        .filter(|(from, to)| to - from > least)
                        .collect();
                }
                free.into_iter()
                    .max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))
            })
            .collect()
    }

    /// Ends the stretch as a table, as columns of running text, or as loose rows.
    fn end(&mut self, blocks: &mut Vec<LaidBlock>, loose: &mut Vec<Row>, rulings: &Rulings) {
        let rows = std::mem::take(&mut self.rows);
        let strips = std::mem::take(&mut self.strips);
        let sided = rows
            .iter()
            .filter(|row| strips.iter().any(|strip| row.both_sides(*strip)))
            .count();
        if sided < 2 {
            loose.extend(rows);
            return;
        }
        flush(loose, blocks);
        if let [strip] = strips.as_slice()
            && is_running_text(&rows, *strip)
            && !rows
                .iter()
                .any(|row| row.runs.iter().any(|run| begins_with_number(&run.text)))
        {
            let top = rows.first().map_or(0.0, height);
            let (left, right): (Vec<Run>, Vec<Run>) = rows
                .into_iter()
                .flat_map(|row| row.runs)
                .partition(|run| run.right <= strip.0 + 0.01);
            for column in [left, right] {
                let rows = super::super::columns::rows(column);
                let lines = rows.into_iter().map(|row| line_of(row, 0)).collect();
                for mut passage in passages(lines) {
                    // Both columns stand where the stretch began, the left one first.
                    passage.y = top;
                    blocks.push(LaidBlock::Paragraph(passage));
                }
            }
            return;
        }
        blocks.push(LaidBlock::Table(table(rows, &strips, rulings)));
    }
}

/// The table that rows parted by strips make.
fn table(rows: Vec<Row>, strips: &[(f64, f64)], rulings: &Rulings) -> LaidTable {
    let mut strips = strips.to_vec();
    strips.sort_by(|a, b| a.0.total_cmp(&b.0));
    let left = rows
        .iter()
        .flat_map(|row| &row.runs)
        .map(|run| run.left)
        .fold(f64::INFINITY, f64::min);
    let top = rows.first().map_or(0.0, |row| height(row) + row.size());
    let columns: Vec<f64> = std::iter::once(left)
        .chain(strips.iter().map(|strip| strip.1))
        .collect();
    let column_of = |run: &Run| {
        strips
            .iter()
            .take_while(|strip| run.left >= (strip.0 + strip.1) / 2.0)
            .count()
    };
    let mut steps: Vec<f64> = rows
        .windows(2)
        .filter_map(|pair| match pair {
            [above, below] => Some(height(above) - height(below)),
            _ => None,
        })
        .collect();
    steps.sort_by(f64::total_cmp);
    let usual = steps.get(steps.len() / 5).copied().unwrap_or(f64::INFINITY);
    let mut laid: Vec<Vec<Vec<Run>>> = Vec::new();
    let mut after_heading = false;
    let mut last: Option<f64> = None;
    for row in rows {
        let y = height(&row);
        let size = row.size();
        let ruled = last.is_some_and(|last| rulings.across.iter().any(|line| line.at < last && line.at > y));
        let apart = last.is_none_or(|last| last - y > (usual * 1.25).max(size * 1.4));
        let begins = row.runs.iter().any(|run| {
            let column = column_of(run);
            let is_last = column + 1 == columns.len();
            (column > 0 && is_figure(&run.text)) || (!is_last && begins_row(&run.text))
        });
        // A heading within the table is a row of its own.
        let heading = is_heading(&row, &strips);
        last = Some(y);
        if ruled || apart || begins || heading || after_heading || laid.is_empty() {
            laid.push(vec![Vec::new(); columns.len()]);
        }
        after_heading = heading;
        for run in row.runs {
            let column = column_of(&run);
            if let Some(runs) = laid.last_mut().and_then(|row| row.get_mut(column)) {
                runs.push(run);
            }
        }
    }
    let rows = laid
        .into_iter()
        .map(|row| LaidRow {
            cells: row
                .into_iter()
                .map(|runs| LaidCell {
                    passages: cell(runs),
                    rows: 1,
                })
                .collect(),
        })
        .collect();
    LaidTable { columns, rows, top }
}

/// A single run across columns, or one that names a group of units.
fn is_heading(row: &Row, strips: &[(f64, f64)]) -> bool {
    let [run] = row.runs.as_slice() else { return false };
    let first = run
        .text
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    // In the middle of a sentence such a word begins a line in lower case.
    let names_group = run.text.starts_with(char::is_uppercase)
        && matches!(
            first.as_str(),
            "group" | "mandatory" | "optional" | "core" | "pathway" | "endorsed"
        );
    let in_first = strips.iter().all(|strip| run.left < strip.1);
    in_first && (names_group || strips.iter().any(|strip| row.crosses(*strip)))
}

/// "7", "30", "A/504/9068": a cell that is never carried on to a second line.
fn is_figure(text: &str) -> bool {
    let bare = text.trim();
    !bare.is_empty() && bare.len() <= 12 && bare.chars().any(|c| c.is_ascii_digit()) && !bare.contains(' ')
}

fn begins_row(text: &str) -> bool {
    let outcome = text
        .split_whitespace()
        .next()
        .map(|word| word.trim_end_matches(['.', ')', ':']))
        .is_some_and(|word| (1..=2).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit()));
    outcome || begins_with_number(text)
}
