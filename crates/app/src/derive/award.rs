//! Claims, awards and certificates.

use crate::printing::CertificateFace;
use assay_domain::fact::{AchievedUnit, Entry, Fact};
use assay_domain::id::{CertificateId, ClaimId, RegistrationId};
use assay_store::statements::{award as statements, registration as registration_statements};
use assay_store::{StoreFault, Tx, Value, private};

/// What is private about a certificate, as sealed by `CertificateIssued`: the face as printed, and the exact PDF.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct IssuedFace {
    pub face: CertificateFace,
    /// SHA-256 of the PDF's bytes, lower-case hex: the address of the file.
    pub pdf: String,
    /// Why another certificate was replaced by this one; none for a first certificate.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
}

pub(super) fn apply(tx: &mut Tx<'_>, sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    match &entry.fact {
        Fact::AwardClaimed {
            claim,
            registration,
            qualification,
            units,
        } => {
            tx.run(
                &statements::ADD_CLAIM,
                &[
                    claim.as_str().into(),
                    registration.as_str().into(),
                    qualification.into(),
                    (&entry.at).into(),
                    entry.on.to_string().into(),
                    super::person(entry),
                ],
            )?;
            claimed(tx, registration, claim, units)?;
        }
        Fact::CreditClaimed {
            claim,
            registration,
            units,
        } => {
            tx.run(
                &statements::ADD_CREDIT_CLAIM,
                &[
                    claim.as_str().into(),
                    registration.as_str().into(),
                    (&entry.at).into(),
                    entry.on.to_string().into(),
                    super::person(entry),
                ],
            )?;
            claimed(tx, registration, claim, units)?;
        }
        Fact::ClaimReturned { claim, because } => {
            let because = private::find(tx, because.id.as_str())?.unwrap_or_default();
            settle(tx, entry, claim.as_str(), "returned", because.into())?;
            if let Some(row) = tx.row(&statements::FIND_CLAIM, &[claim.as_str().into()])? {
                tx.run(&statements::OPEN_CLAIM, &[row.text("registration")?.into()])?;
            }
        }
        Fact::AwardReleased {
            award,
            claim,
            registration,
            qualification,
            credits,
            on,
        } => {
            settle(tx, entry, claim.as_str(), "released", Value::Null)?;
            tx.run(
                &statements::ADD_AWARD,
                &[
                    award.as_str().into(),
                    claim.as_str().into(),
                    registration.as_str().into(),
                    qualification.into(),
                    (*credits).into(),
                    on.to_string().into(),
                    super::person(entry),
                ],
            )?;
            tx.run(
                &statements::MARK_REGISTRATION_AWARDED,
                &[registration.as_str().into()],
            )?;
        }
        Fact::CreditReleased {
            award,
            claim,
            registration,
            credits,
            on,
        } => {
            settle(tx, entry, claim.as_str(), "released", Value::Null)?;
            tx.run(
                &statements::ADD_CREDIT,
                &[
                    award.as_str().into(),
                    claim.as_str().into(),
                    registration.as_str().into(),
                    (*credits).into(),
                    on.to_string().into(),
                    super::person(entry),
                ],
            )?;
            // The registration goes on, and its award can be claimed as before.
            tx.run(&statements::OPEN_CLAIM, &[registration.as_str().into()])?;
        }
        Fact::CertificateIssued {
            certificate,
            award,
            number,
            face,
            on,
            replaces,
        } => {
            let content = private::find(tx, face.id.as_str())?;
            let issued: Option<IssuedFace> = content
                .as_deref()
                .and_then(|content| serde_json::from_str(content).ok());
            let (face, pdf, because) = match issued {
                Some(issued) => (
                    serde_json::to_string(&issued.face).unwrap_or_default(),
                    issued.pdf,
                    issued.because,
                ),
                None => (String::new(), String::new(), None),
            };
            tx.run(
                &statements::ADD_CERTIFICATE,
                &[
                    certificate.as_str().into(),
                    award.as_str().into(),
                    number.into(),
                    face.into(),
                    pdf.into(),
                    on.to_string().into(),
                    replaces.as_ref().map(CertificateId::as_str).into(),
                ],
            )?;
            if let Some(earlier) = replaces {
                tx.run(
                    &statements::END_CERTIFICATE,
                    &[
                        earlier.as_str().into(),
                        "replaced".into(),
                        on.to_string().into(),
                        because.into(),
                    ],
                )?;
            }
        }
        Fact::CertificateRevoked {
            certificate,
            on,
            because,
        } => {
            let because = private::find(tx, because.id.as_str())?.unwrap_or_default();
            tx.run(
                &statements::END_CERTIFICATE,
                &[
                    certificate.as_str().into(),
                    "revoked".into(),
                    on.to_string().into(),
                    because.into(),
                ],
            )?;
        }
        Fact::CertificateDispatched {
            certificate,
            on,
            means,
            detail,
        } => {
            let days = match tx.row(&statements::FIND_ASKED, &[certificate.as_str().into()])? {
                Some(row) if row.int("steps")? == 0 => {
                    let asked_on = if row.optional_text("replaces")?.is_some() {
                        row.parsed("issued_on")?
                    } else {
                        row.parsed("claimed_on")?
                    };
                    on.since::<jiff::civil::Date>(asked_on)
                        .ok()
                        .map(|span| i64::from(span.get_days()))
                }
                _ => None,
            };
            let detail = super::text_of(tx, detail.as_ref())?;
            tx.run(
                &statements::ADD_DELIVERY,
                &[
                    certificate.as_str().into(),
                    sequence.into(),
                    on.to_string().into(),
                    "dispatched".into(),
                    means.as_str().into(),
                    detail.into(),
                    Value::Null,
                    super::person(entry),
                    days.into(),
                ],
            )?;
            tx.run(
                &statements::SET_DELIVERY,
                &[certificate.as_str().into(), "dispatched".into()],
            )?;
        }
        Fact::CertificateDispatchSettled {
            certificate,
            on,
            because,
        } => {
            let because = super::text_of(tx, Some(because))?;
            tx.run(
                &statements::ADD_DELIVERY,
                &[
                    certificate.as_str().into(),
                    sequence.into(),
                    on.to_string().into(),
                    "dispatched".into(),
                    Value::Null,
                    because.into(),
                    Value::Null,
                    super::person(entry),
                    // When exactly it left is not known: it counts neither for nor against the published time.
                    Value::Null,
                ],
            )?;
            tx.run(
                &statements::SET_DELIVERY,
                &[certificate.as_str().into(), "dispatched".into()],
            )?;
        }
        Fact::CertificateUndelivered {
            certificate,
            on,
            because,
            keep_until,
        } => {
            let because = super::text_of(tx, Some(because))?;
            tx.run(
                &statements::ADD_DELIVERY,
                &[
                    certificate.as_str().into(),
                    sequence.into(),
                    on.to_string().into(),
                    "undelivered".into(),
                    Value::Null,
                    because.into(),
                    keep_until.map(|on| on.to_string()).into(),
                    super::person(entry),
                    Value::Null,
                ],
            )?;
            tx.run(
                &statements::SET_DELIVERY,
                &[certificate.as_str().into(), "undelivered".into()],
            )?;
        }
        _ => {}
    }
    Ok(())
}

/// While a claim is with the awarding body no other is made on the registration.
fn claimed(
    tx: &mut Tx<'_>,
    registration: &RegistrationId,
    claim: &ClaimId,
    units: &[AchievedUnit],
) -> Result<(), StoreFault> {
    tx.run(
        &registration_statements::CLOSE_KIND,
        &[registration.as_str().into(), super::registration::CLAIM.into()],
    )?;
    for unit in units {
        tx.run(
            &statements::ADD_CLAIM_UNIT,
            &[
                claim.as_str().into(),
                (&unit.unit).into(),
                unit.credits.into(),
                unit.judgement.as_str().into(),
                unit.achieved_on.to_string().into(),
            ],
        )?;
    }
    Ok(())
}

fn settle(
    tx: &mut Tx<'_>,
    entry: &Entry,
    claim: &str,
    state: &str,
    because: Value,
) -> Result<(), StoreFault> {
    tx.run(
        &statements::SETTLE_CLAIM,
        &[
            claim.into(),
            state.into(),
            because,
            (&entry.at).into(),
            super::person(entry),
        ],
    )?;
    Ok(())
}
