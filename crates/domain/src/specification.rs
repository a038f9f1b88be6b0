//! The way of a specification from draft to publication (practice, section 2.4). A published version never changes; a
//! change is a new version, and registered learners stay on theirs (QS-01).

use crate::actor::{Actor, Role};
use crate::fact::Fact;
use crate::id::{PersonId, SpecificationId};
use crate::refusal::{Code, Refusal, Refusals};
use crate::{Decision, Fresh};
use std::fmt;
use std::str::FromStr;

/// Where a specification stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Draft,
    Checked,
    Approved,
    Published,
}

impl Stage {
    pub fn as_str(self) -> &'static str {
        match self {
            Stage::Draft => "draft",
            Stage::Checked => "checked",
            Stage::Approved => "approved",
            Stage::Published => "published",
        }
    }

    pub fn title(self) -> &'static str {
        match self {
            Stage::Draft => "Draft",
            Stage::Checked => "Checked",
            Stage::Approved => "Approved",
            Stage::Published => "Published",
        }
    }
}

impl fmt::Display for Stage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.title())
    }
}

impl FromStr for Stage {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        [Stage::Draft, Stage::Checked, Stage::Approved, Stage::Published]
            .into_iter()
            .find(|stage| stage.as_str() == text)
            .ok_or_else(|| format!("expected the stage of a specification, found {text:?}"))
    }
}

/// What must be known to move a specification on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SpecificationCase {
    pub id: SpecificationId,
    pub stage: Stage,
    pub drafted_by: Option<PersonId>,
    /// Who settled findings or corrected what was read, where it came of a document.
    pub reviewed_by: Vec<PersonId>,
    /// Errors and warnings that the check finds now.
    pub errors: u32,
    pub warnings: u32,
}

/// Load a specification as a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftSpecification {
    pub digest: String,
    pub title: String,
    pub version: String,
    /// Whether the very same text is loaded already.
    pub known: bool,
}

/// Decides on loading.
///
/// # Errors
/// - `ROLE_MISSING`: neither administrator, quality manager nor coordinator
/// - `SPEC_LOCKED`: the very same text is loaded already
pub fn draft(
    act: &DraftSpecification,
    actor: &Actor,
    fresh: &mut dyn Fresh,
) -> Result<(SpecificationId, Decision), Refusals> {
    if !actor.is(Role::Coordinator) && !actor.is(Role::QualityManager) {
        actor.require(Role::Administrator, "load a specification")?;
    }
    if act.known {
        return Err(
            Refusal::new(Code::SpecLocked, "This very text is loaded already.")
                .remedy("Open it from the list of qualifications. A changed text becomes a new version.")
                .who("Whoever loads it")
                .source("QS-01; practice, section 2.4")
                .into(),
        );
    }
    let specification = SpecificationId::fresh(fresh);
    let decision = Decision::of(Fact::SpecificationDrafted {
        specification: specification.clone(),
        digest: act.digest.clone(),
        title: act.title.clone(),
        version: act.version.clone(),
    });
    Ok((specification, decision))
}

/// Decides on marking a draft as checked: it holds against itself.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`
/// - `SPEC_LOCKED`: not a draft any more
/// - `SPEC_NOT_CHECKED`: the check finds errors that no erratum answers
pub fn check(case: &SpecificationCase, actor: &Actor) -> Result<Decision, Refusals> {
    if !actor.is(Role::Coordinator) && !actor.is(Role::QualityManager) {
        actor.require(Role::Administrator, "check a specification")?;
    }
    let mut refusals = Refusals::new();
    refusals.check(stands_at(case, Stage::Draft));
    if case.errors > 0 {
        refusals.push(
            Refusal::new(Code::SpecNotChecked, format!("The check finds {} error(s).", case.errors))
                .remedy("Correct the text, or answer each with an erratum that keeps the printed value, the line and the reason.")
                .who("The author of the specification")
                .source("practice, section 2.4"),
        );
    }
    refusals.ok()?;
    Ok(Decision::of(Fact::SpecificationChecked {
        specification: case.id.clone(),
        errors: case.errors,
        warnings: case.warnings,
    }))
}

/// Decides on approval, by a person other than the author.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: neither quality manager nor administrator
/// - `SPEC_NOT_CHECKED`: not at the stage "checked"
/// - `SPEC_OWN_APPROVAL`: the person who loaded it, or who settled or corrected what was read from its document
pub fn approve(case: &SpecificationCase, actor: &Actor) -> Result<Decision, Refusals> {
    actor.require_one_of(
        &[Role::QualityManager, Role::Administrator],
        "approve a specification",
    )?;
    let mut refusals = Refusals::new();
    refusals.check(stands_at(case, Stage::Checked));
    refusals.check(another_person(case, actor, "approve"));
    refusals.ok()?;
    Ok(Decision::of(Fact::SpecificationApproved {
        specification: case.id.clone(),
    }))
}

/// Decides on publication: from now on learners can be registered on it, and it never changes.
///
/// # Errors (all that apply, at once)
/// - `ROLE_MISSING`: neither quality manager nor administrator
/// - `SPEC_NOT_PUBLISHED`: not approved yet
/// - `SPEC_OWN_APPROVAL`: the person who loaded it, or who settled or corrected what was read from its document
pub fn publish(case: &SpecificationCase, actor: &Actor) -> Result<Decision, Refusals> {
    actor.require_one_of(
        &[Role::QualityManager, Role::Administrator],
        "publish a specification",
    )?;
    let mut refusals = Refusals::new();
    refusals.check(stands_at(case, Stage::Approved));
    refusals.check(another_person(case, actor, "publish"));
    refusals.ok()?;
    Ok(Decision::of(Fact::SpecificationPublished {
        specification: case.id.clone(),
    }))
}

/// Nobody lets through what they made (practice, section 2.4).
fn another_person(case: &SpecificationCase, actor: &Actor, what: &str) -> Result<(), Refusal> {
    let own = if case.drafted_by.as_ref() == Some(&actor.person) {
        "You loaded this specification"
    } else if case.reviewed_by.contains(&actor.person) {
        "You settled findings of this specification"
    } else {
        return Ok(());
    };
    Err(Refusal::new(
        Code::SpecOwnApproval,
        format!("{own}, so another person has to {what} it."),
    )
    .remedy("Ask a second quality manager or administrator.")
    .who("A second person")
    .source("practice, section 2.4"))
}

fn stands_at(case: &SpecificationCase, wanted: Stage) -> Result<(), Refusal> {
    if case.stage == wanted {
        return Ok(());
    }
    let (code, remedy) = if case.stage > wanted {
        (
            Code::SpecLocked,
            "Nothing needs to be done; a change is a new version.",
        )
    } else if wanted == Stage::Approved {
        (
            Code::SpecNotPublished,
            "It has to be checked and approved by a second person first.",
        )
    } else {
        (Code::SpecNotChecked, "It has to be checked first.")
    };
    Err(Refusal::new(
        code,
        format!(
            "The specification is at the stage \"{}\".",
            case.stage.title().to_lowercase()
        ),
    )
    .remedy(remedy)
    .who("The quality manager")
    .source("practice, section 2.4"))
}
