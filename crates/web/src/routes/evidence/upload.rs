//! Files on their way in: streamed to their place while they come, told what they are by their bytes, then recorded.
//!
//! An upload that stops half-way leaves nothing; one that is refused is removed again.

use super::{after_saving, new_page, piece, seen};
use crate::form::Upload;
use crate::page::Page;
use crate::{AppState, InPath, PageFailure, Redirected, SignedIn, Told};
use assay_app::evidence::content::{self, Prepared};
use assay_app::evidence::draft::{self, Outcome};
use assay_app::evidence::keep::{self, Saved, Start};
use assay_app::{Caller, Failure};
use assay_domain::fact::EvidenceKind;
use assay_domain::id::EvidenceId;
use assay_pages::Form;
use assay_store::files::Stored;
use axum::body::{Body, Bytes};
use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use std::io::Write;

/// What a form's other fields and boundaries may come to beside the file, in bytes.
const FORM: u64 = 64 * 1024;
/// How much of a body that is too large is read before it is answered, so that a browser hears the answer.
const DRAINED: usize = 4 * 1024 * 1024;
/// The longest text field of an upload's form, in bytes.
const LONGEST_FIELD: usize = 8 * 1024;

/// An upload's form with its file kept.
pub(crate) struct Sent {
    title: String,
    appendix: bool,
    alt: String,
    pub(crate) file: Option<(Stored, String)>,
}

impl Sent {
    fn form(&self) -> Form {
        let form = Form::new().with("title", &self.title).with("alt", &self.alt);
        if self.appendix {
            form.with("appendix", "yes")
        } else {
            form
        }
    }
}

/// The limit for one file on the day.
pub(crate) fn limit(state: &AppState, who: &SignedIn) -> u64 {
    let policy = state.app().surroundings().profile.on(who.today());
    content::upload_limit(policy).0
}

/// Reads some of a body and lets the rest be.
async fn drain(body: Body) {
    let _ = axum::body::to_bytes(body, DRAINED).await;
}

/// Whether the request says itself that it is too large.
fn says_too_large(request: &Request, limit: u64) -> bool {
    request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok())
        .and_then(|length| length.parse::<u64>().ok())
        .is_some_and(|length| length > limit.saturating_add(FORM))
}

/// Reads the form. `Err(Ok(..))` is an answer to give at once: the form was sent before, or did not come from here.
pub(crate) async fn receive(
    state: &AppState,
    who: &SignedIn,
    request: Request,
) -> Result<(Sent, Option<crate::once::Place>), Result<Response, Failure>> {
    let limit = limit(state, who);
    if says_too_large(&request, limit) {
        drain(request.into_body()).await;
        return Err(Err(content::too_large(limit).into()));
    }
    let path = request.uri().path().to_owned();
    let mut upload = Upload::from_request(request, state).await.map_err(Ok)?;
    let mut sent = Sent {
        title: String::new(),
        appendix: false,
        alt: String::new(),
        file: None,
    };
    let mut place = None;
    let unreadable = || {
        Err(Failure::unreadable(
            "file",
            "The upload was cut off. Nothing of it was kept.",
        ))
    };
    while let Some(field) = upload.parts.next_field().await.map_err(|_| unreadable())? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == "file" {
            let file_name = field.file_name().unwrap_or_default().to_owned();
            if file_name.is_empty() {
                continue;
            }
            let stored = store(state, field, limit).await.map_err(Err)?;
            sent.file = Some((stored, file_name));
            continue;
        }
        let value = text(field).await.map_err(Err)?;
        match name.as_str() {
            "title" => sent.title = value,
            "alt" => sent.alt = value,
            "appendix" => sent.appendix = !value.is_empty(),
            crate::form::ONCE if !value.is_empty() && value.len() <= 128 => {
                place = Some(state.once().place(&format!("{}\0{path}\0{value}", who.csrf())));
            }
            _ => {}
        }
    }
    Ok((sent, place))
}

async fn text(mut field: axum::extract::multipart::Field<'_>) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let cut = || Failure::unreadable("file", "The upload was cut off. Nothing of it was kept.");
    while let Some(chunk) = field.chunk().await.map_err(|_| cut())? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > LONGEST_FIELD {
            return Err(Failure::unreadable("title", "This is longer than it can be."));
        }
    }
    Ok(String::from_utf8_lossy(&bytes)
        .replace('\0', "")
        .trim()
        .to_owned())
}

