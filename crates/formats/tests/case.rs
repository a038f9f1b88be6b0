//! CASE packages: a specification out and in again, other people's packages, and packages that mean harm.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeSet;

use assay_formats::case::{CaseVersion, Package, export, export_onto, looks_like_case, read_case};
use assay_formats::limits::Limits;
use assay_formats::refusal::RefusalCode;
use assay_formats::syllabus::Draft;
use assay_specification::{Format, Severity, Specification};
use proptest::prelude::*;
use serde_json::{Value, json};

fn shipped() -> Specification {
    let text = include_str!("../../../specifications/cmi-level-7-leadership-coaching-and-mentoring.toml");
    Specification::read(text, Format::Toml).unwrap()
}

fn read(text: &str) -> Draft {
    read_case(text.as_bytes(), &Limits::default()).unwrap()
}

fn codes(draft: &Draft) -> BTreeSet<&str> {
    draft
        .findings
        .iter()
        .map(|finding| finding.code.as_ref())
        .collect()
}

fn again(package: &Package) -> Package {
    Package::read(package.to_text().unwrap().as_bytes(), &Limits::default()).unwrap()
}

#[test]
fn a_specification_written_as_case_1_1_and_read_again_is_the_same() {
    let specification = shipped();
    let package = again(&export(&specification, CaseVersion::V1_1).unwrap());
    assert_eq!(package.specification().unwrap(), specification);
}

#[test]
fn writing_twice_gives_the_same_bytes() {
    let write = || export(&shipped(), CaseVersion::V1_1).unwrap().to_text().unwrap();
    assert_eq!(write(), write());
}

#[test]
fn a_package_of_ours_is_as_case_wants_it() {
    for version in [CaseVersion::V1_0, CaseVersion::V1_1] {
        let draft = again(&export(&shipped(), version).unwrap()).draft();
        assert_eq!(draft.findings, [], "{version:?}");
    }
}

#[test]
fn a_package_in_1_0_holds_nothing_that_1_1_brought() {
    let text = export(&shipped(), CaseVersion::V1_0).unwrap().to_text().unwrap();
    for new in ["\"extensions\"", "\"caseVersion\"", "\"frameworkType\""] {
        assert!(!text.contains(new), "{new}");
    }
    let value: Value = serde_json::from_str(&text).unwrap();
    let associations = value["CFAssociations"].as_array().unwrap();
    assert!(associations.iter().all(|one| one.get("notes").is_none()));
}

#[test]
fn both_versions_give_a_draft_with_every_statement_and_figure_at_its_pointer() {
    let specification = shipped();
    for version in [CaseVersion::V1_0, CaseVersion::V1_1] {
        let draft = again(&export(&specification, version).unwrap()).draft();
        assert_eq!(draft.units.len(), specification.units.len());
        for (draft, unit) in draft.units.iter().zip(&specification.units) {
            assert_eq!(draft.number.as_ref().unwrap().value, unit.number.to_string());
            assert_eq!(draft.title.as_ref().unwrap().value, unit.title);
            assert_eq!(draft.level.as_ref().unwrap().value, unit.level);
            assert_eq!(
                draft.reference.as_ref().unwrap().value,
                unit.reference.to_string()
            );
            assert_eq!(draft.credits.as_ref().unwrap().value, unit.credits);
            assert_eq!(draft.tut.as_ref().unwrap().value, unit.tut);
            assert_eq!(draft.glh.as_ref().unwrap().value, unit.glh);
            assert_eq!(draft.aims.as_ref().unwrap().value, unit.aims, "{version:?}");
            let read: Vec<(String, String)> = draft
                .criteria()
                .map(|(_, one)| (one.number.clone().unwrap().value, one.text.clone().unwrap().value))
                .collect();
            let written: Vec<(String, String)> = unit
                .criteria()
                .map(|(_, one)| (one.number.to_string(), one.text.clone()))
                .collect();
            assert_eq!(read, written);
            for ((_, read), (_, written)) in draft.criteria().zip(unit.criteria()) {
                let guidance: Vec<&String> = read.guidance.iter().map(|one| &one.text).collect();
                assert_eq!(guidance, written.guidance.iter().collect::<Vec<_>>());
            }
        }
        assert_eq!(draft.qualifications[2].tqt.as_ref().unwrap().value, 460);
        assert_eq!(
            draft.qualifications[2].number.as_ref().unwrap().value,
            "600/9458/8"
        );
        let place = draft.units[0].title.as_ref().unwrap().first_place().unwrap();
        assert!(place.part.as_ref().unwrap().starts_with("/CFItems/"), "{place}");
    }
}

