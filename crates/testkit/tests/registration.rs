//! Registration, plan, allocation, messages and progress told as stories, on a real store.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use assay_app::derive;
use assay_app::plan::agree::{self, AgreePlan};
use assay_app::plan::allocate::{self, AllocateStaff};
use assay_app::plan::message::{self, SendMessage};
use assay_app::plan::{choice, view as plan_view};
use assay_app::progress;
use assay_app::registration::complete::{self, CompleteRegistration};
use assay_app::registration::list::ListQuery;
use assay_app::registration::register::{self, LearnerRegistered, RegisterLearner};
use assay_app::registration::withdraw::WithdrawRegistration;
use assay_app::registration::{at_risk, export, identity, import, list, overview, withdraw};
use assay_app::{Acting, Failure};
use assay_domain::fact::{
    AiUse, CriterionDecision, Declaration, Entry, Fact, Outcome, PlannedUnit, SignedCriterion,
};
use assay_domain::id::{CentreId, JudgementId, PersonId, RegistrationId, SubmissionId, VerificationId};
use assay_domain::{Code, Decision, Fresh, Role, WarningCode};
use assay_store::tables::Kept;
use assay_testkit::World;
use assay_testkit::world::CMI;
use jiff::civil::date;

struct College {
    world: World,
    centre: CentreId,
    coordinator: PersonId,
    assessor: PersonId,
    verifier: PersonId,
    tutor: PersonId,
}

fn college() -> College {
    let mut world = World::new();
    world.publish_cmi();
    let centre = world.centre("Northern College");
    world.offers(&centre, &["7A2V2", "7D2V2"]);
    let person = |name, role| world.person_with(name, role, &centre);
    let coordinator = person("Cora Adebayo", Role::Coordinator);
    let assessor = person("Ann Okoro", Role::Assessor);
    let verifier = person("Vera Lund", Role::InternalVerifier);
    let tutor = person("Tom Birch", Role::Tutor);
    College {
        world,
        centre,
        coordinator,
        assessor,
        verifier,
        tutor,
    }
}

impl College {
    fn input(&self, given: &str, qualification: &str) -> RegisterLearner {
        RegisterLearner {
            centre: self.centre.clone(),
            given: given.into(),
            family: "Khan".into(),
            born_on: Some(date(1985, 3, 2)),
            email: Some(format!("{}.khan@learner.example", given.to_lowercase())),
            qualification: qualification.into(),
            start_on: self.world.today(),
            number: None,
            identity: Some("passport seen".into()),
            authority: Some("Head of learning".into()),
            uln: None,
            member_number: None,
        }
    }

    fn register(&self, given: &str, qualification: &str) -> LearnerRegistered {
        let input = self.input(given, qualification);
        self.world
            .act(&self.coordinator, move |acting| register::run(acting, &input))
            .unwrap()
    }

    fn refused(&self, input: RegisterLearner) -> Vec<Code> {
        self.world
            .refusals(&self.coordinator, move |acting| register::run(acting, &input))
    }

    fn agree(
        &self,
        by: &PersonId,
        id: &RegistrationId,
        units: &[&str],
        because: Option<&str>,
    ) -> Result<agree::PlanAgreed, Failure> {
        let input = AgreePlan {
            units: units
                .iter()
                .map(|unit| PlannedUnit {
                    unit: (*unit).into(),
                    target_on: None,
                })
                .collect(),
            goals: Some("Lead a coaching culture".into()),
            because: because.map(str::to_owned),
            ..AgreePlan::default()
        };
        let id = id.clone();
        self.world.act(by, move |acting| agree::run(acting, &id, &input))
    }

    fn allocate(&self, id: &RegistrationId, units: &[&str]) {
        let input = AllocateStaff {
            units: units.iter().map(|unit| (*unit).to_owned()).collect(),
            tutor: Some(self.tutor.clone()),
            assessor: Some(self.assessor.clone()),
            verifier: Some(self.verifier.clone()),
        };
        let id = id.clone();
        self.world
            .act(&self.coordinator, move |acting| {
                allocate::run(acting, &id, &input)
            })
            .unwrap();
    }

    fn judge(&self, id: &RegistrationId, units: &[&str]) -> choice::JudgedChoice {
        let units: Vec<String> = units.iter().map(|unit| (*unit).to_owned()).collect();
        self.world
            .ask(&self.coordinator, |asking| choice::judge(asking, id, &units))
            .unwrap()
    }

    fn not_found<T>(&self, by: &PersonId, id: &RegistrationId, of: T) -> bool
    where
        T: FnOnce(&mut assay_app::Asking<'_, '_>, &RegistrationId) -> Result<(), Failure> + Send,
    {
        matches!(
            self.world.ask(by, |asking| of(asking, id)),
            Err(Failure::NotFound)
        )
    }

