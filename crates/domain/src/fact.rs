//! What can have happened, in the past tense; its exact bytes, versioned.
//!
//! A fact is written once and never changed: a later fact may supersede it. Facts hold ids, dates, numbers, codes and
//! [`Sealed`] references, never a person's name, a date of birth, a contact, a title of evidence, the plain hash of a
//! person's file or free text. (An awarding body's own name and logo, which it publishes, are no private content.)
//! The bytes of an entry are the JSON of [`Entry`] in field order; `tests/fact_bytes.rs` holds one of each kind as golden
//! bytes. A new field is optional with a default (`serde(default, skip_serializing_if)`), so that old bytes stay true.

use crate::actor::{Role, Via};
use crate::award::{DispatchMeans, NameProof, ThemePicture};
use crate::id::*;
use crate::sealed::Sealed;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// The version of the entry format.
pub const ENTRY_VERSION: u32 = 1;

/// One leaf of the ledger: who did what, when, through which door.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// [`ENTRY_VERSION`].
    pub v: u32,
    /// Instant, as stored (fixed-width UTC).
    pub at: String,
    /// The civil date of the act at the installation.
    pub on: Date,
    /// Who acted; none for the installation itself (its founding, the passing of a date).
    pub by: Option<PersonId>,
    pub via: Via,
    /// Facts of one act share its id, so that an act is seen whole.
    pub act: String,
    pub fact: Fact,
}

impl Entry {
    /// The exact bytes that the ledger keeps.
    ///
    /// # Errors
    /// Never for facts of this program; the error is passed on rather than assumed away.
    pub fn bytes(&self) -> Result<Vec<u8>, serde_json::Error> {
        serde_json::to_vec(self)
    }

    /// Reads an entry back from its bytes.
    pub fn read(bytes: &[u8]) -> Result<Entry, serde_json::Error> {
        serde_json::from_slice(bytes)
    }
}

/// A criterion of a unit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
pub struct CriterionRef {
    /// Unit number, e.g. `7020V1`.
    pub unit: String,
    /// Criterion number within the unit, e.g. `5.4`.
    pub criterion: String,
}

/// A unit of a plan, with the date by which the learner means to hand it in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PlannedUnit {
    pub unit: String,
    #[schema(value_type = Option<String>, format = Date)]
    pub target_on: Option<Date>,
}

/// How a piece of evidence came to be (LW-09; practice, section 7).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// Written in the browser.
    Written,
    /// An uploaded document, picture or recording.
    File,
    /// Questions and answers of a viva voce, recorded by an assessor or tutor.
    Viva,
    /// An observation, recorded by the observer.
    Observation,
}

/// Where a passage stands in a version of a piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(tag = "in", rename_all = "snake_case")]
pub enum Place {
    /// Characters `from..until` of the plain text.
    Text { from: u32, until: u32 },
    /// A page, counted from 1.
    Page { page: u32 },
    /// A stretch of a recording, in seconds.
    Time { from: u32, until: u32 },
    /// The whole piece.
    Whole,
}

/// One version of a piece of evidence, as handed in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, utoipa::ToSchema)]
pub struct EvidenceVersion {
    pub evidence: EvidenceId,
    pub version: u32,
}

/// The learner's answer on tools that generate text (practice, section 17).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum AiUse {
    None,
    Research,
    Language,
    Other,
}

/// The declaration made at each hand-in (LW-01; practice, section 8).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Declaration {
    /// "This is my own work, and what is not is marked as such."
    pub own_work: bool,
    pub ai_use: AiUse,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ai_detail: Option<Sealed>,
}

/// Why a submission went back before marking; never counts as a referral (practice, section 9.1).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ReturnGround {
    WordCount,
    Signposting,
    Appendices,
    Unreadable,
    WrongUnit,
    Other,
}

/// What an assessor decides on one criterion. There is no grade (JU-05).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum CriterionDecision {
    Met,
    NotYetMet,
}

