//! The words in which printed styles are written, as far as typst names them.

use std::convert::Infallible;

/// The words of a language: there are none.
#[derive(Debug, Clone, Copy)]
pub struct Locale(pub Infallible);

/// The code of a language.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct LocaleCode(pub String);

/// A style, or one that refers to another.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub enum Style {
    Independent(IndependentStyle),
}

/// A style, with nothing in it.
#[derive(Debug, Clone, Copy, Default)]
pub struct IndependentStyle {
    pub settings: StyleSettings,
}

impl IndependentStyle {
    /// # Errors
    /// Always.
    pub fn from_xml(_: &str) -> Result<IndependentStyle, &'static str> {
        Err("this program knows no styles of citations")
    }
}

/// Settings of a style.
#[derive(Debug, Clone, Copy, Default)]
pub struct StyleSettings {
    pub class: StyleClass,
}

/// Where citations stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum StyleClass {
    #[default]
    InText,
    Note,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Display {
    Block,
    LeftMargin,
    Indent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontStyle {
    Normal,
    Italic,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontVariant {
    Normal,
    SmallCaps,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FontWeight {
    Normal,
    Bold,
    Light,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TextDecoration {
    None,
    Underline,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VerticalAlign {
    None,
    Baseline,
    Sup,
    Sub,
}

pub mod taxonomy {
    /// The kind of a place within what is cited.
    #[derive(Debug, Clone, Copy, PartialEq, Eq)]
    pub enum Locator {
        Custom,
    }
}
