//! Runs `cases/registration/register.toml`: facts, date, act -> facts or refusals, as a practitioner writes them.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use assay_domain::fresh::Counted;
use assay_domain::id::{CentreId, GrantId, PersonId, SpecificationId};
use assay_domain::policy::{Dated, PolicyValue, Profile};
use assay_domain::registration::learner::LearnerData;
use assay_domain::registration::register::{self, RegisterLearner};
use assay_domain::registration::{
    CentreStanding, LearnerFound, Offering, OtherRegistration, QualificationOnOffer, RegistrationCase,
    Sameness,
};
use assay_domain::{Actor, Fact, Grant, Moment, Role, Via};
use assay_specification::Size;
use jiff::civil::Date;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[allow(dead_code)]
    about: String,
    centre: Centre,
    qualifications: Vec<Qualification>,
    policy: BTreeMap<String, PolicyValue>,
    learner: Given,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Centre {
    number: String,
    name: String,
    offers: Vec<Offer>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Offer {
    code: String,
    from: toml::value::Datetime,
    until: Option<toml::value::Datetime>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Qualification {
    code: String,
    title: String,
    size: Size,
    minimum_age: Option<u32>,
    operational_from: toml::value::Datetime,
    registration_ends: toml::value::Datetime,
}

#[derive(Deserialize, Clone, Default)]
struct Given {
    today: Option<toml::value::Datetime>,
    start_on: Option<toml::value::Datetime>,
    given: Option<String>,
    family: Option<String>,
    born_on: Option<toml::value::Datetime>,
    email: Option<String>,
    qualification: Option<String>,
    identity: Option<String>,
    authority: Option<String>,
    uln: Option<String>,
    number: Option<String>,
}

#[derive(Deserialize)]
struct Case {
    name: String,
    #[allow(dead_code)]
    source: String,
    #[serde(flatten)]
    given: Given,
    #[serde(default)]
    known: bool,
    #[serde(default)]
    email_of_another: bool,
    #[serde(default)]
    others: Vec<String>,
    #[serde(default)]
    policy: BTreeMap<String, PolicyValue>,
    by: Option<Role>,
    expect: Expect,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expect {
    facts: Option<Vec<String>>,
    warnings: Option<Vec<String>>,
    ends_on: Option<toml::value::Datetime>,
    refused: Option<Vec<String>>,
}

fn date(found: &toml::value::Datetime) -> Date {
    found.to_string().parse().unwrap()
}

fn run(file: &File, case: &Case) {
    let name = &case.name;
    let base = &file.learner;
    let day = |own: &Option<toml::value::Datetime>, base: &Option<toml::value::Datetime>| {
        date(own.as_ref().or(base.as_ref()).unwrap())
    };
    let text = |own: &Option<String>, base: &Option<String>| own.clone().or_else(|| base.clone());
    let mut fresh = Counted::from_seed(7);
    let centre = CentreId::fresh(&mut fresh);
    let today = day(&case.given.today, &base.today);
    let start_on = day(&case.given.start_on, &base.start_on);
    let code = text(&case.given.qualification, &base.qualification).unwrap();

    let mut profile = Profile::default();
    for (key, value) in file.policy.iter().chain(&case.policy) {
        let dated = Dated {
            from: jiff::civil::date(2000, 1, 1),
            value: value.clone(),
            unit: String::new(),
            source: "the case".into(),
            note: String::new(),
        };
        profile.values.insert(key.clone(), vec![dated]);
    }
    let policy = profile.on(today);

    let act = RegisterLearner {
        learner: LearnerData {
            given: text(&case.given.given, &base.given).unwrap(),
            family: text(&case.given.family, &base.family).unwrap(),
            born_on: Some(day(&case.given.born_on, &base.born_on)),
            email: text(&case.given.email, &base.email),
        },
        qualification: code.clone(),
        start_on,
        number: text(&case.given.number, &base.number),
        identity: text(&case.given.identity, &base.identity),
        authority: text(&case.given.authority, &base.authority),
        uln: text(&case.given.uln, &base.uln),
        member_number: None,
    };
    let wanted = code.trim().to_uppercase();
    let qualification = file
        .qualifications
        .iter()
        .find(|qualification| qualification.code == wanted)
        .map(|found| QualificationOnOffer {
            specification: SpecificationId::fresh(&mut fresh),
            code: found.code.clone(),
            title: found.title.clone(),
            size: found.size,
            minimum_age: found.minimum_age,
            operational_from: date(&found.operational_from),
            registration_ends: date(&found.registration_ends),
            certification_ends: None,
        });
    let world = RegistrationCase {
        centre: CentreStanding {
            id: centre.clone(),
            number: file.centre.number.clone(),
            name: file.centre.name.clone(),
        },
        qualification,
        codes_offered: file
            .centre
            .offers
            .iter()
            .map(|offer| offer.code.clone())
            .collect(),
        offerings: file
            .centre
            .offers
            .iter()
            .filter(|offer| offer.code == wanted)
            .map(|offer| Offering {
                from: date(&offer.from),
                until: offer.until.as_ref().map(date),
            })
            .collect(),
        learner: if case.email_of_another {
            LearnerFound::EmailOfAnother
        } else if case.known {
            LearnerFound::Known {
                person: PersonId::fresh(&mut fresh),
                has_role: true,
            }
        } else {
            LearnerFound::New
        },
        others: case
            .others
            .iter()
            .map(|by| OtherRegistration {
                registration: None,
                named: "registration 10482-000001-A".into(),
                by: match by.as_str() {
                    "name_and_birth" => Sameness::NameAndBirth,
                    "email" => Sameness::Email,
                    "uln" => Sameness::Uln,
                    "number" => Sameness::Number,
                    other => panic!("{name}: unknown sameness {other}"),
                },
            })
            .collect(),
        running: 2,
    };
    let actor = Actor {
        person: PersonId::fresh(&mut fresh),
        via: Via::Page,
        grants: vec![Grant {
            id: GrantId::fresh(&mut fresh),
            role: case.by.unwrap_or(Role::Coordinator),
            centre: Some(centre),
            from: jiff::civil::date(2010, 1, 1),
            until: None,
            countersigned: false,
        }],
    };
    let moment = Moment {
        at: "2019-10-14T09:00:00Z".parse().unwrap(),
        today,
    };

    match (
        register::decide(&act, &world, &actor, moment, &policy, &mut fresh),
        &case.expect.refused,
    ) {
        (Ok(registered), None) => {
            if let Some(facts) = &case.expect.facts {
                let found: Vec<_> = registered.decision.facts.iter().map(Fact::name).collect();
                assert_eq!(&found, facts, "{name}");
            }
            if let Some(warnings) = &case.expect.warnings {
                let mut found: Vec<_> = registered
                    .warnings
                    .iter()
                    .map(|warning| warning.code.as_str().to_owned())
                    .collect();
                let mut wanted = warnings.clone();
                found.sort();
                wanted.sort();
                assert_eq!(found, wanted, "{name}");
            }
            if let Some(ends_on) = &case.expect.ends_on {
                assert_eq!(registered.ends_on, date(ends_on), "{name}");
            }
        }
        (Err(refusals), Some(codes)) => {
            let mut found: Vec<_> = refusals
                .codes()
                .iter()
                .map(|code| code.as_str().to_owned())
                .collect();
            let mut wanted = codes.clone();
            found.sort();
            wanted.sort();
            assert_eq!(found, wanted, "{name}");
            for refusal in &refusals.0 {
                for part in [&refusal.because, &refusal.remedy, &refusal.who, &refusal.source] {
                    assert!(!part.is_empty(), "{name}: {refusal:?}");
                }
            }
        }
        (Ok(_), Some(codes)) => panic!("{name}: passed, expected {codes:?}"),
        (Err(refusals), None) => panic!("{name}: refused with {refusals:#?}"),
    }
}

#[test]
fn every_case_of_the_registration_file_comes_out_as_written() {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../cases/registration/register.toml"
    );
    let file: File = toml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert!(file.cases.len() > 25);
    for case in &file.cases {
        run(&file, case);
    }
}
