//! What a rule comes to.

use std::collections::BTreeSet;

use assay_specification::UnitNumber;
use assay_specification::rule::{Effort, Range, UnitFacts};
use proptest::prelude::*;

use super::random::{facts, rule};
use super::slow::{Slow, all_equivalents};
use super::{cases, effort, prepared};

/// A figure of a unit, where it is known.
type Figure = fn(&UnitFacts) -> Option<u32>;

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_summary_agrees_with_listing_all_selections(effort in effort(), rule in rule(), facts in facts()) {
        let Some(prepared) = prepared(&rule, &facts, effort) else { return Ok(()) };
        let slow = Slow { rule: &rule, facts: &facts, equivalents: all_equivalents(&rule) };
        let all: Vec<&UnitFacts> = facts.iter().collect();
        let valid: Vec<Vec<&UnitFacts>> = slow.parts(&all).into_iter().filter(|part| slow.valid(part)).collect();
        let set = |part: &[&UnitFacts]| part.iter().map(|unit| unit.number.clone()).collect::<BTreeSet<_>>();
        let sets: Vec<BTreeSet<UnitNumber>> = valid.iter().map(|part| set(part)).collect();
        let minimal = sets.iter().filter(|one| !sets.iter().any(|other| other != *one && other.is_subset(one))).count();
        let summary = prepared.summary();
        prop_assert_eq!(summary.selections.as_u64(), Some(valid.len() as u64));
        // A rule that is cut tells only where no condition can be met by leaving units out.
        if effort == Effort::default() || summary.minimal_selections.is_some() {
            prop_assert_eq!(summary.minimal_selections.unwrap().as_u64(), Some(minimal as u64));
        }
        let possible: Vec<Vec<&UnitFacts>> = slow.parts(&all).into_iter().filter(|part| slow.possible(part)).collect();
        match summary.possible_selections {
            None => prop_assert_eq!(possible.len(), valid.len()),
            Some(count) => prop_assert_eq!(count.as_u64(), Some(possible.len() as u64)),
        }
        prop_assert_eq!(summary.ranges.is_some(), !possible.is_empty());
        if let Some(ranges) = summary.ranges {
            let figures: [(Range, Figure); 4] = [
                (ranges.units, |_| Some(1)),
                (ranges.credits, |unit| unit.credits),
                (ranges.glh, |unit| unit.glh),
                (ranges.tut, |unit| unit.tut),
            ];
            for (range, figure) in figures {
                // Known is what some valid selection has and no selection that may be valid can go beyond.
                let sum = |part: &[&UnitFacts], unknown: u32| part.iter().map(|unit| figure(unit).unwrap_or(unknown)).sum::<u32>();
                let known: Vec<u32> = valid
                    .iter()
                    .filter(|part| part.iter().all(|unit| figure(unit).is_some()))
                    .map(|part| sum(part, 0))
                    .collect();
                let least = known.iter().min().copied().filter(|least| possible.iter().all(|part| sum(part, 0) >= *least));
                let most = known.iter().max().copied().filter(|most| possible.iter().all(|part| sum(part, 1_000_000) <= *most));
                prop_assert_eq!((range.least, range.most), (least, most));
            }
        }
    }
}
