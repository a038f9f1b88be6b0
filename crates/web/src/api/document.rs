//! The API's own description: OpenAPI 3.1 for programs, a page for people.

use crate::AppState;
use crate::page;
use crate::routes::Route;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use std::sync::LazyLock;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::openapi::{ComponentsBuilder, InfoBuilder, OpenApi, OpenApiBuilder, Paths};

/// The addresses of the description; open to everybody, and not listed in it.
pub fn routes() -> Vec<Route> {
    vec![
        Route::get("/api/v1/openapi.json", "anybody", json),
        Route::get("/api/v1", "anybody", page),
    ]
}

/// The description of every operation.
pub fn openapi() -> OpenApi {
    let mut paths = Paths::new();
    let mut components = ComponentsBuilder::new();
    for operation in super::operations() {
        let (path, method, doc, schemas) = operation.document();
        paths.add_path_operation(path, vec![method], doc);
        components = components.schemas_from_iter(schemas);
    }
    let token = SecurityScheme::Http(
        HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some(
                "A personal token, made under Your account. It acts as its owner.",
            ))
            .build(),
    );
    OpenApiBuilder::new()
        .info(
            InfoBuilder::new()
                .title("Assay")
                .version(env!("CARGO_PKG_VERSION"))
                .description(Some(ABOUT)),
        )
        .paths(paths)
        .components(Some(components.security_scheme("token", token).build()))
        .build()
}

/// What holds for every operation.
const ABOUT: &str = "From a syllabus to a certificate anyone can check.\n\n\
    A program acts as the owner of its token and may do what they may do on the pages, by the same rules. A token with the \
    scope read may only ask; one with the scope write may also act. Make one under Your account, or by makeToken.\n\n\
    A write may carry an Idempotency-Key: the same request under the same key is carried out once and gives the same answer, \
    for seven days.\n\n\
    What is refused, cannot be read or broke is told as a problem document (RFC 9457). Where the rules say no, it holds each \
    reason with its code, what would help, who can do that, and where the rule comes from. What does not exist and what the \
    caller may not see are answered alike.";

static TEXT: LazyLock<String> = LazyLock::new(|| openapi().to_json().unwrap_or_default());

async fn json() -> Response {
    (
        [
            (header::CONTENT_TYPE, "application/json"),
            (header::CACHE_CONTROL, "public, max-age=300"),
        ],
        TEXT.as_str(),
    )
        .into_response()
}

/// The description for people: every operation with its address, and every kind of problem.
async fn page(State(state): State<AppState>) -> Response {
    let mut operations: Vec<assay_pages::api::Line> = super::operations()
        .into_iter()
        .map(|operation| assay_pages::api::Line {
            tag: operation.tag.to_owned(),
            method: operation.route.method.to_string(),
            path: operation.route.path.to_owned(),
            id: operation.id.to_owned(),
            summary: operation.summary.to_owned(),
            access: operation.route.access.to_owned(),
        })
        .collect();
    operations.sort_by(|a, b| (&a.tag, &a.path, &a.method).cmp(&(&b.tag, &b.path, &b.method)));
    let shell = assay_pages::Shell {
        title: "The API".to_owned(),
        banner: state.settings().demonstration.clone(),
        ..assay_pages::Shell::default()
    };
    page::html(&assay_pages::api::ApiPage { shell, operations })
}
