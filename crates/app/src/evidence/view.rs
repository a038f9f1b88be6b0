//! One piece of evidence: what it is, its text with its marks, its versions, where it was handed in.

use super::content;
use super::draft::{self, Draft};
use super::find::{self, number};
use super::passage::{self, PassageView};
use super::text::{self, Reading, TextBlock};
use crate::registration::find as registration;
use crate::submission::reading::{Shown, file_address, shown};
use crate::{Asking, Failure};
use assay_domain::evidence::keep as rules;
use assay_domain::fact::{EvidenceKind, Place};
use assay_domain::id::{EvidenceId, PersonId, RegistrationId, SubmissionId};
use assay_domain::submission::SubmissionState;
use assay_formats::document::DocumentText;
use assay_formats::document::markdown::{self, HtmlPolicy};
use assay_store::statements::evidence as statements;

/// A version in the list of versions.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct VersionLine {
    pub version: u32,
    /// Instant.
    pub saved_at: String,
    pub media: String,
    pub file_name: String,
    pub bytes: u64,
    pub words: Option<u32>,
    pub pages: Option<u32>,
    pub appendix: bool,
    /// Where the bytes are.
    pub file: String,
}

/// A hand-in that holds the piece.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[schema(as = HoldingHandIn)]
pub struct HandedIn {
    pub submission: SubmissionId,
    pub registration: RegistrationId,
    pub unit: String,
    pub attempt: u32,
    pub version: u32,
    pub state_in_words: String,
    /// Instant.
    pub submitted_at: String,
}

/// A unit whose criteria can be named when marking.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct MarkableUnit {
    pub unit: String,
    pub title: String,
    pub criteria: Vec<MarkableCriterion>,
}

/// A criterion that can be named when marking.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct MarkableCriterion {
    pub criterion: String,
    pub text: String,
    /// How many passages of this version are marked for it.
    pub marks: u32,
}

/// A piece of evidence.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct EvidenceView {
    pub id: EvidenceId,
    pub learner: PersonId,
    pub learner_name: String,
    pub kind: EvidenceKind,
    pub kind_in_words: String,
    pub title: String,
    pub withdrawn: bool,
    /// 0 while nothing was saved.
    pub version: u32,
    /// The newest version; `version` may be an older one that was asked for.
    pub current_version: u32,
    pub shown: Shown,
    pub media: Option<String>,
    pub file_name: Option<String>,
    pub bytes: Option<u64>,
    pub words: Option<u32>,
    pub pages: Option<u32>,
    pub appendix: bool,
    /// Where the bytes of this version are.
    pub file: Option<String>,
    /// Text in blocks with the passages marked in it.
    pub blocks: Vec<TextBlock>,
    /// For pieces written in the browser: the whole as formatted, safe HTML.
    pub html: Option<String>,
    /// Why there is no text.
    pub note: Option<String>,
    pub passages: Vec<PassageView>,
    /// Passages of the version before whose words are not in this one any more.
    pub lost: Vec<PassageView>,
    pub versions: Vec<VersionLine>,
    pub handed_in: Vec<HandedIn>,
    /// Units of the learner's plans, with their criteria.
    pub units: Vec<MarkableUnit>,
    /// Whether the caller is the learner.
    pub own: bool,
    /// Whether the caller may save versions, rename and withdraw.
    pub made: bool,
    /// Why it cannot be withdrawn now, where it cannot.
    pub cannot_withdraw: Option<assay_domain::Refusal>,
    /// What is being typed; only for the maker of a piece written in the browser.
    pub draft: Option<Draft>,
}

