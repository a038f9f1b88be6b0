//! Units and hand-ins over the API.

use super::{ApiAnswer, ApiCaller, Operation, Sent};
use crate::{AppState, InPath, InQuery};
use assay_app::Failure;
use assay_app::submission::changes::{self, ChangesView};
use assay_app::submission::hand_in::{self, HandInView};
use assay_app::submission::history::{self, Attempt};
use assay_app::submission::reading::{self, SubmissionReading};
use assay_app::submission::submit::{self, HandIn, HandedIn};
use assay_app::submission::workspace::{self, UnitWorkspace};
use assay_domain::id::{EvidenceId, RegistrationId, SubmissionId};
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
        .query::<CheckHandIn>()
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

#[derive(serde::Deserialize, utoipa::IntoParams)]
struct CheckHandIn {
    /// Ids of the pieces that would be handed in, parted by commas; those whose passages answer the unit when it is left out.
    #[serde(default)]
    pieces: Option<String>,
}

impl CheckHandIn {
    fn chosen(&self) -> Result<Option<Vec<EvidenceId>>, Failure> {
        let Some(pieces) = &self.pieces else {
            return Ok(None);
        };
        pieces
            .split(',')
            .map(str::trim)
            .filter(|piece| !piece.is_empty())
            .map(|piece| {
                let words = || {
                    format!(
                        "There is no piece with the id {}.",
                        piece.chars().take(40).collect::<String>()
                    )
                };
                piece.parse().map_err(|_| Failure::unreadable("pieces", words()))
            })
            .collect::<Result<_, _>>()
            .map(Some)
    }
}

async fn check(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath((id, unit)): InPath<(RegistrationId, String)>,
    InQuery(asked): InQuery<CheckHandIn>,
) -> ApiAnswer {
    let chosen = asked.chosen()?;
    caller
        .ask(&state, move |asking| {
            hand_in::view(asking, &id, &unit, chosen.as_deref())
        })
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
