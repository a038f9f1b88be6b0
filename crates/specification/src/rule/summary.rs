//! What a rule comes to over all valid selections.

use std::fmt;

use serde::Serialize;

use super::diagram::Diagram;
use super::facts::Measure;
use super::minimal::minimal;
use super::number::BigCount;
use super::prepared::Prepared;

/// What a rule comes to over all valid selections, prior learning left out of account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Number of valid selections, each unit of which counts.
    pub selections: BigCount,
    /// Where some unit has a figure that is not known, the number of selections that are valid for some figures in its
    /// place.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub possible_selections: Option<BigCount>,
    /// Number of valid selections from which no unit can be left out; none when that is too intricate to count.
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
        let count =
            |diagram: &Diagram| diagram.fold(BigCount::zero(), BigCount::one(), |_, no, yes| no.plus(yes));
        let ranges = || {
            Some(Ranges {
                units: self.range(Measure::Units)?,
                credits: self.range(Measure::Credits)?,
                glh: self.range(Measure::GuidedHours)?,
                tut: self.range(Measure::TotalUnitTime)?,
            })
        };
        Summary {
            selections: count(&self.diagram),
            possible_selections: self.possible.as_ref().map(|(_, diagram)| count(diagram)),
            minimal_selections: minimal(&self.diagram).as_ref().map(count),
            ranges: ranges(),
        }
    }

    fn range(&self, measure: Measure) -> Option<Range> {
        let valid = self.reach_of(&self.diagram, measure);
        let Some((_, diagram)) = &self.possible else {
            return valid.map(|valid| Range {
                least: valid.known.map(|(least, _)| least),
                most: valid.known.map(|(_, most)| most),
            });
        };
        // What is valid for sure has these figures; what may be valid must not go beyond them.
        let possible = self.reach_of(diagram, measure)?;
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

    fn reach_of(&self, diagram: &Diagram, measure: Measure) -> Option<Spread> {
        let nothing = Spread {
            least: 0,
            most: Some(0),
            known: Some((0, 0)),
        };
        diagram.fold(None, Some(nothing), |node, no, yes| {
            let unit = self.pool.units.get(node.unit as usize);
            let adds = unit.and_then(|unit| measure.of(unit));
            let plus = |sum: u32| Some(sum.saturating_add(adds?));
            let yes = yes.map(|spread: Spread| Spread {
                least: spread.least.saturating_add(adds.unwrap_or(0)),
                most: spread.most.and_then(plus),
                known: spread.known.and_then(|(least, most)| plus(least).zip(plus(most))),
            });
            match (*no, yes) {
                (Some(a), Some(b)) => Some(Spread {
                    least: a.least.min(b.least),
                    most: a.most.zip(b.most).map(|(a, b)| a.max(b)),
                    known: match (a.known, b.known) {
                        (Some(a), Some(b)) => Some((a.0.min(b.0), a.1.max(b.1))),
                        (a, b) => a.or(b),
                    },
                }),
                (a, b) => a.or(b),
            }
        })
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
