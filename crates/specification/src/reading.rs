//! Reading a specification file.
//!
//! Text becomes a tree whose every value knows where it stands (`toml_text`, `json_text`); the tree is compared with
//! the declared shape of the file (`shape`), which yields every complaint at once; a tree without complaints becomes
//! the types. The published schema is written from the same shape (`schema`), so reader and schema cannot disagree.

mod compare;
mod json_text;
mod schema;
pub(crate) mod shape;
mod toml_text;
mod tree;

use crate::complaint::{Complaint, Place};
use crate::specification::Specification;

pub use schema::schema;

/// How a specification file is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// TOML 1.0.
    Toml,
    /// JSON, RFC 8259.
    Json,
}

impl Format {
    /// The format that a file's name stands for.
    pub fn of_file_name(name: &str) -> Option<Format> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "toml" => Some(Format::Toml),
            "json" => Some(Format::Json),
            _ => None,
        }
    }
}

/// The longest text that is read, in bytes.
pub(crate) const LONGEST_TEXT: usize = 16 * 1024 * 1024;

impl Specification {
    /// Reads a specification. The text is not trusted: nesting and length are bounded.
    ///
    /// # Errors
    ///
    /// Every complaint, in the order of the text, when the text is not TOML or JSON, is over 16 MiB, nests deeper than
    /// 64 tables or lists, lacks a required key, has an unknown key, or holds a value of another kind than the format
    /// asks for.
    pub fn read(text: &str, format: Format) -> Result<Specification, Vec<Complaint>> {
        if text.len() > LONGEST_TEXT {
            return Err(vec![Complaint {
                place: Place {
                    line: 1,
                    column: 1,
                    path: String::new(),
                },
                expected: format!("a text of at most {LONGEST_TEXT} bytes"),
                found: format!("{} bytes", text.len()),
                hint: None,
            }]);
        }
        let tree = match format {
            Format::Toml => toml_text::parse(text)?,
            Format::Json => json_text::parse(text)?,
        };
        let complaints = compare::compare(&tree, &shape::SPECIFICATION, text);
        if !complaints.is_empty() {
            return Err(complaints);
        }
        serde_json::from_value(tree.into_plain()).map_err(|error| {
            vec![Complaint {
                place: Place {
                    line: 1,
                    column: 1,
                    path: String::new(),
                },
                expected: "a specification".to_owned(),
                found: error.to_string(),
                hint: None,
            }]
        })
    }

    /// Writes the specification in a format that [`read`](Self::read) reads back to an equal value.
    ///
    /// # Errors
    ///
    /// The writer's own sentence when the values cannot be written; not known to happen.
    pub fn write(&self, format: Format) -> Result<String, String> {
        match format {
            Format::Toml => toml::to_string_pretty(self).map_err(|error| error.to_string()),
            Format::Json => serde_json::to_string_pretty(self).map_err(|error| error.to_string()),
        }
    }
}
