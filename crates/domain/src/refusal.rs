//! How the rules say no: why, what would make it pass, who can do that, and where the rule comes from.

use std::fmt;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $code:literal;)*) => {
        /// Refusal codes (practice, section 25, and those that building added). A code never changes its meaning.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Code { $($(#[$doc])* $name,)* }

        impl Code {
            /// Every code, in the order of the documentation.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];
            /// The code as shown: capitals and underscores.
            pub fn as_str(self) -> &'static str {
                match self { $(Code::$name => $code,)* }
            }
        }
    };
}

codes! {
    SpecLocked = "SPEC_LOCKED";
    SpecNotOnRegister = "SPEC_NOT_ON_REGISTER";
    SpecTitle = "SPEC_TITLE";
    SpecCreditTqt = "SPEC_CREDIT_TQT";
    SpecNotChecked = "SPEC_NOT_CHECKED";
    SpecNotPublished = "SPEC_NOT_PUBLISHED";
    SpecOwnApproval = "SPEC_OWN_APPROVAL";
    /// A syllabus that was read has findings that nobody settled.
    SpecFindingsOpen = "SPEC_FINDINGS_OPEN";
    /// A finding cannot be settled in this way.
    SpecSettling = "SPEC_SETTLING";
    CentreNotApproved = "CENTRE_NOT_APPROVED";
    CentreSanction = "CENTRE_SANCTION";
    CentreCap = "CENTRE_CAP";
    CentreDuplicate = "CENTRE_DUPLICATE";
    StaffNotCompetent = "STAFF_NOT_COMPETENT";
    StaffLapsed = "STAFF_LAPSED";
    PersonDuplicate = "PERSON_DUPLICATE";
    RoleMissing = "ROLE_MISSING";
    RoleDuplicate = "ROLE_DUPLICATE";
    LastAdministrator = "LAST_ADMINISTRATOR";
    /// The internal verifier is the assessor, countersigner or tutor of the decision.
    Sd1 = "SD_1";
    Sd2 = "SD_2";
    Sd3 = "SD_3";
    Sd4 = "SD_4";
    Sd5 = "SD_5";
    Sd6 = "SD_6";
    Sd7 = "SD_7";
    /// The claimant is the only assessor of the learner, or releases their own claim.
    Sd8 = "SD_8";
    Sd9 = "SD_9";
    Sd10 = "SD_10";
    Sd11 = "SD_11";
    Sd12 = "SD_12";
    CoiBlock = "COI_BLOCK";
    RegAge = "REG_AGE";
    RegDeadline = "REG_DEADLINE";
    RegClosed = "REG_CLOSED";
    RegDuplicate = "REG_DUPLICATE";
    RegIdUnconfirmed = "REG_ID_UNCONFIRMED";
    RegExpired = "REG_EXPIRED";
    RegWithdrawn = "REG_WITHDRAWN";
    RegUnknownQualification = "REG_UNKNOWN_QUALIFICATION";
    UlnCheck = "ULN_CHECK";
    UnitUnknown = "UNIT_UNKNOWN";
    UnitNotChosen = "UNIT_NOT_CHOSEN";
    UnitInProgress = "UNIT_IN_PROGRESS";
    PlanReason = "PLAN_REASON";
    DateOrder = "DATE_ORDER";
    DateFuture = "DATE_FUTURE";
    AllocationMissing = "ALLOCATION_MISSING";
    EvidenceUndeclared = "EVIDENCE_UNDECLARED";
    EvidenceFrozen = "EVIDENCE_FROZEN";
    EvidenceBeforeReg = "EVIDENCE_BEFORE_REG";
    EvidenceEmpty = "EVIDENCE_EMPTY";
    EvidenceKind = "EVIDENCE_KIND";
    EvidenceTooLarge = "EVIDENCE_TOO_LARGE";
    EvidenceUnreadable = "EVIDENCE_UNREADABLE";
    /// The installation has no room for the file at the moment.
    EvidenceNoRoom = "EVIDENCE_NO_ROOM";
    PassageOutside = "PASSAGE_OUTSIDE";
    SubmissionOpen = "SUBMISSION_OPEN";
    SubmissionState = "SUBMISSION_STATE";
    NotTheAssessor = "NOT_THE_ASSESSOR";
    DecisionMissing = "DECISION_MISSING";
    DecisionNoReason = "DECISION_NO_REASON";
    DecisionNoEvidence = "DECISION_NO_EVIDENCE";
    DecisionNoCriterion = "DECISION_NO_CRITERION";
    DecisionSigned = "DECISION_SIGNED";
    DecisionBeforeEvidence = "DECISION_BEFORE_EVIDENCE";
    QualityMissing = "QUALITY_MISSING";
    QualityOpen = "QUALITY_OPEN";
    ToldApart = "TOLD_APART";
    ListedOnly = "LISTED_ONLY";
    /// A criterion with several command verbs is met only when each is answered (QS-30).
    VerbOpen = "VERB_OPEN";
    /// A "not yet met" does not cite words of the criterion (JU-09, QS-25).
    WordsNotInCriterion = "WORDS_NOT_IN_CRITERION";
    AttemptLimit = "ATTEMPT_LIMIT";
    ReturnLimit = "RETURN_LIMIT";
    ResubCondition = "RESUB_CONDITION";
    CountersignMissing = "COUNTERSIGN_MISSING";
    IqaOwnWork = "IQA_OWN_WORK";
    SampleRemove = "SAMPLE_REMOVE";
    IqaActionOpen = "IQA_ACTION_OPEN";
    VerificationReason = "VERIFICATION_REASON";
    PlanRed = "PLAN_RED";
    HoldMalpractice = "HOLD_MALPRACTICE";
    HoldAppeal = "HOLD_APPEAL";
    RocNotMet = "ROC_NOT_MET";
    UnitNotFinal = "UNIT_NOT_FINAL";
    ClaimTooEarly = "CLAIM_TOO_EARLY";
    ClaimClosed = "CLAIM_CLOSED";
    ClaimOpen = "CLAIM_OPEN";
    ClaimState = "CLAIM_STATE";
    AlreadyAwarded = "ALREADY_AWARDED";
    NoDcsNoEqa = "NO_DCS_NO_EQA";
    NameIncomplete = "NAME_INCOMPLETE";
    RplBarred = "RPL_BARRED";
    RplExternal = "RPL_EXTERNAL";
    RaStandardChanged = "RA_STANDARD_CHANGED";
    CertNotEntitled = "CERT_NOT_ENTITLED";
    CertRevoked = "CERT_REVOKED";
    /// A certificate cannot be printed as it would have to stand: something is missing, too long or cannot be drawn.
    CertNotPrinted = "CERT_NOT_PRINTED";
    /// The paper of a certificate is not where the act needs it to be.
    CertDelivery = "CERT_DELIVERY";
    /// The name asked for, or registered, does not go with the one on the certificate.
    CertName = "CERT_NAME";
    /// A change of name is not where the act needs it to be.
    NameChangeState = "NAME_CHANGE_STATE";
    /// A correction is not where the act needs it to be.
    CorrectionState = "CORRECTION_STATE";
    /// The awarding body assesses the unit, so the centre neither judges nor verifies it.
    ExternallyAssessed = "EXTERNALLY_ASSESSED";
    /// Whoever marks or verifies for the awarding body is of the centre whose work it is.
    FromTheCentre = "FROM_THE_CENTRE";
    /// An order of external assessment is not where the act needs it to be.
    OrderState = "ORDER_STATE";
    /// As many units as the policy allows are ordered to be assessed externally.
    OrderLimit = "ORDER_LIMIT";
    /// The proof of a name was not seen in the original.
    NameProofUnseen = "NAME_PROOF_UNSEEN";
    /// A colour that cannot be read on white paper, or is none.
    ThemeColour = "THEME_COLOUR";
    /// A file that is not a picture that can be printed.
    ThemePicture = "THEME_PICTURE";
    RetentionHold = "RETENTION_HOLD";
    GradesOff = "GRADES_OFF";
    /// A required answer is missing or cannot be used; the refusal names the field.
    FieldMissing = "FIELD_MISSING";
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl serde::Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// One reason why an act is refused.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Refusal {
    #[schema(value_type = String, example = "SD_1")]
    pub code: Code,
    /// Why, as one plain sentence with its numbers.
    pub because: String,
    /// What would make it pass.
    pub remedy: String,
    /// Who can do that.
    pub who: String,
    /// Where the rule comes from: requirement ID, practice section, or a condition of the regulator.
    pub source: String,
    /// The form field it belongs to, where it belongs to one.
    pub field: Option<String>,
}

