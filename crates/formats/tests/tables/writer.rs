//! A small writer of PDFs in the layout of such documents: headings, tables of facts, three-column tables of criteria over
//! page breaks; and of the faults that real ones have.

use super::sample::{TITLE, UNITS};

/// How a document is set.
#[derive(Clone, Copy)]
pub struct Style {
    /// Whether cells are ruled, and how.
    pub ruled: Ruled,
    /// Whether the header is printed again on each page.
    pub header_again: bool,
    /// Whether the outcome is printed again at the top of a page that goes on with it.
    pub outcome_again: bool,
    /// Whether outcome cells are one cell beside their criteria.
    pub merged: bool,
    /// Whether numbers stand in columns of their own.
    pub numbers_apart: bool,
    /// Whether pages have a running head and a number.
    pub furniture: bool,
    /// Whether words are broken at line ends.
    pub hyphens: bool,
    /// Whether pages are written sideways and shown turned.
    pub turned: bool,
    /// Whether every letter is shown by itself.
    pub letter_by_letter: bool,
    /// Whether what stands on a page is drawn from its foot upwards.
    pub from_below: bool,
    /// Height of a page, in points.
    pub height: f64,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Ruled {
    /// Lines drawn as strokes.
    Strokes,
    /// Lines drawn as thin filled boxes, a piece for each cell.
    Bars,
    /// A stroked box for each cell.
    Boxes,
    /// Lines between rows only.
    RowsOnly,
    /// None.
    Not,
}

pub const PLAIN: Style = Style {
    ruled: Ruled::Strokes,
    header_again: true,
    outcome_again: false,
    merged: true,
    numbers_apart: false,
    furniture: true,
    hyphens: false,
    turned: false,
    letter_by_letter: false,
    from_below: false,
    height: 842.0,
};

const SIZE: f64 = 9.0;
const PITCH: f64 = 11.0;
const PAD: f64 = 4.0;

struct Writer {
    style: Style,
    pages: Vec<Vec<String>>,
    y: f64,
}

/// The sample as a PDF.
pub fn pdf(style: Style) -> Vec<u8> {
    let mut writer = Writer {
        style,
        pages: Vec::new(),
        y: 0.0,
    };
    writer.page();
    writer.line(50.0, 20.0, TITLE);
    writer.line(50.0, 12.0, "Syllabus | March 2018 | Version 6");
    for unit in UNITS {
        writer.page();
        writer.line(50.0, 14.0, &unit.title.to_uppercase());
        writer.y -= 10.0;
        let facts: Vec<Vec<String>> = unit
            .facts
            .iter()
            .map(|(label, value)| vec![(*label).to_owned(), (*value).to_owned()])
            .collect();
        writer.table(&[(50.0, 200.0), (200.0, 300.0)], &[], &facts);
        writer.y -= 20.0;
        writer.criteria(unit.outcomes);
        writer.y -= 20.0;
        writer.room(60.0);
        writer.line(50.0, 12.0, "ADDITIONAL INFORMATION ABOUT THIS UNIT");
        writer.y -= 8.0;
        writer.line(50.0, SIZE, "Unit Aims");
        writer.y -= 8.0;
        for line in wrap(unit.aims, 480.0, false) {
            writer.line(50.0, SIZE, &line);
        }
    }
    writer.finish()
}

impl Writer {
    fn page(&mut self) {
        self.pages.push(Vec::new());
        self.y = self.style.height - 60.0;
        if self.style.furniture {
            let number = self.pages.len();
            self.text(50.0, self.style.height - 30.0, 8.0, "Syllabus of a made-up body");
            self.text(500.0, 25.0, 8.0, &number.to_string());
        }
    }

    fn draw(&mut self, operators: String) {
        if let Some(page) = self.pages.last_mut() {
            page.push(operators);
        }
    }

    fn text(&mut self, x: f64, y: f64, size: f64, text: &str) {
        let escaped = |text: &str| text.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)");
        let shown = if self.style.letter_by_letter {
            let letters: String = text
                .chars()
                .map(|c| format!("({})", escaped(&c.to_string())))
                .collect();
            format!("[{letters}] TJ")
        } else {
            format!("({}) Tj", escaped(text))
        };
        self.draw(format!("BT /F {size} Tf {x:.2} {y:.2} Td {shown} ET\n"));
    }

    fn line(&mut self, x: f64, size: f64, text: &str) {
        self.y -= size * 1.3;
        let y = self.y;
        self.text(x, y, size, text);
    }

    fn room(&mut self, height: f64) {
        if self.y - height < 50.0 {
            self.page();
        }
    }

