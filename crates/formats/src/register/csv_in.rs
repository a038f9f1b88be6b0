//! A table from plain text: encoding and separator are found out and said.

use crate::decoding;
use crate::refusal::{ReadRefusal, RefusalCode};

use super::RegisterLimits;
use super::table::{Cell, Row, Table};

const WHAT: &str = "list";

/// Reads a table whose cells are parted by commas, semicolons or tabs.
///
/// Refuses, when: it holds more rows or columns than the limits; a cell is longer than the limit, as one is when a
/// quotation mark is never closed.
pub(crate) fn read(bytes: &[u8], limits: &RegisterLimits) -> Result<Table, ReadRefusal> {
    let decoded = decoding::decode(bytes);
    let (text, declared, lines_before) = without_declaration(&decoded.text);
    let separator = declared.unwrap_or_else(|| separator(text));
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut rows = Vec::new();
    let mut lines = Lines {
        text: text.as_bytes(),
        at: 0,
        line: 1 + lines_before,
    };
    for record in reader.records() {
        let record = record.map_err(|_| ReadRefusal::damaged(WHAT, "it is not a table as text"))?;
        let line = record
            .position()
            .map_or(0, |position| lines.of_record(position.byte()));
        if record.len() > limits.columns {
            return Err(too_many_columns(limits, line));
        }
        if record
            .iter()
            .any(|cell| cell.chars().nth(limits.cell_characters).is_some())
        {
            return Err(ReadRefusal::new(
                RefusalCode::Damaged,
                format!(
                    "In the row that begins on line {line} a cell is longer than {} characters. Perhaps a quotation mark is opened and not closed.",
                    limits.cell_characters
                ),
                "Correct that row and choose the file again.",
            ));
        }
        let cells = record.iter().map(cell).collect();
        let row = Row { line, cells };
        if !row.is_empty() {
            rows.push(row);
        }
        if rows.len() > limits.rows.saturating_add(20) {
            return Err(too_many_rows(limits));
        }
    }
    let replaced = if decoded.replaced {
        ", with characters that could not be read"
    } else {
        ""
    };
    Ok(Table {
        read_as: format!(
            "Read as CSV, {}{replaced}, separated by {}.",
            decoded.encoding.in_words(),
            separator_in_words(separator)
        ),
        rows,
        from_1904: false,
    })
}

pub(super) fn too_many_rows(limits: &RegisterLimits) -> ReadRefusal {
    ReadRefusal::new(
        RefusalCode::TooManyParts,
        format!("This list holds more than {} rows.", limits.rows),
        "Split it into several files.",
    )
}

pub(super) fn too_many_columns(limits: &RegisterLimits, line: u32) -> ReadRefusal {
    ReadRefusal::new(
        RefusalCode::TooManyParts,
        format!("Line {line} holds more than {} columns.", limits.columns),
        "Take out the columns that are not part of the template.",
    )
}

/// Lines counted as an editor counts them. The reader's own count stands before the empty lines that it passes over.
struct Lines<'a> {
    text: &'a [u8],
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line on which the record begins that was found at or after this byte; bytes must not go backwards.
    fn of_record(&mut self, byte: u64) -> u32 {
        let byte = usize::try_from(byte).unwrap_or(usize::MAX);
        while let Some(here) = self.text.get(self.at) {
            let ends_line = match here {
                b'\n' => true,
                b'\r' => self.text.get(self.at + 1) != Some(&b'\n'),
                _ if self.at >= byte => break,
                _ => false,
            };
            self.line = self.line.saturating_add(u32::from(ends_line));
            self.at += 1;
        }
        self.line
    }
}

/// Spreadsheets run a cell that begins like a formula; here it is only told. An apostrophe before it makes it text.
fn cell(text: &str) -> Cell {
    let trimmed = text.trim();
    let begins = |text: &str| text.starts_with(['=', '+', '-', '@']);
    if let Some(rest) = trimmed.strip_prefix('\'')
        && begins(rest)
    {
        return Cell {
            text: rest.to_owned(),
            ..Cell::default()
        };
    }
    // A dash with a space after it begins a phrase, and a lone dash stands for "nothing".
    let phrase = trimmed == "-" || trimmed.starts_with("- ");
    Cell {
        text: trimmed.to_owned(),
        formula: begins(trimmed) && !phrase,
        ..Cell::default()
    }
}

/// Some programs say on a first line which separator they use: "sep=;".
fn without_declaration(text: &str) -> (&str, Option<u8>, u32) {
    let (first, rest) = text.split_once('\n').unwrap_or((text, ""));
    let declared = first.trim().strip_prefix("sep=").map(str::as_bytes);
    match declared {
        Some([separator]) if b",;\t|".contains(separator) => (rest, Some(*separator), 1),
        _ => (text, None, 0),
    }
}

/// The separator that the first lines agree on best: the one that most of them hold equally often, and often.
fn separator(text: &str) -> u8 {
    let lines: Vec<&str> = text.lines().filter(|l| !l.trim().is_empty()).take(20).collect();
    let score = |separator: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| outside_quotes(line, separator)).collect();
        let most = counts.iter().copied().max().unwrap_or(0);
        let agreeing = counts.iter().filter(|c| **c == most).count();
        if most == 0 {
            0
        } else {
            agreeing * 1_000 + most.min(900)
        }
    };
    [b',', b';', b'\t']
        .into_iter()
        .rev()
        .max_by_key(|separator| score(*separator))
        .unwrap_or(b',')
}

fn outside_quotes(line: &str, separator: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        if byte == b'"' {
            quoted = !quoted;
        } else if byte == separator && !quoted {
            count += 1;
        }
    }
    count
}

fn separator_in_words(separator: u8) -> &'static str {
    match separator {
        b';' => "semicolons",
        b'\t' => "tabs",
        b'|' => "bars",
        _ => "commas",
    }
}
