//! Writing, uploading, marking and handing in, by page and by API.

use crate::api::{call, token_of};
use crate::browser::{Answer, Browser, Site};
use assay_app::account::token::Scope;
use assay_domain::Role;
use assay_testkit::Study;
use assay_testkit::study::{UNIT, register};
use assay_testkit::world::PASSWORD;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode, header};

struct There {
    site: Site,
    registration: String,
    piece: String,
}

const TEXT: &str = "# Coaching\n\nWe coached the team weekly.\n\nThe plan says who does what & when.";

/// A learner with one saved piece.
fn there() -> There {
    let study = Study::new();
    let piece = study.piece("Report", TEXT);
    There {
        registration: study.registration.to_string(),
        piece: piece.to_string(),
        site: Site::of(study.world),
    }
}

impl There {
    async fn signed_in(&self, who: &str) -> Browser {
        let mut browser = self.site.browser();
        browser.sign_in(&format!("{who}@example.org"), PASSWORD).await;
        browser
    }

    fn hand_in(&self) -> String {
        format!("/registrations/{}/units/{UNIT}/hand-in", self.registration)
    }
}

fn cookies(browser: &Browser) -> String {
    browser
        .cookies
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect::<Vec<_>>()
        .join("; ")
}

/// Posts a multipart form: the guard's fields from the page `on`, then these, then the file.
async fn upload(
    browser: &mut Browser,
    on: &str,
    path: &str,
    fields: &[(&str, &str)],
    file: (&str, &[u8]),
) -> Answer {
    let page = browser.get(on).await;
    let (csrf, once) = (page.hidden("_csrf"), page.hidden("_once"));
    let request = multipart(
        browser,
        path,
        &[&[("_csrf", csrf.as_str()), ("_once", &once)], fields].concat(),
        file,
    );
    browser.send(request).await
}

fn multipart(browser: &Browser, path: &str, fields: &[(&str, &str)], file: (&str, &[u8])) -> Request<Body> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend_from_slice(
            format!("--line\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")
                .as_bytes(),
        );
    }
    body.extend_from_slice(
        format!(
            "--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{}\"\r\nContent-Type: text/html\r\n\r\n",
            file.0
        )
        .as_bytes(),
    );
    body.extend_from_slice(file.1);
    body.extend_from_slice(b"\r\n--line--\r\n");
    Request::post(path)
        .header(header::COOKIE, cookies(browser))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=line")
        .body(Body::from(body))
        .unwrap()
}

#[tokio::test]
async fn a_learner_writes_marks_and_hands_in_without_scripts() {
    let there = there();
    let mut amira = there.signed_in("amira.khan").await;
    let started = amira
        .fill("/evidence/new", "/evidence/new", &[("title", "Reflection")])
        .await;
    let piece = started.location().to_owned();
    assert!(piece.starts_with("/evidence/evd_"), "{}", started.body);
    let saved = amira
        .fill(
            &piece,
            &piece,
            &[("text", "First.\r\n\r\nSecond answers it."), ("version", "0")],
        )
        .await;
    assert_eq!(saved.status, StatusCode::SEE_OTHER, "{}", saved.body);
    let mark = format!("{piece}/mark");
    let marked = amira
        .fill(
            &mark,
            &mark,
            &[
                ("paragraph", "2"),
                ("criterion", "7020V1/1.1"),
                ("criterion", "7002V1/2.1"),
            ],
        )
        .await;
    assert_eq!(marked.location(), mark, "{}", marked.body);
    let shown = amira.get(&mark).await;
    assert!(shown.body.contains("Second answers it.</mark>"), "{}", shown.body);

    let page = amira.get(&there.hand_in()).await;
    assert!(
        page.body.contains("Reflection") && page.body.contains("Report"),
        "{}",
        page.body
    );
    let id = piece.trim_start_matches("/evidence/").to_owned();
    let refused = amira
        .fill(&there.hand_in(), &there.hand_in(), &[("items", &id)])
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("not declared as your own") && refused.body.contains("EVIDENCE_UNDECLARED")
    );
    let declared = [("items", id.as_str()), ("own_work", "yes"), ("ai_use", "none")];
    let handed_in = amira.fill(&there.hand_in(), &there.hand_in(), &declared).await;
    assert!(
        handed_in.location().starts_with("/submissions/sub_"),
        "{}",
        handed_in.body
    );
    let read = amira.get(handed_in.location()).await;
    assert!(
        read.body.contains("The pieces are as they were handed in"),
        "{}",
        read.body
    );
    let mut asif = there.signed_in("asif.rahman").await;
    let read = asif.get(handed_in.location()).await;
    assert!(read.body.contains("Second answers it.</mark>"), "{}", read.body);
    let unit = asif
        .get(&format!("/registrations/{}/units/{UNIT}", there.registration))
        .await;
    assert!(unit.body.contains("Attempt 1") && unit.body.contains("Guidance, not a requirement"));
}

