//! A piece to be read: what it is, its text or recording, its marks and versions.

use super::reading::{Media, Reading};
use crate::message::{Act, Refusals, Refused};
use crate::{Form, Shell};
use askama::Template;
use assay_app::evidence::view::EvidenceView;
use assay_domain::fact::EvidenceKind;

/// The page of a piece.
#[derive(Debug, Template)]
#[template(path = "evidence/piece.html")]
pub struct PiecePage {
    pub shell: Shell,
    pub view: EvidenceView,
    pub refusals: Refusals,
    pub rename: Form,
    pub file: Form,
    /// The largest file, in bytes.
    pub most_bytes: u64,
}

impl PiecePage {
    fn address(&self, below: &str) -> String {
        format!("/evidence/{}{below}", self.view.id)
    }

    fn over(&self) -> String {
        let mut over = self.view.kind_in_words.clone();
        if !self.view.own {
            over = format!("{over} of {}", self.view.learner_name);
        }
        if self.view.version > 0 {
            over = format!("{over}, version {}", self.view.version);
        }
        over
    }

    fn older(&self) -> bool {
        self.view.version < self.view.current_version
    }

    fn is_file(&self) -> bool {
        self.view.kind == EvidenceKind::File
    }

    fn reading(&self) -> Reading {
        Reading::new(&self.view.id, &self.view.blocks)
    }

    fn media(&self) -> Option<Media> {
        media_of(&self.view)
    }

    fn accepted(&self) -> &'static str {
        super::new::ACCEPTED
    }

    fn withdraw(&self) -> Act {
        match &self.view.cannot_withdraw {
            None => Act::allowed("Withdraw this piece", "").danger(),
            Some(refusal) => Act::refused("Withdraw this piece", vec![Refused::from(refusal)]),
        }
    }
}

/// The piece itself, where it is more than text.
pub(super) fn media_of(view: &EvidenceView) -> Option<Media> {
    if view.kind != EvidenceKind::File && view.note.is_none() {
        return None;
    }
    Some(Media {
        shown: view.shown,
        title: view.title.clone(),
        file: view.file.clone()?,
        file_name: view.file_name.clone().unwrap_or_default(),
        bytes: view.bytes.unwrap_or_default(),
        note: view.note.clone(),
        has_text: !view.blocks.is_empty(),
    })
}
