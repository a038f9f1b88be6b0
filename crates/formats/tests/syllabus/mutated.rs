//! A syllabus that was damaged: whatever is read wrongly is told, and whatever is handed in is answered.

use std::collections::{BTreeMap, BTreeSet};

use assay_formats::refusal::RefusalCode;
use assay_formats::syllabus::{
    Draft, LONGEST_TEXT, import, json, read_text, specification_file, suggest_models, too_long,
};
use assay_specification::{Format, Model, Severity};
use proptest::prelude::*;

const LOOSE: &str = include_str!("loose.txt");
const COLUMNS: &str = include_str!("columns.txt");

fn read(text: &str) -> Draft {
    import(text.as_bytes()).unwrap()
}

/// The words of each criterion by unit and number; of a doubled number all words.
fn statements(draft: &Draft) -> BTreeMap<(String, String), Vec<String>> {
    let mut all: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
    for unit in &draft.units {
        let name = unit.in_words();
        for (_, criterion) in unit.criteria() {
            let number = criterion
                .number
                .as_ref()
                .map(|found| found.value.clone())
                .unwrap_or_default();
            let text = criterion
                .text
                .as_ref()
                .map(|found| found.value.clone())
                .unwrap_or_default();
            all.entry((name.clone(), number)).or_default().push(text);
        }
    }
    all
}

fn told(draft: &Draft) -> BTreeSet<(String, String)> {
    draft
        .findings
        .iter()
        .filter(|finding| finding.severity != Severity::Note)
        .map(|finding| (finding.code.to_string(), finding.subject.clone()))
        .collect()
}

/// The criteria of which the last of their outcome may be lost without a trace: nothing in a document counts them.
fn may_vanish(number: &str, all: &BTreeMap<(String, String), Vec<String>>, unit: &str) -> bool {
    let Some((outcome, own)) = number.split_once('.') else {
        return true;
    };
    let own: u32 = own.parse().unwrap();
    !all.contains_key(&(unit.to_owned(), format!("{outcome}.{}", own + 1)))
}

/// What differs between two drafts and is told by no finding that the first has not.
fn untold(before: &Draft, after: &Draft) -> Vec<String> {
    let (was, is) = (statements(before), statements(after));
    let new: BTreeSet<(String, String)> = told(after).difference(&told(before)).cloned().collect();
    let about = |unit: &str| new.iter().any(|(_, subject)| subject.contains(unit));
    let mut untold = Vec::new();
    for ((unit, number), texts) in &is {
        let same = was.get(&(unit.clone(), number.clone())) == Some(texts);
        if !same && !about(unit) && new.is_empty() {
            untold.push(format!("{unit} {number} reads {texts:?}"));
        }
    }
    for (unit, number) in was.keys() {
        if !is.contains_key(&(unit.clone(), number.clone()))
            && new.is_empty()
            && !may_vanish(number, &is, unit)
        {
            untold.push(format!("{unit} {number} is gone"));
        }
    }
    untold
}

fn each_line_of_the_units(text: &str, from: usize, change: impl Fn(&mut Vec<&str>, usize)) -> Vec<String> {
    let before = read(text);
    let lines: Vec<&str> = text.split('\n').collect();
    let mut untold_of = Vec::new();
    for index in from..lines.len() {
        let mut changed = lines.clone();
        change(&mut changed, index);
        let after = read(&changed.join("\n"));
        for what in untold(&before, &after) {
            untold_of.push(format!("line {}: {what}", index + 1));
        }
    }
    untold_of
}

/// Line, counted from 0, at which the first unit of the made-up syllabus begins.
fn first_unit(text: &str, heading: &str) -> usize {
    text.split('\n').position(|line| line == heading).unwrap()
}

