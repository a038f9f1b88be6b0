//! One-time links over the API: a forgotten password, and choosing a password by the link of an invitation or a reset. For
//! programs that people sign in with; nobody needs a token for these.

use super::{ApiFailure, Operation, Problem, Sent};
use crate::client::ClientAddress;
use crate::{AppState, InPath};
use assay_app::account::{link, password};
use assay_app::{Caller, Failure};
use assay_domain::Via;
use axum::Json;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const TAG: &str = "Account";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::post("/api/v1/forgotten-password", "askForReset", "Ask for a link to choose a new password", forgot)
            .tag(TAG)
            .open()
            .about("The link goes to the address, when an account has it. The answer is the same when none has.")
            .limited()
            .takes::<Forgotten>()
            .answers_nothing("A message is on its way, if the address is known."),
        Operation::get("/api/v1/links/{token}", "findLink", "Whose link it is and what for", find)
            .tag(TAG)
            .open()
            .about("Looking does not use it up.")
            .limited()
            .answers::<OpenedLink>(StatusCode::OK, "The link still works."),
        Operation::post("/api/v1/links/{token}", "choosePassword", "Choose a password by a link", choose)
            .tag(TAG)
            .open()
            .about("Uses up every link of the person and ends their sessions. Make a token on the account page afterwards.")
            .limited()
            .takes::<ChosenPassword>()
            .answers_nothing("The password is set."),
    ]
}

/// Whose password was forgotten.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct Forgotten {
    email: String,
}

/// A link that still works.
#[derive(serde::Serialize, utoipa::ToSchema)]
struct OpenedLink {
    name: String,
    /// True for an invitation, false for a reset.
    invitation: bool,
}

/// A password that was chosen.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct ChosenPassword {
    password: String,
}

/// Nobody, or the answer for an address that asks too often.
fn nobody(state: &AppState, from: &ClientAddress) -> Result<Caller, Response> {
    let moment = state.moment();
    match state.sign_ins().take(from.0, moment.at) {
        Ok(()) => Ok(Caller {
            person: None,
            via: Via::Api,
            moment,
        }),
        Err(seconds) => Err(Problem::too_often(
            format!("Too many attempts came from this address. Try again in {seconds} seconds."),
            seconds,
        )),
    }
}

fn failed(failure: Failure) -> Response {
    ApiFailure(failure).into_response()
}

async fn forgot(
    State(state): State<AppState>,
    from: ClientAddress,
    Sent(sent): Sent<Forgotten>,
) -> Result<Response, Response> {
    let nobody = nobody(&state, &from)?;
    state
        .act(nobody, move |acting| link::forgot(acting, &sent.email))
        .await
        .map_err(failed)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

async fn find(
    State(state): State<AppState>,
    from: ClientAddress,
    InPath(token): InPath<String>,
) -> Result<Response, Response> {
    let nobody = nobody(&state, &from)?;
    let open = state
        .ask(&nobody, move |asking| link::find(asking, &token))
        .await
        .map_err(failed)?;
    let opened = OpenedLink {
        name: open.name,
        invitation: open.invitation,
    };
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(opened)).into_response())
}

async fn choose(
    State(state): State<AppState>,
    from: ClientAddress,
    InPath(token): InPath<String>,
    Sent(sent): Sent<ChosenPassword>,
) -> Result<Response, Response> {
    let nobody = nobody(&state, &from)?;
    let again = sent.password.clone();
    let kept = hash_for_link(&state, &nobody, &token, sent.password, again)
        .await
        .map_err(failed)?;
    state
        .act(nobody, move |acting| {
            link::set_password(acting, &token, &kept).map(|_| ())
        })
        .await
        .map_err(failed)?;
    Ok(StatusCode::NO_CONTENT.into_response())
}

/// The digest of a password that is chosen by a link, made outside of any transaction.
///
/// # Errors
/// As [`password::check_new`]; `NotFound` when the link does not work, which must not cost a hash.
pub(crate) async fn hash_for_link(
    state: &AppState,
    nobody: &Caller,
    token: &str,
    new: String,
    again: String,
) -> Result<String, Failure> {
    let policy = state.app().surroundings().profile.on(nobody.moment.today);
    password::check_new(&new, &again, policy)?;
    let looked = token.to_owned();
    state
        .ask(nobody, move |asking| link::find(asking, &looked))
        .await?;
    let mut fresh = state.fresh();
    state.password(move || password::hash(&new, fresh.as_mut())).await
}
