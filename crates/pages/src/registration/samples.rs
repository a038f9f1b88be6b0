//! Each page with sample data, read for unsound HTML.

use super::*;
use crate::message::Refusals;
use crate::soundness::assert_sound;
use crate::styleguide::sample_shell;
use crate::{Form, Shell};
use askama::Template;
use assay_app::external_assessment::find::ExternalStanding;
use assay_app::plan::choice::{Between, ChoiceRanges, ChoiceSums, JudgedChoice, UnitChoice};
use assay_app::plan::message::{MessageLine, MessageView, Recipient};
use assay_app::plan::view::{PlanVersion, PlanView};
use assay_app::progress::{CriterionProgress, Part, Progress, UnitProgress};
use assay_app::registration::at_risk::{AtRisk, AtRiskLine, Ending};
use assay_app::registration::find::Named;
use assay_app::registration::import::{Findings, Rehearsal, RowFinding, RowProblem};
use assay_app::registration::list::{ListQuery, RegistrationLine, RegistrationList};
use assay_app::registration::membership::Membership;
use assay_app::registration::overview::{AllocationLine, Permissions, RegistrationView, StaffChoices};
use assay_app::registration::register::{QualificationChoice, RegistrationForm};
use assay_app::specification::rule::{BestWay, Least, OneWay};
use assay_domain::external_assessment::OrderState;
use assay_domain::fact::PlannedUnit;
use assay_domain::fresh::Counted;
use assay_domain::id::{CentreId, MessageId, PersonId, RegistrationId};
use assay_domain::{Warning, WarningCode};
use jiff::civil::date;

const TITLE: &str = "CMI Level 7 Award in Leadership Coaching and Mentoring";

fn shell(title: &str) -> Shell {
    sample_shell(title)
}

fn registration() -> RegistrationId {
    RegistrationId::fresh(&mut Counted::from_seed(1))
}

fn centre() -> CentreId {
    CentreId::fresh(&mut Counted::from_seed(2))
}

fn named(name: &str, seed: u64) -> Named {
    Named {
        person: PersonId::fresh(&mut Counted::from_seed(seed)),
        name: name.into(),
    }
}

fn line(state: RegistrationState) -> RegistrationLine {
    RegistrationLine {
        registration: registration(),
        learner: named("Amira Khan", 3).person,
        name: "Amira <Khan> & Söhne".into(),
        number: "10482-000001-K".into(),
        qualification: "7A2V2".into(),
        title: TITLE.into(),
        state,
        start_on: date(2019, 10, 14),
        ends_on: date(2020, 10, 13),
        registered_at: "2019-10-14T08:30:00.000Z".into(),
        for_advice: true,
        identity_confirmed: false,
    }
}

fn judged(met: bool) -> JudgedChoice {
    JudgedChoice {
        explained: vec![assay_app::specification::explained::Explained {
            words: "Guided Learning Hours".into(),
            href: "/specifications/spc_1/glossary#term-guided-learning-hours".into(),
        }],
        units: vec!["7016V1".into()],
        met,
        award_met: met,
        award_counts: if met { vec!["7016V1".into()] } else { vec![] },
        reachable: true,
        missing: if met {
            vec![]
        } else {
            vec!["1 credit short.".into()]
        },
        not_permitted: vec![],
        beyond: vec!["The rule would be satisfied without 7017V1 too.".into()],
        additions: if met { vec![] } else { vec![vec!["7015V1".into()]] },
        sums: ChoiceSums {
            units: 1,
            credits: Some(6),
            glh: Some(25),
            tut: Some(60),
        },
        printed_tqt: 60,
        printed_glh: 25,
        printed_credits: 6,
        ranges: Some(ChoiceRanges {
            credits: between(6, 39),
            glh: between(25, 170),
            tut: between(60, 390),
        }),
    }
}

fn between(least: u32, most: u32) -> Between {
    Between {
        least: Some(least),
        most: Some(most),
    }
}

fn unit_choice(unit: &str, fixed: bool, carried: bool) -> UnitChoice {
    UnitChoice {
        unit: unit.into(),
        title: "Coaching and mentoring policies".into(),
        level: 7,
        credits: 6,
        glh: 25,
        tut: 60,
        group: Some("Group A".into()),
        chosen: true,
        target_on: Some(date(2020, 1, 31)),
        carried_from: carried.then(|| "7A2V2".to_owned()),
        fixed,
    }
}

