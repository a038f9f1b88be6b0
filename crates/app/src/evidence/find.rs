//! Finding a piece of evidence that the caller may see.

use crate::people::full_name;
use crate::registration::find as registration;
use crate::{Asking, Failure};
use assay_domain::evidence::{EvidenceCase, HandIn};
use assay_domain::fact::EvidenceKind;
use assay_domain::id::{EvidenceId, PersonId, RegistrationId, SpecificationId};
use assay_domain::{Actor, Role};
use assay_store::statements::{evidence as statements, registration as registrations};
use assay_store::{Row, StoreFault, Tx};

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EvidenceRow {
    pub id: EvidenceId,
    pub learner: PersonId,
    pub learner_name: String,
    pub kind: EvidenceKind,
    pub title: String,
    /// Instant, as stored.
    pub started_at: String,
    pub started_by: Option<PersonId>,
    /// 0 before the first save.
    pub current_version: u32,
    pub withdrawn: bool,
}

/// A saved version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionRow {
    pub evidence: EvidenceId,
    pub version: u32,
    /// The file's address; blank once erased.
    pub sha256: String,
    pub file_name: String,
    /// The salted digest that the fact carries.
    pub digest: String,
    pub media: String,
    pub bytes: u64,
    pub words: Option<u32>,
    pub pages: Option<u32>,
    pub appendix: bool,
    pub saved_at: String,
}

/// A piece with the right by which the caller sees it.
#[derive(Debug, Clone)]
pub struct Seen {
    pub row: EvidenceRow,
    pub actor: Actor,
}

impl Seen {
    /// Whether the caller is the learner.
    pub fn own(&self) -> bool {
        self.actor.person == self.row.learner
    }
    /// Whether the caller made the piece and may save versions of it.
    pub fn made(&self) -> bool {
        self.row.started_by.as_ref() == Some(&self.actor.person)
    }
}

/// A kind as stored, read back.
pub(crate) fn kind_of(word: &str) -> EvidenceKind {
    match word {
        "file" => EvidenceKind::File,
        "viva" => EvidenceKind::Viva,
        "observation" => EvidenceKind::Observation,
        _ => EvidenceKind::Written,
    }
}

/// A kind as people read it.
pub fn kind_title(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Written => "Written here",
        EvidenceKind::File => "File",
        EvidenceKind::Viva => "Viva",
        EvidenceKind::Observation => "Observation",
    }
}

pub(crate) fn number(row: &Row, column: &str) -> Result<u32, StoreFault> {
    Ok(u32::try_from(row.int(column)?).unwrap_or_default())
}

pub(crate) fn optional_number(row: &Row, column: &str) -> Result<Option<u32>, StoreFault> {
    Ok(row
        .optional_int(column)?
        .and_then(|number| u32::try_from(number).ok()))
}

