//! A syllabus that was typed into the template. Everything that is wrong is said at once, with its cell.

use std::collections::BTreeMap;

use assay_specification::rule::{Bounds, Every, Group, Rule, Take};
use assay_specification::{Size, UnitNumber};

use crate::limits::Limits;
use crate::refusal::ReadRefusal;
use crate::register::table::{Cell, Row, Table, column_name};
use crate::register::{RegisterLimits, csv_in, xlsx};
use crate::syllabus::{
    Code, CriterionDraft, Draft, Field, Finding, Found, GuidanceDraft, OutcomeDraft, Place,
    QualificationDraft, RowDraft, Source, SourceLine, SourcePage, UnitDraft,
};

use super::codes;
use super::labels::{figure, folded};
use super::template::{Column, Kind};

/// Rows above the header, for a title or a note.
const HEADER_WITHIN: usize = 10;
/// Findings that are listed.
const LISTED: usize = 1_000;

fn table_limits(limits: &Limits) -> RegisterLimits {
    RegisterLimits {
        file_bytes: limits.file_bytes.min(32 * 1024 * 1024),
        rows: 50_000,
        columns: 60,
        cell_characters: 30_000,
        complaints: LISTED,
    }
}

/// Reads a table as text, as it is typed into the template.
///
/// Refuses, when: the file holds more rows, columns or characters in a cell than the limits.
pub fn read_csv(bytes: &[u8], limits: &Limits) -> Result<Draft, ReadRefusal> {
    Ok(read_csv_with_lines(bytes, limits)?.0)
}

/// The same, with the rows to show.
pub(super) fn read_csv_with_lines(bytes: &[u8], limits: &Limits) -> Result<(Draft, Source), ReadRefusal> {
    let limits = table_limits(limits);
    within(bytes, &limits)?;
    let table = csv_in::read(bytes, &limits)?;
    Ok((from_table(&table, false), rows_of(&table)))
}

/// Reads a workbook, as it is typed into the template: its first visible sheet.
///
/// Refuses, when: it is damaged or locked; it unpacks to more than the limits, or holds more rows, columns or characters
/// in a cell.
pub fn read_xlsx(bytes: &[u8], limits: &Limits) -> Result<Draft, ReadRefusal> {
    Ok(read_xlsx_with_lines(bytes, limits)?.0)
}

/// The same, with the rows to show.
pub(super) fn read_xlsx_with_lines(bytes: &[u8], limits: &Limits) -> Result<(Draft, Source), ReadRefusal> {
    let within_limits = table_limits(limits);
    within(bytes, &within_limits)?;
    let table = xlsx::read(bytes, &within_limits, limits)?;
    Ok((from_table(&table, true), rows_of(&table)))
}

fn rows_of(table: &Table) -> Source {
    let lines = table.rows.iter().map(|row| {
        let cells: Vec<&str> = row.cells.iter().map(|cell| cell.text.trim()).collect();
        SourceLine {
            from: row.line,
            to: row.line,
            part: None,
            text: cells.join("\t").trim_end().to_owned(),
        }
    });
    Source {
        pages: vec![SourcePage {
            number: None,
            lines: lines.collect(),
        }],
    }
}

fn within(bytes: &[u8], limits: &RegisterLimits) -> Result<(), ReadRefusal> {
    if bytes.len() as u64 <= limits.file_bytes {
        return Ok(());
    }
    Err(ReadRefusal::new(
        crate::refusal::RefusalCode::TooLarge,
        format!(
            "This file is larger than {} MiB.",
            limits.file_bytes / (1024 * 1024)
        ),
        "Take out what is not part of the template.",
    ))
}

/// Whether a table as text has the template's header, so that it is no text of a syllabus.
pub(super) fn has_header(text: &str) -> bool {
    text.lines().take(HEADER_WITHIN).any(|line| {
        let cells: Vec<&str> = line
            .split([',', ';', '\t'])
            .map(|cell| cell.trim_matches(['"', ' ', '\u{feff}']))
            .collect();
        is_header(cells.into_iter())
    })
}

fn is_header<'a>(cells: impl Iterator<Item = &'a str>) -> bool {
    let known: Vec<Column> = cells.filter_map(Column::of_header).collect();
    [Column::Row, Column::Number, Column::Words]
        .iter()
        .all(|column| known.contains(column))
}