    /// The marks of an assessor on a unit, as facts; final when nothing is left to verify.
    fn judged(
        &self,
        id: &RegistrationId,
        learner: &PersonId,
        unit: &str,
        met: &[&str],
        not_yet: &[&str],
        last: bool,
    ) {
        let (id, learner, unit) = (id.clone(), learner.clone(), unit.to_owned());
        let decided: Vec<(String, CriterionDecision)> = met
            .iter()
            .map(|number| ((*number).to_owned(), CriterionDecision::Met))
            .chain(
                not_yet
                    .iter()
                    .map(|number| ((*number).to_owned(), CriterionDecision::NotYetMet)),
            )
            .collect();
        let outcome = if not_yet.is_empty() {
            Outcome::Passed
        } else {
            Outcome::Referred
        };
        self.world
            .act(&self.assessor, move |acting: &mut Acting<'_, '_>| {
                let mut decision = Decision::new();
                let submission = SubmissionId::fresh(acting.fresh);
                let judgement = JudgementId::fresh(acting.fresh);
                decision.fact(Fact::UnitSubmitted {
                    submission: submission.clone(),
                    registration: id,
                    unit,
                    attempt: 1,
                    revision: 1,
                    items: vec![],
                    passages: vec![],
                    words: 3000,
                    declaration: Declaration {
                        own_work: true,
                        ai_use: AiUse::None,
                        ai_detail: None,
                    },
                    frozen: "0".repeat(64),
                    changes: None,
                });
                decision.fact(Fact::SubmissionTaken {
                    submission: submission.clone(),
                });
                let criteria = decided
                    .into_iter()
                    .map(|(criterion, of)| SignedCriterion {
                        criterion,
                        decision: of,
                        words: None,
                        reason: decision.seal(&learner, "judgement.reason", "Shown", acting.fresh),
                        passages: vec![],
                    })
                    .collect();
                decision.fact(Fact::JudgementSigned {
                    judgement: judgement.clone(),
                    submission,
                    outcome,
                    criteria,
                    qualities: vec![],
                    feedback: None,
                    supersedes: None,
                    countersignature_due: false,
                    order: None,
                });
                if last {
                    let because = decision.seal(&learner, "verification.skip", "Low risk", acting.fresh);
                    decision.fact(Fact::JudgementNotSampled {
                        verification: VerificationId::fresh(acting.fresh),
                        judgement,
                        because,
                    });
                }
                acting.record(decision)
            })
            .unwrap();
    }
}

#[test]
fn a_registered_learner_is_pinned_to_the_version_in_force_and_stays_there() {
    let college = college();
    let before = college.register("Amira", "7A2V2");
    college
        .world
        .publish(&CMI.replace("version = \"6\"", "version = \"7\""));
    let after = college.register("Bilal", "7A2V2");
    let version = |id: &RegistrationId| {
        college
            .world
            .ask(&college.coordinator, |asking| overview::view(asking, id))
            .unwrap()
            .specification_version
    };
    assert_eq!(
        (
            version(&before.registration).as_str(),
            version(&after.registration).as_str()
        ),
        ("6", "7")
    );
}

#[test]
fn numbers_run_on_within_a_centre() {
    let college = college();
    let first = college.register("Amira", "7A2V2");
    let second = college.register("Bilal", "7A2V2");
    assert!(first.number.starts_with("0001-000001-"), "{}", first.number);
    assert!(second.number.starts_with("0001-000002-"), "{}", second.number);
    assert!(first.invited);
}

#[test]
fn what_the_centre_does_not_offer_and_what_nobody_publishes_is_refused() {
    let college = college();
    assert_eq!(
        college.refused(college.input("Amira", "7C2V2")),
        [Code::CentreNotApproved]
    );
    assert_eq!(
        college.refused(college.input("Amira", "7X2V2")),
        [Code::RegUnknownQualification]
    );
}

