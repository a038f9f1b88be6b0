//! Syllabuses from PDFs by text positions, Word tables and the template, with the faults that real ones have.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a test stops at the first surprise"
)]

#[path = "tables/sample.rs"]
mod sample;
#[path = "tables/typed.rs"]
mod typed;
#[path = "tables/writer.rs"]
mod writer;

use assay_formats::limits::Limits;
use assay_formats::refusal::RefusalCode;
use assay_formats::syllabus::Draft;
use assay_formats::syllabus_tables::{
    read_csv, read_docx, read_pdf, read_syllabus, syllabus_template_csv, syllabus_template_xlsx,
    text_of_docx, text_of_pdf,
};
use proptest::prelude::*;
use sample::differences;
use writer::{PLAIN, Ruled, Style, file, pdf};

fn read(style: Style) -> Draft {
    read_pdf(&pdf(style), &Limits::default()).unwrap()
}

/// Asserts that every unit, outcome, criterion and passage of guidance of the sample is read word for word.
fn reads_whole(style: Style) {
    let bytes = pdf(style);
    let draft = read(style);
    let wrong = differences(&draft);
    let text = text_of_pdf(&bytes, &Limits::default()).unwrap();
    assert!(wrong.is_empty(), "{}\n\n{text}", wrong.join("\n"));
}

#[test]
fn a_ruled_table_of_three_columns_is_read_word_for_word() {
    reads_whole(PLAIN);
}

#[test]
fn lines_may_be_strokes_thin_bars_or_the_sides_of_boxes() {
    for ruled in [Ruled::Bars, Ruled::Boxes] {
        reads_whole(Style { ruled, ..PLAIN });
    }
}

#[test]
fn a_table_without_lines_is_parted_by_its_empty_strips() {
    for height in [842.0, 420.0, 360.0] {
        reads_whole(Style {
            ruled: Ruled::Not,
            height,
            ..PLAIN
        });
    }
}

#[test]
fn a_table_with_lines_between_rows_only_is_parted_by_both() {
    reads_whole(Style {
        ruled: Ruled::RowsOnly,
        ..PLAIN
    });
}

#[test]
fn a_row_cut_by_a_page_break_is_put_together() {
    for height in [420.0, 360.0, 300.0] {
        reads_whole(Style { height, ..PLAIN });
    }
}

#[test]
fn a_header_may_be_missing_on_the_next_page_or_come_again() {
    for header_again in [false, true] {
        reads_whole(Style {
            height: 400.0,
            header_again,
            ..PLAIN
        });
    }
}

#[test]
fn an_outcome_that_is_printed_again_on_the_next_page_is_the_same_outcome() {
    for height in [420.0, 380.0, 300.0] {
        reads_whole(Style {
            height,
            outcome_again: true,
            merged: false,
            ..PLAIN
        });
    }
}

#[test]
fn numbers_may_stand_in_columns_of_their_own() {
    for height in [842.0, 400.0] {
        reads_whole(Style {
            height,
            numbers_apart: true,
            ..PLAIN
        });
    }
}

#[test]
fn a_page_that_is_shown_turned_reads_like_any_other() {
    for height in [842.0, 400.0] {
        reads_whole(Style {
            height,
            turned: true,
            ..PLAIN
        });
    }
}

#[test]
fn the_order_in_which_a_page_is_drawn_does_not_matter() {
    reads_whole(Style {
        from_below: true,
        ..PLAIN
    });
    reads_whole(Style {
        letter_by_letter: true,
        height: 400.0,
        ..PLAIN
    });
}

#[test]
fn words_broken_at_line_ends_are_put_together_or_told() {
    let draft = read(Style {
        hyphens: true,
        ..PLAIN
    });
    let told: Vec<&str> = draft
        .findings
        .iter()
        .filter(|finding| finding.code == "TABLE_HYPHEN")
        .map(|finding| finding.subject.trim_matches('"'))
        .collect();
    assert!(!told.is_empty());
    // With the hyphens that were told taken out, every word is there.
    let text = serde_json::to_string(&draft).unwrap();
    let mended = told
        .iter()
        .fold(text, |text, word| text.replace(word, &word.replacen('-', "", 1)));
    let wrong = differences(&serde_json::from_str(&mended).unwrap());
    assert!(wrong.is_empty(), "{}\n{told:?}", wrong.join("\n"));
}

#[test]
fn a_row_over_a_page_break_has_both_places() {
    let draft = read(Style {
        height: 300.0,
        ..PLAIN
    });
    let pages: Vec<Vec<Option<u32>>> = draft
        .units
        .iter()
        .flat_map(|unit| unit.criteria())
        .flat_map(|(_, criterion)| &criterion.guidance)
        .map(|passage| passage.at.iter().map(|place| place.page).collect())
        .collect();
    assert!(pages.iter().any(|pages| pages.len() > 1), "{pages:?}");
}

