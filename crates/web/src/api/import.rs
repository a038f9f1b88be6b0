//! Registering learners from a file over the API: rehearsed first, then carried out.

use super::{ApiAnswer, ApiCaller, ApiFailure, Operation, Problem, Sent};
use crate::{AppState, InPath, InQuery};
use assay_app::Failure;
use assay_app::registration::import::{self, Imported, Rehearsal};
use assay_domain::id::CentreId;
use assay_formats::register::{template_csv, template_xlsx};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const COORDINATOR: &str = "coordinator";
const UPLOADER: &str = "the coordinator who uploaded it";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::post(
            "/api/v1/registrations/files",
            "uploadRegister",
            "Upload a file of learners and rehearse it",
            rehearse,
        )
        .tag("Registrations")
        .about(
            "CSV or XLSX; the bytes decide which. Every row goes through the same rules as a learner who is registered alone, \
             and nothing is registered yet. The file is kept for a day.",
        )
        .access(COORDINATOR)
        .query::<FileNamed>()
        .takes_file(&["application/octet-stream", "text/csv", XLSX])
        .answers::<Rehearsal>(StatusCode::CREATED, "What was found, row by row."),
        Operation::get(
            "/api/v1/registrations/files/template.csv",
            "findRegisterTemplate",
            "An empty file of learners as CSV",
            csv_template,
        )
        .tag("Registrations")
        .answers_file("text/csv", "The columns that are read."),
        Operation::get(
            "/api/v1/registrations/files/template.xlsx",
            "findRegisterTemplateXlsx",
            "An empty file of learners as XLSX",
            xlsx_template,
        )
        .tag("Registrations")
        .answers_file(XLSX, "The columns that are read."),
        Operation::get(
            "/api/v1/registrations/files/{upload}",
            "findRegister",
            "What was found in a file of learners",
            find,
        )
        .tag("Registrations")
        .access(UPLOADER)
        .answers::<Rehearsal>(StatusCode::OK, "What was found, row by row."),
        Operation::post(
            "/api/v1/registrations/files/{upload}/register",
            "registerFile",
            "Register the learners of a file",
            register,
        )
        .tag("Registrations")
        .about("All in one act. With only_good the rows that do not pass are left out; without it none may be wrong.")
        .access(UPLOADER)
        .takes::<RegisterRows>()
        .answers::<Imported>(StatusCode::OK, "The learners are registered."),
    ]
}

/// How the file is called, and where its learners are to be registered.
#[derive(serde::Deserialize, utoipa::IntoParams)]
struct FileNamed {
    /// A centre at which the caller is a coordinator.
    #[param(value_type = String)]
    centre: CentreId,
    /// The file's name.
    name: Option<String>,
}

/// Which rows.
#[derive(Debug, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct RegisterRows {
    /// Leave out the rows that do not pass, on purpose.
    #[serde(default)]
    only_good: bool,
}

async fn rehearse(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(named): InQuery<FileNamed>,
    request: Request,
) -> Result<Response, Response> {
    let failed = |failure: Failure| ApiFailure(failure).into_response();
    let Ok(bytes) = axum::body::to_bytes(request.into_body(), import::LARGEST).await else {
        let words = "The file is larger than 5 MB, or it was cut off. Split it into several files.";
        return Err(Problem::plain(StatusCode::PAYLOAD_TOO_LARGE, words).into_response());
    };
    if bytes.is_empty() {
        return Err(failed(Failure::unreadable(
            "",
            "Send a file with at least one learner as the body.",
        )));
    }
    let (asker, supply) = (caller.caller(), state.clone());
    let name = named.name.unwrap_or_else(|| "list".to_owned());
    let upload = state
        .work(move |app| {
            let fresh = || supply.fresh();
            import::rehearse(app, &asker, &fresh, &named.centre, &name, bytes.to_vec())
        })
        .await
        .map_err(failed)?;
    let answer = caller
        .act(&state, StatusCode::CREATED, move |acting| {
            import::find(&mut acting.asking(), &upload)
        })
        .await;
    answer.map_err(IntoResponse::into_response)
}

async fn csv_template(_caller: ApiCaller) -> Response {
    (
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8")],
        template_csv(),
    )
        .into_response()
}

async fn xlsx_template(_caller: ApiCaller) -> ApiAnswer {
    let bytes = template_xlsx().ok_or_else(|| Failure::Fault("the template could not be packed".into()))?;
    Ok(([(header::CONTENT_TYPE, XLSX)], bytes).into_response())
}

async fn find(State(state): State<AppState>, caller: ApiCaller, InPath(upload): InPath<String>) -> ApiAnswer {
    caller
        .ask(&state, move |asking| import::find(asking, &upload))
        .await
}

async fn register(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(upload): InPath<String>,
    Sent(rows): Sent<RegisterRows>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::OK, move |acting| {
            import::run(acting, &upload, rows.only_good)
        })
        .await
}
