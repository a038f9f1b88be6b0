//! A coordinator claims an award for a learner; everything that stands against it is told at once.

use crate::actor::{Actor, Role};
use crate::fact::{AchievedUnit, Fact};
use crate::id::{CentreId, ClaimId, JudgementId, PersonId, RegistrationId};
use crate::moment::long_date;
use crate::policy::Policy;
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Decision, Fresh, Moment};
use jiff::ToSpan;
use jiff::civil::Date;

/// A unit with a final result that can count towards the award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VerifiedUnit {
    pub unit: String,
    pub credits: u32,
    pub judgement: JudgementId,
    pub assessed_by: PersonId,
    pub achieved_on: Date,
}

impl VerifiedUnit {
    /// The unit as a claim names it.
    pub(super) fn claimed(&self) -> AchievedUnit {
        AchievedUnit {
            unit: self.unit.clone(),
            credits: self.credits,
            judgement: self.judgement.clone(),
            achieved_on: self.achieved_on,
        }
    }
}

/// Whether there are units and somebody assessed every one of them (SD-8).
pub(super) fn assessed_alone(units: &[&VerifiedUnit], actor: &Actor) -> bool {
    !units.is_empty() && units.iter().all(|unit| unit.assessed_by == actor.person)
}

/// What must be known to claim an award.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimCase {
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub centre: CentreId,
    /// Code of the qualification, e.g. `7D2V2`, and its full title.
    pub qualification: String,
    pub title: String,
    pub registration_active: bool,
    pub start_on: Date,
    pub ends_on: Date,
    pub name_complete: bool,
    pub identity_confirmed: bool,
    /// Whether the centre offers the qualification on the day of the claim.
    pub centre_offers: bool,
    /// The last day on which the qualification can be claimed; none when it is not known.
    pub certification_ends: Option<Date>,
    /// Whether anyone at the centre is an internal verifier on that day (SD-9).
    pub verifier_in_post: bool,
    /// Units with final results, on this registration and on earlier ones of the learner (QS-20), each once.
    pub achieved: Vec<VerifiedUnit>,
    /// Units of the plan whose result is not final, with the state in words.
    pub open_units: Vec<(String, String)>,
    /// What the rule of combination says of the achieved units: empty when it is met, else each reason in a sentence.
    pub rule_reasons: Vec<String>,
    /// Units that count when the rule is met.
    pub counted: Vec<String>,
    pub already_awarded: bool,
    pub open_claim: bool,
}

/// Claim the award of the registration's qualification.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClaimAward;

/// Everything that stands against a claim, whoever makes it (practice, section 19). Shown on the learner's page long
/// before anybody claims.
pub fn hindrances(case: &ClaimCase, moment: Moment, policy: Policy<'_>) -> Refusals {
    let mut refusals = Refusals::new();
    identity_and_name(case, &mut refusals);
    if !case.registration_active && !case.already_awarded {
        refusals.push(
            Refusal::new(Code::RegWithdrawn, "The registration was withdrawn.")
                .remedy("Register the learner again; achieved units count again.")
                .who("The centre coordinator")
                .source("practice, section 6"),
        );
    }
    dates_and_centre(case, moment, policy, &mut refusals);
    if !case.rule_reasons.is_empty() {
        for reason in &case.rule_reasons {
            refusals.push(
                Refusal::new(Code::RocNotMet, reason.clone())
                    .remedy("Achieve the missing units; the learner's plan shows the shortest way.")
                    .who("The learner, with the assessor")
                    .source("AW-01; practice, section 2.3"),
            );
        }
        for (unit, state) in &case.open_units {
            refusals.push(
                Refusal::new(
                    Code::UnitNotFinal,
                    format!("Unit {unit} has no final result yet: {state}."),
                )
                .remedy("Finish assessment and internal verification of the unit.")
                .who("The assessor and the internal verifier")
                .source("practice, sections 10.8 and 19"),
            );
        }
    }
    if case.already_awarded {
        refusals.push(
            Refusal::new(
                Code::AlreadyAwarded,
                format!("{} is already awarded on this registration.", case.title),
            )
            .remedy("Nothing needs to be claimed. For another size, register the learner on it.")
            .who("Nobody")
            .source("practice, section 19"),
        );
    }
    open_claim(case, &mut refusals);
    refusals
}

/// Who the learner is: the same for an award and for credit.
pub(super) fn identity_and_name(case: &ClaimCase, refusals: &mut Refusals) {
    if !case.identity_confirmed {
        refusals.push(
            Refusal::new(Code::RegIdUnconfirmed, "The learner's identity is not confirmed.")
                .remedy("Record which document was seen.")
                .who("The centre coordinator")
                .source("practice, sections 6 and 19 (OH-G5.1)"),
        );
    }
    if !case.name_complete {
        refusals.push(
            Refusal::new(Code::NameIncomplete, "The learner's name is not complete.")
                .remedy("Enter given and family name as they should stand on the certificate.")
                .who("The centre coordinator")
                .source("practice, sections 19 and 20.1"),
        );
    }
}

