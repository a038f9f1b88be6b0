//! Decisions, judgements, verification, and the final unit results that follow from them.

use assay_domain::fact::{CriterionDecision, Entry, Fact, Outcome, Quality};
use assay_domain::id::{JudgementId, OrderId, PassageId, SubmissionId};
use assay_domain::judgement::quality::words_of;
use assay_domain::submission::SubmissionState;
use assay_store::statements::{award, judgement as statements, submission, verification};
use assay_store::{StoreFault, Tx, private};

/// A decision as stored.
pub fn decision_word(decision: CriterionDecision) -> &'static str {
    match decision {
        CriterionDecision::Met => "met",
        CriterionDecision::NotYetMet => "not_yet_met",
    }
}

/// An outcome as stored.
pub fn outcome_word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Passed => "passed",
        Outcome::Referred => "referred",
    }
}

/// A quality as stored.
pub fn quality_word(quality: Quality) -> &'static str {
    words_of(quality).key
}

pub(super) fn apply(tx: &mut Tx<'_>, _sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    match &entry.fact {
        Fact::CriterionDecided {
            submission,
            criterion,
            decision,
            reason,
            passages,
            verbs,
            words,
        } => {
            let text = private::find(tx, reason.id.as_str())?.unwrap_or_default();
            tx.run(
                &statements::SAVE_DECISION,
                &[
                    submission.as_str().into(),
                    criterion.into(),
                    decision_word(*decision).into(),
                    text.into(),
                    super::sealed_json(reason).into(),
                    ids(passages).into(),
                    verbs.join(" ").into(),
                    words.as_ref().into(),
                    (&entry.at).into(),
                    super::person(entry),
                ],
            )?;
        }
        Fact::QualityJudged {
            submission,
            quality,
            satisfied,
            remark,
        } => {
            let text = super::text_of(tx, remark.as_ref())?;
            tx.run(
                &statements::SAVE_QUALITY,
                &[
                    submission.as_str().into(),
                    quality_word(*quality).into(),
                    (*satisfied).into(),
                    text.into(),
                    remark.as_ref().map(super::sealed_json).into(),
                    (&entry.at).into(),
                    super::person(entry),
                ],
            )?;
        }
        Fact::JudgementSigned { .. } => signed(tx, entry)?,
        Fact::JudgementCountersigned { judgement } => {
            tx.run(
                &statements::COUNTERSIGN,
                &[
                    judgement.as_str().into(),
                    super::person(entry),
                    (&entry.at).into(),
                ],
            )?;
            if let Some((submission, outcome)) = of(tx, judgement)? {
                tx.run(
                    &submission::SET_STATE,
                    &[submission.into(), after(&outcome, false).as_str().into()],
                )?;
            }
        }
        Fact::OwnGradeRecorded { submission, grade } => {
            let sheet = private::find(tx, grade.id.as_str())?.unwrap_or_default();
            tx.run(
                &statements::RECORD_OWN_GRADE,
                &[
                    submission.as_str().into(),
                    sheet.into(),
                    (&entry.at).into(),
                    super::person(entry),
                ],
            )?;
        }
        Fact::JudgementVerified {
            verification: id,
            judgement,
            agreed,
            criteria,
            remark,
        } => {
            let remark = super::text_of(tx, remark.as_ref())?;
            tx.run(
                &verification::ADD,
                &[
                    id.as_str().into(),
                    judgement.as_str().into(),
                    "verified".into(),
                    (*agreed).into(),
                    remark.into(),
                    (&entry.at).into(),
                    entry.on.to_string().into(),
                    super::person(entry),
                ],
            )?;
            for found in criteria {
                let reason = super::text_of(tx, found.reason.as_ref())?;
                tx.run(
                    &verification::ADD_CRITERION,
                    &[
                        id.as_str().into(),
                        (&found.criterion).into(),
                        found.agrees.into(),
                        reason.into(),
                    ],
                )?;
            }
            let (word, state) = if *agreed {
                ("agreed", SubmissionState::Final)
            } else {
                ("disagreed", SubmissionState::SentBack)
            };
            settle(tx, entry, judgement, word, state)?;
        }
        Fact::JudgementNotSampled {
            verification: id,
            judgement,
            because,
        } => {
            let because = private::find(tx, because.id.as_str())?.unwrap_or_default();
            tx.run(
                &verification::ADD,
                &[
                    id.as_str().into(),
                    judgement.as_str().into(),
                    "not_sampled".into(),
                    assay_store::Value::Null,
                    because.into(),
                    (&entry.at).into(),
                    entry.on.to_string().into(),
                    super::person(entry),
                ],
            )?;
            settle(tx, entry, judgement, "not_sampled", SubmissionState::Final)?;
        }
        _ => {}
    }
    Ok(())
}

