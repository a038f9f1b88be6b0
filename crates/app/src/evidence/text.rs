//! The text of a version, and its paragraphs as safe HTML with the passages marked in it.

use super::find::VersionRow;
use crate::{App, Failure};
use assay_domain::fact::{EvidenceKind, Place};
use assay_domain::id::PassageId;
use assay_formats::document::{DocumentText, Paragraph, ParagraphKind, Part, markdown};
use assay_formats::limits::Limits;
use assay_formats::refusal::ReadRefusal;
use assay_store::Tx;
use assay_store::statements::evidence as statements;
use std::fmt::Write as _;
use std::io::Read;

/// What reading a version gave.
#[derive(Debug, Clone)]
pub enum Reading {
    /// Its text.
    Text(Box<DocumentText>),
    /// It was kept, but its text could not be read.
    Unreadable(ReadRefusal),
    /// It has no text: a picture, a recording, a workbook.
    None,
}

impl Reading {
    /// The text, if there is one.
    pub fn document(&self) -> Option<&DocumentText> {
        match self {
            Reading::Text(document) => Some(document),
            _ => None,
        }
    }
}

/// The key under which a file's text is kept: the same bytes read as another kind give another text.
fn key(sha256: &str, media: &str) -> String {
    format!("{sha256} {media}")
}

/// Keeps what reading a file gave, so that it is read once.
///
/// # Errors
/// A fault when the store fails.
pub fn keep(tx: &mut Tx<'_>, sha256: &str, media: &str, reading: &Reading) -> Result<(), Failure> {
    let (text, readable) = match reading {
        Reading::Text(document) => (serde_json::to_string(document)?, true),
        Reading::Unreadable(refusal) => (serde_json::to_string(refusal)?, false),
        Reading::None => return Ok(()),
    };
    tx.run(
        &statements::PUT_DOCUMENT_TEXT,
        &[key(sha256, media).into(), text.into(), readable.into()],
    )?;
    Ok(())
}

/// The text of a version. What was written in the browser is read from its file; other documents were read when they
/// came.
///
/// # Errors
/// A fault when the store fails.
pub fn of(app: &App, tx: &mut Tx<'_>, kind: EvidenceKind, version: &VersionRow) -> Result<Reading, Failure> {
    if version.sha256.is_empty() {
        return Ok(Reading::None);
    }
    if kind != EvidenceKind::File {
        return Ok(
            match markdown::document(&source(app, version)?, &Limits::default()) {
                Ok(document) => Reading::Text(Box::new(document)),
                Err(refusal) => Reading::Unreadable(refusal),
            },
        );
    }
    let key = key(&version.sha256, &version.media);
    let Some(row) = tx.row(&statements::FIND_DOCUMENT_TEXT, &[key.into()])? else {
        return Ok(Reading::None);
    };
    let text = row.text("text")?;
    Ok(if row.truth("readable")? {
        Reading::Text(serde_json::from_str(&text)?)
    } else {
        Reading::Unreadable(serde_json::from_str(&text)?)
    })
}

/// What was typed, of a version written in the browser; blank when it was erased.
///
/// # Errors
/// A fault when the file is gone or cannot be read.
pub fn source(app: &App, version: &VersionRow) -> Result<String, Failure> {
    if version.sha256.is_empty() {
        return Ok(String::new());
    }
    let mut text = String::new();
    app.store()
        .files()
        .read(&version.sha256)?
        .ok_or_else(|| Failure::Fault(format!("evidence file of {} is gone", version.evidence)))?
        .read_to_string(&mut text)
        .map_err(|error| Failure::Fault(format!("evidence file: {error}")))?;
    Ok(text)
}

/// What a block is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum BlockKind {
    Paragraph,
    Heading,
    Item,
    Quotation,
    /// A row of a table; its cells are parted by line feeds in the text.
    Row,
    Reference,
    Caption,
    Footnote,
    Code,
}

/// A paragraph, heading, list item or table row of a piece. Its text is exactly the slice `start..end` of the plain text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct TextBlock {
    /// From 1.
    pub number: u32,
    /// First character in the piece's plain text.
    pub start: u32,
    /// One past its last character.
    pub end: u32,
    /// From 1.
    pub page: u32,
    pub kind: BlockKind,
    /// Safe inline HTML: escaped text with each passage as
    /// `<mark class="by-learner" data-passage="psg_…" id="psg_…" data-criteria="1.1 2.3">` (or `by-assessor`). A passage
    /// that is cut by paragraphs or by other passages carries `id` and `data-criteria` on its first piece only.
    pub html: String,
}

