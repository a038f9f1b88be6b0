//! A draft of a specification from any package.

use std::collections::BTreeMap;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::limits::Limits;
use crate::refusal::ReadRefusal;
use crate::syllabus::{
    CriterionDraft, DocumentDraft, Draft, Field, Found, GuidanceDraft, OutcomeDraft, Place,
    QualificationDraft, RowDraft, TermDraft, UnitDraft,
};
use crate::syllabus_tables::labels::{UnitFact, figure, folded};

use super::export::passages;
use super::package::{Package, extension, text};
use super::place::{Placed, place};
use super::tree::{Findings, Tree, shown};
use super::{EXTENSION, ItemKind, codes, shape};

/// Reads a package as a draft. Each value carries its JSON pointer; what is wrong with the package is among the findings.
///
/// Refuses, when: [`Package::read`] does.
pub fn read_case(bytes: &[u8], limits: &Limits) -> Result<Draft, ReadRefusal> {
    Ok(Package::read(bytes, limits)?.draft())
}

impl Package {
    /// The draft that this package gives.
    pub fn draft(&self) -> Draft {
        let mut findings = Findings::default();
        departures(self, &mut findings);
        let tree = Tree::of(self, &mut findings);
        let (placed, order) = place(&tree, &mut findings);
        let mut reader = Reader {
            draft: Draft::default(),
            findings,
            units: BTreeMap::new(),
            outcomes: BTreeMap::new(),
        };
        reader.document(self);
        for node in order {
            if let (Some(placed), Some((index, item))) = (placed.get(node), tree.items.get(node)) {
                reader.item(node, *placed, *index, item);
            }
        }
        reader.terms(self);
        if reader.draft.units.is_empty() {
            reader.findings.add(
                &codes::NOTHING,
                "/CFItems",
                "package",
                "it holds no unit, so there is nothing to make a specification of".to_owned(),
                "Export the framework with its items and their associations.",
            );
        }
        let mut draft = reader.draft;
        draft.findings.extend(reader.findings.into_list());
        draft
    }
}

/// What an item stands for, in a form that two packages of one specification share: kind and numbers from the unit down.
pub(super) type Position = (ItemKind, Vec<String>);

/// Where the items of each position stand in `CFItems`.
pub(super) fn positions(package: &Package) -> BTreeMap<Position, usize> {
    let mut quiet = Findings::default();
    let tree = Tree::of(package, &mut quiet);
    let (placed, order) = place(&tree, &mut quiet);
    let number = |node: usize| {
        tree.items.get(node).and_then(|(_, item)| {
            placed
                .get(node)?
                .kind
                .and_then(|kind| number(item, kind))
                .map(|(_, number)| number)
        })
    };
    let mut positions = BTreeMap::new();
    for node in order {
        let (Some(at), Some((index, _))) = (placed.get(node), tree.items.get(node)) else {
            continue;
        };
        let Some(kind) = at.kind else { continue };
        let above = match kind {
            ItemKind::Qualification | ItemKind::Unit => None,
            ItemKind::Outcome | ItemKind::Criterion => at.unit,
        };
        let path: Option<Vec<String>> = above.into_iter().chain([node]).map(number).collect();
        if let Some(path) = path {
            positions.entry((kind, path)).or_insert(*index);
        }
    }
    positions
}

/// Tells where records are not as CASE wants them. Nothing is refused for it: published packages are often so.
fn departures(package: &Package, findings: &mut Findings) {
    let mut look = |pointer: String, record: &Map<String, Value>, fields: &[shape::FieldOf]| {
        for (field, wrong) in shape::departures(record, fields) {
            findings.add(
                &codes::SHAPE,
                &format!("{pointer}/{}", field.replace('~', "~0").replace('/', "~1")),
                "record",
                wrong,
                "It was read all the same. Tell whoever publishes the package.",
            );
        }
    };
    if let Some(document) = package.document() {
        look("/CFDocument".to_owned(), document, shape::DOCUMENT);
    }
    for (list, fields) in [
        ("CFItems", shape::ITEM),
        ("CFAssociations", shape::ASSOCIATION),
        ("CFRubrics", shape::RUBRIC),
    ] {
        for (index, record) in package.list(list) {
            look(format!("/{list}/{index}"), record, fields);
        }
    }
    for (list, fields) in [("CFItemTypes", shape::ITEM_TYPE), ("CFConcepts", shape::CONCEPT)] {
        for (index, record) in package.definitions(list) {
            look(format!("/CFDefinitions/{list}/{index}"), record, fields);
        }
    }
    for list in ["CFItems", "CFAssociations"] {
        let all = package.value.get(list).and_then(Value::as_array);
        for (index, _) in all
            .into_iter()
            .flatten()
            .enumerate()
            .filter(|(_, one)| !one.is_object())
        {
            findings.add(
                &codes::SHAPE,
                &format!("/{list}/{index}"),
                "record",
                "it is no object, so it says nothing".to_owned(),
                "Export the package again.",
            );
        }
    }
}

