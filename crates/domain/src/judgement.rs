//! Judging a submission: taking it, deciding each criterion, judging the qualities, signing; and returning it before
//! marking, which is something else than a referral.
//!
//! Sources: practice, section 9; JU-02 to JU-06, JU-09, JU-10; QS-25, QS-30; SD-3, SD-4.

pub mod case;
pub mod countersign;
pub mod criterion;
pub mod grade;
pub mod quality;
pub mod return_unmarked;
pub mod sign;
pub mod take;

pub use case::{CriterionFacts, MarkingCase, SavedDecision, SavedQuality};
pub use countersign::CountersignJudgement;
pub use criterion::DecideCriterion;
pub use grade::RecordOwnGrade;
pub use quality::{JudgeQuality, QUALITIES};
pub use return_unmarked::ReturnUnmarked;
pub use sign::SignJudgement;
pub use take::TakeSubmission;
