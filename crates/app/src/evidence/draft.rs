//! The text that is being typed: kept every few seconds, never a fact, gone when a version is saved.

use super::content::LONGEST_TEXT;
use super::find::{self, EvidenceRow};
use super::text;
use crate::{Acting, App, Asking, Failure};
use assay_domain::fact::EvidenceKind;
use assay_domain::id::EvidenceId;
use assay_store::Tx;
use assay_store::statements::evidence as statements;

/// A draft as it is kept.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Draft {
    pub text: String,
    /// Grows by one with each save; 0 when nothing was typed since the last version.
    #[serde(rename = "version")]
    pub revision: u64,
    /// Instant; none when nothing was typed since the last version.
    pub saved_at: Option<String>,
}

/// What keeping a draft answers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Kept {
    /// The revision now kept; the next save names it.
    pub version: u64,
    pub saved_at: String,
}

/// The answer to a save.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Kept(Kept),
    /// A newer text was kept in between, in another window or on another device.
    Newer(Draft),
}

/// The draft of a piece; when nothing was typed since the last version, that version's text.
///
/// # Errors
/// `NotFound` for everybody but the maker of a piece that is written in the browser.
pub fn find(asking: &mut Asking<'_, '_>, id: &EvidenceId) -> Result<Draft, Failure> {
    let seen = find::require_seen(asking, id)?;
    if !seen.made() || seen.row.kind == EvidenceKind::File {
        return Err(Failure::NotFound);
    }
    let app = asking.app;
    load(app, asking.tx, &seen.row)
}

pub(super) fn load(app: &App, tx: &mut Tx<'_>, row: &EvidenceRow) -> Result<Draft, Failure> {
    if let Some(kept) = kept(tx, &row.id)? {
        return Ok(kept);
    }
    let text = match find::version(tx, &row.id, row.current_version)? {
        Some(version) => text::source(app, &version)?,
        None => String::new(),
    };
    Ok(Draft {
        text,
        revision: 0,
        saved_at: None,
    })
}

fn kept(tx: &mut Tx<'_>, id: &EvidenceId) -> Result<Option<Draft>, Failure> {
    let Some(row) = tx.row(&statements::FIND_DRAFT, &[id.as_str().into()])? else {
        return Ok(None);
    };
    Ok(Some(Draft {
        text: row.text("text")?,
        revision: u64::try_from(row.int("revision")?).unwrap_or_default(),
        saved_at: Some(row.text("saved_at")?),
    }))
}

/// Keeps what was typed, if nobody kept a newer text since `revision`. The same text is never newer: a save that was
/// sent twice because its answer was lost is answered as kept.
///
/// # Errors
/// `NotFound` for everybody but the maker; `Unreadable` when the text is too long or the piece is a file.
pub fn keep(
    acting: &mut Acting<'_, '_>,
    id: &EvidenceId,
    text: &str,
    revision: u64,
) -> Result<Outcome, Failure> {
    let actor = acting.actor()?.clone();
    let seen = find::require_seen_by(acting.tx, actor, id)?;
    if !seen.made() {
        return Err(Failure::NotFound);
    }
    if seen.row.kind == EvidenceKind::File || seen.row.withdrawn {
        return Err(Failure::unreadable("text", "This piece is not written here."));
    }
    if text.chars().count() > LONGEST_TEXT {
        return Err(Failure::unreadable(
            "text",
            format!("The text is longer than {LONGEST_TEXT} characters. Split it into two pieces."),
        ));
    }
    let text = text.replace("\r\n", "\n").replace('\0', "");
    let app = acting.app;
    let now = load(app, acting.tx, &seen.row)?;
    let saved_at = acting.moment().stored();
    if now.text == text && now.revision >= revision {
        return Ok(Outcome::Kept(Kept {
            version: now.revision,
            saved_at: now.saved_at.unwrap_or(saved_at),
        }));
    }
    if now.revision != revision {
        let saved_at = now.saved_at.clone().or(Some(saved_at));
        return Ok(Outcome::Newer(Draft { saved_at, ..now }));
    }
    let next = revision.saturating_add(1);
    acting.tx.run(
        &statements::PUT_DRAFT,
        &[
            id.as_str().into(),
            text.into(),
            i64::try_from(next).unwrap_or(i64::MAX).into(),
            saved_at.as_str().into(),
        ],
    )?;
    Ok(Outcome::Kept(Kept {
        version: next,
        saved_at,
    }))
}
