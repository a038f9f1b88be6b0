//! Rules of combination, and the printed totals against what valid choices give (QS-19, QS-31).

use std::collections::{BTreeMap, BTreeSet};

use super::codes::{
    SPEC_RULE_BOUNDS, SPEC_RULE_FAULT, SPEC_RULE_IMPOSSIBLE, SPEC_RULE_STRAY, SPEC_RULE_TWO_GROUPS,
    SPEC_RULE_UNREACHABLE, SPEC_TOTAL_CREDITS, SPEC_TOTAL_GLH, SPEC_TOTAL_TQT, SPEC_UNIT_UNUSED,
};
use super::finding::Findings;
use crate::identifier::UnitNumber;
use crate::qualification::Qualification;
use crate::rule::{Bounds, Limit, Minimise, Prepared, Range, Rule, Take};
use crate::specification::Specification;

pub(super) fn check(specification: &Specification, findings: &mut Findings) {
    let mut used: BTreeSet<UnitNumber> = BTreeSet::new();
    for qualification in &specification.qualifications {
        let place = format!("qualification {}, rule", qualification.code);
        used.extend(qualification.rule.listed_units());
        bounds(&qualification.rule, &place, findings);
        strays(&qualification.rule, &place, findings);
        two_groups(&qualification.rule, &place, findings);
        totals(specification, qualification, &place, findings);
    }
    // A rule that takes units from outside may take any.
    let outside = specification.qualifications.iter().any(|qualification| {
        let mut groups = every_rule(&qualification.rule)
            .into_iter()
            .flat_map(|rule| &rule.groups);
        groups.any(|group| group.outside.is_some())
    });
    for unit in specification
        .units
        .iter()
        .filter(|_| !outside)
        .filter(|unit| !used.contains(&unit.number))
    {
        findings.add(
            &SPEC_UNIT_UNUSED,
            format!("unit {}", unit.number),
            "no rule of combination lists this unit",
        );
    }
}

fn totals(
    specification: &Specification,
    qualification: &Qualification,
    place: &str,
    findings: &mut Findings,
) {
    let prepared = match specification.prepare(qualification) {
        Ok(prepared) => prepared,
        Err(fault) => return findings.add(&SPEC_RULE_FAULT, place, fault.to_string()),
    };
    let Some(ranges) = prepared.summary().ranges else {
        return findings.add(&SPEC_RULE_IMPOSSIBLE, place, "no choice of units meets it");
    };
    unreachable(&prepared, place, findings);
    let code = &qualification.code;
    let mut compare = |finding, figure, key: &str, what: &str, printed: u32, range: Range| {
        // What depends on figures that are not known is no fault of the printed figure.
        if let Some(least) = range.least.filter(|least| *least != printed) {
            let mut message = match range.most {
                Some(most) => format!("printed {what} {printed}; valid choices give from {least} to {most}"),
                None => format!("printed {what} {printed}; valid choices give at least {least}"),
            };
            let between = least < printed && range.most.is_some_and(|most| printed < most);
            if between && prepared.has_total(figure, printed) == Some(false) {
                message.push_str(&format!(", and none of them gives {printed}"));
            }
            findings.add(finding, format!("qualification {code}, {key}"), message);
            findings
                .suggest(
                    "Where routes differ, the qualification carries the lowest, for each figure separately.",
                )
                .printed(printed);
        }
    };
    compare(
        &SPEC_TOTAL_CREDITS,
        Minimise::Credits,
        "credits",
        "least credits",
        qualification.minimum_credits,
        ranges.credits,
    );
    compare(
        &SPEC_TOTAL_TQT,
        Minimise::Tut,
        "tqt",
        "Total Qualification Time",
        qualification.tqt,
        ranges.tut,
    );
    compare(
        &SPEC_TOTAL_GLH,
        Minimise::Glh,
        "glh",
        "Guided Learning Hours",
        qualification.glh,
        ranges.glh,
    );
}

/// Units and branches that are of no use: written for nothing, or for something that another condition forbids.
fn unreachable(prepared: &Prepared, place: &str, findings: &mut Findings) {
    for unit in prepared.useless_units() {
        let message = format!("no valid choice takes {} {}", unit.number, unit.title);
        findings.add(
            &SPEC_RULE_UNREACHABLE,
            format!("{place}, unit {}", unit.number),
            message,
        );
        findings.suggest("Compare its group's limits and the barred units with the document.");
    }
    // What a branch by itself cannot be worked out for, is no finding.
    for names in prepared.useless_branches().unwrap_or_default() {
        let message = format!("no choice of units meets {}", names.join(", "));
        findings.add(
            &SPEC_RULE_UNREACHABLE,
            format!("{place}, {}", names.join(", ")),
            message,
        );
    }
}

