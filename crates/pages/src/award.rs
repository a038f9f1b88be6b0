//! Claims, awards, certificates, and the public check.

#[allow(
    clippy::module_inception,
    reason = "the page of one award, among the pages of awards"
)]
pub mod award;
pub mod certificate;
pub mod check;
pub mod claim;
pub mod correction;
pub mod credential;
pub mod dispatch;
pub mod list;
pub mod name_change;
pub mod register;
pub mod release;
#[cfg(test)]
mod samples;
pub mod settle;
pub mod share;
pub mod theme;

use crate::message::{Tag, Tone};
use crate::way::Tabs;
use assay_app::centre::CentreShown;
use assay_domain::award::{CertificateState, CorrectionState, NameChangeState};

/// The parts of the register of certificates, `here` the address of the one shown; the last two are the quality manager's.
pub(crate) fn register_parts(here: &str, shown: &CentreShown, quality_manager: bool) -> Tabs {
    let at = |href| crate::centre_choice::at(shown, href);
    let parts = Tabs::new("Parts of the register")
        .tab(&at("/certificates"), "Certificates", &at(here))
        .tab(&at("/name-changes"), "Changes of name", &at(here))
        .tab(&at("/corrections"), "Corrections", &at(here));
    if quality_manager {
        parts
            .tab("/certificates/settle", "Sent before", here)
            .tab("/themes", "How they look", here)
    } else {
        parts
    }
}

/// A certificate's state as a tag.
pub(crate) fn certificate_tag(state: CertificateState) -> Tag {
    let tone = match state {
        CertificateState::Valid => Tone::Good,
        CertificateState::Replaced => Tone::Caution,
        CertificateState::Revoked => Tone::Bad,
    };
    Tag::new(tone, state.title())
}

/// A claim's state as a tag.
pub(crate) fn claim_tag(state: &str) -> Tag {
    let tone = match state {
        "made" => Tone::Info,
        "returned" => Tone::Caution,
        _ => Tone::Good,
    };
    Tag::new(tone, assay_app::award::list::state_words(state))
}

/// The state of a change of name as a tag.
pub(crate) fn name_change_tag(state: NameChangeState) -> Tag {
    let tone = match state {
        NameChangeState::Asked | NameChangeState::Proved => Tone::Info,
        NameChangeState::Approved => Tone::Good,
        NameChangeState::Refused => Tone::Caution,
    };
    Tag::new(tone, state.title())
}

/// The state of a correction as a tag.
pub(crate) fn correction_tag(state: CorrectionState) -> Tag {
    let tone = match state {
        CorrectionState::Flagged | CorrectionState::Assessed => Tone::Info,
        CorrectionState::Corrected => Tone::Caution,
        CorrectionState::Left => Tone::Good,
    };
    Tag::new(tone, state.title())
}
