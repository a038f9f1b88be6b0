//! `assay serve`: the real thing.

use crate::failure::Stopped;
use crate::installation::{Opening, Place};
use crate::say;
use assay_app::account::session::Limits;
use assay_domain::Moment;
use assay_web::client::Network;
use assay_web::clock::{Clock, RealClock};
use assay_web::{AppState, Settings};
use clap::Args;
use std::process::ExitCode;

/// Serve an installation.
#[derive(Args)]
pub struct Serve {
    #[command(flatten)]
    place: Place,
    /// Address and port to listen on.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Address at which people reach the installation, e.g. https://assay.example; makes cookies secure when https.
    #[arg(long, value_name = "URL")]
    public_address: Option<String>,
    /// Reverse proxy whose X-Forwarded-For is believed, as an address or a network (127.0.0.1, 10.0.0.0/8); may be given
    /// several times. Without it the proxy counts as the visitor, and its visitors share one limit on wrong passwords.
    #[arg(long, value_name = "ADDR")]
    trusted_proxy: Vec<Network>,
    /// Policy profile: the name of one that comes with the program (default, cmi) or the path of a file.
    #[arg(long, value_name = "PROFILE", default_value = "cmi")]
    profile: String,
    /// Let anybody fetch the ledger's entries, and not only its hashes. They hold ids, dates and codes, no names.
    #[arg(long)]
    publish_entries: bool,
}

impl Serve {
    /// # Errors
    /// There is no installation; the port is taken; the store fails.
    pub fn run(self) -> Result<ExitCode, Stopped> {
        start_log();
        let public_address = self
            .public_address
            .unwrap_or_else(|| format!("http://{}", self.listen))
            .trim_end_matches('/')
            .to_owned();
        let app = self.place.open_founded(Opening {
            public_address,
            profile: self.profile,
            ..Opening::default()
        })?;
        let moment = Moment::new(RealClock.now(), &app.surroundings().zone);
        let settings = Settings {
            sessions: Limits::of(app.surroundings().profile.on(moment.today)),
            outbox: Some(self.place.outbox()),
            publish_entries: self.publish_entries,
            trusted_proxies: self.trusted_proxy,
            ..Settings::default()
        };
        serve(AppState::new(app, settings, RealClock), &self.listen, |address| {
            say!("Assay serves on {address}");
        })
    }
}

/// Listens and serves until the program is asked to stop.
///
/// # Errors
/// The address cannot be listened on; serving fails.
pub fn serve<R: FnOnce(&str)>(state: AppState, listen: &str, ready: R) -> Result<ExitCode, Stopped> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async move {
        let listener = tokio::net::TcpListener::bind(listen).await.map_err(|error| {
            Stopped::new(format!("cannot listen on {listen}: {error}"))
                .hint("another program may use this port; choose another with --listen 127.0.0.1:8081")
        })?;
        let address = listener.local_addr()?;
        ready(&format!("http://{address}"));
        assay_web::serve(state, listener).await?;
        Ok(ExitCode::SUCCESS)
    })
}

/// The log goes to standard error; `ASSAY_LOG` sets how much (error, warn, info, debug).
pub fn start_log() {
    let level = std::env::var("ASSAY_LOG")
        .ok()
        .and_then(|level| level.parse::<tracing::Level>().ok())
        .unwrap_or(tracing::Level::WARN);
    tracing_subscriber::fmt()
        .with_max_level(level)
        .with_writer(std::io::stderr)
        .init();
}
