//! Signing in, sessions, forms.

use crate::browser::Site;
use assay_testkit::World;
use assay_testkit::world::PASSWORD;
use assay_web::Settings;
use axum::http::{StatusCode, header};
use jiff::SignedDuration;

/// A site whose administrator can sign in as `ada.whitlock@example.org`.
fn site() -> Site {
    let world = World::new();
    world.with_password(&world.administrator);
    Site::of(world)
}

const ADA: &str = "ada.whitlock@example.org";

#[tokio::test]
async fn a_person_signs_in_sees_the_home_page_and_signs_out() {
    let site = site();
    let mut browser = site.browser();
    let away = browser.get("/").await;
    assert_eq!(
        (away.status, away.location()),
        (StatusCode::SEE_OTHER, "/sign-in?back=%2F")
    );
    let entered = browser.sign_in("Ada.Whitlock@example.org ", PASSWORD).await;
    assert_eq!(
        (entered.status, entered.location()),
        (StatusCode::SEE_OTHER, "/"),
        "{}",
        entered.body
    );
    let home = browser.get("/").await;
    assert_eq!(home.status, StatusCode::OK);
    assert!(
        home.body.contains("Ada Whitlock") && home.body.contains("Administrator"),
        "{}",
        home.body
    );
    assert_eq!(home.headers[header::CACHE_CONTROL], "no-store");
    let left = browser.fill("/", "/sign-out", &[]).await;
    assert_eq!(left.location(), "/sign-in");
    assert_eq!(browser.get("/").await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_are_answered_alike() {
    let site = site();
    let wrong = site.browser().sign_in(ADA, "not the password").await;
    let unknown = site
        .browser()
        .sign_in("nobody@example.org", "not the password")
        .await;
    assert_eq!(
        (wrong.status, unknown.status),
        (StatusCode::UNPROCESSABLE_ENTITY, StatusCode::UNPROCESSABLE_ENTITY)
    );
    let said = |body: &str| body.contains("E-mail address or password is not right");
    assert!(said(&wrong.body) && said(&unknown.body));
    assert!(
        wrong.body.contains(&format!("value=\"{ADA}\"")),
        "the address is kept"
    );
    assert!(!wrong.body.contains("not the password"), "the password is not");
}

#[tokio::test]
async fn after_five_failures_the_right_password_has_to_wait() {
    let site = site();
    for _ in 0..5 {
        site.browser().sign_in(ADA, "guess and guess").await;
    }
    assert_eq!(
        site.browser().sign_in(ADA, PASSWORD).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    site.clock.pass(SignedDuration::from_mins(2));
    assert_eq!(
        site.browser().sign_in(ADA, PASSWORD).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn a_session_ends_when_it_is_idle_and_when_it_is_old() {
    let site = site();
    let mut browser = site.browser();
    browser.sign_in(ADA, PASSWORD).await;
    for _ in 0..6 {
        site.clock.pass(SignedDuration::from_mins(110));
        assert_eq!(browser.get("/").await.status, StatusCode::OK);
    }
    site.clock.pass(SignedDuration::from_mins(110));
    assert_eq!(
        browser.get("/").await.status,
        StatusCode::SEE_OTHER,
        "older than twelve hours"
    );
    browser.sign_in(ADA, PASSWORD).await;
    site.clock.pass(SignedDuration::from_mins(121));
    assert_eq!(
        browser.get("/").await.status,
        StatusCode::SEE_OTHER,
        "idle for two hours"
    );
}

#[tokio::test]
async fn a_form_from_elsewhere_is_not_carried_out() {
    let site = site();
    let mut browser = site.browser();
    browser.sign_in(ADA, PASSWORD).await;
    let page = browser.get("/account").await;
    let csrf = page.hidden("_csrf");
    let without = browser.post_raw("/account/sign-out-elsewhere", &[]).await;
    assert_eq!(without.status, StatusCode::FORBIDDEN);
    let other = browser
        .post_raw(
            "/account/sign-out-elsewhere",
            &[("_csrf", &csrf.chars().rev().collect::<String>())],
        )
        .await;
    assert_eq!(other.status, StatusCode::FORBIDDEN);
    let request = axum::http::Request::post("/account/sign-out-elsewhere")
        .header(header::COOKIE, format!("assay={}", browser.cookies["assay"]))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site")
        .body(axum::body::Body::from(format!("_csrf={csrf}")))
        .unwrap();
    assert_eq!(browser.send(request).await.status, StatusCode::FORBIDDEN);
    assert_eq!(
        browser
            .post_raw("/account/sign-out-elsewhere", &[("_csrf", &csrf)])
            .await
            .status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn a_changed_password_signs_out_everywhere_else() {
    let site = site();
    let (mut here, mut there) = (site.browser(), site.browser());
    here.sign_in(ADA, PASSWORD).await;
    there.sign_in(ADA, PASSWORD).await;
    let fields = [
        ("password_now", PASSWORD),
        ("password", "eight blue bottles"),
        ("again", "eight blue bottles"),
    ];
    let wrong = here
        .fill(
            "/account",
            "/account/password",
            &[("password_now", "no"), fields[1], fields[2]],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(wrong.body.contains("This is not your present password."));
    let changed = here.fill("/account", "/account/password", &fields).await;
    assert_eq!(
        (changed.status, changed.location()),
        (StatusCode::SEE_OTHER, "/account"),
        "{}",
        changed.body
    );
    let shown = here.get("/account").await;
    assert!(shown.body.contains("Your password is changed"), "{}", shown.body);
    assert!(
        !here
            .get("/account")
            .await
            .body
            .contains("Your password is changed"),
        "said once"
    );
    assert_eq!(there.get("/").await.status, StatusCode::SEE_OTHER);
    assert_eq!(
        site.browser().sign_in(ADA, "eight blue bottles").await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn a_forgotten_password_is_answered_alike_for_known_and_unknown_addresses() {
    let site = site();
    let known = site
        .browser()
        .fill("/forgotten-password", "/forgotten-password", &[("email", ADA)])
        .await;
    let unknown = site
        .browser()
        .fill(
            "/forgotten-password",
            "/forgotten-password",
            &[("email", "x@example.org")],
        )
        .await;
    let plain = |body: &str| body.split("<main").nth(1).unwrap_or_default().to_owned();
    assert_eq!(plain(&known.body), plain(&unknown.body));
    let folder = tempfile::tempdir().unwrap();
    let sent = deliver(&site, folder.path()).await;
    assert_eq!(sent, 3, "two invitations and the reset");
    let letters: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .collect();
    let reset = letters
        .iter()
        .find(|letter| letter.contains("A new password"))
        .unwrap();
    let link = reset.lines().find(|line| line.contains("/link/")).unwrap().trim();
    let path = link.strip_prefix("http://localhost:8080").unwrap();
    let mut browser = site.browser();
    let fields = [("password", "nine red bottles"), ("again", "nine red bottles")];
    let used = browser.fill(path, path, &fields).await;
    assert_eq!(
        (used.status, used.location()),
        (StatusCode::SEE_OTHER, "/"),
        "{}",
        used.body
    );
    assert_eq!(browser.get("/").await.status, StatusCode::OK);
    assert_eq!(
        site.browser().get(path).await.status,
        StatusCode::NOT_FOUND,
        "it works once"
    );
}

/// A call without a token.
async fn open_call(site: &Site, method: &str, path: &str, body: Option<&str>) -> crate::browser::Answer {
    let request = axum::http::Request::builder()
        .method(method)
        .uri(path)
        .header("content-type", "application/json")
        .body(axum::body::Body::from(body.unwrap_or_default().to_owned()))
        .unwrap();
    site.browser().send(request).await
}

#[tokio::test]
async fn a_program_asks_for_a_reset_and_chooses_a_password_by_its_link() {
    let site = site();
    for address in [ADA, "x@example.org"] {
        let body = serde_json::json!({ "email": address }).to_string();
        let asked = open_call(&site, "POST", "/api/v1/forgotten-password", Some(&body)).await;
        assert_eq!((asked.status, asked.body.as_str()), (StatusCode::NO_CONTENT, ""));
    }
    let folder = tempfile::tempdir().unwrap();
    deliver(&site, folder.path()).await;
    let token = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .find(|letter| letter.contains("A new password"))
        .and_then(|letter| {
            let link = letter.lines().find(|line| line.contains("/link/"))?;
            Some(link.trim().rsplit_once('/')?.1.to_owned())
        })
        .unwrap();
    let path = format!("/api/v1/links/{token}");
    let looked = open_call(&site, "GET", &path, None).await;
    assert_eq!(looked.json()["invitation"], false);
    let short = open_call(&site, "POST", &path, Some(r#"{"password":"short"}"#)).await;
    assert_eq!(short.status, StatusCode::BAD_REQUEST, "{}", short.body);
    let chosen = open_call(
        &site,
        "POST",
        &path,
        Some(r#"{"password":"seven green bottles"}"#),
    )
    .await;
    assert_eq!(chosen.status, StatusCode::NO_CONTENT, "{}", chosen.body);
    let used = open_call(&site, "GET", &path, None).await;
    assert_eq!(used.status, StatusCode::NOT_FOUND, "it works once");
    let signed_in = site.browser().sign_in(ADA, "seven green bottles").await;
    assert_eq!(signed_in.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn only_a_demonstration_lets_one_in_without_a_password() {
    let strict = site();
    assert!(!strict.browser().get("/sign-in").await.body.contains("Try it as"));
    let id = strict.world.administrator.to_string();
    let refused = strict
        .browser()
        .fill("/sign-in", "/demonstration/sign-in", &[("person", &id)])
        .await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let settings = Settings {
        demonstration: Some("Demonstration".into()),
        ..Settings::default()
    };
    let open = Site::with(World::new(), settings);
    let mut browser = open.browser();
    let page = browser.get("/sign-in").await;
    assert!(
        page.body.contains("Try it as") && page.body.contains("Quentin Marsh"),
        "{}",
        page.body
    );
    let id = open.world.quality_manager.to_string();
    let entered = browser
        .fill(
            "/sign-in",
            "/demonstration/sign-in",
            &[("person", &id), ("back", "/")],
        )
        .await;
    assert_eq!((entered.status, entered.location()), (StatusCode::SEE_OTHER, "/"));
    assert!(browser.get("/").await.body.contains("Quality manager"));
}

#[tokio::test]
async fn every_answer_carries_the_headers_of_the_browsers_own_defences() {
    let site = site();
    for path in [
        "/sign-in",
        "/health",
        "/nowhere",
        "/api/v1/openapi.json",
        "/api/v1/nowhere",
    ] {
        let answer = site.browser().get(path).await;
        let policy = answer.headers[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(
            policy.contains("default-src 'self'") && policy.contains("frame-ancestors 'none'"),
            "{path}"
        );
        assert_eq!(
            answer.headers[header::X_CONTENT_TYPE_OPTIONS],
            "nosniff",
            "{path}"
        );
    }
    let asset = site.browser().get(&assay_pages::asset_url("app.css")).await;
    assert_eq!(asset.status, StatusCode::OK);
    assert!(
        asset.headers[header::CACHE_CONTROL]
            .to_str()
            .unwrap()
            .contains("immutable")
    );
    let nowhere = site.browser().get("/nowhere").await;
    assert_eq!(nowhere.status, StatusCode::NOT_FOUND);
    assert!(nowhere.body.contains("There is nothing here"));
}

async fn deliver(site: &Site, folder: &std::path::Path) -> u32 {
    let (folder, moment) = (folder.to_owned(), site.state.moment());
    site.state
        .work(move |app| assay_app::outbox::deliver(app, &folder, moment))
        .await
        .unwrap()
}
