//! A unit that the awarding body assesses, told in the trade's words.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // a test stops at the first surprise

use assay_domain::external_assessment::{
    AllocateExternalAssessor, ExternalMarking, HandedIn, OrderCase, OrderExternalAssessment, OrderState,
    ReceiveWork, StandingOrder, order, receive,
};
use assay_domain::fact::Fact;
use assay_domain::fresh::Counted;
use assay_domain::plan::StaffMember;
use assay_domain::policy::{Dated, PolicyValue, Profile};
use assay_domain::registration::RegistrationState;
use assay_domain::submission::SubmissionState;
use assay_domain::{Actor, Code, Grant, Moment, Role, Via};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

const UNIT: &str = "7016V1";

fn at(day: Date) -> Moment {
    let at = TimeZone::UTC.to_timestamp(day.at(9, 30, 0, 0)).unwrap();
    Moment::new(at, &TimeZone::UTC)
}

fn policy() -> Profile {
    let mut profile = Profile::default();
    for (key, number) in [
        ("external_assessment.maximum", 1),
        ("external_assessment.turn_round", 6),
    ] {
        let dated = Dated {
            from: date(2018, 3, 1),
            value: PolicyValue::Number(number),
            unit: "units".into(),
            source: "the syllabus".into(),
            note: String::new(),
        };
        profile.values.insert(key.into(), vec![dated]);
    }
    profile
}

fn grant(role: Role, centre: Option<&str>) -> Grant {
    Grant {
        id: "grt_1".parse().unwrap(),
        role,
        centre: centre.map(|centre| centre.parse().unwrap()),
        from: date(2018, 1, 1),
        until: None,
        countersigned: false,
    }
}

fn actor(person: &str, grants: Vec<Grant>) -> Actor {
    Actor {
        person: person.parse().unwrap(),
        via: Via::Page,
        grants,
    }
}

fn member(person: &str, grants: Vec<Grant>) -> StaffMember {
    StaffMember {
        person: person.parse().unwrap(),
        name: "Imogen Hale".into(),
        grants,
    }
}

fn coordinator() -> Actor {
    actor("prs_coordinator", vec![grant(Role::Coordinator, Some("ctr_1"))])
}

fn quality_manager() -> Actor {
    actor("prs_quality", vec![grant(Role::QualityManager, None)])
}

fn to_order() -> OrderCase {
    OrderCase {
        registration: "reg_1".parse().unwrap(),
        learner: "prs_learner".parse().unwrap(),
        centre: "ctr_1".parse().unwrap(),
        state: RegistrationState::Active,
        ends_on: date(2022, 1, 1),
        body: "CMI".into(),
        planned: vec![UNIT.into(), "7015V1".into()],
        achieved: false,
        last: None,
        judged: false,
        ordered: Vec::new(),
    }
}

fn ordering(case: &OrderCase, actor: &Actor) -> Vec<Code> {
    let act = OrderExternalAssessment { unit: UNIT.into() };
    let profile = policy();
    let moment = at(date(2019, 3, 1));
    match order::decide(
        &act,
        case,
        actor,
        moment,
        profile.on(moment.today),
        &mut Counted::from_seed(1),
    ) {
        Ok((_, decision)) => {
            assert!(matches!(
                decision.facts[..],
                [Fact::ExternalAssessmentOrdered { .. }]
            ));
            Vec::new()
        }
        Err(refusals) => refusals.codes(),
    }
}

#[test]
fn a_coordinator_orders_one_unit_of_a_registration_that_the_centre_has_not_begun_to_mark() {
    assert_eq!(ordering(&to_order(), &coordinator()), []);
    for (last, code) in [
        (SubmissionState::Submitted, None),
        (SubmissionState::Returned, None),
        (SubmissionState::Taken, Some(Code::SubmissionState)),
        (SubmissionState::VerificationDue, Some(Code::SubmissionState)),
        (SubmissionState::Referred, Some(Code::SubmissionState)),
    ] {
        let case = OrderCase {
            last: Some(last),
            ..to_order()
        };
        assert_eq!(ordering(&case, &coordinator()), Vec::from_iter(code), "{last:?}");
    }
    let judged = OrderCase {
        judged: true,
        ..to_order()
    };
    assert_eq!(ordering(&judged, &coordinator()), [Code::SubmissionState]);
    let another = OrderCase {
        ordered: vec!["7015V1".into()],
        ..to_order()
    };
    assert_eq!(ordering(&another, &coordinator()), [Code::OrderLimit]);
    let again = OrderCase {
        ordered: vec![UNIT.into()],
        ..to_order()
    };
    assert_eq!(ordering(&again, &coordinator()), [Code::OrderState]);
    let unplanned = OrderCase {
        planned: Vec::new(),
        ..to_order()
    };
    assert_eq!(ordering(&unplanned, &coordinator()), [Code::UnitNotChosen]);
    let ended = OrderCase {
        state: RegistrationState::Withdrawn,
        ..to_order()
    };
    assert_eq!(ordering(&ended, &coordinator()), [Code::RegWithdrawn]);
    let elsewhere = actor("prs_other", vec![grant(Role::Coordinator, Some("ctr_2"))]);
    assert_eq!(ordering(&to_order(), &elsewhere), [Code::RoleMissing]);
    let own = actor("prs_learner", vec![grant(Role::Coordinator, Some("ctr_1"))]);
    assert_eq!(ordering(&to_order(), &own), [Code::Sd3]);
}

