//! Grades: from the results of a unit's criteria to the unit's result.
//!
//! A specification whose criteria are numbered 1.1, 2M1, 2D1 is graded: plain numbers and those with P ask for a pass, those with M for
//! merit, those with D for distinction. A unit's grade is the highest whose own criteria, and those of every lower
//! grade, are all met; how many of the criteria of a higher grade suffice can be set ([`GradeRule`]).

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

use crate::identifier::CriterionNumber;
use crate::unit::Unit;

/// A grade, lowest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// Pass.
    #[default]
    Pass,
    /// Merit.
    Merit,
    /// Distinction.
    Distinction,
}

impl Grade {
    /// All grades, lowest first.
    pub const ALL: [Grade; 3] = [Grade::Pass, Grade::Merit, Grade::Distinction];
}

impl fmt::Display for Grade {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Grade::Pass => "pass",
            Grade::Merit => "merit",
            Grade::Distinction => "distinction",
        })
    }
}

/// How a unit's grade is made of its criteria. Every criterion for a pass must be met in any case.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct GradeRule {
    /// How many of the criteria for merit must be met for merit; all where nothing is said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub merit_needs: Option<u32>,
    /// How many of the criteria for distinction must be met for distinction; all where nothing is said. What merit needs
    /// is needed too.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub distinction_needs: Option<u32>,
}

/// The result of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitGrade {
    /// The grade reached; none where a criterion for a pass is not met or not decided, so that the unit is not achieved.
    pub grade: Option<Grade>,
    /// The highest grade that can still be reached when everything not decided yet is met.
    pub within_reach: Option<Grade>,
    /// For the next grade, the criteria that are not met or not decided, in order. Where not all are needed, `needed`
    /// says how many of them are.
    pub missing: Vec<CriterionNumber>,
    /// How many of `missing` would make the next grade.
    pub needed: u32,
}

/// The grade of a unit from the results of its criteria: true for met, false for not met; what is not there is not
/// decided yet. Results for criteria that the unit does not have are passed over.
///
/// A grade that no criterion of the unit asks for is not given: a unit whose criteria all have plain numbers is passed
/// or not.
pub fn unit_grade(unit: &Unit, rule: GradeRule, results: &BTreeMap<CriterionNumber, bool>) -> UnitGrade {
    let mut reached = UnitGrade {
        grade: None,
        within_reach: None,
        missing: Vec::new(),
        needed: 0,
    };
    let (mut holds, mut may_hold) = (true, true);
    for grade in Grade::ALL {
        let asked: Vec<CriterionNumber> = unit
            .criteria()
            .map(|(_, criterion)| criterion.number)
            .filter(|number| number.grade() == grade)
            .collect();
        if asked.is_empty() {
            continue;
        }
        let all = asked.len();
        let needs = match grade {
            Grade::Pass => None,
            Grade::Merit => rule.merit_needs,
            Grade::Distinction => rule.distinction_needs,
        };
        let needs = needs.map_or(all, |needs| {
            usize::try_from(needs).map_or(all, |needs| needs.min(all))
        });
        let open: Vec<CriterionNumber> = asked
            .iter()
            .copied()
            .filter(|number| results.get(number) != Some(&true))
            .collect();
        let refused = asked
            .iter()
            .filter(|number| results.get(number) == Some(&false))
            .count();
        may_hold = may_hold && all - refused >= needs;
        if may_hold {
            reached.within_reach = Some(grade);
        }
        let met = all - open.len();
        if holds && met >= needs {
            reached.grade = Some(grade);
        } else if holds {
            // The first grade that is not reached is the next one.
            holds = false;
            reached.needed = u32::try_from(needs - met).unwrap_or(u32::MAX);
            reached.missing = open;
        }
    }
    reached
}

/// The grade of a graded unit from decisions on its criteria, each by its number and with whether it is met. None when no
/// criterion of the unit asks for more than a pass. Numbers that the unit does not have are passed over.
pub fn graded<'d>(unit: &Unit, decisions: impl Iterator<Item = (&'d str, bool)>) -> Option<UnitGrade> {
    if !unit.is_graded() {
        return None;
    }
    let results = decisions
        .filter_map(|(number, met)| Some((number.parse().ok()?, met)))
        .collect();
    Some(unit_grade(unit, unit.grades.unwrap_or_default(), &results))
}
