//! The papers of an award as PDF, for those entitled to them.

use super::change::printed_name;
use super::register::{self, CertificateLine};
use super::{overview, theme};
use crate::printing::{CertificateFace, Transcript, TranscriptUnit};
use crate::registration::find;
use crate::trail::{self, TrailLine};
use crate::{App, Asking, Caller, Failure};
use assay_domain::award::{AwardKind, number};
use assay_domain::id::{AwardId, RegistrationId};
use assay_domain::{Code, Refusal, Role};
use assay_store::statements::award as statements;
use std::io::Read;

/// A file for downloading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// Its name, e.g. `2019-7KX4-29QM-D.pdf`.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// A certificate with everything that happened to it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CertificateView {
    #[serde(flatten)]
    pub line: CertificateLine,
    /// The name on it; blank once erased.
    pub printed: String,
    /// Number of the certificate that took its place.
    pub replaced_by: Option<String>,
    /// What happened, the earliest first, each from its fact in the ledger.
    pub history: Vec<TrailLine>,
    /// Whether the caller may dispatch, replace and revoke it.
    pub may_change: bool,
}

/// A certificate.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none, or the caller is not entitled to it.
pub fn view(asking: &mut Asking<'_, '_>, typed: &str) -> Result<CertificateView, Failure> {
    let number = number::read_certificate_number(typed).ok_or(Failure::NotFound)?;
    let row = asking
        .tx
        .row(&statements::FIND_CERTIFICATE_LINE, &[number.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let registration: RegistrationId = row.parsed("registration")?;
    let seen = find::require_seen(asking, &registration)?;
    if !overview::entitled(&seen) {
        return Err(Failure::NotFound);
    }
    let policy = asking.policy();
    let line = register::read(asking.app, asking.tx, &policy, &row)?;
    let face = asking
        .tx
        .row(&statements::FIND_CERTIFICATE, &[line.certificate.as_str().into()])?
        .map(|row| row.text("face"))
        .transpose()?
        .unwrap_or_default();
    let replaced_by = asking
        .tx
        .rows(&statements::LIST_CERTIFICATES_OF, &[line.award.as_str().into()])?
        .iter()
        .find(|row| {
            row.optional_text("replaces")
                .is_ok_and(|earlier| earlier.as_deref() == Some(number.as_str()))
        })
        .map(|row| row.text("number"))
        .transpose()?;
    let history = trail::of_certificate(asking, &registration, line.certificate.as_str(), seen.own())?;
    Ok(CertificateView {
        printed: printed_name(&face).unwrap_or_default(),
        replaced_by,
        history,
        may_change: seen.actor.is(Role::QualityManager),
        line,
    })
}

/// The exact bytes of a certificate as it was issued, in force or not.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none, the caller is not entitled to it, or it was erased.
pub fn file(asking: &mut Asking<'_, '_>, typed: &str) -> Result<Paper, Failure> {
    let number = number::read_certificate_number(typed).ok_or(Failure::NotFound)?;
    let row = asking
        .tx
        .row(&statements::FIND_CERTIFICATE_LINE, &[number.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let registration: RegistrationId = row.parsed("registration")?;
    let seen = find::require_seen(asking, &registration)?;
    if !overview::entitled(&seen) {
        return Err(Failure::NotFound);
    }
    let sha256 = row.text("pdf")?;
    if sha256.is_empty() {
        return Err(Failure::NotFound);
    }
    let mut file = asking
        .app
        .store()
        .files()
        .read(&sha256)?
        .ok_or_else(|| Failure::Fault(format!("the file of certificate {number} is missing")))?;
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes)
        .map_err(assay_store::StoreFault::from)?;
    Ok(Paper {
        name: format!("{number}.pdf"),
        bytes,
    })
}

/// The transcript of an award, printed anew; the same award gives the same bytes.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none, or the caller is not entitled to it; `CERT_REVOKED` when no certificate
/// is in force; `CERT_NOT_PRINTED` with the printer's own words, and for unit credit, whose certificate names the units.
pub fn transcript(app: &App, caller: &Caller, award: &AwardId) -> Result<Paper, Failure> {
    let (view, face, look) = app.ask(caller, |asking| {
        let view = overview::view(asking, award)?;
        if !view.entitled {
            return Err(Failure::NotFound);
        }
        if view.kind == AwardKind::Credit {
            return Err(Failure::refused(
                Refusal::new(Code::CertNotPrinted, "Unit credit has no transcript.")
                    .remedy("Its certificate names the units, with their credits.")
                    .who("Nobody")
                    .source("practice, section 20.1"),
            ));
        }
        let Some(current) = view.current().map(|line| line.certificate.clone()) else {
            return Err(Failure::refused(
                Refusal::new(Code::CertRevoked, "No certificate of this award is in force.")
                    .remedy("Look at the award's page for what became of it.")
                    .who("The quality manager")
                    .source("practice, section 20.2"),
            ));
        };
        let row = asking
            .tx
            .row(&statements::FIND_CERTIFICATE, &[current.as_str().into()])?
            .ok_or(Failure::NotFound)?;
        let face: CertificateFace =
            serde_json::from_str(&row.text("face")?).map_err(|_| Failure::NotFound)?;
        let look = theme::look_of(asking.app, asking.tx, face.theme.as_ref())?;
        Ok((view, face, look))
    })?;
    let name = format!("{}-transcript.pdf", face.certificate_number);
    let transcript = Transcript {
        face,
        units: view
            .units
            .into_iter()
            .map(|unit| TranscriptUnit {
                number: unit.number,
                reference: unit.reference,
                title: unit.title,
                level: unit.level,
                credits: unit.credits,
                achieved_on: unit.achieved_on,
                result: unit.result,
            })
            .collect(),
    };
    let bytes = app
        .surroundings()
        .printer
        .transcript(&transcript, &look)
        .map_err(|why| {
            Failure::refused(
                Refusal::new(
                    Code::CertNotPrinted,
                    format!("The transcript cannot be printed: {why}."),
                )
                .remedy("Tell the awarding body what is named.")
                .who("The quality manager")
                .source("practice, section 20.1"),
            )
        })?;
    Ok(Paper { name, bytes })
}
