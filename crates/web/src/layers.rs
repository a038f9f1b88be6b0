//! What stands around every request: headers for the browser's own defences, a time limit, a line in the log.

use crate::AppState;
use crate::api::Problem;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use std::time::Instant;

const HEADERS: [(HeaderName, &str); 6] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    // Full addresses hold ids and one-time links; no other site is told any of it.
    (header::REFERRER_POLICY, "same-origin"),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("cross-origin-resource-policy"),
        "same-origin",
    ),
    (
        HeaderName::from_static("permissions-policy"),
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

/// Sets the headers on every answer. A handler that serves learners' files sets a stricter content policy of its own,
/// which is kept.
pub async fn security_headers(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if state.https() {
        headers.insert(
            header::STRICT_TRANSPORT_SECURITY,
            HeaderValue::from_static("max-age=31536000; includeSubDomains"),
        );
    }
    response
}

/// Answers 503 when a request takes too long. Uploads are read as long as they flow.
pub async fn time_limit(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let upload = request.headers().get(header::CONTENT_TYPE).is_some_and(|kind| {
        let kind = kind.as_bytes();
        kind.starts_with(b"multipart/form-data") || kind.starts_with(b"application/octet-stream")
    });
    if upload {
        return next.run(request).await;
    }
    let by_program = request.uri().path().starts_with("/api/");
    let words = "This took too long and was stopped. Please try again.";
    match tokio::time::timeout(state.settings().longest_request, next.run(request)).await {
        Ok(response) => response,
        Err(_) if by_program => Problem::plain(StatusCode::SERVICE_UNAVAILABLE, words).into_response(),
        Err(_) => (StatusCode::SERVICE_UNAVAILABLE, format!("{words}\n")).into_response(),
    }
}

/// One line per request in the log. The address is written as its pattern, so that no id, token or one-time link is.
pub async fn trace(request: Request, next: Next) -> Response {
    let method = request.method().clone();
    let path = request
        .extensions()
        .get::<MatchedPath>()
        .map(|path| path.as_str().to_owned());
    let began = Instant::now();
    let response = next.run(request).await;
    let millis = began.elapsed().as_secs_f64() * 1000.0;
    let path = path
        .or_else(|| {
            response
                .extensions()
                .get::<MatchedPath>()
                .map(|path| path.as_str().to_owned())
        })
        .unwrap_or_default();
    tracing::info!(%method, path, status = response.status().as_u16(), millis = format!("{millis:.1}"), "request");
    response
}