fn from_table(table: &Table, is_sheet: bool) -> Draft {
    let mut reader = Reader {
        draft: Draft::default(),
        is_sheet,
        columns: BTreeMap::new(),
        more: 0,
    };
    let header = table
        .rows
        .iter()
        .take(HEADER_WITHIN)
        .position(|row| is_header(row.cells.iter().map(|cell| cell.text.as_str())));
    let Some(header) = header else {
        let line = table.rows.first().map_or(1, |row| row.line);
        reader.draft.add(
            Finding::new(
                &codes::HEADER,
                "table",
                "no row among the first ten has the headers Row, Number and Title or words",
            )
            .at(Place::line(line))
            .suggest("Begin with the template: assay syllabus template."),
        );
        return reader.draft;
    };
    let mut rows = table.rows.iter().skip(header);
    if let Some(row) = rows.next() {
        reader.header(row);
    }
    for row in rows {
        reader.row(row);
    }
    reader.rules();
    if reader.more > 0 {
        let message = format!("{} more findings are not listed", reader.more);
        reader.draft.add(
            Finding::new(&codes::VALUE, "table", message).suggest("Settle those that are listed first."),
        );
    }
    reader.draft
}

struct Reader {
    draft: Draft,
    is_sheet: bool,
    columns: BTreeMap<Column, usize>,
    more: usize,
}

impl Reader {
    fn header(&mut self, row: &Row) {
        for (at, cell) in row.cells.iter().enumerate() {
            let text = cell.text.trim();
            match Column::of_header(text) {
                Some(column) if !self.columns.contains_key(&column) => {
                    self.columns.insert(column, at);
                }
                _ if text.is_empty() => {}
                known => {
                    let shown: String = text.chars().take(60).collect();
                    let message = match known {
                        Some(_) => format!("the column \"{shown}\" comes twice; the first is read"),
                        None => {
                            format!("the column \"{shown}\" is not one of the template's and was not read")
                        }
                    };
                    let place = self.place(row.line, at);
                    self.add(
                        &codes::COLUMN,
                        "table",
                        message,
                        place,
                        "Rename it as in the template, or take it out.",
                    );
                }
            }
        }
    }

    fn place(&self, line: u32, column: usize) -> Place {
        let name = column_name(column);
        let part = if self.is_sheet {
            format!("cell {name}{line}")
        } else {
            format!("column {name}")
        };
        Place {
            part: Some(part),
            ..Place::line(line)
        }
    }

    fn place_of(&self, row: &Row, column: Column) -> Place {
        self.place(row.line, self.columns.get(&column).copied().unwrap_or_default())
    }

    fn add(&mut self, code: &Code, subject: &str, message: String, place: Place, settle: &str) {
        if self.draft.findings.len() < LISTED {
            self.draft
                .add(Finding::new(code, subject, message).at(place).suggest(settle));
        } else {
            self.more += 1;
        }
    }

