//! Label and value pairs: `Unit Level<tab>7`, `Credit value: 6`, `GLH 25`.

use super::heads::plain;
use super::lines::Line;
use crate::syllabus::finding::Place;

/// What a label stands before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Label {
    UnitNumber,
    UnitReference,
    UnitTitle,
    Level,
    Credits,
    UnitTime,
    GuidedHours,
    Aims,
    QualificationTitle,
    QualificationNumber,
    QualificationCode,
    QualificationTime,
    RegulatedFrom,
    OperationalFrom,
    RegistrationEnds,
    CertificationEnds,
    MinimumAge,
}

const LABELS: &[(&str, Label)] = &[
    ("unit number", Label::UnitNumber),
    ("unit no", Label::UnitNumber),
    ("unit code", Label::UnitNumber),
    ("unit id", Label::UnitNumber),
    ("unit", Label::UnitNumber),
    ("ofqual reference", Label::UnitReference),
    ("ofqual unit reference", Label::UnitReference),
    ("ofqual unit reference number", Label::UnitReference),
    ("ofqual reference number", Label::UnitReference),
    ("ofqual unit number", Label::UnitReference),
    ("unit reference number", Label::UnitReference),
    ("unit reference number (urn)", Label::UnitReference),
    ("unit reference no", Label::UnitReference),
    ("unit reference", Label::UnitReference),
    ("unit ref", Label::UnitReference),
    ("unit accreditation number", Label::UnitReference),
    ("uan", Label::UnitReference),
    ("urn", Label::UnitReference),
    ("reference number", Label::UnitReference),
    ("unit title", Label::UnitTitle),
    ("unit name", Label::UnitTitle),
    ("title", Label::UnitTitle),
    ("unit level", Label::Level),
    ("level", Label::Level),
    ("rqf level", Label::Level),
    ("qcf level", Label::Level),
    ("scqf level", Label::Level),
    ("qualification level", Label::Level),
    ("credit value", Label::Credits),
    ("unit credit value", Label::Credits),
    ("unit credit", Label::Credits),
    ("credits", Label::Credits),
    ("credit", Label::Credits),
    ("scqf credit points", Label::Credits),
    ("credit points", Label::Credits),
    ("minimum credits", Label::Credits),
    ("total credits", Label::Credits),
    ("number of credits", Label::Credits),
    ("credit value of unit", Label::Credits),
    ("total unit time", Label::UnitTime),
    ("total unit time (tut)", Label::UnitTime),
    ("tut", Label::UnitTime),
    ("unit tqt", Label::UnitTime),
    ("notional learning hours", Label::UnitTime),
    ("guided learning hours", Label::GuidedHours),
    ("guided learning hours (glh)", Label::GuidedHours),
    ("guided learning", Label::GuidedHours),
    ("guided learning (gl)", Label::GuidedHours),
    ("glh", Label::GuidedHours),
    ("unit guided learning hours", Label::GuidedHours),
    ("unit glh", Label::GuidedHours),
    ("unit aim", Label::Aims),
    ("unit aims", Label::Aims),
    ("unit aim(s)", Label::Aims),
    ("aim", Label::Aims),
    ("aims", Label::Aims),
    ("aim of the unit", Label::Aims),
    ("aim of unit", Label::Aims),
    ("unit purpose", Label::Aims),
    ("unit purpose and aim(s)", Label::Aims),
    ("purpose and aims", Label::Aims),
    ("purpose of unit", Label::Aims),
    ("unit summary", Label::Aims),
    ("unit overview", Label::Aims),
    ("unit in brief", Label::Aims),
    ("unit introduction", Label::Aims),
    ("what is this unit about", Label::Aims),
    ("qualification title", Label::QualificationTitle),
    ("full qualification title", Label::QualificationTitle),
    ("qualification name", Label::QualificationTitle),
    ("qualification number", Label::QualificationNumber),
    ("qualification number (qn)", Label::QualificationNumber),
    ("qualification accreditation number", Label::QualificationNumber),
    (
        "qualification accreditation number (qan)",
        Label::QualificationNumber,
    ),
    ("qualification reference number", Label::QualificationNumber),
    ("ofqual qualification number", Label::QualificationNumber),
    (
        "ofqual qualification reference number",
        Label::QualificationNumber,
    ),
    ("qan", Label::QualificationNumber),
    ("qrn", Label::QualificationNumber),
    ("qn", Label::QualificationNumber),
    ("qualification code", Label::QualificationCode),
    ("product code", Label::QualificationCode),
    ("cmi code", Label::QualificationCode),
    ("total qualification time", Label::QualificationTime),
    ("total qualification time (tqt)", Label::QualificationTime),
    ("tqt", Label::QualificationTime),
    ("regulation start date", Label::RegulatedFrom),
    ("accreditation start date", Label::RegulatedFrom),
    ("regulated from", Label::RegulatedFrom),
    ("operational start date", Label::OperationalFrom),
    ("first registration", Label::OperationalFrom),
    ("first registration date", Label::OperationalFrom),
    ("registration start date", Label::OperationalFrom),
    ("operational end date", Label::RegistrationEnds),
    ("last registration", Label::RegistrationEnds),
    ("last registration date", Label::RegistrationEnds),
    ("registration end date", Label::RegistrationEnds),
    ("last date for registration", Label::RegistrationEnds),
    ("certification end date", Label::CertificationEnds),
    ("last certification date", Label::CertificationEnds),
    ("last certification", Label::CertificationEnds),
    ("minimum age", Label::MinimumAge),
    ("age range", Label::MinimumAge),
];

