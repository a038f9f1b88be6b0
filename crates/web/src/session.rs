//! Who looks: the visit behind every page request, and the extractors by which a handler asks for it.

use crate::failure::{PageFailure, Unrendered, failure_page};
use crate::fresh::random_bytes;
use crate::{AppState, cookie, flash, shell};
use assay_app::account::session::{self, Session};
use assay_app::{Caller, Failure};
use assay_domain::id::PersonId;
use assay_domain::{Actor, Moment, Role, Via};
use assay_pages::{Notice, Shell};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use std::sync::Arc;

/// One request for a page: who looks, when, with which token for forms.
pub struct Visit {
    state: AppState,
    session: Option<Session>,
    csrf: String,
    path: String,
    messages: Vec<Notice>,
    moment: Moment,
}

impl Visit {
    /// The token that this visit's forms must carry.
    pub fn csrf(&self) -> &str {
        &self.csrf
    }

    /// The moment of the request.
    pub fn moment(&self) -> Moment {
        self.moment
    }

    /// Who acts, for `state.act` and `state.ask`.
    pub fn caller(&self) -> Caller {
        Caller {
            person: self.session.as_ref().map(|session| session.person.clone()),
            via: Via::Page,
            moment: self.moment,
        }
    }

    /// The frame of a page with its title: navigation for the person's roles, messages, banner.
    pub fn shell(&self, title: impl Into<String>) -> Shell {
        shell::build(
            &self.state,
            self.session.as_ref(),
            &self.path,
            &self.csrf,
            &self.messages,
        )
        .titled(title)
    }
}

/// A handler that asks for this is for people with an account; others are sent to sign in and come back.
#[derive(Clone)]
pub struct SignedIn {
    pub person: PersonId,
    pub name: String,
    /// The person with the roles held today.
    pub actor: Actor,
    session: String,
    visit: Arc<Visit>,
}

impl SignedIn {
    pub fn caller(&self) -> Caller {
        self.visit.caller()
    }
    pub fn shell(&self, title: impl Into<String>) -> Shell {
        self.visit.shell(title)
    }
    pub fn csrf(&self) -> &str {
        self.visit.csrf()
    }
    pub fn moment(&self) -> Moment {
        self.visit.moment
    }
    pub fn today(&self) -> jiff::civil::Date {
        self.visit.moment.today
    }
    pub fn is(&self, role: Role) -> bool {
        self.actor.is(role)
    }
    /// The digest of this session's token, to tell it from the person's others.
    pub fn session(&self) -> &str {
        &self.session
    }
}

impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = PageFailure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageFailure> {
        let visit = visit_of(parts)?;
        let session = visit.session.clone().ok_or(PageFailure(Failure::SignInNeeded))?;
        Ok(SignedIn {
            person: session.person,
            name: session.name,
            actor: session.actor,
            session: session.token_hash,
            visit,
        })
    }
}

/// A handler that asks for this is for everybody; somebody may be signed in.
#[derive(Clone)]
pub struct MaybeSignedIn {
    pub person: Option<PersonId>,
    visit: Arc<Visit>,
}

impl MaybeSignedIn {
    pub fn caller(&self) -> Caller {
        self.visit.caller()
    }
    pub fn shell(&self, title: impl Into<String>) -> Shell {
        self.visit.shell(title)
    }
    pub fn moment(&self) -> Moment {
        self.visit.moment
    }
}

impl<S: Send + Sync> FromRequestParts<S> for MaybeSignedIn {
    type Rejection = PageFailure;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, PageFailure> {
        let visit = visit_of(parts)?;
        Ok(MaybeSignedIn {
            person: visit.session.as_ref().map(|session| session.person.clone()),
            visit,
        })
    }
}

fn visit_of(parts: &Parts) -> Result<Arc<Visit>, PageFailure> {
    parts
        .extensions
        .get::<Arc<Visit>>()
        .cloned()
        .ok_or_else(|| PageFailure(Failure::Fault("a page route without a visit".into())))
}

/// Stands around all page routes: finds the session, renders failures, sees to the cookies and keeps personal pages out
/// of caches.
pub async fn visit(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let moment = state.moment();
    let held = cookie::find(&state, request.headers(), cookie::VISIT)
        .filter(|token| token.len() == 43)
        .map(str::to_owned);
    let messages = flash::read(&state, request.headers());
    let had_messages = !messages.is_empty();
    let session = match &held {
        Some(token) => match find_session(&state, token.clone(), moment).await {
            Ok(session) => session,
            Err(failure) => {
                let visit = Visit {
                    state,
                    session: None,
                    csrf: String::new(),
                    path: String::new(),
                    messages,
                    moment,
                };
                return failure_page(&visit, &failure);
            }
        },
        None => None,
    };
    // Somebody not signed in gets a random cookie too, so that the sign-in form has a token of its own.
    let token = held
        .clone()
        .unwrap_or_else(|| URL_SAFE_NO_PAD.encode(random_bytes::<32>()));
    let signed_in = session.is_some();
    let path = request.uri().path().to_owned();
    let asked = request
        .uri()
        .path_and_query()
        .map_or_else(|| path.clone(), |whole| whole.as_str().to_owned());
    let reads = matches!(*request.method(), Method::GET | Method::HEAD);
    let visit = Arc::new(Visit {
        csrf: session::csrf_of(&token),
        state: state.clone(),
        session,
        path,
        messages,
        moment,
    });
    request.extensions_mut().insert(visit.clone());
    let mut response = next.run(request).await;
    if let Some(Unrendered(failure)) = response.extensions_mut().remove::<Unrendered>() {
        response = match (&*failure, reads) {
            (Failure::SignInNeeded, true) => {
                let back: String = form_urlencoded::byte_serialize(asked.as_bytes()).collect();
                Redirect::to(&format!("/sign-in?back={back}")).into_response()
            }
            _ => failure_page(&visit, &failure),
        };
    }
    let headers = response.headers_mut();
    let sets_visit = headers
        .get_all(header::SET_COOKIE)
        .iter()
        .any(|set| set.to_str().is_ok_and(|set| set.contains("assay=")));
    if held.is_none() && !sets_visit {
        cookie::set(&state, headers, cookie::VISIT, &token);
    }
    if had_messages && response.status() != StatusCode::SEE_OTHER {
        cookie::clear(&state, response.headers_mut(), cookie::FLASH);
    }
    let headers = response.headers_mut();
    if signed_in || held.is_none() || had_messages || !headers.contains_key(header::CACHE_CONTROL) {
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    }
    response
}

async fn find_session(state: &AppState, token: String, moment: Moment) -> Result<Option<Session>, Failure> {
    let limits = state.settings().sessions;
    let nobody = Caller {
        person: None,
        via: Via::Page,
        moment,
    };
    let session = state
        .ask(&nobody, move |asking| session::find(asking, &token, limits))
        .await?;
    if let Some(session) = session
        .as_ref()
        .filter(|session| session.is_due_to_be_touched(moment))
    {
        let hash = session.token_hash.clone();
        state
            .act(nobody, move |acting| session::touch(acting, &hash))
            .await?;
    }
    Ok(session)
}