fn version(number: u32) -> PlanVersion {
    PlanVersion {
        version: number,
        units: vec![PlannedUnit {
            unit: "7016V1".into(),
            target_on: Some(date(2020, 1, 31)),
        }],
        goals: Some("Lead a coaching culture\nacross two sites".into()),
        support: None,
        review_on: Some(date(2020, 2, 1)),
        because: (number > 1).then(|| "A better fit".to_owned()),
        agreed_at: "2019-10-14T08:30:00.000Z".into(),
        agreed_by: Some("Cora Adebayo".into()),
        changes: vec!["7016V1 was added, target 31 January 2020.".into()],
    }
}

fn plan_view(versions: u32) -> PlanView {
    PlanView {
        registration: registration(),
        number: "10482-000001-K".into(),
        learner: "Amira Khan".into(),
        qualification: "7A2V2".into(),
        title: TITLE.into(),
        start_on: date(2019, 10, 14),
        ends_on: date(2020, 10, 13),
        versions: (1..=versions).rev().map(version).collect(),
        units: vec![
            unit_choice("7015V1", false, true),
            unit_choice("7016V1", true, false),
            unit_choice("7017V1", false, false),
        ],
        judged: judged(true),
        may_agree: true,
    }
}

fn view(own: bool) -> RegistrationView {
    let unit = |number: &str, state, met| UnitProgress {
        unit: number.into(),
        title: "Coaching and mentoring policies".into(),
        credits: 6,
        glh: 25,
        tut: 60,
        state,
        target_on: Some(date(2020, 1, 31)),
        late: true,
        attempt: 2,
        submission: None,
        achieved_on: None,
        carried_from: None,
        graded: None,
        external: (number == "7016V1").then(|| ExternalStanding {
            order: "ord_1".parse().unwrap(),
            state: OrderState::Marked,
            body: "CMI".into(),
            due_on: Some(date(2020, 1, 31)),
            stamp: None,
        }),
        criteria_met: 1,
        criteria: vec![
            CriterionProgress {
                criterion: "1.1".into(),
                text: "Evaluate the role".into(),
                met,
                answered: true,
            },
            CriterionProgress {
                criterion: "1.2".into(),
                text: "Assess the need".into(),
                met: None,
                answered: false,
            },
        ],
    };
    let may = !own;
    RegistrationView {
        registration: registration(),
        learner: named("Amira Khan", 3).person,
        name: "Amira Khan".into(),
        number: "10482-000001-K".into(),
        centre_name: "Northern College".into(),
        centre_number: "10482".into(),
        qualification: "7A2V2".into(),
        title: TITLE.into(),
        qualification_number: "600/9461/8".into(),
        level: 7,
        specification: "Level 7 Leadership Coaching and Mentoring".into(),
        specification_version: "6".into(),
        state: RegistrationState::Active,
        start_on: date(2019, 10, 14),
        ends_on: date(2020, 10, 13),
        withdrawn_on: None,
        registered_at: "2019-10-14T08:30:00.000Z".into(),
        identity: None,
        authority: None,
        born_on: Some(date(1985, 3, 2)),
        email: Some("amira@learner.example".into()),
        uln: None,
        awarding_body: "CMI".into(),
        membership: Some(Membership {
            held: false,
            number: None,
            grade: Some("Affiliate".into()),
            from: Some(date(2019, 10, 14)),
            until: None,
        }),
        plan_version: 1,
        allocations: vec![AllocationLine {
            unit: "7016V1".into(),
            tutor: Some(named("Tom Birch", 6)),
            assessor: Some(named("Ann Okoro", 4)),
            verifier: None,
        }],
        progress: Progress {
            registration: registration(),
            criteria: Part { done: 1, of: 10 },
            units: Part { done: 0, of: 2 },
            credits: Part { done: 0, of: 6 },
            provisional_credits: 6,
            by_unit: vec![
                unit("7016V1", UnitState::Provisional, Some(true)),
                unit("7017V1", UnitState::Referred, Some(false)),
            ],
        },
        warnings: vec![Warning::new(
            WarningCode::ForAdvice,
            "For advice: no answer.",
            "QS-03",
        )],
        progression: vec!["CMI Level 7 Qualifications in Strategic Management and Leadership".into()],
        others: vec![],
        unread: 2,
        own,
        may: Permissions {
            confirm_identity: may,
            answer_authority: true,
            enter_uln: may,
            enter_member_number: may,
            withdraw: may,
            agree_plan: true,
            allocate: may,
            order: may,
            write: true,
        },
        staff: StaffChoices {
            tutors: vec![named("Tom Birch", 6)],
            assessors: vec![named("Ann Okoro", 4)],
            verifiers: vec![named("Vera Lund", 5)],
        },
    }
}

