//! What is left of a learner's work in the tables once its private content is erased: the same as a rebuild leaves.
//!
//! People, registrations, plans and messages blank their own rows; this is for evidence, hand-ins, judgements and awards.

use assay_domain::fact::{Entry, Fact};
use assay_store::statements::erasure as statements;
use assay_store::{StoreFault, Tx};

pub(super) fn apply(tx: &mut Tx<'_>, _sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    if let Fact::PersonErased { person } = &entry.fact {
        for statement in statements::ALL {
            tx.run(statement, &[person.as_str().into()])?;
        }
    }
    Ok(())
}
