//! What waits for an assessor: work to take, to finish, to look at again, to countersign.

use super::{MOST, WorkItem};
use crate::judgement::queue::{self, QueueQuery};
use crate::{Asking, Failure};
use assay_domain::Role;
use assay_domain::submission::SubmissionState;

pub(super) fn items(asking: &mut Asking<'_, '_>) -> Result<Vec<WorkItem>, Failure> {
    let actor = asking.actor()?.clone();
    if !actor.is(Role::Assessor) {
        return Ok(Vec::new());
    }
    let trainee = actor
        .grants
        .iter()
        .filter(|grant| grant.role == Role::Assessor)
        .all(|grant| grant.countersigned);
    let today = asking.today();
    let query = QueueQuery {
        size: MOST,
        ..QueueQuery::default()
    };
    let mut items = Vec::new();
    for piece in queue::list(asking, &query)?.items {
        let kind = match piece.state {
            SubmissionState::Submitted => "To take for marking",
            SubmissionState::Taken if piece.taken_by_me => "To finish marking",
            SubmissionState::SentBack if piece.taken_by_me => "Sent back by internal verification",
            SubmissionState::CountersignDue if !piece.signed_by_me && !trainee => "To countersign",
            _ => continue,
        };
        let mut title = format!("{} {}, attempt {}", piece.unit, piece.unit_title, piece.attempt);
        if piece.state == SubmissionState::Taken {
            title.push_str(&format!(", {} of {} decided", piece.decided, piece.criteria));
        }
        let item = WorkItem::new(
            kind,
            title,
            piece.learner_name,
            format!("/submissions/{}/mark", piece.submission),
            piece.submitted_at,
        );
        items.push(match piece.due_on {
            Some(due) => item.due(due, today),
            None => item,
        });
    }
    Ok(items)
}
