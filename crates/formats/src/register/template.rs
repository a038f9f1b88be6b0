//! The empty register that a coordinator fills in, as CSV and as a workbook.

use super::Field;
use super::table::column_name;
use crate::csv_out;
use crate::packed::packed;

/// One row that shows what goes where. It is made up; nobody has this name, number or address.
fn example(field: Field) -> &'static str {
    match field {
        Field::GivenName => "Amara",
        Field::FamilyName => "Example",
        Field::DateOfBirth => "1988-03-21",
        Field::Email => "amara@example.org",
        Field::Uln => "",
        Field::MemberNumber | Field::OwnNumber => "",
        Field::Qualification => "7D2V2",
        Field::StartDate => "14 October 2019",
        Field::Units => "7015V1; 7016V1",
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

/// A list to try an import with: eight made-up learners for October 2019, of whom six can be registered. The other two
/// show how a finding looks: a day that does not exist, and an address that is none.
#[must_use]
pub fn example_csv() -> Vec<u8> {
    let header = [
        Field::GivenName,
        Field::FamilyName,
        Field::DateOfBirth,
        Field::Email,
        Field::Qualification,
        Field::StartDate,
        Field::Units,
        Field::Role,
        Field::Authority,
        Field::Identity,
    ]
    .map(Field::header);
    csv_out::table(&header, EXAMPLES.iter().map(|row| row.to_vec())).into_bytes()
}

/// In the order of the columns in [`example_csv`].
const EXAMPLES: [[&str; 10]; 8] = [
    [
        "Anneke",
        "Visser",
        "1984-02-11",
        "anneke.visser@example.net",
        "7C2V2",
        "21 October 2019",
        "7015V1; 7016V1",
        "Head of Wards",
        "Leads eleven ward managers",
        "passport seen on 7 October 2019",
    ],
    [
        "Bilal",
        "Hussain",
        "1979-09-30",
        "bilal.hussain@example.net",
        "7D2V2",
        "21 October 2019",
        "",
        "Plant Director",
        "Leads a site of 420 people",
        "passport seen on 7 October 2019",
    ],
    [
        "Ceri",
        "Llewellyn",
        "30/02/1988",
        "ceri.llewellyn@example.net",
        "7C2V2",
        "21 October 2019",
        "",
        "Service Manager",
        "Leads two services",
        "",
    ],
    [
        "Dmitri",
        "Volkov",
        "1990-06-05",
        "dmitri.volkov@example.net",
        "7A2V2",
        "21 October 2019",
        "7016V1",
        "Head of Claims",
        "Leads four team leaders",
        "driving licence seen on 8 October 2019",
    ],
    [
        "Efua",
        "Asante",
        "1986-12-19",
        "efua.asante at example.net",
        "7D2V2",
        "21 October 2019",
        "",
        "Deputy Principal",
        "Leads nine heads of department",
        "passport seen on 8 October 2019",
    ],
    [
        "Finlay",
        "Murray",
        "1981-04-02",
        "finlay.murray@example.net",
        "7C2V2",
        "28 October 2019",
        "7020V1; 7016V1",
        "Station Commander",
        "Leads a station of 60 people",
        "passport seen on 9 October 2019",
    ],
    [
        "Greta",
        "Holm",
        "1992-01-23",
        "greta.holm@example.net",
        "7A2V2",
        "28 October 2019",
        "7015V1",
        "Head of Design",
        "Leads a team of fourteen",
        "",
    ],
    [
        "Haruki",
        "Sato",
        "1977-08-14",
        "haruki.sato@example.net",
        "7D2V2",
        "28 October 2019",
        "",
        "Finance Director",
        "Leads finance and estates",
        "passport seen on 9 October 2019",
    ],
];

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
    packed(&[
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONSHIPS),
        ("xl/workbook.xml", &WORKBOOK.replace("Learners", &escaped(name))),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONSHIPS),
        ("xl/styles.xml", STYLES),
        ("xl/worksheets/sheet1.xml", &sheet(headers, rows)),
    ])
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
