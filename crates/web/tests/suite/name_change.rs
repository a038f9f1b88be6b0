//! A certificate in another name: asked for, proved, approved, and what follows it.

use crate::api::{call, token_of};
use crate::award::{College, college, signed_in};
use crate::browser::Site;
use assay_app::account::token::Scope;
use assay_app::award::name_change::{self, Show};
use assay_app::award::{certificate, change, check, overview};
use assay_app::people::change::NewDetails;
use assay_app::{Caller, Failure};
use assay_domain::award::{
    AskNameChange, CertificateState, NameChangeState, NameProof, RefuseNameChange, ReplaceCertificate,
    SeeNameProof,
};
use assay_domain::id::{NameChangeId, PersonId};
use assay_domain::{Code, Decision, Fact, Role};
use axum::http::{Method, StatusCode};
use serde_json::json;

fn larsson() -> AskNameChange {
    AskNameChange {
        given: " Ana  María ".into(),
        family: "Larsson".into(),
        proof: Some(NameProof::Marriage),
        document: "Marriage certificate, Leeds, 4 May 2019, no. 1234".into(),
    }
}

fn ask(college: &College, who: &PersonId, number: &str, act: AskNameChange) -> Result<NameChangeId, Failure> {
    let number = number.to_owned();
    college
        .world
        .act(who, move |acting| name_change::ask(acting, &number, &act))
        .map(|asked| asked.change)
}

fn see(college: &College, who: &PersonId, change: &NameChangeId) -> Result<(), Failure> {
    let (change, act) = (
        change.clone(),
        SeeNameProof {
            seen: "The original, with the raised seal.".into(),
        },
    );
    college
        .world
        .act(who, move |acting| name_change::see(acting, &change, &act))
}

/// The number of the new certificate.
fn approve(college: &College, who: &PersonId, change: &NameChangeId) -> Result<String, Failure> {
    let caller = college.world.caller(who);
    let mut fresh = college.world.fresh();
    let prepared = name_change::prepare(&college.world.app, &caller, fresh.as_mut(), change)?;
    college
        .world
        .act(who, move |acting| name_change::approve(acting, &prepared))
        .map(|replaced| replaced.certificate)
}

fn codes(failure: Failure) -> Vec<Code> {
    match failure {
        Failure::Refused(refusals) => refusals.codes(),
        other => panic!("not refused: {other:?}"),
    }
}

fn checked(college: &College, number: &str, family: &str) -> Option<check::Checked> {
    let nobody = Caller {
        person: None,
        ..college.world.caller(&college.coordinator)
    };
    college
        .world
        .app
        .ask(&nobody, |asking| check::check(asking, number, family))
        .unwrap()
}

