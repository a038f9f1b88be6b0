//! What a rule comes to over all valid selections.

use std::fmt;

use serde::Serialize;

use super::chain::Chain;
use super::facts::{Measure, UnitFacts};
use super::minimal::minimal;
use super::number::BigCount;
use super::prepared::Prepared;
use super::question::{Answers, Question};
use super::spare::count_minimal;

/// What a rule comes to over all valid selections, prior learning left out of account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Number of valid selections, each unit of which counts.
    pub selections: BigCount,
    /// Where some unit has a figure that is not known, the number of selections that are valid for some figures in its
    /// place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub possible_selections: Option<BigCount>,
    /// Number of valid selections from which no unit can be left out; none when that is too intricate to count, as it may be for
    /// a rule too large for one diagram in which units have a choice of places.
    pub minimal_selections: Option<BigCount>,
    /// The least and most of each measure; none when no selection is valid.
    pub ranges: Option<Ranges>,
}

/// The least and most of each measure, each on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ranges {
    /// Number of units.
    pub units: Range,
    /// Credits.
    pub credits: Range,
    /// Guided Learning Hours.
    pub glh: Range,
    /// Total Unit Time in hours.
    pub tut: Range,
}

/// A least and a most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Range {
    /// Least; none where it depends on figures that are not known.
    pub least: Option<u32>,
    /// Most; none where it depends on figures that are not known.
    pub most: Option<u32>,
}

/// `6 to 39`, or what is known of it.
impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.least, self.most) {
            (Some(least), Some(most)) => write!(f, "{least} to {most}"),
            (Some(least), None) => write!(f, "at least {least}, the most not known"),
            (None, Some(most)) => write!(f, "at most {most}, the least not known"),
            (None, None) => f.write_str("not known"),
        }
    }
}

impl Prepared {
    /// What the rule comes to (QS-19).
    pub fn summary(&self) -> Summary {
        let count = |chain: &Chain| Answers::work_out(chain, HowMany).whole();
        Summary {
            selections: count(&self.chain),
            possible_selections: self.possible.as_ref().map(|(_, chain)| count(chain)),
            minimal_selections: self.minimal_selections(),
            ranges: self.ranges(),
        }
    }

    /// The least and most of each measure over all valid selections; none when there is no valid selection.
    pub fn ranges(&self) -> Option<Ranges> {
        Some(Ranges {
            units: self.range(Measure::Units)?,
            credits: self.range(Measure::Credits)?,
            glh: self.range(Measure::GuidedHours)?,
            tut: self.range(Measure::TotalUnitTime)?,
        })
    }

    fn range(&self, measure: Measure) -> Option<Range> {
        let valid = self.reach_of(&self.chain, measure);
        let Some((_, chain)) = &self.possible else {
            return valid.map(|valid| Range {
                least: valid.known.map(|(least, _)| least),
                most: valid.known.map(|(_, most)| most),
            });
        };
        // What is valid for sure has these figures; what may be valid must not go beyond them.
        let possible = self.reach_of(chain, measure)?;
        let known = valid.and_then(|valid| valid.known);
        Some(Range {
            least: known
                .map(|(least, _)| least)
                .filter(|least| possible.least >= *least),
            most: known
                .map(|(_, most)| most)
                .filter(|most| possible.most.is_some_and(|possible| possible <= *most)),
        })
    }

    fn reach_of(&self, chain: &Chain, measure: Measure) -> Option<Spread> {
        let units = &self.pool.units;
        Answers::work_out(chain, HowMuch { units, measure }).whole()
    }

    /// Number of valid selections of which no smaller part is valid.
    fn minimal_selections(&self) -> Option<BigCount> {
        let cuts = self.automaton.cuts(self.effort.least_cut);
        count_minimal(&self.automaton, &cuts).or_else(|| {
            let minimal = minimal(self.chain.single()?)?;
            Some(minimal.fold(BigCount::zero(), BigCount::one(), |_, no, yes| no.plus(yes)))
        })
    }
}

/// How many selections there are.
struct HowMany;

impl Question for HowMany {
    type Answer = BigCount;

    fn none(&self) -> BigCount {
        BigCount::zero()
    }

    fn one(&self) -> BigCount {
        BigCount::one()
    }

    fn taken(&self, _: usize, rest: &BigCount) -> BigCount {
        rest.clone()
    }

    fn either(&self, one: &BigCount, other: &BigCount) -> BigCount {
        one.plus(other)
    }

    fn both(&self, one: &BigCount, other: &BigCount) -> BigCount {
        one.times(other)
    }
}

/// The least and most of a measure.
struct HowMuch<'a> {
    units: &'a [UnitFacts],
    measure: Measure,
}

impl Question for HowMuch<'_> {
    type Answer = Option<Spread>;

    fn none(&self) -> Option<Spread> {
        None
    }

    fn one(&self) -> Option<Spread> {
        Some(Spread::of(Some(0)))
    }

    fn taken(&self, unit: usize, rest: &Option<Spread>) -> Option<Spread> {
        let unit = self.units.get(unit);
        self.both(
            &Some(Spread::of(unit.and_then(|unit| self.measure.of(unit)))),
            rest,
        )
    }

    fn either(&self, one: &Option<Spread>, other: &Option<Spread>) -> Option<Spread> {
        match (*one, *other) {
            (Some(one), Some(other)) => Some(one.or(other)),
            (one, other) => one.or(other),
        }
    }

    fn both(&self, one: &Option<Spread>, other: &Option<Spread>) -> Option<Spread> {
        one.zip(*other).map(|(one, other)| one.plus(other))
    }
}

/// The figures of some selections.
#[derive(Clone, Copy)]
struct Spread {
    /// No selection has less, whatever the figures that are not known.
    least: u32,
    /// No selection has more; none where a figure is not known.
    most: Option<u32>,
    /// Least and most of those selections whose figures are all known.
    known: Option<(u32, u32)>,
}

impl Spread {
    fn of(figure: Option<u32>) -> Spread {
        Spread {
            least: figure.unwrap_or(0),
            most: figure,
            known: figure.map(|figure| (figure, figure)),
        }
    }

    fn plus(self, other: Spread) -> Spread {
        let known = |((a, b), (c, d)): ((u32, u32), (u32, u32))| (a.saturating_add(c), b.saturating_add(d));
        Spread {
            least: self.least.saturating_add(other.least),
            most: self.most.zip(other.most).map(|(a, b)| a.saturating_add(b)),
            known: self.known.zip(other.known).map(known),
        }
    }

    fn or(self, other: Spread) -> Spread {
        Spread {
            least: self.least.min(other.least),
            most: self.most.zip(other.most).map(|(a, b)| a.max(b)),
            known: match (self.known, other.known) {
                (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
                (a, b) => a.or(b),
            },
        }
    }
}