#[test]
fn a_picture_only_pdf_says_so_and_what_to_do() {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /XObject << /X 5 0 R >> >> /Contents 4 0 R >>",
        "<< /Length 7 >>\nstream\n/X Do \nendstream",
        "<< /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8 /Length 1 >>\nstream\nx\nendstream",
    ]
    .map(str::to_owned);
    let refusal = read_pdf(&file(&objects), &Limits::default()).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::NotADocument);
    assert!(
        refusal.because.contains("pictures of pages and no text"),
        "{refusal}"
    );
    assert!(refusal.remedy.contains("text recognition"), "{refusal}");
}

#[test]
fn a_pdf_cut_anywhere_is_read_or_refused() {
    let bytes = pdf(Style {
        height: 400.0,
        ..PLAIN
    });
    for end in (0..bytes.len()).step_by(bytes.len() / 12) {
        let _ = read_pdf(&bytes[..end], &Limits::default());
    }
}

#[test]
fn the_tables_of_a_word_document_are_read_word_for_word() {
    for (listed, merged) in [(false, false), (false, true), (true, false), (true, true)] {
        let bytes = typed::docx(listed, merged);
        let draft = read_docx(&bytes, &Limits::default()).unwrap();
        let text = text_of_docx(&bytes, &Limits::default()).unwrap();
        let wrong = differences(&draft);
        assert!(
            wrong.is_empty(),
            "listed {listed}, merged {merged}: {}\n\n{text}",
            wrong.join("\n")
        );
    }
}

#[test]
fn a_place_in_a_word_document_names_table_and_row() {
    let draft = read_docx(&typed::docx(false, true), &Limits::default()).unwrap();
    let criterion = &draft.units[0].outcomes[0].criteria[1];
    let place = criterion.text.as_ref().unwrap().first_place().unwrap();
    assert_eq!(place.part.as_deref(), Some("table 2, row 3"), "{place}");
}

#[test]
fn the_template_is_read_word_for_word() {
    let draft = read_csv(typed::csv().as_bytes(), &Limits::default()).unwrap();
    assert_eq!(draft.findings, []);
    assert_eq!(differences(&draft), Vec::<String>::new());
}

#[test]
fn the_downloaded_template_is_itself_a_syllabus_without_errors() {
    for bytes in [syllabus_template_csv(), syllabus_template_xlsx().unwrap()] {
        let draft = read_syllabus(&bytes, Some("template"), &Limits::default()).unwrap();
        let errors: Vec<String> = draft
            .findings
            .iter()
            .filter(|finding| finding.severity == assay_specification::Severity::Error)
            .map(ToString::to_string)
            .collect();
        assert!(errors.is_empty(), "{}", errors.join("\n"));
        assert_eq!(
            draft.units[0].outcomes[0].criteria[0]
                .number
                .as_ref()
                .unwrap()
                .value,
            "1.1"
        );
        assert_eq!(
            draft.qualifications[0].rule.as_ref().unwrap().value.groups.len(),
            1
        );
    }
}

