//! Corrections of results after an award, over the API.

use super::{ApiAnswer, ApiCaller, Operation, Sent};
use crate::{AppState, InPath, InQuery};
use assay_app::award::correction::{self, CorrectionView, CorrectionsPage, ResultFlagged};
use assay_domain::award::{AssessCorrection, DecideCorrection, FlagResult};
use assay_domain::id::{AwardId, CentreId, CorrectionId};
use axum::extract::State;
use axum::http::StatusCode;

const STAFF: &str = "staff who may see the award, quality manager";
const BOTH: &str = "quality manager, coordinator of the centre";
const QUALITY: &str = "quality manager";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::post(
            "/api/v1/awards/{award}/corrections",
            "flagResult",
            "Say that results of an award may be wrong",
            flag,
        )
        .tag("Awards")
        .access(STAFF)
        .takes::<FlagResult>()
        .answers::<ResultFlagged>(StatusCode::CREATED, "It is recorded; nothing has changed yet."),
        Operation::get(
            "/api/v1/corrections",
            "listCorrections",
            "Corrections of results",
            list,
        )
        .tag("Awards")
        .access(BOTH)
        .query::<FindCorrections>()
        .answers::<CorrectionsPage>(StatusCode::OK, "A page of corrections, the oldest first."),
        Operation::get(
            "/api/v1/corrections/{correction}",
            "findCorrection",
            "A correction of results",
            find,
        )
        .tag("Awards")
        .access(STAFF)
        .answers::<CorrectionView>(StatusCode::OK, "The correction, with what the caller may do."),
        Operation::post(
            "/api/v1/corrections/{correction}/assess",
            "assessCorrection",
            "Record what was found, and whether anybody is the worse for it",
            assess,
        )
        .tag("Awards")
        .access(QUALITY)
        .takes::<AssessCorrection>()
        .answers_nothing("It is recorded."),
        Operation::post(
            "/api/v1/corrections/{correction}/correct",
            "correctResult",
            "Correct the results",
            correct,
        )
        .tag("Awards")
        .access(QUALITY)
        .about("Certificates in force are revoked, every award that counts the results is withdrawn, and the work goes back to its assessor.")
        .takes::<DecideCorrection>()
        .answers_nothing("The results are corrected."),
        Operation::post(
            "/api/v1/corrections/{correction}/leave",
            "leaveResult",
            "Leave the results as they are",
            leave,
        )
        .tag("Awards")
        .access(QUALITY)
        .takes::<DecideCorrection>()
        .answers_nothing("The results stay as they are, with the reasoning."),
    ]
}

#[derive(serde::Deserialize, utoipa::IntoParams)]
struct FindCorrections {
    /// `flagged`, `assessed`, `corrected` or `left`; all when it is left out.
    #[serde(default)]
    state: String,
    /// A centre's id: for a coordinator one of their own, the first when it is left out; for a quality manager every centre then.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    centre: Option<CentreId>,
    /// From 1.
    #[serde(default)]
    page: Option<u32>,
}

async fn flag(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(award): InPath<AwardId>,
    Sent(act): Sent<FlagResult>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            correction::flag(acting, &award, &act)
        })
        .await
}

async fn list(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(find): InQuery<FindCorrections>,
) -> ApiAnswer {
    let (wanted, page) = (find.state.parse().ok(), find.page.unwrap_or(1));
    caller
        .ask(&state, move |asking| {
            correction::list(asking, wanted, find.centre.as_ref(), page)
        })
        .await
}

async fn find(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<CorrectionId>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| correction::view(asking, &id))
        .await
}

async fn assess(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<CorrectionId>,
    Sent(act): Sent<AssessCorrection>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            correction::assess(acting, &id, &act)
        })
        .await
}

async fn correct(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<CorrectionId>,
    Sent(act): Sent<DecideCorrection>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            correction::correct(acting, &id, &act)
        })
        .await
}

async fn leave(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<CorrectionId>,
    Sent(act): Sent<DecideCorrection>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            correction::leave(acting, &id, &act)
        })
        .await
}
