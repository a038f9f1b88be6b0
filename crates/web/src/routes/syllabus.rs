//! Syllabuses: handing one in as a document, reviewing what was read, and making the draft of it.

use super::Route;
use super::evidence::{answer_file, upload};
use crate::failure::refused;
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, InQuery, PageFailure, Redirected, SignedIn, Told, Typed};
use assay_app::specification::load::{self, LoadSpecification};
use assay_app::syllabus::settle::{self, Change, CorrectReading, How, SettleFinding};
use assay_app::syllabus::structure::PassageSeen;
use assay_app::syllabus::view::{self, SyllabusSeen};
use assay_app::syllabus::{draft, receive};
use assay_app::{App, Caller, Failure};
use assay_domain::id::{SpecificationId, SyllabusId};
use assay_domain::syllabus::may_hand_in;
use assay_formats::syllabus_tables::{syllabus_template_csv, syllabus_template_xlsx};
use assay_pages::Form;
use assay_pages::message::Act;
use assay_pages::syllabus::{Edit, NewSyllabusPage, Part, ReviewPage, Show, SyllabusListPage};
use assay_specification::Format;
use assay_store::files::Stored;
use axum::extract::{RawQuery, Request, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use std::io::Read;

const HANDS_IN: &str = "quality manager, administrator, coordinator";
const REVIEWS: &str = "quality manager, administrator; coordinator of the centre it belongs to";

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/syllabuses", HANDS_IN, show_list),
        Route::get("/syllabuses/new", HANDS_IN, show_new),
        Route::upload("/syllabuses/new", HANDS_IN, hand_in),
        Route::get("/syllabuses/template.csv", "signed in", csv_template),
        Route::get("/syllabuses/template.xlsx", "signed in", xlsx_template),
        Route::get("/syllabuses/{syllabus}", REVIEWS, show),
        Route::get("/syllabuses/{syllabus}/document", REVIEWS, document),
        Route::post("/syllabuses/{syllabus}/findings/{key}", REVIEWS, settle_finding),
        Route::post("/syllabuses/{syllabus}/notes", REVIEWS, accept_notes),
        Route::post("/syllabuses/{syllabus}/corrections", REVIEWS, correct),
        Route::post("/syllabuses/{syllabus}/steps/{step}/undo", REVIEWS, undo),
        Route::post("/syllabuses/{syllabus}/draft", REVIEWS, make_draft),
        Route::post("/syllabuses/{syllabus}/remove", REVIEWS, remove),
    ]
}

async fn show_list(State(state): State<AppState>, who: SignedIn) -> Page {
    let syllabuses = state.ask(&who.caller(), view::list).await?;
    Ok(html(&SyllabusListPage {
        shell: who.shell("Syllabuses").crumb("Qualifications", "/specifications"),
        syllabuses,
    }))
}

fn new_page(state: &AppState, who: &SignedIn, told: &Told) -> Response {
    let page = NewSyllabusPage {
        shell: who
            .shell("Hand in a syllabus")
            .crumb("Qualifications", "/specifications")
            .crumb("Syllabuses", "/syllabuses"),
        refusals: told.refusals("The file was not taken"),
        form: told.beside(Form::new()),
        most_bytes: upload::limit(state, who),
    };
    html_with(told.status(), &page)
}

async fn show_new(State(state): State<AppState>, who: SignedIn) -> Page {
    if !may_hand_in(&who.actor) {
        return Err(PageFailure(Failure::NotFound));
    }
    Ok(new_page(&state, &who, &Told::default()))
}

async fn csv_template(_who: SignedIn) -> Response {
    let name = "attachment; filename=\"syllabus.csv\"";
    (
        [
            (header::CONTENT_TYPE, "text/csv; charset=utf-8"),
            (header::CONTENT_DISPOSITION, name),
        ],
        syllabus_template_csv(),
    )
        .into_response()
}

