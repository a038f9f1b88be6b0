//! Results that turn out to be wrong after their award: saying so, gathering the facts, deciding.

use super::Route;
use super::centre::named_centre;
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, InQuery, Redirected, SignedIn, Told, Typed};
use assay_app::Failure;
use assay_app::award::correction;
use assay_domain::Role;
use assay_domain::award::{AssessCorrection, DecideCorrection, FlagResult};
use assay_domain::id::{AwardId, CorrectionId};
use assay_pages::Form;
use assay_pages::award::correction::{CorrectionListPage, CorrectionPage, FlagResultPage};
use axum::extract::State;
use axum::response::IntoResponse;

const STAFF: &str = "staff who may see the award, quality manager";
const BOTH: &str = "quality manager, coordinator of the centre";
const QUALITY: &str = "quality manager";

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/awards/{award}/correction", STAFF, show_flag),
        Route::post("/awards/{award}/correction", STAFF, flag),
        Route::get("/corrections", BOTH, show_list),
        Route::get("/corrections/{correction}", STAFF, show),
        Route::post("/corrections/{correction}/assess", QUALITY, assess),
        Route::post("/corrections/{correction}/correct", QUALITY, correct),
        Route::post("/corrections/{correction}/leave", QUALITY, leave),
    ]
}

async fn flag_page(state: &AppState, who: &SignedIn, award: AwardId, told: Told, form: Form) -> Page {
    let award = state
        .ask(&who.caller(), move |asking| correction::flaggable(asking, &award))
        .await?;
    let page = FlagResultPage {
        shell: who
            .shell("A result may be wrong")
            .crumb("Award", format!("/awards/{}", award.award)),
        refusals: told.refusals("It was not recorded"),
        form: told.beside(form),
        award,
    };
    Ok(html_with(told.status(), &page))
}

async fn show_flag(State(state): State<AppState>, who: SignedIn, InPath(award): InPath<AwardId>) -> Page {
    flag_page(&state, &who, award, Told::default(), Form::new()).await
}

async fn flag(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(award): InPath<AwardId>,
    typed: Typed,
) -> Page {
    let act = FlagResult {
        units: typed.all("units"),
        because: typed.raw("because").to_owned(),
    };
    let wanted = award.clone();
    let done = state
        .act(who.caller(), move |acting| {
            correction::flag(acting, &wanted, &act)
        })
        .await;
    match done {
        Ok(flagged) => Ok(
            Redirected::to(&state, format!("/corrections/{}", flagged.correction))
                .good("It is recorded. The awarding body looks into it.")
                .into_response(),
        ),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            flag_page(&state, &who, award, told, typed.form()).await
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
    let (wanted, page) = (find.state.parse().ok(), find.page.unwrap_or(1));
    let centre = named_centre(&find.centre)?;
    let found = state
        .ask(&who.caller(), move |asking| {
            correction::list(asking, wanted, centre.as_ref(), page)
        })
        .await?;
    let shown = wanted.map_or("", |state| state.as_str());
    Ok(html(&CorrectionListPage {
        quality_manager: who.is(Role::QualityManager),
        shell: who.shell("Corrections").crumb("Certificates", "/certificates"),
        found,
        form: Form::typed([("state", shown)]),
    }))
}

async fn correction_page(state: &AppState, who: &SignedIn, id: CorrectionId, told: Told, form: Form) -> Page {
    let view = state
        .ask(&who.caller(), move |asking| correction::view(asking, &id))
        .await?;
    let page = CorrectionPage {
        shell: who
            .shell("Correction")
            .crumb("Award", format!("/awards/{}", view.line.award)),
        refusals: told.refusals("The correction stays as it is"),
        form: told.beside(form),
        view,
    };
    Ok(html_with(told.status(), &page))
}

async fn show(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<CorrectionId>) -> Page {
    correction_page(&state, &who, id, Told::default(), Form::new()).await
}

/// Back to the correction after an act, or the page again with what stands against it.
async fn answer(
    state: &AppState,
    who: &SignedIn,
    id: CorrectionId,
    done: Result<Redirected, Failure>,
    typed: &Typed,
) -> Page {
    match done {
        Ok(there) => Ok(there.into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            correction_page(state, who, id, told, typed.form()).await
        }
    }
}

async fn assess(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<CorrectionId>,
    typed: Typed,
) -> Page {
    let act = AssessCorrection {
        adverse: match typed.raw("adverse") {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        },
        finding: typed.raw("finding").to_owned(),
    };
    let wanted = id.clone();
    let done = state
        .act(who.caller(), move |acting| {
            correction::assess(acting, &wanted, &act)
        })
        .await;
    let there = Redirected::to(&state, format!("/corrections/{id}"));
    let done = done.map(|()| there.good("The facts are recorded. Whoever decides does it on this page."));
    answer(&state, &who, id, done, &typed).await
}

fn decided(typed: &Typed) -> DecideCorrection {
    DecideCorrection {
        because: typed.raw("because").to_owned(),
        regulator: typed.raw("regulator").to_owned(),
    }
}

async fn correct(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<CorrectionId>,
    typed: Typed,
) -> Page {
    let (wanted, act) = (id.clone(), decided(&typed));
    let done = state
        .act(who.caller(), move |acting| {
            correction::correct(acting, &wanted, &act)
        })
        .await;
    let there = Redirected::to(&state, format!("/corrections/{id}"));
    let done = done.map(|()| there.caution("The result is corrected. The work is with its assessor again."));
    answer(&state, &who, id, done, &typed).await
}

async fn leave(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<CorrectionId>,
    typed: Typed,
) -> Page {
    let (wanted, act) = (id.clone(), decided(&typed));
    let done = state
        .act(who.caller(), move |acting| {
            correction::leave(acting, &wanted, &act)
        })
        .await;
    let there = Redirected::to(&state, format!("/corrections/{id}"));
    let done = done.map(|()| there.good("The result stays as it is, with your reasoning."));
    answer(&state, &who, id, done, &typed).await
}
