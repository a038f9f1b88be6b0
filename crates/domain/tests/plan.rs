//! The learning plan, allocation and messages told as tests.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assay_domain::fact::{Fact, PlannedUnit};
use assay_domain::fresh::Counted;
use assay_domain::id::{CentreId, GrantId, PersonId, RegistrationId};
use assay_domain::plan::agree::{self, AgreePlan, ChoiceFindings, PlanCase, UnitStanding};
use assay_domain::plan::allocate::{self, AllocateStaff, AllocationCase, PastAllocation, StaffMember};
use assay_domain::plan::message::{self, Line, SendMessage};
use assay_domain::registration::RegistrationState;
use assay_domain::{Actor, Code, Grant, Moment, Refusals, Role, Via, WarningCode};
use jiff::civil::date;
use proptest::prelude::*;

struct World {
    fresh: Counted,
    centre: CentreId,
    registration: RegistrationId,
    learner: PersonId,
    coordinator: Actor,
}

fn world() -> World {
    let mut fresh = Counted::from_seed(3);
    let centre = CentreId::fresh(&mut fresh);
    let registration = RegistrationId::fresh(&mut fresh);
    let learner = PersonId::fresh(&mut fresh);
    let coordinator = actor(&mut fresh, &centre, Role::Coordinator);
    World {
        fresh,
        centre,
        registration,
        learner,
        coordinator,
    }
}

fn grant(fresh: &mut Counted, centre: &CentreId, role: Role) -> Grant {
    Grant {
        id: GrantId::fresh(fresh),
        role,
        centre: Some(centre.clone()),
        from: date(2015, 1, 1),
        until: None,
        countersigned: false,
    }
}

fn actor(fresh: &mut Counted, centre: &CentreId, role: Role) -> Actor {
    let person = PersonId::fresh(fresh);
    let grants = vec![grant(fresh, centre, role)];
    Actor {
        person,
        via: Via::Page,
        grants,
    }
}

fn moment() -> Moment {
    Moment {
        at: "2019-10-14T09:00:00Z".parse().unwrap(),
        today: date(2019, 10, 14),
    }
}

fn unit(number: &str) -> PlannedUnit {
    PlannedUnit {
        unit: number.into(),
        target_on: None,
    }
}

fn plan_case(world: &World) -> PlanCase {
    PlanCase {
        registration: world.registration.clone(),
        learner: world.learner.clone(),
        centre: world.centre.clone(),
        state: RegistrationState::Active,
        start_on: date(2019, 10, 14),
        ends_on: date(2020, 10, 13),
        title: "CMI Level 7 Award in Leadership Coaching and Mentoring".into(),
        listed: ["7015V1", "7016V1", "7017V1", "7018V1", "7019V1", "7020V1"]
            .map(String::from)
            .to_vec(),
        carried: vec![],
        version: 0,
        planned: vec![],
        standing: vec![],
        findings: ChoiceFindings::default(),
        staff: vec![],
    }
}

fn plan(units: &[&str]) -> AgreePlan {
    AgreePlan {
        units: units.iter().map(|number| unit(number)).collect(),
        ..AgreePlan::default()
    }
}

fn agree(world: &mut World, act: &AgreePlan, case: &PlanCase) -> Result<agree::PlanAgreement, Refusals> {
    agree::decide(act, case, &world.coordinator.clone(), moment(), &mut world.fresh)
}

#[test]
fn the_first_plan_needs_no_reason_and_the_second_does() {
    let mut world = world();
    let first = plan_case(&world);
    assert_eq!(agree(&mut world, &plan(&["7016V1"]), &first).unwrap().version, 1);
    let second = PlanCase {
        version: 1,
        planned: vec!["7016V1".into()],
        ..first
    };
    let refused = agree(&mut world, &plan(&["7015V1"]), &second).unwrap_err();
    assert_eq!(refused.codes(), [Code::PlanReason]);
    let act = AgreePlan {
        because: Some("A better fit with the learner's post".into()),
        ..plan(&["7015V1"])
    };
    assert_eq!(agree(&mut world, &act, &second).unwrap().version, 2);
}

