//! The program as it is typed: what it answers when it is asked badly, or handed a file that no dossier can be. What it says of
//! real dossiers is tested where there is an award (the program's own suite).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use proptest::prelude::*;
use std::process::Command;

const KEY: &str = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k";

fn types(words: &[&str]) -> (i32, String, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_assay-verify"))
        .args(words)
        .output()
        .unwrap();
    (
        done.status.code().unwrap(),
        String::from_utf8(done.stdout).unwrap(),
        String::from_utf8(done.stderr).unwrap(),
    )
}

#[test]
fn a_question_that_makes_no_sense_ends_with_two_and_says_why() {
    for (words, why) in [
        (vec![], "which file?"),
        (vec!["a", "b"], "one file at a time"),
        (vec!["--jsn", "a"], "there is no option --jsn"),
        (vec!["a", "--key"], "--key wants a key"),
        (vec!["a", "--key", "nonsense"], "a key is written name+id+key"),
        (vec!["/nowhere/at/all", "--key", KEY], "/nowhere/at/all"),
    ] {
        let (code, _, told) = types(&words);
        assert_eq!(code, 2, "{words:?}");
        assert!(told.contains(why), "{words:?}: {told}");
    }
    assert_eq!(types(&["--help"]).0, 0);
    assert!(types(&["--version"]).1.starts_with("assay-verify "));
}

#[test]
fn a_file_of_a_gigabyte_is_refused_without_being_read_to_its_end() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.json");
    std::fs::File::create(&path).unwrap().set_len(1 << 30).unwrap();
    let (code, told, _) = types(&[path.to_str().unwrap(), "--key", KEY]);
    assert_eq!(code, 1);
    assert!(
        told.contains("more than 33554432 bytes") && told.contains("NOT confirmed"),
        "{told}"
    );
}

#[test]
fn keys_may_come_from_a_file_and_the_answer_may_be_json() {
    let folder = tempfile::tempdir().unwrap();
    let keys = folder.path().join("keys.txt");
    std::fs::write(&keys, format!("# the ledger's\n{KEY}\n\n")).unwrap();
    let file = folder.path().join("no-dossier.json");
    std::fs::write(&file, "{\"format\": \"assay-dossier/9\"}").unwrap();
    let (code, told, _) = types(&[file.to_str().unwrap(), "--key", keys.to_str().unwrap(), "--json"]);
    assert_eq!(code, 1);
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    assert_eq!(told["holds"], false);
    assert_eq!(told["claimed"], serde_json::Value::Null);
    assert_eq!(told["steps"][0]["step"], "file");
    assert!(
        told["steps"][0]["because"]
            .as_str()
            .unwrap()
            .contains("assay-dossier/9")
    );
}

proptest! {
    #[test]
    fn no_bytes_are_confirmed_and_none_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(!assay_verify::check(&bytes, &[]).holds);
    }

    #[test]
    fn no_text_in_the_place_of_a_note_makes_it_panic(text in ".{0,80}") {
        let dossier = serde_json::json!({
            "format": "assay-dossier/1", "award": text, "checkpoint": text, "statement": text,
            "specifications": [{"id": text, "format": text, "text": text}],
            "facts": [{"index": 0, "entry": text, "proof": []}],
        });
        prop_assert!(!assay_verify::check(dossier.to_string().as_bytes(), &[]).holds);
    }
}
