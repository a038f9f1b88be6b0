//! The graph that a JSON-LD document stands for, spelled canonically: RDFC-1.0 over the contexts that are kept here. Nothing is
//! fetched, and what no context gives a meaning is refused, because a signature over the graph would not cover it.

use super::alike::can_be_told_apart;
use super::canonical::is_deeper;
use oxrdf::{BlankNode, GraphName, Literal, NamedNode, Quad, Subject};
use serde_json::Value;
use sophia_api::prelude::*;
use sophia_api::quad::Spog;
use sophia_api::term::SimpleTerm;
use sophia_jsonld::loader::ClosureLoader;
use sophia_jsonld::{JsonLdOptions, JsonLdParser, Policy};
use std::collections::HashSet;
use std::fmt;

/// The deepest nesting that is read.
const DEEPEST: usize = 32;
/// The most values of all kinds in a document; a qualification of a hundred units has a tenth of it.
const MOST_VALUES: usize = 20_000;
/// What a word without a meaning would be resolved against; no document says it.
const NOWHERE: &str = "x-without-meaning:///";

/// The contexts that are known, with where they come from (contexts/SOURCES).
const CONTEXTS: [(&str, &str); 6] = [
    (
        "https://www.w3.org/ns/credentials/v2",
        include_str!("../../contexts/credentials-v2.json"),
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json",
        include_str!("../../contexts/open-badges-3.0.3.json"),
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.2.json",
        include_str!("../../contexts/open-badges-3.0.2.json"),
    ),
    (
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json",
        include_str!("../../contexts/open-badges-extensions.json"),
    ),
    (
        "https://purl.imsglobal.org/spec/clr/v2p0/context-2.0.1.json",
        include_str!("../../contexts/learner-record-2.0.1.json"),
    ),
    // The whole of what the W3C's examples use besides.
    (
        "https://www.w3.org/ns/credentials/examples/v2",
        r#"{"@context":{"@vocab":"https://www.w3.org/ns/credentials/examples#"}}"#,
    ),
];

/// Why a document has no canonical graph here.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GraphFault {
    /// Nested deeper than 32, or of more than 20,000 values.
    TooLarge,
    /// A context that is not kept here, or one written into the document.
    Context(String),
    /// The document uses a word that no context explains, or is no JSON-LD; the reader's own words.
    Meaning(String),
    /// Its nodes cannot be told apart with bounded work.
    TooAlike,
}

impl fmt::Display for GraphFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            GraphFault::TooLarge => write!(
                f,
                "it is nested deeper than {DEEPEST} or has more than {MOST_VALUES} values"
            ),
            GraphFault::Context(found) => {
                write!(f, "its context {found} is not one that this program keeps")
            }
            GraphFault::Meaning(why) => {
                write!(f, "it says something that its contexts do not explain: {why}")
            }
            GraphFault::TooAlike => f.write_str("its nodes cannot be told apart with bounded work"),
        }
    }
}
impl std::error::Error for GraphFault {}

