//! Claims, releases, awards and certificates.

use super::Route;
use super::centre::named_centre;
use crate::failure::refused;
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, InQuery, PageFailure, Redirected, SignedIn, Told, Typed};
use assay_app::award::certificate::Paper;
use assay_app::award::list::Wanted as ListWanted;
use assay_app::award::{
    certificate, change, claim, credit, dossier, list, overview, register, release, settle,
};
use assay_app::credential::issue::{self, Form as Secured, Part, Wanted};
use assay_app::{Caller, Failure};
use assay_domain::award::{
    ClaimCredit, DispatchCertificate, MarkUndelivered, ReplaceCertificate, RevokeCertificate,
    SettleDispatches,
};
use assay_domain::id::{AwardId, ClaimId, RegistrationId};
use assay_domain::{Refusals, Role};
use assay_pages::Form;
use assay_pages::award::award::{AwardPage, OwnAwardsPage};
use assay_pages::award::certificate::CertificatePage;
use assay_pages::award::claim::ClaimPage;
use assay_pages::award::credential::CredentialPage;
use assay_pages::award::dispatch::DispatchPage;
use assay_pages::award::list::{ClaimsPage, ReadyPage};
use assay_pages::award::register::CertificatesPage;
use assay_pages::award::release::{ClaimDetailPage, NotReleased, ReleaseListPage};
use assay_pages::award::settle::SettlePage;
use assay_pages::confirm::ConfirmPage;
use assay_pages::message::Act;
use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

const COORDINATOR: &str = "coordinator";
const QUALITY: &str = "quality manager";
const BOTH: &str = "quality manager, coordinator of the centre";
const ENTITLED: &str = "the learner, coordinator of the centre, quality manager";

/// What a workbook is.
pub(crate) const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// How many awards are released at once at most; each certificate takes a moment to print.
pub(crate) const MOST_AT_ONCE: usize = 50;

pub fn routes() -> Vec<Route> {
    vec![
        Route::get(
            "/registrations/{registration}/claim",
            "who may see the registration",
            show_claim,
        ),
        Route::post("/registrations/{registration}/claim", COORDINATOR, make_claim),
        Route::post(
            "/registrations/{registration}/credit",
            COORDINATOR,
            make_credit_claim,
        ),
        Route::get("/claims", COORDINATOR, show_claims),
        Route::get("/claims.csv", COORDINATOR, claims_csv),
        Route::get("/claims/ready", COORDINATOR, show_ready),
        Route::post("/claims/ready", COORDINATOR, claim_several),
        Route::get("/claims/{claim}", BOTH, show_detail),
        Route::post("/claims/{claim}/release", QUALITY, release_one),
        Route::post("/claims/{claim}/return", QUALITY, return_one),
        Route::get("/release", QUALITY, show_release),
        Route::post("/release", QUALITY, release_several),
        Route::get("/awards", "signed in", show_own),
        Route::get("/awards/{award}", "who may see the registration", show_award),
        Route::get("/awards/{award}/transcript.pdf", ENTITLED, transcript),
        Route::get("/certificates", BOTH, show_register),
        Route::get("/certificates.csv", BOTH, register_csv),
        Route::get("/certificates.xlsx", BOTH, register_xlsx),
        Route::get("/certificates/settle", QUALITY, show_settle),
        Route::post("/certificates/settle", QUALITY, settle_dispatches),
        Route::get("/certificates/{number}", ENTITLED, show_certificate),
        Route::get("/certificates/{number}/dossier", ENTITLED, show_dossier),
        Route::get("/certificates/{number}/credentials", ENTITLED, show_credentials),
        Route::get("/certificates/{number}/credential", ENTITLED, show_credential),
        Route::get("/certificates/{number}/own-dossier", "the learner", own_dossier),
        Route::get("/certificates/{number}/dispatch", QUALITY, ask_dispatch),
        Route::post("/certificates/{number}/dispatch", QUALITY, dispatch),
        Route::get("/certificates/{number}/undelivered", QUALITY, ask_undelivered),
        Route::post("/certificates/{number}/undelivered", QUALITY, undelivered),
        Route::get("/certificates/{number}/replace", QUALITY, ask_replace),
        Route::post("/certificates/{number}/replace", QUALITY, replace),
        Route::get("/certificates/{number}/revoke", QUALITY, ask_revoke),
        Route::post("/certificates/{number}/revoke", QUALITY, revoke),
    ]
}

