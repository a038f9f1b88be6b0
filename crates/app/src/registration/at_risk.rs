//! Learners in progress whose time runs out: the regulation of their qualification ends, or their own registration does
//! (AW-05; practice, section 2.4).

use super::find;
use super::list::{self, Circle, ListQuery, ListRow};
use super::syllabus::{self, Pinned};
use crate::people::full_name;
use crate::progress::{self, Part};
use crate::{Asking, Failure};
use assay_domain::id::{RegistrationId, SpecificationId};
use assay_domain::registration::register::warn_ahead;
use assay_store::statements::registration as statements;
use jiff::ToSpan;
use jiff::civil::Date;

/// Most learners that are listed at once; the earliest dates come first.
const MOST: usize = 200;

/// What ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// The regulation of the qualification.
    Regulation,
    /// Certification of the qualification, after its regulation has ended.
    Certification,
    /// The learner's own registration.
    Registration,
}

impl Ending {
    /// As a person reads it.
    pub fn title(self) -> &'static str {
        match self {
            Ending::Regulation => "Regulation of the qualification",
            Ending::Certification => "Certification of the qualification",
            Ending::Registration => "The learner's registration",
        }
    }
}

/// One learner at risk.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct AtRiskLine {
    pub registration: RegistrationId,
    pub name: String,
    pub number: String,
    pub qualification: String,
    /// The full title (QS-06).
    pub title: String,
    #[schema(value_type = String, format = Date)]
    pub ends_on: Date,
    /// Below zero once the date has passed.
    pub days_left: i64,
    pub ending: Ending,
    pub credits: Part,
    pub units: Part,
}

/// The learners at risk, the earliest date first.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct AtRisk {
    pub lines: Vec<AtRiskLine>,
    /// How far ahead is looked, in months, from the profile.
    pub months_ahead: i64,
    #[schema(value_type = String, format = Date)]
    pub until: Date,
    /// True when there are more than are listed.
    pub more: bool,
}

/// The learners in progress of the caller's circle whose time runs out within the profile's reminders.
///
/// # Errors
/// `SignInNeeded`; `NotFound` for a centre that is not the caller's.
pub fn list(asking: &mut Asking<'_, '_>, centre: &str) -> Result<AtRisk, Failure> {
    let (circle, _, _) = list::circle(asking, centre)?;
    let today = asking.today();
    let months_ahead = warn_ahead(&asking.policy());
    let until = today.checked_add(months_ahead.months()).unwrap_or(Date::MAX);
    let pinned = syllabus::every_published(asking.app, asking.tx)?;
    let mut found: Vec<(Date, Ending, ListRow)> = Vec::new();
    let take = |found: &mut Vec<(Date, Ending, ListRow)>, end: Date, ending: Ending, row: ListRow| match found
        .iter_mut()
        .find(|(_, _, known)| known.registration == row.registration)
    {
        Some(known) if known.0 <= end => {}
        Some(known) => *known = (end, ending, row),
        None => found.push((end, ending, row)),
    };
    let mut ends: Vec<(SpecificationId, String, Date, Ending)> = Vec::new();
    for pinned in &pinned {
        let (end, ending) = ends_on(asking, pinned, today)?;
        if end <= until {
            ends.push((pinned.id.clone(), pinned.code.clone(), end, ending));
        }
    }
    match &circle {
        Circle::Staff(_) => {
            let query = ListQuery {
                state: "active".into(),
                ..ListQuery::default()
            };
            for row in list::page(asking, &circle, &query, MOST * 5)? {
                let end = ends
                    .iter()
                    .find(|(id, code, ..)| *id == row.specification && *code == row.qualification);
                if row.ends_on <= until && end.is_none_or(|(_, _, end, _)| row.ends_on <= *end) {
                    let day = row.ends_on;
                    take(&mut found, day, Ending::Registration, row);
                } else if let Some((_, _, end, ending)) = end {
                    take(&mut found, *end, *ending, row);
                }
            }
        }
        Circle::Centre(_) | Circle::Everywhere => {
            let centre = match &circle {
                Circle::Centre(centre) => centre.as_str(),
                _ => "",
            };
            let most = i64::try_from(MOST + 1).unwrap_or(i64::MAX);
            let ending = if centre.is_empty() {
                asking.tx.rows(
                    &statements::LIST_ENDING_EVERYWHERE,
                    &[until.to_string().into(), most.into()],
                )?
            } else {
                asking.tx.rows(
                    &statements::LIST_ENDING,
                    &[until.to_string().into(), centre.into(), most.into()],
                )?
            };
            for row in ending {
                let row = ListRow::read(&row)?;
                let day = row.ends_on;
                take(&mut found, day, Ending::Registration, row);
            }
            for (id, code, end, ending) in &ends {
                let rows = if centre.is_empty() {
                    asking.tx.rows(
                        &statements::LIST_ACTIVE_ON_EVERYWHERE,
                        &[id.as_str().into(), code.into(), most.into()],
                    )?
                } else {
                    asking.tx.rows(
                        &statements::LIST_ACTIVE_ON,
                        &[id.as_str().into(), code.into(), centre.into(), most.into()],
                    )?
                };
                for row in rows {
                    take(&mut found, *end, *ending, ListRow::read(&row)?);
                }
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0).then_with(|| a.2.number.cmp(&b.2.number)));
    let more = found.len() > MOST;
    let mut lines = Vec::new();
    for (end, ending, row) in found.into_iter().take(MOST) {
        let Some(pinned) = pinned
            .iter()
            .find(|pinned| pinned.id == row.specification && pinned.code == row.qualification)
        else {
            continue;
        };
        let whole = find::require_registration(asking.tx, &row.registration)?;
        let progress = progress::count(asking.app, asking.tx, &whole, pinned, today)?;
        lines.push(AtRiskLine {
            registration: row.registration,
            name: full_name(&row.given, &row.family),
            number: row.number,
            qualification: row.qualification,
            title: pinned.qualification()?.title.clone(),
            ends_on: end,
            days_left: days_between(today, end),
            ending,
            credits: progress.credits,
            units: progress.units,
        });
    }
    Ok(AtRisk {
        lines,
        months_ahead,
        until,
        more,
    })
}

/// The date by which a learner on this qualification has to be finished, as it stands today: the end of regulation, and
/// once that has passed the last day of certification.
pub(crate) fn ends_on(
    asking: &Asking<'_, '_>,
    pinned: &Pinned,
    today: Date,
) -> Result<(Date, Ending), Failure> {
    let dates = pinned.specification.dates_of(pinned.qualification()?);
    let last = syllabus::last_certification(pinned, &asking.policy())?;
    Ok(match last {
        Some(last) if today > dates.registration_ends => (last, Ending::Certification),
        _ => (dates.registration_ends, Ending::Regulation),
    })
}

/// Days from one day to another; below zero when it is before.
pub(crate) fn days_between(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}