#[test]
fn the_same_learner_is_registered_once_on_a_qualification_and_keeps_their_person_on_the_next() {
    let college = college();
    let award = college.register("Amira", "7A2V2");
    assert_eq!(
        college.refused(college.input("amira", "7A2V2")),
        [Code::RegDuplicate]
    );
    let by_uln = |given: &str| RegisterLearner {
        uln: Some("1000000000".into()),
        member_number: None,
        ..college.input(given, "7D2V2")
    };
    let input = by_uln("Amira");
    let diploma = college
        .world
        .act(&college.coordinator, move |acting| register::run(acting, &input))
        .unwrap();
    assert_eq!(diploma.learner, award.learner);
    assert_eq!(college.refused(by_uln("Bilal")), [Code::RegDuplicate]);
    let stolen = RegisterLearner {
        email: Some("amira.khan@learner.example".into()),
        ..college.input("Bilal", "7A2V2")
    };
    assert_eq!(college.refused(stolen), [Code::PersonDuplicate]);
    let numbered = RegisterLearner {
        number: Some(award.number.clone()),
        ..college.input("Chen", "7A2V2")
    };
    assert_eq!(college.refused(numbered), [Code::RegDuplicate]);
}

#[test]
fn a_choice_is_judged_with_its_sums_while_it_is_made() {
    let college = college();
    let award = college.register("Amira", "7A2V2").registration;
    assert!(college.judge(&award, &["7016V1"]).met);
    let none = college.judge(&award, &[]);
    assert!(!none.met && none.reachable);
    assert!(
        none.missing.iter().any(|missing| missing.contains("6 credits")),
        "{:?}",
        none.missing
    );

    let diploma = college.register("Bilal", "7D2V2").registration;
    let group_a = ["7015V1", "7016V1", "7017V1", "7018V1", "7002V1", "7020V1"];
    let short = college.judge(&diploma, &group_a);
    assert!(
        !short.met && short.missing.iter().any(|missing| missing.contains("7 credits")),
        "{:?}",
        short.missing
    );
    let mut chosen = group_a.to_vec();
    chosen.push("7010V1");
    let whole = college.judge(&diploma, &chosen);
    assert!(whole.met, "{:?}", whole.missing);
    assert_eq!(
        (whole.sums.credits, whole.sums.glh, whole.sums.tut),
        (Some(46), Some(190), Some(460))
    );
    assert_eq!((whole.printed_tqt, whole.printed_glh), (460, 190));
    assert!(whole.ranges.is_some());
}

#[test]
fn a_review_changes_the_plan_and_keeps_the_old_version() {
    let college = college();
    let registered = college.register("Amira", "7A2V2");
    let id = &registered.registration;
    college.agree(&registered.learner, id, &["7016V1"], None).unwrap();
    let refused = college
        .agree(&college.coordinator, id, &["7015V1"], None)
        .unwrap_err();
    assert!(matches!(refused, Failure::Refused(refusals) if refusals.codes() == [Code::PlanReason]));
    college
        .agree(&college.coordinator, id, &["7015V1"], Some("A better fit"))
        .unwrap();
    let plan = college
        .world
        .ask(&registered.learner, |asking| plan_view::plan(asking, id))
        .unwrap();
    assert_eq!(plan.versions.len(), 2);
    assert_eq!(plan.versions[0].because.as_deref(), Some("A better fit"));
    assert_eq!(
        plan.versions[0].changes,
        ["7015V1 was added, without a date.", "7016V1 was taken out."]
    );
    assert_eq!(plan.versions[1].units[0].unit, "7016V1");
    assert_eq!(plan.versions[1].goals.as_deref(), Some("Lead a coaching culture"));
}

#[test]
fn a_plan_agreed_in_between_is_noticed() {
    let college = college();
    let id = college.register("Amira", "7A2V2").registration;
    college
        .agree(&college.coordinator, &id, &["7016V1"], None)
        .unwrap();
    let input = AgreePlan {
        units: vec![PlannedUnit {
            unit: "7015V1".into(),
            target_on: None,
        }],
        because: Some("x".into()),
        version_seen: Some(0),
        ..AgreePlan::default()
    };
    let answer = college.world.act(&college.coordinator, move |acting| {
        agree::run(acting, &id, &input)
    });
    assert!(matches!(answer, Err(Failure::Conflict { .. })));
}

