//! Lines to paragraphs: where one ends, which are headings, which are the heads and feet of pages.

use std::collections::{BTreeMap, BTreeSet};

use crate::refusal::ReadRefusal;

use super::super::draft::Draft;
use super::super::{ParagraphKind, sections};
use super::layout::Line;

/// Fills the draft from the lines of each page.
///
/// Refuses, when: there is more text than the limit.
pub(super) fn fill(pages: Vec<Vec<Line>>, draft: &mut Draft) -> Result<(), ReadRefusal> {
    let scale = Scale::of(&pages);
    let running = running_heads(&pages);
    for (index, lines) in pages.into_iter().enumerate() {
        if index > 0 {
            draft.next_page()?;
        }
        let mut open: Option<Open> = None;
        let pitch = usual_pitch(&lines);
        for (at, line) in lines.iter().enumerate() {
            let is_running = running.contains(&(index, at));
            let joins = !is_running
                && open
                    .as_ref()
                    .is_some_and(|open| !open.running && open.takes(line, pitch));
            if !joins && let Some(done) = open.take() {
                done.add(&scale, draft)?;
            }
            match &mut open {
                Some(open) => open.join(line),
                None => open = Some(Open::new(line, is_running)),
            }
        }
        if let Some(done) = open {
            done.add(&scale, draft)?;
        }
    }
    Ok(())
}

/// Whether each line begins a paragraph.
pub(super) fn starts(lines: &[Line]) -> Vec<bool> {
    let pitch = usual_pitch(lines);
    let mut open: Option<Open> = None;
    lines
        .iter()
        .map(|line| {
            let joins = open.as_ref().is_some_and(|open| open.takes(line, pitch));
            match &mut open {
                Some(open) if joins => open.join(line),
                _ => open = Some(Open::new(line, false)),
            }
            !joins
        })
        .collect()
}

/// A paragraph being put together.
struct Open {
    text: String,
    last: Line,
    left: f64,
    right: f64,
    lines: usize,
    running: bool,
}

impl Open {
    fn new(line: &Line, running: bool) -> Self {
        Self {
            text: line.text.clone(),
            last: line.clone(),
            left: line.left,
            right: line.right,
            lines: 1,
            running,
        }
    }

    /// Whether the next line carries the paragraph on.
    fn takes(&self, line: &Line, pitch: f64) -> bool {
        let step = self.last.y - line.y;
        let size = self.last.size;
        let same_type = (line.size - size).abs() < size * 0.12;
        // Straight below, and not further down than lines usually are.
        let follows = step > size * 0.3 && step < (pitch * 1.35).max(size * 1.15);
        let indented =
            self.lines > 1 && line.left > self.left + size * 0.8 && self.last.left < self.left + size * 0.3;
        // A first line that is indented itself is followed by lines that are not.
        let short = self.last.right < self.right - size * 6.0 && ends_sentence(&self.last.text);
        same_type
            && follows
            && line.block == self.last.block
            && !indented
            && !short
            // Lines with gaps in them are rows of a table.
            && !(line.text.contains('\t') && self.last.text.contains('\t'))
            && !begins_item(&line.text)
            && !stands_alone(&line.text)
            && !stands_alone(&self.last.text)
    }

    fn join(&mut self, line: &Line) {
        let hyphenated = self.text.ends_with('-')
            && self.text.chars().rev().nth(1).is_some_and(char::is_alphabetic)
            && line.text.starts_with(char::is_lowercase);
        if self.text.ends_with('\u{ad}') || hyphenated {
            self.text.pop();
        } else {
            self.text.push(' ');
        }
        self.text.push_str(&line.text);
        self.left = if self.lines == 1 {
            line.left
        } else {
            self.left.min(line.left)
        };
        self.right = self.right.max(line.right);
        self.last = line.clone();
        self.lines += 1;
    }

    fn add(self, scale: &Scale, draft: &mut Draft) -> Result<(), ReadRefusal> {
        let kind = if self.running {
            ParagraphKind::RunningHead
        } else if let Some(level) = scale.heading(&self) {
            ParagraphKind::Heading { level }
        } else if begins_item(&self.text) {
            ParagraphKind::ListItem { depth: 1 }
        } else {
            ParagraphKind::Paragraph
        };
        draft.add(kind, &self.text, None)
    }
}

fn stands_alone(text: &str) -> bool {
    sections::section_title(text).is_some() || sections::is_dotted_entry(text)
}

fn ends_sentence(text: &str) -> bool {
    text.trim_end().ends_with(['.', '!', '?', ':', ';', '”', '"'])
}

