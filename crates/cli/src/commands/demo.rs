//! `assay demo`: a centre with people and work at every stage, to look around in.

use super::serve::{serve, start_log};
use crate::demo::director::{Director, TODAY};
use crate::demo::many::Purpose;
use crate::demo::{many, play};
use crate::failure::Stopped;
use crate::installation::{Opening, Place, zone};
use crate::mutter;
use crate::say;
use assay_app::keys;
use assay_web::clock::DemonstrationClock;
use assay_web::{AppState, Settings};
use clap::Args;
use std::path::PathBuf;
use std::process::ExitCode;

/// What stands above every page of the demonstration.
const BANNER: &str = "Demonstration: it is 14 October 2019 here and nobody is real. Learners can be registered on this \
                      qualification until 31 August 2020.";

/// Make a demonstration centre with staff and learners at every stage, and serve it.
#[derive(Args)]
pub struct Demo {
    /// Address and port to listen on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Folder for the demonstration's data, kept afterwards; without it a folder that is removed at the end.
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// PostgreSQL database instead of SQLite; it has to be empty.
    #[arg(long, value_name = "URL")]
    database: Option<String>,
    /// Number of learners; beyond 24 most are registered, planned and allocated only, for measuring.
    #[arg(long, value_name = "N", default_value_t = 24)]
    learners: usize,
    /// Number of further learners for each of whom an award is claimed and waits to be released, for measuring.
    #[arg(long, value_name = "N", default_value_t = 0)]
    claims: usize,
    /// Seed of the world: the same seed gives the same world.
    #[arg(long, value_name = "S", default_value_t = 2019)]
    seed: u64,
    /// Make the world and stop, without serving it.
    #[arg(long)]
    no_serve: bool,
}

impl Demo {
    /// # Errors
    /// The folder cannot be made; the port is taken; the store fails.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        start_log();
        let kept = self.data.is_some();
        let folder = match self.data.clone() {
            Some(folder) => folder,
            None => std::env::temp_dir().join(format!("assay-demo-{}", std::process::id())),
        };
        let place = Place {
            data: folder.clone(),
            database: self.database.clone(),
        };
        let outcome = self.perform(&place);
        if !kept {
            // What the temporary folder held was made up; a folder that cannot be removed harms nobody.
            let _ = std::fs::remove_dir_all(&folder);
        }
        outcome
    }

    fn perform(self, place: &Place) -> Result<ExitCode, Stopped> {
        let fresh = self.database.is_some() || !place.exists();
        let app = place.open(Opening {
            public_address: format!("http://{}", self.listen),
            zone: zone("Europe/London")?,
            profile: "cmi".to_owned(),
        })?;
        let director = Director::new(app.clone(), self.seed);
        if fresh {
            mutter!("Setting the stage: a centre, its staff and 24 learners …");
            let house = play::perform(&director)?;
            let (learners, claims) = (self.learners.saturating_sub(24), self.claims);
            for (purpose, numbers) in [
                (Purpose::Learners, 0..learners),
                (Purpose::Claims, learners..learners.saturating_add(claims)),
            ] {
                if !numbers.is_empty() {
                    many::register_many(&director, &house, purpose, numbers, self.seed)?;
                }
            }
        }
        if fresh {
            // The key follows from the seed like everything else here: it proves how proofs work, and nothing more.
            director.act(None, TODAY, |acting| {
                keys::make(acting, Some("demonstration.assay.example/ledger"))
            })?;
        }
        if self.no_serve {
            return Ok(ExitCode::SUCCESS);
        }
        let settings = Settings {
            demonstration: Some(BANNER.to_owned()),
            outbox: Some(place.outbox()),
            ..Settings::default()
        };
        // Where acts were recorded after the opening, the day goes on from the last: nothing is done before what it rests on.
        let last = app.store().read(assay_app::rebuild::last_act_at)?;
        let clock = DemonstrationClock::starting_at(director.opening().max(last.unwrap_or_default()));
        serve(AppState::new(app, settings, clock), &self.listen, |address| {
            say!("The demonstration is open at {address}");
            say!("Choose anybody on the sign-in page; no password is needed. Stop it with Ctrl-C.");
        })
    }
}
