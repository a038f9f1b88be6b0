//! Certificates in another name over the API.

use super::{ApiAnswer, ApiCaller, Operation, Sent};
use crate::routes::name_change::prepare;
use crate::{AppState, InPath, InQuery};
use assay_app::award::change::Replaced;
use assay_app::award::name_change::{self, NameChangeAsked, NameChangeView, NameChangesPage, Show};
use assay_domain::award::{AskNameChange, RefuseNameChange, SeeNameProof};
use assay_domain::id::{CentreId, NameChangeId};
use axum::extract::State;
use axum::http::StatusCode;

const ENTITLED: &str = "the learner, coordinator of the centre, quality manager";
const BOTH: &str = "quality manager, coordinator of the centre";
const QUALITY: &str = "quality manager";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::post(
            "/api/v1/certificates/{number}/name-changes",
            "askNameChange",
            "Ask for a certificate in another name",
            ask,
        )
        .tag("Certificates")
        .access(ENTITLED)
        .about(
            "When the centre or the awarding body asks, it has the original of the proof before it, and that is recorded too.",
        )
        .takes::<AskNameChange>()
        .answers::<NameChangeAsked>(StatusCode::CREATED, "It is asked for; nothing has changed yet."),
        Operation::get(
            "/api/v1/name-changes",
            "listNameChanges",
            "Requests for certificates in another name",
            list,
        )
        .tag("Certificates")
        .access(BOTH)
        .query::<FindNameChanges>()
        .answers::<NameChangesPage>(StatusCode::OK, "A page of requests, the oldest first."),
        Operation::get(
            "/api/v1/name-changes/{change}",
            "findNameChange",
            "A request for a certificate in another name",
            find,
        )
        .tag("Certificates")
        .access(ENTITLED)
        .answers::<NameChangeView>(StatusCode::OK, "The request, with what the caller may do."),
        Operation::post(
            "/api/v1/name-changes/{change}/seen",
            "seeNameProof",
            "Record that the original of the proof was seen",
            see,
        )
        .tag("Certificates")
        .access(BOTH)
        .takes::<SeeNameProof>()
        .answers_nothing("It is recorded."),
        Operation::post(
            "/api/v1/name-changes/{change}/approve",
            "approveNameChange",
            "Approve a change of name",
            approve,
        )
        .tag("Certificates")
        .access(QUALITY)
        .about("The learner's details, the certificate in the new name and the end of the old one are recorded in one act.")
        .answers::<Replaced>(StatusCode::CREATED, "The new certificate's number."),
        Operation::post(
            "/api/v1/name-changes/{change}/refuse",
            "refuseNameChange",
            "Do not approve a change of name",
            refuse,
        )
        .tag("Certificates")
        .access(QUALITY)
        .takes::<RefuseNameChange>()
        .answers_nothing("The certificate stays in the name it has."),
    ]
}

#[derive(serde::Deserialize, utoipa::IntoParams)]
struct FindNameChanges {
    /// `asked`, `proved`, `approved`, `refused` or `all`; those that wait when it is left out.
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

async fn ask(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(number): InPath<String>,
    Sent(act): Sent<AskNameChange>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            name_change::ask(acting, &number, &act)
        })
        .await
}

async fn list(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(find): InQuery<FindNameChanges>,
) -> ApiAnswer {
    let (show, page) = (Show::read(&find.state), find.page.unwrap_or(1));
    caller
        .ask(&state, move |asking| {
            name_change::list(asking, show, find.centre.as_ref(), page)
        })
        .await
}

async fn find(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(change): InPath<NameChangeId>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| name_change::view(asking, &change))
        .await
}

async fn see(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(change): InPath<NameChangeId>,
    Sent(act): Sent<SeeNameProof>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            name_change::see(acting, &change, &act)
        })
        .await
}

async fn approve(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(change): InPath<NameChangeId>,
) -> ApiAnswer {
    let prepared = prepare(&state, caller.caller(), change).await?;
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            name_change::approve(acting, &prepared)
        })
        .await
}

async fn refuse(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(change): InPath<NameChangeId>,
    Sent(act): Sent<RefuseNameChange>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            name_change::refuse(acting, &change, &act)
        })
        .await
}
