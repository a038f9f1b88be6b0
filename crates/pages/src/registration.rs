//! Learners: the list, registering by hand and from a file, one learner's page, those at risk, the learning plan, the
//! choice of units, messages.

pub mod at_risk;
pub mod best_way;
pub mod import;
pub mod list;
pub mod messages;
pub mod overview;
pub mod plan;
pub mod register;
pub mod units;

use crate::message::{Tag, Tone};
use assay_app::progress::UnitState;
use assay_domain::registration::RegistrationState;

/// The state of a registration as a tag.
pub(crate) fn state_tag(state: RegistrationState) -> Tag {
    let (tone, icon) = match state {
        RegistrationState::Active => (Tone::Info, "circle"),
        RegistrationState::Awarded => (Tone::Good, "award"),
        RegistrationState::Withdrawn => (Tone::Neutral, "dash"),
    };
    Tag::new(tone, state.title()).icon(icon)
}

/// The state of a unit as a tag.
pub(crate) fn unit_tag(state: UnitState) -> Tag {
    let (tone, icon) = match state {
        UnitState::NotStarted => (Tone::Neutral, "dash"),
        UnitState::WithAssessor => (Tone::Info, "eye"),
        UnitState::Returned => (Tone::Caution, "return"),
        UnitState::Referred => (Tone::Caution, "return"),
        UnitState::Provisional => (Tone::Info, "clock"),
        UnitState::Achieved => (Tone::Good, "check"),
        UnitState::Carried => (Tone::Good, "award"),
    };
    Tag::new(tone, state.title()).icon(icon)
}

/// Text for the query of an address.
pub(crate) fn in_query(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod samples;
