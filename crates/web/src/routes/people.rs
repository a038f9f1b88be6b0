//! People: finding, adding, changing; their roles and links.

use super::Route;
use super::centre::named_centre;
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, InQuery, PageFailure, Redirected, SignedIn, Told, Typed};
use assay_app::account::link::MadeLink;
use assay_app::people::add::{self, NewPerson};
use assay_app::people::change::{self, NewDetails};
use assay_app::people::list::{self, Wanted};
use assay_app::people::role::{self, NewRole, RoleEnd};
use assay_app::people::{invite, view};
use assay_app::{Asking, Failure, centre};
use assay_domain::id::{GrantId, PersonId};
use assay_domain::{Code, Role};
use assay_pages::people::{AddPersonPage, PeopleListPage, PersonPage, role_choices};
use assay_pages::{Choice, Form};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;

const WHO: &str = "administrator, coordinator";

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/people", WHO, show_list),
        Route::get("/people/new", WHO, show_add),
        Route::post("/people/new", WHO, add),
        Route::get("/people/{person}", WHO, show),
        Route::post("/people/{person}/details", WHO, change_details),
        Route::post("/people/{person}/roles", WHO, give_role),
        Route::post("/people/{person}/roles/{grant}/end", WHO, end_role),
        Route::post("/people/{person}/link", WHO, make_link),
    ]
}

/// Refuses everybody but administrators and coordinators, as if there were nothing.
fn looks_after(who: &SignedIn) -> Result<(), PageFailure> {
    if who.is(Role::Administrator) || who.is(Role::Coordinator) {
        Ok(())
    } else {
        Err(PageFailure(Failure::NotFound))
    }
}

/// The roles that the person may give.
fn roles(who: &SignedIn) -> Vec<Role> {
    if who.is(Role::Administrator) {
        Role::ALL.to_vec()
    } else {
        vec![Role::Learner, Role::Tutor, Role::Assessor, Role::InternalVerifier]
    }
}

/// The centres at which the person may give roles.
fn centres(asking: &mut Asking<'_, '_>) -> Result<Vec<Choice>, Failure> {
    let actor = asking.actor()?.clone();
    let found = centre::list(asking, 1)?.centres;
    let own = |line: &centre::CentreLine| {
        actor.is(Role::Administrator) || actor.is_at(Role::Coordinator, &line.centre)
    };
    Ok(found
        .into_iter()
        .filter(own)
        .map(|line| Choice::new(line.centre.to_string(), line.name))
        .collect())
}

#[derive(serde::Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    centre: String,
    #[serde(default)]
    page: Option<u32>,
}

async fn show_list(State(state): State<AppState>, who: SignedIn, InQuery(search): InQuery<Search>) -> Page {
    looks_after(&who)?;
    let wanted = Wanted {
        q: search.q.trim().chars().take(100).collect(),
        role: search.role.parse().ok(),
        centre: named_centre(&search.centre)?,
        page: search.page.unwrap_or(1),
    };
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("q", &wanted.q)
        .append_pair("role", wanted.role.map(Role::as_str).unwrap_or_default())
        .append_pair(
            "centre",
            wanted
                .centre
                .as_ref()
                .map(|centre| centre.as_str())
                .unwrap_or_default(),
        )
        .finish();
    let looked = wanted.clone();
    let (people, centres) = state
        .ask(&who.caller(), move |asking| {
            Ok((list::run(asking, &looked)?, centres(asking)?))
        })
        .await?;
    Ok(html(&PeopleListPage {
        shell: who.shell("People"),
        q: wanted.q,
        role: wanted.role.map(Role::as_str).unwrap_or_default().to_owned(),
        centre: people
            .centre
            .as_ref()
            .map(ToString::to_string)
            .unwrap_or_default(),
        all_centres: who.is(Role::Administrator),
        centres: if centres.len() > 1 { centres } else { Vec::new() },
        people,
        query,
    }))
}

async fn add_page(state: &AppState, who: &SignedIn, told: Told, form: Form) -> Page {
    let centres = state.ask(&who.caller(), centres).await?;
    let page = AddPersonPage {
        shell: who.shell("Add a person").crumb("People", "/people"),
        refusals: told.refusals("The person could not be added"),
        form: told.beside(form),
        roles: role_choices(&roles(who)),
        centres,
        alike: told.refusals.codes().contains(&Code::PersonDuplicate),
    };
    Ok(html_with(told.status(), &page))
}

async fn show_add(State(state): State<AppState>, who: SignedIn) -> Page {
    looks_after(&who)?;
    add_page(&state, &who, Told::default(), Form::new().with("invite", "1")).await
}