fn standing(state: OrderState, hand_in: Option<SubmissionState>, ever_received: bool) -> StandingOrder {
    StandingOrder {
        order: "ord_1".parse().unwrap(),
        registration: "reg_1".parse().unwrap(),
        learner: "prs_learner".parse().unwrap(),
        centre: "ctr_1".parse().unwrap(),
        unit: UNIT.into(),
        body: "CMI".into(),
        state,
        ever_received,
        hand_in: hand_in.map(|state| HandedIn {
            submission: "sub_1".parse().unwrap(),
            revision: 1,
            state,
        }),
        assessor: None,
        of_the_centre: vec!["prs_tutor".parse().unwrap()],
    }
}

fn sent() -> StandingOrder {
    standing(OrderState::Sent, Some(SubmissionState::Submitted), false)
}

#[test]
fn an_order_is_withdrawn_by_the_centre_until_the_work_is_received() {
    let withdrawing = |case: &StandingOrder, actor: &Actor| match order::decide_withdraw(case, actor) {
        Ok(_) => Vec::new(),
        Err(refusals) => refusals.codes(),
    };
    assert_eq!(withdrawing(&sent(), &coordinator()), []);
    let received = standing(OrderState::Received, Some(SubmissionState::Submitted), true);
    assert_eq!(withdrawing(&received, &coordinator()), [Code::OrderState]);
    // Back with the learner after it was received once: the order stands.
    let returned = standing(OrderState::Ordered, Some(SubmissionState::Returned), true);
    assert_eq!(withdrawing(&returned, &coordinator()), [Code::OrderState]);
    let gone = standing(OrderState::Withdrawn, None, false);
    assert_eq!(withdrawing(&gone, &coordinator()), [Code::OrderState]);
    assert_eq!(withdrawing(&sent(), &quality_manager()), [Code::RoleMissing]);
}

#[test]
fn work_received_on_1_march_is_due_on_12_april() {
    let profile = policy();
    let moment = at(date(2019, 3, 1));
    let assessor = member("prs_imogen", vec![grant(Role::ExternalAssessor, None)]);
    let act = ReceiveWork {
        assessor: Some(assessor.person.clone()),
    };
    let decision = receive::decide(
        &act,
        &sent(),
        Some(&assessor),
        &quality_manager(),
        moment,
        profile.on(moment.today),
    )
    .unwrap();
    let [
        Fact::ExternalAssessmentReceived { due_on, .. },
        Fact::ExternalAssessorAllocated { assessor: marks, .. },
    ] = &decision.facts[..]
    else {
        panic!("{:?}", decision.facts);
    };
    assert_eq!(*due_on, Some(date(2019, 4, 12)));
    assert_eq!(*marks, assessor.person);
    // A body that names no time owes no day.
    assert_eq!(
        receive::due_on(moment.today, Profile::default().on(moment.today)),
        None
    );
}

#[test]
fn nobody_of_the_centre_is_allocated_to_mark_for_the_awarding_body() {
    let profile = policy();
    let moment = at(date(2019, 3, 1));
    let received = standing(OrderState::Received, Some(SubmissionState::Submitted), true);
    let external = grant(Role::ExternalAssessor, None);
    for (named, codes) in [
        (member("prs_imogen", vec![external.clone()]), vec![]),
        (
            member("prs_imogen", vec![grant(Role::Assessor, Some("ctr_2"))]),
            vec![Code::StaffNotCompetent],
        ),
        // A role at another centre is no hindrance, one at this centre is, and so is a part in the unit there.
        (
            member(
                "prs_imogen",
                vec![external.clone(), grant(Role::Assessor, Some("ctr_2"))],
            ),
            vec![],
        ),
        (
            member(
                "prs_imogen",
                vec![external.clone(), grant(Role::Tutor, Some("ctr_1"))],
            ),
            vec![Code::FromTheCentre],
        ),
        (
            member("prs_tutor", vec![external.clone()]),
            vec![Code::FromTheCentre],
        ),
        (member("prs_learner", vec![external.clone()]), vec![Code::Sd3]),
    ] {
        let assessor = Some(named.person.clone());
        let receiving = receive::decide(
            &ReceiveWork {
                assessor: assessor.clone(),
            },
            &sent(),
            Some(&named),
            &quality_manager(),
            moment,
            profile.on(moment.today),
        );
        let allocating = receive::decide_allocate(
            &AllocateExternalAssessor { assessor },
            &received,
            Some(&named),
            &quality_manager(),
            moment,
        );
        for decided in [receiving, allocating] {
            assert_eq!(
                decided.err().map_or(Vec::new(), |refusals| refusals.codes()),
                codes,
                "{named:?}"
            );
        }
    }
}

