//! In which ways a finding may be settled.

use assay_specification::Severity;
use serde::Serialize;

use super::super::finding::Finding;

/// A way of settling a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// What was read is right.
    Accept,
    /// It does not matter, for a reason.
    Ignore,
    /// It was read wrongly or not found: the value is given.
    Correct,
    /// The document prints it wrongly: an erratum keeps the printed value, the line and the reason.
    Misprint,
}

/// The ways that are open for a finding, the most usual first. An error of the specification's own check is answered by a
/// correction or an erratum and by nothing else, because the specification would not be accepted otherwise; a check
/// character that is wrong in the source may be kept with a reason.
pub fn answers(finding: &Finding) -> Vec<Answer> {
    use Answer::{Accept, Correct, Ignore, Misprint};
    let of_specification = finding.code.starts_with("SPEC_");
    match (finding.severity, finding.code.as_ref()) {
        (Severity::Error, "SPEC_CHECK_CHARACTER") => vec![Correct, Misprint, Ignore],
        (Severity::Error, _) if of_specification => vec![Correct, Misprint],
        (Severity::Error, "IMPORT_NOT_FOUND" | "IMPORT_NUMBER_FORM" | "IMPORT_OUTCOME_LOST") => vec![Correct],
        (Severity::Error, _) => vec![Correct, Ignore],
        (_, _) if of_specification => vec![Accept, Correct, Misprint, Ignore],
        (_, _) => vec![Accept, Correct, Ignore],
    }
}
