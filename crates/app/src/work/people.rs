//! Invitations that nobody has accepted yet, for those who can send them again.

use super::{MOST, WorkItem};
use crate::people::full_name;
use crate::{Asking, Failure};
use assay_domain::Role;
use assay_store::statements::account as statements;

pub(super) fn items(asking: &mut Asking<'_, '_>) -> Result<Vec<WorkItem>, Failure> {
    let actor = asking.actor()?.clone();
    let mut rows = Vec::new();
    if actor.is(Role::Administrator) {
        rows.extend(
            asking
                .tx
                .rows(&statements::LIST_OPEN_INVITATIONS, &[MOST.into()])?,
        );
    } else {
        for centre in actor.centres_as(Role::Coordinator) {
            rows.extend(asking.tx.rows(
                &statements::LIST_OPEN_INVITATIONS_AT,
                &[MOST.into(), centre.as_str().into()],
            )?);
        }
    }
    let now = asking.caller.moment.stored();
    rows.iter()
        .map(|row| {
            let person = row.text("person")?;
            let title = if row.text("ends_at")? <= now {
                "The invitation has run out"
            } else {
                "Invited, has not signed in yet"
            };
            Ok(WorkItem::new(
                "Invitations",
                title,
                full_name(&row.text("given")?, &row.text("family")?),
                format!("/people/{person}"),
                row.text("made_at")?,
            ))
        })
        .collect()
}