#[test]
fn a_choice_that_is_not_yet_complete_is_agreed_with_a_warning() {
    let mut world = world();
    let findings = ChoiceFindings {
        missing: vec!["1 credit short".into()],
        ..ChoiceFindings::default()
    };
    let case = PlanCase {
        findings,
        ..plan_case(&world)
    };
    let agreed = agree(&mut world, &plan(&["7016V1"]), &case).unwrap();
    assert_eq!(agreed.warnings[0].code, WarningCode::ChoiceIncomplete);
}

#[test]
fn a_choice_that_the_rule_does_not_permit_is_refused() {
    let mut world = world();
    let findings = ChoiceFindings {
        not_permitted: vec!["7015V1 and 7016V1 bar each other".into()],
        ..ChoiceFindings::default()
    };
    let case = PlanCase {
        findings,
        ..plan_case(&world)
    };
    assert_eq!(
        agree(&mut world, &plan(&["7015V1", "7016V1"]), &case)
            .unwrap_err()
            .codes(),
        [Code::RocNotMet]
    );
}

#[test]
fn a_unit_with_work_handed_in_or_achieved_cannot_be_dropped() {
    let mut world = world();
    for (open, achieved) in [(true, false), (false, true)] {
        let case = PlanCase {
            version: 1,
            planned: vec!["7015V1".into(), "7016V1".into()],
            standing: vec![UnitStanding {
                unit: "7015V1".into(),
                open,
                achieved,
            }],
            ..plan_case(&world)
        };
        let act = AgreePlan {
            because: Some("Change of post".into()),
            ..plan(&["7016V1"])
        };
        assert_eq!(
            agree(&mut world, &act, &case).unwrap_err().codes(),
            [Code::UnitInProgress]
        );
        let act = AgreePlan {
            because: Some("Change of post".into()),
            ..plan(&["7015V1"])
        };
        assert!(agree(&mut world, &act, &case).is_ok());
    }
}

#[test]
fn a_unit_of_another_qualification_and_a_unit_twice_are_refused() {
    let mut world = world();
    let case = plan_case(&world);
    let refused = agree(&mut world, &plan(&["6001V1", "7015V1", "7015V1"]), &case).unwrap_err();
    assert_eq!(refused.codes(), [Code::UnitUnknown, Code::UnitUnknown]);
}

#[test]
fn target_dates_lie_within_the_registration() {
    let mut world = world();
    let case = plan_case(&world);
    for (target, passes) in [
        (date(2019, 10, 13), false),
        (date(2019, 10, 14), true),
        (date(2020, 10, 13), true),
        (date(2020, 10, 14), false),
    ] {
        let mut act = plan(&["7015V1"]);
        act.units[0].target_on = Some(target);
        assert_eq!(agree(&mut world, &act, &case).is_ok(), passes, "{target}");
    }
}

#[test]
fn no_plan_is_agreed_on_a_registration_that_has_ended() {
    let mut world = world();
    for (state, code) in [
        (RegistrationState::Withdrawn, Code::RegWithdrawn),
        (RegistrationState::Awarded, Code::AlreadyAwarded),
    ] {
        let case = PlanCase {
            state,
            ..plan_case(&world)
        };
        assert_eq!(
            agree(&mut world, &plan(&["7015V1"]), &case).unwrap_err().codes(),
            [code]
        );
    }
    let case = PlanCase {
        ends_on: date(2019, 10, 13),
        ..plan_case(&world)
    };
    assert_eq!(
        agree(&mut world, &plan(&["7015V1"]), &case).unwrap_err().codes(),
        [Code::RegExpired]
    );
}

