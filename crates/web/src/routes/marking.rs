//! Marking: the queue, the desk, and what an assessor does at it.

use super::Route;
use crate::api::Problem;
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, InQuery, PageFailure, Redirected, SignedIn, Told, Typed};
use assay_app::evidence::passage::{self, Chosen, Marking};
use assay_app::judgement::queue::{self, QueueQuery};
use assay_app::judgement::{acts, comments, desk, result};
use assay_app::{Acting, Failure};
use assay_domain::Role;
use assay_domain::fact::{CriterionDecision, CriterionRef, Outcome, Place, ReturnGround};
use assay_domain::id::{PassageId, SubmissionId};
use assay_domain::judgement::{
    DecideCriterion, JudgeQuality, QUALITIES, RecordOwnGrade, ReturnUnmarked, SignJudgement,
};
use assay_domain::submission::SubmissionState;
use assay_pages::desk::DeskPage;
use assay_pages::judgement::{GradePage, QueuePage, ResultPage, ReturnPage, SignPage};
use assay_pages::message::{Act, Refused};
use assay_pages::{Choice, Form, Shell};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};

const CENTRE: &str = "assessors, verifiers and coordinators of the centre, the unit's tutor, quality manager";
const STAFF: &str = "assessors, verifiers and coordinators of the centre, the unit's tutor, quality manager, external assessor of the work";
const ASSESSOR: &str = "the assessor of the work";

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/marking", "assessor", show_queue),
        Route::get("/submissions/{submission}/mark", STAFF, show_desk),
        Route::post("/submissions/{submission}/take", ASSESSOR, take),
        Route::post("/submissions/{submission}/criteria/{criterion}", ASSESSOR, decide),
        Route::post("/submissions/{submission}/qualities", ASSESSOR, judge_qualities),
        Route::post("/submissions/{submission}/passages", ASSESSOR, mark_passage),
        Route::get("/submissions/{submission}/sign", ASSESSOR, show_sign),
        Route::post("/submissions/{submission}/sign", ASSESSOR, sign),
        Route::post(
            "/submissions/{submission}/countersign",
            "another assessor of the centre",
            countersign,
        ),
        Route::get("/submissions/{submission}/return", ASSESSOR, show_return),
        Route::post("/submissions/{submission}/return", ASSESSOR, give_back),
        Route::get("/submissions/{submission}/grade", CENTRE, show_grade),
        Route::post("/submissions/{submission}/grade", ASSESSOR, record_grade),
        Route::get(
            "/submissions/{submission}/result",
            "the learner, staff of the centre, quality manager, external assessor of the work",
            show_result,
        ),
    ]
}

/// How many pieces of work stand on a page of a list.
pub(super) const SIZE: u32 = 25;

#[derive(Default, serde::Deserialize)]
struct Asked {
    #[serde(default)]
    state: String,
    #[serde(default)]
    q: String,
    #[serde(default)]
    page: Option<u32>,
}

async fn show_queue(State(state): State<AppState>, who: SignedIn, InQuery(asked): InQuery<Asked>) -> Page {
    if !who.is(assay_domain::Role::Assessor) {
        return Err(PageFailure(Failure::NotFound));
    }
    let query = QueueQuery {
        state: asked.state.parse::<SubmissionState>().ok(),
        search: asked.q.clone(),
        page: asked.page.unwrap_or(1),
        size: SIZE,
    };
    let wanted = query.state;
    let queue = state
        .ask(&who.caller(), move |asking| queue::list(asking, &query))
        .await?;
    Ok(html(&QueuePage {
        shell: who.shell("Marking"),
        queue,
        state: wanted,
        q: asked.q,
        today: who.today(),
    }))
}

/// The desk with what was told about something sent to it.
async fn desk_page(
    state: &AppState,
    who: &SignedIn,
    submission: &SubmissionId,
    told: Told,
    change: impl FnOnce(&mut DeskPage),
) -> Page {
    let id = submission.clone();
    let view = state
        .ask(&who.caller(), move |asking| desk::view(asking, &id))
        .await?;
    let shell = who.shell(format!(
        "Marking {}, {}",
        view.reading.unit, view.reading.learner_name
    ));
    let mut page = DeskPage::of(shell, &view, who.today());
    page.refusals = told.refusals("This was not done");
    change(&mut page);
    Ok(html_with(told.status(), &page))
}

async fn show_desk(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<SubmissionId>) -> Page {
    desk_page(&state, &who, &id, Told::default(), |_| {}).await
}

fn desk_of(submission: &SubmissionId) -> String {
    format!("/submissions/{submission}/mark")
}

