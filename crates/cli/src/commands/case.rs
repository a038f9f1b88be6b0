//! `assay specification case` and `from-case`: a specification as a 1EdTech CASE package, and back.

use crate::failure::Stopped;
use assay_formats::case::{CaseVersion, Package, export, export_onto};
use assay_formats::limits::Limits;
use assay_specification::Format;
use clap::{Args, ValueEnum};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Write a specification as a 1EdTech CASE package (JSON).
#[derive(Args)]
pub struct ToCase {
    /// TOML or JSON file; `-` reads standard input as TOML.
    file: PathBuf,
    /// Where to write; standard output without it.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// Version of CASE. 1.0 cannot hold rules of combination and links' reasons.
    #[arg(long, value_enum, default_value = "1.1")]
    case_version: Version,
    /// A package that the specification came from: what only CASE holds is kept from it, identifiers included.
    #[arg(long, value_name = "PACKAGE")]
    onto: Option<PathBuf>,
}

/// Make a specification file of a CASE package that was written from one.
#[derive(Args)]
pub struct FromCase {
    /// CASE package (JSON).
    package: PathBuf,
    /// Where to write; standard output without it. A name that ends in .json is written as JSON, else TOML.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Version {
    #[value(name = "1.0")]
    V1_0,
    #[value(name = "1.1")]
    V1_1,
}

impl ToCase {
    /// # Errors
    /// A file cannot be read or written; each complaint stands with its line.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        let specification = super::specification::read(&self.file)?;
        let version = match self.case_version {
            Version::V1_0 => CaseVersion::V1_0,
            Version::V1_1 => CaseVersion::V1_1,
        };
        let package = match &self.onto {
            Some(original) => export_onto(&specification, version, &package(original)?),
            None => export(&specification, version),
        };
        let text = package
            .and_then(|package| package.to_text())
            .map_err(Stopped::new)?;
        write(self.out.as_deref(), text.as_bytes())
    }
}

impl FromCase {
    /// # Errors
    /// The package cannot be read, or holds no specification; each complaint stands with its place.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        let specification = package(&self.package)?.specification().map_err(|complaints| {
            let lines: Vec<String> = complaints
                .iter()
                .take(50)
                .map(|complaint| format!("  {complaint}"))
                .collect();
            Stopped::new(format!(
                "{}: {} complaint(s); `assay syllabus import` reads packages of other programs:\n{}",
                self.package.display(),
                complaints.len(),
                lines.join("\n")
            ))
        })?;
        let format = self
            .out
            .as_deref()
            .and_then(Path::to_str)
            .and_then(Format::of_file_name)
            .unwrap_or(Format::Toml);
        let text = specification.write(format).map_err(Stopped::new)?;
        write(self.out.as_deref(), text.as_bytes())
    }
}

fn package(file: &Path) -> Result<Package, Stopped> {
    let limits = Limits::default();
    let unreadable =
        |error: std::io::Error| Stopped::new(format!("{} cannot be read: {error}", file.display()));
    let mut bytes = Vec::new();
    std::fs::File::open(file)
        .map_err(unreadable)?
        .take(limits.file_bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    Package::read(&bytes, &limits).map_err(|refusal| Stopped::new(format!("{}: {refusal}", file.display())))
}

/// Writes to a file, or to standard output.
pub(super) fn write(out: Option<&Path>, bytes: &[u8]) -> Result<ExitCode, Stopped> {
    match out {
        Some(file) => std::fs::write(file, bytes)
            .map_err(|error| Stopped::new(format!("{} cannot be written: {error}", file.display())))?,
        None => std::io::stdout()
            .lock()
            .write_all(bytes)
            .map_err(|error| Stopped::new(format!("standard output cannot be written: {error}")))?,
    }
    Ok(ExitCode::SUCCESS)
}
