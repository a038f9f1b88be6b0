//! What a condition counts, unit by unit, and how much of it is known.

use super::expand::Pool;
use super::facts::{Measure, UnitFacts};
use super::language::LevelCondition;
use super::unit_set::UnitSet;

/// A sum over the units in some places.
#[derive(Clone)]
pub(super) struct Sum {
    pub(super) measure: Measure,
    /// Where only units of some levels count, those.
    pub(super) level: Option<LevelCondition>,
    /// Where only some units count, those.
    pub(super) among: Option<UnitSet>,
    pub(super) places: Vec<usize>,
    /// Where a share is asked for: what counts is the surplus over so many in a hundred of everything in the places, a
    /// hundredfold.
    pub(super) percent: Option<u32>,
}

/// What a figure may be: a least and a most, none where there is no bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) low: Option<i64>,
    pub(super) high: Option<i64>,
}

impl Span {
    pub(super) const NOTHING: Span = Span {
        low: Some(0),
        high: Some(0),
    };

    fn of(figure: Option<u32>) -> Span {
        Span {
            low: Some(figure.map_or(0, i64::from)),
            high: figure.map(i64::from),
        }
    }

    pub(super) fn is_known(self) -> bool {
        self.low.is_some() && self.low == self.high
    }

    pub(super) fn plus(self, other: Span) -> Span {
        let plus = |a: Option<i64>, b: Option<i64>| Some(a?.saturating_add(b?));
        Span {
            low: plus(self.low, other.low),
            high: plus(self.high, other.high),
        }
    }

    fn or(self, other: Span) -> Span {
        Span {
            low: self.low.zip(other.low).map(|(a, b)| a.min(b)),
            high: self.high.zip(other.high).map(|(a, b)| a.max(b)),
        }
    }

    fn times(self, factor: u32) -> Span {
        let times = |figure: Option<i64>| match factor {
            0 => Some(0),
            _ => figure.map(|figure| figure.saturating_mul(i64::from(factor))),
        };
        Span {
            low: times(self.low),
            high: times(self.high),
        }
    }

    fn negative(self) -> Span {
        Span {
            low: self.high.map(|high| -high),
            high: self.low.map(|low| -low),
        }
    }
}

impl Sum {
    /// What a unit adds when it is put into a place.
    pub(super) fn adds(&self, pool: &Pool, unit: usize, place: usize) -> Span {
        match pool.units.get(unit) {
            Some(facts) if self.places.contains(&place) && self.is_among(unit) => self.of(facts),
            _ => Span::NOTHING,
        }
    }

    fn is_among(&self, unit: usize) -> bool {
        self.among.is_none_or(|among| among.contains(unit))
    }

    fn of(&self, facts: &UnitFacts) -> Span {
        let figure = Span::of(self.measure.of(facts));
        let (inside, outside) = match self.percent {
            None => (figure, Span::NOTHING),
            Some(percent) => (
                figure.times(100_u32.saturating_sub(percent)),
                figure.times(percent).negative(),
            ),
        };
        let covered = self.level.map_or(Some(true), |level| level.covers(facts.level));
        match covered {
            Some(true) => inside,
            Some(false) => outside,
            None => inside.or(outside),
        }
    }
}