#[test]
fn the_list_is_sound_with_learners_and_without() {
    for lines in [vec![], RegistrationState::ALL.map(line).to_vec()] {
        let page = list::RegistrationListPage {
            shell: shell("Learners"),
            list: RegistrationList {
                next: lines.first().map(|line| line.number.clone()),
                lines,
                centres: vec![],
                centre: Some(centre()),
                qualifications: vec!["7A2V2".into()],
                may_register: true,
            },
            query: ListQuery {
                search: "a&b".into(),
                after: "x".into(),
                ..ListQuery::default()
            },
            own: false,
        };
        let html = page.render().unwrap();
        assert_sound(&html);
        assert!(html.contains("search=a%26b") && !html.contains("<Khan>"));
    }
}

#[test]
fn the_form_for_registering_is_sound_and_names_the_full_title() {
    let page = register::RegisterPage {
        shell: shell("Register a learner"),
        view: RegistrationForm {
            centre: centre(),
            centre_name: "Northern College".into(),
            qualifications: vec![QualificationChoice {
                code: "7A2V2".into(),
                title: TITLE.into(),
                number: "600/9461/8".into(),
                opens_on: date(2014, 1, 1),
                closes_on: date(2020, 8, 31),
            }],
            purposes: vec!["For managers and leaders".into()],
            membership: true,
            minimum_age: Some(19),
        },
        form: Form::new().complain("born_on", "Enter a date of birth."),
        refusals: Refusals::default(),
    };
    let html = page.render().unwrap();
    assert_sound(&html);
    assert!(html.contains(TITLE) && html.contains("at least 19"));
}

#[test]
fn a_registration_is_sound_for_staff_and_for_the_learner() {
    for own in [false, true] {
        let page = overview::RegistrationPage {
            shell: shell("Amira Khan"),
            view: view(own),
            refusals: Refusals::default(),
            identity_form: Form::new().prefixed("identity-"),
            completion_form: Form::new().prefixed("open-"),
            member_form: Form::new().prefixed("member-"),
            allocation_form: Form::new().prefixed("allocation-"),
        };
        let html = page.render().unwrap();
        assert_sound(&html);
        assert!(html.contains("Strategic Management"));
        // The assessor is named among the people, not only in the table.
        assert!(html.contains("<dt>Assessor</dt><dd>Ann Okoro</dd>"), "{html}");
        assert_eq!(html.contains("Withdraw this registration"), !own);
    }
}

#[test]
fn the_choice_of_units_is_sound_as_a_page_and_as_a_piece() {
    for met in [true, false] {
        let page = units::UnitsPage {
            shell: shell("Choose units"),
            view: plan_view(1),
            judgement: units::JudgementPart { judged: judged(met) },
            best: None,
            form: Form::new().with("unit", "7017V1").with("version_seen", 1),
            refusals: Refusals::default(),
        };
        let html = page.render().unwrap();
        assert_sound(&html);
        assert!(html.contains("data-judgement") && html.contains("Achieved before with 7A2V2"));
    }
}

fn best_way(
    least: Option<u64>,
    ways: Vec<OneWay>,
    alternatives: &str,
    reasons: &[&str],
) -> best_way::BestWayPart {
    best_way::BestWayPart {
        best: BestWay {
            reachable: !ways.is_empty(),
            known: true,
            minimise: Least::Credits,
            least,
            alternatives: alternatives.into(),
            ways,
            reasons: reasons.iter().map(|reason| (*reason).to_owned()).collect(),
        },
        titles: vec![("7015V1".into(), "Coaching & mentoring".into())],
        kept: vec!["7017V1".into()],
    }
}

fn one_way(take: &[&str]) -> OneWay {
    let sums = ChoiceSums {
        units: 1,
        credits: Some(6),
        glh: None,
        tut: Some(60),
    };
    OneWay {
        take: take.iter().map(|unit| (*unit).to_owned()).collect(),
        to_take: sums,
        counted: vec![],
        sums,
        surplus: vec!["7017V1".into()],
        endorsements: vec!["Practice".into()],
    }
}

