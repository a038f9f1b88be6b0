//! The reader's plain "no".

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a file was not read. The code is for programs, tests and the manual; the sentences are for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum RefusalCode {
    /// The file is of a kind whose text is not read here (a picture, an old word processor's file, a program).
    NotADocument,
    /// A password is needed to open the file.
    Encrypted,
    /// The file carries macros.
    Macros,
    /// The file is cut short or damaged.
    Damaged,
    /// The file is larger than the limit.
    TooLarge,
    /// Unpacked, the file would be out of all proportion to its size.
    UnpacksTooLarge,
    /// The file holds more parts, pages or nested levels than the limit.
    TooManyParts,
    /// Reading took longer than the limit.
    TookTooLong,
    /// Reading needed more memory than the limit, or the reader stopped for a reason that it could not tell.
    ReaderStopped,
    /// The reader program could not be started, or the file could not be opened. A fault of the installation.
    ReaderMissing,
}

/// A file was not read: what is so, and what would help.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadRefusal {
    /// Which refusal this is.
    pub code: RefusalCode,
    /// What is so, in a sentence.
    pub because: String,
    /// What the person can do about it, in a sentence.
    pub remedy: String,
}

impl ReadRefusal {
    /// A refusal from its code and two sentences.
    #[must_use]
    pub fn new(code: RefusalCode, because: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self {
            code,
            because: because.into(),
            remedy: remedy.into(),
        }
    }

    /// The file needs a password.
    #[must_use]
    pub fn encrypted(what: &str) -> Self {
        Self::new(
            RefusalCode::Encrypted,
            format!("This {what} is locked with a password, so it cannot be read or marked."),
            "Open it with its password, save a copy without one, and hand in the copy.",
        )
    }

    /// The file carries macros.
    #[must_use]
    pub fn macros(what: &str) -> Self {
        Self::new(
            RefusalCode::Macros,
            format!("This {what} carries macros (small programs), which are not accepted."),
            "Save it as a document without macros (.docx or .odt) or as a PDF, and hand that in.",
        )
    }

    /// The file is cut short or damaged; `detail` finishes the sentence "It cannot be read: …".
    #[must_use]
    pub fn damaged(what: &str, detail: &str) -> Self {
        Self::new(
            RefusalCode::Damaged,
            format!("This {what} is damaged or incomplete: {detail}."),
            "Open it where it was written, save it again, check that it opens, and hand in the new file.",
        )
    }

    /// Unpacked, the file is out of all proportion.
    #[must_use]
    pub fn unpacks_too_large(what: &str) -> Self {
        Self::new(
            RefusalCode::UnpacksTooLarge,
            format!("This {what} unpacks to far more than its size, which ordinary documents do not."),
            "Save the document again, with smaller pictures if it holds many, or hand in a PDF.",
        )
    }

    /// The file holds more than the reader takes; `detail` names the thing and the limit, as in "more than 5,000 pages".
    #[must_use]
    pub fn too_many(what: &str, detail: &str) -> Self {
        Self::new(
            RefusalCode::TooManyParts,
            format!("This {what} holds {detail}, which is more than can be read."),
            "Split it into smaller documents and hand in each.",
        )
    }
}

impl fmt::Display for ReadRefusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.because, self.remedy)
    }
}

impl std::error::Error for ReadRefusal {}