// Claiming

async fn claim_page(
    state: &AppState,
    who: &SignedIn,
    registration: RegistrationId,
    told: Told,
    form: Form,
) -> Page {
    let view = state
        .ask(&who.caller(), move |asking| claim::view(asking, &registration))
        .await?;
    let page = ClaimPage {
        shell: who.shell("Award and claim"),
        refusals: told.refusals("The claim was not made"),
        form: told.beside(form),
        view,
    };
    Ok(html_with(told.status(), &page))
}

async fn show_claim(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(registration): InPath<RegistrationId>,
) -> Page {
    claim_page(&state, &who, registration, Told::default(), Form::new()).await
}

async fn make_claim(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(registration): InPath<RegistrationId>,
) -> Page {
    let wanted = registration.clone();
    let made = state
        .act(who.caller(), move |acting| claim::claim(acting, &wanted))
        .await;
    match made {
        Ok(_) => Ok(
            Redirected::to(&state, format!("/registrations/{registration}/claim"))
                .good("The award is claimed; the claim is with the awarding body.")
                .into_response(),
        ),
        Err(failure) => {
            claim_page(
                &state,
                &who,
                registration,
                Told::from_failure(failure)?,
                Form::new(),
            )
            .await
        }
    }
}

async fn make_credit_claim(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(registration): InPath<RegistrationId>,
    typed: Typed,
) -> Page {
    let (wanted, act) = (
        registration.clone(),
        ClaimCredit {
            units: typed.all("units"),
        },
    );
    let made = state
        .act(who.caller(), move |acting| credit::claim(acting, &wanted, &act))
        .await;
    match made {
        Ok(_) => Ok(
            Redirected::to(&state, format!("/registrations/{registration}/claim"))
                .good("Unit credit is claimed; the claim is with the awarding body.")
                .into_response(),
        ),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            claim_page(&state, &who, registration, told, typed.form()).await
        }
    }
}

#[derive(serde::Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    centre: String,
    #[serde(default)]
    page: Option<u32>,
}

impl Search {
    fn wanted(&self) -> Result<ListWanted, Failure> {
        Ok(ListWanted {
            q: self.q.trim().chars().take(100).collect(),
            state: self.state.clone(),
            centre: named_centre(&self.centre)?,
            page: self.page.unwrap_or(1),
        })
    }

    /// The query without the page.
    fn query(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .append_pair("q", self.q.trim())
            .append_pair("state", &self.state)
            .append_pair("centre", &self.centre)
            .finish()
    }
}

async fn show_claims(State(state): State<AppState>, who: SignedIn, InQuery(search): InQuery<Search>) -> Page {
    let wanted = search.wanted()?;
    let claims = state
        .ask(&who.caller(), move |asking| list::claims(asking, &wanted))
        .await?;
    Ok(html(&ClaimsPage {
        shell: who.shell("Claims"),
        claims,
        query: search.query(),
        q: search.q,
        state: search.state,
    }))
}

async fn claims_csv(State(state): State<AppState>, who: SignedIn, InQuery(search): InQuery<Search>) -> Page {
    let wanted = search.wanted()?;
    let text = state
        .ask(&who.caller(), move |asking| list::claims_csv(asking, &wanted))
        .await?;
    Ok(csv("claims", who.today(), text))
}

/// A table as a file to keep.
pub(crate) fn csv(name: &str, today: jiff::civil::Date, text: String) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{name}-{today}.csv\""),
        ),
    ];
    (headers, text).into_response()
}

/// A paper of an award; shown in the browser, kept under its own name.
pub(crate) fn pdf(paper: Paper) -> Response {
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("inline; filename=\"{}\"", paper.name),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, paper.bytes).into_response()
}

