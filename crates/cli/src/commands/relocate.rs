//! `assay move`: every row into another database, from SQLite to PostgreSQL or back.

use crate::failure::Stopped;
use crate::installation::Place;
use assay_store::{Store, StoreConfig};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// Copy every row into another, empty database, and compare the ledgers' roots.
///
/// Stop the program that serves the installation before: what is recorded after the copy began is not in it. The folder of
/// evidence files stays where it is.
#[derive(Args)]
#[command(name = "move")]
pub struct Relocate {
    #[command(flatten)]
    place: Place,
    /// Where to: postgres://user@host/database, or a file for SQLite. It has to be empty.
    #[arg(long, value_name = "URL")]
    to: String,
}

impl Relocate {
    /// # Errors
    /// There is no installation; the other database cannot be opened or is not empty; the roots differ. In each case
    /// nothing is copied.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        if !self.place.exists() {
            return Err(Stopped::new(format!(
                "there is no installation in {}",
                self.place.data.display()
            )));
        }
        let is_url = self.to.starts_with("postgres://") || self.to.starts_with("postgresql://");
        let config = if is_url {
            StoreConfig::Postgres { url: self.to.clone() }
        } else if self.to.contains("://") {
            return Err(Stopped::new(format!("{:?} is no address of a database", self.to))
                .hint("write postgres://user@host/database, or the name of a new file for SQLite"));
        } else {
            StoreConfig::Sqlite {
                path: PathBuf::from(&self.to),
            }
        };
        let here = self.place.store()?;
        let there = Store::open(&config, &self.place.data.join("files"))?;
        let copied = here.copy_to(&there)?;
        println!("{} rows copied.", copied.rows);
        println!("The root of the ledger is {} here and there.", copied.root);
        if is_url {
            println!(
                "Now serve it from there: give the address as --database or ASSAY_DATABASE, with the same --data."
            );
        } else {
            println!("Now serve it from there: put the file as assay.db beside the folder files.");
        }
        Ok(ExitCode::SUCCESS)
    }
}
