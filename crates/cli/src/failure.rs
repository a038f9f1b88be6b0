//! What stops a command: one sentence, and a hint where there is one.

use std::fmt;

/// Why a command ended without its work done. Shown on standard error; the program then ends with 1.
#[derive(Debug)]
pub struct Stopped {
    sentence: String,
    hint: Option<String>,
}

impl Stopped {
    pub fn new(sentence: impl Into<String>) -> Self {
        Stopped {
            sentence: sentence.into(),
            hint: None,
        }
    }
    /// What to do about it.
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }
}

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.sentence)?;
        match &self.hint {
            Some(hint) => write!(f, "\nhint: {hint}"),
            None => Ok(()),
        }
    }
}

impl From<assay_app::Failure> for Stopped {
    fn from(failure: assay_app::Failure) -> Self {
        Stopped::new(failure.to_string())
    }
}
impl From<assay_store::StoreFault> for Stopped {
    fn from(fault: assay_store::StoreFault) -> Self {
        Stopped::new(fault.to_string())
    }
}
impl From<std::io::Error> for Stopped {
    fn from(error: std::io::Error) -> Self {
        Stopped::new(error.to_string())
    }
}
