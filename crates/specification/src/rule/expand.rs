//! From a rule to the ways of choosing it allows.
//!
//! `any_of` and pathways leave a choice; every way of making these choices is an [`Alternative`]: a list of places
//! (groups) for units and of checks that must all hold.

use std::collections::BTreeMap;

use super::facts::{Measure, UnitFacts};
use super::fault::{DEEPEST_RULE, MOST_ALTERNATIVES, RuleFault};
use super::language::{Bounds, Group, LevelCondition, Limit, Outside, Rule, Surplus, Take};
use super::sum::Sum;
use super::unit_set::{MOST_UNITS, UnitSet};
use crate::identifier::UnitNumber;

/// The units of a rule in the order in which they are worked through, and which of them stand for each other.
pub(super) struct Pool {
    pub(super) units: Vec<UnitFacts>,
    pub(super) position: BTreeMap<UnitNumber, usize>,
    /// For each unit the set of units that stand for it, itself included.
    pub(super) class: Vec<UnitSet>,
    /// How many of them the rule names; the others are from outside the qualification.
    named: usize,
}

/// A group, as a place for units.
pub(super) struct Place {
    pub(super) label: Option<String>,
    /// The units it takes, equivalents included.
    pub(super) takes: UnitSet,
    /// For a mandatory group, the units that must be there (one of each class).
    pub(super) mandatory: Vec<usize>,
}

/// One way of making the choices that a rule leaves.
#[derive(Clone, Default)]
pub(super) struct Alternative {
    /// Names of the pathways and rules chosen.
    pub(super) names: Vec<String>,
    pub(super) endorsements: Vec<String>,
    pub(super) places: Vec<usize>,
    pub(super) checks: Vec<Check>,
}

/// Something that must hold.
#[derive(Clone)]
pub(super) enum Check {
    /// A sum over the units in some places lies within bounds.
    Total {
        /// What the sum is about, for sentences; none for the whole choice.
        label: Option<String>,
        sum: Sum,
        least: u32,
        most: Option<u32>,
        /// The mandatory group, where this is its "all".
        mandatory: Option<usize>,
    },
    /// At most one of these units is taken.
    AtMostOne { units: UnitSet, because: AtMostOne },
    /// When one of `unit` is taken, one of each of `needs` is taken too.
    Needs { unit: UnitSet, needs: Vec<UnitSet> },
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum AtMostOne {
    Barred,
    Equivalent,
}

/// A rule with its choices spelt out.
pub(super) struct Expanded {
    pub(super) pool: Pool,
    pub(super) places: Vec<Place>,
    pub(super) alternatives: Vec<Alternative>,
    /// Sets barred at the top of the rule: they hold for surplus units too.
    pub(super) barred_at_the_top: Vec<UnitSet>,
}

/// Spells out a rule.
///
/// # Errors
///
/// Every fault but `TooIntricate`.
pub(super) fn expand(rule: &Rule, facts: &[UnitFacts]) -> Result<Expanded, RuleFault> {
    let mut groups = Vec::new();
    let mut sets = Vec::new();
    collect(rule, 1, &mut groups, &mut sets)?;
    let outside = groups.iter().any(|group| group.outside.is_some());
    let pool = pool(&groups, &sets, facts, outside)?;
    let places: Vec<Place> = groups
        .iter()
        .enumerate()
        .map(|(place, group)| {
            let label = match (&group.name, groups.len()) {
                (Some(name), _) => Some(name.clone()),
                (None, 1) => None,
                (None, _) => Some(format!("Group {}", place + 1)),
            };
            let listed: Vec<usize> = group
                .units
                .iter()
                .filter_map(|unit| pool.position.get(unit).copied())
                .collect();
            let mut takes: UnitSet = listed
                .iter()
                .flat_map(|unit| pool.class_of(*unit).positions().collect::<Vec<_>>())
                .collect();
            if let Some(outside) = group.outside {
                pool.units_from_outside(outside)
                    .positions()
                    .for_each(|unit| takes.insert(unit));
            }
            let mandatory = match group.take {
                Some(Take::All(_)) => one_of_each_class(&pool, &listed),
                _ => Vec::new(),
            };
            Place {
                label,
                takes,
                mandatory,
            }
        })
        .collect();
    let mut expander = Expander {
        pool: &pool,
        places: &places,
        next_place: 0,
    };
    let mut alternatives = expander.rule(rule, None)?;
    let classes = distinct_classes(&pool);
    for alternative in &mut alternatives {
        let equivalent = |units: &UnitSet| Check::AtMostOne {
            units: *units,
            because: AtMostOne::Equivalent,
        };
        alternative.checks.extend(classes.iter().map(equivalent));
    }
    let barred_at_the_top = rule.barred.iter().map(|set| pool.with_equivalents(set)).collect();
    Ok(Expanded {
        barred_at_the_top,
        places,
        alternatives,
        pool,
    })
}

/// The groups in the order in which the rule names them, and the sets of equivalents.
fn collect<'a>(
    rule: &'a Rule,
    depth: usize,
    groups: &mut Vec<&'a Group>,
    sets: &mut Vec<&'a [UnitNumber]>,
) -> Result<(), RuleFault> {
    if depth > DEEPEST_RULE {
        return Err(RuleFault::TooDeep);
    }
    if depth > 1 && rule.prior_learning.is_some() {
        return Err(RuleFault::NotAtTheTop("prior_learning"));
    }
    if depth > 1 && rule.surplus == Surplus::Allowed {
        return Err(RuleFault::NotAtTheTop("surplus"));
    }
    groups.extend(&rule.groups);
    sets.extend(rule.equivalents.iter().map(Vec::as_slice));
    rule.inner_rules()
        .try_for_each(|inner| collect(inner, depth + 1, groups, sets))
}

