//! Unit credit: claimed for single units, released by another, printed without a qualification, kept in the register, checked by a stranger,
//! replaced and revoked; and an award afterwards all the same.

use crate::api::{call, token_of};
use crate::award::{College, codes, college, signed_in};
use crate::browser::Site;
use assay_app::account::token::Scope;
use assay_app::award::claim::Claimed;
use assay_app::award::{batch, certificate, change, check, claim, credit, list, overview, register, release};
use assay_app::credential::issue::{self, Part, Wanted};
use assay_app::registration::withdraw::{self, WithdrawRegistration};
use assay_app::{Caller, Failure, keys, rebuild};
use assay_domain::award::{AwardKind, CertificateState, ClaimCredit, ReplaceCertificate, RevokeCertificate};
use assay_domain::id::{PersonId, RegistrationId};
use assay_domain::{Code, Role};
use axum::http::{Method, StatusCode};
use serde_json::json;

/// A learner on the Certificate with one unit achieved, which is not enough for it.
fn short() -> (College, RegistrationId) {
    let mut college = college();
    let registration = college.register("Khan", "7C2V2", Some("passport seen"));
    college.world.pass_days(84);
    college.achieve(&registration, "7016V1");
    (college, registration)
}

fn claim_credit(
    college: &College,
    who: &PersonId,
    registration: &RegistrationId,
    units: &[&str],
) -> Result<Claimed, Failure> {
    let registration = registration.clone();
    let act = ClaimCredit {
        units: units.iter().map(|unit| (*unit).to_owned()).collect(),
    };
    college
        .world
        .act(who, move |acting| credit::claim(acting, &registration, &act))
}

#[test]
fn credit_is_claimed_by_a_coordinator_and_released_by_a_quality_manager_and_names_the_unit_alone() {
    let (college, registration) = short();
    let refused = claim_credit(
        &college,
        &college.world.quality_manager,
        &registration,
        &["7016V1"],
    )
    .unwrap_err();
    assert_eq!(codes(refused), [Code::RoleMissing]);
    let claimed = claim_credit(&college, &college.coordinator, &registration, &["7016V1"]).unwrap();
    let line = college
        .world
        .ask(&college.coordinator, |asking| {
            list::claims(asking, &list::Wanted::default())
        })
        .unwrap()
        .claims
        .remove(0);
    assert_eq!(line.kind, AwardKind::Credit);
    assert_eq!(line.title, "Unit credit: 7016V1");
    assert_eq!(line.qualification_number, "");
    // Only one claim is with the awarding body at a time.
    let twice = claim_credit(&college, &college.coordinator, &registration, &["7016V1"]).unwrap_err();
    assert_eq!(codes(twice), [Code::ClaimOpen]);

    let released = college
        .release(&college.world.quality_manager, &claimed.claim)
        .unwrap();
    let paper = college
        .world
        .ask(&college.coordinator, |asking| {
            certificate::file(asking, &released.certificate)
        })
        .unwrap();
    let printed = String::from_utf8_lossy(&paper.bytes).into_owned();
    assert!(
        printed.contains("7016V1") && printed.contains("credited"),
        "{printed}"
    );
    assert!(
        !printed.contains("603/") && !printed.contains("Ofqual"),
        "{printed}"
    );

    let learner = college.learner_of(&registration);
    let view = college
        .world
        .ask(&learner, |asking| overview::view(asking, &released.award))
        .unwrap();
    assert_eq!((view.kind, view.credits, view.own), (AwardKind::Credit, 6, true));
    let own = college.world.ask(&learner, overview::own).unwrap();
    assert_eq!(own[0].title, "Unit credit: 7016V1");
    let register = college
        .world
        .ask(&college.world.quality_manager, |asking| {
            register::list(asking, &register::Wanted::default())
        })
        .unwrap();
    assert_eq!(register.certificates[0].title, "Unit credit: 7016V1");
    let caller = college.world.caller(&learner);
    let transcript = std::thread::scope(|scope| {
        scope
            .spawn(|| certificate::transcript(&college.world.app, &caller, &released.award))
            .join()
            .unwrap()
    });
    assert_eq!(codes(transcript.unwrap_err()), [Code::CertNotPrinted]);
}

