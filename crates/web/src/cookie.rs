//! The program's cookies: one for the session or visit, one for the message after a redirect.

use crate::AppState;
use axum::http::{HeaderMap, HeaderValue, header};

/// The session's token, or the visit's when nobody is signed in.
pub const VISIT: &str = "assay";
/// Messages to show on the next page.
pub const FLASH: &str = "assay-flash";

/// The cookie's name: with the `__Host-` prefix under https, so that no neighbouring site can set it.
fn name(state: &AppState, name: &str) -> String {
    if state.https() {
        format!("__Host-{name}")
    } else {
        name.to_owned()
    }
}

/// The value of a cookie of the request.
pub fn find<'h>(state: &AppState, headers: &'h HeaderMap, wanted: &str) -> Option<&'h str> {
    let wanted = name(state, wanted);
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == wanted)
        .map(|(_, value)| value)
}

/// Sets a cookie for the browser's session. The value must be of base64url characters.
pub fn set(state: &AppState, headers: &mut HeaderMap, cookie: &str, value: &str) {
    put(state, headers, &format!("{}={value}", name(state, cookie)));
}

/// Removes a cookie.
pub fn clear(state: &AppState, headers: &mut HeaderMap, cookie: &str) {
    put(state, headers, &format!("{}=; Max-Age=0", name(state, cookie)));
}

fn put(state: &AppState, headers: &mut HeaderMap, pair: &str) {
    let secure = if state.https() { "; Secure" } else { "" };
    if let Ok(value) = HeaderValue::from_str(&format!("{pair}; Path=/; HttpOnly; SameSite=Lax{secure}")) {
        headers.append(header::SET_COOKIE, value);
    }
}
