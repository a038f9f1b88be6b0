//! The shape of records in CASE 1.0 and 1.1: which fields are there, which must be, and of what kind they are.

use serde_json::{Map, Value};

use super::identifier::is_uuid;

/// What a field holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Uuid,
    Text,
    Uri,
    Moment,
    Date,
    Whole,
    Texts,
    Link,
    Links,
    /// A list of further records, looked at on their own.
    Records,
    /// Anything at all.
    Free,
}

/// A field of a record.
pub(super) struct FieldOf {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    pub(super) required: bool,
    /// Whether only 1.1 has it.
    pub(super) since_1_1: bool,
}

const fn must(name: &'static str, kind: Kind) -> FieldOf {
    FieldOf {
        name,
        kind,
        required: true,
        since_1_1: false,
    }
}

const fn may(name: &'static str, kind: Kind) -> FieldOf {
    FieldOf {
        name,
        kind,
        required: false,
        since_1_1: false,
    }
}

const fn new(name: &'static str, kind: Kind) -> FieldOf {
    FieldOf {
        name,
        kind,
        required: false,
        since_1_1: true,
    }
}

const IDENTIFIER: FieldOf = must("identifier", Kind::Uuid);
const URI: FieldOf = must("uri", Kind::Uri);
const CHANGED: FieldOf = must("lastChangeDateTime", Kind::Moment);
const EXTENSIONS: FieldOf = new("extensions", Kind::Free);

pub(super) const DOCUMENT: &[FieldOf] = &[
    IDENTIFIER,
    URI,
    CHANGED,
    EXTENSIONS,
    must("creator", Kind::Text),
    must("title", Kind::Text),
    new("frameworkType", Kind::Text),
    new("caseVersion", Kind::Text),
    may("officialSourceURL", Kind::Uri),
    may("publisher", Kind::Text),
    may("description", Kind::Text),
    may("subject", Kind::Texts),
    may("subjectURI", Kind::Links),
    may("language", Kind::Text),
    may("version", Kind::Text),
    may("adoptionStatus", Kind::Text),
    may("statusStartDate", Kind::Date),
    may("statusEndDate", Kind::Date),
    may("licenseURI", Kind::Link),
    may("notes", Kind::Text),
    // Stands in the answer to another question of CASE, and in many packages.
    may("CFPackageURI", Kind::Link),
];

pub(super) const ITEM: &[FieldOf] = &[
    IDENTIFIER,
    URI,
    CHANGED,
    EXTENSIONS,
    must("fullStatement", Kind::Text),
    may("alternativeLabel", Kind::Text),
    may("CFItemType", Kind::Text),
    may("humanCodingScheme", Kind::Text),
    may("listEnumeration", Kind::Text),
    may("abbreviatedStatement", Kind::Text),
    may("conceptKeywords", Kind::Texts),
    may("conceptKeywordsURI", Kind::Link),
    may("notes", Kind::Text),
    new("subject", Kind::Texts),
    new("subjectURI", Kind::Links),
    may("language", Kind::Text),
    may("educationLevel", Kind::Texts),
    may("CFItemTypeURI", Kind::Link),
    may("licenseURI", Kind::Link),
    may("statusStartDate", Kind::Date),
    may("statusEndDate", Kind::Date),
    may("CFDocumentURI", Kind::Link),
];

pub(super) const ASSOCIATION: &[FieldOf] = &[
    IDENTIFIER,
    URI,
    CHANGED,
    EXTENSIONS,
    must("associationType", Kind::Text),
    must("originNodeURI", Kind::Link),
    must("destinationNodeURI", Kind::Link),
    may("sequenceNumber", Kind::Whole),
    may("CFAssociationGroupingURI", Kind::Link),
    new("notes", Kind::Text),
    may("CFDocumentURI", Kind::Link),
];

pub(super) const RUBRIC: &[FieldOf] = &[
    IDENTIFIER,
    URI,
    CHANGED,
    EXTENSIONS,
    may("title", Kind::Text),
    may("description", Kind::Text),
    may("CFRubricCriteria", Kind::Records),
];

pub(super) const ITEM_TYPE: &[FieldOf] = &[
    IDENTIFIER,
    URI,
    CHANGED,
    EXTENSIONS,
    must("title", Kind::Text),
    must("description", Kind::Text),
    must("hierarchyCode", Kind::Text),
    may("typeCode", Kind::Text),
];

pub(super) const CONCEPT: &[FieldOf] = &[
    IDENTIFIER,
    URI,
    CHANGED,
    EXTENSIONS,
    must("title", Kind::Text),
    must("hierarchyCode", Kind::Text),
    may("keywords", Kind::Text),
    may("description", Kind::Text),
];

/// Takes out of a record what CASE 1.0 does not have.
pub(super) fn as_in_1_0(record: &mut Map<String, Value>, shape: &[FieldOf]) {
    record.retain(|name, _| shape.iter().any(|field| field.name == name && !field.since_1_1));
}

/// What is not as it should be in a record: the field's name and a sentence.
pub(super) fn departures(record: &Map<String, Value>, shape: &[FieldOf]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for field in shape {
        match record.get(field.name) {
            None | Some(Value::Null) if field.required => {
                found.push((field.name.to_owned(), format!("`{}` is missing", field.name)));
            }
            None => {}
            Some(Value::Null) => found.push((field.name.to_owned(), format!("`{}` is null", field.name))),
            Some(value) => {
                if let Some(wrong) = wrong(value, field.kind) {
                    found.push((field.name.to_owned(), format!("`{}` {wrong}", field.name)));
                }
            }
        }
    }
    for name in record.keys() {
        if !shape.iter().any(|field| field.name == name) {
            let shown: String = name.chars().take(60).collect();
            found.push((
                name.clone(),
                format!("`{shown}` is not a field that CASE knows; it is kept"),
            ));
        }
    }
    found
}

fn wrong(value: &Value, kind: Kind) -> Option<&'static str> {
    let is_text = |what: &dyn Fn(&str) -> bool| value.as_str().is_some_and(what);
    let is_link = |value: &Value| value.get("uri").is_some_and(Value::is_string);
    let (fits, said) = match kind {
        Kind::Uuid => (is_text(&is_uuid), "is not a UUID in lower case"),
        Kind::Text => (value.is_string(), "is not a text"),
        Kind::Uri => (
            is_text(&|text| {
                text.split_once(':')
                    .is_some_and(|(scheme, rest)| is_scheme(scheme) && !rest.is_empty())
            }),
            "is not a full address",
        ),
        Kind::Moment => (is_text(&is_moment), "is not a date and time with its zone"),
        Kind::Date => (
            is_text(&|text| text.parse::<jiff::civil::Date>().is_ok()),
            "is not a date such as 2018-03-01",
        ),
        Kind::Whole => (value.is_i64() || value.is_u64(), "is not a whole number"),
        Kind::Texts => (
            value
                .as_array()
                .is_some_and(|all| all.iter().all(Value::is_string)),
            "is not a list of texts",
        ),
        Kind::Link => (is_link(value), "is not a link with its uri"),
        Kind::Links => (
            value.as_array().is_some_and(|all| all.iter().all(is_link)),
            "is not a list of links",
        ),
        Kind::Records => (value.is_array(), "is not a list"),
        Kind::Free => (true, ""),
    };
    (!fits).then_some(said)
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
}

fn is_moment(text: &str) -> bool {
    text.parse::<jiff::Timestamp>().is_ok()
}
