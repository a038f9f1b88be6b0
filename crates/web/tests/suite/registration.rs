//! Registering, choosing, planning, allocating and writing, through the router.

use crate::browser::{Browser, Site};
use assay_app::account::token::{self, MakeToken, Scope};
use assay_domain::Role;
use assay_domain::id::PersonId;
use assay_testkit::World;
use assay_testkit::world::PASSWORD;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

struct College {
    site: Site,
    centre: String,
    coordinator: PersonId,
    assessor: PersonId,
    verifier: PersonId,
}

fn college() -> College {
    let mut world = World::new();
    world.publish_cmi();
    let centre = world.centre("Northern College");
    world.offers(&centre, &["7A2V2", "7D2V2"]);
    let coordinator = world.person_with("Cora Adebayo", Role::Coordinator, &centre);
    let assessor = world.person_with("Ann Okoro", Role::Assessor, &centre);
    let verifier = world.person_with("Vera Lund", Role::InternalVerifier, &centre);
    world.with_password(&coordinator);
    world.with_password(&assessor);
    College {
        site: Site::of(world),
        centre: centre.to_string(),
        coordinator,
        assessor,
        verifier,
    }
}

async fn signed_in(site: &Site, email: &str) -> Browser {
    let mut browser = site.browser();
    let answer = browser.sign_in(email, PASSWORD).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    browser
}

fn learner<'f>(centre: &'f str, given: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("centre", centre),
        ("given", given),
        ("family", "Khan"),
        ("born_on", "1985-03-02"),
        ("email", "amira.khan@example.org"),
        ("qualification", "7A2V2"),
        ("start_on", "14/10/2019"),
    ]
}

