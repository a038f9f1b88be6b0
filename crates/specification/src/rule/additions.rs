//! The best way from the units somebody has to a valid selection.

use std::ops::Range;

use super::chain::{At, Chain};
use super::facts::UnitFacts;
use super::question::{Answers, Question as Asked};
use super::unit_set::UnitSet;

/// What is asked.
pub(super) struct Question<'a> {
    pub(super) units: &'a [UnitFacts],
    /// The units there are.
    pub(super) held: UnitSet,
    /// Those of them that come from prior learning.
    pub(super) prior: UnitSet,
    /// The units that may be added.
    pub(super) offered: UnitSet,
    /// Whether every held unit must be part of the selection.
    pub(super) keep_all: bool,
    /// The most credits from prior learning.
    pub(super) ceiling: Option<u32>,
    /// Credits from prior learning that are not known count as so many.
    pub(super) unknown_prior: u32,
}

/// What an answer costs; less is better, the first number first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Cost {
    added_units: u32,
    /// Units added whose credits are not known: they come after all that are.
    added_unknown: u32,
    added_credits: u32,
    /// Credits of held units that the selection leaves out.
    lost_credits: u32,
    lost_units: u32,
}

impl Cost {
    fn plus(self, other: Cost) -> Cost {
        Cost {
            added_units: self.added_units + other.added_units,
            added_unknown: self.added_unknown + other.added_unknown,
            added_credits: self.added_credits.saturating_add(other.added_credits),
            lost_credits: self.lost_credits.saturating_add(other.lost_credits),
            lost_units: self.lost_units + other.lost_units,
        }
    }
}

/// The cheapest costs to an end, each for less credit from prior learning than the one before it allows.
pub(super) type Front = Vec<(u32, Cost)>;

/// A valid selection near the held units.
pub(super) struct Answer {
    pub(super) selection: UnitSet,
    pub(super) added: UnitSet,
}

impl Question<'_> {
    fn credits(&self, unit: usize) -> Option<u32> {
        self.units.get(unit).and_then(|facts| facts.credits)
    }

    /// What it costs to leave out held units among these; none where it may not be done.
    fn leaves(&self, units: Range<usize>) -> Option<Cost> {
        let held = self.held.positions();
        let mut cost = Cost::default();
        for unit in held
            .skip_while(|unit| *unit < units.start)
            .take_while(|unit| *unit < units.end)
        {
            if self.keep_all {
                return None;
            }
            cost = cost.plus(Cost {
                lost_credits: self.credits(unit).unwrap_or(0),
                lost_units: 1,
                ..Cost::default()
            });
        }
        Some(cost)
    }

    /// What it costs to take a unit, in credits from prior learning and otherwise; none where it may not be done.
    fn takes(&self, unit: usize) -> Option<(u32, Cost)> {
        let credits = self.credits(unit);
        if self.held.contains(unit) {
            let prior = match self.prior.contains(unit) {
                true => credits.unwrap_or(self.unknown_prior),
                false => 0,
            };
            return Some((prior, Cost::default()));
        }
        let added = Cost {
            added_units: 1,
            added_unknown: u32::from(credits.is_none()),
            added_credits: credits.unwrap_or(0),
            ..Cost::default()
        };
        self.offered.contains(unit).then_some((0, added))
    }
}

impl Asked for Question<'_> {
    type Answer = Front;

    fn none(&self) -> Front {
        Front::new()
    }

    fn one(&self) -> Front {
        vec![(0, Cost::default())]
    }

    fn taken(&self, unit: usize, rest: &Front) -> Front {
        match self.takes(unit) {
            Some(way) => self.both(&vec![way], rest),
            None => Front::new(),
        }
    }

    fn left(&self, units: Range<usize>, rest: &Front) -> Front {
        match self.leaves(units) {
            Some(cost) if cost == Cost::default() => rest.clone(),
            Some(cost) => self.both(&vec![(0, cost)], rest),
            None => Front::new(),
        }
    }

    fn either(&self, one: &Front, other: &Front) -> Front {
        let mut front = [one.as_slice(), other].concat();
        prune(&mut front);
        front
    }

    fn both(&self, one: &Front, other: &Front) -> Front {
        let pairs = one
            .iter()
            .flat_map(|one| other.iter().map(move |other| (one, other)));
        let mut front: Front = pairs
            .map(|((prior, cost), (more, other))| (prior.saturating_add(*more), cost.plus(*other)))
            .collect();
        prune(&mut front);
        front
    }
}

/// A worked question.
pub(super) struct Additions<'a> {
    chain: &'a Chain,
    fronts: Answers<'a, Question<'a>>,
}

impl<'a> Additions<'a> {
    pub(super) fn work_out(chain: &'a Chain, mut question: Question<'a>) -> Self {
        if question.ceiling.is_none() {
            // Without a ceiling there is nothing to keep account of.
            question.prior = UnitSet::EMPTY;
        }
        Self {
            chain,
            fronts: Answers::work_out(chain, question),
        }
    }