/// With `outside`, units that the rule does not name come after all that it does.
fn pool(
    groups: &[&Group],
    sets: &[&[UnitNumber]],
    facts: &[UnitFacts],
    outside: bool,
) -> Result<Pool, RuleFault> {
    let mut order: Vec<&UnitNumber> = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    let named = groups
        .iter()
        .flat_map(|group| &group.units)
        .chain(sets.iter().flat_map(|set| set.iter()));
    for unit in named {
        if seen.insert(unit) {
            order.push(unit);
        }
    }
    if groups.iter().all(|group| group.units.is_empty()) {
        return Err(RuleFault::NoUnits);
    }
    let named = order.len();
    if outside {
        order.extend(
            facts
                .iter()
                .map(|unit| &unit.number)
                .filter(|unit| !seen.contains(unit)),
        );
    }
    if order.len() > MOST_UNITS {
        return Err(RuleFault::TooManyUnits(order.len()));
    }
    let known: BTreeMap<&UnitNumber, &UnitFacts> = facts.iter().map(|unit| (&unit.number, unit)).collect();
    let unknown: Vec<UnitNumber> = order
        .iter()
        .filter(|unit| !known.contains_key(*unit))
        .map(|unit| (*unit).clone())
        .collect();
    if !unknown.is_empty() {
        return Err(RuleFault::UnknownUnits(unknown));
    }
    let units: Vec<UnitFacts> = order
        .iter()
        .filter_map(|unit| known.get(unit).map(|facts| (*facts).clone()))
        .collect();
    let position: BTreeMap<UnitNumber, usize> = units
        .iter()
        .enumerate()
        .map(|(position, unit)| (unit.number.clone(), position))
        .collect();
    let mut class: Vec<UnitSet> = (0..units.len())
        .map(|position| UnitSet::from_iter([position]))
        .collect();
    for set in sets {
        let joined: UnitSet = set
            .iter()
            .filter_map(|unit| position.get(unit))
            .flat_map(|unit| {
                class
                    .get(*unit)
                    .copied()
                    .unwrap_or_default()
                    .positions()
                    .collect::<Vec<_>>()
            })
            .collect();
        for member in joined.positions() {
            if let Some(class) = class.get_mut(member) {
                *class = joined;
            }
        }
    }
    Ok(Pool {
        units,
        position,
        class,
        named,
    })
}

impl Pool {
    /// Whether the rule names it; other units are from outside the qualification.
    pub(super) fn is_named(&self, position: usize) -> bool {
        position < self.named
    }

    pub(super) fn class_of(&self, unit: usize) -> UnitSet {
        self.class.get(unit).copied().unwrap_or_default()
    }

    /// The units from outside the qualification that may be taken. A level that is not known is not high enough.
    fn units_from_outside(&self, outside: Outside) -> UnitSet {
        let high_enough = |unit: &UnitFacts| {
            outside
                .at_or_above
                .is_none_or(|least| unit.level.is_some_and(|level| level >= least))
        };
        let units = self.units.iter().enumerate().skip(self.named);
        units
            .filter(|(_, unit)| high_enough(unit))
            .map(|(position, _)| position)
            .collect()
    }

    fn with_equivalents(&self, units: &[UnitNumber]) -> UnitSet {
        units
            .iter()
            .filter_map(|unit| self.position.get(unit))
            .flat_map(|unit| self.class_of(*unit).positions().collect::<Vec<_>>())
            .collect()
    }
}

fn one_of_each_class(pool: &Pool, listed: &[usize]) -> Vec<usize> {
    let mut met = UnitSet::EMPTY;
    let mut firsts = Vec::new();
    for unit in listed {
        if !met.contains(*unit) {
            firsts.push(*unit);
            pool.class_of(*unit)
                .positions()
                .for_each(|member| met.insert(member));
        }
    }
    firsts
}