/// Writes a part to its place while it comes.
async fn store(
    state: &AppState,
    mut field: axum::extract::multipart::Field<'_>,
    limit: u64,
) -> Result<Stored, Failure> {
    let mut writing = Writing::begin(state, limit).await?;
    let cut = || Failure::unreadable("file", "The upload was cut off. Nothing of it was kept.");
    while let Some(chunk) = field.chunk().await.map_err(|_| cut())? {
        if let Err(failure) = writing.write(chunk).await {
            // The rest is read, as far as is reasonable, so that the browser hears why.
            let mut drained = 0;
            while let Ok(Some(chunk)) = field.chunk().await {
                drained += chunk.len();
                if drained > DRAINED {
                    break;
                }
            }
            return Err(failure);
        }
    }
    writing.finish().await
}

/// A file being written, each piece off the async threads.
pub(crate) struct Writing {
    upload: Option<assay_store::files::Upload>,
    limit: u64,
}

impl Writing {
    /// # Errors
    /// `EVIDENCE_NO_ROOM`; a fault.
    pub(crate) async fn begin(state: &AppState, limit: u64) -> Result<Writing, Failure> {
        let upload = state
            .work(move |app| Ok(app.store().files().begin(limit)?))
            .await?;
        Ok(Writing {
            upload: Some(upload),
            limit,
        })
    }

    /// # Errors
    /// `EVIDENCE_TOO_LARGE`, `EVIDENCE_NO_ROOM`; a fault.
    pub(crate) async fn write(&mut self, chunk: Bytes) -> Result<(), Failure> {
        let gone = || Failure::Fault("the upload is gone".to_owned());
        let mut upload = self.upload.take().ok_or_else(gone)?;
        let limit = self.limit;
        let written = tokio::task::spawn_blocking(move || {
            upload
                .write_all(&chunk)
                .map(|()| upload)
                .map_err(|error| content::write_failure(&error, limit))
        });
        self.upload = Some(written.await.map_err(|_| gone())??);
        Ok(())
    }

    /// # Errors
    /// `EVIDENCE_NO_ROOM`; a fault.
    pub(crate) async fn finish(mut self) -> Result<Stored, Failure> {
        let gone = || Failure::Fault("the upload is gone".to_owned());
        let upload = self.upload.take().ok_or_else(gone)?;
        let finished = tokio::task::spawn_blocking(move || upload.finish()).await;
        Ok(finished.map_err(|_| gone())??)
    }
}

/// Tells and reads what was kept; what is refused is removed again.
///
/// # Errors
/// As [`content::prepare_file`].
pub(crate) async fn prepare(
    state: &AppState,
    caller: assay_app::Caller,
    stored: Stored,
    name: String,
) -> Result<Prepared, Failure> {
    let kept = stored.clone();
    let prepared = state
        .work(move |app| content::prepare_file(app, &kept, &name))
        .await;
    if prepared.is_err() {
        discard(state, caller, stored.sha256).await;
    }
    prepared
}

/// Removes a file that was refused. What cannot be removed now is swept away at the next start.
pub(crate) async fn discard(state: &AppState, caller: assay_app::Caller, sha256: String) {
    let _ = state
        .act(caller, move |acting| content::discard(acting, &sha256))
        .await;
}

fn no_file() -> Failure {
    Failure::unreadable("file", "Choose a file.")
}

/// Carries a form out once: a second post of the same page is sent to where the first one went.
pub(crate) async fn once<F>(place: Option<crate::once::Place>, work: F) -> Page
where
    F: Future<Output = Page>,
{
    let Some(place) = place else { return work.await };
    let mut first = place.lock().await;
    if let Some(location) = first.as_ref() {
        return Ok(axum::response::Redirect::to(location).into_response());
    }
    let response = work.await?;
    *first = response
        .headers()
        .get(header::LOCATION)
        .and_then(|location| location.to_str().ok())
        .map(str::to_owned);
    Ok(response)
}

