//! A learner hands in a unit.

use super::case;
use crate::registration::find as registration;
use crate::{Acting, Failure};
use assay_domain::Fact;
use assay_domain::fact::AiUse;
use assay_domain::id::{EvidenceId, RegistrationId, SubmissionId};
use assay_domain::submission::case::Statement;
use assay_domain::submission::words::{self, Warning};
use assay_domain::submission::{SubmitUnit, submit as rules};

/// Hand in a unit.
#[derive(Debug, Clone, serde::Deserialize, utoipa::ToSchema)]
pub struct HandIn {
    /// The pieces, in the order in which they are to be read; the current version of each is handed in.
    pub items: Vec<EvidenceId>,
    /// "This is my own work, and what is not is marked as such."
    #[serde(default)]
    pub own_work: bool,
    pub ai_use: Option<AiUse>,
    pub ai_detail: Option<String>,
    /// On a resubmission: what was changed.
    pub changes: Option<String>,
}

/// What a hand-in did.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct HandedIn {
    pub submission: SubmissionId,
    pub attempt: u32,
    pub revision: u32,
    pub words: u32,
    /// SHA-256 over the pieces' digests: what was handed in can no longer change.
    pub frozen: String,
    /// What warned and did not stop it (LW-06, LW-07, LW-08).
    pub warnings: Vec<Warning>,
}

/// Hands in.
///
/// # Errors
/// `NotFound` when the registration is not the actor's to see or the specification has no such unit; `Unreadable` for a
/// piece that cannot be chosen; as [`rules::decide`].
pub fn run(
    acting: &mut Acting<'_, '_>,
    id: &RegistrationId,
    unit: &str,
    input: HandIn,
) -> Result<HandedIn, Failure> {
    let actor = acting.actor()?.clone();
    let row = registration::require_seen_by(acting.tx, actor.clone(), id)?.row;
    let app = acting.app;
    let unit = case::unit_of(app, acting.tx, &row, unit)?;
    let case = case::load(app, acting.tx, &row, &unit, &input.items)?;
    let act = SubmitUnit {
        statement: Statement {
            own_work: input.own_work,
            ai_use: input.ai_use,
            ai_detail: input.ai_detail,
            changes: input.changes,
        },
    };
    let policy = acting.policy();
    let decision = rules::decide(&act, &case, &actor, acting.moment(), policy, acting.fresh)?;
    let warnings = words::warnings(&case, policy);
    let handed_in = decision.facts.iter().find_map(|fact| match fact {
        Fact::UnitSubmitted {
            submission,
            attempt,
            revision,
            words,
            frozen,
            ..
        } => Some(HandedIn {
            submission: submission.clone(),
            attempt: *attempt,
            revision: *revision,
            words: *words,
            frozen: frozen.clone(),
            warnings: Vec::new(),
        }),
        _ => None,
    });
    acting.record(decision)?;
    let handed_in =
        handed_in.ok_or_else(|| Failure::Fault("a hand-in was decided without its fact".to_owned()))?;
    Ok(HandedIn {
        warnings,
        ..handed_in
    })
}
