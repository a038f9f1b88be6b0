//! Random rules, judged, planned and summed up fast, and by trying everything.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

mod judging;
mod planning;
mod random;
mod slow;
mod summing;

use assay_specification::rule::{Prepared, Rule, RuleFault, UnitFacts};
use proptest::prelude::*;

/// A hundred and fifty rules in the ordinary run, thousands by hand:
/// `ASSAY_MORE_CASES=1 cargo test -p assay-specification --test rule_brute_force`.
pub fn cases() -> ProptestConfig {
    ProptestConfig {
        cases: if std::env::var_os("ASSAY_MORE_CASES").is_some() {
            20_000
        } else {
            150
        },
        failure_persistence: None,
        ..ProptestConfig::default()
    }
}

/// A rule that multiplies to very many ways is refused; the slow way need not try them.
pub fn prepared(rule: &Rule, facts: &[UnitFacts]) -> Option<Prepared> {
    match Prepared::new(rule, facts.to_vec()) {
        Ok(prepared) if slow::ways(rule).len() <= 40 => Some(prepared),
        Ok(_) | Err(RuleFault::TooManyAlternatives) => None,
        Err(other) => panic!("{other}"),
    }
}