fn signed(tx: &mut Tx<'_>, entry: &Entry) -> Result<(), StoreFault> {
    let Fact::JudgementSigned {
        judgement,
        submission,
        outcome,
        criteria,
        qualities,
        feedback,
        supersedes,
        countersignature_due,
        order,
    } = &entry.fact
    else {
        return Ok(());
    };
    let feedback = super::text_of(tx, feedback.as_ref())?;
    let verification_state = match outcome {
        Outcome::Passed => "due",
        Outcome::Referred => "not_due",
    };
    tx.run(
        &statements::ADD,
        &[
            judgement.as_str().into(),
            submission.as_str().into(),
            outcome_word(*outcome).into(),
            super::person(entry),
            (&entry.at).into(),
            entry.on.to_string().into(),
            supersedes.as_ref().map(JudgementId::as_str).into(),
            (*countersignature_due).into(),
            feedback.into(),
            verification_state.into(),
            order.as_ref().map(OrderId::as_str).into(),
        ],
    )?;
    if let Some(earlier) = supersedes {
        tx.run(&statements::SUPERSEDE, &[earlier.as_str().into()])?;
    }
    for signed in criteria {
        let reason = private::find(tx, signed.reason.id.as_str())?.unwrap_or_default();
        tx.run(
            &statements::ADD_CRITERION,
            &[
                judgement.as_str().into(),
                (&signed.criterion).into(),
                decision_word(signed.decision).into(),
                reason.into(),
                ids(&signed.passages).into(),
                signed.words.as_ref().into(),
            ],
        )?;
    }
    for signed in qualities {
        let remark = super::text_of(tx, signed.remark.as_ref())?;
        tx.run(
            &statements::ADD_QUALITY,
            &[
                judgement.as_str().into(),
                quality_word(signed.quality).into(),
                signed.satisfied.into(),
                remark.into(),
            ],
        )?;
    }
    let state = after(outcome_word(*outcome), *countersignature_due);
    set_judgement(tx, submission, state, judgement)
}

fn set_judgement(
    tx: &mut Tx<'_>,
    submission: &SubmissionId,
    state: SubmissionState,
    judgement: &JudgementId,
) -> Result<(), StoreFault> {
    tx.run(
        &submission::SET_JUDGEMENT,
        &[
            submission.as_str().into(),
            state.as_str().into(),
            judgement.as_str().into(),
        ],
    )?;
    Ok(())
}

/// Where a submission stands once its judgement is signed, or countersigned.
fn after(outcome: &str, countersignature_due: bool) -> SubmissionState {
    if countersignature_due {
        SubmissionState::CountersignDue
    } else if outcome == "passed" {
        SubmissionState::VerificationDue
    } else {
        SubmissionState::Referred
    }
}

/// Records what verification came to; a final state makes the unit result.
fn settle(
    tx: &mut Tx<'_>,
    entry: &Entry,
    judgement: &JudgementId,
    word: &str,
    state: SubmissionState,
) -> Result<(), StoreFault> {
    tx.run(
        &statements::SET_VERIFICATION,
        &[judgement.as_str().into(), word.into()],
    )?;
    let Some((submission, _)) = of(tx, judgement)? else {
        return Ok(());
    };
    tx.run(
        &submission::SET_STATE,
        &[(&submission).into(), state.as_str().into()],
    )?;
    if state == SubmissionState::Final
        && let Some(row) = tx.row(&submission::FIND, &[(&submission).into()])?
    {
        let registration = row.text("registration")?;
        tx.run(
            &statements::ADD_RESULT,
            &[
                registration.as_str().into(),
                row.text("unit")?.into(),
                submission.into(),
                judgement.as_str().into(),
                entry.on.to_string().into(),
            ],
        )?;
        tx.run(&award::OPEN_CLAIM, &[registration.into()])?;
    }
    Ok(())
}

/// The submission and the outcome of a judgement.
fn of(tx: &mut Tx<'_>, judgement: &JudgementId) -> Result<Option<(String, String)>, StoreFault> {
    match tx.row(&statements::FIND, &[judgement.as_str().into()])? {
        Some(row) => Ok(Some((row.text("submission")?, row.text("outcome")?))),
        None => Ok(None),
    }
}

fn ids(passages: &[PassageId]) -> String {
    passages
        .iter()
        .map(PassageId::as_str)
        .collect::<Vec<_>>()
        .join(" ")
}
