//! How much work it is to tell the blank nodes of a graph apart. RDFC-1.0 tries every order of what looks alike, so a small
//! hostile document could ask for years of it; that is seen here before it begins (RDFC-1.0, section 7.1, dataset poisoning).

use oxrdf::{BlankNode, GraphName, Quad, Subject, Term};
use std::collections::{BTreeMap, HashMap, HashSet};

/// The most mentions that look alike around one node; all their orders are tried.
const MOST_ALIKE: usize = 7;

/// The most nodes that look like another and hang together: they are told apart by going from one to the next, each step inside the one
/// before, and the stack is not endless.
const MOST_TOGETHER: usize = 64;

/// Where a blank node stands in a quad.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Place {
    Subject,
    Object,
    Graph,
}

/// Whether the nodes that share their surroundings have few enough neighbours that look alike, and hang together in few enough.
pub(super) fn can_be_told_apart(quads: &[Quad]) -> bool {
    let mut around: BTreeMap<&str, Vec<&Quad>> = BTreeMap::new();
    for quad in quads {
        for (_, node) in blank_nodes(quad) {
            let mentions = around.entry(node.as_str()).or_default();
            // A quad that names the node twice is one quad.
            if mentions.last().is_none_or(|last| !std::ptr::eq(*last, quad)) {
                mentions.push(quad);
            }
        }
    }
    let looks: HashMap<&str, String> = around
        .iter()
        .map(|(node, quads)| (*node, look(node, quads)))
        .collect();
    let mut sharing: HashMap<&str, usize> = HashMap::new();
    for look in looks.values() {
        *sharing.entry(look).or_default() += 1;
    }
    around.retain(|node, _| sharing[looks[node].as_str()] > 1);
    around
        .iter()
        .all(|(node, quads)| most_alike(node, quads, &looks) <= MOST_ALIKE)
        && most_together(&around) <= MOST_TOGETHER
}

/// The most of these nodes that can be reached from one of them by way of others.
fn most_together(around: &BTreeMap<&str, Vec<&Quad>>) -> usize {
    let mut met: HashSet<&str> = HashSet::new();
    let mut most = 0;
    for start in around.keys() {
        let before = met.len();
        let mut waiting = vec![*start];
        while let Some(node) = waiting.pop() {
            let Some(quads) = around.get(node) else {
                continue;
            };
            if met.insert(node) {
                let neighbours = quads.iter().flat_map(|quad| blank_nodes(quad));
                waiting.extend(neighbours.map(|(_, neighbour)| neighbour.as_str()));
            }
        }
        most = most.max(met.len() - before);
    }
    most
}

/// The most neighbours of a node that stand in the same place and look the same.
fn most_alike(node: &str, quads: &[&Quad], looks: &HashMap<&str, String>) -> usize {
    let mut groups: HashMap<(Place, &str, &str), usize> = HashMap::new();
    for quad in quads {
        for (place, neighbour) in blank_nodes(quad) {
            if neighbour.as_str() != node {
                let predicate = if place == Place::Graph {
                    ""
                } else {
                    quad.predicate.as_str()
                };
                *groups
                    .entry((place, predicate, &looks[neighbour.as_str()]))
                    .or_default() += 1;
            }
        }
    }
    groups.into_values().max().unwrap_or(0)
}

/// A node's surroundings with it and every other blank node unnamed: what RDFC-1.0 calls its first degree.
fn look(node: &str, quads: &[&Quad]) -> String {
    let unnamed =
        |found: &BlankNode| BlankNode::new_unchecked(if found.as_str() == node { "a" } else { "z" });
    let mut lines: Vec<String> = quads
        .iter()
        .map(|quad| {
            let mut quad = (*quad).clone();
            if let Subject::BlankNode(found) = &quad.subject {
                quad.subject = unnamed(found).into();
            }
            if let Term::BlankNode(found) = &quad.object {
                quad.object = unnamed(found).into();
            }
            if let GraphName::BlankNode(found) = &quad.graph_name {
                quad.graph_name = unnamed(found).into();
            }
            quad.to_string()
        })
        .collect();
    lines.sort_unstable();
    lines.join("\n")
}

fn blank_nodes(quad: &Quad) -> impl Iterator<Item = (Place, &BlankNode)> {
    let subject = match &quad.subject {
        Subject::BlankNode(node) => Some((Place::Subject, node)),
        Subject::NamedNode(_) => None,
    };
    let object = match &quad.object {
        Term::BlankNode(node) => Some((Place::Object, node)),
        Term::NamedNode(_) | Term::Literal(_) => None,
    };
    let graph = match &quad.graph_name {
        GraphName::BlankNode(node) => Some((Place::Graph, node)),
        GraphName::NamedNode(_) | GraphName::DefaultGraph => None,
    };
    subject.into_iter().chain(object).chain(graph)
}
