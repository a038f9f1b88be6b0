//! Reading bibliographies: always refused.

use crate::Library;
use serde::de::Error;
use std::ops::Range;

const LEFT_OUT: &str = "this program makes no bibliographies";

/// Why a bibliography in the manner of LaTeX was not read.
#[derive(Debug)]
pub enum BibLaTeXError {
    Parse(Fault),
    Type(Fault),
}

/// The place and the reason.
#[derive(Debug)]
pub struct Fault {
    pub span: Range<usize>,
    pub kind: &'static str,
}

/// # Errors
/// Always.
pub fn from_yaml_str(_: &str) -> Result<Library, serde_yaml::Error> {
    Err(serde_yaml::Error::custom(LEFT_OUT))
}

/// # Errors
/// Always.
pub fn from_biblatex_str(_: &str) -> Result<Library, Vec<BibLaTeXError>> {
    Err(vec![BibLaTeXError::Parse(Fault {
        span: 0..0,
        kind: LEFT_OUT,
    })])
}
