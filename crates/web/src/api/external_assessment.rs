//! External assessment over the API.

use super::{ApiAnswer, ApiCaller, Operation, Sent};
use crate::{AppState, InPath, InQuery};
use assay_app::external_assessment::acts::{self, ExternalAssessmentOrdered};
use assay_app::external_assessment::list::{self, OrdersPage, Show};
use assay_app::external_assessment::view::{self, OrderForm, OrderView};
use assay_domain::external_assessment::{AllocateExternalAssessor, OrderExternalAssessment, ReceiveWork};
use assay_domain::id::{CentreId, OrderId, RegistrationId};
use axum::extract::State;
use axum::http::StatusCode;

const TAG: &str = "External assessment";
const LISTED: &str = "quality manager, external assessor, coordinator of the centre";
const SEEN: &str = "quality manager, external assessor of the work, whoever may see the registration";
const COORDINATOR: &str = "coordinator of the centre";
const QUALITY: &str = "quality manager";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::get(
            "/api/v1/external-assessments",
            "listExternalAssessments",
            "Orders that the awarding body assesses a unit",
            list,
        )
        .tag(TAG)
        .access(LISTED)
        .about("All of them for a quality manager, those allocated to them for an external assessor, those of their centre for a coordinator.")
        .query::<FindOrders>()
        .answers::<OrdersPage>(StatusCode::OK, "A page of orders; what is due first stands first."),
        Operation::get(
            "/api/v1/external-assessments/{order}",
            "findExternalAssessment",
            "An order that the awarding body assesses a unit",
            find,
        )
        .tag(TAG)
        .access(SEEN)
        .answers::<OrderView>(StatusCode::OK, "The order, with what the caller may do."),
        Operation::get(
            "/api/v1/registrations/{registration}/external-assessment",
            "findOrderableUnits",
            "Units of a registration that the awarding body can be asked to assess",
            form,
        )
        .tag(TAG)
        .access(COORDINATOR)
        .answers::<OrderForm>(StatusCode::OK, "The units of the plan, each with what stands against an order."),
        Operation::post(
            "/api/v1/registrations/{registration}/external-assessment",
            "orderExternalAssessment",
            "Order that the awarding body assesses a unit",
            order,
        )
        .tag(TAG)
        .access(COORDINATOR)
        .about("Handing in sends the work. From the order on nobody of the centre judges or verifies the unit.")
        .takes::<OrderExternalAssessment>()
        .answers::<ExternalAssessmentOrdered>(StatusCode::CREATED, "It is ordered."),
        Operation::post(
            "/api/v1/external-assessments/{order}/withdraw",
            "withdrawExternalAssessment",
            "Withdraw an order before its work is received",
            withdraw,
        )
        .tag(TAG)
        .access(COORDINATOR)
        .answers_nothing("The order is void; the centre assesses the unit itself."),
        Operation::post(
            "/api/v1/external-assessments/{order}/receive",
            "receiveExternalAssessment",
            "Receive the work handed in last, and allocate its external assessor",
            receive,
        )
        .tag(TAG)
        .access(QUALITY)
        .about("The time for the result counts from this day. Each hand-in is received once; a hand-in again is received again.")
        .takes::<ReceiveWork>()
        .answers_nothing("It is received."),
        Operation::post(
            "/api/v1/external-assessments/{order}/assessor",
            "allocateExternalAssessor",
            "Allocate another external assessor, until the work is judged",
            allocate,
        )
        .tag(TAG)
        .access(QUALITY)
        .takes::<AllocateExternalAssessor>()
        .answers_nothing("The external assessor is allocated."),
    ]
}

#[derive(serde::Deserialize, utoipa::IntoParams)]
struct FindOrders {
    /// `received` (with the awarding body), `sent`, `ordered`, `result`, `withdrawn` or `all`; those without a result when it is left out.
    #[serde(default)]
    state: String,
    /// A centre's id: for a coordinator one of their own, the first when it is left out; for a quality manager every centre then.
    #[serde(default)]
    #[param(value_type = Option<String>)]
    centre: Option<CentreId>,
    /// From 1.
    #[serde(default)]
    page: Option<u32>,
}

async fn list(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(find): InQuery<FindOrders>,
) -> ApiAnswer {
    let (show, page) = (Show::read(&find.state), find.page.unwrap_or(1));
    caller
        .ask(&state, move |asking| {
            list::list(asking, show, find.centre.as_ref(), page)
        })
        .await
}

async fn find(State(state): State<AppState>, caller: ApiCaller, InPath(order): InPath<OrderId>) -> ApiAnswer {
    caller.ask(&state, move |asking| view::view(asking, &order)).await
}

async fn form(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(registration): InPath<RegistrationId>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| view::form(asking, &registration))
        .await
}

async fn order(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(registration): InPath<RegistrationId>,
    Sent(act): Sent<OrderExternalAssessment>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            acts::order(acting, &registration, &act)
        })
        .await
}

async fn withdraw(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(order): InPath<OrderId>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            acts::withdraw(acting, &order)
        })
        .await
}

async fn receive(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(order): InPath<OrderId>,
    Sent(act): Sent<ReceiveWork>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            acts::receive(acting, &order, &act)
        })
        .await
}

async fn allocate(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(order): InPath<OrderId>,
    Sent(act): Sent<AllocateExternalAssessor>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            acts::allocate(acting, &order, &act)
        })
        .await
}
