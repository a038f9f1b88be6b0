//! Forms on their way in: guarded against forgery and repetition, then read into what they mean.
//!
//! [`guard`] is laid over every page route, so that no route can forget it. A handler takes a [`Typed`] and asks it for
//! its fields; complaints are collected and told together by [`Typed::finish`].
//!
//! ```ignore
//! async fn add(state: State<AppState>, who: SignedIn, mut typed: Typed) -> Page {
//!     let input = AddPerson { given: typed.text("given", "a given name"), born_on: typed.optional_date("born_on"), .. };
//!     let done = match typed.finish() {
//!         Ok(()) => state.act(who.caller(), move |acting| people::add::run(acting, input)).await,
//!         Err(failure) => Err(failure),
//!     };
//!     match done {
//!         Ok(person) => Ok(Redirected::to(&state, format!("/people/{person}")).good("The person was added.")),
//!         Err(failure) => { let told = Told::from_failure(failure)?; show(told, typed.form()) }
//!     }
//! }
//! ```

use crate::failure::PageFailure;
use crate::fresh::random_bytes;
use crate::session::Visit;
use crate::{AppState, page};
use assay_app::{Complaint, Failure};
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Multipart, Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use std::pin::Pin;
use std::str::FromStr;
use std::sync::Arc;
use std::task::{Context, Poll};

/// The field that carries the session's token against forged forms.
pub const CSRF: &str = "_csrf";
/// The field that carries the rendering's word, so that a form is carried out once.
pub const ONCE: &str = "_once";
/// The header that carries the token where a script sends JSON or text.
pub const CSRF_HEADER: &str = "x-csrf-token";

/// What stands around every page route: reads are passed on; a write must come from one of our own pages.
///
/// A write is refused unless the browser says that it comes from this site (`Sec-Fetch-Site`, else `Origin`) and it
/// carries the visit's token: in the field `_csrf` of a form, in the header `X-CSRF-Token` from a script, or, for an
/// upload, in the first part (see [`Upload`]).
pub async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS) {
        return next.run(request).await;
    }
    let Some(visit) = request.extensions().get::<Arc<Visit>>().cloned() else {
        return PageFailure(Failure::Fault("a page route without a visit".into())).into_response();
    };
    if !comes_from_here(&state, request.headers()) {
        return forged(&visit);
    }
    if let Some(token) = request.headers().get(CSRF_HEADER) {
        let fits = token.to_str().is_ok_and(|token| fits(token, visit.csrf()));
        return if fits {
            next.run(request).await
        } else {
            forged(&visit)
        };
    }
    match media_type(request.headers()) {
        // The handler's `Upload` checks the token, because the body is read as a stream.
        Some("multipart/form-data") => next.run(request).await,
        Some("application/x-www-form-urlencoded") => guard_form(&state, &visit, request, next).await,
        _ => forged(&visit),
    }
}

async fn guard_form(state: &AppState, visit: &Visit, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(bytes) = axum::body::to_bytes(body, state.settings().largest_body).await else {
        return too_large(visit);
    };
    let pairs = pairs(&bytes);
    let field = |name: &str| {
        pairs
            .iter()
            .find(|(field, _)| field == name)
            .map(|(_, value)| value.as_str())
    };
    if !field(CSRF).is_some_and(|token| fits(token, visit.csrf())) {
        return forged(visit);
    }
    let word = field(ONCE).filter(|word| !word.is_empty() && word.len() <= 128);
    let place = word.map(|word| {
        state
            .once()
            .place(&format!("{}\0{}\0{word}", visit.csrf(), parts.uri.path()))
    });
    let request = Request::from_parts(parts, Body::from(bytes));
    let Some(place) = place else {
        return next.run(request).await;
    };
    let mut first = place.lock().await;
    if let Some(location) = first.as_ref() {
        return axum::response::Redirect::to(location).into_response();
    }
    let response = next.run(request).await;
    if response.status() == StatusCode::SEE_OTHER {
        *first = response
            .headers()
            .get(header::LOCATION)
            .and_then(|location| location.to_str().ok())
            .map(str::to_owned);
    }
    response
}

/// Whether the browser says that the request comes from this site. Programs that say neither are let through to the
/// token, which they cannot know.
fn comes_from_here(state: &AppState, headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match (text("sec-fetch-site"), text("origin")) {
        (Some(site), _) => matches!(site, "same-origin" | "none"),
        (None, Some(origin)) => {
            let public = &state.app().surroundings().public_address;
            origin == public
                || text("host")
                    .is_some_and(|host| origin.split_once("://").is_some_and(|(_, from)| from == host))
        }
        (None, None) => true,
    }
}

/// The token as a page carries it: hidden behind fresh random bytes in every rendering, so that what compression makes of
/// a page says nothing about it (the attack called BREACH).
pub fn masked(token: &str) -> String {
    let Ok(token) = hex::decode(token) else {
        return String::new();
    };
    let pad: [u8; 32] = random_bytes();
    let hidden: Vec<u8> = token.iter().zip(pad).map(|(byte, pad)| byte ^ pad).collect();
    format!("{}{}", hex::encode(pad), hex::encode(hidden))
}

