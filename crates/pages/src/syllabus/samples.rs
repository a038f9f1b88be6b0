//! A sample of every page of syllabuses; each must be sound.

use super::{Edit, NewSyllabusPage, Part, ReviewPage, Show, SyllabusListPage};
use crate::Form;
use crate::message::{Act, Refusals, Refused};
use crate::soundness::assert_sound;
use crate::styleguide::sample_shell as shell;
use askama::Template;
use assay_app::syllabus::Counts;
use assay_app::syllabus::lines::LineSeen;
use assay_app::syllabus::structure::{
    CriterionSeen, OutcomeSeen, PassageSeen, QualificationSeen, RowSeen, Structure, TermSeen, UnitSeen,
    ValueSeen,
};
use assay_app::syllabus::view::{FindingSeen, FindingStanding, StepSeen, SyllabusLine, SyllabusSeen, Weight};

const AT: &str = "2019-10-14T08:30:00.000Z";

fn value(at: &str, label: &str, value: &str, lines: &[u32]) -> ValueSeen {
    ValueSeen {
        at: at.into(),
        label: label.into(),
        value: value.into(),
        lines: lines.to_vec(),
        long: label == "Rule of combination",
    }
}

fn passage(line: u32) -> PassageSeen {
    PassageSeen {
        text: "Begin with a <tree>\n& say which.".into(),
        line,
        lines: vec![line],
        criteria: vec!["1.1".into(), "1.2".into()],
    }
}

fn finding(
    key: &str,
    weight: Weight,
    standing: FindingStanding,
    at: Option<&str>,
    ways: &[&str],
) -> FindingSeen {
    FindingSeen {
        key: key.into(),
        code: "SPEC_TABLE_DIFFERS".into(),
        weight,
        subject: "qualification 4C1, table, unit 402A, glh".into(),
        message: "the table prints \"13\" <b>, the unit's page 30".into(),
        suggestion: Some("Compare it.".into()),
        place: Some("line 3".into()),
        lines: vec![2],
        at: at.map(str::to_owned),
        label: at.map(|_| "Qualification 4C1: guided learning hours".into()),
        value: "13".into(),
        long: false,
        standing,
        ways: ways.iter().map(|way| (*way).to_owned()).collect(),
        by: (standing != FindingStanding::Open).then(|| "Quentin Marsh".into()),
        when: (standing != FindingStanding::Open).then(|| AT.into()),
        reason: (standing != FindingStanding::Open).then(|| "The register <says> so.".into()),
    }
}

fn seen(become_draft: bool) -> SyllabusSeen {
    let criterion = |number: &str, at: &str| CriterionSeen {
        at: at.into(),
        number: value(&format!("{at}/number"), "Number", number, &[5]),
        text: value(
            &format!("{at}/text"),
            "Assessment criterion",
            "Explain how <canker> spreads",
            &[5, 6],
        ),
        guidance: vec![passage(6)],
    };
    let unit = UnitSeen {
        at: "unit/0".into(),
        name: "401A Keeping an orchard healthy".into(),
        values: vec![
            value("unit/0/number", "Unit number", "401A", &[4]),
            value("unit/0/level", "Level", "", &[]),
            value("unit/0/reference", "Reference", "M/506/1234", &[4]),
        ],
        outcomes: vec![OutcomeSeen {
            at: "unit/0/outcome/0".into(),
            number: value("unit/0/outcome/0/number", "Number", "1", &[5]),
            text: value(
                "unit/0/outcome/0/text",
                "Learning outcome",
                "Understand how trees fall ill",
                &[5],
            ),
            criteria: vec![
                criterion("1.1", "unit/0/outcome/0/criterion/0"),
                criterion("1.2", "unit/0/outcome/0/criterion/1"),
            ],
        }],
        loose: vec![passage(7)],
    };
    SyllabusSeen {
        id: "syl_1".parse().unwrap(),
        title: "Orchard <keeping>".into(),
        name: "orchard & cider.txt".into(),
        media: "text/plain".into(),
        bytes: 4_096,
        by: "Quentin Marsh".into(),
        at: AT.into(),
        counts: Counts {
            findings: 3,
            open: 2,
            open_errors: 1,
            open_warnings: 0,
        },
        specification: become_draft.then(|| "spc_1".parse().unwrap()),
        findings: vec![
            finding(
                "a1",
                Weight::Error,
                FindingStanding::Open,
                Some("qualification/0/row/0/glh"),
                &["correct", "misprint"],
            ),
            finding("a2", Weight::Note, FindingStanding::Open, None, &[]),
            finding(
                "a3",
                Weight::Warning,
                FindingStanding::Ignored,
                Some("unit/0/level"),
                &["accept", "correct", "ignore"],
            ),
        ],
        structure: Structure {
            document: vec![value("document/title", "Title", "Orchard keeping", &[0])],
            qualifications: vec![QualificationSeen {
                at: "qualification/0".into(),
                name: "GOL Level 4 Certificate".into(),
                values: vec![value(
                    "qualification/0/title",
                    "Title",
                    "GOL Level 4 Certificate",
                    &[1],
                )],
                rule: value("qualification/0/rule", "Rule of combination", "", &[1]),
                rule_in_words: vec!["At least 5 credits".into()],
                rule_printed: Some("any units to a minimum of 5 credits".into()),
                rows: vec![RowSeen {
                    at: "qualification/0/row/0".into(),
                    values: vec![value(
                        "qualification/0/row/0/glh",
                        "Guided Learning Hours",
                        "13",
                        &[2],
                    )],
                }],
            }],
            units: vec![unit],
            terms: vec![TermSeen {
                term: "Total Qualification Time (TQT)".into(),
                meaning: "the hours a learner needs".into(),
                lines: vec![3],
            }],
        },
        lines: (0..9)
            .map(|at| LineSeen {
                at,
                page: Some(1 + at / 5),
                number: (at != 8).then_some(at + 1),
                text: format!("a <line>\tof {at}"),
            })
            .collect(),
        steps: vec![StepSeen {
            number: 0,
            by: "Quentin Marsh".into(),
            at: AT.into(),
            what: "Ignored “unit <401A>”".into(),
            reason: "The register has none.".into(),
            undo: true,
            left_out: Some("There is no unit no. 3.".into()),
        }],
        not_yet: None,
    }
}