/// The canonical N-Quads of a document.
///
/// Errors: too deep or too large; a context that is not kept here; a word without a meaning; nodes too much alike.
pub fn canonical_graph(document: &Value) -> Result<Vec<u8>, GraphFault> {
    if is_deeper(document, DEEPEST) || !is_within(document, &mut MOST_VALUES.clone()) {
        return Err(GraphFault::TooLarge);
    }
    require_known_contexts(document)?;
    let meaning = |why: &dyn fmt::Display| GraphFault::Meaning(why.to_string().chars().take(200).collect());
    let options = JsonLdOptions::new()
        .with_base(sophia_iri::Iri::new_unchecked(NOWHERE.into()))
        .with_expansion_policy(Policy::Strictest)
        .with_document_loader_closure(|| {
            ClosureLoader::new(|address| {
                let found = CONTEXTS
                    .iter()
                    .find(|(known, _)| *known == address.as_str())
                    .map(|(_, text)| (*text).to_owned())
                    .ok_or_else(|| format!("{address} is not kept here"));
                Box::pin(std::future::ready(found))
            })
        });
    let quads: HashSet<Spog<SimpleTerm<'static>>> = JsonLdParser::new_with_options(options)
        .parse_str(&document.to_string())
        .collect_quads()
        .map_err(|error| meaning(&error))?;
    let quads: Vec<Quad> = quads
        .iter()
        .map(|quad| {
            for term in quad.0.iter().chain(&quad.1) {
                if let Some(relative) = term.iri().as_ref().and_then(|iri| iri.strip_prefix(NOWHERE)) {
                    return Err(meaning(&format!("{relative:?}")));
                }
            }
            rdf_quad(quad).ok_or_else(|| meaning(&"a statement that is none in RDF"))
        })
        .collect::<Result<_, _>>()?;
    if !can_be_told_apart(&quads) {
        return Err(GraphFault::TooAlike);
    }
    rdf_canon::canonicalize_quads(&quads)
        .map(String::into_bytes)
        .map_err(|_| GraphFault::TooAlike)
}

/// The same statement in the words of the library that orders it; none for one that RDF does not know.
fn rdf_quad(([subject, predicate, object], graph): &Spog<SimpleTerm<'static>>) -> Option<Quad> {
    let name = |iri: &str| NamedNode::new_unchecked(iri);
    let node = |label: &str| BlankNode::new_unchecked(label);
    let subject: Subject = match subject {
        SimpleTerm::Iri(iri) => name(iri).into(),
        SimpleTerm::BlankNode(label) => node(label).into(),
        _ => return None,
    };
    let SimpleTerm::Iri(predicate) = predicate else {
        return None;
    };
    let object: oxrdf::Term = match object {
        SimpleTerm::Iri(iri) => name(iri).into(),
        SimpleTerm::BlankNode(label) => node(label).into(),
        SimpleTerm::LiteralDatatype(text, kind) => {
            Literal::new_typed_literal(text.as_ref(), name(kind)).into()
        }
        // As it is spelled: the signature covers the spelling.
        SimpleTerm::LiteralLanguage(text, language, None) => {
            Literal::new_language_tagged_literal_unchecked(text.as_ref(), language.as_str()).into()
        }
        _ => return None,
    };
    let graph = match graph {
        None => GraphName::DefaultGraph,
        Some(SimpleTerm::Iri(iri)) => name(iri).into(),
        Some(SimpleTerm::BlankNode(label)) => node(label).into(),
        Some(_) => return None,
    };
    Some(Quad::new(subject, name(predicate), object, graph))
}

/// Whether a value has no more values than are left, itself counted.
fn is_within(value: &Value, left: &mut usize) -> bool {
    let Some(fewer) = left.checked_sub(1) else {
        return false;
    };
    *left = fewer;
    match value {
        Value::Array(values) => values.iter().all(|value| is_within(value, left)),
        Value::Object(members) => members.values().all(|value| is_within(value, left)),
        _ => true,
    }
}

/// A context is named, wherever it stands: one that is written out could give any word any meaning.
fn require_known_contexts(value: &Value) -> Result<(), GraphFault> {
    match value {
        Value::Array(values) => values.iter().try_for_each(require_known_contexts),
        Value::Object(members) => members.iter().try_for_each(|(name, value)| {
            if name != "@context" {
                return require_known_contexts(value);
            }
            let named = match value {
                Value::Array(named) => named.as_slice(),
                one => std::slice::from_ref(one),
            };
            for context in named {
                let known = |text: &str| CONTEXTS.iter().any(|(known, _)| *known == text);
                if !context.as_str().is_some_and(known) {
                    return Err(GraphFault::Context(
                        context.to_string().chars().take(120).collect(),
                    ));
                }
            }
            Ok(())
        }),
        _ => Ok(()),
    }
}
