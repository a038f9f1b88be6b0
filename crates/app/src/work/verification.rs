//! What waits for an internal verifier: unit results that they may verify.

use super::{MOST, WorkItem};
use crate::{Asking, Failure, verification};
use assay_domain::Role;

pub(super) fn items(asking: &mut Asking<'_, '_>) -> Result<Vec<WorkItem>, Failure> {
    if !asking.actor()?.is(Role::InternalVerifier) {
        return Ok(Vec::new());
    }
    let today = asking.today();
    Ok(verification::list_due(asking, "", 1, MOST)?
        .items
        .into_iter()
        .filter(|due| due.hindrance.is_none())
        .map(|due| {
            let item = WorkItem::new(
                "To verify",
                format!("{} {}, attempt {}", due.unit, due.unit_title, due.attempt),
                format!("{}, judged by {}", due.learner_name, due.assessor_name),
                format!("/submissions/{}/verify", due.submission),
                due.signed_at,
            );
            match due.due_on {
                Some(on) => item.due(on, today),
                None => item,
            }
        })
        .collect())
}
