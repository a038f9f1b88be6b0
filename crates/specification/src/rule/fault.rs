//! Why a rule cannot be worked with.

use std::fmt;

use serde::Serialize;

use super::unit_set::MOST_UNITS;
use crate::identifier::UnitNumber;

/// A rule that cannot be prepared. `check` reports it when the specification is loaded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub enum RuleFault {
    /// No group lists a unit, so there is nothing to choose.
    NoUnits,
    /// These units stand in the rule and no unit has their number.
    UnknownUnits(Vec<UnitNumber>),
    /// More than [`MOST_UNITS`] units.
    TooManyUnits(usize),
    /// Rules within rules more than [`DEEPEST_RULE`] deep.
    TooDeep,
    /// `any_of` and pathways multiply to more than [`MOST_ALTERNATIVES`] ways of choosing.
    TooManyAlternatives,
    /// A number of pathways is to be chosen of which there are fewer.
    TooFewPathways {
        /// To be chosen.
        choose: u32,
        /// On offer.
        offered: usize,
    },
    /// `prior_learning` or `surplus` stands below the top of the rule.
    NotAtTheTop(&'static str),
    /// The rule has more distinct states than are kept; it would have to be written more simply.
    TooIntricate,
    /// The credits or hours of all units together are more than are summed.
    FiguresTooLarge,
}

/// How deep rules may nest.
pub const DEEPEST_RULE: usize = 64;
/// How many ways of choosing among `any_of` and pathways a rule may have.
pub const MOST_ALTERNATIVES: usize = 1_000;

impl fmt::Display for RuleFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoUnits => f.write_str("the rule lists no unit"),
            Self::UnknownUnits(units) => {
                let names: Vec<&str> = units.iter().map(UnitNumber::as_str).collect();
                write!(
                    f,
                    "the rule names units that the specification does not have: {}",
                    names.join(", ")
                )
            }
            Self::TooManyUnits(count) => write!(
                f,
                "the rule lists {count} units; at most {MOST_UNITS} are allowed"
            ),
            Self::TooDeep => write!(f, "rules within rules may be at most {DEEPEST_RULE} deep"),
            Self::TooManyAlternatives => {
                write!(
                    f,
                    "any_of and pathways allow more than {MOST_ALTERNATIVES} ways of choosing"
                )
            }
            Self::TooFewPathways { choose, offered } => {
                write!(f, "{choose} pathways are to be chosen and {offered} are on offer")
            }
            Self::NotAtTheTop(key) => write!(f, "{key} may stand at the top of a rule only"),
            Self::FiguresTooLarge => {
                f.write_str("the credits or hours of the units are too large to be summed")
            }
            Self::TooIntricate => {
                f.write_str("the conditions of the rule interlock too much to be worked out exactly")
            }
        }
    }
}

impl std::error::Error for RuleFault {}
