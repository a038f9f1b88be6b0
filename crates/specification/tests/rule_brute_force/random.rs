//! Random rules, units and selections.

use std::collections::BTreeSet;

use assay_specification::UnitNumber;
use assay_specification::rule::{
    Bounds, Every, Group, LevelCondition, Pathway, Pathways, PriorLearning, RequiredUnits, Rule, Selection,
    Surplus, Take, UnitFacts,
};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

pub const UNITS: usize = 6;

pub fn number(unit: usize) -> UnitNumber {
    format!("U{unit}").parse().unwrap()
}

pub fn numbers(units: &BTreeSet<usize>) -> Vec<UnitNumber> {
    units.iter().map(|unit| number(*unit)).collect()
}

pub fn some_units(size: std::ops::Range<usize>) -> impl Strategy<Value = Vec<UnitNumber>> {
    btree_set(0..UNITS, size).prop_map(|units| numbers(&units))
}

fn bounds(most: u32) -> impl Strategy<Value = Bounds> {
    prop_oneof![
        4 => (0..most).prop_map(Bounds::at_least),
        1 => (0..most).prop_map(|number| Bounds { at_most: Some(number), ..Bounds::default() }),
        1 => (0..most).prop_map(|number| Bounds { exactly: Some(number), ..Bounds::default() }),
        1 => (0..most, 0..most).prop_map(|(least, more)| Bounds { at_least: Some(least), at_most: Some(least + more), exactly: None }),
    ]
}

fn sometimes<T: std::fmt::Debug + Clone + 'static>(
    of: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Option<T>> {
    prop_oneof![3 => Just(None), 1 => of.prop_map(Some)].boxed()
}

fn group() -> impl Strategy<Value = Group> {
    let take = prop_oneof![
        Just(Take::All(Every::All)),
        bounds(4).prop_map(Take::Number),
        bounds(4).prop_map(Take::Number)
    ];
    (some_units(1..5), sometimes(take), sometimes(bounds(14))).prop_map(|(units, take, credits)| Group {
        name: None,
        units,
        take,
        credits,
    })
}

fn plain_rule() -> impl Strategy<Value = Rule> {
    let level =
        (sometimes(3u8..6), sometimes(3u8..6), bounds(10)).prop_map(|(at_or_above, exactly, credits)| {
            LevelCondition {
                at_or_above,
                exactly,
                credits,
            }
        });
    let required = (0..UNITS, some_units(1..3)).prop_map(|(unit, needs)| RequiredUnits {
        unit: number(unit),
        needs,
    });
    (
        (
            vec(group(), 1..3),
            sometimes(bounds(20)),
            sometimes(bounds(5)),
            sometimes(bounds(150)),
            sometimes(bounds(60)),
        ),
        (
            sometimes(level),
            sometimes(some_units(2..4)),
            sometimes(required),
            prop_oneof![4 => Just(None), 1 => some_units(2..4).prop_map(Some)],
        ),
    )
        .prop_map(
            |((groups, credits, take, tut, glh), (level, barred, required, equivalents))| Rule {
                groups,
                credits,
                take,
                tut,
                glh,
                levels: level.into_iter().collect(),
                barred: barred.into_iter().collect(),
                requires: required.into_iter().collect(),
                equivalents: equivalents.into_iter().collect(),
                ..Rule::default()
            },
        )
}

pub fn rule() -> impl Strategy<Value = Rule> {
    let nested = plain_rule().prop_recursive(2, 6, 2, |inner| {
        let pathways = (vec(inner.clone(), 1..3), 1u32..3).prop_map(|(rules, choose)| Pathways {
            choose: choose.min(u32::try_from(rules.len()).unwrap()),
            of: rules
                .into_iter()
                .enumerate()
                .map(|(place, rule)| Pathway {
                    name: format!("Pathway {place}"),
                    endorsement: None,
                    rule,
                })
                .collect(),
        });
        (
            plain_rule(),
            vec(inner.clone(), 0..2),
            vec(inner, 0..3),
            sometimes(pathways),
        )
            .prop_map(|(rule, all_of, any_of, pathways)| Rule {
                all_of,
                any_of,
                pathways,
                ..rule
            })
    });
    (nested, sometimes(0u32..12), any::<bool>()).prop_map(|(rule, ceiling, loose)| Rule {
        prior_learning: ceiling.map(|at_most_credits| PriorLearning { at_most_credits }),
        surplus: if loose { Surplus::Allowed } else { Surplus::Refused },
        ..rule
    })
}

pub fn facts() -> impl Strategy<Value = Vec<UnitFacts>> {
    vec((3u8..6, 0u32..8, 0u32..30), UNITS).prop_map(|units| {
        units
            .into_iter()
            .enumerate()
            .map(|(unit, (level, credits, glh))| UnitFacts {
                number: number(unit),
                title: format!("Unit {unit}"),
                level,
                credits,
                tut: credits * 10,
                glh,
            })
            .collect()
    })
}

pub fn selection() -> impl Strategy<Value = Selection> {
    (btree_set(0..UNITS, 0..=UNITS), btree_set(0..UNITS, 0..=UNITS)).prop_map(|(units, prior)| Selection {
        prior_learning: prior.intersection(&units).map(|unit| number(*unit)).collect(),
        units: units.iter().map(|unit| number(*unit)).collect(),
    })
}
