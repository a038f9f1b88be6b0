//! What holds for the list of addresses and of operations as a whole.

use assay_web::api::operations;
use assay_web::routes::catalogue;
use std::collections::BTreeMap;

#[test]
fn no_two_shapes_are_described_under_one_name() {
    let mut shapes: BTreeMap<String, String> = BTreeMap::new();
    for operation in operations() {
        let (_, _, _, schemas) = operation.document();
        for (name, schema) in schemas {
            let text = serde_json::to_string(&schema).unwrap();
            let first = shapes.entry(name.clone()).or_insert_with(|| text.clone());
            assert_eq!(*first, text, "{name} stands for two shapes");
        }
    }
}

#[test]
fn every_operation_has_a_name_of_its_own_and_says_who_is_answered() {
    let operations = operations();
    let mut ids: Vec<&str> = operations.iter().map(|operation| operation.id).collect();
    ids.sort_unstable();
    for pair in ids.windows(2) {
        assert_ne!(pair[0], pair[1]);
    }
    for operation in &operations {
        assert!(!operation.route.access.is_empty(), "{}", operation.id);
        assert_ne!(operation.tag, "General", "{} has no chapter", operation.id);
    }
}

#[test]
fn no_address_is_declared_twice() {
    let listed = catalogue();
    for pair in listed.windows(2) {
        assert!(
            (pair[0].path, &pair[0].method) != (pair[1].path, &pair[1].method),
            "{:?}",
            pair[0]
        );
    }
}
