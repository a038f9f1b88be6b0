//! What changed since the last time.

use crate::Shell;
use askama::Template;
use assay_app::submission::changes::{Change, ChangesView, PieceChange, PieceStanding};

/// The page of a comparison.
#[derive(Debug, Template)]
#[template(path = "submission/changes.html")]
pub struct ChangesPage {
    pub shell: Shell,
    pub view: ChangesView,
}

impl ChangesPage {
    fn lead(&self) -> String {
        let Some((attempt, revision)) = self.view.before else {
            return "This is the first hand-in of the unit; there is nothing to compare it with.".to_owned();
        };
        let name = |attempt: u32, revision: u32| {
            if revision > 1 {
                format!("attempt {attempt}, revision {revision}")
            } else {
                format!("attempt {attempt}")
            }
        };
        format!(
            "This is {}, beside {}",
            name(self.view.attempt, self.view.revision),
            name(attempt, revision)
        )
    }

    fn standing(&self, piece: &PieceChange) -> &'static str {
        match piece.standing {
            PieceStanding::Unchanged => "As it was",
            PieceStanding::Changed => "Changed",
            PieceStanding::New => "New",
            PieceStanding::LeftOut => "Left out this time",
        }
    }

    fn words(&self, piece: &PieceChange) -> String {
        match (piece.words_before, piece.words_now) {
            (Some(before), Some(now)) => format!("{before} words before, {now} now"),
            (None, Some(now)) => format!("{now} words"),
            (Some(before), None) => format!("{before} words before"),
            (None, None) => String::new(),
        }
    }

    fn is_added(&self, change: &Change) -> bool {
        *change == Change::Added
    }

    fn is_removed(&self, change: &Change) -> bool {
        *change == Change::Removed
    }
}
