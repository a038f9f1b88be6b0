//! `assay award`: the dossier by which a stranger confirms an award.

use super::operator;
use crate::failure::Stopped;
use crate::installation::{Opening, Place};
use assay_app::award::dossier;
use assay_web::fresh::RandomFresh;
use clap::{Args, Subcommand};
use jiff::tz::TimeZone;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Award {
    Export(Export),
}

/// Write the dossier of an award: the facts it rests on, their proofs and signatures, without private text. Anybody checks it
/// with assay-verify and the ledger's public key.
#[derive(Args)]
pub struct Export {
    #[command(flatten)]
    place: Place,
    /// Number of a certificate of the award.
    number: String,
    /// File to write; it must not be there yet.
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// Disclose what the certificate shows, with the learner's name.
    #[arg(long)]
    named: bool,
}

impl Award {
    /// # Errors
    /// There is no installation or no such certificate; no key signs the ledger; the file cannot be written.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        match self {
            Award::Export(export) => export.run(),
        }
    }
}

impl Export {
    fn run(self) -> Result<ExitCode, Stopped> {
        let app = self.place.open_existing(Opening::default())?;
        let (number, named) = (self.number.clone(), self.named);
        let made = app
            .act(operator(&TimeZone::UTC), Box::new(RandomFresh), move |acting| {
                dossier::export(acting, &number, named)
            })
            .map_err(|failure| match failure {
                assay_app::Failure::NotFound => {
                    Stopped::new(format!("there is no certificate {}", self.number))
                        .hint("numbers look like 2019-7KX4-29QM-D; the register of certificates has them all")
                }
                other => other.into(),
            })?;
        let bytes = made.write().map_err(|error| Stopped::new(error.to_string()))?;
        let unwritten = |error: std::io::Error| Stopped::new(format!("{}: {error}", self.out.display()));
        let mut file = std::fs::File::create_new(&self.out).map_err(unwritten)?;
        file.write_all(&bytes)
            .and_then(|()| file.sync_all())
            .map_err(unwritten)?;
        println!(
            "{} facts with their proofs are in {}.",
            made.facts.len(),
            self.out.display()
        );
        println!("Check it with: assay-verify {} --key KEY", self.out.display());
        println!("The key is one of those that `assay keys list` shows and the awarding body publishes.");
        Ok(ExitCode::SUCCESS)
    }
}
