//! Centres over the API.

use super::{ApiAnswer, ApiCaller, Operation, Sent};
use crate::{AppState, InPath, InQuery};
use assay_app::centre::{
    self, CentreApproved, CentreView, CentresPage, NewCentre, NewGrades, NewOffer, OfferEnd,
};
use assay_domain::id::CentreId;
use axum::extract::State;
use axum::http::StatusCode;

const APPROVES: &str = "quality manager, administrator";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::get(
            "/api/v1/centres",
            "listCentres",
            "The centres that the caller may see",
            list,
        )
        .tag("Centres")
        .query::<ListCentres>()
        .answers::<CentresPage>(StatusCode::OK, "A page of centres."),
        Operation::post("/api/v1/centres", "approveCentre", "Approve a centre", approve)
            .tag("Centres")
            .access(APPROVES)
            .takes::<NewCentre>()
            .answers::<CentreApproved>(StatusCode::CREATED, "The centre is approved."),
        Operation::get(
            "/api/v1/centres/{centre}",
            "findCentre",
            "A centre with its staff and offers",
            find,
        )
        .tag("Centres")
        .access("quality manager, administrator, the centre's staff")
        .answers::<CentreView>(StatusCode::OK, "The centre."),
        Operation::post(
            "/api/v1/centres/{centre}/qualifications",
            "offerQualification",
            "Approve a centre for a qualification",
            offer,
        )
        .tag("Centres")
        .access(APPROVES)
        .takes::<NewOffer>()
        .answers_nothing("The centre is approved for the qualification."),
        Operation::post(
            "/api/v1/centres/{centre}/qualifications/{code}/stop",
            "stopOffering",
            "End a centre's approval for a qualification",
            stop,
        )
        .tag("Centres")
        .access(APPROVES)
        .takes::<OfferEnd>()
        .answers_nothing("The offer has its last day."),
        Operation::put(
            "/api/v1/centres/{centre}/grades",
            "setGrades",
            "Set or switch off the centre's own grade scale",
            set_grades,
        )
        .tag("Centres")
        .access("the centre's coordinator")
        .takes::<NewGrades>()
        .answers_nothing("The scale is set."),
    ]
}

/// Which page.
#[derive(serde::Deserialize, utoipa::IntoParams)]
struct ListCentres {
    /// From 1.
    #[serde(default)]
    page: Option<u32>,
}

async fn list(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(wanted): InQuery<ListCentres>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| {
            centre::list(asking, wanted.page.unwrap_or(1))
        })
        .await
}

async fn approve(
    State(state): State<AppState>,
    caller: ApiCaller,
    Sent(input): Sent<NewCentre>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            centre::approve(acting, input)
        })
        .await
}

async fn find(State(state): State<AppState>, caller: ApiCaller, InPath(id): InPath<CentreId>) -> ApiAnswer {
    caller.ask(&state, move |asking| centre::view(asking, &id)).await
}

async fn offer(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<CentreId>,
    Sent(input): Sent<NewOffer>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            centre::offer(acting, id, input)
        })
        .await
}

async fn stop(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath((id, code)): InPath<(CentreId, String)>,
    Sent(input): Sent<OfferEnd>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            centre::stop_offering(acting, id, code, input)
        })
        .await
}

async fn set_grades(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<CentreId>,
    Sent(input): Sent<NewGrades>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            centre::set_grades(acting, id, input)
        })
        .await
}
