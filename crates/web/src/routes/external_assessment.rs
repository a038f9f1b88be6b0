//! External assessment: orders, their receipt by the awarding body, and who marks under them.

use super::Route;
use super::centre::named_centre;
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, InQuery, PageFailure, Redirected, SignedIn, Told, Typed};
use assay_app::external_assessment::list::{self, Show};
use assay_app::external_assessment::{acts, view};
use assay_app::{Acting, Failure};
use assay_domain::Role;
use assay_domain::external_assessment::{AllocateExternalAssessor, OrderExternalAssessment, ReceiveWork};
use assay_domain::id::{OrderId, PersonId, RegistrationId};
use assay_pages::Form;
use assay_pages::external_assessment::{OrderFormPage, OrderListPage, OrderPage};
use axum::extract::State;
use axum::response::IntoResponse;

const LISTED: &str = "quality manager, external assessor, coordinator of the centre";
const SEEN: &str = "quality manager, external assessor of the work, whoever may see the registration";
const COORDINATOR: &str = "coordinator of the centre";
const QUALITY: &str = "quality manager";

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/external-assessments", LISTED, show_list),
        Route::get("/external-assessments/{order}", SEEN, show),
        Route::post("/external-assessments/{order}/receive", QUALITY, receive),
        Route::post("/external-assessments/{order}/assessor", QUALITY, allocate),
        Route::post("/external-assessments/{order}/withdraw", COORDINATOR, withdraw),
        Route::get(
            "/registrations/{registration}/external-assessment",
            COORDINATOR,
            show_form,
        ),
        Route::post(
            "/registrations/{registration}/external-assessment",
            COORDINATOR,
            order,
        ),
    ]
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

/// Whether somebody has a list of orders.
fn lists(who: &SignedIn) -> bool {
    [Role::QualityManager, Role::ExternalAssessor, Role::Coordinator]
        .iter()
        .any(|role| who.is(*role))
}

async fn show_list(State(state): State<AppState>, who: SignedIn, InQuery(find): InQuery<Find>) -> Page {
    if !lists(&who) {
        return Err(PageFailure(Failure::NotFound));
    }
    let (show, page) = (Show::read(&find.state), find.page.unwrap_or(1));
    let centre = named_centre(&find.centre)?;
    let found = state
        .ask(&who.caller(), move |asking| {
            list::list(asking, show, centre.as_ref(), page)
        })
        .await?;
    Ok(html(&OrderListPage {
        shell: who.shell("External assessment"),
        found,
        form: Form::typed([("state", show.as_str())]),
        show,
        today: who.today(),
    }))
}

async fn order_page(state: &AppState, who: &SignedIn, id: OrderId, told: Told, form: Form) -> Page {
    let view = state
        .ask(&who.caller(), move |asking| view::view(asking, &id))
        .await?;
    let shell = who.shell(format!("External assessment of {}", view.line.unit));
    let page = OrderPage {
        shell: if lists(who) {
            shell.crumb("External assessment", "/external-assessments")
        } else {
            shell.crumb(
                view.line.learner_name.clone(),
                format!("/registrations/{}", view.line.registration),
            )
        },
        refusals: told.refusals("This was not done"),
        form: told.beside(form),
        view,
    };
    Ok(html_with(told.status(), &page))
}

async fn show(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<OrderId>) -> Page {
    order_page(&state, &who, id, Told::default(), Form::new()).await
}

/// An act on an order: back to its page with a message, or the page with what stands against it.
async fn done<F>(state: &AppState, who: &SignedIn, id: OrderId, form: Form, good: &str, command: F) -> Page
where
    F: FnOnce(&mut Acting<'_, '_>, &OrderId) -> Result<(), Failure> + Send + 'static,
{
    let order = id.clone();
    match state
        .act(who.caller(), move |acting| command(acting, &order))
        .await
    {
        Ok(()) => Ok(Redirected::to(state, format!("/external-assessments/{id}"))
            .good(good)
            .into_response()),
        Err(failure) => order_page(state, who, id, Told::from_failure(failure)?, form).await,
    }
}

fn assessor(typed: &Typed) -> Option<PersonId> {
    typed.raw("assessor").parse().ok()
}

async fn receive(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<OrderId>,
    typed: Typed,
) -> Page {
    let act = ReceiveWork {
        assessor: assessor(&typed),
    };
    let good = "The work is received; the external assessor finds it on their home page.";
    done(&state, &who, id, typed.form(), good, move |acting, id| {
        acts::receive(acting, id, &act)
    })
    .await
}

async fn allocate(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<OrderId>,
    typed: Typed,
) -> Page {
    let act = AllocateExternalAssessor {
        assessor: assessor(&typed),
    };
    let good = "The external assessor is allocated.";
    done(&state, &who, id, typed.form(), good, move |acting, id| {
        acts::allocate(acting, id, &act)
    })
    .await
}

async fn withdraw(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<OrderId>) -> Page {
    let good = "The order is withdrawn; the centre assesses the unit itself.";
    done(&state, &who, id, Form::new(), good, acts::withdraw).await
}

async fn form_page(state: &AppState, who: &SignedIn, id: RegistrationId, told: Told, form: Form) -> Page {
    let view = state
        .ask(&who.caller(), move |asking| view::form(asking, &id))
        .await?;
    let page = OrderFormPage {
        shell: who.shell("Order external assessment").crumb(
            view.learner_name.clone(),
            format!("/registrations/{}", view.registration),
        ),
        refusals: told.refusals("External assessment was not ordered"),
        form: told.beside(form),
        view,
    };
    Ok(html_with(told.status(), &page))
}

async fn show_form(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<RegistrationId>) -> Page {
    form_page(&state, &who, id, Told::default(), Form::new()).await
}

async fn order(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<RegistrationId>,
    typed: Typed,
) -> Page {
    let act = OrderExternalAssessment {
        unit: typed.raw("unit").to_owned(),
    };
    let registration = id.clone();
    let ordered = state
        .act(who.caller(), move |acting| {
            acts::order(acting, &registration, &act)
        })
        .await;
    match ordered {
        Ok(ordered) => Ok(
            Redirected::to(&state, format!("/external-assessments/{}", ordered.order))
                .good("External assessment is ordered. Handing in sends the work.")
                .into_response(),
        ),
        Err(failure) => form_page(&state, &who, id, Told::from_failure(failure)?, typed.form()).await,
    }
}
