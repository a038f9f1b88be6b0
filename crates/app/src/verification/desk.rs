//! What lies before an internal verifier: the desk as the assessor left it, and whether it may be verified.

use crate::judgement::desk::{self, DeskView};
use crate::judgement::queue::working_days_after;
use crate::{Asking, Failure};
use assay_domain::fresh::Counted;
use assay_domain::id::SubmissionId;
use assay_domain::verification::{CriterionFinding, LeaveOutOfSample, VerifyJudgement, skip, verify};
use assay_domain::{Refusal, Refusals};
use jiff::civil::Date;

use super::MadeVerification;

/// A judged submission before a verifier.
#[derive(Debug, Clone, PartialEq, serde::Serialize, utoipa::ToSchema)]
pub struct VerifyView {
    pub desk: DeskView,
    #[schema(value_type = Option<String>, format = Date)]
    pub due_on: Option<Date>,
    /// Why the caller may not verify it; empty when they may.
    pub verify: Vec<Refusal>,
    /// Why the caller may not leave it out of the sample; empty when they may.
    pub leave_out: Vec<Refusal>,
    /// What verification found so far on the judgement in force, the earliest first.
    pub made: Vec<MadeVerification>,
}

/// A judged submission, for staff of the centre.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none, it is not judged yet, or the caller is not of the staff who may see it.
pub fn view(asking: &mut Asking<'_, '_>, submission: &SubmissionId) -> Result<VerifyView, Failure> {
    let actor = asking.actor()?.clone();
    let desk = desk::view(asking, submission)?;
    let (case, _) = super::load(asking.app, asking.tx, submission)?;
    let (moment, policy) = (asking.caller.moment, asking.policy());
    let agree = VerifyJudgement {
        findings: case
            .criteria
            .iter()
            .map(|number| CriterionFinding {
                criterion: number.clone(),
                agrees: true,
                reason: None,
            })
            .collect(),
        remark: None,
    };
    let leave = LeaveOutOfSample {
        because: "–".to_owned(),
    };
    let reasons = |result: Result<(), Refusals>| result.err().map(|refusals| refusals.0).unwrap_or_default();
    let fresh = &mut Counted::from_seed(0);
    let verify = reasons(verify::decide(&agree, &case, &actor, moment, policy, fresh).map(drop));
    let leave_out = reasons(skip::decide(&leave, &case, &actor, moment, policy, fresh).map(drop));
    let due_on = match (&desk.judgement, policy.number("verification.turn_round")) {
        // The awarding body owes the whole result by one day.
        _ if desk.external.is_some() => desk.due_on,
        (Some(signed), Some((days, _))) => Some(working_days_after(signed.signed_on, days)),
        _ => None,
    };
    Ok(VerifyView {
        due_on,
        verify,
        leave_out,
        made: super::of_judgement(asking.tx, case.judgement.as_str())?,
        desk,
    })
}
