//! Specifications: finding qualifications, reading units, loading and publishing.

use super::Route;
use crate::failure::refused;
use crate::page::{Page, html, html_with};
use crate::{AppState, InPath, InQuery, PageFailure, Redirected, SignedIn, Told, Typed, Upload};
use assay_app::specification::load::{self, LoadSpecification};
use assay_app::specification::stage::{self, Move};
use assay_app::specification::view::{list_visible, see, works_on_them};
use assay_app::specification::{difference, export, find_qualification, list_qualifications};
use assay_app::syllabus;
use assay_app::{Failure, specification::Offered};
use assay_domain::id::SpecificationId;
use assay_pages::Form;
use assay_pages::glossary::Glossary;
use assay_pages::message::Act;
use assay_pages::specification::{
    DifferencePage, Found, GlossaryPage, ModelsPage, QualificationPage, SpecificationListPage,
    SpecificationPage, TitleCheckPage, UnitPage,
};
use assay_specification::{Format, Misnaming, list_misnamings};
use axum::extract::State;
use axum::http::header;
use axum::response::IntoResponse;

const LOADS: &str = "quality manager, administrator, coordinator";

pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/specifications", "signed in", show_list),
        Route::upload("/specifications", LOADS, load),
        Route::get("/specifications/{id}", "signed in", show),
        Route::post(
            "/specifications/{id}/{to}",
            "quality manager, administrator; coordinator for the check",
            move_on,
        ),
        Route::get("/specifications/{id}/title-check", "signed in", show_title_check),
        Route::post("/specifications/{id}/title-check", "signed in", title_check),
        Route::get("/specifications/{id}/models", "signed in", show_models),
        Route::get("/specifications/{id}/glossary", "signed in", show_glossary),
        Route::get("/specifications/{id}/changes", "signed in", show_changes),
        Route::get("/specifications/{id}/files/{file}", LOADS, export_file),
        Route::get("/specifications/{id}/units/{unit}", "signed in", show_unit),
        Route::get(
            "/specifications/{id}/qualifications/{code}",
            "signed in",
            show_qualification,
        ),
    ]
}

#[derive(Default, serde::Deserialize)]
struct Search {
    #[serde(default)]
    q: String,
}

fn found(offered: Offered) -> Found {
    let qualification = offered.qualification;
    Found {
        specification: offered.row.id.to_string(),
        number: qualification.number.to_string(),
        level: qualification.level,
        minimum_credits: qualification.minimum_credits,
        code: qualification.code,
        title: qualification.title,
    }
}

/// Whether a title holds every word that was sought, in whatever order and case.
fn holds_every_word(title: &str, sought: &str) -> bool {
    let title = title.to_lowercase();
    sought
        .to_lowercase()
        .split_whitespace()
        .all(|word| title.contains(word))
}

async fn list_page(state: &AppState, who: &SignedIn, q: String, told: Told, form: Form) -> Page {
    let wanted = q.clone();
    let (found, specifications) = state
        .ask(&who.caller(), move |asking| {
            let found: Vec<Found> = if wanted.trim().is_empty() {
                list_qualifications(asking.app, asking.tx)?
                    .into_iter()
                    .map(found)
                    .collect()
            } else {
                match find_qualification(asking.app, asking.tx, &wanted)? {
                    Some(one) => vec![found(one)],
                    None => list_qualifications(asking.app, asking.tx)?
                        .into_iter()
                        .filter(|one| holds_every_word(&one.qualification.title, &wanted))
                        .map(found)
                        .collect(),
                }
            };
            Ok((found, list_visible(asking)?))
        })
        .await?;
    let page = SpecificationListPage {
        shell: who.shell("Qualifications"),
        refusals: told.refusals("The specification could not be loaded"),
        form: told.beside(form),
        q,
        found,
        specifications,
        may_load: works_on_them(&who.actor),
    };
    Ok(html_with(told.status(), &page))
}

async fn show_list(State(state): State<AppState>, who: SignedIn, InQuery(search): InQuery<Search>) -> Page {
    let q = search.q.trim().chars().take(200).collect();
    list_page(&state, &who, q, Told::default(), Form::new()).await
}

async fn load(State(state): State<AppState>, who: SignedIn, upload: Upload) -> Page {
    if !works_on_them(&who.actor) {
        return Err(PageFailure(Failure::NotFound));
    }
    let loaded = match read_file(upload).await {
        Ok(input) => {
            state
                .act(who.caller(), move |acting| load::run(acting, input))
                .await
        }
        Err(failure) => Err(failure),
    };
    match loaded {
        Ok(id) => {
            let to = format!("/specifications/{id}");
            Ok(Redirected::to(&state, to)
                .good("The specification is loaded as a draft.")
                .into_response())
        }
        Err(failure) => {
            list_page(
                &state,
                &who,
                String::new(),
                Told::from_failure(failure)?,
                Form::new(),
            )
            .await
        }
    }
}

