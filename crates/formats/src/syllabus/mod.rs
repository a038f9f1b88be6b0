//! A published syllabus becomes a draft of a specification (issue 3, QS-04, QS-31).
//!
//! Every reader (text, PDF, DOCX, CSV, XLSX, CASE) makes a [`Draft`]: what was read, each value with the places that it
//! came from, and the reader's own [`Finding`]s. What was not found is `None`; nothing is guessed in silence. The stages
//! after the reader are shared:
//!
//! - `check` reads a draft like a proof-reader and adds findings;
//! - [`json()`] writes the draft as JSON;
//! - `specification` makes a specification file of it.
//!
//! What the text reader relies on, and every code, stands in `docs/importing.md`.

mod check;
pub mod codes;
mod correct;
mod draft;
mod finding;
mod json;
mod review;
mod source;
mod specification;
mod suggestions;
mod text;
mod twins;
mod words;

pub use check::check;
pub use codes::{CODES, Code};
pub use correct::{Correction, NotCorrected, Part, Slot, Target, slot};
pub use draft::{
    ContentsLine, CriterionDraft, DocumentDraft, Draft, Field, Found, GuidanceDraft, OutcomeDraft,
    QualificationDraft, RowDraft, TermDraft, UnitDraft,
};
pub use finding::{Finding, Place, findings_as_text};
pub use json::json;
pub use review::{Answer, Deed, Review, Reviewed, Settled, Step, answers, key_of, target_of};
pub use source::{Reading, Source, SourceLine, SourcePage};
pub use specification::{Beside, specification, specification_file};
pub use suggestions::{models_named, suggest_models};
pub use text::{LONGEST_TEXT, read_text, read_text_file, too_long};
pub use words::command_verbs;

use crate::refusal::ReadRefusal;

/// Reads the bytes of a syllabus, checks the draft and shows the lines of its findings: all that an import does before
/// a person looks at it.
///
/// # Errors
///
/// [`ReadRefusal`] when the bytes are no syllabus in a form that is read.
pub fn import(bytes: &[u8]) -> Result<Draft, ReadRefusal> {
    let mut draft = read_text_file(bytes)?;
    check(&mut draft);
    draft.show_lines(&crate::decoding::decode(bytes).text);
    Ok(draft)
}