async fn xlsx_template(_who: SignedIn) -> Result<Response, PageFailure> {
    const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let bytes =
        syllabus_template_xlsx().ok_or_else(|| Failure::Fault("the template could not be packed".into()))?;
    let name = "attachment; filename=\"syllabus.xlsx\"";
    Ok((
        [(header::CONTENT_TYPE, XLSX), (header::CONTENT_DISPOSITION, name)],
        bytes,
    )
        .into_response())
}

/// What became of a file that was handed in.
pub(crate) enum HandedIn {
    /// It is reviewed.
    Syllabus(SyllabusId),
    /// It was a specification already, and is a draft.
    Specification(SpecificationId),
}

/// Reads a kept file and records it. A specification file is loaded as data.
///
/// # Errors
/// As [`receive::read`], [`receive::record`] and [`load::run`]; what was refused is removed again.
pub(crate) async fn take_in(
    state: &AppState,
    caller: Caller,
    stored: Stored,
    name: String,
) -> Result<HandedIn, Failure> {
    let sha256 = stored.sha256.clone();
    let (asker, supply) = (caller.clone(), state.clone());
    let done = state
        .work(move |app| {
            if receive::is_specification(&name, &receive::head(app, &stored)?) {
                let input = specification_text(app, &stored, &name)?;
                let load = app.act(asker, supply.fresh(), move |acting| load::run(acting, input))?;
                return Ok((HandedIn::Specification(load), false));
            }
            let received = receive::read(app, &asker, stored, &name)?;
            let id = receive::record(app, &asker, supply.fresh(), received)?;
            Ok((HandedIn::Syllabus(id), true))
        })
        .await;
    match done {
        Ok((handed_in, true)) => Ok(handed_in),
        // The text of a specification is kept in the store, so its file is not needed.
        Ok((handed_in, false)) => {
            upload::discard(state, caller, sha256).await;
            Ok(handed_in)
        }
        Err(failure) => {
            upload::discard(state, caller, sha256).await;
            Err(failure)
        }
    }
}

fn specification_text(app: &App, stored: &Stored, name: &str) -> Result<LoadSpecification, Failure> {
    let unreadable = |message: &str| Failure::unreadable("file", message);
    if stored.size > load::LONGEST as u64 {
        return Err(unreadable(
            "The file is larger than 8 MB; a specification is far smaller.",
        ));
    }
    let mut bytes = Vec::new();
    app.store()
        .files()
        .read(&stored.sha256)?
        .ok_or_else(|| Failure::Fault("the upload is gone".to_owned()))?
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::Fault(format!("upload: {error}")))?;
    let text = String::from_utf8(bytes).map_err(|_| unreadable("The file is not text in UTF-8."))?;
    let json = name.to_lowercase().ends_with(".json") || text.trim_start().starts_with('{');
    Ok(LoadSpecification {
        format: if json { Format::Json } else { Format::Toml },
        text,
    })
}

async fn hand_in(State(state): State<AppState>, who: SignedIn, request: Request) -> Page {
    if !may_hand_in(&who.actor) {
        return Err(PageFailure(Failure::NotFound));
    }
    let told = |failure: Failure| -> Page {
        let told = Told::from_failure(failure)?;
        let mut page = new_page(&state, &who, &told);
        upload::status_of_size(&told, &mut page);
        Ok(page)
    };
    let (sent, place) = match upload::receive(&state, &who, request).await {
        Ok(received) => received,
        Err(Ok(answer)) => return Ok(answer),
        Err(Err(failure)) => return told(failure),
    };
    upload::once(place, async {
        let Some((stored, name)) = sent.file else {
            return told(Failure::unreadable(
                "file",
                "Choose the file that holds the syllabus.",
            ));
        };
        match take_in(&state, who.caller(), stored, name).await {
            Ok(HandedIn::Syllabus(id)) => Ok(Redirected::to(&state, format!("/syllabuses/{id}"))
                .good("The document was read. Go through what was found.")
                .into_response()),
            Ok(HandedIn::Specification(id)) => Ok(Redirected::to(&state, format!("/specifications/{id}"))
                .good("The specification is loaded as a draft.")
                .into_response()),
            Err(failure) => told(failure),
        }
    })
    .await
}