/// The number of an item with the field that gives it.
fn number(item: &Map<String, Value>, kind: ItemKind) -> Option<(&'static str, String)> {
    let code = |key: &'static str| text(item, key).map(|text| (key, text));
    match kind {
        ItemKind::Qualification => code("humanCodingScheme").map(|(key, text)| (key, text.to_owned())),
        ItemKind::Unit => code("humanCodingScheme")
            .or_else(|| code("listEnumeration"))
            .map(|(key, text)| (key, text.to_owned())),
        ItemKind::Outcome | ItemKind::Criterion => code("listEnumeration")
            .or_else(|| {
                code("humanCodingScheme").map(|(key, text)| (key, text.rsplit(' ').next().unwrap_or(text)))
            })
            .map(|(key, text)| (key, bare(text).to_owned())),
    }
}

/// "LO1", "AC 1.2", "1.2." without what stands around the number.
fn bare(text: &str) -> &str {
    let text = text.trim().trim_end_matches(['.', ')', ':']);
    let without = ["LO", "AC", "lo", "ac"].iter().find_map(|prefix| {
        let rest = text.strip_prefix(prefix)?.trim_start();
        rest.starts_with(|c: char| c.is_ascii_digit()).then_some(rest)
    });
    without.unwrap_or(text)
}

struct Reader {
    draft: Draft,
    findings: Findings,
    /// Places in the draft, by node.
    units: BTreeMap<usize, usize>,
    outcomes: BTreeMap<usize, usize>,
}

impl Reader {
    fn document(&mut self, package: &Package) {
        let Some(record) = package.document() else { return };
        let pointer = "/CFDocument";
        let plain = |key: &str| found(record, key, pointer);
        let mut carried = Carried::of(record, pointer);
        let mut document = DocumentDraft {
            title: plain("title"),
            awarding_body: plain("creator"),
            purpose: plain("description"),
            version: plain("version"),
            subtitle: carried.field("subtitle"),
            framework: carried.field("framework"),
            awarding_body_short: carried.field("awarding_body_short"),
            regulator: carried.field("regulator"),
            issued: carried.field("issued"),
            language: carried.field("language"),
            minimum_age: carried.field("minimum_age"),
            regulated_from: carried.field("regulated_from"),
            certification_ends: carried.field("certification_ends"),
            ..DocumentDraft::default()
        };
        document.source_sha256 = carried
            .field("source_sha256")
            .map(|found: Found<String>| found.value);
        document.progression = carried.fields("progression");
        let day = |key: &str| {
            let found = found(record, key, pointer)?;
            Some(Found {
                value: found.value.parse().ok()?,
                at: found.at,
            })
        };
        // Other frameworks put their own status here; only our own packages mean the days of registration by it.
        if carried.is_there {
            document.operational_from = day("statusStartDate");
            document.registration_ends = day("statusEndDate");
        }
        let wrong = carried.wrong;
        self.complain(wrong, "document");
        self.draft.document = document;
    }

    fn complain(&mut self, wrong: Vec<(String, String)>, subject: &str) {
        for (pointer, message) in wrong {
            self.findings.add(
                &codes::VALUE,
                &pointer,
                subject,
                message,
                "Correct the value there, or type it in on the review page.",
            );
        }
    }

    fn item(&mut self, node: usize, placed: Placed, index: usize, item: &Map<String, Value>) {
        let pointer = format!("/CFItems/{index}");
        match placed.kind {
            Some(ItemKind::Qualification) => self.qualification(item, &pointer),
            Some(ItemKind::Unit) => {
                self.units.insert(node, self.draft.units.len());
                self.unit(item, &pointer);
            }
            Some(ItemKind::Outcome) => {
                let Some(unit) = self.unit_of(placed) else { return };
                unit.outcomes.push(OutcomeDraft {
                    number: numbered(item, ItemKind::Outcome, &pointer),
                    text: found(item, "fullStatement", &pointer),
                    criteria: Vec::new(),
                });
                let at = unit.outcomes.len() - 1;
                self.outcomes.insert(node, at);
            }
            Some(ItemKind::Criterion) => self.criterion(placed, item, &pointer),
            None => {}
        }
    }

    fn unit_of(&mut self, placed: Placed) -> Option<&mut UnitDraft> {
        let at = *self.units.get(&placed.unit?)?;
        self.draft.units.get_mut(at)
    }

