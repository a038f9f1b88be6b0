//! Results that turn out to be wrong after their award. What is decided is in [`assay_domain::award::correction`].
//!
//! The learner sees what came of it on the award and its units, and is told; the record of how it was found out is for the
//! staff who work with the result.

use super::case::named;
use super::change;
use crate::centre::CentreShown;
use crate::people::full_name;
use crate::registration::find::{self, Seen};
use crate::{Acting, Asking, Failure};
use assay_domain::award::correction as rules;
use assay_domain::award::{
    AssessCorrection, CertificateState, CorrectionState, DecideCorrection, FlagResult,
};
use assay_domain::id::{AwardId, CentreId, CorrectionId, JudgementId, PersonId, RegistrationId};
use assay_domain::moment::long_date;
use assay_domain::{Actor, Fact, Refusals, Role};
use assay_store::statements::{award as award_statements, correction as statements, judgement, submission};
use assay_store::{Row, Tx};
use jiff::civil::Date;
use std::collections::BTreeSet;

/// How many stand on a page.
pub const PAGE: i64 = 25;

/// A correction, as pages and programs see it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CorrectionLine {
    pub correction: CorrectionId,
    pub award: AwardId,
    pub registration: RegistrationId,
    pub learner_name: String,
    pub centre_name: String,
    /// Code of the award's qualification.
    pub qualification: String,
    /// Numbers of the units whose result may be wrong.
    pub units: Vec<String>,
    pub state: CorrectionState,
    /// What was found at first.
    pub because: String,
    /// Instant, as stored.
    pub flagged_at: String,
    pub flagged_by: String,
    /// Whether somebody is the worse for it; none until it is assessed.
    pub adverse: Option<bool>,
    /// The facts that were gathered.
    pub finding: Option<String>,
    pub assessed_at: Option<String>,
    pub assessed_by: Option<String>,
    pub reasoning: Option<String>,
    /// When and how the regulator was told.
    pub regulator: Option<String>,
    pub decided_at: Option<String>,
    pub decided_by: Option<String>,
}

fn read(tx: &mut Tx<'_>, row: &Row) -> Result<CorrectionLine, Failure> {
    let correction: CorrectionId = row.parsed("id")?;
    let results = results(tx, &correction)?;
    line(tx, row, correction, &results)
}

fn line(
    tx: &mut Tx<'_>,
    row: &Row,
    correction: CorrectionId,
    results: &[rules::CountedResult],
) -> Result<CorrectionLine, Failure> {
    Ok(CorrectionLine {
        correction,
        award: row.parsed("award")?,
        registration: row.parsed("registration")?,
        learner_name: full_name(&row.text("given")?, &row.text("family")?),
        centre_name: row.text("centre_name")?,
        qualification: row.text("qualification")?,
        units: results.iter().map(|result| result.unit.clone()).collect(),
        state: row.parsed("state")?,
        because: row.text("because")?,
        flagged_at: row.text("flagged_at")?,
        flagged_by: named(tx, row, "flagged_by")?.unwrap_or_else(|| "–".to_owned()),
        adverse: row.optional_int("adverse")?.map(|adverse| adverse != 0),
        finding: row.optional_text("finding")?,
        assessed_at: row.optional_text("assessed_at")?,
        assessed_by: named(tx, row, "assessed_by")?,
        reasoning: row.optional_text("reasoning")?,
        regulator: row.optional_text("regulator")?,
        decided_at: row.optional_text("decided_at")?,
        decided_by: named(tx, row, "decided_by")?,
    })
}

/// The results that a correction is about.
fn results(tx: &mut Tx<'_>, correction: &CorrectionId) -> Result<Vec<rules::CountedResult>, Failure> {
    let mut results = Vec::new();
    for row in tx.rows(&statements::LIST_RESULTS, &[correction.as_str().into()])? {
        results.push(result(tx, row.parsed("judgement")?)?);
    }
    results.sort_by(|a, b| a.unit.cmp(&b.unit));
    Ok(results)
}

