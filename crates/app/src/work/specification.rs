//! Setting up a new installation, step by step, and specifications that wait for another person's word.

use super::WorkItem;
use crate::{Asking, Failure};
use assay_domain::{Actor, Role};
use assay_store::StoreFault;
use assay_store::statements::{centre, people, specification as statements};

/// Checked specifications for whoever may approve, approved ones for whoever may publish: nobody's own (practice,
/// section 2.4).
pub(super) fn items(asking: &mut Asking<'_, '_>) -> Result<Vec<WorkItem>, Failure> {
    let actor = asking.actor()?.clone();
    if !actor.is(Role::Administrator) && !actor.is(Role::QualityManager) {
        return Ok(Vec::new());
    }
    let rows = asking.tx.rows(&statements::LIST, &[])?;
    let mut items = Vec::new();
    for row in &rows {
        let own = row.text("drafted_by")? == actor.person.as_str();
        let (title, since) = match row.text("state")?.as_str() {
            "checked" if !own => ("A specification to approve", row.optional_text("checked_at")?),
            "approved" if !own => ("A specification to publish", row.optional_text("approved_at")?),
            _ => continue,
        };
        let since = match since {
            Some(since) => since,
            None => row.text("drafted_at")?,
        };
        let subject = format!("{}, version {}", row.text("title")?, row.text("version")?);
        let href = format!("/specifications/{}", row.text("id")?);
        items.push(WorkItem::new("Specifications", title, subject, href, since));
    }
    items.extend(setting_up(asking, &actor, rows.is_empty())?);
    Ok(items)
}

/// What a new installation still lacks before a learner can be registered, for its administrator.
fn setting_up(asking: &mut Asking<'_, '_>, actor: &Actor, empty: bool) -> Result<Vec<WorkItem>, Failure> {
    if !actor.is(Role::Administrator) {
        return Ok(Vec::new());
    }
    let Some(installation) = asking.tx.row(&people::FIND_INSTALLATION, &[])? else {
        return Ok(Vec::new());
    };
    let since = installation.text("founded_at")?;
    let centres = asking
        .tx
        .row(&centre::COUNT, &[])?
        .map_or(Ok(0), |row| row.int("centres"))?;
    let mut nobody_is = |role: Role| -> Result<bool, StoreFault> {
        let row = asking
            .tx
            .row(&people::COUNT_PEOPLE_WITH_ROLE, &[role.as_str().into()])?;
        Ok(row.map_or(Ok(0), |row| row.int("people"))? == 0)
    };
    let steps = [
        (
            nobody_is(Role::QualityManager)?,
            "Add a quality manager",
            "A second person approves specifications and releases awards.",
            "/people/new",
        ),
        (
            empty,
            "Load a specification, or hand in a syllabus",
            "Units, criteria and rules of combination come from it.",
            "/specifications",
        ),
        (
            centres == 0,
            "Approve a centre",
            "Then say on its page which qualifications it offers.",
            "/centres",
        ),
        (
            centres > 0 && nobody_is(Role::Coordinator)?,
            "Add the centre's coordinator",
            "The coordinator registers learners and adds tutors, assessors and verifiers.",
            "/people/new",
        ),
    ];
    Ok(steps
        .into_iter()
        .filter(|(lacks, ..)| *lacks)
        .map(|(_, title, why, href)| WorkItem::new("Setting up", title, why, href, since.clone()))
        .collect())
}
