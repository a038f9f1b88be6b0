//! Loading what must be known to mark a submission.

use crate::{App, Failure};
use assay_domain::fact::CriterionDecision;
use assay_domain::id::{CentreId, PassageId, PersonId, RegistrationId, SpecificationId, SubmissionId};
use assay_domain::judgement::{CriterionFacts, MarkingCase, QUALITIES, SavedDecision, SavedQuality};
use assay_domain::sealed::Sealed;
use assay_specification::grading::Grade;
use assay_store::statements::judgement as statements;
use assay_store::{Row, StoreFault, Tx};
use std::collections::BTreeMap;

/// A marking case with what pages and acts need beside it.
#[derive(Debug, Clone)]
pub struct LoadedCase {
    pub case: MarkingCase,
    pub specification: SpecificationId,
    pub qualification: String,
    /// The learner's number on the registration.
    pub number: String,
    /// The verifier allocated, if any.
    pub verifier: Option<PersonId>,
    /// The tutor allocated, if any.
    pub tutor: Option<PersonId>,
    pub submitted_on: jiff::civil::Date,
    pub words: i64,
}

/// Loads the case of a submission. Whether the caller may see it is for the caller to ask ([`visible_to`]).
///
/// # Errors
/// `NotFound`; a fault when a row cannot be true.
pub fn load(app: &App, tx: &mut Tx<'_>, submission: &SubmissionId) -> Result<LoadedCase, Failure> {
    let row = tx
        .row(&statements::FIND_CASE, &[submission.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let specification: SpecificationId = row.parsed("specification")?;
    let unit = row.text("unit")?;
    let criteria = criteria_of(app, tx, &specification, &unit)?;
    let judgement = match row.optional_parsed("judgement")? {
        None => None,
        Some(judgement) => {
            let judgement: assay_domain::id::JudgementId = judgement;
            let signed = tx
                .row(&statements::FIND, &[judgement.as_str().into()])?
                .ok_or_else(|| Failure::Fault(format!("judgement {judgement} of {submission} is missing")))?;
            Some((judgement, signed.parsed("signed_by")?))
        }
    };
    let registration: RegistrationId = row.parsed("registration")?;
    let revision = whole(&row, "revision")?;
    let external = crate::external_assessment::find::marking(
        app,
        tx,
        &registration,
        &unit,
        (submission, revision),
        &specification,
    )?;
    let case = MarkingCase {
        submission: submission.clone(),
        registration,
        learner: row.parsed("learner")?,
        centre: row.parsed("centre")?,
        unit,
        state: row.parsed("state")?,
        attempt: whole(&row, "attempt")?,
        revision,
        submitted_at: row.parsed("submitted_at")?,
        allocated: row.optional_parsed("allocated")?,
        taken_by: row.optional_parsed("assessor")?,
        returns: whole(&row, "returns")?,
        criteria,
        passages: citable(tx, submission)?,
        decisions: decisions(tx, submission)?,
        qualities: qualities(tx, submission)?,
        judgement,
        external,
    };
    Ok(LoadedCase {
        case,
        specification,
        qualification: row.text("qualification")?,
        number: row.text("number")?,
        verifier: row.optional_parsed("verifier")?,
        tutor: row.optional_parsed("tutor")?,
        submitted_on: row.parsed("submitted_on")?,
        words: row.int("words")?,
    })
}

/// The criteria of a unit as judging needs them.
///
/// # Errors
/// `NotFound` when the specification is missing; no criteria when it has no such unit.
pub fn criteria_of(
    app: &App,
    tx: &mut Tx<'_>,
    specification: &SpecificationId,
    unit: &str,
) -> Result<Vec<CriterionFacts>, Failure> {
    let specification = app.specification(tx, specification)?;
    Ok(specification
        .find_unit_called(unit)
        .map(|unit| {
            unit.criteria()
                .map(|(_, criterion)| CriterionFacts {
                    number: criterion.number.to_string(),
                    text: criterion.text.clone(),
                    verbs: criterion.verbs.clone(),
                    for_a_pass: criterion.number.grade() == Grade::Pass,
                })
                .collect()
        })
        .unwrap_or_default())
}

/// Passages that may be cited on a submission, as ids.
pub fn citable(tx: &mut Tx<'_>, submission: &SubmissionId) -> Result<Vec<PassageId>, StoreFault> {
    tx.rows(&statements::LIST_CITABLE, &[submission.as_str().into()])?
        .iter()
        .map(|row| row.parsed("id"))
        .collect()
}

fn decisions(tx: &mut Tx<'_>, submission: &SubmissionId) -> Result<BTreeMap<String, SavedDecision>, Failure> {
    let mut decisions = BTreeMap::new();
    for row in tx.rows(&statements::LIST_DECISIONS, &[submission.as_str().into()])? {
        let reason: Sealed = serde_json::from_str(&row.text("reason_sealed")?)?;
        decisions.insert(
            row.text("criterion")?,
            SavedDecision {
                decision: decision_of(&row.text("decision")?),
                reason,
                passages: passages_of(&row.text("passages")?),
                words: row.optional_text("words")?,
            },
        );
    }
    Ok(decisions)
}

fn qualities(
    tx: &mut Tx<'_>,
    submission: &SubmissionId,
) -> Result<BTreeMap<assay_domain::fact::Quality, SavedQuality>, Failure> {
    let mut qualities = BTreeMap::new();
    for row in tx.rows(&statements::LIST_QUALITIES, &[submission.as_str().into()])? {
        let key = row.text("quality")?;
        let Some(words) = QUALITIES.iter().find(|words| words.key == key) else {
            continue;
        };
        let remark = row
            .optional_text("remark_sealed")?
            .map(|text| serde_json::from_str(&text))
            .transpose()?;
        qualities.insert(
            words.quality,
            SavedQuality {
                satisfied: row.truth("satisfied")?,
                remark,
            },
        );
    }
    Ok(qualities)
}

/// A decision from its stored word.
pub fn decision_of(word: &str) -> CriterionDecision {
    if word == "met" {
        CriterionDecision::Met
    } else {
        CriterionDecision::NotYetMet
    }
}

/// Passage ids from their stored form, separated by spaces.
pub fn passages_of(stored: &str) -> Vec<PassageId> {
    stored
        .split_whitespace()
        .filter_map(|id| id.parse().ok())
        .collect()
}

fn whole(row: &Row, column: &str) -> Result<u32, StoreFault> {
    Ok(u32::try_from(row.int(column)?).unwrap_or(0))
}

/// Whether a person may see a submission: the learner, staff of the centre who assess, verify or coordinate, the tutor
/// allocated to the unit, the awarding body's quality manager, and its external assessor of the work. Somebody else gets "not found".
///
/// # Errors
/// `NotFound`.
pub fn visible_to(actor: &assay_domain::Actor, loaded: &LoadedCase) -> Result<(), Failure> {
    if actor.person == loaded.case.learner || is_staff(actor, loaded) {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

/// As [`visible_to`] without the learner: what is not signed yet, and the audit trail, are for staff only.
///
/// # Errors
/// `NotFound`.
pub fn visible_to_staff(actor: &assay_domain::Actor, loaded: &LoadedCase) -> Result<(), Failure> {
    if is_staff(actor, loaded) {
        Ok(())
    } else {
        Err(Failure::NotFound)
    }
}

fn is_staff(actor: &assay_domain::Actor, loaded: &LoadedCase) -> bool {
    use assay_domain::Role;
    let centre: &CentreId = &loaded.case.centre;
    // Staff who are learners too look at their own work as learners.
    if actor.person == loaded.case.learner {
        return false;
    }
    actor.is(Role::QualityManager)
        || crate::external_assessment::find::marks(actor, loaded.case.external.as_ref())
        || [Role::Assessor, Role::InternalVerifier, Role::Coordinator]
            .iter()
            .any(|role| actor.is_at(*role, centre))
        || (loaded.tutor.as_ref() == Some(&actor.person) && actor.is_at(Role::Tutor, centre))
}