async fn add(State(state): State<AppState>, who: SignedIn, mut typed: Typed) -> Page {
    looks_after(&who)?;
    let input = NewPerson {
        given: typed.text("given", "the given name"),
        family: typed.text("family", "the family name"),
        born_on: typed.optional_date("born_on"),
        email: typed.optional_text("email"),
        role: typed.optional_id("role", "a role"),
        centre: typed.optional_id("centre", "a centre"),
        from: typed.optional_date("from"),
        until: typed.optional_date("until"),
        countersigned: typed.ticked("countersigned"),
        another_person: typed.ticked("another_person"),
        invite: typed.ticked("invite"),
    };
    let added = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| add::run(acting, input))
                .await
        }
        Err(failure) => Err(failure),
    };
    match added {
        Ok(added) => match added.link {
            Some(link) => {
                person_page(
                    &state,
                    &who,
                    added.person,
                    Around {
                        link: Some(link),
                        ..Around::default()
                    },
                )
                .await
            }
            None => {
                let to = format!("/people/{}", added.person);
                Ok(Redirected::to(&state, to)
                    .good("The person was added.")
                    .into_response())
            }
        },
        Err(failure) => add_page(&state, &who, Told::from_failure(failure)?, typed.form()).await,
    }
}

/// What is shown beside a person's own data.
#[derive(Default)]
struct Around {
    told: Told,
    details_form: Form,
    role_form: Form,
    end_form: Form,
    link: Option<MadeLink>,
}

async fn person_page(state: &AppState, who: &SignedIn, person: PersonId, around: Around) -> Page {
    let (person, centres) = state
        .ask(&who.caller(), move |asking| {
            Ok((view::run(asking, &person)?, centres(asking)?))
        })
        .await?;
    let end_form = if around.end_form.value("on").is_empty() {
        around.end_form.with("on", who.today())
    } else {
        around.end_form
    };
    let page = PersonPage {
        shell: who.shell(&person.name).crumb("People", "/people"),
        refusals: around.told.refusals("This could not be done"),
        person,
        details_form: around.details_form.prefixed("details"),
        role_form: around.role_form.prefixed("role"),
        end_form,
        roles: role_choices(&roles(who)),
        centres,
        link: around.link,
    };
    let status = if page.link.is_some() {
        StatusCode::OK
    } else {
        around.told.status()
    };
    Ok(html_with(status, &page))
}

async fn show(State(state): State<AppState>, who: SignedIn, InPath(person): InPath<PersonId>) -> Page {
    person_page(&state, &who, person, Around::default()).await
}

fn back_to(state: &AppState, person: &PersonId, text: &str) -> Page {
    Ok(Redirected::to(state, format!("/people/{person}"))
        .good(text)
        .into_response())
}

async fn change_details(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(person): InPath<PersonId>,
    mut typed: Typed,
) -> Page {
    let input = NewDetails {
        given: typed.text("given", "the given name"),
        family: typed.text("family", "the family name"),
        born_on: typed.optional_date("born_on"),
        email: typed.optional_text("email"),
        because: typed.text("because", "why the details change"),
    };
    let id = person.clone();
    let changed = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| change::run(acting, id, input))
                .await
        }
        Err(failure) => Err(failure),
    };
    match changed {
        Ok(()) => back_to(&state, &person, "The details are changed."),
        Err(failure) => {
            let told = Told::from_failure(failure)?.in_form("details");
            let around = Around {
                details_form: told.beside(typed.form()),
                told,
                ..Around::default()
            };
            person_page(&state, &who, person, around).await
        }
    }
}

async fn give_role(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(person): InPath<PersonId>,
    mut typed: Typed,
) -> Page {
    let role = typed.id::<Role>("role", "a role");
    let input = NewRole {
        role: role.unwrap_or(Role::Learner),
        centre: typed.optional_id("centre", "a centre"),
        from: typed.optional_date("from"),
        until: typed.optional_date("until"),
        countersigned: typed.ticked("countersigned"),
    };
    let id = person.clone();
    let given = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| role::give_to(acting, id, input))
                .await
        }
        Err(failure) => Err(failure),
    };
    match given {
        Ok(_) => back_to(&state, &person, "The role is given."),
        Err(failure) => {
            let told = Told::from_failure(failure)?.in_form("role");
            let around = Around {
                role_form: told.beside(typed.form()),
                told,
                ..Around::default()
            };
            person_page(&state, &who, person, around).await
        }
    }
}

async fn end_role(
    State(state): State<AppState>,
    who: SignedIn,
    InPath((person, grant)): InPath<(PersonId, GrantId)>,
    mut typed: Typed,
) -> Page {
    let input = RoleEnd {
        on: typed.date("on", "the last day of the role"),
    };
    let id = person.clone();
    let ended = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| {
                    role::end_of(acting, &id, grant, input)
                })
                .await
        }
        Err(failure) => Err(failure),
    };
    match ended {
        Ok(()) => back_to(&state, &person, "The role has its last day."),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            let around = Around {
                end_form: told.beside(typed.form()),
                told,
                ..Around::default()
            };
            person_page(&state, &who, person, around).await
        }
    }
}

async fn make_link(State(state): State<AppState>, who: SignedIn, InPath(person): InPath<PersonId>) -> Page {
    let id = person.clone();
    let link = state
        .act(who.caller(), move |acting| invite::run(acting, &id))
        .await?;
    person_page(
        &state,
        &who,
        person,
        Around {
            link: Some(link),
            ..Around::default()
        },
    )
    .await
}
