//! What a rule comes to over all valid selections.

use serde::Serialize;

use super::facts::Measure;
use super::minimal::minimal;
use super::number::BigCount;
use super::prepared::Prepared;

/// What a rule comes to over all valid selections, prior learning left out of account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Number of valid selections, each unit of which counts.
    pub selections: BigCount,
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
    /// Least.
    pub least: u32,
    /// Most.
    pub most: u32,
}

impl Prepared {
    /// What the rule comes to (QS-19).
    pub fn summary(&self) -> Summary {
        let count = |diagram: &super::diagram::Diagram| {
            diagram.fold(BigCount::zero(), BigCount::one(), |_, no, yes| no.plus(yes))
        };
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
            minimal_selections: minimal(&self.diagram).as_ref().map(count),
            ranges: ranges(),
        }
    }

    fn range(&self, measure: Measure) -> Option<Range> {
        self.diagram
            .fold(None, Some(Range { least: 0, most: 0 }), |node, no, yes| {
                let adds = self
                    .pool
                    .units
                    .get(node.unit as usize)
                    .map_or(0, |unit| measure.of(unit));
                let yes = yes.map(|range: Range| Range {
                    least: range.least.saturating_add(adds),
                    most: range.most.saturating_add(adds),
                });
                match (*no, yes) {
                    (Some(a), Some(b)) => Some(Range {
                        least: a.least.min(b.least),
                        most: a.most.max(b.most),
                    }),
                    (a, b) => a.or(b),
                }
            })
    }
}
