//! What is explained somewhere: the terms of a specification and its models, with the address of the explanation (QS-10,
//! QS-28).

use assay_specification::Specification;

/// Words and where they are explained.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    pub words: String,
    /// A path of this installation.
    pub href: String,
}

/// The anchor of a term on the page of terms.
pub fn term_anchor(term: &str) -> String {
    let (name, _) = parts(term);
    let mut anchor = String::from("term");
    let words = name
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    for word in words {
        anchor.push('-');
        anchor.push_str(&word.to_ascii_lowercase());
    }
    anchor
}

/// A term and its short form: "Total Unit Time (TUT)".
fn parts(term: &str) -> (&str, Option<&str>) {
    match term.split_once(" (") {
        Some((name, short)) => (name.trim(), Some(short.trim_end_matches(')').trim())),
        None => (term.trim(), None),
    }
}

/// The terms with their short forms.
pub fn terms(id: &str, specification: &Specification) -> Vec<Explained> {
    let mut explained = Vec::new();
    for term in &specification.terms {
        let href = format!("/specifications/{id}/glossary#{}", term_anchor(&term.term));
        let (name, short) = parts(&term.term);
        for words in std::iter::once(name).chain(short) {
            explained.push(Explained {
                words: words.to_owned(),
                href: href.clone(),
            });
        }
    }
    explained
}

/// The terms, and the models with every name that they go by.
pub fn everything(id: &str, specification: &Specification) -> Vec<Explained> {
    let mut explained = terms(id, specification);
    for model in &specification.models {
        let href = format!("/specifications/{id}/models#model-{}", model.id);
        for name in std::iter::once(&model.name).chain(&model.aliases) {
            explained.push(Explained {
                words: name.clone(),
                href: href.clone(),
            });
        }
    }
    explained
}
