//! What changed between two versions of a specification, per qualification, unit, outcome and criterion (practice,
//! section 2.4). Guidance is left out: it is no part of what learners are judged by.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::qualification::Qualification;
use crate::specification::Specification;
use crate::unit::Unit;

/// What happened to a thing that has a number of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fate {
    /// Only in the later version.
    Added,
    /// Only in the earlier version.
    Removed,
    /// In both, and not the same.
    Changed,
}

/// A value that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ValueChange {
    /// What it is: `credits`, `title`, `rule of combination`.
    pub name: &'static str,
    /// In the earlier version; empty where there was none.
    pub before: String,
    /// In the later version; empty where there is none.
    pub after: String,
    /// Whether it is words, whose changes are worth marking.
    pub words: bool,
}

/// A learning outcome or criterion that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementChange {
    /// `learning outcome 2` or `criterion 2.1`.
    pub name: String,
    /// What happened to it.
    pub fate: Fate,
    /// Its words before; empty where it is new.
    pub before: String,
    /// Its words after; empty where it is gone.
    pub after: String,
}

/// A qualification or unit that differs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Changed {
    /// Code or number.
    pub name: String,
    /// Title, the later one where there are two.
    pub title: String,
    /// What happened to it.
    pub fate: Fate,
    /// Figures, titles, dates and rules.
    pub values: Vec<ValueChange>,
    /// Outcomes and criteria, in the order of the later version, with those that are gone at their place.
    pub statements: Vec<StatementChange>,
}

/// Everything that differs between two versions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Facts of the document.
    pub document: Vec<ValueChange>,
    /// Qualifications, by their code.
    pub qualifications: Vec<Changed>,
    /// Units, by their number.
    pub units: Vec<Changed>,
}

impl Difference {
    /// Whether nothing differs.
    pub fn is_empty(&self) -> bool {
        self.document.is_empty() && self.qualifications.is_empty() && self.units.is_empty()
    }
}

impl Specification {
    /// Whether another specification is a version of the same syllabus: they share a qualification's number or code.
    pub fn is_same_syllabus(&self, other: &Specification) -> bool {
        self.qualifications.iter().any(|one| {
            other
                .qualifications
                .iter()
                .any(|two| one.number == two.number || one.code.eq_ignore_ascii_case(&two.code))
        })
    }

    /// What is different in `later`.
    pub fn difference(&self, later: &Specification) -> Difference {
        let mut document = Vec::new();
        let (old, new) = (&self.document, &later.document);
        let text = |value: &Option<String>| value.clone().unwrap_or_default();
        words(&mut document, "title", &old.title, &new.title);
        words(
            &mut document,
            "subtitle",
            &text(&old.subtitle),
            &text(&new.subtitle),
        );
        value(&mut document, "framework", &old.framework, &new.framework);
        value(&mut document, "issued", &old.issued, &new.issued);
        value(&mut document, "version", &old.version, &new.version);
        value(&mut document, "language", &old.language, &new.language);
        value(
            &mut document,
            "least age of a learner",
            shown(old.minimum_age),
            shown(new.minimum_age),
        );
        words(&mut document, "purpose", &old.purpose, &new.purpose);
        Difference {
            document,
            qualifications: self.changed_qualifications(later),
            units: changed_units(&self.units, &later.units),
        }
    }

    fn changed_qualifications(&self, later: &Specification) -> Vec<Changed> {
        let find = |of: &'_ Specification, wanted: &Qualification| -> Option<usize> {
            let by_code = |one: &Qualification| one.code.eq_ignore_ascii_case(&wanted.code);
            of.qualifications.iter().position(by_code).or_else(|| {
                of.qualifications
                    .iter()
                    .position(|one| one.number == wanted.number)
            })
        };
        let mut changed = Vec::new();
        let mut kept = BTreeSet::new();
        for after in &later.qualifications {
            let before = find(self, after).and_then(|at| {
                kept.insert(at);
                self.qualifications.get(at)
            });
            let mut values = Vec::new();
            match before {
                None => changed.push(Changed {
                    name: after.code.clone(),
                    title: after.title.clone(),
                    fate: Fate::Added,
                    values,
                    statements: Vec::new(),
                }),
                Some(before) => {
                    self.qualification_values(before, later, after, &mut values);
                    if !values.is_empty() {
                        changed.push(Changed {
                            name: after.code.clone(),
                            title: after.title.clone(),
                            fate: Fate::Changed,
                            values,
                            statements: Vec::new(),
                        });
                    }
                }
            }
        }
        for (at, gone) in self.qualifications.iter().enumerate() {
            if !kept.contains(&at) {
                changed.push(Changed {
                    name: gone.code.clone(),
                    title: gone.title.clone(),
                    fate: Fate::Removed,
                    values: Vec::new(),
                    statements: Vec::new(),
                });
            }
        }
        changed
    }

    fn qualification_values(
        &self,
        before: &Qualification,
        later: &Specification,
        after: &Qualification,
        values: &mut Vec<ValueChange>,
    ) {
        words(values, "title", &before.title, &after.title);
        value(values, "code", &before.code, &after.code);
        value(values, "qualification number", before.number, after.number);
        value(values, "level", before.level, after.level);
        value(values, "size", before.size, after.size);
        value(values, "Total Qualification Time", before.tqt, after.tqt);
        value(values, "Guided Learning Hours", before.glh, after.glh);
        value(
            values,
            "credits at least",
            before.minimum_credits,
            after.minimum_credits,
        );
        let (old, new) = (self.dates_of(before), later.dates_of(after));
        value(values, "regulated from", old.regulated_from, new.regulated_from);
        value(
            values,
            "registration from",
            old.operational_from,
            new.operational_from,
        );
        value(
            values,
            "registration ends",
            old.registration_ends,
            new.registration_ends,
        );
        value(
            values,
            "certification ends",
            shown(old.certification_ends),
            shown(new.certification_ends),
        );
        if before.rule != after.rule {
            values.push(ValueChange {
                name: "rule of combination",
                before: before.rule.in_words().join("\n"),
                after: after.rule.in_words().join("\n"),
                words: true,
            });
        }
    }
}

