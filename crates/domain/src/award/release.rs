//! The awarding body's quality manager releases a claimed award, or returns the claim with a reason.

use super::claim::ClaimCase;
use super::credit::{self, AwardKind, CertifiedUnit};
use crate::actor::{Actor, Role};
use crate::fact::{AchievedUnit, Fact};
use crate::id::{AwardId, ClaimId, PersonId};
use crate::policy::Policy;
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Decision, Fresh, Moment};

/// What must be known to release a claim: the claim, and the case as it stands now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseCase {
    pub claim: ClaimId,
    pub kind: AwardKind,
    /// Whether the claim still waits for an answer.
    pub open: bool,
    pub claimed_by: Option<PersonId>,
    pub units: Vec<AchievedUnit>,
    /// The claim's case, loaded anew: a reason that arose since the claim refuses the release too.
    pub now: ClaimCase,
    /// Units of the learner that are certified already; looked at for unit credit.
    pub certified: Vec<CertifiedUnit>,
}

/// Release the award.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReleaseAward;

/// Return the claim to the centre; only the learner concerned is affected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReturnClaim {
    pub because: String,
}

/// Decides on a release.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: not a quality manager of the awarding body
/// - `CLAIM_STATE`: the claim is settled
/// - `SD_8`: the person who claimed; `SD_3`: the learner
/// - those of [`super::claim::hindrances`], or for unit credit of [`credit::hindrances`], that arose since the claim
/// - `ALREADY_AWARDED`: a unit to be credited was certified since
/// - `UNIT_NOT_FINAL`: a result that was claimed on was corrected since
///
/// Source: practice, sections 1 (SD-8) and 19; AW-01 to AW-04.
pub fn decide(
    _act: ReleaseAward,
    case: &ReleaseCase,
    actor: &Actor,
    moment: Moment,
    policy: Policy<'_>,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let mut refusals = may_settle(case, actor)?;
    let hindrances = match case.kind {
        AwardKind::Qualification => super::claim::hindrances(&case.now, moment, policy),
        AwardKind::Credit => credit::hindrances(&case.now, moment, policy),
    };
    // The claim itself is of course open.
    refusals.0.extend(
        hindrances
            .0
            .into_iter()
            .filter(|refusal| refusal.code != Code::ClaimOpen),
    );
    for unit in &case.units {
        if !case
            .now
            .achieved
            .iter()
            .any(|achieved| achieved.judgement == unit.judgement)
        {
            refusals.push(
                Refusal::new(
                    Code::UnitNotFinal,
                    format!(
                        "The result of unit {} that was claimed on is final no more.",
                        unit.unit
                    ),
                )
                .remedy("Return the claim; the centre claims again on what is final.")
                .who("The quality manager")
                .source("practice, sections 10.8 and 19"),
            );
        }
    }
    if case.kind == AwardKind::Credit {
        refusals.0.extend(
            case.units
                .iter()
                .filter_map(|unit| credit::against(&unit.unit, &case.now, &case.certified))
                .filter(|refusal| refusal.code == Code::AlreadyAwarded),
        );
    }
    refusals.ok()?;
    let (award, credits) = (
        AwardId::fresh(fresh),
        case.units.iter().map(|unit| unit.credits).sum(),
    );
    let (claim, registration) = (case.claim.clone(), case.now.registration.clone());
    Ok(Decision::of(match case.kind {
        AwardKind::Qualification => Fact::AwardReleased {
            award,
            claim,
            registration,
            qualification: case.now.qualification.clone(),
            credits,
            on: moment.today,
        },
        AwardKind::Credit => Fact::CreditReleased {
            award,
            claim,
            registration,
            credits,
            on: moment.today,
        },
    }))
}

/// Decides on returning a claim.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`, `CLAIM_STATE`, `SD_8`, `SD_3` as for a release
/// - `FIELD_MISSING`: no reason
pub fn decide_return(
    act: &ReturnClaim,
    case: &ReleaseCase,
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<Decision, Refusals> {
    let mut refusals = may_settle(case, actor)?;
    if act.because.trim().is_empty() {
        refusals.push(
            Refusal::new(Code::FieldMissing, "The claim is returned without a reason.")
                .remedy("Write what the centre has to put right.")
                .who("The quality manager")
                .source("practice, section 19")
                .field("because"),
        );
    }
    refusals.ok()?;
    let mut decision = Decision::new();
    let because = decision.seal(&case.now.learner, "claim.return", act.because.trim(), fresh);
    decision.fact(Fact::ClaimReturned {
        claim: case.claim.clone(),
        because,
    });
    Ok(decision)
}

fn may_settle(case: &ReleaseCase, actor: &Actor) -> Result<Refusals, Refusal> {
    actor.require(Role::QualityManager, "release or return a claim")?;
    let mut refusals = Refusals::new();
    if !case.open {
        refusals.push(
            Refusal::new(Code::ClaimState, "This claim is already settled.")
                .remedy("Open the learner's page to see the answer.")
                .who("Nobody")
                .source("practice, section 19"),
        );
    }
    if case.claimed_by.as_ref() == Some(&actor.person) {
        refusals.push(
            Refusal::new(
                Code::Sd8,
                "You made this claim, so another person has to settle it.",
            )
            .remedy("Another quality manager of the awarding body has to release or return it.")
            .who("Another quality manager")
            .source("practice, section 1, SD-8"),
        );
    }
    if actor.person == case.now.learner {
        refusals.push(
            Refusal::new(Code::Sd3, "Nobody releases an award to themselves.")
                .remedy("Another quality manager has to settle it.")
                .who("Another quality manager")
                .source("practice, section 1, SD-3"),
        );
    }
    Ok(refusals)
}
