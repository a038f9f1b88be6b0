//! Syllabuses as text become drafts.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

#[path = "syllabus/printed.rs"]
mod printed;

#[path = "syllabus/layouts.rs"]
mod layouts;

#[path = "syllabus/mutated.rs"]
mod mutated;
