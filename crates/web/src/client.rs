//! From which address a request comes, and how often an address may ask what anybody may ask.

use crate::AppState;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use jiff::Timestamp;
use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};

/// Where a request comes from: the other end of the connection, or what a trusted proxy there says. What a request says
/// of itself is not believed otherwise, because anybody can write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl FromRequestParts<AppState> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Infallible> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |from| from.0.ip());
        let trusted = &state.settings().trusted_proxies;
        Ok(ClientAddress(beyond_proxies(peer, &parts.headers, trusted)))
    }
}

/// The header in which proxies write from whom they had a request, each adding to the end.
pub const FORWARDED_FOR: &str = "x-forwarded-for";

/// The nearest address that is no trusted proxy. Read from the end, because only what trusted proxies added is known to be
/// true; what cannot be read ends the reading.
pub fn beyond_proxies(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.holds(address));
    let mut nearest = peer;
    if !is_trusted(peer) {
        return nearest;
    }
    let told: Vec<&str> = headers
        .get_all(FORWARDED_FOR)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|line| line.split(','))
        .map(str::trim)
        .collect();
    for told in told.into_iter().rev() {
        let read = told.parse().ok().or_else(|| {
            // Some proxies add the port.
            told.parse::<SocketAddr>().ok().map(|address| address.ip())
        });
        let Some(address) = read else { break };
        nearest = address;
        if !is_trusted(address) {
            break;
        }
    }
    nearest
}

/// An address or a network of them: `127.0.0.1`, `10.0.0.0/8`, `fd00::/8`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Network {
    address: IpAddr,
    /// How many leading bits count.
    bits: u8,
}

impl Network {
    /// Whether an address lies in it. An address of version 4 that is written as one of version 6 counts as version 4.
    pub fn holds(&self, address: IpAddr) -> bool {
        let (here, there) = (octets(self.address), octets(address));
        here.len() == there.len()
            && here.iter().zip(&there).enumerate().all(|(index, (a, b))| {
                let counted = usize::from(self.bits).saturating_sub(index * 8).min(8);
                let mask = u8::MAX
                    .checked_shl(8 - u32::try_from(counted).unwrap_or(8))
                    .unwrap_or(0);
                a & mask == b & mask
            })
    }
}

impl std::str::FromStr for Network {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wrong = || {
            format!("expected an address such as 127.0.0.1 or a network such as 10.0.0.0/8, found {text:?}")
        };
        let (address, bits) = match text.split_once('/') {
            Some((address, bits)) => (address, Some(bits.parse::<u8>().map_err(|_| wrong())?)),
            None => (text, None),
        };
        let address: IpAddr = address.trim().parse().map_err(|_| wrong())?;
        let most = if address.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        if bits > most {
            return Err(wrong());
        }
        Ok(Network { address, bits })
    }
}

fn octets(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(address) => address.octets().to_vec(),
        IpAddr::V6(address) => address.octets().to_vec(),
    }
}

/// How many addresses are remembered. When there are more, those that have asked nothing lately are forgotten.
const REMEMBERED: usize = 20_000;

/// A bucket of turns for each address: it begins full, each question takes one turn out, and time puts them back. Kept in
/// memory, per process.
pub struct Turns {
    full: f64,
    /// Seconds after which one turn comes back.
    seconds: f64,
    buckets: Mutex<HashMap<IpAddr, Bucket>>,
}

#[derive(Clone, Copy)]
struct Bucket {
    turns: f64,
    at: Timestamp,
}

impl Turns {
    /// Buckets of `full` turns, of which one comes back after each `seconds`.
    pub fn new(full: u32, seconds: u32) -> Turns {
        Turns {
            full: f64::from(full.max(1)),
            seconds: f64::from(seconds.max(1)),
            buckets: Mutex::default(),
        }
    }

    /// Takes a turn.
    ///
    /// # Errors
    /// After how many seconds there is one again.
    pub fn take(&self, from: IpAddr, now: Timestamp) -> Result<(), u64> {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() >= REMEMBERED {
            buckets.retain(|_, bucket| self.filled(*bucket, now) < self.full);
            if buckets.len() >= REMEMBERED {
                buckets.clear();
            }
        }
        let bucket = buckets.entry(network(from)).or_insert(Bucket {
            turns: self.full,
            at: now,
        });
        let turns = self.filled(*bucket, now);
        if turns < 1.0 {
            let wait = ((1.0 - turns) * self.seconds).ceil().max(1.0);
            // Between 1 and the seconds of one turn.
            return Err(wait as u64);
        }
        *bucket = Bucket {
            turns: turns - 1.0,
            at: now,
        };
        Ok(())
    }

    /// Puts a turn back that should not have counted, e.g. a sign-in that succeeded.
    pub fn give_back(&self, from: IpAddr) {
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = buckets.get_mut(&network(from)) {
            bucket.turns = (bucket.turns + 1.0).min(self.full);
        }
    }

    fn filled(&self, bucket: Bucket, now: Timestamp) -> f64 {
        let passed = now.duration_since(bucket.at).as_secs_f64().max(0.0);
        (bucket.turns + passed / self.seconds).min(self.full)
    }
}

/// Whoever has one address of version 6 has a network of them.
fn network(address: IpAddr) -> IpAddr {
    match address {
        IpAddr::V4(_) => address,
        IpAddr::V6(address) => match address.to_ipv4_mapped() {
            Some(address) => IpAddr::V4(address),
            None => {
                let [a, b, c, d, ..] = address.segments();
                IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
            }
        },
    }
}