/// The eight quality judgements of a piece of work (JU-06; LW-01 to LW-05).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    Accurate,
    Current,
    Authentic,
    Depth,
    Breadth,
    Concepts,
    TheoryToPractice,
    Communication,
}

/// One criterion of a signed judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedCriterion {
    pub criterion: String,
    pub decision: CriterionDecision,
    /// The reason, sealed when it was saved.
    pub reason: Sealed,
    /// Passages the decision rests on; required where it is met.
    pub passages: Vec<PassageId>,
    /// On a "not yet met": the words of the criterion that are not yet answered (JU-09).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub words: Option<String>,
}

/// One quality of a signed judgement.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignedQuality {
    pub quality: Quality,
    pub satisfied: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remark: Option<Sealed>,
}

/// The result of a judgement on one submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Every criterion met and every quality satisfied; provisional until verified.
    Passed,
    /// At least one criterion not yet met.
    Referred,
}

/// What an internal verifier finds on one criterion.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct VerifiedCriterion {
    pub criterion: String,
    pub agrees: bool,
    /// Required where the verifier disagrees.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<Sealed>,
}

/// A unit of a claim or an award, with the judgement it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AchievedUnit {
    pub unit: String,
    pub credits: u32,
    pub judgement: JudgementId,
    /// The day on which the unit result became final.
    pub achieved_on: Date,
}

/// Why a key signs no longer (docs/keys.md).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RetirementGround {
    /// Another key took its place in good order.
    Rotated,
    /// Its secret half is gone; nobody else is thought to have it.
    Lost,
    /// Somebody else may have its secret half.
    Exposed,
}

impl RetirementGround {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            RetirementGround::Rotated => "rotated",
            RetirementGround::Lost => "lost",
            RetirementGround::Exposed => "exposed",
        }
    }
}

/// Everything that can have happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fact", rename_all = "snake_case")]
#[allow(clippy::large_enum_variant)] // facts are decided in handfuls; boxing would blur the shape of the bytes
pub enum Fact {
    // The installation and its awarding body
    InstallationFounded {
        awarding_body: String,
        awarding_body_short: String,
        time_zone: String,
    },

    // The keys that sign the ledger
    /// From here on this key signs what the ledger says of itself.
    SigningKeyIntroduced {
        /// The public key, `name+id+key` (C2SP signed-note).
        key: String,
    },
    /// From here on nothing that this key signs counts; what it signed before stays valid, save where it was exposed.
    SigningKeyRetired {
        /// The id of the key: eight hexadecimal digits.
        key: String,
        ground: RetirementGround,
    },

    // People and their roles
    PersonAdded {
        person: PersonId,
        /// JSON of `people::Details`: given name, family name, date of birth, e-mail.
        details: Sealed,
    },
    PersonDetailsChanged {
        person: PersonId,
        details: Sealed,
        because: Sealed,
    },
    /// Private content about the person was erased; what the award record needs stays as ids and digests.
    PersonErased {
        person: PersonId,
    },
    RoleGranted {
        grant: GrantId,
        person: PersonId,
        role: Role,
        centre: Option<CentreId>,
        from: Date,
        until: Option<Date>,
        countersigned: bool,
    },
    RoleEnded {
        grant: GrantId,
        on: Date,
    },

    // Centres
    CentreApproved {
        centre: CentreId,
        /// The awarding body's number for the centre.
        number: String,
        name: String,
        on: Date,
    },
    CentreOffersQualification {
        centre: CentreId,
        /// The qualification's code, e.g. `7D2V2`.
        qualification: String,
        from: Date,
    },
    CentreStoppedOffering {
        centre: CentreId,
        qualification: String,
        on: Date,
    },
    /// The centre's own grade scale; empty grades switch it off (CE-13, JU-10). Never on the awarding body's papers.
    CentreGradesSet {
        centre: CentreId,
        scale: String,
        grades: Vec<String>,
    },

