//! Pages of accounts, people, centres and specifications with sample data, read for unsound HTML.

use crate::message::{Act, Refusals, Refused};
use crate::soundness::assert_sound;
use crate::styleguide::sample_shell as shell;
use crate::{Choice, Form};
use askama::Template;
use assay_app::account::link::MadeLink;
use assay_app::account::session::SessionLine;
use assay_app::account::token::TokenLine;
use assay_app::centre::{CentreLine, CentreView, CentresPage, HeldRole, OfferLine, StaffLine};
use assay_app::people::list::{PeoplePage, PersonLine};
use assay_app::people::view::{PersonView, RoleLine};
use assay_app::specification::SpecificationRow;
use assay_app::specification::view::SpecificationSeen;
use assay_app::work::WorkItem;
use assay_domain::Role;
use assay_domain::fresh::Counted;
use assay_domain::id::{CentreId, GrantId, PersonId, SpecificationId};
use assay_domain::specification::Stage;
use assay_specification::{Format, Specification, check};
use jiff::civil::date;
use std::sync::Arc;

const CMI: &str = include_str!("../../../specifications/cmi-level-7-leadership-coaching-and-mentoring.toml");
const NAME: &str = "Amira <Khan> & Söhne";
const AT: &str = "2019-10-14T08:30:00.000Z";

fn sound(page: &impl Template) {
    assert_sound(&page.render().unwrap());
}

fn refusals() -> Refusals {
    let item = Refused {
        because: "It is not <allowed>.".into(),
        field: Some("given".into()),
        ..Refused::default()
    };
    Refusals::new("This could not be done", vec![item])
}

fn person() -> PersonId {
    PersonId::fresh(&mut Counted::from_seed(1))
}

fn centre() -> CentreId {
    CentreId::fresh(&mut Counted::from_seed(2))
}

fn choices() -> Vec<Choice> {
    vec![Choice::new("a", "The <first>"), Choice::new("b", "The second")]
}

#[test]
fn signing_in_and_choosing_a_password_are_sound() {
    let trial = crate::account::Trial {
        person: person().to_string(),
        name: NAME.into(),
        roles: "Assessor and Tutor".into(),
        waiting: 2,
    };
    let wrong = Form::typed([("email", "a\"b")])
        .complain("email", "Enter your e-mail address.")
        .complain("", "Not right.");
    for (form, trials) in [(Form::new(), vec![]), (wrong.clone(), vec![trial])] {
        sound(&crate::account::SignInPage {
            shell: shell("Sign in"),
            form,
            back: "/units?a=\"b\"".into(),
            trials,
        });
    }
    for sent in [false, true] {
        sound(&crate::account::ForgotPage {
            shell: shell("Forgotten"),
            form: wrong.clone(),
            sent,
        });
    }
    for invitation in [false, true] {
        let (name, email) = (NAME.to_owned(), "amira@example.org".to_owned());
        sound(&crate::account::ChoosePasswordPage {
            shell: shell("Password"),
            form: Form::new(),
            name,
            email,
            invitation,
            shortest: 12,
        });
    }
}

#[test]
fn the_hint_beside_a_new_password_says_what_the_profile_asks_for() {
    let page = crate::account::ChoosePasswordPage {
        shell: shell("Password"),
        form: Form::new(),
        name: NAME.to_owned(),
        email: "amira@example.org".to_owned(),
        invitation: true,
        shortest: 14,
    };
    let html = askama::Template::render(&page).unwrap_or_default();
    assert!(html.contains("At least 14 characters"));
}

#[test]
fn an_account_is_sound() {
    let session = |hash: &str| SessionLine {
        token_hash: hash.into(),
        started_at: AT.into(),
        seen_at: AT.into(),
        agent: "Browser <1>".into(),
    };
    let token = |live: bool| TokenLine {
        id: format!("tok_{live}"),
        name: "Register <script>".into(),
        scopes: "read write".into(),
        made_at: AT.into(),
        ends_at: AT.into(),
        used_at: live.then(|| AT.to_owned()),
        live,
    };
    sound(&crate::account::AccountPage {
        shell: shell("Your account"),
        refusals: refusals(),
        password_form: Form::new()
            .prefixed("password")
            .complain("again", "Type it again."),
        token_form: Form::new().prefixed("token"),
        sessions: vec![session("a"), session("b")],
        this_session: "a".into(),
        tokens: vec![token(true), token(false)],
        new_token: Some("assay_x".into()),
        shortest: 12,
    });
}

