//! Rows of runs, and the empty strips that part them into columns.

use super::runs::Run;

/// Runs on the same height, or overlapping in height.
pub(super) struct Row {
    pub(super) runs: Vec<Run>,
    top: f64,
    foot: f64,
}

impl Row {
    /// The empty strips between the row's runs, from left to right.
    pub(super) fn gaps(&self) -> Vec<(f64, f64)> {
        let mut spans: Vec<(f64, f64)> = self.runs.iter().map(|r| (r.left, r.right)).collect();
        spans.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut gaps = Vec::new();
        let mut right = f64::NEG_INFINITY;
        for (left, end) in spans {
            if right.is_finite() && left > right {
                gaps.push((right, left));
            }
            right = right.max(end);
        }
        gaps
    }

    pub(super) fn size(&self) -> f64 {
        self.runs.iter().map(|r| r.size).fold(0.0, f64::max)
    }

    pub(super) fn crosses(&self, strip: (f64, f64)) -> bool {
        self.runs.iter().any(|r| r.left < strip.1 && r.right > strip.0)
    }

    pub(super) fn both_sides(&self, strip: (f64, f64)) -> bool {
        self.runs.iter().any(|r| r.right <= strip.0) && self.runs.iter().any(|r| r.left >= strip.1)
    }
}

/// The rows from the top down.
pub(super) fn rows(mut runs: Vec<Run>) -> Vec<Row> {
    runs.sort_by(|a, b| b.y.total_cmp(&a.y).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Row> = Vec::new();
    for run in runs {
        match rows.last_mut() {
            // Sharing more than a third of a line's height makes one row.
            Some(row) if run.top() - row.foot > 0.35 * run.size.min(row.size()) && run.foot() < row.top => {
                row.top = row.top.max(run.top());
                // The row's foot stays where its first line's is, or a staircase of runs would make one row of a page.
                row.runs.push(run);
            }
            _ => rows.push(Row {
                top: run.top(),
                foot: run.foot(),
                runs: vec![run],
            }),
        }
    }
    rows
}

/// The row's widest gap, if it is wide enough to part columns.
pub(super) fn widest(row: &Row) -> Option<(f64, f64)> {
    row.gaps()
        .into_iter()
        .max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))
        .filter(|gap| gap.1 - gap.0 > row.size() * 0.9)
}

/// What is left of a strip when a row is added; `None` when the row closes it.
pub(super) fn narrowed(strip: (f64, f64), row: &Row) -> Option<(f64, f64)> {
    let size = row.size();
    if !row.crosses(strip) {
        return Some(strip);
    }
    // A row of two columns may have its gap a little aside of the others'.
    row.gaps()
        .into_iter()
        .map(|gap| (gap.0.max(strip.0), gap.1.min(strip.1)))
        .chain(one_sided(strip, row))
        .max_by(|a, b| (a.1 - a.0).total_cmp(&(b.1 - b.0)))
        .filter(|gap| gap.1 - gap.0 > size * 0.9)
}

/// A row that reaches into the strip from one side only leaves the rest of it.
fn one_sided(strip: (f64, f64), row: &Row) -> Option<(f64, f64)> {
    let left = row.runs.iter().map(|r| r.left).fold(f64::INFINITY, f64::min);
    let right = row.runs.iter().map(|r| r.right).fold(f64::NEG_INFINITY, f64::max);
    if right < strip.1 {
        Some((right.max(strip.0), strip.1))
    } else if left > strip.0 {
        Some((strip.0, left.min(strip.1)))
    } else {
        None
    }
}

/// Whether a row that stands on one side only is too far below a region to belong to it.
pub(super) fn too_far(region: &[Row], row: &Row) -> bool {
    let Some(last) = region.last() else { return false };
    last.foot - row.top > 2.2 * row.size().max(last.size())
}

/// Whether the columns are a newspaper's and not a table's: both are filled with running text, or they are equally wide,
/// long, and hold phrases rather than figures.
pub(super) fn is_running_text(rows: &[Row], strip: (f64, f64)) -> bool {
    let (left, right): (Vec<&Run>, Vec<&Run>) = rows
        .iter()
        .flat_map(|r| &r.runs)
        .partition(|r| r.right <= strip.0 + 0.01);
    let columns = [left, right].map(|runs| Column::of(&runs));
    let filled = columns.iter().all(|c| c.runs >= 5 && c.full * 10 >= c.runs * 6);
    let [left, right] = &columns;
    let alike = (left.width - right.width).abs() < left.width.max(right.width) * 0.12;
    let phrases = columns.iter().all(|c| c.runs >= 12 && c.words >= c.runs * 4);
    filled || (alike && phrases)
}

struct Column {
    runs: usize,
    /// Runs that reach nearly across the column.
    full: usize,
    words: usize,
    width: f64,
}

impl Column {
    fn of(runs: &[&Run]) -> Self {
        let from = runs.iter().map(|r| r.left).fold(f64::INFINITY, f64::min);
        let to = runs.iter().map(|r| r.right).fold(f64::NEG_INFINITY, f64::max);
        Self {
            runs: runs.len(),
            full: runs
                .iter()
                .filter(|r| r.right - r.left > (to - from) * 0.75)
                .count(),
            words: runs.iter().map(|r| r.text.split_whitespace().count()).sum(),
            width: to - from,
        }
    }
}

/// Parts a table at the gaps that run right across it: those that are wider than between the lines of one cell. Lines of
/// a cell are the closest that the table has.
pub(super) fn at_large_gaps(rows: Vec<Row>) -> Vec<Vec<Row>> {
    let mut steps: Vec<f64> = rows.windows(2).map(step).collect();
    steps.sort_by(f64::total_cmp);
    let size = rows.iter().map(Row::size).fold(0.0, f64::max);
    let usual = steps
        .get(steps.len() / 10)
        .copied()
        .unwrap_or_default()
        .max(size * 0.9)
        .max(0.5);
    let mut parts: Vec<Vec<Row>> = Vec::new();
    let mut last: Option<f64> = None;
    for row in rows {
        let y = row.runs.first().map_or(row.foot, |r| r.y);
        let begins = last.is_none_or(|last| last - y > usual * 1.25);
        last = Some(y);
        match parts.last_mut() {
            Some(part) if !begins => part.push(row),
            _ => parts.push(vec![row]),
        }
    }
    parts
}

fn step(pair: &[Row]) -> f64 {
    match pair {
        [above, below] => {
            let y = |row: &Row| row.runs.first().map_or(row.foot, |r| r.y);
            y(above) - y(below)
        }
        _ => 0.0,
    }
}
