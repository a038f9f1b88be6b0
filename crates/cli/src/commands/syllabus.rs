//! `assay syllabus`: a published syllabus becomes a draft of a specification, with what a person has to settle.

use crate::failure::Stopped;
use assay_formats::child;
use assay_formats::limits::Limits;
use assay_formats::refusal::ReadRefusal;
use assay_formats::syllabus::{self, Draft};
use assay_specification::Format;
use clap::{Args, Subcommand, ValueEnum};
use std::ffi::OsStr;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Syllabus {
    Import(Import),
    Template(super::syllabus_template::Template),
}

/// Read a syllabus and tell what is doubtful in it. Ends with 1 when something has to be settled first.
#[derive(Args)]
pub struct Import {
    /// The syllabus: a PDF, a Word document, its text, a CASE package or the template; `-` reads text from standard input.
    file: PathBuf,
    /// toml: a specification file to settle and check. json: everything that was read, with passages and lines. By the
    /// ending of --out where it is not given.
    #[arg(long, value_enum)]
    format: Option<Written>,
    /// Write the result to this file and the findings to standard output.
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// How the findings are told. Without --out they go to standard error.
    #[arg(long, value_enum, default_value = "text")]
    findings: Told,
    /// Suggest models that this specification file lists, wherever the guidance names them.
    #[arg(long, value_name = "FILE")]
    catalogue: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Written {
    Toml,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Told {
    Text,
    Json,
}

impl Syllabus {
    /// # Errors
    /// The file cannot be read as a syllabus, or the result cannot be written.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        match self {
            Syllabus::Import(import) => import.run(),
            Syllabus::Template(template) => template.run(),
        }
    }
}

impl Import {
    fn run(self) -> Result<ExitCode, Stopped> {
        let mut draft = read(&self.file)?;
        if let Some(catalogue) = &self.catalogue {
            syllabus::suggest_models(&mut draft, &super::specification::read(catalogue)?.models);
        }
        let json = match self.format {
            Some(format) => format == Written::Json,
            None => self
                .out
                .as_ref()
                .and_then(|out| out.to_str())
                .and_then(Format::of_file_name)
                .is_some_and(|format| format == Format::Json),
        };
        let result = if json {
            let mut text = super::specification::json(&syllabus::json(&draft))?;
            text.push('\n');
            text
        } else {
            syllabus::specification_file(&draft, Format::Toml).map_err(Stopped::new)?
        };
        let findings = match self.findings {
            Told::Text => syllabus::findings_as_text(&draft.findings),
            Told::Json => super::specification::json(&draft.findings)? + "\n",
        };
        match &self.out {
            Some(out) => {
                std::fs::write(out, result)
                    .map_err(|error| Stopped::new(format!("{} cannot be written: {error}", out.display())))?;
                print!("{findings}");
            }
            None => {
                print!("{result}");
                eprint!("{findings}");
            }
        }
        Ok(if draft.has_errors() {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }
}

fn refused(file: &Path, refusal: &ReadRefusal) -> Stopped {
    Stopped::new(format!("{}: {}", file.display(), refusal.because)).hint(refusal.remedy.clone())
}

/// The checked draft of a file. What a stranger wrote is read in a child process with limits; standard input is text and
/// never more than is read.
fn read(file: &Path) -> Result<Draft, Stopped> {
    if file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin()
            .lock()
            .take(syllabus::LONGEST_TEXT as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Stopped::new(format!("standard input cannot be read: {error}")))?;
        return syllabus::import(&bytes).map_err(|refusal| refused(file, &refusal));
    }
    if !file.is_file() {
        return Err(Stopped::new(format!("there is no file {}", file.display())));
    }
    let program = std::env::current_exe()?;
    let name = file.file_name().and_then(OsStr::to_str);
    child::read_syllabus_in_child(
        &program,
        &[OsStr::new(crate::reader::SUBCOMMAND)],
        file,
        name,
        &Limits::default(),
    )
    .map(|reading| reading.checked())
    .map_err(|refusal| refused(file, &refusal))
}
