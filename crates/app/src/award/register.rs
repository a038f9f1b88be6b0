//! The register of certificates: every certificate ever issued, replaced and revoked ones too (practice, section 20.2).

use super::list::{MOST_IN_FILE, PAGE, own_centre, stretch};
use crate::people::full_name;
use crate::{App, Asking, Failure};
use assay_domain::Role;
use assay_domain::award::{CertificateState, number};
use assay_domain::id::{AwardId, CentreId, CertificateId, PersonId, RegistrationId};
use assay_store::statements::award as statements;
use assay_store::{Row, Tx};
use jiff::civil::Date;

/// A certificate of the register.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CertificateLine {
    pub certificate: CertificateId,
    pub number: String,
    pub award: AwardId,
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub learner_name: String,
    pub learner_number: String,
    pub centre: CentreId,
    pub centre_name: String,
    /// Title exactly as printed, with its code and number.
    pub title: String,
    pub qualification: String,
    pub qualification_number: String,
    /// SHA-256 of the exact PDF bytes, lower-case hex.
    pub pdf_sha256: String,
    #[schema(value_type = String, format = Date)]
    pub issued_on: Date,
    /// Number of the certificate that this one replaces.
    pub replaces: Option<String>,
    pub state: CertificateState,
    /// When it was replaced or revoked.
    #[schema(value_type = Option<String>, format = Date)]
    pub ended_on: Option<Date>,
    /// Why it was replaced or revoked.
    pub because: Option<String>,
}

pub(super) fn read(app: &App, tx: &mut Tx<'_>, row: &Row) -> Result<CertificateLine, Failure> {
    let specification = app.specification(tx, &row.parsed("specification")?)?;
    let code = row.text("qualification")?;
    let qualification = specification.find_qualification(&code);
    Ok(CertificateLine {
        certificate: row.parsed("id")?,
        number: row.text("number")?,
        award: row.parsed("award")?,
        registration: row.parsed("registration")?,
        learner: row.parsed("learner")?,
        learner_name: full_name(&row.text("given")?, &row.text("family")?),
        learner_number: row.text("learner_number")?,
        centre: row.parsed("centre")?,
        centre_name: row.text("centre_name")?,
        title: qualification.map_or_else(String::new, |found| found.title.clone()),
        qualification_number: qualification.map_or_else(String::new, |found| found.number.to_string()),
        qualification: code,
        pdf_sha256: row.text("pdf")?,
        issued_on: row.parsed("issued_on")?,
        replaces: row.optional_text("replaces")?,
        state: row.parsed("state")?,
        ended_on: row.optional_parsed("ended_on")?,
        because: row.optional_text("because")?,
    })
}

/// A page of the register.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct RegisterPage {
    pub certificates: Vec<CertificateLine>,
    /// From 1.
    pub page: u32,
    pub size: u32,
    pub total: u64,
}

/// Certificates, the last issued first: all of them for a quality manager, those of a centre for its coordinator. `q` is a
/// certificate's number, or how a name, a learner's number or a code begins.
///
/// # Errors
/// `SignInNeeded`; `NotFound` for anybody else.
pub fn list(asking: &mut Asking<'_, '_>, q: &str, page: u32) -> Result<RegisterPage, Failure> {
    let page = page.clamp(1, 4000);
    between(asking, q, page, PAGE, i64::from(page - 1) * PAGE)
}

fn between(
    asking: &mut Asking<'_, '_>,
    q: &str,
    page: u32,
    size: i64,
    offset: i64,
) -> Result<RegisterPage, Failure> {
    let number = number::read_certificate_number(q).unwrap_or_default();
    let (from, to) = if number.is_empty() {
        stretch(q)
    } else {
        Default::default()
    };
    let (rows, total) = if asking.actor()?.is(Role::QualityManager) {
        (
            asking.tx.rows(
                &statements::LIST_CERTIFICATES,
                &[
                    from.as_str().into(),
                    to.as_str().into(),
                    number.as_str().into(),
                    size.into(),
                    offset.into(),
                ],
            )?,
            asking.tx.row(
                &statements::COUNT_CERTIFICATES,
                &[from.into(), to.into(), number.into()],
            )?,
        )
    } else {
        let centre = own_centre(asking, None)?;
        (
            asking.tx.rows(
                &statements::LIST_CERTIFICATES_AT,
                &[
                    from.as_str().into(),
                    to.as_str().into(),
                    number.as_str().into(),
                    size.into(),
                    offset.into(),
                    centre.as_str().into(),
                ],
            )?,
            asking.tx.row(
                &statements::COUNT_CERTIFICATES_AT,
                &[from.into(), to.into(), number.into(), centre.as_str().into()],
            )?,
        )
    };
    let total = total.map(|row| row.int("certificates")).transpose()?.unwrap_or(0);
    let certificates = rows
        .iter()
        .map(|row| read(asking.app, asking.tx, row))
        .collect::<Result<_, _>>()?;
    Ok(RegisterPage {
        certificates,
        page,
        size: u32::try_from(size).unwrap_or(u32::MAX),
        total: u64::try_from(total).unwrap_or(0),
    })
}

/// The headings of the register as a file. There is none for a grade (AW-07).
pub const HEADINGS: [&str; 12] = [
    "Certificate number",
    "Learner",
    "Learner number",
    "Qualification title",
    "Qualification code",
    "Qualification number",
    "Centre",
    "Issued on",
    "State",
    "Ended on",
    "Replaces",
    "SHA-256 of the PDF",
];

/// The register as CSV.
///
/// # Errors
/// As [`list`].
pub fn csv(asking: &mut Asking<'_, '_>, q: &str) -> Result<String, Failure> {
    let page = between(asking, q, 1, MOST_IN_FILE, 0)?;
    let rows = page.certificates.into_iter().map(|line| {
        vec![
            line.number,
            line.learner_name,
            line.learner_number,
            line.title,
            line.qualification,
            line.qualification_number,
            line.centre_name,
            line.issued_on.to_string(),
            line.state.title().to_owned(),
            line.ended_on.map(|on| on.to_string()).unwrap_or_default(),
            line.replaces.unwrap_or_default(),
            line.pdf_sha256,
        ]
    });
    Ok(assay_formats::csv_out::table(&HEADINGS, rows))
}
