//! Handing in a unit.

use super::gauge;
use crate::drawing::WordGauge;
use crate::message::{Refusals, Refused};
use crate::{Choice, Form, Shell, format};
use askama::Template;
use assay_app::submission::hand_in::{Choosable, HandInView};

/// The page on which a unit is handed in.
#[derive(Debug, Template)]
#[template(path = "submission/hand_in.html")]
pub struct HandInPage {
    pub shell: Shell,
    pub view: HandInView,
    pub form: Form,
    /// Why it was not handed in.
    pub refusals: Refusals,
}

impl HandInPage {
    fn address(&self, below: &str) -> String {
        format!(
            "/registrations/{}/units/{}{below}",
            self.view.registration, self.view.unit
        )
    }

    fn over(&self) -> String {
        format!("{} {}", self.view.unit, self.view.unit_title)
    }

    fn which(&self) -> String {
        if self.view.revision > 1 {
            format!(
                "Attempt {}, handed in again as revision {}. A return before marking does not count against you.",
                self.view.attempt, self.view.revision
            )
        } else if self.view.attempt > 1 {
            format!("Attempt {}: a resubmission after a referral.", self.view.attempt)
        } else {
            "Attempt 1. What you hand in can no longer change; later edits make new versions.".to_owned()
        }
    }

    fn gauge(&self) -> Option<WordGauge> {
        self.view
            .gauge
            .as_ref()
            .map(|found| gauge(found, self.view.tolerance))
    }

    fn about(&self, piece: &Choosable) -> String {
        let mut parts = vec![format!("version {}", piece.version)];
        if let Some(words) = piece.words {
            parts.push(format::plural(words, "word", "words"));
        }
        if piece.appendix {
            parts.push("appendix".to_owned());
        }
        parts.push(if piece.answers.is_empty() {
            "no passage for this unit".to_owned()
        } else {
            format!("answers {}", format::sentence_list(&piece.answers))
        });
        parts.join(", ")
    }

    fn forbidden(&self) -> Refusals {
        Refusals::new(
            "This cannot be handed in now",
            self.view.refusals.iter().map(Refused::from).collect(),
        )
    }

    fn answers(&self) -> Vec<Choice> {
        vec![
            Choice::new("none", "No"),
            Choice::new("research", "Yes, to find or understand material"),
            Choice::new("language", "Yes, for spelling, grammar or wording"),
            Choice::new("other", "Yes, in another way"),
        ]
    }

    fn uncovered(&self) -> usize {
        self.view
            .criteria
            .iter()
            .filter(|(_, _, covered)| !covered)
            .count()
    }
}
