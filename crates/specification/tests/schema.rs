//! The published JSON Schema agrees with the reader.

#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_specification::{Format, Specification, schema};
use serde_json::{Value, json};

const PUBLISHED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../specifications/schema.json");

/// As much of JSON Schema 2020-12 as the schema uses; patterns are tried in the crate's own tests.
fn allows(schema: &Value, part: &Value, value: &Value) -> bool {
    if let Some(name) = part.get("$ref").and_then(Value::as_str) {
        let definition = &schema["$defs"][name.strip_prefix("#/$defs/").unwrap()];
        assert!(definition.is_object(), "{name} is not defined");
        return allows(schema, definition, value);
    }
    if let Some(choices) = part.get("anyOf").and_then(Value::as_array) {
        return choices.iter().any(|choice| allows(schema, choice, value));
    }
    match part["type"].as_str().unwrap() {
        "object" => {
            let Some(object) = value.as_object() else {
                return false;
            };
            assert_eq!(part["additionalProperties"], false);
            let properties = part["properties"].as_object().unwrap();
            part["required"]
                .as_array()
                .unwrap()
                .iter()
                .all(|key| object.contains_key(key.as_str().unwrap()))
                && object.iter().all(|(key, value)| {
                    properties
                        .get(key)
                        .is_some_and(|part| allows(schema, part, value))
                })
        }
        "array" => value.as_array().is_some_and(|items| {
            items.len() as u64 >= part["minItems"].as_u64().unwrap()
                && items.iter().all(|item| allows(schema, &part["items"], item))
        }),
        "string" => {
            value.is_string()
                && part
                    .get("enum")
                    .and_then(Value::as_array)
                    .is_none_or(|words| words.contains(value))
        }
        "integer" => value.as_i64().is_some_and(|number| {
            number >= part["minimum"].as_i64().unwrap() && number <= part["maximum"].as_i64().unwrap()
        }),
        "boolean" => value.is_boolean(),
        other => panic!("{other}"),
    }
}

fn shipped() -> Value {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../specifications/cmi-level-7-leadership-coaching-and-mentoring.toml"
    );
    let specification = Specification::read(&std::fs::read_to_string(path).unwrap(), Format::Toml).unwrap();
    serde_json::to_value(specification).unwrap()
}

/// Both answers about a value.
fn both(schema: &Value, value: &Value) -> (bool, bool) {
    (
        allows(schema, schema, value),
        Specification::read(&value.to_string(), Format::Json).is_ok(),
    )
}

/// Every place in a value that is a table, as a JSON pointer.
fn tables(value: &Value, at: String, found: &mut Vec<String>) {
    match value {
        Value::Object(object) => {
            for (key, value) in object {
                tables(value, format!("{at}/{key}"), found);
            }
            found.push(at);
        }
        // One or two items stand for all.
        Value::Array(items) => {
            for (index, item) in items.iter().take(2).enumerate() {
                tables(item, format!("{at}/{index}"), found);
            }
        }
        _ => {}
    }
}

#[test]
fn the_published_schema_is_the_one_the_reader_has() {
    let written = format!("{}\n", serde_json::to_string_pretty(&schema()).unwrap());
    if std::env::var_os("ASSAY_WRITE_SCHEMA").is_some() {
        std::fs::write(PUBLISHED, &written).unwrap();
    }
    let published = std::fs::read_to_string(PUBLISHED).unwrap();
    assert!(
        published == written,
        "specifications/schema.json is out of date; run this test once with ASSAY_WRITE_SCHEMA=1 and look at the difference"
    );
}

#[test]
fn the_schema_allows_the_shipped_specification() {
    let schema = schema();
    assert_eq!(both(&schema, &shipped()), (true, true));
}

#[test]
fn schema_and_reader_refuse_the_same_faults() {
    let schema = schema();
    let small = Specification::read(include_str!("fixtures/beekeeping.toml"), Format::Toml).unwrap();
    let whole = serde_json::to_value(small).unwrap();
    let mut places = Vec::new();
    tables(&whole, String::new(), &mut places);
    for place in &places {
        let mut unknown = whole.clone();
        unknown.pointer_mut(place).unwrap()["unheard_of"] = json!(1);
        assert_eq!(both(&schema, &unknown), (false, false), "unknown key in {place}");
        for key in whole.pointer(place).unwrap().as_object().unwrap().keys() {
            let mut without = whole.clone();
            without
                .pointer_mut(place)
                .unwrap()
                .as_object_mut()
                .unwrap()
                .remove(key);
            let (by_schema, by_reader) = both(&schema, &without);
            assert_eq!(by_schema, by_reader, "{place} without {key}");
            let mut other = whole.clone();
            other.pointer_mut(place).unwrap()[key] = json!(1.5);
            assert_eq!(both(&schema, &other), (false, false), "{place}/{key} as 1.5");
        }
    }
}

#[test]
fn the_manual_names_every_key() {
    let manual = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/specification-format.md"
    ))
    .unwrap();
    let rules = std::fs::read_to_string(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../docs/rules-of-combination.md"
    ))
    .unwrap();
    let schema = schema();
    for (name, definition) in schema["$defs"].as_object().unwrap() {
        for key in definition["properties"].as_object().unwrap().keys() {
            assert!(
                manual.contains(&format!("`{key}`")) || rules.contains(&format!("`{key}`")),
                "{name}.{key} is not in the manual"
            );
        }
    }
}