fn distinct_classes(pool: &Pool) -> Vec<UnitSet> {
    let mut classes: Vec<UnitSet> = pool
        .class
        .iter()
        .filter(|class| class.len() > 1)
        .copied()
        .collect();
    classes.sort();
    classes.dedup();
    classes
}

struct Expander<'a> {
    pool: &'a Pool,
    places: &'a [Place],
    /// Groups are met in the same order as in `collect`.
    next_place: usize,
}

impl Expander<'_> {
    fn rule(&mut self, rule: &Rule, called: Option<&str>) -> Result<Vec<Alternative>, RuleFault> {
        let label = rule.name.as_deref().or(called).map(str::to_owned);
        let mut own = Alternative::default();
        for group in &rule.groups {
            let place = self.next_place;
            self.next_place += 1;
            own.places.push(place);
            self.group(group, place, &mut own.checks);
        }
        let mut alternatives = vec![own];
        for inner in &rule.all_of {
            let ways = self.rule(inner, None)?;
            alternatives = both(&alternatives, &ways)?;
        }
        if !rule.any_of.is_empty() {
            let mut ways = Vec::new();
            for inner in &rule.any_of {
                let mut of_this = self.rule(inner, None)?;
                if let Some(name) = &inner.name {
                    of_this
                        .iter_mut()
                        .for_each(|way| way.names.insert(0, name.clone()));
                }
                ways.extend(of_this);
            }
            alternatives = both(&alternatives, &ways)?;
        }
        if let Some(pathways) = &rule.pathways {
            let mut ways = Vec::new();
            for pathway in &pathways.of {
                let mut of_this = self.rule(&pathway.rule, Some(&pathway.name))?;
                for way in &mut of_this {
                    way.names.insert(0, pathway.name.clone());
                    way.endorsements.extend(pathway.endorsement.clone());
                }
                ways.push(of_this);
            }
            alternatives = both(&alternatives, &choose(&ways, pathways.choose)?)?;
        }
        for alternative in &mut alternatives {
            let places = alternative.places.clone();
            self.conditions(rule, label.as_ref(), &places, &mut alternative.checks);
        }
        Ok(alternatives)
    }

    fn group(&self, group: &Group, place: usize, checks: &mut Vec<Check>) {
        let label = self.places.get(place).and_then(|place| place.label.clone());
        let totals = Totals {
            label: label.as_ref(),
            places: &[place],
        };
        match group.take {
            Some(Take::All(_)) => {
                let all = self.places.get(place).map_or(0, |place| place.mandatory.len());
                // A unit from outside stands for none of them.
                let listed = self.pool.with_equivalents(&group.units);
                checks.push(Check::Total {
                    label: label.clone(),
                    sum: Sum {
                        among: Some(listed),
                        ..totals.sum(Measure::Units)
                    },
                    least: u32::try_from(all).unwrap_or(u32::MAX),
                    most: None,
                    mandatory: Some(place),
                });
            }
            Some(Take::Number(bounds)) => checks.push(totals.within(totals.sum(Measure::Units), bounds)),
            None => {}
        }
        let whole = [
            (Measure::Credits, group.credits),
            (Measure::TotalUnitTime, group.tut),
            (Measure::GuidedHours, group.glh),
        ];
        for (measure, bounds) in whole {
            checks.extend(bounds.map(|bounds| totals.within(totals.sum(measure), bounds)));
        }
        for limit in &group.limits {
            self.limit(limit, &totals, checks);
        }
        if let Some(outside) = group.outside {
            let name = "units from outside the qualification".to_owned();
            let totals = Totals {
                label: Some(&name),
                places: &[place],
            };
            let limits = [
                (Measure::Units, Some(outside.at_most)),
                (Measure::Credits, outside.at_most_credits),
            ];
            for (measure, most) in limits {
                let among = Some(self.pool.units_from_outside(outside));
                let sum = Sum {
                    among,
                    ..totals.sum(measure)
                };
                checks.extend(most.map(|most| totals.within(sum, Bounds::at_most(most))));
            }
        }
    }

    /// Bounds on some of the units.
    fn limit(&self, limit: &Limit, around: &Totals<'_>, checks: &mut Vec<Check>) {
        let numbers: Vec<&str> = limit.units.iter().map(UnitNumber::as_str).collect();
        let name = match (&limit.name, numbers.as_slice()) {
            (Some(name), _) => name.clone(),
            (None, [few @ .., last]) if few.len() < 6 => match few.is_empty() {
                true => (*last).to_owned(),
                false => format!("{} and {last}", few.join(", ")),
            },
            (None, many) => format!("a limited set of {} units", many.len()),
        };
        let totals = Totals {
            label: Some(&name),
            places: around.places,
        };
        let whole = [
            (Measure::Units, limit.take),
            (Measure::Credits, limit.credits),
            (Measure::TotalUnitTime, limit.tut),
            (Measure::GuidedHours, limit.glh),
        ];
        for (measure, bounds) in whole {
            let sum = Sum {
                among: Some(self.pool.with_equivalents(&limit.units)),
                ..totals.sum(measure)
            };
            checks.extend(bounds.map(|bounds| totals.within(sum, bounds)));
        }
    }

    fn conditions(&self, rule: &Rule, label: Option<&String>, places: &[usize], checks: &mut Vec<Check>) {
        let totals = Totals { label, places };
        let whole = [
            (Measure::Credits, rule.credits),
            (Measure::Units, rule.take),
            (Measure::TotalUnitTime, rule.tut),
            (Measure::GuidedHours, rule.glh),
        ];
        for (measure, bounds) in whole {
            checks.extend(bounds.map(|bounds| totals.within(totals.sum(measure), bounds)));
        }
        for condition in &rule.levels {
            totals.at_level(*condition, checks);
        }
        for limit in &rule.limits {
            self.limit(limit, &totals, checks);
        }
        for set in &rule.barred {
            checks.push(Check::AtMostOne {
                units: self.pool.with_equivalents(set),
                because: AtMostOne::Barred,
            });
        }
        for required in &rule.requires {
            checks.push(Check::Needs {
                unit: self.pool.with_equivalents(std::slice::from_ref(&required.unit)),
                needs: required
                    .needs
                    .iter()
                    .map(|unit| self.pool.with_equivalents(std::slice::from_ref(unit)))
                    .collect(),
            });
        }
    }
}

