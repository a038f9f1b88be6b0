//! The styles of a Word document: what each says about its paragraphs.

use std::collections::HashMap;

use crate::limits::Limits;
use crate::xml::{self, Element, Step};

use super::super::Part;
use super::WHAT;

/// What a style says about its paragraphs.
#[derive(Debug, Default, Clone)]
pub(super) struct Style {
    pub(super) name: String,
    based_on: Option<String>,
    pub(super) outline: Option<u8>,
    pub(super) list: bool,
    pub(super) hidden: bool,
}

/// The document's styles, by identifier.
#[derive(Debug, Default)]
pub(super) struct Styles {
    by_id: HashMap<String, Style>,
    pub(super) default_paragraph: Option<String>,
}

impl Styles {
    /// Reads the styles; a damaged list of styles is an empty one, since the text can be read without.
    pub(super) fn read(text: &str, limits: &Limits) -> Self {
        let mut styles = Self::default();
        let mut current: Option<(String, Style)> = None;
        let walked = xml::walk(text, WHAT, limits.depth, |step| {
            match step {
                Step::Open(e) => match (e.name.as_str(), &mut current) {
                    ("style", _) => {
                        let id = e.attribute("styleId").unwrap_or_default().to_owned();
                        if e.attribute("type") == Some("paragraph")
                            && is_on(e.attribute("default").unwrap_or("0"))
                        {
                            styles.default_paragraph = Some(id.clone());
                        }
                        current = Some((id, Style::default()));
                    }
                    ("name", Some((_, style))) => {
                        style.name = e.attribute("val").unwrap_or_default().to_lowercase();
                    }
                    ("basedOn", Some((_, style))) => style.based_on = e.attribute("val").map(str::to_owned),
                    ("outlineLvl", Some((_, style))) => style.outline = level(&e),
                    ("numPr", Some((_, style))) => style.list = true,
                    ("vanish", Some((_, style))) => style.hidden = is_on(e.attribute("val").unwrap_or("1")),
                    _ => {}
                },
                Step::Close(name) if name == "style" => {
                    if let Some((id, style)) = current.take() {
                        styles.by_id.insert(id, style);
                    }
                }
                _ => {}
            }
            Ok(())
        });
        match walked {
            Ok(_) => styles,
            Err(_) => Self::default(),
        }
    }

    /// The style and those it is based on, nearest first.
    pub(super) fn chain<'a>(&'a self, id: &str) -> Vec<&'a Style> {
        let mut chain = Vec::new();
        let mut next = self.by_id.get(id);
        while let Some(style) = next {
            chain.push(style);
            // Styles based on each other in a ring end here.
            if chain.len() > 20 {
                break;
            }
            next = style.based_on.as_ref().and_then(|id| self.by_id.get(id));
        }
        chain
    }
}

/// Outline levels are written 0 to 8 for headings 1 to 9; 9 means running text.
pub(super) fn level(e: &Element) -> Option<u8> {
    e.attribute("val")
        .and_then(|v| v.parse::<u8>().ok())
        .filter(|l| *l < 9)
        .map(|l| l + 1)
}

/// Whether a switch is on; its absence of a value means "on".
pub(super) fn is_on(value: &str) -> bool {
    !matches!(value, "0" | "false" | "off")
}

/// Built-in style names are the same in every language of Word.
pub(super) fn heading_level(name: &str) -> Option<u8> {
    if name == "title" {
        return Some(1);
    }
    let digit = name.strip_prefix("heading")?.trim_start();
    digit.parse::<u8>().ok().filter(|level| (1..=9).contains(level))
}

/// The part that a built-in style tells.
pub(super) fn part_of_style(name: &str) -> Option<Part> {
    if name.starts_with("toc ") || name == "toc heading" || name == "table of figures" {
        return Some(Part::Contents);
    }
    if name.starts_with("index ") || name == "index heading" {
        return Some(Part::Index);
    }
    match name {
        "bibliography" => Some(Part::Bibliography),
        "caption" => Some(Part::Captions),
        _ => None,
    }
}
