//! Whether the program is well, and the files that pages load.

use super::Route;
use crate::AppState;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/health", "anybody", health),
        Route::get("/assets/{file}", "anybody", asset),
        Route::get("/favicon.ico", "anybody", favicon),
    ]
}

/// 200 when the store can be read, 503 when it cannot.
async fn health(State(state): State<AppState>) -> Response {
    let caller = assay_app::Caller {
        person: None,
        via: assay_domain::Via::Page,
        moment: state.moment(),
    };
    let headers = [
        (header::CONTENT_TYPE, "text/plain; charset=utf-8"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    match state
        .ask(&caller, |asking| Ok(assay_store::ledger::size(asking.tx)?))
        .await
    {
        Ok(_) => (StatusCode::OK, headers, "ok\n").into_response(),
        Err(failure) => {
            let incident = crate::failure::log_fault(&failure.to_string());
            (
                StatusCode::SERVICE_UNAVAILABLE,
                headers,
                format!("not well, incident {incident}\n"),
            )
                .into_response()
        }
    }
}

async fn asset(Path(file): Path<String>) -> Response {
    match assay_pages::assets::find_asset(&format!("/assets/{file}")) {
        Some(asset) => (
            [
                (header::CONTENT_TYPE, asset.media_type),
                (header::CACHE_CONTROL, "public, max-age=31536000, immutable"),
            ],
            asset.bytes.as_slice(),
        )
            .into_response(),
        None => (StatusCode::NOT_FOUND, "There is no such file.\n").into_response(),
    }
}

async fn favicon() -> Response {
    axum::response::Redirect::permanent(&assay_pages::asset_url("mark.svg")).into_response()
}
