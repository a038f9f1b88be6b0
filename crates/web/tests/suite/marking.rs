//! From the queue to the result, as an assessor and a verifier go it.

use crate::browser::{Answer, Browser};
use assay_app::evidence::content;
use assay_app::evidence::keep::{self, Start};
use assay_app::evidence::passage::{self, Chosen, Marking};
use assay_app::judgement::{acts, queue, result};
use assay_app::plan::agree::{self, AgreePlan};
use assay_app::plan::allocate::{self, AllocateStaff};
use assay_app::registration::register::{self, RegisterLearner};
use assay_app::submission::submit::{self, HandIn};
use assay_app::trail::{self, TrailQuery};
use assay_app::{verification, work};
use assay_domain::fact::{AiUse, CriterionDecision, CriterionRef, EvidenceKind, Fact, PlannedUnit};
use assay_domain::id::{CentreId, PassageId, PersonId, RegistrationId, SpecificationId, SubmissionId};
use assay_domain::judgement::{DecideCriterion, JudgeQuality, QUALITIES, SignJudgement};
use assay_domain::submission::SubmissionState;
use assay_domain::verification::{CriterionFinding, VerifyJudgement};
use assay_domain::{Code, Decision, Role};
use assay_testkit::World;
use assay_testkit::world::PASSWORD;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

const UNIT: &str = "7020V1";

pub(crate) struct Desk {
    pub world: World,
    pub centre: CentreId,
    pub learner: PersonId,
    pub assessor: PersonId,
    pub verifier: PersonId,
    pub registration: RegistrationId,
    pub submission: SubmissionId,
    pub passage: PassageId,
    pub criteria: Vec<(String, Vec<String>)>,
}

/// A hand-in of one unit by an allocated learner, its one paragraph marked for every criterion.
pub(crate) fn desk() -> Desk {
    desk_with(true)
}

/// The same, with or without staff allocated to the unit.
fn desk_with(allocated: bool) -> Desk {
    let world = World::new();
    let specification = world.publish_cmi();
    desk_on(world, &specification, "7D2V2", UNIT, allocated)
}

/// The same on any unit of a qualification.
fn desk_on(
    mut world: World,
    specification: &SpecificationId,
    qualification: &str,
    unit: &'static str,
    allocated: bool,
) -> Desk {
    let centre = world.centre("Northern College");
    world.offers(&centre, &[qualification]);
    let coordinator = world.person_with("Cora Adebayo", Role::Coordinator, &centre);
    let assessor = world.person_with("Grace Okafor", Role::Assessor, &centre);
    let verifier = world.person_with("Ivor Pike", Role::InternalVerifier, &centre);
    let input = RegisterLearner {
        centre: centre.clone(),
        given: "Amira".into(),
        family: "Khan".into(),
        born_on: Some(jiff::civil::date(1984, 3, 2)),
        email: Some("amira.khan@example.org".into()),
        qualification: qualification.into(),
        start_on: world.today(),
        number: None,
        identity: Some("passport seen".into()),
        authority: Some("Leads a team of twelve.".into()),
        uln: None,
        member_number: None,
    };
    let registration = world
        .act(&coordinator, move |acting| register::run(acting, &input))
        .unwrap()
        .registration;
    let id = registration.clone();
    let learner = world
        .ask(&coordinator, |asking| {
            assay_app::registration::find::require_registration(asking.tx, &id)
        })
        .unwrap()
        .learner;
    let plan = AgreePlan {
        units: vec![PlannedUnit {
            unit: unit.into(),
            target_on: None,
        }],
        goals: None,
        support: None,
        review_on: None,
        because: None,
        version_seen: None,
    };
    let id = registration.clone();
    world
        .act(&coordinator, move |acting| agree::run(acting, &id, &plan))
        .unwrap();
    if allocated {
        let staff = AllocateStaff {
            units: vec![unit.into()],
            tutor: None,
            assessor: Some(assessor.clone()),
            verifier: Some(verifier.clone()),
        };
        let id = registration.clone();
        world
            .act(&coordinator, move |acting| allocate::run(acting, &id, &staff))
            .unwrap();
    }
    let criteria: Vec<(String, Vec<String>)> = world
        .ask(&assessor, |asking| {
            let found = asking.app.specification(asking.tx, specification)?;
            let found = found.find_unit_called(unit).unwrap();
            Ok(found
                .criteria()
                .map(|(_, criterion)| (criterion.number.to_string(), criterion.verbs.clone()))
                .collect())
        })
        .unwrap();
    let prepared = content::prepare_text(&world.app, "# Report\n\nWe coached the team weekly <b>.").unwrap();
    let start = Start {
        learner: None,
        kind: EvidenceKind::Written,
        title: "Report on coaching".into(),
    };
    let evidence = world
        .act(&learner, move |acting| keep::start(acting, start))
        .unwrap();
    let id = evidence.clone();
    world
        .act(&learner, move |acting| keep::save(acting, &id, &prepared, false))
        .unwrap();
    let marking = Marking {
        version: None,
        chosen: Chosen::Paragraphs(vec![2]),
        criteria: criteria
            .iter()
            .map(|(criterion, _)| CriterionRef {
                unit: unit.into(),
                criterion: criterion.clone(),
            })
            .collect(),
        note: None,
    };
    let id = evidence.clone();
    let passage = world
        .act(&learner, move |acting| passage::mark(acting, &id, &marking))
        .unwrap()
        .remove(0);
    let hand_in = HandIn {
        items: vec![evidence],
        own_work: true,
        ai_use: Some(AiUse::None),
        ai_detail: None,
        changes: None,
    };
    let id = registration.clone();
    let submission = world
        .act(&learner, move |acting| submit::run(acting, &id, unit, hand_in))
        .unwrap()
        .submission;
    Desk {
        world,
        centre,
        learner,
        assessor,
        verifier,
        registration,
        submission,
        passage,
        criteria,
    }
}

