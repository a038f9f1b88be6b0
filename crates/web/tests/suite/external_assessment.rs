//! From the order to the stamp: a unit that the awarding body assesses.

use crate::marking::{Desk, desk, signed_in};
use assay_app::external_assessment::list::{self, Show};
use assay_app::external_assessment::{acts as orders, view};
use assay_app::judgement::{acts, desk as marking, queue, result};
use assay_app::submission::submit::{self, HandIn};
use assay_app::{evidence, progress, registration, verification, work};
use assay_domain::external_assessment::{
    AllocateExternalAssessor, OrderExternalAssessment, OrderState, ReceiveWork,
};
use assay_domain::fact::{AiUse, CriterionDecision};
use assay_domain::id::{OrderId, PersonId};
use assay_domain::judgement::RecordOwnGrade;
use assay_domain::submission::SubmissionState;
use assay_domain::{Code, Role};
use axum::http::StatusCode;
use jiff::civil::date;

const UNIT: &str = "7020V1";

/// The hand-in of the marking tests, with people of the awarding body.
struct Ordered {
    desk: Desk,
    coordinator: PersonId,
    /// The centre's own assessor, to whom the unit is allocated.
    asha: PersonId,
    imogen: PersonId,
    order: OrderId,
}

fn ordered() -> Ordered {
    let mut desk = desk();
    let coordinator = desk
        .world
        .person_with("Carys Bevan", Role::Coordinator, &desk.centre);
    let imogen = desk
        .world
        .person_with("Imogen Hale", Role::ExternalAssessor, None);
    let registration = desk.registration.clone();
    let act = OrderExternalAssessment { unit: UNIT.into() };
    let order = desk
        .world
        .act(&coordinator, move |acting| {
            orders::order(acting, &registration, &act)
        })
        .unwrap()
        .order;
    let asha = std::mem::replace(&mut desk.assessor, imogen.clone());
    Ordered {
        desk,
        coordinator,
        asha,
        imogen,
        order,
    }
}

impl Ordered {
    fn receive(&self) {
        let order = self.order.clone();
        let act = ReceiveWork {
            assessor: Some(self.imogen.clone()),
        };
        let quality_manager = &self.desk.world.quality_manager;
        self.desk
            .world
            .act(quality_manager, move |acting| {
                orders::receive(acting, &order, &act)
            })
            .unwrap();
    }

    fn taking(&self, person: &PersonId) -> Vec<Code> {
        let id = self.desk.submission.clone();
        self.desk
            .world
            .refusals(person, move |acting| acts::take(acting, &id))
    }

    fn verifying(&self, person: &PersonId) -> Vec<Code> {
        let (id, act) = (self.desk.submission.clone(), self.desk.findings(None));
        self.desk
            .world
            .refusals(person, move |acting| verification::verify(acting, &id, &act))
    }

    fn seen_by(&self, person: &PersonId) -> view::OrderLine {
        self.desk
            .world
            .ask(person, |asking| Ok(view::view(asking, &self.order)?.line))
            .unwrap()
    }

    fn unit(&self) -> progress::UnitProgress {
        self.desk
            .world
            .ask(&self.desk.learner, |asking| {
                progress::progress(asking, &self.desk.registration)
            })
            .unwrap()
            .by_unit
            .remove(0)
    }
}

fn kinds(desk: &Desk, person: &PersonId) -> Vec<String> {
    let items = desk.world.ask(person, work::work_list).unwrap();
    items.into_iter().map(|item| item.kind).collect()
}

