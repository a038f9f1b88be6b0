//! Learners: the list, registering by hand and from a file, one learner's page, those at risk.

use super::Route;
use super::centre::named_centre;
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, InQuery, Redirected, SignedIn, Told, Typed, Upload};
use assay_app::Failure;
use assay_app::registration::complete::{self, CompleteRegistration};
use assay_app::registration::identity::{self, ConfirmIdentity};
use assay_app::registration::list::{self, ListQuery};
use assay_app::registration::register::{self, RegisterLearner};
use assay_app::registration::withdraw::{self, WithdrawRegistration};
use assay_app::registration::{at_risk, export, import, overview};
use assay_domain::id::{CentreId, RegistrationId};
use assay_domain::{Role, Warning};
use assay_formats::register::{example_csv, template_csv, template_xlsx};
use assay_pages::Form;
use assay_pages::confirm::ConfirmPage;
use assay_pages::message::Act;
use assay_pages::registration::at_risk::AtRiskPage;
use assay_pages::registration::import::{ImportFoundPage, ImportPage};
use assay_pages::registration::list::RegistrationListPage;
use assay_pages::registration::overview::RegistrationPage;
use assay_pages::registration::register::RegisterPage;
use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

pub fn routes() -> Vec<Route> {
    vec![
        Route::get(
            "/registrations",
            "signed in: the learners they may see",
            show_list,
        ),
        Route::get(
            "/registrations/export",
            "coordinator, quality manager",
            show_export,
        ),
        Route::get(
            "/registrations/at-risk",
            "signed in: the learners they may see",
            show_at_risk,
        ),
        Route::get("/registrations/new", "coordinator", show_new),
        Route::post("/registrations/new", "coordinator", add),
        Route::get("/registrations/import", "coordinator", show_import),
        Route::upload("/registrations/import", "coordinator", try_file),
        Route::get("/registrations/import/template.csv", "signed in", csv_template),
        Route::get("/registrations/import/template.xlsx", "signed in", xlsx_template),
        Route::get("/registrations/import/example.csv", "signed in", example),
        Route::get(
            "/registrations/import/{upload}",
            "the coordinator who uploaded it",
            show_found,
        ),
        Route::post(
            "/registrations/import/{upload}",
            "the coordinator who uploaded it",
            register_file,
        ),
        Route::get(
            "/registrations/{registration}",
            "those who may see the learner",
            show,
        ),
        Route::post(
            "/registrations/{registration}/identity",
            "coordinator",
            confirm_identity,
        ),
        Route::post(
            "/registrations/{registration}/complete",
            "the learner, coordinator",
            complete_it,
        ),
        Route::post("/registrations/{registration}/member", "coordinator", member),
        Route::get(
            "/registrations/{registration}/withdraw",
            "coordinator",
            ask_withdraw,
        ),
        Route::post(
            "/registrations/{registration}/withdraw",
            "coordinator",
            withdraw_it,
        ),
        Route::get("/units", "signed in: their own", show_own),
    ]
}

/// A centre after the question mark.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
struct AtCentre {
    centre: String,
}

impl AtCentre {
    /// The centre named, else the first at which the person is a coordinator.
    fn find(&self, who: &SignedIn) -> Result<CentreId, Failure> {
        named_centre(&self.centre)?
            .or_else(|| who.actor.centres_as(Role::Coordinator).into_iter().next())
            .ok_or(Failure::NotFound)
    }
}

/// A file to keep, never shown as a page.
fn attachment(name: &'static str, media: &'static str, bytes: Vec<u8>) -> Response {
    let mut response = (
        [(header::CONTENT_TYPE, media), (header::CACHE_CONTROL, "no-store")],
        bytes,
    )
        .into_response();
    if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")) {
        response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
    }
    response
}

async fn show_list(State(state): State<AppState>, who: SignedIn, InQuery(query): InQuery<ListQuery>) -> Page {
    let asked = query.clone();
    let list = state
        .ask(&who.caller(), move |asking| list::list(asking, &asked))
        .await?;
    Ok(html(&RegistrationListPage {
        shell: who.shell("Learners"),
        list,
        query,
        own: false,
    }))
}

async fn show_export(
    State(state): State<AppState>,
    who: SignedIn,
    InQuery(query): InQuery<ListQuery>,
) -> Page {
    let csv = state
        .ask(&who.caller(), move |asking| export::csv(asking, &query))
        .await?;
    Ok(attachment(
        "registrations.csv",
        "text/csv; charset=utf-8",
        csv.into_bytes(),
    ))
}

async fn show_at_risk(State(state): State<AppState>, who: SignedIn, InQuery(at): InQuery<AtCentre>) -> Page {
    let risk = state
        .ask(&who.caller(), move |asking| at_risk::list(asking, &at.centre))
        .await?;
    let shell = who.shell("Time running out").crumb("Learners", "/registrations");
    Ok(html(&AtRiskPage { shell, risk }))
}

