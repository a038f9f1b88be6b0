//! A syllabus by page: handed in, reviewed finding by finding, made a draft.

use crate::browser::{Answer, Browser, Site};
use assay_domain::Role;
use assay_testkit::World;
use assay_testkit::world::PASSWORD;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

const ORCHARD: &str = include_str!("../../../formats/tests/syllabus/loose.txt");
const QUENTIN: &str = "quentin.marsh@example.org";
const ADA: &str = "ada.whitlock@example.org";

fn site() -> Site {
    let world = World::new();
    world.with_password(&world.quality_manager);
    world.with_password(&world.administrator);
    Site::of(world)
}

async fn signed_in(site: &Site, email: &str) -> Browser {
    let mut browser = site.browser();
    browser.sign_in(email, PASSWORD).await;
    browser
}

async fn hand_in(browser: &mut Browser, name: &str, bytes: &[u8]) -> Answer {
    let csrf = browser.get("/syllabuses/new").await.hidden("_csrf");
    let mut body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n{csrf}\r\n--b\r\nContent-Disposition: form-data; \
         name=\"file\"; filename=\"{name}\"\r\nContent-Type: application/octet-stream\r\n\r\n"
    )
    .into_bytes();
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--b--\r\n");
    let request = Request::post("/syllabuses/new")
        .header(header::COOKIE, format!("assay={}", browser.cookies["assay"]))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .body(Body::from(body))
        .unwrap();
    browser.send(request).await
}

