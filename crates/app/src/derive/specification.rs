//! Specifications between draft and publication.

use assay_domain::fact::{Entry, Fact};
use assay_store::statements::specification as statements;
use assay_store::{StoreFault, Tx};

pub(super) fn apply(tx: &mut Tx<'_>, _sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    match &entry.fact {
        Fact::SpecificationDrafted {
            specification,
            digest,
            title,
            version,
        } => {
            tx.run(
                &statements::DRAFT,
                &[
                    specification.as_str().into(),
                    digest.into(),
                    title.into(),
                    version.into(),
                    super::person(entry),
                    (&entry.at).into(),
                ],
            )?;
        }
        Fact::SpecificationChecked {
            specification,
            errors,
            warnings,
        } => {
            tx.run(
                &statements::CHECK,
                &[
                    specification.as_str().into(),
                    (&entry.at).into(),
                    (*errors).into(),
                    (*warnings).into(),
                ],
            )?;
        }
        Fact::SpecificationApproved { specification } => {
            tx.run(
                &statements::APPROVE,
                &[
                    specification.as_str().into(),
                    super::person(entry),
                    (&entry.at).into(),
                ],
            )?;
        }
        Fact::SpecificationPublished { specification } => {
            tx.run(
                &statements::PUBLISH,
                &[
                    specification.as_str().into(),
                    super::person(entry),
                    (&entry.at).into(),
                ],
            )?;
        }
        _ => {}
    }
    Ok(())
}
