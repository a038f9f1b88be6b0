//! Award, choice, additions and reach.

use std::collections::BTreeSet;

use assay_specification::UnitNumber;
use assay_specification::rule::Selection;
use proptest::prelude::*;

use super::random::{UNITS, facts, number, rule, selection};
use super::slow::Reading::{Certain, Possible};
use super::slow::{Slow, all_equivalents};
use super::{cases, effort, prepared};

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn award_and_choice_agree_with_trying_everything(effort in effort(), rule in rule(), facts in facts(), selection in selection()) {
        let Some(prepared) = prepared(&rule, &facts, effort) else { return Ok(()) };
        let slow = Slow { rule: &rule, facts: &facts, equivalents: all_equivalents(&rule) };
        let judgement = prepared.judge(&selection);
        prop_assert_eq!(judgement.award.met, slow.awarded(&selection.units, &selection.prior_learning, Certain));
        prop_assert_eq!(judgement.choice.met, slow.permitted(&selection.units, &selection.prior_learning, Certain));
        let award_possible = slow.awarded(&selection.units, &selection.prior_learning, Possible);
        let choice_possible = slow.permitted(&selection.units, &selection.prior_learning, Possible);
        prop_assert_eq!(judgement.award.known, judgement.award.met == award_possible);
        prop_assert_eq!(judgement.choice.known, judgement.choice.met == choice_possible);
        for verdict in [&judgement.award, &judgement.choice] {
            prop_assert_eq!(verdict.met, verdict.reasons.is_empty(), "{:?}", verdict);
            prop_assert_eq!(verdict.counted.len() + verdict.surplus.len(), selection.units.len());
        }
        let packed = prepared.pack(&selection.units);
        prop_assert_eq!(prepared.is_awarded(&packed), slow.awarded(&selection.units, &BTreeSet::new(), Certain));
    }

    #[test]
    fn what_counts_for_an_award_is_itself_an_award(effort in effort(), rule in rule(), facts in facts(), selection in selection()) {
        let Some(prepared) = prepared(&rule, &facts, effort) else { return Ok(()) };
        let verdict = prepared.judge(&selection).award;
        if verdict.met {
            let counted: Selection = Selection {
                units: verdict.counted.iter().map(|counted| counted.unit.clone()).collect(),
                prior_learning: selection.prior_learning.clone(),
            };
            prop_assert!(prepared.judge(&counted).choice.met);
        }
    }

    #[test]
    fn the_smallest_additions_are_enough_and_fewer_are_not(effort in effort(), rule in rule(), facts in facts(), selection in selection()) {
        let Some(prepared) = prepared(&rule, &facts, effort) else { return Ok(()) };
        let slow = Slow { rule: &rule, facts: &facts, equivalents: all_equivalents(&rule) };
        let verdict = prepared.judge(&selection).award;
        let others: Vec<UnitNumber> = (0..UNITS).map(number).filter(|unit| !selection.units.contains(unit)).collect();
        let fewest = (0u32..1 << others.len())
            .filter(|mask| {
                let mut units = selection.units.clone();
                units.extend(others.iter().enumerate().filter(|(place, _)| mask & (1 << place) != 0).map(|(_, unit)| unit.clone()));
                slow.awarded(&units, &selection.prior_learning, Certain)
            })
            .map(u32::count_ones)
            .min();
        match fewest {
            None | Some(0) => prop_assert!(verdict.smallest_additions.is_empty()),
            Some(fewest) => {
                prop_assert!(!verdict.smallest_additions.is_empty());
                for addition in &verdict.smallest_additions {
                    prop_assert_eq!(addition.len(), fewest as usize);
                    let mut units = selection.units.clone();
                    units.extend(addition.iter().cloned());
                    prop_assert!(slow.awarded(&units, &selection.prior_learning, Certain));
                }
            }
        }
    }

    #[test]
    fn a_rule_is_reachable_when_some_larger_choice_is_permitted(effort in effort(), rule in rule(), facts in facts(), selection in selection()) {
        let Some(prepared) = prepared(&rule, &facts, effort) else { return Ok(()) };
        let slow = Slow { rule: &rule, facts: &facts, equivalents: all_equivalents(&rule) };
        let others: Vec<UnitNumber> = (0..UNITS).map(number).filter(|unit| !selection.units.contains(unit)).collect();
        let reachable = (0u32..1 << others.len()).any(|mask| {
            let mut units = selection.units.clone();
            units.extend(others.iter().enumerate().filter(|(place, _)| mask & (1 << place) != 0).map(|(_, unit)| unit.clone()));
            slow.permitted(&units, &selection.prior_learning, Certain)
        });
        let reach = prepared.reach(&selection, None);
        prop_assert_eq!(reach.reachable, reachable);
        prop_assert_eq!(reach.reachable, reach.reasons.is_empty());
        prop_assert_eq!(reach.met, prepared.judge(&selection).choice.met);
    }

    #[test]
    fn more_units_never_lose_an_award(effort in effort(), rule in rule(), facts in facts(), selection in selection(), more in 0..UNITS) {
        let Some(prepared) = prepared(&rule, &facts, effort) else { return Ok(()) };
        let mut larger = selection.clone();
        larger.units.insert(number(more));
        let before = prepared.judge(&selection).award.met;
        prop_assert!(!before || prepared.judge(&larger).award.met);
    }
}
