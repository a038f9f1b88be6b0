//! Adding evidence: writing it here or uploading a file.

use crate::message::Refusals;
use crate::{Form, Shell};
use askama::Template;

/// What can be uploaded, for the browser's file dialogue; the bytes decide.
pub const ACCEPTED: &str = ".pdf,.docx,.odt,.txt,.md,.png,.jpg,.jpeg,.mp3,.m4a,.mp4,.xlsx,.csv";

/// The page on which evidence is added.
#[derive(Debug, Template)]
#[template(path = "evidence/new.html")]
pub struct NewEvidencePage {
    pub shell: Shell,
    /// What was typed into the form for writing.
    pub writing: Form,
    /// What was typed into the form for a file.
    pub file: Form,
    pub refusals: Refusals,
    /// The largest file, in bytes.
    pub most_bytes: u64,
}

impl NewEvidencePage {
    fn accepted(&self) -> &'static str {
        ACCEPTED
    }

    fn limit(&self) -> String {
        format!(
            "PDF, Word (.docx), OpenDocument, text, Markdown, PNG, JPEG, MP3, M4A, MP4, Excel (.xlsx) or CSV; at most {} MiB.",
            self.most_bytes / (1024 * 1024)
        )
    }
}
