//! The items of a package as a tree: which is whose child, in which order. What is not a tree is told and mended.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use crate::syllabus::{Code, Finding, Place};

use super::codes;
use super::package::{Package, pointed_to, text};

/// Findings of one code that are listed one by one.
const LISTED: usize = 50;

/// Findings as they are met, bounded in number.
#[derive(Default)]
pub(super) struct Findings {
    pub(super) list: Vec<Finding>,
    count: BTreeMap<&'static str, usize>,
}

impl Findings {
    pub(super) fn add(&mut self, code: &Code, pointer: &str, subject: &str, message: String, settle: &str) {
        let count = self.count.entry(code.name).or_default();
        *count += 1;
        if *count <= LISTED {
            let place = Place::part(if pointer.is_empty() { "/" } else { pointer });
            self.list
                .push(Finding::new(code, subject, message).at(place).suggest(settle));
        }
    }

    /// The findings, with a line for each kind of which not all are listed.
    pub(super) fn into_list(mut self) -> Vec<Finding> {
        for (code, count) in &self.count {
            if *count > LISTED {
                let message = format!("{} more findings {code} are not listed", count - LISTED);
                self.list.push(
                    Finding::new(&codes::MORE, "package", message)
                        .suggest("Settle those that are listed and import again."),
                );
            }
        }
        self.list
    }
}

/// The items in their places.
pub(super) struct Tree<'a> {
    /// Items with their index in `CFItems`, in the order of the file. Children and roots are indices into this list.
    pub(super) items: Vec<(usize, &'a Map<String, Value>)>,
    /// The children of each item, in order.
    pub(super) children: Vec<Vec<usize>>,
    /// The items directly below the document, in order.
    pub(super) roots: Vec<usize>,
    /// Where each identifier stands.
    pub(super) by_identifier: BTreeMap<&'a str, usize>,
}

/// The link of an item to what it is a child of.
#[derive(Clone, Copy)]
struct Upwards {
    parent: Option<usize>,
    /// Index in `CFAssociations`.
    association: usize,
    sequence: i64,
}

impl<'a> Tree<'a> {
    pub(super) fn of(package: &'a Package, findings: &mut Findings) -> Self {
        let items: Vec<_> = package.list("CFItems").collect();
        let mut by_identifier: BTreeMap<&str, usize> = BTreeMap::new();
        for (node, (index, item)) in items.iter().enumerate() {
            let Some(identifier) = text(item, "identifier") else {
                continue;
            };
            match by_identifier.get(identifier) {
                None => {
                    by_identifier.insert(identifier, node);
                }
                Some(first) => {
                    let other = items.get(*first).map_or(0, |(index, _)| *index);
                    findings.add(
                        &codes::DOUBLED,
                        &format!("/CFItems/{index}/identifier"),
                        &shown(item),
                        format!("its identifier is also that of /CFItems/{other}, so what points to it is taken to mean that one"),
                        "Give each item an identifier of its own in the program that the package comes from.",
                    );
                }
            }
        }
        let mut tree = Self {
            children: vec![Vec::new(); items.len()],
            roots: Vec::new(),
            items,
            by_identifier,
        };
        let mut upwards = tree.upwards(package, findings);
        tree.cut_rings(&mut upwards, findings);
        tree.hang(&upwards);
        tree
    }

    /// What each item is a child of, by the associations.
    fn upwards(&self, package: &Package, findings: &mut Findings) -> Vec<Option<Upwards>> {
        let document = package.document().and_then(|record| text(record, "identifier"));
        let mut upwards: Vec<Option<Upwards>> = vec![None; self.items.len()];
        for (index, record) in package.list("CFAssociations") {
            if text(record, "associationType") != Some("isChildOf") {
                continue;
            }
            let pointer = format!("/CFAssociations/{index}");
            let origin = pointed_to(record, "originNodeURI");
            let Some((child, item)) = origin
                .and_then(|id| self.by_identifier.get(id))
                .and_then(|node| Some((*node, self.items.get(*node)?.1)))
            else {
                let id = origin.unwrap_or("nothing");
                findings.add(
                    &codes::SHAPE,
                    &format!("{pointer}/originNodeURI"),
                    "association",
                    format!("it begins at {id}, which is no item of the package"),
                    "Nothing is lost if the item belongs to another framework; else export the package again.",
                );
                continue;
            };
            let destination = pointed_to(record, "destinationNodeURI");
            let parent = destination.and_then(|id| self.by_identifier.get(id)).copied();
            if parent.is_none() && (destination.is_none() || destination != document) {
                let id = destination.unwrap_or("nothing");
                findings.add(
                    &codes::PARENT_MISSING,
                    &format!("{pointer}/destinationNodeURI"),
                    &shown(item),
                    format!(
                        "it is the child of {id}, which is neither an item nor the document of the package"
                    ),
                    "Export the package with all its items, or correct the parent.",
                );
            }
            let sequence = record
                .get("sequenceNumber")
                .and_then(Value::as_i64)
                .unwrap_or(i64::MAX);
            let link = Upwards {
                parent,
                association: index,
                sequence,
            };
            match upwards.get_mut(child) {
                Some(place @ None) => *place = Some(link),
                Some(Some(first)) => {
                    // A child of the document and of an item is usual in packages that list their items twice.
                    let better = first.parent.is_none() && link.parent.is_some();
                    if !better && link.parent.is_some() {
                        findings.add(
                            &codes::PARENTS_SEVERAL,
                            &pointer,
                            &shown(item),
                            format!(
                                "it is a child of another item already, by /CFAssociations/{}",
                                first.association
                            ),
                            "Only the first is followed. Repeat the item where it belongs twice.",
                        );
                    }
                    if better {
                        *first = link;
                    }
                }
                None => {}
            }
        }
        for (node, (index, item)) in self.items.iter().enumerate() {
            if upwards.get(node).is_some_and(Option::is_none) {
                findings.add(
                    &codes::NO_PARENT,
                    &format!("/CFItems/{index}"),
                    &shown(item),
                    "no association makes it a child of the document or of an item".to_owned(),
                    "It was taken to stand directly below the document, after the others. Add the association isChildOf.",
                );
            }
        }
        upwards
    }

