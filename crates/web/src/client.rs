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
const FORWARDED_FOR: &str = "x-forwarded-for";

/// The nearest address that is no trusted proxy. Read from the end, because only what trusted proxies added is known to be
/// true; what cannot be read ends the reading.
fn beyond_proxies(peer: IpAddr, headers: &HeaderMap, trusted: &[Network]) -> IpAddr {
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

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    #[test]
    fn turns_run_out_and_come_back_with_time() {
        let turns = Turns::new(3, 6);
        let now: Timestamp = "2019-10-14T09:30:00Z".parse().unwrap();
        let from = IpAddr::from([192, 0, 2, 1]);
        for _ in 0..3 {
            assert_eq!(turns.take(from, now), Ok(()));
        }
        assert_eq!(turns.take(from, now), Err(6));
        assert_eq!(turns.take(IpAddr::from([192, 0, 2, 2]), now), Ok(()));
        let later = now + SignedDuration::from_secs(6);
        assert_eq!(turns.take(from, later), Ok(()));
        assert!(turns.take(from, later).is_err());
    }

    #[test]
    fn a_turn_that_is_given_back_can_be_taken_again() {
        let turns = Turns::new(1, 60);
        let now: Timestamp = "2019-10-14T09:30:00Z".parse().unwrap();
        let from = IpAddr::from([192, 0, 2, 1]);
        assert!(turns.take(from, now).is_ok());
        turns.give_back(from);
        assert!(turns.take(from, now).is_ok());
        assert!(turns.take(from, now).is_err());
    }

    #[test]
    fn only_a_trusted_proxy_is_believed_and_only_what_it_added() {
        let trusted: Vec<Network> = ["127.0.0.1", "10.0.0.0/8"]
            .map(|text| text.parse().unwrap())
            .into();
        let mut headers = HeaderMap::new();
        // The first was written by the visitor, the last two by our own proxies.
        headers.append(FORWARDED_FOR, "198.51.100.9, 203.0.113.7".parse().unwrap());
        headers.append(FORWARDED_FOR, "10.1.2.3".parse().unwrap());
        let from = |peer: &str| beyond_proxies(peer.parse().unwrap(), &headers, &trusted).to_string();
        assert_eq!(from("127.0.0.1"), "203.0.113.7");
        assert_eq!(from("::ffff:127.0.0.1"), "203.0.113.7");
        assert_eq!(
            from("192.0.2.4"),
            "192.0.2.4",
            "a stranger's word is not believed"
        );
        let nothing = HeaderMap::new();
        let peer = "127.0.0.1".parse().unwrap();
        assert_eq!(beyond_proxies(peer, &nothing, &trusted), peer);
        headers.append(FORWARDED_FOR, "unknown".parse().unwrap());
        assert_eq!(beyond_proxies(peer, &headers, &trusted), peer);
    }

    #[test]
    fn a_network_holds_its_addresses_and_no_others() {
        let holds = |network: &str, address: &str| {
            network
                .parse::<Network>()
                .unwrap()
                .holds(address.parse().unwrap())
        };
        assert!(holds("10.0.0.0/8", "10.255.0.1") && !holds("10.0.0.0/8", "11.0.0.1"));
        assert!(holds("192.0.2.128/25", "192.0.2.200") && !holds("192.0.2.128/25", "192.0.2.1"));
        assert!(holds("0.0.0.0/0", "203.0.113.7") && !holds("0.0.0.0/0", "2001:db8::1"));
        assert!(holds("fd00::/8", "fd12::1") && !holds("fd00::/8", "fe80::1"));
        for wrong in ["", "proxy", "10.0.0.0/33", "10.0.0.0/x"] {
            assert!(wrong.parse::<Network>().is_err(), "{wrong}");
        }
    }

    #[test]
    fn addresses_of_one_network_share_their_turns() {
        let turns = Turns::new(1, 6);
        let now: Timestamp = "2019-10-14T09:30:00Z".parse().unwrap();
        assert!(turns.take("2001:db8::1".parse().unwrap(), now).is_ok());
        assert!(turns.take("2001:db8::2".parse().unwrap(), now).is_err());
        assert!(turns.take("2001:db8:1::2".parse().unwrap(), now).is_ok());
    }
}
