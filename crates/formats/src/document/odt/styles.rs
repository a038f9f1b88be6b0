//! The styles of an OpenDocument text.

use std::collections::HashMap;

use crate::limits::Limits;
use crate::xml::{self, Step};

use super::WHAT;

/// What a style says about its text.
#[derive(Debug, Default, Clone)]
pub(super) struct Style {
    parent: Option<String>,
    pub(super) hidden: bool,
    pub(super) page_break: bool,
}

#[derive(Debug, Default)]
pub(super) struct Styles {
    by_name: HashMap<String, Style>,
}

impl Styles {
    /// Adds the styles of a part; a damaged part adds what was read before the damage.
    pub(super) fn read(&mut self, text: &str, limits: &Limits) {
        let mut current: Option<(String, Style)> = None;
        let walked = xml::walk(text, WHAT, limits.depth, |step| {
            match step {
                Step::Open(e) => match (e.name.as_str(), &mut current) {
                    ("style", _) => {
                        let style = Style {
                            parent: e.attribute("parent-style-name").map(str::to_owned),
                            ..Style::default()
                        };
                        current = Some((e.attribute("name").unwrap_or_default().to_owned(), style));
                    }
                    ("text-properties", Some((_, style))) => {
                        style.hidden = e.attribute("display") == Some("none")
                    }
                    ("paragraph-properties", Some((_, style))) => {
                        style.page_break = e.attribute("break-before") == Some("page");
                    }
                    _ => {}
                },
                Step::Close(name) if name == "style" => {
                    if let Some((name, style)) = current.take() {
                        self.by_name.insert(name, style);
                    }
                }
                _ => {}
            }
            Ok(())
        });
        // The text is read without the styles that could not be.
        drop(walked);
    }

    /// The names of the style and those it inherits from, nearest first.
    pub(super) fn chain<'a>(&'a self, name: &'a str) -> Vec<&'a str> {
        let mut chain = vec![name];
        let mut next = name;
        while let Some(parent) = self.by_name.get(next).and_then(|s| s.parent.as_deref()) {
            chain.push(parent);
            next = parent;
            // Styles that inherit from each other in a ring end here.
            if chain.len() > 20 {
                break;
            }
        }
        chain
    }

    pub(super) fn get(&self, name: &str) -> Option<&Style> {
        self.by_name.get(name)
    }
}