/// A judgement with its unit and everybody who took part in it.
fn result(tx: &mut Tx<'_>, id: JudgementId) -> Result<rules::CountedResult, Failure> {
    let missing = || Failure::Fault(format!("{id} or its submission is missing"));
    let signed = tx
        .row(&judgement::FIND, &[id.as_str().into()])?
        .ok_or_else(missing)?;
    let handed_in = tx
        .row(&submission::FIND, &[signed.text("submission")?.into()])?
        .ok_or_else(missing)?;
    let mut took_part: Vec<PersonId> = Vec::new();
    took_part.extend(signed.optional_parsed::<PersonId>("signed_by")?);
    took_part.extend(signed.optional_parsed::<PersonId>("countersigned_by")?);
    if let Some(row) = tx.row(&award_statements::FIND_VERIFICATION, &[id.as_str().into()])? {
        took_part.extend(row.optional_parsed::<PersonId>("made_by")?);
    }
    Ok(rules::CountedResult {
        unit: handed_in.text("unit")?,
        judgement: id,
        took_part,
    })
}

/// The corrections of an award, the last first, whoever asks.
pub(super) fn of_award(tx: &mut Tx<'_>, award: &AwardId) -> Result<Vec<CorrectionLine>, Failure> {
    tx.rows(&statements::LIST_OF, &[award.as_str().into()])?
        .iter()
        .map(|row| read(tx, row))
        .collect()
}

/// Whether somebody may know how a result was found wrong: staff who may see the registration, never the learner.
pub(super) fn is_staff(seen: &Seen) -> bool {
    !seen.own() && (seen.actor.is(Role::QualityManager) || seen.actor.is_staff_at(&seen.row.centre))
}

/// Loads an award before one of its results is flagged, for staff who may see it.
fn to_flag(tx: &mut Tx<'_>, actor: &Actor, award: &AwardId) -> Result<(rules::FlagCase, Seen), Failure> {
    let row = tx
        .row(&award_statements::FIND_AWARD, &[award.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let seen = find::require_seen_by(tx, actor.clone(), &row.parsed("registration")?)?;
    if !is_staff(&seen) {
        return Err(Failure::NotFound);
    }
    let mut results = Vec::new();
    for unit in tx.rows(&award_statements::LIST_CLAIM_UNITS, &[row.text("claim")?.into()])? {
        results.push(rules::CountedResult {
            // As the award calls it.
            unit: unit.text("unit")?,
            ..result(tx, unit.parsed("judgement")?)?
        });
    }
    let withdrawn: Option<Date> = row.optional_parsed("withdrawn_on")?;
    let case = rules::FlagCase {
        award: award.clone(),
        learner: seen.row.learner.clone(),
        centre: seen.row.centre.clone(),
        withdrawn: withdrawn.is_some(),
        results,
        open: of_award(tx, award)?.iter().any(|line| line.state.is_open()),
    };
    Ok((case, seen))
}

/// A unit of an award that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct FlaggableUnit {
    pub unit: String,
    pub title: String,
}

/// An award before one of its results is flagged.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct AwardToFlag {
    pub award: AwardId,
    pub learner_name: String,
    pub units: Vec<FlaggableUnit>,
}

/// An award, for the page that asks what may be wrong.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none, or the caller is not of the staff who may see it.
pub fn flaggable(asking: &mut Asking<'_, '_>, award: &AwardId) -> Result<AwardToFlag, Failure> {
    let actor = asking.actor()?.clone();
    let (case, seen) = to_flag(asking.tx, &actor, award)?;
    let specification = asking.app.specification(asking.tx, &seen.row.specification)?;
    let units = case
        .results
        .into_iter()
        .map(|result| FlaggableUnit {
            title: specification
                .find_unit_called(&result.unit)
                .map(|unit| unit.title.clone())
                .unwrap_or_default(),
            unit: result.unit,
        })
        .collect();
    Ok(AwardToFlag {
        award: award.clone(),
        learner_name: seen.row.learner_name(),
        units,
    })
}

