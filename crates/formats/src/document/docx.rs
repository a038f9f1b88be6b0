//! Word documents (.docx): ECMA-376, part 1, read from the main text, its styles and its notes.
//!
//! Insertions that are tracked count, deletions do not; comments, headers, footers and field instructions are no text;
//! hidden text is left out and said so. A list's numbers and bullets are kept apart by the format and are no text either.

mod fields;
mod numbering;
mod styles;
mod walker;

use std::collections::BTreeSet;

use crate::archive::Archive;
use crate::limits::Limits;
use crate::refusal::ReadRefusal;
use crate::sniff::FileKind;
use crate::xml::{self, Ignored};

use super::draft::Draft;
use super::package::{folder_and_list, relationships, resolve, xml_part};
use super::{DocumentText, ParagraphKind, WarningCode};
use numbering::Numbering;
use styles::Styles;
use walker::Walker;

const WHAT: &str = "Word document";

/// Reads a Word document.
///
/// Refuses, when: the archive does; it carries macros; the main text is missing or not well formed.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<DocumentText, ReadRefusal> {
    read_with(bytes, limits, false)
}

/// Reads a Word document with the numbers and bullets of its lists before the paragraphs. They are no words that somebody
/// wrote, so they do not belong in a learner's text; in a syllabus they are the numbers of its criteria.
///
/// Refuses, when: [`read`] does.
pub(crate) fn read_numbered(bytes: &[u8], limits: &Limits) -> Result<DocumentText, ReadRefusal> {
    read_with(bytes, limits, true)
}

fn read_with(bytes: &[u8], limits: &Limits, numbered: bool) -> Result<DocumentText, ReadRefusal> {
    let mut archive = Archive::open(bytes, WHAT, limits)?;
    if archive
        .names()
        .iter()
        .any(|n| n.to_ascii_lowercase().ends_with("vbaproject.bin"))
    {
        return Err(ReadRefusal::macros(WHAT));
    }
    let main = main_part(&mut archive, limits)?;
    let (folder, list) = folder_and_list(&main);
    let related = relationships(&mut archive, &list, WHAT, limits.depth)?;
    let part_of_kind = |kind: &str| {
        related
            .iter()
            .find(|r| r.kind == kind && !r.external)
            .map(|r| resolve(&folder, &r.target))
    };
    let mut draft = Draft::new(WHAT, limits);

    let styles = match part_of_kind("styles") {
        Some(part) => xml_part(&mut archive, &part)?
            .map(|text| Styles::read(&text, limits))
            .unwrap_or_default(),
        None => Styles::default(),
    };
    let Some(text) = xml_part(&mut archive, &main)? else {
        return Err(ReadRefusal::damaged(WHAT, "its main text is missing"));
    };
    let mut walker = Walker::new(&styles, &mut draft, None);
    if numbered && let Some(part) = part_of_kind("numbering") {
        let lists = xml_part(&mut archive, &part)?;
        walker.numbering = lists.map(|text| Numbering::read(&text, limits));
    }
    let ignored = xml::walk(&text, WHAT, limits.depth, |step| walker.step(step))?;
    let mut seen = walker.finish()?;
    merge(&mut seen.ignored, ignored);
    for kind in ["footnotes", "endnotes"] {
        let Some(text) = part_of_kind(kind)
            .map(|part| xml_part(&mut archive, &part))
            .transpose()?
            .flatten()
        else {
            continue;
        };
        let mut walker = Walker::new(&styles, &mut draft, Some(ParagraphKind::Footnote));
        let ignored = xml::walk(&text, WHAT, limits.depth, |step| walker.step(step))?;
        let notes = walker.finish()?;
        merge(&mut seen.ignored, ignored);
        seen.hidden += notes.hidden;
        seen.deleted |= notes.deleted;
        seen.outside |= notes.outside;
    }

    seen.warn(&mut draft);
    if let Some(comments) = part_of_kind("comments")
        && let Some(text) = xml_part(&mut archive, &comments)?
        && text.contains("<w:comment ")
    {
        draft.warn(
            WarningCode::Comments,
            "The document has comments; they are not part of the text.",
        );
    }
    let embedded = archive
        .names()
        .iter()
        .filter(|n| n.starts_with("word/embeddings/") || n.starts_with("word/activeX/"))
        .count();
    if embedded > 0 {
        draft.warn(
            WarningCode::EmbeddedFiles,
            format!("{embedded} embedded file(s) or control(s) in the document were not read."),
        );
    }
    if related.iter().any(|r| r.kind == "aFChunk") {
        draft.warn(
            WarningCode::PartlyRead,
            "Some of the document is another file inserted whole (such as a web page); that part was not read.",
        );
    }
    if related
        .iter()
        .any(|r| matches!(r.kind.as_str(), "chart" | "chartEx" | "diagramData"))
    {
        draft.warn(
            WarningCode::PartlyRead,
            "Words inside charts and SmartArt drawings are not read. Look at the document itself.",
        );
    }
    warn_of_outside(&mut archive, &mut draft, seen.outside, limits)?;
    draft.finish(FileKind::Docx)
}

fn main_part(archive: &mut Archive<'_>, limits: &Limits) -> Result<String, ReadRefusal> {
    let named = relationships(archive, "_rels/.rels", WHAT, limits.depth)?
        .into_iter()
        .find(|r| r.kind == "officeDocument" && !r.external)
        .map(|r| resolve("", &r.target))
        .filter(|part| archive.has(part));
    match named {
        Some(part) => Ok(part),
        None if archive.has("word/document.xml") => Ok("word/document.xml".to_owned()),
        None => Err(ReadRefusal::damaged(WHAT, "its main text is missing")),
    }
}

/// Says when anything but a link points out of the file.
fn warn_of_outside(
    archive: &mut Archive<'_>,
    draft: &mut Draft,
    by_field: bool,
    limits: &Limits,
) -> Result<(), ReadRefusal> {
    let lists: Vec<String> = archive
        .names()
        .iter()
        .filter(|n| n.starts_with("word/_rels/") && n.ends_with(".rels"))
        .cloned()
        .collect();
    let mut kinds = BTreeSet::new();
    if by_field {
        kinds.insert("field".to_owned());
    }
    for list in lists {
        for relationship in relationships(archive, &list, WHAT, limits.depth)? {
            if relationship.external && relationship.kind != "hyperlink" {
                kinds.insert(relationship.kind);
            }
        }
    }
    if !kinds.is_empty() {
        let kinds: Vec<String> = kinds.into_iter().collect();
        draft.warn(
            WarningCode::OutsideReferences,
            format!(
                "The document refers to things outside itself ({}); nothing was fetched.",
                kinds.join(", ")
            ),
        );
    }
    Ok(())
}

fn merge(into: &mut Ignored, more: Ignored) {
    into.document_type |= more.document_type;
    into.entities += more.entities;
}
