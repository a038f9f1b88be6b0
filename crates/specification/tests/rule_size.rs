//! Large rules: exact where they can be, refused where they cannot.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_specification::UnitNumber;
use assay_specification::rule::{
    Bounds, Group, LevelCondition, Prepared, Rule, RuleFault, Selection, Take, UnitFacts,
};

fn number(unit: usize) -> UnitNumber {
    format!("U{unit}").parse().unwrap()
}

fn units(count: usize, credits: impl Fn(usize) -> u32, level: impl Fn(usize) -> u8) -> Vec<UnitFacts> {
    (0..count)
        .map(|unit| UnitFacts {
            number: number(unit),
            title: format!("Unit {unit}"),
            level: Some(level(unit)),
            credits: Some(credits(unit)),
            tut: Some(credits(unit) * 10),
            glh: Some(credits(unit) * 4),
        })
        .collect()
}

fn group(units: impl Iterator<Item = usize>) -> Group {
    Group {
        units: units.map(number).collect(),
        ..Group::default()
    }
}

#[test]
fn the_choices_among_two_hundred_units_are_counted_to_the_last_digit() {
    let half = Group {
        take: Some(Take::Number(Bounds::at_least(100))),
        ..group(0..200)
    };
    let rule = Rule {
        groups: vec![half],
        ..Rule::default()
    };
    let prepared = Prepared::new(&rule, units(200, |_| 1, |_| 4)).unwrap();
    let summary = prepared.summary();
    // The sum of the binomials of 200 over 100 to 200.
    assert_eq!(
        summary.selections.to_string(),
        "848743279457546778353683134709323383198353791729103086071348"
    );
    // And of them, those of exactly 100 units.
    assert_eq!(
        summary.minimal_selections.unwrap().to_string(),
        "90548514656103281165404177077484163874504589675413336841320"
    );
}

#[test]
fn a_diploma_of_a_hundred_units_in_five_groups_is_judged() {
    let groups = (0..5)
        .map(|part| Group {
            credits: Some(Bounds {
                at_least: Some(20),
                at_most: Some(60),
                exactly: None,
            }),
            ..group(part * 20..part * 20 + 20)
        })
        .collect();
    let level = LevelCondition {
        at_or_above: Some(5),
        credits: Some(Bounds::at_least(60)),
        ..LevelCondition::default()
    };
    let rule = Rule {
        groups,
        credits: Some(Bounds::at_least(120)),
        levels: vec![level],
        ..Rule::default()
    };
    let facts = units(
        200,
        |unit| [5, 10, 15, 20][unit % 4],
        |unit| [4, 5, 4, 6, 5][unit % 5],
    );
    let prepared = Prepared::new(&rule, facts).unwrap();
    let ranges = prepared.summary().ranges.unwrap();
    assert_eq!(
        (ranges.credits.least, ranges.credits.most),
        (Some(120), Some(300))
    );
    let verdict = prepared.judge(&Selection::default()).award;
    assert!(!verdict.met);
    assert!(
        verdict
            .smallest_additions
            .iter()
            .all(|addition| addition.len() == 6),
        "{verdict:?}"
    );
}

#[test]
fn a_rule_that_interlocks_too_much_is_refused_and_not_tried_for_hours() {
    let exact = |credits| {
        Some(Bounds {
            exactly: Some(credits),
            ..Bounds::default()
        })
    };
    let groups = (0..6)
        .map(|part| Group {
            credits: exact(311 + part),
            ..group(0..60)
        })
        .collect();
    let rule = Rule {
        groups,
        ..Rule::default()
    };
    let facts = units(60, |unit| 7 + u32::try_from(unit * unit % 53).unwrap(), |_| 4);
    assert_eq!(Prepared::new(&rule, facts).err(), Some(RuleFault::TooIntricate));
}
