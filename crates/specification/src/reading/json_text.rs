//! JSON text to a tree. Written here because the usual reader does not tell where a value stands.

use super::tree::{DEEPEST, Entry, Node, Value, place};
use crate::complaint::Complaint;

/// Parses JSON.
///
/// # Errors
///
/// One complaint, at the first character that is not JSON, or where a key stands twice in a table, or where tables and
/// lists nest too deep.
pub(super) fn parse(text: &str) -> Result<Node, Vec<Complaint>> {
    let mut reader = Reader { text, at: 0 };
    let read = reader.value(1).and_then(|node| {
        reader.space();
        if reader.at == text.len() {
            Ok(node)
        } else {
            Err(reader.fault("the end of the text"))
        }
    });
    read.map_err(|fault| {
        vec![Complaint {
            place: place(text, fault.at, String::new()),
            expected: fault.expected,
            found: fault.found,
            hint: None,
        }]
    })
}

struct Fault {
    at: usize,
    expected: String,
    found: String,
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or_default()
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn step(&mut self) -> Option<char> {
        let character = self.peek()?;
        self.at += character.len_utf8();
        Some(character)
    }

    fn space(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.at += 1;
        }
    }

    fn takes(&mut self, wanted: &str) -> bool {
        let there = self.rest().starts_with(wanted);
        if there {
            self.at += wanted.len();
        }
        there
    }

    fn fault(&self, expected: &str) -> Fault {
        let found = match self.peek() {
            None => "the end of the text".to_owned(),
            Some(character) => format!("{character:?}"),
        };
        Fault {
            at: self.at,
            expected: expected.to_owned(),
            found,
        }
    }

    fn value(&mut self, depth: usize) -> Result<Node, Fault> {
        self.space();
        let at = self.at;
        if depth > DEEPEST {
            let expected = format!("tables and lists at most {DEEPEST} deep");
            return Err(Fault {
                at,
                expected,
                found: "deeper ones".to_owned(),
            });
        }
        let value = match self.peek() {
            Some('{') => self.table(depth)?,
            Some('[') => self.list(depth)?,
            Some('"') => Value::Text(self.quoted()?),
            Some('-' | '0'..='9') => self.number()?,
            _ if self.takes("true") => Value::Truth(true),
            _ if self.takes("false") => Value::Truth(false),
            _ if self.takes("null") => Value::Nothing,
            _ => return Err(self.fault("a JSON value")),
        };
        Ok(Node { at, value })
    }

    fn table(&mut self, depth: usize) -> Result<Value, Fault> {
        self.at += 1;
        let mut entries: Vec<Entry> = Vec::new();
        let mut keys = std::collections::BTreeSet::new();
        self.space();
        if self.takes("}") {
            return Ok(Value::Table(entries));
        }
        loop {
            self.space();
            let key_at = self.at;
            if self.peek() != Some('"') {
                return Err(self.fault("a key in quotation marks"));
            }
            let key = self.quoted()?;
            if !keys.insert(key.clone()) {
                let expected = "each key once in a table".to_owned();
                return Err(Fault {
                    at: key_at,
                    expected,
                    found: format!("the key \"{key}\" again"),
                });
            }
            self.space();
            if !self.takes(":") {
                return Err(self.fault("a colon"));
            }
            let node = self.value(depth + 1)?;
            entries.push(Entry { key, key_at, node });
            self.space();
            if self.takes("}") {
                return Ok(Value::Table(entries));
            }
            if !self.takes(",") {
                return Err(self.fault("a comma or \"}\""));
            }
        }
    }

    fn list(&mut self, depth: usize) -> Result<Value, Fault> {
        self.at += 1;
        let mut nodes = Vec::new();
        self.space();
        if self.takes("]") {
            return Ok(Value::List(nodes));
        }
        loop {
            nodes.push(self.value(depth + 1)?);
            self.space();
            if self.takes("]") {
                return Ok(Value::List(nodes));
            }
            if !self.takes(",") {
                return Err(self.fault("a comma or \"]\""));
            }
        }
    }

    fn number(&mut self) -> Result<Value, Fault> {
        let at = self.at;
        while matches!(self.peek(), Some('-' | '+' | '.' | 'e' | 'E' | '0'..='9')) {
            self.at += 1;
        }
        let written = self.text.get(at..self.at).unwrap_or_default();
        // The usual reader knows best which texts are JSON numbers.
        match serde_json::from_str::<serde_json::Number>(written) {
            Ok(number) => Ok(number
                .as_i64()
                .map_or_else(|| Value::Number(written.to_owned()), Value::Whole)),
            Err(_) => Err(Fault {
                at,
                expected: "a number".to_owned(),
                found: format!("\"{written}\""),
            }),
        }
    }

    fn quoted(&mut self) -> Result<String, Fault> {
        let at = self.at;
        self.at += 1;
        loop {
            match self.step() {
                None => return Err(self.fault("a closing quotation mark")),
                Some('"') => break,
                Some('\\') => {
                    self.step();
                }
                Some(_) => {}
            }
        }
        let written = self.text.get(at..self.at).unwrap_or_default();
        serde_json::from_str(written).map_err(|_| Fault {
            at,
            expected: "a text with right escapes".to_owned(),
            found: "one with a control character or a wrong escape".to_owned(),
        })
    }
}
