//! Tables derived from facts. Each noun reads the facts that matter to it and keeps its own tables; `assay rebuild`
//! empties all derived tables and applies every entry of the ledger again, in order, to the same rows.
//!
//! A derivation depends on the entry, on tables derived before it and on private content, on nothing else: no policy, no
//! clock, no randomness. Erased private content derives as blank.

pub mod award;
pub mod centre;
pub mod correction;
pub mod credential;
pub mod erasure;
pub mod evidence;
pub mod external_assessment;
pub mod judgement;
pub mod name_change;
pub mod people;
pub mod plan;
pub mod registration;
pub mod signing_key;
pub mod specification;
pub mod submission;
pub mod theme;
pub mod trail;

use assay_domain::fact::Entry;
use assay_domain::id::PersonId;
use assay_domain::sealed::Sealed;
use assay_store::{StoreFault, Tx, Value, private};

/// Applies one entry to all derived tables.
///
/// # Errors
/// A [`StoreFault`] when the store fails or a row cannot be true.
pub fn apply(tx: &mut Tx<'_>, sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    people::apply(tx, sequence, entry)?;
    centre::apply(tx, sequence, entry)?;
    specification::apply(tx, sequence, entry)?;
    registration::apply(tx, sequence, entry)?;
    plan::apply(tx, sequence, entry)?;
    evidence::apply(tx, sequence, entry)?;
    submission::apply(tx, sequence, entry)?;
    judgement::apply(tx, sequence, entry)?;
    award::apply(tx, sequence, entry)?;
    name_change::apply(tx, sequence, entry)?;
    correction::apply(tx, sequence, entry)?;
    // After everything that moves a hand-in.
    external_assessment::apply(tx, sequence, entry)?;
    theme::apply(tx, sequence, entry)?;
    credential::apply(tx, entry)?;
    signing_key::apply(tx, sequence, entry)?;
    // After all that it blanks.
    erasure::apply(tx, sequence, entry)?;
    // Last: looks up what the tables above say.
    trail::apply(tx, sequence, entry)
}

/// Who acted, as a value; null for the installation itself.
fn person(entry: &Entry) -> Value {
    entry.by.as_ref().map(PersonId::as_str).into()
}

/// The text that a fact sealed; none when it sealed none, blank once erased.
fn text_of(tx: &mut Tx<'_>, sealed: Option<&Sealed>) -> Result<Option<String>, StoreFault> {
    match sealed {
        None => Ok(None),
        Some(sealed) => Ok(Some(private::find(tx, sealed.id.as_str())?.unwrap_or_default())),
    }
}

/// A reference as JSON, kept beside its text so that a signature can carry it on.
fn sealed_json(sealed: &Sealed) -> String {
    serde_json::to_string(sealed).unwrap_or_default()
}
