//! Syllabuses over the API: handing one in as a document, settling what was found, and making the draft.

use super::{ApiAnswer, ApiCaller, ApiFailure, Operation, Sent};
use crate::routes::evidence::{answer_file, upload};
use crate::routes::syllabus::{HandedIn, take_in};
use crate::{AppState, InPath, InQuery};
use assay_app::Failure;
use assay_app::evidence::content;
use assay_app::syllabus::draft;
use assay_app::syllabus::settle::{self, CorrectReading, SettleFinding};
use assay_app::syllabus::view::{self, SyllabusLine, SyllabusSeen};
use assay_domain::id::{SpecificationId, SyllabusId};
use assay_domain::syllabus::may_hand_in;
use assay_formats::syllabus_tables::{syllabus_template_csv, syllabus_template_xlsx};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

const HANDS_IN: &str = "quality manager, administrator, coordinator";
const REVIEWS: &str = "quality manager, administrator; coordinator of the centre it belongs to";
const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
/// The kinds that a syllabus is read from; JSON (CASE) is kept as bytes or as text.
const HANDED_IN: &[&str] = &[
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    XLSX,
    "text/plain",
    "text/markdown",
    "text/csv",
    "application/octet-stream",
];
const TAG: &str = "Syllabuses";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/v1/syllabuses", "listSyllabuses", "Syllabuses that were handed in", list)
            .tag(TAG)
            .access(HANDS_IN)
            .answers_list::<SyllabusLine>("The syllabuses, the newest first."),
        Operation::post("/api/v1/syllabuses", "handInSyllabus", "Hand in a syllabus as a document", hand_in)
            .tag(TAG)
            .about(
                "The body is the file; the bytes decide what it is. It is read in a process of its own. A specification file is \
                 loaded as a draft at once.",
            )
            .access(HANDS_IN)
            .query::<FileNamed>()
            .takes_file(&["application/octet-stream"])
            .answers::<HandedInAs>(StatusCode::CREATED, "What became of it."),
        Operation::get("/api/v1/syllabuses/template.csv", "findSyllabusTemplate", "The template of a syllabus as CSV", csv_template)
            .tag(TAG)
            .answers_file("text/csv", "The template."),
        Operation::get("/api/v1/syllabuses/template.xlsx", "findSyllabusTemplateXlsx", "The template of a syllabus as a workbook", xlsx_template)
            .tag(TAG)
            .answers_file(XLSX, "The template."),
        Operation::get("/api/v1/syllabuses/{syllabus}", "findSyllabus", "A syllabus with findings, what was read, and its lines", find)
            .tag(TAG)
            .access(REVIEWS)
            .answers::<SyllabusSeen>(StatusCode::OK, "The review as it stands."),
        Operation::delete("/api/v1/syllabuses/{syllabus}", "removeSyllabus", "Remove a syllabus that is no draft yet", remove)
            .tag(TAG)
            .access(REVIEWS)
            .answers_nothing("Document, reading and steps are gone."),
        Operation::get("/api/v1/syllabuses/{syllabus}/document", "findSyllabusDocument", "The document as it was handed in", document)
            .tag(TAG)
            .access(REVIEWS)
            .answers_file_with_ranges(HANDED_IN, "The document."),
        Operation::post("/api/v1/syllabuses/{syllabus}/findings", "settleFinding", "Settle a finding, or open it again", settle_finding)
            .tag(TAG)
            .access(REVIEWS)
            .takes::<SettleFinding>()
            .answers_nothing("It is settled."),
        Operation::post("/api/v1/syllabuses/{syllabus}/notes", "acceptNotes", "Accept every open note of a kind", accept_notes)
            .tag(TAG)
            .access(REVIEWS)
            .takes::<NotesOfKind>()
            .answers::<NotesAccepted>(StatusCode::OK, "How many were accepted."),
        Operation::post("/api/v1/syllabuses/{syllabus}/corrections", "correctReading", "Correct what was read", correct)
            .tag(TAG)
            .access(REVIEWS)
            .takes::<CorrectReading>()
            .answers_nothing("It is corrected."),
        Operation::post("/api/v1/syllabuses/{syllabus}/undo", "undoStep", "Take a step of the review back", undo)
            .tag(TAG)
            .access(REVIEWS)
            .takes::<UndoStep>()
            .answers_nothing("The step is taken back."),
        Operation::post("/api/v1/syllabuses/{syllabus}/draft", "draftSyllabus", "Make the draft of a specification", make_draft)
            .tag(TAG)
            .access(REVIEWS)
            .answers::<Drafted>(StatusCode::CREATED, "The draft."),
    ]
}

