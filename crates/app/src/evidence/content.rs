//! Bytes on their way to becoming a version: kept, told what they are, and read; all outside of any transaction.
//!
//! Order: the file is kept first, then the version is recorded. A crash in between leaves a file that no record names,
//! which [`sweep`] removes.

use super::text::Reading;
use crate::failure::no_room;
use crate::{Acting, App, Caller, Failure};
use assay_domain::Fresh;
use assay_domain::policy::Policy;
use assay_domain::refusal::{Code, Refusal};
use assay_formats::document::markdown;
use assay_formats::limits::Limits;
use assay_formats::refusal::{ReadRefusal, RefusalCode};
use assay_formats::sniff::{self, FileKind, Sniffed};
use assay_store::files::Stored;
use assay_store::statements::{award, evidence as statements, syllabus, theme};
use std::io::{Read, Seek, SeekFrom, Write};
use std::time::SystemTime;

/// The most characters that a piece written in the browser may have.
pub const LONGEST_TEXT: usize = 900_000;

/// The longest file name that is kept, in characters.
const LONGEST_NAME: usize = 150;

/// How much of a file is looked at to tell what it is, where its beginning tells.
const HEAD: u64 = 1024 * 1024;

/// Bytes that are kept and were read, ready to be saved as a version.
#[derive(Debug, Clone)]
pub struct Prepared {
    pub sha256: String,
    pub file_name: String,
    /// Media type as told from the bytes.
    pub media: String,
    pub bytes: u64,
    pub reading: Reading,
    /// What the learner should know, e.g. that the name promises another kind of file.
    pub remark: Option<String>,
}

/// The largest file that may be handed in, in bytes, with the source of the limit.
pub fn upload_limit(policy: Policy<'_>) -> (u64, String) {
    const MEBIBYTE: u64 = 1024 * 1024;
    policy
        .number("evidence.upload.maximum")
        .and_then(|(number, source)| Some((u64::try_from(number).ok()?, source.to_owned())))
        .map_or((64 * MEBIBYTE, String::new()), |(number, source)| {
            (number.saturating_mul(MEBIBYTE), source)
        })
}

/// The refusal of a file beyond the limit.
pub fn too_large(limit: u64) -> Refusal {
    Refusal::new(
        Code::EvidenceTooLarge,
        format!(
            "The file is larger than {} MiB, the most for one file.",
            limit / (1024 * 1024)
        ),
    )
    .remedy("Make its pictures smaller, record at a lower quality, or split it into several files.")
    .who("The learner")
    .source("policy profile, evidence.upload.maximum")
    .field("file")
}

/// What failed while a file was written.
pub fn write_failure(error: &std::io::Error, limit: u64) -> Failure {
    match error.kind() {
        std::io::ErrorKind::FileTooLarge => too_large(limit).into(),
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => no_room(),
        _ => Failure::Fault(format!("evidence file: {error}")),
    }
}

/// Keeps a text that was written in the browser.
///
/// # Errors
/// `FIELD_MISSING` when it is too long; `EVIDENCE_NO_ROOM`; a fault when the file cannot be written.
pub fn prepare_text(app: &App, text: &str) -> Result<Prepared, Failure> {
    let characters = text.chars().count();
    if characters > LONGEST_TEXT {
        return Err(Refusal::new(
            Code::EvidenceTooLarge,
            format!("The text has {characters} characters; {LONGEST_TEXT} are the most for one piece."),
        )
        .remedy("Split it into two pieces.")
        .who("The learner")
        .source("the project's own choice")
        .field("text")
        .into());
    }
    let text = text.replace("\r\n", "\n");
    let text = text.trim_end();
    let limit = text.len() as u64;
    let mut upload = app.store().files().begin(limit.max(1))?;
    upload
        .write_all(text.as_bytes())
        .map_err(|error| write_failure(&error, limit))?;
    let stored = upload.finish()?;
    let reading = match markdown::document(text, &Limits::default()) {
        Ok(document) => Reading::Text(Box::new(document)),
        Err(refusal) => Reading::Unreadable(refusal),
    };
    Ok(Prepared {
        sha256: stored.sha256,
        file_name: "text.md".to_owned(),
        media: FileKind::Markdown.media_type().to_owned(),
        bytes: stored.size,
        reading,
        remark: None,
    })
}

