//! The slow way, straight from the words of docs/rules-of-combination.md: every way, every selection, every placing.

use std::collections::BTreeSet;

use assay_specification::UnitNumber;
use assay_specification::rule::{Bounds, Group, Rule, Surplus, Take, UnitFacts};

/// The choices made among any_of and pathways: the groups in play, and for each rule in play the groups under it.
#[derive(Clone, Default)]
pub struct Way<'a> {
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

pub fn ways(rule: &Rule) -> Vec<Way<'_>> {
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

pub fn all_equivalents(rule: &Rule) -> Vec<BTreeSet<UnitNumber>> {
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

pub struct Slow<'a> {
    pub rule: &'a Rule,
    pub facts: &'a [UnitFacts],
    pub equivalents: Vec<BTreeSet<UnitNumber>>,
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

    pub fn valid(&self, chosen: &[&UnitFacts]) -> bool {
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

    pub fn prior_allowed(&self, chosen: &[&UnitFacts], prior: &BTreeSet<UnitNumber>) -> bool {
        let credits: u32 = chosen
            .iter()
            .filter(|unit| prior.contains(&unit.number))
            .map(|unit| unit.credits)
            .sum();
        self.rule
            .prior_learning
            .is_none_or(|ceiling| credits <= ceiling.at_most_credits)
    }

    pub fn parts<'b>(&self, held: &[&'b UnitFacts]) -> Vec<Vec<&'b UnitFacts>> {
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

    pub fn awarded(&self, held: &BTreeSet<UnitNumber>, prior: &BTreeSet<UnitNumber>) -> bool {
        let held: Vec<&UnitFacts> = self
            .facts
            .iter()
            .filter(|unit| held.contains(&unit.number))
            .collect();
        self.parts(&held)
            .iter()
            .any(|part| self.prior_allowed(part, prior) && self.valid(part))
    }

    pub fn permitted(&self, held: &BTreeSet<UnitNumber>, prior: &BTreeSet<UnitNumber>) -> bool {
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
