//! Answering later what a registration left open.

use super::find;
use crate::{Acting, Failure};
use assay_domain::id::{PersonId, RegistrationId};
use assay_domain::registration::complete as rule;
use assay_specification::Uln;
use assay_store::statements::registration as statements;

/// Answer what was left open at registering; what is missing here stays as it is.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CompleteRegistration {
    /// Authority and responsibility held, in the learner's words (QS-03).
    #[serde(default)]
    pub authority: Option<String>,
    /// Unique learner number of ten digits; a coordinator enters it.
    #[serde(default)]
    pub uln: Option<String>,
    /// Number of a learner who turned out to be a member of the awarding body already; a coordinator enters it.
    #[serde(default)]
    pub member_number: Option<String>,
}

/// Completes a registration.
///
/// # Errors
/// `NotFound`; refusals of [`assay_domain::registration::complete::decide`].
pub fn run(
    acting: &mut Acting<'_, '_>,
    id: &RegistrationId,
    input: &CompleteRegistration,
) -> Result<(), Failure> {
    let actor = acting.actor()?.clone();
    let seen = find::require_seen_by(acting.tx, actor, id)?;
    let mut uln_taken_by = None;
    if let Some(uln) = input.uln.as_deref().and_then(|text| text.parse::<Uln>().ok()) {
        for other in acting.tx.rows(
            &statements::LIST_BY_ULN,
            &[uln.to_string().into(), seen.row.centre.as_str().into()],
        )? {
            let learner: PersonId = other.parsed("learner")?;
            if learner != seen.row.learner {
                uln_taken_by = Some(other.text("number")?);
                break;
            }
        }
    }
    let case = rule::CompletionCase {
        registration: seen.row.id.clone(),
        learner: seen.row.learner.clone(),
        centre: seen.row.centre.clone(),
        state: seen.row.state,
        authority_answered: seen.row.authority.is_some(),
        uln_known: seen.row.uln.is_some(),
        uln_taken_by,
        member_number_known: seen.row.member_number.is_some(),
    };
    let act = rule::CompleteRegistration {
        authority: input.authority.clone(),
        uln: input.uln.clone(),
        member_number: input.member_number.clone(),
    };
    let decision = rule::decide(&act, &case, &seen.actor, acting.fresh)?;
    acting.record(decision)
}