/// Tells what an uploaded file is and reads its text. May take long: a document is read in a process of its own.
///
/// # Errors
/// - `EVIDENCE_EMPTY`: no bytes
/// - `EVIDENCE_KIND`: not a kind that is taken (a program, an old word processor's file, a document with macros, …)
/// - `EVIDENCE_UNREADABLE`: locked with a password, cut short, damaged, or out of all proportion when unpacked
/// - a fault when the file cannot be read
pub fn prepare_file(app: &App, stored: &Stored, file_name: &str) -> Result<Prepared, Failure> {
    let name = clean_name(file_name);
    if stored.size == 0 {
        return Err(Refusal::new(Code::EvidenceEmpty, "The file is empty.")
            .remedy("Choose the file again; perhaps it was not saved yet.")
            .who("The learner")
            .source("practice, section 8")
            .field("file")
            .into());
    }
    let head = head(app, stored)?;
    let sniffed = sniff::sniff_named(&head, &name);
    if let FileKind::Unknown(looks) = sniffed.kind {
        let because = sniffed.mismatch.unwrap_or_else(|| {
            format!(
                "This file is {}, which is not taken as evidence.",
                looks.in_words()
            )
        });
        return Err(Refusal::new(Code::EvidenceKind, because)
            .remedy(looks.remedy())
            .who("The learner")
            .source("LW-09")
            .field("file")
            .into());
    }
    let reading = read(app, stored, sniffed.kind, &head)?;
    if let Reading::Unreadable(refusal) = &reading
        && is_refused(refusal.code)
    {
        return Err(Refusal::new(Code::EvidenceUnreadable, refusal.because.clone())
            .remedy(refusal.remedy.clone())
            .who("The learner")
            .source("LW-09; practice, section 8 (evidence must be inspectable)")
            .field("file")
            .into());
    }
    Ok(Prepared {
        sha256: stored.sha256.clone(),
        file_name: name,
        media: sniffed.kind.media_type().to_owned(),
        bytes: stored.size,
        reading,
        remark: remark(app, stored, &sniffed)?,
    })
}

/// What the learner should know of a file that is taken: that its name promises another kind, or that its end is missing.
fn remark(app: &App, stored: &Stored, sniffed: &Sniffed) -> Result<Option<String>, Failure> {
    const END: &[u8] = b"%%EOF";
    if sniffed.kind != FileKind::Pdf {
        return Ok(sniffed.mismatch.clone());
    }
    let tail = tail(app, stored)?;
    let ends = tail.windows(END.len()).any(|bytes| bytes == END);
    let cut = (!ends).then(|| {
        "The end of this PDF is missing: it may have been cut off on its way. Open it here and compare it with your own file."
            .to_owned()
    });
    Ok(match (sniffed.mismatch.clone(), cut) {
        (Some(mismatch), Some(cut)) => Some(format!("{mismatch} {cut}")),
        (mismatch, cut) => mismatch.or(cut),
    })
}

/// The last two kibibytes of a file.
fn tail(app: &App, stored: &Stored) -> Result<Vec<u8>, Failure> {
    const TAIL: u64 = 2 * 1024;
    let gone = || Failure::Fault(format!("evidence file {} is gone", stored.sha256));
    let broken = |error: std::io::Error| Failure::Fault(format!("evidence file: {error}"));
    let mut file = app.store().files().read(&stored.sha256)?.ok_or_else(gone)?;
    file.seek(SeekFrom::Start(stored.size.saturating_sub(TAIL)))
        .map_err(broken)?;
    let mut bytes = Vec::new();
    file.take(TAIL).read_to_end(&mut bytes).map_err(broken)?;
    Ok(bytes)
}

/// A document that nobody could open is refused; one that only the reader could not manage is kept without its text.
fn is_refused(code: RefusalCode) -> bool {
    matches!(
        code,
        RefusalCode::Encrypted
            | RefusalCode::Macros
            | RefusalCode::Damaged
            | RefusalCode::UnpacksTooLarge
            | RefusalCode::TooLarge
    )
}

fn read(app: &App, stored: &Stored, kind: FileKind, head: &[u8]) -> Result<Reading, Failure> {
    if !kind.has_text() {
        return Ok(Reading::None);
    }
    // The reader goes by bytes alone; that a text is Markdown is known from its name only.
    if kind == FileKind::Markdown
        && stored.size <= HEAD
        && let Ok(text) = std::str::from_utf8(head)
    {
        return Ok(match markdown::document(text, &Limits::default()) {
            Ok(document) => Reading::Text(Box::new(document)),
            Err(refusal) => Reading::Unreadable(refusal),
        });
    }
    let path = app.store().files().path(&stored.sha256)?;
    Ok(match app.surroundings().reader.read(&path) {
        Ok(document) => Reading::Text(Box::new(document)),
        Err(refusal) => Reading::Unreadable(refusal),
    })
}

