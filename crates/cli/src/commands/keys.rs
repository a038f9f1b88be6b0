//! `assay keys`: the keys that sign what the ledger says of itself. docs/keys.md has the procedures.

use super::operator;
use crate::failure::Stopped;
use crate::installation::{Opening, Place};
use assay_app::keys::{self, KnownKey};
use assay_domain::fact::RetirementGround;
use assay_web::fresh::RandomFresh;
use clap::{Args, Subcommand, ValueEnum};
use jiff::tz::TimeZone;
use std::process::ExitCode;

#[derive(Subcommand)]
pub enum Keys {
    Make(Make),
    List(List),
    Rotate(Rotate),
    Retire(Retire),
}

/// Make the key that signs the ledger's checkpoints; its file can be read by its owner alone.
#[derive(Args)]
pub struct Make {
    #[command(flatten)]
    place: Place,
    /// Name of the ledger, which all its keys share: by habit a host and a path, e.g. assay.example/ledger. Needed for the
    /// first key only.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
}

/// List the keys with their lives, and the public halves that verifiers need.
#[derive(Args)]
pub struct List {
    #[command(flatten)]
    place: Place,
    /// Answer as JSON.
    #[arg(long)]
    json: bool,
}

/// Put a fresh key in the place of the one that signs; old signatures stay valid.
#[derive(Args)]
pub struct Rotate {
    #[command(flatten)]
    place: Place,
}

/// Retire a key that was lost, or that somebody else may have.
#[derive(Args)]
pub struct Retire {
    #[command(flatten)]
    place: Place,
    /// Id of the key, as `assay keys list` shows it.
    id: String,
    /// Why.
    #[arg(long, value_enum)]
    because: Ground,
}

#[derive(Clone, Copy, ValueEnum)]
enum Ground {
    /// Its file is gone; nobody else is thought to have it.
    Lost,
    /// Somebody else may have it.
    Exposed,
}

impl Keys {
    /// # Errors
    /// There is no installation; a key signs already, or none does; a file cannot be written; the store fails.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        match self {
            Keys::Make(make) => make.run(),
            Keys::List(list) => list.run(),
            Keys::Rotate(rotate) => rotate.run(),
            Keys::Retire(retire) => retire.run(),
        }
    }
}

impl Make {
    fn run(self) -> Result<ExitCode, Stopped> {
        let app = self.place.open_existing(Opening::default())?;
        let made = app.act(operator(&TimeZone::UTC), Box::new(RandomFresh), move |acting| {
            keys::make(acting, self.name.as_deref())
        })?;
        tell(&made, &self.place);
        Ok(ExitCode::SUCCESS)
    }
}

impl Rotate {
    fn run(self) -> Result<ExitCode, Stopped> {
        let app = self.place.open_existing(Opening::default())?;
        let made = app.act(operator(&TimeZone::UTC), Box::new(RandomFresh), keys::rotate)?;
        tell(&made, &self.place);
        println!(
            "The old key signs no longer; what it signed stays valid. Its file may go into a safe, or be destroyed."
        );
        Ok(ExitCode::SUCCESS)
    }
}

impl Retire {
    fn run(self) -> Result<ExitCode, Stopped> {
        let app = self.place.open_existing(Opening::default())?;
        let ground = match self.because {
            Ground::Lost => RetirementGround::Lost,
            Ground::Exposed => RetirementGround::Exposed,
        };
        let id = self.id.clone();
        app.act(operator(&TimeZone::UTC), Box::new(RandomFresh), move |acting| {
            keys::retire(acting, &id, ground)
        })
        .map_err(|failure| match failure {
            assay_app::Failure::NotFound => Stopped::new(format!("no key in use has the id {}", self.id))
                .hint("`assay keys list` shows them"),
            other => other.into(),
        })?;
        println!(
            "The key {} is retired. Nothing is signed until `assay keys make` makes another.",
            self.id
        );
        Ok(ExitCode::SUCCESS)
    }
}

impl List {
    fn run(self) -> Result<ExitCode, Stopped> {
        let app = self.place.open_existing(Opening::default())?;
        let keys = app.ask(&operator(&TimeZone::UTC), |asking| Ok(keys::list(asking.tx)?))?;
        if self.json {
            println!("{}", super::specification::json(&keys)?);
            return Ok(ExitCode::SUCCESS);
        }
        if keys.is_empty() {
            println!("No key signs this ledger. `assay keys make --name NAME` makes one.");
        }
        for key in &keys {
            let until = match (&key.retired_at, &key.ground) {
                (Some(at), Some(ground)) => format!("until {at}, {ground}"),
                _ => "in use".to_owned(),
            };
            println!(
                "{}  from {}  {until}\n  {}",
                key.id, key.introduced_at, key.public_key
            );
        }
        Ok(ExitCode::SUCCESS)
    }
}

fn tell(key: &KnownKey, place: &Place) {
    println!(
        "The key {} signs the ledger from now on. Its secret half lies in",
        key.id
    );
    println!("  {}", place.keys().join(format!("{}.key", key.id)).display());
    println!("Keep a copy of that file where the installation's disk cannot be lost with it.");
    println!(
        "Publish the public half; verifiers need it:\n  {}",
        key.public_key
    );
}
