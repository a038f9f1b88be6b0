//! Unit credit: single units certified for a learner who will not finish, or who wants the units (practice, sections 19 and 20.1).
//!
//! It is claimed and released as an award is, by the same people kept apart in the same ways. The registration stays as it is, and a later
//! award of the qualification counts the units all the same.

use super::claim::{self, ClaimCase, VerifiedUnit};
use crate::actor::{Actor, Role};
use crate::fact::Fact;
use crate::id::ClaimId;
use crate::policy::Policy;
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Decision, Fresh, Moment};
use std::fmt;
use std::str::FromStr;

/// What is claimed and awarded.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum AwardKind {
    /// A whole qualification.
    #[default]
    Qualification,
    /// Single units.
    Credit,
}

impl AwardKind {
    /// As stored.
    pub fn as_str(self) -> &'static str {
        match self {
            AwardKind::Qualification => "award",
            AwardKind::Credit => "credit",
        }
    }
}

impl fmt::Display for AwardKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for AwardKind {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        match text {
            "award" => Ok(AwardKind::Qualification),
            "credit" => Ok(AwardKind::Credit),
            other => Err(format!("expected award or credit, found {other:?}")),
        }
    }
}

impl serde::Serialize for AwardKind {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// Title of what is awarded, as certificates and lists call it.
pub const TITLE: &str = "Unit credit";

/// How many units stand on a certificate of credit at most.
pub const MOST_UNITS: usize = 8;

/// A unit that is certified already, by an award or as credit, in force or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertifiedUnit {
    pub unit: String,
    pub kind: AwardKind,
    /// Number of the certificate in force; none when it was revoked.
    pub certificate: Option<String>,
}

/// Claim credit for units.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize, serde::Serialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ClaimCredit {
    /// Their numbers, e.g. `7016V1`.
    pub units: Vec<String>,
}

/// Everything that stands against crediting any unit, whoever claims it: what stands against an award, but for the rule of combination, units
/// that are not final, and an award that is released already. A learner who was withdrawn keeps what was achieved, until the last day of
/// the registration.
pub fn hindrances(case: &ClaimCase, moment: Moment, policy: Policy<'_>) -> Refusals {
    let mut refusals = Refusals::new();
    claim::identity_and_name(case, &mut refusals);
    claim::dates_and_centre(case, moment, policy, &mut refusals);
    claim::open_claim(case, &mut refusals);
    refusals
}

/// Why a unit cannot be certified (again); none when it can.
pub fn against(unit: &str, case: &ClaimCase, certified: &[CertifiedUnit]) -> Option<Refusal> {
    if !case.achieved.iter().any(|achieved| achieved.unit == unit) {
        return Some(
            Refusal::new(
                Code::UnitNotFinal,
                format!("Unit {unit} has no final result of this learner."),
            )
            .remedy("Credit is for whole units that are judged and verified.")
            .who("The assessor and the internal verifier")
            .source("practice, sections 10.8 and 19")
            .field("units"),
        );
    }
    let before = certified.iter().find(|certified| certified.unit == unit)?;
    let on = match &before.certificate {
        Some(number) => format!(" on certificate {number}"),
        None => String::new(),
    };
    let (because, remedy) = match before.kind {
        AwardKind::Credit => (
            format!("Credit for unit {unit} is awarded already{on}."),
            "A lost certificate is replaced; nothing is certified twice.",
        ),
        AwardKind::Qualification => (
            format!("Unit {unit} counts towards an award that is released already{on}."),
            "The transcript of the award shows the unit with its credits.",
        ),
    };
    Some(
        Refusal::new(Code::AlreadyAwarded, because)
            .remedy(remedy)
            .who("The quality manager")
            .source("practice, section 19")
            .field("units"),
    )
}

/// Decides on a claim for unit credit.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: not a coordinator of the centre
/// - `SD_3`: the learner's own units; `SD_8`: the claimant is the only assessor of them
/// - those of [`hindrances`]
/// - `FIELD_MISSING`: no unit, more than [`MOST_UNITS`], or one that is named twice
/// - `UNIT_NOT_FINAL`, `ALREADY_AWARDED`: as [`against`], for each unit
///
/// Source: practice, sections 1, 19 and 20.1.
pub fn decide(
    act: &ClaimCredit,
    case: &ClaimCase,
    certified: &[CertifiedUnit],
    actor: &Actor,
    moment: Moment,
    policy: Policy<'_>,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    actor.require_at(Role::Coordinator, &case.centre, "claim unit credit")?;
    let mut refusals = hindrances(case, moment, policy);
    if actor.person == case.learner {
        refusals.push(
            Refusal::new(Code::Sd3, "Nobody claims credit for themselves.")
                .remedy("Another coordinator of the centre has to claim it.")
                .who("Another coordinator of the centre")
                .source("practice, section 1, SD-3"),
        );
    }
    if let Some(because) = miscounted(&act.units) {
        refusals.push(
            Refusal::new(Code::FieldMissing, because)
                .remedy(format!("Choose 1 to {MOST_UNITS} units, each once."))
                .who("The centre coordinator")
                .source("practice, section 20.1")
                .field("units"),
        );
    }
    refusals
        .0
        .extend(act.units.iter().filter_map(|unit| against(unit, case, certified)));
    let chosen: Vec<&VerifiedUnit> = case
        .achieved
        .iter()
        .filter(|achieved| act.units.contains(&achieved.unit))
        .collect();
    if claim::assessed_alone(&chosen, actor) {
        refusals.push(
            Refusal::new(
                Code::Sd8,
                "You are the only assessor of these units, so you cannot claim credit for them.",
            )
            .remedy("Another coordinator of the centre has to claim it.")
            .who("Another coordinator of the centre")
            .source("practice, section 1, SD-8"),
        );
    }
    refusals.ok()?;
    Ok(Decision::of(Fact::CreditClaimed {
        claim: ClaimId::fresh(fresh),
        registration: case.registration.clone(),
        units: chosen.into_iter().map(VerifiedUnit::claimed).collect(),
    }))
}

fn miscounted(units: &[String]) -> Option<&'static str> {
    if units.is_empty() {
        return Some("No unit is chosen.");
    }
    if units.len() > MOST_UNITS {
        return Some("More units are chosen than a certificate has room for.");
    }
    let twice = units
        .iter()
        .enumerate()
        .any(|(at, unit)| units.iter().take(at).any(|earlier| earlier == unit));
    twice.then_some("A unit is chosen twice.")
}
