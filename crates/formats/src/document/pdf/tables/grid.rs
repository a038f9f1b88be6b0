//! Ruled tables: lines that cross make a grid, and places without a line between them one cell.

use super::super::glyphs::Glyph;
use super::super::runs::{runs, without_shadows};
use super::rulings::{Ruling, Rulings};
use super::{LaidCell, LaidRow, LaidTable, cell};

/// Most lines of a page that are tried as tables; a drawing has more.
const MOST_LINES: usize = 3_000;
/// Most places of one grid.
const MOST_PLACES: usize = 40_000;
/// How far a line may end before or after another and still meet it, in points.
const MEETS: f64 = 3.5;
/// Lines nearer to each other part no cells.
const NARROWEST: f64 = 5.0;

/// The ruled tables of a page, and the letters that stand in none.
pub(super) fn tables(rulings: &Rulings, letters: Vec<Glyph>) -> (Vec<LaidTable>, Vec<Glyph>) {
    if rulings.across.len() + rulings.down.len() > MOST_LINES {
        return (Vec::new(), letters);
    }
    let mut grids: Vec<Grid> = connected(rulings)
        .into_iter()
        .filter_map(|set| Grid::of(&set))
        .collect();
    let mut free = Vec::new();
    for letter in letters {
        let x = (letter.x + letter.end) / 2.0;
        let y = letter.y + letter.size * 0.3;
        // A table within a cell of another takes what stands in it.
        let inside = grids
            .iter_mut()
            .filter(|grid| grid.holds(x, y))
            .min_by(|a, b| a.area().total_cmp(&b.area()));
        match inside {
            Some(grid) => grid.put(x, y, letter),
            None => free.push(letter),
        }
    }
    (grids.into_iter().filter_map(Grid::table).collect(), free)
}

/// Lines that meet, directly or by way of others.
fn connected(rulings: &Rulings) -> Vec<Rulings> {
    let count = rulings.across.len() + rulings.down.len();
    let mut group: Vec<usize> = (0..count).collect();
    fn root(group: &mut [usize], mut at: usize) -> usize {
        while let Some(above) = group.get(at).copied().filter(|above| *above != at) {
            let next = group.get(above).copied().unwrap_or(above);
            if let Some(place) = group.get_mut(at) {
                *place = next;
            }
            at = above;
        }
        at
    }
    for (i, across) in rulings.across.iter().enumerate() {
        for (j, down) in rulings.down.iter().enumerate() {
            let meets = within(down.at, across) && within(across.at, down);
            if meets {
                let (a, b) = (root(&mut group, i), root(&mut group, rulings.across.len() + j));
                if let Some(place) = group.get_mut(a) {
                    *place = b;
                }
            }
        }
    }
    let mut sets: std::collections::BTreeMap<usize, Rulings> = std::collections::BTreeMap::new();
    for (at, line) in rulings.across.iter().enumerate() {
        sets.entry(root(&mut group, at)).or_default().across.push(*line);
    }
    for (at, line) in rulings.down.iter().enumerate() {
        let at = root(&mut group, rulings.across.len() + at);
        sets.entry(at).or_default().down.push(*line);
    }
    sets.into_values().collect()
}

fn within(at: f64, line: &Ruling) -> bool {
    at >= line.from - MEETS && at <= line.to + MEETS
}

/// A grid of places with the letters in each.
struct Grid {
    /// Edges from left to right.
    xs: Vec<f64>,
    /// Edges from the top down.
    ys: Vec<f64>,
    /// The cell of each place, row by row: the place where it begins.
    cells: Vec<usize>,
    letters: Vec<Vec<Glyph>>,
}

impl Grid {
    fn of(lines: &Rulings) -> Option<Self> {
        let ends = |lines: &[Ruling]| {
            let from = lines.iter().map(|line| line.from).fold(f64::INFINITY, f64::min);
            let to = lines.iter().map(|line| line.to).fold(f64::NEG_INFINITY, f64::max);
            [from, to]
        };
        if lines.across.len() < 2 || lines.down.is_empty() {
            return None;
        }
        // A table may be open at its sides: then its rows' lines reach beyond its columns' lines.
        let xs = edges(
            lines.down.iter().map(|line| line.at).collect(),
            ends(&lines.across),
        );
        let mut ys = edges(
            lines.across.iter().map(|line| line.at).collect(),
            ends(&lines.down),
        );
        ys.reverse();
        let (columns, rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
        let places = columns.checked_mul(rows)?;
        if columns == 0 || rows == 0 || places > MOST_PLACES || columns * rows < 2 {
            return None;
        }
        let mut grid = Self {
            xs,
            ys,
            cells: (0..places).collect(),
            letters: vec![Vec::new(); places],
        };
        grid.unite(lines, columns, rows);
        Some(grid)
    }

    /// Makes one cell of neighbours without a line between them.
    fn unite(&mut self, lines: &Rulings, columns: usize, rows: usize) {
        let middle = |edges: &[f64], at: usize| Some((edges.get(at)? + edges.get(at + 1)?) / 2.0);
        for row in 0..rows {
            for column in 0..columns {
                let (Some(x), Some(y)) = (middle(&self.xs, column), middle(&self.ys, row)) else {
                    continue;
                };
                let here = row * columns + column;
                if let Some(edge) = self.xs.get(column + 1).filter(|_| column + 1 < columns)
                    && !lines
                        .down
                        .iter()
                        .any(|line| (line.at - edge).abs() < NARROWEST && line.from <= y && y <= line.to)
                {
                    self.join(here, here + 1);
                }
                if let Some(edge) = self.ys.get(row + 1).filter(|_| row + 1 < rows)
                    && !lines
                        .across
                        .iter()
                        .any(|line| (line.at - edge).abs() < NARROWEST && line.from <= x && x <= line.to)
                {
                    self.join(here, here + columns);
                }
            }
        }
    }

    fn root(&self, mut at: usize) -> usize {
        while let Some(above) = self.cells.get(at).copied().filter(|above| *above != at) {
            at = above;
        }
        at
    }

    /// The earlier place of the two keeps the cell, so that a cell stands where it begins.
    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        if let Some(place) = self.cells.get_mut(a.max(b)) {
            *place = a.min(b);
        }
    }

