//! Who acts, in which role, for whom.

use crate::id::{CentreId, GrantId, PersonId};
use crate::refusal::{Code, Refusal};
use jiff::civil::Date;
use std::fmt;
use std::str::FromStr;

/// The roles of the trade (practice, section 1). One person may hold several; separation of duty is judged per act on
/// a given learner, unit and decision, never per sign-in.
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
pub enum Role {
    Learner,
    Tutor,
    Assessor,
    InternalVerifier,
    Coordinator,
    QualityManager,
    Administrator,
    /// Of the awarding body: marks units that centres send to it (EA-07).
    ExternalAssessor,
}

impl Role {
    pub const ALL: [Role; 8] = [
        Role::Learner,
        Role::Tutor,
        Role::Assessor,
        Role::InternalVerifier,
        Role::Coordinator,
        Role::QualityManager,
        Role::Administrator,
        Role::ExternalAssessor,
    ];

    /// As stored and as written into facts.
    pub fn as_str(self) -> &'static str {
        match self {
            Role::Learner => "learner",
            Role::Tutor => "tutor",
            Role::Assessor => "assessor",
            Role::InternalVerifier => "internal_verifier",
            Role::Coordinator => "coordinator",
            Role::QualityManager => "quality_manager",
            Role::Administrator => "administrator",
            Role::ExternalAssessor => "external_assessor",
        }
    }

    /// As a person reads it.
    pub fn title(self) -> &'static str {
        match self {
            Role::Learner => "Learner",
            Role::Tutor => "Tutor",
            Role::Assessor => "Assessor",
            Role::InternalVerifier => "Internal verifier",
            Role::Coordinator => "Centre coordinator",
            Role::QualityManager => "Quality manager",
            Role::Administrator => "Administrator",
            Role::ExternalAssessor => "External assessor",
        }
    }

    /// One who has it, within a sentence: "an assessor", "a tutor".
    pub fn with_article(self) -> String {
        let title = self.title().to_lowercase();
        let article = if title.starts_with(['a', 'e', 'i', 'o']) {
            "an"
        } else {
            "a"
        };
        format!("{article} {title}")
    }

    /// True for roles held at a centre; false for the awarding body's quality manager and external assessors, and for the
    /// installation's administrator.
    pub fn at_a_centre(self) -> bool {
        !matches!(
            self,
            Role::QualityManager | Role::Administrator | Role::ExternalAssessor
        )
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

impl FromStr for Role {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Role::ALL
            .into_iter()
            .find(|role| role.as_str() == text)
            .ok_or_else(|| format!("expected a role, found {text:?}"))
    }
}

/// A role given to a person from a date, at a centre where the role is a centre's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grant {
    pub id: GrantId,
    pub role: Role,
    pub centre: Option<CentreId>,
    pub from: Date,
    /// The last day of the role, if it has ended or will end.
    pub until: Option<Date>,
    /// An assessor in training: a judgement is not final until a qualified assessor countersigns (SD-4).
    pub countersigned: bool,
}

impl Grant {
    /// Whether the role is held on a day. Evaluated as at the act's date, so a later lapse never spoils an earlier act
    /// (practice, section 4).
    pub fn held_on(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }
}

/// Through which door an act came; the audit trail shows it.
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
pub enum Via {
    Page,
    Api,
    Command,
    Import,
}

impl Via {
    pub fn as_str(self) -> &'static str {
        match self {
            Via::Page => "page",
            Via::Api => "api",
            Via::Command => "command",
            Via::Import => "import",
        }
    }
}

/// The person who acts, with the roles they hold on the day of the act.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    pub person: PersonId,
    pub via: Via,
    /// Roles held today; ended and future ones are left out when the actor is loaded.
    pub grants: Vec<Grant>,
}

impl Actor {
    /// Whether the actor holds `role` at `centre`.
    pub fn is_at(&self, role: Role, centre: &CentreId) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.role == role && grant.centre.as_ref() == Some(centre))
    }

    /// Whether the actor holds `role` anywhere.
    pub fn is(&self, role: Role) -> bool {
        self.grants.iter().any(|grant| grant.role == role)
    }

    /// Whether the actor is staff of the centre in any role (a learner is not staff).
    pub fn is_staff_at(&self, centre: &CentreId) -> bool {
        self.grants
            .iter()
            .any(|grant| grant.role != Role::Learner && grant.centre.as_ref() == Some(centre))
    }

    /// The centres at which the actor holds `role`.
    pub fn centres_as(&self, role: Role) -> Vec<CentreId> {
        self.grants
            .iter()
            .filter(|grant| grant.role == role)
            .filter_map(|grant| grant.centre.clone())
            .collect()
    }

    /// Refuses unless the actor holds `role` at `centre`. For acts on things the actor may see; a thing they may not see
    /// answers "not found" before this is asked.
    ///
    /// Errors: `ROLE_MISSING`.
    pub fn require_at(&self, role: Role, centre: &CentreId, act: &str) -> Result<(), Refusal> {
        if self.is_at(role, centre) {
            Ok(())
        } else {
            Err(role_missing(&[role], act))
        }
    }

    /// Refuses unless the actor holds `role` anywhere.
    ///
    /// Errors: `ROLE_MISSING`.
    pub fn require(&self, role: Role, act: &str) -> Result<(), Refusal> {
        if self.is(role) {
            Ok(())
        } else {
            Err(role_missing(&[role], act))
        }
    }

    /// Refuses unless the actor holds one of `roles` anywhere.
    ///
    /// Errors: `ROLE_MISSING`.
    pub fn require_one_of(&self, roles: &[Role], act: &str) -> Result<(), Refusal> {
        if roles.iter().any(|role| self.is(*role)) {
            Ok(())
        } else {
            Err(role_missing(roles, act))
        }
    }
}

fn role_missing(roles: &[Role], act: &str) -> Refusal {
    let words: Vec<String> = roles.iter().map(|role| role.with_article()).collect();
    let role_words = words.join(" or ");
    let place = if roles.iter().all(|role| role.at_a_centre()) {
        " of the centre"
    } else {
        ""
    };
    Refusal::new(Code::RoleMissing, format!("Only {role_words} can {act}."))
        .remedy(format!(
            "Ask {role_words}{place}, or ask the administrator to give you the role."
        ))
        .who("The administrator or the centre coordinator")
        .source("practice, section 1")
}