    fn criteria(&mut self, outcomes: &[super::sample::Outcome]) {
        let (columns, header): (Vec<(f64, f64)>, Vec<&str>) = if self.style.numbers_apart {
            (
                vec![
                    (50.0, 70.0),
                    (70.0, 170.0),
                    (170.0, 200.0),
                    (200.0, 330.0),
                    (330.0, 545.0),
                ],
                vec![
                    "LEARNING OUTCOMES",
                    "",
                    "ASSESSMENT CRITERIA",
                    "",
                    "GOOD PRACTICE",
                ],
            )
        } else {
            (
                vec![(50.0, 170.0), (170.0, 330.0), (330.0, 545.0)],
                vec!["LEARNING OUTCOMES", "ASSESSMENT CRITERIA", "GOOD PRACTICE"],
            )
        };
        let mut rows = Vec::new();
        for outcome in outcomes {
            for (at, (number, words, guidance)) in outcome.criteria.iter().enumerate() {
                let first = at == 0;
                rows.push(if self.style.numbers_apart {
                    vec![
                        if first {
                            outcome.number.to_owned()
                        } else {
                            String::new()
                        },
                        if first {
                            outcome.text.to_owned()
                        } else {
                            String::new()
                        },
                        (*number).to_owned(),
                        (*words).to_owned(),
                        (*guidance).to_owned(),
                    ]
                } else {
                    vec![
                        if first {
                            format!("{} {}", outcome.number, outcome.text)
                        } else {
                            String::new()
                        },
                        format!("{number} {words}"),
                        (*guidance).to_owned(),
                    ]
                });
            }
        }
        let header: Vec<String> = header.into_iter().map(str::to_owned).collect();
        self.table(&columns, &header, &rows);
    }

