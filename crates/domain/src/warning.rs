//! What a rule lets pass but wants known: shown with the act, never in its way.

/// What a warning is about. A code never changes its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum WarningCode {
    /// The qualification or the registration ends soon (QS-07, AW-05).
    EndsSoon,
    /// The registration is over already on the day on which it is made (practice, section 6).
    AlreadyOver,
    /// The learner has not said which authority and responsibility they hold (QS-03).
    ForAdvice,
    /// Registered after the deadline from the start of the course (practice, section 6).
    RegisteredLate,
    /// The unique learner number is not yet known (practice, section 23.3).
    UlnNotYetKnown,
    /// Identity still has to be confirmed before a claim (practice, section 6).
    IdentityOpen,
    /// Without an e-mail address no invitation can be sent.
    NoEmail,
    /// The choice of units does not yet satisfy the rule of combination (practice, section 2.3).
    ChoiceIncomplete,
    /// The choice satisfies the rule with units to spare.
    BeyondTheNeed,
    /// A date of the plan lies after a date that it should not pass.
    TargetLate,
    /// The assessor is in training; a qualified assessor has to countersign (SD-4).
    Trainee,
    /// A planned unit has no assessor yet.
    NoAssessor,
    /// No internal verifier is named yet.
    NoVerifier,
}

impl WarningCode {
    /// The code as shown: capitals and underscores.
    pub fn as_str(self) -> &'static str {
        match self {
            WarningCode::EndsSoon => "ENDS_SOON",
            WarningCode::AlreadyOver => "ALREADY_OVER",
            WarningCode::ForAdvice => "FOR_ADVICE",
            WarningCode::RegisteredLate => "REGISTERED_LATE",
            WarningCode::UlnNotYetKnown => "ULN_NOT_YET_KNOWN",
            WarningCode::IdentityOpen => "IDENTITY_OPEN",
            WarningCode::NoEmail => "NO_EMAIL",
            WarningCode::ChoiceIncomplete => "CHOICE_INCOMPLETE",
            WarningCode::BeyondTheNeed => "BEYOND_THE_NEED",
            WarningCode::TargetLate => "TARGET_LATE",
            WarningCode::Trainee => "TRAINEE",
            WarningCode::NoAssessor => "NO_ASSESSOR",
            WarningCode::NoVerifier => "NO_VERIFIER",
        }
    }
}

/// One thing to know.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Warning {
    pub code: WarningCode,
    /// One plain sentence with its numbers.
    pub says: String,
    /// Where it comes from: requirement ID or practice section.
    pub source: String,
}

impl Warning {
    pub fn new(code: WarningCode, says: impl Into<String>, source: impl Into<String>) -> Self {
        Warning {
            code,
            says: says.into(),
            source: source.into(),
        }
    }
}
