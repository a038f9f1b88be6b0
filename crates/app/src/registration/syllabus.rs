//! What registrations ask of a specification: the qualification that a code names, its dates, its units.

use crate::{App, Failure, specification};
use assay_domain::id::SpecificationId;
use assay_domain::policy::Policy;
use assay_domain::registration::{QualificationOnOffer, period};
use assay_specification::rule::Prepared;
use assay_specification::{Qualification, Specification};
use assay_store::Tx;
use jiff::civil::Date;
use std::sync::Arc;

/// A qualification with the version of the specification it stands in.
#[derive(Clone)]
pub struct Pinned {
    pub id: SpecificationId,
    pub specification: Arc<Specification>,
    pub code: String,
}

impl Pinned {
    /// The qualification.
    ///
    /// # Errors
    /// `Fault` when the specification has no qualification of this code: a registration is never made on one.
    pub fn qualification(&self) -> Result<&Qualification, Failure> {
        self.specification
            .qualifications
            .iter()
            .find(|qualification| qualification.code == self.code)
            .ok_or_else(|| {
                Failure::Fault(format!(
                    "specification {} has no qualification {}",
                    self.id, self.code
                ))
            })
    }

    /// Its rule of combination, ready to judge by.
    ///
    /// # Errors
    /// As [`Pinned::qualification`]; `Fault` when the rule cannot be worked with: it is never published.
    pub fn rule(&self, app: &App) -> Result<Arc<Prepared>, Failure> {
        app.rule(&self.id, &self.specification, self.qualification()?)
            .map_err(|fault| Failure::Fault(format!("rule of {}: {fault}", self.code)))
    }
}

/// The qualification that a registration is pinned to (QS-01).
///
/// # Errors
/// `Fault` when the specification's text is gone or has no such qualification.
pub fn pinned(app: &App, tx: &mut Tx<'_>, id: &SpecificationId, code: &str) -> Result<Pinned, Failure> {
    let specification = app.specification(tx, id)?;
    Ok(Pinned {
        id: id.clone(),
        specification,
        code: code.to_owned(),
    })
}

/// The qualification that a code, full title or number names in the latest published specification that has it; none when
/// no published one has.
pub fn published(app: &App, tx: &mut Tx<'_>, wanted: &str) -> Result<Option<Pinned>, Failure> {
    if wanted.trim().is_empty() {
        return Ok(None);
    }
    Ok(
        specification::find_qualification(app, tx, wanted)?.map(|offered| Pinned {
            id: offered.row.id,
            specification: offered.specification,
            code: offered.qualification.code,
        }),
    )
}

/// Every qualification that was ever published, in each of its versions: learners stay pinned to the old ones.
pub fn every_published(app: &App, tx: &mut Tx<'_>) -> Result<Vec<Pinned>, Failure> {
    let mut found = Vec::new();
    for row in specification::list(tx)?
        .into_iter()
        .filter(specification::SpecificationRow::is_published)
    {
        let specification = app.specification(tx, &row.id)?;
        found.extend(specification.qualifications.iter().map(|qualification| Pinned {
            id: row.id.clone(),
            specification: specification.clone(),
            code: qualification.code.clone(),
        }));
    }
    Ok(found)
}

/// The figures that registering needs.
pub fn on_offer(pinned: &Pinned) -> Result<QualificationOnOffer, Failure> {
    let qualification = pinned.qualification()?;
    let dates = pinned.specification.dates_of(qualification);
    Ok(QualificationOnOffer {
        specification: pinned.id.clone(),
        code: qualification.code.clone(),
        title: qualification.title.clone(),
        size: qualification.size,
        minimum_age: pinned.specification.document.minimum_age,
        operational_from: dates.operational_from,
        registration_ends: dates.registration_ends,
        certification_ends: dates.certification_ends,
    })
}

/// The last day on which the qualification can be certificated, as the document or the profile says; none when neither
/// does.
pub fn last_certification(pinned: &Pinned, policy: &Policy<'_>) -> Result<Option<Date>, Failure> {
    let qualification = pinned.qualification()?;
    let dates = pinned.specification.dates_of(qualification);
    Ok(period::last_certification(
        qualification.size,
        dates.registration_ends,
        dates.certification_ends,
        policy,
    ))
}