#[test]
fn what_only_case_holds_is_kept_when_a_package_is_read_and_written_again() {
    let mut value: Value =
        serde_json::from_str(&export(&shipped(), CaseVersion::V1_1).unwrap().to_text().unwrap()).unwrap();
    value["CFItems"][5]["alternativeLabel"] = json!("kept");
    value["CFItems"][5]["somethingNobodyKnows"] = json!({"deep": [1, 2, {"x": null}]});
    value["CFRubrics"] = json!([{ "identifier": "x", "CFRubricCriteria": [{"weight": 2.5}] }]);
    value["future"] = json!(true);
    let package = Package::read(value.to_string().as_bytes(), &Limits::default()).unwrap();
    let written: Value = serde_json::from_str(&package.to_text().unwrap()).unwrap();
    assert_eq!(written, value);
}

#[test]
fn writing_onto_the_package_it_came_from_keeps_identifiers_rubrics_and_unknown_fields() {
    let specification = shipped();
    let ours = export(&specification, CaseVersion::V1_1)
        .unwrap()
        .to_text()
        .unwrap();
    let mut value: Value = serde_json::from_str(&ours).unwrap();
    // As another system would have it: identifiers of its own, a rubric, an item type of its own, an exemplar.
    let old = value["CFItems"][4]["identifier"].as_str().unwrap().to_owned();
    let theirs = "11111111-1111-4111-8111-111111111111";
    value = serde_json::from_str(&value.to_string().replace(&old, theirs)).unwrap();
    value["CFItems"][4]["alternativeLabel"] = json!("kept");
    value["CFItems"][4]["extensions"]["theirs"] = json!(7);
    value["CFRubrics"] =
        json!([{ "identifier": theirs, "uri": "urn:x", "lastChangeDateTime": "2020-01-01T00:00:00Z" }]);
    value["CFAssociations"].as_array_mut().unwrap().push(json!({
        "identifier": "22222222-2222-4222-8222-222222222222",
        "uri": "urn:uuid:22222222-2222-4222-8222-222222222222",
        "associationType": "exemplar",
        "originNodeURI": {"identifier": theirs, "uri": "urn:x", "title": "x"},
        "destinationNodeURI": {"identifier": "y", "uri": "https://example.org/y", "title": "y"},
        "lastChangeDateTime": "2020-01-01T00:00:00Z",
    }));
    let original = Package::read(value.to_string().as_bytes(), &Limits::default()).unwrap();
    let mut changed = specification.clone();
    changed.units[1].title = "A new title".to_owned();
    let package = export_onto(&changed, CaseVersion::V1_1, &original).unwrap();
    let written: Value = serde_json::from_str(&package.to_text().unwrap()).unwrap();
    assert_eq!(written["CFItems"][4]["identifier"], theirs);
    assert_eq!(written["CFItems"][4]["alternativeLabel"], "kept");
    assert_eq!(written["CFItems"][4]["extensions"]["theirs"], 7);
    assert_eq!(written["CFRubrics"], value["CFRubrics"]);
    assert!(
        !written.to_string().contains(&old),
        "the old name is nowhere used"
    );
    let associations = written["CFAssociations"].as_array().unwrap();
    assert_eq!(
        associations.len(),
        value["CFAssociations"].as_array().unwrap().len()
    );
    assert!(
        associations
            .iter()
            .any(|one| one["associationType"] == "exemplar")
    );
    assert_eq!(again(&package).specification().unwrap(), changed);
}

fn item(identifier: &str, kind: Option<&str>, statement: &str) -> Value {
    let mut item = json!({
        "identifier": identifier, "uri": format!("urn:uuid:{identifier}"), "fullStatement": statement,
        "lastChangeDateTime": "2020-01-01T00:00:00Z",
    });
    if let Some(kind) = kind {
        item["CFItemType"] = json!(kind);
    }
    item
}

fn id(number: usize) -> String {
    format!("00000000-0000-4000-8000-{number:012x}")
}

/// A package of items and who is whose child; parent 0 is the document.
fn package(items: &[Value], children: &[(usize, usize)]) -> String {
    let associations: Vec<Value> = children
        .iter()
        .enumerate()
        .map(|(at, (child, parent))| {
            json!({
                "identifier": id(10_000 + at), "uri": "urn:x", "associationType": "isChildOf",
                "originNodeURI": {"identifier": id(*child), "uri": "urn:x", "title": ""},
                "destinationNodeURI": {"identifier": id(*parent), "uri": "urn:x", "title": ""},
                "lastChangeDateTime": "2020-01-01T00:00:00Z",
            })
        })
        .collect();
    json!({
        "CFDocument": {"identifier": id(0), "uri": "urn:x", "creator": "Body", "title": "Framework",
            "lastChangeDateTime": "2020-01-01T00:00:00Z"},
        "CFItems": items, "CFAssociations": associations,
    })
    .to_string()
}