async fn register_page(state: &AppState, who: &SignedIn, centre: CentreId, form: Form, told: Told) -> Page {
    let view = state
        .ask(&who.caller(), move |asking| register::form(asking, &centre))
        .await?;
    let page = RegisterPage {
        shell: who
            .shell("Register a learner")
            .crumb("Learners", "/registrations"),
        view,
        form: told.beside(form),
        refusals: told.refusals("The learner cannot be registered"),
    };
    Ok(html_with(told.status(), &page))
}

async fn show_new(State(state): State<AppState>, who: SignedIn, InQuery(at): InQuery<AtCentre>) -> Page {
    let centre = at.find(&who)?;
    register_page(&state, &who, centre, Form::new(), Told::default()).await
}

async fn add(State(state): State<AppState>, who: SignedIn, mut typed: Typed) -> Page {
    let centre: CentreId = typed.raw("centre").parse().map_err(|_| Failure::NotFound)?;
    let input = RegisterLearner {
        centre: centre.clone(),
        given: typed.text("given", "the given names"),
        family: typed.text("family", "the family name"),
        born_on: Some(typed.date("born_on", "the date of birth")),
        email: typed.optional_text("email"),
        qualification: typed.text("qualification", "a qualification of the list"),
        start_on: typed.date("start_on", "the start date"),
        number: typed.optional_text("number"),
        identity: typed.optional_text("identity"),
        authority: typed.optional_text("authority"),
        uln: typed.optional_text("uln"),
        member_number: typed.optional_text("member_number"),
    };
    let done = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| register::run(acting, &input))
                .await
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(registered) => {
            let invited = if registered.invited {
                " An invitation is on its way."
            } else {
                ""
            };
            let words = format!(
                "The learner is registered with the number {}.{invited}",
                registered.number
            );
            let to = format!("/registrations/{}", registered.registration);
            Ok(with_warnings(Redirected::to(&state, to).good(words), &registered.warnings).into_response())
        }
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            register_page(&state, &who, centre, typed.form(), told).await
        }
    }
}

/// A redirect that also says what should be known, at most three of them: the page shows the rest.
pub(super) fn with_warnings(redirected: Redirected, warnings: &[Warning]) -> Redirected {
    warnings.iter().take(3).fold(redirected, |redirected, warning| {
        redirected.caution(&warning.says)
    })
}

async fn import_page(state: &AppState, who: &SignedIn, centre: CentreId, told: Told) -> Page {
    let asked = centre.clone();
    let view = state
        .ask(&who.caller(), move |asking| register::form(asking, &asked))
        .await?;
    let page = ImportPage {
        shell: who
            .shell("Register from a file")
            .crumb("Learners", "/registrations"),
        centre: centre.to_string(),
        centre_name: view.centre_name,
        form: told.beside(Form::new()),
    };
    Ok(html_with(told.status(), &page))
}

async fn show_import(State(state): State<AppState>, who: SignedIn, InQuery(at): InQuery<AtCentre>) -> Page {
    let centre = at.find(&who)?;
    import_page(&state, &who, centre, Told::default()).await
}

async fn csv_template(_who: SignedIn) -> Page {
    Ok(attachment(
        "learners.csv",
        "text/csv; charset=utf-8",
        template_csv(),
    ))
}

async fn xlsx_template(_who: SignedIn) -> Page {
    let bytes = template_xlsx().ok_or_else(|| Failure::Fault("the template could not be packed".into()))?;
    Ok(attachment(
        "learners.xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        bytes,
    ))
}

/// A list to try an import with, offered where there is a demonstration.
async fn example(_who: SignedIn) -> Page {
    Ok(attachment(
        "example-learners.csv",
        "text/csv; charset=utf-8",
        example_csv(),
    ))
}

/// The centre and the file of an upload.
async fn read_upload(mut upload: Upload) -> Result<(CentreId, String, Vec<u8>), Failure> {
    let unreadable = || Failure::unreadable("file", "The upload broke off. Choose the file again.");
    let mut centre = None;
    let mut found = None;
    while let Some(mut part) = upload.parts.next_field().await.map_err(|_| unreadable())? {
        let name = part.name().unwrap_or_default().to_owned();
        let file = part.file_name().unwrap_or("list").to_owned();
        let most = if name == "file" { import::LARGEST } else { 256 };
        let mut bytes = Vec::new();
        while let Some(chunk) = part.chunk().await.map_err(|_| unreadable())? {
            if bytes.len() + chunk.len() > most {
                return Err(Failure::unreadable(
                    "file",
                    "The file is larger than 5 MB. Split it into several files.",
                ));
            }
            bytes.extend_from_slice(&chunk);
        }
        match name.as_str() {
            "centre" => {
                centre = std::str::from_utf8(&bytes)
                    .ok()
                    .and_then(|text| text.trim().parse().ok())
            }
            "file" => found = Some((file, bytes)),
            _ => {}
        }
    }
    let centre = centre.ok_or(Failure::NotFound)?;
    match found {
        Some((name, bytes)) if !bytes.is_empty() => Ok((centre, name, bytes)),
        _ => Err(Failure::unreadable(
            "file",
            "Choose a file with at least one learner.",
        )),
    }
}

