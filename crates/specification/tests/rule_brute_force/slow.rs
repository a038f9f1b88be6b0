//! The slow way, straight from the words of docs/rules-of-combination.md: every way, every selection, every placing.

use std::collections::BTreeSet;

use assay_specification::UnitNumber;
use assay_specification::rule::{
    Bounds, Group, LevelCondition, Limit, Outside, Rule, Surplus, Take, UnitFacts,
};

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

/// How figures that are not known are read: valid whatever they are, or for all that is known.
#[derive(Clone, Copy, PartialEq)]
pub enum Reading {
    Certain,
    Possible,
}

/// Larger than any sum in these tests: what a figure may be that is not known.
const HUGE: i64 = 1_000_000_000;

impl Reading {
    /// Whether a sum that may be anything between two ends lies within bounds.
    fn between(self, bounds: Bounds, low: i64, high: i64) -> bool {
        let (for_least, for_most) = match self {
            Reading::Certain => (low, high),
            Reading::Possible => (high, low),
        };
        bounds.at_least.is_none_or(|least| for_least >= i64::from(least))
            && bounds.at_most.is_none_or(|most| for_most <= i64::from(most))
            && bounds
                .exactly
                .is_none_or(|exactly| for_least >= i64::from(exactly) && for_most <= i64::from(exactly))
    }

    fn within(
        self,
        bounds: Option<Bounds>,
        units: &[&UnitFacts],
        figure: impl Fn(&UnitFacts) -> Option<u32>,
    ) -> bool {
        let low = units.iter().map(|unit| figure(unit).map_or(0, i64::from)).sum();
        let high = units
            .iter()
            .map(|unit| figure(unit).map_or(HUGE, i64::from))
            .sum();
        bounds.is_none_or(|bounds| self.between(bounds, low, high))
    }

    fn at_level(
        self,
        condition: &LevelCondition,
        bounds: Option<Bounds>,
        units: &[&UnitFacts],
        figure: impl Fn(&UnitFacts) -> Option<u32>,
    ) -> bool {
        let (mut low, mut high) = (0, 0);
        for unit in units {
            let may = may_be_at(condition, unit);
            if !may.contains(&false) {
                low += figure(unit).map_or(0, i64::from);
            }
            if may.contains(&true) {
                high += figure(unit).map_or(HUGE, i64::from);
            }
        }
        bounds.is_none_or(|bounds| self.between(bounds, low, high))
    }

    fn has_share(self, condition: &LevelCondition, percent: u32, units: &[&UnitFacts]) -> bool {
        let percent = i64::from(percent);
        let (mut low, mut high) = (0, 0);
        for unit in units {
            let mut ends = Vec::new();
            for at in may_be_at(condition, unit) {
                for credits in unit
                    .credits
                    .map_or(vec![0, HUGE], |credits| vec![i64::from(credits)])
                {
                    ends.push(if at {
                        (100 - percent) * credits
                    } else {
                        -percent * credits
                    });
                }
            }
            low += ends.iter().min().unwrap();
            high += ends.iter().max().unwrap();
        }
        match self {
            Reading::Certain => low >= 0,
            Reading::Possible => high >= 0,
        }
    }
}

