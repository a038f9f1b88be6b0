//! Evidence: the list, writing, uploading, marking, and the files themselves.

pub mod file;
pub(crate) mod upload;

pub(crate) use file::answer as answer_file;

use super::Route;
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, InQuery, PageFailure, Redirected, SignedIn, Told, Typed};
use assay_app::Failure;
use assay_app::evidence::content;
use assay_app::evidence::draft::{self, Outcome};
use assay_app::evidence::keep::{self, Saved, Start};
use assay_app::evidence::list;
use assay_app::evidence::passage::{self, Chosen, Marking};
use assay_app::evidence::record::{self, Exchange, Record, RecordEvidence};
use assay_app::evidence::view::{self, EvidenceView};
use assay_app::registration::find as registration;
use assay_domain::fact::{CriterionRef, EvidenceKind, Place};
use assay_domain::id::{EvidenceId, PassageId, RegistrationId};
use assay_pages::evidence::{EvidenceListPage, MarkPage, NewEvidencePage, PiecePage, RecordPage, WriterPage};
use assay_pages::way::Pages;
use assay_pages::{Form, drawing};
use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

const SEEN: &str = "the learner, allocated staff, a coordinator of the centre, quality manager";
const MAKER: &str = "whoever made the piece";

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/evidence", "learner", show_list),
        Route::get("/evidence/new", "learner", show_new),
        Route::post("/evidence/new", "learner", start),
        Route::upload("/evidence/upload", "learner", upload::new_piece),
        Route::get("/evidence/{evidence}", SEEN, show),
        Route::post("/evidence/{evidence}", MAKER, save),
        Route::post("/evidence/{evidence}/preview", MAKER, preview),
        Route::post("/evidence/{evidence}/draft", MAKER, keep_draft),
        Route::post("/evidence/{evidence}/title", MAKER, rename),
        Route::post("/evidence/{evidence}/withdraw", MAKER, withdraw),
        Route::upload("/evidence/{evidence}/upload", MAKER, upload::next_version),
        Route::upload("/evidence/{evidence}/pictures", MAKER, upload::picture),
        Route::get("/evidence/{evidence}/read", SEEN, read),
        Route::get("/evidence/{evidence}/mark", "learner", show_mark),
        Route::post("/evidence/{evidence}/mark", "learner", mark),
        Route::post("/evidence/{evidence}/unmark", "whoever marked it", unmark),
        Route::get("/evidence/{evidence}/versions/{version}/file", SEEN, file::show),
        Route::get(
            "/registrations/{registration}/record",
            "tutor, assessor",
            show_record,
        ),
        Route::post(
            "/registrations/{registration}/record",
            "tutor, assessor",
            make_record,
        ),
    ]
}

#[derive(serde::Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: Option<u64>,
}

async fn show_list(State(state): State<AppState>, who: SignedIn, InQuery(search): InQuery<Search>) -> Page {
    let list = state
        .ask(&who.caller(), move |asking| {
            list::list(asking, None, &search.q, search.page.unwrap_or(1))
        })
        .await?;
    let query = form_urlencoded::Serializer::new(String::new())
        .append_pair("q", &list.search)
        .finish();
    Ok(html(&EvidenceListPage {
        shell: who.shell("My evidence"),
        pages: Pages::new("/evidence", &query, list.page, list.size, list.total).of("piece", "pieces"),
        list,
    }))
}

/// The page for new evidence, with what was typed into either form.
fn new_page(
    state: &AppState,
    who: &SignedIn,
    told: &Told,
    writing: Form,
    file: Form,
    refused: &str,
) -> Response {
    let policy = state.app().surroundings().profile.on(who.today());
    let page = NewEvidencePage {
        shell: who.shell("Add evidence").crumb("My evidence", "/evidence"),
        writing,
        file: file.prefixed("file"),
        refusals: told.refusals(refused),
        most_bytes: content::upload_limit(policy).0,
    };
    html_with(told.status(), &page)
}

async fn show_new(State(state): State<AppState>, who: SignedIn) -> Page {
    Ok(new_page(
        &state,
        &who,
        &Told::default(),
        Form::new(),
        Form::new(),
        "",
    ))
}