#[test]
fn the_home_page_is_sound_with_and_without_work() {
    let item = WorkItem::new("To mark", "7020V1 <first>", NAME, "/marking/sub_x", AT);
    let due = item.clone().due(date(2019, 10, 20), date(2019, 10, 14));
    for items in [vec![], vec![item, due]] {
        sound(&crate::home::HomePage {
            shell: shell("Home"),
            name: NAME.into(),
            today: date(2019, 10, 14),
            items,
        });
    }
}

#[test]
fn people_are_sound() {
    let line = PersonLine {
        person: person(),
        name: NAME.into(),
        email: None,
        roles: vec![Role::Assessor, Role::Tutor],
        in_training: true,
    };
    for people in [vec![], vec![line]] {
        let total = if people.is_empty() { 0 } else { 60 };
        sound(&crate::people::PeopleListPage {
            shell: shell("People"),
            people: PeoplePage {
                centre: None,
                people,
                page: 2,
                size: 25,
                total,
            },
            q: "kh\"an".into(),
            role: "assessor".into(),
            centre: "a".into(),
            all_centres: true,
            centres: choices(),
            query: "q=kh&role=".into(),
        });
    }
    for alike in [false, true] {
        sound(&crate::people::AddPersonPage {
            shell: shell("Add a person"),
            refusals: refusals(),
            form: Form::new().with("given", "A\"B"),
            roles: choices(),
            centres: choices(),
            alike,
        });
    }
    let role = |seed, held: bool| RoleLine {
        grant: GrantId::fresh(&mut Counted::from_seed(seed)),
        role: Role::Assessor,
        centre: Some(centre()),
        centre_name: Some("Northern <College>".into()),
        from: date(2018, 1, 1),
        until: (!held).then(|| date(2019, 1, 1)),
        countersigned: true,
        held,
        may_end: held,
    };
    for link in [
        None,
        Some(MadeLink {
            address: "http://localhost/link/x".into(),
            ends_at: AT.into(),
        }),
    ] {
        sound(&crate::people::PersonPage {
            shell: shell(NAME),
            refusals: refusals(),
            person: PersonView {
                person: person(),
                given: "Amira".into(),
                family: "Khan".into(),
                name: NAME.into(),
                born_on: Some(date(1984, 3, 2)),
                email: Some("amira@example.org".into()),
                added_at: AT.into(),
                roles: vec![role(3, true), role(4, false)],
                has_password: link.is_none(),
                last_sign_in_at: Some(AT.into()),
            },
            details_form: Form::new().prefixed("details"),
            role_form: Form::new().prefixed("role"),
            end_form: Form::new().with("on", "2019-10-14"),
            roles: choices(),
            centres: choices(),
            link,
        });
    }
}

#[test]
fn centres_are_sound() {
    let line = CentreLine {
        centre: centre(),
        number: "0001".into(),
        name: "Northern <College>".into(),
        approved_on: date(2019, 1, 1),
    };
    for may_approve in [false, true] {
        let centres = if may_approve { vec![line.clone()] } else { vec![] };
        sound(&crate::centre::CentreListPage {
            shell: shell("Centres"),
            refusals: refusals(),
            centres: CentresPage {
                total: centres.len() as u64,
                centres,
                page: 1,
                size: 50,
            },
            form: Form::new().complain("number", "Enter it."),
            may_approve,
        });
        let offer = |code: &str, until| OfferLine {
            qualification: code.into(),
            title: Some("CMI Level 7 <Award>".into()),
            from: date(2019, 1, 1),
            until,
        };
        sound(&crate::centre::CentrePage {
            shell: shell("Northern College"),
            refusals: refusals(),
            centre: CentreView {
                line: line.clone(),
                offers: vec![offer("7A2V2", None), offer("7D2V2", Some(date(2019, 9, 1)))],
                staff: vec![StaffLine {
                    person: person(),
                    name: NAME.into(),
                    roles: vec![
                        HeldRole {
                            role: Role::Assessor,
                            countersigned: true,
                        },
                        HeldRole {
                            role: Role::Tutor,
                            countersigned: false,
                        },
                    ],
                }],
                grade_scale: may_approve.then(|| "College <grade>".to_owned()),
                grades: if may_approve {
                    vec!["A".into(), "B".into()]
                } else {
                    vec![]
                },
                may_approve,
                may_set_grades: may_approve,
            },
            offer_form: Form::new().prefixed("offer"),
            stop_form: Form::new().with("on", "2019-10-14"),
            grades_form: Form::new().prefixed("grades"),
            qualifications: choices(),
        });
    }
}

