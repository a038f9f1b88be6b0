//! The language of rules, as data. `docs/rules-of-combination.md` explains it with examples.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::identifier::UnitNumber;

/// A rule of combination. Everything it says must hold at once.
///
/// A chosen unit is placed in one group and counts once. What a rule says about credits, units, hours and levels is
/// about the units placed in its own groups and in those of the rules within it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Rule {
    /// Name, where it helps to tell rules apart.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// How many credits are taken in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub credits: Option<Bounds>,
    /// How many units are taken in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub take: Option<Bounds>,
    /// Hours of Total Unit Time in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tut: Option<Bounds>,
    /// Guided Learning Hours in all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub glh: Option<Bounds>,
    /// Sets of units of which at most one may be taken.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub barred: Vec<Vec<UnitNumber>>,
    /// Sets of units that stand for each other and of which one counts.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub equivalents: Vec<Vec<UnitNumber>>,
    /// Ceiling on credits gained by recognition of prior learning. Only at the top of a rule.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prior_learning: Option<PriorLearning>,
    /// Whether units beyond the rule may be taken. Only at the top of a rule.
    #[serde(skip_serializing_if = "Surplus::is_refused")]
    pub surplus: Surplus,
    /// Groups of units; each must be satisfied.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub groups: Vec<Group>,
    /// Credits or units that must be at a level.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<LevelCondition>,
    /// Bounds on some of the units, whichever of the groups they stand in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Limit>,
    /// Units that may be taken only together with others.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub requires: Vec<RequiredUnits>,
    /// Rules that must all hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub all_of: Vec<Rule>,
    /// Rules of which one is chosen and must hold.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub any_of: Vec<Rule>,
    /// Pathways of which some are chosen and must hold.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pathways: Option<Pathways>,
}

/// A group of units.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Group {
    /// Name as printed, such as `Group A`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its units.
    pub units: Vec<UnitNumber>,
    /// How many of its units are taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub take: Option<Take>,
    /// How many credits are taken from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits: Option<Bounds>,
    /// Hours of Total Unit Time taken from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tut: Option<Bounds>,
    /// Guided Learning Hours taken from it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub glh: Option<Bounds>,
    /// Bounds on some of its units: a group inside the group.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub limits: Vec<Limit>,
    /// Units from outside the qualification that may be taken in this group.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outside: Option<Outside>,
}

/// Bounds on some of the units of a rule or group.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Limit {
    /// Name for sentences.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The units it is about; what stands for one of them is meant too.
    pub units: Vec<UnitNumber>,
    /// How many of them are taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub take: Option<Bounds>,
    /// How many of their credits are taken.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits: Option<Bounds>,
    /// Hours of their Total Unit Time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tut: Option<Bounds>,
    /// Their Guided Learning Hours.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub glh: Option<Bounds>,
}

/// Units from outside the qualification: those that are known and that no group of the rule lists.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outside {
    /// At most so many of them.
    pub at_most: u32,
    /// At most so many credits from them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_most_credits: Option<u32>,
    /// Only those of this level or a higher one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_or_above: Option<u8>,
}

/// How many units of a group are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Take {
    /// Every one: the group is mandatory.
    All(Every),
    /// So many.
    Number(Bounds),
}

/// The word `all`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Every {
    /// The word itself.
    All,
}

/// A least and a most number, both inclusive. `exactly` is short for both at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Bounds {
    /// At least so many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_least: Option<u32>,
    /// At most so many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at_most: Option<u32>,
    /// Exactly so many.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exactly: Option<u32>,
}

/// Credits or units that must be at a level. `at_or_above` and `exactly` say which; a condition with neither covers all levels.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LevelCondition {
    /// Units of this level or a higher one count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_or_above: Option<u8>,
    /// Units of this level count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exactly: Option<u8>,
    /// How many credits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub credits: Option<Bounds>,
    /// How many units.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub take: Option<Bounds>,
    /// At least so many in a hundred of all credits under the rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_least_percent: Option<u32>,
}

/// A unit that may be taken only together with others.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RequiredUnits {
    /// The unit.
    pub unit: UnitNumber,
    /// All of these must be taken too.
    pub needs: Vec<UnitNumber>,
}

/// Pathways of which `choose` are chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pathways {
    /// How many are chosen.
    pub choose: u32,
    /// The pathways on offer.
    pub of: Vec<Pathway>,
}

/// A pathway.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pathway {
    /// Name.
    pub name: String,
    /// What the certificate says in brackets after the title, where the pathway has an endorsement.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub endorsement: Option<String>,
    /// Its rule.
    pub rule: Rule,
}

/// Ceiling on recognition of prior learning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PriorLearning {
    /// At most so many of the counted credits may come from recognition of prior learning.
    pub at_most_credits: u32,
}

/// Whether units beyond the rule may be taken.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Surplus {
    /// Every unit chosen must count.
    #[default]
    Refused,
    /// Units may be taken that do not count.
    Allowed,
}

impl Surplus {
    fn is_refused(&self) -> bool {
        *self == Surplus::Refused
    }
}

impl Bounds {
    /// At least so many.
    pub fn at_least(number: u32) -> Self {
        Self {
            at_least: Some(number),
            ..Self::default()
        }
    }

    /// At most so many.
    pub fn at_most(number: u32) -> Self {
        Self {
            at_most: Some(number),
            ..Self::default()
        }
    }

    /// The least number, 0 where none is given.
    pub fn least(self) -> u32 {
        self.at_least.unwrap_or(0).max(self.exactly.unwrap_or(0))
    }

    /// The most, where one is given.
    pub fn most(self) -> Option<u32> {
        match (self.at_most, self.exactly) {
            (Some(a), Some(b)) => Some(a.min(b)),
            (a, b) => a.or(b),
        }
    }
}

impl LevelCondition {
    /// Whether a unit of this level counts; none where that depends on a level that is not known.
    pub fn covers(self, level: Option<u8>) -> Option<bool> {
        if self.at_or_above.is_none() && self.exactly.is_none() {
            return Some(true);
        }
        level.map(|level| {
            self.at_or_above.is_none_or(|least| level >= least)
                && self.exactly.is_none_or(|wanted| level == wanted)
        })
    }
}

impl Rule {
    /// The rules directly within this one, in the order in which they are written.
    pub fn inner_rules(&self) -> impl Iterator<Item = &Rule> {
        let pathways = self
            .pathways
            .iter()
            .flat_map(|pathways| pathways.of.iter().map(|pathway| &pathway.rule));
        self.all_of.iter().chain(&self.any_of).chain(pathways)
    }

    /// Every unit that a group of this rule or of a rule within it lists, or that is equivalent to such a unit.
    pub fn listed_units(&self) -> BTreeSet<UnitNumber> {
        let mut listed = BTreeSet::new();
        let mut equivalents = Vec::new();
        let mut waiting = vec![self];
        while let Some(rule) = waiting.pop() {
            listed.extend(rule.groups.iter().flat_map(|group| group.units.iter().cloned()));
            equivalents.extend(&rule.equivalents);
            waiting.extend(rule.inner_rules());
        }
        // A set may become known only through another one, so look until nothing is added.
        loop {
            let before = listed.len();
            for set in &equivalents {
                if set.iter().any(|unit| listed.contains(unit)) {
                    listed.extend(set.iter().cloned());
                }
            }
            if listed.len() == before {
                break;
            }
        }
        listed
    }
}
