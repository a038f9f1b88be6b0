//! People and centres, by page.

use crate::browser::Site;
use assay_domain::Role;
use assay_testkit::World;
use assay_testkit::world::PASSWORD;
use axum::http::StatusCode;

/// A site with two centres; the coordinator of the first is Cora Adebayo, of the second Owen Price.
struct Centres {
    site: Site,
    north: String,
    south: String,
    owen: String,
}

fn centres() -> Centres {
    let mut world = World::new();
    world.publish_cmi();
    let (north, south) = (world.centre("Northern College"), world.centre("Southern College"));
    let cora = world.person_with("Cora Adebayo", Role::Coordinator, &north);
    let owen = world.person_with("Owen Price", Role::Coordinator, &south);
    world.with_password(&cora);
    world.with_password(&world.administrator);
    world.with_password(&world.quality_manager);
    Centres {
        north: north.to_string(),
        south: south.to_string(),
        owen: owen.to_string(),
        site: Site::of(world),
    }
}

#[tokio::test]
async fn a_coordinator_adds_an_assessor_to_their_centre_and_invites_them() {
    let there = centres();
    let mut cora = there.site.browser();
    cora.sign_in("cora.adebayo@example.org", PASSWORD).await;
    let fields = [
        ("given", "Amira"),
        ("family", "Khan"),
        ("email", "Amira.Khan@example.org"),
        ("role", "assessor"),
        ("centre", &there.north),
        ("invite", "1"),
    ];
    let added = cora.fill("/people/new", "/people/new", &fields).await;
    assert_eq!(added.status, StatusCode::OK, "{}", added.body);
    assert!(
        added.body.contains("/link/") && added.body.contains("Assessor at Northern College"),
        "{}",
        added.body
    );
    let found = cora.get("/people?q=kha").await;
    assert!(found.body.contains("Amira Khan"), "{}", found.body);
    assert!(cora.get("/people?q=KHAN+ami").await.body.contains("Amira Khan"));
    assert!(!cora.get("/people?q=khan+x").await.body.contains("Amira Khan"));
    let home = cora.get("/").await;
    assert!(
        home.body.contains("Invitations") && home.body.contains("Amira Khan"),
        "{}",
        home.body
    );
}

#[tokio::test]
async fn a_coordinator_sees_nobody_of_another_centre() {
    let there = centres();
    let mut cora = there.site.browser();
    cora.sign_in("cora.adebayo@example.org", PASSWORD).await;
    assert_eq!(
        cora.get(&format!("/people/{}", there.owen)).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        cora.get(&format!("/centres/{}", there.south)).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        cora.get(&format!("/people?centre={}", there.south)).await.status,
        StatusCode::NOT_FOUND
    );
    assert!(!cora.get("/people?q=owen").await.body.contains("Owen Price"));
    assert_eq!(
        cora.get(&format!("/centres/{}", there.north)).await.status,
        StatusCode::OK
    );
    let giving = [
        ("given", "A"),
        ("family", "B"),
        ("role", "tutor"),
        ("centre", there.south.as_str()),
    ];
    let refused = cora.fill("/people/new", "/people/new", &giving).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("ROLE_MISSING"));
}

#[tokio::test]
async fn somebody_alike_is_told_and_added_only_when_confirmed() {
    let there = centres();
    let mut ada = there.site.browser();
    ada.sign_in("ada.whitlock@example.org", PASSWORD).await;
    let fields = [
        ("given", "Cora"),
        ("family", "Other"),
        ("email", "cora.adebayo@example.org"),
    ];
    let refused = ada.fill("/people/new", "/people/new", &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("PERSON_DUPLICATE") && refused.body.contains("value=\"Other\""),
        "{}",
        refused.body
    );
    let mut confirmed = fields.to_vec();
    confirmed.push(("another_person", "1"));
    assert_eq!(
        ada.fill("/people/new", "/people/new", &confirmed).await.status,
        StatusCode::SEE_OTHER
    );
}

#[tokio::test]
async fn a_form_sent_twice_is_carried_out_once() {
    let there = centres();
    let mut ada = there.site.browser();
    ada.sign_in("ada.whitlock@example.org", PASSWORD).await;
    let page = ada.get("/people/new").await;
    let (csrf, once) = (page.hidden("_csrf"), last_once(&page.body));
    let fields = [
        ("_csrf", csrf.as_str()),
        ("_once", once.as_str()),
        ("given", "Double"),
        ("family", "Click"),
    ];
    let first = ada.post_raw("/people/new", &fields).await;
    let second = ada.post_raw("/people/new", &fields).await;
    assert_eq!(
        (first.status, second.status),
        (StatusCode::SEE_OTHER, StatusCode::SEE_OTHER)
    );
    assert_eq!(first.location(), second.location());
    assert_eq!(
        ada.get("/people?q=double")
            .await
            .body
            .matches("Double Click")
            .count(),
        1
    );
}

