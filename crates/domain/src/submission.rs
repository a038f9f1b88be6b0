//! Handing in a unit: what a submission is, and when a learner may make one.

pub mod case;
pub mod submit;
pub mod words;

pub use case::{LastSubmission, SubmissionCase, SubmissionState};
pub use submit::SubmitUnit;
