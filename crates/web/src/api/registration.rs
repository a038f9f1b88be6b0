//! Registrations, plans, allocations and progress for programs.

use super::{ApiAnswer, ApiCaller, Operation, Sent};
use crate::routes::award::csv;
use crate::{AppState, InPath, InQuery};
use assay_app::plan::agree::{self, AgreePlan, PlanAgreed};
use assay_app::plan::allocate::{self, AllocateStaff, StaffAllocated};
use assay_app::plan::best;
use assay_app::plan::choice::{self, JudgedChoice};
use assay_app::plan::view::{self, PlanView};
use assay_app::progress::{self, Progress};
use assay_app::registration::at_risk::{self, AtRisk};
use assay_app::registration::complete::{self, CompleteRegistration};
use assay_app::registration::export;
use assay_app::registration::identity::{self, ConfirmIdentity};
use assay_app::registration::list::{self, ListQuery, RegistrationList};
use assay_app::registration::overview::{self, RegistrationView};
use assay_app::registration::register::{self, LearnerRegistered, RegisterLearner};
use assay_app::registration::withdraw::{self, WithdrawRegistration};
use assay_app::specification::rule::{BestWay, WayAsked};
use assay_domain::id::RegistrationId;
use axum::extract::State;
use axum::http::StatusCode;

/// The units of a choice that is to be judged.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Choice {
    /// Unit numbers.
    pub units: Vec<String>,
}

/// A centre to look at.
#[derive(Debug, Clone, Default, serde::Deserialize, utoipa::IntoParams)]
#[serde(default)]
pub struct AtCentre {
    /// A centre, or empty for the caller's own.
    pub centre: String,
}

pub fn operations() -> Vec<Operation> {
    const SEEN: &str = "the learner, staff allocated to them, coordinator, quality manager";
    const AGREE: &str = "the learner, their tutor or assessor, coordinator";
    vec![
        Operation::get(
            "/api/v1/registrations",
            "listRegistrations",
            "List registrations",
            list_all,
        )
        .tag("Registrations")
        .access("signed in: the learners they may see")
        .about("A page at a time: send `next` of one answer as `after` of the next question.")
        .query::<ListQuery>()
        .answers::<RegistrationList>(StatusCode::OK, "A page of the list."),
        Operation::post(
            "/api/v1/registrations",
            "registerLearner",
            "Register a learner",
            add,
        )
        .tag("Registrations")
        .access("coordinator")
        .takes::<RegisterLearner>()
        .answers::<LearnerRegistered>(StatusCode::CREATED, "The learner is registered."),
        Operation::get(
            "/api/v1/registrations/own",
            "listOwnRegistrations",
            "The caller's own registrations, as a learner",
            list_own,
        )
        .tag("Registrations")
        .answers::<RegistrationList>(StatusCode::OK, "All of them."),
        Operation::get(
            "/api/v1/registrations.csv",
            "exportRegistrations",
            "The list of registrations as CSV",
            export_all,
        )
        .tag("Registrations")
        .access("coordinator, quality manager")
        .query::<ListQuery>()
        .answers_file("text/csv", "One line per registration."),
        Operation::get(
            "/api/v1/registrations/at-risk",
            "listAtRisk",
            "List learners whose time runs out",
            list_at_risk,
        )
        .tag("Registrations")
        .access("signed in: the learners they may see")
        .query::<AtCentre>()
        .answers::<AtRisk>(StatusCode::OK, "The earliest date first."),
        Operation::get(
            "/api/v1/registrations/{registration}",
            "getRegistration",
            "A registration with everything on it",
            one,
        )
        .tag("Registrations")
        .access(SEEN)
        .answers::<RegistrationView>(StatusCode::OK, "The registration."),
        Operation::post(
            "/api/v1/registrations/{registration}/identity",
            "confirmIdentity",
            "Record which document showed who the learner is",
            confirm,
        )
        .tag("Registrations")
        .access("coordinator")
        .takes::<ConfirmIdentity>()
        .answers_nothing("Identity is confirmed."),
        Operation::post(
            "/api/v1/registrations/{registration}/completion",
            "completeRegistration",
            "Answer later what was left open at registering: the authority held, the unique learner number, a membership held already",
            fill,
        )
        .tag("Registrations")
        .access("the learner, coordinator")
        .takes::<CompleteRegistration>()
        .answers_nothing("What was answered is kept."),
        Operation::post(
            "/api/v1/registrations/{registration}/withdrawal",
            "withdrawRegistration",
            "Withdraw a registration",
            leave,
        )
        .tag("Registrations")
        .access("coordinator")
        .takes::<WithdrawRegistration>()
        .answers_nothing("The registration is withdrawn."),
        Operation::get(
            "/api/v1/registrations/{registration}/plan",
            "getPlan",
            "A learning plan with all its versions",
            plan,
        )
        .tag("Learning plans")
        .access(SEEN)
        .answers::<PlanView>(StatusCode::OK, "The plan."),
        Operation::put(
            "/api/v1/registrations/{registration}/plan",
            "agreePlan",
            "Agree on a plan, or on its next version",
            agree_it,
        )
        .tag("Learning plans")
        .access(AGREE)
        .about("The version before is kept. From version 2 on a reason is required.")
        .takes::<AgreePlan>()
        .answers::<PlanAgreed>(StatusCode::OK, "The plan is agreed."),
        Operation::post(
            "/api/v1/registrations/{registration}/choice",
            "judgeChoice",
            "Judge a choice of units by the rule of combination; records nothing",
            judge,
        )
        .tag("Learning plans")
        .access(SEEN)
        .takes::<Choice>()
        .answers::<JudgedChoice>(StatusCode::OK, "The choice, judged."),
        Operation::post(
            "/api/v1/registrations/{registration}/best-way",
            "planUnits",
            "Find the cheapest units still to take; records nothing",
            plan_units,
        )
        .tag("Learning plans")
        .access(SEEN)
        .about("Proved: no way there costs less. Units achieved before, or with work handed in, are there already whatever is asked.")
        .takes::<WayAsked>()
        .answers::<BestWay>(StatusCode::OK, "The ways of the least cost, or why the rule cannot be met."),
        Operation::put(
            "/api/v1/registrations/{registration}/allocations",
            "allocateStaff",
            "Allocate staff to units",
            allocate_it,
        )
        .tag("Learning plans")
        .access("coordinator")
        .takes::<AllocateStaff>()
        .answers::<StaffAllocated>(StatusCode::OK, "Staff are allocated."),
        Operation::get(
            "/api/v1/registrations/{registration}/progress",
            "getProgress",
            "How far a learner is",
            count,
        )
        .tag("Learning plans")
        .access(SEEN)
        .answers::<Progress>(StatusCode::OK, "Criteria, units and credits."),
    ]
}

