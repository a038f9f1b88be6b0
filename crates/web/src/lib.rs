//! HTTP: routes, sessions, forms, API, failures become answers. The only async crate beside the program itself.
//!
//! Time and randomness enter here ([`clock`], [`fresh`]) and in `cli`, nowhere else. A request is read, crosses to the
//! synchronous core by [`AppState::act`] or [`AppState::ask`], and comes back as a page, a redirect or JSON. Nothing is
//! decided here.
//!
//! To add a page: a line in `routes/<noun>.rs` ([`routes`]). To add an operation of the API: `api/<noun>.rs` ([`api`]).

pub mod api;
pub mod client;
pub mod clock;
mod cookie;
pub mod extract;
pub mod failure;
pub mod flash;
pub mod form;
pub mod fresh;
mod layers;
mod once;
pub mod page;
pub mod routes;
pub mod serve;
pub mod session;
pub mod settings;
pub mod shell;
pub mod state;

pub use extract::{InPath, InQuery};
pub use failure::{PageFailure, Told};
pub use flash::Redirected;
pub use form::{Typed, Upload};
pub use page::{Page, html, html_with};
pub use routes::Route;
pub use serve::{router, serve};
pub use session::{MaybeSignedIn, SignedIn};
pub use settings::Settings;
pub use state::AppState;
