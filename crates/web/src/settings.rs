//! What the operator sets about serving, with the defaults that hold when nothing is said.

use crate::client::Network;
use assay_app::account::session::Limits;
use jiff::SignedDuration;
use std::time::Duration;

/// How the program serves.
#[derive(Debug, Clone)]
pub struct Settings {
    /// How long a session lasts.
    pub sessions: Limits,
    /// The demonstration's banner, e.g. "Demonstration: it is 14 October 2019 here, and nobody is real". None outside
    /// demonstrations; only a demonstration lets a visitor sign in as one of the people to try.
    pub demonstration: Option<String>,
    /// The folder into which messages to people outside are written as `.eml` files; none leaves them in the outbox.
    pub outbox: Option<std::path::PathBuf>,
    /// The largest form or JSON body in bytes. Evidence uploads have their own limit on their route.
    pub largest_body: usize,
    /// The largest uploaded file in bytes.
    pub largest_upload: u64,
    /// How long a request may take before it is answered 503. Uploads are not cut off by it.
    pub longest_request: Duration,
    /// Whether anybody may fetch the ledger's entries, and not only its hashes. They hold ids, dates and codes, no names.
    pub publish_entries: bool,
    /// Proxies whose word on where a request comes from is believed (`X-Forwarded-For`); none unless the operator says so.
    pub trusted_proxies: Vec<Network>,
    /// How many passwords are hashed at the same time; each takes 19 MiB.
    pub passwords_at_once: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            sessions: Limits {
                idle: SignedDuration::from_hours(2),
                absolute: SignedDuration::from_hours(12),
            },
            demonstration: None,
            outbox: None,
            largest_body: 1024 * 1024,
            largest_upload: 100 * 1024 * 1024,
            longest_request: Duration::from_secs(30),
            publish_entries: false,
            trusted_proxies: Vec::new(),
            passwords_at_once: 2,
        }
    }
}