    // Specifications (practice, section 2.4)
    SpecificationDrafted {
        specification: SpecificationId,
        /// SHA-256 of the specification's text, lower-case hex.
        digest: String,
        title: String,
        version: String,
    },
    SpecificationChecked {
        specification: SpecificationId,
        errors: u32,
        warnings: u32,
    },
    SpecificationApproved {
        specification: SpecificationId,
    },
    SpecificationPublished {
        specification: SpecificationId,
    },

    // Registration and plan
    LearnerRegistered {
        registration: RegistrationId,
        learner: PersonId,
        centre: CentreId,
        specification: SpecificationId,
        qualification: String,
        /// The centre's or the awarding body's number for the learner on this registration; unique.
        number: String,
        start_on: Date,
        /// The last day on which the registration can be claimed on.
        ends_on: Date,
        /// How identity was confirmed, in words typed by a person and so sealed; none when it still has to be.
        identity: Option<Sealed>,
        /// The learner's answer on authority and responsibility held (QS-03); none marks the registration for advice.
        authority: Option<Sealed>,
        /// Unique learner number, sealed.
        uln: Option<Sealed>,
        /// Number of a learner who is a member of the awarding body already, sealed (MB-01).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        member_number: Option<Sealed>,
    },
    IdentityConfirmed {
        registration: RegistrationId,
        /// Which document was seen, in words typed by a person and so sealed.
        document: Sealed,
    },
    /// What was left open at registering is answered; what is none stays as it was (QS-03).
    RegistrationCompleted {
        registration: RegistrationId,
        /// Authority and responsibility held, in the learner's words.
        authority: Option<Sealed>,
        /// Unique learner number.
        uln: Option<Sealed>,
        /// Number of a learner who turned out to be a member of the awarding body already (MB-01).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        member_number: Option<Sealed>,
    },
    RegistrationWithdrawn {
        registration: RegistrationId,
        on: Date,
        because: Sealed,
    },
    /// The individual learning plan's units and dates; a later version supersedes an earlier one (RI-10).
    PlanAgreed {
        registration: RegistrationId,
        version: u32,
        units: Vec<PlannedUnit>,
        goals: Option<Sealed>,
        support: Option<Sealed>,
        review_on: Option<Date>,
        /// Required from version 2 on.
        because: Option<Sealed>,
    },
    StaffAllocated {
        registration: RegistrationId,
        unit: String,
        tutor: Option<PersonId>,
        assessor: Option<PersonId>,
        verifier: Option<PersonId>,
    },
    MessageSent {
        message: MessageId,
        registration: RegistrationId,
        unit: Option<String>,
        to: PersonId,
        text: Sealed,
    },

    // Evidence
    EvidenceStarted {
        evidence: EvidenceId,
        learner: PersonId,
        kind: EvidenceKind,
        title: Sealed,
    },
    EvidenceRenamed {
        evidence: EvidenceId,
        title: Sealed,
    },
    EvidenceSaved {
        evidence: EvidenceId,
        version: u32,
        /// JSON of `evidence::Content`: SHA-256 of the bytes, file name.
        content: Sealed,
        /// Media type as sniffed.
        media: String,
        bytes: u64,
        words: Option<u32>,
        pages: Option<u32>,
        /// True when the learner says that this piece is an appendix (LW-08).
        appendix: bool,
    },
    EvidenceWithdrawn {
        evidence: EvidenceId,
    },
    PassageMarked {
        passage: PassageId,
        evidence: EvidenceId,
        version: u32,
        place: Place,
        criteria: Vec<CriterionRef>,
        note: Option<Sealed>,
    },
    PassageUnmarked {
        passage: PassageId,
    },

