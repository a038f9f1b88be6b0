//! The best way for a learner: the cheapest units still to take, proved (docs/rules-of-combination.md).

use super::view;
use crate::registration::find;
use crate::registration::syllabus;
use crate::specification::rule::{BestWay, WayAsked, best_way};
use crate::{Asking, Failure};
use assay_domain::id::RegistrationId;

/// The cheapest ways for a registration. Units achieved before, and units of the plan that have work handed in or are
/// achieved, are there already whatever is asked.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not see the registration; `Unreadable` when the syllabus has no unit of
/// a number.
pub fn find_best(
    asking: &mut Asking<'_, '_>,
    id: &RegistrationId,
    mut asked: WayAsked,
) -> Result<BestWay, Failure> {
    let view = view::plan(asking, id)?;
    let there = view
        .units
        .iter()
        .filter(|unit| unit.fixed || unit.carried_from.is_some());
    asked.have.extend(there.map(|unit| unit.unit.clone()));
    let row = find::require_seen(asking, id)?.row;
    let pinned = syllabus::pinned(asking.app, asking.tx, &row.specification, &row.qualification)?;
    let prepared = pinned.rule(asking.app)?;
    best_way(&pinned.specification, &prepared, &asked)
}
