//! `assay link`: a one-time link for somebody who cannot sign in, when no administrator can help from the page.

use crate::failure::Stopped;
use crate::installation::{Opening, Place};
use crate::say;
use assay_app::account::link;
use assay_web::fresh::RandomFresh;
use clap::Args;
use std::process::ExitCode;

/// Make a one-time link by which somebody chooses a new password; it is written to the outbox folder.
#[derive(Args)]
pub struct Link {
    #[command(flatten)]
    place: Place,
    /// E-mail address of the account.
    email: String,
    /// Address at which people reach the installation.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    public_address: String,
}

impl Link {
    /// # Errors
    /// There is no installation; the store or the outbox folder fails.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        let app = self.place.open_existing(Opening {
            public_address: self.public_address.trim_end_matches('/').to_owned(),
            ..Opening::default()
        })?;
        let caller = super::operator(&jiff::tz::TimeZone::UTC);
        let moment = caller.moment;
        app.act(caller, Box::new(RandomFresh), move |acting| {
            link::forgot(acting, &self.email)
        })?;
        assay_app::outbox::deliver(&app, &self.place.outbox(), moment)?;
        say!(
            "If there is an account with this address, its link now lies in {}.",
            self.place.outbox().display()
        );
        Ok(ExitCode::SUCCESS)
    }
}
