//! A learner shows an award by a link, and takes the link back.

use crate::api::{call, token_of};
use crate::award::college;
use crate::browser::Site;
use assay_app::Failure;
use assay_app::account::token::Scope;
use assay_app::award::change;
use assay_app::award::release::Released;
use assay_app::award::share::{self, MOST_LINKS, ShareAward};
use assay_domain::award::RevokeCertificate;
use assay_testkit::World;
use assay_testkit::world::PASSWORD;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::json;

fn code(address: &str) -> &str {
    address.rsplit('/').next().unwrap()
}

/// Does what a test begins with in a thread of its own: PostgreSQL's client refuses to run where async code runs.
async fn apart<T: Send + 'static>(begin: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(begin).await.unwrap()
}

fn for_whom(recipient: &str) -> ShareAward {
    ShareAward {
        recipient: recipient.into(),
        days: None,
        units: false,
    }
}

/// A learner's award, and tokens of the learner, of the coordinator and of a quality manager.
async fn awarded_and_tokens(scope: Scope) -> (World, Released, String, [String; 2]) {
    apart(move || {
        let mut college = college();
        let (registration, released) = college.awarded("Khan");
        let learner = college.learner_of(&registration);
        let own = token_of(&college.world, &learner, scope);
        let others = [
            token_of(&college.world, &college.coordinator, scope),
            token_of(&college.world, &college.world.quality_manager, scope),
        ];
        (college.world, released, own, others)
    })
    .await
}

#[tokio::test]
async fn a_learner_shows_an_award_by_a_link_sees_it_opened_and_deletes_it() {
    let (world, released) = apart(|| {
        let mut college = college();
        let (registration, released) = college.awarded("Khan");
        let learner = college.learner_of(&registration);
        college.world.with_password(&learner);
        (college.world, released)
    })
    .await;
    let site = Site::of(world);
    let mut ana = site.browser();
    ana.sign_in("ana.learner@example.org", PASSWORD).await;
    let page = format!("/awards/{}/share", released.award);
    assert!(
        ana.get(&format!("/awards/{}", released.award))
            .await
            .body
            .contains(&page)
    );
    let empty = ana
        .fill(&page, &page, &[("recipient", " "), ("days", "900")])
        .await;
    assert_eq!(empty.status, StatusCode::BAD_REQUEST);
    assert!(empty.body.contains("Say for whom the link is") && empty.body.contains("from 1 to 366"));

    let made = ana
        .fill(
            &page,
            &page,
            &[("recipient", "Hart and Sons"), ("days", ""), ("units", "yes")],
        )
        .await;
    assert_eq!(made.status, StatusCode::OK, "{}", made.body);
    assert_eq!(made.headers["cache-control"], "no-store");
    let at = made.body.find("/shared/").expect("the address of the link");
    let address: String = made.body[at..]
        .chars()
        .take_while(|letter| letter.is_ascii_alphanumeric() || "/_-".contains(*letter))
        .collect();
    let again = ana.get(&page).await;
    assert!(!again.body.contains(&address), "the address is shown once");
    assert!(again.body.contains("not opened yet"));

    let mut stranger = site.browser();
    let seen = stranger.get(&address).await;
    assert_eq!(seen.status, StatusCode::OK, "{}", seen.body);
    for words in [
        "Ana María Khan",
        "This award is genuine",
        &released.certificate,
        "7016V1",
    ] {
        assert!(seen.body.contains(words), "{words}: {}", seen.body);
    }
    for hidden in ["Northern College", "Ann Okoro", "Hart and Sons", "passport"] {
        assert!(!seen.body.contains(hidden), "{hidden}");
    }
    assert_eq!(seen.headers["x-robots-tag"], "noindex, nofollow");
    let heads = Request::head(&address).body(Body::empty()).unwrap();
    assert_eq!(stranger.send(heads).await.status, StatusCode::OK);
    stranger.get(&address).await;
    let counted = ana.get(&page).await;
    assert!(counted.body.contains("opened 2 times"), "{}", counted.body);

    let unknown = stranger.get("/shared/nothing").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    let from = counted
        .body
        .find(&format!("{page}/shr_"))
        .expect("a link to delete");
    let delete: String = counted.body[from..]
        .chars()
        .take_while(|letter| *letter != '"')
        .collect();
    assert_eq!(ana.fill(&page, &delete, &[]).await.status, StatusCode::SEE_OTHER);
    let gone = stranger.get(&address).await;
    assert_eq!((gone.status, gone.body), (unknown.status, unknown.body));
}

#[tokio::test]
async fn a_program_of_the_learner_shares_and_nobody_elses_does() {
    let (world, released, own, others) = awarded_and_tokens(Scope::Write).await;
    let site = Site::of(world);
    let path = format!("/api/v1/awards/{}/share-links", released.award);
    let body = json!({ "recipient": "The university", "days": 2 });
    for other in &others {
        for (method, body) in [(Method::GET, None), (Method::POST, Some(body.clone()))] {
            let answer = call(&site, other, method, &path, None, body).await;
            assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.body);
        }
    }
    let made = call(&site, &own, Method::POST, &path, Some("s-1"), Some(body.clone())).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.body);
    let made = made.json();
    let again = call(&site, &own, Method::POST, &path, Some("s-1"), Some(body)).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "a secret is told once");
    let shared = format!("/api/v1/shared/{}", code(made["address"].as_str().unwrap()));
    let mut stranger = site.browser();
    let seen = stranger.get(&shared).await;
    assert_eq!(seen.json()["certificate_number"], released.certificate.as_str());
    assert_eq!(
        seen.json()["units"],
        json!([]),
        "units are shown when the learner says so"
    );
    let listed = call(&site, &own, Method::GET, &path, None, None).await;
    assert_eq!(listed.json()["links"][0]["opened"], 1);
    assert!(!listed.body.contains(code(made["address"].as_str().unwrap())));
    let one = format!("{path}/{}", made["id"].as_str().unwrap());
    let not_theirs = call(&site, &others[0], Method::DELETE, &one, None, None).await;
    assert_eq!(not_theirs.status, StatusCode::NOT_FOUND);
    site.clock.pass(jiff::SignedDuration::from_hours(49));
    assert_eq!(
        stranger.get(&shared).await.status,
        StatusCode::NOT_FOUND,
        "past its end"
    );
    let deleted = call(&site, &own, Method::DELETE, &one, None, None).await;
    assert_eq!(deleted.status, StatusCode::NO_CONTENT);
}

