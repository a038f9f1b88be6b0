//! The CMI syllabus as data says what the printed syllabus says, word for word (QS-21, QS-24, QS-29, QS-30).
//!
//! The printed text is not part of the project. Where it lies in a folder `shared/syllabus` beside the project, every
//! statement is compared with it; where it does not, the comparison says so and is passed over.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::collections::BTreeSet;
use std::path::Path;

use assay_specification::{Format, Specification, Unit};
use sha2::{Digest, Sha256};

const SYLLABUS: &str = "shared/syllabus/cmi-level-7-leadership-coaching-and-mentoring-2018-v6.txt";

fn specification() -> Specification {
    let text = include_str!("../../../specifications/cmi-level-7-leadership-coaching-and-mentoring.toml");
    match Specification::read(text, Format::Toml) {
        Ok(specification) => specification,
        Err(complaints) => {
            let listed: Vec<String> = complaints.iter().map(ToString::to_string).collect();
            panic!("the specification cannot be read:\n{}", listed.join("\n"))
        }
    }
}

/// The printed text; none, with a line on the console, where it is absent.
fn printed() -> Option<String> {
    let found = Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .map(|folder| folder.join(SYLLABUS))
        .find(|path| path.is_file());
    match found {
        Some(path) => std::fs::read_to_string(path).ok(),
        None => {
            eprintln!(
                "PASSED OVER: the printed syllabus ({SYLLABUS}) is absent, so nothing was compared with it"
            );
            None
        }
    }
}

/// The cells of each line: mark-up taken for a boundary, runs of white space for one space.
fn cells(text: &str) -> Vec<Vec<String>> {
    let cells_of = |line: &str| {
        let mut plain = String::new();
        let mut in_mark_up = false;
        for character in line.chars() {
            match character {
                '<' => in_mark_up = true,
                '>' => {
                    in_mark_up = false;
                    plain.push('\t');
                }
                _ if !in_mark_up => plain.push(character),
                _ => {}
            }
        }
        let words = |cell: &str| cell.split_whitespace().collect::<Vec<_>>().join(" ");
        plain
            .split('\t')
            .map(words)
            .filter(|cell| !cell.is_empty())
            .collect()
    };
    text.lines().map(cells_of).collect()
}

/// The lines of a unit, from its number to the next unit's; counted from 0.
fn lines_of(unit: &Unit, lines: &[Vec<String>]) -> std::ops::Range<usize> {
    let begins = |line: &Vec<String>| line.first().is_some_and(|cell| cell == "Unit Number");
    let number = unit.number.to_string();
    let from = lines
        .iter()
        .position(|line| begins(line) && line.get(1) == Some(&number))
        .unwrap_or(lines.len());
    let length = lines.iter().skip(from + 1).position(begins);
    from..length.map_or(lines.len(), |length| from + 1 + length)
}

/// Where a statement stands: the lines, counted from 1, whose cells are its words and nothing else, with or without its
/// number before them. Two lines where a page break falls inside it. Empty where it does not stand.
fn places(number: &str, text: &str, range: std::ops::Range<usize>, lines: &[Vec<String>]) -> Vec<u32> {
    let holds = |line: usize, words: &str, numbered: bool| {
        lines.get(line).is_some_and(|cells| {
            cells
                .iter()
                .any(|cell| cell == words || (numbered && *cell == format!("{number} {words}")))
        })
    };
    let counted = |line: usize| u32::try_from(line + 1).unwrap_or(u32::MAX);
    for line in range.clone() {
        if holds(line, text, true) {
            return vec![counted(line)];
        }
    }
    for (space, _) in text.match_indices(' ') {
        let (before, after) = (&text[..space], &text[space + 1..]);
        for line in range.clone() {
            if !holds(line, before, true) {
                continue;
            }
            if let Some(next) =
                (line + 1..line + 4).find(|next| range.contains(next) && holds(*next, after, false))
            {
                return vec![counted(line), counted(next)];
            }
        }
    }
    Vec::new()
}

