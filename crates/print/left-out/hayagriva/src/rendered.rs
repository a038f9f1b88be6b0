//! The shape of citations that are set. None are.

use crate::citationberg::{Display, FontStyle, FontVariant, FontWeight, TextDecoration, VerticalAlign};

/// All citations of a document, and its bibliography.
#[derive(Debug, Default)]
pub struct Rendered {
    pub bibliography: Option<RenderedBibliography>,
    pub citations: Vec<RenderedCitation>,
}

/// A bibliography.
#[derive(Debug)]
pub struct RenderedBibliography {
    pub items: Vec<BibliographyItem>,
    pub hanging_indent: bool,
}

/// One line of it.
#[derive(Debug)]
pub struct BibliographyItem {
    pub key: String,
    pub first_field: Option<ElemChild>,
    pub content: ElemChildren,
}

/// One citation.
#[derive(Debug)]
pub struct RenderedCitation {
    pub citation: ElemChildren,
}

/// Pieces in a row.
#[derive(Debug)]
pub struct ElemChildren(pub Vec<ElemChild>);

impl ElemChildren {
    /// Never, since there are no pieces.
    pub fn find_meta(&self, _: &ElemMeta) -> Option<&Elem> {
        None
    }
}

/// A piece.
#[derive(Debug)]
pub enum ElemChild {
    Text(Formatted),
    Elem(Elem),
    Markup(String),
    Link { text: Formatted, url: String },
    Transparent { cite_idx: usize, format: Formatting },
}

/// A piece of pieces.
#[derive(Debug)]
pub struct Elem {
    pub children: ElemChildren,
    pub display: Option<Display>,
    pub meta: Option<ElemMeta>,
}

/// What a piece stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ElemMeta {
    Entry(usize),
    CitationNumber,
}

/// Words with their look.
#[derive(Debug)]
pub struct Formatted {
    pub text: String,
    pub formatting: Formatting,
}

/// The look of words.
#[derive(Debug, Clone, Copy)]
pub struct Formatting {
    pub font_style: FontStyle,
    pub font_variant: FontVariant,
    pub font_weight: FontWeight,
    pub text_decoration: TextDecoration,
    pub vertical_align: VerticalAlign,
}
