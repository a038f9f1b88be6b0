//! A certificate in another name: asking, seeing the proof, approving.

use super::Route;
use super::centre::named_centre;
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, InQuery, Redirected, SignedIn, Told, Typed};
use assay_app::award::change::Replaced;
use assay_app::award::name_change::{self, Show};
use assay_app::{Caller, Failure};
use assay_domain::Role;
use assay_domain::award::{AskNameChange, RefuseNameChange, SeeNameProof};
use assay_domain::id::NameChangeId;
use assay_pages::Form;
use assay_pages::award::name_change::{AskNamePage, NameChangeListPage, NameChangePage};
use axum::extract::State;
use axum::response::IntoResponse;

const ENTITLED: &str = "the learner, coordinator of the centre, quality manager";
const BOTH: &str = "quality manager, coordinator of the centre";
const QUALITY: &str = "quality manager";

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/certificates/{number}/name", ENTITLED, show_ask),
        Route::post("/certificates/{number}/name", ENTITLED, ask),
        Route::get("/name-changes", BOTH, show_list),
        Route::get("/name-changes/{change}", ENTITLED, show),
        Route::post("/name-changes/{change}/seen", BOTH, seen),
        Route::post("/name-changes/{change}/approve", QUALITY, approve),
        Route::post("/name-changes/{change}/refuse", QUALITY, refuse),
    ]
}

/// The form as typed, or with the name as it is registered.
async fn ask_page(state: &AppState, who: &SignedIn, number: String, told: Told, typed: Option<Form>) -> Page {
    let certificate = state
        .ask(&who.caller(), move |asking| {
            name_change::to_rename(asking, &number)
        })
        .await?;
    let page = AskNamePage {
        shell: who
            .shell("Ask for another name")
            .crumb("Award", format!("/awards/{}", certificate.award)),
        refusals: told.refusals("The change of name was not asked for"),
        form: told.beside(typed.unwrap_or_else(|| {
            Form::typed([
                ("given", certificate.given.as_str()),
                ("family", certificate.family.as_str()),
            ])
        })),
        certificate,
    };
    Ok(html_with(told.status(), &page))
}

async fn show_ask(State(state): State<AppState>, who: SignedIn, InPath(number): InPath<String>) -> Page {
    ask_page(&state, &who, number, Told::default(), None).await
}

async fn ask(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(number): InPath<String>,
    typed: Typed,
) -> Page {
    let act = AskNameChange {
        given: typed.raw("given").to_owned(),
        family: typed.raw("family").to_owned(),
        proof: typed.raw("proof").parse().ok(),
        document: typed.raw("document").to_owned(),
    };
    let wanted = number.clone();
    let asked = state
        .act(who.caller(), move |acting| {
            name_change::ask(acting, &wanted, &act)
        })
        .await;
    match asked {
        Ok(asked) => Ok(Redirected::to(&state, format!("/name-changes/{}", asked.change))
            .good("The change of name is asked for.")
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            ask_page(&state, &who, number, told, Some(typed.form())).await
        }
    }
}

#[derive(serde::Deserialize)]
struct Find {
    #[serde(default)]
    state: String,
    #[serde(default)]
    centre: String,
    #[serde(default)]
    page: Option<u32>,
}

async fn show_list(State(state): State<AppState>, who: SignedIn, InQuery(find): InQuery<Find>) -> Page {
    let (show, page) = (Show::read(&find.state), find.page.unwrap_or(1));
    let centre = named_centre(&find.centre)?;
    let found = state
        .ask(&who.caller(), move |asking| {
            name_change::list(asking, show, centre.as_ref(), page)
        })
        .await?;
    Ok(html(&NameChangeListPage {
        quality_manager: who.is(Role::QualityManager),
        shell: who
            .shell("Changes of name")
            .crumb("Certificates", "/certificates"),
        found,
        form: Form::typed([("state", show.as_str())]),
        show,
    }))
}

async fn change_page(state: &AppState, who: &SignedIn, change: NameChangeId, told: Told, form: Form) -> Page {
    let view = state
        .ask(&who.caller(), move |asking| name_change::view(asking, &change))
        .await?;
    let page = NameChangePage {
        shell: who
            .shell("Change of name")
            .crumb("Award", format!("/awards/{}", view.line.award)),
        refusals: told.refusals("The change of name stays as it is"),
        form: told.beside(form),
        view,
    };
    Ok(html_with(told.status(), &page))
}

async fn show(State(state): State<AppState>, who: SignedIn, InPath(change): InPath<NameChangeId>) -> Page {
    change_page(&state, &who, change, Told::default(), Form::new()).await
}

async fn seen(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(change): InPath<NameChangeId>,
    typed: Typed,
) -> Page {
    let act = SeeNameProof {
        seen: typed.raw("seen").to_owned(),
    };
    let wanted = change.clone();
    let done = state
        .act(who.caller(), move |acting| {
            name_change::see(acting, &wanted, &act)
        })
        .await;
    match done {
        Ok(()) => Ok(Redirected::to(&state, format!("/name-changes/{change}"))
            .good("It is recorded that you saw the original. The awarding body approves the change.")
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            change_page(&state, &who, change, told, typed.form()).await
        }
    }
}

/// The certificate in the new name, printed outside any transaction and not yet recorded.
pub(crate) async fn prepare(
    state: &AppState,
    caller: Caller,
    change: NameChangeId,
) -> Result<name_change::PreparedName, Failure> {
    let mut fresh = state.fresh();
    state
        .work(move |app| name_change::prepare(app, &caller, fresh.as_mut(), &change))
        .await
}

async fn approve(State(state): State<AppState>, who: SignedIn, InPath(change): InPath<NameChangeId>) -> Page {
    let done: Result<Replaced, Failure> = match prepare(&state, who.caller(), change.clone()).await {
        Ok(prepared) => {
            state
                .act(who.caller(), move |acting| {
                    name_change::approve(acting, &prepared)
                })
                .await
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(replaced) => Ok(Redirected::to(&state, format!("/awards/{}", replaced.award))
            .good(format!(
                "Certificate {} is issued in the new name.",
                replaced.certificate
            ))
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            change_page(&state, &who, change, told, Form::new()).await
        }
    }
}

async fn refuse(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(change): InPath<NameChangeId>,
    typed: Typed,
) -> Page {
    let act = RefuseNameChange {
        because: typed.raw("because").to_owned(),
    };
    let wanted = change.clone();
    let done = state
        .act(who.caller(), move |acting| {
            name_change::refuse(acting, &wanted, &act)
        })
        .await;
    match done {
        Ok(()) => Ok(Redirected::to(&state, format!("/name-changes/{change}"))
            .caution("The change of name is not approved. Whoever asked can ask again.")
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            change_page(&state, &who, change, told, typed.form()).await
        }
    }
}
