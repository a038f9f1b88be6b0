//! Showing an award by a link: the learner's page, and the page of whoever has the link.

use super::Route;
use super::check::{private, too_often};
use crate::client::ClientAddress;
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, MaybeSignedIn, Redirected, SignedIn, Told, Typed};
use assay_app::award::share::{self, MadeShareLink, ShareAward};
use assay_domain::id::AwardId;
use assay_pages::Form;
use assay_pages::award::share::{SharePage, SharedPage};
use axum::extract::State;
use axum::http::Method;
use axum::response::IntoResponse;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/awards/{award}/share", "the learner", show),
        Route::post("/awards/{award}/share", "the learner", make),
        Route::post("/awards/{award}/share/{link}/delete", "the learner", delete),
        Route::get("/shared/{code}", "anybody", open),
    ]
}

async fn links_page(
    state: &AppState,
    who: &SignedIn,
    award: AwardId,
    told: Told,
    form: Form,
    made: Option<MadeShareLink>,
) -> Page {
    let view = state
        .ask(&who.caller(), move |asking| share::list(asking, &award))
        .await?;
    let page = SharePage {
        shell: who.shell("Share your award"),
        refusals: told.refusals("The link was not made"),
        form: told.beside(form),
        view,
        made,
    };
    // The address of a new link is a secret.
    Ok(private(html_with(told.status(), &page)))
}

async fn show(State(state): State<AppState>, who: SignedIn, InPath(award): InPath<AwardId>) -> Page {
    links_page(&state, &who, award, Told::default(), Form::new(), None).await
}

async fn make(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(award): InPath<AwardId>,
    mut typed: Typed,
) -> Page {
    let input = ShareAward {
        recipient: typed.raw("recipient").to_owned(),
        days: typed.optional_number("days"),
        units: typed.ticked("units"),
    };
    let wanted = award.clone();
    let made = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| share::make(acting, &wanted, &input))
                .await
        }
        Err(failure) => Err(failure),
    };
    match made {
        Ok(made) => links_page(&state, &who, award, Told::default(), Form::new(), Some(made)).await,
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            links_page(&state, &who, award, told, typed.form(), None).await
        }
    }
}

async fn delete(
    State(state): State<AppState>,
    who: SignedIn,
    InPath((award, link)): InPath<(AwardId, String)>,
) -> Page {
    let wanted = award.clone();
    state
        .act(who.caller(), move |acting| share::delete(acting, &wanted, &link))
        .await?;
    Ok(Redirected::to(&state, format!("/awards/{award}/share"))
        .good("The link is deleted. Whoever opens it finds nothing.")
        .into_response())
}

/// Opening is counted, so it is an act; a look at the headers alone (HEAD) is not, nor is a link that does not work.
async fn open(
    State(state): State<AppState>,
    method: Method,
    visit: MaybeSignedIn,
    from: ClientAddress,
    InPath(code): InPath<String>,
) -> Page {
    if let Err(seconds) = state.checks().take(from.0, visit.moment().at) {
        return Ok(too_often(&visit, seconds));
    }
    let looked = code.clone();
    let mut shared = state
        .ask(&visit.caller(), move |asking| share::look(asking, &looked))
        .await?;
    if method == Method::GET {
        shared = state
            .act(visit.caller(), move |acting| share::open(acting, &code))
            .await?;
    }
    Ok(private(html(&SharedPage {
        shell: visit.shell("An award that was shared with you"),
        shared,
        at: visit.moment().stored(),
    })))
}