    fn cell<'a>(&self, row: &'a Row, column: Column) -> Option<&'a Cell> {
        row.cells.get(*self.columns.get(&column)?)
    }

    fn words<'a>(&self, row: &'a Row, column: Column) -> &'a str {
        self.cell(row, column).map_or("", |cell| cell.text.trim())
    }

    /// A text cell; a formula is told and not believed.
    fn text(&mut self, row: &Row, column: Column, subject: &str) -> Field<String> {
        let place = self.place_of(row, column);
        let cell = self.cell(row, column)?;
        if cell.formula || cell.error {
            // In a table as text a dash or plus before words is no formula.
            if self.is_sheet || cell.text.trim_start().starts_with(['=', '@']) {
                self.add(
                    &codes::VALUE,
                    subject,
                    format!("{} holds a formula or an error", column.header()),
                    place,
                    "Type the value itself.",
                );
                return None;
            }
        }
        let text = cell.text.trim();
        let text = text.strip_prefix('\'').unwrap_or(text);
        (!text.is_empty()).then(|| Found::new(text.to_owned(), place))
    }

    fn number<T: TryFrom<u32>>(&mut self, row: &Row, column: Column, subject: &str) -> Field<T> {
        let found = self.text(row, column, subject)?;
        let value = figure(&found.value).and_then(|value| T::try_from(value).ok());
        match value {
            Some(value) => Some(Found { value, at: found.at }),
            None => {
                let shown: String = found.value.chars().take(60).collect();
                let place = found.at.into_iter().next().unwrap_or_default();
                self.add(
                    &codes::VALUE,
                    subject,
                    format!(
                        "{} holds \"{shown}\", which is not one whole number",
                        column.header()
                    ),
                    place,
                    "Type the number alone, or leave the cell empty where it is not known.",
                );
                None
            }
        }
    }

    fn row(&mut self, row: &Row) {
        let word = self.words(row, Column::Row);
        let Some(kind) = Kind::of_word(word) else {
            let shown: String = word.chars().take(60).collect();
            let message = if shown.is_empty() {
                "the row does not say what it holds".to_owned()
            } else {
                format!("\"{shown}\" is no kind of row")
            };
            let place = self.place_of(row, Column::Row);
            let words: Vec<&str> = Kind::ALL.iter().map(|kind| kind.word()).collect();
            self.add(
                &codes::KIND,
                &format!("line {}", row.line),
                message,
                place,
                &format!("Write one of: {}.", words.join(", ")),
            );
            return;
        };
        let number = self.words(row, Column::Number);
        let subject = format!("{} {}", kind.word(), number.chars().take(40).collect::<String>());
        let subject = subject.trim_end();
        match kind {
            Kind::Document => self.document(row, subject),
            Kind::Qualification => self.qualification(row, subject),
            Kind::Group => self.group(row, subject),
            Kind::Unit => self.unit(row, subject),
            Kind::Aims => {
                let aims = self.text(row, Column::Words, subject);
                match self.draft.units.last_mut() {
                    Some(unit) => unit.aims = aims,
                    None => self.loose(row, subject, "unit"),
                }
            }
            Kind::Outcome => {
                let outcome = OutcomeDraft {
                    number: self.text(row, Column::Number, subject),
                    text: self.text(row, Column::Words, subject),
                    criteria: Vec::new(),
                };
                match self.draft.units.last_mut() {
                    Some(unit) => unit.outcomes.push(outcome),
                    None => self.loose(row, subject, "unit"),
                }
            }
            Kind::Criterion => self.criterion(row, subject),
        }
    }

    fn loose(&mut self, row: &Row, subject: &str, above: &str) {
        let place = self.place_of(row, Column::Row);
        self.add(
            &codes::ORDER,
            subject,
            format!("no {above} stands above this row, so it was left out"),
            place,
            "Put it below the row that it belongs to.",
        );
    }

    fn criterion(&mut self, row: &Row, subject: &str) {
        let guidance = self
            .text(row, Column::Guidance, subject)
            .map_or_else(Vec::new, |found| {
                let lines = found.value.lines().map(str::trim).filter(|line| !line.is_empty());
                lines
                    .map(|line| GuidanceDraft {
                        text: line.to_owned(),
                        at: found.at.clone(),
                    })
                    .collect()
            });
        let criterion = CriterionDraft {
            number: self.text(row, Column::Number, subject),
            text: self.text(row, Column::Words, subject),
            grade: self.text(row, Column::Grade, subject).map(|found| Found {
                value: found.value.to_lowercase(),
                at: found.at,
            }),
            guidance,
        };
        let outcome = self
            .draft
            .units
            .last_mut()
            .and_then(|unit| unit.outcomes.last_mut());
        match outcome {
            Some(outcome) => outcome.criteria.push(criterion),
            None => self.loose(row, subject, "outcome"),
        }
    }

    fn unit(&mut self, row: &Row, subject: &str) {
        let unit = UnitDraft {
            number: self.text(row, Column::Number, subject),
            title: self.text(row, Column::Words, subject),
            level: self.number(row, Column::Level, subject),
            reference: self.text(row, Column::Reference, subject),
            credits: self.number(row, Column::Credits, subject),
            tut: self.number(row, Column::Hours, subject),
            glh: self.number(row, Column::GuidedHours, subject),
            ..UnitDraft::default()
        };
        self.draft.units.push(unit);
    }

    fn qualification(&mut self, row: &Row, subject: &str) {
        let title = self.text(row, Column::Words, subject);
        let size = title.as_ref().and_then(|title| {
            let words: Vec<&str> = title.value.split_whitespace().collect();
            let size = Size::ALL.into_iter().find(|size| words.contains(&size.word()))?;
            Some(Found {
                value: size,
                at: title.at.clone(),
            })
        });
        let qualification = QualificationDraft {
            code: self.text(row, Column::Number, subject),
            title,
            number: self.text(row, Column::Reference, subject),
            level: self.number(row, Column::Level, subject),
            size,
            tqt: self.number(row, Column::Hours, subject),
            glh: self.number(row, Column::GuidedHours, subject),
            minimum_credits: self.number(row, Column::Credits, subject),
            ..QualificationDraft::default()
        };
        self.draft.qualifications.push(qualification);
    }

    fn group(&mut self, row: &Row, subject: &str) {
        let name = self.text(row, Column::Number, subject);
        let place = self.place_of(row, Column::Units);
        let written = self
            .text(row, Column::Units, subject)
            .map(|found| found.value)
            .unwrap_or_default();
        let mut units: Vec<UnitNumber> = Vec::new();
        for one in written
            .split([';', ',', '\n'])
            .map(str::trim)
            .filter(|one| !one.is_empty())
        {
            match one.parse() {
                Ok(unit) => units.push(unit),
                Err(error) => self.add(
                    &codes::VALUE,
                    subject,
                    format!("{error}"),
                    place.clone(),
                    "List unit numbers, parted by semicolons.",
                ),
            }
        }
        if units.is_empty() {
            self.add(
                &codes::VALUE,
                subject,
                "the group lists no units".to_owned(),
                place.clone(),
                "List unit numbers, parted by semicolons.",
            );
        }
        let asked = self.words(row, Column::Credits).to_lowercase();
        let (take, credits) = match asked.as_str() {
            "" => (None, None),
            "all" => (Some(Take::All(Every::All)), None),
            _ => (
                None,
                self.number(row, Column::Credits, subject)
                    .map(|found: Found<u32>| Bounds::at_least(found.value)),
            ),
        };
        let group = Group {
            name: name.as_ref().map(|name| name.value.clone()),
            units: units.clone(),
            take,
            credits,
            ..Group::default()
        };
        let Some(qualification) = self.draft.qualifications.last_mut() else {
            self.loose(row, subject, "qualification");
            return;
        };
        let rule = qualification
            .rule
            .get_or_insert_with(|| Found::new(Rule::default(), place.clone()));
        rule.value.groups.push(group);
        for unit in units {
            qualification.table.push(RowDraft {
                unit: Some(Found::new(unit.to_string(), place.clone())),
                group: name.clone(),
                ..RowDraft::default()
            });
        }
    }

    /// The least credits of a qualification are part of its rule; rows of its table take what the units say.
    fn rules(&mut self) {
        let units = &self.draft.units;
        for qualification in &mut self.draft.qualifications {
            if let (Some(rule), Some(credits)) = (&mut qualification.rule, &qualification.minimum_credits) {
                rule.value.credits = Some(Bounds::at_least(credits.value));
            }
            for row in &mut qualification.table {
                let number = row.unit.as_ref().map(|found| found.value.as_str());
                let unit = units
                    .iter()
                    .find(|unit| unit.number.as_ref().map(|found| found.value.as_str()) == number);
                if let Some(unit) = unit {
                    row.title = unit.title.clone();
                    row.credits = unit.credits.clone();
                    row.glh = unit.glh.clone();
                    row.tut = unit.tut.clone();
                }
            }
        }
    }

    fn document(&mut self, row: &Row, subject: &str) {
        let Some(value) = self.text(row, Column::Words, subject) else {
            return;
        };
        let key = folded(self.words(row, Column::Number));
        let place = value.first_place().cloned().unwrap_or_default();
        let day = value
            .value
            .parse::<jiff::civil::Date>()
            .ok()
            .map(|day| Found::new(day, place.clone()));
        let document = &mut self.draft.document;
        let is_day = matches!(
            key.as_str(),
            "regulatedfrom" | "operationalfrom" | "registrationends" | "certificationends"
        );
        match key.as_str() {
            "regulatedfrom" => document.regulated_from = day.clone(),
            "operationalfrom" => document.operational_from = day.clone(),
            "registrationends" => document.registration_ends = day.clone(),
            "certificationends" => document.certification_ends = day.clone(),
            "title" => document.title = Some(value.clone()),
            "subtitle" => document.subtitle = Some(value.clone()),
            "version" => document.version = Some(value.clone()),
            "issued" => document.issued = Some(value.clone()),
            "awardingbody" => document.awarding_body = Some(value.clone()),
            "awardingbodyshort" => document.awarding_body_short = Some(value.clone()),
            "framework" => document.framework = Some(value.clone()),
            "regulator" => document.regulator = Some(value.clone()),
            "language" => document.language = Some(value.clone()),
            "purpose" => document.purpose = Some(value.clone()),
            "progression" => document.progression.push(value.clone()),
            "minimumage" => {
                let age: Field<u32> = self.number(row, Column::Words, subject);
                self.draft.document.minimum_age = age;
            }
            _ => {
                let place = self.place_of(row, Column::Number);
                self.add(
                    &codes::KIND,
                    subject,
                    "this is no fact about a document that is known".to_owned(),
                    place,
                    "Write a name from the manual, such as title, version or registration ends.",
                );
            }
        }
        if is_day && day.is_none() {
            let shown: String = value.value.chars().take(40).collect();
            self.add(
                &codes::VALUE,
                subject,
                format!("\"{shown}\" is not a day such as 2026-02-01"),
                place,
                "Write year, month and day, parted by hyphens.",
            );
        }
    }
}
