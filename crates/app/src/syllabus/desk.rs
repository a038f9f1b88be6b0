//! Readings and reviews that were worked out, kept for the next request. A reading never changes under its address, and a
//! review never changes for a number of steps.

use super::SyllabusRow;
use crate::{App, Failure};
use assay_formats::syllabus::{Reading, Review, Step};
use assay_store::Tx;
use assay_store::statements::syllabus as statements;
use std::collections::VecDeque;
use std::io::Read;
use std::sync::{Arc, Mutex, PoisonError};

/// How many of each are kept; a few people review at a time.
const KEPT: usize = 6;

/// What was worked out lately, the newest last.
#[derive(Default)]
pub(crate) struct Desk {
    readings: Mutex<VecDeque<(String, Arc<Reading>)>>,
    reviews: Mutex<VecDeque<(String, Arc<Review>)>>,
}

fn remembered<T>(
    shelf: &Mutex<VecDeque<(String, Arc<T>)>>,
    key: &str,
    make: impl FnOnce() -> Result<T, Failure>,
) -> Result<Arc<T>, Failure> {
    let known = shelf
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .iter()
        .find(|(known, _)| known == key)
        .map(|(_, value)| value.clone());
    if let Some(known) = known {
        return Ok(known);
    }
    let made = Arc::new(make()?);
    let mut shelf = shelf.lock().unwrap_or_else(PoisonError::into_inner);
    while shelf.len() >= KEPT {
        shelf.pop_front();
    }
    shelf.push_back((key.to_owned(), made.clone()));
    Ok(made)
}

/// What was read from a document.
///
/// # Errors
/// A fault when its file is gone or cannot be read.
pub(super) fn reading(app: &App, row: &SyllabusRow) -> Result<Arc<Reading>, Failure> {
    remembered(&app.inner.desk.readings, &row.reading, || {
        let gone = || Failure::Fault(format!("the reading of {} is gone", row.id));
        let mut text = String::new();
        app.store()
            .files()
            .read(&row.reading)?
            .ok_or_else(gone)?
            .read_to_string(&mut text)
            .map_err(|error| Failure::Fault(format!("the reading of {}: {error}", row.id)))?;
        Ok(serde_json::from_str(&text)?)
    })
}

/// The review as it stands after these steps.
///
/// # Errors
/// A fault when the reading is gone or cannot be read.
pub(super) fn review(app: &App, row: &SyllabusRow, steps: &[Step]) -> Result<Arc<Review>, Failure> {
    let key = format!("{} {}", row.id, steps.len());
    remembered(&app.inner.desk.reviews, &key, || {
        Ok(worked_out(&*reading(app, row)?, steps))
    })
}

/// A review worked out anew, for steps that are not kept yet. Errors come first, then the order of the document.
pub(super) fn worked_out(reading: &Reading, steps: &[Step]) -> Review {
    let mut review = Review::of(&reading.draft, steps, |draft| reading.check(draft));
    review.findings.sort_by_key(|one| {
        let place = one.finding.place.as_ref();
        (one.finding.severity, place.map(|at| (at.page, at.from)))
    });
    review
}

/// The steps of a review, the first first.
///
/// # Errors
/// A fault when the store fails or a step cannot be read back.
pub(super) fn steps(tx: &mut Tx<'_>, row: &SyllabusRow) -> Result<Vec<Step>, Failure> {
    tx.rows(&statements::LIST_STEPS, &[row.id.as_str().into()])?
        .iter()
        .map(|row| {
            Ok(Step {
                by: row.text("person")?,
                at: row.text("at")?,
                reason: row.text("reason")?,
                deed: serde_json::from_str(&row.text("deed")?)?,
            })
        })
        .collect()
}
