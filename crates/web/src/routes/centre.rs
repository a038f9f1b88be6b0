//! Centres: approving them, what they offer, their own grade scale.

use super::Route;
use crate::page::{Page, html_with};
use crate::{AppState, InPath, InQuery, Redirected, SignedIn, Told, Typed};
use assay_app::Failure;
use assay_app::centre::{self, NewCentre, NewGrades, NewOffer, OfferEnd};
use assay_app::specification::list_qualifications;
use assay_domain::Role;
use assay_domain::id::CentreId;
use assay_pages::centre::{CentreListPage, CentrePage};
use assay_pages::{Choice, Form};
use axum::extract::State;
use axum::response::IntoResponse;

const APPROVES: &str = "quality manager, administrator";

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/centres", "signed in", show_list),
        Route::post("/centres", APPROVES, approve),
        Route::get(
            "/centres/{centre}",
            "quality manager, administrator, the centre's staff",
            show,
        ),
        Route::post("/centres/{centre}/qualifications", APPROVES, offer),
        Route::post(
            "/centres/{centre}/qualifications/{code}/stop",
            APPROVES,
            stop_offering,
        ),
        Route::post("/centres/{centre}/grades", "the centre's coordinator", set_grades),
    ]
}

#[derive(Default, serde::Deserialize)]
struct Asked {
    #[serde(default)]
    page: Option<u32>,
}

/// The centre that an address names; none when it names none.
pub(super) fn named_centre(text: &str) -> Result<Option<CentreId>, Failure> {
    match text.trim() {
        "" => Ok(None),
        text => text.parse().map(Some).map_err(|_| Failure::NotFound),
    }
}

async fn list_page(state: &AppState, who: &SignedIn, page: u32, told: Told, form: Form) -> Page {
    let centres = state
        .ask(&who.caller(), move |asking| centre::list(asking, page))
        .await?;
    let page = CentreListPage {
        shell: who.shell("Centres"),
        refusals: told.refusals("The centre could not be approved"),
        centres,
        form: told.beside(form),
        may_approve: who.is(Role::QualityManager) || who.is(Role::Administrator),
    };
    Ok(html_with(told.status(), &page))
}

async fn show_list(State(state): State<AppState>, who: SignedIn, InQuery(asked): InQuery<Asked>) -> Page {
    list_page(
        &state,
        &who,
        asked.page.unwrap_or(1),
        Told::default(),
        Form::new(),
    )
    .await
}

async fn approve(State(state): State<AppState>, who: SignedIn, mut typed: Typed) -> Page {
    let input = NewCentre {
        number: typed.text("number", "the centre's number"),
        name: typed.text("name", "the centre's name"),
        on: typed.optional_date("on"),
    };
    let approved = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| centre::approve(acting, input))
                .await
        }
        Err(failure) => Err(failure),
    };
    match approved {
        Ok(approved) => {
            let to = format!("/centres/{}", approved.centre);
            Ok(Redirected::to(&state, to)
                .good("The centre is approved.")
                .into_response())
        }
        Err(failure) => list_page(&state, &who, 1, Told::from_failure(failure)?, typed.form()).await,
    }
}

/// What is shown beside a centre's own data.
#[derive(Default)]
struct Around {
    told: Told,
    offer_form: Form,
    stop_form: Form,
    grades_form: Form,
}

async fn centre_page(state: &AppState, who: &SignedIn, id: CentreId, around: Around) -> Page {
    let (centre, qualifications) = state
        .ask(&who.caller(), move |asking| {
            let view = centre::view(asking, &id)?;
            let qualifications = list_qualifications(asking.app, asking.tx)?;
            Ok((view, qualifications))
        })
        .await?;
    let qualifications = qualifications
        .into_iter()
        .map(|offered| {
            let qualification = offered.qualification;
            Choice::new(
                &qualification.code,
                format!("{} ({})", qualification.title, qualification.code),
            )
        })
        .collect();
    let stop_form = if around.stop_form.value("on").is_empty() {
        around.stop_form.with("on", who.today())
    } else {
        around.stop_form
    };
    let page = CentrePage {
        shell: who.shell(&centre.line.name).crumb("Centres", "/centres"),
        refusals: around.told.refusals("This could not be done"),
        centre,
        offer_form: around.offer_form.prefixed("offer"),
        stop_form,
        grades_form: around.grades_form.prefixed("grades"),
        qualifications,
    };
    Ok(html_with(around.told.status(), &page))
}

async fn show(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<CentreId>) -> Page {
    centre_page(&state, &who, id, Around::default()).await
}

fn back_to(state: &AppState, id: &CentreId, text: &str) -> Page {
    Ok(Redirected::to(state, format!("/centres/{id}"))
        .good(text)
        .into_response())
}

async fn offer(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<CentreId>,
    mut typed: Typed,
) -> Page {
    let input = NewOffer {
        qualification: typed.text("qualification", "a qualification"),
        from: typed.optional_date("from"),
    };
    let centre = id.clone();
    let offered = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| centre::offer(acting, centre, input))
                .await
        }
        Err(failure) => Err(failure),
    };
    match offered {
        Ok(()) => back_to(&state, &id, "The centre is approved for the qualification."),
        Err(failure) => {
            let told = Told::from_failure(failure)?.in_form("offer");
            let around = Around {
                offer_form: told.beside(typed.form()),
                told,
                ..Around::default()
            };
            centre_page(&state, &who, id, around).await
        }
    }
}

async fn stop_offering(
    State(state): State<AppState>,
    who: SignedIn,
    InPath((id, code)): InPath<(CentreId, String)>,
    mut typed: Typed,
) -> Page {
    let input = OfferEnd {
        on: typed.date("on", "the last day"),
    };
    let centre = id.clone();
    let stopped = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| {
                    centre::stop_offering(acting, centre, code, input)
                })
                .await
        }
        Err(failure) => Err(failure),
    };
    match stopped {
        Ok(()) => back_to(
            &state,
            &id,
            "The offer has its last day. Learners who are registered stay registered.",
        ),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            let around = Around {
                stop_form: told.beside(typed.form()),
                told,
                ..Around::default()
            };
            centre_page(&state, &who, id, around).await
        }
    }
}

async fn set_grades(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<CentreId>,
    typed: Typed,
) -> Page {
    let input = NewGrades {
        scale: typed.raw("scale").to_owned(),
        grades: typed.raw("grades").lines().map(str::to_owned).collect(),
    };
    let centre = id.clone();
    match state
        .act(who.caller(), move |acting| {
            centre::set_grades(acting, centre, input)
        })
        .await
    {
        Ok(()) => back_to(&state, &id, "The centre's own grade scale is set."),
        Err(failure) => {
            let told = Told::from_failure(failure)?.in_form("grades");
            let around = Around {
                grades_form: told.beside(typed.form()),
                told,
                ..Around::default()
            };
            centre_page(&state, &who, id, around).await
        }
    }
}