/// "• …", "– …", "1. …", "(a) …"
fn begins_item(text: &str) -> bool {
    let text = text.trim_start();
    if text.starts_with(['•', '◦', '▪', '●', '■', '‣', '⁃', '\u{f0b7}']) {
        return true;
    }
    let Some((first, rest)) = text.split_once(char::is_whitespace) else {
        return false;
    };
    if rest.trim().is_empty() {
        return false;
    }
    if matches!(first, "-" | "–" | "*" | "o") {
        return true;
    }
    let bare = first.trim_start_matches('(').trim_end_matches([')', '.']);
    let marked = first.len() > bare.len();
    let counts = (bare.len() <= 3 && !bare.is_empty() && bare.chars().all(|c| c.is_ascii_digit()))
        || (bare.chars().count() == 1 && bare.chars().all(|c| c.is_ascii_lowercase()));
    marked && counts
}

/// The distance between lines that is most usual on a page. Further apart than treble spacing, lines do not belong
/// together, however usual that is on the page.
fn usual_pitch(lines: &[Line]) -> f64 {
    let mut steps: Vec<f64> = lines
        .windows(2)
        .filter_map(|pair| match pair {
            [above, below] if above.block == below.block => {
                let step = above.y - below.y;
                (step > 1.0 && step < above.size.max(below.size) * 3.6).then_some(step)
            }
            _ => None,
        })
        .collect();
    steps.sort_by(f64::total_cmp);
    steps.get(steps.len() * 2 / 5).copied().unwrap_or(0.0)
}

/// The sizes of type that the document uses.
struct Scale {
    /// The size that most letters have, in half points.
    body: i64,
    /// Larger sizes, the largest first.
    larger: Vec<i64>,
}

fn half_points(size: f64) -> i64 {
    // Sizes are bounded where letters are taken in, so the cast cannot lose anything.
    (size * 2.0).round() as i64
}

impl Scale {
    fn of(pages: &[Vec<Line>]) -> Self {
        let mut letters: BTreeMap<i64, usize> = BTreeMap::new();
        for line in pages.iter().flatten() {
            *letters.entry(half_points(line.size)).or_default() += line.text.len();
        }
        let body = letters
            .iter()
            .max_by_key(|(_, count)| **count)
            .map_or(0, |(size, _)| *size);
        let total: usize = letters.values().sum();
        let larger = letters
            .iter()
            .rev()
            .filter(|(size, count)| **size * 100 >= body * 115 && **count * 5 < total.max(1))
            .map(|(size, _)| *size)
            .collect();
        Self { body, larger }
    }

    /// The level of a heading, told by its size; `None` for running text.
    fn heading(&self, open: &Open) -> Option<u8> {
        let size = half_points(open.last.size);
        let short = open.lines <= 3 && open.text.split_whitespace().count() <= 25;
        let says_something = open.text.chars().any(char::is_alphabetic);
        if !short || !says_something || size * 100 < self.body * 115 {
            return None;
        }
        let rank = self.larger.iter().position(|larger| *larger == size)?;
        u8::try_from(rank + 1).ok().map(|level| level.min(6))
    }
}

/// Lines at the top or foot of pages that come again from page to page, numbers aside, by page and line.
fn running_heads(pages: &[Vec<Line>]) -> BTreeSet<(usize, usize)> {
    const AT_EDGE: usize = 2;
    if pages.len() < 3 {
        return BTreeSet::new();
    }
    let mut candidates: BTreeMap<(bool, String), Vec<(usize, usize)>> = BTreeMap::new();
    for (page, lines) in pages.iter().enumerate() {
        let mut order: Vec<usize> = (0..lines.len()).collect();
        order.sort_by(|a, b| match (lines.get(*a), lines.get(*b)) {
            (Some(a), Some(b)) => b.y.total_cmp(&a.y),
            _ => std::cmp::Ordering::Equal,
        });
        let top = order.iter().take(AT_EDGE).map(|at| (true, *at));
        let foot = order.iter().rev().take(AT_EDGE).map(|at| (false, *at));
        let mut seen = BTreeSet::new();
        for (is_top, at) in top.chain(foot) {
            let Some(line) = lines.get(at).filter(|_| seen.insert(at)) else {
                continue;
            };
            candidates
                .entry((is_top, without_numbers(&line.text)))
                .or_default()
                .push((page, at));
        }
    }
    let often = (pages.len() * 2).div_ceil(5).max(3);
    let enough = |words: &str| if is_page_number(words) { 3 } else { often };
    candidates
        .into_iter()
        .filter(|((_, words), places)| places.len() >= enough(words))
        .flat_map(|(_, places)| places)
        .collect()
}

/// "#", "page #", "page # of #", "- # -", with the numbers already taken out.
fn is_page_number(words: &str) -> bool {
    let kept: Vec<&str> = words
        .split(|c: char| !c.is_alphanumeric() && c != '#')
        .filter(|w| !w.is_empty())
        .collect();
    matches!(
        kept.as_slice(),
        ["#"] | ["page" | "p", "#"] | ["page", "#", "of", "#"] | ["#", "of" | "#"] | ["#", "of", "#"]
    )
}

fn without_numbers(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        let character = if character.is_ascii_digit() {
            '#'
        } else {
            character
        };
        if !(character == '#' && out.ends_with('#')) {
            out.push(character);
        }
    }
    out.trim().to_lowercase()
}
