//! The best way through a rule: which units still to take, proved to be the cheapest.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::automaton::{Automaton, Placed, Reading, Taking};
use super::chain::Chain;
use super::cheapest::{Cheapest, Price};
use super::expand::Check;
use super::facts::{Measure, Selection, Sums, UnitFacts};
use super::fault::RuleFault;
use super::judge::Counted;
use super::number::BigCount;
use super::prepared::Prepared;
use super::reason::{NamedUnit, Reason};
use super::sum::Sum;
use super::unit_set::UnitSet;
use crate::identifier::UnitNumber;

/// How many alternatives of the same cost a plan lists where nothing else is asked.
pub const USUAL_ALTERNATIVES: usize = 12;
/// How many alternatives of the same cost a plan lists at most.
pub const MOST_LISTED: usize = 1_000;

/// What a plan makes least, over the units still to be taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Minimise {
    /// Credits.
    #[default]
    Credits,
    /// Guided Learning Hours.
    Glh,
    /// Hours of Total Unit Time.
    Tut,
    /// The number of units.
    Units,
}

impl Minimise {
    pub(super) fn measure(self) -> Measure {
        match self {
            Minimise::Credits => Measure::Credits,
            Minimise::Glh => Measure::GuidedHours,
            Minimise::Tut => Measure::TotalUnitTime,
            Minimise::Units => Measure::Units,
        }
    }
}

/// What is asked of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanWishes {
    /// The units there are already. They cost nothing, and none of them has to count.
    pub have: Selection,
    /// Units that are not to be taken. A unit that is had already may still count.
    pub without: BTreeSet<UnitNumber>,
    /// Units to choose where the cost is the same.
    pub prefer: BTreeSet<UnitNumber>,
    /// What is made least.
    pub minimise: Minimise,
    /// How many alternatives of the same cost are listed, up to [`MOST_LISTED`].
    pub most: usize,
}

impl Default for PlanWishes {
    fn default() -> Self {
        Self {
            have: Selection::default(),
            without: BTreeSet::new(),
            prefer: BTreeSet::new(),
            minimise: Minimise::default(),
            most: USUAL_ALTERNATIVES,
        }
    }
}

/// The answer: the least cost there is, and the ways of that cost.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// Whether the rule can be met as wished, whatever figures that are not known may be.
    pub reachable: bool,
    /// False where figures that are not known decide whether the rule can be met, or whether it can be met for less.
    pub known: bool,
    /// What was made least.
    pub minimise: Minimise,
    /// The least of it that must still be taken; where `known`, no way there costs less. None when the rule cannot be
    /// met, or only with units whose figure is not known.
    pub least: Option<u64>,
    /// How many different sets of units to take have that cost.
    pub alternatives: BigCount,
    /// Those sets: most preferred units first, then fewest units, then in the order of the rule; as many as were asked
    /// for.
    pub ways: Vec<PlannedWay>,
    /// Why the rule cannot be met, or why the least is not sure, as sentences; empty when it can and is.
    pub reasons: Vec<Reason>,
}

/// One of the cheapest ways to meet a rule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PlannedWay {
    /// The units to take, in the order of the rule. Empty when the units there are already meet it.
    pub take: Vec<UnitNumber>,
    /// Sums over the units to take.
    pub to_take: Sums,
    /// Every unit that counts then, and where; units there are already included.
    pub counted: Vec<Counted>,
    /// Sums over the units that count.
    pub sums: Sums,
    /// The units there are already that do not count.
    pub surplus: Vec<UnitNumber>,
    /// Endorsements of the pathways chosen.
    pub endorsements: Vec<String>,
}

