//! Marking where criteria are answered: by paragraph, by selection, by page, by time, or as a whole.

use super::piece::media_of;
use super::reading::{Media, Reading};
use crate::message::Refusals;
use crate::{Form, Shell};
use askama::Template;
use assay_app::evidence::passage::{PassageView, is_recording};
use assay_app::evidence::view::EvidenceView;

/// The page on which passages are marked.
#[derive(Debug, Template)]
#[template(path = "evidence/mark.html")]
pub struct MarkPage {
    pub shell: Shell,
    pub view: EvidenceView,
    pub form: Form,
    pub refusals: Refusals,
}

impl MarkPage {
    fn address(&self, below: &str) -> String {
        format!("/evidence/{}{below}", self.view.id)
    }

    fn reading(&self) -> Reading {
        Reading::new(&self.view.id, &self.view.blocks).choosable()
    }

    fn media(&self) -> Option<Media> {
        media_of(&self.view)
    }

    fn is_recording(&self) -> bool {
        self.view.media.as_deref().is_some_and(is_recording)
    }

    fn has_text(&self) -> bool {
        !self.view.blocks.is_empty()
    }

    fn chosen(&self, unit: &str, criterion: &str) -> bool {
        self.form.has("criterion", &format!("{unit}/{criterion}"))
    }

    fn own<'p>(&self, passage: &'p PassageView) -> Option<&'p PassageView> {
        passage.by_learner.then_some(passage)
    }
}
