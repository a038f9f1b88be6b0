//! The rules of the house that no compiler keeps: which room may know which, where time and chance come in, how files
//! are called. Each complaint names the file, so that it can be put right without reading this test.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

/// What each crate of the workspace is built with (without what only its tests use), by name.
fn manifests() -> BTreeMap<String, BTreeSet<String>> {
    let told = Command::new(env!("CARGO"))
        .args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
            "--manifest-path",
        ])
        .arg(root().join("Cargo.toml"))
        .output()
        .unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let told: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    let packages = told["packages"].as_array().unwrap();
    packages
        .iter()
        .map(|package| {
            let needs = package["dependencies"].as_array().unwrap().iter();
            let needs = needs.filter(|need| need["kind"].is_null());
            (
                package["name"].as_str().unwrap().to_owned(),
                needs
                    .map(|need| need["name"].as_str().unwrap().to_owned())
                    .collect(),
            )
        })
        .collect()
}

/// The arrows between our own crates, without the prefix that they share.
fn arrows() -> BTreeMap<String, BTreeSet<String>> {
    let ours = |name: &str| name.strip_prefix("assay-").map(str::to_owned);
    manifests()
        .iter()
        .filter_map(|(name, needs)| Some((ours(name)?, needs.iter().filter_map(|need| ours(need)).collect())))
        .filter(|(name, _)| name != "testkit")
        .collect()
}

#[test]
fn the_arrows_between_crates_are_those_of_the_picture() {
    let page = std::fs::read_to_string(root().join("docs/architecture.md")).unwrap();
    let picture = page
        .split("<!-- arrows:")
        .nth(1)
        .expect("docs/architecture.md marks its list of arrows");
    let picture = picture
        .split("```")
        .nth(1)
        .expect("the list stands in a block of code");
    let drawn: BTreeMap<String, BTreeSet<String>> = picture
        .lines()
        .filter_map(|line| line.split_once("->"))
        .map(|(from, to)| {
            let to = to.split(',').map(str::trim).filter(|to| !to.is_empty());
            (from.trim().to_owned(), to.map(str::to_owned).collect())
        })
        .collect();
    assert_eq!(
        arrows(),
        drawn,
        "left: Cargo.toml of the crates; right: docs/architecture.md"
    );
}

#[test]
fn heavy_or_worldly_crates_stay_in_their_rooms() {
    let rooms: &[(&[&str], &[&str])] = &[
        (
            &["tokio", "axum", "tower", "tower-http", "tracing-subscriber"],
            &["assay-web", "assay-cli"],
        ),
        (&["rand", "getrandom"], &["assay-web"]),
        (&["rusqlite", "postgres"], &["assay-store"]),
        (&["askama"], &["assay-pages"]),
        (
            &["typst", "typst-pdf", "typst-assets", "typst-layout"],
            &["assay-print"],
        ),
        (&["clap"], &["assay-cli"]),
        (&["pdf-extract", "zip"], &["assay-formats"]),
        // A credential may come inside a drawing, which is XML.
        (&["quick-xml"], &["assay-formats", "assay-certify"]),
    ];
    let manifests = manifests();
    let mut strays = Vec::new();
    for (crates, allowed) in rooms {
        for (name, needs) in &manifests {
            for need in needs {
                if crates.contains(&need.as_str()) && !allowed.contains(&name.as_str()) {
                    strays.push(format!(
                        "{name} depends on {need}, which belongs to {}",
                        allowed.join(" and ")
                    ));
                }
            }
        }
    }
    assert!(strays.is_empty(), "{}", strays.join("\n"));
}

/// Every source file below `crates/<name>/src`, with its path from the root and its text.
fn sources(crates: Option<&[&str]>) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root().join("crates"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            crates.is_none_or(|wanted| wanted.contains(&name))
        })
        .map(|path| path.join("src"))
        .collect();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let shown = path.strip_prefix(root()).unwrap().display().to_string();
                found.push((shown, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    assert!(!found.is_empty());
    found
}

/// The part of a file that is built into the program: what stands before its tests, without comments.
fn built(text: &str) -> String {
    let before_tests = text.split("#[cfg(test)]").next().unwrap_or_default();
    before_tests
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n")
}

/// Every place where one of the words stands in what is built.
fn places_of(words: &[&str], sources: &[(String, String)], allowed: &[&str]) -> Vec<String> {
    let mut places = Vec::new();
    for (path, text) in sources {
        if allowed.contains(&path.as_str()) {
            continue;
        }
        let built = built(text);
        for word in words {
            if built.contains(word) {
                places.push(format!("{path} says {word}"));
            }
        }
    }
    places
}

#[test]
fn time_and_chance_enter_in_web_and_cli_only() {
    let found = places_of(
        &[
            "Timestamp::now",
            "SystemTime::now",
            "Zoned::now",
            "rand::",
            "getrandom::",
            "RandomState",
        ],
        &sources(None),
        &[
            "crates/web/src/clock.rs",
            "crates/web/src/fresh.rs",
            "crates/cli/src/commands.rs",
        ],
    );
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn a_stopwatch_is_only_used_for_limits_and_for_the_log() {
    let found = places_of(
        &["Instant::now"],
        &sources(None),
        &[
            "crates/formats/src/child.rs",
            "crates/formats/src/difference.rs",
            "crates/web/src/clock.rs",
            "crates/web/src/layers.rs",
        ],
    );
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_pure_crates_neither_read_nor_write_nor_wait() {
    let found = places_of(
        &[
            "std::fs",
            "std::net",
            "std::env",
            "std::process",
            "std::thread",
            "std::time",
            "println!",
            "async fn",
        ],
        &sources(Some(&["specification", "ledger", "certify", "domain"])),
        &[],
    );
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn only_the_programs_speak_to_standard_output() {
    let sources: Vec<_> = sources(None)
        .into_iter()
        .filter(|(path, _)| {
            !path.starts_with("crates/cli/") && !path.starts_with("crates/verify/src/main.rs")
        })
        .collect();
    // The databases for tests say there which of them could not be had.
    let said_in_tests = ["crates/store/src/scratch.rs"];
    let found = places_of(&["println!(", "eprintln!(", "print!("], &sources, &said_in_tests);
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_file_says_what_it_is() {
    let silent: Vec<String> = sources(None)
        .into_iter()
        .filter(|(_, text)| !text.starts_with("//!"))
        .map(|(path, _)| path)
        .collect();
    assert!(
        silent.is_empty(),
        "without a first line of documentation: {}",
        silent.join(", ")
    );
}

#[test]
fn files_are_called_after_the_trade_and_not_after_nothing() {
    let empty = [
        "util", "utils", "helper", "helpers", "common", "misc", "manager", "service", "types",
    ];
    let found: Vec<String> = sources(None)
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| {
            path.trim_end_matches(".rs")
                .split('/')
                .any(|part| empty.contains(&part))
        })
        .collect();
    assert!(found.is_empty(), "{}", found.join(", "));
}

#[test]
fn the_text_of_a_statement_stands_in_the_store_only() {
    // A statement is told from prose by its shape.
    let shapes = ["SELECT * FROM", "INSERT INTO", "DELETE FROM", "CREATE TABLE"];
    let sources: Vec<_> = sources(None)
        .into_iter()
        .filter(|(path, _)| !path.starts_with("crates/store/"))
        .collect();
    let found = places_of(&shapes, &sources, &[]);
    assert!(found.is_empty(), "{}", found.join("\n"));
}
