//! Opening a PDF: with its own list of objects, or, when that is lost, by looking for the objects.

use std::io::Read;

use flate2::read::ZlibDecoder;
use pdf_extract::xref::XrefEntry;
use pdf_extract::{Document, LoadOptions, Object, ObjectId, Stream};

use crate::limits::Limits;
use crate::refusal::ReadRefusal;

use super::{WHAT, guarded};

/// Opens a PDF that needs no password.
///
/// Refuses, when: it needs one; neither its list of objects nor its objects can be found.
pub(super) fn open(bytes: &[u8]) -> Result<Document, ReadRefusal> {
    let unlocked;
    let bytes = if only_attachments_are_locked(bytes) {
        unlocked = without_lock(bytes);
        &unlocked
    } else {
        bytes
    };
    if let Some(document) = load(bytes)
        && (document.is_encrypted() || has_pages(&document))
    {
        return opened(Some(document));
    }
    opened(rebuilt(bytes).and_then(|bytes| load(&bytes)))
}

fn opened(document: Option<Document>) -> Result<Document, ReadRefusal> {
    match document {
        Some(document) if document.is_encrypted() => Err(ReadRefusal::encrypted(WHAT)),
        Some(document) => Ok(document),
        None => Err(ReadRefusal::damaged(WHAT, "its pages cannot be found")),
    }
}

/// A lock may be put on attached files only: then text and strings pass through it as they are (ISO 32000-1, 7.6.5).
fn only_attachments_are_locked(bytes: &[u8]) -> bool {
    let names_no_filter = |key: &[u8]| {
        let mut value = find(bytes, key, 0)
            .and_then(|at| bytes.get(at + key.len()..))
            .unwrap_or_default();
        while let [b' ' | b'\r' | b'\n', rest @ ..] = value {
            value = rest;
        }
        value.starts_with(b"/Identity")
    };
    names_no_filter(b"/StmF") && names_no_filter(b"/StrF")
}

/// The file with the mention of its lock made unreadable; no byte changes its place.
fn without_lock(bytes: &[u8]) -> Vec<u8> {
    let mut out = bytes.to_vec();
    let mut at = 0;
    while let Some(found) = find(bytes, b"/Encrypt ", at) {
        at = found + 1;
        if let Some(letter) = out.get_mut(found + 7) {
            *letter = b'_';
        }
    }
    out
}

fn load(bytes: &[u8]) -> Option<Document> {
    let mut document =
        guarded(|| Document::load_mem_with_options(bytes, LoadOptions::default()).ok()).flatten()?;
    if !document.is_encrypted() && !document.was_encrypted() {
        find_lost_streams(&mut document, bytes);
    }
    Some(document)
}

/// A stream whose length is stated wrongly is read as a dictionary only; its content stands up to "endstream".
fn find_lost_streams(document: &mut Document, bytes: &[u8]) {
    let lost: Vec<(ObjectId, usize)> = document
        .objects
        .iter()
        .filter(|(_, object)| object.as_dict().is_ok_and(|dict| dict.has(b"Length")))
        .filter_map(|(id, _)| match document.reference_table.get(id.0) {
            Some(XrefEntry::Normal { offset, .. }) => Some((*id, usize::try_from(*offset).ok()?)),
            _ => None,
        })
        .collect();
    for (id, offset) in lost {
        let Some(content) = content_after(bytes, offset) else {
            continue;
        };
        if let Some(Object::Dictionary(dict)) = document.objects.get(&id) {
            let stream = Stream::new(dict.clone(), content);
            document.objects.insert(id, Object::Stream(stream));
        }
    }
}

/// What stands between "stream" and "endstream" in the object at this place.
fn content_after(bytes: &[u8], offset: usize) -> Option<Vec<u8>> {
    const HEAD: usize = 16 * 1024;
    let head = bytes.get(offset..(offset + HEAD).min(bytes.len()))?;
    let word = find(head, b"stream", 0)?;
    if find(head, b"endobj", 0).is_some_and(|end| end < word) {
        return None;
    }
    let mut start = offset + word + 6;
    if bytes.get(start) == Some(&b'\r') {
        start += 1;
    }
    if bytes.get(start) == Some(&b'\n') {
        start += 1;
    }
    let end = find(bytes, b"endstream", start).unwrap_or(bytes.len());
    bytes.get(start..end).map(<[u8]>::to_vec)
}

fn has_pages(document: &Document) -> bool {
    document
        .catalog()
        .is_ok_and(|catalog| catalog.get(b"Pages").is_ok())
        && document.page_iter().next().is_some()
}

/// The file with a list of objects made by looking for "n g obj", appended as a last update. A later object of the same
/// number takes the place of an earlier one, as updates do.
fn rebuilt(bytes: &[u8]) -> Option<Vec<u8>> {
    const MOST_OBJECTS: usize = 200_000;
    let mut objects: std::collections::BTreeMap<u32, (usize, u16)> = std::collections::BTreeMap::new();
    let mut at = 0;
    while let Some(found) = find(bytes, b"obj", at) {
        at = found + 3;
        if let Some((start, number, generation)) = object_header(bytes, found) {
            objects.insert(number, (start, generation));
        }
        if objects.len() > MOST_OBJECTS {
            return None;
        }
    }
    let last = *objects.keys().next_back()?;
    let trailer = trailer(bytes, &objects)?;
    let mut out = bytes.to_vec();
    out.push(b'\n');
    let list_at = out.len();
    out.extend(b"xref\n0 1\n0000000000 65535 f \n");
    for (number, (start, generation)) in &objects {
        out.extend(format!("{number} 1\n{start:010} {generation:05} n \n").bytes());
    }
    let size = last.checked_add(1)?;
    out.extend(format!("trailer\n<< /Size {size} {trailer} >>\nstartxref\n{list_at}\n%%EOF\n").bytes());
    Some(out)
}