/// The sums over a group or rule.
struct Totals<'a> {
    label: Option<&'a String>,
    places: &'a [usize],
}

impl Totals<'_> {
    fn sum(&self, measure: Measure) -> Sum {
        Sum {
            measure,
            level: None,
            among: None,
            places: self.places.to_vec(),
            percent: None,
        }
    }

    fn within(&self, sum: Sum, bounds: Bounds) -> Check {
        Check::Total {
            label: self.label.cloned(),
            sum,
            least: bounds.least(),
            most: bounds.most(),
            mandatory: None,
        }
    }

    fn at_level(&self, condition: LevelCondition, checks: &mut Vec<Check>) {
        let level = Some(condition);
        let bounds = [
            (Measure::Credits, condition.credits),
            (Measure::Units, condition.take),
        ];
        for (measure, bounds) in bounds {
            let sum = Sum {
                level,
                ..self.sum(measure)
            };
            checks.extend(bounds.map(|bounds| self.within(sum, bounds)));
        }
        if let Some(percent) = condition.at_least_percent {
            let sum = Sum {
                level,
                percent: Some(percent.min(100)),
                ..self.sum(Measure::Credits)
            };
            checks.push(self.within(sum, Bounds::default()));
        }
    }
}

/// Every way of the one together with every way of the other.
fn both(one: &[Alternative], other: &[Alternative]) -> Result<Vec<Alternative>, RuleFault> {
    if one.len().saturating_mul(other.len()) > MOST_ALTERNATIVES {
        return Err(RuleFault::TooManyAlternatives);
    }
    Ok(one
        .iter()
        .flat_map(|one| {
            other.iter().map(move |other| Alternative {
                names: [one.names.as_slice(), &other.names].concat(),
                endorsements: [one.endorsements.as_slice(), &other.endorsements].concat(),
                places: [one.places.as_slice(), &other.places].concat(),
                checks: [one.checks.as_slice(), &other.checks].concat(),
            })
        })
        .collect())
}

/// Every way of choosing so many of the pathways.
fn choose(ways: &[Vec<Alternative>], number: u32) -> Result<Vec<Alternative>, RuleFault> {
    let too_few = RuleFault::TooFewPathways {
        choose: number,
        offered: ways.len(),
    };
    let wanted = usize::try_from(number).unwrap_or(usize::MAX);
    if wanted > ways.len() {
        return Err(too_few);
    }
    // chosen[k]: the ways of choosing k of the pathways looked at so far.
    let mut chosen: Vec<Vec<Alternative>> = vec![Vec::new(); wanted + 1];
    if let Some(none) = chosen.first_mut() {
        none.push(Alternative::default());
    }
    for of_this in ways {
        for k in (1..=wanted).rev() {
            let fewer = chosen.get(k - 1).map(Vec::as_slice).unwrap_or_default();
            let more = both(fewer, of_this)?;
            if let Some(chosen) = chosen.get_mut(k) {
                chosen.extend(more);
                if chosen.len() > MOST_ALTERNATIVES {
                    return Err(RuleFault::TooManyAlternatives);
                }
            }
        }
    }
    Ok(chosen.pop().unwrap_or_default())
}