    fn criterion(&mut self, placed: Placed, item: &Map<String, Value>, pointer: &str) {
        let notes = item.get("notes").and_then(Value::as_str).unwrap_or_default();
        let carried = extension(item)
            .and_then(|all| all.get("guidance"))
            .and_then(Value::as_array);
        let texts: Vec<String> = match carried {
            Some(list) => list.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
            None => passages(notes),
        };
        let guidance = texts
            .into_iter()
            .map(|text| GuidanceDraft {
                text,
                at: vec![Place::part(format!("{pointer}/notes"))],
            })
            .collect();
        let criterion = CriterionDraft {
            number: numbered(item, ItemKind::Criterion, pointer),
            text: found(item, "fullStatement", pointer),
            grade: None,
            guidance,
        };
        let outcome = placed.outcome.and_then(|node| self.outcomes.get(&node)).copied();
        let loose = outcome.is_none();
        let Some(unit) = self.unit_of(placed) else { return };
        let at = match outcome {
            Some(at) => at,
            None => {
                // Kept where the next stage says that the outcome is missing.
                if unit
                    .outcomes
                    .last()
                    .is_none_or(|last| last.number.is_some() || last.text.is_some())
                {
                    unit.outcomes.push(OutcomeDraft::default());
                }
                unit.outcomes.len() - 1
            }
        };
        if let Some(outcome) = unit.outcomes.get_mut(at) {
            outcome.criteria.push(criterion);
        }
        if loose {
            self.findings.add(
                &codes::NOT_PLACED,
                pointer,
                &shown(item),
                "the criterion stands directly below its unit, without an outcome".to_owned(),
                "Put it below its outcome.",
            );
        }
    }

    fn qualification(&mut self, item: &Map<String, Value>, pointer: &str) {
        let mut carried = Carried::of(item, pointer);
        let notes = Notes::of(item, pointer);
        let qualification = QualificationDraft {
            code: numbered(item, ItemKind::Qualification, pointer),
            title: found(item, "fullStatement", pointer),
            number: carried
                .field("number")
                .or_else(|| notes.text("qualificationnumber")),
            level: carried.field("level").or_else(|| notes.figure("level")),
            size: carried.field("size"),
            tqt: carried
                .field("tqt")
                .or_else(|| notes.figure("totalqualificationtime")),
            glh: carried
                .field("glh")
                .or_else(|| notes.figure("guidedlearninghours")),
            minimum_credits: carried
                .field("minimum_credits")
                .or_else(|| notes.figure("minimumcredits")),
            rule_words: None,
            rule: carried.field("rule"),
            table: carried.rows(),
        };
        let wrong = carried.wrong;
        self.complain(wrong, &shown(item));
        self.draft.qualifications.push(qualification);
    }

    fn unit(&mut self, item: &Map<String, Value>, pointer: &str) {
        let mut carried = Carried::of(item, pointer);
        let notes = Notes::of(item, pointer);
        let by_fact = |fact: UnitFact| notes.of_fact(fact);
        let number_of = |fact: UnitFact| {
            let found = by_fact(fact)?;
            Some(Found {
                value: figure(&found.value)?,
                at: found.at,
            })
        };
        let level = || {
            let levels = item.get("educationLevel")?.as_array()?;
            let [Value::String(one)] = levels.as_slice() else {
                return None;
            };
            let value = u8::try_from(figure(one)?).ok()?;
            Some(Found::new(
                value,
                Place::part(format!("{pointer}/educationLevel")),
            ))
        };
        let level_in_notes = || {
            let found = number_of(UnitFact::Level)?;
            Some(Found {
                value: u8::try_from(found.value).ok()?,
                at: found.at,
            })
        };
        let unit = UnitDraft {
            number: numbered(item, ItemKind::Unit, pointer),
            title: found(item, "fullStatement", pointer),
            heading: carried.field("heading"),
            level: carried.field("level").or_else(level).or_else(level_in_notes),
            reference: carried
                .field("reference")
                .or_else(|| by_fact(UnitFact::Reference)),
            credits: carried.field("credits").or_else(|| number_of(UnitFact::Credits)),
            tut: carried.field("tut").or_else(|| number_of(UnitFact::Tut)),
            glh: carried.field("glh").or_else(|| number_of(UnitFact::Glh)),
            aims: notes.rest(),
            page: carried.field("page").map(|found: Found<u32>| found.value),
            ..UnitDraft::default()
        };
        let wrong = carried.wrong;
        self.complain(wrong, &shown(item));
        self.draft.units.push(unit);
    }

    fn terms(&mut self, package: &Package) {
        for (index, record) in package.definitions("CFConcepts") {
            let pointer = format!("/CFDefinitions/CFConcepts/{index}");
            let carried = extension(record);
            // A model is a concept too, and no term.
            if carried.is_some_and(|all| !all.contains_key("term")) {
                continue;
            }
            if let (Some(term), Some(meaning)) = (
                found(record, "title", &pointer),
                found(record, "description", &pointer),
            ) {
                self.draft.terms.push(TermDraft {
                    term,
                    short: None,
                    meaning,
                });
            }
        }
    }
}

