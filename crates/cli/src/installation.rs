//! The composition root: opens the data folder and puts store, profile, printer and reader together.

use crate::failure::Stopped;
use crate::printer::Press;
use crate::reader::ChildReader;
use assay_app::founding::read_installation;
use assay_app::{App, Surroundings};
use assay_domain::policy::Profile;
use assay_store::{Store, StoreConfig};
use clap::Args;
use jiff::tz::TimeZone;
use std::path::PathBuf;

/// The profiles that come with the program; a file given by `--profile` may extend them by name.
const PROFILES: [(&str, &str); 2] = [
    ("default", include_str!("../../../profiles/default.toml")),
    ("cmi", include_str!("../../../profiles/cmi.toml")),
];

/// The syllabus that comes with the program, for the demonstration.
pub const CMI_SPECIFICATION: &str =
    include_str!("../../../specifications/cmi-level-7-leadership-coaching-and-mentoring.toml");

/// Where an installation keeps its data. The same arguments for every command that opens one.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// Folder of the installation's data: database, evidence files, keys, outbox.
    #[arg(long, value_name = "DIR", default_value = "assay-data", env = "ASSAY_DATA")]
    pub data: PathBuf,
    /// PostgreSQL database instead of the SQLite file in the data folder, e.g. postgres://assay@localhost/assay.
    #[arg(long, value_name = "URL", env = "ASSAY_DATABASE", hide_env_values = true)]
    pub database: Option<String>,
}

/// What an installation is opened with beyond its place.
#[derive(Debug, Clone)]
pub struct Opening {
    pub public_address: String,
    pub zone: TimeZone,
    /// Name of a profile that comes with the program, or path of a file.
    pub profile: String,
}

impl Default for Opening {
    fn default() -> Self {
        Opening {
            public_address: "http://127.0.0.1:8080".to_owned(),
            zone: TimeZone::UTC,
            profile: "default".to_owned(),
        }
    }
}

impl Place {
    /// Where messages to people outside are written.
    pub fn outbox(&self) -> PathBuf {
        self.data.join("outbox")
    }

    /// The folder of the keys that sign the ledger.
    pub fn keys(&self) -> PathBuf {
        self.data.join("keys")
    }

    fn sqlite(&self) -> PathBuf {
        self.data.join("assay.db")
    }

    /// Whether an installation was made here before. A PostgreSQL database answers for itself.
    pub fn exists(&self) -> bool {
        self.database.is_some() || self.sqlite().exists()
    }

    /// Opens the store, making it when it is new.
    ///
    /// # Errors
    /// The folder cannot be made, the database not opened or migrated.
    pub fn store(&self) -> Result<Store, Stopped> {
        std::fs::create_dir_all(&self.data).map_err(|error| {
            Stopped::new(format!(
                "the data folder {} cannot be made: {error}",
                self.data.display()
            ))
        })?;
        let config = match &self.database {
            Some(url) => StoreConfig::Postgres { url: url.clone() },
            None => StoreConfig::Sqlite { path: self.sqlite() },
        };
        Ok(Store::open(&config, &self.data.join("files"))?)
    }

    /// Opens the application.
    ///
    /// # Errors
    /// As [`Place::store`]; the profile cannot be read.
    pub fn open(&self, opening: Opening) -> Result<App, Stopped> {
        self.open_with(self.store()?, opening)
    }

    /// Opens an installation that was founded, with the time zone that it was founded with. The store is opened once.
    ///
    /// # Errors
    /// There is none; it has not been founded; as [`Place::open`].
    pub fn open_founded(&self, opening: Opening) -> Result<App, Stopped> {
        self.require()?;
        let store = self.store()?;
        let Some(installation) = store.read(read_installation)? else {
            return Err(
                Stopped::new("this installation has not been founded yet").hint("run `assay init` first")
            );
        };
        let zone = zone(&installation.time_zone)?;
        self.open_with(store, Opening { zone, ..opening })
    }

    fn open_with(&self, store: Store, opening: Opening) -> Result<App, Stopped> {
        let surroundings = Surroundings {
            profile: read_profile(&opening.profile)?,
            printer: Box::new(Press::default()),
            reader: Box::new(ChildReader::new()?),
            keys: Some(self.keys()),
            public_address: opening.public_address,
            zone: opening.zone,
        };
        let app = App::new(store, surroundings);
        assay_app::credential::publish::place_earlier(&app)?;
        Ok(app)
    }

    fn require(&self) -> Result<(), Stopped> {
        if self.exists() {
            return Ok(());
        }
        Err(
            Stopped::new(format!("there is no installation in {}", self.data.display()))
                .hint("make one with `assay init --data DIR`, or look around with `assay demo`"),
        )
    }

    /// Opens an installation that must be there already.
    ///
    /// # Errors
    /// There is none; as [`Place::open`].
    pub fn open_existing(&self, opening: Opening) -> Result<App, Stopped> {
        self.require()?;
        self.open(opening)
    }
}

/// Reads a profile by its name, or by the path of its file.
fn read_profile(named: &str) -> Result<Profile, Stopped> {
    let shipped = |name: &str| {
        PROFILES
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, text)| (*text).to_owned())
    };
    let text = match shipped(named) {
        Some(text) => text,
        None => std::fs::read_to_string(named).map_err(|error| {
            Stopped::new(format!("the policy profile {named} cannot be read: {error}")).hint(
                "give the name of a profile that comes with the program (default, cmi) or the path of a file",
            )
        })?,
    };
    assay_app::profile::read(&text, &shipped).map_err(Stopped::new)
}

/// The time zone of a name.
///
/// # Errors
/// There is no such zone.
pub fn zone(name: &str) -> Result<TimeZone, Stopped> {
    TimeZone::get(name).map_err(|_| {
        Stopped::new(format!("there is no time zone {name:?}")).hint("use an IANA name such as Europe/London")
    })
}
