//! `assay init`: an empty installation with its first administrator.

use crate::failure::Stopped;
use crate::installation::{Opening, Place, zone};
use crate::say;
use assay_app::founding::{self, Details, Found};
use assay_web::fresh::RandomFresh;
use clap::Args;
use std::process::ExitCode;

/// Make an empty installation and its first administrator.
#[derive(Args)]
pub struct Init {
    #[command(flatten)]
    place: Place,
    /// The awarding body's full name, as recognised by the regulator.
    #[arg(long, value_name = "NAME")]
    awarding_body: String,
    /// The awarding body as it stands in titles, e.g. CMI.
    #[arg(long, value_name = "NAME")]
    short: String,
    /// Time zone in which days end.
    #[arg(long, value_name = "ZONE", default_value = "Europe/London")]
    zone: String,
    /// Given name of the first administrator.
    #[arg(long, value_name = "NAME")]
    given: String,
    /// Family name of the first administrator.
    #[arg(long, value_name = "NAME")]
    family: String,
    /// E-mail address of the first administrator, with which they sign in.
    #[arg(long, value_name = "ADDRESS")]
    email: String,
    /// Address at which people will reach the installation; it stands in the links that are sent.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    public_address: String,
}

impl Init {
    /// # Errors
    /// There is an installation already; a detail cannot be used; the store fails.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        let zone_name = self.zone.clone();
        let zone = zone(&self.zone)?;
        let app = self.place.open(Opening {
            public_address: self.public_address.trim_end_matches('/').to_owned(),
            zone: zone.clone(),
            ..Opening::default()
        })?;
        let found = Found {
            awarding_body: self.awarding_body,
            awarding_body_short: self.short,
            time_zone: zone_name,
            administrator: Details {
                given: self.given,
                family: self.family,
                born_on: None,
                email: Some(self.email),
            },
        };
        let founded = app.act(super::operator(&zone), Box::new(RandomFresh), move |acting| {
            founding::found(acting, &found, None)
        })?;
        say!("The installation in {} is ready.", self.place.data.display());
        if let Some(link) = founded.link {
            say!(
                "Open this link once to choose the administrator's password; it ends on {}:",
                in_words(&link.ends_at, &zone)
            );
            say!("{}", link.address);
        }
        say!("Then serve it: assay serve --data {}", self.place.data.display());
        Ok(ExitCode::SUCCESS)
    }
}

/// An instant as a person at the installation reads it: `1 December 2026, 10:00`.
fn in_words(instant: &str, zone: &jiff::tz::TimeZone) -> String {
    match instant.parse::<jiff::Timestamp>() {
        Ok(found) => found
            .to_zoned_datetime(zone.clone())
            .strftime("%-d %B %Y, %H:%M")
            .to_string(),
        Err(_) => instant.to_owned(),
    }
}
