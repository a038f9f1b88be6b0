//! What a correction is about, as it stands in addresses and records: `unit/3/credits`, `unit/3/outcome/0/criterion/1`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// A part of a draft; places are counted from 0 in the draft's order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Part {
    /// A qualification.
    Qualification {
        /// Its place.
        qualification: usize,
    },
    /// A row of a qualification's printed table of units.
    Row {
        /// The qualification's place.
        qualification: usize,
        /// Its place in the table.
        row: usize,
    },
    /// A unit.
    Unit {
        /// Its place.
        unit: usize,
    },
    /// A learning outcome.
    Outcome {
        /// The unit's place.
        unit: usize,
        /// Its place in the unit.
        outcome: usize,
    },
    /// A criterion.
    Criterion {
        /// The unit's place.
        unit: usize,
        /// The outcome's place in the unit.
        outcome: usize,
        /// Its place in the outcome.
        criterion: usize,
    },
}

/// A value of the document or of a part: `document/title`, `unit/3/credits`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Target {
    /// The part; none for the document.
    pub part: Option<Part>,
    /// Name of the value, such as `credits`.
    pub field: String,
}

impl Target {
    /// A value of a part.
    pub fn of(part: Part, field: &str) -> Self {
        Self {
            part: Some(part),
            field: field.to_owned(),
        }
    }

    /// A value of the document.
    pub fn of_document(field: &str) -> Self {
        Self {
            part: None,
            field: field.to_owned(),
        }
    }
}

impl Part {
    /// The part as it stands in an address.
    pub fn address(&self) -> String {
        match self {
            Part::Qualification { qualification } => format!("qualification/{qualification}"),
            Part::Row { qualification, row } => format!("qualification/{qualification}/row/{row}"),
            Part::Unit { unit } => format!("unit/{unit}"),
            Part::Outcome { unit, outcome } => format!("unit/{unit}/outcome/{outcome}"),
            Part::Criterion {
                unit,
                outcome,
                criterion,
            } => format!("unit/{unit}/outcome/{outcome}/criterion/{criterion}"),
        }
    }
}

impl fmt::Display for Part {
    /// In words, counted from 1.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Part::Qualification { qualification } => write!(f, "qualification no. {}", qualification + 1),
            Part::Row { qualification, row } => write!(
                f,
                "row no. {} in the table of qualification no. {}",
                row + 1,
                qualification + 1
            ),
            Part::Unit { unit } => write!(f, "unit no. {}", unit + 1),
            Part::Outcome { unit, outcome } => {
                write!(f, "learning outcome no. {} of unit no. {}", outcome + 1, unit + 1)
            }
            Part::Criterion {
                unit,
                outcome,
                criterion,
            } => write!(
                f,
                "criterion no. {} of learning outcome no. {} of unit no. {}",
                criterion + 1,
                outcome + 1,
                unit + 1
            ),
        }
    }
}

/// The text is not the address of a part or value.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a place in a syllabus, such as unit/3/credits")]
pub struct NotAPlace(String);

fn part_of(steps: &[&str]) -> Option<Part> {
    let number = |text: &str| text.parse::<usize>().ok().filter(|number| *number < 100_000);
    Some(match steps {
        ["qualification", qualification] => Part::Qualification {
            qualification: number(qualification)?,
        },
        ["qualification", qualification, "row", row] => Part::Row {
            qualification: number(qualification)?,
            row: number(row)?,
        },
        ["unit", unit] => Part::Unit { unit: number(unit)? },
        ["unit", unit, "outcome", outcome] => Part::Outcome {
            unit: number(unit)?,
            outcome: number(outcome)?,
        },
        ["unit", unit, "outcome", outcome, "criterion", criterion] => Part::Criterion {
            unit: number(unit)?,
            outcome: number(outcome)?,
            criterion: number(criterion)?,
        },
        _ => return None,
    })
}

impl FromStr for Part {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let steps: Vec<&str> = text.split('/').collect();
        part_of(&steps).ok_or_else(|| NotAPlace(text.chars().take(80).collect()))
    }
}

impl FromStr for Target {
    type Err = NotAPlace;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let unread = || NotAPlace(text.chars().take(80).collect());
        let (lead, field) = text.rsplit_once('/').ok_or_else(unread)?;
        let part = match lead {
            "document" => None,
            lead => Some(lead.parse::<Part>().map_err(|_| unread())?),
        };
        Ok(Target {
            part,
            field: field.to_owned(),
        })
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.part {
            Some(part) => write!(f, "{}/{}", part.address(), self.field),
            None => write!(f, "document/{}", self.field),
        }
    }
}

macro_rules! as_text {
    ($type:ty, $write:expr) => {
        impl Serialize for $type {
            fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                let write: fn(&$type) -> String = $write;
                to.serialize_str(&write(self))
            }
        }
        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                String::deserialize(from)?
                    .parse()
                    .map_err(serde::de::Error::custom)
            }
        }
    };
}

as_text!(Part, Part::address);
as_text!(Target, ToString::to_string);
