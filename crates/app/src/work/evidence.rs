//! What waits for a learner: work that came back, and units whose date comes near.

use super::{MOST, WorkItem};
use crate::{Asking, Failure};
use assay_domain::Role;
use assay_domain::id::SpecificationId;
use assay_store::Row;
use assay_store::statements::submission as statements;
use jiff::civil::Date;

/// How many days ahead a target date shows.
const AHEAD: i32 = 28;

pub(super) fn items(asking: &mut Asking<'_, '_>) -> Result<Vec<WorkItem>, Failure> {
    let actor = asking.actor()?.clone();
    if !actor.is(Role::Learner) {
        return Ok(Vec::new());
    }
    let mut items = Vec::new();
    let person = actor.person.as_str();
    for row in asking
        .tx
        .rows(&statements::LIST_WAITING_FOR_LEARNER, &[person.into()])?
    {
        let returned = row.text("state")? == "returned";
        let (kind, since) = if returned {
            ("Returned before marking", row.optional_text("returned_at")?)
        } else {
            ("Not yet met", row.optional_text("signed_at")?)
        };
        let since = match since {
            Some(since) => since,
            None => row.text("submitted_at")?,
        };
        items.push(WorkItem::new(
            kind,
            title(asking, &row)?,
            format!("Attempt {}", row.int("attempt")?),
            address(&row)?,
            since,
        ));
    }
    let today = asking.today();
    for row in asking.tx.rows(
        &statements::LIST_TARGETS_OF_LEARNER,
        &[person.into(), MOST.into()],
    )? {
        let target: Date = row.parsed("target_on")?;
        if today.until(target).map_or(0, |span| span.get_days()) > AHEAD {
            continue;
        }
        items.push(
            WorkItem::new(
                "To hand in",
                title(asking, &row)?,
                "Your plan's date",
                address(&row)?,
                row.text("agreed_at")?,
            )
            .due(target, today),
        );
    }
    Ok(items)
}

fn address(row: &Row) -> Result<String, Failure> {
    Ok(format!(
        "/registrations/{}/units/{}",
        row.text("registration")?,
        row.text("unit")?
    ))
}

/// Number and title of the row's unit.
fn title(asking: &mut Asking<'_, '_>, row: &Row) -> Result<String, Failure> {
    let unit = row.text("unit")?;
    let specification: SpecificationId = row.parsed("specification")?;
    let specification = asking.app.specification(asking.tx, &specification)?;
    Ok(match specification.find_unit_called(&unit) {
        Some(found) => format!("{unit} {}", found.title),
        None => unit,
    })
}
