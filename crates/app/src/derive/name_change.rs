//! Requests for a certificate in another name. The certificate itself is derived with the others, the learner's details with
//! people.

use assay_domain::award::NewName;
use assay_domain::fact::{Entry, Fact};
use assay_store::statements::name_change as statements;
use assay_store::{StoreFault, Tx, Value, private};

pub(super) fn apply(tx: &mut Tx<'_>, _sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    match &entry.fact {
        Fact::NameChangeAsked {
            change,
            certificate,
            award,
            name,
            proof,
            document,
        } => {
            let name: NewName = private::find(tx, name.id.as_str())?
                .and_then(|text| serde_json::from_str(&text).ok())
                .unwrap_or_default();
            let document = super::text_of(tx, Some(document))?;
            tx.run(
                &statements::ADD,
                &[
                    change.as_str().into(),
                    certificate.as_str().into(),
                    award.as_str().into(),
                    name.given.into(),
                    name.family.into(),
                    proof.as_str().into(),
                    document.into(),
                    (&entry.at).into(),
                    super::person(entry),
                ],
            )?;
        }
        Fact::NameProofSeen { change, seen } => {
            let seen = super::text_of(tx, seen.as_ref())?;
            tx.run(
                &statements::SEE,
                &[
                    change.as_str().into(),
                    seen.into(),
                    (&entry.at).into(),
                    super::person(entry),
                ],
            )?;
        }
        Fact::NameChangeApproved { change, certificate } => {
            settle(
                tx,
                entry,
                change.as_str(),
                "approved",
                Value::Null,
                certificate.as_str().into(),
            )?;
        }
        Fact::NameChangeRefused { change, because } => {
            let because = super::text_of(tx, Some(because))?;
            settle(tx, entry, change.as_str(), "refused", because.into(), Value::Null)?;
        }
        _ => {}
    }
    Ok(())
}

fn settle(
    tx: &mut Tx<'_>,
    entry: &Entry,
    change: &str,
    state: &str,
    because: Value,
    issued: Value,
) -> Result<(), StoreFault> {
    tx.run(
        &statements::SETTLE,
        &[
            change.into(),
            state.into(),
            because,
            issued,
            (&entry.at).into(),
            super::person(entry),
        ],
    )?;
    Ok(())
}
