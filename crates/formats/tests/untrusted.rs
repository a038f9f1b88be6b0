//! Syllabuses and packages that were spoilt on the way: the functions of `fuzz/readers.rs`, with the same bytes each time.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

#[path = "../../../fuzz/readers.rs"]
mod readers;

use std::path::Path;

use assay_formats::case::{CaseVersion, export};
use assay_formats::syllabus_tables::{syllabus_template_csv, syllabus_template_xlsx};
use assay_specification::{Format, Specification};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

/// The same cases in every run.
fn same_each_time(cases: u32) -> TestRunner {
    let config = ProptestConfig {
        cases,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}

/// Bytes with some of them taken out, doubled, or replaced.
fn spoilt(whole: &[u8], faults: &[(usize, usize, u8, u8)]) -> Vec<u8> {
    let mut bytes = whole.to_vec();
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
    proptest::collection::vec((any::<usize>(), 1usize..40, any::<u8>(), any::<u8>()), 1..6)
}

fn layouts() -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/syllabus");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "txt"))
        .filter(|path| path.file_stem().is_some_and(|name| name != "printed-guidance"))
        .collect();
    files.sort();
    files.iter().map(|path| std::fs::read(path).unwrap()).collect()
}

#[test]
fn random_bytes_are_read_or_refused_in_words() {
    let bytes = proptest::collection::vec(any::<u8>(), 0..2000);
    same_each_time(150)
        .run(&bytes, |bytes| {
            readers::syllabus(&bytes);
            readers::syllabus_text(&bytes);
            readers::case(&bytes);
            Ok(())
        })
        .unwrap();
}

#[test]
fn every_layout_spoilt_is_read_or_refused_in_words() {
    for text in layouts() {
        same_each_time(12)
            .run(&faults(), |faults| {
                readers::syllabus_text(&spoilt(&text, &faults));
                Ok(())
            })
            .unwrap();
    }
}

#[test]
fn spoilt_tables_are_read_or_refused_in_words() {
    let workbook = syllabus_template_xlsx().unwrap();
    for table in [syllabus_template_csv(), workbook] {
        same_each_time(40)
            .run(&faults(), |faults| {
                readers::syllabus(&spoilt(&table, &faults));
                Ok(())
            })
            .unwrap();
    }
}

#[test]
fn a_spoilt_package_is_read_or_refused_in_words() {
    let text = include_str!("../../specification/tests/fixtures/beekeeping.toml");
    let specification = Specification::read(text, Format::Toml).unwrap();
    let package = export(&specification, CaseVersion::V1_1).unwrap();
    let whole = package.to_text().unwrap();
    same_each_time(60)
        .run(&faults(), |faults| {
            readers::case(&spoilt(whole.as_bytes(), &faults));
            Ok(())
        })
        .unwrap();
}
