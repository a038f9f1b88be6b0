//! The exact bytes of every kind of fact. A ledger is eternal: what was written once is read for ever and hashes to the same leaf,
//! so a line of `fact_bytes.jsonl` is never changed. A new kind of fact, or a new optional field, adds a line.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_domain::fact::Entry;
use std::collections::BTreeSet;

fn lines() -> impl Iterator<Item = &'static str> {
    include_str!("fact_bytes.jsonl").lines()
}

#[test]
fn what_was_written_once_is_read_and_written_the_same() {
    for line in lines() {
        let entry = Entry::read(line.as_bytes()).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert_eq!(String::from_utf8(entry.bytes().unwrap()).unwrap(), line);
    }
}

/// The names of the variants as they stand in the source, as in the bytes.
fn kinds() -> BTreeSet<String> {
    let source = include_str!("../src/fact.rs");
    let (_, body) = source.split_once("pub enum Fact {").expect("the enum");
    let (body, _) = body.split_once("\n}\n").expect("its end");
    body.lines()
        .filter_map(|line| line.strip_prefix("    ")?.strip_suffix(" {"))
        .filter(|name| name.starts_with(|first: char| first.is_ascii_uppercase()))
        .map(|name| {
            let mut kind = String::new();
            for (at, letter) in name.char_indices() {
                if letter.is_ascii_uppercase() && at > 0 {
                    kind.push('_');
                }
                kind.push(letter.to_ascii_lowercase());
            }
            kind
        })
        .collect()
}

#[test]
fn every_kind_of_fact_has_its_bytes_kept() {
    let kept: BTreeSet<String> = lines()
        .map(|line| Entry::read(line.as_bytes()).unwrap().fact.name())
        .collect();
    let kinds = kinds();
    assert!(kinds.len() > 40, "the source was not understood: {kinds:?}");
    let missing: Vec<_> = kinds.difference(&kept).collect();
    assert!(
        missing.is_empty(),
        "add a line to fact_bytes.jsonl for {missing:?}"
    );
}
