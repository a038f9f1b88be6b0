//! Why a selection does not meet a rule, as a sentence with numbers.

use std::fmt;

use serde::{Serialize, Serializer};

use super::facts::{Measure, UnitFacts};
use super::language::LevelCondition;
use crate::identifier::UnitNumber;

/// A unit by number and title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedUnit {
    /// Number.
    pub number: UnitNumber,
    /// Title.
    pub title: String,
}

impl From<&UnitFacts> for NamedUnit {
    fn from(unit: &UnitFacts) -> Self {
        Self {
            number: unit.number.clone(),
            title: unit.title.clone(),
        }
    }
}

impl fmt::Display for NamedUnit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number, self.title)
    }
}

/// Why a selection does not meet a rule. [`Display`](fmt::Display) gives the sentence, which is also what stands on the
/// wire.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// A sum is too small.
    Short {
        /// The group or rule; none for the whole choice.
        place: Option<String>,
        /// What is missing: `7 credits`.
        by: String,
        /// The levels that count, where not all do: `at level 4 or above`.
        level: Option<String>,
    },
    /// A sum is too large.
    Over {
        /// The group or rule; none for the whole choice.
        place: Option<String>,
        /// By how much: `5 credits`.
        by: String,
        /// The most allowed.
        most: u32,
        /// The levels that count, where not all do.
        level: Option<String>,
    },
    /// A share of the credits is too small.
    Share {
        /// The group or rule; none for the whole choice.
        place: Option<String>,
        /// What is missing for the credits that there are: `3 credits`.
        by: String,
        /// The share asked for, in a hundred.
        percent: u32,
        /// The levels that count.
        level: Option<String>,
    },
    /// Whether a sum is within its bounds depends on figures that are not known.
    NotKnown {
        /// The group or rule; none for the whole choice.
        place: Option<String>,
        /// What is asked: `at least 7 credits`.
        asked: String,
        /// The levels that count, where not all do.
        level: Option<String>,
        /// The units whose figures are not known.
        units: Vec<NamedUnit>,
    },
    /// Whether it is met depends on these units, of which some figures are not known.
    Depends(Vec<(NamedUnit, Vec<&'static str>)>),
    /// Mandatory units are not there.
    Missing {
        /// The group; none for the whole choice.
        place: Option<String>,
        /// The units.
        units: Vec<NamedUnit>,
    },
    /// A unit is not among those of the rule.
    NotListed(UnitNumber, Option<String>),
    /// A unit is not among those of the pathway.
    NotOnPathway {
        /// The unit.
        unit: NamedUnit,
        /// The pathway.
        pathway: String,
    },
    /// Barred units stand together.
    Barred(Vec<NamedUnit>),
    /// Units that stand for each other stand together.
    Equivalent(Vec<NamedUnit>),
    /// A unit lacks the units it needs.
    Needs {
        /// The unit.
        unit: NamedUnit,
        /// What it needs.
        needs: Vec<NamedUnit>,
    },
    /// Too much comes from prior learning.
    PriorLearning {
        /// By how many credits.
        by: u32,
        /// The ceiling in credits.
        most: u32,
    },
    /// The choice between pathways or rules that the other reasons are about.
    Nearest(Vec<String>),
    /// No further unit on offer mends it.
    CannotBeCompleted,
    /// Units that were to be left out have to be taken.
    NotWithout(Vec<NamedUnit>),
    /// No choice of units meets the rule.
    Impossible,
}

impl Reason {
    /// Whether it is only that something is still to be added.
    pub fn is_shortage(&self) -> bool {
        matches!(
            self,
            Reason::Short { .. }
                | Reason::Share { .. }
                | Reason::NotKnown { .. }
                | Reason::Missing { .. }
                | Reason::Needs { .. }
                | Reason::Nearest(_)
        )
    }
}

pub(super) fn level_in_words(condition: LevelCondition) -> Option<String> {
    match (condition.at_or_above, condition.exactly) {
        (_, Some(level)) => Some(format!("at level {level}")),
        (Some(level), None) => Some(format!("at level {level} or above")),
        (None, None) => None,
    }
}

/// `a, b and c`.
pub(super) fn joined<T: fmt::Display>(items: &[T]) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    match items.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let at = |level: &Option<String>| {
            level
                .as_ref()
                .map(|level| format!(" {level}"))
                .unwrap_or_default()
        };
        match self {
            Reason::Short {
                place: Some(place),
                by,
                level,
            } => write!(f, "{place} is {by} short{}", at(level)),
            Reason::Short {
                place: None,
                by,
                level,
            } => write!(f, "{by} short{}", at(level)),
            Reason::Over {
                place: Some(place),
                by,
                most,
                level,
            } => {
                write!(f, "{place} is {by} over its most of {most}{}", at(level))
            }
            Reason::Over {
                place: None,
                by,
                most,
                level,
            } => write!(f, "{by} over the most of {most}{}", at(level)),
            Reason::Share {
                place,
                by,
                percent,
                level,
            } => {
                let place = place
                    .as_ref()
                    .map(|place| format!("{place} is "))
                    .unwrap_or_default();
                write!(f, "{place}{by} short of {percent}% of its credits{}", at(level))
            }
            Reason::NotKnown {
                place,
                asked,
                level,
                units,
            } => {
                let place = place.as_ref().map_or("the choice", String::as_str);
                write!(f, "whether {place} has {asked}{} is not known", at(level))?;
                write!(f, ", because the figures of {} are not known", joined(units))
            }
            Reason::Depends(units) => {
                let each: Vec<String> = units
                    .iter()
                    .map(|(unit, figures)| format!("{} of {unit}", joined(figures)))
                    .collect();
                write!(
                    f,
                    "the rule cannot be judged, because it is not known: {}",
                    joined(&each)
                )
            }
            Reason::Missing {
                place: Some(place),
                units,
            } => write!(f, "{place} lacks {}", joined(units)),
            Reason::Missing { place: None, units } => write!(f, "{} must be taken", joined(units)),
            Reason::NotListed(unit, Some(title)) => {
                write!(f, "{unit} {title} is not among the units of this rule")
            }
            Reason::NotListed(unit, None) => write!(f, "{unit} is not among the units of this rule"),
            Reason::NotOnPathway { unit, pathway } => write!(f, "{unit} is not among the units of {pathway}"),
            Reason::Barred(units) => write!(f, "{} may not be taken together", joined(units)),
            Reason::Equivalent(units) => write!(
                f,
                "{} stand for each other and only one of them counts",
                joined(units)
            ),
            Reason::Needs { unit, needs } => {
                write!(f, "{unit} may be taken only together with {}", joined(needs))
            }
            Reason::PriorLearning { by, most } => {
                write!(
                    f,
                    "recognition of prior learning is {} over the most of {most}",
                    Measure::Credits.in_words(*by)
                )
            }
            Reason::Nearest(names) => write!(f, "nearest: {}", joined(names)),
            Reason::CannotBeCompleted => f.write_str("with these units the rule can no longer be met"),
            Reason::NotWithout(units) => write!(f, "the rule cannot be met without {}", joined(units)),
            Reason::Impossible => f.write_str("no choice of units meets this rule"),
        }
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
