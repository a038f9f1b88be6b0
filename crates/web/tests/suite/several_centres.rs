//! A coordinator of two centres: what waits at either, and lists that are one centre's.

use crate::api::{call, token_of};
use crate::award::{College, college, signed_in};
use crate::browser::Site;
use assay_app::account::token::Scope;
use assay_app::award::name_change;
use assay_domain::Role;
use assay_domain::award::{AskNameChange, NameProof};
use assay_domain::id::{CentreId, PersonId};
use axum::http::{Method, StatusCode};

/// A college with an award and a change of name that is asked for, another centre, and two people who coordinate both: each began at
/// another of them, and one of the two has the college second.
fn two_centres() -> (College, CentreId, PersonId, String) {
    let mut college = college();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let abbey = college.world.centre("Abbey College");
    let olu = college.world.person_with("Olu Berg", Role::Coordinator, &abbey);
    college
        .world
        .give(&olu, Role::Coordinator, &college.centre, false);
    college
        .world
        .give(&college.coordinator, Role::Coordinator, &abbey, false);
    let number = released.certificate.clone();
    college
        .world
        .act(&learner, move |acting| {
            let act = AskNameChange {
                given: "Ana María".into(),
                family: "Larsson".into(),
                proof: Some(NameProof::Marriage),
                document: "Marriage certificate, Leeds, 4 May 2019, no. 1234".into(),
            };
            name_change::ask(acting, &number, &act)
        })
        .unwrap();
    (college, abbey, olu, released.certificate)
}

const LISTS: [&str; 6] = [
    "/claims",
    "/claims/ready",
    "/certificates",
    "/name-changes",
    "/corrections",
    "/external-assessments",
];

#[tokio::test]
async fn each_list_is_of_the_centre_chosen_and_leads_on_within_it() {
    let (mut college, abbey, olu, certificate) = two_centres();
    college.world.with_password(&college.coordinator);
    college.world.with_password(&olu);
    let elsewhere = college.world.centre("Southern College");
    let centre = college.centre.clone();
    let site = Site::of(college.world);
    for email in ["cora.adebayo@example.org", "olu.berg@example.org"] {
        let mut browser = signed_in(&site, email).await;
        for list in LISTS {
            let page = browser.get(&format!("{list}?centre={centre}")).await;
            assert_eq!(page.status, StatusCode::OK, "{list}");
            assert!(
                page.body
                    .contains(&format!("<option value=\"{centre}\" selected>Northern College")),
                "{list}"
            );
            assert!(
                page.body
                    .contains(&format!("<option value=\"{abbey}\">Abbey College")),
                "{list}"
            );
            let shows = match list {
                "/claims" | "/certificates" | "/name-changes" => page.body.contains(&certificate),
                _ => true,
            };
            assert!(shows, "{list}");
            let other = browser.get(&format!("{list}?centre={abbey}")).await;
            assert!(!other.body.contains(&certificate), "{list}");
            let hidden = browser.get(&format!("{list}?centre={elsewhere}")).await;
            assert_eq!(hidden.status, StatusCode::NOT_FOUND, "{list}");
            let nonsense = browser.get(&format!("{list}?centre=nowhere")).await;
            assert_eq!(nonsense.status, StatusCode::NOT_FOUND, "{list}");
        }
        let claims = browser.get(&format!("/claims?centre={abbey}")).await;
        assert!(
            claims
                .body
                .contains(&format!("href=\"/claims/ready?centre={abbey}\"")),
            "the other tab is of the same centre"
        );
        // A coordinator never sees all centres together; the first is shown when none is chosen.
        let people = browser.get("/people").await;
        assert!(
            !people.body.contains("All centres") && people.body.contains("\" selected>"),
            "{email}"
        );
        let home = browser.get("/").await;
        assert!(
            home.body.contains("Proof of a name to see"),
            "what waits at either centre waits for {email}"
        );
    }
}

#[tokio::test]
async fn a_quality_manager_sees_every_centre_or_the_one_named() {
    let (college, abbey, olu, certificate) = two_centres();
    let centre = college.centre.clone();
    let manager = token_of(&college.world, &college.world.quality_manager, Scope::Read);
    let coordinator = token_of(&college.world, &olu, Scope::Read);
    let site = Site::of(college.world);
    for (path, key) in [
        ("/api/v1/certificates", "certificates"),
        ("/api/v1/name-changes", "changes"),
    ] {
        for (query, token, seen) in [
            (String::new(), &manager, 1),
            (format!("?centre={centre}"), &manager, 1),
            (format!("?centre={abbey}"), &manager, 0),
            (format!("?centre={centre}"), &coordinator, 1),
            (format!("?centre={abbey}"), &coordinator, 0),
        ] {
            let answer = call(&site, token, Method::GET, &format!("{path}{query}"), None, None).await;
            assert_eq!(answer.status, StatusCode::OK, "{path}{query}: {}", answer.body);
            let told = answer.json();
            assert_eq!(told[key].as_array().unwrap().len(), seen, "{path}{query}");
            assert_eq!(answer.body.contains(&certificate), seen == 1);
        }
    }
    let mine = call(&site, &coordinator, Method::GET, "/api/v1/claims", None, None)
        .await
        .json();
    assert_eq!(mine["centres"].as_array().unwrap().len(), 2);
    assert!(mine["centre"].is_string());
}