async fn ready_page(
    state: &AppState,
    who: &SignedIn,
    search: Search,
    done: Option<claim::ClaimedSeveral>,
    status: StatusCode,
) -> Page {
    let wanted = search.wanted()?;
    let candidates = state
        .ask(&who.caller(), move |asking| list::candidates(asking, &wanted))
        .await?;
    let page = ReadyPage {
        shell: who.shell("Claims"),
        candidates,
        query: search.query(),
        q: search.q,
        done,
    };
    Ok(html_with(status, &page))
}

async fn show_ready(State(state): State<AppState>, who: SignedIn, InQuery(search): InQuery<Search>) -> Page {
    ready_page(&state, &who, search, None, StatusCode::OK).await
}

async fn claim_several(
    State(state): State<AppState>,
    who: SignedIn,
    InQuery(search): InQuery<Search>,
    typed: Typed,
) -> Page {
    let chosen: Vec<RegistrationId> = typed
        .all("registration")
        .iter()
        .filter_map(|id| id.parse().ok())
        .collect();
    let done = state
        .act(who.caller(), move |acting| claim::claim_several(acting, &chosen))
        .await?;
    if done.returned.is_empty() {
        let words = assay_pages::format::plural(done.claimed.len(), "claim was sent", "claims were sent");
        return Ok(
            Redirected::to(&state, format!("/claims/ready?{}", search.query()))
                .good(format!("{words} to the awarding body."))
                .into_response(),
        );
    }
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    ready_page(&state, &who, search, Some(done), status).await
}

// Settling

async fn detail_page(state: &AppState, who: &SignedIn, claim: ClaimId, told: Told, form: Form) -> Page {
    let detail = state
        .ask(&who.caller(), move |asking| release::view(asking, &claim))
        .await?;
    let (label, back) = if detail.settles {
        ("Release", "/release")
    } else {
        ("Claims", "/claims")
    };
    let page = ClaimDetailPage {
        shell: who.shell("Claim").crumb(label, back),
        refusals: told.refusals("The claim was not settled"),
        form: told.beside(form),
        detail,
    };
    Ok(html_with(told.status(), &page))
}

async fn show_detail(State(state): State<AppState>, who: SignedIn, InPath(claim): InPath<ClaimId>) -> Page {
    detail_page(&state, &who, claim, Told::default(), Form::new()).await
}

/// Prints the certificate outside any transaction, then records award and certificate in one act.
pub(crate) async fn release(
    state: &AppState,
    caller: Caller,
    claim: &ClaimId,
) -> Result<release::Released, Failure> {
    let prepared = prepare_release(state, caller.clone(), claim.clone()).await?;
    state
        .act(caller, move |acting| release::run(acting, &prepared))
        .await
}

/// The certificate of a claim, printed and not yet recorded.
pub(crate) async fn prepare_release(
    state: &AppState,
    caller: Caller,
    claim: ClaimId,
) -> Result<release::PreparedRelease, Failure> {
    let mut fresh = state.fresh();
    state
        .work(move |app| release::prepare(app, &caller, fresh.as_mut(), &claim))
        .await
}

async fn release_one(State(state): State<AppState>, who: SignedIn, InPath(claim): InPath<ClaimId>) -> Page {
    match release(&state, who.caller(), &claim).await {
        Ok(released) => Ok(Redirected::to(&state, format!("/awards/{}", released.award))
            .good(format!(
                "The award is released, and certificate {} is issued.",
                released.certificate
            ))
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            detail_page(&state, &who, claim, told, Form::new()).await
        }
    }
}

async fn return_one(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(claim): InPath<ClaimId>,
    typed: Typed,
) -> Page {
    let (wanted, because) = (claim.clone(), typed.raw("because").to_owned());
    let done = state
        .act(who.caller(), move |acting| {
            release::return_claim(acting, &wanted, &because)
        })
        .await;
    match done {
        Ok(()) => Ok(Redirected::to(&state, "/release")
            .good("The claim is returned to the centre.")
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            detail_page(&state, &who, claim, told, typed.form()).await
        }
    }
}

