//! A table from the first visible sheet of an Excel workbook: ECMA-376, part 1, section 18.
//!
//! Formulas are not worked out and their stored values are not believed; nothing outside the workbook is fetched.

use crate::archive::Archive;
use crate::document::package::{Relationship, folder_and_list, relationships, resolve};
use crate::limits::Limits;
use crate::refusal::{ReadRefusal, RefusalCode};
use crate::xml::{self, Step};

use super::RegisterLimits;
use super::csv_in::{too_many_columns, too_many_rows};
use super::table::{Cell, Row, Table};

const WHAT: &str = "workbook";

/// Reads the first visible sheet.
///
/// Refuses, when: the archive does; the workbook has no sheet; it is not well formed; it holds more rows, columns or
/// characters in a cell than the limits.
pub(crate) fn read(
    bytes: &[u8],
    limits: &RegisterLimits,
    archive_limits: &Limits,
) -> Result<Table, ReadRefusal> {
    let mut archive = Archive::open(bytes, WHAT, archive_limits)?;
    let depth = archive_limits.depth;
    let main = relationships(&mut archive, "_rels/.rels", WHAT, depth)?
        .into_iter()
        .find(|r| r.kind == "officeDocument" && !r.external)
        .map_or_else(|| "xl/workbook.xml".to_owned(), |r| resolve("", &r.target));
    let text = part(&mut archive, &main)?
        .ok_or_else(|| ReadRefusal::damaged(WHAT, "its list of sheets is missing"))?;
    let workbook = Workbook::read(&text, depth)?;
    let (folder, list) = folder_and_list(&main);
    let related = relationships(&mut archive, &list, WHAT, depth)?;
    let target = |wanted: &dyn Fn(&Relationship) -> bool| {
        related
            .iter()
            .find(|r| !r.external && wanted(r))
            .map(|r| resolve(&folder, &r.target))
    };
    let sheet = workbook
        .sheets
        .iter()
        .find(|s| s.visible)
        .ok_or_else(|| ReadRefusal::damaged(WHAT, "it has no visible sheet"))?;
    let sheet_part = target(&|r| r.id == sheet.relationship)
        .ok_or_else(|| ReadRefusal::damaged(WHAT, "its first sheet cannot be found"))?;
    let strings = match target(&|r| r.kind == "sharedStrings") {
        Some(name) => match part(&mut archive, &name)? {
            Some(text) => shared_strings(&text, depth, limits)?,
            None => Vec::new(),
        },
        None => Vec::new(),
    };
    let text = part(&mut archive, &sheet_part)?
        .ok_or_else(|| ReadRefusal::damaged(WHAT, "its first sheet cannot be found"))?;
    let mut reader = SheetReader {
        strings: &strings,
        limits,
        rows: Vec::new(),
        row: None,
        cell: None,
        line: 0,
        in_value: false,
        in_formula: false,
        phonetic: 0,
    };
    xml::walk(&text, WHAT, depth, |step| reader.step(step))?;
    let others = workbook.sheets.iter().filter(|s| s.visible).count() - 1;
    let rest = match others {
        0 => String::new(),
        1 => " One further sheet was not read.".to_owned(),
        n => format!(" {n} further sheets were not read."),
    };
    Ok(Table {
        read_as: format!("Read as an Excel workbook, sheet \"{}\".{rest}", sheet.name),
        rows: reader.rows,
        from_1904: workbook.from_1904,
    })
}

fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, ReadRefusal> {
    Ok(archive.part(name)?.map(|bytes| xml::decoded(&bytes)))
}

struct Sheet {
    name: String,
    relationship: String,
    visible: bool,
}

struct Workbook {
    sheets: Vec<Sheet>,
    from_1904: bool,
}

impl Workbook {
    fn read(text: &str, depth: usize) -> Result<Self, ReadRefusal> {
        let mut workbook = Self {
            sheets: Vec::new(),
            from_1904: false,
        };
        xml::walk(text, WHAT, depth, |step| {
            if let Step::Open(e) = step {
                match e.name.as_str() {
                    "sheet" => workbook.sheets.push(Sheet {
                        name: e.attribute("name").unwrap_or_default().chars().take(60).collect(),
                        relationship: e.attribute("id").unwrap_or_default().to_owned(),
                        visible: e.attribute("state").is_none_or(|s| s == "visible"),
                    }),
                    "workbookPr" => {
                        workbook.from_1904 = e.attribute("date1904").is_some_and(|v| v == "1" || v == "true");
                    }
                    _ => {}
                }
            }
            Ok(())
        })?;
        Ok(workbook)
    }
}

