//! The certificates of the award: issued with it, replaced in a line, the last one in force (practice, section 20.2).

use crate::case::{Case, actor, in_order};
use crate::{Claimed, ClaimedUnit, Fails, Way, fails};
use assay_certify::fact::Sealed;
use assay_certify::{Disclosure, Fact, Numbered};
use serde::Deserialize;
use sha2::{Digest, Sha256};

const STEP: &str = "certificate";

/// The certificate in force.
pub(crate) struct Current<'d> {
    pub id: &'d str,
    pub number: &'d str,
    pub face: &'d Sealed,
    pub on: jiff::civil::Date,
}

/// Follows the line of certificates.
///
/// # Errors
/// There is none, a replacement is not of the one before it, or the last was revoked.
pub(crate) fn derive<'d>(case: &Case<'d>, released: &Numbered, way: &mut Way) -> Result<Current<'d>, Fails> {
    let award = case.award;
    let mut current: Option<(&Numbered, Current<'d>)> = None;
    let mut replaced = 0;
    for fact in case.facts {
        match &fact.entry.fact {
            Fact::CertificateIssued {
                certificate,
                award: of,
                number,
                face,
                on,
                replaces,
            } if of == award => {
                in_order(STEP, (released, "the release"), (fact, "the certificate"))?;
                let expected = current.as_ref().map(|(_, before)| before.id);
                if replaces.as_deref() != expected {
                    return fails(
                        STEP,
                        format!("{number} does not replace the certificate before it"),
                    );
                }
                if let Some((before, _)) = &current {
                    in_order(STEP, (before, "the certificate"), (fact, "its replacement"))?;
                    replaced += 1;
                }
                case.require_role(
                    STEP,
                    actor(STEP, fact)?,
                    "quality_manager",
                    None,
                    fact.entry.on,
                    fact.index,
                )?;
                current = Some((
                    fact,
                    Current {
                        id: certificate,
                        number,
                        face,
                        on: *on,
                    },
                ));
            }
            Fact::CertificateRevoked { certificate, on } => {
                if let Some((_, revoked)) = current.as_ref().filter(|(_, current)| current.id == certificate)
                {
                    return fails(
                        STEP,
                        format!(
                            "the certificate {} was revoked on {on} (entry {})",
                            revoked.number, fact.index
                        ),
                    );
                }
            }
            Fact::AwardWithdrawn { award: of, on } if of == award => {
                return fails(
                    STEP,
                    format!("the award was withdrawn on {on} (entry {})", fact.index),
                );
            }
            _ => {}
        }
    }
    let Some((_, current)) = current else {
        return fails(STEP, "no certificate was issued for the award");
    };
    let line = match replaced {
        0 => String::new(),
        1 => ", in the place of an earlier one".to_owned(),
        more => format!(", in the place of {more} earlier ones"),
    };
    way.holds(
        STEP,
        format!(
            "Certificate {} was issued on {}{line}, and was not revoked as of {}.",
            current.number, current.on, case.as_of
        ),
    );
    Ok(current)
}

/// What the certificate shows, as far as it is compared.
#[derive(Deserialize)]
struct Issued {
    face: Face,
}

#[derive(Deserialize)]
struct Face {
    learner_name: String,
    title: String,
    qualification_number: String,
    level: u32,
    credits: u32,
    certificate_number: String,
    on: jiff::civil::Date,
    /// Of unit credit.
    #[serde(default)]
    credited: Vec<FaceUnit>,
}

#[derive(Deserialize)]
struct FaceUnit {
    number: String,
    reference: String,
    title: String,
    level: u32,
    credits: u32,
}

impl FaceUnit {
    fn is(&self, unit: &ClaimedUnit) -> bool {
        self.number == unit.number
            && self.reference == unit.reference
            && self.title == unit.title
            && self.level == u32::from(unit.level)
            && self.credits == unit.credits
    }
}

/// The learner's name, where the certificate's face is disclosed: it is the one that was sealed, and says what was derived
/// (AW-02, AW-04).
///
/// # Errors
/// It is another text than was sealed, or says something else.
pub(crate) fn disclosed(
    case: &Case<'_>,
    current: &Current<'_>,
    claimed: &Claimed,
    way: &mut Way,
) -> Result<Option<String>, Fails> {
    const STEP: &str = "face";
    let Some(disclosure) = case.face else {
        return Ok(None);
    };
    opened(
        STEP,
        disclosure,
        current.face,
        "what the file says of the certificate's face",
    )?;
    let issued: Issued = match serde_json::from_str(&disclosure.content) {
        Ok(issued) => issued,
        Err(why) => return fails(STEP, format!("the certificate's face cannot be read: {why}")),
    };
    let face = issued.face;
    let of_credit: &[ClaimedUnit] = if claimed.kind == "credit" {
        &claimed.units
    } else {
        &[]
    };
    let same_units = face.credited.len() == of_credit.len()
        && of_credit
            .iter()
            .all(|unit| face.credited.iter().any(|shown| shown.is(unit)));
    let agrees = same_units
        && face.title == claimed.title
        && face.qualification_number == claimed.qualification_number
        && face.level == u32::from(claimed.level)
        && face.credits == claimed.credits
        && face.certificate_number == claimed.certificate
        && face.on.to_string() == claimed.awarded_on;
    if !agrees {
        return fails(
            STEP,
            "the certificate says something else than the award that was derived",
        );
    }
    way.holds(
        STEP,
        format!(
            "The certificate names {} and says what was derived here.",
            face.learner_name
        ),
    );
    Ok(Some(face.learner_name))
}

/// That a disclosure is the private content which a fact sealed.
///
/// # Errors
/// It is not, and `what` says of what; or the salt is not written as the format says.
pub(crate) fn opened(
    step: &'static str,
    disclosure: &Disclosure,
    sealed: &Sealed,
    what: &str,
) -> Result<(), Fails> {
    let salt = hex::decode(&disclosure.salt).unwrap_or_default();
    // One spelling, so that nothing in the file goes unchecked.
    if salt.len() != 32 || hex::encode(&salt) != disclosure.salt {
        return fails(step, "the salt is not 32 bytes in lower-case hex");
    }
    let mut digest = Sha256::new();
    digest.update(&salt);
    digest.update(&disclosure.content);
    if hex::encode(digest.finalize()) != sealed.digest {
        return fails(step, format!("{what} is not what was sealed"));
    }
    Ok(())
}
