//! The best way from the units somebody has to a valid selection.

use super::diagram::{Diagram, NONE, NodeIndex, ONE};
use super::facts::UnitFacts;
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
struct Cost {
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
type Front = Vec<(u32, Cost)>;

/// A valid selection near the held units.
pub(super) struct Answer {
    pub(super) selection: UnitSet,
    pub(super) added: UnitSet,
}

/// A worked question.
pub(super) struct Additions<'a> {
    diagram: &'a Diagram,
    question: Question<'a>,
    fronts: Vec<Front>,
}

impl<'a> Additions<'a> {
    pub(super) fn work_out(diagram: &'a Diagram, mut question: Question<'a>) -> Self {
        if question.ceiling.is_none() {
            // Without a ceiling there is nothing to keep account of.
            question.prior = UnitSet::EMPTY;
        }
        let mut additions = Self {
            diagram,
            question,
            fronts: Vec::with_capacity(diagram.len()),
        };
        additions.fronts.push(Front::new());
        additions.fronts.push(vec![(0, Cost::default())]);
        for index in 2..diagram.len() {
            let index = NodeIndex::try_from(index).unwrap_or(NodeIndex::MAX);
            let mut front: Front = additions
                .answers(index)
                .flat_map(|answer| additions.along(&answer))
                .collect();
            prune(&mut front);
            additions.fronts.push(front);
        }
        additions
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
                let rest = self.front(way.to).iter().find(|(rest_prior, rest_cost)| {
                    rest_prior.saturating_add(way.prior) == prior && rest_cost.plus(way.cost) == cost
                })?;
                Some((way.clone(), *rest))
            })?;
            self.take(&way, &mut answer);
            (prior, cost) = rest;
            if way.to == ONE {
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
            let reaches = self.front(way.to).iter().any(|(rest_prior, rest)| {
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
            if way.to == ONE {
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
        self.question.ceiling.is_none_or(|ceiling| prior <= ceiling)
    }

    fn front(&self, index: NodeIndex) -> &[(u32, Cost)] {
        self.fronts
            .get(index as usize)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    /// The way into the diagram.
    fn entry(&self) -> Way {
        Way {
            to: self.diagram.root,
            cost: Cost::default(),
            prior: 0,
            takes: None,
            adds: None,
        }
        .passing(self, 0)
    }

    /// The ways that lead on from a node, "yes" last so that it is tried first from a stack.
    fn answers(&self, index: NodeIndex) -> impl Iterator<Item = Way> + use<'_, 'a> {
        let node = self.diagram.at(index);
        let unit = self.diagram.unit_at(index);
        let question = &self.question;
        let (credits, held) = (
            question.units.get(unit).and_then(|facts| facts.credits),
            question.held.contains(unit),
        );
        let lost = if held {
            Cost {
                lost_credits: credits.unwrap_or(0),
                lost_units: 1,
                ..Cost::default()
            }
        } else {
            Cost::default()
        };
        let no = Way {
            to: if held && question.keep_all { NONE } else { node.no },
            cost: lost,
            prior: 0,
            takes: None,
            adds: None,
        };
        let yes = if held {
            let prior = if question.prior.contains(unit) {
                credits.unwrap_or(question.unknown_prior)
            } else {
                0
            };
            Way {
                to: node.yes,
                cost: Cost::default(),
                prior,
                takes: Some(unit),
                adds: None,
            }
        } else {
            let added = Cost {
                added_units: 1,
                added_unknown: u32::from(credits.is_none()),
                added_credits: credits.unwrap_or(0),
                ..Cost::default()
            };
            let to = if question.offered.contains(unit) {
                node.yes
            } else {
                NONE
            };
            Way {
                to,
                cost: added,
                prior: 0,
                takes: Some(unit),
                adds: Some(unit),
            }
        };
        [no, yes]
            .into_iter()
            .map(move |way| way.passing(self, unit + 1))
            .filter(|way| way.to != NONE)
    }

    fn along(&self, way: &Way) -> Front {
        self.front(way.to)
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
    to: NodeIndex,
    cost: Cost,
    prior: u32,
    takes: Option<usize>,
    adds: Option<usize>,
}

impl Way {
    /// Counts the held units that are passed over between `from` and the node the way leads to.
    fn passing(mut self, additions: &Additions<'_>, from: usize) -> Self {
        let question = &additions.question;
        let until = additions.diagram.unit_at(self.to);
        let passed = question
            .held
            .positions()
            .skip_while(|unit| *unit < from)
            .take_while(|unit| *unit < until);
        for unit in passed {
            if question.keep_all {
                self.to = NONE;
            }
            self.cost.lost_units += 1;
            self.cost.lost_credits = self.cost.lost_credits.saturating_add(
                question
                    .units
                    .get(unit)
                    .and_then(|facts| facts.credits)
                    .unwrap_or(0),
            );
        }
        self
    }
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
