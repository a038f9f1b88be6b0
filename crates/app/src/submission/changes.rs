//! What changed since the last time: a resubmission beside the attempt before it, or a revision beside the one returned.

use super::find;
use super::reading::{Item, items};
use crate::evidence::text;
use crate::{Asking, Failure};
use assay_domain::id::{EvidenceId, SubmissionId};
use assay_formats::difference::{self as differing, ChangeKind, Run, Telling};
use assay_store::statements::submission as statements;

/// Beyond this many characters a paragraph is shown as replaced, not word by word.
const LONGEST_PARAGRAPH: usize = 6_000;

/// How a stretch of text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    Kept,
    Added,
    Removed,
}

/// A stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Stretch {
    pub change: Change,
    pub text: String,
}

/// A paragraph of the comparison.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum Compared {
    /// A paragraph that changed, in stretches.
    Paragraph { stretches: Vec<Stretch> },
    /// This many paragraphs in a row are as they were.
    Same { paragraphs: u32 },
}

/// How a piece stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PieceStanding {
    Unchanged,
    Changed,
    New,
    LeftOut,
}

/// A piece of the comparison.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct PieceChange {
    pub evidence: EvidenceId,
    pub title: String,
    pub standing: PieceStanding,
    /// Versions before and now.
    pub before: Option<u32>,
    pub now: Option<u32>,
    pub words_before: Option<u32>,
    pub words_now: Option<u32>,
    /// Paragraph by paragraph, where both have text; empty for an unchanged piece or one without text.
    pub text: Vec<Compared>,
}

/// What changed since the last time.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct ChangesView {
    pub submission: SubmissionId,
    pub unit: String,
    pub attempt: u32,
    pub revision: u32,
    /// Attempt and revision compared with; none on a first hand-in.
    pub before: Option<(u32, u32)>,
    /// The submission compared with.
    pub before_submission: Option<SubmissionId>,
    /// What the learner says was changed.
    pub told: Option<String>,
    pub pieces: Vec<PieceChange>,
}

/// The submission, if the caller may see the registration or marks the work for the awarding body.
fn require_readable(asking: &mut Asking<'_, '_>, id: &SubmissionId) -> Result<find::SubmissionRow, Failure> {
    match find::require_seen(asking, id) {
        Ok((row, _)) => Ok(row),
        Err(Failure::NotFound) => {
            let actor = asking.actor()?.clone();
            let loaded = crate::judgement::case::load(asking.app, asking.tx, id)?;
            if crate::external_assessment::find::marks(&actor, loaded.case.external.as_ref()) {
                find::require(asking.tx, id)
            } else {
                Err(Failure::NotFound)
            }
        }
        Err(failure) => Err(failure),
    }
}

/// Compares a submission with what was handed in before it.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none or the caller may not see it; a fault when a file is gone.
pub fn changes(asking: &mut Asking<'_, '_>, id: &SubmissionId) -> Result<ChangesView, Failure> {
    let row = require_readable(asking, id)?;
    let mut view = ChangesView {
        submission: row.id.clone(),
        unit: row.unit.clone(),
        attempt: row.attempt,
        revision: row.revision,
        before: None,
        before_submission: None,
        told: row.changes.clone(),
        pieces: Vec::new(),
    };
    let before = if row.revision > 1 {
        Some((row.id.clone(), row.attempt, row.revision - 1))
    } else {
        let mut earlier = None;
        for found in asking.tx.rows(
            &statements::LIST_OF_UNIT,
            &[row.registration.as_str().into(), row.unit.as_str().into()],
        )? {
            let attempt = crate::evidence::find::number(&found, "attempt")?;
            if attempt < row.attempt {
                let revision = crate::evidence::find::number(&found, "revision")?;
                earlier = Some((found.parsed("id")?, attempt, revision));
            }
        }
        earlier
    };
    let Some((before_id, attempt, revision)) = before else {
        return Ok(view);
    };
    let old = items(asking, &before_id, revision)?;
    let new = items(asking, &row.id, row.revision)?;
    view.before = Some((attempt, revision));
    view.before_submission = Some(before_id);
    for item in &new {
        let earlier = old
            .iter()
            .find(|old| old.version.evidence == item.version.evidence);
        view.pieces.push(compare(asking, earlier, Some(item))?);
    }
    for item in &old {
        if !new
            .iter()
            .any(|new| new.version.evidence == item.version.evidence)
        {
            view.pieces.push(compare(asking, Some(item), None)?);
        }
    }
    Ok(view)
}

