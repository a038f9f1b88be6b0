//! `assay rebuild`: derive every table from the ledger again.

use crate::failure::Stopped;
use crate::installation::{Opening, Place};
use crate::mutter;
use crate::say;
use clap::Args;
use std::process::ExitCode;

/// Derive every table from the ledger again and compare it with what stood there.
#[derive(Args)]
pub struct Rebuild {
    #[command(flatten)]
    place: Place,
    /// Compare only; change nothing.
    #[arg(long)]
    check: bool,
}

impl Rebuild {
    /// # Errors
    /// There is no installation; an entry cannot be read; the store fails. With `--check`, ends with 1 when a table
    /// differed.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        let app = self.place.open_existing(Opening::default())?;
        let rebuilt = assay_app::rebuild::run(&app, self.check, |applied| {
            if applied % 10_000 == 0 {
                mutter!("{applied} entries applied");
            }
        })?;
        say!("{} entries applied.", rebuilt.entries);
        if rebuilt.differing.is_empty() {
            say!("Every derived table came out as it stood.");
            return Ok(ExitCode::SUCCESS);
        }
        say!(
            "These tables differed from the ledger: {}.",
            rebuilt.differing.join(", ")
        );
        if self.check {
            say!("Nothing was changed; run `assay rebuild` without --check to put them right.");
            Ok(ExitCode::FAILURE)
        } else {
            say!("They now say what the ledger says.");
            Ok(ExitCode::SUCCESS)
        }
    }
}