#[test]
fn what_is_wrong_in_the_template_is_told_with_its_cell() {
    let csv = "Row,Number,Title or words,Credits,Total time (hours),Colour\n\
        criterion,1.1,Explain,,,\n\
        unit,U1,A unit,six,60,red\n\
        lesson,1,Something,,,\n\
        document,registration ends,soon,,,\n\
        group,A,,,,\n";
    let draft = read_csv(csv.as_bytes(), &Limits::default()).unwrap();
    let told: Vec<String> = draft
        .findings
        .iter()
        .map(|finding| {
            format!(
                "{} {}: {}",
                finding.code,
                finding.place.as_ref().unwrap(),
                finding.message
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            "TABLE_COLUMN_UNKNOWN line 1, column F: the column \"Colour\" is not one of the template's and was not read",
            "TABLE_ROW_LOOSE line 2, column A: no outcome stands above this row, so it was left out",
            "TABLE_VALUE line 3, column D: Credits holds \"six\", which is not one whole number",
            "TABLE_KIND_UNKNOWN line 4, column A: \"lesson\" is no kind of row",
            "TABLE_VALUE line 5, column C: \"soon\" is not a day such as 2026-02-01",
            "TABLE_VALUE line 6, column A: the group lists no units",
            "TABLE_ROW_LOOSE line 6, column A: no qualification stands above this row, so it was left out",
        ]
    );
}

#[test]
fn each_kind_of_file_is_told_from_its_bytes() {
    let limits = Limits::default();
    for bytes in [
        pdf(PLAIN),
        typed::docx(false, false),
        typed::csv().into_bytes(),
        text_of_pdf(&pdf(PLAIN), &limits).unwrap().into_bytes(),
    ] {
        let draft = read_syllabus(&bytes, None, &limits).unwrap();
        assert_eq!(differences(&draft), Vec::<String>::new());
    }
    let refusal = read_syllabus(b"\x89PNG\r\n\x1A\n", None, &limits).unwrap_err();
    assert!(refusal.remedy.contains("OCR"), "{refusal}");
    assert_eq!(
        read_syllabus(b"PK\x03\x04", None, &limits).unwrap_err().code,
        RefusalCode::Damaged
    );
    let small = Limits {
        file_bytes: 10,
        ..limits
    };
    assert_eq!(
        read_syllabus(b"more than ten bytes", None, &small)
            .unwrap_err()
            .code,
        RefusalCode::TooLarge
    );
}

#[test]
fn a_word_document_that_unpacks_to_too_much_is_refused() {
    let large = format!("<w:document>{}</w:document>", " ".repeat(40 * 1024 * 1024));
    let types = "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let packed =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, content) in [
        ("[Content_Types].xml", types),
        ("word/document.xml", large.as_str()),
    ] {
        zip.start_file(name, packed).unwrap();
        std::io::Write::write_all(&mut zip, content.as_bytes()).unwrap();
    }
    let bytes = zip.finish().unwrap().into_inner();
    assert_eq!(
        read_docx(&bytes, &Limits::default()).unwrap_err().code,
        RefusalCode::UnpacksTooLarge
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn random_bytes_behind_any_head_are_read_or_refused(
        head in prop::sample::select(vec![
            b"".as_slice(), b"%PDF-1.4\n", b"PK\x03\x04", b"{\"CFDocument\":", b"Row,Number,Title or words\n", b"\xFF\xFE",
        ]),
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let _ = read_syllabus(&[head, &bytes].concat(), None, &Limits::default());
    }

    #[test]
    fn any_rows_in_the_template_give_a_draft_with_a_place_for_each_finding(
        rows in prop::collection::vec(prop::collection::vec("[ -~é\u{2019}]{0,12}", 0..12), 0..12),
        kinds in prop::collection::vec(prop::sample::select(
            vec!["unit", "outcome", "criterion", "group", "qualification", "aims", "document", "x"]), 12),
    ) {
        let mut text = String::from("Row,Number,Title or words,Level,Reference,Credits,Hours,GLH,Units,Grade,Guidance\n");
        for (row, kind) in rows.iter().zip(&kinds) {
            let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            text.push_str(&format!("{kind},{}\n", cells.join(",")));
        }
        let draft = read_csv(text.as_bytes(), &Limits::default()).unwrap();
        prop_assert!(draft.findings.iter().all(|finding| finding.place.is_some()));
    }
}

#[test]
fn every_code_of_these_readers_is_documented() {
    let manual = include_str!("../../../docs/importing-tables.md");
    let codes = assay_formats::case::CASE_CODES
        .iter()
        .chain(assay_formats::syllabus_tables::TABLE_CODES);
    for code in codes {
        let row = format!("| `{}` | {} |", code.name, code.severity.word());
        assert!(manual.contains(&row), "{row}");
    }
}

/// One page with these texts at their places.
fn one_page(texts: &[(u32, u32, &str)]) -> Vec<u8> {
    let content: String = texts
        .iter()
        .map(|(x, y, text)| format!("BT /F 9 Tf {x} {y} Td ({text}) Tj ET\n"))
        .collect();
    file(&[
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F 4 0 R >> >> /Contents 5 0 R >>".to_owned(),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".to_owned(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ])
}

#[test]
fn a_table_of_units_without_lines_keeps_a_row_for_each_unit_and_its_group_headings() {
    let mut texts = vec![
        (50, 760, "UNIT NUMBER"),
        (130, 760, "UNIT NAME"),
        (400, 760, "CREDITS"),
        (460, 760, "GLH"),
        (510, 760, "TUT"),
        (50, 748, "MANDATORY GROUP A"),
    ];
    let units = [
        (
            "Unit CM301",
            "Keeping bicycles in safe working order",
            "6",
            "25",
            "60",
        ),
        ("Unit CM302", "Building wheels that stay true", "7", "30", "70"),
        ("Unit CM303", "Fitting riders to bicycles", "5", "20", "50"),
    ];
    let mut y = 736;
    for (number, title, credits, glh, tut) in units {
        texts.extend([
            (50, y, number),
            (130, y, title),
            (400, y, credits),
            (460, y, glh),
            (510, y, tut),
        ]);
        y -= 12;
    }
    let text = text_of_pdf(&one_page(&texts), &Limits::default()).unwrap();
    for (number, title, credits, glh, tut) in units {
        let row = format!("{number}\t{title}\t{credits}\t{glh}\t{tut}");
        assert!(text.lines().any(|line| line == row), "{row}\n\n{text}");
    }
    assert!(
        text.lines().any(|line| line.trim() == "MANDATORY GROUP A"),
        "{text}"
    );
}
