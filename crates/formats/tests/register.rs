//! Reading learners from tables.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops at the first surprise"
)]

use std::io::{Cursor, Write};

use assay_formats::refusal::RefusalCode;
use assay_formats::register::{
    Field, RegisterFile, RegisterLimits, example_csv, read, template_csv, template_xlsx,
};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn csv(text: &str) -> RegisterFile {
    read(text.as_bytes(), Some("learners.csv"), &RegisterLimits::default()).unwrap()
}

fn messages(file: &RegisterFile) -> Vec<&str> {
    file.complaints.iter().map(|c| c.message.as_str()).collect()
}

const HEADERS: &str = "Given name,Family name,Date of birth,E-mail,Qualification code,Start date";

/// A workbook with one sheet of these rows (the XML inside `sheetData`), and further parts.
fn workbook(rows: &str, properties: &str, more: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let sheet = format!("<worksheet><sheetData>{rows}</sheetData></worksheet>");
    let book = format!(
        "<workbook xmlns:r=\"r\">{properties}<sheets><sheet name=\"Hidden\" r:id=\"rId9\" state=\"hidden\"/><sheet name=\"List\" r:id=\"rId1\"/></sheets></workbook>"
    );
    let parts = [
        ("[Content_Types].xml", "<Types>spreadsheetml</Types>"),
        (
            "_rels/.rels",
            "<Relationships><Relationship Id=\"a\" Type=\"x/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>",
        ),
        ("xl/workbook.xml", book.as_str()),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId1\" Type=\"x/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"s\" Type=\"x/sharedStrings\" Target=\"sharedStrings.xml\"/></Relationships>",
        ),
        ("xl/worksheets/sheet1.xml", sheet.as_str()),
    ];
    for (name, text) in parts.iter().chain(more) {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(text.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A row of texts at this line.
fn texts(line: u32, cells: &[&str]) -> String {
    let cells: String = cells
        .iter()
        .map(|c| format!("<c t=\"inlineStr\"><is><t>{c}</t></is></c>"))
        .collect();
    format!("<row r=\"{line}\">{cells}</row>")
}

fn header_row() -> String {
    texts(1, &HEADERS.split(',').collect::<Vec<_>>())
}

#[test]
fn the_template_reads_without_a_complaint_in_both_formats() {
    let from_csv = read(&template_csv(), Some("template.csv"), &RegisterLimits::default()).unwrap();
    let from_xlsx = read(&template_xlsx().unwrap(), None, &RegisterLimits::default()).unwrap();
    assert_eq!(messages(&from_csv), Vec::<&str>::new());
    assert_eq!(messages(&from_xlsx), Vec::<&str>::new());
    assert_eq!(from_csv.rows, from_xlsx.rows);
    let row = &from_csv.rows[0];
    assert_eq!((row.line, row.given_name.as_deref()), (2, Some("Amara")));
    assert_eq!(row.units, ["7015V1", "7016V1"]);
    assert_eq!(row.start_date.unwrap().to_string(), "2019-10-14");
    assert!(from_csv.columns.iter().map(|c| c.field).eq(Field::ALL.map(Some)));
    assert_eq!(template_xlsx(), template_xlsx());
}

#[test]
fn the_example_has_six_good_rows_and_two_findings() {
    let file = read(&example_csv(), Some("example.csv"), &RegisterLimits::default()).unwrap();
    assert_eq!(file.rows.len(), 8);
    assert_eq!(
        messages(&file),
        [
            "Line 4, column C (Date of birth): \"30/02/1988\" names a day that does not exist. Expected a date, such as 2019-10-14, 14/10/2019 or 14 October 2019.",
            "Line 6, column D (E-mail): \"efua.asante at example.net\" is no e-mail address. Expected an e-mail address, such as name@example.org.",
        ]
    );
}

#[test]
fn every_finding_of_every_row_is_told_at_once_with_its_place() {
    let file = csv(&format!(
        "{HEADERS},ULN,Units,Tutor e-mail,Colour\n\
         Amara,Okafor,31/02/1990,amara@example,7D2V2,soon,1000000001,7011V1;a b,tutor,blue\n\
         ,Lind,10/14/1985,lind@example.org,,14/10/19,1000000000,,,\n\
         =HYPERLINK(1),Ng,1985-10-14,ng@example.org,7D2V2,2019-10-14,,,,\n"
    ));
    assert_eq!(
        messages(&file),
        [
            "Line 2, column C (Date of birth): \"31/02/1990\" names a day that does not exist. Expected a date, such as 2019-10-14, 14/10/2019 or 14 October 2019.",
            "Line 2, column D (E-mail): \"amara@example\" is no e-mail address. Expected an e-mail address, such as name@example.org.",
            "Line 2, column F (Start date): \"soon\" is not a date. Expected a date, such as 2019-10-14, 14/10/2019 or 14 October 2019.",
            "Line 2, column G (ULN): \"1000000001\" is no Unique Learner Number: its length or its last digit is wrong. Expected a Unique Learner Number of ten digits, such as 1000000000.",
            "Line 2, column H (Units): \"7011V1;a b\" is no list of unit codes: see \"a b\". Expected unit codes parted by semicolons, such as 7015V1; 7016V1.",
            "Line 2, column I (Tutor e-mail): \"tutor\" is no e-mail address. Expected an e-mail address, such as name@example.org.",
            "Line 3, column A (Given name): is empty. Expected a given name, such as Amara.",
            "Line 3, column C (Date of birth): \"10/14/1985\" seems to have the month before the day. Expected a date, such as 2019-10-14, 14/10/2019 or 14 October 2019.",
            "Line 3, column E (Qualification code): is empty. Expected a qualification code, such as 7D2V2.",
            "Line 3, column F (Start date): \"14/10/19\" has a year without its century. Expected a date, such as 2019-10-14, 14/10/2019 or 14 October 2019.",
            "Line 4, column A (Given name): \"=HYPERLINK(1)\" is a formula, and formulas are not taken. Expected a given name, such as Amara.",
        ]
    );
    assert_eq!(file.rows.len(), 3);
    assert_eq!(file.rows[0].raw[&Field::DateOfBirth], "31/02/1990");
    assert_eq!(file.clean_rows().count(), 0);
}

#[test]
fn encodings_and_separators_are_found_and_said() {
    let text = "Vorname;Given name;Surname;DOB;Email;Qualification;Start\nx;Zoë;Müller;14.10.1985;zoe@example.org;7D2V2;1.9.2019\n";
    let utf8 = csv(text);
    assert_eq!(utf8.read_as, "Read as CSV, UTF-8, separated by semicolons.");
    let (latin, ..) = encoding_rs::WINDOWS_1252.encode(text);
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(text.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let with_mark: Vec<u8> = [0xEF, 0xBB, 0xBF]
        .iter()
        .chain(text.as_bytes())
        .copied()
        .collect();
    let tabs = text.replace(';', "\t");
    for (bytes, read_as) in [
        (
            latin.as_ref(),
            "Read as CSV, Windows-1252 (Western European), separated by semicolons.",
        ),
        (&utf16, "Read as CSV, UTF-16, separated by semicolons."),
        (&with_mark, "Read as CSV, UTF-8, separated by semicolons."),
        (tabs.as_bytes(), "Read as CSV, UTF-8, separated by tabs."),
    ] {
        let file = read(bytes, None, &RegisterLimits::default()).unwrap();
        assert_eq!(file.read_as, read_as);
        assert_eq!(file.rows, utf8.rows, "{read_as}");
        assert_eq!(messages(&file), Vec::<&str>::new());
    }
    assert_eq!(utf8.rows[0].family_name.as_deref(), Some("Müller"));
}

#[test]
fn a_missing_column_is_told_once_and_a_column_given_twice_is_told() {
    let file = csv(
        "Given name,First name,Surname,DOB,E-mail,Course code\nA,B,C,1985-10-14,a@example.org,7D2V2\nD,E,F,1985-10-14,d@example.org,7D2V2\n",
    );
    assert_eq!(
        messages(&file),
        [
            "Line 1: columns A and B are both headed \"Given name\".",
            "Line 1: the column \"Start date\" is missing.",
        ]
    );
    assert_eq!(file.rows[0].given_name.as_deref(), Some("A"));
}

#[test]
fn a_file_without_headers_or_learners_is_told_so() {
    assert!(messages(&csv("Amara,Okafor,1988-03-21\n"))[0].starts_with("No row of headers"));
    assert_eq!(
        messages(&csv(&format!("{HEADERS}\n\n"))),
        ["There is no learner below the headers."]
    );
    let empty = read(b"", Some("list.csv"), &RegisterLimits::default()).unwrap_err();
    assert_eq!(
        empty.because,
        "This file is empty. A list of learners is read from CSV or XLSX."
    );
}

#[test]
fn a_title_above_the_headers_does_no_harm_and_lines_are_counted_as_the_file_has_them() {
    let file = csv(&format!(
        "Learners of October\n\n{HEADERS}\n\nAmara,Okafor,soon,a@example.org,7D2V2,2019-10-14\n\"Jo\nAnn\",Lind,never,b@example.org,7D2V2,2019-10-14\nKim,Ng,x,c@example.org,7D2V2,2019-10-14\n"
    ));
    let lines: Vec<u32> = file.complaints.iter().map(|c| c.line).collect();
    assert_eq!(lines, [5, 6, 8]);
    assert_eq!(file.rows[1].given_name.as_deref(), Some("Jo Ann"));
}

#[test]
fn one_learner_twice_and_one_number_for_two_are_told() {
    let file = csv(&format!(
        "{HEADERS},ULN,Own number\n\
         Amara,Okafor,1988-03-21,a@example.org,7D2V2,2019-10-14,1000000000,1\n\
         amara,OKAFOR,21/03/1988,a@example.org,7d2v2,2019-10-14,1000000000,2\n\
         Amara,Okafor,1988-03-21,a@example.org,7A1V2,2019-10-14,1000000000,3\n\
         Bo,Lind,1988-03-21,a@example.org,7D2V2,2019-10-14,9999999999,1\n\
         Cy,Lind,1988-03-21,c@example.org,7D2V2,2019-10-14,9999999999,5\n"
    ));
    assert_eq!(
        messages(&file),
        [
            "Line 3: the same learner and qualification stand on line 2. Take one of them out.",
            "Line 5: \"a@example.org\" (E-mail) also stands on line 2, for another registration.",
            "Line 5: \"1\" (Centre's own number) also stands on line 2, for another registration.",
        ]
    );
}

#[test]
fn a_workbook_gives_numbers_dates_and_shared_texts_as_they_are_meant() {
    let rows = format!(
        "{}<row r=\"2\"><c r=\"A2\" t=\"s\"><v>0</v></c><c r=\"B2\" t=\"inlineStr\"><is><r><t>Oka</t></r><r><t>for</t></r></is></c><c r=\"C2\"><v>32222</v></c><c r=\"D2\" t=\"str\"><v>a@example.org</v></c><c r=\"E2\" t=\"inlineStr\"><is><t>7D2V2</t></is></c><c r=\"F2\"><v>43752.5</v></c></row>",
        header_row()
    );
    let strings = (
        "xl/sharedStrings.xml",
        "<sst><si><r><t>Am</t></r><r><t>ara</t></r><rPh><t>no</t></rPh></si></sst>",
    );
    let file = read(&workbook(&rows, "", &[strings]), None, &RegisterLimits::default()).unwrap();
    assert_eq!(messages(&file), Vec::<&str>::new());
    assert_eq!(file.read_as, "Read as an Excel workbook, sheet \"List\".");
    let row = &file.rows[0];
    assert_eq!(
        (row.given_name.as_deref(), row.family_name.as_deref()),
        (Some("Amara"), Some("Okafor"))
    );
    assert_eq!(row.date_of_birth.unwrap().to_string(), "1988-03-20");
    assert_eq!(row.start_date.unwrap().to_string(), "2019-10-14");

    let from_1904 = read(
        &workbook(&rows, "<workbookPr date1904=\"1\"/>", &[strings]),
        None,
        &RegisterLimits::default(),
    );
    assert_eq!(
        from_1904.unwrap().rows[0].start_date.unwrap().to_string(),
        "2023-10-15"
    );
}

#[test]
fn a_formula_in_a_workbook_is_refused_with_its_place_whatever_its_value() {
    let rows = format!(
        "{}<row r=\"2\"><c r=\"A2\" t=\"str\"><f>A1</f><v>Amara</v></c><c r=\"B2\" t=\"e\"><v>#REF!</v></c></row>",
        header_row()
    );
    let file = read(&workbook(&rows, "", &[]), None, &RegisterLimits::default()).unwrap();
    let told = messages(&file);
    assert!(
        told[0].starts_with("Line 2, column A (Given name): \"Amara\" is a formula"),
        "{told:?}"
    );
    assert!(told[1].starts_with("Line 2, column B (Family name): \"#REF!\" is an error of the spreadsheet"));
    assert_eq!(file.rows[0].given_name, None);
}

#[test]
fn a_cell_far_away_costs_no_memory_and_is_refused() {
    let rows = format!(
        "{}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>",
        header_row()
    );
    let refusal = read(&workbook(&rows, "", &[]), None, &RegisterLimits::default()).unwrap_err();
    assert_eq!(refusal.code, RefusalCode::TooManyParts);
    assert_eq!(refusal.because, "Line 1048576 holds more than 100 columns.");
}

#[test]
fn limits_of_rows_and_cells_are_refusals_in_plain_words() {
    let limits = RegisterLimits {
        rows: 3,
        cell_characters: 50,
        ..RegisterLimits::default()
    };
    let row = "Amara,Okafor,1988-03-21,a@example.org,7D2V2,2019-10-14\n";
    let four = format!("{HEADERS}\n{}", row.repeat(4));
    assert_eq!(
        read(four.as_bytes(), None, &limits).unwrap_err().because,
        "This list holds more than 3 rows."
    );
    let open_quote = format!("{HEADERS}\n\"Amara,Okafor\n{row}");
    let refusal = read(open_quote.as_bytes(), None, &limits).unwrap_err();
    assert!(
        refusal.because.contains("begins on line 2") && refusal.because.contains("quotation mark"),
        "{refusal}"
    );
}

#[test]
fn what_is_no_table_is_refused_by_name() {
    let code = |bytes: &[u8]| read(bytes, Some("list.xlsx"), &RegisterLimits::default()).unwrap_err();
    assert_eq!(
        code(b"%PDF-1.4").because,
        "This file is a PDF document. A list of learners is read from CSV or XLSX."
    );
    let macros = workbook(&header_row(), "", &[("xl/vbaProject.bin", "x")]);
    assert_eq!(code(&macros).code, RefusalCode::Macros);
    assert_eq!(code(b"PK\x03\x04cut short").code, RefusalCode::Damaged);
}

#[test]
fn a_guarded_cell_of_our_own_csv_comes_back_as_its_text() {
    let row = [
        "Amara",
        "Okafor",
        "1988-03-21",
        "a@example.org",
        "7D2V2",
        "2019-10-14",
        "- leads two teams",
    ];
    let mut text = format!("{HEADERS},Authority\n");
    text.push_str(&assay_formats::csv_out::line(&row));
    let file = csv(&text);
    assert_eq!(messages(&file), Vec::<&str>::new());
    assert_eq!(file.rows[0].authority.as_deref(), Some("- leads two teams"));
}

#[test]
fn the_collections_workbooks_are_read_or_refused_in_plain_words() {
    let here = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let found = ["../../../../shared/documents", "../../../shared/documents"]
        .into_iter()
        .map(|f| here.join(f))
        .find(|f| f.join("MANIFEST.json").is_file());
    let Some(folder) = found else {
        println!("the collection ../shared/documents is absent: nothing was tried");
        return;
    };
    let outcome = |file: &str| {
        read(
            &std::fs::read(folder.join(file)).unwrap(),
            Some(file),
            &RegisterLimits::default(),
        )
    };
    assert_eq!(
        outcome("tika/testEXCEL_protected_passtika.xlsx")
            .unwrap_err()
            .code,
        RefusalCode::Encrypted
    );
    assert!(outcome("poi/invalid.xlsx").is_err());
    for file in [
        "tika/testEXCEL.xlsx",
        "tika/protectedSheets.xlsx",
        "tika/testDdeLink.xlsx",
        "tika/testDataConnections.xlsx",
    ] {
        let read = outcome(file).unwrap();
        assert!(read.rows.is_empty() && !read.is_clean(), "{file}: {read:?}");
    }
}
