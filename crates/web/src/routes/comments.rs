//! An assessor's reusable comments.

use super::Route;
use crate::page::{Page, html_with};
use crate::{AppState, InPath, Redirected, SignedIn, Told, Typed};
use assay_app::judgement::comments;
use assay_pages::Form;
use assay_pages::judgement::CommentsPage;
use axum::extract::State;
use axum::response::IntoResponse;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/comments", "signed in", show),
        Route::post("/comments", "signed in", keep),
        Route::post("/comments/{comment}/remove", "whoever keeps the comment", remove),
    ]
}

async fn list_page(state: &AppState, who: &SignedIn, told: Told, form: Form) -> Page {
    let comments = state.ask(&who.caller(), comments::list).await?;
    let page = CommentsPage {
        shell: super::marking::under_marking(who, "Your comments"),
        comments,
        form: told.beside(form),
    };
    Ok(html_with(told.status(), &page))
}

async fn show(State(state): State<AppState>, who: SignedIn) -> Page {
    list_page(&state, &who, Told::default(), Form::new()).await
}

async fn keep(State(state): State<AppState>, who: SignedIn, typed: Typed) -> Page {
    let text = typed.raw("text").to_owned();
    let done = state
        .act(who.caller(), move |acting| comments::keep(acting, &text))
        .await;
    match done {
        Ok(_) => Ok(Redirected::to(&state, "/comments")
            .good("The comment is kept.")
            .into_response()),
        Err(failure) => list_page(&state, &who, Told::from_failure(failure)?, typed.form()).await,
    }
}

async fn remove(State(state): State<AppState>, who: SignedIn, InPath(comment): InPath<String>) -> Page {
    state
        .act(who.caller(), move |acting| comments::remove(acting, &comment))
        .await?;
    Ok(Redirected::to(&state, "/comments")
        .good("The comment is removed.")
        .into_response())
}
