//! The few kinds of facts that an award rests on, read from the ledger's exact bytes (JSON).
//!
//! This reading is separate from the program's own on purpose: a verifier must not share the code of what it checks. Members
//! that are not named here are passed over, since later versions add some; a test holds the two readings in step.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The version of the entry format that is read.
pub const ENTRY_VERSION: u32 = 1;

/// One leaf of the ledger.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// [`ENTRY_VERSION`].
    pub v: u32,
    /// Instant, fixed-width UTC, so that text order is time order.
    pub at: String,
    /// Civil date of the act.
    pub on: Date,
    /// Who acted, as a pseudonymous id; none for the installation itself.
    #[serde(default)]
    pub by: Option<String>,
    pub fact: Fact,
}

/// A reference to private content: SHA-256(salt ‖ content), lower-case hex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sealed {
    pub digest: String,
}

/// One criterion of a signed judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedCriterion {
    pub criterion: String,
    /// `met` or `not_yet_met`.
    pub decision: String,
    pub reason: Sealed,
    /// Ids of the passages that it rests on.
    pub passages: Vec<String>,
}

/// A version of a piece of evidence that was handed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandedIn {
    pub evidence: String,
    pub version: u32,
}

/// One of the eight qualities of a signed judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedQuality {
    pub quality: String,
    pub satisfied: bool,
}

/// What a verifier found on one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedCriterion {
    pub criterion: String,
    pub agrees: bool,
}

/// A unit of a claim.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AchievedUnit {
    pub unit: String,
    pub credits: u32,
    pub judgement: String,
    pub achieved_on: Date,
}

/// What has happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
pub enum Fact {
    SigningKeyIntroduced {
        key: String,
    },
    SigningKeyRetired {
        key: String,
        /// `rotated`, `lost` or `exposed`.
        ground: String,
    },
    RoleGranted {
        grant: String,
        person: String,
        role: String,
        centre: Option<String>,
        from: Date,
        until: Option<Date>,
        /// A trainee, whose judgements need a countersignature (SD-4).
        countersigned: bool,
    },
    RoleEnded {
        grant: String,
        on: Date,
    },
    SpecificationDrafted {
        specification: String,
        /// SHA-256 of the text, lower-case hex.
        digest: String,
    },
    SpecificationApproved {
        specification: String,
    },
    SpecificationPublished {
        specification: String,
    },
    LearnerRegistered {
        registration: String,
        learner: String,
        centre: String,
        specification: String,
        qualification: String,
        start_on: Date,
        ends_on: Date,
        /// A sealed note on the document that was seen; none when it still had to be.
        identity: Option<Sealed>,
    },
    IdentityConfirmed {
        registration: String,
    },
    RegistrationWithdrawn {
        registration: String,
        on: Date,
    },
    EvidenceSaved {
        evidence: String,
        version: u32,
        /// Sealed SHA-256 and name of the file.
        content: Sealed,
    },
    PassageMarked {
        passage: String,
        evidence: String,
        version: u32,
    },
    UnitSubmitted {
        submission: String,
        registration: String,
        unit: String,
        attempt: u32,
        /// What was handed in.
        items: Vec<HandedIn>,
    },
    JudgementSigned {
        judgement: String,
        submission: String,
        /// `passed` or `referred`.
        outcome: String,
        criteria: Vec<SignedCriterion>,
        qualities: Vec<SignedQuality>,
        supersedes: Option<String>,
        countersignature_due: bool,
        /// The order under which an external assessor judged for the awarding body; missing otherwise.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<String>,
    },
    JudgementCountersigned {
        judgement: String,
    },
    JudgementVerified {
        judgement: String,
        agreed: bool,
        criteria: Vec<VerifiedCriterion>,
    },
    JudgementNotSampled {
        judgement: String,
        because: Sealed,
    },
    /// The centre orders that the awarding body assesses a unit.
    ExternalAssessmentOrdered {
        order: String,
        registration: String,
        unit: String,
    },
    ExternalAssessmentWithdrawn {
        order: String,
    },
    ExternalAssessmentReceived {
        order: String,
        submission: String,
        revision: u32,
    },
    ExternalAssessorAllocated {
        order: String,
        assessor: String,
    },
    AwardClaimed {
        claim: String,
        registration: String,
        qualification: String,
        units: Vec<AchievedUnit>,
    },
    AwardReleased {
        award: String,
        claim: String,
        registration: String,
        qualification: String,
        credits: u32,
        on: Date,
    },
    CreditClaimed {
        claim: String,
        registration: String,
        units: Vec<AchievedUnit>,
    },
    CreditReleased {
        award: String,
        claim: String,
        registration: String,
        credits: u32,
        on: Date,
    },
    CertificateIssued {
        certificate: String,
        award: String,
        number: String,
        face: Sealed,
        on: Date,
        replaces: Option<String>,
    },
    CertificateRevoked {
        certificate: String,
        on: Date,
    },
    /// These judgements count no more.
    ResultCorrected {
        judgements: Vec<String>,
    },
    AwardWithdrawn {
        award: String,
        on: Date,
    },
    /// A kind that no award rests on.
    #[serde(other)]
    Other,
}

impl Entry {
    /// Reads an entry from its exact bytes.
    ///
    /// Errors: it is not JSON of this form.
    pub fn read(bytes: &[u8]) -> Result<Entry, serde_json::Error> {
        serde_json::from_slice(bytes)
    }
}
