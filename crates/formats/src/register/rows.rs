//! A table to learners, with everything that is wrong said at once.

use std::collections::BTreeMap;

use assay_specification::Uln;
use jiff::civil::Date;

use crate::refusal::ReadRefusal;

use super::complaints::{Complaints, Place};
use super::csv_in::too_many_rows;
use super::dates::{DateUnreadable, date_from_number, date_from_text};
use super::table::{Cell, Row, Table, column_name};
use super::twice::twice;
use super::{ColumnFound, Complaint, Field, RegisterFile, RegisterLimits, RegisterRow};

/// Rows above the header, for a title or a note.
const HEADER_WITHIN: usize = 10;

pub(super) fn from_table(table: Table, limits: &RegisterLimits) -> Result<RegisterFile, ReadRefusal> {
    let mut complaints = Complaints::up_to(limits.complaints);
    let Some(header_at) = header_row(&table.rows) else {
        complaints.add(Complaint {
            line: table.rows.first().map_or(0, |r| r.line),
            column: None,
            field: None,
            found: table.rows.first().map(first_cells).unwrap_or_default(),
            expected: "a row of headers, such as Given name, Family name, Date of birth".to_owned(),
            message: "No row of headers was found among the first rows. The template shows the headers."
                .to_owned(),
        });
        return Ok(complaints.into_file(table.read_as, Vec::new(), Vec::new()));
    };
    let mut rows = table.rows.into_iter().skip(header_at);
    let Some(header) = rows.next() else {
        return Ok(complaints.into_file(table.read_as, Vec::new(), Vec::new()));
    };
    let columns = columns(&header, &mut complaints);
    let mut found = Vec::new();
    for row in rows {
        if found.len() >= limits.rows {
            return Err(too_many_rows(limits));
        }
        found.push(learner(&row, &columns, table.from_1904, &mut complaints));
    }
    if found.is_empty() {
        complaints.add(Complaint {
            line: header.line,
            column: None,
            field: None,
            found: "no rows".to_owned(),
            expected: "a row for each learner".to_owned(),
            message: "There is no learner below the headers.".to_owned(),
        });
    }
    twice(&found, &mut complaints);
    Ok(complaints.into_file(table.read_as, columns, found))
}

fn header_row(rows: &[Row]) -> Option<usize> {
    let known = |row: &Row| {
        row.cells
            .iter()
            .filter(|c| Field::from_header(&c.text).is_some())
            .count()
    };
    let best = rows
        .iter()
        .take(HEADER_WITHIN)
        .enumerate()
        .max_by_key(|(at, row)| (known(row), usize::MAX - at));
    best.filter(|(_, row)| known(row) >= 2).map(|(at, _)| at)
}

fn first_cells(row: &Row) -> String {
    let cells: Vec<&str> = row
        .cells
        .iter()
        .map(|c| c.text.as_str())
        .filter(|t| !t.is_empty())
        .take(4)
        .collect();
    cells.join(", ").chars().take(80).collect()
}

fn columns(header: &Row, complaints: &mut Complaints) -> Vec<ColumnFound> {
    let mut seen: BTreeMap<Field, String> = BTreeMap::new();
    let mut columns = Vec::with_capacity(header.cells.len());
    for (at, cell) in header.cells.iter().enumerate() {
        let column = column_name(at);
        let mut field = Field::from_header(&cell.text);
        if let Some(known) = field {
            match seen.get(&known) {
                Some(first) => {
                    complaints.add(Complaint {
                        line: header.line,
                        column: Some(column.clone()),
                        field: Some(known),
                        found: cell.text.clone(),
                        expected: "each header once".to_owned(),
                        message: format!(
                            "Line {}: columns {first} and {column} are both headed \"{}\".",
                            header.line,
                            known.header()
                        ),
                    });
                    field = None;
                }
                None => {
                    seen.insert(known, column.clone());
                }
            }
        }
        columns.push(ColumnFound {
            column,
            header: cell.text.clone(),
            field,
        });
    }
    for field in Field::ALL
        .into_iter()
        .filter(|f| f.is_required() && !seen.contains_key(f))
    {
        complaints.add(Complaint {
            line: header.line,
            column: None,
            field: Some(field),
            found: "no such column".to_owned(),
            expected: field.header().to_owned(),
            message: format!(
                "Line {}: the column \"{}\" is missing.",
                header.line,
                field.header()
            ),
        });
    }
    columns
}

