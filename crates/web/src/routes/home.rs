//! The home page: what waits for whoever is signed in.

use super::Route;
use crate::page::{Page, html};
use crate::{AppState, SignedIn};
use assay_pages::home::HomePage;
use axum::extract::State;

pub fn routes() -> Vec<Route> {
    vec![Route::get("/", "signed in", home)]
}

async fn home(State(state): State<AppState>, who: SignedIn) -> Page {
    let items = state.ask(&who.caller(), assay_app::work::work_list).await?;
    Ok(html(&HomePage {
        shell: who.shell("Home"),
        name: who.name.clone(),
        today: who.today(),
        items,
    }))
}
