//! What the application needs of a reader of documents, learners' and syllabuses. The program hands one in that reads in a child process
//! with limits on time and memory.

use assay_formats::document::DocumentText;
use std::path::Path;

/// Reads untrusted documents.
pub trait DocumentReader: Send + Sync {
    /// The document's text, or why it cannot be read.
    fn read(&self, file: &Path) -> Result<DocumentText, assay_formats::refusal::ReadRefusal>;

    /// What a syllabus says, checked, with its lines. The name tells a table from other plain text.
    fn read_syllabus(
        &self,
        file: &Path,
        name: &str,
    ) -> Result<assay_formats::syllabus::Reading, assay_formats::refusal::ReadRefusal>;
}