#[test]
fn a_framework_of_other_types_is_taken_by_its_place_and_says_so() {
    let text = package(
        &[
            item(&id(1), Some("Domain"), "Number"),
            item(&id(2), Some("Cluster"), "Counting"),
            item(&id(3), Some("Standard"), "Count to ten"),
            item(&id(4), Some("Strand"), "All of it"),
        ],
        &[(1, 4), (2, 1), (3, 2), (4, 0)],
    );
    let draft = read(&text);
    assert_eq!(draft.units[0].title.as_ref().unwrap().value, "Number");
    assert_eq!(
        draft.units[0].outcomes[0].criteria[0]
            .text
            .as_ref()
            .unwrap()
            .value,
        "Count to ten"
    );
    assert_eq!(codes(&draft), BTreeSet::from(["CASE_ITEM_TYPE"]));
}

#[test]
fn a_ring_is_opened_and_named_with_its_association() {
    let text = package(
        &[
            item(&id(1), Some("Unit"), "One"),
            item(&id(2), Some("Unit"), "Two"),
            item(&id(3), Some("Unit"), "Three"),
        ],
        &[(1, 2), (2, 1), (3, 3)],
    );
    let draft = read(&text);
    let rings: Vec<String> = draft
        .findings
        .iter()
        .filter(|finding| finding.code == "CASE_CYCLE")
        .map(ToString::to_string)
        .collect();
    assert_eq!(rings.len(), 2, "{rings:?}");
    assert!(
        rings[0].contains("/CFAssociations/0") && rings[0].contains("ring of 2 items"),
        "{}",
        rings[0]
    );
    assert!(rings[1].contains("child of itself"), "{}", rings[1]);
    assert!(draft.has_errors());
}

#[test]
fn missing_parents_doubled_identifiers_and_loose_items_are_told_and_nothing_is_lost() {
    let text = package(
        &[
            item(&id(1), Some("Unit"), "One"),
            item(&id(1), Some("Unit"), "One again"),
            item(&id(2), Some("Learning Outcome"), "Lost outcome"),
            item(&id(3), Some("Assessment Criterion"), "Criterion below its unit"),
            item(&id(4), Some("Unit"), "Nobody's"),
        ],
        &[(1, 0), (2, 99), (3, 1)],
    );
    let draft = read(&text);
    let expected = [
        "CASE_DOUBLED_IDENTIFIER",
        "CASE_NOT_PLACED",
        "CASE_NO_PARENT",
        "CASE_PARENT_MISSING",
    ];
    assert_eq!(codes(&draft), BTreeSet::from(expected));
    let all: String = draft.findings.iter().map(ToString::to_string).collect();
    assert!(all.contains("\"Lost outcome\" was left out"), "{all}");
    assert_eq!(draft.units.len(), 3);
    assert_eq!(draft.units[0].criteria().count(), 1);
}

#[test]
fn what_is_no_package_is_refused_with_its_place() {
    let refuse = |text: &str| read_case(text.as_bytes(), &Limits::default()).unwrap_err();
    let refusal = refuse("{\n  \"CFDocument\": {,\n");
    assert_eq!(refusal.code, RefusalCode::Damaged);
    assert!(refusal.because.contains("line 2, column 18"), "{refusal}");
    assert!(refuse("[]").because.contains("it is not an object"));
    assert!(
        refuse("{\"CFDocument\": 3}")
            .because
            .contains("no object `CFDocument`")
    );
    assert!(
        refuse("{\"CFDocument\": {}, \"CFItems\": {}}")
            .because
            .contains("`CFItems` is not a list")
    );
    assert!(refuse(&"[".repeat(1_000_000)).because.contains("recursion limit"));
    let limits = Limits {
        file_bytes: 10,
        ..Limits::default()
    };
    assert_eq!(
        read_case(b"{\"CFDocument\": {}}", &limits).unwrap_err().code,
        RefusalCode::TooLarge
    );
}

#[test]
fn a_chain_of_twenty_thousand_items_is_read() {
    let many = 20_000;
    let items: Vec<Value> = (1..=many)
        .map(|at| item(&id(at), None, "One below the other"))
        .collect();
    let children: Vec<(usize, usize)> = (1..=many).map(|at| (at, at - 1)).collect();
    let draft = read(&package(&items, &children));
    assert_eq!(draft.units.len(), 1);
}

#[test]
fn findings_of_one_kind_are_bounded() {
    let items: Vec<Value> = (1..2_000).map(|at| item(&id(at), Some("Unit"), "Unit")).collect();
    let draft = read(&package(&items, &[]));
    assert!(draft.findings.len() < 60);
    assert!(codes(&draft).contains("CASE_MORE"));
}