/// Whether what a form carries is the visit's token, masked.
pub fn fits(sent: &str, token: &str) -> bool {
    let (Some(pad), Some(hidden)) = (sent.get(..64), sent.get(64..)) else {
        return false;
    };
    let (Ok(pad), Ok(hidden)) = (hex::decode(pad), hex::decode(hidden)) else {
        return false;
    };
    let found: Vec<u8> = hidden.iter().zip(&pad).map(|(byte, pad)| byte ^ pad).collect();
    same(&hex::encode(found), token)
}

/// Compares in a time that does not depend on where the texts differ.
pub fn same(a: &str, b: &str) -> bool {
    a.len() == b.len() && a.bytes().zip(b.bytes()).fold(0, |seen, (a, b)| seen | (a ^ b)) == 0
}

fn media_type(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    value.split(';').next().map(str::trim)
}

fn forged(visit: &Visit) -> Response {
    let text = "The form could not be matched to your visit, so nothing was done. Perhaps you signed in or out in another \
                window, or the page was open for a long time. Go back, reload the page and try again.";
    page::html_with(
        StatusCode::FORBIDDEN,
        &assay_pages::problem::Problem {
            shell: visit.shell("Please send the form again"),
            text: text.to_owned(),
            refusals: Default::default(),
        },
    )
}

fn too_large(visit: &Visit) -> Response {
    page::html_with(
        StatusCode::PAYLOAD_TOO_LARGE,
        &assay_pages::problem::Problem {
            shell: visit.shell("Too much was sent"),
            text: "The form holds more than can be taken at once. Nothing was recorded.".to_owned(),
            refusals: Default::default(),
        },
    )
}

pub fn pairs(bytes: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(bytes)
        .map(|(name, value)| (name.into_owned(), clean(&value)))
        .collect()
}

/// Line ends as one character, and no NUL, which PostgreSQL cannot keep.
fn clean(text: &str) -> String {
    text.replace("\r\n", "\n").replace('\0', "")
}

/// What was typed into a form, read field by field into what it means.
#[derive(Debug, Clone, Default)]
pub struct Typed {
    pairs: Vec<(String, String)>,
    complaints: Vec<Complaint>,
}

impl<S: Send + Sync> FromRequest<S> for Typed {
    type Rejection = PageFailure;

    async fn from_request(request: Request, state: &S) -> Result<Self, PageFailure> {
        let bytes = Bytes::from_request(request, state)
            .await
            .map_err(|_| PageFailure(Failure::unreadable("", "The form could not be read.")))?;
        Ok(Typed::from_pairs(pairs(&bytes)))
    }
}

