//! Word processor documents: headings, paragraphs and tables, packed as such documents are.

use crate::demo::cast::Player;

/// A part of a document.
enum Block {
    Heading(String),
    Text(String),
    /// Rows of cells; the first row is the heading.
    Table(Vec<Vec<String>>),
}

/// A coaching agreement. None only when packing fails, which memory alone could cause.
pub fn agreement(player: &Player) -> Option<Vec<u8>> {
    let place = player.organisation;
    let half = player.people / 40 + 3;
    packed(&[
        Block::Heading(format!("Coaching agreement, {place}")),
        Block::Text(format!(
            "Purpose: to help a newly appointed team leader at {place} lead {half} people with more confidence, at a time when {}.",
            player.trouble
        )),
        Block::Heading("What we have agreed".into()),
        Block::Text(
            "Confidentiality: what is said stays between us, save where somebody may come to harm or the law asks for it. \
             Both of us know who would then be told, and that we would say so first."
                .into(),
        ),
        Block::Text(
            "Frequency: an hour every second Thursday, six times, in the small meeting room and never at either desk. A \
             session that falls out is held within the week."
                .into(),
        ),
        Block::Text(
            "Boundaries: coaching is not appraisal. Nothing from the sessions is used in the yearly review, and the line \
             manager is told the goals but not the conversations."
                .into(),
        ),
        Block::Text(
            "Ending: either of us may end it with one conversation and no reasons. At the last session we look at the goals \
             again and write down what was reached."
                .into(),
        ),
        Block::Heading("Goals".into()),
        Block::Table(table(&[
            &["Goal", "How we shall see it", "By"],
            &[
                "Hold the weekly meeting without solving every problem",
                "Two of three actions are taken by others",
                "May 2019",
            ],
            &[
                "Give feedback within two days",
                "Three examples noted each fortnight",
                "June 2019",
            ],
            &[
                "Prepare a successor for the rota",
                "One month's rota made without help",
                "July 2019",
            ],
        ])),
        Block::Text("Signed by both on 2 April 2019; names are left out in this copy.".into()),
    ])
}

/// A log of mentoring sessions. None only when packing fails.
pub fn log(player: &Player) -> Option<Vec<u8>> {
    packed(&[
        Block::Heading(format!("Mentoring log, {}", player.organisation)),
        Block::Text(format!(
            "The mentee works in {} and was promoted in January. I have been {} for some years; I tried to lend experience \
             without lending opinions.",
            player.sector, player.post
        )),
        Block::Table(table(&[
            &["Session", "What we worked on", "What changed afterwards"],
            &["1", "Expectations on both sides, and what I cannot do", "A shorter list of aims"],
            &["2", "A colleague who does not answer", "A conversation held, not an e-mail sent"],
            &["3", "Reading the budget together", "Two questions to finance, both answered"],
            &["4", "What a bad week looks like from outside", "A free hour kept on Fridays"],
            &["5", "A decision that I would have taken otherwise", "The decision stood, and worked"],
            &["6", "Looking back", "The mentee wants to mentor somebody"],
        ])),
        Block::Heading("Reflection".into()),
        Block::Text(
            "Looking back I talked most in the session that helped least. The fifth was the best, because I held my own \
             answer back and asked what would have to be true for theirs to work."
                .into(),
        ),
        Block::Text(
            "Evaluating the whole, I would match pairs by what the mentee wants to learn and not by who has time. Matching \
             by time gave us a quick start and a slow middle."
                .into(),
        ),
    ])
}

fn table(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter()
        .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect())
        .collect()
}

fn packed(blocks: &[Block]) -> Option<Vec<u8>> {
    let mut body = String::new();
    for block in blocks {
        match block {
            Block::Heading(text) => body.push_str(&paragraph(text, Some("Heading1"))),
            Block::Text(text) => body.push_str(&paragraph(text, None)),
            Block::Table(rows) => {
                body.push_str("<w:tbl><w:tblPr><w:tblW w:w=\"0\" w:type=\"auto\"/></w:tblPr>");
                for row in rows {
                    body.push_str("<w:tr>");
                    for cell in row {
                        body.push_str(&format!("<w:tc>{}</w:tc>", paragraph(cell, None)));
                    }
                    body.push_str("</w:tr>");
                }
                body.push_str("</w:tbl>");
            }
        }
    }
    let document = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><w:document xmlns:w=\"{WORDS}\"><w:body>{body}</w:body>\
         </w:document>"
    );
    assay_formats::packed(&[
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONSHIPS),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONSHIPS),
        ("word/styles.xml", STYLES),
        ("word/document.xml", &document),
    ])
}

fn paragraph(text: &str, style: Option<&str>) -> String {
    let text = text
        .replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;");
    let style = style
        .map(|style| format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"))
        .unwrap_or_default();
    format!("<w:p>{style}<w:r><w:t xml:space=\"preserve\">{text}</w:t></w:r></w:p>")
}

const WORDS: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

const CONTENT_TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Override PartName=\"/word/document.xml\" \
    ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    <Override PartName=\"/word/styles.xml\" \
    ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/></Types>";

const RELATIONSHIPS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
    Target=\"word/document.xml\"/></Relationships>";

const DOCUMENT_RELATIONSHIPS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
    </Relationships>";

const STYLES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\
    <w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:style w:type=\"paragraph\" \
    w:styleId=\"Heading1\"><w:name w:val=\"heading 1\"/><w:pPr><w:outlineLvl w:val=\"0\"/></w:pPr><w:rPr><w:b/>\
    <w:sz w:val=\"32\"/></w:rPr></w:style></w:styles>";
