//! Large rules: exact where they can be, refused where they cannot.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_specification::UnitNumber;
use assay_specification::rule::{
    Bounds, Effort, Group, LevelCondition, PlanWishes, Prepared, Rule, RuleFault, Selection, Take, UnitFacts,
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

/// Five groups of so many units, each with 5 to 40 credits; 60 credits in all, 20 of them at level 5 or above; two barred pairs.
fn five_groups(of: usize) -> (Rule, Vec<UnitFacts>) {
    let groups = (0..5)
        .map(|part| Group {
            credits: Some(Bounds {
                at_least: Some(5),
                at_most: Some(40),
                exactly: None,
            }),
            ..group(part * of..part * of + of)
        })
        .collect();
    let level = LevelCondition {
        at_or_above: Some(5),
        credits: Some(Bounds::at_least(20)),
        ..LevelCondition::default()
    };
    let rule = Rule {
        groups,
        credits: Some(Bounds::at_least(60)),
        levels: vec![level],
        barred: vec![vec![number(0), number(1)], vec![number(2), number(3)]],
        ..Rule::default()
    };
    let facts = units(
        5 * of,
        |unit| [5, 6, 10, 7, 15][unit % 5],
        |unit| [4, 5, 4, 6][unit % 4],
    );
    (rule, facts)
}

/// How many selections of five groups of forty there are with each number of credits, group by group.
fn counted_by_hand(facts: &[UnitFacts]) -> Vec<u128> {
    // The selections so far, by credits in all and credits at level 5 or above, 20 standing for more.
    let mut whole = vec![vec![0u128; 21]; 201];
    whole[0][0] = 1;
    for part in facts.chunks(40) {
        let first = part[0].number == number(0);
        let mut of_part = vec![vec![0u128; 21]; 41];
        of_part[0][0] = 1;
        let mut open = part;
        let mut choices: Vec<Vec<&UnitFacts>> = Vec::new();
        while let [unit, rest @ ..] = open {
            let barred = first && choices.len() < 2;
            choices.push(if barred { vec![unit, &rest[0]] } else { vec![unit] });
            open = if barred { &rest[1..] } else { rest };
        }
        for one_of in choices {
            let before = of_part.clone();
            for unit in one_of {
                let credits = unit.credits.unwrap() as usize;
                let high = if unit.level >= Some(5) { credits } else { 0 };
                for (sum, row) in before.iter().enumerate().take(41usize.saturating_sub(credits)) {
                    for (level, count) in row.iter().enumerate() {
                        of_part[sum + credits][(level + high).min(20)] += count;
                    }
                }
            }
        }
        let before = std::mem::replace(&mut whole, vec![vec![0u128; 21]; 201]);
        for (sum, row) in before.iter().enumerate() {
            for (level, count) in row.iter().enumerate().filter(|(_, count)| **count > 0) {
                for (more, row) in of_part.iter().enumerate().skip(5) {
                    for (higher, other) in row.iter().enumerate() {
                        whole[sum + more][(level + higher).min(20)] += count * other;
                    }
                }
            }
        }
    }
    whole.iter().map(|row| row[20]).collect()
}

#[test]
fn a_rule_of_two_hundred_units_with_limits_from_both_sides_is_counted_planned_and_judged() {
    let (rule, facts) = five_groups(40);
    let by_hand = counted_by_hand(&facts);
    // What a rule without cuts would need is tried elsewhere.
    let effort = Effort {
        states_before_cutting: 0,
        ..Effort::default()
    };
    let prepared = Prepared::with_effort(&rule, facts, effort).unwrap();
    let summary = prepared.summary();
    let valid: u128 = by_hand.iter().skip(60).sum();
    assert_eq!(summary.selections.to_string(), valid.to_string());
    assert!(summary.minimal_selections.is_some());
    let ranges = summary.ranges.unwrap();
    assert_eq!((ranges.credits.least, ranges.credits.most), (Some(60), Some(200)));

    let plan = prepared.plan(&PlanWishes::default()).unwrap();
    assert_eq!(plan.least, Some(60));
    assert_eq!(plan.alternatives.to_string(), by_hand[60].to_string());
    assert_eq!(plan.ways.len(), 12);
    for way in &plan.ways {
        let packed = prepared.pack(&way.take);
        assert!(prepared.is_permitted(&packed) && prepared.is_awarded(&packed));
        assert_eq!(way.to_take.credits, Some(60));
    }
    let fewest: Vec<usize> = plan.ways.iter().map(|way| way.take.len()).collect();
    assert!(fewest.is_sorted(), "{fewest:?}");

    let all_but_one = Selection {
        units: plan.ways[0].take.iter().skip(1).cloned().collect(),
        ..Selection::default()
    };
    let verdict = prepared.judge(&all_but_one).award;
    assert!(!verdict.met);
    assert!(
        verdict
            .smallest_additions
            .iter()
            .all(|addition| addition.len() == 1)
    );
    assert!(!verdict.smallest_additions.is_empty());
    let both_barred = prepared.pack(&[number(0), number(1)]);
    assert!(!prepared.is_permitted(&both_barred));
}

#[test]
fn minimal_selections_of_a_rule_that_is_cut_are_those_that_trying_all_finds() {
    let (rule, facts) = five_groups(4);
    let valid: Vec<bool> = (0..1_u32 << 20)
        .map(|taken| {
            let units = || {
                facts
                    .iter()
                    .enumerate()
                    .filter(|(unit, _)| taken >> unit & 1 == 1)
            };
            let credits = |of: &dyn Fn(usize, &UnitFacts) -> bool| -> u32 {
                let counted = units().filter(|(unit, facts)| of(*unit, facts));
                counted.map(|(_, unit)| unit.credits.unwrap()).sum()
            };
            let barred = |pair: u32| taken & pair == pair;
            credits(&|_, _| true) >= 60
                && credits(&|_, unit| unit.level >= Some(5)) >= 20
                && (0..5).all(|part| (5..=40).contains(&credits(&|unit, _| unit / 4 == part)))
                && !barred(0b11)
                && !barred(0b1100)
        })
        .collect();
    let (mut minimal, mut with_part) = (0_u32, vec![false; valid.len()]);
    for taken in 0..valid.len() {
        let smaller = (0..20)
            .filter(|unit| taken >> unit & 1 == 1)
            .map(|unit| taken ^ (1 << unit));
        with_part[taken] = smaller.into_iter().any(|part| valid[part] || with_part[part]);
        minimal += u32::from(valid[taken] && !with_part[taken]);
    }
    let effort = Effort {
        states_before_cutting: 0,
        least_cut: 1,
        ..Effort::default()
    };
    let summary = Prepared::with_effort(&rule, facts, effort).unwrap().summary();
    let whole = valid.iter().filter(|valid| **valid).count();
    assert_eq!(summary.selections.to_string(), whole.to_string());
    assert_eq!(
        summary.minimal_selections.unwrap().to_string(),
        minimal.to_string()
    );
    assert!(minimal > 100, "{minimal}");
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