    // Submission
    UnitSubmitted {
        submission: SubmissionId,
        registration: RegistrationId,
        unit: String,
        /// 1 for the first hand-in; a resubmission after a referral is attempt + 1.
        attempt: u32,
        /// 1; a hand-in again after a return before marking is revision + 1 of the same attempt.
        revision: u32,
        items: Vec<EvidenceVersion>,
        passages: Vec<PassageId>,
        /// Words counted under the profile's exclusions.
        words: u32,
        declaration: Declaration,
        /// SHA-256 over the items' content digests in order, lower-case hex: what was handed in can no longer change.
        frozen: String,
        changes: Option<Sealed>,
    },

    // Judgement
    SubmissionTaken {
        submission: SubmissionId,
    },
    SubmissionReturned {
        submission: SubmissionId,
        grounds: Vec<ReturnGround>,
        because: Sealed,
    },
    /// A decision as saved at the desk; a later one on the same criterion supersedes it. Not a result until signed.
    CriterionDecided {
        submission: SubmissionId,
        criterion: String,
        decision: CriterionDecision,
        reason: Sealed,
        passages: Vec<PassageId>,
        /// Command verbs of the criterion that the evidence answers, where it has several (QS-30).
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        verbs: Vec<String>,
        /// On a "not yet met": the words of the criterion that are not yet answered (JU-09).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        words: Option<String>,
    },
    QualityJudged {
        submission: SubmissionId,
        quality: Quality,
        satisfied: bool,
        remark: Option<Sealed>,
    },
    JudgementSigned {
        judgement: JudgementId,
        submission: SubmissionId,
        outcome: Outcome,
        criteria: Vec<SignedCriterion>,
        qualities: Vec<SignedQuality>,
        feedback: Option<Sealed>,
        /// An earlier judgement on the same submission that this one supersedes.
        supersedes: Option<JudgementId>,
        /// True when a trainee signed and a qualified assessor has to countersign (SD-4).
        countersignature_due: bool,
        /// The order under which an external assessor judged for the awarding body (EA-03).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        order: Option<OrderId>,
    },
    JudgementCountersigned {
        judgement: JudgementId,
    },
    OwnGradeRecorded {
        submission: SubmissionId,
        /// JSON: scale and grade, sealed, on a sheet of its own.
        grade: Sealed,
    },

    // Internal verification
    JudgementVerified {
        verification: VerificationId,
        judgement: JudgementId,
        agreed: bool,
        criteria: Vec<VerifiedCriterion>,
        remark: Option<Sealed>,
    },
    /// The verifier leaves a judgement out of the sample, with the reason.
    JudgementNotSampled {
        verification: VerificationId,
        judgement: JudgementId,
        because: Sealed,
    },

    // External assessment (practice, section 14)
    /// The centre orders that the awarding body assesses a unit of a registration.
    ExternalAssessmentOrdered {
        order: OrderId,
        registration: RegistrationId,
        unit: String,
    },
    /// The centre withdraws an order before the work was received.
    ExternalAssessmentWithdrawn {
        order: OrderId,
    },
    /// The awarding body has the work that was handed in.
    ExternalAssessmentReceived {
        order: OrderId,
        submission: SubmissionId,
        revision: u32,
        /// The day by which the result is due, by the profile in force that day (EA-04).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        due_on: Option<Date>,
    },
    /// Who marks under an order; a later one supersedes it.
    ExternalAssessorAllocated {
        order: OrderId,
        assessor: PersonId,
    },