fn compare(
    asking: &mut Asking<'_, '_>,
    old: Option<&Item>,
    new: Option<&Item>,
) -> Result<PieceChange, Failure> {
    let Some(any) = new.or(old) else {
        return Err(Failure::Fault("a comparison of nothing".to_owned()));
    };
    let standing = match (old, new) {
        (Some(old), Some(new))
            if old.version.version == new.version.version
                || (old.version.sha256 == new.version.sha256 && !new.version.sha256.is_empty()) =>
        {
            PieceStanding::Unchanged
        }
        (Some(_), Some(_)) => PieceStanding::Changed,
        (None, _) => PieceStanding::New,
        (_, None) => PieceStanding::LeftOut,
    };
    let compared = if let (PieceStanding::Changed, Some(old), Some(new)) = (standing, old, new) {
        let before = plain(asking, old)?;
        let now = plain(asking, new)?;
        match (before, now) {
            (Some(before), Some(now)) => difference(&before, &now),
            _ => Vec::new(),
        }
    } else {
        Vec::new()
    };
    Ok(PieceChange {
        evidence: any.version.evidence.clone(),
        title: any.title.clone(),
        standing,
        before: old.map(|item| item.version.version),
        now: new.map(|item| item.version.version),
        words_before: old.and_then(|item| item.version.words),
        words_now: new.and_then(|item| item.version.words),
        text: compared,
    })
}

fn plain(asking: &mut Asking<'_, '_>, item: &Item) -> Result<Option<String>, Failure> {
    let reading = text::of(asking.app, asking.tx, item.kind, &item.version)?;
    Ok(reading.document().map(|document| document.text.clone()))
}

/// Two texts paragraph by paragraph; a paragraph that was rewritten is compared word by word.
pub fn difference(before: &str, now: &str) -> Vec<Compared> {
    let (old, new): (Vec<&str>, Vec<&str>) = (before.lines().collect(), now.lines().collect());
    let mut out = Vec::new();
    for run in differing::runs(&old, &new, Telling::default()) {
        match run {
            Run::Same(paragraphs) => out.push(Compared::Same {
                paragraphs: u32::try_from(paragraphs).unwrap_or(u32::MAX),
            }),
            Run::Changed(removed, added) => settle(
                &mut out,
                old.get(removed).unwrap_or_default(),
                new.get(added).unwrap_or_default(),
            ),
        }
    }
    out
}

/// Pairs removed paragraphs with added ones in order; what is left over stands alone.
fn settle(out: &mut Vec<Compared>, removed: &[&str], added: &[&str]) {
    let pairs = removed.len().min(added.len());
    for (before, now) in removed.iter().zip(added) {
        out.push(Compared::Paragraph {
            stretches: by_words(before, now),
        });
    }
    let alone = |text: &&str, change| Compared::Paragraph {
        stretches: vec![Stretch {
            change,
            text: (*text).to_owned(),
        }],
    };
    out.extend(
        removed
            .iter()
            .skip(pairs)
            .map(|text| alone(text, Change::Removed)),
    );
    out.extend(added.iter().skip(pairs).map(|text| alone(text, Change::Added)));
}

fn by_words(before: &str, now: &str) -> Vec<Stretch> {
    let stretch = |change, text: String| Stretch { change, text };
    if before.len() > LONGEST_PARAGRAPH || now.len() > LONGEST_PARAGRAPH {
        return vec![
            stretch(Change::Removed, before.to_owned()),
            stretch(Change::Added, now.to_owned()),
        ];
    }
    differing::words(before, now, Telling::default())
        .into_iter()
        .map(|told| {
            let change = match told.kind {
                ChangeKind::Removed => Change::Removed,
                ChangeKind::Added => Change::Added,
                ChangeKind::Same | ChangeKind::Folded { .. } => Change::Kept,
            };
            stretch(change, told.text)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rebuilt(compared: &[Compared], leave_out: Change) -> String {
        let mut text = String::new();
        for part in compared {
            if let Compared::Paragraph { stretches } = part {
                for stretch in stretches.iter().filter(|stretch| stretch.change != leave_out) {
                    text.push_str(&stretch.text);
                }
            }
        }
        text
    }

    #[test]
    fn a_rewritten_paragraph_is_compared_word_by_word_and_the_rest_is_counted_as_the_same() {
        let compared = difference(
            "One.\nWe coached the team monthly.\nThree.",
            "One.\nWe coached the whole team weekly.\nThree.",
        );
        assert_eq!(compared.len(), 3);
        assert_eq!(compared[0], Compared::Same { paragraphs: 1 });
        assert_eq!(rebuilt(&compared, Change::Added), "We coached the team monthly.");
        assert_eq!(
            rebuilt(&compared, Change::Removed),
            "We coached the whole team weekly."
        );
    }

    #[test]
    fn a_new_paragraph_stands_alone() {
        let compared = difference("One.\nTwo.", "One.\nNew.\nTwo.");
        assert_eq!(rebuilt(&compared, Change::Removed), "New.");
        assert_eq!(rebuilt(&compared, Change::Added), "");
    }

    #[test]
    fn texts_that_are_the_same_have_no_difference() {
        assert_eq!(difference("a\nb", "a\nb"), [Compared::Same { paragraphs: 2 }]);
        assert_eq!(difference("", ""), []);
    }
}
