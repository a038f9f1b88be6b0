//! What of a rule is of any use: units that no valid selection takes, branches that nothing meets, totals that no valid
//! selection has.

use super::automaton::{Automaton, Reading};
use super::diagram::{Diagram, NONE, ONE};
use super::facts::{Measure, UnitFacts};
use super::fault::RuleFault;
use super::plan::Minimise;
use super::prepared::Prepared;
use super::unit_set::UnitSet;

/// How many branches are looked at one by one.
const MOST_BRANCHES: usize = 64;
/// How many bits the totals of all nodes may take: 16 MiB.
const MOST_BITS: usize = 1 << 27;

impl Prepared {
    /// The units that no selection takes, valid or, where figures are not known, maybe valid.
    pub fn useless_units(&self) -> impl Iterator<Item = &UnitFacts> {
        let diagram = self.widest();
        let mut reached = vec![false; diagram.len()];
        let mut taken = UnitSet::EMPTY;
        let mut waiting = vec![diagram.root];
        while let Some(index) = waiting.pop() {
            let Some(known) = reached.get_mut(index as usize).filter(|known| !**known) else {
                continue;
            };
            *known = true;
            if index > ONE {
                let node = diagram.at(index);
                taken.insert(node.unit as usize);
                waiting.extend([node.no, node.yes]);
            }
        }
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
            let diagram = Diagram::build(&automaton, self.pool.units.len())?;
            if diagram.root == NONE && !alternative.names.is_empty() {
                useless.push(alternative.names.clone());
            }
        }
        Ok(useless)
    }

    /// Whether some valid selection comes to exactly this total. None where that cannot be told: figures are not known,
    /// or the totals are too many.
    pub fn has_total(&self, figure: Minimise, total: u32) -> Option<bool> {
        let measure: Measure = figure.measure();
        let bits = usize::try_from(total).ok()?.checked_add(1)?;
        let words = bits.div_ceil(64);
        if self.possible.is_some() || words.checked_mul(64)?.checked_mul(self.diagram.len())? > MOST_BITS {
            return None;
        }
        let mut nothing = vec![0u64; words];
        if let Some(first) = nothing.first_mut() {
            *first = 1;
        }
        let totals = self.diagram.fold(vec![0u64; words], nothing, |node, no, yes| {
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

    fn widest(&self) -> &Diagram {
        self.possible
            .as_ref()
            .map_or(&self.diagram, |(_, diagram)| diagram)
    }
}
