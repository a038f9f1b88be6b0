//! From units achieved to a certificate that a stranger checks, through the application and the router.

use crate::api::{call, token_of};
use crate::browser::{Browser, Site};
use assay_app::Failure;
use assay_app::account::token::Scope;
use assay_app::award::claim::{self, Claimed};
use assay_app::award::release::{self, Released};
use assay_app::award::{certificate, check, credit, list, overview};
use assay_app::registration::register::{self, RegisterLearner};
use assay_domain::award::ClaimCredit;
use assay_domain::fact::{AiUse, Declaration, Fact, Outcome};
use assay_domain::id::{
    CentreId, ClaimId, JudgementId, PersonId, RegistrationId, SubmissionId, VerificationId,
};
use assay_domain::{Code, Decision, Role};
use assay_testkit::World;
use assay_testkit::world::PASSWORD;
use axum::http::{Method, StatusCode};
use serde_json::json;
use sha2::{Digest, Sha256};

/// A college with its staff and one learner registered twelve weeks ago.
pub struct College {
    pub world: World,
    pub centre: CentreId,
    pub coordinator: PersonId,
    pub assessor: PersonId,
    pub verifier: PersonId,
}

pub fn college() -> College {
    let mut world = World::new();
    world.publish_cmi();
    let centre = world.centre("Northern College");
    world.offers(&centre, &["7A2V2", "7C2V2"]);
    let coordinator = world.person_with("Cora Adebayo", Role::Coordinator, &centre);
    let assessor = world.person_with("Ann Okoro", Role::Assessor, &centre);
    let verifier = world.person_with("Vera Lund", Role::InternalVerifier, &centre);
    College {
        world,
        centre,
        coordinator,
        assessor,
        verifier,
    }
}

impl College {
    pub fn register(&self, family: &str, qualification: &str, identity: Option<&str>) -> RegistrationId {
        // Two people never share an address.
        let email = match family {
            "Larsson" => "ana.larsson@example.org",
            _ => "ana.learner@example.org",
        };
        let input = RegisterLearner {
            centre: self.centre.clone(),
            given: "Ana María".into(),
            family: family.into(),
            born_on: Some(jiff::civil::date(1985, 3, 2)),
            email: Some(email.into()),
            qualification: qualification.into(),
            start_on: self.world.today(),
            number: None,
            identity: identity.map(str::to_owned),
            authority: Some("Head of a team of nine".into()),
            uln: None,
            member_number: None,
        };
        self.world
            .act(&self.coordinator, move |acting| register::run(acting, &input))
            .expect("the learner is registered")
            .registration
    }

    pub fn learner_of(&self, registration: &RegistrationId) -> PersonId {
        self.world
            .ask(&self.coordinator, |asking| claim::view(asking, registration))
            .expect("the registration")
            .learner
    }

    /// Has a unit handed in, judged and verified.
    pub fn achieve(&self, registration: &RegistrationId, unit: &str) {
        let (registration, unit) = (registration.clone(), unit.to_owned());
        let judgement = self
            .world
            .act(&self.assessor, move |acting| {
                let submission = SubmissionId::fresh(acting.fresh);
                let judgement = JudgementId::fresh(acting.fresh);
                let mut decision = Decision::of(Fact::UnitSubmitted {
                    submission: submission.clone(),
                    registration,
                    unit,
                    attempt: 1,
                    revision: 1,
                    items: Vec::new(),
                    passages: Vec::new(),
                    words: 3000,
                    declaration: Declaration {
                        own_work: true,
                        ai_use: AiUse::None,
                        ai_detail: None,
                    },
                    frozen: "00".repeat(32),
                    changes: None,
                });
                decision.fact(Fact::JudgementSigned {
                    judgement: judgement.clone(),
                    submission,
                    outcome: Outcome::Passed,
                    criteria: Vec::new(),
                    qualities: Vec::new(),
                    feedback: None,
                    supersedes: None,
                    countersignature_due: false,
                    order: None,
                });
                acting.record(decision)?;
                Ok(judgement)
            })
            .expect("the unit is judged");
        self.verify(judgement);
    }

