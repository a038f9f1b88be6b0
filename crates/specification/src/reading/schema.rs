//! The JSON Schema of the format, written from its shape.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::shape::{SPECIFICATION, Shape};

/// The format as a JSON Schema, draft 2020-12. The published copy is `specifications/schema.json`.
pub fn schema() -> Value {
    let mut definitions = BTreeMap::new();
    let top = described(&SPECIFICATION, &mut definitions);
    let definitions: serde_json::Map<String, Value> = definitions
        .into_iter()
        .map(|(name, definition)| (name.to_owned(), definition))
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Qualification specification, assay-specification/1",
        "description": "A published qualification specification as data. The same shape is written as TOML or JSON.",
        "$ref": top["$ref"],
        "$defs": definitions,
    })
}

fn described(shape: &'static Shape, definitions: &mut BTreeMap<&'static str, Value>) -> Value {
    match shape {
        Shape::Table(table) => {
            if !definitions.contains_key(table.name) {
                // Entered before its keys, because a rule holds rules.
                definitions.insert(table.name, Value::Null);
                let mut properties = serde_json::Map::new();
                for key in table.keys {
                    let mut property = described(key.shape, definitions);
                    if let Some(property) = property.as_object_mut() {
                        property.insert("description".to_owned(), Value::from(key.about));
                    }
                    properties.insert(key.name.to_owned(), property);
                }
                let required: Vec<&str> = table
                    .keys
                    .iter()
                    .filter(|key| key.required)
                    .map(|key| key.name)
                    .collect();
                definitions.insert(
                    table.name,
                    json!({
                        "type": "object",
                        "properties": properties,
                        "required": required,
                        "additionalProperties": false,
                    }),
                );
            }
            json!({ "$ref": format!("#/$defs/{}", table.name) })
        }
        Shape::List { of, at_least } => {
            let items = described(of, definitions);
            json!({ "type": "array", "items": items, "minItems": at_least })
        }
        Shape::Text(text) => json!({ "type": "string", "pattern": text.pattern }),
        Shape::Whole { least, most } => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Shape::Truth => json!({ "type": "boolean" }),
        Shape::Date => {
            json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
        }
        Shape::Word(words) => json!({ "type": "string", "enum": words }),
        Shape::Either(shapes) => {
            let choices: Vec<Value> = shapes.iter().map(|shape| described(shape, definitions)).collect();
            json!({ "anyOf": choices })
        }
    }
}