#[derive(serde::Deserialize)]
struct Paged {
    #[serde(default)]
    page: Option<u32>,
}

async fn show_release(State(state): State<AppState>, who: SignedIn, InQuery(paged): InQuery<Paged>) -> Page {
    release_page(&state, &who, paged.page.unwrap_or(1), 0, Vec::new()).await
}

async fn release_page(
    state: &AppState,
    who: &SignedIn,
    page: u32,
    released: usize,
    not_released: Vec<NotReleased>,
) -> Page {
    let waiting = state
        .ask(&who.caller(), move |asking| release::list(asking, page))
        .await?;
    let status = if not_released.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = ReleaseListPage {
        shell: who.shell("Release"),
        waiting,
        released,
        not_released,
    };
    Ok(html_with(status, &page))
}

/// Each award is an act of its own, so that one that cannot be released holds up no other.
async fn release_several(State(state): State<AppState>, who: SignedIn, typed: Typed) -> Page {
    let chosen: Vec<ClaimId> = typed
        .all("claim")
        .iter()
        .filter_map(|id| id.parse().ok())
        .take(MOST_AT_ONCE)
        .collect();
    let (mut released, mut not_released) = (0, Vec::new());
    for claim in chosen {
        match release(&state, who.caller(), &claim).await {
            Ok(_) => released += 1,
            Err(failure) => {
                let told = Told::from_failure(failure)?;
                let detail = state
                    .ask(&who.caller(), move |asking| release::view(asking, &claim))
                    .await?;
                not_released.push(NotReleased {
                    learner_name: detail.line.learner_name,
                    reasons: told.refusals("").items,
                });
            }
        }
    }
    if not_released.is_empty() {
        let words = assay_pages::format::plural(released, "award was released", "awards were released");
        return Ok(Redirected::to(&state, "/release")
            .good(format!("{words}."))
            .into_response());
    }
    release_page(&state, &who, 1, released, not_released).await
}

// Awards and certificates

/// A learner's own awards; for those who keep the register, the register.
async fn show_own(State(state): State<AppState>, who: SignedIn) -> Page {
    if !who.is(Role::Learner) && (who.is(Role::QualityManager) || who.is(Role::Coordinator)) {
        return Ok(Redirected::to(&state, "/certificates").into_response());
    }
    let awards = state.ask(&who.caller(), overview::own).await?;
    Ok(html(&OwnAwardsPage {
        shell: who.shell("Your awards"),
        awards,
    }))
}

async fn show_award(State(state): State<AppState>, who: SignedIn, InPath(award): InPath<AwardId>) -> Page {
    let view = state
        .ask(&who.caller(), move |asking| overview::view(asking, &award))
        .await?;
    Ok(html(&AwardPage {
        shell: who.shell("Award"),
        view,
    }))
}

async fn transcript(State(state): State<AppState>, who: SignedIn, InPath(award): InPath<AwardId>) -> Page {
    let caller = who.caller();
    let paper = state
        .work(move |app| certificate::transcript(app, &caller, &award))
        .await?;
    Ok(pdf(paper))
}

/// The dossier by which a stranger confirms the award (docs/dossier.md). Asking for it may sign a checkpoint, so it is an act.
async fn show_dossier(State(state): State<AppState>, who: SignedIn, InPath(number): InPath<String>) -> Page {
    let paper = state
        .act(who.caller(), move |acting| dossier::file(acting, &number))
        .await?;
    Ok(dossier_file(paper))
}

/// The learner's own dossier, with their work in it.
async fn own_dossier(State(state): State<AppState>, who: SignedIn, InPath(number): InPath<String>) -> Page {
    let paper = state
        .act(who.caller(), move |acting| dossier::own_file(acting, &number))
        .await?;
    Ok(dossier_file(paper))
}

/// A dossier as a file to keep.
pub(crate) fn dossier_file(paper: Paper) -> Response {
    kept(paper, "application/json")
}

