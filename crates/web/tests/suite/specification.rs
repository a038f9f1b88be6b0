//! Specifications by page: finding, reading, loading, the way to publication.

use crate::browser::{Answer, Browser, Site};
use assay_domain::Role;
use assay_testkit::World;
use assay_testkit::world::{CMI, PASSWORD};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

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

const QUENTIN: &str = "quentin.marsh@example.org";
const ADA: &str = "ada.whitlock@example.org";

async fn upload(browser: &mut Browser, text: &str) -> Answer {
    let csrf = browser.get("/specifications").await.hidden("_csrf");
    let body = format!(
        "--b\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n{csrf}\r\n--b\r\nContent-Disposition: form-data; \
         name=\"_once\"\r\n\r\n1\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"cmi.toml\"\r\n\
         Content-Type: application/toml\r\n\r\n{text}\r\n--b--\r\n"
    );
    let request = Request::post("/specifications")
        .header(header::COOKIE, format!("assay={}", browser.cookies["assay"]))
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=b")
        .body(Body::from(body))
        .unwrap();
    browser.send(request).await
}

#[tokio::test]
async fn a_specification_is_loaded_checked_approved_by_another_person_and_published() {
    let site = site();
    let (mut quentin, mut ada) = (signed_in(&site, QUENTIN).await, signed_in(&site, ADA).await);
    let loaded = upload(&mut quentin, CMI).await;
    assert_eq!(loaded.status, StatusCode::SEE_OTHER, "{}", loaded.body);
    let page = loaded.location().to_owned();
    let checked = quentin.fill(&page, &format!("{page}/check"), &[]).await;
    assert_eq!(checked.status, StatusCode::SEE_OTHER, "{}", checked.body);
    let shown = quentin.get(&page).await;
    assert!(
        shown.body.contains("Why “Approve it” is not possible now")
            && shown.body.contains("SPEC_OWN_APPROVAL")
    );
    let own = quentin.fill(&page, &format!("{page}/approve"), &[]).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        ada.fill(&page, &format!("{page}/approve"), &[]).await.status,
        StatusCode::SEE_OTHER
    );
    let own = quentin.fill(&page, &format!("{page}/publish"), &[]).await;
    assert_eq!(own.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(
        ada.fill(&page, &format!("{page}/publish"), &[]).await.status,
        StatusCode::SEE_OTHER
    );
    let twice = upload(&mut quentin, CMI).await;
    assert!(twice.body.contains("SPEC_LOCKED"), "{}", twice.body);
}

#[tokio::test]
async fn a_text_that_is_no_specification_is_told_with_line_and_column() {
    let site = site();
    let mut quentin = signed_in(&site, QUENTIN).await;
    let refused = upload(&mut quentin, "format = \"assay-specification/1\"\nunits = 7\n").await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(refused.body.contains("line 2, column"), "{}", refused.body);
}

#[tokio::test]
async fn a_qualification_is_found_by_code_number_and_title() {
    let site = site();
    site.world.publish_cmi();
    let mut ada = signed_in(&site, ADA).await;
    for q in [
        "7C2V2",
        "600%2F9462%2FX",
        "6009462X",
        "CMI+Level+7+Certificate+in+Leadership+Coaching+and+Mentoring",
        "coaching+certificate",
    ] {
        let found = ada.get(&format!("/specifications?q={q}")).await;
        assert!(
            found.body.contains("/qualifications/7C2V2") && !found.body.contains("/qualifications/7D2V2"),
            "{q}"
        );
    }
}

#[tokio::test]
async fn the_contents_list_leads_to_every_section_and_unit_and_no_link_is_dead() {
    let site = site();
    let id = site.world.publish_cmi();
    let mut ada = signed_in(&site, ADA).await;
    let page = ada.get(&format!("/specifications/{id}")).await;
    let anchors: Vec<&str> = links(&page.body)
        .into_iter()
        .filter(|href| href.starts_with("#section-"))
        .collect();
    assert_eq!(anchors.len(), 17);
    for anchor in anchors {
        assert!(
            page.body.contains(&format!("id=\"{}\"", &anchor[1..])),
            "{anchor}"
        );
    }
    let own = format!("/specifications/{id}/");
    let mut pages: Vec<String> = links(&page.body)
        .into_iter()
        .filter(|href| href.starts_with(&own))
        .map(str::to_owned)
        .collect();
    pages.sort();
    pages.dedup();
    assert_eq!(pages.iter().filter(|href| href.contains("/units/")).count(), 10);
    assert_eq!(
        pages
            .iter()
            .filter(|href| href.contains("/qualifications/"))
            .count(),
        3
    );
    let mut seen = std::collections::BTreeMap::new();
    for href in pages {
        let opened = ada.get(&href).await;
        assert_eq!(opened.status, StatusCode::OK, "{href}");
        seen.insert(href.clone(), opened.body.clone());
        for inner in links(&opened.body)
            .into_iter()
            .filter(|inner| inner.contains('#') && !inner.contains("#main"))
        {
            let (path, anchor) = inner.split_once('#').unwrap();
            let path = if path.is_empty() { href.as_str() } else { path };
            if !seen.contains_key(path) {
                seen.insert(path.to_owned(), ada.get(path).await.body);
            }
            assert!(
                seen[path].contains(&format!("id=\"{anchor}\"")),
                "{href} leads to {inner}"
            );
        }
    }
}