impl Desk {
    pub(crate) fn take(&self) {
        let id = self.submission.clone();
        self.world
            .act(&self.assessor, move |acting| acts::take(acting, &id))
            .unwrap();
    }

    pub(crate) fn decide(&self, criterion: &str, verbs: &[String], decision: CriterionDecision) {
        let act = DecideCriterion {
            criterion: criterion.to_owned(),
            decision,
            reason: "The report shows it in paragraph 2.".into(),
            passages: vec![self.passage.clone()],
            verbs: verbs.to_vec(),
            words: None,
        };
        let id = self.submission.clone();
        self.world
            .act(&self.assessor, move |acting| acts::decide(acting, &id, &act))
            .unwrap();
    }

    /// Takes the work, decides everything as met, judges the qualities.
    pub(crate) fn judge(&self) {
        self.take();
        for (criterion, verbs) in &self.criteria {
            self.decide(criterion, verbs, CriterionDecision::Met);
        }
        for words in QUALITIES {
            let act = JudgeQuality {
                quality: words.quality,
                satisfied: true,
                remark: None,
            };
            let id = self.submission.clone();
            self.world
                .act(&self.assessor, move |acting| {
                    acts::judge_quality(acting, &id, &act)
                })
                .unwrap();
        }
    }

    pub(crate) fn sign(&self) {
        let id = self.submission.clone();
        let act = SignJudgement {
            feedback: Some("Well argued.".into()),
        };
        self.world
            .act(&self.assessor, move |acting| acts::sign(acting, &id, &act))
            .unwrap();
    }

    pub(crate) fn findings(&self, disagree_on: Option<&str>) -> VerifyJudgement {
        VerifyJudgement {
            findings: self
                .criteria
                .iter()
                .map(|(criterion, _)| {
                    let agrees = disagree_on != Some(criterion.as_str());
                    CriterionFinding {
                        criterion: criterion.clone(),
                        agrees,
                        reason: (!agrees).then(|| "The plan is missing.".to_owned()),
                    }
                })
                .collect(),
            remark: None,
        }
    }