async fn start(State(state): State<AppState>, who: SignedIn, mut typed: Typed) -> Page {
    let title = typed.text("title", "a title");
    let done = match typed.finish() {
        Ok(()) => {
            let start = Start {
                learner: None,
                kind: EvidenceKind::Written,
                title,
            };
            state
                .act(who.caller(), move |acting| keep::start(acting, start))
                .await
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(id) => Ok(Redirected::to(&state, format!("/evidence/{id}")).into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            let form = told.beside(typed.form());
            Ok(new_page(
                &state,
                &who,
                &told,
                form,
                Form::new(),
                "The piece was not started",
            ))
        }
    }
}

/// A piece as it is shown: the editor to whoever writes it, otherwise the piece to be read.
async fn show(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<EvidenceId>) -> Page {
    let view = seen(&state, &who, id, None).await?;
    if view.draft.is_some() {
        let draft = view.draft.clone();
        let (text, revision) = draft.map_or_else(Default::default, |draft| (draft.text, draft.revision));
        return Ok(writer(
            &state,
            &who,
            view,
            Writing::of(text, revision),
            &Told::default(),
        ));
    }
    Ok(piece(&state, &who, view, &Told::default(), Form::new()))
}

async fn seen(
    state: &AppState,
    who: &SignedIn,
    id: EvidenceId,
    version: Option<u32>,
) -> Result<EvidenceView, Failure> {
    state
        .ask(&who.caller(), move |asking| view::view(asking, &id, version))
        .await
}

#[derive(serde::Deserialize)]
struct WhichVersion {
    #[serde(default)]
    version: Option<u32>,
}

async fn read(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<EvidenceId>,
    InQuery(which): InQuery<WhichVersion>,
) -> Page {
    let view = seen(&state, &who, id, which.version).await?;
    Ok(piece(&state, &who, view, &Told::default(), Form::new()))
}

/// The piece to be read, with what was told about the last act on it.
fn piece(state: &AppState, who: &SignedIn, view: EvidenceView, told: &Told, file: Form) -> Response {
    let policy = state.app().surroundings().profile.on(who.today());
    let shell = who.shell(view.title.clone());
    let shell = if view.own {
        shell.crumb("My evidence", "/evidence")
    } else {
        shell
    };
    let page = PiecePage {
        shell,
        refusals: told.refusals("This was not done"),
        rename: told.beside(Form::new()).prefixed("rename"),
        file: told.beside(file).prefixed("file"),
        most_bytes: content::upload_limit(policy).0,
        view,
    };
    html_with(told.status(), &page)
}

/// What stands in the editor.
#[derive(Default)]
struct Writing {
    text: String,
    revision: u64,
    appendix: Option<bool>,
    preview: Option<String>,
    newer: Option<(String, String)>,
}

impl Writing {
    fn of(text: String, revision: u64) -> Self {
        Writing {
            text,
            revision,
            ..Writing::default()
        }
    }
}

fn writer(state: &AppState, who: &SignedIn, view: EvidenceView, writing: Writing, told: &Told) -> Response {
    let policy = state.app().surroundings().profile.on(who.today());
    let words = view.words.unwrap_or_default();
    // The level of the units that are planned is not told by a piece; the highest in the profile is that of most.
    let gauge = assay_domain::submission::words::gauge(words, 7, policy).map(|gauge| drawing::WordGauge {
        id: "gauge".to_owned(),
        words: u64::from(gauge.words),
        least: u64::from(gauge.minimum),
        most: u64::from(gauge.maximum),
        tolerance: policy
            .number("submission.word_count.level_7.tolerance")
            .and_then(|(percent, _)| u64::try_from(percent).ok())
            .unwrap_or_default(),
    });
    let page = WriterPage {
        shell: who.shell(view.title.clone()).crumb("My evidence", "/evidence"),
        text: writing.text,
        revision: writing.revision,
        appendix: writing.appendix.unwrap_or(view.appendix),
        gauge,
        preview: writing.preview,
        newer: writing.newer,
        refusals: told.refusals("The version was not saved"),
        rename: told.beside(Form::new()).prefixed("rename"),
        picture: told.beside(Form::new()).prefixed("picture"),
        view,
    };
    html_with(told.status(), &page)
}

async fn save(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<EvidenceId>,
    mut typed: Typed,
) -> Page {
    let text = typed.raw("text").to_owned();
    let appendix = typed.ticked("appendix");
    let revision = typed
        .optional_number("version")
        .and_then(|number| u64::try_from(number).ok())
        .unwrap_or_default();
    // Seen before it is kept, so that nobody fills the disk through somebody else's piece.
    let view = seen(&state, &who, id.clone(), None).await?;
    if view.draft.is_none() {
        return Err(PageFailure(Failure::NotFound));
    }
    let kept = text.clone();
    let prepared = state.work(move |app| content::prepare_text(app, &kept)).await;
    let done = match prepared {
        Err(failure) => Err(failure),
        Ok(prepared) => {
            let (id, kept) = (id.clone(), text.clone());
            state
                .act(who.caller(), move |acting| {
                    if let Outcome::Newer(newer) = draft::keep(acting, &id, &kept, revision)? {
                        return Ok(Err(newer));
                    }
                    keep::save(acting, &id, &prepared, appendix).map(Ok)
                })
                .await
        }
    };
    match done {
        Ok(Ok(saved)) => Ok(after_saving(&state, &id, &saved)),
        Ok(Err(newer)) => {
            let writing = Writing {
                text,
                revision: newer.revision,
                appendix: Some(appendix),
                newer: Some((newer.text, newer.saved_at.unwrap_or_default())),
                ..Writing::default()
            };
            let mut response = writer(&state, &who, view, writing, &Told::default());
            *response.status_mut() = StatusCode::CONFLICT;
            Ok(response)
        }
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            let writing = Writing {
                appendix: Some(appendix),
                ..Writing::of(text, revision)
            };
            Ok(writer(&state, &who, view, writing, &told))
        }
    }
}