pub(super) async fn new_piece(State(state): State<AppState>, who: SignedIn, request: Request) -> Page {
    let told = |failure: Failure, form: Form| -> Page {
        let told = Told::from_failure(failure)?;
        let form = told.beside(form);
        let mut page = new_page(&state, &who, &told, Form::new(), form, "The file was not taken");
        status_of_size(&told, &mut page);
        Ok(page)
    };
    let (sent, place) = match receive(&state, &who, request).await {
        Ok(received) => received,
        Err(Ok(answer)) => return Ok(answer),
        Err(Err(failure)) => return told(failure, Form::new()),
    };
    let form = sent.form();
    once(place, async {
        let done = add(&state, &who, sent).await;
        match done {
            Ok(saved) => Ok(after_saving(&state, &saved.evidence.clone(), &saved)),
            Err(failure) => told(failure, form),
        }
    })
    .await
}

async fn add(state: &AppState, who: &SignedIn, sent: Sent) -> Result<keep::Saved, Failure> {
    let (stored, name) = sent.file.ok_or_else(no_file)?;
    let sha256 = stored.sha256.clone();
    let prepared = prepare(state, who.caller(), stored, name).await?;
    let title = if sent.title.is_empty() {
        prepared.file_name.clone()
    } else {
        sent.title
    };
    let start = Start {
        learner: None,
        kind: EvidenceKind::File,
        title,
    };
    let appendix = sent.appendix;
    let done = state
        .act(who.caller(), move |acting| {
            keep::start_with(acting, start, &prepared, appendix)
        })
        .await;
    if done.is_err() {
        discard(state, who.caller(), sha256).await;
    }
    done
}

pub(super) async fn next_version(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<EvidenceId>,
    request: Request,
) -> Page {
    // Before anything is kept: nobody uploads into what is not theirs.
    let view = seen(&state, &who, id.clone(), None).await?;
    if !view.made || view.draft.is_some() {
        return Err(PageFailure(Failure::NotFound));
    }
    let (sent, place) = match receive(&state, &who, request).await {
        Ok(received) => received,
        Err(Ok(answer)) => return Ok(answer),
        Err(Err(failure)) => {
            let told = Told::from_failure(failure)?;
            let mut page = piece(&state, &who, view, &told, Form::new());
            status_of_size(&told, &mut page);
            return Ok(page);
        }
    };
    let form = sent.form();
    once(place, async {
        match replace(&state, &who, &id, sent).await {
            Ok(saved) => Ok(after_saving(&state, &id, &saved)),
            Err(failure) => {
                let told = Told::from_failure(failure)?;
                Ok(piece(&state, &who, view, &told, form))
            }
        }
    })
    .await
}

async fn replace(
    state: &AppState,
    who: &SignedIn,
    id: &EvidenceId,
    sent: Sent,
) -> Result<keep::Saved, Failure> {
    let (stored, name) = sent.file.ok_or_else(no_file)?;
    let sha256 = stored.sha256.clone();
    let prepared = prepare(state, who.caller(), stored, name).await?;
    let (id, appendix) = (id.clone(), sent.appendix);
    let done = state
        .act(who.caller(), move |acting| {
            keep::save(acting, &id, &prepared, appendix)
        })
        .await;
    if done.is_err() {
        discard(state, who.caller(), sha256).await;
    }
    done
}

/// A picture becomes a piece of its own, and the text refers to it by a path of this site.
pub(super) async fn picture(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<EvidenceId>,
    request: Request,
) -> Page {
    let view = seen(&state, &who, id.clone(), None).await?;
    if view.draft.is_none() || !view.own {
        return Err(PageFailure(Failure::NotFound));
    }
    let back = format!("/evidence/{id}");
    let received = receive(&state, &who, request).await;
    let done = match received {
        Err(Ok(answer)) => return Ok(answer),
        Err(Err(failure)) => Err(failure),
        Ok((sent, _)) => match sent.file {
            None => Err(no_file()),
            Some((stored, name)) => match prepare(&state, who.caller(), stored, name).await {
                Ok(prepared) => put_in(&state, who.caller(), &id, prepared, &sent.alt)
                    .await
                    .map(|_| ()),
                Err(failure) => Err(failure),
            },
        },
    };
    match done {
        Ok(()) => Ok(Redirected::to(&state, back)
            .good("The picture stands at the end of your text.")
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            let said: Vec<String> = told
                .refusals
                .0
                .iter()
                .map(|refusal| format!("{} {}", refusal.because, refusal.remedy))
                .chain(told.complaints.iter().map(|complaint| complaint.message.clone()))
                .chain(told.conflict.clone())
                .collect();
            // The text being typed is kept as a draft; the page is shown again with it.
            Ok(Redirected::to(&state, back)
                .caution(said.join(" "))
                .into_response())
        }
    }
}

