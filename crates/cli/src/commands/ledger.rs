//! `assay ledger`: what the ledger says of itself, and the check of everything against it.

use super::operator;
use crate::failure::Stopped;
use crate::installation::{Opening, Place};
use assay_app::ledger::{checkpoint, verify};
use assay_ledger::VerifierKey;
use assay_web::fresh::RandomFresh;
use clap::{Args, Subcommand};
use jiff::tz::TimeZone;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Ledger {
    Verify(Verify),
    Checkpoint(Checkpoint),
    Cosign(Cosign),
}

/// Check the ledger, its signatures, every derived row, private text and evidence file; name whatever was changed.
#[derive(Args)]
pub struct Verify {
    #[command(flatten)]
    place: Place,
    /// A signed checkpoint that was kept elsewhere; only such a one shows that no other history was written here.
    #[arg(long, value_name = "FILE")]
    checkpoint: Vec<PathBuf>,
    /// Answer as JSON.
    #[arg(long)]
    json: bool,
}

/// Print the signed checkpoint over the whole ledger; keep it elsewhere.
#[derive(Args)]
pub struct Checkpoint {
    #[command(flatten)]
    place: Place,
}

/// Take in a checkpoint that a witness has cosigned.
#[derive(Args)]
pub struct Cosign {
    #[command(flatten)]
    place: Place,
    /// The cosigned checkpoint, as the witness sent it back.
    file: PathBuf,
    /// Public key of the witness, `name+id+key`.
    #[arg(long, value_name = "KEY", required = true)]
    witness: Vec<String>,
}

impl Ledger {
    /// # Errors
    /// There is no installation; a file cannot be read; the store fails. `verify` ends with 1 when anything was changed.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        match self {
            Ledger::Verify(verify) => verify.run(),
            Ledger::Checkpoint(checkpoint) => checkpoint.run(),
            Ledger::Cosign(cosign) => cosign.run(),
        }
    }
}

impl Verify {
    fn run(self) -> Result<ExitCode, Stopped> {
        let mut elsewhere = Vec::new();
        for file in &self.checkpoint {
            elsewhere.push(read_note(file)?);
        }
        let app = self.place.open_existing(Opening::default())?;
        let found = verify::verify(&app, &elsewhere, |looked_at| {
            eprintln!("looking at {looked_at} …")
        })?;
        let sound = found.findings.is_empty();
        if self.json {
            println!("{}", super::specification::json(&found)?);
        } else {
            println!(
                "{} entries, {} checkpoints, {} rows, {} private texts ({} erased) and {} files looked at.",
                found.entries, found.checkpoints, found.rows, found.texts, found.erased, found.files
            );
            println!("Root: {}", found.root);
            for finding in &found.findings {
                println!("- {finding}");
            }
            if sound {
                println!("All is as the ledger says.");
            } else {
                println!("{} finding(s).", found.findings.len());
            }
        }
        Ok(if sound {
            ExitCode::SUCCESS
        } else {
            ExitCode::FAILURE
        })
    }
}

impl Checkpoint {
    fn run(self) -> Result<ExitCode, Stopped> {
        let app = self.place.open_existing(Opening::default())?;
        match checkpoint::latest(&app)? {
            Some(note) => {
                print!("{note}");
                Ok(ExitCode::SUCCESS)
            }
            None => Err(
                Stopped::new("no key signs this ledger, so there is no checkpoint")
                    .hint("`assay keys make --name NAME` makes a key"),
            ),
        }
    }
}

impl Cosign {
    fn run(self) -> Result<ExitCode, Stopped> {
        let note = read_note(&self.file)?;
        let mut witnesses = Vec::new();
        for key in &self.witness {
            witnesses.push(VerifierKey::parse(key).map_err(|fault| Stopped::new(format!("{key}: {fault}")))?);
        }
        let app = self.place.open_existing(Opening::default())?;
        let added = app.act(operator(&TimeZone::UTC), Box::new(RandomFresh), move |acting| {
            checkpoint::add_cosignatures(acting.tx, &note, &witnesses)
        })?;
        println!("{added} new cosignature(s) kept.");
        Ok(ExitCode::SUCCESS)
    }
}

/// A note from a file; a longer file than any note is refused unread.
fn read_note(file: &Path) -> Result<Vec<u8>, Stopped> {
    let unreadable =
        |error: std::io::Error| Stopped::new(format!("{} cannot be read: {error}", file.display()));
    let size = std::fs::metadata(file).map_err(unreadable)?.len();
    if size > assay_ledger::LONGEST_NOTE as u64 {
        return Err(Stopped::new(format!(
            "{} is longer than any checkpoint",
            file.display()
        )));
    }
    std::fs::read(file).map_err(unreadable)
}