fn changed_units(before: &[Unit], after: &[Unit]) -> Vec<Changed> {
    let mut changed = Vec::new();
    for unit in after {
        let old = before.iter().find(|one| one.number == unit.number);
        let (fate, values, statements) = match old {
            None => (Fate::Added, Vec::new(), Vec::new()),
            Some(old) => {
                let values = unit_values(old, unit);
                let statements = statements(old, unit);
                if values.is_empty() && statements.is_empty() {
                    continue;
                }
                (Fate::Changed, values, statements)
            }
        };
        changed.push(Changed {
            name: unit.number.to_string(),
            title: unit.title.clone(),
            fate,
            values,
            statements,
        });
    }
    for unit in before {
        if after.iter().all(|one| one.number != unit.number) {
            changed.push(Changed {
                name: unit.number.to_string(),
                title: unit.title.clone(),
                fate: Fate::Removed,
                values: Vec::new(),
                statements: Vec::new(),
            });
        }
    }
    changed
}

fn unit_values(before: &Unit, after: &Unit) -> Vec<ValueChange> {
    let mut values = Vec::new();
    words(&mut values, "title", &before.title, &after.title);
    value(&mut values, "level", before.level, after.level);
    value(&mut values, "reference", before.reference, after.reference);
    value(&mut values, "credits", before.credits, after.credits);
    value(&mut values, "Total Unit Time", before.tut, after.tut);
    value(&mut values, "Guided Learning Hours", before.glh, after.glh);
    words(&mut values, "aims", &before.aims, &after.aims);
    if before.grades != after.grades {
        values.push(ValueChange {
            name: "how its grade is made",
            before: String::new(),
            after: "changed".to_owned(),
            words: false,
        });
    }
    values
}

fn statements(before: &Unit, after: &Unit) -> Vec<StatementChange> {
    let listed = |unit: &Unit| -> Vec<(String, String)> {
        let mut listed = Vec::new();
        for outcome in &unit.outcomes {
            listed.push((
                format!("learning outcome {}", outcome.number),
                outcome.text.clone(),
            ));
            for criterion in &outcome.criteria {
                listed.push((format!("criterion {}", criterion.number), criterion.text.clone()));
            }
        }
        listed
    };
    let (old, new) = (listed(before), listed(after));
    let mut changes = Vec::new();
    for (name, text) in &new {
        match old.iter().find(|(known, _)| known == name) {
            None => changes.push(StatementChange {
                name: name.clone(),
                fate: Fate::Added,
                before: String::new(),
                after: text.clone(),
            }),
            Some((_, earlier)) if earlier != text => changes.push(StatementChange {
                name: name.clone(),
                fate: Fate::Changed,
                before: earlier.clone(),
                after: text.clone(),
            }),
            Some(_) => {}
        }
    }
    for (name, text) in &old {
        if new.iter().all(|(known, _)| known != name) {
            changes.push(StatementChange {
                name: name.clone(),
                fate: Fate::Removed,
                before: text.clone(),
                after: String::new(),
            });
        }
    }
    changes
}

fn shown<T: ToString>(value: Option<T>) -> String {
    value.map(|value| value.to_string()).unwrap_or_default()
}

fn value(into: &mut Vec<ValueChange>, name: &'static str, before: impl ToString, after: impl ToString) {
    put(into, name, before.to_string(), after.to_string(), false);
}

fn words(into: &mut Vec<ValueChange>, name: &'static str, before: &str, after: &str) {
    put(into, name, before.to_owned(), after.to_owned(), true);
}

fn put(into: &mut Vec<ValueChange>, name: &'static str, before: String, after: String, words: bool) {
    if before != after {
        into.push(ValueChange {
            name,
            before,
            after,
            words,
        });
    }
}