#[tokio::test]
async fn a_coordinator_registers_a_learner_who_then_chooses_units_and_writes_to_the_assessor() {
    let college = college();
    let mut cora = signed_in(&college.site, "cora.adebayo@example.org").await;

    let wrong = cora
        .fill(
            "/registrations/new",
            "/registrations/new",
            &[("centre", &college.centre), ("born_on", "soon")],
        )
        .await;
    assert_eq!(wrong.status, StatusCode::BAD_REQUEST);
    assert!(wrong.body.contains("Enter a date"), "{}", wrong.body);

    let mut young = learner(&college.centre, "Amira");
    young.push(("uln", "1"));
    let refused = cora
        .fill("/registrations/new", "/registrations/new", &young)
        .await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("ULN_CHECK") && refused.body.contains("Amira"),
        "{}",
        refused.body
    );

    let done = cora
        .fill(
            "/registrations/new",
            "/registrations/new",
            &learner(&college.centre, "Amira"),
        )
        .await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let at = done.location().to_owned();
    let page = cora.get(&at).await;
    assert_eq!(page.status, StatusCode::OK);
    for words in [
        "Amira Khan",
        "CMI Level 7 Award in Leadership Coaching and Mentoring",
        "For advice",
        "31 August 2020",
    ] {
        assert!(page.body.contains(words), "{words}: {}", page.body);
    }

    let judged = cora.get(&format!("{at}/units/judge?unit=7016V1")).await;
    assert!(
        judged.body.contains("makes up the qualification") && !judged.body.contains("<html"),
        "{}",
        judged.body
    );
    let checked = cora
        .fill(
            &format!("{at}/units"),
            &format!("{at}/units"),
            &[("check", "yes")],
        )
        .await;
    assert_eq!(checked.status, StatusCode::OK);
    assert!(checked.body.contains("6 credits"), "{}", checked.body);

    let form = format!("{at}/units");
    let asked = [
        ("plan", "yes"),
        ("minimise", "credits"),
        ("avoid", "7016V1"),
        ("prefer", "7017V1"),
        ("target-7017V1", "2020-01-31"),
    ];
    let ways = cora.fill(&form, &form, &asked).await;
    assert_eq!(ways.status, StatusCode::OK);
    for words in [
        "6 credits still to take: no way has fewer",
        "value=\"7017V1\">Use way 1",
    ] {
        assert!(ways.body.contains(words), "{words}: {}", ways.body);
    }
    let used = cora
        .fill(
            &form,
            &form,
            &[("take", "7017V1"), ("target-7017V1", "2020-01-31")],
        )
        .await;
    assert!(
        used.body.contains("value=\"7017V1\" checked") && used.body.contains("2020-01-31"),
        "{}",
        used.body
    );
    let both = [
        ("plan", "yes"),
        ("keep", "yes"),
        ("unit", "7016V1"),
        ("avoid", "7016V1"),
    ];
    let both = cora.fill(&form, &form, &both).await;
    assert_eq!(both.status, StatusCode::BAD_REQUEST);
    assert!(both.body.contains("take one of the ticks away"), "{}", both.body);
    let agreed = cora
        .fill(
            &format!("{at}/units"),
            &format!("{at}/units"),
            &[
                ("unit", "7016V1"),
                ("target-7016V1", "2020-01-31"),
                ("goals", "Lead"),
                ("version_seen", "0"),
            ],
        )
        .await;
    assert_eq!(agreed.status, StatusCode::SEE_OTHER, "{}", agreed.body);
    let plan = cora.get(&format!("{at}/plan")).await;
    assert!(plan.body.contains("31 January 2020"), "{}", plan.body);

    let (assessor, verifier) = (college.assessor.to_string(), college.verifier.to_string());
    let same = cora
        .fill(
            &at,
            &format!("{at}/allocations"),
            &[
                ("unit", "7016V1"),
                ("assessor", &assessor),
                ("verifier", &assessor),
            ],
        )
        .await;
    assert_eq!(same.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(same.body.contains("SD_1"), "{}", same.body);
    let allocated = cora
        .fill(
            &at,
            &format!("{at}/allocations"),
            &[
                ("unit", "7016V1"),
                ("assessor", &assessor),
                ("verifier", &verifier),
            ],
        )
        .await;
    assert_eq!(allocated.status, StatusCode::SEE_OTHER, "{}", allocated.body);

    let mut ann = signed_in(&college.site, "ann.okoro@example.org").await;
    assert!(ann.get("/registrations").await.body.contains("Amira Khan"));
    let learner = ann
        .get(&format!("{at}/messages"))
        .await
        .hidden_option("Amira Khan (Learner)");
    let sent = ann
        .fill(
            &format!("{at}/messages"),
            &format!("{at}/messages"),
            &[("to", &learner), ("text", "Welcome <b>")],
        )
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    assert!(
        cora.get(&format!("{at}/messages"))
            .await
            .body
            .contains("Welcome &#60;b&#62;")
    );
    assert_eq!(
        ann.get(&format!("{at}/withdraw")).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        ann.get("/registrations/export").await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(cora.get("/registrations/export").await.status, StatusCode::OK);
    assert!(
        cora.get("/registrations/at-risk")
            .await
            .body
            .contains("Amira Khan")
    );
}

impl crate::browser::Answer {
    /// The value of the option that begins with these words.
    fn hidden_option(&self, words: &str) -> String {
        let until = self
            .body
            .find(&format!(">{words}"))
            .unwrap_or_else(|| panic!("no {words} in {}", self.body));
        let before = &self.body[..until];
        let from = before.rfind("value=\"").unwrap() + 7;
        before[from..].split('"').next().unwrap().to_owned()
    }
}

#[tokio::test]
async fn a_list_of_learners_is_tried_and_its_good_rows_registered() {
    let college = college();
    let mut cora = signed_in(&college.site, "cora.adebayo@example.org").await;
    let page = cora.get("/registrations/import").await;
    let boundary = "assay-test-boundary";
    let part = |name: &str, file: &str, text: &str| {
        format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{name}\"{file}\r\n\r\n{text}\r\n")
    };
    let csv = "Given name,Family name,Date of birth,E-mail,Qualification code,Start date\r\n\
        Bilal,Osei,1990-01-01,bilal@learner.example,7A2V2,2019-10-14\r\n\
        Chen,Wu,2005-01-01,chen@learner.example,7A2V2,2019-10-14\r\n";
    let body = [
        part("_csrf", "", &page.hidden("_csrf")),
        part("_once", "", &page.hidden("_once")),
        part("centre", "", &college.centre),
        part(
            "file",
            "; filename=\"learners.csv\"\r\nContent-Type: text/csv",
            csv,
        ),
        format!("--{boundary}--\r\n"),
    ]
    .concat();
    let cookies: Vec<String> = cora
        .cookies
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let request = Request::post("/registrations/import")
        .header(header::COOKIE, cookies.join("; "))
        .header(
            header::CONTENT_TYPE,
            format!("multipart/form-data; boundary={boundary}"),
        )
        .body(Body::from(body))
        .unwrap();
    let tried = cora.send(request).await;
    assert_eq!(tried.status, StatusCode::SEE_OTHER, "{}", tried.body);
    let at = tried.location().to_owned();
    let found = cora.get(&at).await;
    assert!(
        found.body.contains("REG_AGE") && found.body.contains("Register the 1 good row"),
        "{}",
        found.body
    );
    let done = cora.fill(&at, &at, &[("only_good", "yes")]).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.body);
    let list = cora.get("/registrations").await;
    assert!(
        list.body.contains("Bilal Osei") && !list.body.contains("Chen Wu"),
        "{}",
        list.body
    );
    assert!(
        cora.get("/registrations/import/template.csv")
            .await
            .body
            .contains("Qualification code")
    );
}

