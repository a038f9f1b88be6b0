//! What waits in external assessment: work to receive and to verify for a quality manager, to mark for an external assessor, and for a
//! coordinator what is late.

use super::WorkItem;
use crate::external_assessment::list::{self, Show};
use crate::{Asking, Failure};
use assay_domain::Role;
use assay_domain::external_assessment::OrderState;
use assay_domain::id::CentreId;
use assay_domain::submission::SubmissionState;

pub(super) fn items(asking: &mut Asking<'_, '_>) -> Result<Vec<WorkItem>, Failure> {
    let actor = asking.actor()?.clone();
    let (body, marks) = (actor.is(Role::QualityManager), actor.is(Role::ExternalAssessor));
    if !body && !marks && !actor.is(Role::Coordinator) {
        return Ok(Vec::new());
    }
    let today = asking.today();
    let mut items = Vec::new();
    // A coordinator's list is one centre's.
    let lists: Vec<Option<CentreId>> = if body || marks {
        vec![None]
    } else {
        actor
            .centres_as(Role::Coordinator)
            .into_iter()
            .map(Some)
            .collect()
    };
    let mut orders = Vec::new();
    for centre in &lists {
        orders.extend(list::list(asking, Show::Open, centre.as_ref(), 1)?.orders);
    }
    for order in orders {
        let desk = |below: &str| {
            order
                .submission
                .as_ref()
                .map(|submission| format!("/submissions/{submission}/{below}"))
        };
        let page = Some(format!("/external-assessments/{}", order.order));
        let (kind, href) = match (order.state, order.hand_in_state) {
            (OrderState::Sent, _) if body => ("To receive for external assessment", page),
            (OrderState::Marked, _) if body => ("To verify for the awarding body", desk("verify")),
            (OrderState::Received, Some(SubmissionState::SentBack)) if marks => {
                ("Sent back by verification", desk("mark"))
            }
            (OrderState::Received, _) if marks => ("To mark for the awarding body", desk("mark")),
            _ if order.late && !marks => ("Late in external assessment", page),
            _ => continue,
        };
        let Some(href) = href else { continue };
        let since = order.received_on.or(order.sent_on).unwrap_or(order.ordered_on);
        let item = WorkItem::new(
            kind,
            format!("{} {}", order.unit, order.unit_title),
            format!("{}, {}", order.learner_name, order.centre_name),
            href,
            format!("{since}T00:00:00.000Z"),
        );
        items.push(match order.due_on {
            Some(due) if order.state.with_the_body() => item.due(due, today),
            _ => item,
        });
    }
    Ok(items)
}
