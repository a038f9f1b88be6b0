//! A set of units of a prepared rule, as bits.

use serde::{Deserialize, Serialize};

/// The most units that a rule may list.
pub const MOST_UNITS: usize = 512;

const WORDS: usize = MOST_UNITS / 64;

/// A set of units, by their position in a prepared rule. Small and cheap to copy, for judging many learners.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
pub struct UnitSet([u64; WORDS]);

impl UnitSet {
    /// The set without units.
    pub const EMPTY: UnitSet = UnitSet([0; WORDS]);

    /// Adds the unit at a position; positions past [`MOST_UNITS`] are passed over.
    pub(super) fn insert(&mut self, position: usize) {
        if let Some(word) = self.0.get_mut(position / 64) {
            *word |= 1 << (position % 64);
        }
    }

    /// Whether the unit at a position is in the set.
    pub(super) fn contains(&self, position: usize) -> bool {
        self.0
            .get(position / 64)
            .is_some_and(|word| word & (1 << (position % 64)) != 0)
    }

    /// How many units there are.
    pub fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        *self == Self::EMPTY
    }

    /// The positions in order.
    pub(super) fn positions(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(place, word)| {
            let mut left = *word;
            std::iter::from_fn(move || {
                (left != 0).then(|| {
                    let bit = left.trailing_zeros() as usize;
                    left &= left - 1;
                    place * 64 + bit
                })
            })
        })
    }

    /// The units in both.
    pub(super) fn both(&self, other: &UnitSet) -> UnitSet {
        let mut both = *self;
        both.0
            .iter_mut()
            .zip(other.0)
            .for_each(|(word, other)| *word &= other);
        both
    }

    /// The units here and not in the other.
    pub(super) fn without(&self, other: &UnitSet) -> UnitSet {
        let mut left = *self;
        left.0
            .iter_mut()
            .zip(other.0)
            .for_each(|(word, other)| *word &= !other);
        left
    }
}

impl FromIterator<usize> for UnitSet {
    fn from_iter<I: IntoIterator<Item = usize>>(positions: I) -> Self {
        let mut set = Self::EMPTY;
        positions.into_iter().for_each(|position| set.insert(position));
        set
    }
}
