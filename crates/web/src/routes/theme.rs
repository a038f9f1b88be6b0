//! How the papers of awarding bodies look.

use super::Route;
use super::award::pdf;
use super::evidence::upload::once;
use crate::form::{ONCE, Upload};
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, InQuery, PageFailure, Redirected, SignedIn, Told};
use assay_app::Failure;
use assay_app::award::theme::{self, LARGEST_PICTURE, NewTheme, PictureSent, ThemeLine};
use assay_domain::Role;
use assay_domain::id::ThemeId;
use assay_pages::Form;
use assay_pages::award::theme::{ThemePage, ThemesPage};
use axum::extract::multipart::Field;
use axum::extract::{FromRequest, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};

const QUALITY: &str = "quality manager";
/// The longest text field of the form, in bytes.
const LONGEST_FIELD: usize = 4 * 1024;
/// How much of a form that is too large is read before it is answered, so that a browser hears the answer.
const DRAINED: usize = 4 * 1024 * 1024;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/themes", QUALITY, show_list),
        Route::post("/themes", QUALITY, set),
        Route::get("/themes/new", QUALITY, show_form),
        Route::post("/themes/preview", QUALITY, preview),
        Route::get("/themes/{theme}/specimen.pdf", QUALITY, specimen),
    ]
}

async fn show_list(State(state): State<AppState>, who: SignedIn) -> Page {
    let themes = state.ask(&who.caller(), theme::list).await?;
    Ok(html(&ThemesPage {
        shell: who
            .shell("How certificates look")
            .crumb("Certificates", "/certificates"),
        themes,
    }))
}

#[derive(serde::Deserialize)]
struct About {
    #[serde(default)]
    body: String,
}

async fn form_page(
    state: &AppState,
    who: &SignedIn,
    awarding_body: String,
    told: Told,
    form: Option<Form>,
) -> Page {
    let themes = state.ask(&who.caller(), theme::list).await?;
    let found = themes
        .into_iter()
        .find(|body| body.awarding_body == awarding_body)
        .ok_or(PageFailure(Failure::NotFound))?;
    let current = found.current().cloned();
    let form = form.unwrap_or_else(|| begun(who, &found.awarding_body, current.as_ref()));
    let page = ThemePage {
        shell: who
            .shell("How certificates look")
            .crumb("Certificates", "/certificates")
            .crumb("How they look", "/themes"),
        awarding_body: found.awarding_body,
        current,
        refusals: told.refusals("This was not set"),
        form: told.beside(form),
    };
    Ok(html_with(told.status(), &page))
}

/// The form as it begins: what is in force, from today.
fn begun(who: &SignedIn, awarding_body: &str, current: Option<&ThemeLine>) -> Form {
    let form = Form::new().with("from", who.today());
    let Some(theme) = current else {
        return form.with("printed_as", awarding_body).with("accent", "#1d3a5f");
    };
    let form = form
        .with("printed_as", &theme.printed_as)
        .with("accent", &theme.accent)
        .with("logo_described", theme.logo.as_deref().unwrap_or_default());
    match &theme.signatory {
        Some(signatory) => form
            .with("signatory_name", &signatory.name)
            .with("signatory_role", &signatory.role),
        None => form,
    }
}

async fn show_form(State(state): State<AppState>, who: SignedIn, InQuery(about): InQuery<About>) -> Page {
    form_page(&state, &who, about.body, Told::default(), None).await
}

/// The form as it was sent.
#[derive(Default)]
struct Sent {
    fields: Vec<(String, String)>,
    logo: Option<Vec<u8>>,
    signature: Option<Vec<u8>>,
    place: Option<crate::once::Place>,
}

impl Sent {
    fn value(&self, name: &str) -> &str {
        self.fields
            .iter()
            .find(|(known, _)| known == name)
            .map_or("", |(_, value)| value)
    }

    fn form(&self) -> Form {
        Form::typed(
            self.fields
                .iter()
                .map(|(name, value)| (name.as_str(), value.as_str())),
        )
    }

    /// What is wanted.
    ///
    /// # Errors
    /// `Unreadable` when the day is none.
    fn read(&mut self) -> Result<NewTheme, Failure> {
        let from = match self.value("from") {
            "" => None,
            typed => Some(crate::form::read_date(typed).ok_or_else(|| {
                Failure::unreadable("from", "Enter a date such as 14 October 2019 or 2019-10-14.")
            })?),
        };
        let picture = |bytes: Option<Vec<u8>>, remove: &str| match bytes {
            Some(bytes) => PictureSent::Bytes(bytes),
            None if remove.is_empty() => PictureSent::Keep,
            None => PictureSent::Remove,
        };
        let (logo, signature) = (self.logo.take(), self.signature.take());
        Ok(NewTheme {
            awarding_body: self.value("awarding_body").to_owned(),
            printed_as: self.value("printed_as").to_owned(),
            accent: self.value("accent").to_owned(),
            logo: picture(logo, self.value("logo_remove")),
            logo_described: self.value("logo_described").to_owned(),
            signatory_name: self.value("signatory_name").to_owned(),
            signatory_role: self.value("signatory_role").to_owned(),
            signature: picture(signature, self.value("signature_remove")),
            from,
        })
    }
}

fn cut_off() -> Failure {
    Failure::unreadable("logo", "The upload was cut off. Nothing of it was kept.")
}