#[test]
fn a_learner_sees_their_assessor_and_writes_and_the_assessor_answers() {
    let college = college();
    let registered = college.register("Amira", "7A2V2");
    let id = registered.registration.clone();
    college
        .agree(&college.coordinator, &id, &["7016V1"], None)
        .unwrap();
    college.allocate(&id, &["7016V1"]);
    let line = college
        .world
        .ask(&registered.learner, |asking| message::line(asking, &id))
        .unwrap();
    assert_eq!(line.recipients[0].name, "Ann Okoro");
    assert_eq!(line.recipients[0].part, "Assessor of 7016V1");
    let send = |from: &PersonId, to: Option<PersonId>, text: &str| {
        let input = SendMessage {
            unit: Some("7016V1".into()),
            to,
            text: text.into(),
        };
        let id = id.clone();
        college
            .world
            .act(from, move |acting| message::send(acting, &id, &input))
    };
    send(
        &registered.learner,
        Some(college.assessor.clone()),
        "When shall we meet?",
    )
    .unwrap();
    send(&college.assessor, None, "On Friday").unwrap();
    assert!(matches!(
        send(&college.verifier, None, "Hello"),
        Err(Failure::Refused(_))
    ));
    let line = college
        .world
        .ask(&college.assessor, |asking| message::line(asking, &id))
        .unwrap();
    assert_eq!(line.messages.len(), 2);
    let unread = |by: &PersonId| {
        college
            .world
            .ask(by, |asking| overview::view(asking, &id))
            .unwrap()
            .unread
    };
    assert_eq!((unread(&registered.learner), unread(&college.assessor)), (1, 1));
    let opened = id.clone();
    college
        .world
        .act(&college.assessor, move |acting| {
            message::mark_seen(acting, &opened)
        })
        .unwrap();
    assert_eq!((unread(&registered.learner), unread(&college.assessor)), (1, 0));
}

#[test]
fn only_the_learner_their_staff_and_their_centre_see_a_registration() {
    let mut college = college();
    let registered = college.register("Amira", "7A2V2");
    let id = &registered.registration;
    let other = college.register("Bilal", "7A2V2");
    let elsewhere = college.world.centre("Southern College");
    let stranger = college
        .world
        .person_with("Cole Stone", Role::Coordinator, &elsewhere);
    let see =
        |asking: &mut assay_app::Asking<'_, '_>, id: &RegistrationId| overview::view(asking, id).map(|_| ());
    for person in [&other.learner, &stranger, &college.assessor, &college.verifier] {
        assert!(college.not_found(person, id, see));
        let read = |asking: &mut assay_app::Asking<'_, '_>, id: &RegistrationId| {
            message::line(asking, id).map(|_| ())
        };
        assert!(college.not_found(person, id, read));
        let of = id.clone();
        let answer = college.world.act(person, move |acting| {
            withdraw::run(
                acting,
                &of,
                &WithdrawRegistration {
                    on: date(2019, 10, 14),
                    because: "x".into(),
                },
            )
        });
        assert!(matches!(answer, Err(Failure::NotFound)));
    }
    for person in [
        &registered.learner,
        &college.coordinator,
        &college.world.quality_manager,
    ] {
        assert!(!college.not_found(person, id, see));
    }
    college
        .agree(&college.coordinator, id, &["7016V1"], None)
        .unwrap();
    college.allocate(id, &["7016V1"]);
    assert!(!college.not_found(&college.assessor, id, see));
}

#[test]
fn a_person_at_another_centre_registers_nobody_here() {
    let mut college = college();
    let elsewhere = college.world.centre("Southern College");
    let stranger = college
        .world
        .person_with("Cole Stone", Role::Coordinator, &elsewhere);
    let input = college.input("Amira", "7A2V2");
    let answer = college
        .world
        .act(&stranger, move |acting| register::run(acting, &input));
    assert!(matches!(answer, Err(Failure::NotFound)));
    let input = college.input("Amira", "7A2V2");
    let answer = college
        .world
        .refusals(&college.assessor, move |acting| register::run(acting, &input));
    assert_eq!(answer, [Code::RoleMissing]);
}

#[test]
fn the_figures_change_with_the_judgement_that_causes_it() {
    let college = college();
    let registered = college.register("Amira", "7A2V2");
    let id = &registered.registration;
    college
        .agree(&college.coordinator, id, &["7016V1"], None)
        .unwrap();
    let count = || {
        college
            .world
            .ask(&registered.learner, |asking| progress::progress(asking, id))
            .unwrap()
    };
    let before = count();
    assert_eq!(
        (before.criteria.done, before.credits.done, before.credits.of),
        (0, 0, 6)
    );
    college.judged(
        id,
        &registered.learner,
        "7016V1",
        &["1.1", "1.2"],
        &["2.1"],
        false,
    );
    let after = count();
    assert_eq!(after.criteria.done, 2);
    assert_eq!(after.by_unit[0].state, progress::UnitState::Referred);
    assert_eq!(after.credits.done, 0);
}

