//! Made-up syllabuses in the layouts of several awarding bodies, each beside what has to be read from it.

use std::fmt::Write;
use std::path::Path;

use assay_formats::syllabus::{Draft, Field, import};

fn text<T: std::fmt::Display>(field: &Field<T>) -> String {
    field
        .as_ref()
        .map_or_else(|| "-".to_owned(), |found| found.value.to_string())
}

/// The draft as lines that a person can compare with the document: statements with their lines, passages by line.
fn told(draft: &Draft) -> String {
    let mut out = String::new();
    for one in &draft.qualifications {
        let rule = one.rule.as_ref().map_or_else(
            || "-".to_owned(),
            |found| format!("{} group(s)", found.value.groups.len()),
        );
        writeln!(
            out,
            "qualification {} | {} | {} | level {} | {} | TQT {} | GLH {} | credits {} | rule {rule}",
            text(&one.code),
            text(&one.title),
            text(&one.number),
            text(&one.level),
            text(&one.size),
            text(&one.tqt),
            text(&one.glh),
            text(&one.minimum_credits),
        )
        .unwrap();
    }
    for unit in &draft.units {
        writeln!(
            out,
            "unit {} | {} | level {} | {} | credits {} | TUT {} | GLH {}",
            text(&unit.number),
            text(&unit.title),
            text(&unit.level),
            text(&unit.reference),
            text(&unit.credits),
            text(&unit.tut),
            text(&unit.glh)
        )
        .unwrap();
        writeln!(out, "  about: {}", text(&unit.aims)).unwrap();
        for outcome in &unit.outcomes {
            writeln!(out, "  {} {}", text(&outcome.number), text(&outcome.text)).unwrap();
            for criterion in &outcome.criteria {
                let lines: Vec<String> = criterion
                    .guidance
                    .iter()
                    .map(|passage| {
                        let lines: Vec<String> = passage
                            .at
                            .iter()
                            .map(|place| format!("{}-{}", place.from, place.to))
                            .collect();
                        lines.join("+")
                    })
                    .collect();
                let guidance = if lines.is_empty() {
                    String::new()
                } else {
                    format!(" [{}]", lines.join(", "))
                };
                writeln!(
                    out,
                    "    {} {}{guidance}",
                    text(&criterion.number),
                    text(&criterion.text)
                )
                .unwrap();
            }
        }
        for passage in &unit.loose_guidance {
            writeln!(out, "  loose: {:?}", passage.at.first().map(|place| place.from)).unwrap();
        }
    }
    for finding in &draft.findings {
        let line = finding.place.as_ref().map_or(0, |place| place.from);
        writeln!(
            out,
            "{} {} line {line}: {}",
            finding.severity.word(),
            finding.code,
            finding.subject
        )
        .unwrap();
    }
    out
}

/// Compares with the file beside the text; with ASSAY_BLESS set, writes it instead, to be looked through by a person.
fn compare(name: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/syllabus");
    let draft = import(&std::fs::read(folder.join(format!("{name}.txt"))).unwrap()).unwrap();
    let told = told(&draft);
    let expected = folder.join(format!("{name}.expected"));
    if std::env::var_os("ASSAY_BLESS").is_some() {
        std::fs::write(&expected, &told).unwrap();
    }
    let wanted = std::fs::read_to_string(&expected).unwrap_or_default();
    assert_eq!(told, wanted, "{name}");
}

#[test]
fn criteria_loose_from_a_broken_table_are_read_with_their_guidance() {
    compare("loose");
}

#[test]
fn outcomes_and_criteria_printed_one_under_the_other_are_read() {
    compare("stacked");
}

#[test]
fn graded_criteria_in_columns_are_read_with_their_grades() {
    compare("graded");
    compare("graded_by_outcome");
}

#[test]
fn columns_held_apart_by_spaces_are_read_over_page_breaks() {
    compare("columns");
}

#[test]
fn numbers_with_prefixes_and_statements_run_together_are_read() {
    compare("prefixed");
}

#[test]
fn a_table_of_pipes_with_several_statements_in_a_cell_is_read() {
    compare("pipes");
}

#[test]
fn the_content_of_a_unit_is_guidance_and_joins_no_outcome() {
    compare("content");
    compare("content_numbered");
    compare("content_between");
}

#[test]
fn a_table_of_pipes_without_outer_ones_is_read() {
    compare("open_pipes");
}

#[test]
fn criteria_with_letters_are_read_below_their_outcome() {
    compare("lettered");
}

#[test]
fn performance_criteria_in_brackets_are_read_below_their_outcome() {
    compare("performance");
}

#[test]
fn a_handbook_of_learner_will_and_learner_can_is_read_with_its_range() {
    compare("handbook");
    compare("ranges");
}

#[test]
fn several_qualifications_in_one_document_and_units_without_credits_are_read() {
    compare("several");
}

#[test]
fn the_manual_tells_of_every_code_with_its_severity() {
    let manual = include_str!("../../../../docs/importing.md");
    for code in assay_formats::syllabus::CODES {
        let row = format!("| `{}` | {} |", code.name, code.severity.word());
        assert!(manual.contains(&row), "docs/importing.md lacks {row}");
    }
}
