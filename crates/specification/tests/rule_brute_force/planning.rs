//! The cheapest ways to an award.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use assay_specification::UnitNumber;
use assay_specification::rule::{MOST_LISTED, Minimise, PlanWishes, UnitFacts};
use proptest::prelude::*;

use super::random::{facts, rule, selection, some_units};
use super::slow::{Reading, Slow, all_equivalents};
use super::{cases, effort, prepared};

fn minimise() -> impl Strategy<Value = Minimise> {
    prop_oneof![
        Just(Minimise::Credits),
        Just(Minimise::Glh),
        Just(Minimise::Tut),
        Just(Minimise::Units)
    ]
}

/// Every set of units to take that makes an award with those there are, each of them counting.
fn every_way<'f>(slow: &Slow<'f>, wishes: &PlanWishes, reading: Reading) -> Vec<Vec<&'f UnitFacts>> {
    let had: Vec<&UnitFacts> = slow
        .facts
        .iter()
        .filter(|unit| wishes.have.units.contains(&unit.number))
        .collect();
    let others: Vec<&UnitFacts> = slow
        .facts
        .iter()
        .filter(|unit| !wishes.have.units.contains(&unit.number) && !wishes.without.contains(&unit.number))
        .collect();
    let ways = slow.parts(&others).into_iter().filter(|take| {
        slow.parts(&had).iter().any(|kept| {
            let all: Vec<&UnitFacts> = slow
                .facts
                .iter()
                .filter(|unit| kept.contains(unit) || take.contains(unit))
                .collect();
            slow.prior_allowed(&all, &wishes.have.prior_learning, reading) && slow.valid_read(&all, reading)
        })
    });
    ways.collect()
}

/// What units cost, where it is known.
fn cost(minimise: Minimise, units: &[&UnitFacts]) -> Option<u64> {
    let of = |unit: &&UnitFacts| match minimise {
        Minimise::Credits => unit.credits.map(u64::from),
        Minimise::Glh => unit.glh.map(u64::from),
        Minimise::Tut => unit.tut.map(u64::from),
        Minimise::Units => Some(1),
    };
    units.iter().map(of).sum()
}

/// The least that units can cost.
fn at_best(minimise: Minimise, units: &[&UnitFacts]) -> u64 {
    units.iter().filter_map(|unit| cost(minimise, &[unit])).sum()
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_plan_is_the_cheapest_of_all_ways_and_lists_every_way_of_that_cost(
        effort in effort(), rule in rule(),
        facts in facts(),
        have in selection(),
        without in prop_oneof![Just(Vec::new()), some_units(1..3)],
        prefer in some_units(0..3),
        minimise in minimise(),
        few in 0usize..4,
    ) {
        let Some(prepared) = prepared(&rule, &facts, effort) else { return Ok(()) };
        let slow = Slow { rule: &rule, facts: &facts, equivalents: all_equivalents(&rule) };
        let wishes = PlanWishes {
            have,
            without: without.into_iter().collect(),
            prefer: prefer.into_iter().collect(),
            minimise,
            most: MOST_LISTED,
        };
        let ways = every_way(&slow, &wishes, Reading::Certain);
        let possible = every_way(&slow, &wishes, Reading::Possible);
        let least = ways.iter().filter_map(|way| cost(minimise, way)).min();
        let bound = possible.iter().map(|way| at_best(minimise, way)).min();
        let order: Vec<UnitNumber> = prepared.listed_units().map(|unit| unit.number.clone()).collect();
        let mut wanted: Vec<(Reverse<usize>, usize, Vec<usize>)> = ways
            .iter()
            .filter(|way| cost(minimise, way).is_some() && cost(minimise, way) == least)
            .map(|way| {
                let preferred = way.iter().filter(|unit| wishes.prefer.contains(&unit.number)).count();
                let mut places: Vec<usize> =
                    way.iter().map(|unit| order.iter().position(|number| *number == unit.number).unwrap()).collect();
                places.sort();
                (Reverse(preferred), places.len(), places)
            })
            .collect();
        wanted.sort();
        let wanted: Vec<Vec<UnitNumber>> =
            wanted.iter().map(|(_, _, places)| places.iter().map(|place| order[*place].clone()).collect()).collect();
        let plan = prepared.plan(&wishes).unwrap();
        prop_assert_eq!(plan.reachable, !ways.is_empty());
        prop_assert_eq!(plan.known, least == bound || least.zip(bound).is_some_and(|(least, bound)| least < bound));
        prop_assert_eq!(plan.reachable && plan.known, plan.reasons.is_empty());
        prop_assert_eq!(plan.least, least);
        prop_assert_eq!(plan.alternatives.as_u64(), Some(wanted.len() as u64));
        let found: Vec<Vec<UnitNumber>> = plan.ways.iter().map(|way| way.take.clone()).collect();
        prop_assert_eq!(&found, &wanted);
        for way in &plan.ways {
            let counted: BTreeSet<UnitNumber> = way.counted.iter().map(|counted| counted.unit.clone()).collect();
            prop_assert!(way.take.iter().all(|unit| counted.contains(unit)));
            prop_assert_eq!(counted.len() + way.surplus.len(), way.take.len() + wishes.have.units.len());
            let chosen: Vec<&UnitFacts> = facts.iter().filter(|unit| counted.contains(&unit.number)).collect();
            prop_assert!(slow.valid(&chosen));
            prop_assert!(slow.prior_allowed(&chosen, &wishes.have.prior_learning, Reading::Certain));
        }
        let short = prepared.plan(&PlanWishes { most: few, ..wishes }).unwrap();
        let shortened: Vec<Vec<UnitNumber>> = short.ways.into_iter().map(|way| way.take).collect();
        prop_assert_eq!(&shortened[..], &wanted[..few.min(wanted.len())]);
        prop_assert_eq!(short.alternatives, plan.alternatives);
    }
}
