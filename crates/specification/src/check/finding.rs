//! What a check finds.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::codes::Code;

/// One thing found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable code, such as `SPEC_CREDIT_TUT`.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Where, in the words that an erratum uses: `qualification 7D2V2, table, unit 7020V1, glh`.
    pub place: String,
    /// Line of the source document, where an erratum names it.
    pub line: Option<u32>,
    /// What is wrong, as a sentence without full stop.
    pub message: String,
    /// What would put it right.
    pub suggestion: Option<String>,
    /// What is printed there, where it is one value.
    #[serde(skip)]
    pub(super) printed: Option<String>,
}

/// How bad a finding is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The specification may not be published so.
    Error,
    /// Probably a mistake.
    Warning,
    /// Worth knowing; nothing to do.
    Note,
}

impl Severity {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{} {}: {}: {}",
            self.severity.word(),
            self.code,
            self.place,
            self.message
        )?;
        if let Some(line) = self.line {
            write!(f, " (line {line} of the document)")?;
        }
        if let Some(suggestion) = &self.suggestion {
            write!(f, ". {suggestion}")?;
        }
        Ok(())
    }
}

/// Findings being gathered.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) list: Vec<Finding>,
}

impl Findings {
    pub(super) fn add(&mut self, code: &Code, place: impl Into<String>, message: impl Into<String>) {
        self.list.push(Finding {
            code: code.name,
            severity: code.severity,
            place: place.into(),
            line: None,
            message: message.into(),
            suggestion: None,
            printed: None,
        });
    }

    /// Adds what would put the last finding right.
    pub(super) fn suggest(&mut self, suggestion: impl Into<String>) -> &mut Self {
        if let Some(last) = self.list.last_mut() {
            last.suggestion = Some(suggestion.into());
        }
        self
    }

    /// Adds what is printed at the last finding, for comparison with errata.
    pub(super) fn printed(&mut self, printed: impl ToString) -> &mut Self {
        if let Some(last) = self.list.last_mut() {
            last.printed = Some(printed.to_string());
        }
        self
    }
}
