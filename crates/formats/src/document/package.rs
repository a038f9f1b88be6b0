//! What Word and OpenDocument files share: parts of XML inside an archive, and the warnings that come from walking them.

use crate::archive::Archive;
use crate::refusal::ReadRefusal;
use crate::xml::{self, Element, Ignored, Step};

use super::WarningCode;
use super::draft::Draft;

/// A part as text; `None` when it is not there.
pub(super) fn xml_part(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, ReadRefusal> {
    Ok(archive.part(name)?.map(|bytes| xml::decoded(&bytes)))
}

/// Warns of declarations that were not obeyed.
pub(super) fn warn_of_ignored(draft: &mut Draft, ignored: Ignored) {
    if ignored.document_type || ignored.entities > 0 {
        draft.warn(
            WarningCode::OutsideReferences,
            "The document declares its own abbreviations or refers to a file outside itself. They were not followed, so words may be missing.",
        );
    }
}

/// One relationship of a Word or Excel part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relationship {
    pub(crate) id: String,
    /// The last word of the relationship's type, as in `officeDocument`.
    pub(crate) kind: String,
    pub(crate) target: String,
    /// Whether the target is outside the file.
    pub(crate) external: bool,
}

/// The relationships of a part; none when the list is missing.
pub(crate) fn relationships(
    archive: &mut Archive<'_>,
    list: &str,
    what: &str,
    depth: usize,
) -> Result<Vec<Relationship>, ReadRefusal> {
    let Some(text) = xml_part(archive, list)? else {
        return Ok(Vec::new());
    };
    let mut found = Vec::new();
    xml::walk(&text, what, depth, |step| {
        if let Step::Open(element) = step
            && element.name == "Relationship"
        {
            found.push(relationship(&element));
        }
        Ok(())
    })?;
    Ok(found)
}

fn relationship(element: &Element) -> Relationship {
    let get = |name: &str| element.attribute(name).unwrap_or_default().to_owned();
    Relationship {
        id: get("Id"),
        kind: get("Type").rsplit('/').next().unwrap_or_default().to_owned(),
        target: get("Target"),
        external: element.attribute("TargetMode") == Some("External"),
    }
}

/// A relationship's target as the name of a part: relative to the folder of the part that refers to it, `..` resolved.
pub(crate) fn resolve(folder: &str, target: &str) -> String {
    let mut parts: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|p| !p.is_empty()).collect(),
    };
    for part in target.split('/').filter(|p| !p.is_empty() && *p != ".") {
        if part == ".." {
            parts.pop();
        } else {
            parts.push(part);
        }
    }
    parts.join("/")
}

/// The folder a part lies in and the name of its list of relationships.
pub(crate) fn folder_and_list(part: &str) -> (String, String) {
    let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
    let list = if folder.is_empty() {
        format!("_rels/{file}.rels")
    } else {
        format!("{folder}/_rels/{file}.rels")
    };
    (folder.to_owned(), list)
}
