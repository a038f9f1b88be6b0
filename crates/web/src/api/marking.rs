//! Marking by API: the queue, the desk, decisions, signing, returning, results; an assessor's comments.

use super::{ApiAnswer, ApiCaller, Operation, Sent};
use crate::{AppState, InPath, InQuery};
use assay_app::Failure;
use assay_app::judgement::acts;
use assay_app::judgement::comments::{self, Comment};
use assay_app::judgement::desk::{self, DeskView};
use assay_app::judgement::queue::{self, Queue, QueueQuery};
use assay_app::judgement::result::{self, ResultView};
use assay_domain::fact::{CriterionDecision, Outcome, ReturnGround};
use assay_domain::id::{PassageId, SubmissionId};
use assay_domain::judgement::{
    DecideCriterion, JudgeQuality, QUALITIES, RecordOwnGrade, ReturnUnmarked, SignJudgement,
};
use assay_domain::submission::SubmissionState;
use axum::extract::State;
use axum::http::StatusCode;

const TAG: &str = "Marking";
const STAFF: &str = "assessors, verifiers and coordinators of the centre, the unit's tutor, quality manager";
const ASSESSOR: &str = "the assessor of the work";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/v1/marking", "listQueue", "The marking queue, the oldest hand-in first", list_queue)
            .tag(TAG)
            .access("assessor")
            .query::<QueueAsked>()
            .answers::<Queue>(StatusCode::OK, "A page of the queue."),
        Operation::get("/api/v1/submissions/{submission}/marking", "showDesk", "The work beside its criteria", show_desk)
            .tag(TAG)
            .access(STAFF)
            .answers::<DeskView>(StatusCode::OK, "The work as handed in, the decisions, and what may be done now."),
        Operation::post("/api/v1/submissions/{submission}/take", "takeSubmission", "Take work for marking", take)
            .tag(TAG)
            .access(ASSESSOR)
            .answers_nothing("The work is taken."),
        Operation::put(
            "/api/v1/submissions/{submission}/criteria/{criterion}",
            "decideCriterion",
            "Decide a criterion",
            decide,
        )
        .tag(TAG)
        .about("A later decision on the same criterion supersedes an earlier one; nothing is a result until it is signed.")
        .access(ASSESSOR)
        .takes::<DecisionSent>()
        .answers_nothing("The decision is saved."),
        Operation::put(
            "/api/v1/submissions/{submission}/qualities/{quality}",
            "judgeQuality",
            "Judge a quality of the work",
            judge_quality,
        )
        .tag(TAG)
        .access(ASSESSOR)
        .takes::<QualitySent>()
        .answers_nothing("The judgement of the quality is saved."),
        Operation::post("/api/v1/submissions/{submission}/sign", "signJudgement", "Sign the judgement", sign)
            .tag(TAG)
            .access(ASSESSOR)
            .takes::<SignSent>()
            .answers::<Signed>(StatusCode::OK, "The judgement is signed."),
        Operation::post(
            "/api/v1/submissions/{submission}/countersign",
            "countersignJudgement",
            "Countersign the judgement of an assessor in training",
            countersign,
        )
        .tag(TAG)
        .access("another assessor of the centre")
        .answers_nothing("The judgement is countersigned."),
        Operation::post("/api/v1/submissions/{submission}/return", "returnUnmarked", "Return work before marking", give_back)
            .tag(TAG)
            .about("A return is not a referral and does not count as an attempt.")
            .access(ASSESSOR)
            .takes::<ReturnSent>()
            .answers_nothing("The work is returned."),
        Operation::put("/api/v1/submissions/{submission}/own-grade", "recordOwnGrade", "Record the centre's own grade", grade)
            .tag(TAG)
            .about("Kept on a sheet of its own; it changes no result.")
            .access(ASSESSOR)
            .takes::<GradeSent>()
            .answers_nothing("The grade is recorded."),
        Operation::get("/api/v1/submissions/{submission}/result", "showResult", "What a judgement came to", show_result)
            .tag(TAG)
            .access("the learner, staff of the centre, quality manager")
            .answers::<ResultView>(StatusCode::OK, "The result; without decisions until the judgement is out."),
        Operation::get("/api/v1/comments", "listComments", "One's own reusable comments", list_comments)
            .tag(TAG)
            .answers_list::<Comment>("The comments, those used most often first."),
        Operation::post("/api/v1/comments", "keepComment", "Keep a comment", keep_comment)
            .tag(TAG)
            .takes::<CommentSent>()
            .answers::<Comment>(StatusCode::CREATED, "The comment is kept."),
        Operation::delete("/api/v1/comments/{comment}", "removeComment", "Remove a comment", remove_comment)
            .tag(TAG)
            .access("whoever keeps the comment")
            .answers_nothing("The comment is removed."),
    ]
}