#[test]
fn an_order_shows_sent_received_marked_and_the_result_and_the_unit_bears_the_stamp() {
    let ordered = ordered();
    let desk = &ordered.desk;
    let quality_manager = desk.world.quality_manager.clone();
    // Handed in before it was ordered: it is sent at once, and gone from the centre's queue.
    assert_eq!(ordered.seen_by(&ordered.coordinator).state, OrderState::Sent);
    let waiting = desk
        .world
        .ask(&ordered.asha, |asking| {
            queue::list(asking, &queue::QueueQuery::default())
        })
        .unwrap();
    assert_eq!((waiting.items.len(), waiting.total), (0, 0));
    assert_eq!(ordered.taking(&ordered.asha), [Code::ExternallyAssessed]);
    assert!(kinds(desk, &quality_manager).contains(&"To receive for external assessment".to_owned()));
    let unit = ordered.unit().external.unwrap();
    assert_eq!(
        (unit.in_words(), unit.stamp),
        ("To be assessed by CMI".to_owned(), None)
    );

    ordered.receive();
    let line = ordered.seen_by(&quality_manager);
    assert_eq!((line.state, line.late), (OrderState::Received, false));
    assert_eq!(
        (line.received_on, line.due_on),
        (Some(date(2019, 10, 14)), Some(date(2019, 11, 25)))
    );
    assert!(kinds(desk, &ordered.imogen).contains(&"To mark for the awarding body".to_owned()));
    desk.judge();
    assert_eq!(ordered.seen_by(&ordered.imogen).state, OrderState::Received);
    desk.sign();
    assert_eq!(ordered.seen_by(&ordered.imogen).state, OrderState::Marked);
    assert!(ordered.unit().external.unwrap().stamp.is_none());

    // The centre's verifier does not verify it, the assessor does not either, and a quality manager does.
    assert_eq!(ordered.verifying(&desk.verifier), [Code::ExternallyAssessed]);
    assert_eq!(
        ordered.verifying(&ordered.imogen),
        [Code::ExternallyAssessed, Code::Sd1]
    );
    let due = desk
        .world
        .ask(&desk.verifier, |asking| verification::list_due(asking, "", 1, 25))
        .unwrap();
    assert_eq!((due.items.len(), due.total), (0, 0));
    assert!(kinds(desk, &quality_manager).contains(&"To verify for the awarding body".to_owned()));
    assert_eq!(ordered.verifying(&quality_manager), []);
    assert_eq!(ordered.seen_by(&ordered.coordinator).state, OrderState::Result);
    let unit = ordered.unit();
    assert_eq!(
        unit.external.unwrap().stamp.as_deref(),
        Some("Assessed by CMI"),
        "the body's own short name"
    );
    let told = desk
        .world
        .ask(&desk.learner, |asking| result::view(asking, &desk.submission))
        .unwrap();
    assert_eq!(
        told.external.and_then(|external| external.stamp).as_deref(),
        Some("Assessed by CMI")
    );
    // The centre cannot change it.
    assert_eq!(ordered.taking(&ordered.asha), [Code::ExternallyAssessed]);
}

#[test]
fn a_result_that_is_not_out_on_12_april_shows_late_on_13_april() {
    let mut ordered = ordered();
    ordered.desk.world.pass_days(139);
    assert_eq!(ordered.desk.world.today(), date(2020, 3, 1));
    ordered.receive();
    let quality_manager = ordered.desk.world.quality_manager.clone();
    ordered.desk.world.pass_days(42);
    assert_eq!(ordered.desk.world.today(), date(2020, 4, 12));
    assert!(!ordered.seen_by(&quality_manager).late);
    ordered.desk.world.pass_days(1);
    for person in [&quality_manager, &ordered.coordinator, &ordered.imogen] {
        let line = ordered.seen_by(person);
        assert!(line.late && line.due_on == Some(date(2020, 4, 12)));
    }
    assert!(kinds(&ordered.desk, &ordered.coordinator).contains(&"Late in external assessment".to_owned()));
}

#[test]
fn the_external_assessor_is_told_nothing_of_the_centre_but_the_work() {
    let ordered = ordered();
    let desk = &ordered.desk;
    let found = |person: &PersonId| {
        desk.world
            .ask(person, |asking| marking::view(asking, &desk.submission))
            .is_ok()
    };
    assert!(!found(&ordered.imogen), "nothing before the work is received");
    ordered.receive();
    assert!(found(&ordered.imogen));
    let view = desk
        .world
        .ask(&ordered.imogen, |asking| marking::view(asking, &desk.submission))
        .unwrap();
    assert!(view.grade.is_none() && view.external.is_some());
    assert_eq!(view.allocated_to.as_deref(), Some("Imogen Hale"));
    // Not the registration with its other units, nor the piece's own page with where else it was handed in.
    let evidence = view.reading.pieces[0].evidence.clone();
    let hidden = [
        desk.world
            .ask(&ordered.imogen, |asking| {
                registration::overview::view(asking, &desk.registration)
            })
            .is_err(),
        desk.world
            .ask(&ordered.imogen, |asking| {
                evidence::view::view(asking, &evidence, None)
            })
            .is_err(),
        desk.world
            .ask(
                &desk
                    .world
                    .person_with("Another External", Role::ExternalAssessor, None),
                |asking| marking::view(asking, &desk.submission),
            )
            .is_err(),
    ];
    assert_eq!(hidden, [true; 3]);
    // The file as handed in can be opened.
    assert!(
        desk.world
            .ask(&ordered.imogen, |asking| evidence::view::file(
                asking, &evidence, 1
            ))
            .is_ok()
    );
    // The centre's own grade is no business of the body's.
    let id = desk.submission.clone();
    let grade = RecordOwnGrade { grade: "A".into() };
    assert_eq!(
        desk.world.refusals(&ordered.imogen, move |acting| {
            acts::record_own_grade(acting, &id, &grade)
        }),
        [Code::ExternallyAssessed]
    );
}

