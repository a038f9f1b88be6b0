//! The ruled lines of a page: strokes, thin filled bars, and the sides of stroked boxes.

use pdf_extract::content::Content;
use pdf_extract::{Dictionary, Document, Object, ObjectId};

use super::super::page::PageOf;
use super::super::reduce::{content_of, matrix_of, turned};
use super::super::{dictionary, guarded, number};

/// How many lines of a page are taken; a page with more is a drawing.
const MOST: usize = 20_000;
const DEEPEST: usize = 8;
const MOST_CONTENT: usize = 24 * 1024 * 1024;
/// A bar no thicker than this, in points, is a line.
const THIN: f64 = 3.0;
/// Shorter lines, in points, part no cells.
const SHORTEST: f64 = 4.0;

/// A horizontal or vertical line: its place across, and from where to where it runs along.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ruling {
    pub(super) at: f64,
    pub(super) from: f64,
    pub(super) to: f64,
}

/// The lines of a page.
#[derive(Debug, Default)]
pub(super) struct Rulings {
    /// Lines at a height, running from left to right.
    pub(super) across: Vec<Ruling>,
    /// Lines at a place across, running from the foot upwards.
    pub(super) down: Vec<Ruling>,
}

type Matrix = [f64; 6];

/// The lines of a page, upright as the page is shown.
pub(super) fn of_page(document: &Document, page: &PageOf) -> Rulings {
    let mut reader = Reader {
        document,
        found: Rulings::default(),
        left: MOST_CONTENT,
        drawing: Vec::new(),
    };
    let empty = Dictionary::new();
    let resources = page.resources.as_ref().unwrap_or(&empty);
    if let Ok(content) = document.get_page_content(page.id) {
        let turn = turned(page.turns).unwrap_or([1.0, 0.0, 0.0, 1.0, 0.0, 0.0]);
        reader.content(&content, resources, turn.map(f64::from), 0);
    }
    reader.found.merged()
}

struct Reader<'a> {
    document: &'a Document,
    found: Rulings,
    left: usize,
    drawing: Vec<ObjectId>,
}

/// Pieces of a path that is being drawn.
#[derive(Default)]
struct Path {
    lines: Vec<((f64, f64), (f64, f64))>,
    boxes: Vec<[(f64, f64); 2]>,
    start: Option<(f64, f64)>,
    at: Option<(f64, f64)>,
}

impl Reader<'_> {
    fn content(&mut self, content: &[u8], resources: &Dictionary, outer: Matrix, depth: usize) {
        if content.len() > self.left {
            return;
        }
        self.left -= content.len();
        let Some(decoded) = guarded(|| Content::decode(content).ok()).flatten() else {
            return;
        };
        let mut matrix = outer;
        let mut saved: Vec<Matrix> = Vec::new();
        let mut path = Path::default();
        for operation in decoded.operations {
            let numbers: Vec<f64> = operation
                .operands
                .iter()
                .filter_map(number)
                .map(f64::from)
                .collect();
            match (operation.operator.as_str(), numbers.as_slice()) {
                ("q", _) if saved.len() < 1_000 => saved.push(matrix),
                ("Q", _) => matrix = saved.pop().unwrap_or(matrix),
                ("cm", [a, b, c, d, e, f]) => matrix = times([*a, *b, *c, *d, *e, *f], matrix),
                ("m", [x, y]) => {
                    path.start = Some(apply(matrix, *x, *y));
                    path.at = path.start;
                }
                ("l", [x, y]) => {
                    let to = apply(matrix, *x, *y);
                    if let Some(from) = path.at {
                        path.lines.push((from, to));
                    }
                    path.at = Some(to);
                }
                // A curve is no line, but what follows begins at its end.
                ("c", [.., x, y]) | ("v" | "y", [.., x, y]) => path.at = Some(apply(matrix, *x, *y)),
                ("re", [x, y, width, height]) => {
                    path.boxes
                        .push([apply(matrix, *x, *y), apply(matrix, x + width, y + height)]);
                }
                ("h", _) => path.close(),
                ("s" | "b" | "b*", _) => {
                    path.close();
                    self.paint(std::mem::take(&mut path), true);
                }
                ("S" | "B" | "B*", _) => self.paint(std::mem::take(&mut path), true),
                ("f" | "F" | "f*", _) => self.paint(std::mem::take(&mut path), false),
                ("n", _) => path = Path::default(),
                ("Do", _) => self.drawing(operation.operands.first(), resources, matrix, depth),
                _ => {}
            }
        }
    }

    fn drawing(&mut self, name: Option<&Object>, resources: &Dictionary, matrix: Matrix, depth: usize) {
        let document = self.document;
        let Some(found) = name
            .and_then(|name| name.as_name().ok())
            .and_then(|name| dictionary(document, resources, b"XObject")?.get(name).ok())
        else {
            return;
        };
        let Ok((Some(id), Object::Stream(stream))) = document.dereference(found) else {
            return;
        };
        let is_form = stream
            .dict
            .get(b"Subtype")
            .and_then(Object::as_name)
            .is_ok_and(|name| name == b"Form");
        if !is_form || depth >= DEEPEST || self.drawing.contains(&id) {
            return;
        }
        let own = dictionary(document, &stream.dict, b"Resources").unwrap_or(resources);
        let matrix = match matrix_of(document, &stream.dict) {
            Some(inner) => times(inner.map(f64::from), matrix),
            None => matrix,
        };
        self.drawing.push(id);
        self.content(&content_of(stream), own, matrix, depth + 1);
        self.drawing.pop();
    }

    fn paint(&mut self, path: Path, stroked: bool) {
        if stroked {
            for (from, to) in &path.lines {
                self.line(*from, *to);
            }
        }
        for [a, b] in &path.boxes {
            let (left, right) = (a.0.min(b.0), a.0.max(b.0));
            let (foot, top) = (a.1.min(b.1), a.1.max(b.1));
            if right - left <= THIN || top - foot <= THIN {
                self.line(
                    if right - left <= THIN {
                        ((left + right) / 2.0, foot)
                    } else {
                        (left, (foot + top) / 2.0)
                    },
                    if right - left <= THIN {
                        ((left + right) / 2.0, top)
                    } else {
                        (right, (foot + top) / 2.0)
                    },
                );
            } else if stroked {
                self.line((left, foot), (right, foot));
                self.line((left, top), (right, top));
                self.line((left, foot), (left, top));
                self.line((right, foot), (right, top));
            }
        }
        // A thin four-sided shape that is filled is a line drawn by its outline.
        if !stroked && path.boxes.is_empty() && path.lines.len() >= 3 {
            let points = path.lines.iter().flat_map(|(from, to)| [*from, *to]);
            let (mut low, mut high) = (
                (f64::INFINITY, f64::INFINITY),
                (f64::NEG_INFINITY, f64::NEG_INFINITY),
            );
            for (x, y) in points {
                low = (low.0.min(x), low.1.min(y));
                high = (high.0.max(x), high.1.max(y));
            }
            if high.0 - low.0 <= THIN || high.1 - low.1 <= THIN {
                self.line(low, high);
            }
        }
    }

    fn line(&mut self, from: (f64, f64), to: (f64, f64)) {
        let fits = [from.0, from.1, to.0, to.1]
            .iter()
            .all(|n| n.is_finite() && n.abs() < 1e6);
        let (wide, high) = ((from.0 - to.0).abs(), (from.1 - to.1).abs());
        if !fits || self.found.across.len() + self.found.down.len() >= MOST {
            return;
        }
        if high <= THIN && wide >= SHORTEST {
            self.found.across.push(Ruling {
                at: (from.1 + to.1) / 2.0,
                from: from.0.min(to.0),
                to: from.0.max(to.0),
            });
        } else if wide <= THIN && high >= SHORTEST {
            self.found.down.push(Ruling {
                at: (from.0 + to.0) / 2.0,
                from: from.1.min(to.1),
                to: from.1.max(to.1),
            });
        }
    }
}

