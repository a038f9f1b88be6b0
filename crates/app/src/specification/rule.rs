//! A rule of combination, asked: judge a choice, plan the cheapest way, sum up what valid choices come to (QS-15 to QS-20).
//! docs/rules-of-combination.md says what each answer means.

use super::view::{SpecificationSeen, see};
use crate::plan::choice::{Between, ChoiceSums, sentence};
use crate::{App, Asking, Complaint, Failure};
use assay_domain::id::SpecificationId;
use assay_specification::rule::{
    Minimise, PlanWishes, Prepared, Range, Reason, RuleFault, Selection, Sums, Verdict,
};
use assay_specification::{Qualification, Specification, UnitNumber};
use std::collections::BTreeSet;
use std::sync::Arc;

/// How many ways of the same cost are told where nothing is asked, and at most.
const USUAL_WAYS: usize = 12;
const MOST_WAYS: usize = 100;

/// What a plan makes least over the units still to take.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize, utoipa::ToSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Least {
    #[default]
    Credits,
    /// Guided Learning Hours.
    Glh,
    /// Total Unit Time in hours.
    Tut,
    /// The number of units.
    Units,
}

impl From<Least> for Minimise {
    fn from(least: Least) -> Self {
        match least {
            Least::Credits => Minimise::Credits,
            Least::Glh => Minimise::Glh,
            Least::Tut => Minimise::Tut,
            Least::Units => Minimise::Units,
        }
    }
}

/// What is asked of a plan.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields, default)]
pub struct WayAsked {
    /// What is made least.
    pub minimise: Least,
    /// Units that are there already or are taken in any case: they cost nothing, and none of them has to count.
    pub have: Vec<String>,
    /// Units that are not to be taken.
    pub without: Vec<String>,
    /// Units to choose where the cost is the same.
    pub prefer: Vec<String>,
    /// How many ways of the same cost are told: 12 where nothing is said, at most 100.
    pub most: Option<u32>,
}

/// The cheapest ways to an award.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct BestWay {
    /// Whether the rule can be met as asked.
    pub reachable: bool,
    /// False where figures that are not known decide whether it can, or whether it can for less.
    pub known: bool,
    pub minimise: Least,
    /// The least of it that must still be taken, proved; none when the rule cannot be met, or the figure is not known.
    pub least: Option<u64>,
    /// How many sets of units to take have that cost, in decimal digits: there may be very many.
    pub alternatives: String,
    /// Those sets: most preferred units first, then fewest units, then in the order of the rule.
    pub ways: Vec<OneWay>,
    /// Why the rule cannot be met, or why the least is not sure, in sentences.
    pub reasons: Vec<String>,
}

/// One of the cheapest ways.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct OneWay {
    /// The units to take; none when those there are already meet the rule.
    pub take: Vec<String>,
    /// Sums over the units to take.
    pub to_take: ChoiceSums,
    /// The units that count then, those there already among them.
    pub counted: Vec<CountedUnit>,
    /// Sums over the units that count.
    pub sums: ChoiceSums,
    /// The units there already that do not count.
    pub surplus: Vec<String>,
    /// Endorsements of the pathways chosen, which stand in the title.
    pub endorsements: Vec<String>,
}

/// A unit that counts, and where.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CountedUnit {
    pub unit: String,
    /// The group of the rule; none where it is not named.
    pub group: Option<String>,
}

/// A choice of units, judged by a rule.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct RuleJudged {
    /// Whether some part of the units, as achieved, meets the rule.
    pub award: RuleVerdict,
    /// Whether the choice as a whole is permitted, as at registration.
    pub choice: RuleVerdict,
    /// Sums over the whole choice.
    pub sums: ChoiceSums,
}

/// An answer with its grounds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct RuleVerdict {
    pub met: bool,
    /// False where the answer depends on figures that are not known.
    pub known: bool,
    /// Why not, in sentences with numbers.
    pub reasons: Vec<String>,
    /// The smallest additions that would meet the rule, fewest units first, then fewest credits; at most 12.
    pub additions: Vec<Vec<String>>,
    pub counted: Vec<CountedUnit>,
    pub surplus: Vec<String>,
    pub endorsements: Vec<String>,
}

/// What a rule comes to over all valid choices.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct RuleSummary {
    /// The number of valid choices, in decimal digits.
    pub selections: String,
    /// The number of those from which no unit can be left out; none when that is too intricate to count.
    pub minimal_selections: Option<String>,
    /// Least and most over all valid choices, each on its own; none when there is no valid choice.
    pub ranges: Option<RuleRanges>,
}

/// The least and most of each figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct RuleRanges {
    pub units: Between,
    pub credits: Between,
    pub glh: Between,
    pub tut: Between,
}

/// Judges units by the rule of a qualification.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not see the specification or it has no such qualification;
/// `Unreadable` when it has no unit of a number.
pub fn judge(
    asking: &mut Asking<'_, '_>,
    id: &SpecificationId,
    qualification: &str,
    units: &[String],
) -> Result<RuleJudged, Failure> {
    let seen = see(asking, id)?;
    let (_, prepared) = prepared(asking.app, &seen, qualification)?;
    let mut complaints = Vec::new();
    let units = known(&seen.specification, "units", units, &mut complaints);
    if !complaints.is_empty() {
        return Err(Failure::Unreadable(complaints));
    }
    let judgement = prepared.judge(&units.into_iter().collect());
    Ok(RuleJudged {
        award: verdict(&judgement.award),
        choice: verdict(&judgement.choice),
        sums: sums(&judgement.sums),
    })
}

