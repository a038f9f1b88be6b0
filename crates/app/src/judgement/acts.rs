//! The acts of an assessor on a submission. Each loads the case, asks the domain and records what it decides.

use super::case::{self, LoadedCase};
use crate::{Acting, Failure};
use assay_domain::fact::Outcome;
use assay_domain::id::SubmissionId;
use assay_domain::judgement as rules;
use assay_domain::judgement::{
    CountersignJudgement, DecideCriterion, JudgeQuality, RecordOwnGrade, ReturnUnmarked, SignJudgement,
    TakeSubmission,
};
use assay_store::statements::people;

/// The case, if the person who acts may see it.
fn visible(acting: &mut Acting<'_, '_>, submission: &SubmissionId) -> Result<LoadedCase, Failure> {
    let loaded = case::load(acting.app, acting.tx, submission)?;
    case::visible_to(acting.actor()?, &loaded)?;
    Ok(loaded)
}

/// Take a submission for marking.
///
/// # Errors
/// `NotFound`; refusals of [`rules::take::decide`].
pub fn take(acting: &mut Acting<'_, '_>, submission: &SubmissionId) -> Result<(), Failure> {
    let loaded = visible(acting, submission)?;
    let decision = rules::take::decide(TakeSubmission, &loaded.case, acting.actor()?, acting.moment())?;
    acting.record(decision)
}

/// Save a decision on one criterion.
///
/// # Errors
/// `NotFound`; refusals of [`rules::criterion::decide`].
pub fn decide(
    acting: &mut Acting<'_, '_>,
    submission: &SubmissionId,
    act: &DecideCriterion,
) -> Result<(), Failure> {
    let loaded = visible(acting, submission)?;
    let actor = acting.actor()?.clone();
    let decision = rules::criterion::decide(act, &loaded.case, &actor, acting.moment(), acting.fresh)?;
    acting.record(decision)
}

/// Save the judgement of one quality.
///
/// # Errors
/// `NotFound`; refusals of [`rules::quality::decide`].
pub fn judge_quality(
    acting: &mut Acting<'_, '_>,
    submission: &SubmissionId,
    act: &JudgeQuality,
) -> Result<(), Failure> {
    let loaded = visible(acting, submission)?;
    let actor = acting.actor()?.clone();
    let decision = rules::quality::decide(act, &loaded.case, &actor, acting.moment(), acting.fresh)?;
    acting.record(decision)
}

/// Sign the judgement. Answers the outcome.
///
/// # Errors
/// `NotFound`; refusals of [`rules::sign::decide`].
pub fn sign(
    acting: &mut Acting<'_, '_>,
    submission: &SubmissionId,
    act: &SignJudgement,
) -> Result<Outcome, Failure> {
    let loaded = visible(acting, submission)?;
    let actor = acting.actor()?.clone();
    let outcome = rules::sign::outcome(&loaded.case, &actor, acting.moment())?;
    let decision = rules::sign::decide(act, &loaded.case, &actor, acting.moment(), acting.fresh)?;
    acting.record(decision)?;
    Ok(outcome)
}

/// Countersign the judgement of an assessor in training.
///
/// # Errors
/// `NotFound`; refusals of [`rules::countersign::decide`].
pub fn countersign(acting: &mut Acting<'_, '_>, submission: &SubmissionId) -> Result<(), Failure> {
    let loaded = visible(acting, submission)?;
    let decision = rules::countersign::decide(
        CountersignJudgement,
        &loaded.case,
        acting.actor()?,
        acting.moment(),
    )?;
    acting.record(decision)
}

/// Return a submission before marking.
///
/// # Errors
/// `NotFound`; refusals of [`rules::return_unmarked::decide`].
pub fn return_unmarked(
    acting: &mut Acting<'_, '_>,
    submission: &SubmissionId,
    act: &ReturnUnmarked,
) -> Result<(), Failure> {
    let loaded = visible(acting, submission)?;
    let actor = acting.actor()?.clone();
    let policy = acting.policy();
    let decision =
        rules::return_unmarked::decide(act, &loaded.case, &actor, acting.moment(), policy, acting.fresh)?;
    acting.record(decision)
}

/// Record the centre's own grade on its separate sheet.
///
/// # Errors
/// `NotFound`; refusals of [`rules::grade::decide`].
pub fn record_own_grade(
    acting: &mut Acting<'_, '_>,
    submission: &SubmissionId,
    act: &RecordOwnGrade,
) -> Result<(), Failure> {
    let loaded = visible(acting, submission)?;
    let actor = acting.actor()?.clone();
    let scale = own_scale(acting.tx, loaded.case.centre.as_str())?;
    let in_use = scale
        .as_ref()
        .map(|(scale, grades)| (scale.as_str(), grades.as_slice()));
    let decision = rules::grade::decide(act, in_use, &loaded.case, &actor, acting.fresh)?;
    acting.record(decision)
}

/// The centre's own scale and its grades; none when it uses none (CE-13).
///
/// # Errors
/// A fault when the store fails.
pub fn own_scale(
    tx: &mut assay_store::Tx<'_>,
    centre: &str,
) -> Result<Option<(String, Vec<String>)>, Failure> {
    let Some(row) = tx.row(&people::FIND_GRADE_SCALE, &[centre.into()])? else {
        return Ok(None);
    };
    let (Some(scale), Some(grades)) = (row.optional_text("grade_scale")?, row.optional_text("grades")?)
    else {
        return Ok(None);
    };
    let grades: Vec<String> = serde_json::from_str(&grades)?;
    Ok((!grades.is_empty()).then_some((scale, grades)))
}