    fn verify(&self, judgement: JudgementId) {
        self.world
            .act(&self.verifier, move |acting| {
                let verification = VerificationId::fresh(acting.fresh);
                acting.record(Decision::of(Fact::JudgementVerified {
                    verification,
                    judgement,
                    agreed: true,
                    criteria: Vec::new(),
                    remark: None,
                }))
            })
            .expect("the unit is verified");
    }

    /// Has the unit's last hand-in judged again, superseding the judgement in force, and verified.
    pub fn judge_again(&self, registration: &RegistrationId, unit: &str) {
        let (registration, unit) = (registration.clone(), unit.to_owned());
        let judgement = self
            .world
            .act(&self.assessor, move |acting| {
                let rows = acting.tx.rows(
                    &assay_store::statements::submission::LIST_OF_UNIT,
                    &[registration.as_str().into(), unit.into()],
                )?;
                let last = rows.last().expect("a hand-in");
                assert_eq!(last.text("state")?, "sent_back", "the work is with its assessor");
                let judgement = JudgementId::fresh(acting.fresh);
                acting.record(Decision::of(Fact::JudgementSigned {
                    judgement: judgement.clone(),
                    submission: last.parsed("id")?,
                    outcome: Outcome::Passed,
                    criteria: Vec::new(),
                    qualities: Vec::new(),
                    feedback: None,
                    supersedes: Some(last.parsed("judgement")?),
                    countersignature_due: false,
                    order: None,
                }))?;
                Ok(judgement)
            })
            .expect("the unit is judged again");
        self.verify(judgement);
    }

    /// Claims and releases.
    pub fn claimed_and_released(&self, registration: &RegistrationId) -> Released {
        let claimed = self.claim(registration).expect("claimed");
        self.release(&self.world.quality_manager, &claimed.claim)
            .expect("released")
    }

    /// Claims credit for units, and has it released.
    pub fn credited(&self, registration: &RegistrationId, units: &[&str]) -> Released {
        let (of, act) = (
            registration.clone(),
            ClaimCredit {
                units: units.iter().map(|unit| (*unit).to_owned()).collect(),
            },
        );
        let claimed = self
            .world
            .act(&self.coordinator, move |acting| credit::claim(acting, &of, &act))
            .expect("claimed");
        self.release(&self.world.quality_manager, &claimed.claim)
            .expect("released")
    }

    fn claim(&self, registration: &RegistrationId) -> Result<Claimed, Failure> {
        let registration = registration.clone();
        self.world.act(&self.coordinator, move |acting| {
            claim::claim(acting, &registration)
        })
    }

    pub fn release(&self, who: &PersonId, claim: &ClaimId) -> Result<Released, Failure> {
        let caller = self.world.caller(who);
        let mut fresh = self.world.fresh();
        // In a thread of its own, as questions are: PostgreSQL's client refuses to run where async code runs.
        let prepared = std::thread::scope(|scope| {
            let printing = scope.spawn(|| release::prepare(&self.world.app, &caller, fresh.as_mut(), claim));
            printing.join().expect("the printing ends")
        })?;
        self.world.act(who, move |acting| release::run(acting, &prepared))
    }

    /// A learner with the Award, and the release.
    pub fn awarded(&mut self, family: &str) -> (RegistrationId, Released) {
        let registration = self.register(family, "7A2V2", Some("passport seen"));
        self.world.pass_days(84);
        self.achieve(&registration, "7016V1");
        let claimed = self.claim(&registration).expect("claimed");
        let quality_manager = self.world.quality_manager.clone();
        let released = self.release(&quality_manager, &claimed.claim).expect("released");
        (registration, released)
    }
}

pub fn codes(failure: Failure) -> Vec<Code> {
    match failure {
        Failure::Refused(refusals) => refusals.codes(),
        other => panic!("not refused: {other:?}"),
    }
}

