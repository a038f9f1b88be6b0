//! Policy in force on a date: numbers that a body or a centre may set, read from dated, sourced profiles.
//!
//! Law and the regulator's rules are code; everything here is data (practice, principle and section 24).

use jiff::civil::Date;
use std::collections::BTreeMap;

/// A value of a profile.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum PolicyValue {
    Truth(bool),
    Number(i64),
    Text(String),
    List(Vec<String>),
}

/// One value from a date on, with its source.
#[derive(Debug, Clone, PartialEq)]
pub struct Dated {
    pub from: Date,
    pub value: PolicyValue,
    pub unit: String,
    pub source: String,
    pub note: String,
}

/// A policy profile: for each key a history of values, the profile it extends already merged in.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Profile {
    pub name: String,
    pub values: BTreeMap<String, Vec<Dated>>,
}

/// A profile as in force on one day.
#[derive(Debug, Clone, Copy)]
pub struct Policy<'p> {
    profile: &'p Profile,
    on: Date,
}

impl Profile {
    /// What is in force on a day.
    pub fn on(&self, on: Date) -> Policy<'_> {
        Policy { profile: self, on }
    }
}

impl<'p> Policy<'p> {
    /// The value in force for a key: the last one that began on or before the day. None when the profile is silent.
    pub fn value(&self, key: &str) -> Option<&'p Dated> {
        self.profile
            .values
            .get(key)?
            .iter()
            .filter(|dated| dated.from <= self.on)
            .max_by_key(|dated| dated.from)
    }

    /// A whole number, with its source for the refusal. None when the profile is silent: then the rule does not apply.
    pub fn number(&self, key: &str) -> Option<(i64, &'p str)> {
        match self.value(key) {
            Some(Dated {
                value: PolicyValue::Number(number),
                source,
                ..
            }) => Some((*number, source)),
            _ => None,
        }
    }

    /// A truth value; false when the profile is silent.
    pub fn truth(&self, key: &str) -> bool {
        matches!(
            self.value(key),
            Some(Dated {
                value: PolicyValue::Truth(true),
                ..
            })
        )
    }

    /// A word, e.g. the mode of verification.
    pub fn text(&self, key: &str) -> Option<&'p str> {
        match self.value(key) {
            Some(Dated {
                value: PolicyValue::Text(text),
                ..
            }) => Some(text),
            _ => None,
        }
    }

    /// A list of words; empty when the profile is silent.
    pub fn list(&self, key: &str) -> &'p [String] {
        match self.value(key) {
            Some(Dated {
                value: PolicyValue::List(list),
                ..
            }) => list,
            _ => &[],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_value_in_force_is_the_last_that_began_on_or_before_the_day() {
        let dated = |from, number| Dated {
            from,
            value: PolicyValue::Number(number),
            unit: "days".into(),
            source: "test".into(),
            note: String::new(),
        };
        let mut profile = Profile::default();
        profile.values.insert(
            "x".into(),
            vec![
                dated(date(2014, 9, 1), 1),
                dated(date(2019, 1, 1), 2),
                dated(date(2021, 1, 1), 3),
            ],
        );
        assert_eq!(profile.on(date(2013, 1, 1)).number("x"), None);
        assert_eq!(
            profile.on(date(2014, 9, 1)).number("x").map(|found| found.0),
            Some(1)
        );
        assert_eq!(
            profile.on(date(2019, 10, 14)).number("x").map(|found| found.0),
            Some(2)
        );
    }
}
