//! Digital credentials of an award: who is given them, what they say, and what strangers see of their state.

use crate::award::{College, college, signed_in};
use crate::browser::Site;
use assay_app::credential::issue::{self, Form, Part, Wanted};
use assay_app::credential::publish;
use assay_app::{Failure, award, keys, ledger, rebuild};
use assay_certify::credential::{
    bit, check_form, did_key, is_picture, keys_of_document, place_of, read_multibase, unbake, verify,
    verify_jwt,
};
use assay_domain::award::RevokeCertificate;
use assay_domain::id::PersonId;
use assay_store::statements::credential as statements;
use axum::http::StatusCode;
use serde_json::Value;

const ADDRESS: &str = "https://assay.example";

fn signed_college() -> College {
    let college = college();
    college
        .world
        .act(&college.world.administrator, |acting| {
            keys::make(acting, Some("assay.example/ledger"))
        })
        .expect("a key");
    college
}

/// The same college, found on the web under its own name.
fn on_the_web() -> College {
    let mut college = signed_college();
    college.world = college.world.reached_at(ADDRESS);
    college
}

fn wanted(unit: Option<&str>, form: Form) -> Wanted {
    Wanted {
        part: unit.map_or(Part::Qualification, |unit| Part::Unit(unit.to_owned())),
        form: Some(form),
    }
}

fn credential(college: &College, who: &PersonId, number: &str, wanted: &Wanted) -> Result<Vec<u8>, Failure> {
    college
        .world
        .ask(who, |asking| issue::file(asking, number, wanted))
        .map(|paper| paper.bytes)
}

fn document(college: &College) -> Value {
    let bytes = college
        .world
        .ask(&college.world.administrator, publish::document)
        .expect("the issuer's document");
    serde_json::from_slice(&bytes).unwrap()
}

fn list(college: &College, list: i64, of: Option<&str>) -> Value {
    let bytes = college
        .world
        .ask(&college.world.administrator, |asking| {
            publish::list(asking, list, of)
        })
        .expect("a status list");
    serde_json::from_slice(&bytes).unwrap()
}

/// The keys of the issuer's document, for checking.
fn known(document: &Value) -> impl Fn(&str) -> Option<[u8; 32]> {
    let keys = keys_of_document(document).expect("a document of keys");
    move |method| {
        keys.iter()
            .find(|(named, _)| named == method)
            .map(|(_, key)| *key)
    }
}

fn is_set(college: &College, credential: &Value) -> bool {
    let (address, place) = place_of(credential, "revocation").unwrap().unwrap();
    let number = address.rsplit('/').next().unwrap().parse().unwrap();
    let found = list(college, number, None);
    assert_eq!(found["id"], *address);
    assert_eq!(verify(&found, known(&document(college))).unwrap().len(), 1);
    bit(&found, "revocation", place).unwrap()
}

#[test]
fn a_credential_says_what_the_certificate_says_and_holds_by_the_issuers_document() {
    let mut college = on_the_web();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let bytes = credential(&college, &learner, &released.certificate, &Wanted::default()).unwrap();
    let badge: Value = serde_json::from_slice(&bytes).unwrap();
    let held = verify(&badge, known(&document(&college))).unwrap();
    assert_eq!(held[0].issuer, "did:web:assay.example");
    assert_eq!(badge["proof"][0]["cryptosuite"], "eddsa-rdfc-2022");
    assert_eq!(badge["issuer"]["name"], "Chartered Management Institute");
    let subject = &badge["credentialSubject"];
    assert_eq!(subject["identifier"][0]["identityHash"], "Ana María Khan");
    assert_eq!(subject["creditsEarned"], 6);
    let achievement = &subject["achievement"];
    assert_eq!(
        achievement["name"],
        "CMI Level 7 Award in Leadership Coaching and Mentoring"
    );
    let aligned = achievement["alignment"].to_string();
    for words in ["ceterms:Credential", "7016V1", "Level 7", "Ofqual", "RQF"] {
        assert!(aligned.contains(words), "{words}: {aligned}");
    }
    assert!(
        achievement["criteria"]["narrative"]
            .as_str()
            .unwrap()
            .contains("internal verification")
    );
    let said = badge.to_string();
    for absent in ["evidence", "example.org", "1985", "Northern College", "grade"] {
        assert!(!said.contains(absent), "{absent}");
    }
    // The same facts at the same moment give the same bytes.
    let again = credential(&college, &learner, &released.certificate, &Wanted::default()).unwrap();
    assert_eq!(bytes, again);
}

