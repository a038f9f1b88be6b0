//! A document comes in: kept as a file, read in a child process, and recorded with what was read.
//!
//! Order: the document is kept, then read outside any transaction, then the reading is kept as a file of its own, then both
//! are recorded. A crash in between leaves files that no record names, which the sweep removes.

use super::{desk, rules, statements};
use crate::evidence::content;
use crate::{Acting, App, Caller, Failure};
use assay_domain::Fresh;
use assay_domain::id::SyllabusId;
use assay_domain::refusal::{Code, Refusal};
use assay_formats::refusal::RefusalCode;
use assay_formats::sniff;
use assay_formats::syllabus::{Reading, models_named, suggest_models};
use assay_store::files::Stored;
use std::io::{Read, Write};

/// How much of a file is looked at to tell what it is.
const HEAD: u64 = 64 * 1024;

/// A document that was kept and read, ready to be recorded.
#[derive(Debug, Clone)]
pub struct Received {
    document: Stored,
    name: String,
    media: String,
    reading: Box<Reading>,
}

/// Whether a file is a specification already, in TOML or JSON: then it is loaded as data and not read as a document.
pub fn is_specification(name: &str, head: &[u8]) -> bool {
    let name = name.to_lowercase();
    let head = String::from_utf8_lossy(head.get(..4 * 1024).unwrap_or(head));
    name.ends_with(".toml") || head.contains(assay_specification::FORMAT)
}

/// The beginning of a kept file.
///
/// # Errors
/// A fault when it is gone or cannot be read.
pub fn head(app: &App, stored: &Stored) -> Result<Vec<u8>, Failure> {
    let gone = || Failure::Fault(format!("file {} is gone", stored.sha256));
    let mut bytes = Vec::new();
    app.store()
        .files()
        .read(&stored.sha256)?
        .ok_or_else(gone)?
        .take(HEAD)
        .read_to_end(&mut bytes)
        .map_err(|error| Failure::Fault(format!("file: {error}")))?;
    Ok(bytes)
}

/// Reads a kept document in a child process. May take long.
///
/// # Errors
/// - `SignInNeeded`; `NotFound` when the caller hands in no syllabuses
/// - `EVIDENCE_EMPTY`, `EVIDENCE_KIND`, `EVIDENCE_UNREADABLE`, `EVIDENCE_TOO_LARGE`: in the reader's own words, with what
///   helps
/// - a fault when the file is gone
pub fn read(app: &App, caller: &Caller, document: Stored, name: &str) -> Result<Received, Failure> {
    app.ask(caller, |asking| {
        if rules::may_hand_in(asking.actor()?) {
            Ok(())
        } else {
            Err(Failure::NotFound)
        }
    })?;
    let name = content::clean_name(name);
    if document.size == 0 {
        return Err(refusal(
            Code::EvidenceEmpty,
            "The file is empty: there is no word in it.",
            "Choose the file that holds the syllabus.",
        ));
    }
    let head = head(app, &document)?;
    let media = sniff::sniff_named(&head, &name).kind.media_type().to_owned();
    let path = app.store().files().path(&document.sha256)?;
    let mut reading = app
        .surroundings()
        .reader
        .read_syllabus(&path, &name)
        .map_err(|refused| {
            let code = match refused.code {
                RefusalCode::TooLarge => Code::EvidenceTooLarge,
                RefusalCode::NotADocument => Code::EvidenceKind,
                _ => Code::EvidenceUnreadable,
            };
            refusal(code, &refused.because, &refused.remedy)
        })?;
    if reading.draft.units.is_empty() && reading.draft.qualifications.is_empty() {
        return Err(refusal(
            Code::EvidenceKind,
            "Nothing in this file looks like a unit with learning outcomes and assessment criteria.",
            "Choose the file that holds the syllabus, or type it into the template. Where the units stand in pictures, run \
             text recognition (OCR) over it first.",
        ));
    }
    let catalogue = app.ask(caller, |asking| super::catalogue(asking.app, asking.tx))?;
    suggest_models(&mut reading.draft, &catalogue);
    reading.catalogue = models_named(&reading.draft, &catalogue);
    Ok(Received {
        document,
        name,
        media,
        reading: Box::new(reading),
    })
}

fn refusal(code: Code, because: &str, remedy: &str) -> Failure {
    Refusal::new(code, because)
        .remedy(remedy)
        .who("Whoever hands it in")
        .source("QS-04, QS-31")
        .field("file")
        .into()
}

/// Keeps the reading and records the syllabus. Blocks; call it where blocking is allowed.
///
/// # Errors
/// As [`read`]; `EVIDENCE_NO_ROOM`; a fault when the store fails.
pub fn record(
    app: &App,
    caller: &Caller,
    fresh: Box<dyn Fresh + Send>,
    received: Received,
) -> Result<SyllabusId, Failure> {
    let text = serde_json::to_string(received.reading.as_ref())?;
    let limit = text.len() as u64;
    let mut upload = app.store().files().begin(limit.max(1))?;
    upload
        .write_all(text.as_bytes())
        .map_err(|error| content::write_failure(&error, limit))?;
    let kept = upload.finish()?;
    let review = desk::worked_out(&received.reading, &[]);
    let counts = super::settle::counts_of(&review);
    app.act(caller.clone(), fresh, move |acting: &mut Acting<'_, '_>| {
        let actor = acting.actor()?.clone();
        let files = acting.app.store().files();
        if !files.exists(&received.document.sha256)? || !files.exists(&kept.sha256)? {
            return Err(Failure::Conflict {
                because: "The file was removed while it was read. Hand it in again.".to_owned(),
            });
        }
        let id = SyllabusId::fresh(acting.fresh);
        let centre = rules::owner(&actor);
        let title = title_of(&review.draft, &received.name);
        acting.tx.run(
            &statements::ADD,
            &[
                id.as_str().into(),
                actor.person.as_str().into(),
                centre.as_ref().map(|centre| centre.as_str()).into(),
                received.name.as_str().into(),
                received.media.as_str().into(),
                i64::try_from(received.document.size).unwrap_or(i64::MAX).into(),
                received.document.sha256.as_str().into(),
                kept.sha256.as_str().into(),
                title.into(),
                counts.findings.into(),
                counts.open.into(),
                counts.open_errors.into(),
                counts.open_warnings.into(),
                acting.moment().stored().into(),
            ],
        )?;
        Ok(id)
    })
}

/// The title as read, or the name of the file.
pub(super) fn title_of(draft: &assay_formats::syllabus::Draft, name: &str) -> String {
    let title = draft.document.title.as_ref().map(|found| found.value.trim());
    let title = title.filter(|title| !title.is_empty()).unwrap_or(name);
    title.chars().take(200).collect()
}