/// An act with the whole: back to the desk with a message, or the desk with what stands against it.
async fn with_whole<F>(
    state: &AppState,
    who: &SignedIn,
    submission: SubmissionId,
    good: &str,
    command: F,
) -> Page
where
    F: FnOnce(&mut Acting<'_, '_>, &SubmissionId) -> Result<(), Failure> + Send + 'static,
{
    let id = submission.clone();
    match state.act(who.caller(), move |acting| command(acting, &id)).await {
        Ok(()) => Ok(Redirected::to(state, desk_of(&submission))
            .good(good)
            .into_response()),
        Err(failure) => desk_page(state, who, &submission, Told::from_failure(failure)?, |_| {}).await,
    }
}

async fn take(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<SubmissionId>) -> Page {
    with_whole(
        &state,
        &who,
        id,
        "The work is yours to mark; nobody else marks it at the same time.",
        acts::take,
    )
    .await
}

async fn countersign(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<SubmissionId>) -> Page {
    with_whole(
        &state,
        &who,
        id,
        "The judgement is countersigned.",
        acts::countersign,
    )
    .await
}

/// Whether the sender asks for JSON, as the desk's script does.
fn wants_json(headers: &HeaderMap) -> bool {
    headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("application/json"))
}

/// What is answered to the desk's script.
#[derive(serde::Serialize)]
struct Saved {
    criterion: String,
    decided: usize,
    of: usize,
}

/// A decision as it was typed.
struct TypedDecision {
    act: DecideCriterion,
    /// A comment of the bank to be added to the reason.
    comment: Option<String>,
    /// Keep the reason as a comment.
    keep: bool,
}

fn typed_decision(criterion: &str, typed: &mut Typed) -> Result<TypedDecision, Failure> {
    let decision = match typed.raw("decision") {
        "met" => CriterionDecision::Met,
        "not_yet_met" => CriterionDecision::NotYetMet,
        _ => {
            typed.complain("decision", "Choose met or not yet met.");
            CriterionDecision::NotYetMet
        }
    };
    let mut passages = Vec::new();
    for id in typed.all("passage") {
        match id.parse::<PassageId>() {
            Ok(id) => passages.push(id),
            Err(_) => typed.complain("passage", "Choose passages from the list."),
        }
    }
    let read = TypedDecision {
        act: DecideCriterion {
            criterion: criterion.to_owned(),
            decision,
            reason: typed.raw("reason").trim().to_owned(),
            passages,
            verbs: typed.all("verb"),
            words: typed.optional_text("words"),
        },
        comment: typed.optional_text("comment"),
        keep: typed.ticked("keep"),
    };
    typed.finish()?;
    Ok(read)
}

async fn decide(
    State(state): State<AppState>,
    who: SignedIn,
    InPath((id, criterion)): InPath<(SubmissionId, String)>,
    headers: HeaderMap,
    mut typed: Typed,
) -> Result<Response, PageFailure> {
    let json = wants_json(&headers);
    let done = match typed_decision(&criterion, &mut typed) {
        Ok(read) => {
            let submission = id.clone();
            state
                .act(who.caller(), move |acting| {
                    let TypedDecision {
                        mut act,
                        comment,
                        keep,
                    } = read;
                    if let Some(comment) = comment
                        && let Some(text) = comments::use_one(acting, &comment)?
                    {
                        if !act.reason.is_empty() {
                            act.reason.push('\n');
                        }
                        act.reason.push_str(&text);
                    }
                    acts::decide(acting, &submission, &act)?;
                    if keep {
                        comments::keep(acting, &act.reason)?;
                    }
                    let case = assay_app::judgement::load(acting.app, acting.tx, &submission)?.case;
                    Ok(Saved {
                        criterion: act.criterion,
                        decided: case.decisions.len(),
                        of: case.criteria.len(),
                    })
                })
                .await
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(saved) if json => Ok(axum::Json(saved).into_response()),
        Err(failure) if json => Ok(Problem::of(&failure).into_response()),
        Ok(saved) => {
            let to = format!("{}#criterion-{}", desk_of(&id), criterion.replace('.', "-"));
            Ok(Redirected::to(&state, to)
                .good(format!(
                    "{} is saved; {} of {} decided.",
                    saved.criterion, saved.decided, saved.of
                ))
                .into_response())
        }
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            let wrong: Vec<String> = told
                .complaints
                .iter()
                .map(|complaint| complaint.message.clone())
                .collect();
            desk_page(&state, &who, &id, told, |page| {
                for shown in &mut page.criteria {
                    shown.open = shown.number == criterion;
                    if shown.open {
                        shown.complaint = Some(if wrong.is_empty() {
                            "This was not saved; the reasons stand above.".to_owned()
                        } else {
                            wrong.join(" ")
                        });
                        shown.reason = typed.raw("reason").to_owned();
                        shown.words = typed.raw("words").to_owned();
                        let (cited, verbs) = (typed.all("passage"), typed.all("verb"));
                        for citable in &mut shown.citable {
                            citable.cited = cited.contains(&citable.passage.id);
                        }
                        for (verb, answered) in &mut shown.ticks {
                            *answered = verbs.contains(verb);
                        }
                    }
                }
            })
            .await
        }
    }
}

