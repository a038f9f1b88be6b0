//! Collecting what is wrong, with its place.

use super::{ColumnFound, Complaint, Field, RegisterFile, RegisterRow};

/// Complaints as they are found, up to a limit.
pub(super) struct Complaints {
    listed: Vec<Complaint>,
    more: usize,
    most: usize,
}

impl Complaints {
    pub(super) fn up_to(most: usize) -> Self {
        Self {
            listed: Vec::new(),
            more: 0,
            most,
        }
    }

    pub(super) fn add(&mut self, complaint: Complaint) {
        if self.listed.len() < self.most {
            self.listed.push(complaint);
        } else {
            self.more += 1;
        }
    }

    /// A complaint about one cell: "Line 4, column C (Date of birth): "soon" is not a date. Expected …".
    pub(super) fn about(&mut self, line: u32, place: &Place<'_>, found: &str, what: &str) {
        let found: String = if found.chars().count() > 60 {
            found.chars().take(59).chain(['…']).collect()
        } else {
            found.to_owned()
        };
        let expected = place.field.example().to_owned();
        let said = if found.is_empty() {
            what.to_owned()
        } else {
            format!("\"{found}\" {what}")
        };
        self.add(Complaint {
            line,
            column: Some(place.column.to_owned()),
            field: Some(place.field),
            message: format!(
                "Line {line}, column {} ({}): {said}. Expected {expected}.",
                place.column,
                place.field.header()
            ),
            found,
            expected,
        });
    }

    pub(super) fn into_file(
        mut self,
        read_as: String,
        columns: Vec<ColumnFound>,
        rows: Vec<RegisterRow>,
    ) -> RegisterFile {
        self.listed.sort_by_key(|c| c.line);
        RegisterFile {
            read_as,
            columns,
            rows,
            complaints: self.listed,
            more_complaints: self.more,
        }
    }
}

/// Where a cell stands and what it is for.
pub(super) struct Place<'a> {
    pub(super) column: &'a str,
    pub(super) field: Field,
}
