//! What the application needs of a printer. The program hands one in, so that only the program is built with Typst.

use jiff::civil::Date;

/// Everything that stands on a certificate (practice, section 20.1). There is no grade (AW-07).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
pub struct CertificateFace {
    pub awarding_body: String,
    pub learner_name: String,
    pub learner_number: String,
    /// Title exactly as in the specification.
    pub title: String,
    pub qualification_number: String,
    pub qualification_code: String,
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
    pub regulator: String,
    /// Language of assessment, when it is not English.
    pub language: Option<String>,
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
    fn certificate(&self, face: &CertificateFace) -> Result<Vec<u8>, String>;
    /// The transcript as PDF bytes.
    fn transcript(&self, transcript: &Transcript) -> Result<Vec<u8>, String>;
}