/// Where somebody stands in a review, from the address.
#[derive(Debug, Clone, Default, serde::Deserialize)]
struct At {
    part: Option<String>,
    #[serde(default)]
    show: String,
    #[serde(default)]
    weight: String,
    #[serde(default)]
    finding: String,
    at: Option<String>,
    edit: Option<String>,
}

impl At {
    fn of(typed: &Typed) -> At {
        At {
            part: Some(typed.raw("part").to_owned()),
            show: typed.raw("show").to_owned(),
            weight: typed.raw("weight").to_owned(),
            ..At::default()
        }
    }

    fn show(&self) -> Show {
        Show::of(&self.show, &self.weight)
    }

    fn address(&self, id: &SyllabusId, part: Part, more: &str) -> String {
        let show = self.show();
        format!(
            "/syllabuses/{id}?part={}&show={}&weight={}{more}",
            part.code(),
            show.word(),
            show.weight_word()
        )
    }
}

/// What is told on the page, and beside which form.
#[derive(Default)]
struct Said {
    told: Told,
    form: Form,
    edit: Option<Edit>,
}

fn page(who: &SignedIn, seen: SyllabusSeen, at: &At, said: Said) -> Response {
    let show = at.show();
    let by_key = seen.findings.iter().position(|one| one.key == at.finding);
    let wanted = at.part.as_deref().map(Part::of);
    let edit = said.edit.clone().or_else(|| edit_of(&seen, at.edit.as_deref()));
    let editing = edit.is_some();
    let first = || {
        seen.findings.iter().position(|one| {
            show.lists(one) && wanted.is_none_or(|part| ReviewPage::part_of(&seen, one) == part)
        })
    };
    let here = if editing && by_key.is_none() {
        None
    } else {
        by_key.or_else(first)
    };
    let part = wanted
        .or_else(|| Some(ReviewPage::part_of(&seen, seen.findings.get(here?)?)))
        .filter(|part| match part {
            Part::Front => true,
            Part::Unit(unit) => *unit < seen.structure.units.len(),
        })
        .unwrap_or(Part::Front);
    let make = seen.specification.is_none().then(|| match &seen.not_yet {
        None => Act::allowed("Make the draft", format!("/syllabuses/{}/draft", seen.id)),
        Some(refusals) => Act::refused("Make the draft", refusals.0.iter().map(refused).collect()),
    });
    let status = said.told.status();
    let typed = said.told.beside(said.form);
    let (form, edit_form) = if editing {
        (Form::new().prefixed("settle"), typed.prefixed("edit"))
    } else {
        (typed.prefixed("settle"), Form::new().prefixed("edit"))
    };
    let page = ReviewPage {
        shell: who
            .shell(&seen.title)
            .crumb("Qualifications", "/specifications")
            .crumb("Syllabuses", "/syllabuses"),
        refusals: said.told.refusals("This could not be done"),
        part,
        show,
        here,
        at: at.at.clone(),
        form,
        edit,
        edit_form,
        make,
        seen,
    };
    html_with(status, &page)
}