    fn table(&mut self, columns: &[(f64, f64)], header: &[String], rows: &[Vec<String>]) {
        if !header.is_empty() {
            self.header(columns, header);
        }
        let mut outcome = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            if row.first().is_some_and(|cell| !cell.is_empty()) {
                outcome = row.clone();
            }
            let mut cells: Vec<Vec<String>> = row
                .iter()
                .zip(columns)
                .map(|(cell, (left, right))| wrap(cell, right - left - PAD * 2.0, self.style.hyphens))
                .collect();
            let opens = |cells: &[String]| cells.first().is_some_and(|cell| !cell.is_empty());
            let closes = rows.get(at + 1).is_none_or(|next| opens(next));
            loop {
                let fits = ((self.y - 50.0 - PAD * 2.0) / PITCH).floor().max(0.0) as usize;
                let wanted = cells.iter().map(Vec::len).max().unwrap_or(0);
                if fits < 2 && wanted > fits {
                    self.next_page(columns, header);
                    if self.style.outcome_again
                        && row.first().is_some_and(String::is_empty)
                        && columns.len() == 3
                    {
                        let (left, right) = columns[0];
                        cells[0] = wrap(&outcome[0], right - left - PAD * 2.0, self.style.hyphens);
                    }
                    continue;
                }
                let taken = wanted.min(fits);
                let here: Vec<Vec<String>> = cells
                    .iter_mut()
                    .map(|cell| cell.drain(..taken.min(cell.len())).collect())
                    .collect();
                let last = cells.iter().all(Vec::is_empty);
                let merged = self.style.merged && header.len() > 1 && !opens(row);
                self.row(
                    columns,
                    &here,
                    taken,
                    merged,
                    !last || closes || !self.style.merged || header.len() < 2,
                );
                if last {
                    break;
                }
                self.next_page(columns, header);
            }
        }
    }

    fn next_page(&mut self, columns: &[(f64, f64)], header: &[String]) {
        self.page();
        if self.style.header_again && !header.is_empty() {
            self.header(columns, header);
        }
    }

    fn header(&mut self, columns: &[(f64, f64)], header: &[String]) {
        let cells: Vec<Vec<String>> = header
            .iter()
            .zip(columns)
            .map(|(cell, _)| {
                if cell.is_empty() {
                    Vec::new()
                } else {
                    vec![cell.clone()]
                }
            })
            .collect();
        if !self.style.numbers_apart {
            self.row(columns, &cells, 1, false, true);
            return;
        }
        // A header over a number's column and that of its words is one cell.
        let wide = [
            (columns[0].0, columns[1].1),
            (columns[2].0, columns[3].1),
            columns[4],
        ];
        let cells: Vec<Vec<String>> = cells.into_iter().filter(|cell| !cell.is_empty()).collect();
        self.row(&wide, &cells, 1, false, true);
    }

    /// Draws a row. `merged`: its first cell is the rest of the one above; `closed`: a line stands below its first cell.
    fn row(
        &mut self,
        columns: &[(f64, f64)],
        cells: &[Vec<String>],
        lines: usize,
        merged: bool,
        closed: bool,
    ) {
        let top = self.y;
        let foot = top - lines as f64 * PITCH - PAD * 2.0;
        for ((left, _), cell) in columns.iter().zip(cells) {
            for (at, line) in cell.iter().enumerate() {
                let y = top - PAD - SIZE - at as f64 * PITCH;
                self.text(left + PAD, y, SIZE, line);
            }
        }
        let outcome_columns = if columns.len() == 5 { 2 } else { 1 };
        for (at, (left, right)) in columns.iter().enumerate() {
            let in_outcome = at < outcome_columns && columns.len() > 2;
            let open_top = merged && in_outcome;
            let open_foot = !closed && in_outcome;
            self.cell(*left, *right, top, foot, !open_top, !open_foot);
        }
        self.y = foot;
    }

    fn cell(&mut self, left: f64, right: f64, top: f64, foot: f64, upper: bool, lower: bool) {
        let ruled = self.style.ruled;
        if ruled == Ruled::Not {
            return;
        }
        if ruled == Ruled::Boxes && upper && lower {
            self.draw(format!(
                "{left} {foot:.2} {:.2} {:.2} re S\n",
                right - left,
                top - foot
            ));
            return;
        }
        let mut lines = Vec::new();
        if upper {
            lines.push((left, top, right, top));
        }
        if lower {
            lines.push((left, foot, right, foot));
        }
        if ruled != Ruled::RowsOnly {
            lines.push((left, foot, left, top));
            lines.push((right, foot, right, top));
        }
        for (x0, y0, x1, y1) in lines {
            self.draw(if ruled == Ruled::Bars {
                format!(
                    "{:.2} {:.2} {:.2} {:.2} re f\n",
                    x0 - 0.25,
                    y0 - 0.25,
                    x1 - x0 + 0.5,
                    y1 - y0 + 0.5
                )
            } else {
                format!("{x0:.2} {y0:.2} m {x1:.2} {y1:.2} l S\n")
            });
        }
    }

    fn finish(self) -> Vec<u8> {
        let mut objects = vec![
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            String::new(),
            HELVETICA.to_owned(),
        ];
        let mut kids = String::new();
        for mut operators in self.pages {
            if self.style.from_below {
                operators.reverse();
            }
            let number = objects.len() + 1;
            kids.push_str(&format!("{number} 0 R "));
            let (size, turn) = if self.style.turned {
                // Written sideways, and shown turned by a quarter.
                operators.insert(0, format!("0 1 -1 0 {} 0 cm\n", self.style.height));
                (format!("[0 0 {} 595]", self.style.height), " /Rotate 90")
            } else {
                (format!("[0 0 595 {}]", self.style.height), "")
            };
            objects.push(format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox {size}{turn} /Resources << /Font << /F 3 0 R >> >> /Contents {} 0 R >>",
                number + 1
            ));
            let content = operators.concat();
            objects.push(format!(
                "<< /Length {} >>\nstream\n{content}\nendstream",
                content.len()
            ));
        }
        let count = (objects.len() - 3) / 2;
        objects[1] = format!("<< /Type /Pages /Kids [{kids}] /Count {count} >>");
        file(&objects)
    }
}

const HELVETICA: &str = "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>";

/// A PDF of these objects, numbered from 1; the first is the catalogue.
pub fn file(objects: &[String]) -> Vec<u8> {
    let mut out = b"%PDF-1.4\n".to_vec();
    let mut places = Vec::new();
    for (at, object) in objects.iter().enumerate() {
        places.push(out.len());
        out.extend(format!("{} 0 obj\n{object}\nendobj\n", at + 1).bytes());
    }
    let list = out.len();
    out.extend(format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).bytes());
    for place in places {
        out.extend(format!("{place:010} 00000 n \n").bytes());
    }
    let size = objects.len() + 1;
    out.extend(format!("trailer\n<< /Size {size} /Root 1 0 R >>\nstartxref\n{list}\n%%EOF\n").bytes());
    out
}

/// Words in lines of a width, by a letter's usual width; with `hyphens`, long words are broken.
fn wrap(text: &str, width: f64, hyphens: bool) -> Vec<String> {
    let most = (width / (SIZE * 0.52)) as usize;
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let left = lines
            .last()
            .map_or(0, |line| most.saturating_sub(line.chars().count() + 1));
        let length = word.chars().count();
        match lines.last_mut() {
            Some(line) if length <= left => {
                line.push(' ');
                line.push_str(word);
            }
            Some(line)
                if hyphens && length > 8 && left > 5 && word.bytes().all(|b| b.is_ascii_alphabetic()) =>
            {
                let (head, tail) = word.split_at(4);
                line.push_str(&format!(" {head}-"));
                lines.push(tail.to_owned());
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}
