//! What judging needs to know of a unit, and what is judged.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::identifier::UnitNumber;
use crate::unit::Unit;

/// The facts of a unit that a rule can ask about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnitFacts {
    /// Number.
    pub number: UnitNumber,
    /// Title, for the sentences of a judgement.
    pub title: String,
    /// Level, 0 for entry level; none where it is not known.
    pub level: Option<u8>,
    /// Credits, where they are known.
    pub credits: Option<u32>,
    /// Total Unit Time in hours, where it is known.
    pub tut: Option<u32>,
    /// Guided Learning Hours, where they are known.
    pub glh: Option<u32>,
}

impl UnitFacts {
    /// Whether every figure is known.
    pub fn is_known(&self) -> bool {
        self.unknown_figures().is_empty()
    }

    /// The names of the figures that are not known.
    pub fn unknown_figures(&self) -> Vec<&'static str> {
        let figures = [
            ("level", self.level.is_none()),
            ("credits", self.credits.is_none()),
            ("Total Unit Time", self.tut.is_none()),
            ("Guided Learning Hours", self.glh.is_none()),
        ];
        figures
            .into_iter()
            .filter(|(_, unknown)| *unknown)
            .map(|(name, _)| name)
            .collect()
    }
}

impl From<&Unit> for UnitFacts {
    fn from(unit: &Unit) -> Self {
        Self {
            number: unit.number.clone(),
            title: unit.title.clone(),
            level: Some(unit.level),
            credits: Some(unit.credits),
            tut: Some(unit.tut),
            glh: Some(unit.glh),
        }
    }
}

/// The units that somebody chose or achieved.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Selection {
    /// All of them.
    pub units: BTreeSet<UnitNumber>,
    /// Those among them that come from recognition of prior learning.
    pub prior_learning: BTreeSet<UnitNumber>,
}

impl FromIterator<UnitNumber> for Selection {
    fn from_iter<I: IntoIterator<Item = UnitNumber>>(units: I) -> Self {
        Self {
            units: units.into_iter().collect(),
            prior_learning: BTreeSet::new(),
        }
    }
}

/// Sums over units, each unit once. A sum over a unit whose figure is not known is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Sums {
    /// Number of units.
    pub units: u32,
    /// Credits.
    pub credits: Option<u32>,
    /// Guided Learning Hours.
    pub glh: Option<u32>,
    /// Total Unit Time in hours.
    pub tut: Option<u32>,
}

impl Sums {
    /// The sums over some units (QS-19).
    pub fn over<'a>(units: impl IntoIterator<Item = &'a UnitFacts>) -> Self {
        let plus = |sum: Option<u32>, figure: Option<u32>| Some(sum?.saturating_add(figure?));
        let none = Self {
            units: 0,
            credits: Some(0),
            glh: Some(0),
            tut: Some(0),
        };
        units.into_iter().fold(none, |sums, unit| Self {
            units: sums.units.saturating_add(1),
            credits: plus(sums.credits, unit.credits),
            glh: plus(sums.glh, unit.glh),
            tut: plus(sums.tut, unit.tut),
        })
    }
}

/// `7 units, 46 credits, GLH 190, TUT 460`.
impl fmt::Display for Sums {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let hours = |sum: Option<u32>| sum.map_or("not known".to_owned(), |sum| sum.to_string());
        f.write_str(&Measure::Units.in_words(self.units))?;
        match self.credits {
            Some(credits) => write!(f, ", {}", Measure::Credits.in_words(credits))?,
            None => f.write_str(", credits not known")?,
        }
        write!(f, ", GLH {}, TUT {}", hours(self.glh), hours(self.tut))
    }
}

/// What a rule can count of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Measure {
    Units,
    Credits,
    TotalUnitTime,
    GuidedHours,
}

impl Measure {
    /// The figure of a unit, where it is known.
    pub(super) fn of(self, unit: &UnitFacts) -> Option<u32> {
        match self {
            Measure::Units => Some(1),
            Measure::Credits => unit.credits,
            Measure::TotalUnitTime => unit.tut,
            Measure::GuidedHours => unit.glh,
        }
    }

    /// A number of it in words: `1 credit`, `7 credits`.
    pub(super) fn in_words(self, number: u32) -> String {
        let one = number == 1;
        let noun = match self {
            Measure::Units if one => "unit",
            Measure::Units => "units",
            Measure::Credits if one => "credit",
            Measure::Credits => "credits",
            Measure::TotalUnitTime if one => "hour of Total Unit Time",
            Measure::TotalUnitTime => "hours of Total Unit Time",
            Measure::GuidedHours if one => "Guided Learning Hour",
            Measure::GuidedHours => "Guided Learning Hours",
        };
        format!("{number} {noun}")
    }
}
