//! What the printed sheets show, and what is refused. Texts are read back from the PDF itself.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use assay_print::sheet::{
    Attained, CreditedUnit, ReportColumn, ReportFact, ReportSection, SheetCheck, SheetDate, SheetLearner,
    Signatory, TranscriptUnit,
};
use assay_print::{
    CertificateSheet, PrintFault, ReportSheet, Theme, TranscriptSheet, certificate, report, transcript,
};
use proptest::prelude::*;
use std::io::Write;
use std::process::{Command, Stdio};

fn a_certificate() -> CertificateSheet {
    CertificateSheet {
        awarding_body: "Chartered Management Institute".into(),
        learner: SheetLearner {
            name: "Amara Nwosu".into(),
            number: "P04187263".into(),
            uln: None,
        },
        attained: Attained::Qualification {
            title: "Diploma in Strategic Leadership".into(),
            endorsement: None,
            number: "603/2982/9".into(),
            level: "Level 7".into(),
            attainment: None,
            regulated_by: None,
        },
        attained_on: "14 October 2019".into(),
        certificate_number: "2019-000123".into(),
        language_of_assessment: None,
        replacement: None,
        signatory: Some(Signatory {
            name: "Margaret Okafor".into(),
            role: "Responsible officer".into(),
        }),
        check: SheetCheck {
            url: "https://awards.example.org/check/2019-000123".into(),
            shown: "awards.example.org/check".into(),
        },
        issued: SheetDate {
            year: 2019,
            month: 10,
            day: 14,
        },
    }
}

fn named(name: &str) -> CertificateSheet {
    let mut sheet = a_certificate();
    sheet.learner.name = name.into();
    sheet
}

fn of_credit() -> CertificateSheet {
    let unit = |reference: &str, title: &str, credits| CreditedUnit {
        reference: reference.into(),
        title: title.into(),
        level: "7".into(),
        credits,
    };
    let mut sheet = a_certificate();
    sheet.attained = Attained::Credit {
        statement: "has been awarded credit for the units below".into(),
        units: vec![
            unit("K/506/1234", "Strategic performance", 7),
            unit("M/506/1235", "Financial management", 11),
        ],
    };
    sheet
}

fn a_transcript(units: u32) -> TranscriptSheet {
    let unit = |n: u32| TranscriptUnit {
        number: format!("7{n:03}"),
        title: format!("Strategic unit {n}"),
        reference: format!("K/506/{:04}", 1000 + n),
        level: "7".into(),
        credits: 6,
        achieved_on: "14 October 2019".into(),
        note: (n == 2).then(|| "Recognised prior learning".into()),
    };
    TranscriptSheet {
        awarding_body: "Chartered Management Institute".into(),
        learner: SheetLearner {
            name: "Amara Nwosu".into(),
            number: "P04187263".into(),
            uln: Some("1234567890".into()),
        },
        qualification_title: "Diploma in Strategic Leadership".into(),
        endorsement: Some("Health and Care".into()),
        qualification_number: "603/2982/9".into(),
        level: "Level 7".into(),
        centre: Some("Northgate School".into()),
        units: (1..=units).map(unit).collect(),
        total_credits: 6 * units,
        rule_of_combination: "The rule of combination is met.".into(),
        certificate_number: Some("2019-000123".into()),
        issued_on: "15 October 2019".into(),
        check: Some(a_certificate().check),
        issued: SheetDate {
            year: 2019,
            month: 10,
            day: 15,
        },
    }
}

fn a_report() -> ReportSheet {
    let column = |heading: &str, figures| ReportColumn {
        heading: heading.into(),
        share: 1,
        figures,
    };
    ReportSheet {
        issuer: "Northgate School".into(),
        title: "Audit trail".into(),
        subtitle: None,
        reference: "AT-0044".into(),
        facts: vec![ReportFact {
            label: "Assessor".into(),
            value: "Ruth Adeyemi".into(),
        }],
        sections: vec![
            ReportSection {
                heading: "Judgements".into(),
                note: Some("In the order in which they were signed.".into()),
                columns: vec![column("Criterion", false), column("Words", true)],
                rows: vec![
                    vec!["1.1".into(), "437".into()],
                    vec!["1.2".into(), "first line\nsecond line".into()],
                ],
                when_empty: "No judgement was signed.".into(),
            },
            ReportSection {
                heading: "Appeals".into(),
                note: None,
                columns: vec![column("Appeal", false)],
                rows: vec![],
                when_empty: "No appeal was made.".into(),
            },
        ],
        made_on: "20 October 2019".into(),
        made: SheetDate {
            year: 2019,
            month: 10,
            day: 20,
        },
        landscape: true,
    }
}

