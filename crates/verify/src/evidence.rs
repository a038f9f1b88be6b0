//! What the learner shows of their work: the very files that were handed in and judged, and the words of passages in them.

use crate::case::{Case, in_order};
use crate::certificate::opened;
use crate::unit::Derived;
use crate::{Fails, ShownFile, Way, fails};
use assay_certify::evidence::{ShownEvidence, words_stand_in};
use assay_certify::{Fact, Numbered};
use base64::prelude::{BASE64_STANDARD, Engine};
use serde::Deserialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

const STEP: &str = "evidence";

/// What saving a version sealed. Members besides these are passed over: the digest covers them.
#[derive(Deserialize)]
struct Content {
    sha256: String,
    file_name: String,
}

/// Looks at each piece that the dossier shows, and at each file that was given beside it.
///
/// # Errors
/// A piece stands twice; another text than was sealed; a piece that was not handed in for a unit of the award before it was
/// judged; bytes that are not those of the file; a passage that no criterion was judged on, or whose words do not stand in
/// the file; a file beside the dossier that is none of the pieces.
pub(crate) fn derive(
    case: &Case<'_>,
    derived: &[Derived<'_>],
    beside: &[ShownFile],
    way: &mut Way,
) -> Result<(), Fails> {
    let mut seen = BTreeSet::new();
    let mut used = BTreeSet::new();
    for shown in case.evidence {
        let named = format!("{}, version {}", shown.evidence, shown.version);
        if !seen.insert((shown.evidence.as_str(), shown.version)) {
            return fails(STEP, format!("{named}: it stands twice"));
        }
        let what = format!("{named} was saved");
        let (saved, sealed) = case.one(STEP, &what, |fact| match fact {
            Fact::EvidenceSaved {
                evidence,
                version,
                content,
            } if *evidence == shown.evidence && *version == shown.version => Some(content),
            _ => None,
        })?;
        opened(
            STEP,
            &shown.sealed,
            sealed,
            &format!("what the file says of {named}"),
        )?;
        let content: Content = match serde_json::from_str(&shown.sealed.content) {
            Ok(content) => content,
            Err(why) => return fails(STEP, format!("{named}: what was sealed cannot be read: {why}")),
        };
        let unit = handed_in_for(derived, shown, saved, &named)?;
        let bytes = bytes_of(shown, &content, &named)?;
        let given = beside.iter().position(|file| file.sha256 == content.sha256);
        used.extend(given);
        let how = match (&bytes, given.and_then(|at| beside.get(at))) {
            (Some(bytes), _) => format!("the file is in this dossier, {} bytes, unchanged", bytes.len()),
            (None, Some(file)) => format!("{} is that very file, byte for byte", file.name),
            (None, None) => format!(
                "the file is not in this dossier; its SHA-256 is {}",
                content.sha256
            ),
        };
        let criteria = criteria_on(case, unit, shown);
        let on = if criteria.is_empty() {
            String::new()
        } else {
            format!("; passages of it carry {}", criteria.join(", "))
        };
        way.holds(
            STEP,
            format!(
                "\"{}\", version {}, was saved on {} and handed in for unit {} before it was judged{on}: {how}.",
                content.file_name, shown.version, saved.entry.on, unit.number
            ),
        );
        passages(case, unit, shown, bytes.as_deref(), &content, way)?;
    }
    if let Some((_, stray)) = beside.iter().enumerate().find(|(at, _)| !used.contains(at)) {
        return fails(
            STEP,
            format!("{} is none of the files that the dossier shows", stray.name),
        );
    }
    Ok(())
}

/// The unit of the award for which the version was handed in, before it was judged.
fn handed_in_for<'u, 'd>(
    derived: &'u [Derived<'d>],
    shown: &ShownEvidence,
    saved: &Numbered,
    named: &str,
) -> Result<&'u Derived<'d>, Fails> {
    let found = derived.iter().find(|unit| match &unit.handed_in.entry.fact {
        Fact::UnitSubmitted { items, .. } => items
            .iter()
            .any(|item| item.evidence == shown.evidence && item.version == shown.version),
        _ => false,
    });
    let Some(unit) = found else {
        return fails(
            STEP,
            format!("{named}: it is not what was handed in for a unit of this award"),
        );
    };
    in_order(STEP, (saved, "saving it"), (unit.handed_in, "the hand-in"))?;
    Ok(unit)
}

fn bytes_of(shown: &ShownEvidence, content: &Content, named: &str) -> Result<Option<Vec<u8>>, Fails> {
    let Some(file) = &shown.file else { return Ok(None) };
    let Ok(bytes) = BASE64_STANDARD.decode(file) else {
        return fails(STEP, format!("{named}: the file is not base64"));
    };
    if hex::encode(Sha256::digest(&bytes)) != content.sha256 {
        return fails(
            STEP,
            format!("{named}: the file is another one than was handed in and judged"),
        );
    }
    Ok(Some(bytes))
}

/// The criteria of a unit with a passage of the piece under them.
fn criteria_on(case: &Case<'_>, unit: &Derived<'_>, shown: &ShownEvidence) -> Vec<String> {
    let here: BTreeSet<&str> = case
        .all(|fact| match fact {
            Fact::PassageMarked {
                passage,
                evidence,
                version,
            } if *evidence == shown.evidence && *version == shown.version => Some(passage.as_str()),
            _ => None,
        })
        .into_iter()
        .map(|(_, passage)| passage)
        .collect();
    unit.criteria
        .iter()
        .filter(|criterion| {
            criterion
                .passages
                .iter()
                .any(|passage| here.contains(passage.as_str()))
        })
        .map(|criterion| criterion.criterion.clone())
        .collect()
}

fn passages(
    case: &Case<'_>,
    unit: &Derived<'_>,
    shown: &ShownEvidence,
    bytes: Option<&[u8]>,
    content: &Content,
    way: &mut Way,
) -> Result<(), Fails> {
    let mut seen = BTreeSet::new();
    for passage in &shown.passages {
        let id = &passage.passage;
        if !seen.insert(id) {
            return fails(STEP, format!("{id}: the passage stands twice"));
        }
        let what = format!("the passage {id} was marked in it");
        let (marked, ()) = case.one(STEP, &what, |fact| match fact {
            Fact::PassageMarked {
                passage,
                evidence,
                version,
            } if passage == id && *evidence == shown.evidence && *version == shown.version => Some(()),
            _ => None,
        })?;
        in_order(
            STEP,
            (marked, "marking the passage"),
            (unit.signed, "the judgement"),
        )?;
        let criteria: Vec<&str> = unit
            .criteria
            .iter()
            .filter(|criterion| criterion.passages.contains(id))
            .map(|criterion| criterion.criterion.as_str())
            .collect();
        if criteria.is_empty() {
            return fails(STEP, format!("{id}: no criterion was judged on this passage"));
        }
        let stands = bytes
            .and_then(|bytes| std::str::from_utf8(bytes).ok())
            .is_some_and(|source| words_stand_in(&passage.text, source));
        if !stands {
            return fails(
                STEP,
                format!("{id}: the words shown do not stand in the file that was judged"),
            );
        }
        way.holds(
            "passage",
            format!(
                "Criterion {} of {} was judged met on this passage of \"{}\": \"{}\"",
                criteria.join(", "),
                unit.number,
                content.file_name,
                passage.text.split_whitespace().collect::<Vec<_>>().join(" ")
            ),
        );
    }
    Ok(())
}
