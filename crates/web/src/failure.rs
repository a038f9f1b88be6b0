//! A failure becomes an answer: a page for people, a problem document (RFC 9457) for programs.
//!
//! What the rules say (refusals) and what cannot be read (complaints) belongs on the page where it was typed: a handler
//! that shows a form asks [`Told::from_failure`] and renders its page again with what was told. Everything else is passed
//! on with `?` and becomes a page of its own.

use crate::fresh::random_word;
use crate::page;
use crate::session::Visit;
use assay_app::{Complaint, Failure};
use assay_domain::Refusals;
use assay_pages::message::Refused;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Why a page cannot be shown. Rendered by the middleware [`crate::session::visit`], which knows who looks.
#[derive(Debug)]
pub struct PageFailure(pub Failure);

impl From<Failure> for PageFailure {
    fn from(failure: Failure) -> Self {
        PageFailure(failure)
    }
}

/// The failure on its way to the middleware that renders it.
#[derive(Debug, Clone)]
pub(crate) struct Unrendered(pub Arc<Failure>);

impl IntoResponse for PageFailure {
    fn into_response(self) -> Response {
        let mut response = status_of(&self.0).into_response();
        response.extensions_mut().insert(Unrendered(Arc::new(self.0)));
        response
    }
}

/// The HTTP status of a failure.
pub fn status_of(failure: &Failure) -> StatusCode {
    match failure {
        Failure::Refused(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Failure::Unreadable(_) => StatusCode::BAD_REQUEST,
        Failure::NotFound => StatusCode::NOT_FOUND,
        Failure::SignInNeeded => StatusCode::UNAUTHORIZED,
        Failure::Conflict { .. } => StatusCode::CONFLICT,
        Failure::Fault(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Logs a fault once and answers the incident number under which it is found in the log.
pub(crate) fn log_fault(why: &str) -> String {
    let incident = random_word().chars().take(12).collect::<String>();
    tracing::error!(incident, why, "fault");
    incident
}

/// A failure as plain text, for what programs of strangers fetch: a fault by its incident number, everything else as
/// `nothing`, so that it cannot be told apart.
pub(crate) fn in_plain_text(failure: &Failure, nothing: &'static str) -> Response {
    if let Failure::Fault(why) = failure {
        let incident = log_fault(why);
        let told = format!("Something went wrong. Incident number {incident}.\n");
        return (StatusCode::INTERNAL_SERVER_ERROR, told).into_response();
    }
    (StatusCode::NOT_FOUND, nothing).into_response()
}

/// What was told about something typed: refusals on top of the page, complaints beside the fields.
#[derive(Debug, Clone, Default)]
pub struct Told {
    pub refusals: Refusals,
    pub complaints: Vec<Complaint>,
    /// Somebody acted in between.
    pub conflict: Option<String>,
    /// The prefix of the form it was told about, on a page with several forms; see [`Told::in_form`].
    form: String,
}

impl Told {
    /// What belongs on the page where it was typed.
    ///
    /// # Errors
    /// The failure itself when it does not belong there: not found, sign in needed, a fault.
    pub fn from_failure(failure: Failure) -> Result<Told, PageFailure> {
        match failure {
            Failure::Refused(refusals) => Ok(Told {
                refusals,
                ..Told::default()
            }),
            Failure::Unreadable(complaints) => Ok(Told {
                complaints,
                ..Told::default()
            }),
            Failure::Conflict { because } => Ok(Told {
                conflict: Some(because),
                ..Told::default()
            }),
            other => Err(PageFailure(other)),
        }
    }

    /// The same, told about the form with this prefix ([`assay_pages::Form::prefixed`]), so that refusals link to its
    /// fields.
    pub fn in_form(mut self, prefix: &str) -> Told {
        self.form = format!("{prefix}-");
        self
    }

    /// The status of the page that shows it.
    pub fn status(&self) -> StatusCode {
        if !self.refusals.0.is_empty() {
            StatusCode::UNPROCESSABLE_ENTITY
        } else if self.conflict.is_some() {
            StatusCode::CONFLICT
        } else if !self.complaints.is_empty() {
            StatusCode::BAD_REQUEST
        } else {
            StatusCode::OK
        }
    }

    /// The refusals as a component for the top of the page. `title` says what could not be done.
    pub fn refusals(&self, title: &str) -> assay_pages::message::Refusals {
        let mut items: Vec<Refused> = self.refusals.0.iter().map(refused).collect();
        for item in &mut items {
            item.field = item.field.take().map(|field| format!("{}{field}", self.form));
        }
        if let Some(because) = &self.conflict {
            items.push(Refused {
                because: because.clone(),
                remedy: "Look at what has changed, then decide again.".to_owned(),
                ..Refused::default()
            });
        }
        assay_pages::message::Refusals::new(title, items)
    }

    /// The form with the complaints, and the refusals that name a field, beside its fields.
    pub fn beside(&self, mut form: assay_pages::Form) -> assay_pages::Form {
        for refusal in &self.refusals.0 {
            if let Some(field) = &refusal.field {
                form = form.refuse(field.clone(), refusal.because.clone());
            }
        }
        for complaint in &self.complaints {
            form = form.complain(complaint.field.clone(), complaint.message.clone());
        }
        form
    }
}

/// A refusal in the words that a page shows.
pub fn refused(refusal: &assay_domain::Refusal) -> Refused {
    Refused {
        code: refusal.code.to_string(),
        because: refusal.because.clone(),
        remedy: refusal.remedy.clone(),
        who: refusal.who.clone(),
        source: refusal.source.clone(),
        field: refusal.field.clone(),
    }
}

/// The page for a failure that has no page of its own. Never says more than the failure may: a fault only its number.
pub(crate) fn failure_page(visit: &Visit, failure: &Failure) -> Response {
    let status = status_of(failure);
    let (title, text, refusals) = match failure {
        Failure::Refused(refusals) => {
            let told = Told {
                refusals: refusals.clone(),
                ..Told::default()
            };
            (
                "This is not possible".to_owned(),
                String::new(),
                told.refusals("This is not possible"),
            )
        }
        Failure::Unreadable(complaints) => {
            let text = complaints
                .iter()
                .map(|complaint| complaint.message.as_str())
                .collect::<Vec<_>>()
                .join(" ");
            (
                "What was sent cannot be read".to_owned(),
                text,
                Default::default(),
            )
        }
        Failure::NotFound => (
            "There is nothing here".to_owned(),
            "The address may be mistyped or old, or what was here is not for you to see.".to_owned(),
            Default::default(),
        ),
        Failure::SignInNeeded => (
            "Please sign in".to_owned(),
            "This page is for people with an account.".to_owned(),
            Default::default(),
        ),
        Failure::Conflict { because } => (
            "Somebody acted in between".to_owned(),
            because.clone(),
            Default::default(),
        ),
        Failure::Fault(why) => {
            let incident = log_fault(why);
            let text = format!(
                "Something broke on our side and nothing was recorded. If it happens again, tell the administrator the incident number {incident}."
            );
            ("Something went wrong".to_owned(), text, Default::default())
        }
    };
    page::html_with(
        status,
        &assay_pages::problem::Problem {
            shell: visit.shell(title),
            text,
            refusals,
        },
    )
}