#[tokio::test]
async fn a_program_registers_judges_and_reads_progress() {
    let college = college();
    let coordinator = college.coordinator.clone();
    let made = college
        .site
        .world
        .act(&coordinator, |acting| {
            token::make(
                acting,
                MakeToken {
                    name: "test".into(),
                    scope: Scope::Write,
                    days: 10,
                },
            )
        })
        .unwrap();
    let mut program = college.site.browser();
    let mut call = async |method: &str, path: &str, body: serde_json::Value| {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::AUTHORIZATION, format!("Bearer {made}"))
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(if body.is_null() {
                String::new()
            } else {
                body.to_string()
            }))
            .unwrap();
        program.send(request).await
    };
    let registered = call(
        "POST",
        "/api/v1/registrations",
        serde_json::json!({
            "centre": college.centre, "given": "Amira", "family": "Khan", "born_on": "1985-03-02",
            "qualification": "7D2V2", "start_on": "2019-10-14"
        }),
    )
    .await;
    assert_eq!(registered.status, StatusCode::CREATED, "{}", registered.body);
    let at = format!(
        "/api/v1/registrations/{}",
        registered.json()["registration"].as_str().unwrap()
    );
    let twice = call(
        "POST",
        "/api/v1/registrations",
        serde_json::json!({
            "centre": college.centre, "given": "Amira", "family": "Khan", "born_on": "1985-03-02",
            "qualification": "7D2V2", "start_on": "2019-10-14"
        }),
    )
    .await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.body.contains("REG_DUPLICATE"), "{}", twice.body);
    let units = serde_json::json!(["7015V1", "7016V1", "7017V1", "7018V1", "7002V1", "7020V1"]);
    let judged = call(
        "POST",
        &format!("{at}/choice"),
        serde_json::json!({ "units": units }),
    )
    .await
    .json();
    assert_eq!(
        (judged["met"].as_bool(), judged["sums"]["credits"].as_i64()),
        (Some(false), Some(39))
    );
    assert!(judged["missing"].to_string().contains("7 credits"), "{judged}");
    let best = call(
        "POST",
        &format!("{at}/best-way"),
        serde_json::json!({ "have": units, "minimise": "glh", "prefer": ["6001V1"] }),
    )
    .await
    .json();
    assert_eq!(
        (best["least"].as_i64(), best["ways"][0]["take"].to_string()),
        (Some(25), r#"["7010V1"]"#.to_owned())
    );
    let unknown = call(
        "POST",
        &format!("{at}/best-way"),
        serde_json::json!({ "without": ["7099V1"] }),
    )
    .await;
    assert_eq!(unknown.status, StatusCode::BAD_REQUEST);
    assert!(
        unknown.body.contains("The syllabus has no unit 7099V1."),
        "{}",
        unknown.body
    );
    let offered = call("GET", "/api/v1/qualifications", serde_json::Value::Null)
        .await
        .json();
    let of_it = format!(
        "/api/v1/specifications/{}/qualifications/7D2V2/rule",
        offered[0]["specification"].as_str().unwrap()
    );
    let summary = call("GET", &of_it, serde_json::Value::Null).await.json();
    assert_eq!(
        (
            summary["selections"].as_str(),
            summary["ranges"]["credits"]["least"].as_i64()
        ),
        (Some("15"), Some(46))
    );
    let judged = call(
        "POST",
        &format!("{of_it}/judge"),
        serde_json::json!({ "units": units }),
    )
    .await
    .json();
    assert_eq!(
        (
            judged["award"]["met"].as_bool(),
            judged["award"]["additions"].as_array().map(Vec::len)
        ),
        (Some(false), Some(4))
    );
    let planned = call(
        "POST",
        &format!("{of_it}/plan"),
        serde_json::json!({ "have": units }),
    )
    .await
    .json();
    assert_eq!(
        (planned["least"].as_i64(), planned["alternatives"].as_str()),
        (Some(7), Some("4"))
    );
    let plan = call(
        "PUT",
        &format!("{at}/plan"),
        serde_json::json!({ "units": [{ "unit": "7015V1", "target_on": null }] }),
    )
    .await;
    assert_eq!(plan.json()["version"].as_i64(), Some(1), "{}", plan.body);
    let progress = call("GET", &format!("{at}/progress"), serde_json::Value::Null)
        .await
        .json();
    assert_eq!(progress["credits"]["of"].as_i64(), Some(46));
    let list = call("GET", "/api/v1/registrations?search=ami", serde_json::Value::Null)
        .await
        .json();
    assert_eq!(list["lines"][0]["qualification"].as_str(), Some("7D2V2"));
    let gone = call(
        "GET",
        "/api/v1/registrations/reg_nothing",
        serde_json::Value::Null,
    )
    .await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
}