    fn trail(&self, kind: &str) -> trail::Trail {
        let query = TrailQuery {
            kind: kind.into(),
            page: 1,
            size: 200,
        };
        self.world
            .ask(&self.verifier, |asking| {
                trail::of_submission(asking, &self.submission, &query)
            })
            .unwrap()
    }

    pub(crate) fn at(&self, rest: &str) -> String {
        format!("/submissions/{}/{rest}", self.submission)
    }

    fn let_in(&self) {
        for person in [&self.assessor, &self.verifier, &self.learner] {
            self.world.with_password(person);
        }
    }
}

pub(crate) async fn signed_in(world: &World, email: &str) -> Browser {
    let mut browser = Browser::on(world);
    let answer = browser.sign_in(email, PASSWORD).await;
    assert_eq!(answer.status, StatusCode::SEE_OTHER, "{}", answer.body);
    browser
}

/// Sends a form as the desk's script does, asking for JSON.
async fn in_place(browser: &mut Browser, on: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
    let csrf = browser.get(on).await.hidden("_csrf");
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.append_pair("_csrf", &csrf);
    for (name, value) in fields {
        form.append_pair(name, value);
    }
    let cookies: Vec<String> = browser
        .cookies
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    let request = Request::post(path)
        .header(header::COOKIE, cookies.join("; "))
        .header(header::ACCEPT, "application/json")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .body(Body::from(form.finish()))
        .unwrap();
    browser.send(request).await
}

#[tokio::test]
async fn work_goes_from_the_queue_over_the_desk_to_a_verified_result() {
    let desk = desk();
    desk.let_in();
    let mut assessor = signed_in(&desk.world, "grace.okafor@example.org").await;
    let queue = assessor.get("/marking").await;
    assert!(
        queue.body.contains("Amira Khan") && queue.body.contains("To take"),
        "{}",
        queue.body
    );
    let taken = assessor.fill("/marking", &desk.at("take"), &[]).await;
    assert_eq!(taken.location(), desk.at("mark"));
    let page = assessor.get(&desk.at("mark")).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(page.body.contains("We coached the team weekly"), "{}", page.body);
    assert!(page.body.contains("What level 7 asks for"));
    for (criterion, verbs) in &desk.criteria {
        let passage = desk.passage.to_string();
        let mut fields = vec![
            ("decision", "met"),
            ("reason", "Paragraph 2 shows it."),
            ("passage", passage.as_str()),
        ];
        fields.extend(verbs.iter().map(|verb| ("verb", verb.as_str())));
        let saved = in_place(
            &mut assessor,
            &desk.at("mark"),
            &desk.at(&format!("criteria/{criterion}")),
            &fields,
        )
        .await;
        assert_eq!(saved.status, StatusCode::OK, "{criterion}: {}", saved.body);
        assert_eq!(saved.json()["criterion"], criterion.as_str());
    }
    let early = assessor.get(&desk.at("sign")).await;
    assert!(early.body.contains("Not yet judged"), "{}", early.body);
    let answers: Vec<(String, &str)> = QUALITIES
        .iter()
        .map(|words| (format!("answer-{}", words.key), "yes"))
        .collect();
    let answers: Vec<(&str, &str)> = answers.iter().map(|(key, yes)| (key.as_str(), *yes)).collect();
    let judged = assessor
        .fill(&desk.at("mark"), &desk.at("qualities"), &answers)
        .await;
    assert_eq!(judged.status, StatusCode::SEE_OTHER, "{}", judged.body);
    let sign = assessor.get(&desk.at("sign")).await;
    assert!(
        sign.body.contains("Passed: all 19 criteria are met"),
        "{}",
        sign.body
    );
    let mut learner = signed_in(&desk.world, "amira.khan@example.org").await;
    let before = learner.get(&desk.at("result")).await;
    assert!(before.body.contains("No result yet") && !before.body.contains("Paragraph 2 shows it"));
    let signed = assessor
        .fill(
            &desk.at("sign"),
            &desk.at("sign"),
            &[("feedback", "Well argued throughout.")],
        )
        .await;
    assert_eq!(signed.location(), desk.at("result"), "{}", signed.body);
    let provisional = learner.get(&desk.at("result")).await;
    assert!(provisional.body.contains("Provisional") && provisional.body.contains("Well argued throughout."));
    assert!(provisional.body.contains("Paragraph 2 shows it"));

    let mut verifier = signed_in(&desk.world, "ivor.pike@example.org").await;
    let due = verifier.get("/verification").await;
    assert!(
        due.body.contains("Amira Khan") && due.body.contains("judged by Grace Okafor"),
        "{}",
        due.body
    );
    let page = verifier.get(&desk.at("verify")).await;
    assert!(page.body.contains("We coached the team weekly"));
    let answers: Vec<(String, &str)> = desk
        .criteria
        .iter()
        .map(|(criterion, _)| (format!("answer-{criterion}"), "agree"))
        .collect();
    let answers: Vec<(&str, &str)> = answers
        .iter()
        .map(|(key, agree)| (key.as_str(), *agree))
        .collect();
    let verified = verifier
        .fill(&desk.at("verify"), &desk.at("verify"), &answers)
        .await;
    assert_eq!(verified.location(), "/verification", "{}", verified.body);
    let result = learner.get(&desk.at("result")).await;
    assert!(
        result.body.contains("Achieved") && !result.body.contains("Provisional"),
        "{}",
        result.body
    );
    // From the result to the passage to the file: three clicks (VM-02).
    let seen = assessor.get(&desk.at("result")).await;
    assert!(
        seen.body
            .contains(&format!("{}#{}", desk.at("mark"), desk.passage))
    );
    assert!(seen.body.contains("/versions/1/file"));
    let trail = verifier.get(&desk.at("trail")).await;
    assert!(
        trail
            .body
            .contains("Ivor Pike verified unit 7020V1, attempt 1: agreed with the judgement."),
        "{}",
        trail.body
    );
    let narrow = verifier
        .get(&format!("{}?kind=judgement_signed", desk.at("trail")))
        .await;
    assert!(narrow.body.contains("signed the judgement") && !narrow.body.contains("took unit"));
}

