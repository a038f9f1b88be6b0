//! What is wrong with a text that cannot be read.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Where in a text something stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Place {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
    /// The keys that lead there, such as `units[0].outcomes[2].text`; lists are counted from 0. Empty for the whole text.
    pub path: String,
}

/// One thing that keeps a text from being read. Readers return all of them, never only the first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Complaint {
    /// Where it stands.
    pub place: Place,
    /// What should stand there, as a noun phrase: `a whole number from 0 to 8`.
    pub expected: String,
    /// What stands there instead, as a noun phrase: `the text "seven"`.
    pub found: String,
    /// What would put it right, as a sentence, where that is known.
    pub hint: Option<String>,
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.place.line, self.place.column)?;
        if !self.place.path.is_empty() {
            write!(f, ", {}", self.place.path)?;
        }
        write!(f, ": expected {}, found {}", self.expected, self.found)?;
        if let Some(hint) = &self.hint {
            write!(f, ". {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Complaint {}
