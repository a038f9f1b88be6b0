//! From which address a request comes, and how often an address may ask what anybody may ask.

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use jiff::Timestamp;
use std::collections::HashMap;
use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::{Mutex, PoisonError};

/// The address of the other end of the connection. Behind a proxy that is the proxy's; what a request says of itself is
/// not believed, because anybody can write it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for ClientAddress {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let address = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED), |from| from.0.ip());
        Ok(ClientAddress(address))
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
    fn addresses_of_one_network_share_their_turns() {
        let turns = Turns::new(1, 6);
        let now: Timestamp = "2019-10-14T09:30:00Z".parse().unwrap();
        assert!(turns.take("2001:db8::1".parse().unwrap(), now).is_ok());
        assert!(turns.take("2001:db8::2".parse().unwrap(), now).is_err());
        assert!(turns.take("2001:db8:1::2".parse().unwrap(), now).is_ok());
    }
}
