//! The individual learning plan with its history, made to be printed.

use super::units::JudgementPart;
use crate::{Shell, format};
use askama::Template;
use assay_app::plan::view::{PlanVersion, PlanView};
use assay_domain::fact::PlannedUnit;

/// The plan in force and every version before it.
#[derive(Debug, Template)]
#[template(path = "registration/plan.html")]
pub struct PlanPage {
    pub shell: Shell,
    pub view: PlanView,
    pub judgement: JudgementPart,
}

impl PlanPage {
    fn address(&self, below: &str) -> String {
        format!("/registrations/{}{below}", self.view.registration)
    }

    fn present(&self) -> Option<&PlanVersion> {
        self.view.versions.first()
    }

    fn earlier(&self) -> &[PlanVersion] {
        self.view.versions.get(1..).unwrap_or_default()
    }

    fn title_of(&self, unit: &PlannedUnit) -> String {
        self.view
            .units
            .iter()
            .find(|known| known.unit == unit.unit)
            .map(|known| known.title.clone())
            .unwrap_or_default()
    }

    fn credits_of(&self, unit: &PlannedUnit) -> String {
        let found = self.view.units.iter().find(|known| known.unit == unit.unit);
        found.map(|known| known.credits.to_string()).unwrap_or_default()
    }

    fn by(&self, unit: &PlannedUnit) -> String {
        unit.target_on.map_or_else(|| "No date".to_owned(), format::date)
    }

    fn review(&self, version: &PlanVersion) -> String {
        version
            .review_on
            .map_or_else(|| "No date".to_owned(), format::date)
    }

    fn carried(&self) -> Vec<(String, String)> {
        self.view
            .units
            .iter()
            .filter_map(|unit| {
                Some((
                    format!("{} {}", unit.unit, unit.title),
                    unit.carried_from.clone()?,
                ))
            })
            .collect()
    }

    fn units_in_words(&self, version: &PlanVersion) -> String {
        let units: Vec<String> = version
            .units
            .iter()
            .map(|unit| match unit.target_on {
                Some(day) => format!("{} by {}", unit.unit, format::date(day)),
                None => unit.unit.clone(),
            })
            .collect();
        format::sentence_list(&units)
    }
}
