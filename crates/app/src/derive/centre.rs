//! Centres, the qualifications they offer, their own grade scales.

use assay_domain::fact::{Entry, Fact};
use assay_store::statements::centre as statements;
use assay_store::{StoreFault, Tx, Value};

pub(super) fn apply(tx: &mut Tx<'_>, _sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    match &entry.fact {
        Fact::CentreApproved {
            centre,
            number,
            name,
            on,
        } => {
            tx.run(
                &statements::APPROVE,
                &[
                    centre.as_str().into(),
                    number.into(),
                    name.into(),
                    on.to_string().into(),
                ],
            )?;
        }
        Fact::CentreOffersQualification {
            centre,
            qualification,
            from,
        } => {
            tx.run(
                &statements::OFFER,
                &[
                    centre.as_str().into(),
                    qualification.into(),
                    from.to_string().into(),
                ],
            )?;
        }
        Fact::CentreStoppedOffering {
            centre,
            qualification,
            on,
        } => {
            tx.run(
                &statements::STOP_OFFERING,
                &[
                    centre.as_str().into(),
                    qualification.into(),
                    on.to_string().into(),
                ],
            )?;
        }
        Fact::CentreGradesSet {
            centre,
            scale,
            grades,
        } => {
            let (scale, grades) = if grades.is_empty() {
                (Value::Null, Value::Null)
            } else {
                (
                    scale.into(),
                    serde_json::to_string(grades).unwrap_or_default().into(),
                )
            };
            tx.run(&statements::SET_GRADES, &[centre.as_str().into(), scale, grades])?;
        }
        _ => {}
    }
    Ok(())
}