#[test]
fn a_unit_has_a_credential_of_its_own_with_its_outcomes_and_criteria() {
    let mut college = on_the_web();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let of_unit = wanted(Some("7016V1"), Form::Jcs);
    let bytes = credential(&college, &learner, &released.certificate, &of_unit).unwrap();
    let badge: Value = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(verify(&badge, known(&document(&college))).unwrap().len(), 1);
    assert_eq!(badge["proof"][0]["cryptosuite"], "eddsa-jcs-2022");
    let achievement = &badge["credentialSubject"]["achievement"];
    assert_eq!(achievement["humanCode"], "7016V1");
    let narrative = achievement["criteria"]["narrative"].as_str().unwrap();
    assert!(
        narrative.contains("1.1") && narrative.contains("2. "),
        "{narrative}"
    );
    // A unit that is not part of the award, and one that does not exist.
    for other in ["7015V1", "nothing"] {
        let refused = credential(
            &college,
            &learner,
            &released.certificate,
            &wanted(Some(other), Form::Rdfc),
        );
        assert!(matches!(refused, Err(Failure::NotFound)), "{other}");
    }
}

#[test]
fn as_a_token_it_is_the_same_credential_and_a_changed_letter_is_refused() {
    let mut college = on_the_web();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let bytes = credential(
        &college,
        &learner,
        &released.certificate,
        &wanted(None, Form::Jwt),
    )
    .unwrap();
    let token = String::from_utf8(bytes).unwrap();
    let document = document(&college);
    let (badge, held) = verify_jwt(&token, known(&document)).unwrap();
    assert_eq!(held.issuer, "did:web:assay.example");
    assert_eq!(badge["credentialSubject"]["creditsEarned"], 6);
    let claims = token.split('.').nth(1).unwrap();
    for at in [0, claims.len() / 2, claims.len() - 2] {
        let letter = if claims.as_bytes()[at] == b'A' { "B" } else { "A" };
        let mut changed = claims.to_owned();
        changed.replace_range(at..=at, letter);
        assert!(verify_jwt(&token.replace(claims, &changed), known(&document)).is_err());
    }
}

#[test]
fn a_learner_record_has_the_qualification_and_its_units_together_each_with_a_proof_of_its_own() {
    let mut college = on_the_web();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let record = |form| Wanted {
        part: Part::Record,
        form,
    };
    let bytes = credential(&college, &learner, &released.certificate, &record(None)).unwrap();
    let whole: Value = serde_json::from_slice(&bytes).unwrap();
    let document = document(&college);
    assert_eq!(verify(&whole, known(&document)).unwrap().len(), 1);
    assert_eq!(check_form(&whole), Ok(()));
    let subject = &whole["credentialSubject"];
    let held = subject["verifiableCredential"].as_array().unwrap();
    let codes: Vec<&str> = held
        .iter()
        .map(|one| {
            one["credentialSubject"]["achievement"]["humanCode"]
                .as_str()
                .unwrap()
        })
        .collect();
    assert_eq!(codes, ["7A2V2", "7016V1"]);
    for one in held {
        assert_eq!(verify(one, known(&document)).unwrap().len(), 1);
    }
    // The unit is a part of the qualification, and both are told by the achievements' own names.
    let id = |at: usize| &held[at]["credentialSubject"]["achievement"]["id"];
    let belongs = &subject["association"][0];
    assert_eq!((&belongs["sourceId"], &belongs["targetId"]), (id(0), id(1)));
    // A change inside one of them breaks the whole as well, by either proof.
    let plain = credential(
        &college,
        &learner,
        &released.certificate,
        &record(Some(Form::Jcs)),
    )
    .unwrap();
    let plain: Value = serde_json::from_slice(&plain).unwrap();
    for (whole, suite) in [(&whole, "eddsa-rdfc-2022"), (&plain, "eddsa-jcs-2022")] {
        assert_eq!(whole["proof"][0]["cryptosuite"], suite);
        assert_eq!(verify(whole, known(&document)).unwrap().len(), 1, "{suite}");
        let mut changed = whole.clone();
        changed["credentialSubject"]["verifiableCredential"][1]["credentialSubject"]["creditsEarned"] =
            60.into();
        assert!(verify(&changed, known(&document)).is_err(), "{suite}");
    }

    let token = credential(
        &college,
        &learner,
        &released.certificate,
        &record(Some(Form::Jwt)),
    )
    .unwrap();
    let (told, _) = verify_jwt(&String::from_utf8(token).unwrap(), known(&document)).unwrap();
    assert_eq!(
        told["credentialSubject"]["verifiableCredential"]
            .as_array()
            .unwrap()
            .len(),
        2
    );
    for form in [Form::Svg, Form::Png] {
        let refused = credential(&college, &learner, &released.certificate, &record(Some(form)));
        let Err(Failure::Refused(refusals)) = refused else {
            panic!("{form:?} is refused with a sentence");
        };
        assert!(format!("{refusals:?}").contains("jcs"), "{refusals:?}");
    }
}

