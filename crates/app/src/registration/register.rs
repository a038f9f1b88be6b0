//! Registering one learner.

use super::case;
use crate::account::link::{self, Purpose};
use crate::{Acting, Asking, Failure};
use assay_domain::id::{CentreId, PersonId, RegistrationId};
use assay_domain::registration::learner::LearnerData;
use assay_domain::registration::membership::KEY_GRADE;
use assay_domain::registration::register as rule;
use assay_domain::{Actor, Role, Warning};
use jiff::civil::Date;

/// Register a learner on a qualification at a centre.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RegisterLearner {
    pub centre: CentreId,
    pub given: String,
    pub family: String,
    #[schema(value_type = String, format = Date)]
    pub born_on: Option<Date>,
    #[serde(default)]
    pub email: Option<String>,
    /// The qualification's code, e.g. `7D2V2`.
    pub qualification: String,
    #[schema(value_type = String, format = Date)]
    pub start_on: Date,
    /// A number of the centre's own choice; left out, one is made.
    #[serde(default)]
    pub number: Option<String>,
    /// How identity was confirmed, without the document's number.
    #[serde(default)]
    pub identity: Option<String>,
    /// Authority and responsibility that the learner holds, in their own words (QS-03).
    #[serde(default)]
    pub authority: Option<String>,
    /// Unique learner number; 9999999999 stands for one not yet known.
    #[serde(default)]
    pub uln: Option<String>,
    /// Number of a learner who is a member of the awarding body already (MB-01).
    #[serde(default)]
    pub member_number: Option<String>,
}

impl RegisterLearner {
    /// As the rule reads it.
    pub(super) fn act(&self) -> rule::RegisterLearner {
        rule::RegisterLearner {
            learner: LearnerData {
                given: self.given.clone(),
                family: self.family.clone(),
                born_on: self.born_on,
                email: self.email.clone(),
            },
            qualification: self.qualification.clone(),
            start_on: self.start_on,
            number: self.number.clone(),
            identity: self.identity.clone(),
            authority: self.authority.clone(),
            uln: self.uln.clone(),
            member_number: self.member_number.clone(),
        }
    }
}

/// What came of it.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct LearnerRegistered {
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub number: String,
    #[schema(value_type = String, format = Date)]
    pub ends_on: Date,
    /// True when an invitation to choose a password was put into the outbox.
    pub invited: bool,
    pub warnings: Vec<Warning>,
}

/// Registers a learner and invites them when they are new and have an e-mail address.
///
/// # Errors
/// `NotFound` for a centre at which the caller is not staff; refusals of
/// [`assay_domain::registration::register::decide`].
pub fn run(acting: &mut Acting<'_, '_>, input: &RegisterLearner) -> Result<LearnerRegistered, Failure> {
    let decided = decide(acting, input)?;
    acting.record(decided.decision)?;
    let invited = decided.new_person && input.act().learner.tidied().email.is_some();
    if invited {
        link::make(acting, &decided.learner, Purpose::Invitation)?;
    }
    Ok(LearnerRegistered {
        registration: decided.registration,
        learner: decided.learner,
        number: decided.number,
        ends_on: decided.ends_on,
        invited,
        warnings: decided.warnings,
    })
}

/// What stands against registering a learner, without registering them.
///
/// # Errors
/// As [`run`].
pub(super) fn judge(acting: &mut Acting<'_, '_>, input: &RegisterLearner) -> Result<(), Failure> {
    decide(acting, input).map(|_| ())
}

fn decide(acting: &mut Acting<'_, '_>, input: &RegisterLearner) -> Result<rule::Registered, Failure> {
    let actor = staff_at(acting.actor()?, &input.centre)?;
    let act = input.act();
    let today = acting.today();
    let case = case::load(acting.app, acting.tx, &act, &input.centre, today)?;
    let policy = acting.policy();
    let moment = acting.moment();
    Ok(rule::decide(&act, &case, &actor, moment, &policy, acting.fresh)?)
}

/// The same person as an actor, if they are staff of the centre; the rule then says whether they hold the right role.
pub(super) fn staff_at(actor: &Actor, centre: &CentreId) -> Result<Actor, Failure> {
    if actor.is_staff_at(centre) {
        Ok(actor.clone())
    } else {
        Err(Failure::NotFound)
    }
}

/// A choice of a qualification that a centre offers.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct QualificationChoice {
    pub code: String,
    /// The full title (QS-06).
    pub title: String,
    /// Number on the regulator's register.
    pub number: String,
    /// First and last day of registration.
    #[schema(value_type = String, format = Date)]
    pub opens_on: Date,
    #[schema(value_type = String, format = Date)]
    pub closes_on: Date,
}

/// What the page for registering a learner shows.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct RegistrationForm {
    pub centre: CentreId,
    pub centre_name: String,
    pub qualifications: Vec<QualificationChoice>,
    /// What the qualifications are for, as published (QS-03); one per specification.
    pub purposes: Vec<String>,
    /// Whether the awarding body gives its learners a membership, so that those who are members already are asked for (MB-01).
    pub membership: bool,
    pub minimum_age: Option<u32>,
}

/// What a coordinator of the centre needs in order to register a learner.
///
/// # Errors
/// `NotFound` for a centre at which the caller is no coordinator.
pub fn form(asking: &mut Asking<'_, '_>, centre: &CentreId) -> Result<RegistrationForm, Failure> {
    if !asking.actor()?.is_at(Role::Coordinator, centre) {
        return Err(Failure::NotFound);
    }
    let today = asking.today();
    let standing = case::require_centre(asking.tx, centre)?;
    let mut form = RegistrationForm {
        centre: centre.clone(),
        centre_name: standing.name,
        qualifications: Vec::new(),
        purposes: Vec::new(),
        membership: asking.policy().text(KEY_GRADE).is_some(),
        minimum_age: None,
    };
    for code in case::codes_offered(asking.tx, centre, today)? {
        let Some(pinned) = super::syllabus::published(asking.app, asking.tx, &code)? else {
            continue;
        };
        let qualification = pinned.qualification()?;
        let dates = pinned.specification.dates_of(qualification);
        form.qualifications.push(QualificationChoice {
            code: qualification.code.clone(),
            title: qualification.title.clone(),
            number: qualification.number.to_string(),
            opens_on: dates.operational_from,
            closes_on: dates.registration_ends,
        });
        let document = &pinned.specification.document;
        if !form.purposes.contains(&document.purpose) {
            form.purposes.push(document.purpose.clone());
        }
        form.minimum_age = form.minimum_age.max(document.minimum_age);
    }
    Ok(form)
}