#[test]
fn a_learner_agrees_their_own_plan_and_a_stranger_does_not() {
    let mut world = world();
    let case = plan_case(&world);
    let learner = Actor {
        person: world.learner.clone(),
        via: Via::Page,
        grants: vec![],
    };
    assert!(agree::decide(&plan(&["7015V1"]), &case, &learner, moment(), &mut world.fresh).is_ok());
    let stranger = actor(&mut world.fresh, &world.centre.clone(), Role::Assessor);
    let refused =
        agree::decide(&plan(&["7015V1"]), &case, &stranger, moment(), &mut world.fresh).unwrap_err();
    assert_eq!(refused.codes(), [Code::RoleMissing]);
}

#[test]
fn goals_and_reasons_are_sealed_and_stand_in_no_fact() {
    let mut world = world();
    let case = plan_case(&world);
    let act = AgreePlan {
        goals: Some("Lead a coaching culture".into()),
        ..plan(&["7015V1"])
    };
    let agreed = agree(&mut world, &act, &case).unwrap();
    assert!(
        !serde_json::to_string(&agreed.decision.facts)
            .unwrap()
            .contains("culture")
    );
    assert_eq!(agreed.decision.contents[0].subject, world.learner);
}

struct Staff {
    assessor: PersonId,
    verifier: PersonId,
    tutor: PersonId,
    members: Vec<StaffMember>,
}

fn staff(world: &mut World) -> Staff {
    let mut members = Vec::new();
    for (name, role) in [
        ("Ann", Role::Assessor),
        ("Vera", Role::InternalVerifier),
        ("Tom", Role::Tutor),
    ] {
        let person = PersonId::fresh(&mut world.fresh);
        // Everybody holds every role, so that only the separation of duty decides.
        let grants = [role, Role::Assessor, Role::InternalVerifier, Role::Tutor]
            .map(|role| grant(&mut world.fresh, &world.centre.clone(), role))
            .to_vec();
        members.push(StaffMember {
            person,
            name: name.into(),
            grants,
        });
    }
    Staff {
        assessor: members[0].person.clone(),
        verifier: members[1].person.clone(),
        tutor: members[2].person.clone(),
        members,
    }
}

fn allocation_case(world: &World, staff: &Staff) -> AllocationCase {
    AllocationCase {
        registration: world.registration.clone(),
        learner: world.learner.clone(),
        centre: world.centre.clone(),
        state: RegistrationState::Active,
        ends_on: date(2020, 10, 13),
        planned: vec!["7015V1".into()],
        staff: staff.members.clone(),
        past: vec![],
        judged_by: vec![],
    }
}

fn allocation(staff: &Staff) -> AllocateStaff {
    AllocateStaff {
        unit: "7015V1".into(),
        tutor: Some(staff.tutor.clone()),
        assessor: Some(staff.assessor.clone()),
        verifier: Some(staff.verifier.clone()),
    }
}

fn allocate(
    world: &World,
    act: &AllocateStaff,
    case: &AllocationCase,
) -> Result<allocate::Allocated, Refusals> {
    allocate::decide(act, case, &world.coordinator, moment())
}

#[test]
fn three_people_with_the_roles_are_allocated() {
    let mut world = world();
    let staff = staff(&mut world);
    let allocated = allocate(&world, &allocation(&staff), &allocation_case(&world, &staff)).unwrap();
    assert!(allocated.warnings.is_empty());
    assert!(matches!(allocated.decision.facts[0], Fact::StaffAllocated { .. }));
}

#[test]
fn one_person_may_not_assess_and_verify_a_unit() {
    let mut world = world();
    let staff = staff(&mut world);
    let act = AllocateStaff {
        verifier: Some(staff.assessor.clone()),
        ..allocation(&staff)
    };
    let refused = allocate(&world, &act, &allocation_case(&world, &staff)).unwrap_err();
    assert_eq!(refused.codes(), [Code::Sd1]);
}

