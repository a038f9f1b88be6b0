//! What was handed in, as it was handed in: for the marking desk, the verifier and the learner.

use super::find::{self, SubmissionRow};
use crate::evidence::content;
use crate::evidence::find::{VersionRow, kind_of, number, optional_number};
use crate::evidence::likeness::{self, Likeness};
use crate::evidence::passage::{self, PassageView};
use crate::evidence::text::{self, Reading, TextBlock};
use crate::external_assessment::find::was_of_the_centre;
use crate::registration::find::RegistrationRow;
use crate::{Asking, Failure};
use assay_domain::fact::EvidenceKind;
use assay_domain::id::{EvidenceId, PersonId, RegistrationId, SubmissionId};
use assay_domain::submission::SubmissionState;
use assay_formats::document::markdown::{self, HtmlPolicy};
use assay_store::statements::{external_assessment, submission as statements};
use assay_store::{Row, StoreFault};

/// How a piece is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Shown {
    /// Written in the browser, or recorded as a viva or observation: text only.
    Text,
    /// A PDF, shown as handed in beside its text.
    Pdf,
    Picture,
    Sound,
    Film,
    /// Another document: its text is shown, the file can be fetched.
    Document,
}

/// A piece as handed in.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct PieceReading {
    pub evidence: EvidenceId,
    pub version: u32,
    pub title: String,
    pub kind: EvidenceKind,
    pub media: String,
    pub file_name: String,
    pub bytes: u64,
    /// Words that count; none for pictures and recordings.
    pub words: Option<u32>,
    pub pages: Option<u32>,
    pub appendix: bool,
    pub shown: Shown,
    /// The text in blocks, with the passages marked in it; empty when it has no text.
    pub blocks: Vec<TextBlock>,
    /// The plain text that places count in.
    pub text: String,
    /// For pieces written in the browser: the whole as formatted, safe HTML without marks.
    pub html: Option<String>,
    /// Why there is no text, where a document could not be read.
    pub note: Option<String>,
    /// Where the file as handed in is.
    pub file: String,
}

impl PieceReading {
    /// A line about it: kind, size, pages, words.
    pub fn about(&self) -> String {
        let mut parts = vec![crate::evidence::find::kind_title(self.kind).to_owned()];
        if self.kind == EvidenceKind::File {
            parts.push(self.file_name.clone());
        }
        if let Some(pages) = self.pages {
            parts.push(if pages == 1 {
                "1 page".to_owned()
            } else {
                format!("{pages} pages")
            });
        }
        if let Some(words) = self.words {
            parts.push(format!(
                "{} words",
                assay_domain::submission::words::thousands(words)
            ));
        }
        if self.appendix {
            parts.push("appendix".to_owned());
        }
        parts.push(format!("version {}", self.version));
        parts.join(", ")
    }
}

/// A submission with everything that was handed in.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct SubmissionReading {
    pub submission: SubmissionId,
    pub registration: RegistrationId,
    pub learner: PersonId,
    pub learner_name: String,
    /// Unit number and title.
    pub unit: String,
    pub unit_title: String,
    pub attempt: u32,
    pub revision: u32,
    #[schema(value_type = String)]
    pub state: SubmissionState,
    pub state_in_words: String,
    /// Instant.
    pub submitted_at: String,
    pub words: u32,
    /// The declaration: own work is always declared, or nothing could be handed in.
    pub ai_use: String,
    pub ai_detail: Option<String>,
    /// On a resubmission: what the learner says was changed.
    pub changes: Option<String>,
    /// SHA-256 over the pieces' digests.
    pub frozen: String,
    /// Whether the pieces still give that hash.
    pub intact: bool,
    pub pieces: Vec<PieceReading>,
    /// Paragraphs whose words somebody else handed in too; told to staff only (LW-01).
    pub likeness: Vec<Likeness>,
    /// Passages handed in with it, and those that an assessor marked since, in the order of the pieces.
    pub passages: Vec<PassageView>,
}

/// Reads a submission for a caller who may see it.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none or the caller may not see it; a fault when a file is gone.
pub fn reading(asking: &mut Asking<'_, '_>, id: &SubmissionId) -> Result<SubmissionReading, Failure> {
    let (row, seen) = find::require_seen(asking, id)?;
    read(asking, row, &seen.row)
}

/// As [`reading`], for a caller whose right to see the submission was decided elsewhere: assessors and verifiers of the
/// centre who are not allocated to the learner see what was handed in, too.
pub(crate) fn of(asking: &mut Asking<'_, '_>, id: &SubmissionId) -> Result<SubmissionReading, Failure> {
    let row = find::require(asking.tx, id)?;
    let registration = crate::registration::find::require_registration(asking.tx, &row.registration)?;
    read(asking, row, &registration)
}

