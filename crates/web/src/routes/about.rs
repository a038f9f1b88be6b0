//! Pages about the program itself.

use super::Route;
use crate::page::{Page, html};
use crate::{AppState, MaybeSignedIn};
use assay_app::founding::find_installation;
use assay_pages::about::{AccessibilityPage, PrivacyPage};
use axum::extract::State;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/accessibility", "anybody", accessibility),
        Route::get("/privacy", "anybody", privacy),
    ]
}

async fn accessibility(visit: MaybeSignedIn) -> Page {
    Ok(html(&AccessibilityPage {
        shell: visit.shell("Accessibility"),
    }))
}

async fn privacy(State(state): State<AppState>, visit: MaybeSignedIn) -> Page {
    let installation = state.ask(&visit.caller(), find_installation).await?;
    let awarding_body = installation.map(|found| found.awarding_body).unwrap_or_default();
    Ok(html(&PrivacyPage {
        shell: visit.shell("Privacy"),
        awarding_body,
    }))
}
