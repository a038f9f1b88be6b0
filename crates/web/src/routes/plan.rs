//! Choosing units, the learning plan, allocating staff.

use super::Route;
use super::registration::{OnPage, registration_page, with_warnings};
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, Redirected, SignedIn, Told, Typed};
use assay_app::plan::agree::{self, AgreePlan};
use assay_app::plan::allocate::{self, AllocateStaff};
use assay_app::plan::best;
use assay_app::plan::choice::{self, JudgedChoice};
use assay_app::plan::view::{self, PlanView};
use assay_app::specification::rule::{BestWay, Least, WayAsked};
use assay_domain::fact::PlannedUnit;
use assay_domain::id::RegistrationId;
use assay_pages::Form;
use assay_pages::registration::best_way::BestWayPart;
use assay_pages::registration::plan::PlanPage;
use assay_pages::registration::units::{JudgementPart, UnitsPage};
use axum::extract::{RawQuery, State};
use axum::response::IntoResponse;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get(
            "/registrations/{registration}/units",
            "those who may see the learner",
            show_units,
        ),
        Route::post(
            "/registrations/{registration}/units",
            "the learner, their tutor or assessor, coordinator",
            agree_plan,
        ),
        Route::get(
            "/registrations/{registration}/units/judge",
            "those who may see the learner",
            judge,
        ),
        Route::get(
            "/registrations/{registration}/plan",
            "those who may see the learner",
            show_plan,
        ),
        Route::post(
            "/registrations/{registration}/allocations",
            "coordinator",
            allocate_staff,
        ),
    ]
}

/// The form as the plan in force fills it.
fn filled(view: &PlanView) -> Form {
    let mut form = Form::new()
        .with("version_seen", view.version())
        .with("minimise", "credits")
        .with("keep", "yes");
    for unit in view.units.iter().filter(|unit| unit.chosen) {
        form = form.with("unit", &unit.unit);
        if let Some(day) = unit.target_on {
            form = form.with(format!("target-{}", unit.unit), day);
        }
    }
    if let Some(present) = view.versions.first() {
        form = form
            .with("goals", present.goals.as_deref().unwrap_or_default())
            .with("support", present.support.as_deref().unwrap_or_default());
        if let Some(day) = present.review_on {
            form = form.with("review_on", day);
        }
    }
    form
}

async fn units_page(
    state: &AppState,
    who: &SignedIn,
    id: RegistrationId,
    typed: Option<(Form, Vec<String>)>,
    best: Option<(BestWay, Vec<String>)>,
    told: Told,
) -> Page {
    let chosen = typed.as_ref().map(|(_, chosen)| chosen.clone());
    let (view, judged) = state
        .ask(&who.caller(), move |asking| {
            let view = view::plan(asking, &id)?;
            let judged: JudgedChoice = match &chosen {
                Some(chosen) => choice::judge(asking, &id, chosen)?,
                None => view.judged.clone(),
            };
            Ok((view, judged))
        })
        .await?;
    let form = typed.map_or_else(|| filled(&view), |(form, _)| form);
    let title = if view.versions.is_empty() {
        "Choose units"
    } else {
        "Review the learning plan"
    };
    let page = UnitsPage {
        shell: who
            .shell(title)
            .crumb(&view.learner, format!("/registrations/{}", view.registration)),
        judgement: JudgementPart { judged },
        best: best.map(|(best, kept)| BestWayPart {
            best,
            titles: view
                .units
                .iter()
                .map(|unit| (unit.unit.clone(), unit.title.clone()))
                .collect(),
            kept,
        }),
        form: told.beside(form),
        refusals: told.refusals("The plan cannot be agreed"),
        view,
    };
    Ok(html_with(told.status(), &page))
}

async fn show_units(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<RegistrationId>,
) -> Page {
    units_page(&state, &who, id, None, None, Told::default()).await
}