/// The change that an address asks for, e.g. `give:unit/3/credits`; none when there is nothing like it.
fn edit_of(seen: &SyllabusSeen, text: Option<&str>) -> Option<Edit> {
    if seen.specification.is_some() {
        return None;
    }
    let (what, at) = text?.split_once(':')?;
    match what {
        "give" => view::find_value(seen, at).map(|value| Edit::Give {
            at: at.to_owned(),
            label: value.label.clone(),
            value: value.value.clone(),
            long: value.long,
        }),
        "add" | "remove" => {
            let words = view::part_in_words(at)?;
            Some(if what == "add" {
                Edit::Add {
                    at: at.to_owned(),
                    what: words,
                }
            } else {
                Edit::Remove {
                    at: at.to_owned(),
                    what: words,
                }
            })
        }
        "passage" => {
            let (unit, line) = at.split_once(':')?;
            let line: u32 = line.parse().ok()?;
            let of = seen.structure.units.iter().find(|one| one.at == unit)?;
            let criteria = of.outcomes.iter().flat_map(|outcome| &outcome.criteria);
            let passage: &PassageSeen = criteria
                .clone()
                .flat_map(|criterion| &criterion.guidance)
                .chain(&of.loose)
                .find(|passage| passage.line == line)?;
            Some(Edit::Assign {
                at: unit.to_owned(),
                line,
                text: passage.text.clone(),
                criteria: passage.criteria.clone(),
                all: criteria.map(|criterion| criterion.number.value.clone()).collect(),
            })
        }
        _ => None,
    }
}

async fn seen(state: &AppState, who: &SignedIn, id: &SyllabusId) -> Result<SyllabusSeen, PageFailure> {
    let id = id.clone();
    Ok(state
        .ask(&who.caller(), move |asking| view::see(asking, &id))
        .await?)
}

async fn show(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SyllabusId>,
    InQuery(at): InQuery<At>,
) -> Page {
    let seen = seen(&state, &who, &id).await?;
    Ok(page(&who, seen, &at, Said::default()))
}

