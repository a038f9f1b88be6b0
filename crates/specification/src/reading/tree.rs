//! A value that knows where it stands in the text.

use crate::complaint::Place;

/// How deep tables and lists may nest.
pub(super) const DEEPEST: usize = 64;

/// A value and the byte at which it begins.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Node {
    pub(super) at: usize,
    pub(super) value: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) enum Value {
    Nothing,
    Truth(bool),
    Whole(i64),
    /// A number that is no whole number of 64 bits, as written.
    Number(String),
    Text(String),
    /// A date written without quotation marks (TOML only), as ISO text.
    Date(String),
    List(Vec<Node>),
    Table(Vec<Entry>),
}

/// One key of a table with its value.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Entry {
    pub(super) key: String,
    pub(super) key_at: usize,
    pub(super) node: Node,
}

impl Value {
    /// What it is, as a noun phrase for a complaint.
    pub(super) fn described(&self) -> String {
        match self {
            Value::Nothing => "nothing (null)".to_owned(),
            Value::Truth(truth) => truth.to_string(),
            Value::Whole(number) => format!("the number {number}"),
            Value::Number(number) => format!("the number {}", shortened(number)),
            Value::Text(text) => format!("the text \"{}\"", shortened(text)),
            Value::Date(date) => format!("the date {}", shortened(date)),
            Value::List(nodes) if nodes.is_empty() => "an empty list".to_owned(),
            Value::List(nodes) => format!("a list of {}", nodes.len()),
            Value::Table(_) => "a table".to_owned(),
        }
    }
}

impl Node {
    /// The value without places, dates as text.
    pub(super) fn into_plain(self) -> serde_json::Value {
        use serde_json::Value as Plain;
        match self.value {
            Value::Nothing => Plain::Null,
            Value::Truth(truth) => Plain::Bool(truth),
            Value::Whole(number) => Plain::from(number),
            Value::Number(text) | Value::Text(text) | Value::Date(text) => Plain::String(text),
            Value::List(nodes) => Plain::Array(nodes.into_iter().map(Node::into_plain).collect()),
            Value::Table(entries) => Plain::Object(
                entries
                    .into_iter()
                    .map(|entry| (entry.key, entry.node.into_plain()))
                    .collect(),
            ),
        }
    }
}

/// Text made short enough for a sentence.
pub(super) fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let one_line: String = text
        .chars()
        .map(|character| if character.is_control() { ' ' } else { character })
        .collect();
    if one_line.chars().count() <= LONGEST {
        return one_line;
    }
    let start: String = one_line.chars().take(LONGEST - 1).collect();
    format!("{start}…")
}

/// Line and column of a byte, counted from 1; the column in characters.
pub(super) fn place(text: &str, at: usize, path: String) -> Place {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    let before = text.get(..at).unwrap_or_default();
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
    Place {
        line: u32::try_from(line).unwrap_or(u32::MAX),
        column: u32::try_from(column).unwrap_or(u32::MAX),
        path,
    }
}