/// A passage to be shown in a text.
#[derive(Debug, Clone)]
pub struct Mark {
    pub id: PassageId,
    pub from: usize,
    pub until: usize,
    /// Numbers of the criteria it answers.
    pub criteria: Vec<String>,
    pub by_learner: bool,
}

/// The blocks of a document with its passages marked in them.
pub fn blocks(document: &DocumentText, marks: &[Mark]) -> Vec<TextBlock> {
    let text: Vec<char> = document.text.chars().collect();
    let mut shown = std::collections::BTreeSet::new();
    let mut blocks: Vec<TextBlock> = Vec::new();
    let mut rest = document.paragraphs.as_slice();
    while let Some(first) = rest.first() {
        let cells = rest
            .iter()
            .take_while(|next| same_row(first, next))
            .count()
            .max(1);
        let (paragraphs, later) = rest.split_at(cells);
        rest = later;
        if first.kind == ParagraphKind::RunningHead {
            continue;
        }
        let kind = kind_of(first);
        let (start, end) = (first.start, paragraphs.last().map_or(first.end, |last| last.end));
        let mut html = String::new();
        let mut at = start;
        for paragraph in paragraphs {
            push(&mut html, &text, at..paragraph.start, marks, &mut shown);
            if kind == BlockKind::Row {
                html.push_str("<span class=\"row__cell\">");
            }
            push(
                &mut html,
                &text,
                paragraph.start..paragraph.end,
                marks,
                &mut shown,
            );
            if kind == BlockKind::Row {
                html.push_str("</span>");
            }
            at = paragraph.end;
        }
        blocks.push(TextBlock {
            number: u32::try_from(blocks.len() + 1).unwrap_or(u32::MAX),
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
            page: first.page,
            kind,
            html,
        });
    }
    blocks
}

fn same_row(a: &Paragraph, b: &Paragraph) -> bool {
    match (a.kind, b.kind) {
        (
            ParagraphKind::TableCell { table, row, .. },
            ParagraphKind::TableCell {
                table: other,
                row: other_row,
                ..
            },
        ) => table == other && row == other_row,
        _ => false,
    }
}

fn kind_of(paragraph: &Paragraph) -> BlockKind {
    match paragraph.kind {
        ParagraphKind::Heading { .. } => BlockKind::Heading,
        ParagraphKind::ListItem { .. } => BlockKind::Item,
        ParagraphKind::TableCell { .. } => BlockKind::Row,
        ParagraphKind::Footnote => BlockKind::Footnote,
        ParagraphKind::Caption => BlockKind::Caption,
        ParagraphKind::Quotation => BlockKind::Quotation,
        ParagraphKind::Code => BlockKind::Code,
        ParagraphKind::Paragraph if matches!(paragraph.part, Part::References | Part::Bibliography) => {
            BlockKind::Reference
        }
        ParagraphKind::Paragraph | ParagraphKind::RunningHead => BlockKind::Paragraph,
    }
}

/// Writes a stretch of text, cut wherever a passage begins or ends, each cut with the marks that lie over it.
fn push(
    html: &mut String,
    text: &[char],
    range: std::ops::Range<usize>,
    marks: &[Mark],
    shown: &mut std::collections::BTreeSet<PassageId>,
) {
    if range.start >= range.end {
        return;
    }
    let over: Vec<&Mark> = marks
        .iter()
        .filter(|mark| mark.from < range.end && range.start < mark.until)
        .collect();
    let mut cuts: Vec<usize> = over
        .iter()
        .flat_map(|mark| [mark.from, mark.until])
        .filter(|cut| range.contains(cut))
        .chain([range.start, range.end])
        .collect();
    cuts.sort_unstable();
    cuts.dedup();
    for pair in cuts.windows(2) {
        let [from, until] = *pair else { continue };
        let here: Vec<&&Mark> = over
            .iter()
            .filter(|mark| mark.from <= from && until <= mark.until)
            .collect();
        for mark in &here {
            let who = if mark.by_learner {
                "by-learner"
            } else {
                "by-assessor"
            };
            let _ = write!(html, "<mark class=\"{who}\" data-passage=\"{}\"", mark.id);
            if shown.insert(mark.id.clone()) {
                let criteria = escaped(mark.criteria.join(" ").chars());
                let _ = write!(html, " id=\"{}\" data-criteria=\"{criteria}\"", mark.id);
            }
            html.push('>');
        }
        html.push_str(&escaped(
            text.get(from..until).unwrap_or_default().iter().copied(),
        ));
        for _ in &here {
            html.push_str("</mark>");
        }
    }
}

