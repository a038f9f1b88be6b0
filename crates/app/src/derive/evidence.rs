//! Evidence, its versions, and passages.

use assay_domain::fact::{Entry, EvidenceKind, Fact, Place};
use assay_store::statements::evidence as statements;
use assay_store::{StoreFault, Tx, Value, private};

/// What is private about a version, as sealed by `EvidenceSaved`: where its bytes are kept and how the file was named.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Content {
    /// SHA-256 of the bytes, lower-case hex: the address of the file.
    pub sha256: String,
    pub file_name: String,
}

/// A kind of evidence as stored.
pub fn kind_word(kind: EvidenceKind) -> &'static str {
    match kind {
        EvidenceKind::Written => "written",
        EvidenceKind::File => "file",
        EvidenceKind::Viva => "viva",
        EvidenceKind::Observation => "observation",
    }
}

pub(super) fn apply(tx: &mut Tx<'_>, _sequence: i64, entry: &Entry) -> Result<(), StoreFault> {
    match &entry.fact {
        Fact::EvidenceStarted {
            evidence,
            learner,
            kind,
            title,
        } => {
            let title = private::find(tx, title.id.as_str())?.unwrap_or_default();
            tx.run(
                &statements::START,
                &[
                    evidence.as_str().into(),
                    learner.as_str().into(),
                    kind_word(*kind).into(),
                    title.into(),
                    (&entry.at).into(),
                    super::person(entry),
                ],
            )?;
        }
        Fact::EvidenceRenamed { evidence, title } => {
            let title = private::find(tx, title.id.as_str())?.unwrap_or_default();
            tx.run(&statements::RENAME, &[evidence.as_str().into(), title.into()])?;
        }
        Fact::EvidenceSaved {
            evidence,
            version,
            content,
            media,
            bytes,
            words,
            pages,
            appendix,
        } => {
            let held: Content = private::find(tx, content.id.as_str())?
                .and_then(|content| serde_json::from_str(&content).ok())
                .unwrap_or_default();
            tx.run(
                &statements::ADD_VERSION,
                &[
                    evidence.as_str().into(),
                    (*version).into(),
                    held.sha256.into(),
                    held.file_name.into(),
                    (&content.digest).into(),
                    media.into(),
                    i64::try_from(*bytes).unwrap_or(i64::MAX).into(),
                    (*words).into(),
                    (*pages).into(),
                    (*appendix).into(),
                    (&entry.at).into(),
                    super::person(entry),
                ],
            )?;
            tx.run(
                &statements::SET_CURRENT_VERSION,
                &[evidence.as_str().into(), (*version).into()],
            )?;
        }
        Fact::EvidenceWithdrawn { evidence } => {
            tx.run(&statements::WITHDRAW, &[evidence.as_str().into()])?;
        }
        Fact::PassageMarked {
            passage,
            evidence,
            version,
            place,
            criteria,
            note,
        } => {
            let note = super::text_of(tx, note.as_ref())?;
            let (word, from, until): (&str, Value, Value) = match place {
                Place::Text { from, until } => ("text", (*from).into(), (*until).into()),
                Place::Page { page } => ("page", (*page).into(), Value::Null),
                Place::Time { from, until } => ("time", (*from).into(), (*until).into()),
                Place::Whole => ("whole", Value::Null, Value::Null),
            };
            tx.run(
                &statements::MARK,
                &[
                    passage.as_str().into(),
                    evidence.as_str().into(),
                    (*version).into(),
                    word.into(),
                    from,
                    until,
                    note.into(),
                    (&entry.at).into(),
                    super::person(entry),
                ],
            )?;
            for criterion in criteria {
                tx.run(
                    &statements::MARK_CRITERION,
                    &[
                        passage.as_str().into(),
                        (&criterion.unit).into(),
                        (&criterion.criterion).into(),
                    ],
                )?;
            }
        }
        Fact::PassageUnmarked { passage } => {
            tx.run(&statements::UNMARK, &[passage.as_str().into()])?;
        }
        _ => {}
    }
    Ok(())
}