#[test]
fn a_proved_name_stands_on_a_new_certificate_and_the_old_number_does_not_tell_it() {
    let mut college = college();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let quality_manager = college.world.quality_manager.clone();
    let old = released.certificate.as_str();

    let change = ask(&college, &learner, old, larsson()).expect("the learner asks");
    let unseen = approve(&college, &quality_manager, &change).unwrap_err();
    assert_eq!(codes(unseen), [Code::NameProofUnseen]);
    let own = see(&college, &learner, &change).unwrap_err();
    assert_eq!(
        codes(own),
        [Code::RoleMissing],
        "nobody vouches for their own proof"
    );
    assert_eq!(
        checked(&college, old, "Khan").unwrap().state,
        CertificateState::Valid,
        "nothing has changed yet"
    );

    see(&college, &college.coordinator, &change).expect("the centre sees the original");
    college
        .world
        .give(&college.coordinator, Role::QualityManager, None, false);
    let same_hand = approve(&college, &college.coordinator, &change).unwrap_err();
    assert_eq!(codes(same_hand), [Code::Sd8]);
    let new = approve(&college, &quality_manager, &change).expect("approved");

    let was = checked(&college, old, "Khan").unwrap();
    assert_eq!(was.state, CertificateState::Replaced);
    assert_eq!(was.learner_name, "Ana María Khan");
    assert_eq!(checked(&college, old, "Larsson"), None);
    let is = checked(&college, &new, "Larsson").unwrap();
    assert_eq!(is.state, CertificateState::Valid);
    assert_eq!(is.learner_name, "Ana María Larsson");
    assert_eq!(is.awarded_on, was.awarded_on, "attainment is not moved");
    assert_eq!(checked(&college, &new, "Khan"), None);

    // Registration, transcript and award follow.
    let award = college
        .world
        .ask(&learner, |asking| overview::view(asking, &released.award))
        .unwrap();
    assert_eq!(award.learner_name, "Ana María Larsson");
    assert_eq!(award.current().unwrap().number, new);
    assert_eq!(award.name_changes[0].state, NameChangeState::Approved);
    assert_eq!(award.name_changes[0].issued.as_deref(), Some(new.as_str()));
    let caller = college.world.caller(&learner);
    let transcript = certificate::transcript(&college.world.app, &caller, &released.award).unwrap();
    let text = String::from_utf8(transcript.bytes).unwrap();
    assert!(text.contains("Ana María Larsson") && !text.contains("Khan"));

    let settled = approve(&college, &quality_manager, &change).unwrap_err();
    assert_eq!(codes(settled), [Code::NameChangeState, Code::CertRevoked]);

    let rebuilt = assay_app::rebuild::run(&college.world.app, true, |_| {}).unwrap();
    assert_eq!(rebuilt.differing, Vec::<String>::new());
    college
        .world
        .act(&college.coordinator, move |acting| {
            let at = acting.moment().stored();
            assay_store::private::erase_about(acting.tx, learner.as_str(), &at)?;
            acting.record(Decision::of(Fact::PersonErased { person: learner }))
        })
        .unwrap();
    let rebuilt = assay_app::rebuild::run(&college.world.app, true, |_| {}).unwrap();
    assert_eq!(rebuilt.differing, Vec::<String>::new());
}

#[test]
fn whoever_of_the_awarding_body_asks_has_seen_the_proof_and_another_approves() {
    let mut college = college();
    let (_, released) = college.awarded("Khan");
    let quality_manager = college.world.quality_manager.clone();
    let change = ask(&college, &quality_manager, &released.certificate, larsson()).unwrap();
    let found = college
        .world
        .ask(&quality_manager, |asking| name_change::view(asking, &change))
        .unwrap();
    assert_eq!(found.line.state, NameChangeState::Proved);
    assert_eq!(found.refusals.codes(), [Code::Sd8]);
    assert_eq!(
        codes(approve(&college, &quality_manager, &change).unwrap_err()),
        [Code::Sd8]
    );
    let other = college.world.person_with("Una Hart", Role::QualityManager, None);
    approve(&college, &other, &change).expect("another quality manager approves");
}

#[test]
fn a_replacement_is_no_way_to_another_name() {
    let mut college = college();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    college
        .world
        .act(&college.coordinator, move |acting| {
            let details = NewDetails {
                given: "Ana María".into(),
                family: "Larsson".into(),
                born_on: None,
                email: None,
                because: "She says so.".into(),
            };
            assay_app::people::change::run(acting, learner, details)
        })
        .unwrap();
    let caller = college.world.caller(&college.world.quality_manager);
    let mut fresh = college.world.fresh();
    let lost = ReplaceCertificate {
        because: "Lost in the post.".into(),
    };
    let refused = change::prepare_replacement(
        &college.world.app,
        &caller,
        fresh.as_mut(),
        &released.certificate,
        lost,
    )
    .unwrap_err();
    assert_eq!(codes(refused), [Code::CertName]);
    // The way there is: the name as registered, proved.
    let change = ask(&college, &college.coordinator, &released.certificate, larsson()).unwrap();
    let quality_manager = college.world.quality_manager.clone();
    approve(&college, &quality_manager, &change).unwrap();
}

