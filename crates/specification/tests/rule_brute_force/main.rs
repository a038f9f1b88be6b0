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

use assay_specification::rule::{Effort, Prepared, Rule, RuleFault, UnitFacts};
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

/// The usual effort, or one by which a rule is cut into stretches of units wherever it can be.
pub fn effort() -> impl Strategy<Value = Effort> {
    let cut = Effort {
        states_before_cutting: 0,
        least_cut: 0,
        ..Effort::default()
    };
    prop_oneof![Just(Effort::default()), Just(cut)]
}

/// A rule that multiplies to very many ways is refused; the slow way need not try them.
pub fn prepared(rule: &Rule, facts: &[UnitFacts], effort: Effort) -> Option<Prepared> {
    match Prepared::with_effort(rule, facts.to_vec(), effort) {
        Ok(prepared) if slow::ways(rule).len() <= 40 => Some(prepared),
        Ok(_) | Err(RuleFault::TooManyAlternatives) => None,
        Err(other) => panic!("{other}"),
    }
}