#[tokio::test]
async fn a_decision_that_cannot_be_saved_says_why_beside_its_criterion_and_in_json() {
    let desk = desk();
    desk.let_in();
    desk.take();
    let mut assessor = signed_in(&desk.world, "grace.okafor@example.org").await;
    let fields = [
        ("decision", "not_yet_met"),
        ("reason", "Guidance asks for more."),
        ("words", "three examples"),
    ];
    let refused = in_place(&mut assessor, &desk.at("mark"), &desk.at("criteria/1.1"), &fields).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        refused.body.contains("WORDS_NOT_IN_CRITERION"),
        "{}",
        refused.body
    );
    let page = assessor
        .fill(&desk.at("mark"), &desk.at("criteria/1.1"), &fields)
        .await;
    assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(
        page.body.contains("does not stand in the words of criterion 1.1"),
        "{}",
        page.body
    );
    assert!(
        page.body.contains("Guidance asks for more."),
        "what was typed is kept"
    );
    let open = assessor
        .fill(&desk.at("mark"), &desk.at("criteria/1.1"), &[("reason", "x")])
        .await;
    assert_eq!(open.status, StatusCode::BAD_REQUEST);
    assert!(open.body.contains("Choose met or not yet met."));
    let kept = assessor
        .fill(
            &desk.at("mark"),
            &desk.at("criteria/1.1"),
            &[
                ("decision", "not_yet_met"),
                ("reason", "Only a list."),
                ("keep", "yes"),
            ],
        )
        .await;
    assert_eq!(
        kept.location(),
        format!("{}#criterion-1-1", desk.at("mark")),
        "{}",
        kept.body
    );
    assert!(assessor.get("/comments").await.body.contains("Only a list."));
}