async fn try_file(State(state): State<AppState>, who: SignedIn, upload: Upload) -> Page {
    let first_own = AtCentre::default().find(&who)?;
    let (centre, name, bytes) = match read_upload(upload).await {
        Ok(read) => read,
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            return import_page(&state, &who, first_own, told).await;
        }
    };
    let (caller, supply, at) = (who.caller(), state.clone(), centre.clone());
    let rehearsed = state
        .work(move |app| import::rehearse(app, &caller, &|| supply.fresh(), &at, &name, bytes))
        .await;
    match rehearsed {
        Ok(upload) => Ok(Redirected::to(&state, format!("/registrations/import/{upload}")).into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            import_page(&state, &who, centre, told).await
        }
    }
}

async fn found_page(state: &AppState, who: &SignedIn, upload: String, told: Told) -> Page {
    let rehearsal = state
        .ask(&who.caller(), move |asking| import::find(asking, &upload))
        .await?;
    let page = ImportFoundPage {
        shell: who.shell(&rehearsal.name).crumb("Learners", "/registrations"),
        form: told.beside(Form::new()),
        refusals: told.refusals("The list cannot be registered"),
        rehearsal,
    };
    Ok(html_with(told.status(), &page))
}

async fn show_found(State(state): State<AppState>, who: SignedIn, InPath(upload): InPath<String>) -> Page {
    found_page(&state, &who, upload, Told::default()).await
}

async fn register_file(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(upload): InPath<String>,
    typed: Typed,
) -> Page {
    let only_good = typed.ticked("only_good");
    let of = upload.clone();
    match state
        .act(who.caller(), move |acting| import::run(acting, &of, only_good))
        .await
    {
        Ok(done) => {
            let words = format!(
                "{} registered, {} left out, {} in the outbox, {} agreed.",
                many(done.registered, "learner", "learners"),
                many(done.left_out, "row", "rows"),
                many(done.invited, "invitation", "invitations"),
                many(done.plans, "plan", "plans")
            );
            Ok(Redirected::to(&state, "/registrations")
                .good(words)
                .into_response())
        }
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            found_page(&state, &who, upload, told).await
        }
    }
}

fn many(number: u32, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// What was told about which form of a learner's page.
#[derive(Default)]
pub(super) struct OnPage {
    pub(super) identity: Form,
    pub(super) completion: Form,
    pub(super) member: Form,
    /// The form for allocation as typed; none fills it with the staff there are.
    pub(super) allocation: Option<Form>,
    pub(super) title: &'static str,
    pub(super) told: Told,
}

/// The units without an assessor, and the people who have a part already: leaving one as it is changes nothing.
fn present_staff(view: &overview::RegistrationView) -> Form {
    let mut form = Form::new();
    for unit in view
        .progress
        .by_unit
        .iter()
        .filter(|unit| unit.carried_from.is_none())
    {
        let assessed = view
            .allocations
            .iter()
            .any(|line| line.unit == unit.unit && line.assessor.is_some());
        if !assessed {
            form = form.with("unit", &unit.unit);
        }
    }
    if let Some(line) = view.allocations.first() {
        for (field, person) in [
            ("assessor", &line.assessor),
            ("verifier", &line.verifier),
            ("tutor", &line.tutor),
        ] {
            if let Some(named) = person {
                form = form.with(field, &named.person);
            }
        }
    }
    form
}

pub(super) async fn registration_page(
    state: &AppState,
    who: &SignedIn,
    id: RegistrationId,
    on_page: OnPage,
) -> Page {
    let view = state
        .ask(&who.caller(), move |asking| overview::view(asking, &id))
        .await?;
    let mut shell = who.shell(&view.name);
    if !view.own {
        shell = shell.crumb("Learners", "/registrations");
    }
    let page = RegistrationPage {
        shell,
        refusals: on_page.told.refusals(on_page.title),
        identity_form: on_page.identity.prefixed("identity-"),
        completion_form: on_page.completion.prefixed("open-"),
        member_form: on_page.member.prefixed("member-"),
        allocation_form: on_page
            .allocation
            .unwrap_or_else(|| present_staff(&view))
            .prefixed("allocation-"),
        view,
    };
    Ok(html_with(on_page.told.status(), &page))
}

async fn show(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<RegistrationId>) -> Page {
    registration_page(&state, &who, id, OnPage::default()).await
}

async fn confirm_identity(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<RegistrationId>,
    mut typed: Typed,
) -> Page {
    let input = ConfirmIdentity {
        document: typed.text("document", "which document was seen, and when"),
    };
    let of = id.clone();
    let done = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| identity::run(acting, &of, &input))
                .await
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(()) => Ok(Redirected::to(&state, format!("/registrations/{id}"))
            .good("The learner’s identity is confirmed.")
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            let on_page = OnPage {
                identity: told.beside(typed.form()),
                title: "Identity cannot be confirmed",
                told,
                ..OnPage::default()
            };
            registration_page(&state, &who, id, on_page).await
        }
    }
}

