//! Random rules, judged fast and judged by trying everything.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeSet;

use assay_specification::UnitNumber;
use assay_specification::rule::{
    Bounds, Every, Group, LevelCondition, Pathway, Pathways, Prepared, PriorLearning, RequiredUnits, Rule,
    RuleFault, Selection, Surplus, Take, UnitFacts,
};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

const UNITS: usize = 6;

fn number(unit: usize) -> UnitNumber {
    format!("U{unit}").parse().unwrap()
}

fn numbers(units: &BTreeSet<usize>) -> Vec<UnitNumber> {
    units.iter().map(|unit| number(*unit)).collect()
}

// ---- the slow way: straight from the words of docs/rules-of-combination.md ----

/// The choices made among any_of and pathways: the groups in play, and for each rule in play the groups under it.
#[derive(Clone, Default)]
struct Way<'a> {
    groups: Vec<&'a Group>,
    rules: Vec<(&'a Rule, Vec<usize>)>,
}

fn together<'a>(one: &[Way<'a>], other: &[Way<'a>]) -> Vec<Way<'a>> {
    let mut ways = Vec::new();
    for a in one {
        for b in other {
            let shift = a.groups.len();
            let mut way = a.clone();
            way.groups.extend(&b.groups);
            way.rules.extend(
                b.rules
                    .iter()
                    .map(|(rule, groups)| (*rule, groups.iter().map(|group| group + shift).collect())),
            );
            ways.push(way);
        }
    }
    ways
}

fn ways(rule: &Rule) -> Vec<Way<'_>> {
    let mut found = vec![Way {
        groups: rule.groups.iter().collect(),
        rules: Vec::new(),
    }];
    for inner in &rule.all_of {
        found = together(&found, &ways(inner));
    }
    if !rule.any_of.is_empty() {
        let any: Vec<Way<'_>> = rule.any_of.iter().flat_map(ways).collect();
        found = together(&found, &any);
    }
    if let Some(pathways) = &rule.pathways {
        let mut chosen = Vec::new();
        for mask in 0u32..1 << pathways.of.len() {
            if mask.count_ones() == pathways.choose {
                let mut these = vec![Way::default()];
                for (place, pathway) in pathways.of.iter().enumerate() {
                    if mask & (1 << place) != 0 {
                        these = together(&these, &ways(&pathway.rule));
                    }
                }
                chosen.extend(these);
            }
        }
        found = together(&found, &chosen);
    }
    for way in &mut found {
        way.rules.push((rule, (0..way.groups.len()).collect()));
    }
    found
}

fn all_equivalents(rule: &Rule) -> Vec<BTreeSet<UnitNumber>> {
    let mut sets: Vec<BTreeSet<UnitNumber>> = rule
        .equivalents
        .iter()
        .map(|set| set.iter().cloned().collect())
        .collect();
    for inner in rule.inner_rules() {
        sets.extend(all_equivalents(inner));
    }
    // Sets that share a unit are one.
    loop {
        let clash = (0..sets.len())
            .flat_map(|a| (a + 1..sets.len()).map(move |b| (a, b)))
            .find(|(a, b)| !sets[*a].is_disjoint(&sets[*b]));
        let Some((a, b)) = clash else { return sets };
        let gone = sets.remove(b);
        sets[a].extend(gone);
    }
}

struct Slow<'a> {
    rule: &'a Rule,
    facts: &'a [UnitFacts],
    equivalents: Vec<BTreeSet<UnitNumber>>,
}

