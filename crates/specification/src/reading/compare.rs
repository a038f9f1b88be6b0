//! Comparing a tree with a declared shape.

use super::shape::{Shape, TableShape};
use super::tree::{Entry, Node, Value, place, shortened};
use crate::complaint::Complaint;

/// A reader of a long list of complaints stops reading; so do we. Finding the line of each costs a pass over the text.
pub(super) const MOST_COMPLAINTS: usize = 200;

/// Everything in the tree that the shape does not allow, in the order of the text.
pub(super) fn compare(tree: &Node, shape: &'static Shape, text: &str) -> Vec<Complaint> {
    let mut comparison = Comparison {
        text,
        complaints: Vec::new(),
    };
    comparison.node(tree, shape, &mut Vec::new());
    comparison.complaints.sort();
    comparison.complaints
}

enum Step {
    Key(String),
    Item(usize),
}

struct Comparison<'a> {
    text: &'a str,
    complaints: Vec<Complaint>,
}

impl Comparison<'_> {
    fn complain(&mut self, at: usize, path: &[Step], expected: String, found: String, hint: Option<String>) {
        if self.complaints.len() < MOST_COMPLAINTS {
            self.complaints.push(Complaint {
                place: place(self.text, at, written(path)),
                expected,
                found,
                hint,
            });
        }
    }

    fn node(&mut self, node: &Node, shape: &'static Shape, path: &mut Vec<Step>) {
        let problem = match (shape, &node.value) {
            (Shape::Table(table), Value::Table(entries)) => return self.table(node, entries, table, path),
            (Shape::List { of, at_least }, Value::List(items)) => {
                for (place, item) in items.iter().enumerate() {
                    path.push(Step::Item(place));
                    self.node(item, of, path);
                    path.pop();
                }
                items.len() < *at_least
            }
            (Shape::Text(kind), Value::Text(text)) => !(kind.accepts)(text),
            (Shape::Date, Value::Date(text) | Value::Text(text)) => {
                text.parse::<jiff::civil::Date>().is_err() || text.len() != 10
            }
            (Shape::Whole { least, most }, Value::Whole(number)) => number < least || number > most,
            (Shape::Truth, Value::Truth(_)) => false,
            (Shape::Word(words), Value::Text(text)) => !words.contains(&text.as_str()),
            // The only choice in the format is between a word and a table, so the kind of value tells which is meant.
            (Shape::Either(shapes), value) => {
                let meant = shapes.iter().find(|shape| {
                    matches!(
                        (shape, value),
                        (Shape::Table(_), Value::Table(_)) | (Shape::Word(_), Value::Text(_))
                    )
                });
                match meant {
                    Some(meant) => return self.node(node, meant, path),
                    None => true,
                }
            }
            _ => true,
        };
        if problem {
            self.complain(node.at, path, shape.described(), node.value.described(), None);
        }
    }

    fn table(&mut self, node: &Node, entries: &[Entry], table: &'static TableShape, path: &mut Vec<Step>) {
        for entry in entries {
            match table.keys.iter().find(|key| key.name == entry.key) {
                Some(key) => {
                    path.push(Step::Key(entry.key.clone()));
                    self.node(&entry.node, key.shape, path);
                    path.pop();
                }
                None => {
                    let hint = nearest(&entry.key, table).map(|name| format!("Did you mean \"{name}\"?"));
                    let names: Vec<&str> = table.keys.iter().map(|key| key.name).collect();
                    path.push(Step::Key(shortened(&entry.key)));
                    self.complain(
                        entry.key_at,
                        path,
                        format!("one of the keys {}", names.join(", ")),
                        format!("the unknown key \"{}\"", shortened(&entry.key)),
                        hint,
                    );
                    path.pop();
                }
            }
        }
        for key in table.keys.iter().filter(|key| key.required) {
            if !entries.iter().any(|entry| entry.key == key.name) {
                let expected = format!("the key \"{}\" ({})", key.name, key.shape.described());
                self.complain(
                    node.at,
                    path,
                    expected,
                    format!("{} without it", table.described),
                    None,
                );
            }
        }
    }
}

fn written(path: &[Step]) -> String {
    let mut text = String::new();
    for step in path {
        match step {
            Step::Key(key) if text.is_empty() => text.push_str(key),
            Step::Key(key) => {
                text.push('.');
                text.push_str(key);
            }
            Step::Item(place) => text.push_str(&format!("[{place}]")),
        }
    }
    text
}

/// The known key that a mistyped one is closest to, when it is close.
fn nearest(mistyped: &str, table: &'static TableShape) -> Option<&'static str> {
    if mistyped.chars().count() > 40 {
        return None;
    }
    let distance = |name: &str| edits(mistyped, name);
    table
        .keys
        .iter()
        .map(|key| (distance(key.name), key.name))
        .filter(|(edits, _)| *edits <= 2)
        .min()
        .map(|(_, name)| name)
}

/// The number of characters to insert, delete or replace to make one text the other.
fn edits(from: &str, to: &str) -> usize {
    let to: Vec<char> = to.chars().collect();
    let mut row: Vec<usize> = (0..=to.len()).collect();
    for (down, a) in from.chars().enumerate() {
        let mut diagonal = down;
        let mut left = down + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (b, cell) in to.iter().zip(row.iter_mut().skip(1)) {
            let above = *cell;
            left = (diagonal + usize::from(a != *b)).min(above + 1).min(left + 1);
            diagonal = above;
            *cell = left;
        }
    }
    row.last().copied().unwrap_or(0)
}
