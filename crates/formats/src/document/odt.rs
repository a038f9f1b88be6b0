//! OpenDocument texts (.odt): OASIS OpenDocument 1.2 and 1.3, read from `content.xml` and the styles it names.
//!
//! What change tracking has deleted, comments, headers and footers are no text; hidden text is left out and said so.

mod styles;
mod walker;

use crate::archive::Archive;
use crate::limits::Limits;
use crate::refusal::ReadRefusal;
use crate::sniff::FileKind;
use crate::xml;

use super::draft::Draft;
use super::package::{warn_of_ignored, xml_part};
use super::{DocumentText, WarningCode};
use styles::Styles;
use walker::Walker;

const WHAT: &str = "OpenDocument text";

/// Reads an OpenDocument text.
///
/// Refuses, when: the archive does; it is locked with a password; it carries macros; its text is missing or not well formed.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<DocumentText, ReadRefusal> {
    let mut archive = Archive::open(bytes, WHAT, limits)?;
    if let Some(manifest) = xml_part(&mut archive, "META-INF/manifest.xml")?
        && manifest.contains("encryption-data")
    {
        return Err(ReadRefusal::encrypted(WHAT));
    }
    let macros =
        |name: &String| (name.starts_with("Basic/") || name.starts_with("Scripts/")) && !name.ends_with('/');
    if archive.names().iter().any(macros) {
        return Err(ReadRefusal::macros(WHAT));
    }
    let mut draft = Draft::new(WHAT, limits);
    let mut styles = Styles::default();
    if let Some(text) = xml_part(&mut archive, "styles.xml")? {
        styles.read(&text, limits);
    }
    let Some(text) = xml_part(&mut archive, "content.xml")? else {
        return Err(ReadRefusal::damaged(WHAT, "its text is missing"));
    };
    styles.read(&text, limits);
    let mut walker = Walker::new(&styles, &mut draft);
    let ignored = xml::walk(&text, WHAT, limits.depth, |step| walker.step(step))?;
    let seen = walker.finish()?;

    warn_of_ignored(&mut draft, ignored);
    if seen.hidden > 0 {
        draft.warn(
            WarningCode::HiddenText,
            format!("{} word(s) of hidden text were left out.", seen.hidden),
        );
    }
    if seen.tracked {
        draft.warn(
            WarningCode::TrackedChanges,
            "Changes are tracked in this document: what was inserted counts, what was deleted was left out.",
        );
    }
    if seen.comments > 0 {
        draft.warn(
            WarningCode::Comments,
            "The document has comments; they are not part of the text.",
        );
    }
    if seen.active {
        draft.warn(
            WarningCode::ActiveContent,
            "The document asks to start something when it is opened or clicked; nothing was run.",
        );
    }
    if seen.outside {
        draft.warn(
            WarningCode::OutsideReferences,
            "The document refers to files outside itself; nothing was fetched.",
        );
    }
    let embedded = archive
        .names()
        .iter()
        .filter(|n| n.starts_with("Object") && n.ends_with("content.xml"))
        .count();
    if embedded > 0 {
        draft.warn(
            WarningCode::EmbeddedFiles,
            format!("{embedded} embedded file(s) in the document were not read."),
        );
    }
    draft.finish(FileKind::Odt)
}