/// The cheapest ways through the rule of a qualification.
///
/// # Errors
/// As [`judge`]; `Unreadable` also when the units there already make the rule too intricate.
pub fn plan(
    asking: &mut Asking<'_, '_>,
    id: &SpecificationId,
    qualification: &str,
    asked: &WayAsked,
) -> Result<BestWay, Failure> {
    let seen = see(asking, id)?;
    let (_, prepared) = prepared(asking.app, &seen, qualification)?;
    best_way(&seen.specification, &prepared, asked)
}

/// What the rule of a qualification comes to.
///
/// # Errors
/// `SignInNeeded`; `NotFound`.
pub fn summary(
    asking: &mut Asking<'_, '_>,
    id: &SpecificationId,
    qualification: &str,
) -> Result<RuleSummary, Failure> {
    let seen = see(asking, id)?;
    let (_, prepared) = prepared(asking.app, &seen, qualification)?;
    Ok(summed(&prepared))
}

/// What a prepared rule comes to.
pub fn summed(prepared: &Prepared) -> RuleSummary {
    let summary = prepared.summary();
    RuleSummary {
        selections: summary.selections.to_string(),
        minimal_selections: summary.minimal_selections.map(|count| count.to_string()),
        ranges: summary.ranges.map(|ranges| RuleRanges {
            units: between(ranges.units),
            credits: between(ranges.credits),
            glh: between(ranges.glh),
            tut: between(ranges.tut),
        }),
    }
}

/// The cheapest ways, with the refusals that every asker gets alike.
pub(crate) fn best_way(
    specification: &Specification,
    prepared: &Prepared,
    asked: &WayAsked,
) -> Result<BestWay, Failure> {
    let mut complaints = Vec::new();
    let mut read = |field, units| known(specification, field, units, &mut complaints);
    let wishes = PlanWishes {
        have: read("have", &asked.have).into_iter().collect::<Selection>(),
        without: read("without", &asked.without),
        prefer: read("prefer", &asked.prefer),
        minimise: asked.minimise.into(),
        most: asked
            .most
            .and_then(|most| usize::try_from(most).ok())
            .map_or(USUAL_WAYS, |most| most.min(MOST_WAYS)),
    };
    if !complaints.is_empty() {
        return Err(Failure::Unreadable(complaints));
    }
    let plan = prepared
        .plan(&wishes)
        .map_err(|fault: RuleFault| Failure::unreadable("have", sentence(&fault.to_string())))?;
    Ok(BestWay {
        reachable: plan.reachable,
        known: plan.known,
        minimise: asked.minimise,
        least: plan.least,
        alternatives: plan.alternatives.to_string(),
        ways: plan
            .ways
            .into_iter()
            .map(|way| OneWay {
                take: numbers(&way.take),
                to_take: sums(&way.to_take),
                counted: counted(&way.counted),
                sums: sums(&way.sums),
                surplus: numbers(&way.surplus),
                endorsements: way.endorsements,
            })
            .collect(),
        reasons: sentences(&plan.reasons),
    })
}

fn prepared<'s>(
    app: &App,
    seen: &'s SpecificationSeen,
    qualification: &str,
) -> Result<(&'s Qualification, Arc<Prepared>), Failure> {
    let found = seen
        .specification
        .find_qualification(qualification)
        .ok_or(Failure::NotFound)?;
    // A specification under work may have a rule that cannot be worked with: its reviewer is told, and nothing has broken.
    let prepared = app
        .rule(&seen.row.id, &seen.specification, found)
        .map_err(|fault| Failure::unreadable("qualification", sentence(&fault.to_string())))?;
    Ok((found, prepared))
}

/// The units of these numbers; a complaint for each that the specification does not have.
fn known(
    specification: &Specification,
    field: &str,
    units: &[String],
    complaints: &mut Vec<Complaint>,
) -> BTreeSet<UnitNumber> {
    let mut found = BTreeSet::new();
    for unit in units {
        match specification.units.iter().find(|one| one.number.as_str() == unit) {
            Some(one) => {
                found.insert(one.number.clone());
            }
            // One sentence is enough, however long the list is.
            None if complaints.iter().any(|complaint| complaint.field == field) => {}
            None => {
                let shown: String = unit.chars().take(40).collect();
                complaints.push(Complaint::new(
                    field,
                    format!("The syllabus has no unit {shown}."),
                ));
            }
        }
    }
    found
}

fn verdict(verdict: &Verdict) -> RuleVerdict {
    RuleVerdict {
        met: verdict.met,
        known: verdict.known,
        reasons: sentences(&verdict.reasons),
        additions: verdict
            .smallest_additions
            .iter()
            .map(|units| numbers(units))
            .collect(),
        counted: counted(&verdict.counted),
        surplus: numbers(&verdict.surplus),
        endorsements: verdict.endorsements.clone(),
    }
}

fn sentences(reasons: &[Reason]) -> Vec<String> {
    reasons
        .iter()
        .map(|reason| sentence(&reason.to_string()))
        .collect()
}

fn numbers(units: &[UnitNumber]) -> Vec<String> {
    units.iter().map(ToString::to_string).collect()
}

fn counted(units: &[assay_specification::rule::Counted]) -> Vec<CountedUnit> {
    units
        .iter()
        .map(|counted| CountedUnit {
            unit: counted.unit.to_string(),
            group: counted.group.clone(),
        })
        .collect()
}

fn sums(sums: &Sums) -> ChoiceSums {
    ChoiceSums {
        units: sums.units,
        credits: sums.credits,
        glh: sums.glh,
        tut: sums.tut,
    }
}

fn between(range: Range) -> Between {
    Between {
        least: range.least,
        most: range.most,
    }
}
