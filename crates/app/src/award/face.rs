//! What stands on a certificate, and keeping the printed file.

use super::case::Standing;
use super::theme;
use crate::derive::award::IssuedFace;
use crate::printing::{CertificateFace, CreditedUnit, Look};
use crate::{App, Failure};
use assay_domain::award::Printed;
use assay_domain::award::credit::TITLE;
use assay_domain::{Code, Refusal};
use assay_specification::Specification;
use assay_store::Tx;
use jiff::civil::Date;
use std::io::Write;

/// The largest certificate that is kept, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// What is known of a certificate that is about to be issued.
pub(super) struct Issue<'a> {
    pub(super) credits: u32,
    /// For unit credit the units; none for a qualification.
    pub(super) credited: Vec<CreditedUnit>,
    pub(super) number: &'a str,
    /// The day on which attainment is confirmed.
    pub(super) on: Date,
    /// Number of the certificate that it replaces.
    pub(super) replaces: Option<String>,
    /// The day on which it is printed: with the theme in force then.
    pub(super) today: Date,
}

/// The face of a certificate for a learner as they stand. There is no grade on it (AW-07); the title is the syllabus's
/// word for word (AW-02).
pub(super) fn compose(
    app: &App,
    tx: &mut Tx<'_>,
    standing: &Standing,
    issue: Issue<'_>,
) -> Result<CertificateFace, Failure> {
    let document = &standing.specification.document;
    let Issue {
        credits,
        credited,
        number,
        on,
        replaces,
        today,
    } = issue;
    let mut face = CertificateFace {
        awarding_body: document.awarding_body.clone(),
        learner_name: standing.row.learner_name(),
        learner_number: standing.row.number.clone(),
        title: standing.qualification.title.clone(),
        qualification_number: standing.qualification.number.to_string(),
        qualification_code: standing.qualification.code.clone(),
        level: u32::from(standing.qualification.level),
        credits,
        centre: standing.row.centre_name.clone(),
        on,
        certificate_number: number.to_owned(),
        replaces,
        check_address: format!("{}/check/{number}", app.surroundings().public_address),
        regulator: document.regulator.clone(),
        language: Some(document.language.trim())
            .filter(|language| !language.is_empty() && !language.eq_ignore_ascii_case("English"))
            .map(str::to_owned),
        credited,
        theme: None,
        signatory: None,
    };
    if face.is_credit() {
        // A certificate of credit carries neither a qualification's title and number nor the regulator's line (practice, section 20.1).
        face.title = TITLE.to_owned();
        face.qualification_number.clear();
        face.qualification_code.clear();
        face.regulator.clear();
        face.level = face.credited.iter().map(|unit| unit.level).max().unwrap_or(0);
    }
    if let Some(theme) = theme::in_force(tx, &document.awarding_body, today)? {
        theme.put_on(&mut face);
    }
    Ok(face)
}

/// The units of a claim as they stand on a certificate of credit.
///
/// # Errors
/// A fault when one of them is in another syllabus than the registration's; none is claimed.
pub(super) fn credited<'u>(
    specification: &Specification,
    units: impl IntoIterator<Item = (&'u str, u32)>,
) -> Result<Vec<CreditedUnit>, Failure> {
    units
        .into_iter()
        .map(|(number, credits)| {
            let unit = specification
                .find_unit_called(number)
                .ok_or_else(|| Failure::Fault(format!("unit {number} is not in its specification")))?;
            Ok(CreditedUnit {
                number: number.to_owned(),
                reference: unit.reference.to_string(),
                title: unit.title.clone(),
                level: u32::from(unit.level),
                credits,
            })
        })
        .collect()
}

/// Prints a certificate and keeps the file under the digest of its bytes. A crash after this leaves a file that no record
/// names, which harms nobody.
///
/// # Errors
/// `CERT_NOT_PRINTED` with the printer's own words; a fault when the file cannot be kept.
pub(super) fn print(
    app: &App,
    face: &CertificateFace,
    look: &Look,
    because: Option<String>,
) -> Result<Printed, Failure> {
    let bytes = app
        .surroundings()
        .printer
        .certificate(face, look)
        .map_err(|why| {
            Failure::refused(
                Refusal::new(
                    Code::CertNotPrinted,
                    format!(
                        "The certificate for {} cannot be printed: {why}.",
                        face.learner_name
                    ),
                )
                .remedy("Put right what is named, then release again. Nothing was recorded.")
                .who("The quality manager, with the centre coordinator")
                .source("practice, section 20.1"),
            )
        })?;
    let mut upload = app.store().files().begin(LARGEST)?;
    upload.write_all(&bytes).map_err(assay_store::StoreFault::from)?;
    let kept = upload.finish()?;
    let face = IssuedFace {
        face: face.clone(),
        pdf: kept.sha256,
        because,
    };
    Ok(Printed {
        number: face.face.certificate_number.clone(),
        face: serde_json::to_string(&face)?,
    })
}