fn row(stage: Stage) -> SpecificationRow {
    SpecificationRow {
        id: SpecificationId::fresh(&mut Counted::from_seed(5)),
        digest: "d".repeat(64),
        title: "Level 7 <Leadership>".into(),
        version: "6".into(),
        stage,
        drafted_by: Some(person()),
        drafted_at: AT.into(),
        errors: Some(0),
        warnings: Some(1),
        approved_by: None,
        approved_at: Some(AT.into()),
        published_by: None,
        published_at: None,
    }
}

#[test]
fn specifications_are_sound_on_every_page() {
    let specification = Arc::new(Specification::read(CMI, Format::Toml).unwrap());
    for stage in [Stage::Draft, Stage::Published] {
        let row = row(stage);
        let id = row.id.to_string();
        sound(&crate::specification::SpecificationListPage {
            shell: shell("Qualifications"),
            refusals: refusals(),
            form: Form::new().complain("file", "line 2, column 1: expected <this>"),
            q: "7\"A".into(),
            found: vec![],
            specifications: vec![row.clone()],
            may_load: stage == Stage::Draft,
        });
        let act = match stage {
            Stage::Draft => Some(Act::allowed("Mark it as checked", "/specifications/x/check")),
            _ => Some(Act::refused("Approve it", refusals().items)),
        };
        sound(&crate::specification::SpecificationPage {
            shell: shell("Level 7"),
            refusals: refusals(),
            findings: check(&specification),
            glossary: crate::glossary::Glossary::of(&id, &specification),
            has_versions: true,
            may_take: true,
            syllabus: Some("syl_1".into()),
            seen: SpecificationSeen {
                row,
                specification: specification.clone(),
                drafted_by: Some(NAME.into()),
                approved_by: None,
                published_by: None,
                next: None,
            },
            act,
        });
        for qualification in &specification.qualifications {
            sound(&crate::specification::QualificationPage {
                shell: shell("Qualification"),
                id: id.clone(),
                glossary: crate::glossary::Glossary::of(&id, &specification),
                specification: specification.clone(),
                qualification: qualification.clone(),
                summary: specification
                    .prepare(qualification)
                    .ok()
                    .map(|prepared| assay_app::specification::rule::summed(&prepared)),
            });
        }
        for unit in &specification.units {
            sound(&crate::specification::UnitPage {
                shell: shell("Unit"),
                id: id.clone(),
                glossary: crate::glossary::Glossary::of(&id, &specification),
                specification: specification.clone(),
                unit: unit.clone(),
            });
        }
        for text in [None, Some(""), Some("Our CMI Coaching Diploma starts in May.")] {
            sound(&crate::specification::TitleCheckPage {
                shell: shell("Titles"),
                refusals: refusals(),
                id: id.clone(),
                specification: specification.clone(),
                form: Form::new().with("text", text.unwrap_or_default()),
                found: text.map(|text| assay_specification::list_misnamings(&specification, text)),
            });
        }
        sound(&crate::specification::ModelsPage {
            shell: shell("Models"),
            id,
            specification: specification.clone(),
        });
    }
}

#[test]
fn problems_and_pages_about_the_program_are_sound() {
    sound(&crate::problem::Problem {
        shell: shell("Nothing here"),
        text: "A <word>.".into(),
        refusals: refusals(),
    });
    sound(&crate::about::AccessibilityPage {
        shell: shell("Accessibility"),
    });
    sound(&crate::about::PrivacyPage {
        shell: shell("Privacy"),
        awarding_body: "A & B".into(),
    });
    let line = crate::api::Line {
        tag: "People".into(),
        method: "GET".into(),
        path: "/api/v1/people".into(),
        id: "listPeople".into(),
        summary: "Find people".into(),
        access: "administrator".into(),
    };
    sound(&crate::api::ApiPage {
        shell: shell("The API"),
        operations: vec![line],
    });
}
