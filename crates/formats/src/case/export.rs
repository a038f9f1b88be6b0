//! A specification as a package.

use assay_specification::{Criterion, Link, Outcome, Qualification, Specification, Unit};
use serde_json::{Map, Value, json};

use super::identifier::{self, Identifiers};
use super::shape;
use super::{CaseVersion, EXTENSION, ItemKind, Package};

/// Paragraphs of guidance in an item's notes are parted by an empty line.
pub(super) const BETWEEN_PASSAGES: &str = "\n\n";

/// Writes a specification as a package. The same specification gives the same package: identifiers come from the numbers
/// of its units, outcomes and criteria, and every record's time of change is the document's date of issue.
///
/// # Errors
///
/// The writer's own sentence when the values cannot be written; not known to happen.
pub fn export(specification: &Specification, version: CaseVersion) -> Result<Package, String> {
    let document = &specification.document;
    let identifiers = Identifiers::of(&document.awarding_body, &document.title);
    let mut writer = Writer {
        version,
        changed: changed(&document.issued),
        items: Vec::new(),
        associations: Vec::new(),
        document: link(&identifiers.pointing_to("document"), &document.title),
        identifiers,
    };
    let root = writer.document.clone();
    for (at, qualification) in specification.qualifications.iter().enumerate() {
        writer.qualification(qualification, &root, at)?;
    }
    for (at, unit) in specification.units.iter().enumerate() {
        writer.unit(unit, &root, at, specification)?;
    }
    let record = writer.document(specification)?;
    let definitions = writer.definitions(specification)?;
    let mut package = Map::new();
    package.insert("CFDocument".to_owned(), record);
    package.insert("CFItems".to_owned(), Value::Array(writer.items));
    package.insert("CFAssociations".to_owned(), Value::Array(writer.associations));
    package.insert("CFDefinitions".to_owned(), definitions);
    if version == CaseVersion::V1_1 {
        let carried = without(
            plain(specification)?,
            &["document", "qualifications", "units", "models", "terms"],
        );
        package.insert("extensions".to_owned(), json!({ EXTENSION: carried }));
    }
    Ok(Package { value: package })
}

