//! The empty register that a coordinator fills in, as CSV and as a workbook.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::Field;
use super::table::column_name;
use crate::csv_out;

/// One row that shows what goes where. It is made up; nobody has this name, number or address.
fn example(field: Field) -> &'static str {
    match field {
        Field::GivenName => "Amara",
        Field::FamilyName => "Example",
        Field::DateOfBirth => "1988-03-21",
        Field::Email => "amara@example.org",
        Field::Uln => "",
        Field::OwnNumber => "",
        Field::Qualification => "7D2V2",
        Field::StartDate => "14 October 2019",
        Field::Units => "7011V1; 7013V1",
        Field::Role => "Head of Learning",
        Field::Authority => "Leads the coaching strategy of the organisation",
        Field::Identity => "passport seen on 4 October 2019",
        Field::TutorEmail | Field::AssessorEmail => "",
    }
}

/// The template as CSV: the headers and one row of an example, in UTF-8 with a byte order mark so that spreadsheets
/// open it rightly.
#[must_use]
pub fn template_csv() -> Vec<u8> {
    let headers: Vec<&str> = Field::ALL.iter().map(|f| f.header()).collect();
    let row: Vec<&str> = Field::ALL.iter().map(|f| example(*f)).collect();
    let mut text = String::from("\u{feff}");
    text.push_str(&csv_out::line(&headers));
    text.push_str(&csv_out::line(&row));
    text.into_bytes()
}

/// The template as a workbook with the same two rows; every column is text, so that no program changes a date or number
/// while it is typed. The same bytes each time. `None` only if packing fails, which memory alone could cause.
#[must_use]
pub fn template_xlsx() -> Option<Vec<u8>> {
    let headers: Vec<&str> = Field::ALL.iter().map(|f| f.header()).collect();
    let row: Vec<&str> = Field::ALL.iter().map(|f| example(*f)).collect();
    workbook("Learners", &headers, &[row])
}

/// A workbook of one sheet: headers in bold that stay in sight, and rows of text. The same bytes each time. `None` only if
/// packing fails, which memory alone could cause.
pub(crate) fn workbook(name: &str, headers: &[&str], rows: &[Vec<&str>]) -> Option<Vec<u8>> {
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONSHIPS.to_owned()),
        ("xl/workbook.xml", WORKBOOK.replace("Learners", &escaped(name))),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONSHIPS.to_owned()),
        ("xl/styles.xml", STYLES.to_owned()),
        ("xl/worksheets/sheet1.xml", sheet(headers, rows)),
    ] {
        archive.start_file(name, options).ok()?;
        archive.write_all(content.as_bytes()).ok()?;
    }
    archive.finish().ok().map(Cursor::into_inner)
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('"', "&quot;")
}

fn sheet(headers: &[&str], rows: &[Vec<&str>]) -> String {
    let row = |number: usize, style: u8, texts: &[&str]| {
        let cells: String = texts
            .iter()
            .enumerate()
            .filter(|(_, text)| !text.is_empty())
            .map(|(at, text)| {
                format!(
                    "<c r=\"{}{number}\" s=\"{style}\" t=\"inlineStr\"><is><t>{}</t></is></c>",
                    column_name(at),
                    escaped(text)
                )
            })
            .collect();
        format!("<row r=\"{number}\">{cells}</row>")
    };
    let mut sheet = row(1, 1, headers);
    for (at, texts) in rows.iter().enumerate() {
        sheet.push_str(&row(at + 2, 2, texts));
    }
    let last = headers.len();
    format!(
        "{XML}<worksheet xmlns=\"{MAIN}\"><sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews><cols><col min=\"1\" max=\"{last}\" width=\"22\" style=\"2\" customWidth=\"1\"/></cols><sheetData>{sheet}</sheetData></worksheet>"
    )
}

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#;
const RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Learners" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const WORKBOOK_RELATIONSHIPS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#;
/// Style 1 is bold text, style 2 is text (number format 49).
const STYLES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs></styleSheet>"#;