/// How the file is called.
#[derive(serde::Deserialize, utoipa::IntoParams)]
struct FileNamed {
    /// The file's name; it tells a table from other plain text.
    name: Option<String>,
}

/// What became of a file: one of the two.
#[derive(serde::Serialize, utoipa::ToSchema)]
struct HandedInAs {
    #[schema(value_type = Option<String>)]
    syllabus: Option<SyllabusId>,
    #[schema(value_type = Option<String>)]
    specification: Option<SpecificationId>,
}

/// Which notes.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NotesOfKind {
    /// The code of the findings, such as `IMPORT_MODEL_NAMED`.
    code: String,
}

/// What was accepted.
#[derive(serde::Serialize, utoipa::ToSchema)]
struct NotesAccepted {
    accepted: usize,
}

/// Which step.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct UndoStep {
    /// From 0.
    step: usize,
}

/// The draft that was made.
#[derive(serde::Serialize, utoipa::ToSchema)]
struct Drafted {
    #[schema(value_type = String)]
    specification: SpecificationId,
}

async fn list(State(state): State<AppState>, caller: ApiCaller) -> ApiAnswer {
    caller.ask(&state, view::list).await
}

async fn hand_in(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(named): InQuery<FileNamed>,
    request: Request,
) -> Result<Response, Response> {
    let failed = |failure: Failure| ApiFailure(failure).into_response();
    let asker = caller.caller();
    let limit = state
        .ask(&asker, |asking| {
            if may_hand_in(asking.actor()?) {
                Ok(content::upload_limit(asking.policy()).0)
            } else {
                Err(Failure::NotFound)
            }
        })
        .await
        .map_err(failed)?;
    let (parts, body) = request.into_parts();
    let stored = upload::keep_body(&state, &parts.headers, body, limit)
        .await
        .map_err(failed)?;
    let name = named.name.unwrap_or_else(|| "syllabus".to_owned());
    let taken = take_in(&state, asker, stored, name).await.map_err(failed)?;
    let answer = match taken {
        HandedIn::Syllabus(id) => HandedInAs {
            syllabus: Some(id),
            specification: None,
        },
        HandedIn::Specification(id) => HandedInAs {
            syllabus: None,
            specification: Some(id),
        },
    };
    Ok((StatusCode::CREATED, axum::Json(answer)).into_response())
}

async fn csv_template(_caller: ApiCaller) -> Response {
    (
        [(header::CONTENT_TYPE, "text/csv; charset=utf-8")],
        syllabus_template_csv(),
    )
        .into_response()
}

async fn xlsx_template(_caller: ApiCaller) -> ApiAnswer {
    let bytes =
        syllabus_template_xlsx().ok_or_else(|| Failure::Fault("the template could not be packed".into()))?;
    Ok(([(header::CONTENT_TYPE, XLSX)], bytes).into_response())
}

async fn find(State(state): State<AppState>, caller: ApiCaller, InPath(id): InPath<SyllabusId>) -> ApiAnswer {
    caller.ask(&state, move |asking| view::see(asking, &id)).await
}

async fn remove(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SyllabusId>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            settle::drop(acting, &id)
        })
        .await
}

async fn document(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SyllabusId>,
    headers: HeaderMap,
) -> ApiAnswer {
    let found = state
        .ask(&caller.caller(), move |asking| view::document(asking, &id))
        .await?;
    Ok(answer_file(found, true, &headers))
}

async fn settle_finding(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SyllabusId>,
    Sent(input): Sent<SettleFinding>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            settle::finding(acting, &id, &input)
        })
        .await
}

async fn accept_notes(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SyllabusId>,
    Sent(input): Sent<NotesOfKind>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::OK, move |acting| {
            Ok(NotesAccepted {
                accepted: settle::accept_notes(acting, &id, &input.code)?,
            })
        })
        .await
}

async fn correct(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SyllabusId>,
    Sent(input): Sent<CorrectReading>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            settle::correct(acting, &id, &input)
        })
        .await
}

async fn undo(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SyllabusId>,
    Sent(input): Sent<UndoStep>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            settle::undo(acting, &id, input.step)
        })
        .await
}

async fn make_draft(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SyllabusId>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            Ok(Drafted {
                specification: draft::make(acting, &id)?,
            })
        })
        .await
}
