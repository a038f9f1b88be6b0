//! What must be known to hand in a unit, loaded.

use crate::evidence::find::{self as evidence, number};
use crate::evidence::passage;
use crate::registration::find::{self as registration, RegistrationRow};
use crate::{App, Failure};
use assay_domain::Moment;
use assay_domain::fact::{EvidenceKind, EvidenceVersion};
use assay_domain::id::EvidenceId;
use assay_domain::registration::RegistrationState;
use assay_domain::submission::case::{MarkedPassage, Piece};
use assay_domain::submission::{LastSubmission, SubmissionCase};
use assay_specification::Unit;
use assay_store::Tx;
use assay_store::statements::submission as statements;
use jiff::Timestamp;
use jiff::civil::Date;

/// The unit of a registration's specification.
///
/// # Errors
/// `NotFound` when the specification has no such unit.
pub fn unit_of(app: &App, tx: &mut Tx<'_>, row: &RegistrationRow, unit: &str) -> Result<Unit, Failure> {
    app.specification(tx, &row.specification)?
        .units
        .iter()
        .find(|found| found.number.as_str() == unit)
        .cloned()
        .ok_or(Failure::NotFound)
}

/// The case of a hand-in with the current versions of the chosen pieces, in their order.
///
/// # Errors
/// `Unreadable` for a chosen piece that is not there, is not the learner's, or has no version yet.
pub fn load(
    app: &App,
    tx: &mut Tx<'_>,
    row: &RegistrationRow,
    unit: &Unit,
    chosen: &[EvidenceId],
) -> Result<SubmissionCase, Failure> {
    let number_of_unit = unit.number.to_string();
    let last = tx
        .rows(
            &statements::LIST_OF_UNIT,
            &[row.id.as_str().into(), number_of_unit.as_str().into()],
        )?
        .last()
        .map(|last| -> Result<LastSubmission, assay_store::StoreFault> {
            Ok(LastSubmission {
                id: last.parsed("id")?,
                attempt: number(last, "attempt")?,
                revision: number(last, "revision")?,
                state: last.parsed("state")?,
            })
        })
        .transpose()?;
    let mut pieces: Vec<Piece> = Vec::new();
    let mut passages = Vec::new();
    for id in chosen {
        if pieces.iter().any(|piece| piece.version.evidence == *id) {
            continue;
        }
        let (piece, marked) = load_piece(app, tx, row, &number_of_unit, id)?;
        pieces.push(piece);
        passages.extend(marked);
    }
    Ok(SubmissionCase {
        registration: row.id.clone(),
        learner: row.learner.clone(),
        centre: row.centre.clone(),
        registration_active: row.state != RegistrationState::Withdrawn,
        start_on: row.start_on,
        ends_on: row.ends_on,
        level: u32::from(unit.level),
        in_plan: registration::plan_units(tx, &row.id)?
            .iter()
            .any(|planned| planned.unit == number_of_unit),
        achieved: registration::achieved_by(tx, &row.learner)?
            .iter()
            .any(|achieved| achieved.unit == number_of_unit),
        unit: number_of_unit,
        last,
        pieces,
        passages,
        criteria: unit
            .criteria()
            .map(|(_, criterion)| criterion.number.to_string())
            .collect(),
    })
}

/// The civil date of a stored instant at the installation.
fn saved_on(app: &App, stored: &str) -> Result<Date, Failure> {
    let at: Timestamp = stored
        .parse()
        .map_err(|_| Failure::Fault(format!("{stored:?} is no instant")))?;
    Ok(Moment::new(at, &app.surroundings().zone).today)
}

fn load_piece(
    app: &App,
    tx: &mut Tx<'_>,
    row: &RegistrationRow,
    unit: &str,
    id: &EvidenceId,
) -> Result<(Piece, Vec<MarkedPassage>), Failure> {
    let gone = || Failure::unreadable("items", "Choose from the evidence listed on this page.");
    let found = match evidence::require(tx, id) {
        Ok(found) if found.learner == row.learner => found,
        Ok(_) | Err(Failure::NotFound) => return Err(gone()),
        Err(failure) => return Err(failure),
    };
    let version = evidence::version(tx, id, found.current_version)?.ok_or_else(|| {
        Failure::unreadable(
            "items",
            format!(
                "Save a version of “{}” first; so far it is a draft only.",
                found.title
            ),
        )
    })?;
    let handed = EvidenceVersion {
        evidence: id.clone(),
        version: version.version,
    };
    let marked = passage::list(tx, id, version.version)?
        .into_iter()
        .filter(|passage| !passage.unmarked && passage.marked_by.as_ref() == Some(&row.learner))
        .filter_map(|passage| {
            let criteria: Vec<String> = passage
                .criteria
                .iter()
                .filter(|criterion| criterion.unit == unit)
                .map(|criterion| criterion.criterion.clone())
                .collect();
            (!criteria.is_empty()).then(|| MarkedPassage {
                id: passage.id,
                version: handed.clone(),
                criteria,
            })
        })
        .collect();
    let piece = Piece {
        version: handed,
        digest: version.digest,
        owner: found.learner,
        withdrawn: found.withdrawn,
        written: found.kind != EvidenceKind::File || version.words.is_some_and(|words| words > 0),
        words: version.words,
        appendix: version.appendix,
        bytes: version.bytes,
        saved_on: saved_on(app, &version.saved_at)?,
    };
    Ok((piece, marked))
}
