//! How the papers of awarding bodies look, over the API.

use super::{ApiAnswer, ApiCaller, Operation, Sent};
use crate::routes::award::pdf;
use crate::{AppState, InPath};
use assay_app::award::theme::{self, BodyThemes, NewTheme, ThemeSet};
use assay_domain::id::ThemeId;
use axum::extract::State;
use axum::http::StatusCode;

const QUALITY: &str = "quality manager";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/v1/themes", "listThemes", "How papers look", list)
            .tag("Certificates")
            .access(QUALITY)
            .answers_list::<BodyThemes>("Every version of each awarding body's theme."),
        Operation::post("/api/v1/themes", "setTheme", "Set how papers look from a day on", set)
            .tag("Certificates")
            .access(QUALITY)
            .about("Name as printed, colour, logo and who signs. A specimen is printed first; what cannot be printed is not recorded. What was issued before stays as it was issued.")
            .takes::<NewTheme>()
            .answers::<ThemeSet>(StatusCode::CREATED, "The theme is set."),
        Operation::post("/api/v1/themes/preview", "previewTheme", "A specimen with a theme that is not set", preview)
            .tag("Certificates")
            .access(QUALITY)
            .about("Keeps nothing.")
            .takes::<NewTheme>()
            .answers_file("application/pdf", "A certificate of nobody."),
        Operation::get(
            "/api/v1/themes/{theme}/specimen.pdf",
            "findThemeSpecimen",
            "A specimen with a version that is kept",
            specimen,
        )
        .tag("Certificates")
        .access(QUALITY)
        .may_refuse()
        .answers_file("application/pdf", "A certificate of nobody."),
    ]
}

async fn list(State(state): State<AppState>, caller: ApiCaller) -> ApiAnswer {
    caller.ask(&state, theme::list).await
}

async fn set(State(state): State<AppState>, caller: ApiCaller, Sent(input): Sent<NewTheme>) -> ApiAnswer {
    let asker = caller.caller();
    let prepared = state.work(move |app| theme::prepare(app, &asker, input)).await?;
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            theme::run(acting, &prepared)
        })
        .await
}

async fn preview(State(state): State<AppState>, caller: ApiCaller, Sent(input): Sent<NewTheme>) -> ApiAnswer {
    let caller = caller.caller();
    let paper = state.work(move |app| theme::preview(app, &caller, input)).await?;
    Ok(pdf(paper))
}

async fn specimen(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(theme): InPath<ThemeId>,
) -> ApiAnswer {
    let caller = caller.caller();
    let paper = state
        .work(move |app| theme::specimen_of(app, &caller, &theme))
        .await?;
    Ok(pdf(paper))
}