impl Refusal {
    /// A refusal with its reason; say the remedy, who can and the source with the methods below.
    pub fn new(code: Code, because: impl Into<String>) -> Self {
        Refusal {
            code,
            because: because.into(),
            remedy: String::new(),
            who: String::new(),
            source: String::new(),
            field: None,
        }
    }
    pub fn remedy(mut self, remedy: impl Into<String>) -> Self {
        self.remedy = remedy.into();
        self
    }
    pub fn who(mut self, who: impl Into<String>) -> Self {
        self.who = who.into();
        self
    }
    pub fn source(mut self, source: impl Into<String>) -> Self {
        self.source = source.into();
        self
    }
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }
}

/// All the reasons why an act is refused, at once; never empty when it is an error.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Refusals(pub Vec<Refusal>);

impl Refusals {
    pub fn new() -> Self {
        Refusals::default()
    }
    /// Adds a reason.
    pub fn push(&mut self, refusal: Refusal) {
        self.0.push(refusal);
    }
    /// Keeps the reason of a failed check and goes on, so that all reasons are told together.
    pub fn check(&mut self, result: Result<(), Refusal>) {
        if let Err(refusal) = result {
            self.0.push(refusal);
        }
    }
    /// `Ok` when nothing was refused.
    pub fn ok(self) -> Result<(), Refusals> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
    pub fn codes(&self) -> Vec<Code> {
        self.0.iter().map(|refusal| refusal.code).collect()
    }
}

impl From<Refusal> for Refusals {
    fn from(refusal: Refusal) -> Self {
        Refusals(vec![refusal])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_codes_share_a_text() {
        let mut texts: Vec<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
        texts.sort_unstable();
        let count = texts.len();
        texts.dedup();
        assert_eq!(texts.len(), count);
    }
}