fn shared_strings(text: &str, depth: usize, limits: &RegisterLimits) -> Result<Vec<String>, ReadRefusal> {
    let most = limits.rows.saturating_mul(limits.columns);
    let mut strings = Vec::new();
    let mut open: Option<String> = None;
    let mut in_text = false;
    let mut phonetic = 0usize;
    xml::walk(text, WHAT, depth, |step| {
        match step {
            Step::Open(e) => match e.name.as_str() {
                "si" => open = Some(String::new()),
                "t" => in_text = true,
                "rPh" => phonetic += 1,
                _ => {}
            },
            Step::Close(name) => match name.as_str() {
                "si" => strings.extend(open.take()),
                "t" => in_text = false,
                "rPh" => phonetic = phonetic.saturating_sub(1),
                _ => {}
            },
            Step::Text(text) => {
                if let Some(open) = open.as_mut().filter(|_| in_text && phonetic == 0) {
                    open.push_str(&text);
                }
            }
        }
        if strings.len() > most {
            return Err(ReadRefusal::too_many(WHAT, "too many texts"));
        }
        Ok(())
    })?;
    Ok(strings)
}

/// A cell being read.
struct Open {
    column: usize,
    kind: String,
    value: String,
    formula: bool,
}

struct SheetReader<'a> {
    strings: &'a [String],
    limits: &'a RegisterLimits,
    rows: Vec<Row>,
    row: Option<Row>,
    cell: Option<Open>,
    line: u32,
    in_value: bool,
    in_formula: bool,
    phonetic: usize,
}

impl SheetReader<'_> {
    fn step(&mut self, step: Step) -> Result<(), ReadRefusal> {
        match step {
            Step::Open(e) => match e.name.as_str() {
                "row" => {
                    let line = e
                        .attribute("r")
                        .and_then(|r| r.parse().ok())
                        .unwrap_or(self.line.saturating_add(1));
                    self.line = line;
                    self.row = Some(Row {
                        line,
                        cells: Vec::new(),
                    });
                }
                "c" => {
                    let next = self.row.as_ref().map_or(0, |r| r.cells.len());
                    let column = e.attribute("r").and_then(column_of).unwrap_or(next);
                    if column >= self.limits.columns {
                        return Err(too_many_columns(self.limits, self.line));
                    }
                    self.cell = Some(Open {
                        column,
                        kind: e.attribute("t").unwrap_or("n").to_owned(),
                        value: String::new(),
                        formula: false,
                    });
                }
                "v" | "t" => self.in_value = true,
                "rPh" => self.phonetic += 1,
                "f" => {
                    self.in_formula = true;
                    if let Some(cell) = &mut self.cell {
                        cell.formula = true;
                    }
                }
                _ => {}
            },
            Step::Close(name) => match name.as_str() {
                "v" | "t" => self.in_value = false,
                "f" => self.in_formula = false,
                "rPh" => self.phonetic = self.phonetic.saturating_sub(1),
                "c" => self.end_cell(),
                "row" => {
                    if let Some(row) = self.row.take().filter(|r| !r.is_empty()) {
                        self.rows.push(row);
                    }
                    if self.rows.len() > self.limits.rows.saturating_add(20) {
                        return Err(too_many_rows(self.limits));
                    }
                }
                _ => {}
            },
            Step::Text(text) => self.text(&text)?,
        }
        Ok(())
    }

    fn text(&mut self, text: &str) -> Result<(), ReadRefusal> {
        if self.in_formula || !self.in_value || self.phonetic > 0 {
            return Ok(());
        }
        let most = self.limits.cell_characters;
        if let Some(cell) = &mut self.cell {
            cell.value.push_str(text);
            if cell.value.len() > most.saturating_mul(4) {
                return Err(ReadRefusal::new(
                    RefusalCode::TooManyParts,
                    format!("On line {} a cell is longer than {most} characters.", self.line),
                    "Shorten that cell and choose the file again.",
                ));
            }
        }
        Ok(())
    }

    fn end_cell(&mut self) {
        let (Some(open), Some(row)) = (self.cell.take(), self.row.as_mut()) else {
            return;
        };
        let text = match open.kind.as_str() {
            "s" => open
                .value
                .trim()
                .parse::<usize>()
                .ok()
                .and_then(|at| self.strings.get(at))
                .cloned()
                .unwrap_or_default(),
            _ => open.value,
        };
        let number = match open.kind.as_str() {
            "n" => text.trim().parse::<f64>().ok().filter(|n| n.is_finite()),
            _ => None,
        };
        let text: String = text.trim().chars().take(self.limits.cell_characters).collect();
        // A whole number is written without its exponent, so that a ULN is its ten digits.
        let text = match number {
            Some(n) if n.fract() == 0.0 && n.abs() < 1e15 => format!("{n:.0}"),
            _ => text,
        };
        if row.cells.len() <= open.column {
            row.cells.resize(open.column + 1, Cell::default());
        }
        if let Some(cell) = row.cells.get_mut(open.column) {
            *cell = Cell {
                text,
                number,
                formula: open.formula,
                error: open.kind == "e",
            };
        }
    }
}

/// The column of "BC12", from 0.
fn column_of(reference: &str) -> Option<usize> {
    let mut column = 0usize;
    let mut letters = 0;
    for letter in reference.bytes().take_while(u8::is_ascii_alphabetic) {
        column = column
            .checked_mul(26)?
            .checked_add(usize::from(letter.to_ascii_uppercase() - b'A') + 1)?;
        letters += 1;
        if letters > 3 {
            return None;
        }
    }
    column.checked_sub(1)
}
