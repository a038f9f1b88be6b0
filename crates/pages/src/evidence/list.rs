//! A learner's evidence.

use super::kind_tag;
use crate::message::Tag;
use crate::way::Pages;
use crate::{Shell, format};
use askama::Template;
use assay_app::evidence::list::{EvidenceLine, EvidenceList};

/// The list of evidence.
#[derive(Debug, Template)]
#[template(path = "evidence/list.html")]
pub struct EvidenceListPage {
    pub shell: Shell,
    pub list: EvidenceList,
    pub pages: Pages,
}

impl EvidenceListPage {
    fn kind(&self, line: &EvidenceLine) -> Tag {
        kind_tag(line.kind)
    }

    fn about(&self, line: &EvidenceLine) -> String {
        if line.version == 0 {
            return "A draft; nothing is saved as a version yet".to_owned();
        }
        let mut parts = Vec::new();
        if let Some(words) = line.words {
            parts.push(format::plural(words, "word", "words"));
        }
        if let Some(pages) = line.pages {
            parts.push(format::plural(pages, "page", "pages"));
        }
        if let (None, Some(bytes)) = (line.words, line.bytes) {
            parts.push(format::file_size(bytes));
        }
        parts.push(match line.passages {
            0 => "no passage marked".to_owned(),
            marked => format!("{} marked", format::plural(marked, "passage", "passages")),
        });
        if line.appendix {
            parts.push("appendix".to_owned());
        }
        if line.submissions > 0 {
            parts.push("handed in".to_owned());
        }
        parts.join(", ")
    }
}
