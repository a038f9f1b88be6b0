//! Reading in a child process. This program is its own child: started with `read-document` it serves, else it tests.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]
// Without the usual harness the lints do not know that this is a test.

use std::ffi::OsStr;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use assay_formats::child::{read_in_child, read_syllabus_in_child, serve};
use assay_formats::document::DocumentText;
use assay_formats::limits::Limits;
use assay_formats::refusal::{ReadRefusal, RefusalCode};
use assay_formats::syllabus_tables::{read_syllabus, syllabus_template_csv};

const TESTS: &[(&str, fn())] = &[
    (
        "a_document_read_in_a_child_is_the_document_read_here",
        a_document_read_in_a_child_is_the_document_read_here,
    ),
    (
        "a_refusal_comes_back_as_it_was_given",
        a_refusal_comes_back_as_it_was_given,
    ),
    (
        "a_syllabus_is_read_and_checked_in_a_child_within_the_same_limits",
        a_syllabus_is_read_and_checked_in_a_child_within_the_same_limits,
    ),
    (
        "the_name_tells_markdown_from_plain_text",
        the_name_tells_markdown_from_plain_text,
    ),
    (
        "a_child_that_takes_too_long_is_stopped",
        a_child_that_takes_too_long_is_stopped,
    ),
    (
        "a_child_that_answers_nothing_is_a_refusal",
        a_child_that_answers_nothing_is_a_refusal,
    ),
    (
        "a_child_that_needs_too_much_memory_is_a_refusal",
        a_child_that_needs_too_much_memory_is_a_refusal,
    ),
    (
        "a_program_that_is_not_there_is_a_refusal",
        a_program_that_is_not_there_is_a_refusal,
    ),
    (
        "a_file_that_is_not_there_is_a_refusal",
        a_file_that_is_not_there_is_a_refusal,
    ),
];

fn main() -> ExitCode {
    let arguments: Vec<_> = std::env::args_os().skip(1).collect();
    match arguments.first().and_then(|a| a.to_str()) {
        Some("read-document") => return serve(arguments.into_iter().skip(1)),
        Some("sleep") => {
            std::thread::sleep(Duration::from_secs(60));
            return ExitCode::SUCCESS;
        }
        Some("say-nothing") => return ExitCode::SUCCESS,
        _ => {}
    }
    let words: Vec<String> = std::env::args().skip(1).collect();
    let asks = |flag: &str| words.iter().any(|w| w == flag);
    if asks("--list") {
        // The runner asks twice; none of these is ever ignored.
        if !asks("--ignored") {
            TESTS.iter().for_each(|(name, _)| println!("{name}: test"));
        }
        return ExitCode::SUCCESS;
    }
    let wanted: Vec<&String> = words.iter().filter(|w| !w.starts_with("--")).collect();
    for (name, test) in TESTS {
        if wanted.is_empty() || wanted.iter().any(|w| name.contains(w.as_str())) {
            test();
            println!("test {name} ... ok");
        }
    }
    ExitCode::SUCCESS
}

fn read(how: &str, file: &Path, name: Option<&str>, limits: &Limits) -> Result<DocumentText, ReadRefusal> {
    let this = std::env::current_exe().unwrap();
    read_in_child(&this, &[OsStr::new(how)], file, name, limits)
}

fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), bytes).unwrap();
    file
}

fn a_document_read_in_a_child_is_the_document_read_here() {
    let bytes = b"First paragraph.\n\nSecond, with caf\xc3\xa9.\n";
    let here = assay_formats::child::read_here(bytes, None, &Limits::default()).unwrap();
    let there = read("read-document", file(bytes).path(), None, &Limits::default()).unwrap();
    assert_eq!(here, there);
}

fn a_refusal_comes_back_as_it_was_given() {
    let refusal = read(
        "read-document",
        file(b"{\\rtf1 }").path(),
        None,
        &Limits::default(),
    )
    .unwrap_err();
    assert_eq!(refusal.code, RefusalCode::NotADocument);
    assert_eq!(refusal.because, "This file is a Rich Text document (.rtf).");
}

fn a_syllabus_is_read_and_checked_in_a_child_within_the_same_limits() {
    let this = std::env::current_exe().unwrap();
    let read = |how: &str, bytes: &[u8], limits: &Limits| {
        read_syllabus_in_child(&this, &[OsStr::new(how)], file(bytes).path(), None, limits)
    };
    let template = syllabus_template_csv();
    let here = read_syllabus(&template, None, &Limits::default()).unwrap();
    assert_eq!(
        read("read-document", &template, &Limits::default())
            .unwrap()
            .checked(),
        here
    );
    let refusal = read("read-document", b"\x89PNG\r\n\x1A\n", &Limits::default()).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::NotADocument);
    let hurried = Limits {
        time_ms: 300,
        ..Limits::default()
    };
    assert_eq!(
        read("sleep", b"x", &hurried).unwrap_err().code,
        RefusalCode::TookTooLong
    );
    let little = Limits {
        memory_bytes: 96 * 1024 * 1024,
        ..Limits::default()
    };
    let large = format!(
        "{{\"CFDocument\": {{}}, \"CFItems\": [{}0]}}",
        "0,".repeat(16 * 1024 * 1024)
    );
    assert_eq!(
        read("read-document", large.as_bytes(), &little).unwrap_err().code,
        RefusalCode::ReaderStopped
    );
}

fn the_name_tells_markdown_from_plain_text() {
    let file = file(b"# Aim\n");
    let text = |name| {
        read("read-document", file.path(), name, &Limits::default())
            .unwrap()
            .text
    };
    assert_eq!(text(None), "# Aim");
    assert_eq!(text(Some("work.md")), "Aim");
}

fn a_child_that_takes_too_long_is_stopped() {
    let limits = Limits {
        time_ms: 300,
        ..Limits::default()
    };
    let begun = Instant::now();
    let refusal = read("sleep", file(b"x").path(), None, &limits).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::TookTooLong);
    assert!(begun.elapsed() < Duration::from_secs(30));
}

fn a_child_that_answers_nothing_is_a_refusal() {
    let refusal = read("say-nothing", file(b"x").path(), None, &Limits::default()).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::ReaderStopped);
}

fn a_child_that_needs_too_much_memory_is_a_refusal() {
    let limits = Limits {
        memory_bytes: 96 * 1024 * 1024,
        ..Limits::default()
    };
    let large = file(&b"word ".repeat(16 * 1024 * 1024));
    let refusal = read("read-document", large.path(), None, &limits).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::ReaderStopped, "{refusal}");
}

fn a_program_that_is_not_there_is_a_refusal() {
    let file = file(b"x");
    let refusal = read_in_child(
        Path::new("/no/such/program"),
        &[],
        file.path(),
        None,
        &Limits::default(),
    )
    .unwrap_err();
    assert_eq!(refusal.code, RefusalCode::ReaderMissing);
}

fn a_file_that_is_not_there_is_a_refusal() {
    let refusal = read(
        "read-document",
        Path::new("/no/such/file"),
        None,
        &Limits::default(),
    )
    .unwrap_err();
    assert_eq!(refusal.code, RefusalCode::ReaderMissing);
}