/// What the digital credentials of a certificate are for, with their files.
async fn show_credentials(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(number): InPath<String>,
) -> Page {
    let view = state
        .ask(&who.caller(), move |asking| issue::view(asking, &number))
        .await?;
    Ok(html(&CredentialPage {
        shell: who
            .shell("Digital credential")
            .crumb("Award", format!("/awards/{}", view.award)),
        view,
    }))
}

/// Which credential of a certificate is wanted.
#[derive(serde::Deserialize, utoipa::IntoParams)]
pub(crate) struct CredentialWanted {
    /// Number of a unit of the award; the whole qualification when it is left out.
    #[serde(default)]
    unit: Option<String>,
    /// True for a learner record (CLR 2.0) of the qualification with its units; not in a picture.
    #[serde(default)]
    record: bool,
    /// How it is secured: `rdfc` (when left out; what most wallets expect), `jcs`, `jwt`, or in a picture, `svg` or `png`.
    #[serde(default)]
    #[param(inline)]
    proof: Option<Secured>,
}

impl CredentialWanted {
    /// # Errors
    /// `Unreadable` where both a unit and a learner record are asked for.
    pub(crate) fn wanted(self) -> Result<Wanted, Failure> {
        let part = match (self.unit.filter(|unit| !unit.is_empty()), self.record) {
            (Some(_), true) => {
                return Err(Failure::unreadable(
                    "unit",
                    "Ask for the credential of a unit or for the learner record, not for both at once.",
                ));
            }
            (None, true) => Part::Record,
            (None, false) => Part::Qualification,
            (Some(unit), false) => Part::Unit(unit),
        };
        Ok(Wanted {
            part,
            form: self.proof,
        })
    }
}

async fn show_credential(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(number): InPath<String>,
    InQuery(asked): InQuery<CredentialWanted>,
) -> Page {
    let wanted = asked.wanted()?;
    let media = wanted.form().media_type();
    let paper = state
        .ask(&who.caller(), move |asking| issue::file(asking, &number, &wanted))
        .await?;
    Ok(kept(paper, media))
}

