//! The marking queue: what waits for an assessor, the oldest hand-in first.

use crate::{Asking, Failure};
use assay_domain::id::{PersonId, RegistrationId, SubmissionId};
use assay_domain::submission::SubmissionState;
use assay_store::statements::judgement as statements;

/// What is asked of the queue.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct QueueQuery {
    /// Only work in this state.
    pub state: Option<SubmissionState>,
    /// Part of the learner's name or of the unit's number; blank for all.
    pub search: String,
    /// From 1.
    pub page: u32,
    /// How many on a page; at most 200.
    pub size: u32,
}

/// One piece of work in the queue.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct QueueItem {
    pub submission: SubmissionId,
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub learner_name: String,
    pub qualification: String,
    pub unit: String,
    pub unit_title: String,
    pub attempt: i64,
    pub revision: i64,
    pub state: SubmissionState,
    /// When it was handed in, as a UTC instant.
    pub submitted_at: String,
    #[schema(value_type = String, format = Date)]
    pub submitted_on: jiff::civil::Date,
    /// When the feedback is due under the policy in force.
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<jiff::civil::Date>,
    pub words: i64,
    /// Criteria decided so far, and of how many.
    pub decided: i64,
    pub criteria: i64,
    /// Whether the caller has taken it, another assessor has, or nobody.
    pub taken_by_me: bool,
    pub taken: bool,
    /// The name of the assessor who has taken it.
    pub taken_by: Option<String>,
    /// Signed by the caller themselves; a countersignature has to come from another.
    pub signed_by_me: bool,
}

/// How much of the queue stands in one state.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct QueueCount {
    pub state: SubmissionState,
    pub pieces: i64,
}

/// A page of the queue.
#[derive(Debug, Clone, serde::Serialize, utoipa::ToSchema)]
pub struct Queue {
    pub items: Vec<QueueItem>,
    /// How many there are with the same search and state, on all pages.
    pub total: i64,
    /// How many there are with the same search, by state.
    pub counts: Vec<QueueCount>,
    pub page: u32,
    pub size: u32,
}

/// A page of the queue over all centres at which the caller assesses, the oldest hand-in first.
///
/// # Errors
/// `SignInNeeded`; a fault when the store fails.
pub fn list(asking: &mut Asking<'_, '_>, query: &QueueQuery) -> Result<Queue, Failure> {
    let actor = asking.actor()?.clone();
    let today = asking.today().to_string();
    let like = like(&query.search);
    let counts: Vec<QueueCount> = asking
        .tx
        .rows(
            &statements::COUNT_QUEUE,
            &[
                actor.person.as_str().into(),
                today.as_str().into(),
                like.as_str().into(),
            ],
        )?
        .iter()
        .map(|row| {
            Ok(QueueCount {
                state: row.parsed("state")?,
                pieces: row.int("pieces")?,
            })
        })
        .collect::<Result<_, assay_store::StoreFault>>()?;
    let total = counts
        .iter()
        .filter(|count| query.state.is_none_or(|state| state == count.state))
        .map(|count| count.pieces)
        .sum();
    let (page, size) = (query.page.max(1), query.size.clamp(1, 200));
    let rows = asking.tx.rows(
        &statements::LIST_QUEUE,
        &[
            actor.person.as_str().into(),
            today.as_str().into(),
            query.state.map_or("", SubmissionState::as_str).into(),
            like.as_str().into(),
            size.into(),
            (i64::from(page - 1) * i64::from(size)).into(),
        ],
    )?;
    let days = asking.policy().number("marking.turn_round").map(|(days, _)| days);
    let mut items = Vec::with_capacity(rows.len());
    for row in rows {
        let unit = row.text("unit")?;
        let specification = asking
            .app
            .specification(asking.tx, &row.parsed("specification")?)?;
        let found = specification.find_unit_called(&unit);
        let assessor: Option<PersonId> = row.optional_parsed("assessor")?;
        let signed_by: Option<PersonId> = row.optional_parsed("signed_by")?;
        let submitted_on = row.parsed("submitted_on")?;
        let taken_by = assessor.as_ref().map(|_| name(&row, "assessor_")).transpose()?;
        items.push(QueueItem {
            submission: row.parsed("id")?,
            registration: row.parsed("registration")?,
            learner: row.parsed("learner")?,
            learner_name: crate::people::full_name(&row.text("given")?, &row.text("family")?),
            qualification: row.text("qualification")?,
            unit_title: found.map(|unit| unit.title.clone()).unwrap_or_default(),
            criteria: found
                .map(|unit| i64::try_from(unit.criteria().count()).unwrap_or(0))
                .unwrap_or(0),
            unit,
            attempt: row.int("attempt")?,
            revision: row.int("revision")?,
            state: row.parsed("state")?,
            submitted_at: row.text("submitted_at")?,
            submitted_on,
            due_on: days.map(|days| working_days_after(submitted_on, days)),
            words: row.int("words")?,
            decided: row.int("decided")?,
            taken_by_me: assessor.as_ref() == Some(&actor.person),
            taken: assessor.is_some(),
            taken_by,
            signed_by_me: signed_by.as_ref() == Some(&actor.person),
        });
    }
    Ok(Queue {
        items,
        total,
        counts,
        page,
        size,
    })
}

/// A name from the columns `<prefix>given` and `<prefix>family` of a joined person; a person who is not there is told as
/// erased.
pub(crate) fn name(row: &assay_store::Row, prefix: &str) -> Result<String, assay_store::StoreFault> {
    let given = row.optional_text(&format!("{prefix}given"))?.unwrap_or_default();
    let family = row.optional_text(&format!("{prefix}family"))?.unwrap_or_default();
    Ok(crate::people::full_name(&given, &family))
}

/// A search as the pattern that the statements take: blank for a blank search; `%`, `_` and `!` stand for themselves.
pub(crate) fn like(search: &str) -> String {
    let search = search.trim().to_lowercase();
    if search.is_empty() {
        return String::new();
    }
    let mut pattern = String::from("%");
    for c in search.chars().take(80) {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

/// The day that lies a number of working days (Monday to Friday) after another.
pub fn working_days_after(from: jiff::civil::Date, days: i64) -> jiff::civil::Date {
    let mut day = from;
    let mut left = days.clamp(0, 1000);
    while left > 0 {
        let Ok(next) = day.tomorrow() else { return day };
        day = next;
        if !matches!(
            day.weekday(),
            jiff::civil::Weekday::Saturday | jiff::civil::Weekday::Sunday
        ) {
            left -= 1;
        }
    }
    day
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn ten_working_days_after_a_monday_are_a_monday_two_weeks_on() {
        assert_eq!(working_days_after(date(2019, 10, 14), 10), date(2019, 10, 28));
        assert_eq!(working_days_after(date(2019, 10, 12), 1), date(2019, 10, 14));
    }
}
