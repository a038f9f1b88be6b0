//! Claiming: what stands against it, told long before anybody claims, and the act, for one learner or for several.

use super::case::{self, AchievedUnit, OpenUnit, Shared, Standing};
use super::credit;
use crate::registration::find;
use crate::{Acting, Asking, Failure};
use assay_domain::award::{AwardKind, ClaimAward, claim as rules, credit as credit_rules};
use assay_domain::fresh::Counted;
use assay_domain::id::{AwardId, CentreId, ClaimId, PersonId, RegistrationId};
use assay_domain::registration::RegistrationState;
use assay_domain::{Decision, Fact, Refusal, Refusals};
use assay_store::statements::award as statements;

/// How many learners are claimed for at once at most.
pub const MOST_AT_ONCE: usize = 200;

/// A claim of a registration, as it went.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct PastClaim {
    pub claim: ClaimId,
    /// `award` or `credit`.
    #[schema(value_type = String)]
    pub kind: AwardKind,
    /// `made`, `returned` or `released`.
    pub state: String,
    pub made_at: String,
    pub made_by: String,
    /// Why it was returned.
    pub because: Option<String>,
    pub settled_at: Option<String>,
    pub settled_by: Option<String>,
}

/// A unit that can be certified as credit, or why not.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CreditableUnit {
    pub unit: String,
    pub title: String,
    pub credits: u32,
    /// Why not; none when it can be.
    pub refusal: Option<Refusal>,
}

/// How a learner stands towards the award, and what stands against a claim. It holds no grade (AW-07).
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ClaimView {
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub learner_name: String,
    /// The learner's number.
    pub number: String,
    pub centre: CentreId,
    pub centre_name: String,
    /// Title exactly as printed in the syllabus (AW-02), with its code and number.
    pub title: String,
    pub qualification: String,
    pub qualification_number: String,
    pub level: u32,
    pub minimum_credits: u32,
    pub state: RegistrationState,
    /// Units achieved, here and on earlier registrations, each once.
    pub units: Vec<AchievedUnit>,
    /// Credits of the units that count, each once (AW-04).
    pub credits: u32,
    pub open_units: Vec<OpenUnit>,
    /// Everything that stands against a claim, whoever makes it; empty when the award can be claimed.
    pub hindrances: Vec<Refusal>,
    /// What would be said if the caller claimed now; empty when they may.
    pub refusals: Vec<Refusal>,
    /// The smallest sets of further units with which the rule of combination would be met.
    pub ways: Vec<Vec<String>>,
    pub claims: Vec<PastClaim>,
    /// The units achieved, for claiming credit for some of them.
    pub creditable: Vec<CreditableUnit>,
    /// Everything that stands against crediting any unit, whoever claims it; empty when nothing does.
    pub credit_hindrances: Vec<Refusal>,
    pub award: Option<AwardId>,
    /// Whether the caller is a coordinator of the centre.
    pub coordinates: bool,
}

/// How a learner stands towards the award.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not see the registration.
pub fn view(asking: &mut Asking<'_, '_>, registration: &RegistrationId) -> Result<ClaimView, Failure> {
    let seen = find::require_seen(asking, registration)?;
    let (today, moment, policy) = (asking.today(), asking.caller.moment, asking.policy());
    let standing = case::load(
        asking.app,
        asking.tx,
        registration,
        today,
        policy,
        &mut Shared::default(),
    )?;
    let hindrances = rules::hindrances(&standing.case, moment, policy);
    let credit_hindrances = credit_rules::hindrances(&standing.case, moment, policy);
    let certified = credit::certified(asking.tx, &standing.row.learner)?;
    let creditable = standing
        .units
        .iter()
        .map(|unit| CreditableUnit {
            refusal: credit_rules::against(&unit.unit, &standing.case, &certified),
            unit: unit.unit.clone(),
            title: unit.title.clone(),
            credits: unit.credits,
        })
        .collect();
    let refusals = rules::decide(
        ClaimAward,
        &standing.case,
        &seen.actor,
        moment,
        policy,
        &mut Counted::from_seed(0),
    )
    .err()
    .unwrap_or_default();
    let mut claims = Vec::new();
    for row in asking
        .tx
        .rows(&statements::LIST_CLAIMS_OF, &[registration.as_str().into()])?
    {
        let made_by: Option<PersonId> = row.optional_parsed("made_by")?;
        let settled_by: Option<PersonId> = row.optional_parsed("settled_by")?;
        claims.push(PastClaim {
            claim: row.parsed("id")?,
            kind: row.parsed("kind")?,
            state: row.text("state")?,
            made_at: row.text("made_at")?,
            made_by: case::name_of(asking.tx, made_by.as_ref())?,
            because: row.optional_text("because")?,
            settled_at: row.optional_text("settled_at")?,
            settled_by: match settled_by {
                Some(person) => Some(case::name_of(asking.tx, Some(&person))?),
                None => None,
            },
        });
    }
    let award = asking
        .tx
        .row(
            &statements::FIND_AWARD_OF_REGISTRATION,
            &[registration.as_str().into()],
        )?
        .map(|row| row.parsed("id"))
        .transpose()?;
    let coordinates = seen.coordinates();
    let Standing {
        row,
        qualification,
        units,
        open_units,
        ways,
        ..
    } = standing;
    Ok(ClaimView {
        learner_name: row.learner_name(),
        registration: row.id,
        learner: row.learner,
        number: row.number,
        centre: row.centre,
        centre_name: row.centre_name,
        title: qualification.title.clone(),
        qualification: qualification.code.clone(),
        qualification_number: qualification.number.to_string(),
        level: u32::from(qualification.level),
        minimum_credits: qualification.minimum_credits,
        state: row.state,
        credits: units
            .iter()
            .filter(|unit| unit.counts)
            .map(|unit| unit.credits)
            .sum(),
        units,
        open_units,
        hindrances: hindrances.0,
        refusals: refusals.0,
        ways,
        claims,
        creditable,
        credit_hindrances: credit_hindrances.0,
        award,
        coordinates,
    })
}