#[tokio::test]
async fn what_is_typed_is_kept_and_a_newer_text_is_shown_beside() {
    let there = there();
    let mut amira = there.signed_in("amira.khan").await;
    let piece = format!("/evidence/{}", there.piece);
    let csrf = amira.get(&piece).await.hidden("_csrf");
    let send = |text: &str, version: u64, cookies: String| {
        Request::post(format!("{piece}/draft"))
            .header(header::COOKIE, cookies)
            .header(header::CONTENT_TYPE, "application/json")
            .header("x-csrf-token", &csrf)
            .body(Body::from(
                serde_json::json!({ "text": text, "version": version }).to_string(),
            ))
            .unwrap()
    };
    let line = cookies(&amira);
    let kept = amira.send(send("one", 0, line.clone())).await;
    assert_eq!(
        (kept.status, kept.json()["version"].as_u64()),
        (StatusCode::OK, Some(1))
    );
    let newer = amira.send(send("two", 0, line.clone())).await;
    assert_eq!(newer.status, StatusCode::CONFLICT);
    assert_eq!(newer.json()["text"], "one");
    // A form from a page that was open all the time does not overwrite either.
    let stale = amira
        .fill(&piece, &piece, &[("text", "three"), ("version", "0")])
        .await;
    assert_eq!(stale.status, StatusCode::CONFLICT);
    assert!(stale.body.contains("one</textarea>") && stale.body.contains("three</textarea>"));
    let mut forged = send("four", 1, line);
    forged.headers_mut().remove("x-csrf-token");
    assert_eq!(amira.send(forged).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_uploaded_file_is_what_its_bytes_are_and_is_served_contained_and_in_ranges() {
    let there = there();
    let mut amira = there.signed_in("amira.khan").await;
    let html = b"<html><script>alert(1)</script></html>";
    let refused = upload(
        &mut amira,
        "/evidence/new",
        "/evidence/upload",
        &[],
        ("page.pdf", html),
    )
    .await;
    assert_eq!(
        refused.status,
        StatusCode::UNPROCESSABLE_ENTITY,
        "{}",
        refused.body
    );
    assert!(refused.body.contains("EVIDENCE_KIND"));
    let png = b"\x89PNG\r\n\x1A\n0123456789";
    let taken = upload(
        &mut amira,
        "/evidence/new",
        "/evidence/upload",
        &[("title", "Board")],
        ("board.png", png),
    )
    .await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let piece = taken.location().to_owned();
    let page = amira.get(&piece).await;
    let file = format!("{piece}/versions/1/file");
    assert!(
        page.body.contains(&format!("<img src=\"{file}\"")),
        "{}",
        page.body
    );
    let whole = amira.get(&file).await;
    assert_eq!(whole.headers[header::CONTENT_TYPE], "image/png");
    assert!(
        whole.headers[header::CONTENT_SECURITY_POLICY]
            .to_str()
            .unwrap()
            .contains("sandbox")
    );
    assert!(
        whole.headers[header::CONTENT_DISPOSITION]
            .to_str()
            .unwrap()
            .starts_with("inline")
    );
    let ranged = Request::get(&file)
        .header(header::COOKIE, cookies(&amira))
        .header(header::RANGE, "bytes=8-11")
        .body(Body::empty())
        .unwrap();
    let part = amira.send(ranged).await;
    assert_eq!(part.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(
        (
            part.body.as_str(),
            part.headers[header::CONTENT_RANGE].to_str().unwrap()
        ),
        ("0123", "bytes 8-11/18")
    );
    let mut asif = there.signed_in("asif.rahman").await;
    assert_eq!(asif.get(&file).await.status, StatusCode::OK);
}

#[tokio::test]
async fn an_upload_posted_twice_makes_one_piece() {
    let there = there();
    let mut amira = there.signed_in("amira.khan").await;
    let page = amira.get("/evidence/new").await;
    let (csrf, once) = (page.hidden("_csrf"), page.hidden("_once"));
    let fields = [
        ("_csrf", csrf.as_str()),
        ("_once", once.as_str()),
        ("title", "Notes"),
    ];
    let first = multipart(
        &amira,
        "/evidence/upload",
        &fields,
        ("notes.txt", b"Notes of the meeting."),
    );
    let second = multipart(
        &amira,
        "/evidence/upload",
        &fields,
        ("notes.txt", b"Notes of the meeting."),
    );
    let first = amira.send(first).await;
    let second = amira.send(second).await;
    assert_eq!(second.status, StatusCode::SEE_OTHER);
    assert_eq!(first.location(), second.location());
    let forged = multipart(
        &amira,
        "/evidence/upload",
        &[("_csrf", "wrong")],
        ("notes.txt", b"Notes"),
    );
    assert_eq!(amira.send(forged).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn an_upload_that_says_it_has_two_gigabytes_is_answered_before_it_is_read() {
    let there = there();
    let mut amira = there.signed_in("amira.khan").await;
    let mut request = multipart(&amira, "/evidence/upload", &[], ("film.mp4", b"x"));
    request
        .headers_mut()
        .insert(header::CONTENT_LENGTH, "2147483648".parse().unwrap());
    let answer = amira.send(request).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(
        answer.body.contains("larger than 64 MiB") && answer.body.contains("split it into several files")
    );
    assert!(answer.body.contains("<h1>Add evidence</h1>"));
}

#[tokio::test]
async fn a_learner_of_another_centre_is_told_that_there_is_nothing() {
    let mut study = Study::new();
    let piece = study.piece("Report", TEXT);
    let elsewhere = study.world.centre("Southern College");
    study.world.offers(&elsewhere, &["7D2V2"]);
    let carl = study
        .world
        .person_with("Carl Ember", Role::Coordinator, &elsewhere);
    let (_, boris) = register(&study.world, &carl, &elsewhere, "Boris Novak");
    study.world.with_password(&boris);
    let registration = study.registration.to_string();
    let site = Site::of(study.world);
    let mut boris = site.browser();
    boris.sign_in("boris.novak@example.org", PASSWORD).await;
    for path in [
        format!("/evidence/{piece}"),
        format!("/evidence/{piece}/read"),
        format!("/evidence/{piece}/mark"),
        format!("/evidence/{piece}/versions/1/file"),
        format!("/registrations/{registration}/units/{UNIT}"),
        format!("/registrations/{registration}/units/{UNIT}/hand-in"),
        format!("/registrations/{registration}/record"),
        "/evidence/evd_nothing".to_owned(),
        "/evidence/..%2F..%2Fetc".to_owned(),
    ] {
        assert_eq!(boris.get(&path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
    let posted = boris
        .fill(
            "/evidence/new",
            &format!("/evidence/{piece}"),
            &[("text", "mine now")],
        )
        .await;
    assert_eq!(posted.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_assessor_records_a_viva_and_gaps_are_told_beside_their_fields() {
    let there = there();
    let mut asif = there.signed_in("asif.rahman").await;
    let path = format!("/registrations/{}/record", there.registration);
    let gaps = [
        ("kind", "viva"),
        ("title", "Viva"),
        ("held_on", "14/10/2019"),
        ("question-1", "Why?"),
    ];
    let told = asif.fill(&path, &path, &gaps).await;
    assert_eq!(told.status, StatusCode::BAD_REQUEST);
    assert!(told.body.contains("Enter what was answered"), "{}", told.body);
    let whole = [&gaps[..], &[("answer-1", "Because the team asked for it.")]].concat();
    let done = asif.fill(&path, &path, &whole).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let mut amira = there.signed_in("amira.khan").await;
    let read = amira.get(done.location()).await;
    assert!(
        read.body.contains("Because the team asked for it."),
        "{}",
        read.body
    );
    assert_eq!(amira.get(&path).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_preview_shows_tables_and_pictures_and_runs_nothing() {
    let there = there();
    let mut amira = there.signed_in("amira.khan").await;
    let piece = format!("/evidence/{}", there.piece);
    let text = "| a | b |\n|---|---|\n| c | d |\n\n<script>alert(1)</script>\n\n![x](https://evil.example/x.png)\n\n![board](/evidence/evd_1/versions/1/file)";
    let shown = amira
        .fill(
            &piece,
            &format!("{piece}/preview"),
            &[("text", text), ("version", "0")],
        )
        .await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(
        shown.body.contains("<table>")
            && shown
                .body
                .contains("<img src=\"/evidence/evd_1/versions/1/file\"")
    );
    assert!(!shown.body.contains("<script>alert") && !shown.body.contains("src=\"https://evil"));
}

#[tokio::test]
async fn a_program_previews_a_text_and_puts_a_picture_at_its_end() {
    let study = Study::new();
    let piece = study.piece("Report", TEXT);
    let token = token_of(&study.world, &study.learner, Scope::Write);
    let site = Site::of(study.world);
    let address = format!("/api/v1/evidence/{piece}");
    let text = serde_json::json!({ "text": "# Head\n\n<script>alert(1)</script>" });
    let shown = call(
        &site,
        &token,
        Method::POST,
        &format!("{address}/preview"),
        None,
        Some(text),
    )
    .await;
    let html = shown.json()["html"].as_str().unwrap_or_default().to_owned();
    assert!(
        html.contains("<h3") && !html.contains("<script"),
        "{}",
        shown.body
    );

    let put_in = |name: &'static str, bytes: &'static [u8]| {
        let request = Request::post(format!("{address}/pictures?name={name}&alt=A%20[big]%20board"))
            .header(header::AUTHORIZATION, format!("Bearer {token}"))
            .header(header::CONTENT_TYPE, "application/octet-stream")
            .body(Body::from(bytes))
            .unwrap();
        let site = &site;
        async move { site.browser().send(request).await }
    };
    let no_picture = put_in("notes.txt", b"only words").await;
    assert_eq!(no_picture.status, StatusCode::BAD_REQUEST, "{}", no_picture.body);
    let put = put_in("board.png", b"\x89PNG\r\n\x1A\n0123456789").await;
    assert_eq!(put.status, StatusCode::CREATED, "{}", put.body);
    let draft = call(
        &site,
        &token,
        Method::GET,
        &format!("{address}/draft"),
        None,
        None,
    )
    .await;
    let typed = draft.json()["text"].as_str().unwrap_or_default().to_owned();
    let made = put.json()["evidence"].as_str().unwrap_or_default().to_owned();
    assert!(typed.starts_with(TEXT), "{typed}");
    assert!(
        typed.ends_with(&format!("![A big board](/evidence/{made}/versions/1/file)\n")),
        "{typed}"
    );
}

#[tokio::test]
async fn a_program_asks_what_handing_in_certain_pieces_would_be_told() {
    let study = Study::new();
    let piece = study.piece("Report", TEXT);
    let learner = token_of(&study.world, &study.learner, Scope::Read);
    let address = format!(
        "/api/v1/registrations/{}/units/{UNIT}/hand-in",
        study.registration
    );
    let site = Site::of(study.world);
    let asked = async |pieces: &str| {
        call(
            &site,
            &learner,
            Method::GET,
            &format!("{address}{pieces}"),
            None,
            None,
        )
        .await
    };
    let unasked = asked("").await.json();
    assert_eq!(
        unasked["pieces"][0]["chosen"], false,
        "no passage answers the unit yet"
    );
    let with = asked(&format!("?pieces={piece}")).await.json();
    assert_eq!(with["pieces"][0]["chosen"], true);
    assert_ne!(with, unasked);
    let nonsense = asked("?pieces=somewhere").await;
    assert_eq!(nonsense.status, StatusCode::BAD_REQUEST);
    assert_eq!(nonsense.json()["complaints"][0]["field"], "pieces");
}