#[test]
fn nobody_claims_credit_for_units_that_they_alone_assessed_nor_releases_what_they_claimed() {
    let (college, registration) = short();
    let both = college.assessor.clone();
    college
        .world
        .give(&both, Role::Coordinator, &college.centre, false);
    let refused = claim_credit(&college, &both, &registration, &["7016V1"]).unwrap_err();
    assert_eq!(codes(refused), [Code::Sd8]);
    let coordinator = college.coordinator.clone();
    college
        .world
        .give(&coordinator, Role::QualityManager, None, false);
    let claimed = claim_credit(&college, &coordinator, &registration, &["7016V1"]).unwrap();
    assert_eq!(
        codes(college.release(&coordinator, &claimed.claim).unwrap_err()),
        [Code::Sd8]
    );
}

#[test]
fn no_unit_is_certified_twice_nor_before_it_is_final_and_each_reason_is_told_at_once() {
    let (college, registration) = short();
    let refused = claim_credit(&college, &college.coordinator, &registration, &[]).unwrap_err();
    assert_eq!(codes(refused), [Code::FieldMissing]);
    let refused = claim_credit(
        &college,
        &college.coordinator,
        &registration,
        &["7016V1", "7016V1", "7020V1", "nonsense"],
    );
    assert_eq!(
        codes(refused.unwrap_err()),
        [Code::FieldMissing, Code::UnitNotFinal, Code::UnitNotFinal]
    );
    college.credited(&registration, &["7016V1"]);
    let again = claim_credit(&college, &college.coordinator, &registration, &["7016V1"]).unwrap_err();
    let Failure::Refused(refusals) = again else {
        panic!("it is refused: {again:?}");
    };
    assert_eq!(refusals.codes(), [Code::AlreadyAwarded]);
    assert!(
        refusals.0[0].because.contains("on certificate 20"),
        "{refusals:?}"
    );
}

#[test]
fn a_learner_who_was_withdrawn_is_credited_with_what_they_achieved() {
    let (college, registration) = short();
    let of = registration.clone();
    college
        .world
        .act(&college.coordinator, move |acting| {
            let input = WithdrawRegistration {
                on: acting.today(),
                because: "Moved abroad.".into(),
            };
            withdraw::run(acting, &of, &input)
        })
        .unwrap();
    college.credited(&registration, &["7016V1"]);
}

#[test]
fn an_award_afterwards_counts_the_units_all_the_same_and_credit_after_it_is_refused() {
    let mut college = college();
    let registration = college.register("Khan", "7A2V2", Some("passport seen"));
    college.world.pass_days(84);
    college.achieve(&registration, "7016V1");
    let credit = college.credited(&registration, &["7016V1"]);
    // The registration is on the list of those who can be claimed for, as before.
    let ready = college
        .world
        .ask(&college.coordinator, |asking| {
            list::candidates(asking, &list::Wanted::default())
        })
        .unwrap();
    assert_eq!(ready.candidates.len(), 1);
    let award = college.claimed_and_released(&registration);
    assert_ne!(credit.award, award.award);
    let view = college
        .world
        .ask(&college.coordinator, |asking| claim::view(asking, &registration))
        .unwrap();
    assert_eq!(view.award, Some(award.award));
    let refused = claim_credit(&college, &college.coordinator, &registration, &["7016V1"]).unwrap_err();
    assert_eq!(codes(refused), [Code::AlreadyAwarded]);
}

