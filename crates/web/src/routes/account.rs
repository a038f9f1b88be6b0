//! One's own account: password, sessions, API tokens.

use super::Route;
use super::sign_in::too_often;
use crate::api::account::compare_password;
use crate::client::ClientAddress;
use crate::page::{Page, html_with};
use crate::{AppState, InPath, PageFailure, Redirected, SignedIn, Told, Typed};
use assay_app::Failure;
use assay_app::account::{password, session, token};
use assay_pages::Form;
use assay_pages::account::AccountPage;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/account", "signed in", show),
        Route::post("/account/password", "signed in", change_password),
        Route::post("/account/sign-out-elsewhere", "signed in", sign_out_elsewhere),
        Route::post("/account/tokens", "signed in", make_token),
        Route::post("/account/tokens/{token}/revoke", "signed in", revoke_token),
    ]
}

/// What is shown beside the account's own data.
#[derive(Default)]
struct Around {
    password_form: Form,
    token_form: Form,
    told: Told,
    new_token: Option<String>,
}

async fn account_page(state: &AppState, who: &SignedIn, around: Around) -> Page {
    let (sessions, tokens) = state
        .ask(&who.caller(), |asking| {
            Ok((session::list(asking)?, token::list(asking)?))
        })
        .await?;
    let status = if around.password_form.is_wrong() || around.token_form.is_wrong() {
        StatusCode::BAD_REQUEST
    } else {
        around.told.status()
    };
    let page = AccountPage {
        shell: who.shell("Your account"),
        refusals: around.told.refusals("This could not be done"),
        password_form: around.password_form.prefixed("password"),
        token_form: around.token_form.prefixed("token"),
        sessions,
        this_session: who.session().to_owned(),
        tokens,
        new_token: around.new_token,
        shortest: password::shortest(state.app().surroundings().profile.on(who.moment().today)),
    };
    Ok(html_with(status, &page))
}

async fn show(State(state): State<AppState>, who: SignedIn) -> Page {
    account_page(&state, &who, Around::default()).await
}

async fn change_password(
    State(state): State<AppState>,
    who: SignedIn,
    from: ClientAddress,
    typed: Typed,
) -> Page {
    if let Err(seconds) = state.sign_ins().take(from.0, who.moment().at) {
        return Ok(too_often(who.shell("Please wait a moment"), seconds));
    }
    match set_password(&state, &who, &typed).await {
        Ok(()) => {
            state.sign_ins().give_back(from.0);
            let text = "Your password is changed, and you are signed out everywhere else.";
            Ok(Redirected::to(&state, "/account").good(text).into_response())
        }
        Err(failure) => {
            let told = Told::from_failure(failure)?.in_form("password");
            let around = Around {
                password_form: told.beside(Form::new()),
                told,
                ..Around::default()
            };
            account_page(&state, &who, around).await
        }
    }
}

async fn set_password(state: &AppState, who: &SignedIn, typed: &Typed) -> Result<(), Failure> {
    let text = |field: &str| typed.raw(field).to_owned();
    let change = compare_password(
        state,
        &who.caller(),
        text("password_now"),
        text("password"),
        text("again"),
    )
    .await?;
    let session = who.session().to_owned();
    state
        .act(who.caller(), move |acting| {
            password::change(acting, &change.now, &change.kept, &session)
        })
        .await
}

async fn sign_out_elsewhere(State(state): State<AppState>, who: SignedIn) -> Page {
    let session = who.session().to_owned();
    state
        .act(who.caller(), move |acting| {
            session::end_others(acting, Some(&session))
        })
        .await?;
    Ok(Redirected::to(&state, "/account")
        .good("You are signed out everywhere else.")
        .into_response())
}

async fn make_token(State(state): State<AppState>, who: SignedIn, mut typed: Typed) -> Page {
    let scope = if typed.raw("scope") == "write" {
        token::Scope::Write
    } else {
        token::Scope::Read
    };
    let input = token::MakeToken {
        name: typed.raw("name").to_owned(),
        scope,
        days: typed.optional_number("days").unwrap_or(90),
    };
    let made = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| token::make(acting, input))
                .await
        }
        Err(failure) => Err(failure),
    };
    let around = match made {
        Ok(token) => Around {
            new_token: Some(token),
            ..Around::default()
        },
        Err(failure) => {
            let told = Told::from_failure(failure)?.in_form("token");
            Around {
                token_form: told.beside(typed.form()),
                told,
                ..Around::default()
            }
        }
    };
    account_page(&state, &who, around).await
}

async fn revoke_token(State(state): State<AppState>, who: SignedIn, InPath(token): InPath<String>) -> Page {
    state
        .act(who.caller(), move |acting| token::revoke(acting, &token))
        .await
        .map_err(PageFailure)?;
    Ok(Redirected::to(&state, "/account")
        .good("The token is revoked.")
        .into_response())
}