#[test]
fn a_picture_holds_the_same_credential() {
    let mut college = on_the_web();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let plain = credential(&college, &learner, &released.certificate, &Wanted::default()).unwrap();
    let plain: Value = serde_json::from_slice(&plain).unwrap();
    for form in [Form::Svg, Form::Png] {
        let picture = credential(&college, &learner, &released.certificate, &wanted(None, form)).unwrap();
        assert!(is_picture(&picture));
        let held: Value = serde_json::from_str(&unbake(&picture).unwrap()).unwrap();
        assert_eq!(held, plain, "{form:?}");
    }
}

#[test]
fn without_a_name_on_the_web_the_key_itself_is_the_issuer_and_has_lists_of_its_own() {
    let mut college = signed_college();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let bytes = credential(&college, &learner, &released.certificate, &Wanted::default()).unwrap();
    let badge: Value = serde_json::from_slice(&bytes).unwrap();
    let held = verify(&badge, |_| None).unwrap();
    assert!(held[0].issuer.starts_with("did:key:z6Mk"));
    let (address, place) = place_of(&badge, "revocation").unwrap().unwrap();
    let key = address.rsplit('/').next().unwrap().to_owned();
    assert_eq!(did_key(&read_multibase(&key).unwrap()), held[0].issuer);
    // Another key signs from now on; the list of the old one's credentials is still its own.
    college
        .world
        .act(&college.world.administrator, keys::rotate)
        .unwrap();
    let found = list(&college, 1, Some(&key));
    assert_eq!(found["id"], *address);
    assert_eq!(verify(&found, |_| None).unwrap()[0].issuer, held[0].issuer);
    assert!(!bit(&found, "revocation", place).unwrap());
    let world = &college.world;
    let refused = world.ask(&world.administrator, publish::document);
    assert!(
        matches!(refused, Err(Failure::NotFound)),
        "an address without https has no document"
    );
    let refused = world.ask(&world.administrator, |asking| publish::list(asking, 1, None));
    assert!(matches!(refused, Err(Failure::NotFound)));
}

#[test]
fn rotating_the_key_keeps_old_credentials_and_an_exposed_key_takes_them_along() {
    let mut college = on_the_web();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let bytes = credential(&college, &learner, &released.certificate, &Wanted::default()).unwrap();
    let badge: Value = serde_json::from_slice(&bytes).unwrap();
    college
        .world
        .act(&college.world.administrator, keys::rotate)
        .unwrap();
    assert_eq!(verify(&badge, known(&document(&college))).unwrap().len(), 1);
    let second = college
        .world
        .ask(&learner, |asking| Ok(keys::find_current(asking.tx)?))
        .unwrap()
        .unwrap();
    let newer = credential(&college, &learner, &released.certificate, &Wanted::default()).unwrap();
    let newer: Value = serde_json::from_slice(&newer).unwrap();
    assert_eq!(verify(&newer, known(&document(&college))).unwrap().len(), 1);
    college
        .world
        .act(&college.world.administrator, move |acting| {
            keys::retire(acting, &second.id, assay_domain::fact::RetirementGround::Exposed)
        })
        .unwrap();
    assert!(verify(&newer, known(&document(&college))).is_err());
    assert!(verify(&badge, known(&document(&college))).is_ok());
    let refused = credential(&college, &learner, &released.certificate, &Wanted::default());
    assert!(
        matches!(refused, Err(Failure::Conflict { .. })),
        "nothing signs now"
    );
}

#[test]
fn revoking_a_certificate_sets_its_place_at_once_and_no_other() {
    let mut college = on_the_web();
    let (registration, released) = college.awarded("Khan");
    let (other, also) = college.awarded("Larsson");
    let of = |college: &College, registration, number: &str| -> Value {
        let learner = college.learner_of(registration);
        let bytes = credential(college, &learner, number, &Wanted::default()).unwrap();
        serde_json::from_slice(&bytes).unwrap()
    };
    let first = of(&college, &registration, &released.certificate);
    let second = of(&college, &other, &also.certificate);
    assert!(!is_set(&college, &first) && !is_set(&college, &second));
    let number = released.certificate.clone();
    let quality_manager = college.world.quality_manager.clone();
    college
        .world
        .act(&quality_manager, move |acting| {
            let because = "Issued in error.".to_owned();
            award::change::revoke(acting, &number, &RevokeCertificate { because })
        })
        .unwrap();
    assert!(is_set(&college, &first) && !is_set(&college, &second));
    let learner = college.learner_of(&registration);
    let refused = credential(&college, &learner, &released.certificate, &Wanted::default());
    assert!(matches!(refused, Err(Failure::Refused(_))));
    // Deriving everything again gives every certificate the place that it had.
    assert!(
        rebuild::run(&college.world.app, true, |_| {})
            .unwrap()
            .differing
            .is_empty()
    );
    let look = ledger::verify::verify(&college.world.app, &[], |_| {}).unwrap();
    assert!(look.findings.is_empty(), "{:?}", look.findings);
}