/// A claim that was made.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Claimed {
    pub claim: ClaimId,
    pub registration: RegistrationId,
    pub learner_name: String,
}

/// Claim the award of a registration.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not see the registration; refusals of [`rules::decide`], all at once.
pub fn claim(acting: &mut Acting<'_, '_>, registration: &RegistrationId) -> Result<Claimed, Failure> {
    claim_one(acting, registration, &mut Shared::default())
}

fn claim_one(
    acting: &mut Acting<'_, '_>,
    registration: &RegistrationId,
    shared: &mut Shared,
) -> Result<Claimed, Failure> {
    let actor = acting.actor()?.clone();
    find::require_seen_by(acting.tx, actor.clone(), registration)?;
    let (moment, policy) = (acting.moment(), acting.policy());
    let standing = case::load(acting.app, acting.tx, registration, moment.today, policy, shared)?;
    let decision = rules::decide(ClaimAward, &standing.case, &actor, moment, policy, acting.fresh)?;
    record(acting, decision, registration, &standing)
}

/// Records a claim, of an award or of credit, and answers it.
pub(super) fn record(
    acting: &mut Acting<'_, '_>,
    decision: Decision,
    registration: &RegistrationId,
    standing: &Standing,
) -> Result<Claimed, Failure> {
    let claim = decision.facts.iter().find_map(|fact| match fact {
        Fact::AwardClaimed { claim, .. } | Fact::CreditClaimed { claim, .. } => Some(claim.clone()),
        _ => None,
    });
    let claim = claim.ok_or_else(|| Failure::Fault("a claim without its fact".into()))?;
    acting.record(decision)?;
    Ok(Claimed {
        claim,
        registration: registration.clone(),
        learner_name: standing.row.learner_name(),
    })
}

/// A learner who cannot be claimed for, with every reason.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct NotClaimed {
    pub registration: RegistrationId,
    pub learner_name: String,
    pub refusals: Vec<Refusal>,
}

/// What came of claiming for several learners. Only the learners concerned are left out (practice, section 19).
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ClaimedSeveral {
    pub claimed: Vec<Claimed>,
    pub returned: Vec<NotClaimed>,
}

/// Claim the awards of several learners. Whoever cannot be claimed for is answered with all reasons; the others are
/// claimed all the same.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not see one of the registrations; `Unreadable` for more than
/// [`MOST_AT_ONCE`] learners.
pub fn claim_several(
    acting: &mut Acting<'_, '_>,
    registrations: &[RegistrationId],
) -> Result<ClaimedSeveral, Failure> {
    if registrations.len() > MOST_AT_ONCE {
        return Err(Failure::unreadable(
            "registration",
            format!("Choose at most {MOST_AT_ONCE} learners at a time."),
        ));
    }
    let mut shared = Shared::default();
    let mut answer = ClaimedSeveral::default();
    for registration in registrations {
        match claim_one(acting, registration, &mut shared) {
            Ok(claimed) => answer.claimed.push(claimed),
            Err(Failure::Refused(Refusals(refusals))) => {
                let row = find::require_registration(acting.tx, registration)?;
                answer.returned.push(NotClaimed {
                    registration: registration.clone(),
                    learner_name: row.learner_name(),
                    refusals,
                });
            }
            Err(other) => return Err(other),
        }
    }
    Ok(answer)
}