/// A correction that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ResultFlagged {
    pub correction: CorrectionId,
}

/// Say that results of an award may be wrong.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`rules::decide_flag`].
pub fn flag(
    acting: &mut Acting<'_, '_>,
    award: &AwardId,
    act: &FlagResult,
) -> Result<ResultFlagged, Failure> {
    let actor = acting.actor()?.clone();
    let (case, _) = to_flag(acting.tx, &actor, award)?;
    let decision = rules::decide_flag(act, &case, &actor, acting.fresh)?;
    let flagged = decision.facts.iter().find_map(|fact| match fact {
        Fact::ResultFlagged { correction, .. } => Some(correction.clone()),
        _ => None,
    });
    let correction = flagged.ok_or_else(|| Failure::Fault("a correction without its fact".into()))?;
    acting.record(decision)?;
    Ok(ResultFlagged { correction })
}

struct Found {
    line: CorrectionLine,
    case: rules::CorrectionCase,
    /// Numbers of certificates in force of awards that would be withdrawn.
    in_force: Vec<String>,
}

fn found(tx: &mut Tx<'_>, actor: &Actor, correction: &CorrectionId) -> Result<Found, Failure> {
    let row = tx
        .row(&statements::FIND, &[correction.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let seen = find::require_seen_by(tx, actor.clone(), &row.parsed("registration")?)?;
    if !is_staff(&seen) {
        return Err(Failure::NotFound);
    }
    let results = results(tx, correction)?;
    let line = line(tx, &row, correction.clone(), &results)?;
    let mut counting: BTreeSet<String> = BTreeSet::new();
    for result in &results {
        for row in tx.rows(&statements::LIST_COUNTING, &[result.judgement.as_str().into()])? {
            counting.insert(row.text("award")?);
        }
    }
    let (mut awards, mut in_force) = (Vec::new(), Vec::new());
    for award in counting {
        let valid = tx
            .rows(&award_statements::LIST_CERTIFICATES_OF, &[award.as_str().into()])?
            .into_iter()
            .find(|row| {
                row.text("state")
                    .is_ok_and(|state| state == CertificateState::Valid.as_str())
            })
            .map(|row| row.text("number"))
            .transpose()?;
        let certificate = match &valid {
            Some(number) => Some(change::load(tx, number)?.case),
            None => None,
        };
        in_force.extend(valid);
        awards.push(rules::AffectedAward {
            award: award
                .parse()
                .map_err(|_| Failure::Fault(format!("{award} is no id of an award")))?,
            certificate,
        });
    }
    let case = rules::CorrectionCase {
        correction: correction.clone(),
        state: line.state,
        learner: seen.row.learner,
        flagged_by: row.optional_parsed("flagged_by")?,
        adverse: line.adverse,
        results,
        awards,
    };
    Ok(Found { line, case, in_force })
}

/// A correction, with what the caller may do.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CorrectionView {
    #[serde(flatten)]
    pub line: CorrectionLine,
    /// Numbers of the certificates that correcting would revoke.
    pub in_force: Vec<String>,
    /// How many awards correcting would withdraw.
    pub awards: usize,
    /// Whether the caller looks into corrections, and this one is open.
    pub settles: bool,
    /// What would be said if the caller decided now, reasons given; empty when they may.
    #[schema(value_type = Vec<assay_domain::Refusal>)]
    pub refusals: Refusals,
}

/// A correction.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none, or the caller is not of the staff who may see the award.
pub fn view(asking: &mut Asking<'_, '_>, correction: &CorrectionId) -> Result<CorrectionView, Failure> {
    let actor = asking.actor()?.clone();
    let found = found(asking.tx, &actor, correction)?;
    Ok(CorrectionView {
        settles: actor.is(Role::QualityManager) && found.case.state.is_open(),
        refusals: rules::may_decide(&found.case, &actor).err().unwrap_or_default(),
        awards: found.case.awards.len(),
        in_force: found.in_force,
        line: found.line,
    })
}

/// A page of corrections.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CorrectionsPage {
    #[serde(flatten)]
    pub shown: CentreShown,
    pub corrections: Vec<CorrectionLine>,
    /// From 1.
    pub page: u32,
    pub size: u32,
    pub total: u64,
}