#[tokio::test]
async fn two_assessors_at_once_are_told_apart_in_plain_words() {
    let desk = desk();
    let second = desk.world.person_with("Tom Reyes", Role::Assessor, &desk.centre);
    desk.let_in();
    desk.world.with_password(&second);
    let mut other = signed_in(&desk.world, "tom.reyes@example.org").await;
    let page = other.get(&desk.at("mark")).await;
    assert!(
        page.body
            .contains("Another assessor is allocated to this learner on this unit."),
        "{}",
        page.body
    );
    assert!(!page.body.contains("data-judge"));
    desk.take();
    let refused = other.fill(&desk.at("mark"), &desk.at("take"), &[]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_learner_sees_no_desk_and_a_trail_without_decisions_and_another_centre_sees_nothing() {
    let mut desk = desk();
    let elsewhere = desk.world.centre("Southern College");
    let stranger = desk.world.person_with("Sam Stone", Role::Assessor, &elsewhere);
    desk.judge();
    desk.let_in();
    desk.world.with_password(&stranger);
    let mut learner = signed_in(&desk.world, "amira.khan@example.org").await;
    for rest in ["mark", "sign", "return", "verify", "trail"] {
        assert_eq!(
            learner.get(&desk.at(rest)).await.status,
            StatusCode::NOT_FOUND,
            "{rest}"
        );
    }
    let of_unit = format!("/registrations/{}/units/{UNIT}/trail", desk.registration);
    let own = learner.get(&of_unit).await;
    assert_eq!(own.status, StatusCode::OK);
    assert!(own.body.contains("handed in"), "{}", own.body);
    assert!(!own.body.contains("Decision on a criterion") && !own.body.contains("/mark\""));
    let asked_for = format!("{of_unit}?kind=criterion_decided");
    assert!(learner.get(&asked_for).await.body.contains("Nothing"));
    let mut stranger = signed_in(&desk.world, "sam.stone@example.org").await;
    for rest in ["mark", "result", "verify", "trail"] {
        assert_eq!(
            stranger.get(&desk.at(rest)).await.status,
            StatusCode::NOT_FOUND,
            "{rest}"
        );
    }
    let mut assessor = signed_in(&desk.world, "grace.okafor@example.org").await;
    assert_eq!(assessor.get(&of_unit).await.status, StatusCode::OK);
}

#[test]
fn an_erased_learners_judgements_keep_no_words_and_rebuild_to_the_same_rows() {
    let desk = desk();
    desk.judge();
    desk.sign();
    let (id, act) = (desk.submission.clone(), desk.findings(Some("1.1")));
    desk.world
        .act(&desk.verifier, move |acting| {
            verification::verify(acting, &id, &act)
        })
        .unwrap();
    let learner = desk.learner.clone();
    desk.world
        .act(&desk.assessor, move |acting| {
            let at = acting.moment().stored();
            assay_store::private::erase_about(acting.tx, learner.as_str(), &at)?;
            acting.record(Decision::of(Fact::PersonErased { person: learner }))
        })
        .unwrap();
    let held = desk
        .world
        .app
        .store()
        .command(|tx| assay_store::rebuild::dump(tx, assay_store::tables::Kept::Derived))
        .unwrap();
    assert!(!held.contains("The plan is missing.") && !held.contains("Well argued."));
    let rebuilt = assay_app::rebuild::run(&desk.world.app, true, |_| {}).unwrap();
    assert_eq!(rebuilt.differing, Vec::<String>::new());
}

#[test]
fn an_assessor_who_verifies_too_is_refused_on_every_act_of_verifying_their_own_judgement() {
    let desk = desk();
    desk.world
        .give(&desk.assessor, Role::InternalVerifier, &desk.centre, false);
    desk.judge();
    desk.sign();
    let (id, act) = (desk.submission.clone(), desk.findings(None));
    let refused = desk.world.refusals(&desk.assessor, move |acting| {
        verification::verify(acting, &id, &act)
    });
    assert_eq!(refused, [Code::Sd1]);
    let id = desk.submission.clone();
    let because = assay_domain::verification::LeaveOutOfSample {
        because: "Sampled last week.".into(),
    };
    let refused = desk.world.refusals(&desk.assessor, move |acting| {
        verification::leave_out(acting, &id, &because)
    });
    assert!(refused.contains(&Code::Sd1), "{refused:?}");
    let due = desk
        .world
        .ask(&desk.assessor, |asking| verification::list_due(asking, "", 1, 25))
        .unwrap();
    assert_eq!(due.total, 1);
    assert!(
        due.items[0]
            .hindrance
            .as_deref()
            .unwrap()
            .contains("You signed this judgement")
    );
    let waits = desk.world.ask(&desk.assessor, work::work_list).unwrap();
    assert!(waits.iter().all(|item| item.kind != "To verify"));
    let waits = desk.world.ask(&desk.verifier, work::work_list).unwrap();
    assert!(waits.iter().any(|item| item.kind == "To verify"));
}

#[test]
fn work_that_is_sent_back_lies_in_the_queue_with_the_verifiers_reasons_on_the_desk() {
    let desk = desk();
    desk.judge();
    desk.sign();
    let (id, act) = (desk.submission.clone(), desk.findings(Some("5.4")));
    desk.world
        .act(&desk.verifier, move |acting| {
            verification::verify(acting, &id, &act)
        })
        .unwrap();
    let query = queue::QueueQuery {
        state: Some(SubmissionState::SentBack),
        size: 25,
        ..queue::QueueQuery::default()
    };
    let queue = desk
        .world
        .ask(&desk.assessor, |asking| queue::list(asking, &query))
        .unwrap();
    assert_eq!(queue.total, 1);
    let view = desk
        .world
        .ask(&desk.assessor, |asking| {
            assay_app::judgement::desk::view(asking, &desk.submission)
        })
        .unwrap();
    assert!(view.holds_the_pen);
    let found = view
        .criteria
        .iter()
        .find(|criterion| criterion.number == "5.4")
        .unwrap();
    assert_eq!(
        found.found.as_ref().unwrap().reason.as_deref(),
        Some("The plan is missing.")
    );
    let told = desk
        .world
        .ask(&desk.learner, |asking| result::view(asking, &desk.submission))
        .unwrap();
    assert!(told.criteria.is_empty() && told.outcome.is_none());
}

#[test]
fn a_judgement_cannot_change_without_a_new_line_in_the_trail() {
    let desk = desk();
    desk.take();
    let (criterion, verbs) = desk.criteria[0].clone();
    desk.decide(&criterion, &verbs, CriterionDecision::NotYetMet);
    let first = desk.trail("criterion_decided");
    assert_eq!(first.lines.len(), 1);
    assert_eq!(
        first.lines[0].says,
        format!("Grace Okafor decided criterion {criterion} of {UNIT}: not yet met.")
    );
    desk.decide(&criterion, &verbs, CriterionDecision::Met);
    let second = desk.trail("criterion_decided");
    assert_eq!(second.lines.len(), 2);
    assert_eq!(
        second.lines[1], first.lines[0],
        "the earlier line stays as it was"
    );
    assert!(second.lines[0].sequence > first.lines[0].sequence);
    let line = &second.lines[0];
    assert!(
        line.links
            .iter()
            .any(|link| link.href.ends_with(desk.passage.as_str()))
    );
    assert!(
        line.details
            .iter()
            .any(|detail| detail.label == "Reason" && !detail.text.is_empty())
    );
    assert!(!line.rule.is_empty() && line.via == "page" && !line.digests.is_empty());
}

#[test]
fn a_rebuild_gives_the_same_tables_after_marking_and_verification() {
    let desk = desk();
    desk.judge();
    desk.sign();
    let (id, act) = (desk.submission.clone(), desk.findings(None));
    desk.world
        .act(&desk.verifier, move |acting| {
            verification::verify(acting, &id, &act)
        })
        .unwrap();
    let rebuilt = assay_app::rebuild::run(&desk.world.app, true, |_| {}).unwrap();
    assert!(rebuilt.entries > 30);
    assert_eq!(rebuilt.differing, Vec::<String>::new());
}

#[tokio::test]
async fn an_assessor_of_the_centre_takes_work_that_nobody_is_allocated_to_and_marks_a_passage_in_it() {
    let desk = desk_with(false);
    let second = desk.world.person_with("Tom Reyes", Role::Assessor, &desk.centre);
    desk.world.with_password(&second);
    let mut other = signed_in(&desk.world, "tom.reyes@example.org").await;
    assert!(other.get("/marking").await.body.contains("Amira Khan"));
    let taken = other.fill("/marking", &desk.at("take"), &[]).await;
    assert_eq!(taken.status, StatusCode::SEE_OTHER, "{}", taken.body);
    let page = other.get(&desk.at("mark")).await;
    let piece = page.hidden("piece");
    let fields = [
        ("piece", piece.as_str()),
        ("paragraph", "1"),
        ("criterion", "1.2"),
    ];
    let marked = other.fill(&desk.at("mark"), &desk.at("passages"), &fields).await;
    assert!(marked.location().contains("/mark#psg_"), "{}", marked.body);
    let page = other.get(&desk.at("mark")).await;
    assert!(page.body.contains("by-assessor"), "{}", page.body);
    let file = format!("/evidence/{piece}/versions/1/file");
    assert_eq!(other.get(&file).await.status, StatusCode::OK);
}

#[test]
fn work_that_waits_goes_over_to_whoever_the_unit_is_allocated_to_now() {
    let desk = desk();
    let second = desk.world.person_with("Tom Reyes", Role::Assessor, &desk.centre);
    let coordinator = desk
        .world
        .person_with("Hale Brook", Role::Coordinator, &desk.centre);
    let waiting = |person: &PersonId, search: &str| {
        let query = queue::QueueQuery {
            search: search.into(),
            size: 25,
            ..queue::QueueQuery::default()
        };
        desk.world
            .ask(person, |asking| queue::list(asking, &query))
            .unwrap()
            .total
    };
    assert_eq!((waiting(&desk.assessor, ""), waiting(&second, "")), (1, 0));
    let staff = AllocateStaff {
        units: vec![UNIT.into()],
        tutor: None,
        assessor: Some(second.clone()),
        verifier: Some(desk.verifier.clone()),
    };
    let id = desk.registration.clone();
    desk.world
        .act(&coordinator, move |acting| allocate::run(acting, &id, &staff))
        .unwrap();
    assert_eq!((waiting(&desk.assessor, ""), waiting(&second, "")), (0, 1));
    assert_eq!((waiting(&second, "amira"), waiting(&second, "nobody")), (1, 0));
    let rebuilt = assay_app::rebuild::run(&desk.world.app, true, |_| {}).unwrap();
    assert_eq!(rebuilt.differing, Vec::<String>::new());
}

/// The invented specification with graded criteria, at the time of the world.
fn pottery() -> String {
    include_str!("../../../specification/tests/fixtures/pottery.toml").replace("2024-", "2018-")
}

#[tokio::test]
async fn a_graded_unit_is_passed_with_merit_and_everybody_is_shown_so() {
    let numbers = ["1.1", "1.2", "2.1", "2M1", "2M2", "2D1"];
    passed_with_merit(&pottery(), &numbers).await;
}

#[tokio::test]
async fn criteria_for_a_pass_may_have_their_letter_from_the_desk_to_the_result() {
    let lettered = [
        ("\"1.1\"", "\"1P1\""),
        ("\"1.2\"", "\"1P2\""),
        ("\"2.1\"", "\"2P1\""),
    ];
    let specification = lettered
        .into_iter()
        .fold(pottery(), |text, (plain, letter)| text.replace(plain, letter));
    let numbers = ["1P1", "1P2", "2P1", "2M1", "2M2", "2D1"];
    passed_with_merit(&specification, &numbers).await;
}

async fn passed_with_merit(specification: &str, criteria: &[&str]) {
    let world = World::new();
    let specification = world.publish(specification);
    let desk = desk_on(world, &specification, "PT3A", "PT1", true);
    desk.let_in();
    let numbers: Vec<&str> = desk.criteria.iter().map(|(number, _)| number.as_str()).collect();
    assert_eq!(numbers, criteria);
    desk.take();
    let mut assessor = signed_in(&desk.world, "grace.okafor@example.org").await;
    let page = assessor.get(&desk.at("mark")).await;
    let places: Vec<usize> = criteria
        .iter()
        .map(|number| format!("data-number=\"{number}\""))
        .map(|number| page.body.find(&number).unwrap())
        .collect();
    assert!(places.is_sorted(), "{}", page.body);
    for (criterion, verbs) in &desk.criteria {
        let passage = desk.passage.to_string();
        let met = criterion != "2D1";
        let mut fields = vec![
            ("decision", if met { "met" } else { "not_yet_met" }),
            ("reason", "Paragraph 2 shows how far it goes."),
            ("passage", passage.as_str()),
        ];
        fields.extend(verbs.iter().map(|verb| ("verb", verb.as_str())));
        let saved = in_place(
            &mut assessor,
            &desk.at("mark"),
            &desk.at(&format!("criteria/{criterion}")),
            &fields,
        )
        .await;
        assert_eq!(saved.status, StatusCode::OK, "{criterion}: {}", saved.body);
    }
    for words in QUALITIES {
        let act = JudgeQuality {
            quality: words.quality,
            satisfied: true,
            remark: None,
        };
        let id = desk.submission.clone();
        desk.world
            .act(&desk.assessor, move |acting| {
                acts::judge_quality(acting, &id, &act)
            })
            .unwrap();
    }
    let sign = assessor.get(&desk.at("sign")).await;
    assert!(
        sign.body
            .contains("Result of the unit: Merit. Not met for distinction: 2D1."),
        "{}",
        sign.body
    );
    desk.sign();
    let marked = assessor.get(&desk.at("mark")).await;
    assert!(marked.body.contains("Result: Merit"), "{}", marked.body);

    let mut verifier = signed_in(&desk.world, "ivor.pike@example.org").await;
    let before = verifier.get(&desk.at("verify")).await;
    assert!(
        before.body.contains("Result of the unit by this judgement")
            && before.body.contains("Merit. Not met for distinction: 2D1."),
        "{}",
        before.body
    );
    let id = desk.submission.clone();
    let act = desk.findings(None);
    desk.world
        .act(&desk.verifier, move |acting| {
            verification::verify(acting, &id, &act)
        })
        .unwrap();

    let mut learner = signed_in(&desk.world, "amira.khan@example.org").await;
    let result = learner.get(&desk.at("result")).await;
    assert!(result.body.contains("Achieved: Merit"), "{}", result.body);
    let registration = learner
        .get(&format!("/registrations/{}", desk.registration))
        .await;
    assert!(registration.body.contains("merit"), "{}", registration.body);
    let progress = desk
        .world
        .ask(&desk.learner, |asking| {
            assay_app::progress::progress(asking, &desk.registration)
        })
        .unwrap();
    let unit = progress.by_unit.iter().find(|unit| unit.unit == "PT1").unwrap();
    assert_eq!(unit.graded.as_deref(), Some("merit"));
    assert_eq!(unit.criteria_met, 5);
}

#[test]
fn a_criterion_for_a_pass_that_is_not_met_refers_a_graded_unit_whatever_else_is_met() {
    let world = World::new();
    let specification = world.publish(&pottery());
    let desk = desk_on(world, &specification, "PT3A", "PT1", true);
    desk.take();
    for (criterion, verbs) in &desk.criteria {
        let decision = if criterion == "1.2" {
            CriterionDecision::NotYetMet
        } else {
            CriterionDecision::Met
        };
        desk.decide(criterion, verbs, decision);
    }
    for words in QUALITIES {
        let act = JudgeQuality {
            quality: words.quality,
            satisfied: true,
            remark: None,
        };
        let id = desk.submission.clone();
        desk.world
            .act(&desk.assessor, move |acting| {
                acts::judge_quality(acting, &id, &act)
            })
            .unwrap();
    }
    desk.sign();
    let told = desk
        .world
        .ask(&desk.learner, |asking| result::view(asking, &desk.submission))
        .unwrap();
    assert_eq!(told.state, SubmissionState::Referred);
    let graded = told.graded.unwrap();
    assert_eq!(graded.reached, None);
    assert_eq!(graded.missing, ["1.2"]);
}