#[test]
fn a_claim_short_of_one_credit_is_refused_with_every_reason_at_once() {
    let mut college = college();
    // 6 + 6 credits, where the Certificate asks for 13.
    let registration = college.register("García López", "7C2V2", None);
    college.world.pass_days(84);
    college.achieve(&registration, "7016V1");
    college.achieve(&registration, "7017V1");
    let failure = college.claim(&registration).expect_err("one credit short");
    let Failure::Refused(refusals) = failure else {
        panic!("{failure:?}")
    };
    assert_eq!(refusals.codes(), [Code::RegIdUnconfirmed, Code::RocNotMet]);
    let words = &refusals.0[1].because;
    assert!(words.contains('1') || words.contains("one"), "{words}");

    let view = college
        .world
        .ask(&college.coordinator, |asking| claim::view(asking, &registration))
        .unwrap();
    assert_eq!(view.credits, 12);
    assert_eq!(view.hindrances.len(), 2);
    assert!(!view.ways.is_empty());
}

#[test]
fn a_unit_of_an_earlier_registration_counts_and_is_needed_no_more() {
    let mut college = college();
    let (_, released) = college.awarded("Khan");
    let learner = college.learner_of(&released.registration);
    let next = {
        let input = RegisterLearner {
            centre: college.centre.clone(),
            given: "Ana María".into(),
            family: "Khan".into(),
            born_on: Some(jiff::civil::date(1985, 3, 2)),
            email: Some("ana.learner@example.org".into()),
            qualification: "7C2V2".into(),
            start_on: college.world.today(),
            number: None,
            identity: Some("passport seen".into()),
            authority: Some("Head of a team of nine".into()),
            uln: None,
            member_number: None,
        };
        college
            .world
            .act(&college.coordinator, move |acting| register::run(acting, &input))
            .expect("registered again")
            .registration
    };
    assert_eq!(college.learner_of(&next), learner);
    let view = college
        .world
        .ask(&college.coordinator, |asking| claim::view(asking, &next))
        .unwrap();
    assert_eq!(view.units[0].unit, "7016V1");
    assert!(view.units[0].from_registration.is_some());
    college.world.pass_days(84);
    college.achieve(&next, "7015V1");
    let claimed = college
        .claim(&next)
        .expect("6 credits from before and 7 from now");
    let quality_manager = college.world.quality_manager.clone();
    let second = college
        .release(&quality_manager, &claimed.claim)
        .expect("released");
    let award = college
        .world
        .ask(&learner, |asking| overview::view(asking, &second.award))
        .unwrap();
    assert_eq!(award.credits, 13);
}

#[test]
fn whoever_claimed_does_not_release() {
    let mut college = college();
    college
        .world
        .give(&college.coordinator, Role::QualityManager, None, false);
    let registration = college.register("Khan", "7A2V2", Some("passport seen"));
    college.world.pass_days(84);
    college.achieve(&registration, "7016V1");
    let claimed = college.claim(&registration).unwrap();
    let refused = college.release(&college.coordinator, &claimed.claim).unwrap_err();
    assert_eq!(codes(refused), [Code::Sd8]);
    let assessor = college.release(&college.assessor, &claimed.claim).unwrap_err();
    assert!(matches!(assessor, Failure::NotFound));
}

#[test]
fn nobody_claims_an_award_whose_units_they_alone_assessed() {
    let mut college = college();
    let registration = college.register("Khan", "7A2V2", Some("passport seen"));
    college.world.pass_days(84);
    college.achieve(&registration, "7016V1");
    college
        .world
        .give(&college.assessor, Role::Coordinator, &college.centre, false);
    let own = registration.clone();
    let refused = college
        .world
        .act(&college.assessor, move |acting| claim::claim(acting, &own))
        .unwrap_err();
    assert_eq!(codes(refused), [Code::Sd8]);
    college.claim(&registration).expect("another coordinator");
}

