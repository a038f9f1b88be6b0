//! Problem documents (RFC 9457): what a program is told when there is no answer.

use crate::failure::{log_fault, status_of};
use assay_app::{Complaint, Failure};
use assay_domain::Refusal;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// What kind of problem it is, as an address: `/api/v1#refused`.
    #[serde(rename = "type")]
    pub kind: String,
    /// The kind in words.
    pub title: String,
    /// The HTTP status.
    pub status: u16,
    /// What happened this time, as a sentence.
    pub detail: String,
    /// The first refusal's code, where the rules said no.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// Every reason why the rules say no: why, what would help, who can do that, where the rule comes from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub refusals: Vec<Refusal>,
    /// Everything in the request that cannot be read.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub complaints: Vec<Complaint>,
    /// The number under which a fault is found in the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub incident: Option<String>,
}

impl Problem {
    /// A problem with a sentence.
    pub fn plain(status: StatusCode, detail: impl Into<String>) -> Problem {
        let (kind, title) = match status {
            StatusCode::BAD_REQUEST => ("unreadable", "The request cannot be read"),
            StatusCode::UNAUTHORIZED => ("token-needed", "A valid token is needed"),
            StatusCode::FORBIDDEN => ("scope-missing", "The token does not allow this"),
            StatusCode::NOT_FOUND => ("not-found", "There is no such thing, or you may not see it"),
            StatusCode::METHOD_NOT_ALLOWED => ("method", "No such method here"),
            StatusCode::CONFLICT => ("conflict", "Somebody acted in between"),
            StatusCode::PAYLOAD_TOO_LARGE => ("too-large", "Too much was sent"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => ("media-type", "Another media type is expected"),
            StatusCode::UNPROCESSABLE_ENTITY => ("refused", "The rules say no"),
            StatusCode::TOO_MANY_REQUESTS => ("too-often", "Too many requests"),
            StatusCode::SERVICE_UNAVAILABLE => ("unavailable", "Not available at the moment"),
            _ => ("fault", "Something broke"),
        };
        Problem {
            kind: format!("/api/v1#{kind}"),
            title: title.to_owned(),
            status: status.as_u16(),
            detail: detail.into(),
            code: None,
            refusals: Vec::new(),
            complaints: Vec::new(),
            incident: None,
        }
    }

    /// The answer to an address that asks too often: it may ask again after `seconds`.
    pub fn too_often(detail: impl Into<String>, seconds: u64) -> Response {
        let mut response = Problem::plain(StatusCode::TOO_MANY_REQUESTS, detail).into_response();
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        response
    }

    /// What a failure may say. A fault is logged here, once, and says only its incident number.
    pub fn of(failure: &Failure) -> Problem {
        let status = status_of(failure);
        match failure {
            Failure::Refused(refusals) => Problem {
                code: refusals.0.first().map(|refusal| refusal.code.to_string()),
                refusals: refusals.0.clone(),
                ..Problem::plain(
                    status,
                    refusals
                        .0
                        .iter()
                        .map(|refusal| sentence(&refusal.because))
                        .collect::<Vec<_>>()
                        .join(" "),
                )
            },
            Failure::Unreadable(complaints) => Problem {
                complaints: complaints.clone(),
                ..Problem::plain(status, "Each complaint names its field.")
            },
            Failure::NotFound => Problem::plain(status, "There is no such thing, or you may not see it."),
            Failure::SignInNeeded => {
                Problem::plain(status, "Send a personal token: Authorization: Bearer assay_…")
            }
            Failure::Conflict { because } => Problem::plain(status, because.as_str()),
            Failure::Fault(why) => Problem {
                incident: Some(log_fault(why)),
                ..Problem::plain(status, "Something broke on our side and nothing was recorded.")
            },
        }
    }
}

/// A reason as a sentence among others; those that stand in a list need no stop.
fn sentence(because: &str) -> String {
    let stop = if because.ends_with(['.', '!', '?']) {
        ""
    } else {
        "."
    };
    format!("{because}{stop}")
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_vec(&self).unwrap_or_default();
        let mut response = (
            status,
            [
                (header::CONTENT_TYPE, "application/problem+json"),
                (header::CACHE_CONTROL, "no-store"),
            ],
            body,
        )
            .into_response();
        if status == StatusCode::UNAUTHORIZED {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// A failure as an API handler passes it on.
#[derive(Debug)]
pub struct ApiFailure(pub Failure);

impl From<Failure> for ApiFailure {
    fn from(failure: Failure) -> Self {
        ApiFailure(failure)
    }
}

impl IntoResponse for ApiFailure {
    fn into_response(self) -> Response {
        Problem::of(&self.0).into_response()
    }
}