async fn agree_plan(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<RegistrationId>,
    mut typed: Typed,
) -> Page {
    let mut chosen = typed.all("unit");
    chosen.dedup();
    if typed.ticked("check") {
        return units_page(
            &state,
            &who,
            id,
            Some((typed.form(), chosen)),
            None,
            Told::default(),
        )
        .await;
    }
    if typed.ticked("plan") {
        return plan_units(&state, &who, id, typed, chosen).await;
    }
    if let Some(take) = typed.optional_text("take") {
        let taken: Vec<String> = take
            .split_whitespace()
            .take(assay_domain::plan::agree::MOST_UNITS)
            .map(str::to_owned)
            .collect();
        let form = taken
            .iter()
            .fold(typed.form().without("unit"), |form, unit| form.with("unit", unit));
        return units_page(&state, &who, id, Some((form, taken)), None, Told::default()).await;
    }
    let mut units = Vec::with_capacity(chosen.len());
    for unit in &chosen {
        units.push(PlannedUnit {
            unit: unit.clone(),
            target_on: typed.optional_date(&format!("target-{unit}")),
        });
    }
    let input = AgreePlan {
        units,
        goals: typed.optional_text("goals"),
        support: typed.optional_text("support"),
        review_on: typed.optional_date("review_on"),
        because: typed.optional_text("because"),
        version_seen: typed
            .optional_number("version_seen")
            .and_then(|version| u32::try_from(version).ok()),
    };
    let of = id.clone();
    let done = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| agree::run(acting, &of, &input))
                .await
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(agreed) => {
            let words = format!("Version {} of the plan is agreed.", agreed.version);
            let redirected = Redirected::to(&state, format!("/registrations/{id}/plan")).good(words);
            Ok(with_warnings(redirected, &agreed.warnings).into_response())
        }
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            units_page(&state, &who, id, Some((typed.form(), chosen)), None, told).await
        }
    }
}

/// The form again, with the best way beside what was typed. Records nothing.
async fn plan_units(
    state: &AppState,
    who: &SignedIn,
    id: RegistrationId,
    mut typed: Typed,
    chosen: Vec<String>,
) -> Page {
    let kept = if typed.ticked("keep") {
        chosen.clone()
    } else {
        Vec::new()
    };
    let asked = WayAsked {
        minimise: match typed.raw("minimise") {
            "credits" | "" => Least::Credits,
            "glh" => Least::Glh,
            "tut" => Least::Tut,
            "units" => Least::Units,
            _ => {
                typed.complain("minimise", "Choose what to keep as small as possible.");
                Least::Credits
            }
        },
        have: kept.clone(),
        without: typed.all("avoid"),
        prefer: typed.all("prefer"),
        most: None,
    };
    if let Some(both) = asked.without.iter().find(|unit| asked.have.contains(unit)) {
        typed.complain(
            "avoid",
            format!("{both} is ticked above and is to be left out: take one of the ticks away."),
        );
    }
    let of = id.clone();
    let found = match typed.finish() {
        Ok(()) => {
            state
                .ask(&who.caller(), move |asking| best::find_best(asking, &of, asked))
                .await
        }
        Err(failure) => Err(failure),
    };
    let typed = Some((typed.form(), chosen));
    match found {
        Ok(best) => units_page(state, who, id, typed, Some((best, kept)), Told::default()).await,
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            units_page(state, who, id, typed, None, told).await
        }
    }
}

/// The piece of the page that judges a choice, for the script: `?unit=7015V1&unit=7016V1`.
async fn judge(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<RegistrationId>,
    RawQuery(query): RawQuery,
) -> Page {
    let units: Vec<String> = form_urlencoded::parse(query.unwrap_or_default().as_bytes())
        .filter(|(name, _)| name == "unit")
        .map(|(_, value)| value.into_owned())
        .take(assay_domain::plan::agree::MOST_UNITS)
        .collect();
    let judged = state
        .ask(&who.caller(), move |asking| choice::judge(asking, &id, &units))
        .await?;
    Ok(html(&JudgementPart { judged }))
}

async fn show_plan(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<RegistrationId>) -> Page {
    let view = state
        .ask(&who.caller(), move |asking| view::plan(asking, &id))
        .await?;
    let page = PlanPage {
        shell: who
            .shell("Learning plan")
            .crumb(&view.learner, format!("/registrations/{}", view.registration)),
        judgement: JudgementPart {
            judged: view.judged.clone(),
        },
        view,
    };
    Ok(html(&page))
}

async fn allocate_staff(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<RegistrationId>,
    mut typed: Typed,
) -> Page {
    let units = typed.all("unit");
    if units.is_empty() {
        typed.complain("unit", "Choose at least one unit.");
    }
    let input = AllocateStaff {
        units,
        assessor: typed.id("assessor", "an assessor"),
        verifier: typed.optional_id("verifier", "an internal verifier"),
        tutor: typed.optional_id("tutor", "a tutor"),
    };
    let of = id.clone();
    let done = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| allocate::run(acting, &of, &input))
                .await
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(allocated) => {
            let words = format!("Staff are allocated to {}.", allocated.units.join(", "));
            let redirected = Redirected::to(&state, format!("/registrations/{id}")).good(words);
            Ok(with_warnings(redirected, &allocated.warnings).into_response())
        }
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            let on_page = OnPage {
                allocation: Some(told.beside(typed.form())),
                title: "Staff cannot be allocated",
                told,
                ..OnPage::default()
            };
            registration_page(&state, &who, id, on_page).await
        }
    }
}
