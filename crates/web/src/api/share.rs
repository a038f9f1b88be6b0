//! A learner's share links over the API.

use super::{ApiAnswer, ApiCaller, ApiFailure, Operation, Problem, Sent};
use crate::client::ClientAddress;
use crate::{AppState, InPath};
use assay_app::award::share::{self, MadeShareLink, ShareAward, SharedAward, SharedLinks};
use assay_app::{Caller, Failure};
use assay_domain::Via;
use assay_domain::id::AwardId;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const TAG: &str = "Awards";
const LEARNER: &str = "the learner";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::get(
            "/api/v1/awards/{award}/share-links",
            "listShareLinks",
            "The links by which the caller shows an award",
            list,
        )
        .tag(TAG)
        .access(LEARNER)
        .about("Each with when it was opened, to the minute; who opened it is not recorded. Never the address.")
        .answers::<SharedLinks>(StatusCode::OK, "The links, the last made first."),
        Operation::post(
            "/api/v1/awards/{award}/share-links",
            "shareAward",
            "Make a link that shows an award",
            make,
        )
        .tag(TAG)
        .access(LEARNER)
        .about("The answer holds a secret, which is told this once; sending the same Idempotency-Key again does nothing more and is answered with 409.")
        .takes::<ShareAward>()
        .answers::<MadeShareLink>(StatusCode::CREATED, "The link."),
        Operation::delete(
            "/api/v1/awards/{award}/share-links/{link}",
            "deleteShareLink",
            "Delete a link that shows an award",
            delete,
        )
        .tag(TAG)
        .access(LEARNER)
        .answers_nothing("The link is deleted; whoever opens it finds nothing."),
        Operation::get("/api/v1/shared/{code}", "findSharedAward", "What a share link shows", open)
            .tag(TAG)
            .open()
            .about("`code` is the last part of the link's address. The opening is counted for the learner to see. A link that is deleted, past its end or unknown is not found.")
            .limited()
            .answers::<SharedAward>(StatusCode::OK, "The award."),
    ]
}

async fn list(State(state): State<AppState>, caller: ApiCaller, InPath(award): InPath<AwardId>) -> ApiAnswer {
    caller
        .ask(&state, move |asking| share::list(asking, &award))
        .await
}

async fn make(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(award): InPath<AwardId>,
    Sent(input): Sent<ShareAward>,
) -> ApiAnswer {
    caller
        .act_in_secret(&state, StatusCode::CREATED, move |acting| {
            share::make(acting, &award, &input)
        })
        .await
}

async fn delete(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath((award, link)): InPath<(AwardId, String)>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            share::delete(acting, &award, &link)
        })
        .await
}

async fn open(
    State(state): State<AppState>,
    from: ClientAddress,
    InPath(code): InPath<String>,
) -> Result<Response, ApiFailure> {
    let moment = state.moment();
    if let Err(seconds) = state.checks().take(from.0, moment.at) {
        let words = format!("Too many links were opened from this address. Ask again in {seconds} seconds.");
        return Ok(Problem::too_often(words, seconds));
    }
    let nobody = Caller {
        person: None,
        via: Via::Api,
        moment,
    };
    let looked = code.clone();
    // A link that does not work costs no write.
    state
        .ask(&nobody, move |asking| share::look(asking, &looked))
        .await?;
    let shared = state
        .act(nobody, move |acting| share::open(acting, &code))
        .await?;
    let body = serde_json::to_vec(&shared).map_err(Failure::from)?;
    let headers = [
        (header::CONTENT_TYPE, "application/json"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((headers, body).into_response())
}
