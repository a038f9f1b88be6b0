//! A credential as a file, for those entitled to the certificate.

use super::compose::Facts;
use super::{drawing, publish, second};
use crate::award::certificate::Paper;
use crate::award::overview::{self, AwardedUnit};
use crate::award::theme;
use crate::printing::CertificateFace;
use crate::registration::find::{self, Seen};
use crate::{Asking, Failure, keys};
use assay_certify::credential::{Suite, did_web, issuer_of, secure, secure_jwt};
use assay_domain::award::{CertificateState, number};
use assay_domain::id::{AwardId, RegistrationId, SpecificationId};
use assay_domain::{Code, Refusal};
use assay_specification::Specification;
use assay_store::Row;
use assay_store::statements::{award as statements, credential as status};
use serde_json::Value;
use std::str::FromStr;
use std::sync::Arc;

/// How a credential is secured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// A Data Integrity proof by `eddsa-rdfc-2022`: what most wallets expect.
    #[default]
    Rdfc,
    /// A Data Integrity proof by `eddsa-jcs-2022`: for programs that read plain JSON.
    Jcs,
    /// A JSON Web Token.
    Jwt,
    /// A picture, SVG, with the credential by `eddsa-rdfc-2022` in it.
    Svg,
    /// A picture, PNG, with the credential by `eddsa-rdfc-2022` in it.
    Png,
}

impl FromStr for Form {
    type Err = String;

    fn from_str(word: &str) -> Result<Form, String> {
        match word {
            "rdfc" => Ok(Form::Rdfc),
            "jcs" => Ok(Form::Jcs),
            "jwt" => Ok(Form::Jwt),
            "svg" => Ok(Form::Svg),
            "png" => Ok(Form::Png),
            other => Err(format!("{other:?} is none of rdfc, jcs, jwt, svg and png")),
        }
    }
}

impl Form {
    /// The media type of the file.
    pub fn media_type(self) -> &'static str {
        match self {
            Form::Rdfc | Form::Jcs => "application/vc+ld+json",
            Form::Jwt => "application/vc+jwt",
            Form::Svg => "image/svg+xml",
            Form::Png => "image/png",
        }
    }

    fn ending(self) -> &'static str {
        match self {
            Form::Rdfc | Form::Jcs => "json",
            Form::Jwt => "jwt",
            Form::Svg => "svg",
            Form::Png => "png",
        }
    }
}

/// What a credential is of.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Part {
    #[default]
    Qualification,
    /// A unit of the award, by its number.
    Unit(String),
    /// The qualification and its units together: a learner record (CLR 2.0), as the transcript is on paper.
    Record,
}

/// Which credential of a certificate is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    pub part: Part,
    /// When it is left out, `rdfc`.
    pub form: Option<Form>,
}

impl Wanted {
    /// How it is secured.
    pub fn form(&self) -> Form {
        self.form.unwrap_or(Form::Rdfc)
    }
}

/// A unit for which there is a credential.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CredentialUnit {
    pub number: String,
    pub title: String,
    pub credits: u32,
}

/// The credentials of a certificate, as a page shows them.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CredentialsView {
    pub certificate_number: String,
    #[schema(value_type = String)]
    pub award: AwardId,
    pub title: String,
    pub awarding_body: String,
    pub learner_name: String,
    /// Whether they are the caller's own.
    pub own: bool,
    /// Whether the certificate is in force; there are no credentials of others.
    pub in_force: bool,
    /// Who stands in them as issuer; none while no key signs.
    pub issuer: Option<String>,
    /// Whether there is one of the qualification and a learner record; for unit credit there is one of each unit alone.
    pub of_qualification: bool,
    /// Whether the issuer is found by its address on the web.
    pub on_the_web: bool,
    pub units: Vec<CredentialUnit>,
}

/// A certificate with what its credentials are made of.
struct Found {
    row: Row,
    number: String,
    face: CertificateFace,
    specification: Arc<Specification>,
    units: Vec<AwardedUnit>,
    state: CertificateState,
}