fn learner(row: &Row, columns: &[ColumnFound], from_1904: bool, complaints: &mut Complaints) -> RegisterRow {
    let mut learner = RegisterRow {
        line: row.line,
        raw: BTreeMap::new(),
        given_name: None,
        family_name: None,
        date_of_birth: None,
        email: None,
        uln: None,
        member_number: None,
        own_number: None,
        qualification: None,
        start_date: None,
        units: Vec::new(),
        role: None,
        authority: None,
        identity: None,
        tutor_email: None,
        assessor_email: None,
    };
    let empty = Cell::default();
    for (at, column) in columns.iter().enumerate() {
        let Some(field) = column.field else { continue };
        let cell = row.cells.get(at).unwrap_or(&empty);
        let place = Place {
            column: &column.column,
            field,
        };
        let text = tidy(&cell.text);
        if cell.formula {
            complaints.about(
                row.line,
                &place,
                &text,
                "is a formula, and formulas are not taken",
            );
        } else if cell.error {
            complaints.about(row.line, &place, &text, "is an error of the spreadsheet");
        } else if text.is_empty() {
            if field.is_required() {
                complaints.about(row.line, &place, "", "is empty");
            }
        } else {
            learner.raw.insert(field, text.clone());
            take(&mut learner, cell, text, from_1904, &place, complaints);
        }
    }
    learner
}

/// White space at the ends and runs of it inside, and characters that cannot be seen, taken out.
fn tidy(text: &str) -> String {
    let visible: String = text
        .chars()
        .map(|c| if c == '\u{a0}' { ' ' } else { c })
        .filter(|c| !c.is_control() || c.is_whitespace())
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{feff}'))
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn take(
    learner: &mut RegisterRow,
    cell: &Cell,
    text: String,
    from_1904: bool,
    place: &Place<'_>,
    complaints: &mut Complaints,
) {
    let line = learner.line;
    let mut said = |what: &str| complaints.about(line, place, &text, what);
    match place.field {
        Field::GivenName | Field::FamilyName => {
            if !text.chars().any(char::is_alphabetic) {
                said("is no name");
                return;
            }
            if place.field == Field::GivenName {
                learner.given_name = Some(text);
            } else {
                learner.family_name = Some(text);
            }
        }
        Field::DateOfBirth | Field::StartDate => match date(cell, &text, from_1904) {
            Ok(date) if place.field == Field::DateOfBirth => learner.date_of_birth = Some(date),
            Ok(date) => learner.start_date = Some(date),
            Err(why) => said(&why.to_string()),
        },
        Field::Email | Field::TutorEmail | Field::AssessorEmail => {
            if !is_address(&text) {
                said("is no e-mail address");
                return;
            }
            let address = Some(text.to_lowercase());
            match place.field {
                Field::Email => learner.email = address,
                Field::TutorEmail => learner.tutor_email = address,
                _ => learner.assessor_email = address,
            }
        }
        Field::Uln => match text.parse::<Uln>() {
            Ok(uln) => learner.uln = Some(uln.to_string()),
            Err(_) => said("is no Unique Learner Number: its length or its last digit is wrong"),
        },
        Field::Units => {
            let units: Vec<String> = text
                .split([';', ',', '/'])
                .map(str::trim)
                .filter(|u| !u.is_empty())
                .map(str::to_owned)
                .collect();
            let odd = units
                .iter()
                .find(|u| u.len() > 20 || !u.chars().all(|c| c.is_alphanumeric() || c == '-'));
            if let Some(odd) = odd {
                said(&format!(
                    "is no list of unit codes: see \"{}\"",
                    odd.chars().take(30).collect::<String>()
                ));
                return;
            }
            learner.units = units;
        }
        Field::MemberNumber => learner.member_number = Some(text),
        Field::OwnNumber => learner.own_number = Some(text),
        Field::Qualification => learner.qualification = Some(text),
        Field::Role => learner.role = Some(text),
        Field::Authority => learner.authority = Some(text),
        Field::Identity => learner.identity = Some(text),
    }
}

fn date(cell: &Cell, text: &str, from_1904: bool) -> Result<Date, DateUnreadable> {
    // A spreadsheet's day can reach a CSV file as its bare number.
    let bare = (text.len() == 5).then(|| text.parse::<f64>().ok()).flatten();
    match cell.number.or(bare) {
        Some(number) => date_from_number(number, from_1904),
        None => date_from_text(text),
    }
}

/// Whether a text has the form of an e-mail address. Whether it is one, only a message to it tells.
fn is_address(text: &str) -> bool {
    let Some((name, host)) = text.rsplit_once('@') else {
        return false;
    };
    let plain = |c: char| !c.is_whitespace() && !matches!(c, ',' | ';' | '<' | '>' | '"' | '(' | ')' | '@');
    !name.is_empty()
        && text.len() <= 254
        && text.chars().filter(|c| *c == '@').count() == 1
        && text.chars().all(|c| c == '@' || plain(c))
        && host.contains('.')
        && host
            .split('.')
            .all(|label| !label.is_empty() && !label.starts_with('-') && !label.ends_with('-'))
}
