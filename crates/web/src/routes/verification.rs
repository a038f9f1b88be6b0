//! Internal verification: what is due, and one judgement before a verifier.

use super::Route;
use super::marking::SIZE;
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, InQuery, PageFailure, Redirected, SignedIn, Told, Typed};
use assay_app::verification::desk;
use assay_app::{Failure, verification};
use assay_domain::Role;
use assay_domain::id::SubmissionId;
use assay_domain::verification::{CriterionFinding, LeaveOutOfSample, VerifyJudgement};
use assay_pages::Form;
use assay_pages::judgement::{VerificationPage, VerifyPage};
use axum::extract::State;
use axum::response::IntoResponse;

const VERIFIER: &str = "an internal verifier who took no part in the judgement; where the awarding body assesses the unit, such a quality manager";

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/verification", "internal verifier", show_list),
        Route::get(
            "/submissions/{submission}/verify",
            "staff of the centre, quality manager",
            show,
        ),
        Route::post("/submissions/{submission}/verify", VERIFIER, verify),
        Route::post("/submissions/{submission}/leave-out", VERIFIER, leave_out),
    ]
}

#[derive(Default, serde::Deserialize)]
struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: Option<u32>,
}

async fn show_list(State(state): State<AppState>, who: SignedIn, InQuery(asked): InQuery<Asked>) -> Page {
    if !who.is(Role::InternalVerifier) {
        return Err(PageFailure(Failure::NotFound));
    }
    let (q, page) = (asked.q.clone(), asked.page.unwrap_or(1));
    let (list, all) = state
        .ask(&who.caller(), move |asking| {
            let all = asking.policy().text("verification.mode") == Some("all");
            Ok((verification::list_due(asking, &q, page, SIZE)?, all))
        })
        .await?;
    Ok(html(&VerificationPage {
        shell: who.shell("Verification"),
        list,
        q: asked.q,
        today: who.today(),
        all,
    }))
}

/// The list from which work to verify is chosen: that of the centre, or of what the awarding body assesses.
fn list_of(who: &SignedIn) -> &'static str {
    if who.is(Role::InternalVerifier) {
        "/verification"
    } else {
        "/external-assessments"
    }
}

async fn verify_page(
    state: &AppState,
    who: &SignedIn,
    submission: &SubmissionId,
    told: Told,
    form: Form,
) -> Page {
    let id = submission.clone();
    let view = state
        .ask(&who.caller(), move |asking| desk::view(asking, &id))
        .await?;
    let shell = who.shell(format!(
        "Verifying {}, {}",
        view.desk.reading.unit, view.desk.reading.learner_name
    ));
    let refusals = told.refusals("This was not recorded");
    let page = VerifyPage::of(shell, view, who.today(), told.beside(form), refusals);
    Ok(html_with(told.status(), &page))
}

async fn show(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<SubmissionId>) -> Page {
    verify_page(&state, &who, &id, Told::default(), Form::new()).await
}

async fn verify(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SubmissionId>,
    typed: Typed,
) -> Page {
    // A criterion without an answer has no finding; the rule names those that are missing.
    let findings = typed
        .pairs()
        .filter_map(|(field, value)| {
            let criterion = field.strip_prefix("answer-")?;
            Some(CriterionFinding {
                criterion: criterion.to_owned(),
                agrees: value == "agree",
                reason: typed.optional_text(&format!("reason-{criterion}")),
            })
        })
        .collect();
    let act = VerifyJudgement {
        findings,
        remark: typed.optional_text("remark"),
    };
    let agreed = act.findings.iter().all(|finding| finding.agrees);
    let submission = id.clone();
    let done = state
        .act(who.caller(), move |acting| {
            verification::verify(acting, &submission, &act)
        })
        .await;
    match done {
        Ok(()) => {
            let text = if agreed {
                "You agreed; the unit result is final."
            } else {
                "The judgement goes back to the assessor with your reasons."
            };
            Ok(Redirected::to(&state, list_of(&who)).good(text).into_response())
        }
        Err(failure) => verify_page(&state, &who, &id, Told::from_failure(failure)?, typed.form()).await,
    }
}

async fn leave_out(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SubmissionId>,
    typed: Typed,
) -> Page {
    let act = LeaveOutOfSample {
        because: typed.raw("because").trim().to_owned(),
    };
    let submission = id.clone();
    let done = state
        .act(who.caller(), move |acting| {
            verification::leave_out(acting, &submission, &act)
        })
        .await;
    match done {
        Ok(()) => Ok(Redirected::to(&state, list_of(&who))
            .good("The judgement is left out of the sample; the unit result is final.")
            .into_response()),
        Err(failure) => verify_page(&state, &who, &id, Told::from_failure(failure)?, typed.form()).await,
    }
}