/// To the marks when some were lost, else back to the piece.
fn after_saving(state: &AppState, id: &EvidenceId, saved: &Saved) -> Response {
    let words = saved
        .words
        .map(|words| format!(" {} count.", assay_pages::format::plural(words, "word", "words")))
        .unwrap_or_default();
    let message = format!("Version {} is saved.{words}", saved.version);
    if saved.lost.is_empty() {
        let redirect = Redirected::to(state, format!("/evidence/{id}")).good(message);
        return match &saved.remark {
            Some(remark) => redirect.caution(remark.clone()).into_response(),
            None => redirect.into_response(),
        };
    }
    let lost = assay_pages::format::plural(saved.lost.len(), "passage was", "passages were");
    Redirected::to(state, format!("/evidence/{id}/mark"))
        .good(message)
        .caution(format!(
            "{lost} not found again in the new text; they are listed here."
        ))
        .into_response()
}

async fn preview(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<EvidenceId>,
    mut typed: Typed,
) -> Page {
    let view = seen(&state, &who, id, None).await?;
    if view.draft.is_none() {
        return Err(PageFailure(Failure::NotFound));
    }
    let text = typed.raw("text").to_owned();
    let writing = Writing {
        preview: Some(view::render(&text)),
        revision: typed
            .optional_number("version")
            .and_then(|number| u64::try_from(number).ok())
            .unwrap_or_default(),
        appendix: Some(typed.ticked("appendix")),
        text,
        newer: None,
    };
    Ok(writer(&state, &who, view, writing, &Told::default()))
}

#[derive(serde::Deserialize)]
struct DraftSent {
    text: String,
    #[serde(default, alias = "revision")]
    version: u64,
}

/// What the script sends while somebody types. The answers are those that `autosave.js` understands.
async fn keep_draft(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<EvidenceId>,
    body: Bytes,
) -> Response {
    let Ok(sent) = serde_json::from_slice::<DraftSent>(&body) else {
        let failure = Failure::unreadable("text", "Send {text, version} as JSON.");
        return crate::api::ApiFailure(failure).into_response();
    };
    let kept = state
        .act(who.caller(), move |acting| {
            draft::keep(acting, &id, &sent.text, sent.version)
        })
        .await;
    match kept {
        Ok(Outcome::Kept(kept)) => Json(kept).into_response(),
        Ok(Outcome::Newer(newer)) => (StatusCode::CONFLICT, Json(newer)).into_response(),
        Err(failure) => crate::api::ApiFailure(failure).into_response(),
    }
}

