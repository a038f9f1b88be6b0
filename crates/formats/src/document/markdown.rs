//! Markdown: written evidence and .md files as a document, and as safe HTML.

mod html;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use crate::limits::Limits;
use crate::refusal::ReadRefusal;
use crate::sniff::FileKind;

use super::draft::Draft;
use super::{DocumentText, ParagraphKind, plain};

pub use html::{HtmlPolicy, html};

const WHAT: &str = "Markdown text";

fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH
}

/// Reads Markdown from a file's bytes.
///
/// Refuses, when: the text exceeds a limit.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<DocumentText, ReadRefusal> {
    let mut draft = Draft::new(WHAT, limits);
    let text = plain::decode(bytes, &mut draft);
    fill(&text, draft, limits)
}

/// Reads Markdown that was typed: headings, lists, tables, links, emphasis and pictures, whose alternative text is a
/// caption. Raw HTML is kept as the characters it is made of.
///
/// Refuses, when: the text exceeds a limit.
pub fn document(text: &str, limits: &Limits) -> Result<DocumentText, ReadRefusal> {
    fill(text, Draft::new(WHAT, limits), limits)
}

struct Table {
    number: u32,
    row: u32,
    column: u32,
}

/// A block being read, and what its text is.
struct Open {
    kind: ParagraphKind,
    text: String,
}

fn fill(text: &str, mut draft: Draft, limits: &Limits) -> Result<DocumentText, ReadRefusal> {
    let mut nesting = 0usize;
    let mut lists = 0u8;
    let mut quotes = 0usize;
    let mut notes = 0usize;
    let mut kept_notes: Vec<String> = Vec::new();
    let mut tables_seen = 0;
    let mut table: Option<Table> = None;
    let mut pictures: Vec<String> = Vec::new();
    let mut open = Open {
        kind: ParagraphKind::Paragraph,
        text: String::new(),
    };
    let mut flush = |open: &mut Open, kind: ParagraphKind, notes: usize, draft: &mut Draft| {
        let text = std::mem::take(&mut open.text);
        let was = std::mem::replace(&mut open.kind, kind);
        if notes > 0 {
            kept_notes.push(text);
            return Ok(());
        }
        draft.add(was, &text, None)
    };
    for event in Parser::new_ext(text, options()) {
        let running = if quotes > 0 {
            ParagraphKind::Quotation
        } else if lists > 0 {
            ParagraphKind::ListItem { depth: lists }
        } else {
            ParagraphKind::Paragraph
        };
        match event {
            Event::Start(tag) => {
                nesting += 1;
                if nesting > limits.depth {
                    return Err(ReadRefusal::too_many(
                        WHAT,
                        &format!("more than {} levels of nesting", limits.depth),
                    ));
                }
                match tag {
                    Tag::Heading { level, .. } => {
                        let level = level_of(level);
                        flush(&mut open, ParagraphKind::Heading { level }, notes, &mut draft)?;
                    }
                    Tag::Paragraph | Tag::HtmlBlock => flush(&mut open, running, notes, &mut draft)?,
                    Tag::BlockQuote(_) => {
                        flush(&mut open, running, notes, &mut draft)?;
                        quotes += 1;
                    }
                    Tag::CodeBlock(_) => flush(&mut open, ParagraphKind::Code, notes, &mut draft)?,
                    Tag::List(_) => {
                        flush(&mut open, running, notes, &mut draft)?;
                        lists = lists.saturating_add(1);
                    }
                    Tag::Item => {
                        flush(
                            &mut open,
                            ParagraphKind::ListItem { depth: lists.max(1) },
                            notes,
                            &mut draft,
                        )?;
                    }
                    Tag::FootnoteDefinition(_) => {
                        flush(&mut open, running, notes, &mut draft)?;
                        notes += 1;
                    }
                    Tag::Table(_) => {
                        flush(&mut open, running, notes, &mut draft)?;
                        tables_seen += 1;
                        table = Some(Table {
                            number: tables_seen,
                            row: 0,
                            column: 0,
                        });
                    }
                    Tag::TableHead | Tag::TableRow => {
                        if let Some(table) = &mut table {
                            table.row += 1;
                            table.column = 0;
                        }
                    }
                    Tag::TableCell => {
                        if let Some(table) = &mut table {
                            table.column += 1;
                            let cell = ParagraphKind::TableCell {
                                table: table.number,
                                row: table.row,
                                column: table.column,
                            };
                            flush(&mut open, cell, notes, &mut draft)?;
                        }
                    }
                    Tag::Image { .. } => pictures.push(String::new()),
                    _ => {}
                }
            }
            Event::End(tag) => {
                nesting = nesting.saturating_sub(1);
                match tag {
                    TagEnd::Heading(_)
                    | TagEnd::Paragraph
                    | TagEnd::HtmlBlock
                    | TagEnd::CodeBlock
                    | TagEnd::Item
                    | TagEnd::TableCell => flush(&mut open, running, notes, &mut draft)?,
                    TagEnd::BlockQuote(_) => {
                        flush(&mut open, running, notes, &mut draft)?;
                        quotes = quotes.saturating_sub(1);
                    }
                    TagEnd::List(_) => {
                        flush(&mut open, running, notes, &mut draft)?;
                        lists = lists.saturating_sub(1);
                    }
                    TagEnd::FootnoteDefinition => {
                        flush(&mut open, running, notes, &mut draft)?;
                        notes = notes.saturating_sub(1);
                    }
                    TagEnd::Table => table = None,
                    TagEnd::Image => {
                        if let Some(alternative) = pictures.pop() {
                            let kind = open.kind;
                            flush(&mut open, ParagraphKind::Caption, notes, &mut draft)?;
                            open.text = alternative;
                            flush(&mut open, kind, notes, &mut draft)?;
                        }
                    }
                    _ => {}
                }
            }
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                pictures.last_mut().unwrap_or(&mut open.text).push_str(&text);
            }
            Event::SoftBreak => pictures.last_mut().unwrap_or(&mut open.text).push(' '),
            Event::HardBreak => pictures.last_mut().unwrap_or(&mut open.text).push('\n'),
            _ => {}
        }
    }
    flush(&mut open, ParagraphKind::Paragraph, notes, &mut draft)?;
    for note in kept_notes {
        draft.add(ParagraphKind::Footnote, &note, None)?;
    }
    draft.finish(FileKind::Markdown)
}

fn level_of(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Exclusions, Part, count_words};

    #[test]
    fn markdown_is_a_document_with_parts_and_offsets() {
        let text = "# Aim\n\nSome *running* text with `code` & a [link](x).\n\n- one thing\n- another\n\n| h |\n|---|\n| cell |\n\n![a chart](c.png)\n\n## References\n\nSmith (2001)\n";
        let document = document(text, &Limits::default()).unwrap();
        assert_eq!(
            document.text,
            "Aim\nSome running text with code & a link.\none thing\nanother\nh\ncell\na chart\nReferences\nSmith (2001)"
        );
        for paragraph in &document.paragraphs {
            assert!(document.slice(paragraph.start..paragraph.end).is_some());
        }
        let count = count_words(&document, &Exclusions::default());
        assert_eq!((count.total, count.counted), (18, 12));
        assert_eq!(count.excluded[&Part::References], 2);
        assert_eq!(count.excluded[&Part::Tables], 2);
    }
}
