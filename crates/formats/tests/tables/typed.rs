//! The sample as a Word document and in the template.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::sample::{TITLE, UNITS};

/// A packed document of these parts.
pub fn packed(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn p(text: &str) -> String {
    format!(
        "<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
        text.replace('&', "&amp;")
    )
}

fn item(level: u8, text: &str) -> String {
    format!(
        "<w:p><w:pPr><w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"7\"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"
    )
}

fn cell(properties: &str, content: &str) -> String {
    format!("<w:tc><w:tcPr>{properties}</w:tcPr>{content}</w:tc>")
}

/// The sample as a Word document. `listed`: numbers are those of a list and not typed; `merged`: outcome cells go down over
/// their criteria, and the header spans the numbers' columns.
pub fn docx(listed: bool, merged: bool) -> Vec<u8> {
    let mut body = p(TITLE) + &p("Syllabus | March 2018 | Version 6");
    for (at, unit) in UNITS.iter().enumerate() {
        body.push_str(&p(&unit.title.to_uppercase()));
        let facts: String = unit
            .facts
            .iter()
            .map(|(label, value)| format!("<w:tr>{}{}</w:tr>", cell("", &p(label)), cell("", &p(value))))
            .collect();
        body.push_str(&format!("<w:tbl>{facts}</w:tbl>{}", p("")));
        let span = "<w:gridSpan w:val=\"2\"/>";
        let head = ["LEARNING OUTCOMES", "ASSESSMENT CRITERIA", "GOOD PRACTICE"];
        let mut rows = format!(
            "<w:tr>{}{}{}</w:tr>",
            cell(span, &p(head[0])),
            cell(span, &p(head[1])),
            cell("", &p(head[2]))
        );
        for outcome in unit.outcomes {
            for (index, (number, words, guidance)) in outcome.criteria.iter().enumerate() {
                let merge = match (merged, index) {
                    (false, _) => "",
                    (true, 0) => "<w:vMerge w:val=\"restart\"/>",
                    (true, _) => "<w:vMerge/>",
                };
                // Each unit counts its outcomes anew, by a list of its own.
                let own = |content: String| content.replace("w:val=\"7\"", &format!("w:val=\"{}\"", 7 + at));
                let (label, outcome_words) = match (index, listed) {
                    (0, true) => (p(""), own(item(0, outcome.text))),
                    (0, false) => (p(outcome.number), p(outcome.text)),
                    _ => (p(""), p("")),
                };
                let (own_label, criterion) = if listed {
                    (p(""), own(item(1, words)))
                } else {
                    (p(number), p(words))
                };
                rows.push_str(&format!(
                    "<w:tr>{}{}{}{}{}</w:tr>",
                    cell(merge, &label),
                    cell(merge, &outcome_words),
                    cell("", &own_label),
                    cell("", &criterion),
                    cell("", &p(guidance))
                ));
            }
        }
        body.push_str(&format!("<w:tbl>{rows}</w:tbl>"));
        body.push_str(&p("ADDITIONAL INFORMATION ABOUT THIS UNIT"));
        body.push_str(&p("Unit Aims"));
        body.push_str(&p(unit.aims));
    }
    let lists: String = (0..UNITS.len())
        .map(|at| {
            format!(
                "<w:abstractNum w:abstractNumId=\"{at}\"><w:lvl w:ilvl=\"0\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1\"/></w:lvl><w:lvl w:ilvl=\"1\"><w:start w:val=\"1\"/><w:numFmt w:val=\"decimal\"/><w:lvlText w:val=\"%1.%2\"/></w:lvl></w:abstractNum>"
            )
        })
        .collect();
    let numbers: String = (0..UNITS.len())
        .map(|at| {
            format!(
                "<w:num w:numId=\"{}\"><w:abstractNumId w:val=\"{at}\"/></w:num>",
                7 + at
            )
        })
        .collect();
    packed(&[
        (
            "[Content_Types].xml",
            "<Types><Override ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>",
        ),
        (
            "word/document.xml",
            &format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>"),
        ),
        (
            "word/_rels/document.xml.rels",
            "<Relationships><Relationship Id=\"1\" Type=\"x/numbering\" Target=\"numbering.xml\"/></Relationships>",
        ),
        (
            "word/numbering.xml",
            &format!("<w:numbering xmlns:w=\"w\">{lists}{numbers}</w:numbering>"),
        ),
    ])
}

/// The sample in the template, as CSV.
pub fn csv() -> String {
    let mut out = String::from(
        "Row,Number,Title or words,Level,Reference,Credits,Total time (hours),Guided learning (hours),Units,Grade,Guidance\n",
    );
    let quoted = |text: &str| format!("\"{}\"", text.replace('"', "\"\""));
    for unit in UNITS {
        let [_, _, reference, credits, tut, glh] = unit.facts.map(|(_, value)| value);
        out.push_str(&format!(
            "unit,{},{},3,{reference},{credits},{tut},{glh},,,\n",
            unit.number,
            quoted(unit.title)
        ));
        out.push_str(&format!("aims,,{},,,,,,,,\n", quoted(unit.aims)));
        for outcome in unit.outcomes {
            out.push_str(&format!(
                "outcome,{},{},,,,,,,,\n",
                outcome.number,
                quoted(outcome.text)
            ));
            for (number, words, guidance) in outcome.criteria {
                out.push_str(&format!(
                    "criterion,{number},{},,,,,,,,{}\n",
                    quoted(words),
                    quoted(guidance)
                ));
            }
        }
    }
    out
}