/// The piece, whoever asks.
///
/// # Errors
/// `NotFound`.
pub fn require(tx: &mut Tx<'_>, id: &EvidenceId) -> Result<EvidenceRow, Failure> {
    let row = tx
        .row(&statements::FIND, &[id.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    Ok(EvidenceRow {
        id: row.parsed("id")?,
        learner: row.parsed("learner")?,
        learner_name: full_name(&row.text("given")?, &row.text("family")?),
        kind: kind_of(&row.text("kind")?),
        title: row.text("title")?,
        started_at: row.text("started_at")?,
        started_by: row.optional_parsed("started_by")?,
        current_version: number(&row, "current_version")?,
        withdrawn: row.truth("withdrawn")?,
    })
}

pub(crate) fn version_of(row: &Row) -> Result<VersionRow, StoreFault> {
    Ok(VersionRow {
        evidence: row.parsed("evidence")?,
        version: number(row, "version")?,
        sha256: row.text("sha256")?,
        file_name: row.text("file_name")?,
        digest: row.text("digest")?,
        media: row.text("media")?,
        bytes: u64::try_from(row.int("bytes")?).unwrap_or_default(),
        words: optional_number(row, "words")?,
        pages: optional_number(row, "pages")?,
        appendix: row.truth("appendix")?,
        saved_at: row.text("saved_at")?,
    })
}

/// One version of a piece; none when there is no such version.
pub fn version(tx: &mut Tx<'_>, id: &EvidenceId, version: u32) -> Result<Option<VersionRow>, Failure> {
    match tx.row(&statements::FIND_VERSION, &[id.as_str().into(), version.into()])? {
        Some(row) => Ok(Some(version_of(&row)?)),
        None => Ok(None),
    }
}

/// Every version, the newest first.
pub fn versions(tx: &mut Tx<'_>, id: &EvidenceId) -> Result<Vec<VersionRow>, Failure> {
    let rows = tx.rows(&statements::LIST_VERSIONS, &[id.as_str().into()])?;
    Ok(rows.iter().map(version_of).collect::<Result<_, _>>()?)
}

/// The registrations of a learner that an actor may see, as the learner or as staff.
pub fn registrations_seen(
    tx: &mut Tx<'_>,
    actor: &Actor,
    learner: &PersonId,
) -> Result<Vec<registration::Seen>, Failure> {
    let ids = tx
        .rows(&registrations::LIST_OF_LEARNER, &[learner.as_str().into()])?
        .iter()
        .map(|row| row.parsed("id"))
        .collect::<Result<Vec<RegistrationId>, StoreFault>>()?;
    let mut seen = Vec::new();
    for id in ids {
        match registration::require_seen_by(tx, actor.clone(), &id) {
            Ok(found) => seen.push(found),
            Err(Failure::NotFound) => {}
            Err(failure) => return Err(failure),
        }
    }
    Ok(seen)
}

/// Whether somebody may see a learner's evidence: the learner, staff allocated to the learner, a coordinator of a centre
/// at which the learner is registered, the quality manager.
pub fn may_see(tx: &mut Tx<'_>, actor: &Actor, learner: &PersonId) -> Result<bool, Failure> {
    if actor.person == *learner || actor.is(Role::QualityManager) {
        return Ok(true);
    }
    Ok(!registrations_seen(tx, actor, learner)?.is_empty())
}

/// The piece, if the caller may see it.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none or the caller may not see it.
pub fn require_seen(asking: &mut Asking<'_, '_>, id: &EvidenceId) -> Result<Seen, Failure> {
    let actor = asking.actor()?.clone();
    require_seen_by(asking.tx, actor, id)
}

/// As [`require_seen`], within a command.
///
/// # Errors
/// `NotFound` when there is none or the actor may not see it.
pub fn require_seen_by(tx: &mut Tx<'_>, actor: Actor, id: &EvidenceId) -> Result<Seen, Failure> {
    let row = require(tx, id)?;
    if may_see(tx, &actor, &row.learner)? || !handed_in_to(tx, &actor, id)?.is_empty() {
        Ok(Seen { row, actor })
    } else {
        Err(Failure::NotFound)
    }
}

/// The specifications of registrations on which the piece was handed in to a centre where the actor assesses or verifies:
/// they see what was handed in, and nothing else of the learner's, though they are not allocated.
pub(crate) fn handed_in_to(
    tx: &mut Tx<'_>,
    actor: &Actor,
    id: &EvidenceId,
) -> Result<Vec<SpecificationId>, Failure> {
    let mut specifications = Vec::new();
    for held in tx.rows(&statements::LIST_SUBMISSIONS_WITH, &[id.as_str().into()])? {
        let on: RegistrationId = held.parsed("registration")?;
        let row = registration::require_registration(tx, &on)?;
        if [Role::Assessor, Role::InternalVerifier]
            .iter()
            .any(|role| actor.is_at(*role, &row.centre))
        {
            specifications.push(row.specification);
        }
    }
    Ok(specifications)
}

/// The piece, if the caller may see it or marks a hand-in with it for the awarding body. An external assessor reads the work and points to
/// passages in it; of what else the centre did with a piece they are told nothing (EA-07).
///
/// # Errors
/// `NotFound` when there is none or the actor has nothing to do with it.
pub(crate) fn require_readable_by(tx: &mut Tx<'_>, actor: Actor, id: &EvidenceId) -> Result<Seen, Failure> {
    match require_seen_by(tx, actor.clone(), id) {
        Err(Failure::NotFound)
            if !crate::external_assessment::find::handed_in_to(tx, &actor, id.as_str())?.is_empty() =>
        {
            Ok(Seen {
                row: require(tx, id)?,
                actor,
            })
        }
        found => found,
    }
}

/// What the rules need to know of a piece.
pub fn case(tx: &mut Tx<'_>, row: &EvidenceRow) -> Result<EvidenceCase, Failure> {
    let mut hand_ins = Vec::new();
    for held in tx.rows(&statements::LIST_SUBMISSIONS_WITH, &[row.id.as_str().into()])? {
        hand_ins.push(HandIn {
            state: held.parsed("state")?,
            version: number(&held, "version")?,
            assessor: held.optional_parsed("assessor")?,
        });
    }
    Ok(EvidenceCase {
        evidence: row.id.clone(),
        learner: row.learner.clone(),
        kind: row.kind,
        maker: row.started_by.clone().unwrap_or_else(|| row.learner.clone()),
        current_version: row.current_version,
        withdrawn: row.withdrawn,
        hand_ins,
    })
}
