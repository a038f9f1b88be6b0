//! Corrections of results after an award: a wrong result is final no more, its work goes back to the assessor, the awards that
//! counted it are withdrawn and their registrations go on. That certificates are revoked is derived with the certificates.

use assay_domain::award::AwardKind;
use assay_domain::fact::{Entry, Fact};
use assay_domain::submission::SubmissionState;
use assay_store::statements::{award, correction as statements, submission};
use assay_store::{StoreFault, Tx, Value};

pub(super) fn apply(tx: &mut Tx<'_>, _sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    match &entry.fact {
        Fact::ResultFlagged {
            correction,
            award,
            judgements,
            because,
        } => {
            let because = super::text_of(tx, Some(because))?;
            tx.run(
                &statements::ADD,
                &[
                    correction.as_str().into(),
                    award.as_str().into(),
                    because.into(),
                    (&entry.at).into(),
                    super::person(entry),
                ],
            )?;
            for judgement in judgements {
                tx.run(
                    &statements::ADD_RESULT,
                    &[correction.as_str().into(), judgement.as_str().into()],
                )?;
            }
        }
        Fact::CorrectionAssessed {
            correction,
            adverse,
            finding,
        } => {
            let finding = super::text_of(tx, Some(finding))?;
            tx.run(
                &statements::ASSESS,
                &[
                    correction.as_str().into(),
                    (*adverse).into(),
                    finding.into(),
                    (&entry.at).into(),
                    super::person(entry),
                ],
            )?;
        }
        Fact::ResultCorrected {
            correction,
            judgements,
            because,
            regulator,
        } => {
            let because = super::text_of(tx, Some(because))?;
            let regulator = super::text_of(tx, regulator.as_ref())?;
            decide(
                tx,
                entry,
                correction.as_str(),
                "corrected",
                because.into(),
                regulator.into(),
            )?;
            for judgement in judgements {
                // One that is final no more was judged again since, and is let be.
                if let Some(row) = tx.row(&statements::FIND_FINAL, &[judgement.as_str().into()])? {
                    tx.run(
                        &statements::DROP_RESULT,
                        &[row.text("registration")?.into(), row.text("unit")?.into()],
                    )?;
                    tx.run(
                        &submission::SET_STATE,
                        &[
                            row.text("submission")?.into(),
                            SubmissionState::SentBack.as_str().into(),
                        ],
                    )?;
                }
            }
        }
        Fact::AwardWithdrawn { award: id, on, .. } => {
            tx.run(
                &statements::WITHDRAW_AWARD,
                &[id.as_str().into(), on.to_string().into()],
            )?;
            if let Some(row) = tx.row(&award::FIND_AWARD, &[id.as_str().into()])? {
                let registration = row.text("registration")?;
                if row.parsed::<AwardKind>("kind")? == AwardKind::Qualification {
                    tx.run(&statements::REOPEN_REGISTRATION, &[(&registration).into()])?;
                }
                tx.run(&award::OPEN_CLAIM, &[registration.into()])?;
            }
        }
        Fact::CorrectionLeft {
            correction,
            because,
            regulator,
        } => {
            let because = super::text_of(tx, Some(because))?;
            let regulator = super::text_of(tx, regulator.as_ref())?;
            decide(
                tx,
                entry,
                correction.as_str(),
                "left",
                because.into(),
                regulator.into(),
            )?;
        }
        _ => {}
    }
    Ok(())
}

fn decide(
    tx: &mut Tx<'_>,
    entry: &Entry,
    correction: &str,
    state: &str,
    because: Value,
    regulator: Value,
) -> Result<(), StoreFault> {
    tx.run(
        &statements::DECIDE,
        &[
            correction.into(),
            state.into(),
            because,
            regulator,
            (&entry.at).into(),
            super::person(entry),
        ],
    )?;
    Ok(())
}
