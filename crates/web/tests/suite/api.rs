//! The JSON API.

use crate::browser::{Answer, Site};
use assay_app::account::token::{self, MakeToken, Scope};
use assay_domain::id::PersonId;
use assay_testkit::World;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};
use serde_json::{Value, json};

pub fn token_of(world: &World, person: &PersonId, scope: Scope) -> String {
    let input = MakeToken {
        name: "test".into(),
        scope,
        days: 90,
    };
    world
        .act(person, move |acting| token::make(acting, input))
        .unwrap()
}

pub async fn call(
    site: &Site,
    token: &str,
    method: Method,
    path: &str,
    key: Option<&str>,
    body: Option<Value>,
) -> Answer {
    let mut request = Request::builder()
        .method(method)
        .uri(path)
        .header(header::AUTHORIZATION, format!("Bearer {token}"));
    if let Some(key) = key {
        request = request.header("idempotency-key", key);
    }
    if body.is_some() {
        request = request.header(header::CONTENT_TYPE, "application/json");
    }
    let body = body.map_or(Body::empty(), |body| Body::from(body.to_string()));
    site.browser().send(request.body(body).unwrap()).await
}

#[tokio::test]
async fn a_program_adds_a_person_and_finds_them() {
    let world = World::new();
    let token = token_of(&world, &world.administrator, Scope::Write);
    let site = Site::of(world);
    let person = json!({ "given": "Amira", "family": "Khan", "email": "amira@example.org" });
    let added = call(&site, &token, Method::POST, "/api/v1/people", None, Some(person)).await;
    assert_eq!(added.status, StatusCode::CREATED, "{}", added.body);
    let id = added.json()["person"].as_str().unwrap().to_owned();
    let found = call(
        &site,
        &token,
        Method::GET,
        &format!("/api/v1/people/{id}"),
        None,
        None,
    )
    .await;
    assert_eq!(found.json()["name"], "Amira Khan");
    let listed = call(&site, &token, Method::GET, "/api/v1/people?q=ami", None, None).await;
    assert_eq!(listed.json()["total"], 1);
}

#[tokio::test]
async fn the_same_key_gives_the_same_answer_and_acts_once() {
    let world = World::new();
    let token = token_of(&world, &world.administrator, Scope::Write);
    let site = Site::of(world);
    let amira = json!({ "given": "Amira", "family": "Khan" });
    let send = |body: Value| {
        call(
            &site,
            &token,
            Method::POST,
            "/api/v1/people",
            Some("k-1"),
            Some(body),
        )
    };
    let first = send(amira.clone()).await;
    let second = send(amira).await;
    assert_eq!(
        (first.status, second.status),
        (StatusCode::CREATED, StatusCode::CREATED)
    );
    assert_eq!(first.body, second.body);
    assert_eq!(second.headers["idempotent-replayed"], "true");
    let other = send(json!({ "given": "Other", "family": "Person" })).await;
    assert_eq!(
        (other.status, &other.json()["code"]),
        (StatusCode::UNPROCESSABLE_ENTITY, &json!("IDEMPOTENCY_KEY_REUSED"))
    );
    let listed = call(&site, &token, Method::GET, "/api/v1/people?q=khan", None, None).await;
    assert_eq!(listed.json()["total"], 1);
}

#[tokio::test]
async fn without_a_valid_token_nothing_is_answered_and_a_reading_token_does_not_write() {
    let world = World::new();
    let reading = token_of(&world, &world.administrator, Scope::Read);
    let site = Site::of(world);
    let unknown = call(&site, "assay_nothing", Method::GET, "/api/v1/people", None, None).await;
    assert_eq!(unknown.status, StatusCode::UNAUTHORIZED);
    assert_eq!(unknown.headers[header::WWW_AUTHENTICATE], "Bearer");
    assert_eq!(unknown.headers[header::CONTENT_TYPE], "application/problem+json");
    assert_eq!(
        call(&site, &reading, Method::GET, "/api/v1/people", None, None)
            .await
            .status,
        StatusCode::OK
    );
    let person = json!({ "given": "Amira", "family": "Khan" });
    let write = call(
        &site,
        &reading,
        Method::POST,
        "/api/v1/people",
        None,
        Some(person),
    )
    .await;
    assert_eq!(write.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn what_cannot_be_read_or_is_refused_is_told_as_a_problem() {
    let world = World::new();
    let token = token_of(&world, &world.administrator, Scope::Write);
    let site = Site::of(world);
    let post = |body: Value| call(&site, &token, Method::POST, "/api/v1/people", None, Some(body));
    let missing = post(json!({ "given": "Amira" })).await;
    assert_eq!(missing.status, StatusCode::BAD_REQUEST);
    assert_eq!(missing.json()["complaints"][0]["field"], "family");
    let refused = post(json!({ "given": "Amira", "family": "Khan", "email": "no address" })).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    let problem = refused.json();
    assert_eq!(
        (&problem["code"], &problem["refusals"][0]["field"]),
        (&json!("FIELD_MISSING"), &json!("email"))
    );
    let nowhere = call(
        &site,
        &token,
        Method::GET,
        "/api/v1/people/prs_nobody",
        None,
        None,
    )
    .await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    assert_eq!(nowhere.headers[header::CONTENT_TYPE], "application/problem+json");
    let no_id = call(&site, &token, Method::GET, "/api/v1/people/x", None, None).await;
    assert_eq!(
        (no_id.status, &no_id.json()["type"]),
        (StatusCode::NOT_FOUND, &json!("/api/v1#not-found"))
    );
    let method = call(&site, &token, Method::DELETE, "/api/v1/people", None, None).await;
    assert_eq!(method.status, StatusCode::METHOD_NOT_ALLOWED);
    let text = Request::post("/api/v1/people").header(header::AUTHORIZATION, format!("Bearer {token}"));
    let text = site
        .browser()
        .send(text.body(Body::from("given=Amira")).unwrap())
        .await;
    assert_eq!(text.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn the_description_names_every_operation_and_every_answer_given_above() {
    let site = Site::of(World::new());
    let described = site.browser().get("/api/v1/openapi.json").await.json();
    assert_eq!(
        described["openapi"].as_str().unwrap().split('.').next(),
        Some("3")
    );
    let answers = described["paths"]["/api/v1/people"]["post"]["responses"]
        .as_object()
        .unwrap();
    for status in [
        "201", "400", "401", "403", "404", "409", "413", "415", "422", "500", "503",
    ] {
        assert!(answers.contains_key(status), "{status}");
    }
    let text = described.to_string();
    let schemas = described["components"]["schemas"].as_object().unwrap();
    for name in text
        .split("#/components/schemas/")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
    {
        assert!(
            schemas.contains_key(name),
            "{name} is referred to and not described"
        );
    }
    let page = site.browser().get("/api/v1").await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("/api/v1/people/{person}/roles"));
}
