//! Pages of submission: the unit as the learner works on it, handing in, what was handed in, what changed.

pub mod changes;
pub mod hand_in;
pub mod reading;
#[cfg(test)]
mod samples;
pub mod unit;

pub use changes::ChangesPage;
pub use hand_in::HandInPage;
pub use reading::SubmissionPage;
pub use unit::UnitPage;

use crate::drawing::WordGauge;
use crate::message::{Tag, Tone};
use assay_domain::submission::SubmissionState;
use assay_domain::submission::words;

/// The gauge of a hand-in as drawn.
pub fn gauge(gauge: &words::WordGauge, tolerance: u32) -> WordGauge {
    WordGauge {
        id: "gauge".to_owned(),
        words: u64::from(gauge.words),
        least: u64::from(gauge.minimum),
        most: u64::from(gauge.maximum),
        tolerance: u64::from(tolerance),
    }
}

/// The state of a submission as a tag.
pub fn state_tag(state: SubmissionState) -> Tag {
    let (tone, icon) = match state {
        SubmissionState::Final => (Tone::Good, "check"),
        SubmissionState::Returned | SubmissionState::Referred => (Tone::Caution, "return"),
        SubmissionState::VerificationDue => (Tone::Info, "shield"),
        _ => (Tone::Info, "clock"),
    };
    Tag::new(tone, state.title()).icon(icon)
}
