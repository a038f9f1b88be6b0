//! A unit as the learner works on it.

use super::{gauge, state_tag};
use crate::drawing::{CriteriaGrid, GridCriterion, GridUnit, Standing, WordGauge};
use crate::glossary::Glossary;
use crate::message::{Tag, due};
use crate::{Shell, format};
use askama::Template;
use assay_app::submission::history::Attempt;
use assay_app::submission::workspace::{CriterionStanding, UnitWorkspace, WorkCriterion};
use jiff::civil::Date;

/// The page of a unit.
#[derive(Debug, Template)]
#[template(path = "submission/unit.html")]
pub struct UnitPage {
    pub shell: Shell,
    /// Terms and models, to be linked where they stand.
    pub glossary: Glossary,
    pub view: UnitWorkspace,
    pub today: Date,
}

impl UnitPage {
    fn over(&self) -> String {
        if self.view.own {
            format!("{} · {}", self.view.unit, self.view.qualification)
        } else {
            format!("{} · {}", self.view.unit, self.view.learner_name)
        }
    }

    fn grid(&self) -> CriteriaGrid {
        let criteria = self.view.outcomes.iter().flat_map(|outcome| &outcome.criteria);
        CriteriaGrid {
            units: vec![GridUnit {
                number: self.view.unit.clone(),
                title: self.view.title.clone(),
                href: None,
                criteria: criteria
                    .map(|criterion| GridCriterion {
                        number: criterion.number.clone(),
                        text: criterion.text.clone(),
                        standing: standing(criterion.standing),
                        href: Some(format!("#{}", self.key(criterion))),
                    })
                    .collect(),
            }],
        }
    }

    fn gauge(&self) -> Option<WordGauge> {
        self.view
            .gauge
            .as_ref()
            .map(|found| gauge(found, self.view.tolerance))
    }

    fn key(&self, criterion: &WorkCriterion) -> String {
        format!("criterion-{}", criterion.number.replace('.', "-"))
    }

    fn class(&self, criterion: &WorkCriterion) -> &'static str {
        standing(criterion.standing).class()
    }

    fn tag(&self, criterion: &WorkCriterion) -> Tag {
        use crate::message::Tone;
        match criterion.standing {
            CriterionStanding::Open => Tag::new(Tone::Neutral, "No passage yet").icon("dash"),
            CriterionStanding::Answered => Tag::new(Tone::Info, "Answered").icon("document"),
            CriterionStanding::NotYetMet => Tag::new(Tone::Caution, "Not yet met").icon("return"),
            CriterionStanding::Met => Tag::new(Tone::Good, "Met").icon("check"),
        }
    }

    fn shared(&self, criterion: &WorkCriterion) -> String {
        match criterion.shared_with.len() {
            0 => String::new(),
            1 => format!(
                "This guidance is shared with criterion {}.",
                criterion.shared_with[0]
            ),
            _ => format!(
                "This guidance is shared with criteria {}.",
                format::sentence_list(&criterion.shared_with)
            ),
        }
    }

    fn state(&self, attempt: &Attempt) -> Tag {
        state_tag(attempt.state)
    }

    /// The awarding body's stamp, or that it is to assess the unit (EA-03).
    fn stamp(&self) -> Option<Tag> {
        self.view
            .external
            .as_ref()
            .map(crate::external_assessment::standing_tag)
    }

    /// The centre's assessor, where the centre assesses the unit.
    fn assessor(&self) -> Option<&str> {
        self.view
            .assessor
            .as_deref()
            .filter(|_| self.view.external.is_none())
    }

    fn target(&self) -> Option<Tag> {
        let target = self.view.target_on?;
        if self.view.achieved_on.is_some() || !self.view.history.is_empty() {
            return None;
        }
        let left = self
            .today
            .until(target)
            .map_or(0, |span| i64::from(span.get_days()));
        Some(due(target, left))
    }
}

fn standing(standing: CriterionStanding) -> Standing {
    match standing {
        CriterionStanding::Open => Standing::NotSeen,
        CriterionStanding::Answered => Standing::Claimed,
        CriterionStanding::NotYetMet => Standing::NotYetMet,
        CriterionStanding::Met => Standing::Met,
    }
}