#[test]
fn an_award_is_released_once_and_its_certificate_is_kept_byte_for_byte() {
    let mut college = college();
    let (registration, released) = college.awarded("Khan");
    let learner = college.learner_of(&registration);
    let award = college
        .world
        .ask(&learner, |asking| overview::view(asking, &released.award))
        .unwrap();
    assert_eq!(
        award.title,
        "CMI Level 7 Award in Leadership Coaching and Mentoring"
    );
    assert_eq!(award.credits, 6);
    assert_eq!(
        award.progression,
        ["CMI Level 7 Qualifications in Strategic Management and Leadership"]
    );
    let current = award.current().expect("a certificate in force");
    assert_eq!(current.number, released.certificate);
    let paper = college
        .world
        .ask(&learner, |asking| {
            certificate::file(asking, &released.certificate)
        })
        .unwrap();
    assert_eq!(hex::encode(Sha256::digest(&paper.bytes)), current.pdf_sha256);

    let rows = college
        .world
        .ask(&college.coordinator, |asking| {
            list::claims(asking, &list::Wanted::default())
        })
        .unwrap();
    let again = college.release(&college.world.quality_manager, &rows.claims[0].claim);
    let codes = codes(again.unwrap_err());
    assert!(codes.contains(&Code::ClaimState), "{codes:?}");

    let other = college.world.ask(&college.assessor, |asking| {
        certificate::file(asking, &released.certificate)
    });
    assert!(matches!(other, Err(Failure::NotFound)));
}

#[test]
fn the_claim_list_has_the_exact_title_and_no_grade() {
    let mut college = college();
    let (_, released) = college.awarded("Khan");
    let csv = college
        .world
        .ask(&college.coordinator, |asking| {
            list::claims_csv(asking, &list::Wanted::default())
        })
        .unwrap();
    assert!(csv.contains("CMI Level 7 Award in Leadership Coaching and Mentoring,7A2V2,"));
    assert!(csv.contains(&released.certificate), "{csv}");
    assert!(!csv.to_lowercase().contains("grade") && !csv.to_lowercase().contains("mark"));
}

#[test]
fn claiming_for_several_returns_only_the_learners_concerned() {
    let mut college = college();
    let ready = college.register("Khan", "7A2V2", Some("passport seen"));
    let input = RegisterLearner {
        centre: college.centre.clone(),
        given: "Ben".into(),
        family: "Larsson".into(),
        born_on: Some(jiff::civil::date(1980, 1, 1)),
        email: Some("ben@example.org".into()),
        qualification: "7A2V2".into(),
        start_on: college.world.today(),
        number: None,
        identity: None,
        authority: None,
        uln: None,
        member_number: None,
    };
    let short = college
        .world
        .act(&college.coordinator, move |acting| register::run(acting, &input))
        .unwrap()
        .registration;
    college.world.pass_days(84);
    college.achieve(&ready, "7016V1");
    let both = vec![ready.clone(), short.clone()];
    let done = college
        .world
        .act(&college.coordinator, move |acting| {
            claim::claim_several(acting, &both)
        })
        .unwrap();
    assert_eq!(done.claimed[0].registration, ready);
    assert_eq!(done.returned[0].registration, short);
    assert!(done.returned[0].refusals.len() >= 2);
}

