//! Bytes that nobody thought of: the functions of `fuzz/entry.rs`, a few hundred times with the same bytes each time.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

#[path = "../../../fuzz/entry.rs"]
mod entry;

use assay_specification::{Format, Specification};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

const BEEKEEPING: &str = include_str!("fixtures/beekeeping.toml");

fn shipped() -> String {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../specifications/cmi-level-7-leadership-coaching-and-mentoring.toml"
    );
    std::fs::read_to_string(path).unwrap()
}

/// The same cases in every run.
fn same_each_time(cases: u32) -> TestRunner {
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// A text with some of its bytes taken out, doubled, or replaced.
fn spoilt(text: &str, faults: &[(usize, usize, u8, u8)]) -> Vec<u8> {
    let mut bytes = text.as_bytes().to_vec();
    for (at, length, kind, byte) in faults {
        let from = at % bytes.len().max(1);
        let until = (from + length).min(bytes.len());
        let piece = bytes.get(from..until).unwrap_or_default().to_vec();
        match kind % 4 {
            0 => drop(bytes.drain(from..until)),
            1 => drop(bytes.splice(from..from, piece)),
            2 => drop(bytes.splice(from..until, [*byte])),
            _ => drop(bytes.splice(from..from, [*byte])),
        }
    }
    bytes
}

fn faults() -> impl Strategy<Value = Vec<(usize, usize, u8, u8)>> {
    let printable = 32u8..127;
    proptest::collection::vec((any::<usize>(), 1usize..40, any::<u8>(), printable), 1..6)
}

#[test]
fn random_bytes_never_break_the_readers() {
    let bytes = proptest::collection::vec(any::<u8>(), 0..2000);
    same_each_time(200)
        .run(&bytes, |bytes| {
            entry::specification(&bytes);
            entry::rule(&bytes);
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_spoilt_specification_is_read_or_complained_about() {
    same_each_time(300)
        .run(&faults(), |faults| {
            entry::specification(&spoilt(BEEKEEPING, &faults));
            Ok(())
        })
        .unwrap();
}

#[test]
fn the_shipped_specification_cut_or_spoilt_is_read_or_complained_about() {
    let text = shipped();
    same_each_time(12)
        .run(&faults(), |faults| {
            entry::specification(&spoilt(&text, &faults));
            Ok(())
        })
        .unwrap();
    let half: String = text.chars().take(text.chars().count() / 2).collect();
    entry::specification(half.as_bytes());
}

#[test]
fn a_spoilt_rule_is_worked_out_or_refused() {
    let specification = Specification::read(BEEKEEPING, Format::Toml).unwrap();
    let rule = serde_json::to_string(&specification.qualifications.last().unwrap().rule).unwrap();
    same_each_time(300)
        .run(&faults(), |faults| {
            entry::rule(&spoilt(&rule, &faults));
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_rule_with_a_million_nested_groups_is_refused_at_its_place() {
    const MANY: usize = 1_000_000;
    let json = format!(
        "{{\"qualifications\": [{{\"rule\": {}",
        "{\"all_of\": [".repeat(MANY)
    );
    let tables = format!("[qualifications.rule{}]\n", ".all_of".repeat(MANY));
    let inline = format!("rule = {}", "{ all_of = [".repeat(MANY));
    for (text, format) in [
        (json, Format::Json),
        (tables, Format::Toml),
        (inline, Format::Toml),
    ] {
        let complaints = Specification::read(&text, format).unwrap_err();
        let first = complaints.first().unwrap();
        assert_eq!(first.place.line, 1, "{first}");
        assert!(
            complaints.len() < 300 && first.to_string().len() < 2000,
            "{first}"
        );
    }
}

#[test]
fn a_rule_that_refers_to_itself_is_refused_at_its_place() {
    // There are no references between rules; whoever writes the name of one is told where.
    let named = BEEKEEPING.replacen(
        "[[qualifications.rule.groups]]",
        "[qualifications.rule]\nall_of = [\"itself\"]\n\n[[qualifications.rule.groups]]",
        1,
    );
    let complaints = Specification::read(&named, Format::Toml).unwrap_err();
    let line = named.lines().position(|line| line.starts_with("all_of")).unwrap();
    let first = complaints.first().unwrap();
    assert_eq!(first.place.line as usize, line + 1, "{first}");
    assert!(first.to_string().contains("expected"), "{first}");
}