#[tokio::test]
async fn who_guesses_links_is_asked_to_wait() {
    let site = Site::of(World::new());
    let mut stranger = site.browser();
    let mut last = StatusCode::OK;
    for guess in 0..21 {
        last = stranger.get(&format!("/shared/guess{guess}")).await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let api = stranger.get("/api/v1/shared/guess").await;
    assert_eq!(api.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(api.headers.contains_key("retry-after"));
}

#[test]
fn a_link_says_at_once_that_the_certificate_was_revoked_and_none_is_made_afterwards() {
    let mut college = college();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let award = released.award.clone();
    let made = college
        .world
        .act(&learner, move |acting| {
            share::make(acting, &award, &for_whom("Hart"))
        })
        .unwrap();
    let number = released.certificate.clone();
    let manager = college.world.quality_manager.clone();
    college
        .world
        .act(&manager, move |acting| {
            let act = RevokeCertificate {
                because: "The identity was false.".into(),
            };
            change::revoke(acting, &number, &act)
        })
        .unwrap();
    let seen = college
        .world
        .ask(&manager, |asking| share::look(asking, code(&made.address)))
        .unwrap();
    assert_eq!(seen.state.as_str(), "revoked");
    assert!(seen.ended_on.is_some());
    let award = released.award.clone();
    let refused = college.world.act(&learner, move |acting| {
        share::make(acting, &award, &for_whom("Hart"))
    });
    assert!(matches!(refused, Err(Failure::Refused(_))), "{refused:?}");
}

#[test]
fn an_award_has_so_many_links_and_an_erased_learner_none() {
    let mut college = college();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let make = |college: &crate::award::College| {
        let award = released.award.clone();
        college.world.act(&learner, move |acting| {
            share::make(acting, &award, &for_whom("Hart"))
        })
    };
    let first = make(&college).unwrap();
    for _ in 1..MOST_LINKS {
        make(&college).unwrap();
    }
    assert!(matches!(make(&college), Err(Failure::Conflict { .. })));
    let administrator = college.world.administrator.clone();
    let erased = learner.clone();
    college
        .world
        .act(&administrator, move |acting| {
            acting.record(assay_domain::Decision::of(
                assay_domain::fact::Fact::PersonErased { person: erased },
            ))
        })
        .unwrap();
    let gone = college
        .world
        .ask(&administrator, |asking| share::look(asking, code(&first.address)));
    assert!(matches!(gone, Err(Failure::NotFound)));
}

/// It holds the learner's work.
#[tokio::test]
async fn the_own_dossier_is_for_the_learner_alone() {
    let (world, released, own, others) = awarded_and_tokens(Scope::Read).await;
    let site = Site::of(world);
    let path = format!("/api/v1/certificates/{}/own-dossier", released.certificate);
    for other in &others {
        let answer = call(&site, other, Method::GET, &path, None, None).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{}", answer.body);
    }
    let answer = call(&site, &own, Method::GET, &path, None, None).await;
    assert_eq!(answer.status, StatusCode::CONFLICT, "no key signs this ledger");
}

#[test]
fn when_a_certificate_is_revoked_the_learner_is_told_for_whom_links_are_open_and_nobody_else_is() {
    let mut college = college();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let share = |recipient: &str, days| {
        let (award, input) = (
            released.award.clone(),
            ShareAward {
                days: Some(days),
                ..for_whom(recipient)
            },
        );
        college
            .world
            .act(&learner, move |acting| share::make(acting, &award, &input))
            .expect("a link");
    };
    share("A past employer", 1);
    share("Hart and Sons", 60);
    college.world.pass_days(5);
    let number = released.certificate.clone();
    college
        .world
        .act(&college.world.quality_manager, move |acting| {
            let act = RevokeCertificate {
                because: "Released by mistake.".into(),
            };
            change::revoke(acting, &number, &act)
        })
        .expect("revoked");
    let folder = tempfile::tempdir().unwrap();
    let moment = college.world.caller(&college.coordinator).moment;
    assay_app::outbox::deliver(&college.world.app, folder.path(), moment).unwrap();
    let told: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .filter(|text| text.contains("revoked"))
        .collect();
    let named: Vec<&String> = told
        .iter()
        .filter(|text| text.contains("Hart and Sons"))
        .collect();
    assert_eq!(named.len(), 1, "{told:?}");
    assert!(named[0].contains("ana.learner@example.org"), "{named:?}");
    assert!(!named[0].contains("past employer"), "that link has ended");
    assert!(told.iter().any(|text| text.contains("cora.adebayo@example.org")));
}
