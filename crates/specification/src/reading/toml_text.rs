//! TOML text to a tree.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::compare::MOST_COMPLAINTS;
use super::tree::{DEEPEST, Entry, Node, Value, place};
use crate::complaint::Complaint;

/// Parses TOML.
///
/// # Errors
///
/// All complaints of the TOML reader, and one for each value that nests too deep.
pub(super) fn parse(text: &str) -> Result<Node, Vec<Complaint>> {
    if let Some(at) = endless_key(text) {
        return Err(vec![Complaint {
            place: place(text, at, String::new()),
            expected: format!("tables and lists at most {DEEPEST} deep"),
            found: "a key of more than a thousand parts".to_owned(),
            hint: None,
        }]);
    }
    let (table, errors) = DeTable::parse_recoverable(text);
    if !errors.is_empty() {
        let mut complaints: Vec<Complaint> = errors
            .iter()
            .take(MOST_COMPLAINTS)
            .map(|error| Complaint {
                place: place(text, error.span().map_or(0, |span| span.start), String::new()),
                expected: "TOML".to_owned(),
                found: error.message().trim().to_owned(),
                hint: None,
            })
            .collect();
        complaints.sort();
        return Err(complaints);
    }
    let mut too_deep = None;
    let root = Node {
        at: 0,
        value: table_value(table.get_ref(), 1, &mut too_deep),
    };
    match too_deep {
        None => Ok(root),
        Some(at) => Err(vec![Complaint {
            place: place(text, at, String::new()),
            expected: format!("tables and lists at most {DEEPEST} deep"),
            found: "deeper ones".to_owned(),
            hint: None,
        }]),
    }
}

/// Where a line begins whose key has very many parts. The time that TOML takes grows with their square, so such a line is
/// refused before it is read; no line of a specification has that many dots before its value.
fn endless_key(text: &str) -> Option<usize> {
    const MOST_DOTS: usize = 1_000;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let key = match line.trim_start().starts_with('[') {
            true => line,
            false => line.split_once('=').map_or("", |(key, _)| key),
        };
        if key.bytes().filter(|byte| *byte == b'.').count() > MOST_DOTS {
            return Some(at);
        }
        at += line.len();
    }
    None
}

fn node(value: &Spanned<DeValue<'_>>, depth: usize, too_deep: &mut Option<usize>) -> Node {
    let at = value.span().start;
    if depth > DEEPEST {
        too_deep.get_or_insert(at);
        return Node {
            at,
            value: Value::Nothing,
        };
    }
    let value = match value.get_ref() {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => {
            match i64::from_str_radix(&number.as_str().replace('_', ""), number.radix()) {
                Ok(whole) => Value::Whole(whole),
                Err(_) => Value::Number(number.as_str().to_owned()),
            }
        }
        DeValue::Float(number) => Value::Number(number.as_str().to_owned()),
        DeValue::Boolean(truth) => Value::Truth(*truth),
        DeValue::Datetime(date) => Value::Date(date.to_string()),
        DeValue::Array(items) => {
            Value::List(items.iter().map(|item| node(item, depth + 1, too_deep)).collect())
        }
        DeValue::Table(table) => table_value(table, depth + 1, too_deep),
    };
    Node { at, value }
}

fn table_value(table: &DeTable<'_>, depth: usize, too_deep: &mut Option<usize>) -> Value {
    Value::Table(
        table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().to_string(),
                key_at: key.span().start,
                node: node(value, depth, too_deep),
            })
            .collect(),
    )
}