impl Slow<'_> {
    fn same(&self, one: &UnitNumber, other: &UnitNumber) -> bool {
        one == other
            || self
                .equivalents
                .iter()
                .any(|set| set.contains(one) && set.contains(other))
    }

    fn within(bounds: Option<Bounds>, sum: u32) -> bool {
        bounds.is_none_or(|bounds| {
            bounds.at_least.is_none_or(|least| sum >= least)
                && bounds.at_most.is_none_or(|most| sum <= most)
                && bounds.exactly.is_none_or(|exactly| sum == exactly)
        })
    }

    fn valid(&self, chosen: &[&UnitFacts]) -> bool {
        let doubled = self
            .equivalents
            .iter()
            .any(|set| chosen.iter().filter(|unit| set.contains(&unit.number)).count() > 1);
        !doubled
            && ways(self.rule)
                .iter()
                .any(|way| self.placed(way, chosen, &mut Vec::new()))
    }

    fn placed(&self, way: &Way<'_>, chosen: &[&UnitFacts], places: &mut Vec<usize>) -> bool {
        let Some(unit) = chosen.get(places.len()) else {
            return self.holds(way, chosen, places);
        };
        (0..way.groups.len()).any(|group| {
            if !way.groups[group]
                .units
                .iter()
                .any(|listed| self.same(listed, &unit.number))
            {
                return false;
            }
            places.push(group);
            let held = self.placed(way, chosen, places);
            places.pop();
            held
        })
    }

    fn holds(&self, way: &Way<'_>, chosen: &[&UnitFacts], places: &[usize]) -> bool {
        let taken = |wanted: &UnitNumber| chosen.iter().any(|unit| self.same(wanted, &unit.number));
        let groups = way.groups.iter().enumerate().all(|(group, rule)| {
            let here: Vec<&&UnitFacts> = chosen
                .iter()
                .zip(places)
                .filter(|(_, place)| **place == group)
                .map(|(unit, _)| unit)
                .collect();
            let count = u32::try_from(here.len()).unwrap();
            let take = match rule.take {
                None => true,
                Some(Take::All(_)) => rule
                    .units
                    .iter()
                    .all(|listed| here.iter().any(|unit| self.same(listed, &unit.number))),
                Some(Take::Number(bounds)) => Self::within(Some(bounds), count),
            };
            take && Self::within(rule.credits, here.iter().map(|unit| unit.credits).sum())
        });
        groups
            && way.rules.iter().all(|(rule, groups)| {
                let here: Vec<&&UnitFacts> = chosen
                    .iter()
                    .zip(places)
                    .filter(|(_, place)| groups.contains(place))
                    .map(|(unit, _)| unit)
                    .collect();
                Self::within(rule.take, u32::try_from(here.len()).unwrap())
                    && Self::within(rule.credits, here.iter().map(|unit| unit.credits).sum())
                    && Self::within(rule.tut, here.iter().map(|unit| unit.tut).sum())
                    && Self::within(rule.glh, here.iter().map(|unit| unit.glh).sum())
                    && rule.levels.iter().all(|condition| {
                        let at = here.iter().filter(|unit| {
                            condition.at_or_above.is_none_or(|level| unit.level >= level)
                                && condition.exactly.is_none_or(|level| unit.level == level)
                        });
                        Self::within(Some(condition.credits), at.map(|unit| unit.credits).sum())
                    })
                    && rule.barred.iter().all(|set| {
                        chosen
                            .iter()
                            .filter(|unit| set.iter().any(|barred| self.same(barred, &unit.number)))
                            .count()
                            <= 1
                    })
                    && rule
                        .requires
                        .iter()
                        .all(|required| !taken(&required.unit) || required.needs.iter().all(taken))
            })
    }

    fn prior_allowed(&self, chosen: &[&UnitFacts], prior: &BTreeSet<UnitNumber>) -> bool {
        let credits: u32 = chosen
            .iter()
            .filter(|unit| prior.contains(&unit.number))
            .map(|unit| unit.credits)
            .sum();
        self.rule
            .prior_learning
            .is_none_or(|ceiling| credits <= ceiling.at_most_credits)
    }

    fn parts<'b>(&self, held: &[&'b UnitFacts]) -> Vec<Vec<&'b UnitFacts>> {
        (0u32..1 << held.len())
            .map(|mask| {
                held.iter()
                    .enumerate()
                    .filter(|(place, _)| mask & (1 << place) != 0)
                    .map(|(_, unit)| *unit)
                    .collect()
            })
            .collect()
    }

    fn awarded(&self, held: &BTreeSet<UnitNumber>, prior: &BTreeSet<UnitNumber>) -> bool {
        let held: Vec<&UnitFacts> = self
            .facts
            .iter()
            .filter(|unit| held.contains(&unit.number))
            .collect();
        self.parts(&held)
            .iter()
            .any(|part| self.prior_allowed(part, prior) && self.valid(part))
    }

    fn permitted(&self, held: &BTreeSet<UnitNumber>, prior: &BTreeSet<UnitNumber>) -> bool {
        let chosen: Vec<&UnitFacts> = self
            .facts
            .iter()
            .filter(|unit| held.contains(&unit.number))
            .collect();
        match self.rule.surplus {
            Surplus::Refused => self.prior_allowed(&chosen, prior) && self.valid(&chosen),
            Surplus::Allowed => {
                let apart = self.rule.barred.iter().all(|set| {
                    let mut listed = self.rule.listed_units();
                    listed.extend(self.equivalents.iter().flatten().cloned());
                    chosen
                        .iter()
                        .filter(|unit| {
                            listed.contains(&unit.number)
                                && set.iter().any(|barred| self.same(barred, &unit.number))
                        })
                        .count()
                        <= 1
                });
                apart && self.awarded(held, prior)
            }
        }
    }
}

