//! Evidence over the API: writing, uploading, marking, recording, and the files.

use super::{ApiAnswer, ApiCaller, ApiFailure, Operation, Sent};
use crate::routes::evidence::{answer_file, upload};
use crate::{AppState, InPath, InQuery};
use assay_app::Failure;
use assay_app::evidence::draft::{self, Draft, Kept, Outcome};
use assay_app::evidence::keep::{self, Saved, Start};
use assay_app::evidence::list::{self, EvidenceList};
use assay_app::evidence::passage::{self, Marking};
use assay_app::evidence::record::{self, RecordEvidence};
use assay_app::evidence::view::{self, EvidenceView};
use assay_app::evidence::{Prepared, content};
use assay_domain::fact::EvidenceKind;
use assay_domain::id::{EvidenceId, PassageId, PersonId};
use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

const SEEN: &str = "the learner, allocated staff, a coordinator of the centre, quality manager";
const TAKEN: &[&str] = &["application/octet-stream"];
/// The media types of what is kept, as told from the bytes.
const KEPT: &[&str] = &[
    "application/pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "text/plain",
    "text/markdown",
    "text/csv",
    "image/png",
    "image/jpeg",
    "audio/mpeg",
    "audio/mp4",
    "video/mp4",
];

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::get(
            "/api/v1/evidence",
            "listEvidence",
            "A learner's evidence",
            list_all,
        )
        .tag("Evidence")
        .access(SEEN)
        .query::<FindEvidence>()
        .answers::<EvidenceList>(StatusCode::OK, "A page of pieces."),
        Operation::post(
            "/api/v1/evidence",
            "startEvidence",
            "Start a piece that is written here",
            start,
        )
        .tag("Evidence")
        .access("learner")
        .takes::<StartWriting>()
        .answers::<Started>(StatusCode::CREATED, "The piece was started."),
        Operation::post(
            "/api/v1/evidence/files",
            "uploadEvidence",
            "Upload a file as a new piece",
            upload_new,
        )
        .tag("Evidence")
        .about("The body is the file; its name and title stand in the address. The bytes decide what it is.")
        .access("learner")
        .query::<FileNamed>()
        .takes_file(TAKEN)
        .answers::<Saved>(StatusCode::CREATED, "The file is kept as version 1."),
        Operation::post(
            "/api/v1/evidence/records",
            "recordEvidence",
            "Record a viva or an observation",
            make_record,
        )
        .tag("Evidence")
        .access("tutor, assessor")
        .takes::<RecordEvidence>()
        .answers::<Saved>(StatusCode::CREATED, "It is recorded."),
        Operation::get(
            "/api/v1/evidence/{evidence}",
            "findEvidence",
            "A piece with its text and marks",
            find,
        )
        .tag("Evidence")
        .access(SEEN)
        .query::<OfVersion>()
        .answers::<EvidenceView>(StatusCode::OK, "The piece."),
        Operation::put(
            "/api/v1/evidence/{evidence}/title",
            "renameEvidence",
            "Give a piece another title",
            rename,
        )
        .tag("Evidence")
        .access("whoever made it")
        .takes::<NewTitle>()
        .answers_nothing("It has its new title."),
        Operation::delete(
            "/api/v1/evidence/{evidence}",
            "withdrawEvidence",
            "Withdraw a piece",
            withdraw,
        )
        .tag("Evidence")
        .access("whoever made it")
        .answers_nothing("It is withdrawn; what was handed in is kept."),
        Operation::get(
            "/api/v1/evidence/{evidence}/draft",
            "findDraft",
            "What is being typed",
            find_draft,
        )
        .tag("Evidence")
        .access("whoever made it")
        .answers::<Draft>(StatusCode::OK, "The draft."),
        Operation::put(
            "/api/v1/evidence/{evidence}/draft",
            "keepDraft",
            "Keep what is being typed",
            keep_draft,
        )
        .tag("Evidence")
        .about("Names the revision it started from; a newer text kept in between is answered with 409.")
        .access("whoever made it")
        .takes::<DraftSent>()
        .tells::<Draft>(StatusCode::CONFLICT)
        .answers::<Kept>(StatusCode::OK, "It is kept."),
        Operation::post(
            "/api/v1/evidence/{evidence}/preview",
            "previewText",
            "How a text will look",
            preview,
        )
        .tag("Evidence")
        .about("The text as its readers will see it. Nothing is kept.")
        .access("whoever made it")
        .takes::<TextToShow>()
        .answers::<ShownText>(
            StatusCode::OK,
            "The text as HTML, without anything that could act.",
        ),
        Operation::post(
            "/api/v1/evidence/{evidence}/pictures",
            "addPicture",
            "Put a picture at the end of what is being typed",
            add_picture,
        )
        .tag("Evidence")
        .about("The body is the picture, PNG or JPEG; its name and what it shows stand in the address.")
        .access("whoever made it")
        .query::<PictureNamed>()
        .takes_file(TAKEN)
        .answers::<Saved>(
            StatusCode::CREATED,
            "The picture is a piece of its own, and the draft ends with it.",
        ),
        Operation::post(
            "/api/v1/evidence/{evidence}/versions",
            "saveVersion",
            "Save a text as the next version",
            save_text,
        )
        .tag("Evidence")
        .access("whoever made it")
        .takes::<TextSent>()
        .answers::<Saved>(StatusCode::CREATED, "The version is saved."),
        Operation::put(
            "/api/v1/evidence/{evidence}/file",
            "replaceFile",
            "Upload a file as the next version",
            upload_next,
        )
        .tag("Evidence")
        .access("whoever made it")
        .query::<FileNamed>()
        .takes_file(TAKEN)
        .answers::<Saved>(StatusCode::CREATED, "The file is kept as the next version."),
        Operation::get(
            "/api/v1/evidence/{evidence}/versions/{version}/file",
            "fetchFile",
            "The bytes of a version",
            fetch,
        )
        .tag("Evidence")
        .access(SEEN)
        .answers_file_with_ranges(KEPT, "The file."),
        Operation::post(
            "/api/v1/evidence/{evidence}/passages",
            "markPassage",
            "Mark where criteria are answered",
            mark,
        )
        .tag("Evidence")
        .access("learner; the assessor who has taken the work")
        .takes::<Marking>()
        .answers_list::<PassageId>("The passages marked."),
        Operation::delete(
            "/api/v1/passages/{passage}",
            "unmarkPassage",
            "Take a mark away",
            unmark,
        )
        .tag("Evidence")
        .access("whoever marked it")
        .answers_nothing("The mark is taken away."),
    ]
}

