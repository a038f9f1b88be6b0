//! Confirming who a learner is.

use super::find;
use crate::{Acting, Failure};
use assay_domain::id::RegistrationId;
use assay_domain::registration::identity as rule;

/// Record which document showed who the learner is.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmIdentity {
    /// The kind of document and when it was seen, without its number.
    pub document: String,
}

/// Confirms a learner's identity.
///
/// # Errors
/// `NotFound`; refusals of [`assay_domain::registration::identity::decide`].
pub fn run(acting: &mut Acting<'_, '_>, id: &RegistrationId, input: &ConfirmIdentity) -> Result<(), Failure> {
    let actor = acting.actor()?.clone();
    let seen = find::require_seen_by(acting.tx, actor, id)?;
    let case = rule::IdentityCase {
        registration: seen.row.id.clone(),
        learner: seen.row.learner.clone(),
        centre: seen.row.centre.clone(),
        state: seen.row.state,
        identity: seen.row.identity.clone(),
    };
    let act = rule::ConfirmIdentity {
        document: input.document.clone(),
    };
    let decision = rule::decide(&act, &case, &seen.actor, acting.fresh)?;
    acting.record(decision)
}
