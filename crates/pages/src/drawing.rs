//! Drawings made on the server: rings, bars, the grid of criteria, the measure of words.
//!
//! Each says the same in words beside it, so that nothing depends on seeing it; colours come from classes, so that
//! both themes, forced colours and paper work.

use std::borrow::Borrow;

use askama::Template;

use crate::format;
use crate::icon::{Icon, icon};

/// A part of a whole: criteria met, units achieved, credits gained.
#[derive(Debug, Clone, Default)]
pub struct Share {
    /// What is counted, e.g. `Criteria met`.
    pub name: String,
    /// How many there are.
    pub part: u64,
    /// How many there should be.
    pub whole: u64,
}

impl Share {
    /// A part of a whole.
    pub fn new(name: impl Into<String>, part: u64, whole: u64) -> Self {
        Self {
            name: name.into(),
            part,
            whole,
        }
    }

    fn percent(&self) -> u64 {
        format::percent(self.part, self.whole)
    }

    fn is_whole(&self) -> bool {
        self.whole > 0 && self.part >= self.whole
    }

    fn words(&self) -> String {
        format!("{} of {}", format::number(self.part), format::number(self.whole))
    }
}

/// Shares as rings, side by side: `{{ rings }}`.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/rings.html")]
pub struct Rings {
    /// The shares.
    pub shares: Vec<Share>,
}

impl askama::filters::HtmlSafe for Rings {}

/// Shares as bars, one below the other: `{{ bars }}`.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/bars.html")]
pub struct Bars {
    /// The shares.
    pub shares: Vec<Share>,
}

impl askama::filters::HtmlSafe for Bars {}

/// How a criterion stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Nothing has been handed in for it.
    #[default]
    NotSeen,
    /// The learner has pointed to work for it; it is not judged yet.
    Claimed,
    /// It is judged not yet met.
    NotYetMet,
    /// It is judged met.
    Met,
    /// It counts without judgement here, by recognition or exemption.
    Recognised,
}

impl Standing {
    /// All standings, in the order of the legend.
    pub const ALL: [Self; 5] = [
        Self::Met,
        Self::NotYetMet,
        Self::Claimed,
        Self::NotSeen,
        Self::Recognised,
    ];

    /// The words.
    pub fn words(self) -> &'static str {
        match self {
            Self::NotSeen => "nothing yet",
            Self::Claimed => "work pointed to, not judged",
            Self::NotYetMet => "not yet met",
            Self::Met => "met",
            Self::Recognised => "recognised",
        }
    }

    /// The icon beside the number.
    pub fn icon(self) -> Icon<'static> {
        icon(match self {
            Self::NotSeen => "dash",
            Self::Claimed => "document",
            Self::NotYetMet => "return",
            Self::Met => "check",
            Self::Recognised => "award",
        })
    }

    /// The class of the cell.
    pub fn class(self) -> &'static str {
        match self {
            Self::NotSeen => "notseen",
            Self::Claimed => "claimed",
            Self::NotYetMet => "notyet",
            Self::Met => "met",
            Self::Recognised => "locked",
        }
    }
}

/// Units and their criteria at a glance: `{{ grid }}`.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/criteria_grid.html")]
pub struct CriteriaGrid {
    /// The units.
    pub units: Vec<GridUnit>,
}

impl askama::filters::HtmlSafe for CriteriaGrid {}

impl CriteriaGrid {
    fn legend(&self) -> Vec<Standing> {
        let used = |standing: &Standing| {
            self.units
                .iter()
                .flat_map(|unit| &unit.criteria)
                .any(|criterion| criterion.standing == *standing)
        };
        Standing::ALL.into_iter().filter(used).collect()
    }
}

/// A unit of the grid.
#[derive(Debug, Clone, Default)]
pub struct GridUnit {
    /// The number, e.g. `7010V1`.
    pub number: String,
    /// The title.
    pub title: String,
    /// Where the unit can be seen.
    pub href: Option<String>,
    /// Its criteria, in order.
    pub criteria: Vec<GridCriterion>,
}

impl GridUnit {
    fn share(&self) -> String {
        let met =
            |criterion: &&GridCriterion| matches!(criterion.standing, Standing::Met | Standing::Recognised);
        let part = self.criteria.iter().filter(met).count();
        format!("{part} of {} met", self.criteria.len())
    }
}

