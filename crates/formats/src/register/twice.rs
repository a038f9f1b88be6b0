//! One learner, number or address twice in a file.

use std::collections::HashMap;

use jiff::civil::Date;

use super::complaints::Complaints;
use super::{Complaint, Field, RegisterRow};

/// Says where one learner is in the file twice for one qualification, or one number or address stands for two learners.
pub(super) fn twice(rows: &[RegisterRow], complaints: &mut Complaints) {
    let mut learners: HashMap<(String, Option<Date>, String), u32> = HashMap::new();
    let mut marks: HashMap<(Field, String), (u32, String)> = HashMap::new();
    for row in rows {
        let name = format!(
            "{} {}",
            row.given_name.as_deref().unwrap_or_default(),
            row.family_name.as_deref().unwrap_or_default()
        )
        .to_lowercase();
        if name.trim().is_empty() {
            continue;
        }
        let qualification = row.qualification.clone().unwrap_or_default().to_lowercase();
        let key = (name.clone(), row.date_of_birth, qualification);
        if let Some(first) = learners.get(&key) {
            complaints.add(Complaint {
                line: row.line,
                column: None,
                field: None,
                found: format!("the learner of line {first}"),
                expected: "each learner once for a qualification".to_owned(),
                message: format!(
                    "Line {}: the same learner and qualification stand on line {first}. Take one of them out.",
                    row.line
                ),
            });
            continue;
        }
        learners.insert(key, row.line);
        let marked = [
            (Field::Email, &row.email),
            (Field::Uln, &row.uln),
            (Field::OwnNumber, &row.own_number),
        ];
        for (field, value) in marked {
            let Some(value) = value
                .as_ref()
                .filter(|v| field != Field::Uln || v.as_str() != "9999999999")
            else {
                continue;
            };
            let mark = (field, value.to_lowercase());
            match marks.get(&mark) {
                // One learner may take two qualifications, each with its own row, under one address and ULN.
                Some((first, other)) if *other != name || field == Field::OwnNumber => complaints.add(Complaint {
                    line: row.line,
                    column: None,
                    field: Some(field),
                    found: value.clone(),
                    expected: format!("a different {} for each learner", field.header()),
                    message: format!(
                        "Line {}: \"{value}\" ({}) also stands on line {first}, for another registration.",
                        row.line,
                        field.header()
                    ),
                }),
                Some(_) => {}
                None => {
                    marks.insert(mark, (row.line, name.clone()));
                }
            }
        }
    }
}