/// Which evidence.
#[derive(serde::Deserialize, utoipa::IntoParams)]
struct FindEvidence {
    /// A learner whom the caller may see; without one the caller's own.
    #[param(value_type = Option<String>)]
    learner: Option<PersonId>,
    /// Words of the title.
    q: Option<String>,
    page: Option<u64>,
}

/// Start a piece.
#[derive(serde::Deserialize, utoipa::ToSchema)]
struct StartWriting {
    title: String,
}

/// A piece that was started.
#[derive(serde::Serialize, utoipa::ToSchema)]
struct Started {
    evidence: EvidenceId,
}

/// How an uploaded file is called.
#[derive(serde::Deserialize, utoipa::IntoParams)]
struct FileNamed {
    /// The file's name.
    name: String,
    /// The piece's title; without one the file's name.
    title: Option<String>,
    appendix: Option<bool>,
}

/// How a picture is called.
#[derive(serde::Deserialize, utoipa::IntoParams)]
struct PictureNamed {
    /// The file's name.
    name: String,
    /// What the picture shows, for whoever cannot see it.
    alt: String,
}

/// A text to be shown.
#[derive(serde::Deserialize, utoipa::ToSchema)]
struct TextToShow {
    text: String,
}

/// A text as it will look.
#[derive(serde::Serialize, utoipa::ToSchema)]
struct ShownText {
    html: String,
}

/// An older version.
#[derive(serde::Deserialize, utoipa::IntoParams)]
struct OfVersion {
    version: Option<u32>,
}

/// A new title.
#[derive(serde::Deserialize, utoipa::ToSchema)]
struct NewTitle {
    title: String,
}

/// What is being typed.
#[derive(serde::Deserialize, utoipa::ToSchema)]
struct DraftSent {
    text: String,
    /// The revision that the text started from.
    version: u64,
}

/// A text to be saved.
#[derive(serde::Deserialize, utoipa::ToSchema)]
struct TextSent {
    text: String,
    #[serde(default)]
    appendix: bool,
}

async fn list_all(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(find): InQuery<FindEvidence>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| {
            list::list(
                asking,
                find.learner.as_ref(),
                find.q.as_deref().unwrap_or_default(),
                find.page.unwrap_or(1),
            )
        })
        .await
}

async fn start(
    State(state): State<AppState>,
    caller: ApiCaller,
    Sent(input): Sent<StartWriting>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            let start = Start {
                learner: None,
                kind: EvidenceKind::Written,
                title: input.title,
            };
            Ok(Started {
                evidence: keep::start(acting, start)?,
            })
        })
        .await
}

/// Streams the body to its place and tells what it is.
async fn receive(
    state: &AppState,
    caller: &ApiCaller,
    headers: &HeaderMap,
    body: Body,
    name: String,
) -> Result<Prepared, Failure> {
    let policy = state
        .app()
        .surroundings()
        .profile
        .on(caller.caller().moment.today);
    let limit = content::upload_limit(policy).0;
    let stored = upload::keep_body(state, headers, body, limit).await?;
    upload::prepare(state, caller.caller(), stored, name).await
}