/// A criterion of the grid.
#[derive(Debug, Clone, Default)]
pub struct GridCriterion {
    /// The number, e.g. `1.2`.
    pub number: String,
    /// The words of the criterion, shown on pointing and heard by screen readers.
    pub text: String,
    /// How it stands.
    pub standing: Standing,
    /// Where it can be seen.
    pub href: Option<String>,
}

/// The measure of a text's length against its limits: `{{ gauge }}`.
///
/// Source of the limits: the word-count rule of the policy profile (practice, section 8); words and limits are
/// given, nothing is counted here.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "components/word_gauge.html")]
pub struct WordGauge {
    /// An id, unique in the page, so that a script can keep it up to date.
    pub id: String,
    /// The words counted.
    pub words: u64,
    /// The least number asked for.
    pub least: u64,
    /// The greatest number asked for.
    pub most: u64,
    /// How far beyond either is still accepted, in per cent.
    pub tolerance: u64,
}

impl askama::filters::HtmlSafe for WordGauge {}

impl WordGauge {
    /// The fewest words still accepted.
    pub fn floor(&self) -> u64 {
        (self.least * (100_u64.saturating_sub(self.tolerance))).div_ceil(100)
    }

    /// The most words still accepted.
    pub fn ceiling(&self) -> u64 {
        self.most * (100 + self.tolerance) / 100
    }

    /// How the text stands, in words.
    pub fn verdict(&self) -> String {
        let n = format::number;
        let accepted = if self.is_accepted() { ", accepted" } else { "" };
        if self.words < self.least {
            format!(
                "{} short of {}{accepted}",
                n(self.least - self.words),
                n(self.least)
            )
        } else if self.words > self.most {
            format!("{} over {}{accepted}", n(self.words - self.most), n(self.most))
        } else {
            "within what is asked for".to_owned()
        }
    }

    /// Whether the length is accepted.
    pub fn is_accepted(&self) -> bool {
        (self.floor()..=self.ceiling()).contains(&self.words)
    }

    /// The right end of the scale.
    fn scale(&self) -> u64 {
        (self.ceiling() * 120 / 100).max(1)
    }

    /// A number of words as a place on the drawing, from 0 to 1000.
    fn at(&self, words: impl Borrow<u64>) -> u64 {
        (words.borrow() * 1000 / self.scale()).min(1000)
    }

    /// Where the needle stands; its width of 6 stays on the drawing.
    fn needle(&self) -> u64 {
        self.at(self.words).saturating_sub(3).min(994)
    }

    fn between(&self, from: impl Borrow<u64>, to: impl Borrow<u64>) -> u64 {
        self.at(to).saturating_sub(self.at(from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gauge(words: u64) -> WordGauge {
        WordGauge {
            id: "g".into(),
            words,
            least: 3000,
            most: 3500,
            tolerance: 10,
        }
    }

    #[test]
    fn the_tolerance_reaches_from_2700_to_3850_words() {
        assert_eq!((gauge(0).floor(), gauge(0).ceiling()), (2700, 3850));
        assert!(gauge(2700).is_accepted() && gauge(3850).is_accepted());
        assert!(!gauge(2699).is_accepted() && !gauge(3851).is_accepted());
        assert_eq!(gauge(2699).verdict(), "301 short of 3,000");
        assert_eq!(gauge(3212).verdict(), "within what is asked for");
        assert_eq!(gauge(2900).verdict(), "100 short of 3,000, accepted");
        assert_eq!(gauge(3700).verdict(), "200 over 3,500, accepted");
    }

    #[test]
    fn a_drawing_says_the_same_in_words() {
        let rings = Rings {
            shares: vec![Share::new("Credits", 25, 46)],
        };
        assert!(rings.to_string().contains("25 of 46"));
        let bars = Bars {
            shares: vec![Share::new("Units", 3, 0)],
        };
        assert!(bars.to_string().contains("3 of 0"));
        assert!(gauge(9_999_999).to_string().contains("over 3,500"));
    }

    #[test]
    fn each_standing_has_words_and_a_sign_of_its_own() {
        let words: std::collections::BTreeSet<_> =
            Standing::ALL.iter().map(|standing| standing.words()).collect();
        let signs: std::collections::BTreeSet<_> =
            Standing::ALL.iter().map(|s| s.icon().to_string()).collect();
        assert_eq!((words.len(), signs.len()), (5, 5));
    }
}
