//! Units as learners work on them, handing in, and what was handed in.

use super::Route;
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, Redirected, SignedIn, Told, Typed};
use assay_app::Failure;
use assay_app::submission::submit::{self, HandIn};
use assay_app::submission::{changes, hand_in, list_of_unit, reading, workspace};
use assay_domain::fact::AiUse;
use assay_domain::id::{EvidenceId, RegistrationId, SubmissionId};
use assay_pages::Form;
use assay_pages::glossary::Glossary;
use assay_pages::submission::{ChangesPage, HandInPage, SubmissionPage, UnitPage};
use axum::extract::{RawQuery, State};
use axum::response::IntoResponse;

const SEEN: &str = "the learner, allocated staff, a coordinator of the centre, quality manager";

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/registrations/{registration}/units/{unit}", SEEN, show_unit),
        Route::get(
            "/registrations/{registration}/units/{unit}/hand-in",
            SEEN,
            show_hand_in,
        ),
        Route::post(
            "/registrations/{registration}/units/{unit}/hand-in",
            "learner",
            submit,
        ),
        Route::get("/submissions/{submission}", SEEN, show),
        Route::get("/submissions/{submission}/changes", SEEN, show_changes),
    ]
}

async fn show_unit(
    State(state): State<AppState>,
    who: SignedIn,
    InPath((id, unit)): InPath<(RegistrationId, String)>,
) -> Page {
    let view = state
        .ask(&who.caller(), move |asking| workspace::view(asking, &id, &unit))
        .await?;
    let shell = who.shell(format!("{} {}", view.unit, view.title));
    let registration = format!("/registrations/{}", view.registration);
    let shell = if view.own {
        shell.crumb("My registration", registration)
    } else {
        shell.crumb(view.learner_name.clone(), registration)
    };
    Ok(html(&UnitPage {
        shell,
        glossary: Glossary::explaining(&view.explained),
        view,
        today: who.today(),
    }))
}

/// The page with a choice of pieces; without one, those that answer criteria of the unit.
async fn hand_in_page(
    state: &AppState,
    who: &SignedIn,
    id: RegistrationId,
    unit: String,
    chosen: Option<Vec<EvidenceId>>,
    told: Told,
    form: Form,
) -> Page {
    let view = state
        .ask(&who.caller(), move |asking| {
            hand_in::view(asking, &id, &unit, chosen.as_deref())
        })
        .await?;
    // What belongs to a field stands beside it, too.
    let form = told
        .refusals
        .0
        .iter()
        .fold(told.beside(form), |form, refusal| match &refusal.field {
            Some(field) => form.complain(field.clone(), format!("{} {}", refusal.because, refusal.remedy)),
            None => form,
        });
    let page = HandInPage {
        shell: who.shell(format!("Hand in {}", view.unit)).crumb(
            format!("{} {}", view.unit, view.unit_title),
            format!("/registrations/{}/units/{}", view.registration, view.unit),
        ),
        refusals: told.refusals("The unit was not handed in"),
        form,
        view,
    };
    Ok(html_with(told.status(), &page))
}

async fn show_hand_in(
    State(state): State<AppState>,
    who: SignedIn,
    InPath((id, unit)): InPath<(RegistrationId, String)>,
    RawQuery(query): RawQuery,
) -> Page {
    // "Check this choice" sends the whole form by address: the choice and what was declared so far come back with it.
    let pairs: Vec<(String, String)> = query
        .as_deref()
        .map(|query| form_urlencoded::parse(query.as_bytes()).into_owned().collect())
        .unwrap_or_default();
    let typed = Typed::from_pairs(pairs);
    let asked = typed.pairs().next().is_some();
    let chosen = asked.then(|| pieces(&typed));
    hand_in_page(&state, &who, id, unit, chosen, Told::default(), typed.form()).await
}

fn pieces(typed: &Typed) -> Vec<EvidenceId> {
    typed
        .all("items")
        .iter()
        .filter_map(|id| id.parse().ok())
        .collect()
}

async fn submit(
    State(state): State<AppState>,
    who: SignedIn,
    InPath((id, unit)): InPath<(RegistrationId, String)>,
    mut typed: Typed,
) -> Page {
    let items = pieces(&typed);
    let ai_use = match typed.raw("ai_use") {
        "none" => Some(AiUse::None),
        "research" => Some(AiUse::Research),
        "language" => Some(AiUse::Language),
        "other" => Some(AiUse::Other),
        _ => None,
    };
    let input = HandIn {
        items: items.clone(),
        own_work: typed.ticked("own_work"),
        ai_use,
        ai_detail: typed.optional_text("ai_detail"),
        changes: typed.optional_text("changes"),
    };
    let done = match typed.finish() {
        Ok(()) => {
            let (id, unit) = (id.clone(), unit.clone());
            state
                .act(who.caller(), move |acting| submit::run(acting, &id, &unit, input))
                .await
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(handed_in) => {
            let message = format!(
                "Unit {unit} is handed in: attempt {}, {}. Nobody can change it now.",
                handed_in.attempt,
                assay_pages::format::plural(handed_in.words, "word", "words")
            );
            let redirect =
                Redirected::to(&state, format!("/submissions/{}", handed_in.submission)).good(message);
            Ok(redirect.into_response())
        }
        Err(Failure::NotFound) => Err(Failure::NotFound.into()),
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            hand_in_page(&state, &who, id, unit, Some(items), told, typed.form()).await
        }
    }
}

async fn show(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<SubmissionId>) -> Page {
    let (view, attempt) = state
        .ask(&who.caller(), move |asking| {
            let view = reading(asking, &id)?;
            let attempts = list_of_unit(asking, &view.registration, &view.unit)?;
            let attempt = attempts.into_iter().find(|attempt| attempt.submission == id);
            Ok((view, attempt))
        })
        .await?;
    let title = format!("{} {}", view.unit, view.unit_title);
    let shell = who
        .shell(format!("{}, attempt {}", view.unit, view.attempt))
        .crumb(
            title,
            format!("/registrations/{}/units/{}", view.registration, view.unit),
        );
    Ok(html(&SubmissionPage {
        shell,
        has_before: view.attempt > 1 || view.revision > 1,
        view,
        attempt,
    }))
}

async fn show_changes(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SubmissionId>,
) -> Page {
    let view = state
        .ask(&who.caller(), move |asking| changes(asking, &id))
        .await?;
    let shell = who.shell(format!("What changed in {}", view.unit)).crumb(
        format!("{}, attempt {}", view.unit, view.attempt),
        format!("/submissions/{}", view.submission),
    );
    Ok(html(&ChangesPage { shell, view }))
}