#[test]
fn another_external_assessor_is_allocated_from_the_receipt_until_the_work_is_judged() {
    let moment = at(date(2019, 3, 1));
    let named = member("prs_imogen", vec![grant(Role::ExternalAssessor, None)]);
    let act = AllocateExternalAssessor {
        assessor: Some(named.person.clone()),
    };
    for (state, hand_in, received, free) in [
        (OrderState::Sent, SubmissionState::Submitted, false, false),
        (OrderState::Received, SubmissionState::Submitted, true, true),
        (OrderState::Received, SubmissionState::Taken, true, true),
        (OrderState::Received, SubmissionState::SentBack, true, true),
        (OrderState::Marked, SubmissionState::VerificationDue, true, false),
        (OrderState::Result, SubmissionState::Referred, true, true),
        (OrderState::Result, SubmissionState::Final, true, false),
    ] {
        let case = standing(state, Some(hand_in), received);
        let decided = receive::decide_allocate(&act, &case, Some(&named), &quality_manager(), moment);
        assert_eq!(decided.is_ok(), free, "{state:?} {hand_in:?}");
    }
}

#[test]
fn only_the_external_assessor_of_the_order_marks_and_only_a_quality_manager_of_no_part_verifies() {
    let centre = "ctr_1".parse().unwrap();
    let learner = "prs_learner".parse().unwrap();
    let external = ExternalMarking {
        order: "ord_1".parse().unwrap(),
        body: "CMI".into(),
        assessor: Some("prs_imogen".parse().unwrap()),
        received: true,
        of_the_centre: vec!["prs_tutor".parse().unwrap()],
    };
    let holds = grant(Role::ExternalAssessor, None);
    let marking = |actor: &Actor, external: &ExternalMarking| {
        external
            .may_mark(actor, &centre, &learner)
            .err()
            .map(|refusal| refusal.code)
    };
    let imogen = actor("prs_imogen", vec![holds.clone()]);
    assert_eq!(marking(&imogen, &external), None);
    let assessor = actor("prs_asha", vec![grant(Role::Assessor, Some("ctr_1"))]);
    assert_eq!(marking(&assessor, &external), Some(Code::ExternallyAssessed));
    // A role at the centre that was given since the allocation is found at marking.
    let both = actor(
        "prs_imogen",
        vec![holds.clone(), grant(Role::Tutor, Some("ctr_1"))],
    );
    assert_eq!(marking(&both, &external), Some(Code::FromTheCentre));
    let another = actor("prs_yusuf", vec![holds.clone()]);
    assert_eq!(marking(&another, &external), Some(Code::NotTheAssessor));
    let early = ExternalMarking {
        received: false,
        ..external.clone()
    };
    assert_eq!(marking(&imogen, &early), Some(Code::OrderState));
    assert_eq!(
        marking(&actor("prs_learner", vec![holds]), &external),
        Some(Code::Sd3)
    );

    let verifying = |actor: &Actor| {
        external
            .may_verify(actor, &centre)
            .err()
            .map(|refusal| refusal.code)
    };
    assert_eq!(verifying(&quality_manager()), None);
    let verifier = actor("prs_grace", vec![grant(Role::InternalVerifier, Some("ctr_1"))]);
    assert_eq!(verifying(&verifier), Some(Code::ExternallyAssessed));
    let theirs = actor(
        "prs_quality",
        vec![
            grant(Role::QualityManager, None),
            grant(Role::Coordinator, Some("ctr_1")),
        ],
    );
    assert_eq!(verifying(&theirs), Some(Code::FromTheCentre));
}

#[test]
fn an_order_stands_where_its_last_hand_in_stands() {
    use OrderState as O;
    use SubmissionState as S;
    for (last, received, state) in [
        (None, false, O::Ordered),
        (Some(S::Submitted), false, O::Sent),
        (Some(S::Submitted), true, O::Received),
        (Some(S::Taken), true, O::Received),
        (Some(S::Returned), true, O::Ordered),
        (Some(S::VerificationDue), true, O::Marked),
        (Some(S::SentBack), true, O::Received),
        (Some(S::Referred), true, O::Result),
        (Some(S::Final), true, O::Result),
    ] {
        assert_eq!(O::of(last, received), state, "{last:?}");
    }
}
