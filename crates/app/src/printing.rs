//! What the application needs of a printer. The program hands one in, so that only the program is built with Typst.

use assay_domain::award::Signatory;
use assay_domain::id::ThemeId;
use jiff::civil::Date;

/// Everything that stands on a certificate (practice, section 20.1). There is no grade (AW-07).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct CertificateFace {
    pub awarding_body: String,
    pub learner_name: String,
    pub learner_number: String,
    /// Title exactly as in the specification.
    pub title: String,
    /// Blank for unit credit, and the code as well.
    pub qualification_number: String,
    pub qualification_code: String,
    /// For unit credit the highest of the units.
    pub level: u32,
    pub credits: u32,
    pub centre: String,
    /// The date on which attainment is confirmed by issue.
    #[schema(value_type = String, format = Date)]
    pub on: Date,
    pub certificate_number: String,
    /// Number of the certificate that this one replaces.
    pub replaces: Option<String>,
    /// Where a stranger checks it, with the number in it; also in the QR code.
    pub check_address: String,
    /// Blank for unit credit.
    pub regulator: String,
    /// Language of assessment, when it is not English.
    pub language: Option<String>,
    /// The units of a certificate of unit credit; none on one of a qualification.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub credited: Vec<CreditedUnit>,
    /// The version of the awarding body's theme that it is printed with; none where there was none yet.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub theme: Option<ThemeId>,
    /// Who signs; none for an empty line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signatory: Option<SignedBy>,
}

/// A unit on a certificate of unit credit.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct CreditedUnit {
    /// Number in the syllabus, e.g. `7016V1`.
    pub number: String,
    /// The unit reference number of the regulator's register.
    pub reference: String,
    pub title: String,
    pub level: u32,
    pub credits: u32,
}

impl CertificateFace {
    /// Whether it is of unit credit, and of no qualification.
    pub fn is_credit(&self) -> bool {
        !self.credited.is_empty()
    }
}

/// Whose name stands under the line for the signature.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct SignedBy {
    pub name: String,
    pub role: String,
}

impl From<&Signatory> for SignedBy {
    fn from(signatory: &Signatory) -> Self {
        SignedBy {
            name: signatory.name.clone(),
            role: signatory.role.clone(),
        }
    }
}

/// What papers are drawn with, beside what stands on them. By default as the program draws them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Look {
    /// `#rrggbb`; readable on white paper.
    pub accent: Option<String>,
    pub logo: Option<Picture>,
    pub signature: Option<Picture>,
}

/// A picture, PNG or JPEG.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    pub bytes: Vec<u8>,
    pub media: String,
    /// What it shows, for readers who do not see it.
    pub described: String,
}

/// One line of a transcript.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct TranscriptUnit {
    pub number: String,
    pub reference: String,
    pub title: String,
    pub level: u32,
    pub credits: u32,
    #[schema(value_type = String, format = Date)]
    pub achieved_on: Date,
    /// The result of a graded unit; none where the unit is not graded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
}

/// A transcript of units.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct Transcript {
    pub face: CertificateFace,
    pub units: Vec<TranscriptUnit>,
}

/// Makes PDFs. The same input gives the same bytes.
pub trait Printer: Send + Sync {
    /// The certificate as PDF bytes; an error says in words what does not fit or cannot be drawn.
    fn certificate(&self, face: &CertificateFace, look: &Look) -> Result<Vec<u8>, String>;
    /// The transcript as PDF bytes.
    fn transcript(&self, transcript: &Transcript, look: &Look) -> Result<Vec<u8>, String>;
}
