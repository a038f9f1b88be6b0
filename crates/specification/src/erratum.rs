//! What the document prints wrongly and the specification puts right.

use serde::{Deserialize, Serialize};

/// A misprint in the document, with its correction. A finding at the same place becomes a note instead of an error.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Erratum {
    /// Where in the specification, in the words a finding uses: `qualification 7D2V2, table, unit 7020V1, glh`.
    pub place: String,
    /// Line of the source document.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What is printed.
    pub printed: String,
    /// What should be printed.
    pub corrected: String,
    /// Why we think so.
    pub reason: String,
}

/// An identifier whose check character is wrong in the source and which is kept as it is, on purpose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptIdentifier {
    /// The identifier as written.
    pub identifier: String,
    /// Why it is kept.
    pub reason: String,
}