#[test]
fn what_is_missing_is_told_at_once_and_two_requests_never_wait_together() {
    let mut college = college();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let nothing = AskNameChange {
        given: String::new(),
        family: "\u{7}".into(),
        proof: None,
        document: " ".into(),
    };
    let refused = ask(&college, &learner, &released.certificate, nothing).unwrap_err();
    let Failure::Refused(refusals) = refused else {
        panic!("{refused:?}")
    };
    let fields: Vec<_> = refusals
        .0
        .iter()
        .filter_map(|refusal| refusal.field.as_deref())
        .collect();
    assert_eq!(fields, ["given", "family", "document", "proof"]);
    let same = AskNameChange {
        family: "Khan".into(),
        ..larsson()
    };
    let refused = ask(&college, &learner, &released.certificate, same).unwrap_err();
    assert_eq!(codes(refused), [Code::CertName]);

    let change = ask(&college, &learner, &released.certificate, larsson()).unwrap();
    let twice = ask(&college, &learner, &released.certificate, larsson()).unwrap_err();
    assert_eq!(codes(twice), [Code::NameChangeState]);

    let quality_manager = college.world.quality_manager.clone();
    let refuse = |because: &str| {
        let (change, act) = (
            change.clone(),
            RefuseNameChange {
                because: because.to_owned(),
            },
        );
        college.world.act(&quality_manager, move |acting| {
            name_change::refuse(acting, &change, &act)
        })
    };
    assert_eq!(codes(refuse(" ").unwrap_err()), [Code::FieldMissing]);
    refuse("The document is of somebody else.").unwrap();
    let open = college
        .world
        .ask(&quality_manager, |asking| {
            name_change::list(asking, Show::Open, None, 1)
        })
        .unwrap();
    assert_eq!(open.total, 0);
    ask(&college, &learner, &released.certificate, larsson()).expect("she can ask again");

    // The learner is told of each step, never of the reason or the name.
    let folder = tempfile::tempdir().unwrap();
    let moment = college.world.caller(&college.coordinator).moment;
    assay_app::outbox::deliver(&college.world.app, folder.path(), moment).unwrap();
    let told: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .filter(|text| text.contains("ana.learner@example.org") && text.contains("name"))
        .collect();
    assert!(told.iter().any(|text| text.contains("was asked for")), "{told:?}");
    assert!(told.iter().any(|text| text.contains("not approved")), "{told:?}");
    assert!(
        told.iter()
            .all(|text| !text.contains("Larsson") && !text.contains("somebody else"))
    );
}

#[test]
fn only_those_entitled_to_the_certificate_know_of_it() {
    let mut college = college();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let change = ask(&college, &learner, &released.certificate, larsson()).unwrap();
    let elsewhere = college.world.centre("Southern College");
    let other = college
        .world
        .person_with("Olu Berg", Role::Coordinator, &elsewhere);
    for stranger in [&college.assessor, &other] {
        for hidden in [
            college
                .world
                .ask(stranger, |asking| name_change::view(asking, &change))
                .map(|_| ()),
            ask(&college, stranger, &released.certificate, larsson()).map(|_| ()),
            see(&college, stranger, &change),
            approve(&college, stranger, &change).map(|_| ()),
        ] {
            assert!(matches!(hidden, Err(Failure::NotFound)), "{hidden:?}");
        }
    }
    let seen = college
        .world
        .ask(&other, |asking| name_change::list(asking, Show::Every, None, 1))
        .unwrap();
    assert_eq!(seen.total, 0);
}

