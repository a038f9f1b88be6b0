//! After an act: a redirect with a message that the next page shows.

use crate::{AppState, cookie};
use assay_pages::{Notice, Tone};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A redirect after a form was carried out (303), with messages for the next page. The messages travel in a cookie that
/// only this site sets, and are shown as text.
#[derive(Clone)]
pub struct Redirected {
    state: AppState,
    to: String,
    messages: Vec<Message>,
    headers: HeaderMap,
}

#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
struct Message {
    tone: u8,
    text: String,
}

impl Redirected {
    /// To a path of this site.
    pub fn to(state: &AppState, path: impl Into<String>) -> Self {
        Redirected {
            state: state.clone(),
            to: path.into(),
            messages: Vec::new(),
            headers: HeaderMap::new(),
        }
    }

    /// With a message that it worked.
    pub fn good(self, text: impl Into<String>) -> Self {
        self.message(0, text)
    }

    /// With a message worth knowing.
    pub fn info(self, text: impl Into<String>) -> Self {
        self.message(1, text)
    }

    /// With a message to take care.
    pub fn caution(self, text: impl Into<String>) -> Self {
        self.message(2, text)
    }

    fn message(mut self, tone: u8, text: impl Into<String>) -> Self {
        let text: String = text.into().chars().take(600).collect();
        self.messages.push(Message { tone, text });
        self
    }

    /// With a cookie set.
    pub(crate) fn cookie(mut self, name: &str, value: &str) -> Self {
        cookie::set(&self.state, &mut self.headers, name, value);
        self
    }

    /// With a cookie removed.
    pub(crate) fn without_cookie(mut self, name: &str) -> Self {
        cookie::clear(&self.state, &mut self.headers, name);
        self
    }
}

impl IntoResponse for Redirected {
    fn into_response(self) -> Response {
        let mut headers = self.headers;
        if !self.messages.is_empty()
            && let Ok(json) = serde_json::to_vec(&self.messages)
        {
            cookie::set(
                &self.state,
                &mut headers,
                cookie::FLASH,
                &URL_SAFE_NO_PAD.encode(json),
            );
        }
        // A line break in the path would be a header of its own; such a path is none of ours.
        match self.to.parse() {
            Ok(to) => {
                headers.insert(header::LOCATION, to);
                (StatusCode::SEE_OTHER, headers).into_response()
            }
            Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
        }
    }
}

/// The messages that a request's cookie carries.
pub(crate) fn read(state: &AppState, headers: &HeaderMap) -> Vec<Notice> {
    let Some(value) = cookie::find(state, headers, cookie::FLASH) else {
        return Vec::new();
    };
    let messages = URL_SAFE_NO_PAD
        .decode(value)
        .ok()
        .and_then(|json| serde_json::from_slice::<Vec<Message>>(&json).ok());
    let tone = |tone| match tone {
        0 => Tone::Good,
        1 => Tone::Info,
        _ => Tone::Caution,
    };
    messages
        .unwrap_or_default()
        .into_iter()
        .take(4)
        .map(|message| Notice::new(tone(message.tone), message.text))
        .collect()
}
