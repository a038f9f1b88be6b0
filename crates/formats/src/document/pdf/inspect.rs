//! What a PDF carries besides its pages, for the warnings.

use pdf_extract::{Dictionary, Document, Object};

use super::super::WarningCode;
use super::super::draft::Draft;
use super::dictionary;
use super::page::PageOf;

/// Warns of what a person should know about. Nothing is run, fetched or unpacked.
pub(super) fn warn(document: &Document, pages: &[PageOf], bytes: &[u8], draft: &mut Draft) {
    let catalogue = document.catalog().ok();
    let mut seen = Seen::default();
    for object in document.objects.values() {
        match object {
            Object::Dictionary(dict) => seen.look(dict),
            Object::Stream(stream) => {
                seen.look(&stream.dict);
                let kind = stream.dict.get(b"Type").and_then(Object::as_name);
                seen.held += usize::from(kind.is_ok_and(|name| name == b"EmbeddedFile"));
            }
            _ => {}
        }
    }
    // Actions may also stand directly in the catalogue and the pages.
    let pages = pages.iter().filter_map(|p| document.get_dictionary(p.id).ok());
    for dict in catalogue.into_iter().chain(pages) {
        seen.active |= dict.has(b"AA");
        if let Ok(Object::Dictionary(action)) = dict.get_deref(b"OpenAction", document) {
            seen.look(action);
        }
    }
    if seen.active {
        draft.warn(
            WarningCode::ActiveContent,
            "The PDF carries JavaScript or asks to start something when it is opened; nothing was run.",
        );
    }
    let portfolio = catalogue.is_some_and(|c| c.has(b"Collection"));
    // A file's description may stand inside another object, and its content may not say what it is: either one tells.
    let files = seen.files.max(seen.held);
    if files > 0 || portfolio {
        draft.warn(
            WarningCode::EmbeddedFiles,
            if portfolio {
                "This PDF is a collection of attached files, which were not read. Hand in the files themselves.".to_owned()
            } else {
                format!("{files} file(s) attached to the PDF were not read.")
            },
        );
    }
    let form = catalogue.and_then(|c| dictionary(document, c, b"AcroForm"));
    if form.is_some_and(|f| f.has(b"XFA")) {
        draft.warn(
            WarningCode::FormFields,
            "The PDF is a form of a kind whose entries may not be in the text. Look at the document itself.",
        );
    }
    let permissions = document
        .encryption_state
        .as_ref()
        .map(pdf_extract::EncryptionState::permissions);
    if permissions.is_some_and(|p| !p.contains(pdf_extract::Permissions::COPYABLE)) {
        draft.warn(
            WarningCode::ExtractionForbidden,
            "The PDF asks programs not to copy its text. It was read for assessment only.",
        );
    }
    let versions = bytes.windows(9).filter(|w| w == b"startxref").count();
    // A PDF made for the web has two lists of objects from the start.
    let linearised = document
        .objects
        .values()
        .take(5)
        .any(|o| o.as_dict().is_ok_and(|d| d.has(b"Linearized")));
    if versions > 1 + usize::from(linearised) {
        draft.warn(
            WarningCode::EarlierVersions,
            "The PDF was changed after it was first saved and still holds the earlier version; the last version was read.",
        );
    }
}

#[derive(Debug, Default)]
struct Seen {
    active: bool,
    /// Descriptions of attached files.
    files: usize,
    /// Contents of attached files.
    held: usize,
}

impl Seen {
    fn look(&mut self, dict: &Dictionary) {
        let named = |key: &[u8]| dict.get(key).and_then(Object::as_name).unwrap_or_default();
        if matches!(
            named(b"S"),
            b"JavaScript" | b"Launch" | b"ImportData" | b"SubmitForm"
        ) || dict.has(b"JS")
        {
            self.active = true;
        }
        if dict.has(b"EF") && matches!(named(b"Type"), b"Filespec" | b"F" | b"") {
            self.files += 1;
        }
    }
}