#[test]
fn certificates_from_before_there_were_places_are_given_the_same_ones_as_a_rebuild_gives() {
    let mut college = on_the_web();
    college.awarded("Khan");
    college.awarded("Larsson");
    college
        .world
        .app
        .store()
        .command(
            |tx: &mut assay_store::Tx<'_>| -> Result<(), assay_store::StoreFault> {
                tx.run(&FORGET_PLACES, &[])?;
                Ok(())
            },
        )
        .unwrap();
    publish::place_earlier(&college.world.app).unwrap();
    assert!(
        rebuild::run(&college.world.app, true, |_| {})
            .unwrap()
            .differing
            .is_empty()
    );
    let placed = college
        .world
        .app
        .store()
        .read(|tx| tx.row(&statements::FIND_LAST_STATUS, &[]))
        .unwrap();
    assert_eq!(placed.unwrap().int("earlier").unwrap(), 1);
}

const FORGET_PLACES: assay_store::Statement = assay_store::Statement {
    name: "test.forget_places",
    sql: "DELETE FROM certificate_status",
    parameters: &[],
    columns: &[],
};

#[tokio::test]
async fn the_learner_and_entitled_staff_download_it_and_nobody_else() {
    // PostgreSQL's client refuses to run where async code runs.
    let made = tokio::task::spawn_blocking(|| {
        let mut college = signed_college();
        let (registration, released) = college.awarded("Khan");
        let learner = college.learner_of(&registration);
        for person in [
            &learner,
            &college.coordinator,
            &college.assessor,
            &college.verifier,
        ] {
            college.world.with_password(person);
        }
        (college.world, released)
    });
    let (world, released) = made.await.unwrap();
    let site = Site::of(world);
    let page = format!("/certificates/{}/credentials", released.certificate);
    let file = format!("/certificates/{}/credential", released.certificate);
    for email in ["ana.learner@example.org", "cora.adebayo@example.org"] {
        let mut browser = signed_in(&site, email).await;
        let answer = browser.get(&page).await;
        assert!(answer.status == StatusCode::OK && answer.body.contains("What it is for"));
        let answer = browser.get(&format!("{file}?proof=jwt&unit=7016V1")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_eq!(answer.headers["content-type"], "application/vc+jwt");
        assert_eq!(answer.headers["cache-control"], "no-store");
        let named = answer.headers["content-disposition"].to_str().unwrap();
        assert!(named.contains("-7016V1.badge.jwt"), "{named}");
        assert_eq!(
            browser.get(&format!("{file}?proof=other")).await.status,
            StatusCode::BAD_REQUEST
        );
    }
    for email in ["ann.okoro@example.org", "vera.lund@example.org"] {
        let mut browser = signed_in(&site, email).await;
        assert_eq!(browser.get(&page).await.status, StatusCode::NOT_FOUND);
        assert_eq!(browser.get(&file).await.status, StatusCode::NOT_FOUND);
    }
    let mut stranger = site.browser();
    assert_eq!(stranger.get(&file).await.status, StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn strangers_fetch_document_and_list_without_an_account_and_not_without_end() {
    let site = Site::of(on_the_web().world);
    let mut stranger = site.browser();
    let answer = stranger.get("/.well-known/did.json").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.json()["id"], "did:web:assay.example");
    assert_eq!(answer.headers["access-control-allow-origin"], "*");
    // There is a list before there is a certificate, so that its number says nothing.
    let answer = stranger.get("/credentials/status/1").await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.headers["cache-control"], "public, max-age=60");
    for nothing in ["2", "0", "-1", "x", "1/z6Mk", "99999999999999999999"] {
        let answer = stranger.get(&format!("/credentials/status/{nothing}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{nothing}");
    }
    let mut last = StatusCode::OK;
    for _ in 0..60 {
        last = stranger.get("/credentials/status/1").await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}