/// A text field with its pointer.
fn found(record: &Map<String, Value>, key: &str, pointer: &str) -> Field<String> {
    let value = text(record, key)?;
    Some(Found::new(
        value.to_owned(),
        Place::part(format!("{pointer}/{key}")),
    ))
}

fn numbered(item: &Map<String, Value>, kind: ItemKind, pointer: &str) -> Field<String> {
    let (key, value) = number(item, kind)?;
    Some(Found::new(value, Place::part(format!("{pointer}/{key}"))))
}

/// What a record carries for a specification, value by value.
struct Carried<'a> {
    values: Option<&'a Map<String, Value>>,
    is_there: bool,
    pointer: String,
    wrong: Vec<(String, String)>,
}

impl<'a> Carried<'a> {
    fn of(record: &'a Map<String, Value>, pointer: &str) -> Self {
        let values = extension(record);
        Self {
            values,
            is_there: values.is_some(),
            pointer: format!("{pointer}/extensions/{EXTENSION}"),
            wrong: Vec::new(),
        }
    }

    fn field<T: DeserializeOwned>(&mut self, key: &str) -> Field<T> {
        let value = self.values?.get(key)?;
        let place = format!("{}/{key}", self.pointer);
        match T::deserialize(value) {
            Ok(value) => Some(Found::new(value, Place::part(place))),
            Err(error) => {
                self.wrong
                    .push((place, format!("`{key}` cannot be read: {error}")));
                None
            }
        }
    }

    fn fields(&mut self, key: &str) -> Vec<Found<String>> {
        let list: Option<Found<Vec<String>>> = self.field(key);
        list.map_or_else(Vec::new, |list| {
            let place = list.first_place().cloned().unwrap_or_default();
            list.value
                .into_iter()
                .map(|value| Found::new(value, place.clone()))
                .collect()
        })
    }

    /// The printed table of a qualification.
    fn rows(&mut self) -> Vec<RowDraft> {
        let rows: Option<Found<Vec<assay_specification::TableRow>>> = self.field("table");
        let Some(rows) = rows else { return Vec::new() };
        let place = rows.first_place().cloned().unwrap_or_default();
        rows.value
            .into_iter()
            .map(|row| RowDraft {
                unit: Some(Found::new(row.unit.to_string(), place.clone())),
                title: Some(Found::new(row.title, place.clone())),
                credits: Some(Found::new(row.credits, place.clone())),
                glh: Some(Found::new(row.glh, place.clone())),
                tut: Some(Found::new(row.tut, place.clone())),
                group: row.group.map(|group| Found::new(group, place.clone())),
                ..RowDraft::default()
            })
            .collect()
    }
}

/// Notes in which figures stand as "Credit value: 7", a line each.
struct Notes<'a> {
    figures: Vec<(String, &'a str)>,
    rest: String,
    place: Place,
}

impl<'a> Notes<'a> {
    fn of(item: &'a Map<String, Value>, pointer: &str) -> Self {
        let notes = item.get("notes").and_then(Value::as_str).unwrap_or_default();
        let is_label = |label: &str| {
            UnitFact::of_label(label).is_some()
                || matches!(
                    folded(label).as_str(),
                    "qualificationnumber" | "totalqualificationtime" | "minimumcredits"
                )
        };
        let mut figures = Vec::new();
        let mut rest = Vec::new();
        for line in notes.lines() {
            match line.split_once(':').filter(|(label, _)| is_label(label)) {
                Some((label, value)) => figures.push((folded(label), value.trim())),
                None => rest.push(line),
            }
        }
        Self {
            figures,
            rest: rest.join("\n").trim().to_owned(),
            place: Place::part(format!("{pointer}/notes")),
        }
    }

    fn text(&self, label: &str) -> Field<String> {
        let (_, value) = self.figures.iter().find(|(name, _)| name == label)?;
        Some(Found::new((*value).to_owned(), self.place.clone()))
    }

    fn figure<T: TryFrom<u32>>(&self, label: &str) -> Field<T> {
        let found = self.text(label)?;
        Some(Found {
            value: T::try_from(figure(&found.value)?).ok()?,
            at: found.at,
        })
    }

    fn of_fact(&self, fact: UnitFact) -> Field<String> {
        let (_, value) = self
            .figures
            .iter()
            .find(|(name, _)| UnitFact::of_label(name) == Some(fact))?;
        Some(Found::new((*value).to_owned(), self.place.clone()))
    }

    fn rest(&self) -> Field<String> {
        let aims = self.of_fact(UnitFact::Aims).map(|found| found.value);
        let words = aims.unwrap_or_else(|| self.rest.clone());
        (!words.is_empty()).then(|| Found::new(words, self.place.clone()))
    }
}
