//! `assay specification`: look at a specification file, or load one into an installation.

use crate::failure::Stopped;
use crate::installation::{Opening, Place};
use crate::say;
use assay_app::specification::load::{self, LoadSpecification};
use assay_app::specification::stage::{self, Move};
use assay_specification::show::{findings_as_text, specification_as_text};
use assay_specification::{Format, Severity, Specification as Read};
use assay_web::fresh::RandomFresh;
use clap::{Args, Subcommand};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Specification {
    Check(Check),
    Show(Show),
    Load(Load),
    TitleCheck(TitleCheck),
    Case(super::case::ToCase),
    FromCase(super::case::FromCase),
}

/// Check a specification file against itself. Ends with 1 when there is an error.
#[derive(Args)]
pub struct Check {
    /// TOML or JSON file; `-` reads standard input as TOML.
    file: PathBuf,
    /// Answer as JSON.
    #[arg(long)]
    json: bool,
}

/// Show what a specification file holds.
#[derive(Args)]
pub struct Show {
    /// TOML or JSON file; `-` reads standard input as TOML.
    file: PathBuf,
    /// Answer as JSON.
    #[arg(long)]
    json: bool,
}

/// Load a specification file into an installation as a draft that has been checked; a second person approves it on the
/// page.
#[derive(Args)]
pub struct Load {
    #[command(flatten)]
    place: Place,
    /// TOML or JSON file.
    file: PathBuf,
    /// E-mail address of the administrator, quality manager or coordinator in whose name it is loaded.
    #[arg(long, value_name = "ADDRESS")]
    by: String,
}

/// Find short or wrong forms of a qualification's title in a text (prospectus, web page).
#[derive(Args)]
pub struct TitleCheck {
    /// Specification file.
    file: PathBuf,
    /// Text file to look through; `-` reads standard input.
    text: PathBuf,
}

impl Specification {
    /// # Errors
    /// The file cannot be read; each complaint stands with its line.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        match self {
            Specification::Check(check) => check.run(),
            Specification::Show(show) => show.run(),
            Specification::Load(load) => load.run(),
            Specification::TitleCheck(title) => title.run(),
            Specification::Case(case) => case.run(),
            Specification::FromCase(case) => case.run(),
        }
    }
}

impl Check {
    fn run(self) -> Result<ExitCode, Stopped> {
        let specification = read(&self.file)?;
        let findings = assay_specification::check(&specification);
        if self.json {
            say!("{}", json(&findings)?);
        } else {
            say!("{}", findings_as_text(&findings));
        }
        let errors = findings.iter().any(|finding| finding.severity == Severity::Error);
        Ok(if errors {
            ExitCode::FAILURE
        } else {
            ExitCode::SUCCESS
        })
    }
}

impl Show {
    fn run(self) -> Result<ExitCode, Stopped> {
        let specification = read(&self.file)?;
        if self.json {
            say!("{}", json(&specification.view())?);
        } else {
            say!("{}", specification_as_text(&specification));
        }
        Ok(ExitCode::SUCCESS)
    }
}

impl Load {
    fn run(self) -> Result<ExitCode, Stopped> {
        let (text, format) = read_text(&self.file)?;
        let app = self.place.open_existing(Opening::default())?;
        let mut caller = super::operator(&jiff::tz::TimeZone::UTC);
        let by = self.by.clone();
        caller.person = app.ask(&caller, |asking| assay_app::people::find_by_email(asking.tx, &by))?;
        if caller.person.is_none() {
            return Err(Stopped::new(format!(
                "nobody here has the e-mail address {}",
                self.by
            )));
        }
        let id = app.act(caller, Box::new(RandomFresh), move |acting| {
            let id = load::run(acting, LoadSpecification { format, text })?;
            stage::run(acting, &id, Move::Check)?;
            Ok(id)
        })?;
        say!("Loaded and checked as {id}. A second person approves it on the page \"Qualifications\".");
        Ok(ExitCode::SUCCESS)
    }
}

impl TitleCheck {
    fn run(self) -> Result<ExitCode, Stopped> {
        let specification = read(&self.file)?;
        let (text, _) = read_text(&self.text)?;
        let misnamings = assay_specification::list_misnamings(&specification, &text);
        for found in &misnamings {
            say!(
                "line {}, column {}: \"{}\" is not the full title; write: {}",
                found.line,
                found.column,
                found.found,
                found.titles.join(" or ")
            );
        }
        if misnamings.is_empty() {
            say!("Every qualification is called by its full title.");
        }
        Ok(if misnamings.is_empty() {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

/// The text of a file, or of standard input for `-`, and the format by its name.
pub(super) fn read_text(file: &Path) -> Result<(String, Format), Stopped> {
    let unreadable = |error: std::io::Error| {
        let sentence = match error.kind() {
            std::io::ErrorKind::NotFound => format!("there is no file {}", file.display()),
            std::io::ErrorKind::InvalidData => format!("{} is not text in UTF-8", file.display()),
            _ => format!("{} cannot be read: {error}", file.display()),
        };
        Stopped::new(sentence)
    };
    let text = if file.as_os_str() == "-" {
        std::io::read_to_string(std::io::stdin().lock()).map_err(unreadable)?
    } else {
        let size = std::fs::metadata(file).map_err(unreadable)?.len();
        if size > load::LONGEST as u64 {
            return Err(Stopped::new(format!(
                "{} has {size} bytes; a specification or a text to look through has at most {}",
                file.display(),
                load::LONGEST
            )));
        }
        std::fs::read_to_string(file).map_err(unreadable)?
    };
    let format = file
        .to_str()
        .and_then(Format::of_file_name)
        .unwrap_or(Format::Toml);
    Ok((text, format))
}

/// Reads a specification file.
///
/// # Errors
/// Every complaint with file, line and column.
pub(super) fn read(file: &Path) -> Result<Read, Stopped> {
    let (text, format) = read_text(file)?;
    Read::read(&text, format).map_err(|complaints| {
        let lines: Vec<String> = complaints
            .iter()
            .take(50)
            .map(|complaint| format!("  {complaint}"))
            .collect();
        Stopped::new(format!(
            "{}: {} complaint(s):\n{}",
            file.display(),
            complaints.len(),
            lines.join("\n")
        ))
    })
}

/// A value as indented JSON.
pub(super) fn json(value: &impl serde::Serialize) -> Result<String, Stopped> {
    serde_json::to_string_pretty(value).map_err(|error| Stopped::new(error.to_string()))
}
