//! What waits about claims and awards: learners ready to claim for, claims returned, claims to release, certificates to
//! fetch.

use super::{MOST, WorkItem};
use crate::award::list::{Wanted, candidates_between, claims};
use crate::award::name_change::{self, Show};
use crate::award::{correction, overview, release};
use crate::{Asking, Failure};
use assay_domain::Role;
use assay_domain::award::{AwardKind, CorrectionState, NameChangeState};
use assay_domain::id::CentreId;
use jiff::ToSpan;

/// For how many days a new certificate stands on its holder's work list.
const NEWS_DAYS: i32 = 60;

pub(super) fn items(asking: &mut Asking<'_, '_>) -> Result<Vec<WorkItem>, Failure> {
    let actor = asking.actor()?.clone();
    let today = asking.today();
    let now = asking.caller.moment.stored();
    let mut items = Vec::new();
    for centre in actor.centres_as(Role::Coordinator) {
        for candidate in candidates_between(asking, &centre, ("", ""), MOST.into(), 0)? {
            if candidate.refusals.is_empty() {
                items.push(WorkItem::new(
                    "Ready to claim",
                    candidate.title,
                    candidate.learner_name,
                    format!("/registrations/{}/claim", candidate.registration),
                    now.clone(),
                ));
            }
        }
        name_changes(
            asking,
            Show::In(NameChangeState::Asked),
            Some(&centre),
            "Proof of a name to see",
            &mut items,
        )?;
        let wanted = Wanted {
            state: "returned".into(),
            centre: Some(centre),
            page: 1,
            ..Wanted::default()
        };
        for line in claims(asking, &wanted)?.claims {
            // Once it is claimed again or awarded, nothing waits any more; a claim of another kind settles nothing.
            let mut last = None;
            for row in asking.tx.rows(
                &assay_store::statements::award::LIST_CLAIMS_OF,
                &[line.registration.as_str().into()],
            )? {
                if last.is_none() && row.parsed::<AwardKind>("kind")? == line.kind {
                    last = Some(row.text("id")?);
                }
            }
            if last.is_some_and(|last| last == line.claim.as_str()) {
                items.push(WorkItem::new(
                    "Claims returned",
                    line.title,
                    line.learner_name,
                    format!("/claims/{}", line.claim),
                    line.made_at,
                ));
            }
        }
    }
    if actor.is(Role::QualityManager) {
        name_changes(
            asking,
            Show::In(NameChangeState::Proved),
            None,
            "Changes of name to approve",
            &mut items,
        )?;
        corrections(
            asking,
            CorrectionState::Flagged,
            "Results to look into",
            &mut items,
        )?;
        corrections(
            asking,
            CorrectionState::Assessed,
            "Corrections to decide",
            &mut items,
        )?;
        let target = asking.policy().number("certificate.target").map(|(days, _)| days);
        for line in release::list(asking, 1)?.claims {
            let item = WorkItem::new(
                "To release",
                match line.kind {
                    AwardKind::Qualification => format!("{}, {}", line.qualification, line.centre_name),
                    AwardKind::Credit => format!("{}, {}", line.title, line.centre_name),
                },
                line.learner_name,
                format!("/claims/{}", line.claim),
                line.made_at,
            );
            items.push(match target {
                Some(days) => item.due(line.made_on.saturating_add(days.clamp(0, 3650).days()), today),
                None => item,
            });
        }
    }
    if actor.is(Role::Learner) {
        for award in overview::own(asking)? {
            if let Some(number) = award.certificate
                && today <= award.awarded_on.saturating_add(NEWS_DAYS.days())
            {
                items.push(WorkItem::new(
                    "Your certificate",
                    award.title,
                    number,
                    format!("/awards/{}", award.award),
                    format!("{}T00:00:00.000Z", award.awarded_on),
                ));
            }
        }
    }
    Ok(items)
}

/// The changes of name that wait for the caller.
fn name_changes(
    asking: &mut Asking<'_, '_>,
    show: Show,
    centre: Option<&CentreId>,
    kind: &str,
    items: &mut Vec<WorkItem>,
) -> Result<(), Failure> {
    for line in name_change::list(asking, show, centre, 1)?.changes {
        items.push(WorkItem::new(
            kind,
            format!("Certificate {}", line.certificate),
            line.printed,
            format!("/name-changes/{}", line.change),
            line.asked_at,
        ));
    }
    Ok(())
}

/// The corrections in a state.
fn corrections(
    asking: &mut Asking<'_, '_>,
    state: CorrectionState,
    kind: &str,
    items: &mut Vec<WorkItem>,
) -> Result<(), Failure> {
    for line in correction::list(asking, Some(state), None, 1)?.corrections {
        items.push(WorkItem::new(
            kind,
            format!("{}, {}", line.qualification, line.units.join(", ")),
            line.learner_name,
            format!("/corrections/{}", line.correction),
            line.flagged_at,
        ));
    }
    Ok(())
}