#[test]
fn a_line_that_is_lost_is_told_where_the_rest_can_show_it() {
    let from = first_unit(LOOSE, "KEEPING AN ORCHARD HEALTHY");
    let untold = each_line_of_the_units(LOOSE, from, |lines, index| {
        lines.remove(index);
    });
    // A line with the ends of an outcome and of a statement leaves "Understand what makes a", which is told.
    assert_eq!(untold, Vec::<String>::new());
}

#[test]
fn a_line_that_stands_twice_changes_no_statement_in_silence() {
    let from = first_unit(LOOSE, "KEEPING AN ORCHARD HEALTHY");
    let untold = each_line_of_the_units(LOOSE, from, |lines, index| {
        let line = lines[index];
        lines.insert(index, line);
    });
    assert_eq!(untold, Vec::<String>::new());
}

#[test]
fn two_lines_that_changed_places_change_no_statement_in_silence() {
    let from = first_unit(LOOSE, "KEEPING AN ORCHARD HEALTHY");
    let untold = each_line_of_the_units(LOOSE, from, |lines, index| {
        if index + 1 < lines.len() {
            lines.swap(index, index + 1);
        }
    });
    assert_eq!(untold, Vec::<String>::new());
}

#[test]
fn a_syllabus_cut_in_the_middle_is_read_as_far_as_it_goes() {
    let lines: Vec<&str> = LOOSE.split('\n').collect();
    let half = lines[..lines.len() - 14].join("\n");
    let draft = read(&half);
    assert_eq!(draft.units.len(), 2);
    assert!(draft.has_errors());
    let message = |code: &str| draft.findings.iter().any(|finding| finding.code == code);
    assert!(message("IMPORT_NOT_FOUND"), "the second unit's aims are cut off");
}

#[test]
fn two_units_of_one_number_are_told() {
    let draft = read(&LOOSE.replace("402A", "401A"));
    let double = draft
        .findings
        .iter()
        .find(|finding| finding.code == "SPEC_DOUBLE")
        .unwrap();
    assert!(double.subject.contains("401A"), "{double}");
    assert!(double.place.is_some());
}

#[test]
fn wrong_check_characters_are_told_with_the_right_ones() {
    let draft = read(
        &LOOSE
            .replace("M/506/1234", "A/506/1234")
            .replace("601/0002/3", "601/0002/4"),
    );
    let found: Vec<&str> = draft
        .findings
        .iter()
        .filter(|finding| finding.code == "SPEC_CHECK_CHARACTER")
        .map(|finding| finding.message.as_str())
        .collect();
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found.iter().any(|message| message.contains('M')));
}

#[test]
fn figures_that_do_not_agree_are_told_at_their_line() {
    let draft = read(&LOOSE.replace("Total Unit Time\t50", "Total Unit Time\t70"));
    let codes: BTreeSet<&str> = draft
        .findings
        .iter()
        .map(|finding| finding.code.as_ref())
        .collect();
    for code in ["SPEC_CREDIT_TUT", "SPEC_TABLE_DIFFERS", "SPEC_TOTAL_TQT"] {
        assert!(codes.contains(code), "{code} in {codes:?}");
    }
    let finding = draft
        .findings
        .iter()
        .find(|finding| finding.code == "SPEC_CREDIT_TUT")
        .unwrap();
    assert!(finding.to_string().contains("Total Unit Time 70"), "{finding}");
}

#[test]
fn dates_out_of_order_and_a_wrong_size_word_are_told() {
    let draft = read(
        &LOOSE
            .replace("30th April 2025", "30th April 2015")
            .replace("is 50 hours", "is 500 hours"),
    );
    let codes: BTreeSet<&str> = draft
        .findings
        .iter()
        .map(|finding| finding.code.as_ref())
        .collect();
    assert!(codes.contains("SPEC_DATES"), "{codes:?}");
    assert!(codes.contains("SPEC_SIZE"), "{codes:?}");
}

