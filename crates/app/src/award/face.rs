//! What stands on a certificate, and keeping the printed file.

use super::case::Standing;
use crate::derive::award::IssuedFace;
use crate::printing::CertificateFace;
use crate::{App, Failure};
use assay_domain::award::Printed;
use assay_domain::{Code, Refusal};
use jiff::civil::Date;
use std::io::Write;

/// The largest certificate that is kept, in bytes.
const LARGEST: u64 = 16 * 1024 * 1024;

/// The face of a certificate for a learner as they stand. There is no grade on it (AW-07); the title is the syllabus's
/// word for word (AW-02).
pub(super) fn compose(
    app: &App,
    standing: &Standing,
    credits: u32,
    number: &str,
    on: Date,
    replaces: Option<String>,
) -> CertificateFace {
    let document = &standing.specification.document;
    CertificateFace {
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
    }
}

/// Prints a certificate and keeps the file under the digest of its bytes. A crash after this leaves a file that no record
/// names, which harms nobody.
///
/// # Errors
/// `CERT_NOT_PRINTED` with the printer's own words; a fault when the file cannot be kept.
pub(super) fn print(app: &App, face: &CertificateFace, because: Option<String>) -> Result<Printed, Failure> {
    let bytes = app.surroundings().printer.certificate(face).map_err(|why| {
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