/// The beginning of a file; all of it where only the whole tells what it is (packed documents list their parts at the end).
fn head(app: &App, stored: &Stored) -> Result<Vec<u8>, Failure> {
    let gone = || Failure::Fault(format!("evidence file {} is gone", stored.sha256));
    let mut file = app.store().files().read(&stored.sha256)?.ok_or_else(gone)?;
    let mut bytes = Vec::new();
    let broken = |error: std::io::Error| Failure::Fault(format!("evidence file: {error}"));
    Read::by_ref(&mut file)
        .take(HEAD)
        .read_to_end(&mut bytes)
        .map_err(broken)?;
    if bytes.starts_with(b"PK") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        file.take(stored.size).read_to_end(&mut bytes).map_err(broken)?;
    }
    Ok(bytes)
}

/// A file's name as kept: its last part, without control characters and of bounded length, its ending kept.
pub fn clean_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|c| !c.is_control()).collect();
    let clean = clean.trim();
    let count = clean.chars().count();
    if count <= LONGEST_NAME {
        return if clean.is_empty() {
            "file".to_owned()
        } else {
            clean.to_owned()
        };
    }
    clean.chars().skip(count - LONGEST_NAME).collect()
}

/// Removes a file that was uploaded and then refused, unless a record names the same bytes.
///
/// # Errors
/// A fault when the store fails.
pub fn discard(acting: &mut Acting<'_, '_>, sha256: &str) -> Result<(), Failure> {
    if !is_named(acting, sha256)? {
        acting.app.store().files().remove(sha256)?;
    }
    Ok(())
}

/// Whether a version of evidence, a certificate, a syllabus or its reading, or a picture of a theme is kept under an address.
fn is_named(acting: &mut Acting<'_, '_>, sha256: &str) -> Result<bool, Failure> {
    let as_evidence = acting.tx.row(&statements::FIND_BY_SHA256, &[sha256.into()])?;
    let as_certificate = acting
        .tx
        .row(&award::FIND_CERTIFICATE_BY_FILE, &[sha256.into()])?;
    let as_syllabus = acting.tx.row(&syllabus::FIND_BY_FILE, &[sha256.into()])?;
    let in_theme = acting.tx.row(&theme::FIND_BY_FILE, &[sha256.into()])?;
    Ok(as_evidence.is_some() || as_certificate.is_some() || as_syllabus.is_some() || in_theme.is_some())
}

/// How many files are looked at in one command, so that nobody waits long behind it.
const SWEPT_AT_ONCE: usize = 200;

/// Removes files kept before `before` that no record names: left behind when the program ended between an upload and its
/// recording. Those kept since are left alone, because another process may be about to record them. May take long, and
/// may run while requests are served. Answers how many went.
///
/// # Errors
/// A fault when the store fails.
pub fn sweep(
    app: &App,
    caller: &Caller,
    fresh: &dyn Fn() -> Box<dyn Fresh + Send>,
    before: SystemTime,
) -> Result<u32, Failure> {
    let files = app.store().files();
    let mut gone = 0;
    for some in files.list()?.chunks(SWEPT_AT_ONCE) {
        let mut old = Vec::new();
        for address in some {
            if files.kept_at(address)?.is_some_and(|at| at < before) {
                old.push(address.clone());
            }
        }
        gone += app.act(caller.clone(), fresh(), move |acting| {
            let mut gone = 0;
            for address in &old {
                if !is_named(acting, address)? && acting.app.store().files().remove(address)? {
                    gone += 1;
                }
            }
            Ok(gone)
        })?;
    }
    Ok(gone)
}

/// What is told of a document that was kept without its text.
pub fn told(refusal: &ReadRefusal) -> String {
    format!(
        "The file is kept, but its text could not be read, so words are not counted and passages are marked by page or as \
         a whole. {} {}",
        refusal.because, refusal.remedy
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_name_keeps_its_last_part_and_its_ending() {
        assert_eq!(clean_name("C:\\work\\report.docx"), "report.docx");
        assert_eq!(clean_name("../../etc/passwd"), "passwd");
        assert_eq!(clean_name("a\r\nb.pdf"), "ab.pdf");
        assert_eq!(clean_name(""), "file");
        let long = format!("{}.pdf", "x".repeat(400));
        assert!(clean_name(&long).ends_with(".pdf") && clean_name(&long).chars().count() == LONGEST_NAME);
    }
}
