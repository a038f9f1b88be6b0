//! Telling packed documents (ZIP) and the containers of old Office programs (OLE) apart by what they hold.

use crate::archive::Archive;
use crate::limits::Limits;

use super::{FileKind, LooksLike};

/// Names of the streams that tell the documents of old Office programs apart, in the container's list of streams.
const STREAMS: &[(&str, LooksLike)] = &[
    ("EncryptedPackage", LooksLike::EncryptedOffice),
    ("WordDocument", LooksLike::OldWord),
    ("Workbook", LooksLike::OldExcel),
    ("Book", LooksLike::OldExcel),
    ("PowerPoint Document", LooksLike::OldPowerPoint),
];

/// An OLE compound file: its list of streams is made of records of 128 bytes that begin with the name as UTF-16.
pub(super) fn compound(bytes: &[u8]) -> LooksLike {
    const RECORD: usize = 128;
    const MOST: usize = 64 * 1024 * 1024;
    let names: Vec<(Vec<u8>, LooksLike)> = STREAMS
        .iter()
        .map(|(name, looks)| {
            let mut utf16: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
            utf16.extend([0, 0]);
            (utf16, *looks)
        })
        .collect();
    let mut found = LooksLike::OldOffice;
    for record in bytes.get(..MOST).unwrap_or(bytes).chunks_exact(RECORD).skip(4) {
        for (name, looks) in &names {
            if record.starts_with(name) {
                // The lock outranks whatever else the list names.
                if *looks == LooksLike::EncryptedOffice {
                    return *looks;
                }
                found = *looks;
            }
        }
    }
    found
}

/// The kind of a packed document from its list of parts and its declaration of content.
pub(super) fn packed(bytes: &[u8]) -> FileKind {
    use FileKind as K;
    use LooksLike as L;
    let limits = Limits {
        unpacked_bytes: 4 * 1024 * 1024,
        ..Limits::default()
    };
    // Whether the archive is a bomb or locked is for its reader to say; here only its kind matters.
    let Ok(mut archive) = Archive::open_to_look(bytes, &limits) else {
        return K::Unknown(L::BrokenZip);
    };
    let part_text = |archive: &mut Archive<'_>, name: &str| {
        archive
            .part(name)
            .ok()
            .flatten()
            .map(|b| String::from_utf8_lossy(&b).into_owned())
    };
    if let Some(declared) = part_text(&mut archive, "mimetype") {
        let declared = declared.trim();
        if declared == "application/vnd.oasis.opendocument.text"
            || declared == "application/vnd.oasis.opendocument.text-template"
        {
            return K::Odt;
        }
        if declared.starts_with("application/vnd.oasis.opendocument.") {
            return K::Unknown(L::OtherOpenDocument);
        }
        if declared == "application/epub+zip" {
            return K::Unknown(L::Epub);
        }
    }
    let types = part_text(&mut archive, "[Content_Types].xml").unwrap_or_default();
    let begins = |folder: &str| archive.names().iter().any(|n| n.starts_with(folder));
    let macros = types.contains("macroEnabled")
        || archive
            .names()
            .iter()
            .any(|n| n.to_ascii_lowercase().ends_with("vbaproject.bin"));
    if types.contains("wordprocessingml") || begins("word/") {
        return if macros {
            K::Unknown(L::WordWithMacros)
        } else {
            K::Docx
        };
    }
    if types.contains("spreadsheetml") || begins("xl/") {
        return if macros {
            K::Unknown(L::ExcelWithMacros)
        } else {
            K::Xlsx
        };
    }
    if types.contains("presentationml") || begins("ppt/") {
        return K::Unknown(L::PowerPoint);
    }
    if archive.has("content.xml") && archive.has("META-INF/manifest.xml") {
        return K::Odt;
    }
    if archive.names().iter().any(|n| n == "META-INF/MANIFEST.MF") {
        return K::Unknown(L::Program);
    }
    K::Unknown(L::Zip)
}
