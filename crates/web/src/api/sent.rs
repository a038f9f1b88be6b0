//! A JSON body on its way in, read with located complaints.

use super::{ApiFailure, Problem, place};
use assay_app::Failure;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

/// The JSON body, read into what it means.
pub struct Sent<T>(pub T);

impl<T: serde::de::DeserializeOwned, S: Send + Sync> FromRequest<S> for Sent<T> {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .is_some_and(|kind| {
                kind.split(';')
                    .next()
                    .is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
            });
        if !is_json {
            return Err(Problem::plain(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "Send Content-Type: application/json.",
            )
            .into_response());
        }
        let bytes = Bytes::from_request(request, state).await.map_err(|rejection| {
            let status = rejection.into_response().status();
            if status == StatusCode::PAYLOAD_TOO_LARGE {
                Problem::plain(status, "The body is larger than can be taken.").into_response()
            } else {
                ApiFailure(Failure::unreadable("", "The body could not be read.")).into_response()
            }
        })?;
        if holds_nul(&bytes) {
            return Err(ApiFailure(Failure::unreadable(
                "",
                "The body holds the character U+0000, which no text here can hold.",
            ))
            .into_response());
        }
        serde_json::from_slice(&bytes).map(Sent).map_err(|error| {
            let message = error.to_string();
            let field = place::of(&bytes, &error);
            ApiFailure(Failure::unreadable(
                field,
                format!("The body cannot be read: {message}."),
            ))
            .into_response()
        })
    }
}

/// Whether a text of the body holds U+0000, which PostgreSQL cannot keep. JSON writes it as an escape only, so that a body
/// without one need not be looked through.
pub fn holds_nul(bytes: &[u8]) -> bool {
    fn inside(value: &serde_json::Value) -> bool {
        match value {
            serde_json::Value::String(text) => text.contains('\0'),
            serde_json::Value::Array(items) => items.iter().any(inside),
            serde_json::Value::Object(members) => members
                .iter()
                .any(|(name, value)| name.contains('\0') || inside(value)),
            _ => false,
        }
    }
    bytes.windows(6).any(|window| window == br"\u0000")
        && serde_json::from_slice(bytes).is_ok_and(|value| inside(&value))
}