#[test]
fn units_met_for_the_award_are_not_needed_again_for_the_diploma() {
    let college = college();
    let award = college.register("Amira", "7A2V2");
    college
        .agree(&college.coordinator, &award.registration, &["7015V1"], None)
        .unwrap();
    college.judged(&award.registration, &award.learner, "7015V1", &["1.1"], &[], true);
    let done = college
        .world
        .ask(&award.learner, |asking| {
            overview::view(asking, &award.registration)
        })
        .unwrap();
    assert_eq!(done.progress.credits.done, 7);
    assert_eq!(
        done.progression,
        ["CMI Level 7 Qualifications in Strategic Management and Leadership"]
    );

    let diploma = college.register("Amira", "7D2V2");
    let judged = college.judge(&diploma.registration, &[]);
    assert_eq!(judged.units, ["7015V1"]);
    assert!(
        !judged.missing.iter().any(|missing| missing.contains("7015V1")),
        "{:?}",
        judged.missing
    );
    let plan = ["7016V1", "7017V1", "7018V1", "7002V1", "7020V1", "7010V1"];
    let agreed = college
        .agree(&college.coordinator, &diploma.registration, &plan, None)
        .unwrap();
    assert!(
        !agreed
            .warnings
            .iter()
            .any(|warning| warning.code == WarningCode::ChoiceIncomplete)
    );
    let count = college
        .world
        .ask(&award.learner, |asking| {
            progress::progress(asking, &diploma.registration)
        })
        .unwrap();
    let carried = count.by_unit.iter().find(|unit| unit.unit == "7015V1").unwrap();
    assert_eq!(carried.state, progress::UnitState::Carried);
    assert_eq!(count.credits.done, 7);
}

#[test]
fn learners_whose_time_runs_out_are_listed_by_date() {
    let mut college = college();
    let award = college.register("Amira", "7A2V2");
    college.register("Bilal", "7D2V2");
    let risk = college
        .world
        .ask(&college.coordinator, |asking| at_risk::list(asking, ""))
        .unwrap();
    assert_eq!(risk.lines.len(), 2);
    assert_eq!(risk.lines[0].ends_on, date(2020, 8, 31));
    college.world.pass_days(330);
    let id = award.registration.clone();
    let view = college
        .world
        .ask(&college.coordinator, |asking| overview::view(asking, &id))
        .unwrap();
    assert!(
        view.warnings
            .iter()
            .any(|warning| warning.code == WarningCode::EndsSoon)
    );
    assert_eq!(college.refused(college.input("Chen", "7A2V2")), [Code::RegClosed]);
    let (stranger, elsewhere) = {
        let elsewhere = college.world.centre("Southern College");
        (
            college
                .world
                .person_with("Cole Stone", Role::Coordinator, &elsewhere),
            elsewhere,
        )
    };
    let none = college
        .world
        .ask(&stranger, |asking| at_risk::list(asking, elsewhere.as_str()))
        .unwrap();
    assert!(none.lines.is_empty());
}

#[test]
fn a_learner_is_found_by_name_number_and_code() {
    let college = college();
    let amira = college.register("Amira", "7A2V2");
    college.register("Bilal", "7D2V2");
    let find = |search: &str| {
        let query = ListQuery {
            search: search.into(),
            ..ListQuery::default()
        };
        let found = college
            .world
            .ask(&college.coordinator, |asking| list::list(asking, &query))
            .unwrap();
        found.lines.into_iter().map(|line| line.name).collect::<Vec<_>>()
    };
    assert_eq!(find(""), ["Amira Khan", "Bilal Khan"]);
    assert_eq!(find("ami"), ["Amira Khan"]);
    assert_eq!(find("KHAN bil"), ["Bilal Khan"]);
    assert_eq!(find(&amira.number), ["Amira Khan"]);
    assert_eq!(find("7d2v2"), ["Bilal Khan"]);
    assert!(find("nobody").is_empty());
}

#[test]
fn the_exported_list_carries_code_and_data_and_no_formula() {
    let college = college();
    let input = RegisterLearner {
        given: "=cmd()".into(),
        ..college.input("Amira", "7D2V2")
    };
    college
        .world
        .act(&college.coordinator, move |acting| register::run(acting, &input))
        .unwrap();
    let csv = college
        .world
        .ask(&college.coordinator, |asking| {
            export::csv(asking, &ListQuery::default())
        })
        .unwrap();
    assert!(csv.contains("7D2V2") && csv.contains("1985-03-02") && csv.contains("2019-10-14"));
    assert!(!csv.contains(",=cmd()"), "{csv}");
    let refused = college.world.ask(&college.assessor, |asking| {
        export::csv(asking, &ListQuery::default())
    });
    assert!(matches!(refused, Err(Failure::NotFound)));
}