/// Ignores what is open and may be ignored, one after the other, as the pages lead.
async fn settle_all(browser: &mut Browser, page: &str) {
    for _ in 0..40 {
        let shown = browser.get(&format!("{page}?show=open")).await;
        let Some(action) = shown
            .body
            .split("action=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .find(|action| action.contains("/findings/"))
            .map(str::to_owned)
        else {
            return;
        };
        let done = browser
            .fill(
                page,
                &action,
                &[("how", "ignore"), ("reason", "Nothing rests on it.")],
            )
            .await;
        assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    }
    panic!("the review does not end");
}

#[tokio::test]
async fn a_document_is_reviewed_made_a_draft_approved_by_another_person_and_published() {
    let site = site();
    let (mut quentin, mut ada) = (signed_in(&site, QUENTIN).await, signed_in(&site, ADA).await);
    let taken = hand_in(&mut quentin, "orchard.txt", ORCHARD.as_bytes()).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let page = taken.location().to_owned();
    let shown = quentin.get(&page).await;
    assert!(
        shown.body.contains("ORCHARD KEEPING AND CIDER MAKING"),
        "the document is shown"
    );
    assert!(shown.body.contains("What was read"));
    let early = quentin.fill(&page, &format!("{page}/draft"), &[]).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(early.body.contains("SPEC_FINDINGS_OPEN"));
    settle_all(&mut quentin, &page).await;
    let made = quentin.fill(&page, &format!("{page}/draft"), &[]).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    let draft = made.location().to_owned();
    for (who, to, status) in [
        ("quentin", "check", StatusCode::SEE_OTHER),
        ("quentin", "approve", StatusCode::UNPROCESSABLE_ENTITY),
        ("ada", "approve", StatusCode::SEE_OTHER),
        ("quentin", "publish", StatusCode::UNPROCESSABLE_ENTITY),
        ("ada", "publish", StatusCode::SEE_OTHER),
    ] {
        let browser = if who == "ada" { &mut ada } else { &mut quentin };
        let moved = browser.fill(&draft, &format!("{draft}/{to}"), &[]).await;
        assert_eq!(moved.status, status, "{who} {to}: {}", moved.body);
    }
    let found = ada.get("/specifications?q=4C1").await;
    assert!(found.body.contains("/qualifications/4C1"));
    let closed = quentin.get(&page).await;
    assert!(closed.body.contains("The draft it became") && !closed.body.contains("/corrections"));
}

#[tokio::test]
async fn a_value_is_corrected_with_a_reason_and_what_is_wrong_is_told_beside_its_field() {
    let site = site();
    let mut quentin = signed_in(&site, QUENTIN).await;
    let page = hand_in(&mut quentin, "orchard.txt", ORCHARD.as_bytes())
        .await
        .location()
        .to_owned();
    let edit = format!("{page}?part=1&edit=give:unit/0/credits");
    let form = quentin.get(&edit).await;
    assert!(
        form.body.contains("name=\"change\" value=\"give\""),
        "{}",
        form.body
    );
    let send = format!("{page}/corrections");
    let fields = |value: &'static str, reason: &'static str| {
        [
            ("change", "give"),
            ("at", "unit/0/credits"),
            ("part", "1"),
            ("value", value),
            ("reason", reason),
        ]
    };
    let wrong = quentin.fill(&edit, &send, &fields("five", "misread")).await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(wrong.body.contains("Type a whole number in figures"));
    let bare = quentin.fill(&edit, &send, &fields("6", "")).await;
    assert!(bare.body.contains("Say why, in a few words."));
    let kept = quentin.fill(&edit, &send, &fields("6", "misread")).await;
    assert_eq!(kept.status, StatusCode::SEE_OTHER);
    let shown = quentin.get(&format!("{page}?part=1")).await;
    assert!(shown.body.contains("credits: “5” became “6”"), "the step is told");
    let undone = quentin.fill(&page, &format!("{page}/steps/0/undo"), &[]).await;
    assert_eq!(undone.status, StatusCode::SEE_OTHER);
    assert!(quentin.get(&page).await.body.contains("(taken back)"));
}

#[tokio::test]
async fn what_cannot_be_read_is_told_beside_the_file_and_nothing_is_kept() {
    let site = site();
    let mut quentin = signed_in(&site, QUENTIN).await;
    for (name, bytes, says) in [
        ("empty.pdf", b"".as_slice(), "The file is empty"),
        (
            "noise.bin",
            b"\x00\x01\xFF\x02".as_slice(),
            "A syllabus is not read from it",
        ),
        (
            "tale.txt",
            b"Once upon a time there was a king.\n".as_slice(),
            "Nothing in this file looks like a unit",
        ),
        (
            "broken.toml",
            b"format = \"assay-specification/1\"\nunits = 7\n".as_slice(),
            "line 2, column",
        ),
    ] {
        let told = hand_in(&mut quentin, name, bytes).await;
        assert!(told.status.is_client_error(), "{name}: {}", told.status);
        assert!(told.body.contains(says), "{name}: {}", told.body);
    }
    assert!(
        quentin
            .get("/syllabuses")
            .await
            .body
            .contains("No syllabus was handed in yet")
    );
    assert!(site.world.app.store().files().list().unwrap().is_empty());
}

#[tokio::test]
async fn a_specification_file_handed_in_here_becomes_a_draft_at_once() {
    let site = site();
    let mut quentin = signed_in(&site, QUENTIN).await;
    let loaded = hand_in(&mut quentin, "cmi.toml", assay_testkit::world::CMI.as_bytes()).await;
    assert!(
        loaded.location().starts_with("/specifications/spc_"),
        "{}",
        loaded.body
    );
}

#[tokio::test]
async fn learners_and_other_centres_find_no_syllabus() {
    let mut world = World::new();
    let (north, south) = (world.centre("Northern College"), world.centre("Southern College"));
    for (name, role, centre) in [
        ("Cora Adebayo", Role::Coordinator, &north),
        ("Sam Ito", Role::Coordinator, &south),
        ("Lena Ortiz", Role::Learner, &north),
    ] {
        let person = world.person_with(name, role, centre);
        world.with_password(&person);
    }
    let site = Site::of(world);
    let mut cora = signed_in(&site, "cora.adebayo@example.org").await;
    let page = hand_in(&mut cora, "orchard.txt", ORCHARD.as_bytes())
        .await
        .location()
        .to_owned();
    assert_eq!(cora.get(&format!("{page}/document")).await.status, StatusCode::OK);
    for stranger in ["sam.ito@example.org", "lena.ortiz@example.org"] {
        let mut browser = signed_in(&site, stranger).await;
        for path in [page.clone(), format!("{page}/document")] {
            assert_eq!(
                browser.get(&path).await.status,
                StatusCode::NOT_FOUND,
                "{stranger} {path}"
            );
        }
    }
}

#[tokio::test]
async fn guidance_of_the_body_is_shown_to_staff_and_not_exported_nor_shown_to_learners_of_other_courses() {
    let mut world = World::new();
    let north = world.centre("Northern College");
    let lena = world.person_with("Lena Ortiz", Role::Learner, &north);
    world.with_password(&lena);
    world.with_password(&world.quality_manager);
    world.with_password(&world.administrator);
    let site = Site::of(world);
    let (mut quentin, mut ada) = (signed_in(&site, QUENTIN).await, signed_in(&site, ADA).await);
    let page = hand_in(&mut quentin, "orchard.txt", ORCHARD.as_bytes())
        .await
        .location()
        .to_owned();
    settle_all(&mut quentin, &page).await;
    let made = quentin.fill(&page, &format!("{page}/draft"), &[]).await;
    let draft = made.location().to_owned();
    quentin.fill(&draft, &format!("{draft}/check"), &[]).await;
    for to in ["approve", "publish"] {
        ada.fill(&draft, &format!("{draft}/{to}"), &[]).await;
    }
    let words = "Compare sweeping, mowing and spraying";
    let unit = format!("{draft}/units/401A");
    assert!(ada.get(&unit).await.body.contains(words));
    let mut lena = signed_in(&site, "lena.ortiz@example.org").await;
    let shown = lena.get(&unit).await;
    assert_eq!(shown.status, StatusCode::OK);
    assert!(!shown.body.contains(words) && shown.body.contains("canker spreads"));
    for file in [
        "specification.toml",
        "specification.json",
        "case-1.1.json",
        "case-1.0.json",
    ] {
        let taken = ada.get(&format!("{draft}/files/{file}")).await;
        assert_eq!(taken.status, StatusCode::OK, "{file}");
        assert!(
            !taken.body.contains(words) && taken.body.contains("canker spreads"),
            "{file}"
        );
        let refused = lena.get(&format!("{draft}/files/{file}")).await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND);
    }
    assert_eq!(
        ada.get(&format!("{draft}/files/passwd")).await.status,
        StatusCode::NOT_FOUND
    );
}