fn page(part: Part, here: Option<usize>, edit: Option<Edit>, become_draft: bool) -> ReviewPage {
    let refused = Refused {
        because: "1 error is not settled yet.".into(),
        ..Refused::default()
    };
    ReviewPage {
        shell: shell("Orchard keeping"),
        refusals: Refusals::default(),
        seen: seen(become_draft),
        part,
        show: Show::of("all", ""),
        here,
        at: None,
        form: Form::new()
            .prefixed("settle")
            .complain("reason", "Say why, in a few words."),
        edit,
        edit_form: Form::new()
            .prefixed("edit")
            .complain("value", "Type a whole number."),
        make: (!become_draft).then(|| Act::refused("Make the draft", vec![refused])),
    }
}

#[test]
fn the_review_is_sound_in_every_part_and_for_every_change() {
    for here in [None, Some(0), Some(1), Some(2)] {
        for part in [Part::Front, Part::Unit(0)] {
            for become_draft in [false, true] {
                assert_sound(&page(part, here, None, become_draft).render().unwrap());
            }
        }
    }
    let edits = [
        Edit::Give {
            at: "qualification/0/rule".into(),
            label: "Rule".into(),
            value: "a = \"<b>\"".into(),
            long: true,
        },
        Edit::Add {
            at: "unit/1".into(),
            what: "unit no. 2".into(),
        },
        Edit::Remove {
            at: "unit/0".into(),
            what: "unit no. 1".into(),
        },
        Edit::Assign {
            at: "unit/0".into(),
            line: 6,
            text: "Begin <here>".into(),
            criteria: vec!["1.1".into()],
            all: vec!["1.1".into(), "1.2".into()],
        },
    ];
    for edit in edits {
        assert_sound(&page(Part::Unit(0), None, Some(edit), false).render().unwrap());
    }
}

#[test]
fn a_line_leads_to_what_was_read_from_it_and_back() {
    let html = page(Part::Unit(0), Some(0), None, false).render().unwrap();
    assert!(html.contains("href=\"#r-unit-0-outcome-0-criterion-0\""));
    assert!(html.contains("id=\"r-unit-0-outcome-0-criterion-0\""));
    assert!(html.contains("at=unit/0/outcome/0/criterion/0#l-5") && html.contains("id=\"l-5\""));
}

#[test]
fn a_finding_is_looked_at_in_the_part_that_it_is_about() {
    let seen = seen(false);
    assert_eq!(ReviewPage::part_of(&seen, &seen.findings[0]), Part::Front);
    assert_eq!(ReviewPage::part_of(&seen, &seen.findings[2]), Part::Unit(0));
}

#[test]
fn the_list_and_handing_in_are_sound() {
    let line = |specification: Option<&str>, open_errors, open_warnings| SyllabusLine {
        id: "syl_1".parse().unwrap(),
        title: "Orchard <keeping>".into(),
        name: "orchard & cider.txt".into(),
        by: "Quentin Marsh".into(),
        at: AT.into(),
        counts: Counts {
            findings: 9,
            open: 5,
            open_errors,
            open_warnings,
        },
        specification: specification.map(|id| id.parse().unwrap()),
    };
    for syllabuses in [
        vec![],
        vec![
            line(None, 2, 1),
            line(None, 0, 1),
            line(None, 0, 0),
            line(Some("spc_1"), 0, 0),
        ],
    ] {
        let page = SyllabusListPage {
            shell: shell("Syllabuses"),
            syllabuses,
        };
        assert_sound(&page.render().unwrap());
    }
    let item = Refused {
        because: "This PDF holds <pictures>.".into(),
        field: Some("file".into()),
        ..Refused::default()
    };
    for refusals in [
        Refusals::default(),
        Refusals::new("The file was not taken", vec![item]),
    ] {
        let page = NewSyllabusPage {
            shell: shell("Hand in a syllabus"),
            refusals,
            form: Form::new().complain("file", "Choose a file."),
            most_bytes: 64 << 20,
        };
        assert_sound(&page.render().unwrap());
    }
}
