//! Units and hand-ins over the API.

use super::{ApiAnswer, ApiCaller, Operation, Sent};
use crate::{AppState, InPath};
use assay_app::submission::changes::{self, ChangesView};
use assay_app::submission::hand_in::{self, HandInView};
use assay_app::submission::history::{self, Attempt};
use assay_app::submission::reading::{self, SubmissionReading};
use assay_app::submission::submit::{self, HandIn, HandedIn};
use assay_app::submission::workspace::{self, UnitWorkspace};
use assay_domain::id::{RegistrationId, SubmissionId};
use axum::extract::State;
use axum::http::StatusCode;

const SEEN: &str = "the learner, allocated staff, a coordinator of the centre, quality manager";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::get(
            "/api/v1/registrations/{registration}/units/{unit}",
            "findUnitWorkspace",
            "A unit as the learner works on it",
            unit,
        )
        .tag("Submission")
        .access(SEEN)
        .answers::<UnitWorkspace>(StatusCode::OK, "The unit."),
        Operation::get(
            "/api/v1/registrations/{registration}/units/{unit}/hand-in",
            "checkHandIn",
            "What handing in now would warn about or refuse",
            check,
        )
        .tag("Submission")
        .access(SEEN)
        .answers::<HandInView>(StatusCode::OK, "Pieces, gauge, warnings and refusals."),
        Operation::get(
            "/api/v1/registrations/{registration}/units/{unit}/submissions",
            "listSubmissions",
            "Every hand-in of a unit, with what came back",
            list,
        )
        .tag("Submission")
        .access(SEEN)
        .answers_list::<Attempt>("The attempts, the first first."),
        Operation::post(
            "/api/v1/registrations/{registration}/units/{unit}/submissions",
            "submitUnit",
            "Hand in a unit",
            hand_in_unit,
        )
        .tag("Submission")
        .access("learner")
        .takes::<HandIn>()
        .answers::<HandedIn>(StatusCode::CREATED, "The unit is handed in."),
        Operation::get(
            "/api/v1/submissions/{submission}",
            "findSubmission",
            "What was handed in, as it was handed in",
            find,
        )
        .tag("Submission")
        .access(SEEN)
        .answers::<SubmissionReading>(StatusCode::OK, "Pieces, text and passages."),
        Operation::get(
            "/api/v1/submissions/{submission}/changes",
            "compareSubmission",
            "What changed since the hand-in before",
            compare,
        )
        .tag("Submission")
        .access(SEEN)
        .answers::<ChangesView>(StatusCode::OK, "Piece by piece, paragraph by paragraph."),
    ]
}

async fn unit(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath((id, unit)): InPath<(RegistrationId, String)>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| workspace::view(asking, &id, &unit))
        .await
}

async fn check(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath((id, unit)): InPath<(RegistrationId, String)>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| hand_in::view(asking, &id, &unit, None))
        .await
}

async fn list(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath((id, unit)): InPath<(RegistrationId, String)>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| history::list_of_unit(asking, &id, &unit))
        .await
}

async fn hand_in_unit(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath((id, unit)): InPath<(RegistrationId, String)>,
    Sent(input): Sent<HandIn>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            submit::run(acting, &id, &unit, input)
        })
        .await
}

async fn find(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SubmissionId>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| reading::reading(asking, &id))
        .await
}

async fn compare(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SubmissionId>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| changes::changes(asking, &id))
        .await
}
