//! The place where a learner writes: kept while it is typed, saved as versions.

use crate::drawing::WordGauge;
use crate::message::{Act, Refusals, Refused};
use crate::{Form, Shell};
use askama::Template;
use assay_app::evidence::view::EvidenceView;

/// The editor of a piece.
#[derive(Debug, Template)]
#[template(path = "evidence/writer.html")]
pub struct WriterPage {
    pub shell: Shell,
    pub view: EvidenceView,
    /// The text in the editor: the draft, or what was sent and could not be saved.
    pub text: String,
    /// The draft's revision that the next save names.
    pub revision: u64,
    pub appendix: bool,
    pub gauge: Option<WordGauge>,
    /// Safe HTML of the text, when it was asked for.
    pub preview: Option<String>,
    /// A newer text kept in between, with the instant.
    pub newer: Option<(String, String)>,
    pub refusals: Refusals,
    pub rename: Form,
    pub picture: Form,
}

/// A heading of the text.
struct Heading {
    level: usize,
    words: String,
}

impl WriterPage {
    fn address(&self, below: &str) -> String {
        format!("/evidence/{}{below}", self.view.id)
    }

    /// Headings of the text as it was when the page was made.
    fn outline(&self) -> Vec<Heading> {
        let mut fenced = false;
        self.text
            .lines()
            .filter_map(|line| {
                if line.trim_start().starts_with("```") {
                    fenced = !fenced;
                }
                let level = line.chars().take_while(|c| *c == '#').count();
                let words = line.get(level..).unwrap_or_default();
                (!fenced && (1..=6).contains(&level) && words.starts_with(' ')).then(|| Heading {
                    level,
                    words: words.trim().to_owned(),
                })
            })
            .collect()
    }

    fn state(&self) -> String {
        if self.view.version == 0 {
            "Not saved as a version yet".to_owned()
        } else if self.revision > 0 {
            format!("Typed since version {}", self.view.version)
        } else {
            format!("As saved in version {}", self.view.version)
        }
    }

    fn withdraw(&self) -> Act {
        match &self.view.cannot_withdraw {
            None => Act::allowed("Withdraw this piece", "").danger(),
            Some(refusal) => Act::refused("Withdraw this piece", vec![Refused::from(refusal)]),
        }
    }
}
