//! How much a reader may spend on one file.

use std::time::Duration;

use serde::{Deserialize, Serialize};

/// The most that reading one file may cost. [`Limits::default`] suits a learner's document on a small server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Size of the file itself, in bytes.
    pub file_bytes: u64,
    /// What all parts that are read may unpack to together, in bytes.
    pub unpacked_bytes: u64,
    /// How many times its packed size a part of more than a mebibyte may unpack to.
    pub unpacked_ratio: u64,
    /// How many parts a packed document may hold.
    pub parts: usize,
    /// How deep elements (of XML), parts (of a PDF's page tree or drawings) or blocks (of Markdown) may nest.
    pub depth: usize,
    /// How many pages are read.
    pub pages: usize,
    /// How many characters of text are kept.
    pub characters: usize,
    /// How long the child may take, in milliseconds of wall clock time.
    pub time_ms: u64,
    /// How much address space the child may take, in bytes.
    pub memory_bytes: u64,
    /// How much the child may answer, in bytes.
    pub answer_bytes: u64,
}

const MEBIBYTE: u64 = 1024 * 1024;

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 200 * MEBIBYTE,
            unpacked_bytes: 128 * MEBIBYTE,
            unpacked_ratio: 200,
            parts: 10_000,
            depth: 200,
            pages: 2_000,
            characters: 5_000_000,
            time_ms: 30_000,
            memory_bytes: 1_024 * MEBIBYTE,
            answer_bytes: 128 * MEBIBYTE,
        }
    }
}

impl Limits {
    /// The time limit as a duration.
    #[must_use]
    pub fn time(&self) -> Duration {
        Duration::from_millis(self.time_ms)
    }
}