    /// Opens each ring of parents at one item, which then stands directly below the document.
    fn cut_rings(&self, upwards: &mut [Option<Upwards>], findings: &mut Findings) {
        let parent = |upwards: &[Option<Upwards>], node: usize| {
            upwards.get(node).copied().flatten().and_then(|up| up.parent)
        };
        let mut settled = vec![false; upwards.len()];
        for start in 0..upwards.len() {
            let mut path = Vec::new();
            let mut on_path = BTreeSet::new();
            let mut node = start;
            while !settled.get(node).copied().unwrap_or(true) && on_path.insert(node) {
                path.push(node);
                match parent(upwards, node) {
                    Some(above) => node = above,
                    None => break,
                }
            }
            let is_ring = on_path.contains(&node)
                && parent(upwards, node).is_some()
                && path
                    .last()
                    .is_some_and(|last| parent(upwards, *last) == Some(node));
            if is_ring
                && let (Some(Some(up)), Some((_, item))) = (upwards.get(node).copied(), self.items.get(node))
            {
                let length = path.iter().rev().take_while(|at| **at != node).count() + 1;
                let message = if length == 1 {
                    "it is a child of itself".to_owned()
                } else {
                    format!("it is a child of its own descendant, in a ring of {length} items")
                };
                findings.add(
                    &codes::CYCLE,
                    &format!("/CFAssociations/{}", up.association),
                    &shown(item),
                    message,
                    "The ring was opened here. Say in the program that the package comes from which item stands above.",
                );
                if let Some(place) = upwards.get_mut(node) {
                    *place = Some(Upwards { parent: None, ..up });
                }
            }
            for node in path {
                if let Some(place) = settled.get_mut(node) {
                    *place = true;
                }
            }
        }
    }

    /// Puts the items below their parents, in the order of their numbers and then of the associations.
    fn hang(&mut self, upwards: &[Option<Upwards>]) {
        let mut order: Vec<(i64, usize, usize)> = upwards
            .iter()
            .enumerate()
            .map(|(node, up)| {
                up.map_or((i64::MAX, usize::MAX, node), |up| {
                    (up.sequence, up.association, node)
                })
            })
            .collect();
        order.sort_unstable();
        for (_, _, node) in order {
            let parent = upwards.get(node).copied().flatten().and_then(|up| up.parent);
            match parent.and_then(|parent| self.children.get_mut(parent)) {
                Some(children) => children.push(node),
                None => self.roots.push(node),
            }
        }
    }

    /// All items, each after the item above it, in order; with the item above.
    pub(super) fn downwards(&self) -> Vec<(usize, Option<usize>)> {
        let mut waiting: Vec<(usize, Option<usize>)> =
            self.roots.iter().rev().map(|node| (*node, None)).collect();
        let mut order = Vec::with_capacity(self.items.len());
        while let Some((node, above)) = waiting.pop() {
            order.push((node, above));
            if let Some(children) = self.children.get(node) {
                waiting.extend(children.iter().rev().map(|child| (*child, Some(node))));
            }
        }
        order
    }
}

/// An item in words for a finding: its code, or the beginning of its statement.
pub(super) fn shown(item: &Map<String, Value>) -> String {
    let words = text(item, "humanCodingScheme")
        .or_else(|| text(item, "fullStatement"))
        .or_else(|| text(item, "identifier"))
        .unwrap_or("without a name");
    let short: String = words.chars().take(60).collect();
    let more = if words.chars().nth(60).is_some() {
        "…"
    } else {
        ""
    };
    format!("item \"{short}{more}\"")
}
