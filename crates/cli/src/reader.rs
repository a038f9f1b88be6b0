//! Reads learners' documents and syllabuses in a child process of this same program.

use assay_app::reading::DocumentReader;
use assay_formats::document::DocumentText;
use assay_formats::limits::Limits;
use assay_formats::refusal::ReadRefusal;
use assay_formats::syllabus::Reading;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

/// The hidden subcommand of the reading child.
pub const SUBCOMMAND: &str = "read-document";

/// Starts this program again for each document, with limits on time, memory and output.
pub struct ChildReader {
    program: PathBuf,
    limits: Limits,
}

impl ChildReader {
    /// # Errors
    /// The program's own path cannot be found out.
    pub fn new() -> std::io::Result<Self> {
        Ok(ChildReader {
            program: std::env::current_exe()?,
            limits: Limits::default(),
        })
    }
}

impl DocumentReader for ChildReader {
    fn read(&self, file: &Path) -> Result<DocumentText, ReadRefusal> {
        assay_formats::child::read_in_child(
            &self.program,
            &[OsStr::new(SUBCOMMAND)],
            file,
            None,
            &self.limits,
        )
    }

    fn read_syllabus(&self, file: &Path, name: &str) -> Result<Reading, ReadRefusal> {
        assay_formats::child::read_syllabus_in_child(
            &self.program,
            &[OsStr::new(SUBCOMMAND)],
            file,
            Some(name),
            &self.limits,
        )
    }
}
