//! Withdrawing a registration.

use super::find;
use crate::{Acting, Failure};
use assay_domain::Moment;
use assay_domain::id::RegistrationId;
use assay_domain::registration::withdraw as rule;
use assay_store::statements::plan as statements;
use jiff::civil::Date;

/// Withdraw a learner from a qualification.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct WithdrawRegistration {
    /// The day on which the learner left.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    pub because: String,
}

/// Withdraws a registration.
///
/// # Errors
/// `NotFound`; refusals of [`assay_domain::registration::withdraw::decide`].
pub fn run(
    acting: &mut Acting<'_, '_>,
    id: &RegistrationId,
    input: &WithdrawRegistration,
) -> Result<(), Failure> {
    let actor = acting.actor()?.clone();
    let seen = find::require_seen_by(acting.tx, actor, id)?;
    let claim_open = acting
        .tx
        .row(&statements::FIND_OPEN_CLAIM, &[id.as_str().into()])?
        .is_some();
    let registered_at = seen
        .row
        .registered_at
        .parse()
        .map_err(|error: jiff::Error| Failure::Fault(error.to_string()))?;
    let case = rule::WithdrawalCase {
        registration: seen.row.id.clone(),
        learner: seen.row.learner.clone(),
        centre: seen.row.centre.clone(),
        state: seen.row.state,
        registered_on: Moment::new(registered_at, &acting.app.surroundings().zone).today,
        start_on: seen.row.start_on,
        claim_open,
    };
    let act = rule::WithdrawRegistration {
        on: input.on,
        because: input.because.clone(),
    };
    let moment = acting.moment();
    let decision = rule::decide(&act, &case, &seen.actor, moment, acting.fresh)?;
    acting.record(decision)
}
