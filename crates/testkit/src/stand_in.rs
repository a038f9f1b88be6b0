//! Stand-ins for what the program hands to the application: a printer without Typst, a reader without a child process.

use assay_app::printing::{CertificateFace, Look, Printer, Transcript};
use assay_app::reading::DocumentReader;
use assay_formats::document::DocumentText;
use assay_formats::limits::Limits;
use assay_formats::refusal::{ReadRefusal, RefusalCode};
use assay_formats::syllabus::Reading;
use std::path::Path;

/// Prints the input as text under a PDF's first line. The same input gives the same bytes.
#[derive(Debug, Clone, Copy, Default)]
pub struct StandInPrinter;

impl Printer for StandInPrinter {
    fn certificate(&self, face: &CertificateFace, look: &Look) -> Result<Vec<u8>, String> {
        Ok(format!("%PDF-1.7\n{face:#?}\n{}\n", drawn(look)).into_bytes())
    }
    fn transcript(&self, transcript: &Transcript, look: &Look) -> Result<Vec<u8>, String> {
        Ok(format!("%PDF-1.7\n{transcript:#?}\n{}\n", drawn(look)).into_bytes())
    }
}

/// A look in a line; nothing of it when there is none, and no picture byte for byte.
fn drawn(look: &Look) -> String {
    let picture = |picture: &assay_app::printing::Picture| {
        format!(
            "{} of {} bytes: {}",
            picture.media,
            picture.bytes.len(),
            picture.described
        )
    };
    format!(
        "accent {:?}, logo {:?}, signature {:?}",
        look.accent,
        look.logo.as_ref().map(picture),
        look.signature.as_ref().map(picture)
    )
}

/// Reads documents in the test's own process.
#[derive(Debug, Clone, Copy, Default)]
pub struct PlainReader;

impl DocumentReader for PlainReader {
    fn read(&self, file: &Path) -> Result<DocumentText, ReadRefusal> {
        let bytes = std::fs::read(file).map_err(|error| {
            ReadRefusal::new(RefusalCode::Damaged, error.to_string(), "Send the file again.")
        })?;
        let name = file.file_name().and_then(|name| name.to_str());
        assay_formats::document::read(&bytes, name, &Limits::default())
    }

    fn read_syllabus(&self, file: &Path, name: &str) -> Result<Reading, ReadRefusal> {
        let bytes = std::fs::read(file).map_err(|error| {
            ReadRefusal::new(RefusalCode::Damaged, error.to_string(), "Send the file again.")
        })?;
        assay_formats::syllabus_tables::read_with_source(&bytes, Some(name), &Limits::default())
    }
}
