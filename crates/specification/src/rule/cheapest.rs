//! The cheapest selections of a diagram, in order.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::diagram::{Diagram, NONE, NodeIndex, ONE};
use super::number::BigCount;
use super::unit_set::UnitSet;

/// What units cost together. Less is better, the first number first; prices add up number by number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub(super) struct Price {
    /// The figure that is made least.
    pub(super) cost: u64,
    /// How many preferred units are among them, below nought.
    pub(super) preferred: i64,
    /// How many units.
    pub(super) units: u64,
}

impl Price {
    fn plus(self, other: Price) -> Price {
        Price {
            cost: self.cost.saturating_add(other.cost),
            preferred: self.preferred + other.preferred,
            units: self.units + other.units,
        }
    }
}

/// A diagram with a price for each unit.
pub(super) struct Cheapest<'a> {
    diagram: &'a Diagram,
    /// None for a unit that may not be taken.
    prices: &'a [Option<Price>],
    /// For each node the least price from there to an end; none where no selection is left.
    rest: Vec<Option<Price>>,
}

impl<'a> Cheapest<'a> {
    pub(super) fn work_out(diagram: &'a Diagram, prices: &'a [Option<Price>]) -> Self {
        let rest = diagram.fold_all(None, Some(Price::default()), |node, no, yes| {
            let price = prices.get(node.unit as usize).copied().flatten();
            let yes = price.zip(*yes).map(|(price, rest)| rest.plus(price));
            match (*no, yes) {
                (Some(no), Some(yes)) => Some(no.min(yes)),
                (no, yes) => no.or(yes),
            }
        });
        Self {
            diagram,
            prices,
            rest,
        }
    }

    /// The least price; none when no selection is left.
    pub(super) fn least(&self) -> Option<Price> {
        self.rest_of(self.diagram.root)
    }

    /// How many selections have the least cost.
    pub(super) fn count(&self) -> BigCount {
        let none: Option<(u64, BigCount)> = None;
        let counted = self
            .diagram
            .fold(none, Some((0, BigCount::one())), |node, no, yes| {
                let price = self.prices.get(node.unit as usize).copied().flatten();
                let yes = price
                    .zip(yes.as_ref())
                    .map(|(price, (rest, count))| (rest.saturating_add(price.cost), count.clone()));
                match (no.clone(), yes) {
                    (Some((a, one)), Some((b, other))) if a == b => Some((a, one.plus(&other))),
                    (Some((a, one)), Some((b, other))) => Some(if a < b { (a, one) } else { (b, other) }),
                    (no, yes) => no.or(yes),
                }
            });
        counted.map_or_else(BigCount::zero, |(_, count)| count)
    }

    /// Up to `most` of the selections of least cost: most preferred units first, then fewest units, then in the order
    /// of the units. No step is wasted: every beginning that is followed has an end of the price it is filed under,
    /// and two beginnings of one price part at a unit that one of them takes, so all of that one's ends come first.
    pub(super) fn list(&self, most: usize) -> Vec<UnitSet> {
        let Some(least) = self.least() else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut waiting = BinaryHeap::new();
        waiting.push(Reverse(Beginning {
            whole: least,
            order: vec![self.diagram.unit_at(self.diagram.root)],
            at: self.diagram.root,
            price: Price::default(),
            taken: UnitSet::EMPTY,
        }));
        while let Some(Reverse(beginning)) = waiting.pop() {
            if beginning.whole.cost > least.cost || found.len() >= most {
                break;
            }
            if beginning.at == ONE {
                found.push(beginning.taken);
                continue;
            }
            let node = self.diagram.at(beginning.at);
            waiting.extend(self.on(&beginning, node.no, None).map(Reverse));
            waiting.extend(
                self.on(&beginning, node.yes, Some(node.unit as usize))
                    .map(Reverse),
            );
        }
        found
    }

    fn rest_of(&self, index: NodeIndex) -> Option<Price> {
        self.rest.get(index as usize).copied().flatten()
    }

    fn on(&self, from: &Beginning, to: NodeIndex, takes: Option<usize>) -> Option<Beginning> {
        if to == NONE {
            return None;
        }
        let mut beginning = Beginning {
            at: to,
            ..from.clone()
        };
        beginning.order.pop();
        if let Some(unit) = takes {
            beginning.price = beginning.price.plus(self.prices.get(unit).copied().flatten()?);
            beginning.taken.insert(unit);
            beginning.order.push(unit);
        }
        beginning.order.push(self.diagram.unit_at(to));
        beginning.whole = beginning.price.plus(self.rest_of(to)?);
        Some(beginning)
    }
}

/// The beginning of a selection. The order of the fields is the order in which beginnings are followed.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Beginning {
    /// The least price of a selection that begins so.
    whole: Price,
    /// The units taken, and the next unit that is asked about.
    order: Vec<usize>,
    at: NodeIndex,
    price: Price,
    taken: UnitSet,
}
