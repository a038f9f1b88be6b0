//! Every address of the program, declared in lists; the router is built from the lists only.
//!
//! A noun has a file `routes/<noun>.rs` with `pub fn routes() -> Vec<Route>`, and a line in [`pages`]. A route is one line:
//!
//! ```ignore
//! Route::get("/people", "administrator, coordinator", list),
//! Route::post("/people", "administrator, coordinator", add),
//! ```
//!
//! `access` says in words who is answered; a test asks every route as every role and keeps the table of answers.

pub mod about;
pub mod account;
pub mod award;
pub mod centre;
pub mod check;
pub mod comments;
pub mod correction;
pub mod credential;
pub mod evidence;
pub mod external_assessment;
pub mod health;
pub mod home;
pub mod ledger;
pub mod marking;
pub mod message;
pub mod name_change;
pub mod people;
pub mod plan;
pub mod registration;
pub mod share;
pub mod sign_in;
pub mod specification;
pub mod submission;
pub mod syllabus;
pub mod theme;
pub mod trail;
pub mod verification;

use crate::AppState;
use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::http::Method;
use axum::response::Response;
use axum::routing::{MethodRouter, on};
use std::pin::Pin;
use std::sync::Arc;

/// What a handler will answer.
pub(crate) type Answer = Pin<Box<dyn Future<Output = Response> + Send>>;

/// A handler whose own type is forgotten: axum's machinery around it is then compiled once, and not again for each of some three
/// hundred addresses.
#[derive(Clone)]
struct Answering(Arc<dyn Fn(Request, AppState) -> Answer + Send + Sync>);

impl Answering {
    fn by<H, T>(handler: H) -> Answering
    where
        H: Handler<T, AppState, Future = Answer>,
        T: 'static,
    {
        Answering(Arc::new(move |request, state| {
            handler.clone().call(request, state)
        }))
    }
}

impl Handler<Answering, AppState> for Answering {
    type Future = Answer;

    fn call(self, request: Request, state: AppState) -> Answer {
        (self.0)(request, state)
    }
}

/// One address with one method.
pub struct Route {
    pub method: Method,
    /// In axum's form, e.g. `/people/{person}`.
    pub path: &'static str,
    /// Who is answered, in words: "anybody", "signed in", or roles.
    pub access: &'static str,
    handler: MethodRouter<AppState>,
}

impl Route {
    /// An address that is read.
    pub fn get<H, T>(path: &'static str, access: &'static str, handler: H) -> Route
    where
        H: Handler<T, AppState, Future = Answer>,
        T: 'static,
    {
        Route {
            method: Method::GET,
            path,
            access,
            handler: axum::routing::get(Answering::by(handler)),
        }
    }

    /// An address to which a form is sent. It answers with a redirect, or with the page again.
    pub fn post<H, T>(path: &'static str, access: &'static str, handler: H) -> Route
    where
        H: Handler<T, AppState, Future = Answer>,
        T: 'static,
    {
        Route {
            method: Method::POST,
            path,
            access,
            handler: axum::routing::post(Answering::by(handler)),
        }
    }

    /// As [`Route::post`] for uploads: the body may be as large as the settings allow and is read as a stream.
    pub fn upload<H, T>(path: &'static str, access: &'static str, handler: H) -> Route
    where
        H: Handler<T, AppState, Future = Answer>,
        T: 'static,
    {
        let handler =
            axum::routing::post(Answering::by(handler)).layer(axum::extract::DefaultBodyLimit::disable());
        Route {
            method: Method::POST,
            path,
            access,
            handler,
        }
    }

    /// Any other method, for the API.
    pub(crate) fn with<H, T>(method: Method, path: &'static str, access: &'static str, handler: H) -> Route
    where
        H: Handler<T, AppState, Future = Answer>,
        T: 'static,
    {
        let filter =
            axum::routing::MethodFilter::try_from(method.clone()).unwrap_or(axum::routing::MethodFilter::GET);
        Route {
            method,
            path,
            access,
            handler: on(filter, Answering::by(handler)),
        }
    }

    /// The same address with a layer of its own.
    pub(crate) fn streamed(mut self) -> Route {
        self.handler = self.handler.layer(axum::extract::DefaultBodyLimit::disable());
        self
    }
}

/// One line per noun.
#[rustfmt::skip]
const NOUNS: &[fn() -> Vec<Route>] = &[
    home::routes,
    sign_in::routes,
    account::routes,
    about::routes,
    people::routes,
    centre::routes,
    award::routes,
    theme::routes,
    check::routes,
    share::routes,
    name_change::routes,
    correction::routes,
    specification::routes,
    syllabus::routes,
    registration::routes,
    plan::routes,
    message::routes,
    marking::routes,
    comments::routes,
    verification::routes,
    external_assessment::routes,
    trail::routes,
    evidence::routes,
    submission::routes,
    ledger::routes,
];

/// Every page.
pub fn pages() -> Vec<Route> {
    NOUNS.iter().flat_map(|noun| noun()).collect()
}

/// Addresses without a visit behind them: health, assets, and for strangers the ledger and what credentials are checked by.
pub fn plain() -> Vec<Route> {
    health::routes()
        .into_iter()
        .chain(ledger::plain())
        .chain(credential::plain())
        .collect()
}

/// A router from a list.
pub(crate) fn router(routes: Vec<Route>) -> Router<AppState> {
    routes.into_iter().fold(Router::new(), |router, route| {
        router.route(route.path, route.handler)
    })
}

/// One line of the catalogue.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Listed {
    pub path: &'static str,
    pub method: String,
    pub access: &'static str,
}

/// Every address that the program answers, for the test that asks each as every role.
pub fn catalogue() -> Vec<Listed> {
    let api = crate::api::operations()
        .into_iter()
        .map(|operation| operation.route);
    let mut listed: Vec<Listed> = pages()
        .into_iter()
        .chain(plain())
        .chain(crate::api::document::routes())
        .chain(api)
        .map(|route| Listed {
            path: route.path,
            method: route.method.to_string(),
            access: route.access,
        })
        .collect();
    listed.sort();
    listed
}
