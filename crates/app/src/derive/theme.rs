//! How the papers of awarding bodies look.

use assay_domain::award::{Signatory, ThemePicture};
use assay_domain::fact::{Entry, Fact};
use assay_store::statements::theme as statements;
use assay_store::{StoreFault, Tx};

pub(super) fn apply(tx: &mut Tx<'_>, sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    if let Fact::AwardingBodyThemed {
        theme,
        awarding_body,
        printed_as,
        accent,
        logo,
        signatory,
        from,
    } = &entry.fact
    {
        let part = |part: fn(&ThemePicture) -> &String| logo.as_ref().map(part).cloned().into();
        let signatory = super::text_of(tx, signatory.as_ref())?;
        let signature = signatory
            .as_deref()
            .and_then(|text| serde_json::from_str::<Signatory>(text).ok())
            .and_then(|signatory| signatory.signature)
            .map(|picture| picture.sha256);
        tx.run(
            &statements::ADD,
            &[
                theme.as_str().into(),
                sequence.into(),
                awarding_body.into(),
                printed_as.into(),
                accent.into(),
                part(|logo| &logo.sha256),
                part(|logo| &logo.media),
                part(|logo| &logo.described),
                signatory.into(),
                signature.into(),
                from.to_string().into(),
                (&entry.at).into(),
                super::person(entry),
            ],
        )?;
    }
    Ok(())
}