fn find(asking: &mut Asking<'_, '_>, typed: &str) -> Result<Found, Failure> {
    let number = number::read_certificate_number(typed).ok_or(Failure::NotFound)?;
    let row = asking
        .tx
        .row(&statements::FIND_CERTIFICATE_LINE, &[number.as_str().into()])?
        .ok_or(Failure::NotFound)?;
    let certificate = asking
        .tx
        .row(&statements::FIND_CERTIFICATE, &[row.text("id")?.into()])?
        .ok_or(Failure::NotFound)?;
    // An erased certificate has a blank face.
    let face: CertificateFace =
        serde_json::from_str(&certificate.text("face")?).map_err(|_| Failure::NotFound)?;
    let award = asking
        .tx
        .row(&statements::FIND_AWARD, &[row.text("award")?.into()])?
        .ok_or(Failure::NotFound)?;
    let pinned = row.parsed::<SpecificationId>("specification")?;
    let specification = asking.app.specification(asking.tx, &pinned)?;
    let units = overview::units_of(asking.tx, &specification, &award.text("claim")?)?;
    let state = row.parsed("state")?;
    Ok(Found {
        row,
        number,
        face,
        specification,
        units,
        state,
    })
}

/// As [`find`], for those who are entitled to the certificate.
fn find_entitled(asking: &mut Asking<'_, '_>, typed: &str) -> Result<(Found, Seen), Failure> {
    let found = find(asking, typed)?;
    let seen = find::require_seen(asking, &found.row.parsed::<RegistrationId>("registration")?)?;
    if overview::entitled(&seen) {
        Ok((found, seen))
    } else {
        Err(Failure::NotFound)
    }
}

/// The credentials of a certificate that there are.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is no such certificate, the caller is not entitled to it, or it was erased.
pub fn view(asking: &mut Asking<'_, '_>, typed: &str) -> Result<CredentialsView, Failure> {
    let (found, seen) = find_entitled(asking, typed)?;
    let address = &asking.app.surroundings().public_address;
    let issuer = match keys::find_current(asking.tx)? {
        Some(key) => Some(issuer_of(address, key.verifier()?.bytes())),
        None => None,
    };
    Ok(CredentialsView {
        award: found.row.parsed("award")?,
        own: seen.own(),
        in_force: found.state == CertificateState::Valid,
        issuer,
        of_qualification: !found.face.is_credit(),
        on_the_web: did_web(address).is_some(),
        units: found
            .units
            .iter()
            .map(|unit| CredentialUnit {
                number: unit.number.clone(),
                title: unit.title.clone(),
                credits: unit.credits,
            })
            .collect(),
        certificate_number: found.number,
        title: found.face.title,
        awarding_body: found.face.awarding_body,
        learner_name: found.face.learner_name,
    })
}

/// A credential as a file, for those who are entitled to the certificate.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is no such certificate or the caller is not entitled to it; as [`export`].
pub fn file(asking: &mut Asking<'_, '_>, typed: &str, wanted: &Wanted) -> Result<Paper, Failure> {
    let (found, _) = find_entitled(asking, typed)?;
    sign(asking, &found, wanted)
}

/// A credential as a file, whoever asks.
///
/// # Errors
/// `NotFound` when there is no such certificate, it was erased, or the award has no such unit; `CERT_REVOKED` when the
/// certificate is not in force; `FIELD_MISSING` when it is of unit credit and no unit is named; `Conflict` when no key signs; a fault when it cannot be signed.
pub fn export(asking: &mut Asking<'_, '_>, typed: &str, wanted: &Wanted) -> Result<Paper, Failure> {
    let found = find(asking, typed)?;
    sign(asking, &found, wanted)
}

