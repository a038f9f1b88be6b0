//! A rule made ready for questions.

use std::collections::BTreeSet;

use super::automaton::{Automaton, Reading};
use super::chain::Chain;
use super::effort::Effort;
use super::expand::{Alternative, Place, Pool, expand};
use super::facts::{Selection, Sums, UnitFacts};
use super::fault::RuleFault;
use super::language::{Rule, Surplus};
use super::reason::NamedUnit;
use super::unit_set::UnitSet;
use crate::identifier::UnitNumber;
use crate::qualification::Qualification;
use crate::specification::Specification;

/// A rule together with the facts of its units, worked out once so that any number of questions is answered fast and
/// exactly.
pub struct Prepared {
    pub(super) pool: Pool,
    pub(super) places: Vec<Place>,
    pub(super) alternatives: Vec<Alternative>,
    pub(super) automaton: Automaton,
    pub(super) chain: Chain,
    /// The same for what may be valid, where some unit has a figure that is not known.
    pub(super) possible: Option<(Automaton, Chain)>,
    pub(super) effort: Effort,
    pub(super) ceiling: Option<u32>,
    pub(super) surplus: Surplus,
    pub(super) barred_at_the_top: Vec<UnitSet>,
    /// All units known, also those that the rule does not list: for names and sums.
    pub(super) known: Vec<UnitFacts>,
}

impl Prepared {
    /// Prepares a rule. `units` are the facts of all units that the rule names; others are only used for their names
    /// and sums.
    ///
    /// # Errors
    ///
    /// [`RuleFault`] says why the rule cannot be worked with.
    pub fn new(rule: &Rule, units: impl IntoIterator<Item = UnitFacts>) -> Result<Self, RuleFault> {
        Self::with_effort(rule, units, Effort::default())
    }

    /// The same, with a say in how much may be spent.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub fn with_effort(
        rule: &Rule,
        units: impl IntoIterator<Item = UnitFacts>,
        effort: Effort,
    ) -> Result<Self, RuleFault> {
        let known: Vec<UnitFacts> = units.into_iter().collect();
        let expanded = expand(rule, &known)?;
        let build = |reading| {
            let automaton =
                Automaton::new(&expanded.alternatives, &expanded.pool, &expanded.places, reading)?;
            let chain = Chain::build(&automaton, effort)?;
            Ok((automaton, chain))
        };
        let (automaton, chain) = build(Reading::Certain)?;
        let possible = match expanded.pool.units.iter().all(UnitFacts::is_known) {
            true => None,
            false => Some(build(Reading::Possible)?),
        };
        Ok(Self {
            automaton,
            chain,
            possible,
            effort,
            ceiling: rule.prior_learning.map(|prior| prior.at_most_credits),
            surplus: rule.surplus,
            barred_at_the_top: expanded.barred_at_the_top,
            pool: expanded.pool,
            places: expanded.places,
            alternatives: expanded.alternatives,
            known,
        })
    }

    /// The units of a selection that the rule lists, packed for [`is_awarded`](Self::is_awarded) and
    /// [`is_permitted`](Self::is_permitted).
    pub fn pack<'a>(&self, units: impl IntoIterator<Item = &'a UnitNumber>) -> UnitSet {
        units
            .into_iter()
            .filter_map(|unit| self.pool.position.get(unit).copied())
            .collect()
    }

    /// Whether some part of these units meets the rule. Made for judging many learners; it leaves prior learning out
    /// of account, which [`judge`](Self::judge) does not.
    pub fn is_awarded(&self, held: &UnitSet) -> bool {
        !self.automaton.falls_short(held) && self.chain.holds_part_of(held)
    }

    /// Whether exactly these units meet the rule, each of them counting.
    pub fn is_permitted(&self, chosen: &UnitSet) -> bool {
        self.chain.holds(chosen)
    }

    /// The sums over a selection, units beyond the rule included (QS-19). A unit that is not known counts nothing.
    pub fn sums(&self, selection: &Selection) -> Sums {
        Sums::over(
            self.known
                .iter()
                .filter(|unit| selection.units.contains(&unit.number)),
        )
    }

    /// The units that the rule lists, in its order.
    pub fn listed_units(&self) -> impl Iterator<Item = &UnitFacts> {
        self.pool.units.iter()
    }

    pub(super) fn named(&self, set: &UnitSet) -> Vec<NamedUnit> {
        set.positions()
            .filter_map(|position| self.pool.units.get(position))
            .map(NamedUnit::from)
            .collect()
    }

    pub(super) fn numbers(&self, set: &UnitSet) -> Vec<UnitNumber> {
        set.positions()
            .filter_map(|position| self.pool.units.get(position))
            .map(|unit| unit.number.clone())
            .collect()
    }

    /// Credits as far as they are known.
    pub(super) fn credits(&self, set: &UnitSet) -> u32 {
        set.positions()
            .filter_map(|position| self.pool.units.get(position))
            .fold(0, |sum, unit| sum.saturating_add(unit.credits.unwrap_or(0)))
    }

    pub(super) fn outside(&self, units: &BTreeSet<UnitNumber>) -> Vec<UnitNumber> {
        units
            .iter()
            .filter(|unit| !self.pool.position.contains_key(*unit))
            .cloned()
            .collect()
    }
}

impl Specification {
    /// Prepares the rule of one of its qualifications.
    ///
    /// # Errors
    ///
    /// [`RuleFault`] says why the rule cannot be worked with; a checked specification has none.
    pub fn prepare(&self, qualification: &Qualification) -> Result<Prepared, RuleFault> {
        Prepared::new(&qualification.rule, self.units.iter().map(UnitFacts::from))
    }
}
