//! The policy profiles that come with the program: readable, sourced, and described in `docs/policy-profiles.md`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::collections::{BTreeMap, BTreeSet};

use assay_app::profile;
use assay_domain::policy::{PolicyValue, Profile};
use jiff::civil::date;

const PROFILES: [(&str, &str); 3] = [
    ("default", include_str!("../../../profiles/default.toml")),
    ("cmi", include_str!("../../../profiles/cmi.toml")),
    (
        "example-centre",
        include_str!("../../../profiles/example-centre.toml"),
    ),
];
const MANUAL: &str = include_str!("../../../docs/policy-profiles.md");

fn text(name: &str) -> Option<String> {
    PROFILES
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, text)| (*text).to_owned())
}

fn read(name: &str) -> Profile {
    profile::read(&text(name).unwrap(), &text).unwrap()
}

/// The keys of the manual's tables. A key that begins with a stop stands for the one before it with another last word.
fn described_keys() -> BTreeSet<String> {
    let mut keys = BTreeSet::new();
    let tables = MANUAL.lines().skip_while(|line| *line != "## The keys");
    for row in tables.filter(|line| line.starts_with("| `")) {
        let mut stem = String::new();
        for written in row
            .split('|')
            .nth(1)
            .unwrap_or_default()
            .split('`')
            .skip(1)
            .step_by(2)
        {
            let key = if written.starts_with('.') {
                format!("{stem}{written}")
            } else {
                written.to_owned()
            };
            stem = key
                .rsplit_once('.')
                .map(|(stem, _)| stem.to_owned())
                .unwrap_or_default();
            keys.insert(key);
        }
        let weights = row.split('|').nth(3).unwrap_or_default();
        if keys.remove("verification.risk.points.…") {
            keys.extend(
                weights
                    .split('`')
                    .skip(1)
                    .step_by(2)
                    .map(|sign| format!("verification.risk.points.{sign}")),
            );
        }
    }
    keys
}

#[test]
fn every_value_says_where_it_comes_from() {
    for (name, _) in PROFILES {
        for (key, history) in read(name).values {
            for dated in history {
                assert!(
                    !dated.source.trim().is_empty(),
                    "{name}: {key} from {} has no source",
                    dated.from
                );
            }
        }
    }
}

#[test]
fn a_number_always_has_a_unit_and_a_key_has_the_same_unit_everywhere() {
    let mut units = BTreeMap::<String, String>::new();
    for (name, _) in PROFILES {
        for (key, history) in read(name).values {
            for dated in history {
                if matches!(dated.value, PolicyValue::Number(_)) {
                    assert!(!dated.unit.is_empty(), "{name}: {key} has no unit");
                    assert_eq!(
                        units.entry(key.clone()).or_insert(dated.unit.clone()),
                        &dated.unit,
                        "{name}: {key}"
                    );
                }
            }
        }
    }
}

#[test]
fn no_key_has_two_values_from_the_same_day() {
    for (name, _) in PROFILES {
        for (key, history) in read(name).values {
            let days: BTreeSet<_> = history.iter().map(|dated| dated.from).collect();
            assert_eq!(days.len(), history.len(), "{name}: {key}");
        }
    }
}

#[test]
fn the_manual_describes_every_key_and_no_key_that_is_nowhere_set() {
    let set: BTreeSet<String> = PROFILES
        .iter()
        .flat_map(|(name, _)| read(name).values.into_keys())
        .map(|key| {
            let level = (2..=8)
                .map(|level| format!(".level_{level}."))
                .find(|level| key.contains(level));
            level.map_or(key.clone(), |level| key.replace(&level, ".level_7."))
        })
        .collect();
    assert_eq!(described_keys(), set);
}

#[test]
fn cmi_expects_3000_to_3500_words_at_level_7_and_names_the_source_of_the_day() {
    let cmi = read("cmi");
    let minimum = |year| {
        cmi.on(date(year, 10, 14))
            .number("submission.word_count.level_7.minimum")
            .unwrap()
    };
    let maximum = cmi
        .on(date(2019, 10, 14))
        .number("submission.word_count.level_7.maximum")
        .unwrap()
        .0;
    assert_eq!((minimum(2019).0, maximum), (3000, 3500));
    assert!(minimum(2016).1.contains("assessment guidance policy"));
    assert!(minimum(2019).1.contains("syllabus"));
}

#[test]
fn what_cmi_leaves_to_its_centres_refuses_nothing_until_a_centre_sets_it() {
    let allowed = |profile: &Profile, year| {
        profile
            .on(date(year, 10, 14))
            .number("resubmission.maximum")
            .map(|found| found.0)
    };
    assert_eq!(allowed(&read("default"), 2019), Some(1));
    assert_eq!(allowed(&read("cmi"), 2019), None);
    let centre = read("example-centre");
    assert_eq!(
        (
            allowed(&centre, 2018),
            allowed(&centre, 2019),
            allowed(&centre, 2021)
        ),
        (None, Some(2), Some(1))
    );
}

#[test]
fn a_profile_keeps_what_the_ones_it_extends_have_set() {
    let policy = read("example-centre");
    let policy = policy.on(date(2019, 10, 14));
    assert_eq!(
        policy
            .number("registration.minimum_before_claim")
            .map(|found| found.0),
        Some(10)
    );
    assert_eq!(
        policy.number("registration.deadline").map(|found| found.0),
        Some(42)
    );
    assert_eq!(policy.text("separation.verifier"), Some("SD-2"));
    assert_eq!(policy.text("verification.mode"), Some("all"));
    assert!(policy.truth("staff.countersigning_for_trainees"));
    assert_eq!(policy.list("submission.word_count.excludes").len(), 7);
}
