//! The keys that sign the ledger.

use assay_domain::fact::{Entry, Fact};
use assay_ledger::VerifierKey;
use assay_store::statements::signing_key as statements;
use assay_store::{StoreFault, Tx};

pub(super) fn apply(tx: &mut Tx<'_>, sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    match &entry.fact {
        Fact::SigningKeyIntroduced { key } => {
            // The id is part of the key's text; one that cannot be read is kept whole, so that it is seen.
            let id = VerifierKey::parse(key).map_or_else(|_| key.clone(), |key| key.id().to_string());
            tx.run(
                &statements::INTRODUCE,
                &[id.into(), key.into(), sequence.into(), (&entry.at).into()],
            )?;
        }
        Fact::SigningKeyRetired { key, ground } => {
            tx.run(
                &statements::RETIRE,
                &[
                    key.into(),
                    sequence.into(),
                    (&entry.at).into(),
                    ground.as_str().into(),
                ],
            )?;
        }
        _ => {}
    }
    Ok(())
}