/// A value as an object.
fn plain(value: &impl serde::Serialize) -> Result<Map<String, Value>, String> {
    match serde_json::to_value(value) {
        Ok(Value::Object(object)) => Ok(object),
        Ok(_) => Err("not an object".to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

fn without(mut object: Map<String, Value>, keys: &[&str]) -> Map<String, Value> {
    object.retain(|key, _| !keys.contains(&key.as_str()));
    object
}

fn link(identifier: &str, title: &str) -> Value {
    json!({ "title": title, "identifier": identifier, "uri": address(identifier) })
}

fn address(identifier: &str) -> String {
    format!("urn:uuid:{identifier}")
}

/// "2018-03" as a moment: the first that the date allows. A date that cannot be read gives the first moment of 1970.
fn changed(issued: &str) -> String {
    let day = match issued.len() {
        4 => format!("{issued}-01-01"),
        7 => format!("{issued}-01"),
        _ => issued.to_owned(),
    };
    match day.parse::<jiff::civil::Date>() {
        Ok(day) => format!("{day}T00:00:00Z"),
        Err(_) => "1970-01-01T00:00:00Z".to_owned(),
    }
}

/// The code of a language named in English, as CASE wants it.
fn language_code(name: &str) -> Option<&'static str> {
    Some(match name.trim().to_lowercase().as_str() {
        "english" => "en",
        "welsh" | "cymraeg" => "cy",
        "irish" | "gaeilge" => "ga",
        "french" => "fr",
        "german" => "de",
        "spanish" => "es",
        "arabic" => "ar",
        _ => return None,
    })
}

struct Writer {
    version: CaseVersion,
    identifiers: Identifiers,
    changed: String,
    document: Value,
    items: Vec<Value>,
    associations: Vec<Value>,
}

/// An item about to be written.
struct Item<'a> {
    kind: ItemKind,
    name: String,
    statement: &'a str,
    code: String,
    enumeration: String,
    level: Option<u8>,
    keywords: Vec<&'a str>,
    notes: String,
    carried: Map<String, Value>,
}

impl Writer {
    /// Writes an item as a child of another and returns the link to it.
    fn item(&mut self, item: Item<'_>, parent: &Value, at: usize) -> Value {
        let identifier = self.identifiers.give(&item.name);
        let here = link(&identifier, item.statement);
        let kind = self
            .identifiers
            .pointing_to(&format!("type {}", item.kind.title()));
        let mut record = Map::new();
        let mut put = |key: &str, value: Value| record.insert(key.to_owned(), value);
        put("identifier", json!(identifier));
        put("uri", json!(address(&identifier)));
        put("fullStatement", json!(item.statement));
        put("humanCodingScheme", json!(item.code));
        put("listEnumeration", json!(item.enumeration));
        put("CFItemType", json!(item.kind.title()));
        put("CFItemTypeURI", link(&kind, item.kind.title()));
        put("lastChangeDateTime", json!(self.changed));
        if let Some(level) = item.level {
            put("educationLevel", json!([level.to_string()]));
        }
        if !item.keywords.is_empty() {
            put("conceptKeywords", json!(item.keywords));
        }
        if !item.notes.is_empty() {
            put("notes", json!(item.notes));
        }
        if !item.carried.is_empty() {
            put("extensions", json!({ EXTENSION: item.carried }));
        }
        if self.version == CaseVersion::V1_0 {
            shape::as_in_1_0(&mut record, shape::ITEM);
        }
        self.items.push(Value::Object(record));
        self.associate("isChildOf", &here, parent, Some(at), None, None);
        here
    }

    fn associate(
        &mut self,
        kind: &str,
        from: &Value,
        to: &Value,
        at: Option<usize>,
        notes: Option<&str>,
        carried: Option<Value>,
    ) {
        let name = |link: &Value| {
            link.get("identifier")
                .and_then(Value::as_str)
                .unwrap_or_default()
                .to_owned()
        };
        let identifier = self
            .identifiers
            .give(&format!("{kind} {} {}", name(from), name(to)));
        let mut record = Map::new();
        let mut put = |key: &str, value: Value| record.insert(key.to_owned(), value);
        put("identifier", json!(identifier));
        put("uri", json!(address(&identifier)));
        put("associationType", json!(kind));
        put("originNodeURI", from.clone());
        put("destinationNodeURI", to.clone());
        put("lastChangeDateTime", json!(self.changed));
        if let Some(at) = at {
            put("sequenceNumber", json!(at + 1));
        }
        if let Some(notes) = notes {
            put("notes", json!(notes));
        }
        if let Some(carried) = carried {
            put("extensions", json!({ EXTENSION: carried }));
        }
        if self.version == CaseVersion::V1_0 {
            shape::as_in_1_0(&mut record, shape::ASSOCIATION);
        }
        self.associations.push(Value::Object(record));
    }

    fn qualification(&mut self, one: &Qualification, root: &Value, at: usize) -> Result<(), String> {
        let figures = [
            ("Qualification number", one.number.to_string()),
            ("Level", one.level.to_string()),
            ("Total Qualification Time", one.tqt.to_string()),
            ("Guided Learning Hours", one.glh.to_string()),
            ("Minimum credits", one.minimum_credits.to_string()),
        ];
        let item = Item {
            kind: ItemKind::Qualification,
            name: format!("qualification {}", one.code),
            statement: &one.title,
            code: one.code.clone(),
            enumeration: (at + 1).to_string(),
            level: Some(one.level),
            keywords: Vec::new(),
            notes: self.in_notes(&figures, ""),
            carried: without(plain(one)?, &["code", "title"]),
        };
        let here = self.item(item, root, at);
        for unit in one.rule.listed_units() {
            let to = self.identifiers.pointing_to(&identifier::unit(unit.as_str()));
            self.associate("isPartOf", &link(&to, unit.as_str()), &here, None, None, None);
        }
        Ok(())
    }

    /// Figures stand in the notes where there is no other place for them.
    fn in_notes(&self, figures: &[(&str, String)], words: &str) -> String {
        if self.version == CaseVersion::V1_1 {
            return words.to_owned();
        }
        let lines: Vec<String> = figures
            .iter()
            .map(|(label, value)| format!("{label}: {value}"))
            .collect();
        [lines.join("\n").as_str(), words]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(BETWEEN_PASSAGES)
    }

    fn unit(&mut self, unit: &Unit, root: &Value, at: usize, whole: &Specification) -> Result<(), String> {
        let figures = [
            ("Unit Level", unit.level.to_string()),
            ("Reference", unit.reference.to_string()),
            ("Credit Value", unit.credits.to_string()),
            ("Total Unit Time", unit.tut.to_string()),
            ("Guided Learning Hours", unit.glh.to_string()),
        ];
        let item = Item {
            kind: ItemKind::Unit,
            name: identifier::unit(unit.number.as_str()),
            statement: &unit.title,
            code: unit.number.to_string(),
            enumeration: (at + 1).to_string(),
            level: Some(unit.level),
            keywords: Vec::new(),
            notes: self.in_notes(&figures, &unit.aims),
            carried: without(plain(unit)?, &["number", "title", "aims", "outcomes"]),
        };
        let here = self.item(item, root, at);
        for (at, outcome) in unit.outcomes.iter().enumerate() {
            self.outcome(unit, outcome, &here, at, whole)?;
        }
        Ok(())
    }

    fn outcome(
        &mut self,
        unit: &Unit,
        outcome: &Outcome,
        parent: &Value,
        at: usize,
        whole: &Specification,
    ) -> Result<(), String> {
        let number = outcome.number.to_string();
        let item = Item {
            kind: ItemKind::Outcome,
            name: identifier::outcome(unit.number.as_str(), &number),
            statement: &outcome.text,
            code: format!("{} LO{number}", unit.number),
            enumeration: number,
            level: None,
            keywords: Vec::new(),
            notes: String::new(),
            carried: Map::new(),
        };
        let here = self.item(item, parent, at);
        for (at, criterion) in outcome.criteria.iter().enumerate() {
            self.criterion(unit, criterion, &here, at, whole)?;
        }
        Ok(())
    }

    fn criterion(
        &mut self,
        unit: &Unit,
        criterion: &Criterion,
        parent: &Value,
        at: usize,
        whole: &Specification,
    ) -> Result<(), String> {
        let number = criterion.number.to_string();
        let mut carried = without(plain(criterion)?, &["number", "text", "twin", "links"]);
        let notes = criterion.guidance.join(BETWEEN_PASSAGES);
        if passages(&notes) == criterion.guidance {
            carried.remove("guidance");
        }
        let keywords = criterion
            .models
            .iter()
            .map(|id| {
                let known = whole.models.iter().find(|model| model.id == *id);
                known.map_or(id.as_str(), |model| model.name.as_str())
            })
            .collect();
        let item = Item {
            kind: ItemKind::Criterion,
            name: identifier::criterion(unit.number.as_str(), &number),
            statement: &criterion.text,
            code: format!("{} AC{number}", unit.number),
            enumeration: number,
            level: None,
            keywords,
            notes,
            carried,
        };
        let here = self.item(item, parent, at);
        if let Some(twin) = criterion.twin {
            let to = self.target(unit, None, None, Some(twin.to_string()));
            // A twin asks the same of another discipline: a peer, and no exact match.
            let carried = json!({ "twin": twin });
            self.associate("isPeerOf", &here, &to, None, None, Some(carried));
        }
        for one in &criterion.links {
            let to = self.link_target(unit, one);
            let carried = json!({ "link": one });
            self.associate("isRelatedTo", &here, &to, None, Some(&one.why), Some(carried));
        }
        Ok(())
    }

    fn link_target(&self, unit: &Unit, one: &Link) -> Value {
        self.target(
            unit,
            one.unit.as_ref().map(ToString::to_string),
            one.outcome.map(|number| number.to_string()),
            one.criterion.map(|number| number.to_string()),
        )
    }

    fn target(
        &self,
        own: &Unit,
        unit: Option<String>,
        outcome: Option<String>,
        criterion: Option<String>,
    ) -> Value {
        let unit = unit.unwrap_or_else(|| own.number.to_string());
        let (name, title) = match (outcome, criterion) {
            (_, Some(number)) => (
                identifier::criterion(&unit, &number),
                format!("{unit} AC{number}"),
            ),
            (Some(number), None) => (identifier::outcome(&unit, &number), format!("{unit} LO{number}")),
            (None, None) => (identifier::unit(&unit), unit),
        };
        link(&self.identifiers.pointing_to(&name), &title)
    }

    fn document(&mut self, specification: &Specification) -> Result<Value, String> {
        let document = &specification.document;
        let identifier = self.identifiers.pointing_to("document");
        let mut record = Map::new();
        let mut put = |key: &str, value: Value| record.insert(key.to_owned(), value);
        put("identifier", json!(identifier));
        put("uri", json!(address(&identifier)));
        put("caseVersion", json!("1.1"));
        put("frameworkType", json!("Qualification specification"));
        put("creator", json!(document.awarding_body));
        put("title", json!(document.title));
        put("description", json!(document.purpose));
        put("version", json!(document.version));
        put("statusStartDate", json!(document.operational_from));
        put("statusEndDate", json!(document.registration_ends));
        put("lastChangeDateTime", json!(self.changed));
        if let Some(code) = language_code(&document.language) {
            put("language", json!(code));
        }
        let carried = without(
            plain(document)?,
            &[
                "title",
                "awarding_body",
                "purpose",
                "version",
                "operational_from",
                "registration_ends",
            ],
        );
        put("extensions", json!({ EXTENSION: carried }));
        if self.version == CaseVersion::V1_0 {
            shape::as_in_1_0(&mut record, shape::DOCUMENT);
        }
        Ok(Value::Object(record))
    }

    fn definitions(&mut self, specification: &Specification) -> Result<Value, String> {
        let mut types = Vec::new();
        for (at, kind) in ItemKind::ALL.into_iter().enumerate() {
            let identifier = self.identifiers.give(&format!("type {}", kind.title()));
            types.push(json!({
                "identifier": identifier,
                "uri": address(&identifier),
                "title": kind.title(),
                "description": kind.about(),
                "hierarchyCode": (at + 1).to_string(),
                "lastChangeDateTime": self.changed,
            }));
        }
        let mut concepts = Vec::new();
        for (at, model) in specification.models.iter().enumerate() {
            let words = (model.name.as_str(), model.about.as_str(), model.aliases.join("|"));
            let concept = self.concept(
                &format!("model {}", model.id),
                words,
                format!("M{}", at + 1),
                json!({ "model": model }),
            );
            concepts.push(concept);
        }
        for (at, term) in specification.terms.iter().enumerate() {
            let words = (term.term.as_str(), term.meaning.as_str(), String::new());
            let concept = self.concept(
                &format!("term {}", term.term),
                words,
                format!("T{}", at + 1),
                json!({ "term": term }),
            );
            concepts.push(concept);
        }
        Ok(json!({ "CFItemTypes": types, "CFConcepts": concepts }))
    }

    fn concept(&mut self, name: &str, words: (&str, &str, String), code: String, carried: Value) -> Value {
        let identifier = self.identifiers.give(name);
        let (title, about, keywords) = words;
        let mut record = Map::new();
        let mut put = |key: &str, value: Value| record.insert(key.to_owned(), value);
        put("identifier", json!(identifier));
        put("uri", json!(address(&identifier)));
        put("title", json!(title));
        put("hierarchyCode", json!(code));
        put("description", json!(about));
        put("lastChangeDateTime", json!(self.changed));
        if !keywords.is_empty() {
            put("keywords", json!(keywords));
        }
        put("extensions", json!({ EXTENSION: carried }));
        if self.version == CaseVersion::V1_0 {
            shape::as_in_1_0(&mut record, shape::CONCEPT);
        }
        Value::Object(record)
    }
}

/// The passages that notes hold.
pub(super) fn passages(notes: &str) -> Vec<String> {
    notes
        .split(BETWEEN_PASSAGES)
        .filter(|passage| !passage.is_empty())
        .map(str::to_owned)
        .collect()
}
