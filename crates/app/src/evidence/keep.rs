//! Starting a piece, saving a version of it, renaming and withdrawing it.

use super::content::Prepared;
use super::find::{self, EvidenceRow};
use super::{likeness, passage, text};
use crate::derive::evidence::Content;
use crate::registration::find as registration;
use crate::{Acting, Failure};
use assay_domain::evidence::keep as rules;
use assay_domain::evidence::{RenameEvidence, SavedContent, StartEvidence};
use assay_domain::fact::EvidenceKind;
use assay_domain::id::{EvidenceId, PassageId, PersonId};
use assay_domain::policy::Policy;
use assay_formats::document::{DocumentText, Exclusions, count_words};
use assay_store::statements::evidence as statements;

/// Start a piece of evidence. Without a learner it is the actor's own.
#[derive(Debug, Clone, serde::Deserialize, utoipa::ToSchema)]
pub struct Start {
    pub learner: Option<PersonId>,
    pub kind: EvidenceKind,
    pub title: String,
}

/// What a save did.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Saved {
    pub evidence: EvidenceId,
    pub version: u32,
    /// Words that count under the profile.
    pub words: Option<u32>,
    /// How many passages of the version before were found again and marked in this one.
    pub carried: u32,
    /// Passages of the version before whose words are not there any more.
    pub lost: Vec<PassageId>,
    /// What the learner should know of the file.
    pub remark: Option<String>,
}

/// Starts a piece.
///
/// # Errors
/// As [`rules::start`]; `NotFound` for a learner whom the actor may not see.
pub fn start(acting: &mut Acting<'_, '_>, input: Start) -> Result<EvidenceId, Failure> {
    let actor = acting.actor()?.clone();
    let learner = input.learner.unwrap_or_else(|| actor.person.clone());
    if learner != actor.person && !find::may_see(acting.tx, &actor, &learner)? {
        return Err(Failure::NotFound);
    }
    let teaches = find::registrations_seen(acting.tx, &actor, &learner)?
        .iter()
        .any(registration::Seen::teaches);
    let act = StartEvidence {
        learner,
        kind: input.kind,
        title: input.title,
    };
    let (id, decision) = rules::start(&act, &actor, teaches, acting.fresh)?;
    acting.record(decision)?;
    Ok(id)
}

/// Saves prepared bytes as the next version, carries marks over to it and drops the draft, all in one act.
///
/// # Errors
/// `NotFound`; as [`rules::save`]; `Conflict` when the file is not kept any more.
pub fn save(
    acting: &mut Acting<'_, '_>,
    id: &EvidenceId,
    prepared: &Prepared,
    appendix: bool,
) -> Result<Saved, Failure> {
    let actor = acting.actor()?.clone();
    let seen = find::require_seen_by(acting.tx, actor.clone(), id)?;
    let row = seen.row;
    // Within the command, so that the file cannot be removed between being found here and being named.
    if !acting.app.store().files().exists(&prepared.sha256)? {
        return Err(Failure::Conflict {
            because:
                "The same file was sent twice at once, and the other time it was refused. Send it again."
                    .into(),
        });
    }
    let case = find::case(acting.tx, &row)?;
    let document = prepared.reading.document();
    let words = document.map(|document| counted(document, acting.policy()));
    let pages = document.and_then(pages);
    let content = Content {
        sha256: prepared.sha256.clone(),
        file_name: prepared.file_name.clone(),
    };
    let act = rules::SaveVersion {
        content: SavedContent {
            content: serde_json::to_string(&content)?,
            media: prepared.media.clone(),
            bytes: prepared.bytes,
            words,
            pages,
        },
        appendix,
    };
    let mut decision = rules::save(&act, &case, &actor, acting.fresh)?;
    let version = case.current_version.saturating_add(1);
    let outcome = passage::carry(acting, &row, &case, version, document, pages)?;
    decision.and(outcome.decision);
    if row.kind == EvidenceKind::File {
        text::keep(acting.tx, &prepared.sha256, &prepared.media, &prepared.reading)?;
    }
    acting.record(decision)?;
    if let Some(document) = document {
        likeness::keep(acting.tx, id, version, document)?;
    }
    acting.tx.run(&statements::DROP_DRAFT, &[id.as_str().into()])?;
    Ok(Saved {
        evidence: id.clone(),
        version,
        words,
        carried: outcome.carried,
        lost: outcome.lost,
        remark: prepared.remark.clone(),
    })
}

/// Starts a piece and saves its first version, in one act: a file that was uploaded, a viva that was recorded.
///
/// # Errors
/// As [`start`] and [`save`].
pub fn start_with(
    acting: &mut Acting<'_, '_>,
    input: Start,
    prepared: &Prepared,
    appendix: bool,
) -> Result<Saved, Failure> {
    let id = start(acting, input)?;
    save(acting, &id, prepared, appendix)
}

/// Gives a piece another title.
///
/// # Errors
/// `NotFound`; as [`rules::rename`].
pub fn rename(acting: &mut Acting<'_, '_>, id: &EvidenceId, title: &str) -> Result<(), Failure> {
    let (row, actor) = load(acting, id)?;
    let case = find::case(acting.tx, &row)?;
    let act = RenameEvidence {
        title: title.to_owned(),
    };
    let decision = rules::rename(&act, &case, &actor, acting.fresh)?;
    acting.record(decision)
}

/// Takes a piece out of the learner's evidence.
///
/// # Errors
/// `NotFound`; as [`rules::withdraw`].
pub fn withdraw(acting: &mut Acting<'_, '_>, id: &EvidenceId) -> Result<(), Failure> {
    let (row, actor) = load(acting, id)?;
    let case = find::case(acting.tx, &row)?;
    let decision = rules::withdraw(&case, &actor)?;
    acting.record(decision)?;
    acting.tx.run(&statements::DROP_DRAFT, &[id.as_str().into()])?;
    Ok(())
}

fn load(acting: &mut Acting<'_, '_>, id: &EvidenceId) -> Result<(EvidenceRow, assay_domain::Actor), Failure> {
    let actor = acting.actor()?.clone();
    let seen = find::require_seen_by(acting.tx, actor.clone(), id)?;
    Ok((seen.row, actor))
}

/// Words that count under the profile in force (LW-06).
pub fn counted(document: &DocumentText, policy: Policy<'_>) -> u32 {
    let excluded = policy.list("submission.word_count.excludes");
    let exclusions = if excluded.is_empty() {
        Exclusions::default()
    } else {
        Exclusions::from_words(excluded.iter().map(String::as_str)).unwrap_or_default()
    };
    u32::try_from(count_words(document, &exclusions).counted).unwrap_or(u32::MAX)
}

/// Pages of a document that has its own; none for text that flows.
fn pages(document: &DocumentText) -> Option<u32> {
    let paged = document.kind == assay_formats::sniff::FileKind::Pdf || document.pages.len() > 1;
    paged.then(|| u32::try_from(document.pages.len()).unwrap_or(u32::MAX))
}