#[test]
fn whoever_holds_a_role_at_the_centre_neither_is_allocated_nor_signs() {
    let ordered = ordered();
    let desk = &ordered.desk;
    let both = desk.world.person_with("Both Hats", Role::ExternalAssessor, None);
    desk.world.give(&both, Role::Tutor, &desk.centre, false);
    let (order, named) = (ordered.order.clone(), both.clone());
    let receiving = desk.world.refusals(&desk.world.quality_manager, move |acting| {
        let act = ReceiveWork {
            assessor: Some(named),
        };
        orders::receive(acting, &order, &act)
    });
    assert_eq!(receiving, [Code::FromTheCentre]);
    ordered.receive();
    let (order, named) = (ordered.order.clone(), both);
    let allocating = desk.world.refusals(&desk.world.quality_manager, move |acting| {
        let act = AllocateExternalAssessor {
            assessor: Some(named),
        };
        orders::allocate(acting, &order, &act)
    });
    assert_eq!(allocating, [Code::FromTheCentre]);
    desk.judge();
    // A role that was given in the meantime is found at signing.
    desk.world
        .give(&ordered.imogen, Role::Assessor, &desk.centre, false);
    let id = desk.submission.clone();
    let signing = desk.world.refusals(&ordered.imogen, move |acting| {
        acts::sign(acting, &id, &assay_domain::judgement::SignJudgement::default())
    });
    assert_eq!(signing, [Code::FromTheCentre]);
}

#[test]
fn a_referral_goes_on_to_the_external_assessor_as_the_next_attempt() {
    let mut ordered = ordered();
    ordered.receive();
    let desk = &ordered.desk;
    desk.judge();
    let (criterion, verbs) = desk.criteria[0].clone();
    desk.decide(&criterion, &verbs, CriterionDecision::NotYetMet);
    desk.sign();
    let line = ordered.seen_by(&ordered.coordinator);
    assert_eq!(
        (line.state, line.hand_in_state),
        (OrderState::Result, Some(SubmissionState::Referred))
    );
    let items = desk
        .world
        .ask(&desk.learner, |asking| {
            assay_app::submission::reading::reading(asking, &desk.submission)
        })
        .unwrap()
        .pieces
        .into_iter()
        .map(|piece| piece.evidence)
        .collect();
    let hand_in = HandIn {
        items,
        own_work: true,
        ai_use: Some(AiUse::None),
        ai_detail: None,
        changes: Some("A plan was added.".into()),
    };
    let registration = desk.registration.clone();
    let next = desk.world.act(&desk.learner, move |acting| {
        submit::run(acting, &registration, UNIT, hand_in)
    });
    // CMI leaves resubmissions to its centres; the profile of these tests sets none, so the next attempt is handed in.
    let next = next.unwrap().submission;
    ordered.desk.submission = next;
    let line = ordered.seen_by(&ordered.coordinator);
    assert_eq!((line.state, line.attempt), (OrderState::Sent, Some(2)));
    assert_eq!(ordered.taking(&ordered.imogen), [Code::OrderState]);
    assert_eq!(ordered.taking(&ordered.asha), [Code::ExternallyAssessed]);
    // Whoever is allocated stays it when nobody else is named.
    let order = ordered.order.clone();
    ordered
        .desk
        .world
        .act(&ordered.desk.world.quality_manager, move |acting| {
            orders::receive(acting, &order, &ReceiveWork::default())
        })
        .unwrap();
    assert_eq!(ordered.taking(&ordered.imogen), []);
}

