//! A settled syllabus becomes the draft of a specification: from here on it is a fact, checked, approved and published
//! like one that was loaded as data. The awarding body's guidance is kept beside its text.

use super::{desk, require_seen, rules, statements};
use crate::specification::guidance;
use crate::specification::load::{self, LoadSpecification};
use crate::{Acting, Failure};
use assay_domain::id::{SpecificationId, SyllabusId};
use assay_specification::{Format, Specification};
use assay_store::statements::specification as texts;

/// Makes the draft. The same person may not approve or publish it.
///
/// # Errors
/// - `NotFound`; `SPEC_LOCKED` when it has become one already
/// - `SPEC_FINDINGS_OPEN`: errors or warnings that nobody settled
/// - `Unreadable`: what is still missing, each with its place
/// - as [`load::run`]
pub fn make(acting: &mut Acting<'_, '_>, id: &SyllabusId) -> Result<SpecificationId, Failure> {
    let actor = acting.actor()?.clone();
    let row = require_seen(acting.tx, &actor, id)?;
    let steps = desk::steps(acting.tx, &row)?;
    let review = desk::review(acting.app, &row, &steps)?;
    let mut case = row.case();
    let counts = super::settle::counts_of(&review);
    case.open_errors = counts.open_errors;
    case.open_warnings = counts.open_warnings;
    rules::make_draft(&case)?;
    let reading = desk::reading(acting.app, &row)?;
    let text = review
        .specification_file(&steps, &reading.catalogue, Format::Toml)
        .map_err(Failure::Fault)?;
    // A text in which something is missing is told by the load; one that is whole goes in without the guidance.
    let (text, guidance) = match Specification::read(&text, Format::Toml) {
        Ok(mut whole) => {
            let taken = guidance::take_out(&mut whole)?;
            (whole.write(Format::Toml).map_err(Failure::Fault)?, taken)
        }
        Err(_) => (text, None),
    };
    let input = LoadSpecification {
        format: Format::Toml,
        text,
    };
    let specification = load::run(acting, input)?;
    if let Some(guidance) = guidance {
        acting.tx.run(
            &texts::KEEP_GUIDANCE,
            &[specification.as_str().into(), guidance.into()],
        )?;
    }
    acting.tx.run(
        &statements::BECOME,
        &[row.id.as_str().into(), specification.as_str().into()],
    )?;
    Ok(specification)
}