fn every_rule(rule: &Rule) -> Vec<&Rule> {
    let mut every = vec![rule];
    let mut next = 0;
    while let Some(rule) = every.get(next).copied() {
        every.extend(rule.inner_rules());
        next += 1;
    }
    every
}

fn bounds(rule: &Rule, place: &str, findings: &mut Findings) {
    for rule in every_rule(rule) {
        let own = [
            ("credits", rule.credits),
            ("take", rule.take),
            ("tut", rule.tut),
            ("glh", rule.glh),
        ];
        let groups = rule.groups.iter().flat_map(|group| {
            let take = match group.take {
                Some(Take::Number(bounds)) => Some(bounds),
                _ => None,
            };
            [
                ("credits", group.credits),
                ("take", take),
                ("tut", group.tut),
                ("glh", group.glh),
            ]
        });
        let levels = rule
            .levels
            .iter()
            .flat_map(|level| [("levels: credits", level.credits), ("levels: take", level.take)]);
        let limits = every_limit(rule).flat_map(|limit| {
            [
                ("limits: credits", limit.credits),
                ("limits: take", limit.take),
                ("limits: tut", limit.tut),
                ("limits: glh", limit.glh),
            ]
        });
        let all: Vec<(&str, Option<Bounds>)> = own
            .into_iter()
            .chain(groups)
            .chain(levels)
            .chain(limits)
            .collect();
        for (key, bounds) in all {
            let Some(bounds) = bounds else { continue };
            if let Some(most) = bounds.most().filter(|most| bounds.least() > *most) {
                let message = format!("{key} asks for at least {} and at most {most}", bounds.least());
                findings.add(&SPEC_RULE_BOUNDS, place, message);
            }
        }
    }
}

fn every_limit(rule: &Rule) -> impl Iterator<Item = &Limit> {
    let of_groups = rule.groups.iter().flat_map(|group| &group.limits);
    rule.limits.iter().chain(of_groups)
}

fn strays(rule: &Rule, place: &str, findings: &mut Findings) {
    let listed = rule.listed_units();
    let mut strays: BTreeMap<&UnitNumber, &str> = BTreeMap::new();
    for rule in every_rule(rule) {
        let barred = rule.barred.iter().flatten().map(|unit| (unit, "barred"));
        let equivalents = rule
            .equivalents
            .iter()
            .flatten()
            .map(|unit| (unit, "equivalents"));
        let requires = rule
            .requires
            .iter()
            .flat_map(|required| std::iter::once(&required.unit).chain(&required.needs))
            .map(|unit| (unit, "requires"));
        let limits = every_limit(rule)
            .flat_map(|limit| &limit.units)
            .map(|unit| (unit, "limits"));
        strays.extend(
            barred
                .chain(limits)
                .chain(equivalents)
                .chain(requires)
                .filter(|(unit, _)| !listed.contains(*unit)),
        );
    }
    for (unit, key) in strays {
        findings.add(
            &SPEC_RULE_STRAY,
            place,
            format!("{key} names {unit}, which no group of the rule lists"),
        );
    }
}

/// Units in two groups of one rule, or of rules that hold together. Groups in different branches of any_of or in
/// different pathways do not meet.
fn two_groups(rule: &Rule, place: &str, findings: &mut Findings) {
    let mut doubled = BTreeSet::new();
    met_in(rule, &mut doubled, crate::rule::DEEPEST_RULE);
    for unit in doubled {
        let message = format!("{unit} sits in two groups; it counts in one of them only");
        findings.add(&SPEC_RULE_TWO_GROUPS, format!("{place}, unit {unit}"), message);
        findings.suggest("Compare the groups with the document's own table.");
    }
}

/// The units that a rule's groups list; those met twice are put aside. `depth` bounds the recursion; a deeper rule is
/// a fault anyway.
fn met_in(rule: &Rule, doubled: &mut BTreeSet<UnitNumber>, depth: usize) -> BTreeSet<UnitNumber> {
    let mut met = BTreeSet::new();
    if depth == 0 {
        return met;
    }
    let mut meet = |units: BTreeSet<UnitNumber>, doubled: &mut BTreeSet<UnitNumber>| {
        doubled.extend(units.intersection(&met).cloned());
        met.extend(units);
    };
    for group in &rule.groups {
        meet(group.units.iter().cloned().collect(), doubled);
    }
    for inner in &rule.all_of {
        let units = met_in(inner, doubled, depth - 1);
        meet(units, doubled);
    }
    let mut any = BTreeSet::new();
    for inner in &rule.any_of {
        any.extend(met_in(inner, doubled, depth - 1));
    }
    meet(any, doubled);
    let mut pathways = BTreeSet::new();
    for pathway in rule.pathways.iter().flat_map(|pathways| &pathways.of) {
        pathways.extend(met_in(&pathway.rule, doubled, depth - 1));
    }
    meet(pathways, doubled);
    met
}
