//! The values of a draft that a person may give, each with the form of its kind.

use assay_specification::Size;
use assay_specification::rule::Rule;
use jiff::civil::Date;

use super::super::draft::{Draft, Field};
use super::super::finding::Place;
use super::{NotCorrected, Part, Target, missing, outcome_mut, typed, unit_mut};

/// A value of a draft with its kind.
#[derive(Debug)]
pub enum Slot<'a> {
    /// Words on one line.
    Line(&'a mut Field<String>),
    /// Words that may have several lines.
    Words(&'a mut Field<String>),
    /// A whole number: hours, credits, years.
    Number(&'a mut Field<u32>),
    /// A level from 0 (entry) to 8.
    Level(&'a mut Field<u8>),
    /// A day.
    Day(&'a mut Field<Date>),
    /// Award, Certificate or Diploma.
    Size(&'a mut Field<Size>),
    /// A rule of combination, in the language of the specification file.
    Rule(&'a mut Field<Rule>),
}

/// The value that a correction is about.
///
/// # Errors
/// The part is not in the draft, or has no such value.
pub fn slot<'a>(draft: &'a mut Draft, at: &Target) -> Result<Slot<'a>, NotCorrected> {
    let unknown = || NotCorrected(format!("There is no value called {}.", at.field));
    let Some(part) = &at.part else {
        let document = &mut draft.document;
        return Ok(match at.field.as_str() {
            "title" => Slot::Line(&mut document.title),
            "subtitle" => Slot::Line(&mut document.subtitle),
            "framework" => Slot::Line(&mut document.framework),
            "awarding_body" => Slot::Line(&mut document.awarding_body),
            "awarding_body_short" => Slot::Line(&mut document.awarding_body_short),
            "regulator" => Slot::Line(&mut document.regulator),
            "issued" => Slot::Line(&mut document.issued),
            "version" => Slot::Line(&mut document.version),
            "language" => Slot::Line(&mut document.language),
            "minimum_age" => Slot::Number(&mut document.minimum_age),
            "purpose" => Slot::Words(&mut document.purpose),
            "regulated_from" => Slot::Day(&mut document.regulated_from),
            "operational_from" => Slot::Day(&mut document.operational_from),
            "registration_ends" => Slot::Day(&mut document.registration_ends),
            "certification_ends" => Slot::Day(&mut document.certification_ends),
            _ => return Err(unknown()),
        });
    };
    match *part {
        Part::Qualification { qualification } => {
            let one = draft
                .qualifications
                .get_mut(qualification)
                .ok_or_else(|| missing(part))?;
            Ok(match at.field.as_str() {
                "code" => Slot::Line(&mut one.code),
                "title" => Slot::Line(&mut one.title),
                "number" => Slot::Line(&mut one.number),
                "level" => Slot::Level(&mut one.level),
                "size" => Slot::Size(&mut one.size),
                "tqt" => Slot::Number(&mut one.tqt),
                "glh" => Slot::Number(&mut one.glh),
                "minimum_credits" => Slot::Number(&mut one.minimum_credits),
                "rule" => Slot::Rule(&mut one.rule),
                _ => return Err(unknown()),
            })
        }
        Part::Row { qualification, row } => {
            let one = draft
                .qualifications
                .get_mut(qualification)
                .and_then(|one| one.table.get_mut(row))
                .ok_or_else(|| missing(part))?;
            Ok(match at.field.as_str() {
                "unit" => Slot::Line(&mut one.unit),
                "title" => Slot::Line(&mut one.title),
                "reference" => Slot::Line(&mut one.reference),
                "level" => Slot::Level(&mut one.level),
                "credits" => Slot::Number(&mut one.credits),
                "glh" => Slot::Number(&mut one.glh),
                "tut" => Slot::Number(&mut one.tut),
                "group" => Slot::Line(&mut one.group),
                _ => return Err(unknown()),
            })
        }
        Part::Unit { unit } => {
            let one = unit_mut(draft, unit)?;
            Ok(match at.field.as_str() {
                "number" => Slot::Line(&mut one.number),
                "title" => Slot::Line(&mut one.title),
                "heading" => Slot::Line(&mut one.heading),
                "level" => Slot::Level(&mut one.level),
                "reference" => Slot::Line(&mut one.reference),
                "credits" => Slot::Number(&mut one.credits),
                "tut" => Slot::Number(&mut one.tut),
                "glh" => Slot::Number(&mut one.glh),
                "aims" => Slot::Words(&mut one.aims),
                _ => return Err(unknown()),
            })
        }
        Part::Outcome { unit, outcome } => {
            let one = outcome_mut(draft, unit, outcome)?;
            Ok(match at.field.as_str() {
                "number" => Slot::Line(&mut one.number),
                "text" => Slot::Words(&mut one.text),
                _ => return Err(unknown()),
            })
        }
        Part::Criterion {
            unit,
            outcome,
            criterion,
        } => {
            let one = outcome_mut(draft, unit, outcome)?
                .criteria
                .get_mut(criterion)
                .ok_or_else(|| missing(part))?;
            Ok(match at.field.as_str() {
                "number" => Slot::Line(&mut one.number),
                "text" => Slot::Words(&mut one.text),
                "grade" => Slot::Line(&mut one.grade),
                _ => return Err(unknown()),
            })
        }
    }
}

/// Longest text of a value in characters.
const LONGEST: usize = 20_000;

impl Slot<'_> {
    /// Gives the value as typed; an empty text takes it away. The places of the printed value are kept.
    ///
    /// # Errors
    /// The text has not the form of the value's kind, or is over 20,000 characters.
    pub fn give(self, text: &str) -> Result<(), NotCorrected> {
        let text = text.trim();
        if text.chars().count() > LONGEST {
            return Err(NotCorrected(format!(
                "This is longer than {LONGEST} characters; no value of a syllabus is."
            )));
        }
        match self {
            Slot::Line(field) => put(field, text, |text| {
                Ok(text.split_whitespace().collect::<Vec<_>>().join(" "))
            }),
            Slot::Words(field) => put(field, text, |text| Ok(text.replace("\r\n", "\n"))),
            Slot::Number(field) => put(field, text, |text| {
                text.parse::<u32>()
                    .ok()
                    .filter(|number| *number <= 100_000)
                    .ok_or_else(|| "Type a whole number in figures, such as 60.".to_owned())
            }),
            Slot::Level(field) => put(field, text, |text| {
                text.parse::<u8>()
                    .ok()
                    .filter(|level| *level <= 8)
                    .ok_or_else(|| "Type a level from 0 (entry) to 8.".to_owned())
            }),
            Slot::Day(field) => put(field, text, |text| {
                text.parse::<Date>()
                    .map_err(|_| "Type a day as year, month and day, such as 2020-08-31.".to_owned())
            }),
            Slot::Size(field) => put(field, text, |text| {
                Size::ALL
                    .into_iter()
                    .find(|size| size.word().eq_ignore_ascii_case(text))
                    .ok_or_else(|| "Type Award, Certificate or Diploma.".to_owned())
            }),
            Slot::Rule(field) => put(field, text, |text| {
                toml::from_str::<Rule>(text).map_err(|fault| {
                    format!(
                        "This is not a rule of combination: {}. The rule is written as in a specification file.",
                        fault.message().trim_end_matches('.')
                    )
                })
            }),
        }
    }

    /// The value as a person would type it; empty where there is none.
    pub fn typed(&self) -> String {
        fn text<T: ToString>(field: &Field<T>) -> String {
            field
                .as_ref()
                .map(|found| found.value.to_string())
                .unwrap_or_default()
        }
        match self {
            Slot::Line(field) | Slot::Words(field) => text(field),
            Slot::Number(field) => text(field),
            Slot::Level(field) => text(field),
            Slot::Day(field) => text(field),
            Slot::Size(field) => field
                .as_ref()
                .map(|found| found.value.word().to_owned())
                .unwrap_or_default(),
            Slot::Rule(field) => field
                .as_ref()
                .and_then(|found| toml::to_string(&found.value).ok())
                .unwrap_or_default(),
        }
    }

    /// Where the value stands in the source; none for a value that was typed.
    pub fn places(&self) -> Vec<Place> {
        fn at<T>(field: &Field<T>) -> Vec<Place> {
            field.as_ref().map(|found| found.at.clone()).unwrap_or_default()
        }
        match self {
            Slot::Line(field) | Slot::Words(field) => at(field),
            Slot::Number(field) => at(field),
            Slot::Level(field) => at(field),
            Slot::Day(field) => at(field),
            Slot::Size(field) => at(field),
            Slot::Rule(field) => at(field),
        }
    }

    /// Whether the value may have several lines.
    pub fn is_long(&self) -> bool {
        matches!(self, Slot::Words(_) | Slot::Rule(_))
    }
}

fn put<T>(
    field: &mut Field<T>,
    text: &str,
    read: impl FnOnce(&str) -> Result<T, String>,
) -> Result<(), NotCorrected> {
    if text.is_empty() {
        *field = None;
        return Ok(());
    }
    let value = read(text).map_err(NotCorrected)?;
    match field {
        Some(found) => found.value = value,
        None => *field = typed(value),
    }
    Ok(())
}