/// The uploaded text, read up to the size that a specification may have.
async fn read_file(mut upload: Upload) -> Result<LoadSpecification, Failure> {
    let unreadable = |message: &str| Failure::unreadable("file", message);
    while let Some(mut part) = upload
        .parts
        .next_field()
        .await
        .map_err(|_| unreadable("The upload broke off. Send it again."))?
    {
        if part.name() != Some("file") {
            continue;
        }
        let json = part
            .file_name()
            .is_some_and(|name| name.to_lowercase().ends_with(".json"));
        let mut bytes = Vec::new();
        while let Some(chunk) = part
            .chunk()
            .await
            .map_err(|_| unreadable("The upload broke off. Send it again."))?
        {
            bytes.extend_from_slice(&chunk);
            if bytes.len() > load::LONGEST {
                return Err(unreadable(
                    "The file is larger than 8 MB; a specification is far smaller.",
                ));
            }
        }
        if bytes.is_empty() {
            break;
        }
        let text = String::from_utf8(bytes).map_err(|_| unreadable("The file is not text in UTF-8."))?;
        let format = if json { Format::Json } else { Format::Toml };
        return Ok(LoadSpecification { format, text });
    }
    Err(unreadable("Choose a specification file."))
}

fn words(next: Move) -> (&'static str, &'static str) {
    match next {
        Move::Check => ("Mark it as checked", "check"),
        Move::Approve => ("Approve it", "approve"),
        Move::Publish => ("Publish it", "publish"),
    }
}

async fn specification_page(state: &AppState, who: &SignedIn, id: SpecificationId, told: Told) -> Page {
    let (seen, more) = state
        .ask(&who.caller(), move |asking| {
            let seen = see(asking, &id)?;
            let versions = !difference::list_versions(asking, &id)?.is_empty();
            let syllabus = syllabus::find_seen_of_specification(asking, &id)?;
            Ok((seen, (versions, syllabus.map(|found| found.to_string()))))
        })
        .await?;
    let act = seen.next.as_ref().map(|(next, refusals)| {
        let (label, to) = words(*next);
        let action = format!("/specifications/{}/{to}", seen.row.id);
        match refusals {
            None => Act::allowed(label, action),
            Some(refusals) => Act::refused(label, refusals.0.iter().map(refused).collect()),
        }
    });
    let page = SpecificationPage {
        shell: who
            .shell(&seen.row.title)
            .crumb("Qualifications", "/specifications"),
        refusals: told.refusals("This could not be done"),
        findings: seen.findings(),
        glossary: Glossary::of(seen.row.id.as_str(), &seen.specification),
        has_versions: more.0,
        may_take: works_on_them(&who.actor),
        syllabus: more.1,
        seen,
        act,
    };
    Ok(html_with(told.status(), &page))
}

async fn show(State(state): State<AppState>, who: SignedIn, InPath(id): InPath<SpecificationId>) -> Page {
    specification_page(&state, &who, id, Told::default()).await
}

async fn move_on(
    State(state): State<AppState>,
    who: SignedIn,
    InPath((id, to)): InPath<(SpecificationId, Move)>,
) -> Page {
    let looked = id.clone();
    state
        .ask(&who.caller(), move |asking| see(asking, &looked))
        .await?;
    let moved = id.clone();
    match state
        .act(who.caller(), move |acting| stage::run(acting, &moved, to))
        .await
    {
        Ok(()) => {
            let text = match to {
                Move::Check => "The specification is checked. A second person can approve it now.",
                Move::Approve => "The specification is approved and can be published.",
                Move::Publish => "The specification is published. Learners can be registered on it.",
            };
            Ok(Redirected::to(&state, format!("/specifications/{id}"))
                .good(text)
                .into_response())
        }
        Err(failure) => specification_page(&state, &who, id, Told::from_failure(failure)?).await,
    }
}

/// The longest text that is looked through, in characters: some thirty printed pages.
pub(crate) const LONGEST_TEXT: usize = 100_000;

async fn title_check_page(
    state: &AppState,
    who: &SignedIn,
    id: SpecificationId,
    form: Form,
    text: Option<String>,
    told: Told,
) -> Page {
    let seen = state.ask(&who.caller(), move |asking| see(asking, &id)).await?;
    let found: Option<Vec<Misnaming>> = text.map(|text| list_misnamings(&seen.specification, &text));
    let page = TitleCheckPage {
        shell: crumbs(who, "Check titles in a text", &seen.row.id, &seen.row.title),
        refusals: told.refusals("The text could not be checked"),
        id: seen.row.id.to_string(),
        specification: seen.specification,
        form: told.beside(form),
        found,
    };
    Ok(html_with(told.status(), &page))
}

async fn show_title_check(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SpecificationId>,
) -> Page {
    title_check_page(&state, &who, id, Form::new(), None, Told::default()).await
}