async fn complete_it(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<RegistrationId>,
    typed: Typed,
) -> Page {
    let input = CompleteRegistration {
        authority: typed.optional_text("authority"),
        uln: typed.optional_text("uln"),
        member_number: None,
    };
    let on_page = |form, told| OnPage {
        completion: form,
        title: "The registration cannot be completed",
        told,
        ..OnPage::default()
    };
    completed(
        &state,
        &who,
        id,
        (input, typed),
        "What was open is saved.",
        on_page,
    )
    .await
}

async fn member(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<RegistrationId>,
    mut typed: Typed,
) -> Page {
    let input = CompleteRegistration {
        member_number: Some(typed.text("member_number", "the number of the member")),
        ..CompleteRegistration::default()
    };
    let on_page = |form, told| OnPage {
        member: form,
        title: "The number cannot be saved",
        told,
        ..OnPage::default()
    };
    let said = "The number is saved. No membership is given with these studies.";
    completed(&state, &who, id, (input, typed), said, on_page).await
}

/// Completes a registration from one of the two forms for it, and tells in that form why not.
async fn completed(
    state: &AppState,
    who: &SignedIn,
    id: RegistrationId,
    (input, mut typed): (CompleteRegistration, Typed),
    said: &str,
    on_page: impl FnOnce(Form, Told) -> OnPage,
) -> Page {
    let of = id.clone();
    let done = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| complete::run(acting, &of, &input))
                .await
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(()) => Ok(Redirected::to(state, format!("/registrations/{id}"))
            .good(said)
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            let form = told.beside(typed.form());
            registration_page(state, who, id, on_page(form, told)).await
        }
    }
}

async fn withdraw_page(state: &AppState, who: &SignedIn, id: RegistrationId, form: Form, told: Told) -> Page {
    let asked = id.clone();
    let view = state
        .ask(&who.caller(), move |asking| overview::view(asking, &asked))
        .await?;
    if !view.may.withdraw && told.status() == StatusCode::OK {
        return Err(Failure::NotFound.into());
    }
    let at = format!("/registrations/{id}");
    let page = ConfirmPage {
        shell: who
            .shell(format!("Withdraw {} from {}?", view.name, view.qualification))
            .crumb("Learners", "/registrations"),
        about: format!("{}, {}", view.number, view.title),
        consequences: vec![
            "No further work can be handed in on this registration.".into(),
            "What was achieved stays achieved, and counts again should the learner be registered anew."
                .into(),
            "The withdrawal is dated today.".into(),
        ],
        form: told.beside(form),
        reason: "Why the learner leaves".into(),
        refusals: told.refusals("The registration cannot be withdrawn"),
        act: Act::allowed("Withdraw", format!("{at}/withdraw")).danger(),
        back: at,
    };
    Ok(html_with(told.status(), &page))
}

async fn ask_withdraw(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<RegistrationId>,
) -> Page {
    withdraw_page(&state, &who, id, Form::new(), Told::default()).await
}

async fn withdraw_it(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<RegistrationId>,
    mut typed: Typed,
) -> Page {
    let input = WithdrawRegistration {
        on: who.today(),
        because: typed.text("reason", "why the learner leaves"),
    };
    let of = id.clone();
    let done = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| withdraw::run(acting, &of, &input))
                .await
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(()) => Ok(Redirected::to(&state, format!("/registrations/{id}"))
            .good("The registration is withdrawn.")
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            withdraw_page(&state, &who, id, typed.form(), told).await
        }
    }
}

/// A learner's own registrations: the only one at once, several as a list.
async fn show_own(State(state): State<AppState>, who: SignedIn) -> Page {
    let own = state.ask(&who.caller(), list::own).await?;
    match own.lines.as_slice() {
        [only] => Ok(Redirected::to(&state, format!("/registrations/{}", only.registration)).into_response()),
        _ => Ok(html(&RegistrationListPage {
            shell: who.shell("My units"),
            list: own,
            query: ListQuery::default(),
            own: true,
        })),
    }
}
