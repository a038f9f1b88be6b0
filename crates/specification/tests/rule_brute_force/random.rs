//! Random rules, units and selections.

use std::collections::BTreeSet;

use assay_specification::UnitNumber;
use assay_specification::rule::{
    Bounds, Every, Group, LevelCondition, Limit, Outside, Pathway, Pathways, PriorLearning, RequiredUnits,
    Rule, Selection, Surplus, Take, UnitFacts,
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

fn seldom<T: std::fmt::Debug + Clone + 'static>(
    of: impl Strategy<Value = T> + 'static,
) -> BoxedStrategy<Option<T>> {
    prop_oneof![7 => Just(None), 1 => of.prop_map(Some)].boxed()
}

fn limit() -> impl Strategy<Value = Limit> {
    (
        some_units(1..4),
        sometimes(bounds(3)),
        sometimes(bounds(9)),
        seldom(bounds(60)),
        seldom(bounds(30)),
    )
        .prop_map(|(units, take, credits, tut, glh)| Limit {
            name: None,
            units,
            take,
            credits,
            tut,
            glh,
        })
}

fn group() -> impl Strategy<Value = Group> {
    let take = prop_oneof![
        Just(Take::All(Every::All)),
        bounds(4).prop_map(Take::Number),
        bounds(4).prop_map(Take::Number)
    ];
    let outside = (0u32..3, sometimes(0u32..9), sometimes(3u8..6)).prop_map(
        |(at_most, at_most_credits, at_or_above)| Outside {
            at_most,
            at_most_credits,
            at_or_above,
        },
    );
    (
        (some_units(1..5), sometimes(take), sometimes(bounds(14))),
        (seldom(bounds(100)), seldom(bounds(40))),
        (seldom(limit()), seldom(outside)),
    )
        .prop_map(|((units, take, credits), (tut, glh), (limit, outside))| Group {
            name: None,
            units,
            take,
            credits,
            tut,
            glh,
            limits: limit.into_iter().collect(),
            outside,
        })
}

fn plain_rule() -> impl Strategy<Value = Rule> {
    let level = (
        sometimes(3u8..6),
        sometimes(3u8..6),
        (sometimes(bounds(10)), sometimes(bounds(4)), sometimes(1u32..101)),
    )
        .prop_map(
            |(at_or_above, exactly, (credits, take, at_least_percent))| LevelCondition {
                at_or_above,
                exactly,
                credits,
                take,
                at_least_percent,
            },
        );
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
            seldom(limit()),
        ),
    )
        .prop_map(
            |((groups, credits, take, tut, glh), (level, barred, required, equivalents, limit))| Rule {
                groups,
                credits,
                take,
                tut,
                glh,
                levels: level.into_iter().collect(),
                limits: limit.into_iter().collect(),
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

/// Units whose figures are all known, or of which some are not.
pub fn facts() -> impl Strategy<Value = Vec<UnitFacts>> {
    let figures = (3u8..6, 0u32..8, 0u32..30);
    let hidden = prop_oneof![
        2 => Just(vec![0u8; UNITS]),
        1 => vec(prop_oneof![4 => Just(0u8), 1 => 0u8..16], UNITS),
    ];
    (vec(figures, UNITS), hidden).prop_map(|(units, hidden)| {
        let units = units.into_iter().zip(hidden).enumerate();
        units
            .map(|(unit, ((level, credits, glh), hidden))| UnitFacts {
                number: number(unit),
                title: format!("Unit {unit}"),
                level: Some(level).filter(|_| hidden & 1 == 0),
                credits: Some(credits).filter(|_| hidden & 2 == 0),
                tut: Some(credits * 10).filter(|_| hidden & 4 == 0),
                glh: Some(glh).filter(|_| hidden & 8 == 0),
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