async fn rename(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<EvidenceId>,
    typed: Typed,
) -> Page {
    let title = typed.raw("title").to_owned();
    let renamed = id.clone();
    let done = state
        .act(who.caller(), move |acting| keep::rename(acting, &renamed, &title))
        .await;
    after(&state, &who, id, done, "It has its new title.").await
}

async fn withdraw(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<EvidenceId>) -> Page {
    let withdrawn = id.clone();
    let done = state
        .act(who.caller(), move |acting| keep::withdraw(acting, &withdrawn))
        .await;
    match done {
        Ok(()) => Ok(Redirected::to(&state, "/evidence")
            .good("The piece is withdrawn.")
            .into_response()),
        Err(failure) => after(&state, &who, id, Err(failure), "").await,
    }
}

/// Back to the piece, or the piece with what was told.
async fn after(
    state: &AppState,
    who: &SignedIn,
    id: EvidenceId,
    done: Result<(), Failure>,
    message: &str,
) -> Page {
    match done {
        Ok(()) => Ok(Redirected::to(state, format!("/evidence/{id}"))
            .good(message)
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            let view = seen(state, who, id, None).await?;
            Ok(piece(state, who, view, &told, Form::new()))
        }
    }
}

async fn mark_page(state: &AppState, who: &SignedIn, id: EvidenceId, told: &Told, form: Form) -> Page {
    let view = seen(state, who, id.clone(), None).await?;
    if !view.own || view.withdrawn {
        return Err(PageFailure(Failure::NotFound));
    }
    if view.version == 0 {
        return Ok(Redirected::to(state, format!("/evidence/{id}"))
            .info("Save a version first; then passages can be marked in it.")
            .into_response());
    }
    let page = MarkPage {
        shell: who
            .shell(format!("Mark passages in {}", view.title))
            .crumb("My evidence", "/evidence")
            .crumb(view.title.clone(), format!("/evidence/{id}")),
        refusals: told.refusals("Nothing was marked"),
        form: told.beside(form),
        view,
    };
    Ok(html_with(told.status(), &page))
}

async fn show_mark(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<EvidenceId>) -> Page {
    mark_page(&state, &who, id, &Told::default(), Form::new()).await
}

async fn mark(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<EvidenceId>,
    mut typed: Typed,
) -> Page {
    let marking = marking(&mut typed);
    let done = match (typed.finish(), marking) {
        (Ok(()), Some(marking)) => {
            let id = id.clone();
            state
                .act(who.caller(), move |acting| passage::mark(acting, &id, &marking))
                .await
        }
        (Err(failure), _) => Err(failure),
        (Ok(()), None) => Err(Failure::unreadable("paragraph", "Choose a place first.")),
    };
    match done {
        Ok(passages) => {
            let said = assay_pages::format::plural(passages.len(), "passage is", "passages are");
            Ok(Redirected::to(&state, format!("/evidence/{id}/mark"))
                .good(format!("{said} marked."))
                .into_response())
        }
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            mark_page(&state, &who, id, &told, typed.form()).await
        }
    }
}

/// What was chosen: a selection before paragraphs, those before a page, a time or the whole.
fn marking(typed: &mut Typed) -> Option<Marking> {
    let criteria = typed
        .all("criterion")
        .iter()
        .filter_map(|value| value.split_once('/'))
        .map(|(unit, criterion)| CriterionRef {
            unit: unit.to_owned(),
            criterion: criterion.to_owned(),
        })
        .collect();
    let number = |text: &str| text.trim().parse::<u32>().ok();
    let paragraphs: Vec<u32> = typed
        .all("paragraph")
        .iter()
        .filter_map(|text| number(text))
        .collect();
    let selection = number(typed.raw("start")).zip(number(typed.raw("end")));
    let page = typed
        .optional_number("page")
        .and_then(|page| u32::try_from(page).ok());
    let (from, until) = (time(typed, "from"), time(typed, "until"));
    let chosen = if let Some((from, until)) = selection {
        Chosen::At(Place::Text { from, until })
    } else if !paragraphs.is_empty() {
        Chosen::Paragraphs(paragraphs)
    } else if let Some(page) = page {
        Chosen::At(Place::Page { page })
    } else if let Some((from, until)) = from.zip(until) {
        Chosen::At(Place::Time { from, until })
    } else if typed.ticked("whole") {
        Chosen::At(Place::Whole)
    } else {
        typed.complain(
            "whole",
            "Choose a place: paragraphs, a page, a time, or the whole piece.",
        );
        return None;
    };
    Some(Marking {
        version: number(typed.raw("version")),
        chosen,
        criteria,
        note: typed.optional_text("note"),
    })
}

