//! Whose list is shown: a coordinator may have several centres, and a quality manager looks at all of them or at one.

use crate::{Asking, Failure};
use assay_domain::Role;
use assay_domain::id::CentreId;

/// A centre to choose.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CentreChoice {
    pub centre: CentreId,
    pub name: String,
}

/// Whose list is shown, and between which centres the reader can choose.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct CentreShown {
    /// None when the list is not one centre's.
    pub centre: Option<CentreId>,
    /// The centres that the reader coordinates.
    pub centres: Vec<CentreChoice>,
}

/// The centres that the caller coordinates, each once.
///
/// # Errors
/// `SignInNeeded`.
pub(crate) fn coordinated(asking: &mut Asking<'_, '_>) -> Result<Vec<CentreChoice>, Failure> {
    let mut centres: Vec<CentreChoice> = Vec::new();
    for centre in asking.actor()?.centres_as(Role::Coordinator) {
        if !centres.iter().any(|choice| choice.centre == centre) {
            let name = crate::registration::case::require_centre(asking.tx, &centre)?.name;
            centres.push(CentreChoice { centre, name });
        }
    }
    Ok(centres)
}

/// One of the centres that the caller coordinates: the one named, else the first.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when the caller coordinates none, or not the one named.
pub(crate) fn of_coordinator(
    asking: &mut Asking<'_, '_>,
    wanted: Option<&CentreId>,
) -> Result<(CentreId, CentreShown), Failure> {
    let centres = coordinated(asking)?;
    let centre = match wanted {
        Some(wanted) => centres.iter().find(|choice| choice.centre == *wanted),
        None => centres.first(),
    }
    .map(|choice| choice.centre.clone())
    .ok_or(Failure::NotFound)?;
    let shown = CentreShown {
        centre: Some(centre.clone()),
        centres,
    };
    Ok((centre, shown))
}

/// As [`of_coordinator`]; for a quality manager the centre named, else all of them.
///
/// # Errors
/// As [`of_coordinator`]; `NotFound` when there is no such centre.
pub(crate) fn of_body_or_coordinator(
    asking: &mut Asking<'_, '_>,
    wanted: Option<&CentreId>,
) -> Result<CentreShown, Failure> {
    if !asking.actor()?.is(Role::QualityManager) {
        return Ok(of_coordinator(asking, wanted)?.1);
    }
    if let Some(wanted) = wanted {
        crate::registration::case::require_centre(asking.tx, wanted)?;
    }
    Ok(CentreShown {
        centre: wanted.cloned(),
        centres: Vec::new(),
    })
}