async fn upload_new(
    State(state): State<AppState>,
    caller: ApiCaller,
    InQuery(named): InQuery<FileNamed>,
    request: Request,
) -> ApiAnswer {
    let (parts, body) = request.into_parts();
    let prepared = receive(&state, &caller, &parts.headers, body, named.name).await?;
    let title = named.title.unwrap_or_else(|| prepared.file_name.clone());
    let appendix = named.appendix.unwrap_or_default();
    let sha256 = prepared.sha256.clone();
    let done = caller
        .act(&state, StatusCode::CREATED, move |acting| {
            let start = Start {
                learner: None,
                kind: EvidenceKind::File,
                title,
            };
            keep::start_with(acting, start, &prepared, appendix)
        })
        .await;
    if done.is_err() {
        upload::discard(&state, caller.caller(), sha256).await;
    }
    done
}

async fn upload_next(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<EvidenceId>,
    InQuery(named): InQuery<FileNamed>,
    request: Request,
) -> ApiAnswer {
    let wanted = id.clone();
    let view = state
        .ask(&caller.caller(), move |asking| view::view(asking, &wanted, None))
        .await?;
    if !view.made || view.kind != EvidenceKind::File {
        return Err(ApiFailure(Failure::NotFound));
    }
    let (parts, body) = request.into_parts();
    let prepared = receive(&state, &caller, &parts.headers, body, named.name).await?;
    let appendix = named.appendix.unwrap_or(view.appendix);
    let sha256 = prepared.sha256.clone();
    let done = caller
        .act(&state, StatusCode::CREATED, move |acting| {
            keep::save(acting, &id, &prepared, appendix)
        })
        .await;
    if done.is_err() {
        upload::discard(&state, caller.caller(), sha256).await;
    }
    done
}

async fn make_record(
    State(state): State<AppState>,
    caller: ApiCaller,
    Sent(input): Sent<RecordEvidence>,
) -> ApiAnswer {
    let today = caller.caller().moment.today;
    let read = input.clone();
    let prepared = state.work(move |app| record::prepare(app, &read, today)).await?;
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            record::run(acting, &input, &prepared)
        })
        .await
}

async fn find(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<EvidenceId>,
    InQuery(of): InQuery<OfVersion>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| view::view(asking, &id, of.version))
        .await
}

async fn rename(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<EvidenceId>,
    Sent(input): Sent<NewTitle>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            keep::rename(acting, &id, &input.title)
        })
        .await
}

async fn withdraw(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<EvidenceId>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            keep::withdraw(acting, &id)
        })
        .await
}

async fn find_draft(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<EvidenceId>,
) -> ApiAnswer {
    caller.ask(&state, move |asking| draft::find(asking, &id)).await
}

async fn keep_draft(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<EvidenceId>,
    Sent(sent): Sent<DraftSent>,
) -> ApiAnswer {
    let outcome = state
        .act(caller.caller(), move |acting| {
            draft::keep(acting, &id, &sent.text, sent.version)
        })
        .await?;
    Ok(match outcome {
        Outcome::Kept(kept) => Json(kept).into_response(),
        Outcome::Newer(newer) => (StatusCode::CONFLICT, Json(newer)).into_response(),
    })
}

async fn preview(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<EvidenceId>,
    Sent(sent): Sent<TextToShow>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| {
            draft::find(asking, &id)?;
            Ok(ShownText {
                html: view::render(&sent.text),
            })
        })
        .await
}

async fn add_picture(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<EvidenceId>,
    InQuery(named): InQuery<PictureNamed>,
    request: Request,
) -> ApiAnswer {
    let wanted = id.clone();
    // Seen before it is kept, so that nobody fills the disk through somebody else's piece.
    state
        .ask(&caller.caller(), move |asking| draft::find(asking, &wanted))
        .await?;
    let (parts, body) = request.into_parts();
    let prepared = receive(&state, &caller, &parts.headers, body, named.name).await?;
    let saved = upload::put_in(&state, caller.caller(), &id, prepared, &named.alt).await?;
    caller.act(&state, StatusCode::CREATED, move |_| Ok(saved)).await
}

async fn save_text(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<EvidenceId>,
    Sent(sent): Sent<TextSent>,
) -> ApiAnswer {
    let wanted = id.clone();
    // Seen before it is kept, so that nobody fills the disk through somebody else's piece.
    state
        .ask(&caller.caller(), move |asking| draft::find(asking, &wanted))
        .await?;
    let prepared = state
        .work(move |app| content::prepare_text(app, &sent.text))
        .await?;
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            keep::save(acting, &id, &prepared, sent.appendix)
        })
        .await
}

async fn fetch(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath((id, version)): InPath<(EvidenceId, u32)>,
    headers: HeaderMap,
) -> Result<Response, ApiFailure> {
    let found = state
        .ask(&caller.caller(), move |asking| view::file(asking, &id, version))
        .await?;
    Ok(answer_file(found, true, &headers))
}

async fn mark(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<EvidenceId>,
    Sent(input): Sent<Marking>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::OK, move |acting| {
            passage::mark(acting, &id, &input)
        })
        .await
}

async fn unmark(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<PassageId>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            passage::unmark(acting, &id).map(|_| ())
        })
        .await
}
