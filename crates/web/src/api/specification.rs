//! Specifications over the API.

use super::{ApiAnswer, ApiCaller, ApiFailure, Operation, Sent};
use crate::routes::specification::LONGEST_TEXT;
use crate::{AppState, InPath, InQuery};
use assay_app::Failure;
use assay_app::specification::difference::{self, DifferenceSeen};
use assay_app::specification::load::{self, LoadSpecification};
use assay_app::specification::rule::{self, BestWay, RuleJudged, RuleSummary, WayAsked};
use assay_app::specification::stage::{self, Move};
use assay_app::specification::view::{list_visible, see};
use assay_app::specification::{SpecificationRow, export, list_qualifications};
use assay_domain::id::SpecificationId;
use assay_specification::{Format, list_misnamings};
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;

const LOADS: &str = "quality manager, administrator, coordinator";

pub fn operations() -> Vec<Operation> {
    vec![
        Operation::get("/api/v1/specifications", "listSpecifications", "The specifications that the caller may see", list)
            .tag("Specifications")
            .answers_list::<SpecificationRow>("The specifications, the newest first."),
        Operation::post("/api/v1/specifications", "loadSpecification", "Load a specification as a draft", load)
            .tag("Specifications")
            .access(LOADS)
            .takes::<NewSpecification>()
            .answers::<Loaded>(StatusCode::CREATED, "The draft."),
        Operation::get("/api/v1/specifications/{id}", "findSpecification", "A specification with its qualifications, units and findings", find)
            .tag("Specifications")
            .about("Document, qualifications with their rules of combination, units with outcomes and criteria, and what the check finds.")
            .answers::<serde_json::Value>(StatusCode::OK, "The specification."),
        Operation::post("/api/v1/specifications/{id}/moves", "moveSpecification", "Check, approve or publish a specification", move_on)
            .tag("Specifications")
            .access("quality manager, administrator; coordinator for the check")
            .takes::<NewMove>()
            .answers_nothing("The specification has moved on."),
        Operation::get("/api/v1/specifications/{id}/changes", "compareSpecifications", "What changed from another version of the syllabus", changes)
            .tag("Specifications")
            .about("From the version named, else from the newest published before it. Changed words are marked.")
            .query::<ComparedWith>()
            .answers::<DifferenceSeen>(StatusCode::OK, "The difference per qualification, unit, outcome and criterion."),
        Operation::get("/api/v1/specifications/{id}/files/{file}", "findSpecificationFile", "A specification as a file, without guidance", export_file)
            .tag("Specifications")
            .about("The file is `specification.toml`, `specification.json`, `case-1.1.json` or `case-1.0.json`.")
            .access(LOADS)
            .answers_file_of(&["application/json", "application/toml"], "The file."),
        Operation::post("/api/v1/specifications/{id}/title-check", "checkTitles", "Find short and wrong titles in a text", check_titles)
            .tag("Specifications")
            .about("Every place that means a qualification without giving its full title, as an awarding body asks of advertisements. Nothing is kept.")
            .takes::<TextToCheck>()
            .answers_list::<WrongTitle>("The places, from the beginning of the text on."),
        Operation::get("/api/v1/specifications/{id}/qualifications/{code}/rule", "summariseRule", "What a rule of combination comes to over all valid choices", summarise)
            .tag("Specifications")
            .about("The exact numbers of valid and of minimal choices, and the least and most units, credits and hours.")
            .answers::<RuleSummary>(StatusCode::OK, "The summary."),
        Operation::post("/api/v1/specifications/{id}/qualifications/{code}/rule/judge", "judgeUnits", "Judge units by a rule of combination; records nothing", judge_units)
            .tag("Specifications")
            .about("Two answers: whether the units make an award, and whether the choice as a whole is permitted.")
            .takes::<UnitsToJudge>()
            .answers::<RuleJudged>(StatusCode::OK, "The units, judged."),
        Operation::post("/api/v1/specifications/{id}/qualifications/{code}/rule/plan", "planQualification", "Find the cheapest way through a rule of combination; records nothing", plan_units)
            .tag("Specifications")
            .takes::<WayAsked>()
            .answers::<BestWay>(StatusCode::OK, "The ways of the least cost, or why the rule cannot be met."),
        Operation::get("/api/v1/qualifications", "listQualifications", "The qualifications of published specifications", qualifications)
            .tag("Specifications")
            .answers_list::<QualificationLine>("Each qualification once, from the newest version that holds it."),
    ]
}

/// The text of a specification.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewSpecification {
    /// True for JSON, false for TOML.
    #[serde(default)]
    json: bool,
    text: String,
}

/// The draft that was made.
#[derive(serde::Serialize, utoipa::ToSchema)]
struct Loaded {
    #[schema(value_type = String)]
    specification: SpecificationId,
}

/// The version to compare with.
#[derive(serde::Deserialize, utoipa::IntoParams)]
struct ComparedWith {
    /// Id of the other version.
    #[param(value_type = Option<String>)]
    from: Option<SpecificationId>,
}