const FILE: &str = "Given name,Family name,Date of birth,E-mail,Qualification code,Start date,Units,Assessor e-mail\r\n\
    Amira,Khan,1985-03-02,amira@learner.example,7A2V2,2019-10-14,7016V1,ann.okoro@example.org\r\n\
    Bilal,Osei,1990-01-01,bilal@learner.example,7C2V2,2019-10-14,,\r\n\
    Chen,Wu,2005-01-01,chen@learner.example,7A2V2,2019-10-14,,\r\n\
    Amira,Khan,1985-03-02,amira@learner.example,7A2V2,2019-10-14,,\r\n\
    Dana,Poe,not a date,dana@learner.example,7A2V2,2019-10-14,,\r\n\
    Emil,Roy,1988-05-05,emil@learner.example,7A2V2,2019-10-14,,\r\n\
    Fay,Lee,2005-01-01,fay at learner,7A2V2,2019-10-14,,\r\n\
    Gus,Abe,1988-05-05,,7A2V2,2019-10-14,,\r\n";

#[test]
fn a_file_is_rehearsed_row_by_row_and_nothing_is_registered_until_it_is_said() {
    let college = college();
    let caller = college.world.caller(&college.coordinator);
    let fresh = || -> Box<dyn Fresh + Send> { college.world.fresh() };
    let upload = import::rehearse(
        &college.world.app,
        &caller,
        &fresh,
        &college.centre,
        "learners.csv",
        FILE.into(),
    )
    .unwrap();
    let found = college
        .world
        .ask(&college.coordinator, |asking| import::find(asking, &upload))
        .unwrap();
    let problems: Vec<(u32, Vec<Option<String>>)> = found
        .findings
        .rows
        .iter()
        .map(|row| {
            (
                row.line,
                row.problems.iter().map(|problem| problem.code.clone()).collect(),
            )
        })
        .collect();
    let code = |code: &str| vec![Some(code.to_owned())];
    assert_eq!(
        problems,
        [
            (2, vec![]),
            (3, code("CENTRE_NOT_APPROVED")),
            (4, code("REG_AGE")),
            (5, vec![None]),
            (6, vec![None]),
            (7, vec![]),
            // What cannot be read and what the rules have against it are told together.
            (8, vec![None, Some("REG_AGE".to_owned())]),
            // Nobody needs an e-mail address, as with registering by hand.
            (9, vec![])
        ]
    );
    let everybody = || {
        college
            .world
            .ask(&college.coordinator, |asking| {
                list::list(asking, &ListQuery::default())
            })
            .unwrap()
    };
    assert!(everybody().lines.is_empty(), "a rehearsal registers nobody");

    let id = upload.clone();
    let whole = college.world.act(&college.coordinator, move |acting| {
        import::run(acting, &id, false)
    });
    assert!(matches!(whole, Err(Failure::Unreadable(_))));
    let id = upload.clone();
    let done = college
        .world
        .act(&college.coordinator, move |acting| import::run(acting, &id, true))
        .unwrap();
    assert_eq!(
        (done.registered, done.left_out, done.invited, done.plans),
        (3, 5, 2, 1)
    );
    assert_eq!(everybody().lines.len(), 3);
    let again = college.world.act(&college.coordinator, move |acting| {
        import::run(acting, &upload, true)
    });
    assert!(matches!(again, Err(Failure::NotFound)));
}

#[test]
fn another_coordinators_file_is_not_found_and_an_assessor_uploads_none() {
    let college = college();
    let caller = college.world.caller(&college.coordinator);
    let fresh = || -> Box<dyn Fresh + Send> { college.world.fresh() };
    let upload = import::rehearse(
        &college.world.app,
        &caller,
        &fresh,
        &college.centre,
        "learners.csv",
        FILE.into(),
    )
    .unwrap();
    let second = college
        .world
        .person_with("Dora Pike", Role::Coordinator, &college.centre);
    assert!(matches!(
        college.world.ask(&second, |asking| import::find(asking, &upload)),
        Err(Failure::NotFound)
    ));
    let caller = college.world.caller(&college.assessor);
    let refused = import::rehearse(
        &college.world.app,
        &caller,
        &fresh,
        &college.centre,
        "x.csv",
        FILE.into(),
    );
    assert!(matches!(refused, Err(Failure::NotFound)));
}

#[test]
fn a_file_that_is_no_list_is_told_in_words() {
    let college = college();
    let caller = college.world.caller(&college.coordinator);
    let fresh = || -> Box<dyn Fresh + Send> { college.world.fresh() };
    let refused = import::rehearse(
        &college.world.app,
        &caller,
        &fresh,
        &college.centre,
        "x.pdf",
        b"%PDF-1.7\n".to_vec(),
    );
    assert!(matches!(refused, Err(Failure::Unreadable(_))));
}

