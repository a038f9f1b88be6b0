//! A package that a specification was written to becomes that specification again.

use assay_specification::{Complaint, Format, Place, Specification};
use serde_json::{Map, Value, json};

use super::export::passages;
use super::package::{Package, extension, text};
use super::tree::{Findings, Tree};
use super::{EXTENSION, ItemKind};

impl Package {
    /// The specification that this package carries. What CASE has a field for is taken from that field, so that a change
    /// made in another program counts; the rest comes from the extensions.
    ///
    /// # Errors
    ///
    /// Every complaint, when the package was not written from a specification, or was changed so that it is none.
    pub fn specification(&self) -> Result<Specification, Vec<Complaint>> {
        let Some(carried) = self
            .value
            .get("extensions")
            .and_then(|all| all.get(EXTENSION))
            .and_then(Value::as_object)
        else {
            return Err(vec![Complaint {
                place: Place {
                    line: 1,
                    column: 1,
                    path: format!("extensions.{EXTENSION}"),
                },
                expected: "what a specification needs beside CASE".to_owned(),
                found: "nothing".to_owned(),
                hint: Some("import the package as a syllabus, which asks for what is missing".to_owned()),
            }]);
        };
        let mut whole = carried.clone();
        whole.insert("document".to_owned(), Value::Object(self.document_carried()));
        let (qualifications, units) = self.items_carried();
        whole.insert("qualifications".to_owned(), Value::Array(qualifications));
        whole.insert("units".to_owned(), Value::Array(units));
        for (key, name) in [("models", "model"), ("terms", "term")] {
            let all: Vec<Value> = self
                .definitions("CFConcepts")
                .filter_map(|(_, record)| extension(record)?.get(name).cloned())
                .collect();
            whole.insert(key.to_owned(), Value::Array(all));
        }
        let text = Value::Object(whole).to_string();
        Specification::read(&text, Format::Json)
    }

    fn document_carried(&self) -> Map<String, Value> {
        let Some(record) = self.document() else {
            return Map::new();
        };
        let mut document = extension(record).cloned().unwrap_or_default();
        for (key, field) in [
            ("title", "title"),
            ("awarding_body", "creator"),
            ("purpose", "description"),
            ("version", "version"),
            ("operational_from", "statusStartDate"),
            ("registration_ends", "statusEndDate"),
        ] {
            if let Some(value) = record.get(field) {
                document.insert(key.to_owned(), value.clone());
            }
        }
        document
    }

    fn items_carried(&self) -> (Vec<Value>, Vec<Value>) {
        let tree = Tree::of(self, &mut Findings::default());
        let related = self.related(&tree);
        let (mut qualifications, mut units) = (Vec::new(), Vec::new());
        for root in &tree.roots {
            let Some((_, item)) = tree.items.get(*root) else {
                continue;
            };
            match kind(item) {
                Some(ItemKind::Qualification) => {
                    let mut one = extension(item).cloned().unwrap_or_default();
                    copy(item, "humanCodingScheme", &mut one, "code");
                    copy(item, "fullStatement", &mut one, "title");
                    qualifications.push(Value::Object(one));
                }
                Some(ItemKind::Unit) => units.push(unit(&tree, *root, item, &related)),
                _ => {}
            }
        }
        (qualifications, units)
    }

    /// Twins and links of criteria, as their associations carry them.
    fn related(&self, tree: &Tree<'_>) -> Vec<(usize, Value)> {
        self.list("CFAssociations")
            .filter_map(|(_, record)| {
                let origin = super::package::pointed_to(record, "originNodeURI")?;
                let node = tree.by_identifier.get(origin)?;
                Some((*node, Value::Object(extension(record)?.clone())))
            })
            .collect()
    }
}

fn kind(item: &Map<String, Value>) -> Option<ItemKind> {
    ItemKind::of_title(text(item, "CFItemType")?)
}

fn copy(item: &Map<String, Value>, field: &str, to: &mut Map<String, Value>, key: &str) {
    if let Some(value) = item.get(field) {
        to.insert(key.to_owned(), value.clone());
    }
}

fn unit(tree: &Tree<'_>, node: usize, item: &Map<String, Value>, related: &[(usize, Value)]) -> Value {
    let mut one = extension(item).cloned().unwrap_or_default();
    copy(item, "humanCodingScheme", &mut one, "number");
    copy(item, "fullStatement", &mut one, "title");
    let aims = item.get("notes").cloned().unwrap_or_else(|| json!(""));
    one.insert("aims".to_owned(), aims);
    let outcomes: Vec<Value> = below(tree, node)
        .map(|(node, item)| outcome(tree, node, item, related))
        .collect();
    one.insert("outcomes".to_owned(), Value::Array(outcomes));
    Value::Object(one)
}

fn outcome(tree: &Tree<'_>, node: usize, item: &Map<String, Value>, related: &[(usize, Value)]) -> Value {
    let number = text(item, "listEnumeration")
        .and_then(|number| number.parse::<u32>().ok())
        .map_or_else(
            || item.get("listEnumeration").cloned().unwrap_or(Value::Null),
            |number| json!(number),
        );
    let criteria: Vec<Value> = below(tree, node)
        .map(|(node, item)| criterion(node, item, related))
        .collect();
    json!({ "number": number, "text": item.get("fullStatement"), "criteria": criteria })
}

fn criterion(node: usize, item: &Map<String, Value>, related: &[(usize, Value)]) -> Value {
    let mut one = extension(item).cloned().unwrap_or_default();
    copy(item, "listEnumeration", &mut one, "number");
    copy(item, "fullStatement", &mut one, "text");
    if let Some(notes) = item
        .get("notes")
        .and_then(Value::as_str)
        .filter(|_| !one.contains_key("guidance"))
    {
        one.insert("guidance".to_owned(), json!(passages(notes)));
    }
    let mut links = Vec::new();
    for (_, carried) in related.iter().filter(|(origin, _)| *origin == node) {
        if let Some(twin) = carried.get("twin") {
            one.insert("twin".to_owned(), twin.clone());
        }
        links.extend(carried.get("link").cloned());
    }
    one.insert("links".to_owned(), Value::Array(links));
    Value::Object(one)
}

fn below<'a>(tree: &'a Tree<'a>, node: usize) -> impl Iterator<Item = (usize, &'a Map<String, Value>)> {
    tree.children
        .get(node)
        .into_iter()
        .flatten()
        .filter_map(|child| Some((*child, tree.items.get(*child)?.1)))
}
