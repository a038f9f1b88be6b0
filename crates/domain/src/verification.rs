//! Internal verification of a judgement: agree or disagree per criterion, or leave it out of the sample with a reason.
//!
//! Sources: practice, sections 1 (SD-1, SD-2), 9.1 and 10; VM-01.

pub mod case;
pub mod skip;
pub mod verify;

pub use case::VerificationCase;
pub use skip::LeaveOutOfSample;
pub use verify::{CriterionFinding, VerifyJudgement};