fn links(body: &str) -> Vec<&str> {
    body.split("href=\"")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[tokio::test]
async fn guidance_is_marked_as_guidance_beside_the_words_of_the_criterion() {
    let site = site();
    let id = site.world.publish_cmi();
    let mut ada = signed_in(&site, ADA).await;
    let unit = ada.get(&format!("/specifications/{id}/units/7020V1")).await;
    assert!(unit.body.contains("never a ground for “not met”"));
    assert!(unit.body.contains("id=\"ac-5.4\""));
}

#[tokio::test]
async fn a_learner_reads_what_is_published_and_sees_no_draft() {
    let mut world = World::new();
    let centre = world.centre("Northern College");
    let learner = world.person_with("Lena Ortiz", Role::Learner, &centre);
    world.with_password(&learner);
    world.with_password(&world.quality_manager);
    let published = world.publish_cmi();
    let site = Site::of(world);
    let mut quentin = signed_in(&site, QUENTIN).await;
    let draft = upload(&mut quentin, &CMI.replace("version = \"6\"", "version = \"7\""))
        .await
        .location()
        .to_owned();
    let mut lena = signed_in(&site, "lena.ortiz@example.org").await;
    assert_eq!(lena.get(&draft).await.status, StatusCode::NOT_FOUND);
    assert_eq!(
        lena.get(&format!("/specifications/{published}")).await.status,
        StatusCode::OK
    );
    assert!(!lena.get("/specifications").await.body.contains(&draft));
}

#[tokio::test]
async fn short_titles_in_a_prospectus_are_pointed_out_and_the_full_title_passes() {
    let site = site();
    let mut quentin = signed_in(&site, QUENTIN).await;
    let loaded = upload(&mut quentin, CMI).await;
    let page = format!("{}/title-check", loaded.location());
    let short = quentin
        .fill(
            &page,
            &page,
            &[("text", "Join us!\nThe CMI Coaching Diploma starts in May.")],
        )
        .await;
    assert_eq!(short.status, StatusCode::OK);
    assert!(
        short.body.contains("1 place means")
            && short.body.contains("CMI Coaching Diploma")
            && short
                .body
                .contains("CMI Level 7 Diploma in Leadership Coaching and Mentoring")
    );
    let full = quentin
        .fill(
            &page,
            &page,
            &[(
                "text",
                "The CMI Level 7 Diploma in Leadership Coaching and Mentoring starts in May.",
            )],
        )
        .await;
    assert!(
        full.body.contains("Every title is given in full"),
        "{}",
        full.body
    );
    let empty = quentin.fill(&page, &page, &[("text", " ")]).await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
    let long = "word ".repeat(30_000);
    let refused = quentin.fill(&page, &page, &[("text", &long)]).await;
    assert!(refused.body.contains("longer than 100,000 characters"));
}

#[tokio::test]
async fn a_new_version_tells_what_changed_before_it_is_approved_and_afterwards() {
    let site = site();
    let old = site.world.publish_cmi();
    let mut quentin = signed_in(&site, QUENTIN).await;
    let new = CMI
        .replace("version = \"6\"", "version = \"7\"")
        .replacen("credits = 7\n", "credits = 8\n", 1);
    let draft = upload(&mut quentin, &new).await.location().to_owned();
    let shown = quentin.get(&draft).await;
    assert!(shown.body.contains("look at it before you approve"));
    assert!(shown.body.contains(&format!("href=\"{draft}/changes\"")));
    assert!(
        shown
            .body
            .contains(&format!("href=\"{draft}/files/specification.toml\""))
    );
    let told = quentin.get(&format!("{draft}/changes")).await;
    assert_eq!(told.status, StatusCode::OK);
    assert!(
        told.body.contains("<del>") && told.body.contains("<ins>"),
        "{}",
        told.body
    );
    let id = draft.trim_start_matches("/specifications/");
    let back = quentin
        .get(&format!("/specifications/{old}/changes?from={id}"))
        .await;
    assert!(back.body.contains("What is different in version 6"));
    let none = quentin
        .get(&format!("/specifications/{old}/changes?from=spc_nothing"))
        .await;
    assert_eq!(none.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn terms_and_models_are_linked_where_they_stand_and_every_link_is_alive() {
    let site = site();
    let id = site.world.publish_cmi();
    let mut ada = signed_in(&site, ADA).await;
    let unit = ada.get(&format!("/specifications/{id}/units/7020V1")).await;
    for anchor in [
        "term-total-unit-time",
        "term-guided-learning-hours",
        "term-credit-value",
    ] {
        assert!(unit.body.contains(&format!("/glossary#{anchor}\"")), "{anchor}");
    }
    let glossary = ada.get(&format!("/specifications/{id}/glossary")).await;
    for term in [
        "total-qualification-time",
        "total-unit-time",
        "guided-learning-hours",
        "immediate-guidance-or-supervision",
        "credit-value",
        "rule-of-combination",
    ] {
        assert!(glossary.body.contains(&format!("id=\"term-{term}\"")), "{term}");
    }
    let models = ada.get(&format!("/specifications/{id}/models")).await;
    assert!(
        models.body.contains("Kotter&#39;s Eight-stage process")
            || models.body.contains("Eight-stage process")
    );
}