/// Where an object begins, its number and its generation, read backwards from the word "obj".
fn object_header(bytes: &[u8], word: usize) -> Option<(usize, u32, u16)> {
    let head = bytes.get(word.saturating_sub(24)..word)?;
    // "endobj" is the same word's end.
    if head.ends_with(b"end") {
        return None;
    }
    let text =
        std::str::from_utf8(head.get(head.iter().rposition(|b| !b.is_ascii()).map_or(0, |p| p + 1)..)?)
            .ok()?;
    let without_generation = text.trim_end().trim_end_matches(|c: char| c.is_ascii_digit());
    let generation = text.get(without_generation.len()..)?.trim();
    let without_number = without_generation
        .trim_end()
        .trim_end_matches(|c: char| c.is_ascii_digit());
    let number = without_generation.get(without_number.len()..)?.trim();
    let length = text.len() - without_number.len();
    let (number, generation) = (number.parse::<u32>().ok()?, generation.parse::<u16>().ok()?);
    (number > 0 && number < 10_000_000).then_some((word - length, number, generation))
}

/// The entries that a trailer needs: those of the last trailer that names a root, or else the first catalogue found.
fn trailer(bytes: &[u8], objects: &std::collections::BTreeMap<u32, (usize, u16)>) -> Option<String> {
    let mut entries = None;
    let mut at = 0;
    while let Some(found) = find(bytes, b"trailer", at) {
        at = found + 7;
        let body = bytes.get(at..(at + 4096).min(bytes.len()))?;
        let text = String::from_utf8_lossy(body);
        let kept: Vec<String> = ["/Root", "/Encrypt"]
            .iter()
            .filter_map(|key| reference_after(&text, key))
            .collect();
        // Without its two identifiers an encrypted file cannot be opened, and here it need not be: it is only refused.
        if kept.iter().any(|k| k.starts_with("/Root")) {
            entries = Some(kept.join(" "));
        }
    }
    entries.or_else(|| {
        objects.iter().find_map(|(number, (start, generation))| {
            let body = bytes.get(*start..(start + 2048).min(bytes.len()))?;
            let end = find(body, b"endobj", 0).unwrap_or(body.len());
            let text = String::from_utf8_lossy(body.get(..end)?);
            let is_catalogue = text.contains("/Type/Catalog") || text.contains("/Type /Catalog");
            is_catalogue.then(|| format!("/Root {number} {generation} R"))
        })
    })
}

/// "/Root 1 0 R" from the text of a trailer.
fn reference_after(text: &str, key: &str) -> Option<String> {
    let after = text.get(text.find(key)? + key.len()..)?;
    let mut words = after.split_whitespace();
    let number: u32 = words.next()?.parse().ok()?;
    let generation: u16 = words.next()?.parse().ok()?;
    words.next().filter(|w| w.starts_with('R'))?;
    Some(format!("{key} {number} {generation} R"))
}

fn find(bytes: &[u8], word: &[u8], from: usize) -> Option<usize> {
    bytes
        .get(from..)?
        .windows(word.len())
        .position(|w| w == word)
        .map(|p| p + from)
}

/// Unpacks every part that reading could unpack into nothing, to see that they are within the limits.
///
/// Refuses, when: they are not.
pub(super) fn check_size(document: &Document, limits: &Limits) -> Result<(), ReadRefusal> {
    if document.objects.len() > limits.parts.saturating_mul(100) {
        return Err(ReadRefusal::too_many(WHAT, "too many objects"));
    }
    let mut budget = limits.unpacked_bytes;
    for object in document.objects.values() {
        let Object::Stream(stream) = object else { continue };
        // Pictures and attachments are never unpacked here.
        let is = |key: &[u8], value: &[u8]| {
            stream
                .dict
                .get(key)
                .and_then(Object::as_name)
                .is_ok_and(|n| n == value)
        };
        if is(b"Subtype", b"Image") || is(b"Type", b"EmbeddedFile") {
            continue;
        }
        let filters = stream.filters().unwrap_or_default();
        if !filters.contains(&b"FlateDecode".as_slice()) {
            continue;
        }
        let size = unpacked_size(&stream.content, budget);
        let by_ratio = (stream.content.len() as u64)
            .saturating_mul(limits.unpacked_ratio)
            .max(4 * 1024 * 1024);
        if size > budget || size > by_ratio || filters.len() > 4 {
            return Err(ReadRefusal::unpacks_too_large(WHAT));
        }
        budget -= size;
    }
    Ok(())
}

/// What a packed part unpacks to, counted up to one byte more than `most`.
fn unpacked_size(packed: &[u8], most: u64) -> u64 {
    let mut decoder = ZlibDecoder::new(packed).take(most.saturating_add(1));
    // An error ends the part early, as it does for every reader.
    let mut piece = [0u8; 16 * 1024];
    let mut size = 0u64;
    while let Ok(read @ 1..) = decoder.read(&mut piece) {
        size += read as u64;
    }
    size
}
