//! Ordering, withdrawing, receiving, allocating. Each loads the case, asks the domain and records what it decides.

use super::view::{member, order_case, require_seen};
use crate::registration::find;
use crate::{Acting, Failure};
use assay_domain::external_assessment::{
    AllocateExternalAssessor, OrderExternalAssessment, ReceiveWork, order as orders, receive as receipts,
};
use assay_domain::id::{OrderId, RegistrationId};

/// What came of ordering.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ExternalAssessmentOrdered {
    pub order: OrderId,
}

/// Order that the awarding body assesses a unit.
///
/// # Errors
/// `NotFound`; refusals of [`orders::decide`].
pub fn order(
    acting: &mut Acting<'_, '_>,
    registration: &RegistrationId,
    act: &OrderExternalAssessment,
) -> Result<ExternalAssessmentOrdered, Failure> {
    let actor = acting.actor()?.clone();
    let row = find::require_seen_by(acting.tx, actor.clone(), registration)?.row;
    let case = order_case(acting.app, acting.tx, &row, &act.unit)?;
    let (moment, policy) = (acting.moment(), acting.policy());
    let (order, decision) = orders::decide(act, &case, &actor, moment, policy, acting.fresh)?;
    acting.record(decision)?;
    Ok(ExternalAssessmentOrdered { order })
}

/// Withdraw an order before its work is received.
///
/// # Errors
/// `NotFound`; refusals of [`orders::decide_withdraw`].
pub fn withdraw(acting: &mut Acting<'_, '_>, id: &OrderId) -> Result<(), Failure> {
    let (actor, today) = (acting.actor()?.clone(), acting.today());
    let found = require_seen(acting.app, acting.tx, &actor, id, today)?;
    let decision = orders::decide_withdraw(&found.case, &actor)?;
    acting.record(decision)
}

/// Receive the work handed in last, and allocate its external assessor.
///
/// # Errors
/// `NotFound`; refusals of [`receipts::decide`].
pub fn receive(acting: &mut Acting<'_, '_>, id: &OrderId, act: &ReceiveWork) -> Result<(), Failure> {
    let (actor, moment, policy) = (acting.actor()?.clone(), acting.moment(), acting.policy());
    let found = require_seen(acting.app, acting.tx, &actor, id, moment.today)?;
    let named = match act.assessor.as_ref().or(found.case.assessor.as_ref()) {
        Some(person) => Some(member(acting.tx, person)?),
        None => None,
    };
    let decision = receipts::decide(act, &found.case, named.as_ref(), &actor, moment, policy)?;
    acting.record(decision)
}

/// Allocate another external assessor.
///
/// # Errors
/// `NotFound`; refusals of [`receipts::decide_allocate`].
pub fn allocate(
    acting: &mut Acting<'_, '_>,
    id: &OrderId,
    act: &AllocateExternalAssessor,
) -> Result<(), Failure> {
    let (actor, moment) = (acting.actor()?.clone(), acting.moment());
    let found = require_seen(acting.app, acting.tx, &actor, id, moment.today)?;
    let named = match &act.assessor {
        Some(person) => Some(member(acting.tx, person)?),
        None => None,
    };
    let decision = receipts::decide_allocate(act, &found.case, named.as_ref(), &actor, moment)?;
    acting.record(decision)
}
