//! The ledger for strangers: checkpoint and tiles at the paths of C2SP tlog-tiles, so that monitors and witnesses written by
//! others work.

use super::Route;
use crate::failure::in_plain_text;
use crate::{AppState, MaybeSignedIn};
use assay_app::ledger::{checkpoint, tiles};
use assay_app::{Caller, Failure, keys};
use axum::extract::{Path, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

/// Addresses without a visit behind them.
pub fn plain() -> Vec<Route> {
    vec![
        Route::get("/ledger/checkpoint", "anybody", show_checkpoint),
        Route::get("/ledger/keys", "anybody", show_keys),
        Route::get("/ledger/tile/{*path}", "anybody", show_tile),
    ]
}

/// Entries hold no names, yet say which id was referred where and when.
pub fn routes() -> Vec<Route> {
    vec![Route::get(
        "/ledger/tile/entries/{*path}",
        "quality manager, administrator; anybody where the installation publishes its entries",
        show_entries,
    )]
}

/// A full tile never changes, and a partial one of a given width neither.
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const BYTES: &str = "application/octet-stream";
const TEXT: &str = "text/plain; charset=utf-8";

async fn show_checkpoint(State(state): State<AppState>) -> Response {
    let note = state.work(checkpoint::latest).await;
    let found = note.and_then(|note| note.ok_or(Failure::NotFound));
    answer(found.map(|note| note.to_string().into_bytes()), TEXT, "no-cache")
}

async fn show_keys(State(state): State<AppState>) -> Response {
    let keys = state
        .ask(&nobody(&state), |asking| Ok(keys::list(asking.tx)?))
        .await;
    let lines = keys.map(|keys| {
        let lines: Vec<String> = keys.iter().map(|key| format!("{}\n", key.public_key)).collect();
        lines.concat().into_bytes()
    });
    answer(lines, TEXT, "no-cache")
}

async fn show_tile(State(state): State<AppState>, Path(path): Path<String>) -> Response {
    let bytes = state
        .ask(&nobody(&state), move |asking| tiles::hashes(asking, &path))
        .await;
    answer(bytes, BYTES, FOR_EVER)
}

async fn show_entries(
    State(state): State<AppState>,
    visit: MaybeSignedIn,
    Path(path): Path<String>,
) -> Response {
    let public = state.settings().publish_entries;
    let bytes = state
        .ask(&visit.caller(), move |asking| {
            tiles::entries(asking, &path, public)
        })
        .await;
    let cached = if public { FOR_EVER } else { "private, no-store" };
    answer(bytes, BYTES, cached)
}

fn nobody(state: &AppState) -> Caller {
    Caller {
        person: None,
        via: assay_domain::Via::Page,
        moment: state.moment(),
    }
}

fn answer(found: Result<Vec<u8>, Failure>, media: &'static str, cached: &'static str) -> Response {
    match found {
        Ok(bytes) => {
            let headers = [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, cached)];
            (headers, bytes).into_response()
        }
        Err(failure) => in_plain_text(&failure, "The ledger has nothing here.\n"),
    }
}
