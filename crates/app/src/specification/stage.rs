//! Moving a specification on: checked, approved by another person, published.

use crate::{Acting, App, Failure};
use assay_domain::id::SpecificationId;
use assay_domain::refusal::Refusals;
use assay_domain::specification::{self as rules, SpecificationCase, Stage};
use assay_domain::{Actor, Decision};
use assay_store::Tx;

/// A move to the next stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Move {
    Check,
    Approve,
    Publish,
}

impl Move {
    /// The move that comes next at a stage; none once it is published.
    pub fn after(stage: Stage) -> Option<Move> {
        match stage {
            Stage::Draft => Some(Move::Check),
            Stage::Checked => Some(Move::Approve),
            Stage::Approved => Some(Move::Publish),
            Stage::Published => None,
        }
    }
}

/// Moves a specification on.
///
/// # Errors
/// `NotFound`; refusals of [`rules::check`], [`rules::approve`] and [`rules::publish`].
pub fn run(acting: &mut Acting<'_, '_>, id: &SpecificationId, to: Move) -> Result<(), Failure> {
    let case = case(acting.app, acting.tx, id)?;
    let actor = acting.actor()?.clone();
    let decision = decide(&case, &actor, to)?;
    acting.record(decision)
}

/// What the rules say to a move; a page asks without recording.
pub(super) fn decide(case: &SpecificationCase, actor: &Actor, to: Move) -> Result<Decision, Refusals> {
    match to {
        Move::Check => rules::check(case, actor),
        Move::Approve => rules::approve(case, actor),
        Move::Publish => rules::publish(case, actor),
    }
}

pub(super) fn case(app: &App, tx: &mut Tx<'_>, id: &SpecificationId) -> Result<SpecificationCase, Failure> {
    let row = super::require(tx, id)?;
    let specification = app.specification(tx, id)?;
    let (errors, warnings) = super::weigh(&specification);
    Ok(SpecificationCase {
        id: row.id,
        stage: row.stage,
        drafted_by: row.drafted_by,
        reviewed_by: crate::syllabus::list_reviewers(tx, id)?,
        errors,
        warnings,
    })
}