fn read(
    asking: &mut Asking<'_, '_>,
    row: SubmissionRow,
    registration: &RegistrationRow,
) -> Result<SubmissionReading, Failure> {
    let own = asking.person()? == registration.learner;
    let items = items(asking, &row.id, row.revision)?;
    let mut passages = passage::read(&asking.tx.rows(
        &statements::LIST_PASSAGES,
        &[row.id.as_str().into(), row.revision.into()],
    )?)?;
    without_the_centre(asking, &row, registration, &mut passages)?;
    let mut digests = String::new();
    let mut pieces = Vec::new();
    let mut shown = Vec::new();
    let mut alike = Vec::new();
    let specification = asking.app.specification(asking.tx, &registration.specification)?;
    let unit = specification.find_unit_called(&row.unit);
    for item in items {
        digests.push_str(&item.version.digest);
        digests.push('\n');
        let of_piece: Vec<_> = passages
            .iter()
            .filter(|passage| {
                passage.evidence == item.version.evidence && passage.version == item.version.version
            })
            .cloned()
            .collect();
        let reading = text::of(asking.app, asking.tx, item.kind, &item.version)?;
        let marks = passage::marks(&of_piece, &registration.learner, Some(&row.unit));
        let document = reading.document();
        let blocks = document
            .map(|document| text::blocks(document, &marks))
            .unwrap_or_default();
        if !own {
            alike.extend(likeness::of(
                asking,
                &item.version.evidence,
                item.version.version,
                &registration.learner,
                document
                    .zip(unit)
                    .map(|(document, unit)| (document, blocks.as_slice(), unit)),
            )?);
        }
        shown.extend(
            of_piece
                .into_iter()
                .map(|passage| passage::view(passage, &registration.learner, &item.title, document, &blocks)),
        );
        pieces.push(piece(asking, item, &reading, blocks)?);
    }
    let unit_title = unit.map(|unit| unit.title.clone()).unwrap_or_default();
    Ok(SubmissionReading {
        intact: sha256(&digests) == row.frozen,
        submission: row.id,
        registration: row.registration,
        learner: registration.learner.clone(),
        learner_name: registration.learner_name(),
        unit: row.unit,
        unit_title,
        attempt: row.attempt,
        revision: row.revision,
        state: row.state,
        state_in_words: row.state.title().to_owned(),
        submitted_at: row.submitted_at,
        words: row.words,
        ai_use: row.ai_use,
        ai_detail: row.ai_detail,
        changes: row.changes,
        frozen: row.frozen,
        pieces,
        likeness: alike,
        passages: shown,
    })
}

/// Where the awarding body assesses the unit, what staff of the centre marked in the pieces is left out: it speaks of other units, and of
/// what the centre thinks of them (EA-07).
fn without_the_centre(
    asking: &mut Asking<'_, '_>,
    row: &SubmissionRow,
    registration: &RegistrationRow,
    passages: &mut Vec<passage::PassageRow>,
) -> Result<(), Failure> {
    let here = [row.registration.as_str().into(), row.unit.as_str().into()];
    if asking
        .tx
        .row(&external_assessment::FIND_STANDING, &here)?
        .is_none()
    {
        return Ok(());
    }
    let mut markers: Vec<PersonId> = passages
        .iter()
        .filter_map(|passage| passage.marked_by.clone())
        .filter(|marker| *marker != registration.learner)
        .collect();
    markers.sort();
    markers.dedup();
    for marker in markers {
        if was_of_the_centre(asking.tx, &marker, &registration.centre)? {
            passages.retain(|passage| passage.marked_by.as_ref() != Some(&marker));
        }
    }
    Ok(())
}

fn sha256(text: &str) -> String {
    use sha2::Digest;
    hex::encode(sha2::Sha256::digest(text.as_bytes()))
}

/// A piece of a revision, before its text is read.
#[derive(Debug, Clone)]
pub(super) struct Item {
    pub title: String,
    pub kind: EvidenceKind,
    pub version: VersionRow,
}

/// The pieces of a revision of a submission, in order.
pub(super) fn items(
    asking: &mut Asking<'_, '_>,
    id: &SubmissionId,
    revision: u32,
) -> Result<Vec<Item>, Failure> {
    let item = |row: &Row| -> Result<Item, StoreFault> {
        Ok(Item {
            title: row.text("title")?,
            kind: kind_of(&row.text("kind")?),
            version: VersionRow {
                evidence: row.parsed("evidence")?,
                version: number(row, "version")?,
                sha256: row.text("sha256")?,
                file_name: row.text("file_name")?,
                digest: row.text("digest")?,
                media: row.text("media")?,
                bytes: u64::try_from(row.int("bytes")?).unwrap_or_default(),
                words: optional_number(row, "words")?,
                pages: optional_number(row, "pages")?,
                appendix: row.truth("appendix")?,
                saved_at: String::new(),
            },
        })
    };
    let rows = asking
        .tx
        .rows(&statements::LIST_ITEMS, &[id.as_str().into(), revision.into()])?;
    Ok(rows.iter().map(item).collect::<Result<_, _>>()?)
}

fn piece(
    asking: &mut Asking<'_, '_>,
    item: Item,
    reading: &Reading,
    blocks: Vec<TextBlock>,
) -> Result<PieceReading, Failure> {
    let Item { title, kind, version } = item;
    let html = if kind == EvidenceKind::File {
        None
    } else {
        Some(markdown::html(
            &text::source(asking.app, &version)?,
            HtmlPolicy {
                picture_prefix: "/evidence/",
                first_heading: 4,
            },
        ))
    };
    Ok(PieceReading {
        shown: shown(kind, &version.media),
        file: file_address(&version.evidence, version.version),
        text: reading
            .document()
            .map(|document| document.text.clone())
            .unwrap_or_default(),
        note: match reading {
            Reading::Unreadable(refusal) => Some(content::told(refusal)),
            _ => None,
        },
        evidence: version.evidence,
        version: version.version,
        title,
        kind,
        media: version.media,
        file_name: version.file_name,
        bytes: version.bytes,
        words: version.words,
        pages: version.pages,
        appendix: version.appendix,
        blocks,
        html,
    })
}

/// How a version is shown on a page.
pub fn shown(kind: EvidenceKind, media: &str) -> Shown {
    match media {
        _ if kind != EvidenceKind::File => Shown::Text,
        "application/pdf" => Shown::Pdf,
        media if media.starts_with("image/") => Shown::Picture,
        media if media.starts_with("audio/") => Shown::Sound,
        media if media.starts_with("video/") => Shown::Film,
        _ => Shown::Document,
    }
}

/// Where the file of a version is.
pub fn file_address(evidence: &EvidenceId, version: u32) -> String {
    format!("/evidence/{evidence}/versions/{version}/file")
}