// ---- random rules ----

fn some_units(size: std::ops::Range<usize>) -> impl Strategy<Value = Vec<UnitNumber>> {
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

fn rule() -> impl Strategy<Value = Rule> {
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

fn facts() -> impl Strategy<Value = Vec<UnitFacts>> {
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

fn selection() -> impl Strategy<Value = Selection> {
    (btree_set(0..UNITS, 0..=UNITS), btree_set(0..UNITS, 0..=UNITS)).prop_map(|(units, prior)| Selection {
        prior_learning: prior.intersection(&units).map(|unit| number(*unit)).collect(),
        units: units.iter().map(|unit| number(*unit)).collect(),
    })
}

/// A rule that multiplies to very many ways is refused; the slow way need not try them.
fn prepared(rule: &Rule, facts: &[UnitFacts]) -> Option<Prepared> {
    match Prepared::new(rule, facts.to_vec()) {
        Ok(prepared) if ways(rule).len() <= 40 => Some(prepared),
        Ok(_) | Err(RuleFault::TooManyAlternatives) => None,
        Err(other) => panic!("{other}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        // More by hand: ASSAY_MORE_CASES=1 cargo test -p assay-specification --test rule_brute_force
        cases: if std::env::var_os("ASSAY_MORE_CASES").is_some() { 20_000 } else { 150 },
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn award_and_choice_agree_with_trying_everything(rule in rule(), facts in facts(), selection in selection()) {
        let Some(prepared) = prepared(&rule, &facts) else { return Ok(()) };
        let slow = Slow { rule: &rule, facts: &facts, equivalents: all_equivalents(&rule) };
        let judgement = prepared.judge(&selection);
        prop_assert_eq!(judgement.award.met, slow.awarded(&selection.units, &selection.prior_learning));
        prop_assert_eq!(judgement.choice.met, slow.permitted(&selection.units, &selection.prior_learning));
        for verdict in [&judgement.award, &judgement.choice] {
            prop_assert_eq!(verdict.met, verdict.reasons.is_empty(), "{:?}", verdict);
            prop_assert_eq!(verdict.counted.len() + verdict.surplus.len(), selection.units.len());
        }
        let packed = prepared.pack(&selection.units);
        prop_assert_eq!(prepared.is_awarded(&packed), slow.awarded(&selection.units, &BTreeSet::new()));
    }

    #[test]
    fn what_counts_for_an_award_is_itself_an_award(rule in rule(), facts in facts(), selection in selection()) {
        let Some(prepared) = prepared(&rule, &facts) else { return Ok(()) };
        let verdict = prepared.judge(&selection).award;
        if verdict.met {
            let counted: Selection = Selection {
                units: verdict.counted.iter().map(|counted| counted.unit.clone()).collect(),
                prior_learning: selection.prior_learning.clone(),
            };
            prop_assert!(prepared.judge(&counted).choice.met);
        }
    }

    #[test]
    fn the_smallest_additions_are_enough_and_fewer_are_not(rule in rule(), facts in facts(), selection in selection()) {
        let Some(prepared) = prepared(&rule, &facts) else { return Ok(()) };
        let slow = Slow { rule: &rule, facts: &facts, equivalents: all_equivalents(&rule) };
        let verdict = prepared.judge(&selection).award;
        let others: Vec<UnitNumber> = (0..UNITS).map(number).filter(|unit| !selection.units.contains(unit)).collect();
        let fewest = (0u32..1 << others.len())
            .filter(|mask| {
                let mut units = selection.units.clone();
                units.extend(others.iter().enumerate().filter(|(place, _)| mask & (1 << place) != 0).map(|(_, unit)| unit.clone()));
                slow.awarded(&units, &selection.prior_learning)
            })
            .map(u32::count_ones)
            .min();
        match fewest {
            None | Some(0) => prop_assert!(verdict.smallest_additions.is_empty()),
            Some(fewest) => {
                prop_assert!(!verdict.smallest_additions.is_empty());
                for addition in &verdict.smallest_additions {
                    prop_assert_eq!(addition.len(), fewest as usize);
                    let mut units = selection.units.clone();
                    units.extend(addition.iter().cloned());
                    prop_assert!(slow.awarded(&units, &selection.prior_learning));
                }
            }
        }
    }

    #[test]
    fn a_rule_is_reachable_when_some_larger_choice_is_permitted(rule in rule(), facts in facts(), selection in selection()) {
        let Some(prepared) = prepared(&rule, &facts) else { return Ok(()) };
        let slow = Slow { rule: &rule, facts: &facts, equivalents: all_equivalents(&rule) };
        let others: Vec<UnitNumber> = (0..UNITS).map(number).filter(|unit| !selection.units.contains(unit)).collect();
        let reachable = (0u32..1 << others.len()).any(|mask| {
            let mut units = selection.units.clone();
            units.extend(others.iter().enumerate().filter(|(place, _)| mask & (1 << place) != 0).map(|(_, unit)| unit.clone()));
            slow.permitted(&units, &selection.prior_learning)
        });
        let reach = prepared.reach(&selection, None);
        prop_assert_eq!(reach.reachable, reachable);
        prop_assert_eq!(reach.reachable, reach.reasons.is_empty());
        prop_assert_eq!(reach.met, prepared.judge(&selection).choice.met);
    }

    #[test]
    fn the_summary_agrees_with_listing_all_selections(rule in rule(), facts in facts()) {
        let Some(prepared) = prepared(&rule, &facts) else { return Ok(()) };
        let slow = Slow { rule: &rule, facts: &facts, equivalents: all_equivalents(&rule) };
        let all: Vec<&UnitFacts> = facts.iter().collect();
        let valid: Vec<Vec<&UnitFacts>> = slow.parts(&all).into_iter().filter(|part| slow.valid(part)).collect();
        let set = |part: &[&UnitFacts]| part.iter().map(|unit| unit.number.clone()).collect::<BTreeSet<_>>();
        let sets: Vec<BTreeSet<UnitNumber>> = valid.iter().map(|part| set(part)).collect();
        let minimal = sets.iter().filter(|one| !sets.iter().any(|other| other != *one && other.is_subset(one))).count();
        let summary = prepared.summary();
        prop_assert_eq!(summary.selections.as_u64(), Some(valid.len() as u64));
        prop_assert_eq!(summary.minimal_selections.unwrap().as_u64(), Some(minimal as u64));
        let credits: Vec<u32> = valid.iter().map(|part| part.iter().map(|unit| unit.credits).sum()).collect();
        let glh: Vec<u32> = valid.iter().map(|part| part.iter().map(|unit| unit.glh).sum()).collect();
        let ranges = summary.ranges;
        prop_assert_eq!(ranges.map(|ranges| ranges.credits.least), credits.iter().min().copied());
        prop_assert_eq!(ranges.map(|ranges| ranges.credits.most), credits.iter().max().copied());
        prop_assert_eq!(ranges.map(|ranges| ranges.glh.least), glh.iter().min().copied());
    }

    #[test]
    fn more_units_never_lose_an_award(rule in rule(), facts in facts(), selection in selection(), more in 0..UNITS) {
        let Some(prepared) = prepared(&rule, &facts) else { return Ok(()) };
        let mut larger = selection.clone();
        larger.units.insert(number(more));
        let before = prepared.judge(&selection).award.met;
        prop_assert!(!before || prepared.judge(&larger).award.met);
    }
}
