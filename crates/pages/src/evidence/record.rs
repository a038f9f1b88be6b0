//! Recording a viva or an observation for a learner.

use crate::message::Refusals;
use crate::{Choice, Form, Shell};
use askama::Template;

/// How many questions the form offers.
pub const QUESTIONS: usize = 8;

/// The page on which a tutor or assessor records a viva or an observation.
#[derive(Debug, Template)]
#[template(path = "evidence/record.html")]
pub struct RecordPage {
    pub shell: Shell,
    pub learner_name: String,
    /// Where the form is sent.
    pub action: String,
    pub form: Form,
    pub refusals: Refusals,
}

impl RecordPage {
    fn kinds(&self) -> Vec<Choice> {
        vec![
            Choice::new("viva", "A viva").hint("Questions and answers"),
            Choice::new("observation", "An observation").hint("What you saw the learner do"),
        ]
    }

    fn questions(&self) -> std::ops::RangeInclusive<usize> {
        1..=QUESTIONS
    }
}