#[test]
fn a_stranger_is_shown_the_units_and_replacement_and_revocation_work_as_for_an_award() {
    let (mut college, registration) = short();
    let released = college.credited(&registration, &["7016V1"]);
    let shown = |college: &College, number: &str| {
        let nobody = Caller {
            person: None,
            ..college.world.caller(&college.coordinator)
        };
        college
            .world
            .app
            .ask(&nobody, |asking| check::check(asking, number, "Khan"))
            .unwrap()
            .expect("it is found")
    };
    let checked = shown(&college, &released.certificate);
    assert_eq!(checked.state, CertificateState::Valid);
    assert_eq!(checked.title, "Unit credit");
    assert_eq!(checked.credited.len(), 1);
    assert_eq!(
        (checked.qualification_number.as_str(), checked.regulator.as_str()),
        ("", "")
    );

    college.world.pass_days(10);
    let quality_manager = college.world.quality_manager.clone();
    let caller = college.world.caller(&quality_manager);
    let act = ReplaceCertificate {
        because: "Lost in the post.".into(),
    };
    let mut fresh = college.world.fresh();
    let prepared = std::thread::scope(|scope| {
        scope
            .spawn(|| {
                change::prepare_replacement(
                    &college.world.app,
                    &caller,
                    fresh.as_mut(),
                    &released.certificate,
                    act,
                )
            })
            .join()
            .unwrap()
    })
    .unwrap();
    let replaced = college
        .world
        .act(&quality_manager, move |acting| change::replace(acting, &prepared))
        .unwrap();
    assert_eq!(
        shown(&college, &released.certificate).state,
        CertificateState::Replaced
    );
    let newer = shown(&college, &replaced.certificate);
    assert_eq!(newer.replaces.as_deref(), Some(released.certificate.as_str()));
    assert_eq!(newer.credited, checked.credited);
    assert_eq!(newer.awarded_on, checked.awarded_on);

    let number = replaced.certificate.clone();
    let act = RevokeCertificate {
        because: "The work was not the learner's.".into(),
    };
    college
        .world
        .act(&quality_manager, move |acting| {
            change::revoke(acting, &number, &act)
        })
        .unwrap();
    assert_eq!(
        shown(&college, &replaced.certificate).state,
        CertificateState::Revoked
    );
    // The credit stands without a certificate, as an award would, and is not certified anew by another claim.
    let refused = claim_credit(&college, &college.coordinator, &registration, &["7016V1"]).unwrap_err();
    assert_eq!(codes(refused), [Code::AlreadyAwarded]);
}

#[test]
fn there_is_a_credential_of_each_unit_and_none_of_a_qualification() {
    let (college, registration) = short();
    college
        .world
        .act(&college.world.administrator, |acting| {
            keys::make(acting, Some("assay.example/ledger"))
        })
        .unwrap();
    let released = college.credited(&registration, &["7016V1"]);
    let learner = college.learner_of(&registration);
    let of = |part| {
        let wanted = Wanted { part, form: None };
        college.world.ask(&learner, |asking| {
            issue::file(asking, &released.certificate, &wanted)
        })
    };
    let badge: serde_json::Value =
        serde_json::from_slice(&of(Part::Unit("7016V1".into())).unwrap().bytes).unwrap();
    let achievement = &badge["credentialSubject"]["achievement"];
    assert_eq!(achievement["humanCode"], "7016V1");
    assert!(!badge.to_string().contains("603/") && !badge.to_string().contains("603298"));
    for part in [Part::Qualification, Part::Record] {
        assert_eq!(codes(of(part).unwrap_err()), [Code::FieldMissing]);
    }
    let view = college
        .world
        .ask(&learner, |asking| issue::view(asking, &released.certificate))
        .unwrap();
    assert!(!view.of_qualification && view.units.len() == 1);
}

#[test]
fn a_returned_claim_of_an_award_waits_for_the_centre_beside_a_later_claim_of_credit() {
    let mut college = college();
    let registration = college.register("Khan", "7A2V2", Some("passport seen"));
    college.world.pass_days(84);
    college.achieve(&registration, "7016V1");
    let returned = |college: &College| {
        let items = college
            .world
            .ask(&college.coordinator, assay_app::work::work_list)
            .unwrap();
        items.iter().filter(|item| item.kind == "Claims returned").count()
    };
    let claimed = |college: &College| {
        let of = registration.clone();
        college
            .world
            .act(&college.coordinator, move |acting| claim::claim(acting, &of))
            .unwrap()
            .claim
    };
    let first = claimed(&college);
    assert_eq!(returned(&college), 0);
    college
        .world
        .act(&college.world.quality_manager, move |acting| {
            release::return_claim(acting, &first, "Please confirm the name.")
        })
        .unwrap();
    assert_eq!(returned(&college), 1);
    college.world.pass_days(1);
    let credited = claim_credit(&college, &college.coordinator, &registration, &["7016V1"])
        .unwrap()
        .claim;
    assert_eq!(returned(&college), 1, "credit settles nothing about the award");
    college
        .world
        .act(&college.world.quality_manager, move |acting| {
            release::return_claim(acting, &credited, "Not yet.")
        })
        .unwrap();
    assert_eq!(returned(&college), 2);
    college.world.pass_days(1);
    claimed(&college);
    assert_eq!(returned(&college), 1, "claimed again");
}