#[test]
fn work_goes_over_to_another_external_assessor_without_what_was_not_signed() {
    let ordered = ordered();
    ordered.receive();
    let desk = &ordered.desk;
    desk.judge();
    let yusuf = desk
        .world
        .person_with("Yusuf Demir", Role::ExternalAssessor, None);
    let allocating = |person: &PersonId| {
        let order = ordered.order.clone();
        let act = AllocateExternalAssessor {
            assessor: Some(person.clone()),
        };
        desk.world.refusals(&desk.world.quality_manager, move |acting| {
            orders::allocate(acting, &order, &act)
        })
    };
    assert_eq!(allocating(&yusuf), []);
    let gone = desk
        .world
        .ask(&ordered.imogen, |asking| marking::view(asking, &desk.submission));
    assert!(gone.is_err());
    let view = desk
        .world
        .ask(&yusuf, |asking| marking::view(asking, &desk.submission))
        .unwrap();
    assert_eq!((view.state, view.decided()), (SubmissionState::Submitted, 0));
    assert_eq!(ordered.taking(&yusuf), []);
    assert_eq!(allocating(&ordered.imogen), []);
    desk.judge();
    desk.sign();
    assert_eq!(allocating(&yusuf), [Code::OrderState]);
    let (criterion, _) = &desk.criteria[0];
    let (id, act) = (desk.submission.clone(), desk.findings(Some(criterion)));
    desk.world
        .act(&desk.world.quality_manager, move |acting| {
            verification::verify(acting, &id, &act)
        })
        .unwrap();
    assert_eq!(allocating(&yusuf), []);
    let view = desk
        .world
        .ask(&yusuf, |asking| marking::view(asking, &desk.submission))
        .unwrap();
    assert!(view.holds_the_pen && view.sent_back.is_some());
    let rebuilt = assay_app::rebuild::run(&desk.world.app, true, |_| {}).unwrap();
    assert_eq!(rebuilt.differing, Vec::<String>::new());
}

#[test]
fn a_withdrawn_order_gives_the_unit_back_to_the_centre_and_a_received_one_stands() {
    let ordered_once = ordered();
    let withdrawing = |ordered: &Ordered| {
        let order = ordered.order.clone();
        ordered.desk.world.refusals(&ordered.coordinator, move |acting| {
            orders::withdraw(acting, &order)
        })
    };
    assert_eq!(withdrawing(&ordered_once), []);
    assert_eq!(ordered_once.taking(&ordered_once.asha), []);
    assert!(ordered_once.unit().external.is_none());
    let received = ordered();
    received.receive();
    assert_eq!(withdrawing(&received), [Code::OrderState]);
}

#[test]
fn orders_are_listed_to_the_awarding_body_to_the_centre_and_to_whoever_marks() {
    let ordered = ordered();
    let world = &ordered.desk.world;
    let listed = |person: &PersonId, show| {
        world
            .ask(person, |asking| list::list(asking, show, None, 1))
            .map(|page| (page.orders.len(), page.total))
            .unwrap()
    };
    assert_eq!(listed(&world.quality_manager, Show::Open), (1, 1));
    assert_eq!(listed(&ordered.coordinator, Show::Sent), (1, 1));
    assert_eq!(listed(&ordered.imogen, Show::Every), (0, 0));
    ordered.receive();
    assert_eq!(listed(&ordered.imogen, Show::WithTheBody), (1, 1));
    assert_eq!(listed(&world.quality_manager, Show::Sent), (0, 0));
    assert_eq!(
        ordered.seen_by(&ordered.coordinator).assessor.as_deref(),
        Some("Imogen Hale")
    );
    assert!(
        world
            .ask(&ordered.asha, |asking| list::list(asking, Show::Open, None, 1))
            .is_err()
    );
}

#[test]
fn a_rebuild_gives_the_same_tables_after_external_assessment() {
    let ordered = ordered();
    ordered.receive();
    ordered.desk.judge();
    ordered.desk.sign();
    assert_eq!(ordered.verifying(&ordered.desk.world.quality_manager), []);
    let rebuilt = assay_app::rebuild::run(&ordered.desk.world.app, true, |_| {}).unwrap();
    assert_eq!(rebuilt.differing, Vec::<String>::new());
}

