//! What the commands say, word for word, in an environment that knows nothing of the machine it runs on.

use crate::house::PROGRAM;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const SYLLABUS: &str = "specifications/cmi-level-7-leadership-coaching-and-mentoring.toml";

/// An empty folder in which commands are typed.
struct Desk {
    folder: tempfile::TempDir,
}

impl Desk {
    fn new() -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let syllabus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(SYLLABUS);
        std::fs::copy(syllabus, folder.path().join("syllabus.toml")).unwrap();
        Desk { folder }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).unwrap();
    }

    /// Types a command and answers all that came of it. What differs each time is written as a word in brackets.
    fn types(&self, line: &str) -> String {
        let done = Command::new(PROGRAM)
            .args(
                line.split(' ')
                    .filter(|word| !word.is_empty())
                    .map(|word| word.replace('~', " ")),
            )
            .current_dir(self.folder.path())
            .env_clear()
            .env("TZ", "UTC")
            .env("TMPDIR", self.folder.path())
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let mut told = format!("$ assay {line}\n");
        told.push_str(&String::from_utf8(done.stdout).unwrap());
        let complained = String::from_utf8(done.stderr).unwrap();
        if !complained.is_empty() {
            told.push_str("-- standard error --\n");
            told.push_str(&complained);
        }
        told.push_str(&format!("-- ends with {} --\n", done.status.code().unwrap()));
        same_each_time(&told)
    }

    fn all(&self, lines: &[&str]) -> String {
        lines
            .iter()
            .map(|line| self.types(line))
            .collect::<Vec<_>>()
            .join("\n")
    }

    fn init(&self) -> String {
        self.types(
            "init --data house --awarding-body Chartered~Management~Institute --short CMI --given Ada \
             --family Whitlock --email ada@example.org",
        )
    }
}

/// Replaces tokens, instants and ids.
fn same_each_time(told: &str) -> String {
    let mut lines = Vec::new();
    for line in told.lines() {
        let line = match line.split_once("/link/") {
            Some((before, _)) => format!("{before}/link/[token]"),
            None => line.to_owned(),
        };
        let line = match line.split_once("; it ends on ") {
            Some((before, _)) => format!("{before}; it ends on [instant]:"),
            None => line,
        };
        let words: Vec<String> = line
            .split(' ')
            .map(|word| {
                if word.starts_with("spc_") || word.starts_with("spe_") || word.starts_with("spec_") {
                    "[id]".to_owned()
                } else if word.len() == 64 && word.chars().all(|letter| letter.is_ascii_hexdigit()) {
                    "[root]".to_owned()
                } else {
                    word.to_owned()
                }
            })
            .collect();
        lines.push(words.join(" ").trim_end().to_owned());
    }
    format!("{}\n", lines.join("\n"))
}

#[test]
fn the_program_explains_itself() {
    insta::assert_snapshot!(Desk::new().all(&[
        "--help",
        "rule --help",
        "specification --help",
        "no-such-thing"
    ]));
}

#[test]
fn a_specification_is_checked_and_shown() {
    insta::assert_snapshot!(Desk::new().all(&[
        "specification check syllabus.toml",
        "specification show syllabus.toml"
    ]));
}

#[test]
fn a_specification_that_cannot_be_read_is_complained_about_with_its_lines() {
    let desk = Desk::new();
    desk.write("not-toml.toml", "title = \"half\nlevel = 7\n");
    desk.write("empty.toml", "");
    let text = std::fs::read_to_string(desk.path("syllabus.toml")).unwrap();
    desk.write("broken.toml", &text.replacen("credits = ", "credit = ", 2));
    insta::assert_snapshot!(desk.all(&[
        "specification check not-toml.toml",
        "specification check empty.toml",
        "specification check broken.toml",
        "specification check nowhere.toml",
    ]));
}

#[test]
fn a_choice_of_units_is_judged() {
    insta::assert_snapshot!(Desk::new().all(&[
        "rule summary syllabus.toml 7A2V2",
        "rule summary syllabus.toml 7D2V2",
        "rule judge syllabus.toml 7A2V2 --units 7015V1",
        "rule judge syllabus.toml 7C2V2 --units 7015V1",
        "rule judge syllabus.toml 7D2V2 --units 7015V1,7016V1,7017V1,7018V1,7002V1,7020V1,7010V1",
        "rule judge syllabus.toml 7D2V2 --units 7015V1,9999V1",
        "rule judge syllabus.toml 9X9 --units 7015V1",
    ]));
}

#[test]
fn the_cheapest_way_through_a_rule_is_planned() {
    insta::assert_snapshot!(Desk::new().all(&[
        "rule plan syllabus.toml 7A2V2",
        "rule plan syllabus.toml 7C2V2 --have 7015V1 --prefer 7018V1 --most 2",
        "rule plan syllabus.toml 7D2V2 --have 7015V1,7016V1 --minimise glh --without 7010V1",
        "rule plan syllabus.toml 7D2V2 --without 7002V1,7020V1",
        "rule plan syllabus.toml 7A2V2 --have 7016V1",
        "rule plan syllabus.toml 7A2V2 --minimise units --json",
    ]));
}

#[test]
fn short_titles_are_found_in_a_prospectus() {
    let desk = Desk::new();
    desk.write(
        "prospectus.txt",
        "We offer the CMI Level 7 Diploma in Leadership Coaching and Mentoring.\nThe Level 7 Diploma in Leadership \
         Coaching and Mentoring starts in May.\n",
    );
    insta::assert_snapshot!(desk.all(&["specification title-check syllabus.toml prospectus.txt"]));
}

#[test]
fn an_installation_is_founded_loaded_copied_and_compared_with_its_ledger() {
    let desk = Desk::new();
    let founded = desk.init();
    let then = desk.all(&[
        "init --data house --awarding-body Another --short A --given A --family B --email a@example.org",
        "specification load --data house syllabus.toml --by ada@example.org",
        "specification load --data house syllabus.toml --by nobody@example.org",
        "link --data house ada@example.org",
        "backup --data house --to copy.db",
        "backup --data house --to copy.db",
        "backup --data house --to no-folder/copy.db",
        "move --data house --to moved.db",
        "move --data house --to moved.db",
        "move --data house --to mysql://nobody",
        "rebuild --data house --check",
        "rebuild --data house",
    ]);
    insta::assert_snapshot!(format!("{founded}\n{then}"));
    assert!(desk.path("copy.db").exists());
}

#[test]
fn what_stands_in_the_way_is_said_with_a_hint() {
    insta::assert_snapshot!(Desk::new().all(&[
        "serve --data nowhere",
        "rebuild --data nowhere --check",
        "backup --data nowhere --to copy.db",
        "move --data nowhere --to copy.db",
        "link --data nowhere ada@example.org",
        "init --data house --awarding-body A --short A --given A --family B --email a@example.org --zone Europe/Atlantis",
        "init --data house --awarding-body A --short A --given A --family B --email no-address",
        "serve --data house --profile no-such-profile",
    ]));
}
