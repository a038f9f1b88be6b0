//! A package as it is, whole.

use serde_json::{Map, Value};

use crate::limits::Limits;
use crate::refusal::{ReadRefusal, RefusalCode};
use crate::syllabus::{Source, SourceLine, SourcePage};

/// The largest package that is read, in bytes. The largest frameworks known to be published are a tenth of it.
const LARGEST: u64 = 64 * 1024 * 1024;

/// A CASE package with everything that its file holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Package {
    pub(super) value: Map<String, Value>,
}

impl Package {
    /// Reads a package. Nothing that the file holds is dropped, and nothing in it is believed yet.
    ///
    /// Refuses, when: the file is over 64 MiB or over the limit; it is not JSON; it nests deeper than 127 lists and
    /// objects; it is JSON and not a CASE package.
    pub fn read(bytes: &[u8], limits: &Limits) -> Result<Package, ReadRefusal> {
        let largest = LARGEST.min(limits.file_bytes);
        if bytes.len() as u64 > largest {
            return Err(ReadRefusal::new(
                RefusalCode::TooLarge,
                format!("This file is larger than {} MiB.", largest / (1024 * 1024)),
                "Export a single framework and import that.",
            ));
        }
        let decoded = crate::decoding::decode(bytes);
        let value: Value = serde_json::from_str(&decoded.text).map_err(|error| {
            ReadRefusal::new(
                RefusalCode::Damaged,
                format!(
                    "This file is not readable as JSON: line {}, column {}: {}.",
                    error.line(),
                    error.column(),
                    without_place(&error.to_string())
                ),
                "Export the framework again, check that the whole file arrived, and import that.",
            )
        })?;
        let missing = |what: &str| {
            ReadRefusal::new(
                RefusalCode::NotADocument,
                format!("This JSON file is not a CASE package: {what}."),
                "Export the framework as a CASE package (CFPackage) and import that.",
            )
        };
        let Value::Object(value) = value else {
            return Err(missing("it is not an object"));
        };
        if !value.get("CFDocument").is_some_and(Value::is_object) {
            return Err(missing("it has no object `CFDocument`"));
        }
        if let Some(key) = ["CFItems", "CFAssociations", "CFRubrics"]
            .into_iter()
            .find(|key| {
                value
                    .get(*key)
                    .is_some_and(|list| !list.is_array() && !list.is_null())
            })
        {
            return Err(missing(&format!("its `{key}` is not a list")));
        }
        Ok(Package { value })
    }

    /// The package as JSON text, indented, with everything that was read.
    ///
    /// # Errors
    ///
    /// The writer's own sentence; not known to happen.
    pub fn to_text(&self) -> Result<String, String> {
        let mut text = serde_json::to_string_pretty(&self.value).map_err(|error| error.to_string())?;
        text.push('\n');
        Ok(text)
    }

    /// The document's record and each item as a line, to show beside what was read.
    pub fn lines(&self) -> Source {
        let shown = |part: String, record: &Map<String, Value>| {
            let words = [
                "humanCodingScheme",
                "title",
                "fullStatement",
                "CFItemType",
                "notes",
            ]
            .into_iter()
            .filter_map(|key| text(record, key));
            SourceLine {
                from: 0,
                to: 0,
                part: Some(part),
                text: words.collect::<Vec<_>>().join("\t"),
            }
        };
        let document = self
            .document()
            .map(|record| shown("/CFDocument".to_owned(), record));
        let items = self
            .list("CFItems")
            .map(|(at, record)| shown(format!("/CFItems/{at}"), record));
        Source {
            pages: vec![SourcePage {
                number: None,
                lines: document.into_iter().chain(items).collect(),
            }],
        }
    }

    /// The document's record.
    pub(super) fn document(&self) -> Option<&Map<String, Value>> {
        self.value.get("CFDocument").and_then(Value::as_object)
    }

    /// The records of a list, each with its place in it; what is no record is left out.
    pub(super) fn list(&self, key: &str) -> impl Iterator<Item = (usize, &Map<String, Value>)> {
        records(self.value.get(key))
    }

    /// The records of a list of definitions.
    pub(super) fn definitions(&self, key: &str) -> impl Iterator<Item = (usize, &Map<String, Value>)> {
        records(self.value.get("CFDefinitions").and_then(|all| all.get(key)))
    }
}

fn records(list: Option<&Value>) -> impl Iterator<Item = (usize, &Map<String, Value>)> {
    list.and_then(Value::as_array)
        .into_iter()
        .flatten()
        .enumerate()
        .filter_map(|(at, record)| Some((at, record.as_object()?)))
}

/// Whether a file is likely to be a CASE package: JSON that names a framework's document.
pub fn looks_like_case(bytes: &[u8]) -> bool {
    const NAME: &[u8] = b"\"CFDocument\"";
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let begins = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'{');
    let names = |at: usize| {
        let rest = bytes
            .get(at..)
            .and_then(|rest| rest.strip_prefix(NAME))
            .unwrap_or_default();
        rest.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b':')
    };
    begins && (0..bytes.len()).any(names)
}

/// A text field of a record.
pub(super) fn text<'a>(record: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    record
        .get(key)
        .and_then(Value::as_str)
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// What a record carries for a specification.
pub(super) fn extension(record: &Map<String, Value>) -> Option<&Map<String, Value>> {
    record.get("extensions")?.get(super::EXTENSION)?.as_object()
}

/// The identifier that a link points to: its own, or the last part of its address.
pub(super) fn pointed_to<'a>(record: &'a Map<String, Value>, key: &str) -> Option<&'a str> {
    let link = record.get(key)?.as_object()?;
    text(link, "identifier").or_else(|| text(link, "uri")?.rsplit(['/', ':']).next())
}

fn without_place(message: &str) -> &str {
    message.split(" at line ").next().unwrap_or(message)
}