/// A paper as a file to keep.
pub(crate) fn kept(paper: Paper, media: &'static str) -> Response {
    let headers = [
        (header::CONTENT_TYPE, media.to_owned()),
        (
            header::CONTENT_DISPOSITION,
            format!("attachment; filename=\"{}\"", paper.name),
        ),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    (headers, paper.bytes).into_response()
}

#[derive(serde::Deserialize)]
struct RegisterSearch {
    #[serde(default)]
    q: String,
    #[serde(default)]
    state: String,
    #[serde(default)]
    qualification: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    until: String,
    #[serde(default)]
    centre: String,
    #[serde(default)]
    sort: String,
    #[serde(default)]
    page: Option<u32>,
}

impl RegisterSearch {
    fn pairs(&self) -> [(&'static str, &str); 6] {
        [
            ("q", self.q.trim()),
            ("state", &self.state),
            ("qualification", self.qualification.trim()),
            ("from", self.from.trim()),
            ("until", self.until.trim()),
            ("centre", self.centre.trim()),
        ]
    }

    /// What is wanted, and the form as typed with a complaint beside each day that is none.
    fn wanted(&self) -> Result<(register::Wanted, Form), Failure> {
        let mut form = Form::typed(self.pairs());
        let mut day = |name: &str, typed: &str| {
            let typed = typed.trim();
            if typed.is_empty() {
                return None;
            }
            let read = typed.parse::<jiff::civil::Date>().ok();
            if read.is_none() {
                form = std::mem::take(&mut form)
                    .complain(name, "Write a day as year-month-day, for example 2019-10-14.");
            }
            read
        };
        let (from, until) = (day("from", &self.from), day("until", &self.until));
        let wanted = register::Wanted {
            q: self.q.trim().chars().take(100).collect(),
            show: register::Show::read(&self.state),
            qualification: self.qualification.trim().to_uppercase(),
            centre: named_centre(&self.centre)?,
            from,
            until,
            sort: register::Sort::read(&self.sort),
            page: self.page.unwrap_or(1),
        };
        Ok((wanted, form))
    }

    /// The query without the page.
    fn query(&self) -> String {
        form_urlencoded::Serializer::new(String::new())
            .extend_pairs(self.pairs())
            .finish()
    }
}

async fn show_register(
    State(state): State<AppState>,
    who: SignedIn,
    InQuery(search): InQuery<RegisterSearch>,
) -> Page {
    register_page(&state, &who, &search, StatusCode::OK).await
}

async fn register_page(
    state: &AppState,
    who: &SignedIn,
    search: &RegisterSearch,
    status: StatusCode,
) -> Page {
    let (wanted, form) = search.wanted()?;
    let register = state
        .ask(&who.caller(), move |asking| register::list(asking, &wanted))
        .await?;
    let page = CertificatesPage {
        shell: who.shell("Certificates"),
        register,
        quality_manager: who.is(Role::QualityManager),
        query: search.query(),
        sort: register::Sort::read(&search.sort),
        form,
    };
    Ok(html_with(status, &page))
}

async fn register_csv(
    State(state): State<AppState>,
    who: SignedIn,
    InQuery(search): InQuery<RegisterSearch>,
) -> Page {
    let (wanted, form) = search.wanted()?;
    if form.is_wrong() {
        // A file that leaves out a condition would pass for the answer to it.
        return register_page(&state, &who, &search, StatusCode::BAD_REQUEST).await;
    }
    let text = state
        .ask(&who.caller(), move |asking| register::csv(asking, &wanted))
        .await?;
    Ok(csv("certificates", who.today(), text))
}

async fn register_xlsx(
    State(state): State<AppState>,
    who: SignedIn,
    InQuery(search): InQuery<RegisterSearch>,
) -> Page {
    let (wanted, form) = search.wanted()?;
    if form.is_wrong() {
        return register_page(&state, &who, &search, StatusCode::BAD_REQUEST).await;
    }
    let bytes = state
        .ask(&who.caller(), move |asking| register::xlsx(asking, &wanted))
        .await?;
    Ok(xlsx("certificates", who.today(), bytes))
}

/// A workbook as a file to keep.
pub(crate) fn xlsx(name: &str, today: jiff::civil::Date, bytes: Vec<u8>) -> Response {
    let paper = Paper {
        name: format!("{name}-{today}.xlsx"),
        bytes,
    };
    kept(paper, WORKBOOK)
}

async fn settle_page(state: &AppState, who: &SignedIn, told: Told, form: Form) -> Page {
    let found = state.ask(&who.caller(), settle::view).await?;
    let page = SettlePage {
        shell: who
            .shell("Sent before dispatches were recorded")
            .crumb("Certificates", "/certificates"),
        refusals: told.refusals("Nothing was recorded"),
        form: told.beside(form),
        found,
    };
    Ok(html_with(told.status(), &page))
}

async fn show_settle(State(state): State<AppState>, who: SignedIn) -> Page {
    settle_page(&state, &who, Told::default(), Form::new()).await
}

async fn settle_dispatches(State(state): State<AppState>, who: SignedIn, mut typed: Typed) -> Page {
    let act = SettleDispatches {
        sent_by: typed.optional_date("sent_by"),
        because: typed.raw("because").to_owned(),
    };
    let done = match typed.finish() {
        Ok(()) => {
            state
                .act(who.caller(), move |acting| settle::settle(acting, &act))
                .await
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(done) => {
            let settled = assay_pages::format::plural(
                done.settled,
                "certificate is recorded as sent",
                "certificates are recorded as sent",
            );
            let (words, next) = if done.left == 0 {
                (format!("{settled}."), "/certificates?state=waiting")
            } else {
                let more = format!("{settled}. {} more wait: do it again for them.", done.left);
                (more, "/certificates/settle")
            };
            Ok(Redirected::to(&state, next).good(words).into_response())
        }
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            settle_page(&state, &who, told, typed.form()).await
        }
    }
}

async fn dispatch_page(state: &AppState, who: &SignedIn, number: String, told: Told, form: Form) -> Page {
    if !who.is(Role::QualityManager) {
        return Err(PageFailure(Failure::NotFound));
    }
    let certificate = state
        .ask(&who.caller(), move |asking| change::find(asking, &number))
        .await?;
    let page = DispatchPage {
        shell: who.shell("Record a dispatch"),
        refusals: told.refusals("The dispatch was not recorded"),
        form: told.beside(form),
        certificate,
    };
    Ok(html_with(told.status(), &page))
}

async fn ask_dispatch(State(state): State<AppState>, who: SignedIn, InPath(number): InPath<String>) -> Page {
    dispatch_page(&state, &who, number, Told::default(), Form::new()).await
}

async fn dispatch(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(number): InPath<String>,
    typed: Typed,
) -> Page {
    let act = DispatchCertificate {
        means: typed.raw("means").parse().ok(),
        detail: typed.raw("detail").chars().take(500).collect(),
    };
    let wanted = number.clone();
    let done = state
        .act(who.caller(), move |acting| {
            change::dispatch(acting, &wanted, &act)
        })
        .await;
    match done {
        Ok(award) => Ok(Redirected::to(&state, format!("/awards/{award}"))
            .good("The dispatch is recorded.")
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            dispatch_page(&state, &who, number, told, typed.form()).await
        }
    }
}

const UNDELIVERED: Question = Question {
    title: "Did this certificate come back?",
    act: "Record that it came back",
    verb: "undelivered",
    consequences: &[
        "The certificate stays in force.",
        "It is listed as undelivered until it is dispatched again, and kept for as long as the policy says.",
    ],
    reason: "What is known of why it came back",
    failed: "It was not recorded",
};

async fn ask_undelivered(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(number): InPath<String>,
) -> Page {
    question_page(&state, &who, number, UNDELIVERED, Told::default(), Form::new()).await
}

async fn undelivered(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(number): InPath<String>,
    typed: Typed,
) -> Page {
    let act = MarkUndelivered {
        because: typed.raw("reason").to_owned(),
    };
    let wanted = number.clone();
    let done = state
        .act(who.caller(), move |acting| {
            change::undelivered(acting, &wanted, &act)
        })
        .await;
    match done {
        Ok(award) => Ok(Redirected::to(&state, format!("/awards/{award}"))
            .caution("It is recorded that the certificate came back.")
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(renamed(failure))?;
            question_page(&state, &who, number, UNDELIVERED, told, typed.form()).await
        }
    }
}

/// The PDF at `…/<number>.pdf`, the certificate's own page at the number alone.
async fn show_certificate(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(number): InPath<String>,
) -> Page {
    match number.strip_suffix(".pdf").map(str::to_owned) {
        Some(number) => {
            let paper = state
                .ask(&who.caller(), move |asking| certificate::file(asking, &number))
                .await?;
            Ok(pdf(paper))
        }
        None => {
            let view = state
                .ask(&who.caller(), move |asking| certificate::view(asking, &number))
                .await?;
            let title = format!("Certificate {}", view.line.number);
            let shell = if who.is(Role::QualityManager) || who.is(Role::Coordinator) {
                who.shell(title).crumb("Certificates", "/certificates")
            } else {
                who.shell(title)
                    .crumb("Award", format!("/awards/{}", view.line.award))
            };
            Ok(html(&CertificatePage { shell, view }))
        }
    }
}

/// What is asked before a certificate is changed.
struct Question {
    title: &'static str,
    act: &'static str,
    verb: &'static str,
    consequences: &'static [&'static str],
    reason: &'static str,
    failed: &'static str,
}

const REPLACE: Question = Question {
    title: "Replace this certificate?",
    act: "Replace the certificate",
    verb: "replace",
    consequences: &[
        "A new certificate with a new number is issued, and says that it is a replacement.",
        "It is in the same name. For another name, ask for a change of name on the award's page.",
        "The learner and the coordinators of the centre are told by e-mail.",
        "Whoever checks the old number is told that it was replaced. The award stands.",
    ],
    reason: "Why it is replaced",
    failed: "The certificate was not replaced",
};

const REVOKE: Question = Question {
    title: "Revoke this certificate?",
    act: "Revoke the certificate",
    verb: "revoke",
    consequences: &[
        "Whoever checks its number is told at once that it was revoked.",
        "The learner and the coordinators of the centre are told by e-mail, without your reason; the learner also for whom their links to the award are open.",
        "Whoever opens such a link is told that it was revoked.",
        "The record of it is kept, with your reason.",
        "This cannot be taken back.",
    ],
    reason: "Why it is revoked",
    failed: "The certificate was not revoked",
};

async fn question_page(
    state: &AppState,
    who: &SignedIn,
    number: String,
    question: Question,
    told: Told,
    form: Form,
) -> Page {
    if !who.is(Role::QualityManager) {
        return Err(PageFailure(Failure::NotFound));
    }
    let found = state
        .ask(&who.caller(), move |asking| change::find(asking, &number))
        .await?;
    let act = if found.refusals.0.is_empty() {
        Act::allowed(
            question.act,
            format!("/certificates/{}/{}", found.number, question.verb),
        )
        .danger()
    } else {
        Act::refused(question.act, found.refusals.0.iter().map(refused).collect())
    };
    let page = ConfirmPage {
        shell: who.shell(question.title),
        about: format!("{}, {}", found.learner_name, found.number),
        consequences: question
            .consequences
            .iter()
            .map(|&text| text.to_owned())
            .collect(),
        form: told.beside(form),
        reason: question.reason.to_owned(),
        refusals: told.refusals(question.failed),
        act,
        back: format!("/awards/{}", found.award),
    };
    Ok(html_with(told.status(), &page))
}

/// The page's field is called `reason`, the rule's `because`.
fn renamed(failure: Failure) -> Failure {
    match failure {
        Failure::Refused(Refusals(mut refusals)) => {
            for refusal in &mut refusals {
                if refusal.field.as_deref() == Some("because") {
                    refusal.field = Some("reason".to_owned());
                }
            }
            Failure::Refused(Refusals(refusals))
        }
        other => other,
    }
}

async fn ask_replace(State(state): State<AppState>, who: SignedIn, InPath(number): InPath<String>) -> Page {
    question_page(&state, &who, number, REPLACE, Told::default(), Form::new()).await
}

async fn replace(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(number): InPath<String>,
    typed: Typed,
) -> Page {
    let act = ReplaceCertificate {
        because: typed.raw("reason").to_owned(),
    };
    let (caller, wanted, mut fresh) = (who.caller(), number.clone(), state.fresh());
    let prepared = state
        .work(move |app| change::prepare_replacement(app, &caller, fresh.as_mut(), &wanted, act))
        .await;
    let done = match prepared {
        Ok(prepared) => {
            state
                .act(who.caller(), move |acting| change::replace(acting, &prepared))
                .await
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(replaced) => Ok(Redirected::to(&state, format!("/awards/{}", replaced.award))
            .good(format!(
                "Certificate {} is issued in its place.",
                replaced.certificate
            ))
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(renamed(failure))?;
            question_page(&state, &who, number, REPLACE, told, typed.form()).await
        }
    }
}

async fn ask_revoke(State(state): State<AppState>, who: SignedIn, InPath(number): InPath<String>) -> Page {
    question_page(&state, &who, number, REVOKE, Told::default(), Form::new()).await
}

async fn revoke(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(number): InPath<String>,
    typed: Typed,
) -> Page {
    let act = RevokeCertificate {
        because: typed.raw("reason").to_owned(),
    };
    let wanted = number.clone();
    let done = state
        .act(who.caller(), move |acting| change::revoke(acting, &wanted, &act))
        .await;
    match done {
        Ok(award) => Ok(Redirected::to(&state, format!("/awards/{award}"))
            .caution("The certificate is revoked. Whoever checks its number is told so.")
            .into_response()),
        Err(failure) => {
            let told = Told::from_failure(renamed(failure))?;
            question_page(&state, &who, number, REVOKE, told, typed.form()).await
        }
    }
}
