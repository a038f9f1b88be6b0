//! One's own account over the API: who one is, password, sessions, tokens.

use super::{ApiAnswer, ApiCaller, ApiFailure, Operation, Problem, Sent};
use crate::client::ClientAddress;
use crate::{AppState, InPath};
use assay_app::account::own::{self, OwnAccount};
use assay_app::account::password;
use assay_app::account::session::{self, SessionLine};
use assay_app::account::token::{self, MadeToken, MakeToken, Scope, TokenLine};
use assay_app::{Caller, Failure};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

const TAG: &str = "Account";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/v1/account", "findAccount", "Who the caller is, and the roles held today", find)
            .tag(TAG)
            .answers::<OwnAccount>(StatusCode::OK, "The owner of the token."),
        Operation::put("/api/v1/account/password", "changePassword", "Change the caller's password", change_password)
            .tag(TAG)
            .about("Ends every session. Tokens stay; revoke those that are not needed any more.")
            .takes::<NewPassword>()
            .limited()
            .answers_nothing("The password is changed."),
        Operation::get("/api/v1/account/sessions", "listSessions", "Where the caller is signed in", list_sessions)
            .tag(TAG)
            .answers_list::<SessionLine>("Sessions, last seen first."),
        Operation::delete("/api/v1/account/sessions", "endSessions", "Sign the caller out everywhere", end_sessions)
            .tag(TAG)
            .about("Browsers only; tokens stay.")
            .answers_nothing("Every session is ended."),
        Operation::get("/api/v1/account/tokens", "listTokens", "The caller's tokens", list_tokens)
            .tag(TAG)
            .answers_list::<TokenLine>("Tokens, the newest first; never their text."),
        Operation::post("/api/v1/account/tokens", "makeToken", "Make a token", make_token)
            .tag(TAG)
            .about("It ends at the latest when the token ends with which it is made. The answer holds a secret, which is told this once; sending the same Idempotency-Key again does nothing more and is answered with 409.")
            .takes::<NewToken>()
            .answers::<MadeToken>(StatusCode::CREATED, "The token."),
        Operation::delete("/api/v1/account/tokens/{token}", "revokeToken", "Revoke a token", revoke_token)
            .tag(TAG)
            .access("its owner")
            .answers_nothing("The token is revoked."),
    ]
}

/// A new password.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewPassword {
    /// The present one.
    password_now: String,
    password: String,
}

/// A new token.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewToken {
    /// What it is for, in at most 80 characters.
    name: String,
    scope: Scope,
    /// How many days it lasts, 1 to 366.
    days: i64,
}

async fn find(State(state): State<AppState>, caller: ApiCaller) -> ApiAnswer {
    caller.ask(&state, own::view).await
}

async fn change_password(
    State(state): State<AppState>,
    caller: ApiCaller,
    from: ClientAddress,
    Sent(new): Sent<NewPassword>,
) -> Result<Response, Response> {
    let at = caller.caller().moment.at;
    if let Err(seconds) = state.sign_ins().take(from.0, at) {
        let words =
            format!("Too many passwords were tried from this address. Try again in {seconds} seconds.");
        return Err(Problem::too_often(words, seconds));
    }
    let answer = replace_password(&state, &caller, new).await;
    if answer.is_ok() {
        state.sign_ins().give_back(from.0);
    }
    answer.map_err(IntoResponse::into_response)
}

async fn replace_password(state: &AppState, caller: &ApiCaller, new: NewPassword) -> ApiAnswer {
    let asker = caller.caller();
    let change = compare_password(
        state,
        &asker,
        new.password_now,
        new.password.clone(),
        new.password,
    )
    .await
    .map_err(ApiFailure)?;
    caller
        .act(state, StatusCode::NO_CONTENT, move |acting| {
            password::change(acting, &change.now, &change.kept, "")
        })
        .await
}

/// A change of password that may be carried out.
pub(crate) struct PasswordChange {
    /// The digest against which the present password was compared.
    pub(crate) now: String,
    /// The digest of the new one.
    pub(crate) kept: String,
}

/// Compares the present password and hashes the new one, outside of any transaction.
///
/// # Errors
/// `Unreadable` on `password_now` when it is not the present one, and as [`password::check_new`].
pub(crate) async fn compare_password(
    state: &AppState,
    asker: &Caller,
    given: String,
    new: String,
    again: String,
) -> Result<PasswordChange, Failure> {
    let policy = state.app().surroundings().profile.on(asker.moment.today);
    password::check_new(&new, &again, policy)?;
    let now = state
        .ask(asker, |asking| {
            let person = asking.person()?;
            password::find_kept(asking.tx, &person)
        })
        .await?;
    let wrong = || Failure::unreadable("password_now", "This is not your present password.");
    let now = now.ok_or_else(wrong)?;
    let (compared, mut fresh) = (now.clone(), state.fresh());
    let kept = state
        .password(move || {
            if password::verify(&given, &compared) {
                password::hash(&new, fresh.as_mut()).map(Some)
            } else {
                Ok(None)
            }
        })
        .await?
        .ok_or_else(wrong)?;
    Ok(PasswordChange { now, kept })
}

async fn list_sessions(State(state): State<AppState>, caller: ApiCaller) -> ApiAnswer {
    caller.ask(&state, session::list).await
}

async fn end_sessions(State(state): State<AppState>, caller: ApiCaller) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, |acting| {
            session::end_others(acting, None)
        })
        .await
}

async fn list_tokens(State(state): State<AppState>, caller: ApiCaller) -> ApiAnswer {
    caller.ask(&state, token::list).await
}

async fn make_token(
    State(state): State<AppState>,
    caller: ApiCaller,
    Sent(new): Sent<NewToken>,
) -> ApiAnswer {
    let input = MakeToken {
        name: new.name,
        scope: new.scope,
        days: new.days,
    };
    let latest = caller.token().1.to_owned();
    caller
        .act_in_secret(&state, StatusCode::CREATED, move |acting| {
            token::make_until(acting, input, Some(&latest))
        })
        .await
}

async fn revoke_token(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(token): InPath<String>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            token::revoke(acting, &token)
        })
        .await
}