    fn holds(&self, x: f64, y: f64) -> bool {
        matches!((self.xs.first(), self.xs.last()), (Some(from), Some(to)) if *from <= x && x <= *to)
            && matches!((self.ys.first(), self.ys.last()), (Some(top), Some(foot)) if *foot <= y && y <= *top)
    }

    fn area(&self) -> f64 {
        match (self.xs.first(), self.xs.last(), self.ys.first(), self.ys.last()) {
            (Some(left), Some(right), Some(top), Some(foot)) => (right - left) * (top - foot),
            _ => 0.0,
        }
    }

    fn put(&mut self, x: f64, y: f64, letter: Glyph) {
        let columns = self.xs.len().saturating_sub(1);
        let column = self
            .xs
            .iter()
            .skip(1)
            .take_while(|edge| **edge < x)
            .count()
            .min(columns.saturating_sub(1));
        let rows = self.ys.len().saturating_sub(1);
        let row = self
            .ys
            .iter()
            .skip(1)
            .take_while(|edge| **edge > y)
            .count()
            .min(rows.saturating_sub(1));
        let cell = self.root(row * columns + column);
        if let Some(letters) = self.letters.get_mut(cell) {
            letters.push(letter);
        }
    }

    /// The table; none when nothing stands in it, or when it is one box.
    fn table(self) -> Option<LaidTable> {
        let columns = self.xs.len().checked_sub(1)?;
        let rows = self.ys.len().checked_sub(1)?;
        let mut spans = vec![0usize; columns * rows];
        for row in 0..rows {
            let mut counted = std::collections::BTreeSet::new();
            for column in 0..columns {
                let cell = self.root(row * columns + column);
                if counted.insert(cell)
                    && let Some(span) = spans.get_mut(cell)
                {
                    *span += 1;
                }
            }
        }
        let top = self.ys.first().copied().unwrap_or_default();
        let edges = self.xs.clone();
        let mut letters = self.letters.into_iter();
        let mut spans = spans.into_iter();
        let mut laid_rows: Vec<LaidRow> = Vec::with_capacity(rows);
        for _ in 0..rows {
            let cells = (0..columns)
                .map(|_| LaidCell {
                    passages: letters
                        .next()
                        .map_or_else(Vec::new, |all| cell(without_shadows(runs(all)))),
                    rows: spans.next().unwrap_or_default(),
                })
                .collect();
            laid_rows.push(LaidRow { cells });
        }
        // Edges of other rows may leave columns and rows in which nothing begins.
        laid_rows.retain(|row| row.cells.iter().any(|cell| !cell.is_empty()));
        let used: Vec<bool> = (0..columns)
            .map(|column| {
                laid_rows
                    .iter()
                    .any(|row| row.cells.get(column).is_some_and(|cell| !cell.is_empty()))
            })
            .collect();
        for row in &mut laid_rows {
            let mut keep = used.iter();
            row.cells.retain(|_| keep.next().copied().unwrap_or_default());
        }
        let columns = edges
            .into_iter()
            .zip(&used)
            .filter(|(_, used)| **used)
            .map(|(edge, _)| edge)
            .collect();
        (!laid_rows.is_empty()).then_some(LaidTable {
            columns,
            rows: laid_rows,
            top,
        })
    }
}

/// Distinct edges in order, with the ends of the lines that run across them where those reach further.
fn edges(mut all: Vec<f64>, ends: [f64; 2]) -> Vec<f64> {
    all.sort_by(f64::total_cmp);
    let mut kept: Vec<f64> = Vec::new();
    for edge in all {
        if kept.last().is_none_or(|last| edge - last >= NARROWEST) {
            kept.push(edge);
        }
    }
    let [from, to] = ends;
    if kept.first().is_some_and(|first| first - from > NARROWEST * 2.0) {
        kept.insert(0, from);
    }
    if kept.last().is_some_and(|last| to - last > NARROWEST * 2.0) {
        kept.push(to);
    }
    kept
}