/// A piece as it stands, or an older version of it.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none or the caller may not see it, or there is no such version.
pub fn view(
    asking: &mut Asking<'_, '_>,
    id: &EvidenceId,
    wanted: Option<u32>,
) -> Result<EvidenceView, Failure> {
    let seen = find::require_seen(asking, id)?;
    let row = &seen.row;
    let versions = find::versions(asking.tx, id)?;
    let number_wanted = wanted.unwrap_or(row.current_version);
    let version = versions.iter().find(|version| version.version == number_wanted);
    if version.is_none() && wanted.is_some() {
        return Err(Failure::NotFound);
    }
    let reading = match version {
        Some(version) => text::of(asking.app, asking.tx, row.kind, version)?,
        None => Reading::None,
    };
    let document = reading.document();
    let marked: Vec<_> = passage::list(asking.tx, id, number_wanted)?
        .into_iter()
        .filter(|passage| !passage.unmarked)
        .collect();
    let blocks = document
        .map(|document| text::blocks(document, &passage::marks(&marked, &row.learner, None)))
        .unwrap_or_default();
    let passages: Vec<PassageView> = marked
        .into_iter()
        .map(|found| passage::view(found, &row.learner, &row.title, document, &blocks))
        .collect();
    let lost = lost(asking, &seen, number_wanted)?;
    let units = units(asking, &seen, &passages)?;
    let case = find::case(asking.tx, row)?;
    let mut handed_in = Vec::new();
    for held in asking
        .tx
        .rows(&statements::LIST_SUBMISSIONS_WITH, &[id.as_str().into()])?
    {
        let state: SubmissionState = held.parsed("state")?;
        handed_in.push(HandedIn {
            submission: held.parsed("id")?,
            registration: held.parsed("registration")?,
            unit: held.text("unit")?,
            attempt: number(&held, "attempt")?,
            version: number(&held, "version")?,
            state_in_words: state.title().to_owned(),
            submitted_at: held.text("submitted_at")?,
        });
    }
    let written = row.kind != EvidenceKind::File;
    let html = match version {
        Some(version) if written => Some(render(&text::source(asking.app, version)?)),
        _ => None,
    };
    let draft = if seen.made() && written && !row.withdrawn {
        let app = asking.app;
        Some(draft::load(app, asking.tx, row)?)
    } else {
        None
    };
    Ok(EvidenceView {
        id: row.id.clone(),
        learner: row.learner.clone(),
        learner_name: row.learner_name.clone(),
        kind: row.kind,
        kind_in_words: find::kind_title(row.kind).to_owned(),
        title: row.title.clone(),
        withdrawn: row.withdrawn,
        version: version.map_or(0, |version| version.version),
        current_version: row.current_version,
        shown: version.map_or(Shown::Text, |version| shown(row.kind, &version.media)),
        media: version.map(|version| version.media.clone()),
        file_name: version.map(|version| version.file_name.clone()),
        bytes: version.map(|version| version.bytes),
        words: version.and_then(|version| version.words),
        pages: version.and_then(|version| version.pages),
        appendix: version.is_some_and(|version| version.appendix),
        file: version.map(|version| file_address(id, version.version)),
        blocks,
        html,
        note: match &reading {
            Reading::Unreadable(refusal) => Some(content::told(refusal)),
            _ => None,
        },
        passages,
        lost,
        versions: versions
            .into_iter()
            .map(|version| VersionLine {
                file: file_address(id, version.version),
                version: version.version,
                saved_at: version.saved_at,
                media: version.media,
                file_name: version.file_name,
                bytes: version.bytes,
                words: version.words,
                pages: version.pages,
                appendix: version.appendix,
            })
            .collect(),
        handed_in,
        units,
        own: seen.own(),
        made: seen.made(),
        cannot_withdraw: rules::withdraw(&case, &seen.actor)
            .err()
            .and_then(|refusals| refusals.0.into_iter().next()),
        draft,
    })
}

/// Text written in the browser as safe HTML; pictures only from the learner's own evidence.
pub fn render(text: &str) -> String {
    markdown::html(
        text,
        HtmlPolicy {
            picture_prefix: "/evidence/",
            first_heading: 3,
        },
    )
}