#[test]
fn a_batch_releases_credit_too_and_rebuilding_gives_the_same_tables() {
    let (college, registration) = short();
    claim_credit(&college, &college.coordinator, &registration, &["7016V1"]).unwrap();
    let who = college.world.quality_manager.clone();
    let done = std::thread::scope(|scope| {
        scope
            .spawn(|| {
                batch::release_waiting(
                    &college.world.app,
                    &|| Ok(college.world.caller(&who)),
                    &|| college.world.fresh(),
                    &mut |_| {},
                )
            })
            .join()
            .unwrap()
    })
    .unwrap();
    assert_eq!((done.released, done.left.len()), (1, 0));
    let rebuilt = rebuild::run(&college.world.app, true, |_| {}).unwrap();
    assert_eq!(rebuilt.differing, Vec::<String>::new());
}

#[test]
fn correcting_the_result_withdraws_the_credit_and_leaves_the_registration_as_it_is() {
    let (college, registration) = short();
    let released = college.credited(&registration, &["7016V1"]);
    crate::correction::corrected(&college, &released.award, &["7016V1"]);
    let view = college
        .world
        .ask(&college.coordinator, |asking| {
            overview::view(asking, &released.award)
        })
        .unwrap();
    assert!(view.withdrawn_on.is_some() && view.current().is_none());
    // The unit is judged again, verified, and certified anew.
    college.judge_again(&registration, "7016V1");
    let again = college.credited(&registration, &["7016V1"]);
    assert_ne!(again.certificate, released.certificate);
    let rebuilt = rebuild::run(&college.world.app, true, |_| {}).unwrap();
    assert_eq!(rebuilt.differing, Vec::<String>::new());
}

#[tokio::test]
async fn from_the_claim_page_to_the_check_page_and_the_learners_own_list() {
    let (college, registration) = short();
    college.world.with_password(&college.coordinator);
    college.world.with_password(&college.world.quality_manager);
    let learner = college.learner_of(&registration);
    let token = token_of(&college.world, &learner, Scope::Read);
    let coordinators = token_of(&college.world, &college.coordinator, Scope::Write);
    let site = Site::of(college.world);

    let mut cora = signed_in(&site, "cora.adebayo@example.org").await;
    let page = format!("/registrations/{registration}/claim");
    let act = format!("/registrations/{registration}/credit");
    let none = cora.fill(&page, &act, &[]).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(none.body.contains("No unit is chosen"), "{}", none.body);
    let claimed = cora.fill(&page, &act, &[("units", "7016V1")]).await;
    assert_eq!(claimed.status, StatusCode::SEE_OTHER, "{}", claimed.body);
    assert!(cora.get("/claims").await.body.contains("Unit credit: 7016V1"));
    let twice = call(
        &site,
        &coordinators,
        Method::POST,
        &format!("/api/v1{act}"),
        Some("c-1"),
        Some(json!({ "units": ["7016V1"] })),
    )
    .await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(twice.body.contains("CLAIM_OPEN"), "{}", twice.body);

    let mut quentin = signed_in(&site, "quentin.marsh@example.org").await;
    let waiting = quentin.get("/release").await;
    assert!(waiting.body.contains("Unit credit: 7016V1"), "{}", waiting.body);
    let claim = waiting
        .body
        .split("name=\"claim\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    let detail = quentin.get(&format!("/claims/{claim}")).await;
    assert!(detail.body.contains("Release the unit credit"), "{}", detail.body);
    let released = quentin
        .fill("/release", "/release", &[("claim", claim.as_str())])
        .await;
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.body);

    let own = call(&site, &token, Method::GET, "/api/v1/awards", None, None).await;
    let (kind, number) = (&own.json()[0]["kind"], &own.json()[0]["certificate"]);
    assert_eq!(kind, "credit", "{}", own.body);
    let number = number.as_str().unwrap();
    let shown = site
        .browser()
        .get(&format!("/check?number={number}&family=Khan"))
        .await;
    assert!(
        shown.body.contains("Units for which credit was awarded"),
        "{}",
        shown.body
    );
    assert!(!shown.body.contains("Qualification number") && !shown.body.contains("Regulated by"));
    // A unit's credential and the learner record are different things.
    for (query, status) in [
        ("unit=7016V1&record=true", StatusCode::BAD_REQUEST),
        ("record=true", StatusCode::UNPROCESSABLE_ENTITY),
    ] {
        let path = format!("/api/v1/certificates/{number}/credential?{query}");
        let asked = call(&site, &token, Method::GET, &path, None, None).await;
        assert_eq!(asked.status, status, "{query}: {}", asked.body);
    }
}
