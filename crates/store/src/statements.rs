//! The catalogue: a module per noun, each with its statements and `ALL`.

pub mod account;
pub mod award;
pub mod centre;
pub mod comment;
pub mod correction;
pub mod credential;
pub mod erasure;
pub mod evidence;
pub mod external_assessment;
pub mod idempotency;
pub mod judgement;
pub mod ledger;
pub mod name_change;
pub mod outbox;
pub mod people;
pub mod plan;
pub mod private;
pub mod registration;
pub mod share;
pub mod signing_key;
pub mod specification;
pub mod submission;
pub mod syllabus;
pub mod theme;
pub mod trail;
pub mod verification;

use crate::Statement;

/// One line per noun, so that two of them can be added at once without a conflict.
#[rustfmt::skip]
const NOUNS: &[&[&Statement]] = &[
    ledger::ALL,
    private::ALL,
    outbox::ALL,
    idempotency::ALL,
    people::ALL,
    specification::ALL,
    registration::ALL,
    plan::ALL,
    account::ALL,
    centre::ALL,
    evidence::ALL,
    submission::ALL,
    judgement::ALL,
    comment::ALL,
    verification::ALL,
    external_assessment::ALL,
    award::ALL,
    name_change::ALL,
    correction::ALL,
    credential::ALL,
    trail::ALL,
    signing_key::ALL,
    erasure::ALL,
    syllabus::ALL,
    share::ALL,
    theme::ALL,
];

/// Every statement of the catalogue.
pub fn all() -> Vec<&'static Statement> {
    NOUNS.iter().flat_map(|noun| noun.iter().copied()).collect()
}