/// A label found in a line.
#[derive(Debug, Clone)]
pub(super) struct Hit {
    pub(super) label: Label,
    /// The value on the same line, where there is one.
    pub(super) value: Option<String>,
    /// Where the value stands, or the label where it has none.
    pub(super) place: Place,
}

/// Puts each label beside its value where a row of labels stands over a single row of values. A row that also names
/// units is the head of a table of units and stays.
pub(super) fn unstack(lines: Vec<Line>) -> Vec<Line> {
    let mut made: Vec<Line> = Vec::with_capacity(lines.len());
    let mut lines = lines.into_iter().peekable();
    while let Some(labels) = lines.next() {
        let stacked = lines.peek().is_some_and(|values| stands_over(&labels, values));
        match lines.next_if(|_| stacked) {
            Some(values) => {
                // A second row of values makes it a table, which stays as it is.
                if lines
                    .peek()
                    .is_some_and(|more| more.cells.len() == values.cells.len())
                {
                    made.push(labels);
                    made.push(values);
                    continue;
                }
                let cells = labels.cells.into_iter().zip(values.cells);
                made.push(Line {
                    cells: cells.flat_map(|(label, value)| [label, value]).collect(),
                    after_gap: labels.after_gap,
                    number: values.number,
                    ..values
                });
            }
            None => made.push(labels),
        }
    }
    made
}

fn stands_over(labels: &Line, values: &Line) -> bool {
    labels.cells.len() >= 2
        && labels.cells.len() == values.cells.len()
        && labels.cells.iter().zip(&values.cells).all(|(name, value)| {
            let value = value.text();
            match label(&name.text()) {
                Some(Label::Level) => level(&value).is_some(),
                Some(Label::Credits | Label::GuidedHours | Label::UnitTime | Label::QualificationTime) => {
                    whole(&value).is_some() && value.chars().count() < 20
                }
                Some(Label::UnitReference) => assay_specification::UnitReference::as_written(&value).is_ok(),
                _ => false,
            }
        })
}

/// The label that a text is.
pub(super) fn label(text: &str) -> Option<Label> {
    let plain = plain(text);
    // What stands in brackets after a label only abbreviates it: `Qualification number (QN)`.
    let bare = plain
        .strip_suffix(')')
        .and_then(|inner| inner.split_once(" ("))
        .map_or(plain.as_str(), |(bare, _)| bare);
    LABELS
        .iter()
        .find(|(name, _)| *name == plain || *name == bare)
        .map(|(_, label)| *label)
}

