//! Identifiers that come out the same each time a specification is written.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

/// Makes identifiers for one specification: UUIDs of version 8 (RFC 9562, section 5.8) from SHA-256 over the awarding body,
/// the document's title and the name of the thing, so that a later version of the document keeps them.
pub(super) struct Identifiers {
    space: String,
    given: BTreeMap<String, u32>,
}

impl Identifiers {
    pub(super) fn of(awarding_body: &str, title: &str) -> Self {
        Self {
            space: format!("{}\n{}", awarding_body.trim(), title.trim()),
            given: BTreeMap::new(),
        }
    }

    /// The identifier of a thing that other records point to: that of the first thing of this name.
    pub(super) fn pointing_to(&self, name: &str) -> String {
        uuid(&format!("{}\n{name}", self.space))
    }

    /// The identifier of a thing to be written. A second thing of the same name, as in a document that numbers two units
    /// alike, gets an identifier of its own.
    pub(super) fn give(&mut self, name: &str) -> String {
        let times = self.given.entry(name.to_owned()).or_default();
        *times += 1;
        match *times {
            1 => self.pointing_to(name),
            again => self.pointing_to(&format!("{name}\n{again}")),
        }
    }
}

pub(super) fn unit(number: &str) -> String {
    format!("unit {number}")
}

pub(super) fn outcome(unit: &str, number: &str) -> String {
    format!("unit {unit} outcome {number}")
}

pub(super) fn criterion(unit: &str, number: &str) -> String {
    format!("unit {unit} criterion {number}")
}

fn uuid(name: &str) -> String {
    let digest = Sha256::digest(name.as_bytes());
    let mut bytes = [0u8; 16];
    for (to, from) in bytes.iter_mut().zip(digest.iter()) {
        *to = *from;
    }
    let hex: String = bytes
        .iter()
        .enumerate()
        .map(|(at, byte)| match at {
            6 => format!("{:02x}", (byte & 0x0f) | 0x80),
            8 => format!("{:02x}", (byte & 0x3f) | 0x80),
            _ => format!("{byte:02x}"),
        })
        .collect();
    let part = |from: usize, to: usize| hex.get(from..to).unwrap_or_default();
    [part(0, 8), part(8, 12), part(12, 16), part(16, 20), part(20, 32)].join("-")
}

/// Whether a text is a UUID in lower case with hyphens and the usual variant, as CASE wants identifiers.
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            19 => matches!(byte, b'8' | b'9' | b'a' | b'b'),
            _ => matches!(byte, b'0'..=b'9' | b'a'..=b'f'),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_a_uuid_and_the_same_each_time() {
        let of = || Identifiers::of("Body", "Syllabus").give("unit 1");
        assert_eq!(of(), of());
        assert!(is_uuid(&of()), "{}", of());
        assert_ne!(of(), Identifiers::of("Other body", "Syllabus").give("unit 1"));
    }

    #[test]
    fn two_things_of_one_name_have_two_identifiers() {
        let mut identifiers = Identifiers::of("Body", "Syllabus");
        let first = identifiers.give("unit 1");
        assert_eq!(first, identifiers.pointing_to("unit 1"));
        assert_ne!(first, identifiers.give("unit 1"));
    }
}
