//! A learner's document as text that passages can be marked on.
//!
//! The same bytes always give the same text: offsets are counted in characters (Unicode scalar values) from the start of
//! [`DocumentText::text`], paragraphs are parted by one line feed, and nothing depends on the machine, the clock or the
//! fonts that are installed.

pub(crate) mod docx;
mod draft;
pub mod markdown;
mod odt;
pub(crate) mod package;
pub(crate) mod pdf;
mod plain;
mod sections;
mod words;

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::limits::Limits;
use crate::refusal::{ReadRefusal, RefusalCode};
use crate::sniff::{self, FileKind, LooksLike};

pub use words::{Exclusions, UnknownPart, WordCount, count_words, words_in};

/// A document's text with its pages, paragraphs and word counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentText {
    /// What the file is.
    pub kind: FileKind,
    /// The whole text: paragraphs in reading order, parted by line feeds. Passages are marked on it.
    pub text: String,
    /// The pages, in order. A PDF has its own; other documents have one, or as many as explicit page breaks make.
    pub pages: Vec<PageText>,
    /// The paragraphs, in order, without overlap.
    pub paragraphs: Vec<Paragraph>,
    /// Words in each part of the document; parts without words are left out.
    pub word_counts: BTreeMap<Part, usize>,
    /// What a person should know about this reading.
    pub warnings: Vec<Warning>,
}

/// Where a page's text lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct PageText {
    /// The page's number, from 1.
    pub number: u32,
    /// First character of the page in the text.
    pub start: usize,
    /// One past the page's last character; equal to `start` for a page without text.
    pub end: usize,
}

/// One paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paragraph {
    /// What it is on the page.
    pub kind: ParagraphKind,
    /// Which part of the document its words are counted under.
    pub part: Part,
    /// The page it begins on, from 1.
    pub page: u32,
    /// Its first character in the text.
    pub start: usize,
    /// One past its last character.
    pub end: usize,
}

/// What a paragraph is on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum ParagraphKind {
    /// A heading; level 1 is the highest.
    Heading {
        /// From 1 to 9.
        level: u8,
    },
    /// Running text.
    Paragraph,
    /// An item of a list. Its number or bullet is not part of the text where the document keeps it apart.
    ListItem {
        /// How deep the list is nested, from 1.
        depth: u8,
    },
    /// A paragraph in a cell of a table.
    TableCell {
        /// The table's number in the document, from 1.
        table: u32,
        /// The row, from 1.
        row: u32,
        /// The column, from 1.
        column: u32,
    },
    /// A footnote or endnote; they follow the text.
    Footnote,
    /// The caption of a figure or table, or the words that stand for a picture.
    Caption,
    /// A quotation set apart.
    Quotation,
    /// Lines shown as they are typed.
    Code,
    /// A line repeated at the head or foot of pages, or a page number (PDF only).
    RunningHead,
}

/// A part of a document, as word-count rules speak of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    /// Running text, lists and quotations.
    Body,
    /// Headings.
    Headings,
    /// Text in tables.
    Tables,
    /// Footnotes and endnotes.
    Footnotes,
    /// Captions of figures and tables.
    Captions,
    /// The table of contents and lists of figures or tables.
    Contents,
    /// The list of references.
    References,
    /// The bibliography.
    Bibliography,
    /// The index.
    Index,
    /// Appendices.
    Appendices,
    /// Lines repeated at the head or foot of pages.
    RunningHeads,
}

/// Something that a person should know about a reading.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// Which warning this is.
    pub code: WarningCode,
    /// What is so, in a sentence.
    pub message: String,
}

/// The warnings, by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum WarningCode {
    /// No text was found. A scanned document is still good evidence, but passages cannot be marked or words counted.
    NoText,
    /// Text that the document hides was left out.
    HiddenText,
    /// Deletions or moves that are tracked and not yet accepted were left out; insertions were kept.
    TrackedChanges,
    /// Comments were left out.
    Comments,
    /// Files embedded in the document were not read.
    EmbeddedFiles,
    /// The document refers to things outside itself; nothing was fetched.
    OutsideReferences,
    /// The document carries JavaScript or starts something when opened; nothing was run.
    ActiveContent,
    /// Some pages or parts could not be read.
    PartlyRead,
    /// Characters could not be decoded, or the encoding was a guess.
    Encoding,
    /// The parts of the document (tables, notes) cannot be told apart in this kind of file.
    PartsNotTold,
    /// Cells with long texts were taken for boxes that answers are written in, and count with the main text.
    AnswerBoxes,
    /// Form fields hold values that are not in the text.
    FormFields,
    /// The document asks programs not to extract its text. It was read for assessment only.
    ExtractionForbidden,
    /// The file was saved several times into itself; the last version was read.
    EarlierVersions,
}

