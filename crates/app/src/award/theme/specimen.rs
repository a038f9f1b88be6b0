//! A certificate of nobody, to see how papers would look.

use super::NewTheme;
use super::set::try_out;
use super::{find, quality_manager, theme_look};
use crate::award::certificate::Paper;
use crate::printing::{CertificateFace, Look};
use crate::{App, Caller, Failure, specification};
use assay_domain::id::ThemeId;
use assay_domain::{Code, Refusal};
use assay_store::Tx;
use jiff::civil::Date;

/// A specimen certificate with a theme that is not set; keeps nothing.
///
/// # Errors
/// `SignInNeeded`; `NotFound` unless the caller is a quality manager; refusals of [`rules::decide`], `THEME_PICTURE`;
/// `CERT_NOT_PRINTED` with the printer's own words.
pub fn preview(app: &App, caller: &Caller, input: NewTheme) -> Result<Paper, Failure> {
    let tried = try_out(app, caller, input)?;
    print(app, &tried.face, &tried.look).map(paper)
}

/// A specimen certificate with a version that is kept.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is no such version, or unless the caller is a quality manager;
/// `CERT_NOT_PRINTED` with the printer's own words.
pub fn specimen_of(app: &App, caller: &Caller, theme: &ThemeId) -> Result<Paper, Failure> {
    let (face, look) = app.ask(caller, |asking| {
        quality_manager(asking)?;
        let theme = find(asking.tx, theme)?.ok_or(Failure::NotFound)?;
        let mut face = specimen(asking.app, asking.tx, &theme.awarding_body, theme.from)?;
        theme.put_on(&mut face);
        Ok((face, theme_look(asking.app, &theme)?))
    })?;
    print(app, &face, &look).map(paper)
}

/// A certificate of nobody, of a qualification that there is if there is one.
pub(super) fn specimen(
    app: &App,
    tx: &mut Tx<'_>,
    awarding_body: &str,
    on: Date,
) -> Result<CertificateFace, Failure> {
    const NUMBER: &str = "SPECIMEN";
    let mut face = CertificateFace {
        awarding_body: awarding_body.to_owned(),
        learner_name: "Specimen".to_owned(),
        learner_number: NUMBER.to_owned(),
        title: "Title of the qualification".to_owned(),
        qualification_number: "000/0000/0".to_owned(),
        qualification_code: String::new(),
        level: 7,
        credits: 0,
        centre: String::new(),
        on,
        certificate_number: NUMBER.to_owned(),
        replaces: None,
        check_address: format!("{}/check/{NUMBER}", app.surroundings().public_address),
        regulator: "the regulator".to_owned(),
        language: None,
        credited: Vec::new(),
        theme: None,
        signatory: None,
    };
    for offered in specification::list_qualifications(app, tx)? {
        let document = &offered.specification.document;
        if document.awarding_body == awarding_body {
            face.title = offered.qualification.title.clone();
            face.qualification_number = offered.qualification.number.to_string();
            face.level = u32::from(offered.qualification.level);
            face.regulator = document.regulator.clone();
            break;
        }
    }
    Ok(face)
}

/// # Errors
/// `CERT_NOT_PRINTED` with the printer's own words.
pub(super) fn print(app: &App, face: &CertificateFace, look: &Look) -> Result<Vec<u8>, Failure> {
    app.surroundings().printer.certificate(face, look).map_err(|why| {
        Failure::refused(
            Refusal::new(
                Code::CertNotPrinted,
                format!("No certificate can be printed so: {why}."),
            )
            .remedy("Put right what is named. Nothing was recorded.")
            .who("The quality manager")
            .source("practice, section 20.1"),
        )
    })
}

fn paper(bytes: Vec<u8>) -> Paper {
    Paper {
        name: "specimen.pdf".to_owned(),
        bytes,
    }
}