#[test]
fn a_withdrawn_learner_is_gone_from_the_active_list_and_keeps_their_plan() {
    let college = college();
    let id = college.register("Amira", "7A2V2").registration;
    college
        .agree(&college.coordinator, &id, &["7016V1"], None)
        .unwrap();
    let of = id.clone();
    college
        .world
        .act(&college.coordinator, move |acting| {
            withdraw::run(
                acting,
                &of,
                &WithdrawRegistration {
                    on: date(2019, 10, 14),
                    because: "Moved away".into(),
                },
            )
        })
        .unwrap();
    let query = ListQuery {
        state: "active".into(),
        ..ListQuery::default()
    };
    assert!(
        college
            .world
            .ask(&college.coordinator, |asking| list::list(asking, &query))
            .unwrap()
            .lines
            .is_empty()
    );
    let view = college
        .world
        .ask(&college.coordinator, |asking| overview::view(asking, &id))
        .unwrap();
    assert_eq!(
        (view.plan_version, view.withdrawn_on),
        (1, Some(date(2019, 10, 14)))
    );
    let refused = college
        .agree(&college.coordinator, &id, &["7015V1"], Some("x"))
        .unwrap_err();
    assert!(matches!(refused, Failure::Refused(refusals) if refusals.codes() == [Code::RegWithdrawn]));
}

#[test]
fn tables_built_again_from_the_ledger_have_the_same_rows_also_after_an_erasure() {
    let college = college();
    let registered = college.register("Amira", "7A2V2");
    let id = registered.registration.clone();
    let open = RegisterLearner {
        identity: None,
        authority: None,
        ..college.input("Bilal", "7D2V2")
    };
    let second = college
        .world
        .act(&college.coordinator, move |acting| register::run(acting, &open))
        .unwrap();
    college
        .agree(&college.coordinator, &id, &["7016V1", "7015V1"], None)
        .unwrap();
    college.allocate(&id, &["7016V1"]);
    college
        .agree(&college.coordinator, &id, &["7015V1"], Some("Change of post"))
        .unwrap();
    college.judged(&id, &registered.learner, "7015V1", &["1.1"], &[], true);
    let to = id.clone();
    let input = SendMessage {
        unit: None,
        to: None,
        text: "Welcome".into(),
    };
    college
        .world
        .act(&college.coordinator, move |acting| {
            message::send(acting, &to, &input)
        })
        .unwrap();
    let of = second.registration.clone();
    let document = identity::ConfirmIdentity {
        document: "passport seen".into(),
    };
    college
        .world
        .act(&college.coordinator, move |acting| {
            identity::run(acting, &of, &document)
        })
        .unwrap();
    assert_rebuilt(&college.world);

    let learner = registered.learner.clone();
    college
        .world
        .act(&college.coordinator, move |acting| {
            let at = acting.moment().stored();
            assay_store::private::erase_about(acting.tx, learner.as_str(), &at)?;
            acting.record(Decision::of(Fact::PersonErased { person: learner }))
        })
        .unwrap();
    assert_rebuilt(&college.world);
    let view = college
        .world
        .ask(&college.coordinator, |asking| overview::view(asking, &id))
        .unwrap();
    assert_eq!((view.name.as_str(), view.authority), ("Erased person", None));
}

#[test]
fn what_is_typed_about_an_identity_document_is_not_in_the_ledger_and_can_be_erased() {
    let college = college();
    let world = &college.world;
    let input = RegisterLearner {
        identity: Some("passport 533401372 seen".into()),
        ..college.input("Amira", "7A2V2")
    };
    let first = world
        .act(&college.coordinator, move |acting| register::run(acting, &input))
        .unwrap();
    let input = RegisterLearner {
        identity: None,
        ..college.input("Bela", "7A2V2")
    };
    let second = world
        .act(&college.coordinator, move |acting| register::run(acting, &input))
        .unwrap();
    let of = second.registration.clone();
    world
        .act(&college.coordinator, move |acting| {
            let document = identity::ConfirmIdentity {
                document: "driving licence 533401372".into(),
            };
            identity::run(acting, &of, &document)
        })
        .unwrap();
    let entries = world
        .app
        .store()
        .read(|tx| assay_store::ledger::entries(tx, 0, 100_000))
        .unwrap();
    let told = entries
        .iter()
        .filter(|entry| String::from_utf8_lossy(&entry.bytes).contains("533401372"));
    assert_eq!(told.count(), 0);
    let seen = |id: &RegistrationId| {
        let id = id.clone();
        world
            .ask(&college.coordinator, move |asking| overview::view(asking, &id))
            .unwrap()
            .identity
    };
    assert_eq!(
        seen(&first.registration).as_deref(),
        Some("passport 533401372 seen")
    );
    assert_eq!(
        seen(&second.registration).as_deref(),
        Some("driving licence 533401372")
    );
    for learner in [first.learner, second.learner] {
        world
            .act(&college.coordinator, move |acting| {
                let at = acting.moment().stored();
                assay_store::private::erase_about(acting.tx, learner.as_str(), &at)?;
                acting.record(Decision::of(Fact::PersonErased { person: learner }))
            })
            .unwrap();
    }
    // That it was confirmed stays true; what was seen is gone.
    assert_eq!(seen(&first.registration).as_deref(), Some(""));
    assert_eq!(seen(&second.registration).as_deref(), Some(""));
    assert_rebuilt(world);
}