#[test]
fn a_package_of_another_body_is_no_specification_but_a_draft() {
    let text = package(&[item(&id(1), Some("Unit"), "One")], &[(1, 0)]);
    let package = Package::read(text.as_bytes(), &Limits::default()).unwrap();
    let complaints = package.specification().unwrap_err();
    assert_eq!(complaints[0].place.path, "extensions.assay");
    assert_eq!(package.draft().units[0].credits, None);
}

#[test]
fn a_package_is_known_by_its_document() {
    assert!(looks_like_case(b"\xEF\xBB\xBF \n{\"CFDocument\":{}}"));
    assert!(!looks_like_case(b"{\"document\": \"CFDocument\"}"));
    assert!(!looks_like_case(b"a text about \"CFDocument\""));
}

#[test]
fn a_value_of_the_wrong_kind_is_told_with_its_pointer() {
    let mut value: Value =
        serde_json::from_str(&export(&shipped(), CaseVersion::V1_1).unwrap().to_text().unwrap()).unwrap();
    value["CFItems"][3]["extensions"]["assay"]["credits"] = json!("seven");
    let draft = read(&value.to_string());
    let finding = draft
        .findings
        .iter()
        .find(|finding| finding.code == "CASE_VALUE")
        .unwrap();
    assert_eq!(finding.severity, Severity::Error);
    assert_eq!(
        finding.place.as_ref().unwrap().part.as_deref(),
        Some("/CFItems/3/extensions/assay/credits")
    );
    assert_eq!(draft.units[0].credits, None);
}

prop_compose! {
    /// The shipped specification with words, numbers and order changed at random, two units of one number included.
    fn any_specification()(
        words in prop::collection::vec("[!-~][ -~\\n\"\\\\é–]{0,40}", 24),
        numbers in prop::collection::vec("[A-Za-z0-9/._-]{1,6}", 10),
        keep in prop::collection::vec(any::<bool>(), 10),
        issued in prop::sample::select(vec!["2018", "2018-03", "2018-03-01"]),
        swap in any::<bool>(),
    ) -> Specification {
        let mut specification = shipped();
        let mut words = words.into_iter().cycle();
        let mut next = || words.next().unwrap();
        specification.document.title = next();
        specification.document.purpose = next();
        specification.document.issued = issued.to_owned();
        specification.document.language = next();
        for (at, unit) in specification.units.iter_mut().enumerate() {
            unit.number = numbers[at].parse().unwrap_or_else(|_| unit.number.clone());
            unit.title = next();
            unit.aims = next();
            if keep[at] {
                unit.outcomes.truncate(1);
            }
            for outcome in &mut unit.outcomes {
                outcome.text = next();
                if swap {
                    outcome.criteria.reverse();
                }
                outcome.criteria.truncate(2);
                for criterion in &mut outcome.criteria {
                    criterion.text = next();
                    criterion.guidance = vec![next(), next()];
                }
            }
        }
        specification
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]

    #[test]
    fn any_specification_comes_back_as_it_was(specification in any_specification()) {
        let package = again(&export(&specification, CaseVersion::V1_1).unwrap());
        let read = package.specification().unwrap();
        for (read, written) in read.units.iter().zip(&specification.units) {
            for ((_, read), (_, written)) in read.criteria().zip(written.criteria()) {
                prop_assert_eq!(read, written);
            }
        }
        prop_assert!(read == specification);
    }

    #[test]
    fn any_json_below_the_right_keys_is_read_or_refused(
        parents in prop::collection::vec((0usize..12, 0usize..14), 0..30),
        kinds in prop::collection::vec(prop::option::of(prop::sample::select(
            vec!["Unit", "Learning Outcome", "Assessment Criterion", "Qualification", "Other"])), 12),
        cut in any::<prop::sample::Index>(),
    ) {
        let items: Vec<Value> = kinds.iter().enumerate().map(|(at, kind)| item(&id(at + 1), *kind, "Words")).collect();
        let text = package(&items, &parents);
        let draft = read(&text);
        // Every item is in the draft, or told.
        let held = draft.units.len() + draft.qualifications.len()
            + draft.units.iter().map(|unit| unit.outcomes.iter().filter(|one| one.text.is_some()).count()).sum::<usize>()
            + draft.units.iter().map(|unit| unit.criteria().count()).sum::<usize>();
        prop_assert!(held <= 12);
        if held < 12 {
            let containers = kinds.iter().any(|kind| *kind == Some("Other") || kind.is_none());
            prop_assert!(containers || codes(&draft).contains("CASE_NOT_PLACED"), "{} held", held);
        }
        // Cut anywhere, it is refused or read, and never a panic.
        let end = cut.index(text.len());
        let _ = read_case(&text.as_bytes()[..end], &Limits::default());
    }

    #[test]
    fn random_bytes_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        prop_assert!(read_case(&bytes, &Limits::default()).is_err());
    }
}
