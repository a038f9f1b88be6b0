//! The registration list as CSV (CE-03), with cells that no spreadsheet runs as a formula.

use super::list::{self, ListQuery, ListRow, Titles};
use crate::{Asking, Failure};
use assay_domain::Role;
use assay_formats::csv_out;

/// Rows read at a time.
const STEP: usize = 500;
const HEAD: [&str; 13] = [
    "number",
    "given",
    "family",
    "born_on",
    "email",
    "uln",
    "qualification",
    "title",
    "state",
    "start_on",
    "ends_on",
    "registered_at",
    "identity",
];

/// The registrations of one centre that the query asks for, all pages of them, as CSV with a heading.
///
/// Contact and birth data leave the system here: for coordinators of the centre and the awarding body only.
///
/// # Errors
/// `SignInNeeded`; `NotFound` for anybody else.
pub fn csv(asking: &mut Asking<'_, '_>, query: &ListQuery) -> Result<String, Failure> {
    let (circle, _, coordinates) = list::circle(asking, &query.centre)?;
    if !coordinates && !asking.actor()?.is(Role::QualityManager) {
        return Err(Failure::NotFound);
    }
    let mut text = csv_out::table(&HEAD, std::iter::empty::<Vec<String>>());
    let mut titles = Titles::default();
    let mut query = ListQuery {
        after: String::new(),
        ..query.clone()
    };
    loop {
        let rows = list::page(asking, &circle, &query, STEP)?;
        let last = rows.len() < STEP;
        for row in rows {
            query.after = row.number.clone();
            let title = titles.of(asking, &row.specification, &row.qualification)?;
            text.push_str(&csv_out::line(&record(row, title)));
        }
        if last {
            return Ok(text);
        }
    }
}

fn record(row: ListRow, title: String) -> [String; 13] {
    [
        row.number,
        row.given,
        row.family,
        row.born_on.map(|day| day.to_string()).unwrap_or_default(),
        row.email.unwrap_or_default(),
        row.uln.unwrap_or_default(),
        row.qualification,
        title,
        row.state.as_str().to_owned(),
        row.start_on.to_string(),
        row.ends_on.to_string(),
        row.registered_at,
        row.identity.unwrap_or_default(),
    ]
}