    // Claim, award, certificate
    AwardClaimed {
        claim: ClaimId,
        registration: RegistrationId,
        qualification: String,
        units: Vec<AchievedUnit>,
    },
    ClaimReturned {
        claim: ClaimId,
        because: Sealed,
    },
    AwardReleased {
        award: AwardId,
        claim: ClaimId,
        registration: RegistrationId,
        qualification: String,
        credits: u32,
        on: Date,
    },
    /// Credit is claimed for single units of the registration's syllabus.
    CreditClaimed {
        claim: ClaimId,
        registration: RegistrationId,
        units: Vec<AchievedUnit>,
    },
    CreditReleased {
        award: AwardId,
        claim: ClaimId,
        registration: RegistrationId,
        credits: u32,
        on: Date,
    },
    CertificateIssued {
        certificate: CertificateId,
        award: AwardId,
        /// Number with check character, as printed.
        number: String,
        /// JSON of `certificate::Face`: every field as printed, sealed, and the SHA-256 of the exact PDF bytes.
        face: Sealed,
        on: Date,
        replaces: Option<CertificateId>,
    },
    CertificateRevoked {
        certificate: CertificateId,
        on: Date,
        because: Sealed,
    },
    /// The paper was sent or handed over (practice, section 20.2).
    CertificateDispatched {
        certificate: CertificateId,
        on: Date,
        means: DispatchMeans,
        /// To whom, or a tracking number.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        detail: Option<Sealed>,
    },
    /// The paper came back.
    CertificateUndelivered {
        certificate: CertificateId,
        on: Date,
        because: Sealed,
        /// The last day on which it is kept, by the profile in force that day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        keep_until: Option<Date>,
    },
    /// The paper was sent before dispatches were recorded here, at the latest on this day.
    CertificateDispatchSettled {
        certificate: CertificateId,
        on: Date,
        because: Sealed,
    },
    /// Somebody entitled asks for a certificate in another name.
    NameChangeAsked {
        change: NameChangeId,
        /// The certificate that is to be replaced.
        certificate: CertificateId,
        award: AwardId,
        /// JSON of `award::NewName`: given and family name.
        name: Sealed,
        proof: NameProof,
        /// Which document it is, in words typed by a person and so sealed.
        document: Sealed,
    },
    /// The centre or the awarding body has seen the original of the proof.
    NameProofSeen {
        change: NameChangeId,
        /// What was seen; none when whoever asked had the proof before them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        seen: Option<Sealed>,
    },
    NameChangeApproved {
        change: NameChangeId,
        /// The certificate in the new name.
        certificate: CertificateId,
    },
    NameChangeRefused {
        change: NameChangeId,
        because: Sealed,
    },
    /// Somebody of the staff says that results of an award may be wrong (practice, section 19).
    ResultFlagged {
        correction: CorrectionId,
        award: AwardId,
        judgements: Vec<JudgementId>,
        because: Sealed,
    },
    /// The facts are gathered. A later one supersedes it until it is decided.
    CorrectionAssessed {
        correction: CorrectionId,
        /// Whether somebody is the worse for it.
        adverse: bool,
        finding: Sealed,
    },
    /// The results count no more; the work goes back to its assessor, whose new judgement supersedes the old one.
    ResultCorrected {
        correction: CorrectionId,
        judgements: Vec<JudgementId>,
        because: Sealed,
        /// When and how the regulator was told.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        regulator: Option<Sealed>,
    },
    /// The award stands no more, because a result that it counts was corrected.
    AwardWithdrawn {
        award: AwardId,
        correction: CorrectionId,
        on: Date,
    },
    /// The results stay as they are.
    CorrectionLeft {
        correction: CorrectionId,
        because: Sealed,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        regulator: Option<Sealed>,
    },
    /// How the papers of an awarding body look from a day on; what was issued before is not changed by it.
    AwardingBodyThemed {
        theme: ThemeId,
        /// As specifications name it.
        awarding_body: String,
        /// As its papers name it: in full, as recognised (practice, section 20.1).
        printed_as: String,
        /// `#rrggbb`.
        accent: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        logo: Option<ThemePicture>,
        /// JSON of `award::Signatory`: name, role and the picture of the signature.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        signatory: Option<Sealed>,
        from: Date,
    },
}

impl Fact {
    /// The fact's name as in its bytes, e.g. `judgement_signed`.
    pub fn name(&self) -> String {
        serde_json::to_value(self)
            .ok()
            .and_then(|value| {
                value
                    .get("fact")
                    .and_then(|name| name.as_str().map(str::to_owned))
            })
            .unwrap_or_default()
    }
}
