//! The printed CMI syllabus, where it lies beside the project: every unit, outcome and criterion word for word, and the
//! lines of guidance of each criterion.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use assay_formats::syllabus::{Draft, Field, check, command_verbs, read_text_file, specification_file};
use assay_specification::{Format, Severity, Specification};

const SYLLABUS: &str = "shared/syllabus/cmi-level-7-leadership-coaching-and-mentoring-2018-v6.txt";

/// The draft of the printed syllabus; none, with a line on the console, where it is absent.
fn draft() -> Option<Draft> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join(SYLLABUS))
        .find(|path| path.is_file());
    match found {
        Some(path) => {
            let mut draft = read_text_file(&std::fs::read(path).unwrap()).unwrap();
            check(&mut draft);
            Some(draft)
        }
        None => {
            eprintln!("PASSED OVER: the printed syllabus ({SYLLABUS}) is absent, so it was not read");
            None
        }
    }
}

fn specification() -> Specification {
    let text = include_str!("../../../../specifications/cmi-level-7-leadership-coaching-and-mentoring.toml");
    Specification::read(text, Format::Toml).unwrap()
}

fn text(field: &Field<String>) -> &str {
    field.as_ref().map_or("", |found| found.value.as_str())
}

fn number<T: Copy>(field: &Field<T>) -> Option<T> {
    field.as_ref().map(|found| found.value)
}

#[test]
fn every_unit_outcome_and_criterion_is_read_word_for_word() {
    let Some(draft) = draft() else { return };
    let wanted = specification();
    let numbers: Vec<&str> = draft.units.iter().map(|unit| text(&unit.number)).collect();
    let expected: Vec<String> = wanted.units.iter().map(|unit| unit.number.to_string()).collect();
    assert_eq!(numbers, expected);
    let mut counted = (0, 0);
    for (read, unit) in draft.units.iter().zip(&wanted.units) {
        assert_eq!(text(&read.title), unit.title);
        assert_eq!(number(&read.level), Some(unit.level), "{}", unit.number);
        assert_eq!(text(&read.reference), unit.reference.to_string());
        assert_eq!(number(&read.credits), Some(unit.credits), "{}", unit.number);
        assert_eq!(number(&read.tut), Some(unit.tut), "{}", unit.number);
        assert_eq!(number(&read.glh), Some(unit.glh), "{}", unit.number);
        assert_eq!(text(&read.aims), unit.aims);
        assert_eq!(read.page, unit.page, "{}", unit.number);
        let outcomes: Vec<(&str, &str)> = read
            .outcomes
            .iter()
            .map(|outcome| (text(&outcome.number), text(&outcome.text)))
            .collect();
        let printed: Vec<(String, String)> = unit
            .outcomes
            .iter()
            .map(|outcome| (outcome.number.to_string(), outcome.text.clone()))
            .collect();
        let printed: Vec<(&str, &str)> = printed.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
        assert_eq!(outcomes, printed, "{}", unit.number);
        for (read, outcome) in read.outcomes.iter().zip(&unit.outcomes) {
            let criteria: Vec<(String, String)> = read
                .criteria
                .iter()
                .map(|criterion| {
                    (
                        text(&criterion.number).to_owned(),
                        text(&criterion.text).to_owned(),
                    )
                })
                .collect();
            let printed: Vec<(String, String)> = outcome
                .criteria
                .iter()
                .map(|criterion| (criterion.number.to_string(), criterion.text.clone()))
                .collect();
            assert_eq!(criteria, printed, "{}", unit.number);
            counted.0 += 1;
            counted.1 += criteria.len();
        }
    }
    assert_eq!(counted, (31, 117));
}

#[test]
fn the_three_qualifications_have_their_figures_and_rules() {
    let Some(draft) = draft() else { return };
    let wanted = specification();
    assert_eq!(draft.qualifications.len(), wanted.qualifications.len());
    for (read, one) in draft.qualifications.iter().zip(&wanted.qualifications) {
        assert_eq!(text(&read.code), one.code);
        assert_eq!(text(&read.title), one.title);
        assert_eq!(text(&read.number), one.number.to_string());
        assert_eq!(number(&read.level), Some(one.level));
        assert_eq!(number(&read.size), Some(one.size));
        assert_eq!(number(&read.tqt), Some(one.tqt));
        assert_eq!(number(&read.glh), Some(one.glh));
        assert_eq!(number(&read.minimum_credits), Some(one.minimum_credits));
        assert_eq!(read.rule.as_ref().map(|found| &found.value), Some(&one.rule));
        let rows: Vec<(&str, [Option<u32>; 3])> = read
            .table
            .iter()
            .map(|row| {
                (
                    text(&row.title),
                    [number(&row.credits), number(&row.glh), number(&row.tut)],
                )
            })
            .collect();
        let printed: Vec<(&str, [Option<u32>; 3])> = one
            .table
            .iter()
            .map(|row| {
                (
                    row.title.as_str(),
                    [Some(row.credits), Some(row.glh), Some(row.tut)],
                )
            })
            .collect();
        assert_eq!(rows, printed);
    }
}

