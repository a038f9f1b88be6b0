//! The certificate of a qualification or of unit credit.

use super::{SheetCheck, SheetDate, SheetLearner, Signatory};
use serde::{Deserialize, Serialize};

/// Everything a certificate shows on its front, and nothing else (practice.md 20.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CertificateSheet {
    /// The awarding body's full name as recognised.
    pub awarding_body: String,
    /// The learner.
    pub learner: SheetLearner,
    /// What was attained.
    pub attained: Attained,
    /// The day on which attainment is confirmed by issue, as day, month and year: "14 October 2019".
    pub attained_on: String,
    /// The certificate's own number.
    pub certificate_number: String,
    /// The language of assessment, only if it was not English (and the language is not the object of the award).
    pub language_of_assessment: Option<String>,
    /// The sentence that says that this is a replacement, for example "Replacement of certificate 000123, issued on
    /// 3 March 2020".
    pub replacement: Option<String>,
    /// Who signs; `None` leaves an empty signature line.
    pub signatory: Option<Signatory>,
    /// Where to check the certificate.
    pub check: SheetCheck,
    /// The day of issue, for the file's properties.
    pub issued: SheetDate,
}

/// What a certificate confirms. One certificate is for one kind only: a unit certificate carries neither the
/// regulator's line nor a qualification's number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Attained {
    /// A whole qualification.
    Qualification {
        /// The title exactly as on the register.
        title: String,
        /// An endorsement that belongs to the title.
        endorsement: Option<String>,
        /// The qualification number, for example "603/1234/5".
        number: String,
        /// The level of the qualification, for example "Level 7".
        level: String,
        /// The level of attainment ("Pass"), only if the qualification has grades. CMI qualifications have none, so
        /// nothing may be shown there (JU-05, AW-07).
        attainment: Option<String>,
        /// The line in the place of the regulator's mark, for example "Regulated by Ofqual"; only where the logo rules
        /// allow the mark.
        regulated_by: Option<String>,
    },
    /// Credit for single units.
    Credit {
        /// The statement that credit has been awarded, as a sentence.
        statement: String,
        /// The units, at least one.
        units: Vec<CreditedUnit>,
    },
}

/// A unit on a certificate of credit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CreditedUnit {
    /// The unit reference number, for example "K/506/1234".
    pub reference: String,
    /// The unit's title.
    pub title: String,
    /// The unit's level, for example "7".
    pub level: String,
    /// The credit awarded.
    pub credits: u32,
}
