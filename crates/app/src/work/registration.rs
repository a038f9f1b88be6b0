//! What waits around registrations: for coordinators identity, advice, plans, assessors and reviews; for everybody unread
//! messages; for learners a first choice of units.

use super::{MOST, WorkItem};
use crate::derive::registration::{ADVICE, ASSESSOR, IDENTITY, PLAN};
use crate::people::full_name;
use crate::{Asking, Failure};
use assay_domain::Role;
use assay_store::statements::{plan, registration as statements};

pub(super) fn items(asking: &mut Asking<'_, '_>) -> Result<Vec<WorkItem>, Failure> {
    let actor = asking.actor()?.clone();
    let mut items = Vec::new();
    for centre in actor.centres_as(Role::Coordinator) {
        for (what, kind, below) in [
            (IDENTITY, "Confirm identity", "#identity"),
            (ADVICE, "Advise on authority held", ""),
            (PLAN, "Choose units", "/units"),
            (ASSESSOR, "Allocate an assessor", "#staff"),
        ] {
            for row in asking.tx.rows(
                &statements::LIST_OPEN,
                &[centre.as_str().into(), what.into(), MOST.into()],
            )? {
                let unit = row.text("unit")?;
                let title = if unit.is_empty() {
                    format!("{}, {}", row.text("qualification")?, row.text("number")?)
                } else {
                    format!("{unit}, {}", row.text("number")?)
                };
                items.push(WorkItem::new(
                    kind,
                    title,
                    full_name(&row.text("given")?, &row.text("family")?),
                    format!("/registrations/{}{below}", row.text("registration")?),
                    row.text("since")?,
                ));
            }
        }
        let today = asking.today();
        let soon = today.checked_add(jiff::ToSpan::days(14)).unwrap_or(today);
        let due = asking.tx.rows(
            &plan::LIST_REVIEWS_DUE,
            &[centre.as_str().into(), soon.to_string().into(), MOST.into()],
        )?;
        for row in due {
            let item = WorkItem::new(
                "Review a plan",
                format!("{}, {}", row.text("qualification")?, row.text("number")?),
                full_name(&row.text("given")?, &row.text("family")?),
                format!("/registrations/{}/units", row.text("registration")?),
                row.text("agreed_at")?,
            );
            items.push(item.due(row.parsed("review_on")?, today));
        }
    }
    // A learner's own first step, unless a coordinator has it on their list above.
    for row in asking
        .tx
        .rows(&statements::LIST_OF_LEARNER, &[actor.person.as_str().into()])?
    {
        let id: assay_domain::id::RegistrationId = row.parsed("id")?;
        if row.text("state")? == "active" && crate::plan::agree::version(asking.tx, &id)? == 0 {
            let whole = crate::registration::find::require_registration(asking.tx, &id)?;
            items.push(WorkItem::new(
                "Choose your units",
                whole.qualification.clone(),
                whole.centre_name.clone(),
                format!("/registrations/{id}/units"),
                whole.registered_at,
            ));
        }
    }
    for row in asking
        .tx
        .rows(&plan::LIST_UNSEEN, &[actor.person.as_str().into(), MOST.into()])?
    {
        let unit = row.optional_text("unit")?;
        items.push(WorkItem::new(
            "Messages",
            unit.map_or_else(
                || "A message".to_owned(),
                |unit| format!("A message about {unit}"),
            ),
            full_name(
                &row.optional_text("sender_given")?.unwrap_or_default(),
                &row.optional_text("sender_family")?.unwrap_or_default(),
            ),
            format!("/registrations/{}/messages", row.text("registration")?),
            row.text("sent_at")?,
        ));
    }
    Ok(items)
}