fn escaped(text: impl Iterator<Item = char>) -> String {
    let mut out = String::new();
    for c in text {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
    out
}

/// Where a place is, in words: "paragraph 12", "page 3", "2:05 to 3:10", "the whole piece".
pub fn place_in_words(place: &Place, document: Option<&DocumentText>, blocks: &[TextBlock]) -> String {
    match place {
        Place::Text { from, until } => {
            let touched: Vec<&TextBlock> = blocks
                .iter()
                .filter(|block| block.start < *until && *from < block.end)
                .collect();
            let paged = document.is_some_and(|document| document.pages.len() > 1);
            match (touched.first(), touched.last()) {
                (Some(first), Some(last)) => {
                    let page = if paged {
                        format!("page {}, ", first.page)
                    } else {
                        String::new()
                    };
                    if first.number == last.number {
                        format!("{page}paragraph {}", first.number)
                    } else {
                        format!("{page}paragraphs {} to {}", first.number, last.number)
                    }
                }
                _ => "in the text".to_owned(),
            }
        }
        Place::Page { page } => format!("page {page}"),
        Place::Time { from, until } => format!("{} to {}", clock(*from), clock(*until)),
        Place::Whole => "the whole piece".to_owned(),
    }
}

/// Seconds as on a player: `2:05`, `1:02:05`.
pub fn clock(seconds: u32) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{rest:02}")
    } else {
        format!("{minutes}:{rest:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn document(text: &str) -> DocumentText {
        markdown::document(text, &Limits::default()).unwrap()
    }

    fn mark(id: &str, from: usize, until: usize, criteria: &[&str]) -> Mark {
        Mark {
            id: id.parse().unwrap(),
            from,
            until,
            criteria: criteria.iter().map(|number| (*number).to_owned()).collect(),
            by_learner: true,
        }
    }

    fn bare(html: &str) -> String {
        let mut out = String::new();
        let mut inside = false;
        for c in html.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => out.push(c),
                _ => {}
            }
        }
        out.replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&quot;", "\"")
            .replace("&amp;", "&")
    }

    #[test]
    fn the_text_of_a_block_is_its_slice_of_the_plain_text_whatever_is_marked() {
        let document = document(
            "# Aim\n\nWe *coach* <b>weekly</b> & often.\n\n- one\n- two\n\n| a | b |\n|---|---|\n| c | d |\n",
        );
        let marks = [
            mark("psg_a", 2, 12, &["1.1"]),
            mark("psg_b", 8, 30, &["1.1", "2.3"]),
        ];
        for block in blocks(&document, &marks) {
            let slice = document.slice(block.start as usize..block.end as usize).unwrap();
            assert_eq!(bare(&block.html), slice);
        }
    }

    #[test]
    fn a_passage_over_two_blocks_carries_its_id_once_and_is_marked_in_both() {
        let document = document("First words.\n\nSecond words.");
        let shown = blocks(&document, &[mark("psg_a", 6, 19, &["1.2"])]);
        let html: String = shown.iter().map(|block| block.html.as_str()).collect();
        assert_eq!(html.matches("id=\"psg_a\"").count(), 1);
        assert_eq!(html.matches("data-passage=\"psg_a\"").count(), 2);
        assert!(
            shown[0]
                .html
                .starts_with("First <mark class=\"by-learner\" data-passage=\"psg_a\" id=\"psg_a\"")
        );
    }

    #[test]
    fn passages_that_overlap_are_both_marked_where_they_do() {
        let document = document("one two three");
        let shown = blocks(
            &document,
            &[mark("psg_a", 0, 7, &["1.1"]), mark("psg_b", 4, 13, &["2.1"])],
        );
        let html = &shown[0].html;
        assert!(html.contains("data-criteria=\"1.1\">one </mark>"));
        assert!(html.contains("</mark></mark>"));
        assert_eq!(html.matches("<mark").count(), html.matches("</mark>").count());
    }

    #[test]
    fn what_a_learner_writes_cannot_become_html() {
        let document = document("<script>alert(1)</script> \"x\"");
        let html = &blocks(&document, &[mark("psg_a", 0, 5, &["\"><script>"])])[0].html;
        assert!(!html.contains("<script"));
    }

    #[test]
    fn places_are_told_in_words() {
        let document = document("one\n\ntwo");
        let shown = blocks(&document, &[]);
        let words = |place| place_in_words(&place, Some(&document), &shown);
        assert_eq!(words(Place::Text { from: 0, until: 2 }), "paragraph 1");
        assert_eq!(words(Place::Text { from: 0, until: 6 }), "paragraphs 1 to 2");
        assert_eq!(
            words(Place::Time {
                from: 125,
                until: 3790
            }),
            "2:05 to 1:03:10"
        );
    }
}
