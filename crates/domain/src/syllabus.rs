//! A syllabus that was handed in as a document: who sees it, who settles what was found in it, and when it becomes a
//! draft of a specification (practice, section 2.4).

use crate::actor::{Actor, Role};
use crate::id::{CentreId, SpecificationId};
use crate::refusal::{Code, Refusal, Refusals};

/// What must be known of a syllabus.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyllabusCase {
    /// The centre that it belongs to; none for the awarding body's own.
    pub centre: Option<CentreId>,
    /// What it became.
    pub specification: Option<SpecificationId>,
    /// Errors and warnings that nobody settled; notes need nobody.
    pub open_errors: u32,
    /// See `open_errors`.
    pub open_warnings: u32,
}

/// Whether somebody may hand in a syllabus at all.
pub fn may_hand_in(actor: &Actor) -> bool {
    actor.is(Role::Coordinator) || actor.is(Role::QualityManager) || actor.is(Role::Administrator)
}

/// The centre to which what somebody hands in belongs: a coordinator's own, else the awarding body (none).
pub fn owner(actor: &Actor) -> Option<CentreId> {
    if actor.is(Role::QualityManager) || actor.is(Role::Administrator) {
        return None;
    }
    actor.centres_as(Role::Coordinator).into_iter().next()
}

/// Whether somebody sees a syllabus with its document: it holds the awarding body's own words, which stay with those who
/// run the qualifications. Quality manager and administrator see all, a coordinator those of the own centre.
pub fn may_see(actor: &Actor, centre: Option<&CentreId>) -> bool {
    actor.is(Role::QualityManager)
        || actor.is(Role::Administrator)
        || centre.is_some_and(|centre| actor.is_at(Role::Coordinator, centre))
}

/// Decides on settling a finding or correcting what was read, by somebody who may see it.
///
/// # Errors
/// - `SPEC_LOCKED`: it has become a specification
pub fn settle(case: &SyllabusCase) -> Result<(), Refusals> {
    not_become(case)?;
    Ok(())
}

/// Decides on making the draft of a specification of it.
///
/// # Errors (all that apply, at once)
/// - `SPEC_LOCKED`: it has become a specification
/// - `SPEC_FINDINGS_OPEN`: errors or warnings that nobody settled
pub fn make_draft(case: &SyllabusCase) -> Result<(), Refusals> {
    let mut refusals = Refusals::new();
    refusals.check(not_become(case));
    let open = [(case.open_errors, "error"), (case.open_warnings, "warning")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{count} {word}{}", if count == 1 { "" } else { "s" }))
        .collect::<Vec<_>>();
    if !open.is_empty() {
        refusals.push(
            Refusal::new(
                Code::SpecFindingsOpen,
                format!(
                    "{} not settled yet.",
                    sentence(&open, case.open_errors + case.open_warnings)
                ),
            )
            .remedy(
                "Go through the findings one by one: accept, correct or ignore each. Notes may stay open.",
            )
            .who("Whoever reviews the syllabus")
            .source("practice, section 2.4"),
        );
    }
    refusals.ok()
}

fn sentence(open: &[String], count: u32) -> String {
    let are = if count == 1 { "is" } else { "are" };
    format!("{} {are}", open.join(" and "))
}

fn not_become(case: &SyllabusCase) -> Result<(), Refusal> {
    match &case.specification {
        None => Ok(()),
        Some(_) => Err(Refusal::new(
            Code::SpecLocked,
            "This syllabus has become a draft of a specification, so its review is closed.",
        )
        .remedy("Hand in the document again to read it anew; it becomes a draft of its own.")
        .who("Whoever reviews the syllabus")
        .source("practice, section 2.4")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn open_findings_are_counted_in_words() {
        let case = |open_errors, open_warnings| SyllabusCase {
            centre: None,
            specification: None,
            open_errors,
            open_warnings,
        };
        assert_eq!(make_draft(&case(0, 0)), Ok(()));
        let says = |case: SyllabusCase| match make_draft(&case) {
            Err(refusals) => refusals
                .0
                .first()
                .map(|one| one.because.clone())
                .unwrap_or_default(),
            Ok(()) => String::new(),
        };
        assert_eq!(says(case(1, 0)), "1 error is not settled yet.");
        assert_eq!(says(case(2, 1)), "2 errors and 1 warning are not settled yet.");
    }
}
