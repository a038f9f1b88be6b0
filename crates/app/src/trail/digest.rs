//! The digests by which an entry can be compared with what is kept beside the ledger.

use assay_domain::fact::Entry;

/// Every digest that an entry carries, in the order of its bytes.
pub(super) fn digests(entry: &Entry) -> Vec<String> {
    let mut found = Vec::new();
    if let Ok(value) = serde_json::to_value(&entry.fact) {
        collect(&value, &mut found);
    }
    found
}

fn collect(value: &serde_json::Value, found: &mut Vec<String>) {
    match value {
        serde_json::Value::Object(members) => {
            for (name, value) in members {
                match value {
                    serde_json::Value::String(text) if name == "digest" || name == "frozen" => {
                        found.push(text.clone());
                    }
                    other => collect(other, found),
                }
            }
        }
        serde_json::Value::Array(values) => values.iter().for_each(|value| collect(value, found)),
        _ => {}
    }
}
