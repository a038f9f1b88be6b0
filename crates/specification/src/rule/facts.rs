//! What judging needs to know of a unit, and what is judged.

use std::collections::BTreeSet;

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
    /// Level, 0 for entry level.
    pub level: u8,
    /// Credits.
    pub credits: u32,
    /// Total Unit Time in hours.
    pub tut: u32,
    /// Guided Learning Hours.
    pub glh: u32,
}

impl From<&Unit> for UnitFacts {
    fn from(unit: &Unit) -> Self {
        Self {
            number: unit.number.clone(),
            title: unit.title.clone(),
            level: unit.level,
            credits: unit.credits,
            tut: unit.tut,
            glh: unit.glh,
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

/// Sums over units, each unit once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Sums {
    /// Number of units.
    pub units: u32,
    /// Credits.
    pub credits: u32,
    /// Guided Learning Hours.
    pub glh: u32,
    /// Total Unit Time in hours.
    pub tut: u32,
}

impl Sums {
    /// The sums over some units (QS-19).
    pub fn over<'a>(units: impl IntoIterator<Item = &'a UnitFacts>) -> Self {
        units.into_iter().fold(Self::default(), |sums, unit| Self {
            units: sums.units.saturating_add(1),
            credits: sums.credits.saturating_add(unit.credits),
            glh: sums.glh.saturating_add(unit.glh),
            tut: sums.tut.saturating_add(unit.tut),
        })
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
    pub(super) fn of(self, unit: &UnitFacts) -> u32 {
        match self {
            Measure::Units => 1,
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