/// Reads the form; a picture only as far as one byte beyond what is taken. `Err(Ok(..))` is an answer to give at once.
async fn receive(
    state: &AppState,
    who: &SignedIn,
    request: Request,
) -> Result<Sent, Result<Response, Failure>> {
    let path = request.uri().path().to_owned();
    let length = request
        .headers()
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok())
        .and_then(|length| length.parse::<usize>().ok());
    if length.is_some_and(|length| length > state.settings().largest_body) {
        let _ = axum::body::to_bytes(request.into_body(), DRAINED).await;
        return Err(Err(Failure::unreadable(
            "logo",
            format!(
                "What you sent is too large: a picture may have at most {} kB.",
                LARGEST_PICTURE / 1024
            ),
        )));
    }
    let mut upload = Upload::from_request(request, state).await.map_err(Ok)?;
    let mut sent = Sent::default();
    while let Some(field) = upload.parts.next_field().await.map_err(|_| Err(cut_off()))? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = matches!(name.as_str(), "logo" | "signature");
        let most = if file { LARGEST_PICTURE } else { LONGEST_FIELD };
        let bytes = read(field, most).await.map_err(Err)?;
        match name.as_str() {
            // A field for a file that was left empty is sent without bytes.
            "logo" => sent.logo = Some(bytes).filter(|bytes| !bytes.is_empty()),
            "signature" => sent.signature = Some(bytes).filter(|bytes| !bytes.is_empty()),
            _ => {
                let value = String::from_utf8_lossy(&bytes)
                    .replace('\0', "")
                    .trim()
                    .to_owned();
                if name == ONCE {
                    if !value.is_empty() && value.len() <= 128 {
                        sent.place = Some(state.once().place(&format!("{}\0{path}\0{value}", who.csrf())));
                    }
                } else if sent.fields.len() < 32 {
                    sent.fields.push((name, value));
                }
            }
        }
    }
    Ok(sent)
}

/// The bytes of a part, up to one more than `most`; the rest is read and let go.
async fn read(mut field: Field<'_>, most: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await.map_err(|_| cut_off())? {
        let room = (most + 1).saturating_sub(bytes.len());
        bytes.extend_from_slice(chunk.get(..room.min(chunk.len())).unwrap_or_default());
    }
    Ok(bytes)
}

/// Whoever may not set a theme is told so before anything of the form is read.
fn require_quality_manager(who: &SignedIn) -> Result<(), PageFailure> {
    if who.is(Role::QualityManager) {
        Ok(())
    } else {
        Err(PageFailure(Failure::NotFound))
    }
}

/// The form again with what stands against it; without the form when not even the awarding body could be read.
async fn again(state: &AppState, who: &SignedIn, sent: &Sent, failure: Failure) -> Page {
    let told = Told::from_failure(failure)?;
    let body = sent.value("awarding_body").to_owned();
    if body.is_empty() {
        let themes = state.ask(&who.caller(), theme::list).await?;
        let first = themes.into_iter().next().ok_or(PageFailure(Failure::NotFound))?;
        return form_page(state, who, first.awarding_body, told, None).await;
    }
    form_page(state, who, body, told, Some(sent.form())).await
}

async fn set(State(state): State<AppState>, who: SignedIn, request: Request) -> Page {
    require_quality_manager(&who)?;
    let mut sent = match receive(&state, &who, request).await {
        Ok(sent) => sent,
        Err(Ok(answer)) => return Ok(answer),
        Err(Err(failure)) => return again(&state, &who, &Sent::default(), failure).await,
    };
    let place = sent.place.take();
    once(place, async {
        let done = match sent.read() {
            Ok(input) => prepare_and_set(&state, who.caller(), input).await,
            Err(failure) => Err(failure),
        };
        match done {
            Ok(done) => Ok(Redirected::to(&state, "/themes")
                .good(format!(
                    "It is set. What is issued from {} looks like this.",
                    assay_pages::format::date(done.from)
                ))
                .into_response()),
            Err(failure) => again(&state, &who, &sent, failure).await,
        }
    })
    .await
}

/// Tries the theme on a specimen outside any transaction, then records it.
async fn prepare_and_set(
    state: &AppState,
    caller: assay_app::Caller,
    input: NewTheme,
) -> Result<theme::ThemeSet, Failure> {
    let asked = caller.clone();
    let prepared = state.work(move |app| theme::prepare(app, &asked, input)).await?;
    state
        .act(caller, move |acting| theme::run(acting, &prepared))
        .await
}

async fn preview(State(state): State<AppState>, who: SignedIn, request: Request) -> Page {
    require_quality_manager(&who)?;
    let mut sent = match receive(&state, &who, request).await {
        Ok(sent) => sent,
        Err(Ok(answer)) => return Ok(answer),
        Err(Err(failure)) => return again(&state, &who, &Sent::default(), failure).await,
    };
    let caller = who.caller();
    let made = match sent.read() {
        Ok(input) => state.work(move |app| theme::preview(app, &caller, input)).await,
        Err(failure) => Err(failure),
    };
    match made {
        Ok(paper) => Ok(pdf(paper)),
        Err(failure) => again(&state, &who, &sent, failure).await,
    }
}

async fn specimen(State(state): State<AppState>, who: SignedIn, InPath(theme): InPath<ThemeId>) -> Page {
    let caller = who.caller();
    let paper = state
        .work(move |app| theme::specimen_of(app, &caller, &theme))
        .await?;
    Ok(pdf(paper))
}
