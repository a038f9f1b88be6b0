//! Signing in and out, choosing a password by a one-time link.

use super::Route;
use crate::api::link::hash_for_link;
use crate::client::ClientAddress;
use crate::cookie::VISIT;
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, InQuery, MaybeSignedIn, PageFailure, Redirected, SignedIn, Told, Typed};
use assay_app::account::{demonstration, link, password, session, sign_in};
use assay_app::{Caller, Failure};
use assay_domain::id::PersonId;
use assay_pages::account::{ChoosePasswordPage, ForgotPage, SignInPage, Trial};
use assay_pages::message::Refusals;
use assay_pages::problem::Problem;
use assay_pages::{Form, Shell, format};
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/sign-in", "anybody", show),
        Route::post("/sign-in", "anybody", enter),
        Route::post("/sign-out", "signed in", leave),
        Route::post("/demonstration/sign-in", "anybody, in a demonstration", enter_as),
        Route::get("/forgotten-password", "anybody", show_forgot),
        Route::post("/forgotten-password", "anybody", forgot),
        Route::get("/link/{token}", "anybody with the link", show_link),
        Route::post("/link/{token}", "anybody with the link", use_link),
    ]
}

#[derive(serde::Deserialize)]
struct Asked {
    #[serde(default)]
    back: String,
}

/// A path of this site to go back to; anything else leads home.
pub fn safe_back(back: &str) -> &str {
    let ours = back.starts_with('/') && !back.starts_with("//") && !back.contains(['\\', '\n', '\r', '\t']);
    if ours && !back.starts_with("/sign-in") {
        back
    } else {
        "/"
    }
}

fn agent(headers: &HeaderMap) -> String {
    headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok())
        .unwrap_or_default()
        .to_owned()
}

async fn show(State(state): State<AppState>, visit: MaybeSignedIn, InQuery(asked): InQuery<Asked>) -> Page {
    if visit.person.is_some() {
        return Ok(Redirected::to(&state, safe_back(&asked.back)).into_response());
    }
    sign_in_page(&state, &visit, Form::new(), &asked.back, StatusCode::OK).await
}

async fn sign_in_page(
    state: &AppState,
    visit: &MaybeSignedIn,
    form: Form,
    back: &str,
    status: StatusCode,
) -> Page {
    let mut trials = Vec::new();
    if state.settings().demonstration.is_some() {
        for trial in state.ask(&visit.caller(), demonstration::people).await? {
            trials.push(Trial {
                person: trial.person.to_string(),
                name: trial.name,
                roles: format::sentence_list(&trial.roles),
                waiting: trial.waiting,
            });
        }
    }
    let page = SignInPage {
        shell: visit.shell("Sign in"),
        form,
        back: safe_back(back).to_owned(),
        trials,
    };
    Ok(html_with(status, &page))
}

/// The page for an address from which too many passwords were tried.
pub(super) fn too_often(shell: Shell, seconds: u64) -> Response {
    let minutes = format::plural(seconds.div_ceil(60), "minute", "minutes");
    let page = Problem {
        shell,
        text: format!(
            "Too many attempts came from your connection in a short time, so this one was not looked at. Wait {minutes} and \
             try again. If others share your connection, they are held up by it as well."
        ),
        refusals: Refusals::default(),
    };
    let mut response = html_with(StatusCode::TOO_MANY_REQUESTS, &page);
    let headers = response.headers_mut();
    headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}

async fn enter(
    State(state): State<AppState>,
    visit: MaybeSignedIn,
    from: ClientAddress,
    headers: HeaderMap,
    mut typed: Typed,
) -> Page {
    let email = typed.text("email", "your e-mail address");
    let secret = typed.raw("password").to_owned();
    if secret.is_empty() {
        typed.complain("password", "Enter your password.");
    }
    let back = typed.raw("back").to_owned();
    if let Err(failure) = typed.finish() {
        let told = Told::from_failure(failure)?;
        return sign_in_page(&state, &visit, told.beside(typed.form()), &back, told.status()).await;
    }
    if let Err(seconds) = state.sign_ins().take(from.0, visit.moment().at) {
        return Ok(too_often(visit.shell("Please wait a moment"), seconds));
    }
    let nobody = Caller {
        person: None,
        ..visit.caller()
    };
    let attempt = state
        .act(nobody.clone(), move |acting| sign_in::begin(acting, &email))
        .await?;
    let Some(person) = state.password(move || Ok(attempt.verify(&secret))).await? else {
        let form = typed.form().complain(
            "",
            "E-mail address or password is not right, or the account is locked for a while after several failures.",
        );
        return sign_in_page(&state, &visit, form, &back, StatusCode::UNPROCESSABLE_ENTITY).await;
    };
    state.sign_ins().give_back(from.0);
    start(&state, nobody, person, &headers, &back).await
}