impl Prepared {
    /// The cheapest units to take so that, with those there are already, an award can be made.
    ///
    /// The chain of diagrams holds every way, so the least cost is proved; nothing is guessed or cut short.
    ///
    /// # Errors
    ///
    /// [`RuleFault::TooIntricate`] when the units there are already make too many states.
    pub fn plan(&self, wishes: &PlanWishes) -> Result<Plan, RuleFault> {
        let have = self.pack(&wishes.have.units);
        let measure = wishes.minimise.measure();
        let (without, prefer) = (self.pack(&wishes.without), self.pack(&wishes.prefer));
        // A figure that is not known is read as the least it can be, or keeps its unit out.
        let prices = |unknown: Option<u32>| -> Vec<Option<Price>> {
            let units = self.pool.units.iter().enumerate();
            let price = |(position, unit): (usize, &UnitFacts)| {
                let cost = measure.of(unit).or(unknown)?;
                (!without.contains(position)).then(|| Price {
                    cost: u64::from(cost),
                    preferred: -i64::from(prefer.contains(position)),
                    units: 1,
                })
            };
            units.map(price).collect()
        };
        let (automaton, chain) = self.still_to_take(Reading::Certain, &wishes.have, &have)?;
        let (known, bound) = (prices(None), prices(Some(0)));
        let cheapest = Cheapest::work_out(&chain, &known);
        let least = cheapest.least().map(|price| price.cost);
        let reachable = Cheapest::work_out(&chain, &bound).least().is_some();
        let at_best = match &self.possible {
            None => least,
            Some(_) => {
                let (_, possible) = self.still_to_take(Reading::Possible, &wishes.have, &have)?;
                let best = Cheapest::work_out(&possible, &bound).least();
                best.map(|price| price.cost)
            }
        };
        let sure = match (least, at_best) {
            (Some(least), Some(at_best)) => least <= at_best,
            (least, at_best) => least == at_best,
        };
        let mut reasons = Vec::new();
        if !sure {
            reasons.push(self.depends(&without));
        } else if !reachable {
            reasons = self.out_of_reach(&automaton, &chain, wishes, &have);
        }
        let listed = cheapest.list(wishes.most.min(MOST_LISTED));
        Ok(Plan {
            reachable,
            known: sure,
            minimise: wishes.minimise,
            least,
            alternatives: cheapest.count(),
            ways: listed
                .iter()
                .map(|take| self.way(&automaton, take, &have, wishes))
                .collect(),
            reasons,
        })
    }

    /// The sentence about figures that are not known and that the answer depends on.
    fn depends(&self, without: &UnitSet) -> Reason {
        let units = self.pool.units.iter().enumerate();
        let unknown = units.filter(|(position, unit)| !without.contains(*position) && !unit.is_known());
        let depends = unknown.map(|(_, unit)| (NamedUnit::from(unit), unit.unknown_figures()));
        Reason::Depends(depends.collect())
    }

    /// All sets of units whose addition makes an award, and the automaton that tells them. A unit had already may be
    /// taken or not at no cost, so it is not asked about.
    fn still_to_take(
        &self,
        reading: Reading,
        selection: &Selection,
        have: &UnitSet,
    ) -> Result<(Lent<'_, Automaton>, Lent<'_, Chain>), RuleFault> {
        let (automaton, chain) = match (reading, &self.possible) {
            (Reading::Possible, Some((automaton, chain))) => (automaton, chain),
            _ => (&self.automaton, &self.chain),
        };
        if have.is_empty() {
            return Ok((Lent::Borrowed(automaton), Lent::Borrowed(chain)));
        }
        let prior = self.pack(selection.prior_learning.intersection(&selection.units));
        let ceiling = self.ceiling.filter(|_| !prior.is_empty());
        let automaton = match ceiling {
            None => Lent::Borrowed(automaton),
            Some(ceiling) => Lent::Owned(self.with_ceiling(reading, prior, ceiling)?),
        };
        let chain = Chain::build_taking(&automaton, self.effort, |position| {
            match have.contains(position) {
                true => Taking::Free,
                false => Taking::Asked,
            }
        })?;
        Ok((automaton, Lent::Owned(chain)))
    }

