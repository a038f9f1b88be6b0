#![no_main]

#[allow(dead_code, reason = "each target tries one of them")]
#[path = "../readers.rs"]
mod readers;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| readers::case(bytes));
