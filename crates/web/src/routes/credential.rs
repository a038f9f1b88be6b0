//! What strangers fetch to check a digital credential: the issuer's document and the status lists. Asked without an account; nothing
//! in them names anybody.

use super::Route;
use crate::AppState;
use crate::client::ClientAddress;
use crate::failure::in_plain_text;
use assay_app::credential::publish;
use assay_app::{Caller, Failure};
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Addresses without a visit behind them.
pub fn plain() -> Vec<Route> {
    vec![
        Route::get("/.well-known/did.json", "anybody", show_document),
        Route::get("/credentials/status/{list}", "anybody", show_list),
        Route::get("/credentials/status/{list}/{key}", "anybody", show_list_of),
    ]
}

const DOCUMENT: &str = "application/did+ld+json";
const CREDENTIAL: &str = "application/vc+ld+json";

async fn show_document(State(state): State<AppState>, from: ClientAddress) -> Response {
    if let Some(later) = too_often(&state, &from) {
        return later;
    }
    let document = state.ask(&nobody(&state), publish::document).await;
    answer(document, DOCUMENT)
}

async fn show_list(State(state): State<AppState>, from: ClientAddress, Path(list): Path<String>) -> Response {
    status_list(&state, &from, &list, None).await
}

async fn show_list_of(
    State(state): State<AppState>,
    from: ClientAddress,
    Path((list, key)): Path<(String, String)>,
) -> Response {
    status_list(&state, &from, &list, Some(key)).await
}

async fn status_list(state: &AppState, from: &ClientAddress, list: &str, key: Option<String>) -> Response {
    if let Some(later) = too_often(state, from) {
        return later;
    }
    let Ok(list) = list.parse() else {
        return answer(Err(Failure::NotFound), CREDENTIAL);
    };
    let found = state
        .ask(&nobody(state), move |asking| {
            publish::list(asking, list, key.as_deref())
        })
        .await;
    answer(found.map(|bytes| bytes.to_vec()), CREDENTIAL)
}

/// The same limit as for the check of a certificate.
fn too_often(state: &AppState, from: &ClientAddress) -> Option<Response> {
    let seconds = state.checks().take(from.0, state.moment().at).err()?;
    let mut response = (
        StatusCode::TOO_MANY_REQUESTS,
        format!("Too many questions from this address. Ask again in {seconds} seconds.\n"),
    )
        .into_response();
    response
        .headers_mut()
        .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    Some(response)
}

fn nobody(state: &AppState) -> Caller {
    Caller {
        person: None,
        via: assay_domain::Via::Page,
        moment: state.moment(),
    }
}

fn answer(found: Result<Vec<u8>, Failure>, media: &'static str) -> Response {
    match found {
        Ok(bytes) => {
            let headers = [
                (header::CONTENT_TYPE, media),
                (header::CACHE_CONTROL, "public, max-age=60"),
                // Checkers that run in a browser come from other sites.
                (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
            ];
            (headers, bytes).into_response()
        }
        Err(failure) => in_plain_text(&failure, "There is nothing here.\n"),
    }
}