async fn document(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SyllabusId>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, PageFailure> {
    let found = state
        .ask(&who.caller(), move |asking| view::document(asking, &id))
        .await?;
    Ok(answer_file(found, query.as_deref() == Some("download"), &headers))
}

fn how(typed: &Typed) -> Option<How> {
    Some(match typed.raw("how") {
        "accept" => How::Accept,
        "ignore" => How::Ignore,
        "correct" => How::Correct,
        "misprint" => How::Misprint,
        "reopen" => How::Reopen,
        _ => return None,
    })
}

async fn settle_finding(
    State(state): State<AppState>,
    who: SignedIn,
    InPath((id, key)): InPath<(SyllabusId, String)>,
    typed: Typed,
) -> Page {
    let before = seen(&state, &who, &id).await?;
    let mut at = At::of(&typed);
    at.finding = key.clone();
    let input = SettleFinding {
        finding: key.clone(),
        how: how(&typed),
        reason: typed.raw("reason").to_owned(),
        printed: typed.raw("printed").to_owned(),
        corrected: typed.raw("corrected").to_owned(),
        at: typed.raw("at").to_owned(),
        value: typed.raw("value").to_owned(),
    };
    let reopened = input.how == Some(How::Reopen);
    let of = id.clone();
    let done = state
        .act(who.caller(), move |acting| settle::finding(acting, &of, &input))
        .await;
    match done {
        Ok(()) => {
            // On to the next one in the list; a finding that was opened again stays where it is.
            let show = at.show();
            let here = before.findings.iter().position(|one| one.key == key);
            let next = if reopened {
                here
            } else {
                let place = here.unwrap_or_default();
                let others = before
                    .findings
                    .iter()
                    .enumerate()
                    .filter(|(_, one)| one.key != key);
                let listed: Vec<usize> = others
                    .filter(|(_, one)| show.lists(one))
                    .map(|(at, _)| at)
                    .collect();
                let after = listed.iter().find(|at| **at > place);
                after.or(listed.first()).copied()
            };
            let next = next.and_then(|at| before.findings.get(at));
            let to = match next {
                Some(finding) => {
                    let part = ReviewPage::part_of(&before, finding);
                    at.address(&id, part, &format!("&finding={}#finding", finding.key))
                }
                None => at.address(&id, Part::Front, "#read"),
            };
            Ok(Redirected::to(&state, to).into_response())
        }
        Err(failure) => {
            let said = Said {
                told: Told::from_failure(failure)?.in_form("settle"),
                form: typed.form(),
                edit: None,
            };
            let now = seen(&state, &who, &id).await?;
            Ok(page(&who, now, &at, said))
        }
    }
}

/// Accepts every open note of a kind at once.
async fn accept_notes(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SyllabusId>,
    mut typed: Typed,
) -> Page {
    let code = typed.text("code", "the kind of note");
    typed.finish()?;
    let at = At::of(&typed);
    let of = id.clone();
    let count = state
        .act(who.caller(), move |acting| {
            settle::accept_notes(acting, &of, &code)
        })
        .await?;
    let part = at.part.as_deref().map_or(Part::Front, Part::of);
    Ok(Redirected::to(&state, at.address(&id, part, "#read"))
        .good(format!("{count} accepted. Each can be opened again."))
        .into_response())
}

async fn correct(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SyllabusId>,
    typed: Typed,
) -> Page {
    let before = seen(&state, &who, &id).await?;
    let mut at = At::of(&typed);
    let place = typed.raw("at").to_owned();
    let (change, edit) = match typed.raw("change") {
        "give" => (Change::Give, format!("give:{place}")),
        "add" => (Change::Add, format!("add:{place}")),
        "remove" => (Change::Remove, format!("remove:{place}")),
        "assign" => (Change::Assign, format!("passage:{place}:{}", typed.raw("line"))),
        _ => {
            return Err(PageFailure(Failure::unreadable(
                "change",
                "Choose what is changed.",
            )));
        }
    };
    let input = CorrectReading {
        change,
        at: place,
        value: typed.raw("value").to_owned(),
        line: typed.raw("line").parse().unwrap_or_default(),
        criteria: typed.all("criteria"),
        reason: typed.raw("reason").to_owned(),
    };
    let part = at.part.as_deref().map_or(Part::Front, Part::of);
    let anchor = match change {
        Change::Remove | Change::Add | Change::Assign => "#structure".to_owned(),
        Change::Give => format!(
            "#r-{}",
            input
                .at
                .replace('/', "-")
                .trim_end_matches("-text")
                .trim_end_matches("-number")
        ),
    };
    let of = id.clone();
    let done = state
        .act(who.caller(), move |acting| settle::correct(acting, &of, &input))
        .await;
    match done {
        Ok(()) => Ok(Redirected::to(&state, at.address(&id, part, &anchor))
            .good("It is corrected. Every step can be taken back below.")
            .into_response()),
        Err(failure) => {
            at.edit = Some(edit);
            let edit = edit_of(&before, at.edit.as_deref());
            let said = Said {
                told: Told::from_failure(failure)?.in_form("edit"),
                form: typed.form(),
                edit,
            };
            Ok(page(&who, before, &at, said))
        }
    }
}

async fn undo(
    State(state): State<AppState>,
    who: SignedIn,
    InPath((id, step)): InPath<(SyllabusId, usize)>,
) -> Page {
    let of = id.clone();
    state
        .act(who.caller(), move |acting| settle::undo(acting, &of, step))
        .await?;
    Ok(Redirected::to(&state, format!("/syllabuses/{id}#steps"))
        .good("The step was taken back.")
        .into_response())
}

async fn make_draft(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<SyllabusId>) -> Page {
    let of = id.clone();
    match state
        .act(who.caller(), move |acting| draft::make(acting, &of))
        .await
    {
        Ok(specification) => Ok(Redirected::to(&state, format!("/specifications/{specification}"))
            .good("The draft is made. Mark it as checked; a second person approves and publishes it.")
            .into_response()),
        Err(failure) => {
            let said = Said {
                told: Told::from_failure(failure)?,
                ..Said::default()
            };
            let now = seen(&state, &who, &id).await?;
            Ok(page(&who, now, &At::default(), said))
        }
    }
}

async fn remove(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<SyllabusId>) -> Page {
    state
        .act(who.caller(), move |acting| settle::drop(acting, &id))
        .await?;
    Ok(Redirected::to(&state, "/syllabuses".to_owned())
        .good("The syllabus was removed.")
        .into_response())
}
