//! Page structs become answers.

use crate::failure::{PageFailure, log_fault};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use std::fmt::Write;

/// A page handler's answer.
pub type Page = Result<Response, PageFailure>;

/// A page with status 200.
pub fn html(page: &impl std::fmt::Display) -> Response {
    html_with(StatusCode::OK, page)
}

/// A page with a status.
pub fn html_with(status: StatusCode, page: &impl std::fmt::Display) -> Response {
    drawn(status, page)
}

fn drawn(status: StatusCode, page: &dyn std::fmt::Display) -> Response {
    let mut text = String::with_capacity(16 * 1024);
    if write!(text, "{page}").is_err() {
        let incident = log_fault("a page could not be rendered");
        return (
            StatusCode::INTERNAL_SERVER_ERROR,
            format!("Something went wrong. Incident number {incident}."),
        )
            .into_response();
    }
    (status, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], text).into_response()
}
