//! PDF, as text in reading order with the pages it stands on.
//!
//! The font work is done by pdf-extract, which can panic on fonts it does not expect; so each page is first reduced to its
//! text operators, drawings that call themselves are cut, fonts are tried one by one, and a page that still fails is
//! named in a warning while the others are read. See ISO 32000-1, sections 7 to 9.

mod columns;
mod glyphs;
mod inspect;
mod layout;
mod open;
mod page;
mod paragraphs;
mod reduce;
mod runs;
pub(crate) mod tables;

use std::panic::{AssertUnwindSafe, catch_unwind};

use pdf_extract::Document;

use crate::limits::Limits;
use crate::refusal::ReadRefusal;
use crate::sniff::FileKind;

use super::draft::Draft;
use super::{DocumentText, WarningCode};

const WHAT: &str = "PDF document";

/// Reads a PDF.
///
/// Refuses, when: it needs a password; it is damaged beyond finding its pages; it holds more pages than the limit; its
/// parts unpack to more than the limit.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<DocumentText, ReadRefusal> {
    let mut document = open::open(bytes)?;
    open::check_size(&document, limits)?;
    let pages = page::list(&document, limits)?;
    if pages.is_empty() {
        return Err(ReadRefusal::damaged(WHAT, "it has no pages"));
    }
    let mut draft = Draft::new(WHAT, limits);
    inspect::warn(&document, &pages, bytes, &mut draft);

    let mut fonts = reduce::Fonts::default();
    let mut unread: Vec<usize> = Vec::new();
    let mut pictures = false;
    let mut laid_out = Vec::with_capacity(pages.len());
    let mut characters = 0usize;
    for (index, page) in pages.iter().enumerate() {
        let reduced = reduce::reduce(&document, page, &mut fonts);
        pictures |= reduced.has_pictures;
        let glyphs = guarded(|| glyphs::of_page(&mut document, &reduced, limits.characters)).flatten();
        let lines = match glyphs {
            Some(glyphs) if reduced.whole => layout::lines(glyphs),
            Some(glyphs) => {
                unread.push(index + 1);
                layout::lines(glyphs)
            }
            None => {
                unread.push(index + 1);
                Vec::new()
            }
        };
        characters += lines.iter().map(|l| l.text.len()).sum::<usize>();
        if characters > limits.characters.saturating_mul(4) {
            return Err(ReadRefusal::too_many(
                WHAT,
                &format!("more than {} characters", limits.characters),
            ));
        }
        laid_out.push(lines);
    }
    let total = laid_out.len();
    paragraphs::fill(laid_out, &mut draft)?;
    if !unread.is_empty() {
        draft.warn(
            WarningCode::PartlyRead,
            format!(
                "The text of {} could not be read, or not all of it. Look at the document itself.",
                pages_in_words(&unread, total)
            ),
        );
    }
    if draft.blocks.is_empty() {
        let message = if pictures {
            "This PDF holds pictures of pages and no text. It is evidence as it is, but passages cannot be marked in it and its words cannot be counted."
        } else {
            "No text was found in this PDF. It is evidence as it is, but passages cannot be marked in it and its words cannot be counted."
        };
        draft.warn(WarningCode::NoText, message);
    } else {
        draft.warn(
            WarningCode::PartsNotTold,
            "A PDF does not say which words are in tables or notes; they are counted with the main text.",
        );
    }
    draft.finish(FileKind::Pdf)
}

/// Runs a piece of the font reader, which may panic on what it does not expect. A panic leaves nothing behind: the
/// pages that it works on are made anew for each call.
fn guarded<T>(work: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(work)).ok()
}

fn pages_in_words(pages: &[usize], total: usize) -> String {
    match pages {
        [one] => format!("page {one}"),
        all if all.len() == total => "every page".to_owned(),
        some => {
            let shown: Vec<String> = some.iter().take(10).map(ToString::to_string).collect();
            let more = if some.len() > 10 { " and others" } else { "" };
            format!("pages {}{more}", shown.join(", "))
        }
    }
}

/// The dictionary that a key leads to, directly or by reference.
fn dictionary<'a>(
    document: &'a Document,
    within: &'a pdf_extract::Dictionary,
    key: &[u8],
) -> Option<&'a pdf_extract::Dictionary> {
    let object = within.get_deref(key, document).ok()?;
    object
        .as_dict()
        .ok()
        .or_else(|| object.as_stream().ok().map(|s| &s.dict))
}

/// A number, whole or not; nothing that is not finite.
fn number(object: &pdf_extract::Object) -> Option<f32> {
    object.as_float().ok().filter(|n| n.is_finite() && n.abs() < 1e9)
}