    /// The automaton with the ceiling on prior learning as one more condition.
    fn with_ceiling(&self, reading: Reading, prior: UnitSet, ceiling: u32) -> Result<Automaton, RuleFault> {
        let mut alternatives = self.alternatives.clone();
        for alternative in &mut alternatives {
            alternative.checks.push(Check::Total {
                label: None,
                sum: Sum {
                    measure: Measure::Credits,
                    level: None,
                    among: Some(prior),
                    places: alternative.places.clone(),
                    percent: None,
                },
                least: 0,
                most: Some(ceiling),
                mandatory: None,
            });
        }
        Automaton::new(&alternatives, &self.pool, &self.places, reading)
    }

    fn way(&self, automaton: &Automaton, take: &UnitSet, have: &UnitSet, wishes: &PlanWishes) -> PlannedWay {
        let (alternative, placed) = place(automaton, take, have).unwrap_or_default();
        let units: UnitSet = placed.iter().map(|(unit, _)| *unit).collect();
        let counted: Vec<Counted> = placed
            .iter()
            .filter_map(|(unit, place)| {
                Some(Counted {
                    unit: self.pool.units.get(*unit)?.number.clone(),
                    group: self.places.get(*place).and_then(|place| place.label.clone()),
                })
            })
            .collect();
        let facts = |set: UnitSet| {
            let units = &self.pool.units;
            units
                .iter()
                .enumerate()
                .filter(move |(position, _)| set.contains(*position))
                .map(|(_, unit)| unit)
        };
        let surplus = wishes.have.units.iter().filter(|unit| {
            let position = self.pool.position.get(*unit);
            position.is_none_or(|position| !units.contains(*position))
        });
        PlannedWay {
            take: self.numbers(take),
            to_take: Sums::over(facts(*take)),
            sums: Sums::over(facts(units)),
            surplus: surplus.cloned().collect(),
            endorsements: self
                .alternatives
                .get(alternative)
                .map(|found| found.endorsements.clone())
                .unwrap_or_default(),
            counted,
        }
    }

    /// Why there is no way: which of the units left out would have to be taken, and what is short without them; or that
    /// prior learning, or the rule itself, stands in the way.
    fn out_of_reach(
        &self,
        automaton: &Automaton,
        chain: &Chain,
        wishes: &PlanWishes,
        have: &UnitSet,
    ) -> Vec<Reason> {
        let without = self.pack(&wishes.without);
        let price = |position: usize| {
            Some(Price {
                cost: u64::from(without.contains(position)),
                preferred: 0,
                units: 1,
            })
        };
        let prices: Vec<Option<Price>> = (0..self.pool.units.len()).map(price).collect();
        let best = Cheapest::work_out(chain, &prices).list(1).pop();
        let Some(take) = best else {
            let impossible = self.beyond_ceiling(&wishes.have).unwrap_or(Reason::Impossible);
            return vec![impossible];
        };
        let wanted = take.both(&without);
        let placed = place(automaton, &take, have);
        let kept: UnitSet = placed
            .iter()
            .flat_map(|(_, placed)| placed)
            .map(|(unit, _)| *unit)
            .collect();
        let mut reasons = vec![Reason::NotWithout(self.named(&wanted))];
        reasons.extend(self.shortages(&kept.without(&wanted), placed.as_ref()));
        reasons
    }
}

/// The prepared thing itself, or one made for the question.
enum Lent<'a, T> {
    Borrowed(&'a T),
    Owned(T),
}

impl<T> std::ops::Deref for Lent<'_, T> {
    type Target = T;

    fn deref(&self) -> &T {
        match self {
            Lent::Borrowed(lent) => lent,
            Lent::Owned(own) => own,
        }
    }
}

/// Places the units to take, and as many of those there are already as may count.
fn place(automaton: &Automaton, take: &UnitSet, have: &UnitSet) -> Option<(usize, Vec<Placed>)> {
    automaton.place_taking(|position| {
        if take.contains(position) {
            Taking::Taken
        } else if have.contains(position) {
            Taking::Free
        } else {
            Taking::Left
        }
    })
}
