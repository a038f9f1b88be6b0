//! What a page can do, a program can do too: `parity.txt` says by which operations, and this compares it with both.

use std::collections::{BTreeMap, BTreeSet};

/// The operations of a line, or the reason why there are none.
type Answer<'l> = Result<Vec<&'l str>, &'l str>;

fn table() -> BTreeMap<String, Answer<'static>> {
    let mut table = BTreeMap::new();
    for line in include_str!("parity.txt")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let (address, answer) = match (line.split_once(" -> "), line.split_once(" -- ")) {
            (Some((address, operations)), _) => (address, Ok(operations.split(' ').collect())),
            (None, Some((address, reason))) => (address, Err(reason)),
            (None, None) => panic!("not understood: {line}"),
        };
        assert!(
            table.insert(address.to_owned(), answer).is_none(),
            "{address} stands there twice"
        );
    }
    table
}

#[test]
fn every_page_has_its_operations_or_a_reason_why_not() {
    let table = table();
    let pages: BTreeSet<String> = assay_web::routes::pages()
        .iter()
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    let missing: Vec<_> = pages.iter().filter(|page| !table.contains_key(*page)).collect();
    assert!(
        missing.is_empty(),
        "say in parity.txt what a program does instead: {missing:#?}"
    );
    let gone: Vec<_> = table.keys().filter(|page| !pages.contains(*page)).collect();
    assert!(
        gone.is_empty(),
        "parity.txt names pages that are no more: {gone:#?}"
    );
}

#[test]
fn the_operations_that_stand_for_a_page_exist() {
    let document: serde_json::Value =
        serde_json::from_str(&assay_web::api::document::openapi().to_json().unwrap()).unwrap();
    let mut known = BTreeMap::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            if let Some(id) = operation["operationId"].as_str() {
                known.insert(id.to_owned(), (method.clone(), path.clone()));
            }
        }
    }
    for (page, answer) in table() {
        for operation in answer.iter().flatten() {
            let found = known.get(*operation);
            assert!(found.is_some(), "{page}: the API has no operation {operation}");
            // What changes something by a page is no mere question over the API.
            let asks = found.is_some_and(|(method, _)| method == "get");
            assert!(
                !(page.starts_with("POST") && asks),
                "{page} acts, {operation} asks"
            );
        }
    }
}