#[test]
fn somebody_who_taught_the_learner_on_the_unit_may_not_verify_it_later() {
    let mut world = world();
    let staff = staff(&mut world);
    let mut case = allocation_case(&world, &staff);
    case.past.push(PastAllocation {
        person: staff.verifier.clone(),
        role: Role::Tutor,
    });
    assert_eq!(
        allocate(&world, &allocation(&staff), &case).unwrap_err().codes(),
        [Code::Sd2]
    );
    let mut case = allocation_case(&world, &staff);
    case.judged_by.push(staff.verifier.clone());
    assert_eq!(
        allocate(&world, &allocation(&staff), &case).unwrap_err().codes(),
        [Code::Sd2]
    );
}

#[test]
fn somebody_who_verified_the_unit_may_not_assess_it_later() {
    let mut world = world();
    let staff = staff(&mut world);
    let mut case = allocation_case(&world, &staff);
    case.past.push(PastAllocation {
        person: staff.assessor.clone(),
        role: Role::InternalVerifier,
    });
    assert_eq!(
        allocate(&world, &allocation(&staff), &case).unwrap_err().codes(),
        [Code::Sd2]
    );
}

#[test]
fn a_unit_needs_an_assessor_with_the_role_at_the_centre() {
    let mut world = world();
    let staff = staff(&mut world);
    let case = allocation_case(&world, &staff);
    let act = AllocateStaff {
        assessor: None,
        ..allocation(&staff)
    };
    assert_eq!(
        allocate(&world, &act, &case).unwrap_err().codes(),
        [Code::AllocationMissing]
    );
    let act = AllocateStaff {
        assessor: Some(PersonId::fresh(&mut world.fresh)),
        ..allocation(&staff)
    };
    assert_eq!(
        allocate(&world, &act, &case).unwrap_err().codes(),
        [Code::StaffNotCompetent]
    );
    let act = AllocateStaff {
        unit: "7016V1".into(),
        ..allocation(&staff)
    };
    assert_eq!(
        allocate(&world, &act, &case).unwrap_err().codes(),
        [Code::UnitNotChosen]
    );
}

#[test]
fn an_assessor_in_training_is_allocated_with_a_warning() {
    let mut world = world();
    let mut staff = staff(&mut world);
    staff.members[0]
        .grants
        .iter_mut()
        .for_each(|grant| grant.countersigned = true);
    let allocated = allocate(&world, &allocation(&staff), &allocation_case(&world, &staff)).unwrap();
    assert_eq!(allocated.warnings[0].code, WarningCode::Trainee);
}

#[test]
fn nobody_assesses_themselves() {
    let mut world = world();
    let staff = staff(&mut world);
    let case = AllocationCase {
        learner: staff.assessor.clone(),
        ..allocation_case(&world, &staff)
    };
    assert_eq!(
        allocate(&world, &allocation(&staff), &case).unwrap_err().codes(),
        [Code::Sd3]
    );
}

fn line(world: &World, staff: &Staff) -> Line {
    Line {
        registration: world.registration.clone(),
        learner: world.learner.clone(),
        centre: world.centre.clone(),
        staff: vec![staff.assessor.clone()],
        planned: vec!["7015V1".into()],
    }
}

fn writer(person: &PersonId) -> Actor {
    Actor {
        person: person.clone(),
        via: Via::Page,
        grants: vec![],
    }
}

#[test]
fn a_learner_writes_to_the_assessor_and_the_assessor_to_the_learner() {
    let mut world = world();
    let staff = staff(&mut world);
    let line = line(&world, &staff);
    for (from, to) in [
        (&world.learner, &staff.assessor),
        (&staff.assessor, &world.learner),
    ] {
        let act = SendMessage {
            unit: Some("7015V1".into()),
            to: to.clone(),
            text: "When shall we meet?".into(),
        };
        let sent = message::decide(&act, &line, &writer(from), &mut world.fresh).unwrap();
        assert_eq!(sent.contents[0].subject, world.learner);
    }
}

