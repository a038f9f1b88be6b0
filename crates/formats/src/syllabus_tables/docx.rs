//! A syllabus from the paragraphs and tables of a Word document.

use std::collections::BTreeMap;

use crate::document::{DocumentText, ParagraphKind, WarningCode, docx};
use crate::limits::Limits;
use crate::refusal::{ReadRefusal, RefusalCode};
use crate::syllabus::{Draft, Finding, Place};

use super::codes;
use super::source::{CellText, ParagraphText, Source, SourceLine};

/// Reads a Word document as a syllabus. Numbers that it keeps in its lists are read too; cells that span columns or rows
/// stand where they begin.
///
/// Refuses, when: it needs a password; it carries macros; it is damaged; it unpacks to more than the limits; it holds no
/// text.
pub fn read_docx(bytes: &[u8], limits: &Limits) -> Result<Draft, ReadRefusal> {
    Ok(source(&docx::read_numbered(bytes, limits)?)?.draft())
}

/// The paragraphs and tables of a Word document.
///
/// Refuses, when: [`read_docx`] does.
pub(super) fn lines(bytes: &[u8], limits: &Limits) -> Result<Source, ReadRefusal> {
    source(&docx::read_numbered(bytes, limits)?)
}

/// The text that a Word document's paragraphs and tables make, a row a line, its cells parted by tabs.
///
/// Refuses, when: [`read_docx`] does.
pub fn text_of_docx(bytes: &[u8], limits: &Limits) -> Result<String, ReadRefusal> {
    Ok(source(&docx::read_numbered(bytes, limits)?)?.text())
}

/// The most columns of a table that are read.
const MOST_COLUMNS: u32 = 200;

fn source(document: &DocumentText) -> Result<Source, ReadRefusal> {
    if document.paragraphs.is_empty() {
        return Err(ReadRefusal::new(
            RefusalCode::NotADocument,
            "No text was found in this Word document, so there is nothing to read a syllabus from.",
            "If it holds pictures of pages, ask the awarding body for the document itself, or run text recognition (OCR) over it.",
        ));
    }
    let mut source = Source::default();
    for warning in &document.warnings {
        // What these tell is settled here, or no matter for a syllabus.
        if matches!(warning.code, WarningCode::AnswerBoxes | WarningCode::PartsNotTold) {
            continue;
        }
        source.findings.push(
            Finding::new(
                &codes::WARNED,
                "document",
                warning.message.trim_end_matches('.').to_owned(),
            )
            .suggest("Look at the document, and settle it there where it matters."),
        );
    }
    let mut rows: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    // Texts are cut out of one string by characters; going through it once keeps that cheap.
    let mut rest = document.text.chars();
    let mut at = 0usize;
    for (index, paragraph) in document.paragraphs.iter().enumerate() {
        rest.by_ref()
            .take(paragraph.start.saturating_sub(at))
            .for_each(drop);
        let text: String = rest
            .by_ref()
            .take(paragraph.end.saturating_sub(paragraph.start))
            .collect();
        at = paragraph.end.max(at);
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        let place = Place::line(number).on_page(paragraph.page);
        match paragraph.kind {
            ParagraphKind::RunningHead | ParagraphKind::Footnote => {}
            ParagraphKind::TableCell { table, row, column } => {
                let line = *rows.entry((table, row)).or_insert_with(|| {
                    source.lines.push(SourceLine {
                        cells: Vec::new(),
                        at: vec![Place {
                            part: Some(format!("table {table}, row {row}")),
                            ..place.clone()
                        }],
                    });
                    source.lines.len() - 1
                });
                let Some(line) = source.lines.get_mut(line) else {
                    continue;
                };
                if let Some(first) = line.at.first_mut() {
                    first.to = first.to.max(number);
                }
                let column = column.clamp(1, MOST_COLUMNS) as usize;
                if line.cells.len() < column {
                    line.cells.resize(column, CellText::default());
                }
                if let Some(cell) = line.cells.get_mut(column - 1) {
                    for part in text.lines() {
                        let (text, bullet) = without_bullet(part);
                        cell.paragraphs.push(ParagraphText { text, bullet });
                    }
                }
            }
            kind => {
                let in_list = matches!(kind, ParagraphKind::ListItem { .. });
                for part in text.lines() {
                    let (text, bullet) = without_bullet(part);
                    let plain_item = in_list && !text.starts_with(|c: char| c.is_ascii_digit());
                    source
                        .lines
                        .push(SourceLine::paragraph(text, bullet || plain_item, place.clone()));
                }
            }
        }
    }
    Ok(source)
}

fn without_bullet(text: &str) -> (String, bool) {
    match text.trim_start().strip_prefix('•') {
        Some(rest) => (rest.trim_start().to_owned(), true),
        None => (text.to_owned(), false),
    }
}
