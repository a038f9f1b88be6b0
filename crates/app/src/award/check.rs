//! The public check: anybody who holds a certificate asks whether it is genuine (practice, section 20.3).
//!
//! The number and the holder's family name are both needed. A number that does not exist, a number whose check character
//! does not fit and a name that does not fit are answered alike.

use crate::printing::{CertificateFace, CreditedUnit};
use crate::{Asking, Failure};
use assay_domain::award::{CertificateState, name, number};
use assay_store::statements::award as statements;
use jiff::civil::Date;

/// What a stranger is told: what the certificate itself shows, and whether it is in force. There is no grade (AW-07).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Checked {
    pub certificate_number: String,
    pub state: CertificateState,
    /// When it was replaced or revoked.
    #[schema(value_type = Option<String>, format = Date)]
    pub ended_on: Option<Date>,
    pub learner_name: String,
    pub title: String,
    /// Blank for unit credit.
    pub qualification_number: String,
    pub level: u32,
    pub awarding_body: String,
    /// Blank for unit credit.
    pub regulator: String,
    /// The units of a certificate of unit credit; none of a qualification's.
    pub credited: Vec<CreditedUnit>,
    #[schema(value_type = String, format = Date)]
    pub awarded_on: Date,
    /// Number of the certificate that this one replaces.
    pub replaces: Option<String>,
    /// Language of assessment, when it is not English.
    pub language: Option<String>,
}

/// Checks a certificate by its number and its holder's family name, both as typed. None when the two do not fit together,
/// whichever of them is wrong.
///
/// The same work is done in each case: one look-up, one comparison.
///
/// # Errors
/// A fault when the store fails.
pub fn check(asking: &mut Asking<'_, '_>, typed: &str, family: &str) -> Result<Option<Checked>, Failure> {
    // A number that cannot be one is looked up as one that nobody has.
    let number = number::read_certificate_number(typed).unwrap_or_else(|| "0000-0000-0000-0".to_owned());
    let row = asking
        .tx
        .row(&statements::FIND_TO_CHECK, &[number.as_str().into()])?;
    let (face, state, ended_on) = match &row {
        Some(row) => (
            row.text("face")?,
            row.parsed("state")?,
            row.optional_parsed("ended_on")?,
        ),
        None => (NOBODY.to_owned(), CertificateState::Valid, None),
    };
    // An erased certificate has a blank face, and fits no name.
    let face: CertificateFace = match serde_json::from_str(&face) {
        Ok(face) => face,
        Err(_) => serde_json::from_str(NOBODY)?,
    };
    let fits = name::is_family_name(family, &face.learner_name);
    if !fits || row.is_none() {
        return Ok(None);
    }
    Ok(Some(Checked {
        certificate_number: face.certificate_number,
        state,
        ended_on,
        learner_name: face.learner_name,
        title: face.title,
        qualification_number: face.qualification_number,
        level: face.level,
        awarding_body: face.awarding_body,
        regulator: face.regulator,
        credited: face.credited,
        awarded_on: face.on,
        replaces: face.replaces,
        language: face.language,
    }))
}

/// Stands in for a certificate that does not exist, so that the same comparison is made. Its name holds nothing that can
/// be typed as a name.
const NOBODY: &str = r#"{"awarding_body":"","learner_name":"------- -----------","learner_number":"","title":"","qualification_number":"","qualification_code":"","level":0,"credits":0,"centre":"","on":"2000-01-01","certificate_number":"","replaces":null,"check_address":"","regulator":"","language":null}"#;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_stand_in_can_be_read_and_fits_no_name() {
        let face: CertificateFace = serde_json::from_str(NOBODY).unwrap();
        for typed in ["", "-", "-----------", "Larsson"] {
            assert!(!name::is_family_name(typed, &face.learner_name));
        }
    }
}
