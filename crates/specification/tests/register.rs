//! Check characters of numbers as they stand on public registers.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use assay_specification::QualificationNumber;

/// Sample files of the public register, where they are at hand beside the project.
fn samples() -> Option<PathBuf> {
    let house = concat!(env!("CARGO_MANIFEST_DIR"), "/../../..");
    let folders = ["shared", "../shared"]
        .map(|shared| PathBuf::from(format!("{house}/{shared}/vectors/ofqual-register")));
    let found = folders.into_iter().find(|folder| folder.is_dir());
    if found.is_none() {
        println!(
            "ABSENT: shared/vectors/ofqual-register is not beside the project, so register numbers are not tried"
        );
    }
    found
}

#[test]
fn the_check_character_rule_holds_for_register_numbers() {
    let Some(folder) = samples() else { return };
    let mut numbers = BTreeSet::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let text = String::from_utf8_lossy(&std::fs::read(entry.unwrap().path()).unwrap()).into_owned();
        let tokens = text.split(|character: char| !(character.is_ascii_alphanumeric() || character == '/'));
        numbers.extend(
            tokens
                .filter(|token| token.len() == 10 && token.matches('/').count() == 2)
                .filter_map(|token| QualificationNumber::as_written(token).ok()),
        );
    }
    let wrong: Vec<String> = numbers
        .iter()
        .filter(|number| number.checked().is_err())
        .map(ToString::to_string)
        .collect();
    println!(
        "{} register numbers tried, {} with another check character: {wrong:?}",
        numbers.len(),
        wrong.len()
    );
    assert!(numbers.len() >= 80);
    // Both stand in lists of the department that are typed by hand. Such numbers are why a specification may list
    // kept_identifiers.
    assert_eq!(wrong, ["601/3598/1", "610/3696/3"]);
}