#[test]
fn a_stranger_is_told_only_with_the_right_name_and_revocation_shows_at_once() {
    let mut college = college();
    let (_, released) = college.awarded("García López");
    let nobody = assay_app::Caller {
        person: None,
        ..college.world.caller(&college.coordinator)
    };
    let asked = |number: &str, family: &str| {
        college
            .world
            .app
            .ask(&nobody, |asking| check::check(asking, number, family))
            .unwrap()
    };
    let typed = released.certificate.to_lowercase().replace('-', " ");
    let found = asked(&typed, "garcia-lopez").expect("found however it is typed");
    assert_eq!(found.learner_name, "Ana María García López");
    assert_eq!(found.state, assay_domain::award::CertificateState::Valid);
    assert_eq!(asked(&released.certificate, "Khan"), None);
    assert_eq!(asked("2019-0000-0000-0", "García López"), None);

    let number = released.certificate.clone();
    college
        .world
        .act(&college.world.quality_manager, move |acting| {
            let act = assay_domain::award::RevokeCertificate {
                because: "Released for another learner by mistake.".into(),
            };
            assay_app::award::change::revoke(acting, &number, &act)
        })
        .unwrap();
    let revoked = asked(&released.certificate, "López").unwrap();
    assert_eq!(revoked.state, assay_domain::award::CertificateState::Revoked);
    assert_eq!(revoked.ended_on, Some(college.world.today()));

    // Learner and coordinator were told of the replacement and of the revocation, without the reasons.
    let folder = tempfile::tempdir().unwrap();
    let moment = college.world.caller(&college.coordinator).moment;
    assay_app::outbox::deliver(&college.world.app, folder.path(), moment).unwrap();
    let told: Vec<String> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| std::fs::read_to_string(file.unwrap().path()).unwrap())
        .filter(|text| text.contains(&released.certificate) && text.contains("revoked"))
        .collect();
    for address in ["ana.learner@example.org", "cora.adebayo@example.org"] {
        assert!(
            told.iter().any(|text| text.contains(address)),
            "{address}: {told:?}"
        );
    }
    assert!(told.iter().all(|text| !text.contains("by mistake")));
}