#[test]
fn a_rule_whose_words_are_not_understood_is_told_and_not_guessed() {
    let draft = read(&LOOSE.replace(
        "complete any combination of units to a minimum of 5 credits",
        "complete units to a minimum of 5 credits of which half are practical",
    ));
    let first = draft.qualifications.first().unwrap();
    assert_eq!(first.rule, None);
    assert!(
        draft
            .findings
            .iter()
            .any(|finding| finding.code == "IMPORT_RULE_WORDS")
    );
}

#[test]
fn a_model_of_the_catalogue_is_suggested_and_not_taken() {
    let mut draft = read(LOOSE);
    let model = |id: &str, name: &str| Model {
        id: id.to_owned(),
        name: name.to_owned(),
        by: Vec::new(),
        aliases: vec!["Barrels of wood".to_owned()],
        about: "Made up.".to_owned(),
    };
    let before = draft.clone();
    suggest_models(
        &mut draft,
        &[
            model("barrels", "The barrel method"),
            model("none", "Nowhere named"),
        ],
    );
    let notes: Vec<&str> = draft
        .findings
        .iter()
        .filter(|finding| finding.code == "IMPORT_MODEL_NAMED")
        .map(|finding| finding.subject.as_str())
        .collect();
    assert_eq!(notes.first(), Some(&"unit 402A, criteria 1.2"));
    assert_eq!(draft.units, before.units);
}

#[test]
fn a_novel_is_no_syllabus() {
    let novel = "It was a wet summer, and nobody in the house had spoken since noon. The clock went on.\n\n"
        .repeat(3000);
    let draft = read(&novel);
    let first = draft.findings.first().unwrap();
    assert_eq!(first.code, "IMPORT_NOT_A_SYLLABUS");
    assert_eq!(first.place.as_ref().map(|place| place.from), Some(1));
    assert!(first.line_text.is_some());
}

#[test]
fn an_empty_file_a_large_one_and_random_bytes_are_refused_in_a_sentence() {
    for (bytes, code) in [
        (Vec::new(), RefusalCode::NotADocument),
        (b" \n\n\t ".to_vec(), RefusalCode::NotADocument),
        (vec![b'a'; LONGEST_TEXT + 1], RefusalCode::TooLarge),
        (
            (0..=255u8).cycle().take(4096).collect(),
            RefusalCode::NotADocument,
        ),
    ] {
        let refusal = import(&bytes).unwrap_err();
        assert_eq!(refusal.code, code);
        assert!(refusal.because.ends_with('.') && refusal.remedy.ends_with('.'));
    }
    assert!(too_long(500 * 1024 * 1024).because.contains("500 MiB"));
}

#[test]
fn windows_1252_is_read_and_told() {
    let bytes: Vec<u8> = LOOSE
        .replace('–', "~")
        .bytes()
        .map(|byte| if byte == b'~' { 0x96 } else { byte })
        .collect();
    let draft = import(&bytes).unwrap();
    let finding = draft
        .findings
        .iter()
        .find(|finding| finding.code == "IMPORT_ENCODING")
        .unwrap();
    assert!(finding.place.is_some());
    assert_eq!(draft.units.len(), 2);
    assert_eq!(statements(&draft), statements(&read(LOOSE)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_text_is_answered(text in "\\PC{0,400}") {
        let draft = read_text(&text);
        let _ = json(&draft);
    }

    #[test]
    fn lines_in_any_order_are_answered_and_can_be_written(
        picks in proptest::collection::vec((any::<bool>(), 0usize..200), 0..120)
    ) {
        let all: Vec<Vec<&str>> = [LOOSE, COLUMNS].iter().map(|text| text.split('\n').collect()).collect();
        let text: Vec<&str> = picks
            .iter()
            .map(|(which, at)| {
                let lines = &all[usize::from(*which)];
                lines[at % lines.len()]
            })
            .collect();
        let text = text.join("\n");
        if let Ok(draft) = import(text.as_bytes()) {
            let _ = json(&draft);
            prop_assert!(specification_file(&draft, Format::Toml).is_ok());
        }
    }
}