/// What the queue is asked.
#[derive(serde::Deserialize, utoipa::IntoParams)]
struct QueueAsked {
    /// Only work in this state.
    #[param(inline)]
    state: Option<SubmissionState>,
    /// Part of the learner's name or of the unit's number.
    #[serde(default)]
    q: String,
    /// From 1.
    page: Option<u32>,
    /// How many on a page; at most 200.
    size: Option<u32>,
}

/// A decision on a criterion.
#[derive(serde::Deserialize, utoipa::ToSchema)]
struct DecisionSent {
    decision: CriterionDecision,
    reason: String,
    /// Passages that the decision rests on; required where it is met.
    #[serde(default)]
    passages: Vec<PassageId>,
    /// Where the criterion has several command verbs: those that the work answers.
    #[serde(default)]
    verbs: Vec<String>,
    /// On a "not yet met": the words of the criterion not yet answered; the whole when missing.
    words: Option<String>,
}

/// The judgement of a quality.
#[derive(serde::Deserialize, utoipa::ToSchema)]
struct QualitySent {
    satisfied: bool,
    /// Required where it is not satisfied.
    remark: Option<String>,
}

/// Signing.
#[derive(serde::Deserialize, utoipa::ToSchema)]
struct SignSent {
    /// Words to the learner on the whole.
    feedback: Option<String>,
}

/// What was signed.
#[derive(serde::Serialize, utoipa::ToSchema)]
struct Signed {
    outcome: Outcome,
}

/// A return before marking.
#[derive(serde::Deserialize, utoipa::ToSchema)]
struct ReturnSent {
    grounds: Vec<ReturnGround>,
    /// What the learner is to do before handing in again.
    because: String,
}

/// A grade of the centre's own scale.
#[derive(serde::Deserialize, utoipa::ToSchema)]
struct GradeSent {
    grade: String,
}

/// A comment.
#[derive(serde::Deserialize, utoipa::ToSchema)]
struct CommentSent {
    text: String,
}

async fn list_queue(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(asked): InQuery<QueueAsked>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| {
            let query = QueueQuery {
                state: asked.state,
                search: asked.q,
                page: asked.page.unwrap_or(1),
                size: asked.size.unwrap_or(50),
            };
            queue::list(asking, &query)
        })
        .await
}

async fn show_desk(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SubmissionId>,
) -> ApiAnswer {
    caller.ask(&state, move |asking| desk::view(asking, &id)).await
}

async fn take(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SubmissionId>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            acts::take(acting, &id)
        })
        .await
}

async fn decide(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath((id, criterion)): InPath<(SubmissionId, String)>,
    Sent(sent): Sent<DecisionSent>,
) -> ApiAnswer {
    let act = DecideCriterion {
        criterion,
        decision: sent.decision,
        reason: sent.reason,
        passages: sent.passages,
        verbs: sent.verbs,
        words: sent.words,
    };
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            acts::decide(acting, &id, &act)
        })
        .await
}

async fn judge_quality(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath((id, quality)): InPath<(SubmissionId, String)>,
    Sent(sent): Sent<QualitySent>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            let words = QUALITIES
                .iter()
                .find(|words| words.key == quality)
                .ok_or(Failure::NotFound)?;
            let act = JudgeQuality {
                quality: words.quality,
                satisfied: sent.satisfied,
                remark: sent.remark,
            };
            acts::judge_quality(acting, &id, &act)
        })
        .await
}

async fn sign(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SubmissionId>,
    Sent(sent): Sent<SignSent>,
) -> ApiAnswer {
    let act = SignJudgement {
        feedback: sent.feedback,
    };
    caller
        .act(&state, StatusCode::OK, move |acting| {
            Ok(Signed {
                outcome: acts::sign(acting, &id, &act)?,
            })
        })
        .await
}

async fn countersign(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SubmissionId>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            acts::countersign(acting, &id)
        })
        .await
}

async fn give_back(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SubmissionId>,
    Sent(sent): Sent<ReturnSent>,
) -> ApiAnswer {
    let act = ReturnUnmarked {
        grounds: sent.grounds,
        because: sent.because,
    };
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            acts::return_unmarked(acting, &id, &act)
        })
        .await
}

async fn grade(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SubmissionId>,
    Sent(sent): Sent<GradeSent>,
) -> ApiAnswer {
    let act = RecordOwnGrade { grade: sent.grade };
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            acts::record_own_grade(acting, &id, &act)
        })
        .await
}

async fn show_result(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SubmissionId>,
) -> ApiAnswer {
    caller.ask(&state, move |asking| result::view(asking, &id)).await
}

async fn list_comments(State(state): State<AppState>, caller: ApiCaller) -> ApiAnswer {
    caller.ask(&state, comments::list).await
}

async fn keep_comment(
    State(state): State<AppState>,
    caller: ApiCaller,
    Sent(sent): Sent<CommentSent>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            comments::keep(acting, &sent.text)
        })
        .await
}

async fn remove_comment(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(comment): InPath<String>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            comments::remove(acting, &comment)
        })
        .await
}
