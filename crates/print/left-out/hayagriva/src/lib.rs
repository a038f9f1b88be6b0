//! Stands in for `hayagriva`, which reads bibliographies and sets citations in some hundred printed styles. A certificate, a transcript or a
//! report cites no books: a template that loads a bibliography is refused with a sentence, and reader, styles and the sorting of names in
//! all languages, an eighteenth of a first build, are left out (docs/printing.md).
//!
//! It has the items that typst-library names, and no more. An [`Entry`] cannot be made, so that nothing is ever cited; what would come of
//! it is empty.

pub mod archive;
pub mod citationberg;
pub mod io;
mod rendered;

pub use rendered::{
    BibliographyItem, Elem, ElemChild, ElemChildren, ElemMeta, Formatted, Formatting, Rendered,
    RenderedBibliography, RenderedCitation,
};

use citationberg::taxonomy::Locator;
use citationberg::{IndependentStyle, Locale, LocaleCode};
use std::convert::Infallible;
use std::marker::PhantomData;

/// A book or an article: there is none.
#[derive(Debug, Clone, Copy)]
pub struct Entry(Infallible);

impl Entry {
    pub fn key(&self) -> &str {
        match self.0 {}
    }

    pub fn title(&self) -> Option<&Title> {
        match self.0 {}
    }
}

/// What a book or an article is called.
#[derive(Debug, Clone, Copy)]
pub struct Title {
    pub value: TitleText,
}

/// Its words.
#[derive(Debug, Clone, Copy)]
pub struct TitleText(Infallible);

impl TitleText {
    pub fn to_str(&self) -> &str {
        match self.0 {}
    }
}

/// A bibliography that was read: there is none.
#[derive(Debug, Clone, Copy)]
pub struct Library(Infallible);

impl Library {
    pub fn is_empty(&self) -> bool {
        match self.0 {}
    }
}

impl IntoIterator for Library {
    type Item = Entry;
    type IntoIter = std::iter::Empty<Entry>;

    fn into_iter(self) -> Self::IntoIter {
        match self.0 {}
    }
}

/// What a citation is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CitePurpose {
    Author,
    Year,
    Full,
    Prose,
}

/// Words beside a citation that its style does not read.
#[derive(Debug)]
pub struct TransparentLocator;

impl TransparentLocator {
    pub fn new<T>(_: T) -> TransparentLocator {
        TransparentLocator
    }
}

/// The place within what is cited.
#[derive(Debug)]
pub enum LocatorPayload {
    Transparent(TransparentLocator),
}

/// The kind of a place, and the place.
#[derive(Debug)]
pub struct SpecificLocator(pub Locator, pub LocatorPayload);

/// One thing that is cited.
#[derive(Debug)]
pub struct CitationItem<'a, T>(PhantomData<&'a T>);

impl<'a, T> CitationItem<'a, T> {
    pub fn new(
        _: &'a T,
        _: Option<SpecificLocator>,
        _: Option<LocaleCode>,
        _hidden: bool,
        _: Option<CitePurpose>,
    ) -> Self {
        CitationItem(PhantomData)
    }
}

/// What is cited in one place.
#[derive(Debug)]
pub struct CitationRequest<'a, T>(PhantomData<&'a T>);

impl<'a, T> CitationRequest<'a, T> {
    pub fn new(
        _: Vec<CitationItem<'a, T>>,
        _: &'a IndependentStyle,
        _: Option<LocaleCode>,
        _: &'a [Locale],
        _: Option<usize>,
    ) -> Self {
        CitationRequest(PhantomData)
    }
}

/// How the bibliography itself would look.
#[derive(Debug)]
pub struct BibliographyRequest<'a> {
    pub style: &'a IndependentStyle,
    pub locale: Option<LocaleCode>,
    pub locale_files: &'a [Locale],
}

/// What would set citations and the bibliography.
#[derive(Debug)]
pub struct BibliographyDriver<'a, T>(PhantomData<&'a T>);

impl<'a, T> BibliographyDriver<'a, T> {
    #[expect(clippy::new_without_default, reason = "typst asks for new alone")]
    pub fn new() -> Self {
        BibliographyDriver(PhantomData)
    }

    #[must_use]
    pub fn with_citation_number_offset(self, _: usize) -> Self {
        self
    }

    pub fn citation(&mut self, _: CitationRequest<'a, T>) {}

    /// Nothing, since nothing can be cited.
    pub fn finish(self, _: BibliographyRequest<'_>) -> Rendered {
        Rendered::default()
    }
}
