//! The JSON API under `/api/v1`: the same acts and questions as the pages, for programs.
//!
//! A program calls with a personal token (`Authorization: Bearer assay_…`) and acts as its owner; the session's cookie is
//! not accepted. Refusals and complaints are problem documents (RFC 9457). A write may carry an `Idempotency-Key`.
//!
//! # Adding an operation
//!
//! A noun has a file `api/<noun>.rs` with `pub fn operations() -> Vec<Operation>` and a line in [`operations`]. One
//! [`Operation`] declares the route and its documentation together, so that they cannot drift apart:
//!
//! ```ignore
//! Operation::post("/api/v1/people", "addPerson", "Add a person", add)
//!     .tag("People")
//!     .access("administrator, coordinator")
//!     .takes::<AddPerson>()
//!     .answers::<PersonAdded>(StatusCode::CREATED, "The person was added."),
//!
//! async fn add(State(state): State<AppState>, caller: ApiCaller, Sent(input): Sent<AddPerson>) -> ApiAnswer {
//!     caller.act(&state, StatusCode::CREATED, move |acting| people::add::run(acting, input)).await
//! }
//! ```
//!
//! The answers that every operation of its kind can give (400, 401, 403, 404, 409, 413, 415, 422, 500, 503) are
//! documented by the builder; [`Operation::limited`], [`Operation::may_refuse`] and [`Operation::tells`] add those that
//! only some can give. `tests/api/run.py` compares the answers with the description.

pub mod account;
pub mod award;
pub mod caller;
pub mod centre;
pub mod correction;
pub mod document;
pub mod evidence;
pub mod external_assessment;
pub mod import;
pub mod link;
pub mod marking;
pub mod message;
pub mod name_change;
pub mod operation;
pub mod people;
mod place;
pub mod problem;
pub mod registration;
pub mod sent;
pub mod share;
pub mod specification;
pub mod submission;
pub mod syllabus;
pub mod theme;
pub mod verification;

pub use caller::{ApiAnswer, ApiCaller};
pub use operation::Operation;
pub use problem::{ApiFailure, Problem};
pub use sent::Sent;

use crate::failure::Unrendered;
use crate::{AppState, routes};
use assay_app::Failure;
use axum::Router;
use axum::extract::{Request, State};
use axum::middleware::{Next, from_fn, from_fn_with_state};
use axum::response::{IntoResponse, Response};

/// About answers that hold a secret.
const TOLD_ONCE: &str = "The answer holds a secret, which is told this once. Sending the same Idempotency-Key again does \
                         nothing more and is answered with 409.";

/// One line per noun.
#[rustfmt::skip]
const NOUNS: &[fn() -> Vec<Operation>] = &[
    account::operations,
    link::operations,
    people::operations,
    centre::operations,
    award::operations,
    share::operations,
    name_change::operations,
    correction::operations,
    theme::operations,
    specification::operations,
    syllabus::operations,
    registration::operations,
    import::operations,
    message::operations,
    evidence::operations,
    submission::operations,
    marking::operations,
    verification::operations,
    external_assessment::operations,
];

/// Every operation.
pub fn operations() -> Vec<Operation> {
    NOUNS.iter().flat_map(|noun| noun()).collect()
}

/// The API's part of the router.
pub(crate) fn router(state: &AppState) -> Router<AppState> {
    let routes = operations()
        .into_iter()
        .map(|operation| operation.route)
        .collect();
    let unknown = Router::new()
        .route("/api", axum::routing::any(nothing))
        .route("/api/{*rest}", axum::routing::any(nothing));
    routes::router(routes)
        .merge(routes::router(document::routes()))
        .method_not_allowed_fallback(wrong_method)
        .merge(unknown)
        .layer(from_fn_with_state(state.clone(), digest))
        .layer(from_fn(render))
}

async fn nothing() -> ApiFailure {
    ApiFailure(Failure::NotFound)
}

async fn wrong_method() -> Response {
    Problem::plain(
        axum::http::StatusCode::METHOD_NOT_ALLOWED,
        "This address has no such method.",
    )
    .into_response()
}

/// Failures from extractors that pages and API share become problem documents.
async fn render(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Unrendered>() {
        Some(Unrendered(failure)) => Problem::of(&failure).into_response(),
        None => response,
    }
}

/// Where a write carries an `Idempotency-Key`, its body is read whole and its digest handed on.
async fn digest(State(state): State<AppState>, request: Request, next: Next) -> Response {
    match caller::with_digest(&state, request).await {
        Ok(request) => next.run(request).await,
        Err(response) => response,
    }
}
