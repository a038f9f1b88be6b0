//! A result that turns out to be wrong after its award: flagged, assessed, corrected or left, and what follows.

use crate::api::{call, token_of};
use crate::award::{College, college, signed_in};
use crate::browser::Site;
use assay_app::account::token::Scope;
use assay_app::award::{check, claim, correction, overview};
use assay_app::{Caller, Failure};
use assay_domain::award::{
    AssessCorrection, CertificateState, CorrectionState, DecideCorrection, FlagResult,
};
use assay_domain::id::{AwardId, CorrectionId, PersonId};
use assay_domain::{Code, Decision, Fact, Role};
use axum::http::{Method, StatusCode};
use serde_json::json;

fn flag(college: &College, who: &PersonId, award: &AwardId, units: &[&str]) -> Result<CorrectionId, Failure> {
    let (award, act) = (
        award.clone(),
        FlagResult {
            units: units.iter().map(|&unit| unit.to_owned()).collect(),
            because: "1.2 rests on another learner's page.".into(),
        },
    );
    college
        .world
        .act(who, move |acting| correction::flag(acting, &award, &act))
        .map(|flagged| flagged.correction)
}

fn assess(
    college: &College,
    who: &PersonId,
    id: &CorrectionId,
    adverse: Option<bool>,
) -> Result<(), Failure> {
    let (id, act) = (
        id.clone(),
        AssessCorrection {
            adverse,
            finding: "The page is not hers.".into(),
        },
    );
    college
        .world
        .act(who, move |acting| correction::assess(acting, &id, &act))
}

fn decide(
    college: &College,
    who: &PersonId,
    id: &CorrectionId,
    corrects: bool,
    regulator: &str,
) -> Result<(), Failure> {
    let (id, act) = (
        id.clone(),
        DecideCorrection {
            because: "Without the page 1.2 is not met.".into(),
            regulator: regulator.into(),
        },
    );
    college.world.act(who, move |acting| {
        if corrects {
            correction::correct(acting, &id, &act)
        } else {
            correction::leave(acting, &id, &act)
        }
    })
}

/// Flags, assesses and corrects results of an award.
pub fn corrected(college: &College, award: &AwardId, units: &[&str]) {
    let quality_manager = college.world.quality_manager.clone();
    let id = flag(college, &college.coordinator, award, units).expect("the centre says so");
    assess(college, &quality_manager, &id, Some(false)).unwrap();
    decide(college, &quality_manager, &id, true, "").unwrap();
}