/// Puts a picture that was received at the end of the text being typed, as a piece of its own. `alt` says what it shows.
///
/// # Errors
/// `Unreadable` without such words or when the file is no picture; `NotFound` when the text is not the caller's; `Conflict`
/// when the text was changed at the same time. The bytes are thrown away then.
pub(crate) async fn put_in(
    state: &AppState,
    caller: Caller,
    id: &EvidenceId,
    prepared: Prepared,
    alt: &str,
) -> Result<Saved, Failure> {
    let alt: String = alt.chars().filter(|c| !matches!(c, '[' | ']' | '\n')).collect();
    let sha256 = prepared.sha256.clone();
    let done = if alt.trim().is_empty() {
        Err(Failure::unreadable(
            "alt",
            "Say what the picture shows, for whoever cannot see it.",
        ))
    } else if !prepared.media.starts_with("image/") {
        Err(Failure::unreadable("file", "Choose a PNG or JPEG picture."))
    } else {
        let id = id.clone();
        state
            .act(caller.clone(), move |acting| {
                let start = Start {
                    learner: None,
                    kind: EvidenceKind::File,
                    title: alt.chars().take(180).collect(),
                };
                let saved = keep::start_with(acting, start, &prepared, false)?;
                let now = draft::find(&mut acting.asking(), &id)?;
                let address = format!("/evidence/{}/versions/{}/file", saved.evidence, saved.version);
                let text = format!("{}\n\n![{alt}]({address})\n", now.text.trim_end());
                match draft::keep(acting, &id, &text, now.revision)? {
                    Outcome::Kept(_) => Ok(saved),
                    Outcome::Newer(_) => Err(Failure::Conflict {
                        because: "The text was changed at the same time; add the picture again.".to_owned(),
                    }),
                }
            })
            .await
    };
    if done.is_err() {
        discard(state, caller, sha256).await;
    }
    done
}

/// 413 where the refusal is about size, which scripts understand.
pub(crate) fn status_of_size(told: &Told, page: &mut Response) {
    if told
        .refusals
        .codes()
        .contains(&assay_domain::Code::EvidenceTooLarge)
    {
        *page.status_mut() = axum::http::StatusCode::PAYLOAD_TOO_LARGE;
    }
}

/// Streams the body of a program's request to its place.
///
/// # Errors
/// `EVIDENCE_TOO_LARGE`, `EVIDENCE_NO_ROOM`; `Unreadable` when it was cut off; a fault.
pub(crate) async fn keep_body(
    state: &AppState,
    headers: &HeaderMap,
    body: Body,
    limit: u64,
) -> Result<Stored, Failure> {
    let said = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok())
        .and_then(|length| length.parse::<u64>().ok());
    if said.is_some_and(|length| length > limit) {
        return Err(content::too_large(limit).into());
    }
    let mut writing = Writing::begin(state, limit).await?;
    let mut chunks = chunks(body);
    while let Some(chunk) = chunks.next().await? {
        writing.write(chunk).await?;
    }
    writing.finish().await
}

/// A body in the pieces in which it comes.
struct Chunks {
    body: Body,
}

/// See [`Chunks`].
fn chunks(body: Body) -> Chunks {
    Chunks { body }
}

impl Chunks {
    /// The next piece; none at the end.
    ///
    /// # Errors
    /// `Unreadable` when the body is cut off.
    async fn next(&mut self) -> Result<Option<Bytes>, Failure> {
        use axum::body::HttpBody;
        loop {
            let frame =
                std::future::poll_fn(|context| std::pin::Pin::new(&mut self.body).poll_frame(context));
            match frame.await {
                None => return Ok(None),
                Some(Err(_)) => {
                    return Err(Failure::unreadable(
                        "file",
                        "The upload was cut off. Nothing of it was kept.",
                    ));
                }
                Some(Ok(frame)) => {
                    if let Ok(data) = frame.into_data() {
                        return Ok(Some(data));
                    }
                }
            }
        }
    }
}