#[test]
fn the_document_says_what_it_is_and_when_it_holds() {
    let Some(draft) = draft() else { return };
    let wanted = specification().document;
    let document = &draft.document;
    assert_eq!(text(&document.title).to_lowercase(), wanted.title.to_lowercase());
    assert_eq!(text(&document.framework), wanted.framework);
    assert_eq!(text(&document.awarding_body), wanted.awarding_body);
    assert_eq!(text(&document.awarding_body_short), wanted.awarding_body_short);
    assert_eq!(text(&document.regulator), wanted.regulator);
    assert_eq!(text(&document.issued), wanted.issued);
    assert_eq!(text(&document.version), wanted.version);
    assert_eq!(text(&document.language), wanted.language);
    assert_eq!(number(&document.minimum_age), wanted.minimum_age);
    assert_eq!(number(&document.regulated_from), Some(wanted.regulated_from));
    assert_eq!(number(&document.operational_from), Some(wanted.operational_from));
    assert_eq!(
        number(&document.registration_ends),
        Some(wanted.registration_ends)
    );
    assert_eq!(document.contents.len(), wanted.contents.len());
    let progression: Vec<&str> = document
        .progression
        .iter()
        .map(|found| found.value.as_str())
        .collect();
    assert_eq!(progression, wanted.progression);
    assert_eq!(draft.terms.len(), 6);
}

/// The lines of guidance of each criterion, told by a reader of the document: `7002V1 1.1 301 303`. Blank lines of the
/// document are no lines of guidance.
fn lines_by_hand() -> BTreeMap<(String, String), BTreeSet<u32>> {
    include_str!("printed-guidance.txt")
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|line| {
            let mut words = line.split_whitespace();
            let unit = words.next().unwrap().to_owned();
            let criterion = words.next().unwrap().to_owned();
            let lines = words.flat_map(|range| match range.split_once('-') {
                Some((from, to)) => from.parse().unwrap()..=to.parse().unwrap(),
                None => range.parse::<u32>().unwrap()..=range.parse().unwrap(),
            });
            ((unit, criterion), lines.collect())
        })
        .collect()
}

#[test]
fn every_criterion_has_the_guidance_that_speaks_about_it() {
    let Some(draft) = draft() else { return };
    let by_hand = lines_by_hand();
    let mut read = BTreeMap::new();
    for unit in &draft.units {
        for (_, criterion) in unit.criteria() {
            let lines: BTreeSet<u32> = criterion
                .guidance
                .iter()
                .flat_map(|passage| &passage.at)
                .flat_map(|place| place.from..=place.to)
                .collect();
            read.insert(
                (text(&unit.number).to_owned(), text(&criterion.number).to_owned()),
                lines,
            );
        }
        assert_eq!(unit.loose_guidance, [], "{}", text(&unit.number));
    }
    let differences: Vec<String> = by_hand
        .iter()
        .filter(|(key, lines)| read.get(*key) != Some(*lines))
        .map(|(key, lines)| format!("{} {}: by hand {lines:?}, read {:?}", key.0, key.1, read.get(key)))
        .collect();
    assert_eq!(differences, Vec::<String>::new(), "\n{}", differences.join("\n"));
    assert_eq!(read.len(), by_hand.len());
}

#[test]
fn the_findings_name_every_known_misprint_with_its_line() {
    let Some(draft) = draft() else { return };
    let found: BTreeSet<(&str, u32)> = draft
        .findings
        .iter()
        .filter(|finding| finding.severity != Severity::Note)
        .filter_map(|finding| Some((finding.code.as_ref(), finding.place.as_ref()?.from)))
        .collect();
    for wanted in [
        ("SPEC_HEADING", 783),
        ("SPEC_TABLE_DIFFERS", 153),
        ("SPEC_TOTAL_GLH", 132),
        ("IMPORT_TWIN", 494),
        ("IMPORT_STATEMENT", 808),
        ("IMPORT_CONTENTS_DIFFER", 24),
    ] {
        assert!(found.contains(&wanted), "{wanted:?} in {found:?}");
    }
    let errors = draft
        .findings
        .iter()
        .filter(|finding| finding.severity == Severity::Error);
    assert_eq!(errors.count(), 4);
}

#[test]
fn the_command_verbs_are_those_that_a_reader_lists() {
    let mut differences = Vec::new();
    for unit in &specification().units {
        for (_, criterion) in unit.criteria() {
            let read = command_verbs(&criterion.text);
            let lower = |verbs: &[String]| verbs.iter().map(|verb| verb.to_lowercase()).collect::<Vec<_>>();
            if lower(&read) != lower(&criterion.verbs) {
                differences.push(format!(
                    "{} {}: {:?}, read {read:?}",
                    unit.number, criterion.number, criterion.verbs
                ));
            }
        }
    }
    assert_eq!(differences, Vec::<String>::new());
}

#[test]
fn the_file_that_is_written_is_a_specification() {
    let Some(draft) = draft() else { return };
    for format in [Format::Toml, Format::Json] {
        let file = specification_file(&draft, format).unwrap();
        let read = Specification::read(&file, format).unwrap();
        let counts = read.counts();
        assert_eq!((counts.units, counts.outcomes, counts.criteria), (10, 31, 117));
    }
}