#[test]
fn what_was_open_at_registering_is_answered_later_and_the_advice_ends() {
    let college = college();
    let world = &college.world;
    let input = RegisterLearner {
        authority: None,
        ..college.input("Amira", "7A2V2")
    };
    let registered = world
        .act(&college.coordinator, move |acting| register::run(acting, &input))
        .unwrap();
    let id = registered.registration.clone();
    let seen_by = |person: &PersonId| {
        let id = id.clone();
        world
            .ask(person, move |asking| overview::view(asking, &id))
            .unwrap()
    };
    let advice = |view: &overview::RegistrationView| {
        view.warnings
            .iter()
            .any(|warning| warning.code == WarningCode::ForAdvice)
    };
    let before = seen_by(&registered.learner);
    assert!(advice(&before) && before.may.answer_authority && !before.may.enter_uln);

    let complete = |person: &PersonId, authority: Option<&str>, uln: Option<&str>| {
        let id = id.clone();
        let input = CompleteRegistration {
            authority: authority.map(str::to_owned),
            uln: uln.map(str::to_owned),
            member_number: None,
        };
        world.act(person, move |acting| complete::run(acting, &id, &input))
    };
    let codes = |answer: Result<(), Failure>| match answer {
        Err(Failure::Refused(refusals)) => refusals.codes(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        codes(complete(&college.coordinator, None, None)),
        [Code::FieldMissing]
    );
    assert_eq!(
        codes(complete(&registered.learner, None, Some("1000000000"))),
        [Code::RoleMissing]
    );
    assert_eq!(
        codes(complete(&college.coordinator, None, Some("1000000001"))),
        [Code::UlnCheck]
    );

    complete(&registered.learner, Some("Answers for a region"), None).unwrap();
    complete(&college.coordinator, None, Some("1000000000")).unwrap();
    let after = seen_by(&college.coordinator);
    assert!(!advice(&after) && !after.may.answer_authority && !after.may.enter_uln);
    assert_eq!(after.authority.as_deref(), Some("Answers for a region"));
    assert_eq!(after.uln.as_deref(), Some("1000000000"));
    assert_eq!(
        codes(complete(&college.coordinator, Some("Another"), None)),
        [Code::FieldMissing]
    );

    let other = college.register("Ben", "7A2V2");
    let of = other.registration.clone();
    let taken = world.refusals(&college.coordinator, move |acting| {
        let input = CompleteRegistration {
            uln: Some("1000000000".into()),
            ..CompleteRegistration::default()
        };
        complete::run(acting, &of, &input)
    });
    assert_eq!(taken, [Code::RegDuplicate]);
    assert_rebuilt(world);
}

fn assert_rebuilt(world: &World) {
    let (before, after) = world
        .app
        .store()
        .command(|tx| -> Result<(String, String), Failure> {
            let before = assay_store::rebuild::dump(tx, Kept::Derived)?;
            assay_store::rebuild::empty_derived(tx)?;
            let mut from = 0;
            loop {
                let page = assay_store::ledger::entries(tx, from, 500)?;
                if page.is_empty() {
                    break;
                }
                for entry in page {
                    let read = Entry::read(&entry.bytes)?;
                    derive::apply(tx, entry.sequence, &read)?;
                    from = entry.sequence + 1;
                }
            }
            let after = assay_store::rebuild::dump(tx, Kept::Derived)?;
            Ok((own(&before), own(&after)))
        })
        .unwrap();
    if before != after {
        panic!(
            "rebuilt rows differ: {:?}",
            assay_store::rebuild::first_difference(&before, &after)
        );
    }
}

/// The rows of this noun's tables.
fn own(dump: &str) -> String {
    const TABLES: [&str; 6] = [
        "registration",
        "plan",
        "allocation",
        "message",
        "person",
        "role_grant",
    ];
    dump.lines()
        .filter(|line| TABLES.iter().any(|table| line.starts_with(table)))
        .map(|line| format!("{line}\n"))
        .collect()
}