async fn title_check(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SpecificationId>,
    mut typed: Typed,
) -> Page {
    let text = typed.text("text", "the text");
    if text.chars().count() > LONGEST_TEXT {
        typed.complain(
            "text",
            "The text is longer than 100,000 characters. Check it in parts.",
        );
    }
    let form = typed.form();
    match typed.finish() {
        Ok(()) => title_check_page(&state, &who, id, form, Some(text), Told::default()).await,
        Err(failure) => title_check_page(&state, &who, id, form, None, Told::from_failure(failure)?).await,
    }
}

async fn show_models(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SpecificationId>,
) -> Page {
    let seen = state.ask(&who.caller(), move |asking| see(asking, &id)).await?;
    let page = ModelsPage {
        shell: crumbs(&who, "Models and theorists", &seen.row.id, &seen.row.title),
        id: seen.row.id.to_string(),
        specification: seen.specification,
    };
    Ok(html(&page))
}

async fn show_glossary(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SpecificationId>,
) -> Page {
    let seen = state.ask(&who.caller(), move |asking| see(asking, &id)).await?;
    Ok(html(&GlossaryPage {
        shell: crumbs(&who, "Terms", &seen.row.id, &seen.row.title),
        specification: seen.specification,
    }))
}

#[derive(serde::Deserialize)]
struct Compared {
    from: Option<String>,
}

async fn show_changes(
    State(state): State<AppState>,
    who: SignedIn,
    InPath(id): InPath<SpecificationId>,
    InQuery(compared): InQuery<Compared>,
) -> Page {
    let from = match compared.from.as_deref().filter(|from| !from.is_empty()) {
        None => None,
        Some(from) => Some(
            from.parse::<SpecificationId>()
                .map_err(|_| PageFailure(Failure::NotFound))?,
        ),
    };
    let seen = state
        .ask(&who.caller(), move |asking| {
            difference::see(asking, &id, from.as_ref())
        })
        .await?;
    Ok(html(&DifferencePage {
        shell: crumbs(&who, "What changed", &seen.after.id, &seen.after.title),
        seen,
    }))
}

/// The specification as a file, without guidance: what may leave the installation.
async fn export_file(
    State(state): State<AppState>,
    who: SignedIn,
    InPath((id, file)): InPath<(SpecificationId, String)>,
) -> Page {
    let (media, name, text) = state
        .ask(&who.caller(), move |asking| export::file(asking, &id, &file))
        .await?;
    let disposition = format!("attachment; filename=\"{name}\"");
    Ok((
        [
            (header::CONTENT_TYPE, media.to_owned()),
            (header::CONTENT_DISPOSITION, disposition),
        ],
        text,
    )
        .into_response())
}

fn crumbs(who: &SignedIn, title: &str, id: &SpecificationId, document: &str) -> assay_pages::Shell {
    who.shell(title)
        .crumb("Qualifications", "/specifications")
        .crumb(document, format!("/specifications/{id}"))
}

async fn show_unit(
    State(state): State<AppState>,
    who: SignedIn,
    InPath((id, number)): InPath<(SpecificationId, String)>,
) -> Page {
    let seen = state.ask(&who.caller(), move |asking| see(asking, &id)).await?;
    let unit = seen
        .specification
        .find_unit_called(&number)
        .cloned()
        .ok_or(PageFailure(Failure::NotFound))?;
    let page = UnitPage {
        shell: crumbs(
            &who,
            &format!("{} {}", unit.number, unit.title),
            &seen.row.id,
            &seen.row.title,
        ),
        id: seen.row.id.to_string(),
        glossary: Glossary::of(seen.row.id.as_str(), &seen.specification),
        specification: seen.specification,
        unit,
    };
    Ok(html(&page))
}

async fn show_qualification(
    State(state): State<AppState>,
    who: SignedIn,
    InPath((id, code)): InPath<(SpecificationId, String)>,
) -> Page {
    let (seen, qualification, summary) = state
        .ask(&who.caller(), move |asking| {
            let seen = see(asking, &id)?;
            let found = seen.specification.find_qualification(&code).cloned();
            let qualification = found.ok_or(Failure::NotFound)?;
            // A rule that cannot be worked with has no sums; its reviewer is told elsewhere.
            let summary = asking
                .app
                .rule(&seen.row.id, &seen.specification, &qualification)
                .ok()
                .map(|prepared| assay_app::specification::rule::summed(&prepared));
            Ok((seen, qualification, summary))
        })
        .await?;
    let page = QualificationPage {
        summary,
        shell: crumbs(&who, &qualification.title, &seen.row.id, &seen.row.title),
        id: seen.row.id.to_string(),
        glossary: Glossary::of(seen.row.id.as_str(), &seen.specification),
        specification: seen.specification,
        qualification,
    };
    Ok(html(&page))
}
