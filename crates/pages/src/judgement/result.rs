//! What a judgement came to, for the learner and for staff.

use crate::message::{Notice, Tag, Tone};
use crate::{Shell, format};
use askama::Template;
use assay_app::judgement::result::{ResultCriterion, ResultView};
use assay_domain::fact::{CriterionDecision, Outcome};
use assay_domain::submission::SubmissionState;

/// The result.
#[derive(Debug, Template)]
#[template(path = "judgement/result.html")]
pub struct ResultPage {
    pub shell: Shell,
    pub view: ResultView,
}

impl ResultPage {
    fn about(&self) -> String {
        format!(
            "{}, {} {}, attempt {}",
            self.view.learner_name, self.view.unit, self.view.unit_title, self.view.attempt
        )
    }

    fn title(&self) -> String {
        let title = self.plain_title();
        let passed = self.view.outcome == Some(Outcome::Passed);
        match self
            .view
            .graded
            .as_ref()
            .filter(|_| passed)
            .and_then(|graded| graded.title())
        {
            Some(grade) => format!("{title}: {grade}"),
            None => title.to_owned(),
        }
    }

    /// What a graded unit came to, and what its next result lacks.
    fn graded(&self) -> Option<String> {
        let passed = self.view.outcome == Some(Outcome::Passed);
        Some(self.view.graded.as_ref().filter(|_| passed)?.in_words())
    }

    fn plain_title(&self) -> &'static str {
        match (self.view.outcome, self.view.state) {
            (_, SubmissionState::Final) => "Achieved",
            (Some(Outcome::Passed), _) => "Passed, provisionally",
            (Some(Outcome::Referred), _) => "Not yet: some of it has to be shown again",
            (None, _) => "No result yet",
        }
    }

    fn notice(&self) -> Notice {
        match (self.view.outcome, self.view.state) {
            (_, SubmissionState::Final) => {
                Notice::good("The result is final and counts towards the qualification.")
            }
            (Some(Outcome::Passed), _) if self.view.external.is_some() => Notice::info(
                "Somebody else of the awarding body still has to agree. Until then the result is provisional and may change.",
            )
            .title("Provisional"),
            (Some(Outcome::Passed), _) => Notice::info(
                "An internal verifier of the centre still has to agree, or to leave this judgement out of the sample. Until then the result is provisional and may change.",
            )
            .title("Provisional"),
            (Some(Outcome::Referred), _) => Notice::caution(
                "Look at the criteria that are not yet met, and at their reasons. The unit can be handed in again as the next attempt.",
            ),
            (None, state) => Notice::info(format!(
                "{}. Feedback is shown here once the judgement is out.",
                state.title()
            )),
        }
    }

    /// The awarding body's stamp, or that it is still to assess the unit (EA-03).
    fn stamp(&self) -> Option<Tag> {
        self.view
            .external
            .as_ref()
            .map(crate::external_assessment::standing_tag)
    }

    fn met(&self) -> usize {
        self.view
            .criteria
            .iter()
            .filter(|criterion| criterion.decision.decision == CriterionDecision::Met)
            .count()
    }

    fn tag(&self, criterion: &ResultCriterion) -> Tag {
        match criterion.decision.decision {
            CriterionDecision::Met => Tag::new(Tone::Good, "Met"),
            CriterionDecision::NotYetMet => Tag::new(Tone::Caution, "Not yet met").icon("return"),
        }
    }

    fn open_words<'a>(&self, criterion: &'a ResultCriterion) -> Option<&'a str> {
        criterion
            .decision
            .words
            .as_deref()
            .filter(|words| *words != criterion.text)
    }

    fn signed(&self) -> String {
        match &self.view.judgement {
            Some(signed) => {
                let countersigned = signed
                    .countersigned_by
                    .as_ref()
                    .map(|by| format!(", countersigned by {by}"))
                    .unwrap_or_default();
                format!(
                    "Signed by {} on {}{countersigned}",
                    signed.signed_by,
                    format::date(signed.signed_on)
                )
            }
            None => String::new(),
        }
    }

    fn feedback(&self) -> Option<&str> {
        self.view.judgement.as_ref()?.feedback.as_deref()
    }

    fn verifications(&self) -> Vec<Notice> {
        self.view.verifications.iter().map(super::verify::made).collect()
    }

    fn unit_href(&self) -> String {
        format!(
            "/registrations/{}/units/{}",
            self.view.registration, self.view.unit
        )
    }
}