#[test]
fn the_syllabus_has_3_qualifications_10_units_31_outcomes_and_117_criteria() {
    let specification = specification();
    let outcomes: usize = specification.units.iter().map(|unit| unit.outcomes.len()).sum();
    let criteria: usize = specification
        .units
        .iter()
        .map(|unit| unit.criteria().count())
        .sum();
    let counts = (
        specification.qualifications.len(),
        specification.units.len(),
        outcomes,
        criteria,
    );
    assert_eq!(counts, (3, 10, 31, 117));
    assert_eq!(specification.document.contents.len(), 17);
    assert_eq!(specification.terms.len(), 6);
}

#[test]
fn the_text_compared_with_is_the_one_the_specification_was_taken_from() {
    let Some(text) = printed() else { return };
    let digest: String = Sha256::digest(text.as_bytes())
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert_eq!(specification().document.source_sha256, Some(digest));
}

#[test]
fn every_outcome_and_criterion_stands_in_the_printed_syllabus_word_for_word_on_the_lines_named() {
    let Some(text) = printed() else { return };
    let lines = cells(&text);
    let mut wrong = Vec::new();
    let mut over_a_page_break = Vec::new();
    for unit in &specification().units {
        let range = lines_of(unit, &lines);
        for outcome in &unit.outcomes {
            let found = places(&outcome.number.to_string(), &outcome.text, range.clone(), &lines);
            match found.len() {
                0 => wrong.push(format!(
                    "{} outcome {}: not printed: {}",
                    unit.number, outcome.number, outcome.text
                )),
                1 => {}
                _ => over_a_page_break.push(format!("{} outcome {}", unit.number, outcome.number)),
            }
            for criterion in &outcome.criteria {
                let place = format!("{} criterion {}", unit.number, criterion.number);
                let found = places(
                    &criterion.number.to_string(),
                    &criterion.text,
                    range.clone(),
                    &lines,
                );
                if found.is_empty() {
                    wrong.push(format!("{place}: not printed: {}", criterion.text));
                } else if found != criterion.lines {
                    wrong.push(format!(
                        "{place}: printed on lines {found:?}, not {:?}",
                        criterion.lines
                    ));
                }
                if found.len() > 1 {
                    over_a_page_break.push(place);
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(over_a_page_break, ["7016V1 outcome 2", "7016V1 criterion 2.1"]);
}

#[test]
fn every_unit_prints_the_aims_and_the_six_facts_of_its_page() {
    let Some(text) = printed() else { return };
    let lines = cells(&text);
    for unit in &specification().units {
        let range = lines_of(unit, &lines);
        let line = |offset: isize| {
            let at = range.start.checked_add_signed(offset);
            at.and_then(|at| lines.get(at))
                .map(|cells| cells.iter().take(2).cloned().collect::<Vec<_>>())
        };
        let fact = |name: &str, value: String| Some(vec![name.to_owned(), value]);
        assert_eq!(
            line(-1),
            fact("Unit Level", unit.level.to_string()),
            "{}",
            unit.number
        );
        assert_eq!(line(0), fact("Unit Number", unit.number.to_string()));
        assert_eq!(
            line(1),
            fact("Ofqual Reference", unit.reference.to_string()),
            "{}",
            unit.number
        );
        assert_eq!(
            line(2),
            fact("Credit Value", unit.credits.to_string()),
            "{}",
            unit.number
        );
        assert_eq!(
            line(3),
            fact("Total Unit Time", unit.tut.to_string()),
            "{}",
            unit.number
        );
        assert_eq!(
            line(4),
            fact("Guided Learning Hours", unit.glh.to_string()),
            "{}",
            unit.number
        );
        assert_eq!(
            places("", &unit.aims, range.clone(), &lines).len(),
            1,
            "{}: {}",
            unit.number,
            unit.aims
        );
        let heading = unit.heading.clone().unwrap_or_else(|| unit.title.to_uppercase());
        assert_eq!(line(-3), Some(vec![heading]));
    }
}

#[test]
fn every_row_of_the_three_tables_is_kept_as_printed() {
    let Some(text) = printed() else { return };
    let printed: Vec<&str> = text
        .lines()
        .filter(|line| line.starts_with("Unit 7") || line.starts_with("Unit 6"))
        .collect();
    let kept: Vec<String> = specification()
        .qualifications
        .iter()
        .flat_map(|qualification| qualification.table.clone())
        .map(|row| {
            format!(
                "Unit {}\t{}\t{}\t{}\t{}",
                row.unit, row.title, row.credits, row.glh, row.tut
            )
        })
        .collect();
    assert_eq!(kept, printed);
}

#[test]
fn every_command_verb_is_a_word_of_its_criterion() {
    for unit in &specification().units {
        for (_, criterion) in unit.criteria() {
            let words: BTreeSet<String> = criterion.text.split(' ').map(str::to_owned).collect();
            assert!(
                !criterion.verbs.is_empty(),
                "{} {}",
                unit.number,
                criterion.number
            );
            for verb in &criterion.verbs {
                assert!(
                    words.contains(verb),
                    "{} {}: {verb}",
                    unit.number,
                    criterion.number
                );
            }
        }
    }
}

#[test]
fn a_coaching_criterion_and_its_mentoring_twin_point_at_each_other() {
    let mut pairs = 0;
    for unit in &specification().units {
        for (_, criterion) in unit.criteria() {
            let Some(number) = criterion.twin else { continue };
            let twin = unit.find_criterion(number).unwrap();
            assert_eq!(twin.twin, Some(criterion.number));
            assert_eq!(twin.verbs, criterion.verbs);
            assert_eq!(twin.told_apart, criterion.told_apart);
            let disciplines = BTreeSet::from([criterion.discipline.as_deref(), twin.discipline.as_deref()]);
            assert_eq!(disciplines, BTreeSet::from([Some("coaching"), Some("mentoring")]));
            pairs += 1;
        }
    }
    assert_eq!(pairs / 2, 21);
}

#[test]
fn the_five_criteria_that_ask_for_two_things_say_so() {
    let two: Vec<String> = specification()
        .units
        .iter()
        .flat_map(|unit| {
            unit.criteria()
                .map(|(_, criterion)| (unit.number.to_string(), criterion.clone()))
                .collect::<Vec<_>>()
        })
        .filter(|(_, criterion)| criterion.verbs.len() > 1)
        .map(|(unit, criterion)| format!("{unit} {}: {}", criterion.number, criterion.verbs.join(" and ")))
        .collect();
    assert_eq!(
        two,
        [
            "7002V1 3.1: Assess and initiate",
            "7010V1 1.3: Identify and justify",
            "7020V1 5.4: Evaluate and produce",
            "7020V1 5.5: Evaluate and produce",
            "6004V1 2.3: Conduct and identify",
        ]
    );
}

#[test]
fn every_criterion_has_guidance_of_its_own_and_a_kind_of_evidence() {
    let specification = specification();
    let mut texts = BTreeSet::new();
    for unit in &specification.units {
        for (_, criterion) in unit.criteria() {
            assert!(
                criterion.evidence.is_some(),
                "{} {}",
                unit.number,
                criterion.number
            );
            for text in &criterion.guidance {
                assert!(texts.insert(text.clone()), "given twice: {text}");
            }
            for shared in &criterion.shared_guidance_with {
                let other = unit.find_criterion(*shared).unwrap();
                assert!(other.shared_guidance_with.contains(&criterion.number));
            }
        }
    }
    assert_eq!(texts.len(), 117);
}

#[test]
fn one_model_is_found_under_each_of_its_printed_names_with_the_criteria_that_name_it() {
    let specification = specification();
    let called = |name: &str| {
        specification
            .models
            .iter()
            .filter(|model| model.is_called(name))
            .collect::<Vec<_>>()
    };
    for name in [
        "Kotter's 8 Steps",
        "Kotter's Eight-stage process",
        "Kotter's model",
    ] {
        let found: Vec<&str> = called(name).iter().map(|model| model.id.as_str()).collect();
        assert_eq!(found, ["kotter-eight-steps"], "{name}");
    }
    for model in &specification.models {
        for name in model.aliases.iter().chain([&model.name]) {
            assert_eq!(called(name).len(), 1, "{name} means more than one model");
        }
        let named = |unit: &Unit| {
            unit.criteria()
                .any(|(_, criterion)| criterion.models.contains(&model.id))
        };
        assert!(
            specification.units.iter().any(named),
            "{} is named by no criterion",
            model.id
        );
    }
}