#[test]
fn nobody_writes_into_a_line_of_others() {
    let mut world = world();
    let staff = staff(&mut world);
    let line = line(&world, &staff);
    let act = SendMessage {
        unit: None,
        to: world.learner.clone(),
        text: "Hello".into(),
    };
    let refused = message::decide(&act, &line, &writer(&staff.tutor), &mut world.fresh).unwrap_err();
    assert_eq!(refused.codes(), [Code::RoleMissing]);
    let act = SendMessage {
        unit: None,
        to: staff.tutor.clone(),
        text: " ".into(),
    };
    let refused = message::decide(&act, &line, &writer(&world.learner), &mut world.fresh).unwrap_err();
    assert_eq!(refused.codes(), [Code::FieldMissing, Code::FieldMissing]);
}

proptest! {
    /// Whoever had whichever part before, and whoever is named now: what passes keeps assessing and teaching apart from
    /// verifying.
    #[test]
    fn whatever_passes_keeps_verification_apart(
        named in proptest::collection::vec(proptest::option::of(0usize..4), 3),
        past in proptest::collection::vec((0usize..4, 0usize..3), 0..6),
        judged in proptest::collection::vec(0usize..4, 0..3),
    ) {
        let mut world = world();
        let mut staff = staff(&mut world);
        let fourth = StaffMember { person: PersonId::fresh(&mut world.fresh), ..staff.members[0].clone() };
        staff.members.push(fourth);
        let person = |at: usize| staff.members[at].person.clone();
        let roles = [Role::Tutor, Role::Assessor, Role::InternalVerifier];
        let mut case = allocation_case(&world, &staff);
        case.past = past.iter().map(|(at, role)| PastAllocation { person: person(*at), role: roles[*role] }).collect();
        case.judged_by = judged.iter().map(|at| person(*at)).collect();
        let act = AllocateStaff {
            unit: "7015V1".into(),
            tutor: named[0].map(person),
            assessor: named[1].map(person),
            verifier: named[2].map(person),
        };
        if allocate(&world, &act, &case).is_ok() {
            prop_assert!(act.assessor.is_some());
            if let Some(verifier) = &act.verifier {
                prop_assert_ne!(act.assessor.as_ref(), Some(verifier));
                prop_assert_ne!(act.tutor.as_ref(), Some(verifier));
                prop_assert!(!case.judged_by.contains(verifier));
                prop_assert!(!case.past.iter().any(|past| past.person == *verifier && past.role != Role::InternalVerifier));
            }
            for teaches in [&act.tutor, &act.assessor].into_iter().flatten() {
                prop_assert!(!case.past.iter().any(|past| past.person == *teaches && past.role == Role::InternalVerifier));
            }
        }
    }

    /// A plan that is agreed never loses a unit that work was handed in for.
    #[test]
    fn no_agreed_plan_drops_work_in_progress(
        chosen in proptest::collection::btree_set(0usize..6, 0..6),
        before in proptest::collection::btree_set(0usize..6, 0..6),
        open in proptest::collection::btree_set(0usize..6, 0..6),
    ) {
        let mut world = world();
        let mut case = plan_case(&world);
        let listed = case.listed.clone();
        case.version = 1;
        case.planned = before.iter().map(|at| listed[*at].clone()).collect();
        case.standing = open
            .iter()
            .map(|at| UnitStanding { unit: listed[*at].clone(), open: true, achieved: false })
            .collect();
        let act = AgreePlan {
            units: chosen.iter().map(|at| unit(&listed[*at])).collect(),
            because: Some("A review".into()),
            ..AgreePlan::default()
        };
        if agree(&mut world, &act, &case).is_ok() {
            for standing in &case.standing {
                prop_assert!(
                    !case.planned.contains(&standing.unit) || act.units.iter().any(|unit| unit.unit == standing.unit)
                );
            }
        }
    }
}
