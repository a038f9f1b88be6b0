//! Finding a submission that the caller may see.

use crate::evidence::find::number;
use crate::registration::find as registration;
use crate::{Asking, Failure};
use assay_domain::id::{JudgementId, PersonId, RegistrationId, SubmissionId};
use assay_domain::submission::SubmissionState;
use assay_store::Tx;
use assay_store::statements::submission as statements;

/// A submission as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubmissionRow {
    pub id: SubmissionId,
    pub registration: RegistrationId,
    pub unit: String,
    pub attempt: u32,
    pub revision: u32,
    pub state: SubmissionState,
    /// Instant, as stored.
    pub submitted_at: String,
    pub words: u32,
    /// none, research, language, other
    pub ai_use: String,
    pub ai_detail: Option<String>,
    pub frozen: String,
    pub changes: Option<String>,
    pub assessor: Option<PersonId>,
    pub judgement: Option<JudgementId>,
}

/// The submission, whoever asks.
///
/// # Errors
/// `NotFound`.
pub fn require(tx: &mut Tx<'_>, id: &SubmissionId) -> Result<SubmissionRow, Failure> {
    let row = tx
        .row(&statements::FIND, &[id.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    Ok(SubmissionRow {
        id: row.parsed("id")?,
        registration: row.parsed("registration")?,
        unit: row.text("unit")?,
        attempt: number(&row, "attempt")?,
        revision: number(&row, "revision")?,
        state: row.parsed("state")?,
        submitted_at: row.text("submitted_at")?,
        words: number(&row, "words")?,
        ai_use: row.text("ai_use")?,
        ai_detail: row.optional_text("ai_detail")?.filter(|text| !text.is_empty()),
        frozen: row.text("frozen")?,
        changes: row.optional_text("changes")?.filter(|text| !text.is_empty()),
        assessor: row.optional_parsed("assessor")?,
        judgement: row.optional_parsed("judgement")?,
    })
}

/// The submission with its registration, if the caller may see that.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none or the caller may not see it.
pub fn require_seen(
    asking: &mut Asking<'_, '_>,
    id: &SubmissionId,
) -> Result<(SubmissionRow, registration::Seen), Failure> {
    asking.actor()?;
    let row = require(asking.tx, id)?;
    let seen = registration::require_seen(asking, &row.registration)?;
    Ok((row, seen))
}
