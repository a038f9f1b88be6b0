//! Specifications as those see them who may: published ones everybody signed in, the others those who work on them.

use super::stage::{Move, decide};
use super::{SpecificationRow, guidance, list, require};
use crate::{Asking, Failure, people};
use assay_domain::id::{PersonId, SpecificationId};
use assay_domain::{Actor, Refusals, Role};
use assay_specification::{Finding, Specification, check};
use std::sync::Arc;

/// Whether somebody loads and checks specifications, and so sees those that are not published yet.
pub fn works_on_them(actor: &Actor) -> bool {
    actor.is(Role::QualityManager) || actor.is(Role::Administrator) || actor.is(Role::Coordinator)
}

/// The versions that the caller may see, the newest first.
///
/// # Errors
/// `SignInNeeded`.
pub fn list_visible(asking: &mut Asking<'_, '_>) -> Result<Vec<SpecificationRow>, Failure> {
    let all = works_on_them(asking.actor()?);
    let mut rows = list(asking.tx)?;
    rows.retain(|row| all || row.is_published());
    Ok(rows)
}

/// A specification with where it stands and what the caller may do with it.
#[derive(Debug, Clone)]
pub struct SpecificationSeen {
    pub row: SpecificationRow,
    pub specification: Arc<Specification>,
    /// Names of who loaded, approved and published it.
    pub drafted_by: Option<String>,
    pub approved_by: Option<String>,
    pub published_by: Option<String>,
    /// The next move with the reasons against it, for those who work on it; none once it is published.
    pub next: Option<(Move, Option<Refusals>)>,
}

impl SpecificationSeen {
    /// What the check finds.
    pub fn findings(&self) -> Vec<Finding> {
        check(&self.specification)
    }
}

/// A specification.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none, or it is not published and the caller does not work on it.
pub fn see(asking: &mut Asking<'_, '_>, id: &SpecificationId) -> Result<SpecificationSeen, Failure> {
    let actor = asking.actor()?.clone();
    let row = require(asking.tx, id)?;
    if !row.is_published() && !works_on_them(&actor) {
        return Err(Failure::NotFound);
    }
    let mut specification = asking.app.specification(asking.tx, id)?;
    if !guidance::may_read(asking, &actor, id)? {
        specification = Arc::new(guidance::without(&specification));
    }
    let next = match Move::after(row.stage).filter(|_| works_on_them(&actor)) {
        Some(next) => {
            let case = super::stage::case(asking.app, asking.tx, id)?;
            Some((next, decide(&case, &actor, next).err()))
        }
        None => None,
    };
    let mut name = |person: &Option<PersonId>| match person {
        Some(person) => people::find_name(asking.tx, person),
        None => Ok(None),
    };
    Ok(SpecificationSeen {
        drafted_by: name(&row.drafted_by)?,
        approved_by: name(&row.approved_by)?,
        published_by: name(&row.published_by)?,
        row,
        specification,
        next,
    })
}
