//! What is checked before a sheet is typeset: nothing required is missing, and every character can be drawn.

use crate::fault::PrintFault;
use crate::fonts::Shelf;
use crate::sheet::{Attained, CertificateSheet, ReportSheet, TranscriptSheet};
use serde_json::Value;

/// Refuses a blank text in a field that must be shown.
fn required(field: &str, text: &str) -> Result<(), PrintFault> {
    if text.trim().is_empty() {
        return Err(refused(field, "must be shown and is blank"));
    }
    Ok(())
}

/// Refuses a field that is there but blank: leave it out or fill it.
fn blank_if_given(field: &str, text: Option<&str>) -> Result<(), PrintFault> {
    text.map_or(Ok(()), |text| required(field, text))
}

fn refused(field: &str, because: &str) -> PrintFault {
    PrintFault::NotAsRequired {
        field: field.to_owned(),
        because: because.to_owned(),
    }
}

/// The fields of practice.md 20.1 are all there.
pub(crate) fn certificate(sheet: &CertificateSheet) -> Result<(), PrintFault> {
    required("awarding_body", &sheet.awarding_body)?;
    required("learner.name", &sheet.learner.name)?;
    required("learner.number", &sheet.learner.number)?;
    blank_if_given("learner.uln", sheet.learner.uln.as_deref())?;
    match &sheet.attained {
        Attained::Qualification {
            title,
            endorsement,
            number,
            level,
            attainment,
            regulated_by,
        } => {
            required("attained.title", title)?;
            required("attained.number", number)?;
            required("attained.level", level)?;
            blank_if_given("attained.endorsement", endorsement.as_deref())?;
            blank_if_given("attained.attainment", attainment.as_deref())?;
            blank_if_given("attained.regulated_by", regulated_by.as_deref())?;
        }
        Attained::Credit { statement, units } => {
            required("attained.statement", statement)?;
            if units.is_empty() {
                return Err(refused(
                    "attained.units",
                    "a certificate of credit names at least one unit",
                ));
            }
            for (index, unit) in units.iter().enumerate() {
                required(&format!("attained.units[{index}].reference"), &unit.reference)?;
                required(&format!("attained.units[{index}].title"), &unit.title)?;
                required(&format!("attained.units[{index}].level"), &unit.level)?;
            }
        }
    }
    required("attained_on", &sheet.attained_on)?;
    required("certificate_number", &sheet.certificate_number)?;
    blank_if_given("language_of_assessment", sheet.language_of_assessment.as_deref())?;
    blank_if_given("replacement", sheet.replacement.as_deref())?;
    required("check.shown", &sheet.check.shown)
}

/// A transcript names learner, qualification and at least one unit.
pub(crate) fn transcript(sheet: &TranscriptSheet) -> Result<(), PrintFault> {
    required("awarding_body", &sheet.awarding_body)?;
    required("learner.name", &sheet.learner.name)?;
    required("learner.number", &sheet.learner.number)?;
    required("qualification_title", &sheet.qualification_title)?;
    required("qualification_number", &sheet.qualification_number)?;
    required("level", &sheet.level)?;
    required("rule_of_combination", &sheet.rule_of_combination)?;
    required("issued_on", &sheet.issued_on)?;
    blank_if_given("certificate_number", sheet.certificate_number.as_deref())?;
    if sheet.units.is_empty() {
        return Err(refused("units", "a transcript names at least one unit"));
    }
    for (index, unit) in sheet.units.iter().enumerate() {
        required(&format!("units[{index}].title"), &unit.title)?;
        required(&format!("units[{index}].reference"), &unit.reference)?;
        required(&format!("units[{index}].achieved_on"), &unit.achieved_on)?;
    }
    Ok(())
}

/// A report has a title and a reference, and its tables are rectangular.
pub(crate) fn report(sheet: &ReportSheet) -> Result<(), PrintFault> {
    required("issuer", &sheet.issuer)?;
    required("title", &sheet.title)?;
    required("reference", &sheet.reference)?;
    for section in &sheet.sections {
        required("sections.heading", &section.heading)?;
        for (index, row) in section.rows.iter().enumerate() {
            if row.len() != section.columns.len() {
                return Err(PrintFault::RowWidth {
                    section: section.heading.clone(),
                    row: index + 1,
                    expected: section.columns.len(),
                    found: row.len(),
                });
            }
        }
    }
    Ok(())
}

/// Every character of every text in the sheet can be drawn with the fonts at hand.
///
/// Line breaks and tabs count as spaces; characters without a shape of their own (joiners, variation selectors, direction
/// marks) are let through, but not those that force a direction.
pub(crate) fn characters(sheet: &Value, shelf: &Shelf) -> Result<(), PrintFault> {
    walk(sheet, "", shelf)
}

fn walk(value: &Value, field: &str, shelf: &Shelf) -> Result<(), PrintFault> {
    match value {
        Value::String(text) => {
            let mut characters = Vec::new();
            for c in text.chars() {
                let drawn = is_space(c) || is_shapeless(c) || (!is_out_of_place(c) && shelf.can_draw(c));
                if !drawn && !characters.contains(&c) {
                    characters.push(c);
                }
            }
            if characters.is_empty() {
                Ok(())
            } else {
                Err(PrintFault::CannotBeDrawn {
                    field: field.to_owned(),
                    characters,
                })
            }
        }
        Value::Array(items) => items
            .iter()
            .enumerate()
            .try_for_each(|(index, item)| walk(item, &format!("{field}[{index}]"), shelf)),
        Value::Object(map) => map.iter().try_for_each(|(key, item)| {
            let path = if field.is_empty() {
                key.clone()
            } else {
                format!("{field}.{key}")
            };
            walk(item, &path, shelf)
        }),
        Value::Null | Value::Bool(_) | Value::Number(_) => Ok(()),
    }
}

fn is_space(c: char) -> bool {
    c == '\n' || c == '\r' || c == '\t' || (c.is_whitespace() && !c.is_control())
}

/// Control characters, and the characters that force a direction upon what follows: with them a name could be made to
/// look like another. (A name needs none; marks and isolates are enough.)
pub(crate) fn is_out_of_place(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}')
}

/// Characters that steer shaping or direction and are never drawn themselves.
fn is_shapeless(c: char) -> bool {
    matches!(c, '\u{00ad}' | '\u{034f}' | '\u{061c}' | '\u{200b}'..='\u{200f}'
        | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

/// Makes every run of white space one space and trims the ends, in every text of the sheet: a line break in a name is a
/// slip of the keyboard, and a sheet must not depend on it.
pub(crate) fn settle_spaces(value: &mut Value) {
    settle(value, &|text| {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    });
}

/// Like [`settle_spaces`], but line by line: the texts of a report may have several.
pub(crate) fn settle_lines(value: &mut Value) {
    settle(value, &|text| {
        let lines = text
            .lines()
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
        lines.collect::<Vec<_>>().join("\n").trim().to_owned()
    });
}

fn settle(value: &mut Value, settled: &impl Fn(&str) -> String) {
    match value {
        Value::String(text) => *text = settled(text),
        Value::Array(items) => items.iter_mut().for_each(|item| settle(item, settled)),
        Value::Object(map) => map.values_mut().for_each(|item| settle(item, settled)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
