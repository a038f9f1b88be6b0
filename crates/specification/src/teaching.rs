//! What a specification names beside its criteria: models of the subject and terms of the trade.

use serde::{Deserialize, Serialize};

/// A model, theory or tool that criteria or their guidance name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// Short lower-case name for references, such as `kotter-eight-steps`.
    pub id: String,
    /// Name in full.
    pub name: String,
    /// Whose it is.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub by: Vec<String>,
    /// Other names in use for it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub aliases: Vec<String>,
    /// A short description in our own words.
    pub about: String,
}

impl Model {
    /// Whether this is the model that a text calls `name`: its id, name or an alias, whatever the case.
    pub fn is_called(&self, name: &str) -> bool {
        let name = name.trim().to_lowercase();
        std::iter::once(&self.id)
            .chain(std::iter::once(&self.name))
            .chain(&self.aliases)
            .any(|known| known.to_lowercase() == name)
    }
}

/// A term that the document defines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// The term.
    pub term: String,
    /// Its meaning in our own words.
    pub meaning: String,
    /// Line of the source document that defines it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub printed_line: Option<u32>,
}
