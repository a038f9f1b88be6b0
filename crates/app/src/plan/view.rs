//! The plan as shown: units to choose from, the version in force, every version before it and what each changed.

use super::choice::{self, JudgedChoice, UnitChoice};
use crate::people::full_name;
use crate::registration::find;
use crate::registration::syllabus::{self, Pinned};
use crate::{Asking, Failure, progress};
use assay_domain::fact::PlannedUnit;
use assay_domain::id::RegistrationId;
use assay_domain::registration::RegistrationState;
use assay_store::statements::plan as statements;
use jiff::civil::Date;

/// One version of a plan.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct PlanVersion {
    pub version: u32,
    pub units: Vec<PlannedUnit>,
    pub goals: Option<String>,
    pub support: Option<String>,
    #[schema(value_type = Option<String>, format = Date)]
    pub review_on: Option<Date>,
    pub because: Option<String>,
    pub agreed_at: String,
    pub agreed_by: Option<String>,
    /// What it changed against the version before, in sentences; empty for the first.
    pub changes: Vec<String>,
}

/// A learner's plan.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct PlanView {
    pub registration: RegistrationId,
    pub number: String,
    pub learner: String,
    pub qualification: String,
    /// The full title (QS-06).
    pub title: String,
    #[schema(value_type = String, format = Date)]
    pub start_on: Date,
    #[schema(value_type = String, format = Date)]
    pub ends_on: Date,
    /// Every version, the one in force first; empty when there is no plan yet.
    pub versions: Vec<PlanVersion>,
    /// The units to choose from, in the specification's order.
    pub units: Vec<UnitChoice>,
    /// The choice in force, judged.
    pub judged: JudgedChoice,
    /// Whether the caller may agree a version now.
    pub may_agree: bool,
}

impl PlanView {
    /// The version in force; 0 when there is none.
    pub fn version(&self) -> u32 {
        self.versions.first().map_or(0, |version| version.version)
    }
}

/// The plan of a registration.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller may not see the registration.
pub fn plan(asking: &mut Asking<'_, '_>, id: &RegistrationId) -> Result<PlanView, Failure> {
    let seen = find::require_seen(asking, id)?;
    let row = &seen.row;
    let pinned = syllabus::pinned(asking.app, asking.tx, &row.specification, &row.qualification)?;
    let versions = versions(asking, id)?;
    let present: Vec<PlannedUnit> = versions
        .first()
        .map(|version| version.units.clone())
        .unwrap_or_default();
    let carried = choice::carried(asking.tx, &row.learner, id, &pinned)?;
    let standing = progress::standing(asking.tx, id)?;
    let units = units(&pinned, &present, &carried, &standing)?;
    let chosen: Vec<String> = present.into_iter().map(|unit| unit.unit).collect();
    let judged = choice::judged(asking.app, &pinned, &chosen, &carried)?;
    let may_agree = row.state == RegistrationState::Active
        && asking.today() <= row.ends_on
        && (seen.own() || seen.coordinates() || seen.teaches());
    Ok(PlanView {
        registration: id.clone(),
        number: row.number.clone(),
        learner: row.learner_name(),
        qualification: row.qualification.clone(),
        title: pinned.qualification()?.title.clone(),
        start_on: row.start_on,
        ends_on: row.ends_on,
        versions,
        units,
        judged,
        may_agree,
    })
}

fn units(
    pinned: &Pinned,
    present: &[PlannedUnit],
    carried: &[(String, String)],
    standing: &[assay_domain::plan::UnitStanding],
) -> Result<Vec<UnitChoice>, Failure> {
    let qualification = pinned.qualification()?;
    Ok(pinned
        .specification
        .list_units_of(qualification)
        .into_iter()
        .map(|unit| {
            let number = unit.number.as_str();
            let planned = present.iter().find(|planned| planned.unit == number);
            UnitChoice {
                unit: number.to_owned(),
                title: unit.title.clone(),
                level: unit.level,
                credits: unit.credits,
                glh: unit.glh,
                tut: unit.tut,
                group: qualification
                    .rule
                    .groups
                    .iter()
                    .find(|group| group.units.contains(&unit.number))
                    .and_then(|group| group.name.clone()),
                chosen: planned.is_some(),
                target_on: planned.and_then(|planned| planned.target_on),
                carried_from: carried
                    .iter()
                    .find(|(carried, _)| carried == number)
                    .map(|(_, qualification)| qualification.clone()),
                fixed: planned.is_some()
                    && standing
                        .iter()
                        .any(|standing| standing.unit == number && (standing.open || standing.achieved)),
            }
        })
        .collect())
}