#[test]
fn rebuilding_gives_the_same_claims_awards_and_certificates_also_once_the_learner_is_erased() {
    let mut college = college();
    let (registration, released) = college.awarded("Khan");
    let caller = college.world.caller(&college.world.quality_manager);
    let mut fresh = college.world.fresh();
    let prepared = assay_app::award::change::prepare_replacement(
        &college.world.app,
        &caller,
        fresh.as_mut(),
        &released.certificate,
        assay_domain::award::ReplaceCertificate {
            because: "Lost in the post.".into(),
        },
    )
    .unwrap();
    college
        .world
        .act(&college.world.quality_manager, move |acting| {
            assay_app::award::change::replace(acting, &prepared)
        })
        .unwrap();
    let rebuilt = assay_app::rebuild::run(&college.world.app, true, |_| {}).unwrap();
    assert_eq!(rebuilt.differing, Vec::<String>::new());

    let learner = college.learner_of(&registration);
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

pub async fn signed_in(site: &Site, email: &str) -> Browser {
    let mut browser = site.browser();
    let answer = browser.sign_in(email, PASSWORD).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    browser
}

#[tokio::test]
async fn from_the_claim_by_a_coordinator_to_the_check_by_a_stranger() {
    let mut college = college();
    let registration = college.register("Khan", "7A2V2", Some("passport seen"));
    college.world.pass_days(84);
    college.achieve(&registration, "7016V1");
    college.world.with_password(&college.coordinator);
    college.world.with_password(&college.world.quality_manager);
    let site = Site::of(college.world);

    let mut cora = signed_in(&site, "cora.adebayo@example.org").await;
    let home = cora.get("/").await;
    assert!(home.body.contains("Ready to claim"), "{}", home.body);
    let page = format!("/registrations/{registration}/claim");
    let claimed = cora.fill(&page, &page, &[]).await;
    assert_eq!(claimed.status, StatusCode::SEE_OTHER, "{}", claimed.body);
    assert!(cora.get("/claims").await.body.contains("With the awarding body"));

    let mut quentin = signed_in(&site, "quentin.marsh@example.org").await;
    let waiting = quentin.get("/release").await;
    let claim = waiting
        .body
        .split("name=\"claim\" value=\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next())
        .unwrap()
        .to_owned();
    assert!(
        quentin
            .get(&format!("/claims/{claim}"))
            .await
            .body
            .contains("Vera Lund")
    );
    let returned = quentin
        .fill(
            &format!("/claims/{claim}"),
            &format!("/claims/{claim}/return"),
            &[("because", " ")],
        )
        .await;
    assert_eq!(returned.status, StatusCode::UNPROCESSABLE_ENTITY);
    let released = quentin
        .fill("/release", "/release", &[("claim", claim.as_str())])
        .await;
    assert_eq!(released.status, StatusCode::SEE_OTHER, "{}", released.body);
    let register = quentin.get("/certificates").await;
    let number = register
        .body
        .split("href=\"/certificates/20")
        .nth(1)
        .and_then(|rest| rest.split('>').nth(1))
        .and_then(|rest| rest.split('<').next())
        .unwrap()
        .to_owned();
    let pdf = quentin.get(&format!("/certificates/{number}.pdf")).await;
    assert_eq!(pdf.status, StatusCode::OK);
    assert!(pdf.body.starts_with("%PDF"));

    // The paper leaves, comes back, and leaves again.
    assert!(
        quentin
            .get("/certificates?state=waiting")
            .await
            .body
            .contains(&number)
    );
    let page = format!("/certificates/{number}/dispatch");
    let unsaid = quentin.fill(&page, &page, &[("detail", "to the centre")]).await;
    assert_eq!(unsaid.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(unsaid.body.contains("how it was sent") && unsaid.body.contains("to the centre"));
    let sent = quentin
        .fill(&page, &page, &[("means", "tracked_post"), ("detail", "AB 123")])
        .await;
    assert_eq!(sent.status, StatusCode::SEE_OTHER, "{}", sent.body);
    let twice = quentin.fill(&page, &page, &[("means", "post")]).await;
    assert_eq!(twice.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        !quentin
            .get("/certificates?state=waiting")
            .await
            .body
            .contains(&number)
    );
    assert!(
        quentin
            .get("/certificates")
            .await
            .body
            .contains("Of 1 certificate dispatched in the last twelve months, 1 left within 14 days")
    );
    let back = format!("/certificates/{number}/undelivered");
    assert_eq!(cora.get(&back).await.status, StatusCode::NOT_FOUND);
    let came_back = quentin.fill(&back, &back, &[("reason", "nobody at home")]).await;
    assert_eq!(came_back.status, StatusCode::SEE_OTHER, "{}", came_back.body);
    let award = quentin.get(sent.headers["location"].to_str().unwrap()).await;
    for words in ["AB 123", "nobody at home", "kept until", "Tracked post"] {
        assert!(award.body.contains(words), "{words}: {}", award.body);
    }
    assert!(
        quentin
            .get("/certificates?state=undelivered")
            .await
            .body
            .contains(&number)
    );
    for none in ["qualification=7C2V2", "from=2100-01-01", "state=revoked"] {
        let found = quentin.get(&format!("/certificates?{none}")).await;
        assert!(!found.body.contains(&number), "{none}");
    }
    let odd = quentin.get("/certificates?from=yesterday").await;
    assert_eq!(odd.status, StatusCode::OK);
    assert!(odd.body.contains("Write a day as"));
    let file = quentin.get("/certificates.csv?from=yesterday").await;
    assert_eq!(file.status, StatusCode::BAD_REQUEST);
    assert!(
        file.body.contains("Write a day as"),
        "a file without the condition would pass for the answer"
    );

    let mut stranger = site.browser();
    let asked = stranger.get(&format!("/check/{number}")).await;
    assert_eq!(asked.status, StatusCode::OK);
    assert!(!asked.body.contains("Khan"));
    let found = stranger.get(&format!("/check?number={number}&family=KHAN")).await;
    assert!(
        found.body.contains("This certificate is genuine"),
        "{}",
        found.body
    );
    assert_eq!(found.headers["x-robots-tag"], "noindex, nofollow");

    let wrong = stranger
        .get(&format!("/check?number={number}&family=Smith"))
        .await;
    let unknown = stranger.get("/check?number=2019-0000-0000-0&family=Smith").await;
    assert_eq!(wrong.status, unknown.status);
    assert_eq!(wrong.body.replace(&number, "2019-0000-0000-0"), unknown.body);

    assert!(cora.get("/claims").await.body.contains(&number));
}

#[tokio::test]
async fn who_checks_too_many_certificates_is_asked_to_wait() {
    let site = Site::of(World::new());
    let mut stranger = site.browser();
    let mut last = StatusCode::OK;
    for _ in 0..21 {
        let answer = stranger.get("/check?number=2019-0000-0000-0&family=Smith").await;
        last = answer.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    let api = stranger.get("/api/v1/check?number=1&family=Smith").await;
    assert_eq!(api.status, StatusCode::TOO_MANY_REQUESTS);
    site.clock.pass(jiff::SignedDuration::from_secs(60));
    let api = stranger.get("/api/v1/check?number=1&family=Smith").await;
    assert_eq!(api.status, StatusCode::OK);
    assert_eq!(api.json()["found"], false);
}

#[tokio::test]
async fn a_program_releases_several_awards_and_fetches_the_dossier() {
    let mut college = college();
    let ben = RegisterLearner {
        centre: college.centre.clone(),
        given: "Ben".into(),
        family: "Larsson".into(),
        born_on: Some(jiff::civil::date(1980, 1, 1)),
        email: Some("ben@example.org".into()),
        qualification: "7A2V2".into(),
        start_on: college.world.today(),
        number: None,
        identity: Some("passport seen".into()),
        authority: Some("Head of a team of six".into()),
        uln: None,
        member_number: None,
    };
    let registrations = [
        college.register("Khan", "7A2V2", Some("passport seen")),
        college
            .world
            .act(&college.coordinator, move |acting| register::run(acting, &ben))
            .expect("the learner is registered")
            .registration,
    ];
    college.world.pass_days(84);
    let claims = registrations.map(|registration| {
        college.achieve(&registration, "7016V1");
        college.claim(&registration).expect("claimed").claim.to_string()
    });
    let manager = college.world.quality_manager.clone();
    let token = token_of(&college.world, &manager, Scope::Write);
    let coordinators = token_of(&college.world, &college.coordinator, Scope::Write);
    let site = Site::of(college.world);
    let send = |token: String, body: serde_json::Value| {
        let site = &site;
        async move {
            let path = "/api/v1/claims/release";
            call(site, &token, Method::POST, path, Some("r-1"), Some(body)).await
        }
    };
    let wanted = json!({ "claims": claims });
    let refused = send(coordinators, wanted.clone()).await;
    assert_eq!(
        refused.status,
        StatusCode::OK,
        "a coordinator sees the claims of the centre"
    );
    assert_eq!(refused.json()["released"], json!([]));
    assert_eq!(
        refused.json()["not_released"].as_array().unwrap().len(),
        2,
        "{}",
        refused.body
    );

    let unknown = json!({ "claims": [claims[0], "clm_00000000000000000000000000"] });
    assert!(
        send(token.clone(), unknown).await.status.is_client_error(),
        "nothing is done when one is not there"
    );
    let done = call(
        &site,
        &token,
        Method::POST,
        "/api/v1/claims/release",
        Some("r-2"),
        Some(wanted.clone()),
    )
    .await;
    let released = done.json()["released"].as_array().unwrap().clone();
    assert_eq!(released.len(), 2, "{}", done.body);
    let again = call(
        &site,
        &token,
        Method::POST,
        "/api/v1/claims/release",
        Some("r-2"),
        Some(wanted),
    )
    .await;
    assert_eq!(again.json(), done.json(), "the same key gives the same answer");

    let number = released[0]["certificate"].as_str().unwrap();
    let path = format!("/api/v1/certificates/{number}/dossier");
    let without_key = call(&site, &token, Method::GET, &path, None, None).await;
    assert_eq!(
        without_key.status,
        StatusCode::CONFLICT,
        "no key signs this ledger"
    );
    assert!(
        without_key.body.contains("assay keys make"),
        "{}",
        without_key.body
    );
}