    /// The best valid selection: fewest units added, then fewest credits added, then fewest credits left out. None
    /// when there is no valid selection within what is asked.
    pub(super) fn best(&self) -> Option<Answer> {
        let root = self.entry();
        let (mut prior, mut cost) = self
            .along(&root)
            .into_iter()
            .filter(|(prior, _)| self.within(*prior))
            .min_by_key(|(_, cost)| *cost)?;
        let mut answer = Answer {
            selection: UnitSet::EMPTY,
            added: UnitSet::EMPTY,
        };
        let mut ways = vec![root];
        loop {
            // The way whose own price and best rest make up exactly what is left to pay; units listed first are
            // taken first.
            let (way, rest) = ways.iter().rev().find_map(|way| {
                let front = self.fronts.rest(way.to);
                let rest = front.iter().find(|(rest_prior, rest_cost)| {
                    rest_prior.saturating_add(way.prior) == prior && rest_cost.plus(way.cost) == cost
                })?;
                Some((way.clone(), *rest))
            })?;
            self.take(&way, &mut answer);
            (prior, cost) = rest;
            if way.to == At::One {
                return Some(answer);
            }
            ways = self.answers(way.to).collect();
        }
    }

    /// Up to `most` of the smallest sets of units whose addition gives a valid selection, in order of credits.
    pub(super) fn smallest(&self, most: usize) -> Vec<UnitSet> {
        const MOST_STEPS: usize = 20_000;
        let root = self.entry();
        let Some(fewest) = self
            .along(&root)
            .iter()
            .filter(|(prior, _)| self.within(*prior))
            .map(|(_, cost)| cost.added_units)
            .min()
        else {
            return Vec::new();
        };
        let mut found: Vec<((u32, u32), UnitSet)> = Vec::new();
        let mut steps = 0;
        let mut waiting = vec![(root, Cost::default(), 0u32, UnitSet::EMPTY)];
        while let Some((way, cost, prior, added)) = waiting.pop() {
            steps += 1;
            if steps > MOST_STEPS {
                break;
            }
            let cost = cost.plus(way.cost);
            let prior = prior.saturating_add(way.prior);
            let reaches = self.fronts.rest(way.to).iter().any(|(rest_prior, rest)| {
                rest.added_units + cost.added_units <= fewest
                    && self.within(prior.saturating_add(*rest_prior))
            });
            if !reaches {
                continue;
            }
            let mut added = added;
            if let Some(unit) = way.adds {
                added.insert(unit);
            }
            if way.to == At::One {
                if !found.iter().any(|(_, known)| *known == added) {
                    found.push(((cost.added_unknown, cost.added_credits), added));
                }
                continue;
            }
            waiting.extend(self.answers(way.to).map(|way| (way, cost, prior, added)));
        }
        found.sort_by(|(a, one), (b, other)| a.cmp(b).then_with(|| one.positions().cmp(other.positions())));
        found.truncate(most);
        found.into_iter().map(|(_, added)| added).collect()
    }

    fn within(&self, prior: u32) -> bool {
        self.fronts
            .question
            .ceiling
            .is_none_or(|ceiling| prior <= ceiling)
    }

    /// The way into the chain.
    fn entry(&self) -> Way {
        let to = self.chain.root();
        let before = self.fronts.question.leaves(0..self.chain.unit_at(to));
        Way {
            to: if before.is_some() { to } else { At::None },
            cost: before.unwrap_or_default(),
            prior: 0,
            takes: None,
            adds: None,
        }
    }

    /// The ways that lead on from a place, "yes" last so that it is tried first from a stack.
    fn answers(&self, at: At) -> impl Iterator<Item = Way> + use<'_, 'a> {
        let question = &self.fronts.question;
        let looked = self.chain.look(at);
        let no = looked.and_then(|(unit, no, _)| {
            Some(Way {
                to: no,
                cost: question.leaves(unit..self.chain.unit_at(no))?,
                prior: 0,
                takes: None,
                adds: None,
            })
        });
        let yes = looked.and_then(|(unit, _, yes)| {
            let (prior, cost) = question.takes(unit)?;
            let passed = question.leaves(unit + 1..self.chain.unit_at(yes))?;
            Some(Way {
                to: yes,
                cost: cost.plus(passed),
                prior,
                takes: Some(unit),
                adds: (!question.held.contains(unit)).then_some(unit),
            })
        });
        [no, yes].into_iter().flatten().filter(|way| way.to != At::None)
    }

    fn along(&self, way: &Way) -> Front {
        self.fronts
            .rest(way.to)
            .iter()
            .map(|(prior, cost)| (prior.saturating_add(way.prior), cost.plus(way.cost)))
            .collect()
    }

    fn take(&self, way: &Way, answer: &mut Answer) {
        if let Some(unit) = way.takes {
            answer.selection.insert(unit);
        }
        if let Some(unit) = way.adds {
            answer.added.insert(unit);
        }
    }
}

/// A step from one node to another.
#[derive(Clone)]
struct Way {
    to: At,
    cost: Cost,
    prior: u32,
    takes: Option<usize>,
    adds: Option<usize>,
}

/// Leaves of each amount of prior learning only what is cheaper than every smaller amount.
fn prune(front: &mut Front) {
    front.sort();
    let mut cheapest: Option<Cost> = None;
    front.retain(|(_, cost)| {
        let better = cheapest.is_none_or(|known| *cost < known);
        if better {
            cheapest = Some(*cost);
        }
        better
    });
}