#[tokio::test]
async fn pages_lead_from_the_order_over_receipt_and_desk_to_the_stamp() {
    let mut desk = desk();
    let coordinator = desk
        .world
        .person_with("Carys Bevan", Role::Coordinator, &desk.centre);
    let imogen = desk
        .world
        .person_with("Imogen Hale", Role::ExternalAssessor, None);
    let quality_manager = desk.world.quality_manager.clone();
    for person in [
        &coordinator,
        &imogen,
        &quality_manager,
        &desk.learner,
        &desk.assessor,
    ] {
        desk.world.with_password(person);
    }
    let form = format!("/registrations/{}/external-assessment", desk.registration);
    let mut carys = signed_in(&desk.world, "carys.bevan@example.org").await;
    let page = carys.get(&format!("/registrations/{}", desk.registration)).await;
    assert!(page.body.contains(&form), "{}", page.body);
    let asked = carys.fill(&form, &form, &[]).await;
    assert!(
        asked.status == StatusCode::UNPROCESSABLE_ENTITY,
        "{:?}",
        asked.status
    );
    let asked = carys.fill(&form, &form, &[("unit", UNIT)]).await;
    let order = asked.location().to_owned();
    assert!(order.starts_with("/external-assessments/ord_"), "{}", asked.body);
    let page = carys.get(&order).await;
    assert!(page.body.contains("Withdraw the order"), "{}", page.body);

    let mut quentin = signed_in(&desk.world, "quentin.marsh@example.org").await;
    let list = quentin.get("/external-assessments").await;
    assert!(list.body.contains("Amira Khan") && list.body.contains(&order));
    let received = quentin
        .fill(
            &order,
            &format!("{order}/receive"),
            &[("assessor", imogen.as_str())],
        )
        .await;
    assert_eq!(received.location(), order, "{}", received.body);

    let mut marks = signed_in(&desk.world, "imogen.hale@example.org").await;
    let home = marks.get("/").await;
    assert!(home.body.contains(&desk.at("mark")), "{}", home.body);
    let taken = marks.fill(&desk.at("mark"), &desk.at("take"), &[]).await;
    assert_eq!(taken.location(), desk.at("mark"), "{}", taken.body);
    for gone in [
        format!("/registrations/{}", desk.registration),
        "/marking".to_owned(),
        form.clone(),
    ] {
        assert_eq!(marks.get(&gone).await.status, StatusCode::NOT_FOUND, "{gone}");
    }
    desk.assessor = imogen;
    for (criterion, verbs) in &desk.criteria {
        desk.decide(criterion, verbs, CriterionDecision::Met);
    }
    let answers: Vec<(String, &str)> = assay_domain::judgement::QUALITIES
        .iter()
        .map(|words| (format!("answer-{}", words.key), "yes"))
        .collect();
    let answers: Vec<(&str, &str)> = answers.iter().map(|(key, yes)| (key.as_str(), *yes)).collect();
    let judged = marks
        .fill(&desk.at("mark"), &desk.at("qualities"), &answers)
        .await;
    assert_eq!(judged.status, StatusCode::SEE_OTHER, "{}", judged.body);
    let signed = marks.fill(&desk.at("sign"), &desk.at("sign"), &[]).await;
    assert_eq!(signed.location(), desk.at("result"), "{}", signed.body);

    let mut answers: Vec<(String, &str)> = Vec::new();
    for (criterion, _) in &desk.criteria {
        answers.push((format!("answer-{criterion}"), "agree"));
    }
    let answers: Vec<(&str, &str)> = answers.iter().map(|(key, yes)| (key.as_str(), *yes)).collect();
    let verified = quentin
        .fill(&desk.at("verify"), &desk.at("verify"), &answers)
        .await;
    assert_eq!(verified.location(), "/external-assessments", "{}", verified.body);
    let mut learner = signed_in(&desk.world, "amira.khan@example.org").await;
    for page in [
        desk.at("result"),
        format!("/registrations/{}", desk.registration),
        format!("/registrations/{}/units/{UNIT}", desk.registration),
    ] {
        let page = learner.get(&page).await;
        assert!(page.body.contains("Assessed by CMI"), "{}", page.body);
    }
    let trail = carys.get(&desk.at("trail")).await;
    assert!(
        trail.body.contains("Assessed by CMI") && trail.body.contains("for CMI"),
        "{}",
        trail.body
    );
}
