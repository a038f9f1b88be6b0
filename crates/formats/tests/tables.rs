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
#[path = "tables/writer.rs"]
mod writer;

use assay_formats::limits::Limits;
use assay_formats::refusal::RefusalCode;
use assay_formats::syllabus::Draft;
use assay_formats::syllabus_tables::{read_pdf, text_of_pdf};
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
