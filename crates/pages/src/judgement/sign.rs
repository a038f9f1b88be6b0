//! Signing: what is about to be signed, what stands against it, words to the learner.

use crate::message::{Act, Refusals, Tag, Tone};
use crate::table::{Cell, Column, DataTable};
use crate::{Form, Shell, format};
use askama::Template;
use assay_app::judgement::desk::{DeskCriterion, DeskView};
use assay_domain::fact::{CriterionDecision, Outcome};

/// The page of signing.
#[derive(Debug, Template)]
#[template(path = "judgement/sign.html")]
pub struct SignPage {
    pub shell: Shell,
    pub view: DeskView,
    pub form: Form,
    /// Why it was not signed just now.
    pub refusals: Refusals,
    pub act: Act,
}

impl SignPage {
    fn back(&self) -> String {
        format!("/submissions/{}/mark", self.view.reading.submission)
    }

    fn met(&self) -> usize {
        self.view
            .criteria
            .iter()
            .filter_map(|criterion| criterion.decided.as_ref())
            .filter(|decided| decided.decision == CriterionDecision::Met)
            .count()
    }

    fn outcome(&self) -> String {
        match self.view.outcome {
            Some(Outcome::Passed) if self.view.graded.is_some() => {
                let words = self
                    .view
                    .graded
                    .as_ref()
                    .map(assay_app::judgement::grading::GradedResult::in_words)
                    .unwrap_or_default();
                format!(
                    "Passed: every criterion for a pass is met and all eight qualities are satisfied. Result of the unit: {words} It is provisional until internal verification has agreed or has left it out of the sample."
                )
            }
            Some(Outcome::Passed) => format!(
                "Passed: all {} criteria are met and all eight qualities are satisfied. The result is provisional until internal verification has agreed or has left it out of the sample.",
                self.view.criteria.len()
            ),
            Some(Outcome::Referred) if self.met() == self.view.criteria.len() => {
                "Referred: every criterion is met, but a quality of the work is not satisfied.".to_owned()
            }
            Some(Outcome::Referred) => format!(
                "Referred: {} of {} criteria are met. The learner may hand in the unit again as the next attempt.",
                self.met(),
                self.view.criteria.len()
            ),
            None => String::new(),
        }
    }

    fn tone(&self) -> &'static str {
        match self.view.outcome {
            Some(Outcome::Passed) => "good",
            _ => "caution",
        }
    }

    fn tag(&self, criterion: &DeskCriterion) -> Tag {
        match criterion.decided.as_ref().map(|decided| decided.decision) {
            Some(CriterionDecision::Met) => Tag::new(Tone::Good, "Met"),
            Some(CriterionDecision::NotYetMet) => Tag::new(Tone::Caution, "Not yet met").icon("return"),
            None => Tag::new(Tone::Neutral, "Not decided").icon("dash"),
        }
    }

    /// What is about to be signed, criterion by criterion.
    fn decisions(&self) -> DataTable {
        let columns = vec![
            Column::words("Criterion"),
            Column::words("Decision"),
            Column::words("Reason"),
            Column::words("Rests on"),
        ];
        let rows = self.view.criteria.iter().map(|criterion| {
            let reason = criterion.decided.as_ref().map(|decided| decided.reason.as_str());
            vec![
                Cell::link(self.anchor(criterion), &criterion.number),
                Cell::tag(self.tag(criterion)),
                Cell::text(reason.unwrap_or_default()),
                Cell::text(self.rests_on(criterion)),
            ]
        });
        let reading = &self.view.reading;
        let caption = format!(
            "Unit {}, attempt {}: {} of {} decided",
            reading.unit,
            reading.attempt,
            self.view.decided(),
            self.view.criteria.len()
        );
        DataTable::new("decisions", caption, columns).rows(rows.collect())
    }

    fn anchor(&self, criterion: &DeskCriterion) -> String {
        format!("{}#criterion-{}", self.back(), criterion.number.replace('.', "-"))
    }

    fn rests_on(&self, criterion: &DeskCriterion) -> String {
        let passages = criterion
            .decided
            .as_ref()
            .map_or(0, |decided| decided.passages.len());
        match passages {
            0 => "no passage".to_owned(),
            count => format::plural(count, "passage", "passages"),
        }
    }
}