#[tokio::test]
async fn from_the_learner_asking_to_the_certificate_in_the_new_name_on_the_pages() {
    let mut college = college();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    for person in [
        &learner,
        &college.coordinator.clone(),
        &college.world.quality_manager.clone(),
    ] {
        college.world.with_password(person);
    }
    let site = Site::of(college.world);
    let number = released.certificate;

    let mut ana = signed_in(&site, "ana.learner@example.org").await;
    let award = format!("/awards/{}", released.award);
    let page = format!("/certificates/{number}/name");
    assert!(ana.get(&award).await.body.contains(&page));
    let unsaid = ana.fill(&page, &page, &[("family", "Larsson")]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.body.contains("Choose the kind of document"));
    let typed = [
        ("given", "Ana María"),
        ("family", "Larsson"),
        ("proof", "deed_poll"),
        ("document", "Deed poll of 3 May 2019"),
    ];
    let asked = ana.fill(&page, &page, &typed).await;
    assert_eq!(asked.status, StatusCode::SEE_OTHER, "{}", asked.body);
    let change = asked.location().to_owned();
    assert!(!ana.get(&change).await.body.contains("/approve"));

    let mut cora = signed_in(&site, "cora.adebayo@example.org").await;
    assert!(cora.get("/").await.body.contains("Proof of a name to see"));
    let seen = cora
        .fill(&change, &format!("{change}/seen"), &[("seen", "The original")])
        .await;
    assert_eq!(seen.status, StatusCode::SEE_OTHER, "{}", seen.body);

    let mut quentin = signed_in(&site, "quentin.marsh@example.org").await;
    assert!(quentin.get("/").await.body.contains("Changes of name to approve"));
    assert!(quentin.get("/name-changes").await.body.contains("Larsson"));
    let unsaid = quentin
        .fill(&change, &format!("{change}/refuse"), &[("because", "")])
        .await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    let approved = quentin.fill(&change, &format!("{change}/approve"), &[]).await;
    assert_eq!(approved.status, StatusCode::SEE_OTHER, "{}", approved.body);
    let shown = ana.get(&award).await.body;
    assert!(
        shown.contains("Ana María Larsson") && shown.contains("Change of name"),
        "{shown}"
    );

    let mut stranger = site.browser();
    let old = stranger
        .get(&format!("/check?number={number}&family=Khan"))
        .await
        .body;
    assert!(old.contains("Replaced") && !old.contains("Larsson"), "{old}");
}

#[tokio::test]
async fn a_program_asks_for_another_name_and_approves_it() {
    let mut college = college();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let ana = token_of(&college.world, &learner, Scope::Write);
    let cora = token_of(&college.world, &college.coordinator, Scope::Write);
    let quentin = token_of(&college.world, &college.world.quality_manager, Scope::Write);
    let site = Site::of(college.world);
    let path = format!("/api/v1/certificates/{}/name-changes", released.certificate);
    let wanted = json!({
        "given": "Ana María", "family": "Larsson", "proof": "marriage", "document": "Marriage certificate no. 7"
    });
    let asked = call(&site, &ana, Method::POST, &path, None, Some(wanted)).await;
    assert_eq!(asked.status, StatusCode::CREATED, "{}", asked.body);
    let change = format!(
        "/api/v1/name-changes/{}",
        asked.json()["change"].as_str().unwrap()
    );
    let send = async |token: &str, what: &str, body: Option<serde_json::Value>| {
        call(
            &site,
            token,
            Method::POST,
            &format!("{change}/{what}"),
            None,
            body,
        )
        .await
    };
    let early = send(&quentin, "approve", None).await;
    assert_eq!(early.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", early.body);
    let seen = send(&cora, "seen", Some(json!({ "seen": "The original" }))).await;
    assert_eq!(seen.status, StatusCode::NO_CONTENT, "{}", seen.body);
    let waiting = call(
        &site,
        &quentin,
        Method::GET,
        "/api/v1/name-changes?state=proved",
        None,
        None,
    )
    .await;
    assert_eq!(waiting.json()["total"], 1);
    let approved = send(&quentin, "approve", None).await;
    assert_eq!(approved.status, StatusCode::CREATED, "{}", approved.body);
    let found = call(&site, &ana, Method::GET, &change, None, None).await;
    assert_eq!(found.json()["state"], "approved");
    assert_eq!(found.json()["issued"], approved.json()["certificate"]);
}