async fn start(state: &AppState, nobody: Caller, person: PersonId, headers: &HeaderMap, back: &str) -> Page {
    let (agent, limits) = (agent(headers), state.settings().sessions);
    let token = state
        .act(nobody, move |acting| {
            sign_in::settle(acting, &person, &agent, limits)
        })
        .await?;
    Ok(Redirected::to(state, safe_back(back))
        .cookie(VISIT, &token)
        .into_response())
}

async fn leave(State(state): State<AppState>, who: SignedIn) -> Page {
    let session = who.session().to_owned();
    state
        .act(who.caller(), move |acting| session::end(acting, &session))
        .await?;
    Ok(Redirected::to(&state, "/sign-in")
        .without_cookie(VISIT)
        .into_response())
}

async fn enter_as(
    State(state): State<AppState>,
    visit: MaybeSignedIn,
    headers: HeaderMap,
    mut typed: Typed,
) -> Page {
    if state.settings().demonstration.is_none() {
        return Err(PageFailure(Failure::NotFound));
    }
    let Some(person) = typed.id::<PersonId>("person", "one of the people") else {
        return Err(PageFailure(Failure::NotFound));
    };
    let nobody = Caller {
        person: None,
        ..visit.caller()
    };
    let trials = state.ask(&nobody, demonstration::people).await?;
    if !trials.iter().any(|trial| trial.person == person) {
        return Err(PageFailure(Failure::NotFound));
    }
    let back = typed.raw("back").to_owned();
    start(&state, nobody, person, &headers, &back).await
}

async fn show_forgot(visit: MaybeSignedIn) -> Page {
    Ok(html(&ForgotPage {
        shell: visit.shell("Forgotten password"),
        form: Form::new(),
        sent: false,
    }))
}

async fn forgot(
    State(state): State<AppState>,
    visit: MaybeSignedIn,
    from: ClientAddress,
    mut typed: Typed,
) -> Page {
    let email = typed.text("email", "your e-mail address");
    if let Err(failure) = typed.finish() {
        let told = Told::from_failure(failure)?;
        let page = ForgotPage {
            shell: visit.shell("Forgotten password"),
            form: told.beside(typed.form()),
            sent: false,
        };
        return Ok(html_with(told.status(), &page));
    }
    if let Err(seconds) = state.sign_ins().take(from.0, visit.moment().at) {
        return Ok(too_often(visit.shell("Please wait a moment"), seconds));
    }
    let nobody = Caller {
        person: None,
        ..visit.caller()
    };
    state
        .act(nobody, move |acting| link::forgot(acting, &email))
        .await?;
    Ok(html(&ForgotPage {
        shell: visit.shell("Forgotten password"),
        form: Form::new(),
        sent: true,
    }))
}

async fn link_page(state: &AppState, visit: &MaybeSignedIn, token: String, told: Option<&Told>) -> Page {
    let open = state
        .ask(&visit.caller(), move |asking| link::find(asking, &token))
        .await?;
    let form = told.map_or_else(Form::new, |told| told.beside(Form::new()));
    let title = if open.invitation {
        "Welcome"
    } else {
        "A new password"
    };
    let page = ChoosePasswordPage {
        shell: visit.shell(title),
        form,
        name: open.name,
        email: open.email.unwrap_or_default(),
        invitation: open.invitation,
        shortest: password::shortest(state.app().surroundings().profile.on(visit.caller().moment.today)),
    };
    Ok(html_with(told.map_or(StatusCode::OK, Told::status), &page))
}

async fn show_link(
    State(state): State<AppState>,
    visit: MaybeSignedIn,
    InPath(token): InPath<String>,
) -> Page {
    link_page(&state, &visit, token, None).await
}

async fn use_link(
    State(state): State<AppState>,
    visit: MaybeSignedIn,
    InPath(token): InPath<String>,
    headers: HeaderMap,
    typed: Typed,
) -> Page {
    let (new, again) = (typed.raw("password").to_owned(), typed.raw("again").to_owned());
    let nobody = Caller {
        person: None,
        ..visit.caller()
    };
    let kept = match hash_for_link(&state, &nobody, &token, new, again).await {
        Ok(kept) => kept,
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            return link_page(&state, &visit, token, Some(&told)).await;
        }
    };
    let (agent, limits) = (agent(&headers), state.settings().sessions);
    let token = state
        .act(nobody, move |acting| {
            link::use_up(acting, &token, &kept, &agent, limits)
        })
        .await?;
    Ok(Redirected::to(&state, "/")
        .cookie(VISIT, &token)
        .good("Your password is set, and you are signed in.")
        .into_response())
}
