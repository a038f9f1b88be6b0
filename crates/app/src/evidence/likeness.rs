//! Likeness to other work: paragraphs whose words are the same as in work that somebody else handed in (LW-01).
//!
//! It shows and does not judge: two learners may quote the same source. Spacing, capitals and punctuation do not matter;
//! paragraphs of fewer than [`LEAST_WORDS`] words are not compared. Headings, the unit's own words, which everybody writes
//! above an answer, and the list of references tell nothing and are passed over.

use super::find::number;
use super::text::{BlockKind, TextBlock, blocks};
use crate::{Asking, Failure};
use assay_domain::id::{EvidenceId, PersonId};
use assay_formats::document::{DocumentText, Part, Slices};
use assay_specification::Unit;
use assay_store::Tx;
use assay_store::statements::evidence as statements;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// Shorter paragraphs are alike by chance.
pub const LEAST_WORDS: usize = 12;

/// A paragraph that is like one in other work.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Likeness {
    pub evidence: EvidenceId,
    /// Its number in the piece.
    pub paragraph: u32,
    /// The unit for which the other work was handed in, and when. Whose it is, is not told here.
    pub unit: String,
    /// Instant.
    pub submitted_at: String,
}

/// The words of a text, without spacing, capitals and punctuation.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// The fingerprint of a paragraph; none for one that is too short to tell.
fn print(text: &str) -> Option<String> {
    let words = words(text);
    (words.len() >= LEAST_WORDS).then(|| {
        let mut digest = hex::encode(Sha256::digest(words.join(" ").as_bytes()));
        digest.truncate(32);
        digest
    })
}

/// Keeps the fingerprints of a version.
///
/// # Errors
/// A fault when the store fails.
pub(super) fn keep(
    tx: &mut Tx<'_>,
    id: &EvidenceId,
    version: u32,
    document: &DocumentText,
) -> Result<(), Failure> {
    let mut slices = Slices::of(&document.text);
    let references = references(document);
    for block in blocks(document, &[]) {
        if block.kind == BlockKind::Heading || references.contains(&block.start) {
            continue;
        }
        if let Some(print) = text_of(&mut slices, &block).and_then(print) {
            tx.run(
                &statements::PUT_PRINT,
                &[
                    id.as_str().into(),
                    version.into(),
                    block.number.into(),
                    print.into(),
                ],
            )?;
        }
    }
    Ok(())
}

fn text_of<'a>(slices: &mut Slices<'a>, block: &TextBlock) -> Option<&'a str> {
    let from = usize::try_from(block.start).ok()?;
    let until = usize::try_from(block.end).ok()?;
    slices.slice(from..until)
}

/// Where the entries of the list of references begin.
fn references(document: &DocumentText) -> BTreeSet<u32> {
    document
        .paragraphs
        .iter()
        .filter(|paragraph| matches!(paragraph.part, Part::References | Part::Bibliography))
        .filter_map(|paragraph| u32::try_from(paragraph.start).ok())
        .collect()
}

/// Numbers of the blocks of a piece that say nothing of who wrote it: headings, references, and the wording of the unit's title,
/// outcomes and criteria, with their numbers or without.
fn not_their_own(document: &DocumentText, blocks: &[TextBlock], unit: &Unit) -> BTreeSet<u32> {
    let mut printed = BTreeSet::from([words(&unit.title)]);
    for outcome in &unit.outcomes {
        printed.insert(words(&outcome.text));
        printed.insert(words(&format!("{} {}", outcome.number, outcome.text)));
        for criterion in &outcome.criteria {
            printed.insert(words(&criterion.text));
            printed.insert(words(&format!("{} {}", criterion.number, criterion.text)));
        }
    }
    let mut slices = Slices::of(&document.text);
    let references = references(document);
    blocks
        .iter()
        .filter(|block| {
            let text = text_of(&mut slices, block);
            block.kind == BlockKind::Heading
                || references.contains(&block.start)
                || text.is_some_and(|text| printed.contains(&words(text)))
        })
        .map(|block| block.number)
        .collect()
}

/// Paragraphs of a version that are like paragraphs which somebody else handed in, the first such work for each; without
/// those of [`not_their_own`]. `read` is the piece's text with its blocks, and the unit for which it was handed in.
///
/// # Errors
/// A fault when the store fails.
pub(crate) fn of(
    asking: &mut Asking<'_, '_>,
    id: &EvidenceId,
    version: u32,
    learner: &PersonId,
    read: Option<(&DocumentText, &[TextBlock], &Unit)>,
) -> Result<Vec<Likeness>, Failure> {
    let rows = asking.tx.rows(
        &statements::LIST_ALIKE,
        &[id.as_str().into(), version.into(), learner.as_str().into()],
    )?;
    // Most work is like no other, and is not gone through for this.
    let passed_over = match read {
        Some((document, blocks, unit)) if !rows.is_empty() => not_their_own(document, blocks, unit),
        _ => BTreeSet::new(),
    };
    let mut alike: Vec<Likeness> = Vec::new();
    for row in rows {
        let paragraph = number(&row, "number")?;
        if passed_over.contains(&paragraph) || alike.last().is_some_and(|last| last.paragraph == paragraph) {
            continue;
        }
        alike.push(Likeness {
            evidence: id.clone(),
            paragraph,
            unit: row.text("unit")?,
            submitted_at: row.text("submitted_at")?,
        });
    }
    Ok(alike)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spacing_capitals_and_punctuation_do_not_matter() {
        let one = "We met every week, and each of us wrote down what had been tried and why.";
        let two = "we met every week and each of us\nwrote down what had been tried - and why";
        assert!(print(one).is_some());
        assert_eq!(print(one), print(two));
        assert_ne!(print(one), print(&one.replace("week", "month")));
    }

    #[test]
    fn short_paragraphs_are_not_compared() {
        assert_eq!(print("To be or not to be, that is the question."), None);
    }
}
