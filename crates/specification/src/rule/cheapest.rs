//! The cheapest selections of a rule, in order.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::chain::{At, Chain};
use super::number::BigCount;
use super::question::{Answers, Question};
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

/// The least price.
struct LeastPrice<'a>(&'a [Option<Price>]);

impl Question for LeastPrice<'_> {
    /// None where no selection is left.
    type Answer = Option<Price>;

    fn none(&self) -> Option<Price> {
        None
    }

    fn one(&self) -> Option<Price> {
        Some(Price::default())
    }

    fn taken(&self, unit: usize, rest: &Option<Price>) -> Option<Price> {
        self.both(&self.0.get(unit).copied().flatten(), rest)
    }

    fn either(&self, one: &Option<Price>, other: &Option<Price>) -> Option<Price> {
        match (*one, *other) {
            (Some(one), Some(other)) => Some(one.min(other)),
            (one, other) => one.or(other),
        }
    }

    fn both(&self, one: &Option<Price>, other: &Option<Price>) -> Option<Price> {
        one.zip(*other).map(|(one, other)| one.plus(other))
    }
}

/// How many selections have the least cost.
struct HowManyCheapest<'a>(&'a [Option<Price>]);

impl Question for HowManyCheapest<'_> {
    /// The least cost, and how many selections have it.
    type Answer = Option<(u64, BigCount)>;

    fn none(&self) -> Self::Answer {
        None
    }

    fn one(&self) -> Self::Answer {
        Some((0, BigCount::one()))
    }

    fn taken(&self, unit: usize, rest: &Self::Answer) -> Self::Answer {
        let price = self.0.get(unit).copied().flatten()?;
        let (cost, count) = rest.as_ref()?;
        Some((cost.saturating_add(price.cost), count.clone()))
    }

    fn either(&self, one: &Self::Answer, other: &Self::Answer) -> Self::Answer {
        match (one, other) {
            (Some((a, one)), Some((b, other))) if a == b => Some((*a, one.plus(other))),
            (Some((a, _)), Some((b, _))) => if a < b { one } else { other }.clone(),
            (one, other) => one.as_ref().or(other.as_ref()).cloned(),
        }
    }

    fn both(&self, one: &Self::Answer, other: &Self::Answer) -> Self::Answer {
        let ((a, one), (b, other)) = one.as_ref().zip(other.as_ref())?;
        Some((a.saturating_add(*b), one.times(other)))
    }
}

/// The selections of a rule with a price for each unit.
pub(super) struct Cheapest<'a> {
    chain: &'a Chain,
    /// None for a unit that may not be taken.
    prices: &'a [Option<Price>],
    rest: Answers<'a, LeastPrice<'a>>,
}

impl<'a> Cheapest<'a> {
    pub(super) fn work_out(chain: &'a Chain, prices: &'a [Option<Price>]) -> Self {
        Self {
            chain,
            prices,
            rest: Answers::work_out(chain, LeastPrice(prices)),
        }
    }

    /// The least price; none when no selection is left.
    pub(super) fn least(&self) -> Option<Price> {
        self.rest.whole()
    }

    /// How many selections have the least cost.
    pub(super) fn count(&self) -> BigCount {
        let counted = Answers::work_out(self.chain, HowManyCheapest(self.prices)).whole();
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
            order: vec![self.chain.unit_at(self.chain.root())],
            at: self.chain.root(),
            price: Price::default(),
            taken: UnitSet::EMPTY,
        }));
        while let Some(Reverse(beginning)) = waiting.pop() {
            if beginning.whole.cost > least.cost || found.len() >= most {
                break;
            }
            if beginning.at == At::One {
                found.push(beginning.taken);
                continue;
            }
            let Some((unit, no, yes)) = self.chain.look(beginning.at) else {
                continue;
            };
            waiting.extend(self.on(&beginning, no, None).map(Reverse));
            waiting.extend(self.on(&beginning, yes, Some(unit)).map(Reverse));
        }
        found
    }

    fn on(&self, from: &Beginning, to: At, takes: Option<usize>) -> Option<Beginning> {
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
        beginning.order.push(self.chain.unit_at(to));
        beginning.whole = beginning.price.plus(self.rest.rest(to)?);
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
    at: At,
    price: Price,
    taken: UnitSet,
}
