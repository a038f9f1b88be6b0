//! A learner's evidence, page by page.

use super::find::{self, kind_of, number, optional_number};
use crate::{Asking, Failure};
use assay_domain::fact::EvidenceKind;
use assay_domain::id::{EvidenceId, PersonId};
use assay_store::Row;
use assay_store::statements::evidence as statements;

/// One piece in the list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct EvidenceLine {
    pub id: EvidenceId,
    pub kind: EvidenceKind,
    pub title: String,
    /// 0 while nothing was saved.
    pub version: u32,
    /// Instant of the last save, or of the start.
    pub changed_at: String,
    pub media: Option<String>,
    pub file_name: Option<String>,
    pub bytes: Option<u64>,
    pub words: Option<u32>,
    pub pages: Option<u32>,
    pub appendix: bool,
    /// Passages marked in the current version.
    pub passages: u32,
    /// Hand-ins that hold it.
    pub submissions: u32,
}

/// A page of the list.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct EvidenceList {
    pub pieces: Vec<EvidenceLine>,
    pub total: u64,
    /// From 1.
    pub page: u64,
    pub size: u64,
    pub search: String,
}

/// The caller's own evidence, or a learner's whom the caller may see; the last started first.
///
/// # Errors
/// `SignInNeeded`; `NotFound` for a learner whom the caller may not see.
pub fn list(
    asking: &mut Asking<'_, '_>,
    learner: Option<&PersonId>,
    search: &str,
    page: u64,
) -> Result<EvidenceList, Failure> {
    let actor = asking.actor()?.clone();
    let learner = learner.unwrap_or(&actor.person);
    if !find::may_see(asking.tx, &actor, learner)? {
        return Err(Failure::NotFound);
    }
    let size = asking
        .policy()
        .number("page.size")
        .map_or(25, |(size, _)| size.clamp(1, 200));
    let search: String = search.trim().chars().take(100).collect();
    let pattern = like(&search);
    let total = asking
        .tx
        .row(
            &statements::COUNT,
            &[
                learner.as_str().into(),
                search.as_str().into(),
                pattern.as_str().into(),
            ],
        )?
        .map_or(Ok(0), |row| row.int("pieces"))?;
    let page = page.max(1).min(u64::try_from(total / size + 1).unwrap_or(1));
    let skip = i64::try_from(page - 1).unwrap_or(0).saturating_mul(size);
    let rows = asking.tx.rows(
        &statements::LIST,
        &[
            learner.as_str().into(),
            search.as_str().into(),
            pattern.into(),
            size.into(),
            skip.into(),
        ],
    )?;
    Ok(EvidenceList {
        pieces: rows.iter().map(line).collect::<Result<_, Failure>>()?,
        total: u64::try_from(total).unwrap_or_default(),
        page,
        size: u64::try_from(size).unwrap_or(25),
        search,
    })
}

/// What a search looks for, as a pattern; its own signs are taken as characters.
fn like(search: &str) -> String {
    let mut pattern = String::from("%");
    for c in search.to_lowercase().chars() {
        if matches!(c, '%' | '_' | '!') {
            pattern.push('!');
        }
        pattern.push(c);
    }
    pattern.push('%');
    pattern
}

fn line(row: &Row) -> Result<EvidenceLine, Failure> {
    let saved = row.optional_text("saved_at")?;
    Ok(EvidenceLine {
        id: row.parsed("id")?,
        kind: kind_of(&row.text("kind")?),
        title: row.text("title")?,
        version: number(row, "current_version")?,
        changed_at: match saved {
            Some(at) => at,
            None => row.text("started_at")?,
        },
        media: row.optional_text("media")?,
        file_name: row.optional_text("file_name")?,
        bytes: row
            .optional_int("bytes")?
            .and_then(|bytes| u64::try_from(bytes).ok()),
        words: optional_number(row, "words")?,
        pages: optional_number(row, "pages")?,
        appendix: row.optional_int("appendix")? == Some(1),
        passages: number(row, "passages")?,
        submissions: number(row, "submissions")?,
    })
}