/// The text of a PDF with every run of white space as one space: by `pdftotext` where it is installed.
fn text(pdf: &[u8]) -> String {
    let raw = poppler(pdf).unwrap_or_else(|| pdf_extract::extract_text_from_mem(pdf).unwrap());
    raw.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn poppler(pdf: &[u8]) -> Option<String> {
    let mut child = Command::new("pdftotext")
        .args(["-raw", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .ok()?;
    child.stdin.take()?.write_all(pdf).ok()?;
    String::from_utf8(child.wait_with_output().ok()?.stdout).ok()
}

fn pages(pdf: &[u8]) -> usize {
    count(pdf, b"/Type/Page/") + count(pdf, b"/Type/Page\n") + count(pdf, b"/Type /Page\n")
}

fn count(pdf: &[u8], needle: &[u8]) -> usize {
    pdf.windows(needle.len()).filter(|part| *part == needle).count()
}

fn print(sheet: &CertificateSheet) -> Vec<u8> {
    certificate(sheet, &Theme::default()).unwrap()
}

fn letters(text: &str) -> Vec<char> {
    let mut letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    letters.sort_unstable();
    letters
}

#[test]
fn a_certificate_shows_every_required_field() {
    let shown = text(&print(&a_certificate()));
    for field in [
        "Certificate",
        "Chartered Management Institute",
        "Amara Nwosu",
        "Diploma in Strategic Leadership",
        "603/2982/9",
        "Level 7",
        "14 October 2019",
        "2019-000123",
        "P04187263",
        "Margaret Okafor",
        "Responsible officer",
        "awards.example.org/check",
        "with number and family name",
    ] {
        assert!(shown.contains(field), "{field} is not in: {shown}");
    }
}

#[test]
fn a_certificate_shows_no_grade_language_replacement_or_uln_unless_given() {
    let shown = text(&print(&a_certificate()));
    for absent in [
        "attainment Pass",
        "Level of attainment",
        "Language of assessment",
        "Replacement",
        "Unique",
        "Regulated",
    ] {
        assert!(!shown.contains(absent), "{absent} is in: {shown}");
    }
}

#[test]
fn what_is_given_is_shown() {
    let mut sheet = a_certificate();
    sheet.learner.uln = Some("1234567890".into());
    sheet.language_of_assessment = Some("Welsh".into());
    sheet.replacement = Some("Replacement of certificate 2019-000098".into());
    if let Attained::Qualification {
        endorsement,
        attainment,
        regulated_by,
        ..
    } = &mut sheet.attained
    {
        *endorsement = Some("Health and Care".into());
        *attainment = Some("Pass".into());
        *regulated_by = Some("Regulated by Ofqual".into());
    }
    let shown = text(&print(&sheet)).to_lowercase();
    for field in [
        "1234567890",
        "welsh",
        "replacement of certificate 2019-000098",
        "health and care",
        "pass",
        "regulated by ofqual",
    ] {
        assert!(shown.contains(field), "{field} is not in: {shown}");
    }
}

#[test]
fn a_certificate_of_credit_states_the_credit_and_names_the_units_and_no_qualification() {
    let shown = text(&print(&of_credit()));
    for field in [
        "has been awarded credit",
        "K/506/1234",
        "M/506/1235",
        "Financial management",
        "11",
    ] {
        assert!(shown.contains(field), "{field} is not in: {shown}");
    }
    assert!(
        !shown.contains("Qualification number") && !shown.contains("603/2982/9"),
        "{shown}"
    );
}

#[test]
fn a_blank_in_a_required_field_is_refused_by_name() {
    type Blank = fn(&mut CertificateSheet);
    let blanks: [(&str, Blank); 9] = [
        ("awarding_body", |s| s.awarding_body.clear()),
        ("learner.name", |s| s.learner.name = " \n".into()),
        ("learner.number", |s| s.learner.number.clear()),
        ("learner.uln", |s| s.learner.uln = Some(String::new())),
        ("attained_on", |s| s.attained_on.clear()),
        ("certificate_number", |s| s.certificate_number.clear()),
        ("replacement", |s| s.replacement = Some(String::new())),
        ("check.shown", |s| s.check.shown.clear()),
        ("check.url", |s| s.check.url.clear()),
    ];
    for (expected, blank) in blanks {
        let mut sheet = a_certificate();
        blank(&mut sheet);
        let fault = certificate(&sheet, &Theme::default()).unwrap_err();
        assert!(
            matches!(&fault, PrintFault::NotAsRequired { field, .. } if field == expected),
            "{expected}: {fault}"
        );
    }
    for expected in ["attained.title", "attained.number", "attained.level"] {
        let mut sheet = a_certificate();
        if let Attained::Qualification {
            title, number, level, ..
        } = &mut sheet.attained
        {
            match expected {
                "attained.title" => title.clear(),
                "attained.number" => number.clear(),
                _ => level.clear(),
            }
        }
        let fault = certificate(&sheet, &Theme::default()).unwrap_err();
        assert!(
            matches!(&fault, PrintFault::NotAsRequired { field, .. } if field == expected),
            "{expected}: {fault}"
        );
    }
}

#[test]
fn a_certificate_of_credit_without_units_is_refused() {
    let mut sheet = of_credit();
    if let Attained::Credit { units, .. } = &mut sheet.attained {
        units.clear();
    }
    assert!(certificate(&sheet, &Theme::default()).is_err());
}

#[test]
fn the_same_sheet_gives_the_same_bytes_even_when_many_print_at_once() {
    let first = print(&a_certificate());
    let others: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..4).map(|_| scope.spawn(|| print(&a_certificate()))).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    assert!(others.iter().all(|other| *other == first));
    assert!(print(&named("Amara Nwosv")) != first);
}

#[test]
fn a_file_says_that_it_is_for_keeping_and_for_reading_aloud() {
    for pdf in [
        print(&a_certificate()),
        transcript(&a_transcript(3), &Theme::default()).unwrap(),
        report(&a_report(), &Theme::default()).unwrap(),
    ] {
        for mark in [
            &b"pdfaid:part"[..],
            b"pdfaid:conformance",
            b"pdfuaid:part",
            b"/MarkInfo",
            b"/StructTreeRoot",
            b"/Lang",
        ] {
            assert!(count(&pdf, mark) > 0, "{}", String::from_utf8_lossy(mark));
        }
    }
}

#[test]
fn a_name_of_120_characters_fits_on_the_page() {
    let long = "Maximiliana Wilhelmina Konstantinopolitanska Featherstonehaugh Wolfeschlegelsteinhausenbergerdorff \
                von Hohenzollern Bach";
    assert!(long.chars().count() >= 119);
    let pdf = print(&named(long));
    assert_eq!(pages(&pdf), 1);
    assert!(text(&pdf).contains(long), "{}", text(&pdf));
}

#[test]
fn a_name_of_120_characters_without_a_space_is_cut_and_fits_on_the_page() {
    let long = "Wolfeschlegelsteinhausen".repeat(5);
    let pdf = print(&named(&long));
    assert_eq!(pages(&pdf), 1);
    assert!(text(&pdf).replace(' ', "").contains(&long), "{}", text(&pdf));
}

#[test]
fn names_in_many_scripts_and_with_combining_marks_are_drawn() {
    for name in [
        "محمد عبد الرحمن",
        "אברהם כהן",
        "Ṣẹ́gun Adébáyọ̀",
        "Zoe\u{308} Bronte\u{308}",
        "Nguyễn Thị Hồng",
        "Siân Llŷr Ŵyn",
        "Ольга Иванова",
        "Ελένη Παπαδοπούλου",
        "प्रिया शर्मा",
        "অনন্যা দাস",
        "ਗੁਰਪ੍ਰੀਤ ਸਿੰਘ",
        "પ્રિયા પટેલ",
        "தமிழ்ச்செல்வி",
        "สมชาย ใจดี",
        "Անի Պետրոսյան",
        "ნინო ბერიძე",
    ] {
        let pdf =
            certificate(&named(name), &Theme::default()).unwrap_or_else(|fault| panic!("{name}: {fault}"));
        assert_eq!(pages(&pdf), 1, "{name}");
    }
}

#[test]
fn a_name_from_right_to_left_can_be_read_back() {
    let plain = letters(&text(&print(&named("Amara"))));
    let arabic = letters(&text(&print(&named("محمد عبد الرحمن"))));
    for letter in "محمدعبدالرحمن".chars() {
        assert!(arabic.contains(&letter) && !plain.contains(&letter), "{letter}");
    }
}

#[test]
fn a_character_without_a_shape_is_refused_and_named() {
    let fault = certificate(&named("李 Wei 李"), &Theme::default()).unwrap_err();
    assert_eq!(
        fault,
        PrintFault::CannotBeDrawn {
            field: "learner.name".into(),
            characters: vec!['李']
        }
    );
    assert!(fault.to_string().contains("U+674E"), "{fault}");
    let fault = certificate(&named("Amara\u{7}"), &Theme::default()).unwrap_err();
    assert!(matches!(fault, PrintFault::CannotBeDrawn { .. }), "{fault}");
}

#[test]
fn a_letter_takes_its_marks_from_another_font_where_its_own_has_none() {
    assert_eq!(pages(&print(&named("Amara \u{0627}\u{0304}\u{0348}"))), 1);
}

#[test]
fn a_name_may_not_force_a_direction_upon_itself() {
    let fault = certificate(&named("Amara \u{202e}usowN"), &Theme::default()).unwrap_err();
    assert_eq!(
        fault,
        PrintFault::CannotBeDrawn {
            field: "learner.name".into(),
            characters: vec!['\u{202e}']
        }
    );
    assert!(!fault.to_string().contains('\u{202e}'), "{fault}");
    assert!(certificate(&named("Amara \u{200f}Nwosu"), &Theme::default()).is_ok());
}

#[test]
fn a_slip_of_the_space_bar_makes_no_other_certificate() {
    assert!(print(&named("  Amara \n Nwosu ")) == print(&a_certificate()));
}

#[test]
fn what_looks_like_an_instruction_is_printed_as_it_stands() {
    let name = r##"#panic("x") *Amara* $x^2$ _N_ @ref \ #sys.inputs"##;
    let shown = text(&print(&named(name)));
    assert!(shown.contains(name), "{shown}");
}

#[test]
fn a_title_that_cannot_fit_is_refused_by_name() {
    let mut sheet = a_certificate();
    if let Attained::Qualification { title, .. } = &mut sheet.attained {
        *title = "Diploma in Strategic Leadership ".repeat(60);
    }
    let fault = certificate(&sheet, &Theme::default()).unwrap_err();
    assert_eq!(
        fault,
        PrintFault::DoesNotFit {
            what: "the qualification's title".into()
        }
    );
}

/// As many as are claimed at once (`assay_domain::award::credit::MOST_UNITS`), with titles of two lines.
#[test]
fn eight_units_of_credit_fit_under_a_long_name_on_a_replacement() {
    let mut sheet = of_credit();
    sheet.learner.name = "Alexandrina Wilhelmina ".repeat(5).trim().into();
    sheet.replacement = Some("Replacement of certificate 2019-7KX4-29QM-D".into());
    sheet.language_of_assessment = Some("Welsh".into());
    if let Attained::Credit { units, .. } = &mut sheet.attained {
        let mut unit = units[0].clone();
        unit.title =
            "Supporting the development of coaching and mentoring cultures across a whole organisation \
                      and beyond it"
                .into();
        *units = vec![unit; 8];
    }
    certificate(&sheet, &Theme::default()).unwrap();
}

#[test]
fn more_units_than_one_page_holds_are_refused() {
    let mut sheet = of_credit();
    if let Attained::Credit { units, .. } = &mut sheet.attained {
        let unit = units[0].clone();
        *units = vec![unit; 60];
    }
    assert!(matches!(
        certificate(&sheet, &Theme::default()),
        Err(PrintFault::DoesNotFit { .. })
    ));
}

#[test]
fn a_date_that_is_not_in_the_calendar_is_refused() {
    for (year, month, day) in [
        (2019, 2, 29),
        (2019, 13, 1),
        (2019, 1, 0),
        (-1, 1, 1),
        (12_345, 1, 1),
    ] {
        let mut sheet = a_certificate();
        sheet.issued = SheetDate { year, month, day };
        let fault = certificate(&sheet, &Theme::default()).unwrap_err();
        assert!(matches!(fault, PrintFault::NotADate { .. }), "{fault}");
    }
}

#[test]
fn an_emblem_and_another_colour_change_the_sheet() {
    let svg =
        br#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 10 10"><circle cx="5" cy="5" r="5"/></svg>"#;
    let theme = Theme::default()
        .with_accent("#6b0f1a")
        .unwrap()
        .with_emblem(svg.to_vec(), "A disc")
        .unwrap();
    assert!(certificate(&a_certificate(), &theme).unwrap() != print(&a_certificate()));
}

#[test]
fn an_emblem_that_is_no_picture_stops_the_print_and_not_the_program() {
    let theme = Theme::default()
        .with_emblem(b"<svg but not really".to_vec(), "Nothing")
        .unwrap();
    assert!(matches!(
        certificate(&a_certificate(), &theme),
        Err(PrintFault::Typesetting(_))
    ));
}

#[test]
fn a_transcript_names_each_unit_with_its_figures_and_the_sum() {
    let shown = text(&transcript(&a_transcript(4), &Theme::default()).unwrap());
    for field in [
        "Amara Nwosu",
        "P04187263",
        "1234567890",
        "Diploma in Strategic Leadership",
        "Health and Care",
        "603/2982/9",
        "Level 7",
        "Northgate School",
        "7001 Strategic unit 1 K/506/1001 7 6 14 October 2019",
        "Strategic unit 4",
        "Recognised prior learning",
        "Total credits 24",
        "The rule of combination is met.",
        "2019-000123",
        "15 October 2019",
        "awards.example.org/check",
        "Page 1 of 1",
    ] {
        assert!(shown.contains(field), "{field} is not in: {shown}");
    }
}

#[test]
fn a_long_transcript_repeats_its_heading_on_every_page() {
    let pdf = transcript(&a_transcript(80), &Theme::default()).unwrap();
    let shown = text(&pdf);
    let pages = pages(&pdf);
    assert!(pages > 1);
    assert_eq!(
        shown
            .matches("Unit Title Reference Level Credits Achieved")
            .count(),
        pages,
        "{shown}"
    );
    assert_eq!(shown.matches("Total credits").count(), 1);
    assert!(shown.contains(&format!("Page {pages} of {pages}")), "{shown}");
}

#[test]
fn an_interim_transcript_has_neither_certificate_number_nor_check() {
    let mut sheet = a_transcript(1);
    sheet.certificate_number = None;
    sheet.check = None;
    let shown = text(&transcript(&sheet, &Theme::default()).unwrap());
    assert!(
        !shown.contains("Certificate number") && !shown.contains("Check at"),
        "{shown}"
    );
}

#[test]
fn a_transcript_without_units_is_refused() {
    assert!(transcript(&a_transcript(0), &Theme::default()).is_err());
}

#[test]
fn a_report_shows_facts_tables_and_what_is_empty() {
    let shown = text(&report(&a_report(), &Theme::default()).unwrap());
    for field in [
        "Northgate School",
        "Audit trail",
        "AT-0044",
        "Assessor Ruth Adeyemi",
        "In the order in which they were signed.",
        "Criterion Words",
        "1.1 437",
        "first line",
        "second line",
        "No appeal was made.",
        "20 October 2019",
    ] {
        assert!(shown.contains(field), "{field} is not in: {shown}");
    }
}

#[test]
fn a_row_with_a_missing_cell_is_refused_with_its_place() {
    let mut sheet = a_report();
    sheet.sections[0].rows[1].pop();
    let fault = report(&sheet, &Theme::default()).unwrap_err();
    assert_eq!(
        fault,
        PrintFault::RowWidth {
            section: "Judgements".into(),
            row: 2,
            expected: 2,
            found: 1
        }
    );
}

#[test]
fn a_kept_sheet_can_be_printed_again() {
    let sheet = of_credit();
    let kept = serde_json::to_string(&sheet).unwrap();
    let again: CertificateSheet = serde_json::from_str(&kept).unwrap();
    assert_eq!(again, sheet);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_name_up_to_120_letters_fits_and_can_be_read_back(name in "[A-Za-zÀ-ÖØ-öø-ÿŁłŞşŽž '-]{1,120}") {
        prop_assume!(!name.trim().is_empty());
        let pdf = print(&named(&name));
        prop_assert_eq!(pages(&pdf), 1);
        let shown = text(&pdf).replace([' ', '-'], "");
        prop_assert!(shown.contains(&name.replace([' ', '-'], "")), "{}", shown);
    }
}
