//! A choice of units, judged by the rule of combination while it is made (QS-16 to QS-20).

use crate::registration::find;
use crate::registration::syllabus::{self, Pinned};
use crate::specification::explained::{self, Explained};
use crate::{App, Asking, Failure};
use assay_domain::id::{PersonId, RegistrationId};
use assay_domain::plan::ChoiceFindings;
use assay_specification::UnitNumber;
use assay_specification::rule::{Prepared, Selection};
use assay_store::Tx;
use jiff::civil::Date;
use std::collections::BTreeSet;

/// Sums over a choice. A sum over a unit whose figure is not known is not known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ChoiceSums {
    pub units: u32,
    pub credits: Option<u32>,
    /// Guided Learning Hours.
    pub glh: Option<u32>,
    /// Total Unit Time in hours.
    pub tut: Option<u32>,
}

/// The least and the most that a valid choice can come to, where they are known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Between {
    pub least: Option<u32>,
    pub most: Option<u32>,
}

/// What valid choices come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ChoiceRanges {
    pub credits: Between,
    pub glh: Between,
    pub tut: Between,
}

/// A judged choice.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct JudgedChoice {
    /// The units chosen and carried over, in the specification's order.
    pub units: Vec<String>,
    /// Whether the choice satisfies the rule as it stands.
    pub met: bool,
    /// Whether some part of the units makes an award, whether or not the choice as a whole is permitted.
    pub award_met: bool,
    /// The units that count towards that award; empty where there is none.
    pub award_counts: Vec<String>,
    /// Whether it can still be completed by adding units.
    pub reachable: bool,
    /// What is missing, in sentences with numbers.
    pub missing: Vec<String>,
    /// What no further unit can mend.
    pub not_permitted: Vec<String>,
    /// Units that could be left out without leaving the rule, in sentences.
    pub beyond: Vec<String>,
    /// The smallest additions that would satisfy the rule, fewest credits first.
    pub additions: Vec<Vec<String>>,
    pub sums: ChoiceSums,
    /// Total Qualification Time, Guided Learning Hours and least credits as printed.
    pub printed_tqt: u32,
    pub printed_glh: u32,
    pub printed_credits: u32,
    /// The least and most possible over all valid choices; none when there is none.
    pub ranges: Option<ChoiceRanges>,
    /// Where the terms of the sums are explained (QS-10).
    #[serde(skip)]
    #[schema(ignore)]
    pub explained: Vec<Explained>,
}

impl JudgedChoice {
    /// As the plan's rule reads it.
    pub(crate) fn findings(&self) -> ChoiceFindings {
        ChoiceFindings {
            missing: self.missing.clone(),
            not_permitted: self.not_permitted.clone(),
            beyond: self.beyond.clone(),
        }
    }
}

/// A unit to choose from.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct UnitChoice {
    pub unit: String,
    pub title: String,
    pub level: u8,
    pub credits: u32,
    pub glh: u32,
    pub tut: u32,
    /// The group of the rule it stands in, where the rule names groups.
    pub group: Option<String>,
    pub chosen: bool,
    #[schema(value_type = Option<String>, format = Date)]
    pub target_on: Option<Date>,
    /// Code of the qualification under which the unit was achieved before: it counts and need not be chosen (QS-20).
    pub carried_from: Option<String>,
    /// Work is handed in or the unit is achieved: it stays in the plan.
    pub fixed: bool,
}

/// Judges a choice for a registration: the units named together with those achieved before.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not see the registration.
pub fn judge(
    asking: &mut Asking<'_, '_>,
    id: &RegistrationId,
    units: &[String],
) -> Result<JudgedChoice, Failure> {
    let seen = find::require_seen(asking, id)?;
    let pinned = syllabus::pinned(
        asking.app,
        asking.tx,
        &seen.row.specification,
        &seen.row.qualification,
    )?;
    let carried = carried(asking.tx, &seen.row.learner, id, &pinned)?;
    judged(asking.app, &pinned, units, &carried)
}

/// The units of the qualification that the learner achieved on other registrations.
pub(crate) fn carried(
    tx: &mut Tx<'_>,
    learner: &PersonId,
    registration: &RegistrationId,
    pinned: &Pinned,
) -> Result<Vec<(String, String)>, Failure> {
    let listed = listed(pinned)?;
    let mut carried: Vec<(String, String)> = Vec::new();
    for achieved in find::achieved_by(tx, learner)? {
        if achieved.registration != *registration
            && listed.contains(&achieved.unit)
            && !carried.iter().any(|(unit, _)| *unit == achieved.unit)
        {
            carried.push((achieved.unit, achieved.qualification));
        }
    }
    Ok(carried)
}

