//! The awarding body's own guidance of a specification that was read from its document.
//!
//! It is kept beside the text and put back when the specification is read here: so it is shown to staff and to learners
//! registered on that specification, and stands in no ledger, dossier, check or export.

use super::view::works_on_them;
use crate::{Asking, Failure};
use assay_domain::id::SpecificationId;
use assay_domain::{Actor, Role};
use assay_specification::Specification;
use assay_store::Tx;
use assay_store::statements::{registration, specification as statements};
use std::collections::BTreeMap;

/// Passages by unit and criterion.
type Guidance = BTreeMap<String, BTreeMap<String, Vec<String>>>;

/// Takes the guidance out of a specification; none where there was none.
pub(crate) fn take_out(specification: &mut Specification) -> Result<Option<String>, Failure> {
    let mut guidance = Guidance::new();
    for unit in &mut specification.units {
        for criterion in unit.outcomes.iter_mut().flat_map(|outcome| &mut outcome.criteria) {
            if criterion.guidance.is_empty() {
                continue;
            }
            guidance.entry(unit.number.to_string()).or_default().insert(
                criterion.number.to_string(),
                std::mem::take(&mut criterion.guidance),
            );
        }
    }
    if guidance.is_empty() {
        return Ok(None);
    }
    Ok(Some(serde_json::to_string(&guidance)?))
}

/// Puts guidance back that is kept beside a text; false when none is.
pub(super) fn put_back(
    tx: &mut Tx<'_>,
    id: &SpecificationId,
    specification: &mut Specification,
) -> Result<bool, Failure> {
    let Some(row) = tx.row(&statements::FIND_GUIDANCE, &[id.as_str().into()])? else {
        return Ok(false);
    };
    let mut guidance: Guidance = serde_json::from_str(&row.text("text")?)?;
    for unit in &mut specification.units {
        let Some(mut passages) = guidance.remove(unit.number.as_str()) else {
            continue;
        };
        for criterion in unit.outcomes.iter_mut().flat_map(|outcome| &mut outcome.criteria) {
            if let Some(own) = passages.remove(&criterion.number.to_string()) {
                criterion.guidance = own;
            }
        }
    }
    Ok(true)
}

/// Whether guidance is kept beside a text, so that it is not for everybody.
fn is_private(tx: &mut Tx<'_>, id: &SpecificationId) -> Result<bool, Failure> {
    let row = tx.row(&statements::FIND_GUIDANCE, &[id.as_str().into()])?;
    Ok(row.is_some())
}

/// Whether somebody may read the guidance: it is our own words, or they are staff, or registered on this specification.
pub(super) fn may_read(
    asking: &mut Asking<'_, '_>,
    actor: &Actor,
    id: &SpecificationId,
) -> Result<bool, Failure> {
    let staff = actor.grants.iter().any(|grant| grant.role != Role::Learner);
    if staff || works_on_them(actor) || !is_private(asking.tx, id)? {
        return Ok(true);
    }
    let own = asking
        .tx
        .rows(&registration::LIST_OF_LEARNER, &[actor.person.as_str().into()])?;
    for row in own {
        if row.text("specification")? == id.as_str() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The same specification without guidance.
pub fn without(specification: &Specification) -> Specification {
    let mut bare = specification.clone();
    for unit in &mut bare.units {
        for criterion in unit.outcomes.iter_mut().flat_map(|outcome| &mut outcome.criteria) {
            criterion.guidance.clear();
        }
    }
    bare
}
