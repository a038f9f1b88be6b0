//! Internal verification and audit trails by API.

use super::{ApiAnswer, ApiCaller, Operation, Sent};
use crate::routes::trail::TrailAsked;
use crate::{AppState, InPath, InQuery};
use assay_app::trail::{self, Trail};
use assay_app::verification::desk::{self, VerifyView};
use assay_app::verification::{self, DueList};
use assay_domain::id::{RegistrationId, SubmissionId};
use assay_domain::verification::{CriterionFinding, LeaveOutOfSample, VerifyJudgement};
use axum::extract::State;
use axum::http::StatusCode;

const VERIFIER: &str = "an internal verifier who took no part in the judgement";
const SEEN: &str = "the learner (without decisions), staff who may see the learner's work, quality manager";
const STAFF: &str = "staff who may see the learner's work, quality manager";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/v1/verification", "listDue", "Judgements due for verification, the oldest first", list_due)
            .tag("Verification")
            .access("internal verifier")
            .query::<DueAsked>()
            .answers::<DueList>(StatusCode::OK, "A page of the list; a hindrance says why the caller may not verify it."),
        Operation::get(
            "/api/v1/submissions/{submission}/verification",
            "showVerification",
            "A judgement before a verifier",
            show,
        )
        .tag("Verification")
        .access(STAFF)
        .answers::<VerifyView>(StatusCode::OK, "The work, the judgement, and what may be done now."),
        Operation::post(
            "/api/v1/submissions/{submission}/verification",
            "verifyJudgement",
            "Verify a judgement",
            verify,
        )
        .tag("Verification")
        .about("One disagreement sends the judgement back to the assessor; agreement makes the unit result final.")
        .access(VERIFIER)
        .takes::<VerificationSent>()
        .answers_nothing("The verification is recorded."),
        Operation::post(
            "/api/v1/submissions/{submission}/leave-out",
            "leaveOutOfSample",
            "Leave a judgement out of the sample",
            leave_out,
        )
        .tag("Verification")
        .access(VERIFIER)
        .takes::<LeaveOutSent>()
        .answers_nothing("The judgement is left out; the unit result is final."),
        Operation::get("/api/v1/submissions/{submission}/trail", "submissionTrail", "Audit trail of a hand-in", of_submission)
            .tag("Audit trail")
            .access(STAFF)
            .query::<TrailAsked>()
            .answers::<Trail>(StatusCode::OK, "A page of the trail, the newest first."),
        Operation::get(
            "/api/v1/registrations/{registration}/trail",
            "registrationTrail",
            "Audit trail of a registration",
            of_registration,
        )
        .tag("Audit trail")
        .access(SEEN)
        .query::<TrailAsked>()
        .answers::<Trail>(StatusCode::OK, "A page of the trail, the newest first."),
        Operation::get(
            "/api/v1/registrations/{registration}/units/{unit}/trail",
            "unitTrail",
            "Audit trail of a unit over all attempts",
            of_unit,
        )
        .tag("Audit trail")
        .access(SEEN)
        .query::<TrailAsked>()
        .answers::<Trail>(StatusCode::OK, "A page of the trail, the newest first."),
    ]
}

/// What the list is asked.
#[derive(serde::Deserialize, utoipa::IntoParams)]
struct DueAsked {
    /// Part of the learner's name or of the unit's number.
    #[serde(default)]
    q: String,
    /// From 1.
    page: Option<u32>,
    /// How many on a page; at most 200.
    size: Option<u32>,
}

/// What the verifier finds on one criterion.
#[derive(serde::Deserialize, utoipa::ToSchema)]
struct FindingSent {
    criterion: String,
    agrees: bool,
    /// Required where the verifier disagrees.
    reason: Option<String>,
}

/// A verification: a finding on each criterion of the judgement.
#[derive(serde::Deserialize, utoipa::ToSchema)]
struct VerificationSent {
    findings: Vec<FindingSent>,
    /// Words to the assessor.
    remark: Option<String>,
}

/// Leaving a judgement out of the sample.
#[derive(serde::Deserialize, utoipa::ToSchema)]
struct LeaveOutSent {
    because: String,
}

async fn list_due(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(asked): InQuery<DueAsked>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| {
            verification::list_due(
                asking,
                &asked.q,
                asked.page.unwrap_or(1),
                asked.size.unwrap_or(50),
            )
        })
        .await
}

async fn show(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SubmissionId>,
) -> ApiAnswer {
    caller.ask(&state, move |asking| desk::view(asking, &id)).await
}

async fn verify(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SubmissionId>,
    Sent(sent): Sent<VerificationSent>,
) -> ApiAnswer {
    let act = VerifyJudgement {
        findings: sent
            .findings
            .into_iter()
            .map(|finding| CriterionFinding {
                criterion: finding.criterion,
                agrees: finding.agrees,
                reason: finding.reason,
            })
            .collect(),
        remark: sent.remark,
    };
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            verification::verify(acting, &id, &act)
        })
        .await
}

async fn leave_out(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SubmissionId>,
    Sent(sent): Sent<LeaveOutSent>,
) -> ApiAnswer {
    let act = LeaveOutOfSample {
        because: sent.because,
    };
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            verification::leave_out(acting, &id, &act)
        })
        .await
}

async fn of_submission(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SubmissionId>,
    InQuery(asked): InQuery<TrailAsked>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| {
            trail::of_submission(asking, &id, &asked.into())
        })
        .await
}

async fn of_registration(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<RegistrationId>,
    InQuery(asked): InQuery<TrailAsked>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| {
            trail::of_registration(asking, &id, &asked.into())
        })
        .await
}

async fn of_unit(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath((id, unit)): InPath<(RegistrationId, String)>,
    InQuery(asked): InQuery<TrailAsked>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| {
            trail::of_unit(asking, &id, &unit, &asked.into())
        })
        .await
}
