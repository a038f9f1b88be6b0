//! The page on which a unit is handed in: what can be chosen, how it measures up, what would refuse it.

use super::case;
use crate::evidence::find::{kind_of, number, optional_number};
use crate::registration::find as registration;
use crate::{Asking, Failure};
use assay_domain::fact::{AiUse, EvidenceKind};
use assay_domain::fresh::Counted;
use assay_domain::id::{EvidenceId, RegistrationId, SubmissionId};
use assay_domain::submission::case::Statement;
use assay_domain::submission::words::{self, Warning, WordGauge};
use assay_domain::submission::{SubmissionState, SubmitUnit, submit as rules};
use assay_domain::{Code, Refusal};
use assay_store::statements::evidence as statements;

/// A piece that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Choosable {
    pub evidence: EvidenceId,
    pub version: u32,
    pub title: String,
    pub kind: EvidenceKind,
    pub words: Option<u32>,
    pub appendix: bool,
    /// Criteria of the unit that its passages answer.
    pub answers: Vec<String>,
    pub chosen: bool,
}

/// The page on which a unit is handed in.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct HandInView {
    pub registration: RegistrationId,
    pub unit: String,
    pub unit_title: String,
    /// Which attempt and revision this would be.
    pub attempt: u32,
    pub revision: u32,
    /// Whether what changed has to be told.
    pub tells_changes: bool,
    /// The hand-in before this one.
    pub previous: Option<SubmissionId>,
    pub pieces: Vec<Choosable>,
    /// Words of the chosen pieces against the range of the profile.
    pub words: u32,
    pub gauge: Option<WordGauge>,
    /// The tolerance of the range, in per cent.
    pub tolerance: u32,
    /// What warns and does not stop the hand-in.
    pub warnings: Vec<Warning>,
    /// Criteria of the unit, and whether a passage of the chosen pieces answers each.
    pub criteria: Vec<(String, String, bool)>,
    /// What refuses the hand-in whatever is declared.
    pub refusals: Vec<Refusal>,
    /// Whether the caller is the learner, who alone hands in.
    pub own: bool,
}

/// The page, with the pieces that are chosen so far; without a choice, those that answer criteria of the unit.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not see the registration or the specification has no such unit.
pub fn view(
    asking: &mut Asking<'_, '_>,
    id: &RegistrationId,
    unit: &str,
    chosen: Option<&[EvidenceId]>,
) -> Result<HandInView, Failure> {
    let seen = registration::require_seen(asking, id)?;
    let app = asking.app;
    let unit = case::unit_of(app, asking.tx, &seen.row, unit)?;
    let unit_number = unit.number.to_string();
    let mut pieces = choosable(asking, &seen.row, &unit_number)?;
    for piece in &mut pieces {
        piece.chosen = match chosen {
            Some(chosen) => chosen.contains(&piece.evidence),
            None => !piece.answers.is_empty(),
        };
    }
    let items: Vec<EvidenceId> = pieces
        .iter()
        .filter(|piece| piece.chosen)
        .map(|piece| piece.evidence.clone())
        .collect();
    let case = case::load(app, asking.tx, &seen.row, &unit, &items)?;
    let policy = asking.policy();
    // What would happen if everything were declared: the rule itself answers. Nothing of it is recorded.
    let declared = SubmitUnit {
        statement: Statement {
            own_work: true,
            ai_use: Some(AiUse::None),
            ai_detail: None,
            changes: Some("changes".to_owned()),
        },
    };
    let refusals = rules::decide(
        &declared,
        &case,
        &seen.actor,
        asking.caller.moment,
        policy,
        &mut Counted::from_seed(0),
    )
    .err()
    .map(|refusals| refusals.0)
    .unwrap_or_default()
    .into_iter()
    .filter(|refusal| refusal.code != Code::EvidenceEmpty)
    .collect();
    let (attempt, revision) = match &case.last {
        None => (1, 1),
        Some(last) if last.state == SubmissionState::Returned => (last.attempt, last.revision + 1),
        Some(last) if last.state == SubmissionState::Referred => (last.attempt + 1, 1),
        // Still with the centre, or achieved: nothing can be handed in, and no further attempt is announced.
        Some(last) => (last.attempt, last.revision),
    };
    let words = words::counted(&case);
    Ok(HandInView {
        registration: id.clone(),
        unit_title: unit.title.clone(),
        attempt,
        revision,
        tells_changes: attempt > 1 || revision > 1,
        previous: case.last.as_ref().map(|last| last.id.clone()),
        pieces,
        words,
        gauge: words::gauge(words, case.level, policy),
        tolerance: policy
            .number(&format!("submission.word_count.level_{}.tolerance", case.level))
            .and_then(|(percent, _)| u32::try_from(percent).ok())
            .unwrap_or_default(),
        warnings: if case.pieces.is_empty() {
            Vec::new()
        } else {
            words::warnings(&case, policy)
        },
        criteria: unit
            .criteria()
            .map(|(_, criterion)| {
                let number = criterion.number.to_string();
                let covered = case
                    .passages
                    .iter()
                    .any(|passage| passage.criteria.contains(&number));
                (number, criterion.text.clone(), covered)
            })
            .collect(),
        refusals,
        own: seen.own(),
        unit: unit_number,
    })
}

/// Every saved piece of the learner, those that answer the unit first.
fn choosable(
    asking: &mut Asking<'_, '_>,
    row: &registration::RegistrationRow,
    unit: &str,
) -> Result<Vec<Choosable>, Failure> {
    /// More pieces than this nobody chooses from by ticking.
    const MOST: i64 = 500;
    let mut pieces = Vec::new();
    for found in asking.tx.rows(
        &statements::LIST,
        &[
            row.learner.as_str().into(),
            "".into(),
            "%".into(),
            MOST.into(),
            0_i64.into(),
        ],
    )? {
        let version = number(&found, "current_version")?;
        if version == 0 {
            continue;
        }
        pieces.push(Choosable {
            evidence: found.parsed("id")?,
            version,
            title: found.text("title")?,
            kind: kind_of(&found.text("kind")?),
            words: optional_number(&found, "words")?,
            appendix: found.optional_int("appendix")? == Some(1),
            answers: Vec::new(),
            chosen: false,
        });
    }
    for covered in asking.tx.rows(
        &statements::LIST_COVERAGE,
        &[row.learner.as_str().into(), unit.into()],
    )? {
        let evidence: EvidenceId = covered.parsed("evidence")?;
        let criterion = covered.text("criterion")?;
        if let Some(piece) = pieces.iter_mut().find(|piece| piece.evidence == evidence)
            && !piece.answers.contains(&criterion)
        {
            piece.answers.push(criterion);
        }
    }
    pieces.sort_by_key(|piece| piece.answers.is_empty());
    Ok(pieces)
}