/// Every label of a line with its value.
pub(super) fn hits(line: &Line) -> Vec<Hit> {
    let mut made = Vec::new();
    if line.bullet {
        return made;
    }
    let mut cells = line.cells.iter().peekable();
    while let Some(cell) = cells.next() {
        let Some(first) = cell.paragraphs.first() else {
            continue;
        };
        let text = cell.text();
        if text.chars().count() > 1500 {
            continue;
        }
        if let Some(label) = label(&text) {
            let next = cells
                .peek()
                .filter(|next| self::label(&next.text()).is_none() && colon_label(&next.text()).is_none());
            let value = next.map(|next| (next.text(), next.paragraphs.first()));
            let place = value
                .as_ref()
                .and_then(|(_, paragraph)| *paragraph)
                .map_or_else(|| line.place_of(first), |paragraph| line.place_of(paragraph));
            made.push(Hit {
                label,
                value: value.map(|(text, _)| text),
                place,
            });
            if next.is_some() {
                cells.next();
            }
        } else if let Some((label, value)) = colon_label(&text).or_else(|| bare_label(&text)) {
            let value = if value.is_empty() {
                cells
                    .next_if(|next| self::label(&next.text()).is_none())
                    .map(|next| next.text())
            } else {
                Some(value)
            };
            made.push(Hit {
                label,
                value,
                place: line.place_of(first),
            });
        }
    }
    made
}

/// `Credit value: 6`.
fn colon_label(text: &str) -> Option<(Label, String)> {
    let (before, after) = text.split_once(':')?;
    if before.chars().count() > 60 {
        return None;
    }
    Some((label(before)?, after.trim().to_owned()))
}

/// `GLH 25`, `Level 3`, `Unit reference K/504/9065`: a label and nothing but a short value.
fn bare_label(text: &str) -> Option<(Label, String)> {
    let (before, value) = text.rsplit_once(' ')?;
    let label = match label(before) {
        Some(label) => label,
        None => {
            let (before, hours) = before.rsplit_once(' ')?;
            if !value.eq_ignore_ascii_case("hours") {
                return None;
            }
            return label(before)
                .filter(|_| hours.parse::<u32>().is_ok())
                .map(|label| (label, hours.to_owned()));
        }
    };
    let fits = match label {
        Label::Level | Label::Credits | Label::UnitTime | Label::GuidedHours | Label::QualificationTime => {
            value.parse::<u32>().is_ok()
        }
        Label::UnitReference => assay_specification::UnitReference::as_written(value).is_ok(),
        Label::QualificationNumber => assay_specification::QualificationNumber::as_written(value).is_ok(),
        Label::UnitNumber => before.to_lowercase() != "unit" && value.chars().any(|c| c.is_ascii_digit()),
        _ => false,
    };
    fits.then(|| (label, value.to_owned()))
}

/// The first whole number of a value: 25 of `25 hours`, 7 of `Level 7`, `1,200` as 1200.
pub(super) fn whole(value: &str) -> Option<u32> {
    let start = value.find(|c: char| c.is_ascii_digit())?;
    let digits: String = value
        .get(start..)?
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == ',')
        .filter(char::is_ascii_digit)
        .collect();
    digits.parse().ok()
}

/// A level from 0 (entry) to 8.
pub(super) fn level(value: &str) -> Option<u8> {
    let lower = value.to_lowercase();
    if lower.contains("entry") {
        return Some(0);
    }
    const WORDS: [&str; 9] = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight",
    ];
    if let Some(at) = WORDS
        .iter()
        .position(|word| lower.split_whitespace().any(|one| one == *word))
    {
        return u8::try_from(at).ok();
    }
    whole(value)
        .and_then(|level| u8::try_from(level).ok())
        .filter(|level| *level <= 8)
}
