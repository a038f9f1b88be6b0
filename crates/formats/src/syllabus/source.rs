//! The document as lines, to show beside what was read from it. Places of a draft count these lines.

use serde::{Deserialize, Serialize};

use super::draft::Draft;

/// A document as lines.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its pages in order; one without a number for a source that has none.
    pub pages: Vec<SourcePage>,
}

/// The lines of a page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourcePage {
    /// Number of the page, counted from 1, in sources that have pages of their own.
    pub number: Option<u32>,
    /// Its lines.
    pub lines: Vec<String>,
}

impl Source {
    /// A text without pages of its own.
    pub fn text(text: &str) -> Self {
        Self {
            pages: vec![SourcePage {
                number: None,
                lines: text.lines().map(str::to_owned).collect(),
            }],
        }
    }

    /// Shows in each finding of a draft the line it is about, where the source is one text.
    pub fn show(&self, draft: &mut Draft) {
        if let [page] = self.pages.as_slice()
            && page.number.is_none()
        {
            draft.show_lines(&page.lines.join("\n"));
        }
    }
}