#[test]
fn the_best_way_stands_within_the_form_and_each_way_can_be_used() {
    let found = [
        best_way(
            Some(6),
            vec![one_way(&["7015V1"]), one_way(&["7016V1"])],
            "2",
            &[],
        ),
        best_way(Some(0), vec![one_way(&[])], "1", &[]),
        best_way(None, vec![], "0", &["Group B is 7 credits short."]),
        best_way(Some(6), vec![one_way(&["7015V1"])], "123456789012345678901", &[]),
    ];
    let expected = [
        "value=\"7017V1 7015V1\"",
        "Nothing more need be taken",
        "Group B is 7 credits short.",
        "the first 1 are listed",
    ];
    for (best, expected) in found.into_iter().zip(expected) {
        let page = units::UnitsPage {
            shell: shell("Choose units"),
            view: plan_view(1),
            judgement: units::JudgementPart {
                judged: judged(false),
            },
            best: Some(best),
            form: Form::new().with("unit", "7017V1").with("minimise", "credits"),
            refusals: Refusals::default(),
        };
        let html = page.render().unwrap();
        assert_sound(&html);
        assert!(html.contains(expected), "{html}");
        assert!(html.contains("id=\"best-way\" open"), "{html}");
    }
}

#[test]
fn a_plan_is_sound_with_versions_and_without() {
    for versions in [0, 1, 3] {
        let page = plan::PlanPage {
            shell: shell("Plan"),
            view: plan_view(versions),
            judgement: units::JudgementPart { judged: judged(true) },
        };
        assert_sound(&page.render().unwrap());
    }
}

#[test]
fn messages_are_sound_for_those_who_write_and_those_who_read() {
    for recipients in [
        vec![],
        vec![Recipient {
            person: named("Ann", 4).person,
            name: "Ann".into(),
            part: "Assessor".into(),
        }],
    ] {
        let page = messages::MessagesPage {
            shell: shell("Messages"),
            line: MessageLine {
                registration: registration(),
                learner: named("Amira Khan", 3),
                messages: vec![MessageView {
                    message: MessageId::fresh(&mut Counted::from_seed(9)),
                    unit: Some("7016V1".into()),
                    from: Some(named("Amira Khan", 3)),
                    to: named("Ann Okoro", 4),
                    text: "<script>".into(),
                    sent_at: "2019-10-14T08:30:00.000Z".into(),
                    own: true,
                }],
                recipients,
                units: vec!["7016V1".into()],
            },
            form: Form::new(),
            refusals: Refusals::default(),
        };
        let html = page.render().unwrap();
        assert_sound(&html);
        assert!(!html.contains("<script>"));
    }
}

#[test]
fn those_at_risk_are_listed_with_their_date() {
    let page = at_risk::AtRiskPage {
        shell: shell("Time running out"),
        risk: AtRisk {
            lines: vec![AtRiskLine {
                registration: registration(),
                name: "Amira Khan".into(),
                number: "10482-000001-K".into(),
                qualification: "7A2V2".into(),
                title: TITLE.into(),
                ends_on: date(2020, 8, 31),
                days_left: 322,
                ending: Ending::Regulation,
                credits: Part { done: 0, of: 6 },
                units: Part { done: 0, of: 1 },
            }],
            months_ahead: 12,
            until: date(2020, 10, 14),
            more: true,
        },
    };
    let html = page.render().unwrap();
    assert_sound(&html);
    assert!(html.contains("31 August 2020"), "{html}");
}

#[test]
fn a_rehearsed_file_is_sound_with_problems_and_without() {
    for problems in [0, 2] {
        let problem = RowProblem {
            column: Some("C".into()),
            code: Some("REG_AGE".into()),
            says: "The learner is 18.".into(),
            remedy: "Start later.".into(),
        };
        let page = import::ImportFoundPage {
            shell: shell("learners.csv"),
            rehearsal: Rehearsal {
                upload: "upl_1".into(),
                centre: centre(),
                centre_name: "Northern College".into(),
                name: "learners.csv".into(),
                findings: Findings {
                    read_as: "Read as CSV.".into(),
                    unused: vec!["F: Colour".into()],
                    about_file: vec![],
                    rows: vec![
                        RowFinding {
                            line: 2,
                            name: "Amira Khan".into(),
                            qualification: "7A2V2".into(),
                            number: Some("10482-000001-K".into()),
                            problems: vec![],
                            warnings: vec!["The identity is open.".into()],
                        },
                        RowFinding {
                            line: 3,
                            name: "Bilal Osei".into(),
                            qualification: "7A2V2".into(),
                            number: None,
                            problems: vec![problem; problems],
                            warnings: vec![],
                        },
                    ],
                },
            },
            form: Form::new(),
            refusals: Refusals::default(),
        };
        assert_sound(&page.render().unwrap());
    }
    let page = import::ImportPage {
        shell: shell("Register from a file"),
        centre: centre().to_string(),
        centre_name: "Northern College".into(),
        form: Form::new(),
    };
    assert_sound(&page.render().unwrap());
}
