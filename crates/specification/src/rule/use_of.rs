//! What of a rule is of any use: units that no valid selection takes, branches that nothing meets, totals that no valid
//! selection has.

use super::automaton::{Automaton, Reading};
use super::chain::Chain;
use super::diagram::Diagram;
use super::expand::Check;
use super::facts::{Measure, UnitFacts};
use super::fault::RuleFault;
use super::plan::Minimise;
use super::prepared::Prepared;
use super::sum::Sum;

/// How many branches are looked at one by one.
const MOST_BRANCHES: usize = 64;
/// How many bits the totals of all nodes may take: 16 MiB.
const MOST_BITS: usize = 1 << 27;

impl Prepared {
    /// The units that no selection takes, valid or, where figures are not known, maybe valid.
    pub fn useless_units(&self) -> impl Iterator<Item = &UnitFacts> {
        let taken = self.widest().taken();
        let units = self.pool.units.iter().enumerate();
        units
            .filter(move |(position, _)| self.pool.is_named(*position) && !taken.contains(*position))
            .map(|(_, unit)| unit)
    }

    /// The choices among `any_of` and pathways, by their names, that no selection meets. Rules with very many choices
    /// are passed over.
    ///
    /// # Errors
    ///
    /// [`RuleFault`] when a branch by itself cannot be worked out; not known to happen where the whole can.
    pub fn useless_branches(&self) -> Result<Vec<Vec<String>>, RuleFault> {
        if self.alternatives.len() < 2 || self.alternatives.len() > MOST_BRANCHES {
            return Ok(Vec::new());
        }
        let mut useless = Vec::new();
        for alternative in &self.alternatives {
            let one = std::slice::from_ref(alternative);
            let automaton = Automaton::new(one, &self.pool, &self.places, Reading::Possible)?;
            let chain = Chain::build(&automaton, self.effort)?;
            if chain.is_empty() && !alternative.names.is_empty() {
                useless.push(alternative.names.clone());
            }
        }
        Ok(useless)
    }

    /// Whether some valid selection comes to exactly this total. None where that cannot be told: figures are not known,
    /// or that makes the rule too intricate.
    pub fn has_total(&self, figure: Minimise, total: u32) -> Option<bool> {
        if self.possible.is_some() {
            return None;
        }
        match self.chain.single() {
            Some(diagram) => self.has_total_in(diagram, figure.measure(), total),
            None => self.has_total_beside(figure.measure(), total),
        }
    }

    /// By the totals of all ways from each node.
    fn has_total_in(&self, diagram: &Diagram, measure: Measure, total: u32) -> Option<bool> {
        let bits = usize::try_from(total).ok()?.checked_add(1)?;
        let words = bits.div_ceil(64);
        if words.checked_mul(64)?.checked_mul(diagram.len())? > MOST_BITS {
            return None;
        }
        let mut nothing = vec![0u64; words];
        if let Some(first) = nothing.first_mut() {
            *first = 1;
        }
        let totals = diagram.fold(vec![0u64; words], nothing, |node, no, yes| {
            let unit = self.pool.units.get(node.unit as usize);
            let by = unit.and_then(|unit| measure.of(unit)).unwrap_or(0) as usize;
            let mut totals = no.clone();
            let (far, near) = (by / 64, by % 64);
            for (place, word) in totals.iter_mut().enumerate().skip(far) {
                let from = place - far;
                let low = yes.get(from).map_or(0, |word| word << near);
                let carried = match (near, from.checked_sub(1).and_then(|before| yes.get(before))) {
                    (1.., Some(before)) => before >> (64 - near),
                    _ => 0,
                };
                *word |= low | carried;
            }
            totals
        });
        let last = bits - 1;
        Some(
            totals
                .get(last / 64)
                .is_some_and(|word| word >> (last % 64) & 1 == 1),
        )
    }

    /// By the total as one more condition.
    fn has_total_beside(&self, measure: Measure, total: u32) -> Option<bool> {
        let mut alternatives = self.alternatives.clone();
        for alternative in &mut alternatives {
            alternative.checks.push(Check::Total {
                label: None,
                sum: Sum {
                    measure,
                    level: None,
                    among: None,
                    places: alternative.places.clone(),
                    percent: None,
                },
                least: total,
                most: Some(total),
                mandatory: None,
            });
        }
        let automaton = Automaton::new(&alternatives, &self.pool, &self.places, Reading::Certain).ok()?;
        let chain = Chain::build(&automaton, self.effort).ok()?;
        Some(!chain.is_empty())
    }

    fn widest(&self) -> &Chain {
        self.possible.as_ref().map_or(&self.chain, |(_, chain)| chain)
    }
}
