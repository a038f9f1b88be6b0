//! The printed tables against the units' own pages (QS-31).

use std::collections::BTreeSet;

use super::codes::{SPEC_TABLE_DIFFERS, SPEC_TABLE_GROUP, SPEC_TABLE_MISSING, SPEC_TABLE_UNIT};
use super::finding::Findings;
use crate::identifier::UnitNumber;
use crate::qualification::{Qualification, TableRow};
use crate::specification::Specification;

pub(super) fn check(specification: &Specification, findings: &mut Findings) {
    for qualification in &specification.qualifications {
        if qualification.table.is_empty() {
            continue;
        }
        let place = format!("qualification {}, table", qualification.code);
        let listed = qualification.rule.listed_units();
        let rows: BTreeSet<&UnitNumber> = qualification.table.iter().map(|row| &row.unit).collect();
        for row in &qualification.table {
            let place = format!("{place}, unit {}", row.unit);
            if !listed.contains(&row.unit) {
                findings.add(
                    &SPEC_TABLE_UNIT,
                    place.clone(),
                    "the rule of combination does not list this unit",
                );
            }
            row_against_unit(specification, row, &place, findings);
            row_against_group(qualification, row, &place, findings);
        }
        for unit in listed.iter().filter(|unit| !rows.contains(unit)) {
            findings.add(
                &SPEC_TABLE_MISSING,
                format!("{place}, unit {unit}"),
                "the rule lists this unit, the table does not",
            );
        }
    }
}

fn row_against_unit(specification: &Specification, row: &TableRow, place: &str, findings: &mut Findings) {
    let Some(unit) = specification.find_unit(&row.unit) else {
        return;
    };
    let mut differs = |cell: &str, printed: String, own: String| {
        if printed != own {
            let message = format!("the table prints {cell} \"{printed}\", the unit's page \"{own}\"");
            findings.add(&SPEC_TABLE_DIFFERS, format!("{place}, {cell}"), message);
            findings.printed(printed);
        }
    };
    differs("title", row.title.clone(), unit.title.clone());
    differs("credits", row.credits.to_string(), unit.credits.to_string());
    differs("glh", row.glh.to_string(), unit.glh.to_string());
    differs("tut", row.tut.to_string(), unit.tut.to_string());
}

/// A row's group is compared only where the rule gives its groups names.
fn row_against_group(qualification: &Qualification, row: &TableRow, place: &str, findings: &mut Findings) {
    let Some(printed) = &row.group else { return };
    let mut groups = Vec::new();
    let mut waiting = vec![&qualification.rule];
    while let Some(rule) = waiting.pop() {
        groups.extend(
            rule.groups
                .iter()
                .filter(|group| group.units.contains(&row.unit))
                .filter_map(|group| group.name.as_ref()),
        );
        waiting.extend(rule.inner_rules());
    }
    if !groups.is_empty()
        && !groups
            .iter()
            .any(|name| printed.to_lowercase().contains(&name.to_lowercase()))
    {
        let message = format!(
            "the table prints it under \"{printed}\", the rule has it in {}",
            groups.first().map_or("", |name| name)
        );
        findings.add(&SPEC_TABLE_GROUP, format!("{place}, group"), message);
        findings.printed(printed);
    }
}
