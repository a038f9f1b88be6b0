//! What was handed in, read only.

use super::state_tag;
use crate::evidence::{Media, Reading};
use crate::message::Tag;
use crate::{Shell, format};
use askama::Template;
use assay_app::submission::history::Attempt;
use assay_app::submission::reading::{PieceReading, Shown, SubmissionReading};

/// The page of a submission.
#[derive(Debug, Template)]
#[template(path = "submission/reading.html")]
pub struct SubmissionPage {
    pub shell: Shell,
    pub view: SubmissionReading,
    /// What came back, as far as it is out.
    pub attempt: Option<Attempt>,
    /// Whether there is something to compare with.
    pub has_before: bool,
}

impl SubmissionPage {
    fn over(&self) -> String {
        let mut over = format!("{} · attempt {}", self.view.learner_name, self.view.attempt);
        if self.view.revision > 1 {
            over = format!("{over}, revision {}", self.view.revision);
        }
        over
    }

    fn title(&self) -> String {
        format!("{} {}", self.view.unit, self.view.unit_title)
    }

    fn state(&self) -> Tag {
        state_tag(self.view.state)
    }

    fn ai_use(&self) -> &'static str {
        match self.view.ai_use.as_str() {
            "research" => "Used to find or understand material",
            "language" => "Used for spelling, grammar or wording",
            "other" => "Used in another way",
            _ => "Not used",
        }
    }

    fn reading(&self, piece: &PieceReading) -> Reading {
        Reading::new(&piece.evidence, &piece.blocks)
    }

    fn media(&self, piece: &PieceReading) -> Option<Media> {
        (piece.shown != Shown::Text || piece.note.is_some()).then(|| Media {
            shown: piece.shown,
            title: piece.title.clone(),
            file: piece.file.clone(),
            file_name: piece.file_name.clone(),
            bytes: piece.bytes,
            note: piece.note.clone(),
            has_text: !piece.blocks.is_empty(),
        })
    }

    /// Criteria of the unit with the passages for each, in order.
    #[allow(clippy::type_complexity, reason = "read by the template alone, in place")]
    fn by_criterion(&self) -> Vec<(String, Vec<(String, String, String)>)> {
        let mut criteria = Vec::<(String, Vec<_>)>::new();
        for passage in &self.view.passages {
            for criterion in passage.of_unit(&self.view.unit) {
                let line = (
                    passage.id.to_string(),
                    passage.quote.clone(),
                    passage.place_in_words.clone(),
                );
                match criteria.iter_mut().find(|(known, _)| *known == criterion) {
                    Some((_, lines)) => lines.push(line),
                    None => criteria.push((criterion, vec![line])),
                }
            }
        }
        criteria.sort_by_key(|(criterion, _)| {
            criterion
                .split('.')
                .map(|part| part.parse::<u32>().unwrap_or(u32::MAX))
                .collect::<Vec<_>>()
        });
        criteria
    }

    fn words(&self) -> String {
        format::plural(self.view.words, "word", "words")
    }
}
