//! The text of a piece in numbered blocks, and the piece itself where it is a picture, a recording or a PDF.

use askama::Template;
use assay_app::evidence::text::{BlockKind, TextBlock};
use assay_app::submission::reading::Shown;

/// Text in numbered blocks with its passages: `{{ reading }}`. Also what `passages.js` reads.
#[derive(Debug, Clone, Default, Template)]
#[template(path = "evidence/reading.html")]
pub struct Reading {
    /// The piece's id, unique in the page.
    pub piece: String,
    pub blocks: Vec<TextBlock>,
    /// Whether paragraphs can be chosen, by boxes that belong to the form `mark-<piece>`.
    pub choosable: bool,
    /// Whether the page of each block is told: documents with pages of their own.
    pub paged: bool,
}

impl askama::filters::HtmlSafe for Reading {}

impl Reading {
    /// The blocks of a piece, to be read.
    pub fn new(piece: impl ToString, blocks: &[TextBlock]) -> Self {
        Reading {
            piece: piece.to_string(),
            blocks: blocks.to_vec(),
            choosable: false,
            paged: blocks.last().is_some_and(|last| last.page > 1),
        }
    }

    /// The same with boxes to choose paragraphs by.
    pub fn choosable(mut self) -> Self {
        self.choosable = true;
        self
    }

    fn class(&self, kind: &BlockKind) -> &'static str {
        match kind {
            BlockKind::Paragraph => "paragraph",
            BlockKind::Heading => "heading",
            BlockKind::Item => "item",
            BlockKind::Quotation => "quotation",
            BlockKind::Row => "row",
            BlockKind::Reference => "reference",
            BlockKind::Caption => "caption",
            BlockKind::Footnote => "footnote",
            BlockKind::Code => "code",
        }
    }

    fn is_heading(&self, kind: &BlockKind) -> bool {
        *kind == BlockKind::Heading
    }

    /// Whether a new page begins with this block.
    fn begins_page(&self, at: &usize) -> bool {
        let at = *at;
        let page = |at: usize| self.blocks.get(at).map(|block| block.page);
        self.paged && (at == 0 || page(at) != page(at - 1))
    }
}

/// A picture, a recording or a PDF shown in the page: `{{ media }}`.
#[derive(Debug, Clone, Template)]
#[template(path = "evidence/media.html")]
pub struct Media {
    pub shown: Shown,
    pub title: String,
    /// Where the file is.
    pub file: String,
    pub file_name: String,
    /// In bytes.
    pub bytes: u64,
    /// Why there is no text.
    pub note: Option<String>,
    /// Whether the piece has text beside it, so that a PDF need not stand open.
    pub has_text: bool,
}

impl askama::filters::HtmlSafe for Media {}

impl Media {
    fn is(&self, word: &str) -> bool {
        matches!(
            (self.shown, word),
            (Shown::Text, "text")
                | (Shown::Pdf, "pdf")
                | (Shown::Picture, "picture")
                | (Shown::Sound, "sound")
                | (Shown::Film, "film")
                | (Shown::Document, "document")
        )
    }
}