async fn changes(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SpecificationId>,
    InQuery(compared): InQuery<ComparedWith>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| {
            difference::see(asking, &id, compared.from.as_ref())
        })
        .await
}

async fn export_file(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath((id, file)): InPath<(SpecificationId, String)>,
) -> ApiAnswer {
    let (media, _, text) = state
        .ask(&caller.caller(), move |asking| export::file(asking, &id, &file))
        .await?;
    Ok(([(axum::http::header::CONTENT_TYPE, media)], text).into_response())
}

/// Units to judge by a rule.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct UnitsToJudge {
    /// Unit numbers.
    units: Vec<String>,
}

type OfQualification = InPath<(SpecificationId, String)>;

async fn summarise(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath((id, code)): OfQualification,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| rule::summary(asking, &id, &code))
        .await
}

async fn judge_units(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath((id, code)): OfQualification,
    Sent(sent): Sent<UnitsToJudge>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| rule::judge(asking, &id, &code, &sent.units))
        .await
}

async fn plan_units(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath((id, code)): OfQualification,
    Sent(asked): Sent<WayAsked>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| rule::plan(asking, &id, &code, &asked))
        .await
}

/// The next stage.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct NewMove {
    to: Move,
}

/// A text in which titles are checked.
#[derive(serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
struct TextToCheck {
    /// At most 100,000 characters.
    text: String,
}

/// A place that means a qualification without giving its full title.
#[derive(serde::Serialize, utoipa::ToSchema)]
struct WrongTitle {
    /// From 1.
    line: u32,
    /// In characters, from 1.
    column: u32,
    /// The words that stand there.
    found: String,
    /// The full titles that may be meant, the likeliest first.
    titles: Vec<String>,
}

/// A qualification on offer.
#[derive(serde::Serialize, utoipa::ToSchema)]
struct QualificationLine {
    #[schema(value_type = String)]
    specification: SpecificationId,
    code: String,
    title: String,
    /// Number on the regulator's register.
    number: String,
    level: u8,
    tqt: u32,
    glh: u32,
    minimum_credits: u32,
    /// The rule of combination in plain English, a line for each thing it asks for.
    rule: Vec<String>,
}

async fn list(State(state): State<AppState>, caller: ApiCaller) -> ApiAnswer {
    caller.ask(&state, list_visible).await
}

async fn load(
    State(state): State<AppState>,
    caller: ApiCaller,
    Sent(new): Sent<NewSpecification>,
) -> ApiAnswer {
    let format = if new.json { Format::Json } else { Format::Toml };
    let input = LoadSpecification {
        format,
        text: new.text,
    };
    caller
        .act(&state, StatusCode::CREATED, move |acting| {
            Ok(Loaded {
                specification: load::run(acting, input)?,
            })
        })
        .await
}

async fn find(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SpecificationId>,
) -> ApiAnswer {
    caller
        .ask(&state, move |asking| {
            let seen = see(asking, &id)?;
            let mut shown = serde_json::to_value(seen.specification.view())?;
            if let Some(members) = shown.as_object_mut() {
                members.insert("standing".to_owned(), serde_json::to_value(&seen.row)?);
            }
            Ok(shown)
        })
        .await
}

async fn move_on(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SpecificationId>,
    Sent(new): Sent<NewMove>,
) -> ApiAnswer {
    caller
        .act(&state, StatusCode::NO_CONTENT, move |acting| {
            see(&mut acting.asking(), &id)?;
            stage::run(acting, &id, new.to)
        })
        .await
}

async fn check_titles(
    State(state): State<AppState>,
    caller: ApiCaller,
    InPath(id): InPath<SpecificationId>,
    Sent(sent): Sent<TextToCheck>,
) -> ApiAnswer {
    if sent.text.chars().count() > LONGEST_TEXT {
        let words = "The text is longer than 100,000 characters. Check it in parts.";
        return Err(ApiFailure(Failure::unreadable("text", words)));
    }
    caller
        .ask(&state, move |asking| {
            let seen = see(asking, &id)?;
            let found = list_misnamings(&seen.specification, &sent.text).into_iter();
            Ok(found
                .map(|place| WrongTitle {
                    line: place.line,
                    column: place.column,
                    found: place.found,
                    titles: place.titles,
                })
                .collect::<Vec<_>>())
        })
        .await
}

async fn qualifications(State(state): State<AppState>, caller: ApiCaller) -> ApiAnswer {
    caller
        .ask(&state, |asking| {
            asking.actor()?;
            let lines = list_qualifications(asking.app, asking.tx)?
                .into_iter()
                .map(|offered| {
                    let qualification = offered.qualification;
                    QualificationLine {
                        specification: offered.row.id,
                        number: qualification.number.to_string(),
                        level: qualification.level,
                        tqt: qualification.tqt,
                        glh: qualification.glh,
                        minimum_credits: qualification.minimum_credits,
                        rule: qualification.rule.in_words(),
                        code: qualification.code,
                        title: qualification.title,
                    }
                });
            Ok(lines.collect::<Vec<_>>())
        })
        .await
}