/// Passages that the learner had marked in the version before and that could not be carried over: no passage of this
/// version, unmarked ones included, answers the same criteria with the same words.
fn lost(asking: &mut Asking<'_, '_>, seen: &find::Seen, version: u32) -> Result<Vec<PassageView>, Failure> {
    let row = &seen.row;
    if version < 2 {
        return Ok(Vec::new());
    }
    let before: Vec<_> = passage::list(asking.tx, &row.id, version - 1)?
        .into_iter()
        .filter(|passage| !passage.unmarked && passage.marked_by.as_ref() == Some(&row.learner))
        .collect();
    if before.is_empty() {
        return Ok(Vec::new());
    }
    let app = asking.app;
    let (Some(old), Some(new)) = (
        find::version(asking.tx, &row.id, version - 1)?,
        find::version(asking.tx, &row.id, version)?,
    ) else {
        return Ok(Vec::new());
    };
    let old = text::of(app, asking.tx, row.kind, &old)?;
    let new = text::of(app, asking.tx, row.kind, &new)?;
    let now = passage::list(asking.tx, &row.id, version)?;
    let blocks = old
        .document()
        .map(|document| text::blocks(document, &[]))
        .unwrap_or_default();
    Ok(before
        .into_iter()
        .filter(|earlier| {
            let quote = trimmed(&earlier.place, old.document());
            !now.iter().any(|later| {
                let same_place = match &quote {
                    Some(quote) => trimmed(&later.place, new.document()).as_ref() == Some(quote),
                    None => later.place == earlier.place,
                };
                same_place && later.criteria == earlier.criteria
            })
        })
        .map(|earlier| passage::view(earlier, &row.learner, &row.title, old.document(), &blocks))
        .collect())
}

fn trimmed(place: &Place, document: Option<&DocumentText>) -> Option<String> {
    passage::quote(place, document).map(|quote| quote.trim().to_owned())
}

fn units(
    asking: &mut Asking<'_, '_>,
    seen: &find::Seen,
    passages: &[PassageView],
) -> Result<Vec<MarkableUnit>, Failure> {
    let mut units: Vec<MarkableUnit> = Vec::new();
    for found in find::registrations_seen(asking.tx, &seen.actor, &seen.row.learner)? {
        let specification = asking.app.specification(asking.tx, &found.row.specification)?;
        for planned in registration::plan_units(asking.tx, &found.row.id)? {
            if units.iter().any(|unit| unit.unit == planned.unit) {
                continue;
            }
            let Some(unit) = specification
                .units
                .iter()
                .find(|unit| unit.number.as_str() == planned.unit)
            else {
                continue;
            };
            let criteria = unit
                .criteria()
                .map(|(_, criterion)| {
                    let number = criterion.number.to_string();
                    let marks = passages
                        .iter()
                        .filter(|passage| passage.of_unit(&planned.unit).contains(&number))
                        .count();
                    MarkableCriterion {
                        criterion: number,
                        text: criterion.text.clone(),
                        marks: u32::try_from(marks).unwrap_or(u32::MAX),
                    }
                })
                .collect();
            units.push(MarkableUnit {
                unit: planned.unit,
                title: unit.title.clone(),
                criteria,
            });
        }
    }
    Ok(units)
}

/// The bytes of a version, for a caller who may see them.
#[derive(Debug)]
pub struct VersionFile {
    pub file: std::fs::File,
    pub bytes: u64,
    pub media: String,
    pub file_name: String,
    /// The address of the bytes, which never change under it: fit for an entity tag.
    pub sha256: String,
}

/// Opens the bytes of a version.
///
/// # Errors
/// `SignInNeeded`; `NotFound` when there is none, the caller may not see it, or it was erased.
pub fn file(asking: &mut Asking<'_, '_>, id: &EvidenceId, version: u32) -> Result<VersionFile, Failure> {
    let actor = asking.actor()?.clone();
    find::require_readable_by(asking.tx, actor, id)?;
    let found = find::version(asking.tx, id, version)?.ok_or(Failure::NotFound)?;
    if found.sha256.is_empty() {
        return Err(Failure::NotFound);
    }
    let file = asking
        .app
        .store()
        .files()
        .read(&found.sha256)?
        .ok_or_else(|| Failure::Fault(format!("evidence file of {id} is gone")))?;
    Ok(VersionFile {
        file,
        bytes: found.bytes,
        media: found.media,
        file_name: found.file_name,
        sha256: found.sha256,
    })
}