impl Typed {
    /// For tests and for forms that come by another way.
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        Typed {
            pairs,
            complaints: Vec::new(),
        }
    }

    /// The fields as they were typed, for showing the form again; without the guard's own fields and without passwords.
    pub fn form(&self) -> assay_pages::Form {
        let kept = self
            .pairs
            .iter()
            .filter(|(name, _)| !name.starts_with('_') && !name.contains("password"));
        assay_pages::Form::typed(kept.map(|(name, value)| (name.as_str(), value.as_str())))
    }

    /// The first value of a field as it was typed, spaces and all; empty when it was not sent.
    pub fn raw(&self, field: &str) -> &str {
        self.pairs
            .iter()
            .find(|(name, _)| name == field)
            .map_or("", |(_, value)| value)
    }

    /// Every value of a field that may come several times, without those left empty.
    pub fn all(&self, field: &str) -> Vec<String> {
        let values = self.pairs.iter().filter(|(name, _)| name == field);
        values
            .map(|(_, value)| value.trim().to_owned())
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// Every field as sent, for forms whose field names carry an id (`decision.1.2`).
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// Whether a box was ticked.
    pub fn ticked(&self, field: &str) -> bool {
        !matches!(self.raw(field), "" | "0" | "false" | "off" | "no")
    }

    /// Complains about a field.
    pub fn complain(&mut self, field: &str, message: impl Into<String>) {
        self.complaints.push(Complaint::new(field, message));
    }

    /// Text that must be there, without spaces around it. `what` says what is expected: "a given name".
    pub fn text(&mut self, field: &str, what: &str) -> String {
        let text = self.raw(field).trim().to_owned();
        if text.is_empty() {
            self.complain(field, format!("Enter {what}."));
        }
        text
    }

    /// Text that may be missing.
    pub fn optional_text(&self, field: &str) -> Option<String> {
        Some(self.raw(field).trim())
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    }

    /// A day that must be there. The value that stands in when it cannot be read is never used, because `finish` fails.
    pub fn date(&mut self, field: &str, what: &str) -> Date {
        let before = self.complaints.len();
        match self.optional_date(field) {
            Some(date) => date,
            None => {
                if self.complaints.len() == before {
                    self.complain(field, format!("Enter {what}."));
                }
                Date::MIN
            }
        }
    }

    /// A day that may be missing: as `2019-10-14`, as `14/10/2019`, as `14 October 2019`, or from the three fields
    /// `field-day`, `field-month`, `field-year`.
    pub fn optional_date(&mut self, field: &str) -> Option<Date> {
        let mut text = self.raw(field).trim().to_owned();
        if text.is_empty() {
            let part = |part: &str| self.raw(&format!("{field}-{part}")).trim().to_owned();
            let (day, month, year) = (part("day"), part("month"), part("year"));
            if !(day.is_empty() && month.is_empty() && year.is_empty()) {
                text = format!("{day}/{month}/{year}");
            }
        }
        if text.is_empty() {
            return None;
        }
        let date = read_date(&text);
        if date.is_none() {
            self.complain(field, "Enter a date such as 14 October 2019 or 2019-10-14.");
        }
        date
    }

    /// An id or another word with a meaning of its own, which must be there.
    pub fn id<T: FromStr>(&mut self, field: &str, what: &str) -> Option<T> {
        let before = self.complaints.len();
        let found = self.optional_id(field, what);
        if found.is_none() && self.complaints.len() == before {
            self.complain(field, format!("Choose {what}."));
        }
        found
    }

    /// As [`Typed::id`], or nothing.
    pub fn optional_id<T: FromStr>(&mut self, field: &str, what: &str) -> Option<T> {
        let text = self.optional_text(field)?;
        let found = text.parse().ok();
        if found.is_none() {
            self.complain(field, format!("Choose {what}."));
        }
        found
    }

    /// A whole number that may be missing.
    pub fn optional_number(&mut self, field: &str) -> Option<i64> {
        let text = self.optional_text(field)?;
        let digits: String = text.chars().filter(|c| !matches!(c, ',' | ' ')).collect();
        let found = digits.parse().ok();
        if found.is_none() {
            self.complain(field, "Enter a whole number.");
        }
        found
    }

    /// Ends the reading.
    ///
    /// # Errors
    /// `Unreadable` with every complaint.
    pub fn finish(&mut self) -> Result<(), Failure> {
        if self.complaints.is_empty() {
            Ok(())
        } else {
            Err(Failure::Unreadable(std::mem::take(&mut self.complaints)))
        }
    }
}

/// A day as people type it; none when it is not one.
pub fn read_date(text: &str) -> Option<Date> {
    let text = text.trim();
    if let Ok(date) = text.parse::<Date>() {
        return Some(date);
    }
    ["%d/%m/%Y", "%d.%m.%Y", "%d %B %Y", "%d %b %Y"]
        .iter()
        .find_map(|form| Date::strptime(form, text).ok())
}

/// An upload: a multipart form whose first part is `_csrf`. The parts after it are read by the handler as a stream.
pub struct Upload {
    pub parts: Multipart,
}

/// A body that gives one piece at a time. The reader of forms in parts takes whatever is ready before it hands anything on;
/// from a sender that is always ready that would be the whole file, in memory.
struct Paced {
    body: Body,
    /// Whether the next question is put off once.
    rests: bool,
}

impl http_body::Body for Paced {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, axum::Error>>> {
        if std::mem::take(&mut self.rests) {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        let frame = Pin::new(&mut self.body).poll_frame(context);
        self.rests = matches!(frame, Poll::Ready(Some(Ok(_))));
        frame
    }
}

impl FromRequest<AppState> for Upload {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let visit = request.extensions().get::<Arc<Visit>>().cloned();
        let by_header = request.headers().contains_key(CSRF_HEADER);
        let unreadable =
            || PageFailure(Failure::unreadable("", "The upload could not be read.")).into_response();
        let request = request.map(|body| Body::new(Paced { body, rests: false }));
        let mut parts = Multipart::from_request(request, state)
            .await
            .map_err(|_| unreadable())?;
        let Some(visit) = visit else {
            return Err(unreadable());
        };
        if by_header {
            return Ok(Upload { parts }); // the guard has compared it
        }
        let first = parts
            .next_field()
            .await
            .map_err(|_| unreadable())?
            .ok_or_else(unreadable)?;
        if first.name() != Some(CSRF) {
            return Err(forged(&visit));
        }
        let mut first = first;
        let mut token = Vec::new();
        while let Some(chunk) = first.chunk().await.map_err(|_| unreadable())? {
            token.extend_from_slice(&chunk);
            if token.len() > 256 {
                return Err(forged(&visit));
            }
        }
        drop(first);
        if std::str::from_utf8(&token).is_ok_and(|token| fits(token, visit.csrf())) {
            Ok(Upload { parts })
        } else {
            Err(forged(&visit))
        }
    }
}
