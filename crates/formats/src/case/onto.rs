//! A specification written onto a package that it came from, so that what only CASE holds is kept.

use std::collections::{BTreeMap, BTreeSet};

use assay_specification::Specification;
use serde_json::{Map, Value};

use super::draft::positions;
use super::export::export;
use super::package::{Package, pointed_to, text};
use super::{CaseVersion, EXTENSION};

/// Writes a specification as [`export`] does, keeping of `original` what the specification has no place for: identifiers
/// and addresses of its document and of the items that stand for the same qualification, unit, outcome or criterion,
/// fields of theirs that are not written anew, associations of other kinds, rubrics, definitions and extensions. Items
/// that stand for nothing in the specification are kept too.
///
/// # Errors
///
/// The writer's own sentence; not known to happen.
pub fn export_onto(
    specification: &Specification,
    version: CaseVersion,
    original: &Package,
) -> Result<Package, String> {
    let mut package = export(specification, version)?;
    let old = positions(original);
    let new = positions(&package);
    let mut identifiers: BTreeMap<String, Value> = BTreeMap::new();
    let mut kept: Vec<(usize, Map<String, Value>)> = Vec::new();
    for (position, at) in &new {
        if let Some(before) = old.get(position).and_then(|at| record(original, "CFItems", *at)) {
            kept.push((*at, before.clone()));
        }
    }
    // Identifiers first, then the fields, because associations point to the identifiers.
    for (at, before) in &kept {
        if let Some(now) = record(&package, "CFItems", *at) {
            renamed(now, before, &mut identifiers);
        }
    }
    if let (Some(now), Some(before)) = (package.document(), original.document()) {
        renamed(now, before, &mut identifiers);
    }
    rename(&mut package.value, &identifiers);
    for (at, before) in kept {
        if let Some(now) = record_mut(&mut package, "CFItems", at) {
            fill(now, before);
        }
    }
    if let (Some(Value::Object(now)), Some(before)) =
        (package.value.get_mut("CFDocument"), original.document())
    {
        fill(now, before.clone());
    }
    keep_others(&mut package, original, &old.values().copied().collect());
    for (key, value) in &original.value {
        if !package.value.contains_key(key) {
            package.value.insert(key.clone(), value.clone());
        }
    }
    Ok(package)
}

fn record<'a>(package: &'a Package, list: &str, at: usize) -> Option<&'a Map<String, Value>> {
    package.value.get(list)?.get(at)?.as_object()
}

fn record_mut<'a>(package: &'a mut Package, list: &str, at: usize) -> Option<&'a mut Map<String, Value>> {
    package.value.get_mut(list)?.get_mut(at)?.as_object_mut()
}

/// Notes that what was written under new names is to bear the old ones.
fn renamed(now: &Map<String, Value>, before: &Map<String, Value>, names: &mut BTreeMap<String, Value>) {
    for key in ["identifier", "uri"] {
        if let (Some(Value::String(new)), Some(old @ Value::String(_))) = (now.get(key), before.get(key)) {
            names.insert(new.clone(), old.clone());
        }
    }
}

/// Puts the old names in the place of the new ones, wherever they stand in records and links.
fn rename(package: &mut Map<String, Value>, names: &BTreeMap<String, Value>) {
    let mut waiting: Vec<&mut Value> = package.values_mut().collect();
    while let Some(here) = waiting.pop() {
        match here {
            Value::Object(object) => {
                for (key, inner) in object.iter_mut() {
                    let old = match inner {
                        Value::String(text) if key == "identifier" || key == "uri" => {
                            names.get(text.as_str())
                        }
                        _ => None,
                    };
                    match old {
                        Some(old) => *inner = old.clone(),
                        None => waiting.push(inner),
                    }
                }
            }
            Value::Array(list) => waiting.extend(list.iter_mut()),
            _ => {}
        }
    }
}

/// Adds what a record held before and does not hold now. Extensions of other programs stay beside ours.
fn fill(now: &mut Map<String, Value>, before: Map<String, Value>) {
    for (key, value) in before {
        match (now.get_mut(&key), value) {
            (None, value) => {
                now.insert(key, value);
            }
            (Some(Value::Object(mine)), Value::Object(theirs)) if key == "extensions" => {
                for (name, value) in theirs {
                    if name != EXTENSION {
                        mine.entry(name).or_insert(value);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Keeps items without a place in the specification, and associations, rubrics and definitions that were not written.
fn keep_others(package: &mut Package, original: &Package, placed: &BTreeSet<usize>) {
    let items = identifiers_of(package, "CFItems");
    for list in ["CFItems", "CFAssociations"] {
        let written = identifiers_of(package, list);
        let replaced = |at: usize, record: &Map<String, Value>| match list {
            "CFItems" => placed.contains(&at),
            // What these say was written anew.
            _ => {
                let is_child = record.get("associationType").and_then(Value::as_str) == Some("isChildOf");
                is_child && pointed_to(record, "originNodeURI").is_some_and(|origin| items.contains(origin))
            }
        };
        let others: Vec<Value> = original
            .list(list)
            .filter(|(at, record)| {
                !replaced(*at, record) && !text(record, "identifier").is_some_and(|id| written.contains(id))
            })
            .map(|(_, record)| Value::Object(record.clone()))
            .collect();
        if let Some(Value::Array(all)) = package.value.get_mut(list) {
            all.extend(others);
        }
    }
    let definitions = original.value.get("CFDefinitions").and_then(Value::as_object);
    for (key, value) in definitions.into_iter().flatten() {
        let Some(Value::Object(now)) = package.value.get_mut("CFDefinitions") else {
            continue;
        };
        match (now.get_mut(key), value) {
            (Some(Value::Array(all)), Value::Array(before)) => {
                for one in before {
                    let known = all
                        .iter()
                        .any(|mine| mine.get("identifier") == one.get("identifier"));
                    if !known {
                        all.push(one.clone());
                    }
                }
            }
            (None, value) => {
                now.insert(key.clone(), value.clone());
            }
            _ => {}
        }
    }
}

fn identifiers_of(package: &Package, list: &str) -> BTreeSet<String> {
    package
        .list(list)
        .filter_map(|(_, record)| text(record, "identifier").map(str::to_owned))
        .collect()
}
