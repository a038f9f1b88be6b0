//! What a learner's own dossier shows of their work beside the facts: the files that were handed in and judged, with the
//! salts of their digests, and the words of the passages that criteria were judged on (docs/dossier.md).

use super::dossier::{Gathered, entries_about};
use crate::derive::evidence::Content;
use crate::evidence::{find, passage, text};
use crate::{App, Failure};
use assay_certify::Disclosure;
use assay_certify::evidence::{MOST_EMBEDDED, ShownEvidence, ShownPassage, words_stand_in};
use assay_domain::Sealed;
use assay_domain::fact::{EvidenceVersion, Fact};
use assay_domain::id::{EvidenceId, PassageId};
use assay_store::{Tx, private};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;

/// What was judged on a submission: the pieces that were handed in, and the passages that the criteria rest on.
#[derive(Debug, Default, Clone)]
pub(super) struct Judged {
    pub items: Vec<EvidenceVersion>,
    pub passages: BTreeSet<PassageId>,
}

/// Adds the facts of saving and marking to what was gathered, and answers what is shown. A piece that was erased is left out.
/// Files are carried until they would be more than a dossier holds; the others are shown beside it.
pub(super) fn gather(
    app: &App,
    tx: &mut Tx<'_>,
    gathered: &mut Gathered,
) -> Result<Vec<ShownEvidence>, Failure> {
    let judged: Vec<Judged> = gathered.judged.values().cloned().collect();
    let mut pieces: BTreeMap<(EvidenceId, u32), BTreeSet<PassageId>> = BTreeMap::new();
    for judged in judged {
        for item in &judged.items {
            pieces
                .entry((item.evidence.clone(), item.version))
                .or_default()
                .extend(judged.passages.iter().cloned());
        }
    }
    let mut room = MOST_EMBEDDED;
    let mut shown = Vec::new();
    for ((evidence, version), passages) in pieces {
        let Some(sealed) = saved(tx, gathered, &evidence, version)? else {
            return Err(Failure::Fault(format!(
                "the saving of {evidence}, version {version}, is missing"
            )));
        };
        let Some((salt, content)) = private::find_held(tx, sealed.id.as_str())?.and_then(|held| held.content)
        else {
            continue;
        };
        let Ok(read) = serde_json::from_str::<Content>(&content) else {
            return Err(Failure::Fault(format!("what {evidence} sealed cannot be read")));
        };
        let bytes = embedded(app, &read.sha256, room)?;
        room = room.saturating_sub(bytes.as_ref().map_or(0, |bytes| bytes.len() as u64));
        let passages = words(
            app,
            tx,
            gathered,
            (&evidence, version),
            &passages,
            bytes.as_deref(),
        )?;
        shown.push(ShownEvidence {
            evidence: evidence.to_string(),
            version,
            sealed: Disclosure {
                salt: hex::encode(salt),
                content,
            },
            file: bytes.map(|bytes| STANDARD.encode(bytes)),
            passages,
        });
    }
    Ok(shown)
}

/// What the fact of saving a version sealed; the fact is kept.
fn saved(
    tx: &mut Tx<'_>,
    gathered: &mut Gathered,
    evidence: &EvidenceId,
    version: u32,
) -> Result<Option<Sealed>, Failure> {
    for (index, entry, bytes) in entries_about(tx, evidence.as_str(), "evidence_saved")? {
        if let Fact::EvidenceSaved {
            evidence: id,
            version: saved,
            content,
            ..
        } = &entry.fact
            && id == evidence
            && *saved == version
        {
            let sealed = content.clone();
            gathered.entries.insert(index, bytes);
            return Ok(Some(sealed));
        }
    }
    Ok(None)
}

/// A file's bytes, when there is room for them.
fn embedded(app: &App, sha256: &str, room: u64) -> Result<Option<Vec<u8>>, Failure> {
    let Some(file) = app.store().files().read(sha256)? else {
        return Ok(None);
    };
    let mut bytes = Vec::new();
    file.take(room.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(assay_store::StoreFault::from)?;
    Ok((bytes.len() as u64 <= room).then_some(bytes))
}

/// The words of the passages in a version that can be found again in its bytes by whoever checks; the facts of marking them
/// are kept, also of those whose words are not shown.
fn words(
    app: &App,
    tx: &mut Tx<'_>,
    gathered: &mut Gathered,
    (evidence, version): (&EvidenceId, u32),
    passages: &BTreeSet<PassageId>,
    bytes: Option<&[u8]>,
) -> Result<Vec<ShownPassage>, Failure> {
    let piece = find::require(tx, evidence)?;
    let document = match find::version(tx, evidence, version)? {
        Some(row) => text::of(app, tx, piece.kind, &row)?,
        None => text::Reading::None,
    };
    let source = bytes.and_then(|bytes| std::str::from_utf8(bytes).ok());
    let mut shown = Vec::new();
    for passage in passages {
        for (index, entry, held) in entries_about(tx, passage.as_str(), "passage_marked")? {
            let Fact::PassageMarked {
                passage: id,
                evidence: of,
                version: at,
                place,
                ..
            } = &entry.fact
            else {
                continue;
            };
            if id != passage || of != evidence || *at != version {
                continue;
            }
            gathered.entries.insert(index, held);
            if let (Some(text), Some(source)) = (passage::quote(place, document.document()), source)
                && words_stand_in(&text, source)
            {
                shown.push(ShownPassage {
                    passage: passage.to_string(),
                    text,
                });
            }
        }
    }
    Ok(shown)
}
