//! Checking a specification against itself (QS-31): what a careful reader would find with a ruler and a pencil.
//!
//! [`check`] never changes anything and never stops at the first finding. A finding that a listed erratum answers
//! stays in the list as a note, so that a corrected misprint is still seen. Each code is described in [`CODES`], with
//! its severity; `docs/specification-format.md` lists them.

mod codes;
mod criteria;
mod dates;
mod doubles;
mod errata;
mod figures;
mod finding;
mod identifiers;
mod references;
mod rules;
mod tables;
mod titles;

pub use codes::{CODES, Code};
pub use finding::{Finding, Severity};

use finding::Findings;

use crate::specification::Specification;

/// Everything that can be found wrong in a specification: errors first, then warnings, then notes, each in the order
/// of the document.
pub fn check(specification: &Specification) -> Vec<Finding> {
    let mut findings = Findings::default();
    identifiers::check(specification, &mut findings);
    doubles::check(specification, &mut findings);
    dates::check(specification, &mut findings);
    titles::check(specification, &mut findings);
    figures::check(specification, &mut findings);
    tables::check(specification, &mut findings);
    rules::check(specification, &mut findings);
    criteria::check(specification, &mut findings);
    references::check(specification, &mut findings);
    let mut findings = errata::answer(specification, findings);
    findings.sort_by_key(|finding| finding.severity);
    findings
}
