//! Audit trails: of a registration, of a unit of it, of one hand-in.

use super::Route;
use crate::page::{Page, html};
use crate::{AppState, InPath, InQuery, SignedIn};
use assay_app::trail::{self, Trail, TrailQuery};
use assay_domain::id::{RegistrationId, SubmissionId};
use assay_pages::judgement::TrailPage;
use axum::extract::State;

const SEEN: &str = "the learner (without decisions), staff who may see the learner's work, quality manager";
const STAFF: &str = "staff who may see the learner's work, quality manager";

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/registrations/{registration}/trail", SEEN, of_registration),
        Route::get("/registrations/{registration}/units/{unit}/trail", SEEN, of_unit),
        Route::get("/submissions/{submission}/trail", STAFF, of_submission),
    ]
}

/// What a trail is asked.
#[derive(Default, serde::Deserialize, utoipa::IntoParams)]
pub(crate) struct TrailAsked {
    /// The name of a kind of fact, e.g. `criterion_decided`; blank for all.
    #[serde(default)]
    pub kind: String,
    /// From 1.
    #[serde(default)]
    pub page: Option<u32>,
}

impl From<TrailAsked> for TrailQuery {
    fn from(asked: TrailAsked) -> Self {
        TrailQuery {
            kind: asked.kind,
            page: asked.page.unwrap_or(1),
            size: 50,
        }
    }
}

fn page(who: &SignedIn, trail: Trail, path: String) -> Page {
    let about = &trail.about;
    let above = match &about.submission {
        // Whoever may not see the registration comes from the desk.
        Some(submission) if !about.wider => format!("/submissions/{submission}/mark"),
        _ => format!("/registrations/{}", about.registration),
    };
    let shell = who.shell("Audit trail").crumb(about.learner_name.clone(), above);
    Ok(html(&TrailPage { shell, trail, path }))
}

async fn of_registration(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<RegistrationId>,
    InQuery(asked): InQuery<TrailAsked>,
) -> Page {
    let path = format!("/registrations/{id}/trail");
    let trail = state
        .ask(&who.caller(), move |asking| {
            trail::of_registration(asking, &id, &asked.into())
        })
        .await?;
    page(&who, trail, path)
}

async fn of_unit(
    State(state): State<AppState>,
    who: SignedIn,
    InPath((id, unit)): InPath<(RegistrationId, String)>,
    InQuery(asked): InQuery<TrailAsked>,
) -> Page {
    let asked_for = id.clone();
    let trail = state
        .ask(&who.caller(), move |asking| {
            trail::of_unit(asking, &asked_for, &unit, &asked.into())
        })
        .await?;
    let path = format!(
        "/registrations/{id}/units/{}/trail",
        trail.about.unit.as_deref().unwrap_or_default()
    );
    page(&who, trail, path)
}

async fn of_submission(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SubmissionId>,
    InQuery(asked): InQuery<TrailAsked>,
) -> Page {
    let path = format!("/submissions/{id}/trail");
    let trail = state
        .ask(&who.caller(), move |asking| {
            trail::of_submission(asking, &id, &asked.into())
        })
        .await?;
    page(&who, trail, path)
}