async fn judge_qualities(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SubmissionId>,
    typed: Typed,
) -> Page {
    let answers: Vec<JudgeQuality> = QUALITIES
        .iter()
        .filter_map(|words| {
            let satisfied = match typed.raw(&format!("answer-{}", words.key)) {
                "yes" => true,
                "no" => false,
                _ => return None,
            };
            Some(JudgeQuality {
                quality: words.quality,
                satisfied,
                remark: typed.optional_text(&format!("remark-{}", words.key)),
            })
        })
        .collect();
    let submission = id.clone();
    let done = state
        .act(who.caller(), move |acting| {
            // Only what changed is recorded, so that the trail tells of judgements and not of buttons.
            let before = desk::view(&mut acting.asking(), &submission)?.qualities;
            let mut judged = 0;
            for (words, act) in QUALITIES
                .iter()
                .filter_map(|words| Some((words, answers.iter().find(|act| act.quality == words.quality)?)))
            {
                let same = before.iter().any(|known| {
                    known.key == words.key
                        && known.satisfied == Some(act.satisfied)
                        && known.remark.as_deref().unwrap_or_default()
                            == act.remark.as_deref().unwrap_or_default()
                });
                if !same {
                    acts::judge_quality(acting, &submission, act)?;
                    judged += 1;
                }
            }
            Ok(judged)
        })
        .await;
    match done {
        Ok(judged) => {
            let text = if judged == 0 {
                "Nothing had changed.".to_owned()
            } else {
                "The answers are saved.".to_owned()
            };
            Ok(Redirected::to(&state, format!("{}#qualities", desk_of(&id)))
                .good(text)
                .into_response())
        }
        Err(failure) => {
            let told = Told::from_failure(failure)?;
            desk_page(&state, &who, &id, told, |page| {
                page.qualities_complaint = Some("Nothing was saved; the reasons stand above.".to_owned());
                for quality in &mut page.qualities {
                    quality.answer = typed.raw(&format!("answer-{}", quality.key)).to_owned();
                    quality.remark = typed.raw(&format!("remark-{}", quality.key)).to_owned();
                }
            })
            .await
        }
    }
}

/// Where a passage stands, from the fields of the marking form.
fn chosen(typed: &mut Typed) -> Result<Chosen, Failure> {
    let whole = |field: &str, typed: &mut Typed| {
        typed
            .optional_number(field)
            .and_then(|number| u32::try_from(number).ok())
    };
    if let (Some(from), Some(until)) = (whole("start", typed), whole("end", typed)) {
        return Ok(Chosen::At(Place::Text { from, until }));
    }
    let paragraphs: Vec<u32> = typed
        .all("paragraph")
        .iter()
        .filter_map(|number| number.parse().ok())
        .collect();
    if !paragraphs.is_empty() {
        return Ok(Chosen::Paragraphs(paragraphs));
    }
    if let Some(page) = whole("page", typed) {
        return Ok(Chosen::At(Place::Page { page }));
    }
    let times = (typed.optional_text("from"), typed.optional_text("until"));
    let place = match times {
        (Some(from), Some(until)) => match (seconds(&from), seconds(&until)) {
            (Some(from), Some(until)) => Place::Time { from, until },
            _ => {
                typed.complain("from", "Enter times as minutes and seconds, such as 2:05.");
                Place::Whole
            }
        },
        _ => Place::Whole,
    };
    typed.finish()?;
    Ok(Chosen::At(place))
}

/// Seconds of `2:05` or `1:02:05`; none when it is not a time.
pub fn seconds(text: &str) -> Option<u32> {
    text.split(':')
        .try_fold(0_u32, |sum, part| {
            let part: u32 = part.trim().parse().ok()?;
            sum.checked_mul(60)?.checked_add(part)
        })
        .filter(|_| !text.is_empty())
}