fn versions(asking: &mut Asking<'_, '_>, id: &RegistrationId) -> Result<Vec<PlanVersion>, Failure> {
    let mut units: Vec<(u32, PlannedUnit)> = Vec::new();
    for row in asking
        .tx
        .rows(&statements::LIST_UNITS_OF_VERSIONS, &[id.as_str().into()])?
    {
        let unit = PlannedUnit {
            unit: row.text("unit")?,
            target_on: row.optional_parsed("target_on")?,
        };
        units.push((u32::try_from(row.int("version")?).unwrap_or_default(), unit));
    }
    let mut versions = Vec::new();
    for row in asking
        .tx
        .rows(&statements::LIST_VERSIONS, &[id.as_str().into()])?
    {
        let version = u32::try_from(row.int("version")?).unwrap_or_default();
        let by = match row.optional_text("agreed_by")? {
            None => None,
            Some(_) => Some(full_name(
                &row.optional_text("given")?.unwrap_or_default(),
                &row.optional_text("family")?.unwrap_or_default(),
            )),
        };
        versions.push(PlanVersion {
            version,
            units: units
                .iter()
                .filter(|(of, _)| *of == version)
                .map(|(_, unit)| unit.clone())
                .collect(),
            goals: row.optional_text("goals")?,
            support: row.optional_text("support")?,
            review_on: row.optional_parsed("review_on")?,
            because: row.optional_text("because")?,
            agreed_at: row.text("agreed_at")?,
            agreed_by: by,
            changes: Vec::new(),
        });
    }
    let changed: Vec<Vec<String>> = versions
        .windows(2)
        .map(|pair| changes(&pair[1], &pair[0]))
        .collect();
    for (version, changes) in versions.iter_mut().zip(changed) {
        version.changes = changes;
    }
    Ok(versions)
}

/// What a version changed against the one before, in sentences.
fn changes(before: &PlanVersion, after: &PlanVersion) -> Vec<String> {
    let mut found = Vec::new();
    let date = |day: Option<Date>| day.map_or_else(|| "no date".to_owned(), assay_domain::moment::long_date);
    for unit in &after.units {
        match before.units.iter().find(|known| known.unit == unit.unit) {
            None => found.push(match unit.target_on {
                Some(day) => {
                    format!("{} was added, to be handed in by {}.", unit.unit, date(Some(day)))
                }
                None => format!("{} was added, without a date.", unit.unit),
            }),
            Some(known) if known.target_on != unit.target_on => found.push(format!(
                "The target of {} moved from {} to {}.",
                unit.unit,
                date(known.target_on),
                date(unit.target_on)
            )),
            Some(_) => {}
        }
    }
    for unit in &before.units {
        if !after.units.iter().any(|known| known.unit == unit.unit) {
            found.push(format!("{} was taken out.", unit.unit));
        }
    }
    let order = |version: &PlanVersion, other: &PlanVersion| -> Vec<String> {
        let both = version
            .units
            .iter()
            .filter(|unit| other.units.iter().any(|known| known.unit == unit.unit));
        both.map(|unit| unit.unit.clone()).collect()
    };
    if order(before, after) != order(after, before) {
        found.push("The order of the units changed.".to_owned());
    }
    for (what, before, after) in [
        ("goals", &before.goals, &after.goals),
        ("support", &before.support, &after.support),
    ] {
        if before != after {
            found.push(format!("The {what} changed."));
        }
    }
    if before.review_on != after.review_on {
        found.push(format!(
            "The review moved from {} to {}.",
            date(before.review_on),
            date(after.review_on)
        ));
    }
    if found.is_empty() {
        found.push("Nothing but the reason was recorded.".to_owned());
    }
    found
}