/// The units that the qualification's rule lists.
pub(crate) fn listed(pinned: &Pinned) -> Result<Vec<String>, Failure> {
    let qualification = pinned.qualification()?;
    Ok(pinned
        .specification
        .list_units_of(qualification)
        .iter()
        .map(|unit| unit.number.to_string())
        .collect())
}

/// Judges units of a qualification.
pub(crate) fn judged(
    app: &App,
    pinned: &Pinned,
    units: &[String],
    carried: &[(String, String)],
) -> Result<JudgedChoice, Failure> {
    let qualification = pinned.qualification()?;
    let prepared = pinned.rule(app)?;
    let numbers: BTreeSet<UnitNumber> = units
        .iter()
        .chain(carried.iter().map(|(unit, _)| unit))
        .filter_map(|unit| unit.parse().ok())
        .collect();
    let selection = Selection {
        units: numbers,
        prior_learning: BTreeSet::new(),
    };
    let judgement = prepared.judge(&selection);
    let reach = prepared.reach(&selection, None);
    let (missing, not_permitted): (Vec<_>, Vec<_>) = judgement
        .choice
        .reasons
        .iter()
        .partition(|reason| reason.is_shortage());
    let sentences = |reasons: Vec<&assay_specification::rule::Reason>| -> Vec<String> {
        reasons
            .into_iter()
            .map(|reason| sentence(&reason.to_string()))
            .collect()
    };
    let missing = if reach.reachable {
        sentences(missing)
    } else {
        Vec::new()
    };
    let not_permitted = if reach.reachable {
        Vec::new()
    } else {
        sentences(not_permitted)
    };
    let beyond = if judgement.choice.met {
        beyond(&prepared, &selection, carried)
    } else {
        Vec::new()
    };
    let sums = judgement.sums;
    let between = |range: assay_specification::rule::Range| Between {
        least: range.least,
        most: range.most,
    };
    let ranges = prepared.ranges().map(|ranges| ChoiceRanges {
        credits: between(ranges.credits),
        glh: between(ranges.glh),
        tut: between(ranges.tut),
    });
    let units = pinned
        .specification
        .units
        .iter()
        .filter(|unit| selection.units.contains(&unit.number))
        .map(|unit| unit.number.to_string())
        .collect();
    Ok(JudgedChoice {
        explained: explained::terms(pinned.id.as_str(), &pinned.specification),
        units,
        met: judgement.choice.met,
        award_met: judgement.award.met,
        award_counts: match judgement.award.met {
            true => judgement
                .award
                .counted
                .iter()
                .map(|counted| counted.unit.to_string())
                .collect(),
            false => Vec::new(),
        },
        reachable: reach.reachable,
        missing,
        not_permitted,
        beyond,
        additions: reach
            .smallest_additions
            .iter()
            .filter(|units| !units.is_empty())
            .map(|units| units.iter().map(ToString::to_string).collect())
            .collect(),
        sums: ChoiceSums {
            units: sums.units,
            credits: sums.credits,
            glh: sums.glh,
            tut: sums.tut,
        },
        printed_tqt: qualification.tqt,
        printed_glh: qualification.glh,
        printed_credits: qualification.minimum_credits,
        ranges,
    })
}

/// Units that can be left out one at a time with the rule still satisfied.
fn beyond(prepared: &Prepared, selection: &Selection, carried: &[(String, String)]) -> Vec<String> {
    selection
        .units
        .iter()
        .filter(|unit| !carried.iter().any(|(number, _)| number == unit.as_str()))
        .filter(|unit| {
            let without: Selection = selection
                .units
                .iter()
                .filter(|other| other != unit)
                .cloned()
                .collect();
            prepared.judge(&without).choice.met
        })
        .map(|unit| format!("The rule would be satisfied without {unit} too."))
        .collect()
}

/// A reason as a sentence of its own: capital letter, full stop.
pub(crate) fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let mut whole: String = letters
        .next()
        .map(|first| first.to_uppercase().chain(letters).collect())
        .unwrap_or_default();
    if !whole.ends_with(['.', '!', '?']) {
        whole.push('.');
    }
    whole
}