impl Path {
    fn close(&mut self) {
        if let (Some(from), Some(to)) = (self.at, self.start) {
            self.lines.push((from, to));
            self.at = Some(to);
        }
    }
}

fn apply(m: Matrix, x: f64, y: f64) -> (f64, f64) {
    let [a, b, c, d, e, f] = m;
    (a * x + c * y + e, b * x + d * y + f)
}

/// One matrix before another.
fn times(first: Matrix, then: Matrix) -> Matrix {
    let [a, b, c, d, e, f] = first;
    let [p, q, r, s, t, u] = then;
    [
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    ]
}

impl Rulings {
    /// Pieces of one line put together.
    fn merged(mut self) -> Self {
        self.across = merged(self.across);
        self.down = merged(self.down);
        self
    }

    /// The lines as they stand when writing that runs in a direction is turned upright.
    pub(super) fn upright(self, turns: u8) -> Self {
        let negative = |lines: Vec<Ruling>| -> Vec<Ruling> {
            lines
                .into_iter()
                .map(|line| Ruling {
                    at: -line.at,
                    from: line.from,
                    to: line.to,
                })
                .collect()
        };
        let reversed = |lines: Vec<Ruling>| -> Vec<Ruling> {
            lines
                .into_iter()
                .map(|line| Ruling {
                    at: line.at,
                    from: -line.to,
                    to: -line.from,
                })
                .collect()
        };
        match turns {
            0 => self,
            // x becomes y and y becomes -x, as for letters.
            1 => Self {
                across: negative(self.down),
                down: reversed(self.across),
            },
            2 => Self {
                across: negative(reversed(self.across)),
                down: negative(reversed(self.down)),
            },
            _ => Self {
                across: reversed(self.down),
                down: negative(self.across),
            },
        }
    }
}

fn merged(mut lines: Vec<Ruling>) -> Vec<Ruling> {
    const SAME: f64 = 1.6;
    const TOUCHING: f64 = 3.0;
    lines.sort_by(|a, b| a.at.total_cmp(&b.at));
    // Lines at nearly one place are one; then their pieces are put together along it.
    let mut groups: Vec<Vec<Ruling>> = Vec::new();
    for line in lines {
        match groups.last_mut() {
            Some(group) if group.first().is_some_and(|first| line.at - first.at <= SAME) => group.push(line),
            _ => groups.push(vec![line]),
        }
    }
    let mut whole: Vec<Ruling> = Vec::new();
    for mut group in groups {
        let at = group.iter().map(|line| line.at).sum::<f64>() / group.len().max(1) as f64;
        group.sort_by(|a, b| a.from.total_cmp(&b.from));
        let mut open: Option<Ruling> = None;
        for line in group {
            match &mut open {
                Some(open) if line.from <= open.to + TOUCHING => open.to = open.to.max(line.to),
                _ => whole.extend(open.replace(Ruling { at, ..line })),
            }
        }
        whole.extend(open);
    }
    whole
}