/// Corrections in a state, or all of them, the oldest first: for a quality manager every centre's or those of one, for a
/// coordinator those of the centre named or else of their first.
///
/// # Errors
/// `SignInNeeded`; `NotFound` for anybody else.
pub fn list(
    asking: &mut Asking<'_, '_>,
    state: Option<CorrectionState>,
    centre: Option<&CentreId>,
    page: u32,
) -> Result<CorrectionsPage, Failure> {
    let (first, last) = state.map_or(("", "~"), |state| (state.as_str(), state.as_str()));
    let found = super::list::of_body_or_centre(
        asking,
        &super::list::Listed {
            all: [&statements::LIST, &statements::COUNT],
            at_centre: [&statements::LIST_AT, &statements::COUNT_AT],
            counted: "corrections",
        },
        &[first.into(), last.into()],
        centre,
        page,
        PAGE,
    )?;
    let corrections = found
        .rows
        .iter()
        .map(|row| read(asking.tx, row))
        .collect::<Result<_, _>>()?;
    Ok(CorrectionsPage {
        shown: found.shown,
        corrections,
        page: found.page,
        size: u32::try_from(PAGE).unwrap_or(u32::MAX),
        total: found.total,
    })
}

/// Record what was found, and whether anybody is the worse for it.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`rules::decide_assess`].
pub fn assess(
    acting: &mut Acting<'_, '_>,
    correction: &CorrectionId,
    act: &AssessCorrection,
) -> Result<(), Failure> {
    let actor = acting.actor()?.clone();
    let found = found(acting.tx, &actor, correction)?;
    let decision = rules::decide_assess(act, &found.case, &actor, acting.fresh)?;
    acting.record(decision)
}

/// Correct the results: certificates are revoked, awards withdrawn, the work goes back to its assessor. The learner and the
/// coordinators of the centre are told.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`rules::decide_correct`].
pub fn correct(
    acting: &mut Acting<'_, '_>,
    correction: &CorrectionId,
    act: &DecideCorrection,
) -> Result<(), Failure> {
    let actor = acting.actor()?.clone();
    let today = acting.today();
    let found = found(acting.tx, &actor, correction)?;
    let decision = rules::decide_correct(act, &found.case, &actor, today, acting.fresh)?;
    acting.record(decision)?;
    let units = found.line.units.join(", ");
    for number in &found.in_force {
        let loaded = change::load(acting.tx, number)?;
        let words = format!(
            "was revoked on {}, because a result of its award was corrected: {units}. The award is withdrawn, and the work is \
             judged again; what else was achieved stays achieved and can be claimed. Whoever checks the number is told that it was \
             revoked. If you think it wrong, write to the awarding body.",
            long_date(today)
        );
        let shown = change::shown_by_link(acting, &loaded.case.award)?;
        change::tell(acting, &loaded, "A result was corrected", &words, &shown)?;
    }
    Ok(())
}

/// Leave the results as they are.
///
/// # Errors
/// `SignInNeeded`; `NotFound`; refusals of [`rules::decide_leave`].
pub fn leave(
    acting: &mut Acting<'_, '_>,
    correction: &CorrectionId,
    act: &DecideCorrection,
) -> Result<(), Failure> {
    let actor = acting.actor()?.clone();
    let found = found(acting.tx, &actor, correction)?;
    let decision = rules::decide_leave(act, &found.case, &actor, acting.fresh)?;
    acting.record(decision)
}
