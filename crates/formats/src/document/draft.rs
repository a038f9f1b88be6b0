//! What every reader fills: blocks in reading order, from which the finished text is made in one way for all.

use std::collections::BTreeMap;

use super::sections;
use super::{DocumentText, PageText, Paragraph, ParagraphKind, Part, Warning, WarningCode, words};
use crate::limits::Limits;
use crate::refusal::ReadRefusal;
use crate::sniff::FileKind;

/// One block of text as a reader found it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) kind: ParagraphKind,
    pub(super) text: String,
    /// From 1.
    pub(super) page: u32,
    /// The part, where the document itself says so (a table of contents, a caption).
    pub(super) part: Option<Part>,
}

/// A document being read.
#[derive(Debug)]
pub(super) struct Draft {
    pub(super) blocks: Vec<Block>,
    pub(super) warnings: Vec<Warning>,
    /// The page being filled, from 1.
    pub(super) page: u32,
    what: &'static str,
    characters: usize,
    limits: Limits,
}

impl Draft {
    pub(super) fn new(what: &'static str, limits: &Limits) -> Self {
        Self {
            blocks: Vec::new(),
            warnings: Vec::new(),
            page: 1,
            what,
            characters: 0,
            limits: *limits,
        }
    }

    /// Adds a block on the page being filled; one without any visible character is left out.
    ///
    /// Refuses, when: the text exceeds the limit of characters.
    pub(super) fn add(
        &mut self,
        kind: ParagraphKind,
        text: &str,
        part: Option<Part>,
    ) -> Result<(), ReadRefusal> {
        let text = tidy(text);
        if text.is_empty() {
            return Ok(());
        }
        self.characters += text.len();
        if self.characters > self.limits.characters.saturating_mul(4) {
            return Err(ReadRefusal::too_many(
                self.what,
                &format!("more than {} characters", self.limits.characters),
            ));
        }
        self.blocks.push(Block {
            kind,
            text,
            page: self.page,
            part,
        });
        Ok(())
    }

    /// Begins the next page.
    ///
    /// Refuses, when: there are more pages than the limit.
    pub(super) fn next_page(&mut self) -> Result<(), ReadRefusal> {
        self.page += 1;
        if self.page as usize > self.limits.pages {
            return Err(ReadRefusal::too_many(
                self.what,
                &format!("more than {} pages", self.limits.pages),
            ));
        }
        Ok(())
    }

    pub(super) fn warn(&mut self, code: WarningCode, message: impl Into<String>) {
        self.warnings.push(Warning {
            code,
            message: message.into(),
        });
    }

    /// The finished text: parts told, offsets and words counted.
    ///
    /// Refuses, when: the text exceeds the limit of characters.
    pub(super) fn finish(mut self, kind: FileKind) -> Result<DocumentText, ReadRefusal> {
        let words: Vec<usize> = self
            .blocks
            .iter()
            .map(|block| words::words_in(&block.text))
            .collect();
        let (parts, has_boxes) = sections::parts(&self.blocks, &words);
        if has_boxes {
            self.warn(
                WarningCode::AnswerBoxes,
                "Some cells of tables hold long answers; their words are counted with the main text and not with tables.",
            );
        }
        let mut text = String::new();
        let mut at = 0usize;
        let mut paragraphs = Vec::with_capacity(self.blocks.len());
        let mut word_counts: BTreeMap<Part, usize> = BTreeMap::new();
        for ((block, part), words) in self.blocks.iter().zip(parts).zip(words) {
            if !text.is_empty() {
                text.push('\n');
                at += 1;
            }
            let start = at;
            text.push_str(&block.text);
            at += block.text.chars().count();
            paragraphs.push(Paragraph {
                kind: block.kind,
                part,
                page: block.page,
                start,
                end: at,
            });
            if words > 0 {
                *word_counts.entry(part).or_default() += words;
            }
        }
        if at > self.limits.characters {
            return Err(ReadRefusal::too_many(
                self.what,
                &format!("more than {} characters", self.limits.characters),
            ));
        }
        if word_counts.is_empty() && !self.warnings.iter().any(|w| w.code == WarningCode::NoText) {
            self.warn(
                WarningCode::NoText,
                "No text was found in this document. It can be looked at as it is, but passages cannot be marked in it and its words cannot be counted.",
            );
        }
        Ok(DocumentText {
            kind,
            pages: pages(&paragraphs, self.page),
            text,
            paragraphs,
            word_counts,
            warnings: self.warnings,
        })
    }
}

fn pages(paragraphs: &[Paragraph], last: u32) -> Vec<PageText> {
    let mut pages = Vec::new();
    let mut rest = paragraphs;
    let mut at = 0;
    // Notes are kept at the end of the text, but each on the last page: pages never overlap.
    for number in 1..=last {
        let here = rest.iter().take_while(|p| p.page <= number).count();
        let (on_page, after) = rest.split_at(here);
        rest = after;
        let start = on_page.first().map_or(at, |p| p.start);
        let end = on_page.last().map_or(start, |p| p.end);
        at = end;
        pages.push(PageText { number, start, end });
    }
    pages
}

/// White space at the ends and control characters taken away; tabs and line feeds within stay.
fn tidy(text: &str) -> String {
    let kept: String = text
        .chars()
        .filter(|c| !c.is_control() || matches!(c, '\n' | '\t'))
        .filter(|c| !matches!(c, '\u{feff}' | '\u{ad}' | '\u{fffe}' | '\u{ffff}'))
        .collect();
    kept.trim().to_owned()
}
