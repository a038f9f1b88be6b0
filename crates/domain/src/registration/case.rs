//! What must be known to decide on a registration; loaded by the application, written by hand in tests.

use crate::id::{CentreId, PersonId, RegistrationId, SpecificationId};
use assay_specification::Size;
use jiff::civil::Date;

/// The state of a registration (practice, section 6; the states that the journey uses).
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    utoipa::ToSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum RegistrationState {
    Active,
    Withdrawn,
    Awarded,
}

impl RegistrationState {
    /// All states, in the order of a life.
    pub const ALL: [RegistrationState; 3] = [
        RegistrationState::Active,
        RegistrationState::Awarded,
        RegistrationState::Withdrawn,
    ];

    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            RegistrationState::Active => "active",
            RegistrationState::Withdrawn => "withdrawn",
            RegistrationState::Awarded => "awarded",
        }
    }

    /// As a person reads it.
    pub fn title(self) -> &'static str {
        match self {
            RegistrationState::Active => "Active",
            RegistrationState::Withdrawn => "Withdrawn",
            RegistrationState::Awarded => "Awarded",
        }
    }
}

impl std::str::FromStr for RegistrationState {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        RegistrationState::ALL
            .into_iter()
            .find(|state| state.as_str() == text)
            .ok_or_else(|| format!("expected a state of a registration, found {text:?}"))
    }
}

/// The centre at which a learner is to be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CentreStanding {
    pub id: CentreId,
    /// The awarding body's number for the centre.
    pub number: String,
    pub name: String,
}

/// From when until when the centre offers a qualification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offering {
    pub from: Date,
    /// The last day, if the centre has stopped.
    pub until: Option<Date>,
}

impl Offering {
    /// Whether the qualification is offered on a day.
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// A qualification of a published specification, with the figures that registration needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualificationOnOffer {
    pub specification: SpecificationId,
    /// Code, e.g. `7D2V2`.
    pub code: String,
    /// The full title (QS-06).
    pub title: String,
    pub size: Size,
    pub minimum_age: Option<u32>,
    /// First day of registration.
    pub operational_from: Date,
    /// Last day of registration.
    pub registration_ends: Date,
    /// Last day of certification, where the document names one.
    pub certification_ends: Option<Date>,
}

/// What is known of the person who is to be registered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LearnerFound {
    /// Nobody like this is known at the centre.
    New,
    /// The same person is known; their earlier achievements stay theirs (QS-20).
    Known {
        person: PersonId,
        /// Whether they hold the role of learner at this centre already.
        has_role: bool,
    },
    /// The e-mail address belongs to somebody with another name or date of birth.
    EmailOfAnother,
}

/// Why two registrations look like the same learner's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sameness {
    NameAndBirth,
    Email,
    Uln,
    Number,
}

impl Sameness {
    fn words(self) -> &'static str {
        match self {
            Sameness::NameAndBirth => "the same name and date of birth",
            Sameness::Email => "the same e-mail address",
            Sameness::Uln => "the same unique learner number",
            Sameness::Number => "the same registration number",
        }
    }
}

impl std::fmt::Display for Sameness {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.words())
    }
}

/// Another active registration on the same qualification at the same centre that looks like the same learner's, or any
/// registration that holds the same number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OtherRegistration {
    /// None for a row of the file that is being read.
    pub registration: Option<RegistrationId>,
    /// How it is named to people: its number, or `row 3 of this file`.
    pub named: String,
    pub by: Sameness,
}

/// What must be known to decide on a registration.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegistrationCase {
    pub centre: CentreStanding,
    /// The qualification that the code names; none when no published specification has it.
    pub qualification: Option<QualificationOnOffer>,
    /// The codes that the centre offers, for the remedy of an unknown one.
    pub codes_offered: Vec<String>,
    /// When the centre offers this qualification; empty when it never did.
    pub offerings: Vec<Offering>,
    pub learner: LearnerFound,
    pub others: Vec<OtherRegistration>,
    /// The running number that the centre's next registration would take.
    pub running: u32,
}
