//! `assay backup`: a copy of the database while the installation runs.

use crate::failure::Stopped;
use crate::installation::Place;
use crate::say;
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Copy the database while the installation runs. Evidence files never change once written: copy the folder `files`
/// beside it with any tool, after this command.
#[derive(Args)]
pub struct Backup {
    #[command(flatten)]
    place: Place,
    /// File to write the copy to.
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

impl Backup {
    /// # Errors
    /// There is no installation; the file is there already or cannot be written, its folder is not there; PostgreSQL, which has its own tool.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        if !self.place.exists() {
            return Err(Stopped::new(format!(
                "there is no installation in {}",
                self.place.data.display()
            )));
        }
        if self.to.exists() {
            return Err(Stopped::new(format!("{} is there already", self.to.display()))
                .hint("give a new name; an old copy is never written over"));
        }
        if let Some(folder) = self.to.parent()
            && !folder.as_os_str().is_empty()
            && !folder.is_dir()
        {
            return Err(Stopped::new(format!("there is no folder {}", folder.display()))
                .hint("make it first, on another disk than the data"));
        }
        self.place.store()?.backup_to(&self.to)?;
        say!("The database is copied to {}.", self.to.display());
        say!(
            "Now copy the folder {} beside it.",
            self.place.data.join("files").display()
        );
        Ok(ExitCode::SUCCESS)
    }
}