/// Times, approval and the internal verifier in post: the same for an award and for credit.
pub(super) fn dates_and_centre(
    case: &ClaimCase,
    moment: Moment,
    policy: Policy<'_>,
    refusals: &mut Refusals,
) {
    if let Some((weeks, source)) = policy.number("registration.minimum_before_claim") {
        let earliest = case.start_on.saturating_add(weeks.weeks());
        if moment.today < earliest {
            refusals.push(
                Refusal::new(
                    Code::ClaimTooEarly,
                    format!(
                        "A learner is registered for at least {weeks} weeks before a claim; that is on {}.",
                        long_date(earliest)
                    ),
                )
                .remedy(format!("Claim on or after {}.", long_date(earliest)))
                .who("The centre coordinator")
                .source(format!("practice, section 24.1; {source}")),
            );
        }
    }
    if moment.today > case.ends_on {
        refusals.push(
            Refusal::new(
                Code::RegExpired,
                format!("The registration ended on {}.", long_date(case.ends_on)),
            )
            .remedy("Ask the awarding body whether it can be extended.")
            .who("The quality manager")
            .source("practice, sections 6 and 19"),
        );
    }
    if !case.centre_offers {
        refusals.push(
            Refusal::new(
                Code::CentreNotApproved,
                format!("The centre is not approved for {}.", case.qualification),
            )
            .remedy("Ask the awarding body for approval.")
            .who("The quality manager")
            .source("CE-01; practice, section 19"),
        );
    }
    if let Some(end) = case.certification_ends
        && moment.today > end
    {
        refusals.push(
            Refusal::new(
                Code::ClaimClosed,
                format!(
                    "{} can no longer be claimed; the last day was {}.",
                    case.title,
                    long_date(end)
                ),
            )
            .remedy("Ask the awarding body for the qualification that takes its place.")
            .who("The quality manager")
            .source("practice, sections 2.4 and 19"),
        );
    }
    if !case.verifier_in_post {
        refusals.push(
            Refusal::new(Code::Sd9, "The centre has no internal verifier in post.")
                .remedy("Give a qualified person the role of internal verifier.")
                .who("The administrator or the centre coordinator")
                .source("practice, section 1, SD-9 (CM-HB12)"),
        );
    }
}

/// One claim at a time.
pub(super) fn open_claim(case: &ClaimCase, refusals: &mut Refusals) {
    if case.open_claim {
        refusals.push(
            Refusal::new(Code::ClaimOpen, "A claim is already with the awarding body.")
                .remedy("Wait for its answer.")
                .who("The quality manager")
                .source("practice, section 19"),
        );
    }
}

/// Decides on a claim.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: not a coordinator of the centre
/// - `SD_3`: the learner's own award; `SD_8`: the claimant assessed every unit that counts
/// - those of [`hindrances`]: `REG_ID_UNCONFIRMED, NAME_INCOMPLETE, REG_WITHDRAWN, CLAIM_TOO_EARLY, REG_EXPIRED,
///   CENTRE_NOT_APPROVED, CLAIM_CLOSED, SD_9, ROC_NOT_MET, UNIT_NOT_FINAL, ALREADY_AWARDED, CLAIM_OPEN`
///
/// Source: practice, sections 1 and 19; AW-01.
pub fn decide(
    _act: ClaimAward,
    case: &ClaimCase,
    actor: &Actor,
    moment: Moment,
    policy: Policy<'_>,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    actor.require_at(Role::Coordinator, &case.centre, "claim an award")?;
    let mut refusals = hindrances(case, moment, policy);
    if actor.person == case.learner {
        refusals.push(
            Refusal::new(Code::Sd3, "Nobody claims an award for themselves.")
                .remedy("Another coordinator of the centre has to claim it.")
                .who("Another coordinator of the centre")
                .source("practice, section 1, SD-3"),
        );
    }
    // The units that count, because whoever checks the award sees no others.
    let counted: Vec<&VerifiedUnit> = case
        .achieved
        .iter()
        .filter(|unit| case.counted.contains(&unit.unit))
        .collect();
    if assessed_alone(&counted, actor) {
        refusals.push(
            Refusal::new(
                Code::Sd8,
                "You are the only assessor of the units that count, so you cannot claim the award.",
            )
            .remedy("Another coordinator of the centre has to claim it.")
            .who("Another coordinator of the centre")
            .source("practice, section 1, SD-8"),
        );
    }
    refusals.ok()?;
    Ok(Decision::of(Fact::AwardClaimed {
        claim: ClaimId::fresh(fresh),
        registration: case.registration.clone(),
        qualification: case.qualification.clone(),
        units: counted.into_iter().map(VerifiedUnit::claimed).collect(),
    }))
}
