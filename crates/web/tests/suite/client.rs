//! From which address a request comes, and how often one may ask.

use assay_web::client::{FORWARDED_FOR, Network, Turns, beyond_proxies};
use axum::http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use std::net::IpAddr;

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