async fn mark_passage(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SubmissionId>,
    mut typed: Typed,
) -> Page {
    let piece = typed.raw("piece").to_owned();
    let criteria = typed.all("criterion");
    let done = match chosen(&mut typed) {
        Ok(chosen) => {
            let submission = id.clone();
            state
                .act(who.caller(), move |acting| {
                    let view = desk::view(&mut acting.asking(), &submission)?;
                    let found = view
                        .reading
                        .pieces
                        .iter()
                        .find(|found| found.evidence.as_str() == piece)
                        .ok_or_else(|| Failure::unreadable("piece", "Choose a piece of this hand-in."))?;
                    let marking = Marking {
                        version: Some(found.version),
                        chosen,
                        criteria: criteria
                            .into_iter()
                            .map(|criterion| CriterionRef {
                                unit: view.reading.unit.clone(),
                                criterion,
                            })
                            .collect(),
                        note: None,
                    };
                    passage::mark(acting, &found.evidence, &marking)
                })
                .await
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(passages) => {
            let at = passages
                .first()
                .map(|passage| format!("#{passage}"))
                .unwrap_or_default();
            Ok(Redirected::to(&state, format!("{}{at}", desk_of(&id)))
                .good("The passage is marked; cite it in the decision.")
                .into_response())
        }
        Err(failure) => desk_page(&state, &who, &id, Told::from_failure(failure)?, |_| {}).await,
    }
}

async fn sign_page(
    state: &AppState,
    who: &SignedIn,
    submission: &SubmissionId,
    told: Told,
    form: Form,
    tried: bool,
) -> Page {
    let id = submission.clone();
    let view = state
        .ask(&who.caller(), move |asking| desk::view(asking, &id))
        .await?;
    let against: Vec<Refused> = view.acts.sign.iter().map(Refused::from).collect();
    let refusals = if tried {
        told.refusals("The judgement was not signed")
    } else {
        assay_pages::message::Refusals::new("The judgement cannot be signed yet", against.clone())
    };
    let act = if against.is_empty() {
        Act::allowed("Sign the judgement", format!("/submissions/{submission}/sign"))
    } else {
        Act::refused("Sign the judgement", against)
    };
    let page = SignPage {
        shell: back_to_desk(who, "Sign the judgement", submission),
        view,
        form: told.beside(form),
        refusals,
        act,
    };
    Ok(html_with(told.status(), &page))
}

/// The list from which somebody chooses work to mark: that of the centre, or of what the awarding body assesses.
fn list_of(who: &SignedIn) -> (&'static str, &'static str) {
    if who.is(Role::Assessor) || !who.is(Role::ExternalAssessor) {
        ("Marking", "/marking")
    } else {
        ("External assessment", "/external-assessments")
    }
}

/// The frame of a page below that list.
pub(super) fn under_marking(who: &SignedIn, title: &str) -> Shell {
    let (words, href) = list_of(who);
    who.shell(title).crumb(words, href)
}

fn back_to_desk(who: &SignedIn, title: &str, submission: &SubmissionId) -> Shell {
    under_marking(who, title).crumb("The desk", desk_of(submission))
}

async fn show_sign(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<SubmissionId>) -> Page {
    sign_page(&state, &who, &id, Told::default(), Form::new(), false).await
}

async fn sign(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SubmissionId>,
    typed: Typed,
) -> Page {
    let act = SignJudgement {
        feedback: typed.optional_text("feedback"),
    };
    let submission = id.clone();
    let done = state
        .act(who.caller(), move |acting| acts::sign(acting, &submission, &act))
        .await;
    match done {
        Ok(outcome) => {
            let text = match outcome {
                Outcome::Passed => "The judgement is signed: passed, provisionally.",
                Outcome::Referred => "The judgement is signed: referred.",
            };
            Ok(Redirected::to(&state, format!("/submissions/{id}/result"))
                .good(text)
                .into_response())
        }
        Err(failure) => {
            sign_page(
                &state,
                &who,
                &id,
                Told::from_failure(failure)?,
                typed.form(),
                true,
            )
            .await
        }
    }
}

/// The grounds of a return, as they are chosen.
const GROUNDS: [(ReturnGround, &str, &str); 6] = [
    (
        ReturnGround::WordCount,
        "word_count",
        "The length is outside what is asked for",
    ),
    (
        ReturnGround::Signposting,
        "signposting",
        "It is not shown where the criteria are answered",
    ),
    (
        ReturnGround::Appendices,
        "appendices",
        "Answers stand in appendices",
    ),
    (
        ReturnGround::Unreadable,
        "unreadable",
        "A file cannot be read or opened",
    ),
    (
        ReturnGround::WrongUnit,
        "wrong_unit",
        "It is work for another unit",
    ),
    (ReturnGround::Other, "other", "Another ground"),
];

async fn return_page(
    state: &AppState,
    who: &SignedIn,
    submission: &SubmissionId,
    told: Told,
    form: Form,
    tried: bool,
) -> Page {
    let id = submission.clone();
    let view = state
        .ask(&who.caller(), move |asking| desk::view(asking, &id))
        .await?;
    let against: Vec<Refused> = view.acts.give_back.iter().map(Refused::from).collect();
    let refusals = if tried {
        told.refusals("The work was not returned")
    } else {
        assay_pages::message::Refusals::new("The work cannot be returned", against.clone())
    };
    let page = ReturnPage {
        shell: back_to_desk(who, "Return the work before marking", submission),
        about: format!(
            "{}, {} {}",
            view.reading.learner_name, view.reading.unit, view.reading.unit_title
        ),
        grounds: GROUNDS
            .iter()
            .map(|(_, word, label)| Choice::new(*word, *label))
            .collect(),
        form: told.beside(form),
        refusals,
        act: if against.is_empty() {
            Act::allowed("Return the work", format!("/submissions/{submission}/return"))
        } else {
            Act::refused("Return the work", against)
        },
        back: desk_of(submission),
    };
    Ok(html_with(told.status(), &page))
}

async fn show_return(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<SubmissionId>) -> Page {
    return_page(&state, &who, &id, Told::default(), Form::new(), false).await
}

async fn give_back(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SubmissionId>,
    typed: Typed,
) -> Page {
    let chosen = typed.all("grounds");
    let act = ReturnUnmarked {
        grounds: GROUNDS
            .iter()
            .filter(|(_, word, _)| chosen.iter().any(|chosen| chosen == word))
            .map(|(ground, ..)| *ground)
            .collect(),
        because: typed.raw("because").trim().to_owned(),
    };
    let submission = id.clone();
    let done = state
        .act(who.caller(), move |acting| {
            acts::return_unmarked(acting, &submission, &act)
        })
        .await;
    match done {
        Ok(()) => Ok(Redirected::to(&state, list_of(&who).1)
            .good("The work is returned; the learner is told what to do.")
            .into_response()),
        Err(failure) => {
            return_page(
                &state,
                &who,
                &id,
                Told::from_failure(failure)?,
                typed.form(),
                true,
            )
            .await
        }
    }
}

async fn grade_page(
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
    // A centre without grades of its own has no such sheet.
    let Some(sheet) = view.grade else {
        return Err(PageFailure(Failure::NotFound));
    };
    let present = sheet.grade.clone().filter(|grade| !grade.is_empty());
    let form = match &present {
        Some(grade) if form.value("grade").is_empty() => form.with("grade", grade),
        _ => form,
    };
    let page = GradePage {
        shell: back_to_desk(who, "The centre’s own grade", submission),
        about: format!(
            "{}, {} {}",
            view.reading.learner_name, view.reading.unit, view.reading.unit_title
        ),
        scale: sheet.scale,
        grades: sheet
            .grades
            .iter()
            .map(|grade| Choice::new(grade.clone(), grade.clone()))
            .collect(),
        present,
        refusals: told.refusals("The grade was not recorded"),
        form: told.beside(form),
        action: format!("/submissions/{submission}/grade"),
        back: desk_of(submission),
    };
    Ok(html_with(told.status(), &page))
}

async fn show_grade(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<SubmissionId>) -> Page {
    grade_page(&state, &who, &id, Told::default(), Form::new()).await
}

async fn record_grade(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SubmissionId>,
    typed: Typed,
) -> Page {
    let act = RecordOwnGrade {
        grade: typed.raw("grade").to_owned(),
    };
    let submission = id.clone();
    let done = state
        .act(who.caller(), move |acting| {
            acts::record_own_grade(acting, &submission, &act)
        })
        .await;
    match done {
        Ok(()) => Ok(Redirected::to(&state, format!("/submissions/{id}/grade"))
            .good("The grade is recorded on its own sheet.")
            .into_response()),
        Err(failure) => grade_page(&state, &who, &id, Told::from_failure(failure)?, typed.form()).await,
    }
}

async fn show_result(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<SubmissionId>) -> Page {
    let submission = id.clone();
    let view = state
        .ask(&who.caller(), move |asking| result::view(asking, &submission))
        .await?;
    let status = StatusCode::OK;
    let page = ResultPage {
        shell: who.shell(format!("Result of {}", view.unit)),
        view,
    };
    Ok(html_with(status, &page))
}
