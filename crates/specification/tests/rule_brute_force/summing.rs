//! What a rule comes to.

use std::collections::BTreeSet;

use assay_specification::UnitNumber;
use assay_specification::rule::UnitFacts;
use proptest::prelude::*;

use super::random::{facts, rule};
use super::slow::{Slow, all_equivalents};
use super::{cases, prepared};

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_summary_agrees_with_listing_all_selections(rule in rule(), facts in facts()) {
        let Some(prepared) = prepared(&rule, &facts) else { return Ok(()) };
        let slow = Slow { rule: &rule, facts: &facts, equivalents: all_equivalents(&rule) };
        let all: Vec<&UnitFacts> = facts.iter().collect();
        let valid: Vec<Vec<&UnitFacts>> = slow.parts(&all).into_iter().filter(|part| slow.valid(part)).collect();
        let set = |part: &[&UnitFacts]| part.iter().map(|unit| unit.number.clone()).collect::<BTreeSet<_>>();
        let sets: Vec<BTreeSet<UnitNumber>> = valid.iter().map(|part| set(part)).collect();
        let minimal = sets.iter().filter(|one| !sets.iter().any(|other| other != *one && other.is_subset(one))).count();
        let summary = prepared.summary();
        prop_assert_eq!(summary.selections.as_u64(), Some(valid.len() as u64));
        prop_assert_eq!(summary.minimal_selections.unwrap().as_u64(), Some(minimal as u64));
        let credits: Vec<u32> = valid.iter().map(|part| part.iter().map(|unit| unit.credits).sum()).collect();
        let glh: Vec<u32> = valid.iter().map(|part| part.iter().map(|unit| unit.glh).sum()).collect();
        let ranges = summary.ranges;
        prop_assert_eq!(ranges.map(|ranges| ranges.credits.least), credits.iter().min().copied());
        prop_assert_eq!(ranges.map(|ranges| ranges.credits.most), credits.iter().max().copied());
        prop_assert_eq!(ranges.map(|ranges| ranges.glh.least), glh.iter().min().copied());
    }
}