impl DocumentText {
    /// The text of a paragraph or page.
    #[must_use]
    pub fn slice(&self, characters: Range<usize>) -> Option<&str> {
        slice_of(&self.text, characters)
    }

    /// The number of characters of the text.
    #[must_use]
    pub fn characters(&self) -> usize {
        self.paragraphs.last().map_or(0, |last| last.end)
    }

    /// The page on which a character stands, from 1.
    #[must_use]
    pub fn page_at(&self, character: usize) -> Option<u32> {
        self.paragraphs
            .iter()
            .find(|p| p.start <= character && character < p.end.saturating_add(1))
            .map(|p| p.page)
    }

    /// The paragraphs that a passage touches, in order.
    #[must_use]
    pub fn paragraphs_in(&self, passage: Range<usize>) -> Vec<&Paragraph> {
        self.paragraphs
            .iter()
            .filter(|p| p.start < passage.end && passage.start < p.end)
            .collect()
    }

    /// Whether a warning of this code was given.
    #[must_use]
    pub fn warns_of(&self, code: WarningCode) -> bool {
        self.warnings.iter().any(|w| w.code == code)
    }
}

/// The slice of a text between two character offsets; `None` when they are out of order or beyond the end.
#[must_use]
pub fn slice_of(text: &str, characters: Range<usize>) -> Option<&str> {
    Slices::of(text).slice(characters)
}

/// Slices of a text by character offsets, one after another: a slice that begins after the one before is found from there,
/// so that going through all paragraphs reads the text once.
#[derive(Debug, Clone)]
pub struct Slices<'t> {
    text: &'t str,
    /// Where the last slice began, in characters and in bytes.
    at: (usize, usize),
}

impl<'t> Slices<'t> {
    /// Nothing looked up yet.
    #[must_use]
    pub fn of(text: &'t str) -> Self {
        Slices { text, at: (0, 0) }
    }

    /// As [`slice_of`].
    pub fn slice(&mut self, characters: Range<usize>) -> Option<&'t str> {
        let length = characters.end.checked_sub(characters.start)?;
        if characters.start < self.at.0 {
            self.at = (0, 0);
        }
        let rest = self.text.get(self.at.1..)?;
        let from = self.at.1 + bytes_of(rest, characters.start - self.at.0)?;
        self.at = (characters.start, from);
        let rest = self.text.get(from..)?;
        rest.get(..bytes_of(rest, length)?)
    }
}

/// How many bytes the first characters of a text take; `None` when it has fewer.
fn bytes_of(text: &str, characters: usize) -> Option<usize> {
    text.char_indices()
        .map(|(at, _)| at)
        .chain(std::iter::once(text.len()))
        .nth(characters)
}

/// Reads a document in this process. `name` is the file's name, used only to tell Markdown from plain text.
///
/// For files that nobody vouches for use `child::read_in_child`: a PDF can make its reader overflow the
/// stack or fill the memory, which no caller in the same process can survive.
///
/// Refuses, when: the file is not a document with text; it needs a password; it carries macros; it is damaged; it exceeds
/// a limit.
pub fn read(bytes: &[u8], name: Option<&str>, limits: &Limits) -> Result<DocumentText, ReadRefusal> {
    if bytes.len() as u64 > limits.file_bytes {
        return Err(ReadRefusal::new(
            RefusalCode::TooLarge,
            format!(
                "This file is larger than {} MiB.",
                limits.file_bytes / (1024 * 1024)
            ),
            "Make its pictures smaller, or split it into several files.",
        ));
    }
    let kind = match name {
        Some(name) => sniff::sniff_named(bytes, name).kind,
        None => sniff::sniff(bytes),
    };
    match kind {
        FileKind::Docx => docx::read(bytes, limits),
        FileKind::Odt => odt::read(bytes, limits),
        FileKind::Text => plain::read(bytes, limits),
        FileKind::Markdown => markdown::read(bytes, limits),
        FileKind::Pdf => pdf::read(bytes, limits),
        FileKind::Unknown(LooksLike::EncryptedOffice) => Err(ReadRefusal::encrypted("Office document")),
        FileKind::Unknown(LooksLike::WordWithMacros) => Err(ReadRefusal::macros("Word document")),
        FileKind::Unknown(LooksLike::BrokenZip) => Err(ReadRefusal::damaged(
            "packed document",
            "its list of parts cannot be read",
        )),
        FileKind::Unknown(looks) => Err(ReadRefusal::new(
            RefusalCode::NotADocument,
            kind.as_sentence(),
            looks.remedy(),
        )),
        other => Err(ReadRefusal::new(
            RefusalCode::NotADocument,
            format!("This file is {other}, which holds no text that can be read here."),
            "It can be handed in and looked at as it is.",
        )),
    }
}