/// The word of the last form of the page: the page's own, after the sign-out form of the head.
fn last_once(body: &str) -> String {
    body.rsplit("name=\"_once\" value=\"")
        .next()
        .unwrap()
        .split('"')
        .next()
        .unwrap()
        .to_owned()
}

#[tokio::test]
async fn details_change_with_a_reason_and_roles_end() {
    let there = centres();
    let mut ada = there.site.browser();
    ada.sign_in("ada.whitlock@example.org", PASSWORD).await;
    let page = format!("/people/{}", there.owen);
    let fields = [
        ("given", "Owen"),
        ("family", "Price-Jones"),
        ("email", "owen.price@example.org"),
    ];
    let without = ada.fill(&page, &format!("{page}/details"), &fields).await;
    assert_eq!(without.status, StatusCode::BAD_REQUEST);
    assert!(without.body.contains("Enter why the details change"));
    let mut with = fields.to_vec();
    with.push(("because", "Married name, certificate seen"));
    assert_eq!(
        ada.fill(&page, &format!("{page}/details"), &with).await.status,
        StatusCode::SEE_OTHER
    );
    let shown = ada.get(&page).await;
    assert!(shown.body.contains("Owen Price-Jones"));
    assert!(
        ada.get("/people?q=price-j")
            .await
            .body
            .contains("Owen Price-Jones"),
        "found by the new name"
    );
    let grant = shown
        .body
        .split("/roles/")
        .nth(1)
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .to_owned();
    let ended = ada
        .fill(
            &page,
            &format!("{page}/roles/{grant}/end"),
            &[("on", "2019-10-13")],
        )
        .await;
    assert_eq!(ended.status, StatusCode::SEE_OTHER, "{}", ended.body);
    assert!(ada.get(&page).await.body.contains("not held today"));
}

#[tokio::test]
async fn the_last_administrator_stays() {
    let there = centres();
    let mut ada = there.site.browser();
    ada.sign_in("ada.whitlock@example.org", PASSWORD).await;
    let page = format!("/people/{}", there.site.world.administrator);
    let shown = ada.get(&page).await;
    let grant = shown
        .body
        .split("/roles/")
        .nth(1)
        .unwrap()
        .split('/')
        .next()
        .unwrap()
        .to_owned();
    let refused = ada
        .fill(
            &page,
            &format!("{page}/roles/{grant}/end"),
            &[("on", "2019-10-14")],
        )
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(refused.body.contains("LAST_ADMINISTRATOR"));
}

#[tokio::test]
async fn the_quality_manager_approves_a_centre_for_a_qualification_that_is_published() {
    let there = centres();
    let mut quentin = there.site.browser();
    quentin.sign_in("quentin.marsh@example.org", PASSWORD).await;
    let taken = quentin
        .fill("/centres", "/centres", &[("name", "Third"), ("number", "0001")])
        .await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(taken.body.contains("CENTRE_DUPLICATE"));
    let approved = quentin
        .fill("/centres", "/centres", &[("name", "Third"), ("number", "0003")])
        .await;
    let page = approved.location().to_owned();
    let unknown = quentin
        .fill(
            &page,
            &format!("{page}/qualifications"),
            &[("qualification", "9X9")],
        )
        .await;
    assert!(
        unknown.body.contains("REG_UNKNOWN_QUALIFICATION"),
        "{}",
        unknown.body
    );
    let offered = quentin
        .fill(
            &page,
            &format!("{page}/qualifications"),
            &[("qualification", "600/9458/8")],
        )
        .await;
    let shown = quentin.get(&page).await;
    assert_eq!(offered.status, StatusCode::SEE_OTHER, "{}", offered.body);
    assert!(
        shown
            .body
            .contains("CMI Level 7 Diploma in Leadership Coaching and Mentoring")
    );
    let stop = format!("{page}/qualifications/7D2V2/stop");
    assert_eq!(
        quentin.fill(&page, &stop, &[("on", "2019-12-31")]).await.status,
        StatusCode::SEE_OTHER
    );
    assert!(quentin.get(&page).await.body.contains("to 31 December 2019"));
}

#[tokio::test]
async fn a_coordinator_switches_the_centres_own_grades_on_and_off() {
    let there = centres();
    let mut cora = there.site.browser();
    cora.sign_in("cora.adebayo@example.org", PASSWORD).await;
    let page = format!("/centres/{}", there.north);
    let grades = format!("{page}/grades");
    let nameless = cora
        .fill(&page, &grades, &[("grades", "Distinction\nMerit")])
        .await;
    assert_eq!(nameless.status, StatusCode::UNPROCESSABLE_ENTITY);
    cora.fill(
        &page,
        &grades,
        &[("scale", "College grade"), ("grades", "Distinction\nMerit")],
    )
    .await;
    assert!(cora.get(&page).await.body.contains("Distinction and Merit"));
    cora.fill(&page, &grades, &[("scale", ""), ("grades", "")]).await;
    assert!(cora.get(&page).await.body.contains("No scale is in use"));
}
