#![no_main]

#[allow(dead_code, reason = "each target tries one of them")]
#[path = "../entry.rs"]
mod entry;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| entry::specification(bytes));