fn sign(asking: &mut Asking<'_, '_>, found: &Found, wanted: &Wanted) -> Result<Paper, Failure> {
    if found.state != CertificateState::Valid {
        return Err(Failure::refused(
            Refusal::new(
                Code::CertRevoked,
                format!(
                    "Certificate {} is not in force, so it has no digital credential.",
                    found.number
                ),
            )
            .remedy("Use the certificate that replaced it; the award's page names it.")
            .who("The quality manager")
            .source("practice, section 20.2"),
        ));
    }
    if found.face.is_credit() && !matches!(wanted.part, Part::Unit(_)) {
        return Err(only_of_units(found));
    }
    let surroundings = asking.app.surroundings();
    let Some(key) = keys::find_secret(asking.tx, surroundings.keys.as_deref())? else {
        return Err(Failure::Conflict {
            because: "No key signs here, so a credential would prove nothing. The operator makes one with `assay keys make`."
                .into(),
        });
    };
    let look = theme::look_of(asking.app, asking.tx, found.face.theme.as_ref())?;
    let place = asking
        .tx
        .row(&status::FIND_STATUS, &[found.row.text("id")?.into()])?
        .ok_or_else(|| {
            Failure::Fault(format!(
                "certificate {} has no place in a status list",
                found.number
            ))
        })?;
    let address = surroundings.public_address.as_str();
    let public = *key.verifier().bytes();
    let specification = &found.specification;
    let code = found.row.text("qualification")?;
    let qualification = specification
        .find_qualification(&code)
        .ok_or_else(|| Failure::Fault(format!("{code} is not in its specification")))?;
    let facts = Facts {
        face: &found.face,
        specification,
        qualification,
        units: &found.units,
        issuer: issuer_of(address, &public),
        address,
        register: asking.policy().text("regulator.register"),
        status: (
            publish::address_of(address, place.int("list")?, &public),
            usize::try_from(place.int("place")?).unwrap_or(0),
        ),
    };
    let issuer = facts.issuer.as_str();
    let created = second(&asking.caller.moment);
    let unsigned = |fault: assay_certify::credential::CredentialFault| {
        Failure::Fault(format!(
            "the credential of {} cannot be signed: {fault}",
            found.number
        ))
    };
    let signed =
        |document: &Value, suite| secure(document, &key, suite, Some(issuer), &created).map_err(unsigned);
    let (badge, document, name) = match &wanted.part {
        Part::Qualification => {
            let badge = facts.of_qualification();
            let document = badge.compose();
            (Some(badge), document, format!("{}.badge", found.number))
        }
        Part::Unit(unit) => {
            let badge = facts.of_unit(unit).ok_or(Failure::NotFound)?;
            let name = format!(
                "{}-{}.badge",
                found.number,
                badge.achievement.code.replace('/', "")
            );
            let document = badge.compose();
            (Some(badge), document, name)
        }
        Part::Record => {
            let record = facts.of_record(|badge| signed(&badge.compose(), Suite::Rdfc))?;
            (None, record.compose(), format!("{}.record", found.number))
        }
    };
    let proven = |suite| Ok::<_, Failure>(serde_json::to_vec_pretty(&signed(&document, suite)?)?);
    let form = wanted.form();
    let bytes = match (form, &badge) {
        (Form::Jcs, _) => proven(Suite::Jcs)?,
        (Form::Jwt, _) => secure_jwt(&document, &key, Some(issuer))
            .map_err(unsigned)?
            .into_bytes(),
        (Form::Rdfc, _) => proven(Suite::Rdfc)?,
        (Form::Svg | Form::Png, None) => return Err(no_record_so()),
        (Form::Svg, Some(badge)) => {
            drawing::svg(badge, &in_picture(proven(Suite::Rdfc)?)?, &look).into_bytes()
        }
        (Form::Png, Some(_)) => drawing::png(&in_picture(proven(Suite::Rdfc)?)?, &look)
            .ok_or_else(|| Failure::Fault("the seal is no picture".into()))?,
    };
    Ok(Paper {
        name: format!("{name}.{}", form.ending()),
        bytes,
    })
}

/// Unit credit is of no qualification, and its units stand for themselves.
fn only_of_units(found: &Found) -> Failure {
    let units: Vec<&str> = found.units.iter().map(|unit| unit.number.as_str()).collect();
    Failure::refused(
        Refusal::new(
            Code::FieldMissing,
            format!(
                "Certificate {} is of unit credit, so there is a credential of each unit and none of a qualification.",
                found.number
            ),
        )
        .remedy(format!("Ask for one of its units: {}.", units.join(", ")))
        .who("Whoever asks for it")
        .source("practice, section 20.1")
        .field("unit"),
    )
}

/// A learner record has other credentials with proofs of their own in it, whose graphs programs number differently, so that a
/// proof over the graph of the whole would not be confirmed everywhere; and it is no badge, so there is no picture of it.
fn no_record_so() -> Failure {
    Failure::refused(
        Refusal::new(
            Code::FieldMissing,
            "A learner record is not to be had as a picture.".to_owned(),
        )
        .remedy("Ask for it as rdfc, jcs or jwt.")
        .who("Whoever asks for it")
        .source("docs/credentials.md")
        .field("proof"),
    )
}

fn in_picture(credential: Vec<u8>) -> Result<String, Failure> {
    String::from_utf8(credential).map_err(|error| Failure::Fault(error.to_string()))
}
