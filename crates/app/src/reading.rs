//! What the application needs of a reader of learners' documents. The program hands one in that reads in a child process
//! with limits on time and memory.

use assay_formats::document::DocumentText;
use std::path::Path;

/// Reads untrusted documents.
pub trait DocumentReader: Send + Sync {
    /// The document's text, or why it cannot be read.
    fn read(&self, file: &Path) -> Result<DocumentText, assay_formats::refusal::ReadRefusal>;
}
