//! Unit credit: claiming it. It is released, printed, replaced, revoked and checked as an award is.

use super::case::{self, Shared};
use super::claim::{Claimed, record};
use crate::registration::find;
use crate::{Acting, Failure};
use assay_domain::award::credit::{self as rules, CertifiedUnit, ClaimCredit};
use assay_domain::id::{PersonId, RegistrationId};
use assay_store::Tx;
use assay_store::statements::award as statements;

/// The units of a learner that are certified already, on any of their registrations.
pub(super) fn certified(tx: &mut Tx<'_>, learner: &PersonId) -> Result<Vec<CertifiedUnit>, Failure> {
    tx.rows(&statements::LIST_CERTIFIED_UNITS, &[learner.as_str().into()])?
        .iter()
        .map(|row| {
            Ok(CertifiedUnit {
                unit: row.text("unit")?,
                kind: row.parsed("kind")?,
                certificate: row.optional_text("certificate")?,
            })
        })
        .collect()
}

/// Claim credit for units of a learner.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not see the registration; refusals of [`rules::decide`], all at once.
pub fn claim(
    acting: &mut Acting<'_, '_>,
    registration: &RegistrationId,
    act: &ClaimCredit,
) -> Result<Claimed, Failure> {
    let actor = acting.actor()?.clone();
    find::require_seen_by(acting.tx, actor.clone(), registration)?;
    let (moment, policy) = (acting.moment(), acting.policy());
    let standing = case::load(
        acting.app,
        acting.tx,
        registration,
        moment.today,
        policy,
        &mut Shared::default(),
    )?;
    let certified = certified(acting.tx, &standing.row.learner)?;
    let decision = rules::decide(
        act,
        &standing.case,
        &certified,
        &actor,
        moment,
        policy,
        acting.fresh,
    )?;
    record(acting, decision, registration, &standing)
}
