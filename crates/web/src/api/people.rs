//! People over the API.

use super::{ApiAnswer, ApiCaller, Operation, Sent};
use crate::{AppState, InPath, InQuery};
use assay_app::Acting;
use assay_app::account::link::MadeLink;
use assay_app::people::add::{self, NewPerson, PersonAdded};
use assay_app::people::change::{self, NewDetails};
use assay_app::people::invite;
use assay_app::people::list::{self, PeoplePage, Wanted};
use assay_app::people::role::{self, NewRole, RoleEnd, RoleGiven};
use assay_app::people::view::{self, PersonView};
use assay_app::work::{WorkItem, work_list};
use assay_domain::Role;
use assay_domain::id::{CentreId, GrantId, PersonId};
use axum::extract::State;
use axum::http::StatusCode;

const WHO: &str = "administrator, coordinator";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::get(
            "/api/v1/work",
            "listWork",
            "What waits for the caller, oldest first",
            work,
        )
        .tag("Work")
        .answers_list::<WorkItem>("The work list."),
        Operation::get("/api/v1/people", "listPeople", "Find people", list)
            .tag("People")
            .access(WHO)
            .query::<FindPeople>()
            .answers::<PeoplePage>(StatusCode::OK, "A page of people."),
        Operation::post("/api/v1/people", "addPerson", "Add a person", add)
            .tag("People")
            .access(WHO)
            .takes::<NewPerson>()
            .answers::<PersonAdded>(StatusCode::CREATED, "The person was added."),
        Operation::get(
            "/api/v1/people/{person}",
            "findPerson",
            "A person with their roles",
            find,
        )
        .tag("People")
        .access(WHO)
        .answers::<PersonView>(StatusCode::OK, "The person."),
        Operation::put(
            "/api/v1/people/{person}/details",
            "changeDetails",
            "Change a person's details",
            change,
        )
        .tag("People")
        .access(WHO)
        .takes::<NewDetails>()
        .answers_nothing("The details are changed."),
        Operation::post(
            "/api/v1/people/{person}/roles",
            "giveRole",
            "Give a person a role",
            give_role,
        )
        .tag("People")
        .access(WHO)
        .takes::<NewRole>()
        .answers::<RoleGiven>(StatusCode::CREATED, "The role is given."),
        Operation::post(
            "/api/v1/people/{person}/roles/{grant}/end",
            "endRole",
            "End a role",
            end_role,
        )
        .tag("People")
        .access(WHO)
        .takes::<RoleEnd>()
        .answers_nothing("The role has its last day."),
        Operation::post(
            "/api/v1/people/{person}/link",
            "makeLink",
            "Make a one-time link for choosing a password",
            make_link,
        )
        .tag("People")
        .about(super::TOLD_ONCE)
        .access(WHO)
        .answers::<MadeLink>(StatusCode::CREATED, "The link, shown this once."),
    ]
}

/// What to look for.
#[derive(serde::Deserialize, utoipa::IntoParams)]
struct FindPeople {
    /// Beginnings of names or of an e-mail address; at most two words count.
    #[serde(default)]
    q: Option<String>,
    /// A role that they hold or held.
    #[serde(default)]
    role: Option<Role>,
    /// A centre, by its id.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    centre: Option<CentreId>,
    /// From 1.
    #[serde(default)]
    page: Option<u32>,
}

async fn work(State(state): State<AppState>, caller: ApiCaller) -> ApiAnswer {
    caller.ask(&state, work_list).await
}

async fn list(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(find): InQuery<FindPeople>,
) -> ApiAnswer {
    let wanted = Wanted {
        q: find.q.unwrap_or_default().chars().take(100).collect(),
        role: find.role,
        centre: find.centre,
        page: find.page.unwrap_or(1),
    };
    caller.ask(&state, move |asking| list::run(asking, &wanted)).await
}

async fn add(State(state): State<AppState>, caller: ApiCaller, Sent(input): Sent<NewPerson>) -> ApiAnswer {
    let holds_link = input.invite;
    let add = move |acting: &mut Acting<'_, '_>| add::run(acting, input);
    if holds_link {
        caller.act_in_secret(&state, StatusCode::CREATED, add).await
    } else {
        caller.act(&state, StatusCode::CREATED, add).await
    }
}

async fn find(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(person): InPath<PersonId>,
) -> ApiAnswer {
    caller.ask(&state, move |asking| view::run(asking, &person)).await
}

async fn change(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(person): InPath<PersonId>,
    Sent(input): Sent<NewDetails>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            change::run(acting, person, input)
        })
        .await
}

async fn give_role(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(person): InPath<PersonId>,
    Sent(input): Sent<NewRole>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            role::give_to(acting, person, input)
        })
        .await
}

async fn end_role(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath((person, grant)): InPath<(PersonId, GrantId)>,
    Sent(input): Sent<RoleEnd>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            role::end_of(acting, &person, grant, input)
        })
        .await
}

async fn make_link(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(person): InPath<PersonId>,
) -> ApiAnswer {
    caller
        .act_in_secret(&state, StatusCode::CREATED, move |acting| {
            invite::run(acting, &person)
        })
        .await
}