fn codes(failure: Failure) -> Vec<Code> {
    match failure {
        Failure::Refused(refusals) => refusals.codes(),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_corrected_result_takes_award_and_certificate_with_it_and_goes_back_to_the_assessor() {
    let mut college = college();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let quality_manager = college.world.quality_manager.clone();
    let award = &released.award;

    let id = flag(&college, &college.coordinator, award, &["7016V1"]).expect("the centre says so");
    let early = decide(&college, &quality_manager, &id, true, "").unwrap_err();
    assert_eq!(codes(early), [Code::CorrectionState]);
    let unsaid = assess(&college, &quality_manager, &id, None).unwrap_err();
    assert_eq!(codes(unsaid), [Code::FieldMissing]);
    assess(&college, &quality_manager, &id, Some(true)).unwrap();
    let untold = decide(&college, &quality_manager, &id, true, " ").unwrap_err();
    assert_eq!(
        codes(untold),
        [Code::FieldMissing],
        "the regulator is told of an adverse effect"
    );
    decide(&college, &quality_manager, &id, true, "By letter, today").unwrap();

    let nobody = Caller {
        person: None,
        ..college.world.caller(&college.coordinator)
    };
    let checked = college
        .world
        .app
        .ask(&nobody, |asking| {
            check::check(asking, &released.certificate, "Khan")
        })
        .unwrap()
        .unwrap();
    assert_eq!(checked.state, CertificateState::Revoked);
    let view = college
        .world
        .ask(&learner, |asking| overview::view(asking, award))
        .unwrap();
    assert_eq!(view.withdrawn_on, Some(college.world.today()));
    assert!(view.current().is_none());
    assert!(
        view.corrections.is_empty(),
        "how it was found out is for the staff"
    );

    // Nothing can be claimed on the wrong result, and nothing is said to be awarded.
    let standing = college
        .world
        .ask(&college.coordinator, |asking| claim::view(asking, &registration))
        .unwrap();
    assert!(standing.units.is_empty(), "{:?}", standing.units);
    let against: Vec<Code> = standing.hindrances.iter().map(|refusal| refusal.code).collect();
    assert!(
        against.contains(&Code::RocNotMet) && !against.contains(&Code::AlreadyAwarded),
        "{against:?}"
    );

    let rebuilt = assay_app::rebuild::run(&college.world.app, true, |_| {}).unwrap();
    assert_eq!(rebuilt.differing, Vec::<String>::new());

    // Judged again and verified, the unit is claimed and awarded anew on the same registration.
    college.judge_again(&registration, "7016V1");
    let again = college.claimed_and_released(&registration);
    assert_ne!(again.award, released.award);
    let view = college
        .world
        .ask(&learner, |asking| overview::view(asking, &again.award))
        .unwrap();
    assert_eq!(view.current().unwrap().number, again.certificate);

    let folder = tempfile::tempdir().unwrap();
    let moment = college.world.caller(&college.coordinator).moment;
    assay_app::outbox::deliver(&college.world.app, folder.path(), moment).unwrap();
    let told: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .filter(|text| text.contains("A result was corrected"))
        .collect();
    assert_eq!(told.len(), 2, "learner and coordinator: {told:?}");
    assert!(told.iter().all(|text| !text.contains("page")), "{told:?}");

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
fn a_result_that_is_left_changes_nothing_and_keeps_the_reasoning() {
    let mut college = college();
    let (_, released) = college.awarded("Khan");
    let quality_manager = college.world.quality_manager.clone();
    let id = flag(&college, &college.coordinator, &released.award, &["7016V1"]).unwrap();
    let twice = flag(&college, &college.coordinator, &released.award, &["7016V1"]).unwrap_err();
    assert_eq!(codes(twice), [Code::CorrectionState]);
    assess(&college, &quality_manager, &id, Some(false)).unwrap();
    decide(&college, &quality_manager, &id, false, "").unwrap();
    let view = college
        .world
        .ask(&quality_manager, |asking| overview::view(asking, &released.award))
        .unwrap();
    assert!(view.current().is_some() && view.withdrawn_on.is_none());
    assert_eq!(view.corrections[0].state, CorrectionState::Left);
    assert!(view.corrections[0].reasoning.is_some());
    let over = decide(&college, &quality_manager, &id, true, "").unwrap_err();
    assert_eq!(codes(over), [Code::CorrectionState]);
}

#[test]
fn who_flagged_or_took_part_does_not_decide_and_the_learner_never() {
    let mut college = college();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let quality_manager = college.world.quality_manager.clone();
    for stranger in [&learner, &college.assessor] {
        let hidden = flag(&college, stranger, &released.award, &["7016V1"]);
        assert!(matches!(hidden, Err(Failure::NotFound)), "{hidden:?}");
    }
    for units in [&[][..], &["7017V1"][..]] {
        let refused = flag(&college, &quality_manager, &released.award, units).unwrap_err();
        assert_eq!(codes(refused), [Code::FieldMissing]);
    }
    let id = flag(&college, &quality_manager, &released.award, &["7016V1"]).unwrap();
    assess(&college, &quality_manager, &id, Some(false)).unwrap();
    let own = decide(&college, &quality_manager, &id, true, "").unwrap_err();
    assert_eq!(codes(own), [Code::Sd8]);
    college
        .world
        .give(&college.verifier, Role::QualityManager, None, false);
    let interested = decide(&college, &college.verifier, &id, true, "").unwrap_err();
    assert_eq!(codes(interested), [Code::Sd3]);
    let other = college.world.person_with("Una Hart", Role::QualityManager, None);
    decide(&college, &other, &id, true, "").unwrap();
}

#[tokio::test]
async fn from_saying_that_a_result_is_wrong_to_the_revoked_certificate_on_the_pages() {
    let mut college = college();
    let (_, released) = college.awarded("Khan");
    for person in [college.coordinator.clone(), college.world.quality_manager.clone()] {
        college.world.with_password(&person);
    }
    let site = Site::of(college.world);
    let number = released.certificate;
    let mut cora = signed_in(&site, "cora.adebayo@example.org").await;
    let award = format!("/awards/{}", released.award);
    let page = format!("{award}/correction");
    assert!(cora.get(&award).await.body.contains(&page));
    let unsaid = cora.fill(&page, &page, &[("because", "Odd.")]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.body.contains("Choose at least one unit"));
    let flagged = cora
        .fill(
            &page,
            &page,
            &[("units", "7016V1"), ("because", "1.2 rests on nothing.")],
        )
        .await;
    assert_eq!(flagged.status, StatusCode::SEE_OTHER, "{}", flagged.body);
    let correction = flagged.location().to_owned();
    assert!(!cora.get(&correction).await.body.contains("/assess"));

    let mut quentin = signed_in(&site, "quentin.marsh@example.org").await;
    assert!(quentin.get("/").await.body.contains("Results to look into"));
    assert!(
        quentin
            .get("/corrections?state=flagged")
            .await
            .body
            .contains("7016V1")
    );
    let facts = [("adverse", "yes"), ("finding", "Nothing is cited.")];
    let assessed = quentin
        .fill(&correction, &format!("{correction}/assess"), &facts)
        .await;
    assert_eq!(assessed.status, StatusCode::SEE_OTHER, "{}", assessed.body);
    let shown = quentin.get(&correction).await.body;
    assert!(
        shown.contains(&format!("certificate {number} is revoked")),
        "{shown}"
    );
    let decided = [("because", "It is not met."), ("regulator", "By letter today")];
    let corrected = quentin
        .fill(&correction, &format!("{correction}/correct"), &decided)
        .await;
    assert_eq!(corrected.status, StatusCode::SEE_OTHER, "{}", corrected.body);
    assert!(quentin.get(&award).await.body.contains("withdrawn"));
    let mut stranger = site.browser();
    let checked = stranger
        .get(&format!("/check?number={number}&family=Khan"))
        .await
        .body;
    assert!(
        checked.contains("Revoked") && !checked.contains("not met"),
        "{checked}"
    );
}

#[tokio::test]
async fn a_program_flags_a_result_and_leaves_it() {
    let mut college = college();
    let (_, released) = college.awarded("Khan");
    let cora = token_of(&college.world, &college.coordinator, Scope::Write);
    let quentin = token_of(&college.world, &college.world.quality_manager, Scope::Write);
    let site = Site::of(college.world);
    let send = async |token: &str, path: String, body: serde_json::Value| {
        call(&site, token, Method::POST, &path, None, Some(body)).await
    };
    let flagged = send(
        &cora,
        format!("/api/v1/awards/{}/corrections", released.award),
        json!({ "units": ["7016V1"], "because": "Odd." }),
    )
    .await;
    assert_eq!(flagged.status, StatusCode::CREATED, "{}", flagged.body);
    let path = format!(
        "/api/v1/corrections/{}",
        flagged.json()["correction"].as_str().unwrap()
    );
    let assessed = send(
        &quentin,
        format!("{path}/assess"),
        json!({ "adverse": false, "finding": "All is in order." }),
    )
    .await;
    assert_eq!(assessed.status, StatusCode::NO_CONTENT, "{}", assessed.body);
    let left = send(
        &quentin,
        format!("{path}/leave"),
        json!({ "because": "All is in order." }),
    )
    .await;
    assert_eq!(left.status, StatusCode::NO_CONTENT, "{}", left.body);
    let found = call(&site, &cora, Method::GET, &path, None, None).await;
    assert_eq!(found.json()["state"], "left");
    let listed = call(
        &site,
        &quentin,
        Method::GET,
        "/api/v1/corrections?state=left",
        None,
        None,
    )
    .await;
    assert_eq!(listed.json()["total"], 1);
}