/// Whether a unit is at the levels meant: one answer, or both where its level is not known.
fn may_be_at(condition: &LevelCondition, unit: &UnitFacts) -> Vec<bool> {
    if condition.at_or_above.is_none() && condition.exactly.is_none() {
        return vec![true];
    }
    match unit.level {
        None => vec![true, false],
        Some(level) => {
            vec![
                condition.at_or_above.is_none_or(|least| level >= least)
                    && condition.exactly.is_none_or(|wanted| level == wanted),
            ]
        }
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

    pub fn valid(&self, chosen: &[&UnitFacts]) -> bool {
        self.valid_read(chosen, Reading::Certain)
    }

    pub fn possible(&self, chosen: &[&UnitFacts]) -> bool {
        self.valid_read(chosen, Reading::Possible)
    }

    pub fn valid_read(&self, chosen: &[&UnitFacts], reading: Reading) -> bool {
        let doubled = self
            .equivalents
            .iter()
            .any(|set| chosen.iter().filter(|unit| set.contains(&unit.number)).count() > 1);
        !doubled
            && ways(self.rule)
                .iter()
                .any(|way| self.placed(way, chosen, &mut Vec::new(), reading))
    }

    fn is_outside(&self, unit: &UnitNumber) -> bool {
        !self.rule.listed_units().contains(unit) && !self.equivalents.iter().any(|set| set.contains(unit))
    }

    fn takes_outside(&self, rule: &Rule) -> bool {
        rule.groups.iter().any(|group| group.outside.is_some())
            || rule.inner_rules().any(|inner| self.takes_outside(inner))
    }

    fn takes(&self, group: &Group, unit: &UnitFacts) -> bool {
        let listed = group.units.iter().any(|listed| self.same(listed, &unit.number));
        listed
            || group
                .outside
                .is_some_and(|outside| self.is_from_outside(&outside, unit))
    }

    fn is_from_outside(&self, outside: &Outside, unit: &UnitFacts) -> bool {
        let high_enough = match outside.at_or_above {
            None => true,
            Some(least) => unit.level.is_some_and(|level| level >= least),
        };
        high_enough && self.is_outside(&unit.number)
    }

    fn limit_holds(&self, limit: &Limit, here: &[&UnitFacts], reading: Reading) -> bool {
        let meant: Vec<&UnitFacts> = here
            .iter()
            .filter(|unit| limit.units.iter().any(|listed| self.same(listed, &unit.number)))
            .copied()
            .collect();
        reading.within(limit.take, &meant, |_| Some(1))
            && reading.within(limit.credits, &meant, |unit| unit.credits)
            && reading.within(limit.tut, &meant, |unit| unit.tut)
            && reading.within(limit.glh, &meant, |unit| unit.glh)
    }

    fn placed(
        &self,
        way: &Way<'_>,
        chosen: &[&UnitFacts],
        places: &mut Vec<usize>,
        reading: Reading,
    ) -> bool {
        let Some(unit) = chosen.get(places.len()) else {
            return self.holds(way, chosen, places, reading);
        };
        (0..way.groups.len()).any(|group| {
            if !self.takes(way.groups[group], unit) {
                return false;
            }
            places.push(group);
            let held = self.placed(way, chosen, places, reading);
            places.pop();
            held
        })
    }

    fn holds(&self, way: &Way<'_>, chosen: &[&UnitFacts], places: &[usize], reading: Reading) -> bool {
        let taken = |wanted: &UnitNumber| chosen.iter().any(|unit| self.same(wanted, &unit.number));
        let placed_in = |groups: &[usize]| -> Vec<&UnitFacts> {
            let placed = chosen.iter().zip(places);
            placed
                .filter(|(_, place)| groups.contains(place))
                .map(|(unit, _)| *unit)
                .collect()
        };
        let groups = way.groups.iter().enumerate().all(|(group, rule)| {
            let here = placed_in(&[group]);
            let take = match rule.take {
                None => true,
                Some(Take::All(_)) => rule
                    .units
                    .iter()
                    .all(|listed| here.iter().any(|unit| self.same(listed, &unit.number))),
                Some(Take::Number(bounds)) => reading.within(Some(bounds), &here, |_| Some(1)),
            };
            let outside = rule.outside.is_none_or(|outside| {
                let from: Vec<&UnitFacts> = here
                    .iter()
                    .filter(|unit| self.is_from_outside(&outside, unit))
                    .copied()
                    .collect();
                from.len() <= outside.at_most as usize
                    && outside.at_most_credits.is_none_or(|most| {
                        reading.within(Some(Bounds::at_most(most)), &from, |unit| unit.credits)
                    })
            });
            take && outside
                && reading.within(rule.credits, &here, |unit| unit.credits)
                && reading.within(rule.tut, &here, |unit| unit.tut)
                && reading.within(rule.glh, &here, |unit| unit.glh)
                && rule
                    .limits
                    .iter()
                    .all(|limit| self.limit_holds(limit, &here, reading))
        });
        groups
            && way.rules.iter().all(|(rule, groups)| {
                let here = placed_in(groups);
                reading.within(rule.take, &here, |_| Some(1))
                    && reading.within(rule.credits, &here, |unit| unit.credits)
                    && reading.within(rule.tut, &here, |unit| unit.tut)
                    && reading.within(rule.glh, &here, |unit| unit.glh)
                    && rule
                        .limits
                        .iter()
                        .all(|limit| self.limit_holds(limit, &here, reading))
                    && rule.levels.iter().all(|condition| {
                        reading.at_level(condition, condition.credits, &here, |unit| unit.credits)
                            && reading.at_level(condition, condition.take, &here, |_| Some(1))
                            && condition
                                .at_least_percent
                                .is_none_or(|percent| reading.has_share(condition, percent, &here))
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

    pub fn prior_allowed(
        &self,
        chosen: &[&UnitFacts],
        prior: &BTreeSet<UnitNumber>,
        reading: Reading,
    ) -> bool {
        let from_prior: Vec<&UnitFacts> = chosen
            .iter()
            .filter(|unit| prior.contains(&unit.number))
            .copied()
            .collect();
        self.rule.prior_learning.is_none_or(|ceiling| {
            let bounds = Bounds::at_most(ceiling.at_most_credits);
            reading.within(Some(bounds), &from_prior, |unit| unit.credits)
        })
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

    pub fn awarded(
        &self,
        held: &BTreeSet<UnitNumber>,
        prior: &BTreeSet<UnitNumber>,
        reading: Reading,
    ) -> bool {
        let held: Vec<&UnitFacts> = self
            .facts
            .iter()
            .filter(|unit| held.contains(&unit.number))
            .collect();
        self.parts(&held)
            .iter()
            .any(|part| self.prior_allowed(part, prior, reading) && self.valid_read(part, reading))
    }

    pub fn permitted(
        &self,
        held: &BTreeSet<UnitNumber>,
        prior: &BTreeSet<UnitNumber>,
        reading: Reading,
    ) -> bool {
        let chosen: Vec<&UnitFacts> = self
            .facts
            .iter()
            .filter(|unit| held.contains(&unit.number))
            .collect();
        match self.rule.surplus {
            Surplus::Refused => {
                self.prior_allowed(&chosen, prior, reading) && self.valid_read(&chosen, reading)
            }
            Surplus::Allowed => {
                let apart = self.rule.barred.iter().all(|set| {
                    let mut listed = self.rule.listed_units();
                    listed.extend(self.equivalents.iter().flatten().cloned());
                    chosen
                        .iter()
                        .filter(|unit| {
                            (self.takes_outside(self.rule) || listed.contains(&unit.number))
                                && set.iter().any(|barred| self.same(barred, &unit.number))
                        })
                        .count()
                        <= 1
                });
                apart && self.awarded(held, prior, reading)
            }
        }
    }
}