type Of = InPath<RegistrationId>;

async fn list_all(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(query): InQuery<ListQuery>,
) -> ApiAnswer {
    caller.ask(&state, move |asking| list::list(asking, &query)).await
}

async fn add(
    State(state): State<AppState>,
    caller: ApiCaller,
    Sent(input): Sent<RegisterLearner>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            register::run(acting, &input)
        })
        .await
}

async fn list_own(State(state): State<AppState>, caller: ApiCaller) -> ApiAnswer {
    caller.ask(&state, list::own).await
}

async fn export_all(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(query): InQuery<ListQuery>,
) -> ApiAnswer {
    let asker = caller.caller();
    let text = state
        .ask(&asker, move |asking| export::csv(asking, &query))
        .await?;
    Ok(csv("learners", asker.moment.today, text))
}

async fn list_at_risk(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(at): InQuery<AtCentre>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| at_risk::list(asking, &at.centre))
        .await
}

async fn one(State(state): State<AppState>, caller: ApiCaller, InPath(id): Of) -> ApiAnswer {
    caller
        .ask(&state, move |asking| overview::view(asking, &id))
        .await
}

async fn confirm(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): Of,
    Sent(input): Sent<ConfirmIdentity>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            identity::run(acting, &id, &input)
        })
        .await
}

async fn fill(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): Of,
    Sent(input): Sent<CompleteRegistration>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            complete::run(acting, &id, &input)
        })
        .await
}

async fn leave(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): Of,
    Sent(input): Sent<WithdrawRegistration>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            withdraw::run(acting, &id, &input)
        })
        .await
}

async fn plan(State(state): State<AppState>, caller: ApiCaller, InPath(id): Of) -> ApiAnswer {
    caller.ask(&state, move |asking| view::plan(asking, &id)).await
}

async fn agree_it(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): Of,
    Sent(input): Sent<AgreePlan>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::OK, move |acting| {
            agree::run(acting, &id, &input)
        })
        .await
}

async fn judge(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): Of,
    Sent(mut input): Sent<Choice>,
) -> ApiAnswer {
    input.units.truncate(assay_domain::plan::agree::MOST_UNITS);
    caller
        .ask(&state, move |asking| choice::judge(asking, &id, &input.units))
        .await
}

async fn plan_units(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): Of,
    Sent(asked): Sent<WayAsked>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| best::find_best(asking, &id, asked))
        .await
}

async fn allocate_it(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): Of,
    Sent(input): Sent<AllocateStaff>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::OK, move |acting| {
            allocate::run(acting, &id, &input)
        })
        .await
}

async fn count(State(state): State<AppState>, caller: ApiCaller, InPath(id): Of) -> ApiAnswer {
    caller
        .ask(&state, move |asking| progress::progress(asking, &id))
        .await
}