/// A time as on a player: `125`, `2:05`, `1:02:05`; in seconds.
fn time(typed: &mut Typed, field: &str) -> Option<u32> {
    let text = typed.optional_text(field)?;
    let parts: Option<Vec<u32>> = text.split(':').map(|part| part.trim().parse().ok()).collect();
    let seconds = parts.filter(|parts| parts.len() <= 3).and_then(|parts| {
        parts
            .iter()
            .try_fold(0_u32, |sum, part| sum.checked_mul(60)?.checked_add(*part))
    });
    if seconds.is_none() {
        typed.complain(field, "Enter a time such as 2:05.");
    }
    seconds
}

async fn unmark(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<EvidenceId>,
    mut typed: Typed,
) -> Page {
    let passage = typed.id::<PassageId>("passage", "a passage");
    typed.finish()?;
    let passage = passage.ok_or(Failure::NotFound)?;
    let done = state
        .act(who.caller(), move |acting| passage::unmark(acting, &passage))
        .await;
    match done {
        Ok(_) => Ok(Redirected::to(&state, format!("/evidence/{id}/mark"))
            .good("The mark is taken away.")
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            mark_page(&state, &who, id, &told, Form::new()).await
        }
    }
}

/// The registration of a learner whom the caller teaches or assesses.
async fn taught(state: &AppState, who: &SignedIn, id: RegistrationId) -> Result<registration::Seen, Failure> {
    let seen = state
        .ask(&who.caller(), move |asking| {
            registration::require_seen(asking, &id)
        })
        .await?;
    if seen.teaches() {
        Ok(seen)
    } else {
        Err(Failure::NotFound)
    }
}

fn record_page(who: &SignedIn, seen: &registration::Seen, told: &Told, form: Form) -> Response {
    let page = RecordPage {
        shell: who
            .shell("Record a viva or an observation")
            .crumb(seen.row.learner_name(), format!("/registrations/{}", seen.row.id)),
        learner_name: seen.row.learner_name(),
        action: format!("/registrations/{}/record", seen.row.id),
        form: told.beside(form),
        refusals: told.refusals("It was not recorded"),
    };
    html_with(told.status(), &page)
}

async fn show_record(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<RegistrationId>,
) -> Page {
    let seen = taught(&state, &who, id).await?;
    let form = Form::new().with("kind", "viva").with("held_on", who.today());
    Ok(record_page(&who, &seen, &Told::default(), form))
}

async fn make_record(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<RegistrationId>,
    mut typed: Typed,
) -> Page {
    let seen = taught(&state, &who, id).await?;
    let title = typed.text("title", "a title");
    let held_on = typed.date("held_on", "the day");
    let record = if typed.raw("kind") == "observation" {
        Record::Observation {
            seen: typed.raw("seen").to_owned(),
        }
    } else {
        Record::Viva {
            exchanges: (1..=assay_pages::evidence::record::QUESTIONS)
                .map(|number| Exchange {
                    question: typed.raw(&format!("question-{number}")).to_owned(),
                    answer: typed.raw(&format!("answer-{number}")).to_owned(),
                })
                .collect(),
        }
    };
    let input = RecordEvidence {
        learner: seen.row.learner.clone(),
        title,
        held_on,
        circumstances: typed.optional_text("circumstances"),
        record,
    };
    let today = who.today();
    let done = match typed.finish() {
        Err(failure) => Err(failure),
        Ok(()) => {
            let read = input.clone();
            match state.work(move |app| record::prepare(app, &read, today)).await {
                Err(failure) => Err(failure),
                Ok(prepared) => {
                    state
                        .act(who.caller(), move |acting| record::run(acting, &input, &prepared))
                        .await
                }
            }
        }
    };
    match done {
        Ok(saved) => Ok(Redirected::to(&state, format!("/evidence/{}", saved.evidence))
            .good("It is recorded; the learner finds it among their evidence.")
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            Ok(record_page(&who, &seen, &told, typed.form()))
        }
    }
}
