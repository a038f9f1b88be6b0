//! The numbers and bullets that a Word document keeps apart from its paragraphs (ECMA-376, part 1, section 17.9).

use std::collections::BTreeMap;

use crate::limits::Limits;
use crate::xml::{self, Step};

/// Levels of a list.
const LEVELS: usize = 9;

/// A list's level as it is defined.
#[derive(Debug, Clone, Default)]
struct Level {
    start: u32,
    format: String,
    /// Text with `%1` for the number of the first level.
    text: String,
}

/// The lists of a document, and how far each is counted.
#[derive(Debug, Default)]
pub(super) struct Numbering {
    /// Levels of each abstract list.
    lists: BTreeMap<String, Vec<Level>>,
    /// The abstract list of each list.
    of: BTreeMap<String, String>,
    /// Levels at which a list begins anew, with the number.
    restarts: BTreeMap<String, Vec<(usize, u32)>>,
    counted: BTreeMap<String, [Option<u32>; LEVELS]>,
}

impl Numbering {
    /// Reads the part that defines the lists; what cannot be read is left out.
    pub(super) fn read(text: &str, limits: &Limits) -> Self {
        let mut numbering = Self::default();
        let mut list = String::new();
        let mut number = String::new();
        let mut level: Option<usize> = None;
        let mut in_number = false;
        let walked = xml::walk(text, "Word document", limits.depth, |step| {
            match step {
                Step::Open(e) => {
                    let value = e.attribute("val").unwrap_or_default();
                    match e.name.as_str() {
                        "abstractNum" => {
                            list = e.attribute("abstractNumId").unwrap_or_default().to_owned();
                            numbering
                                .lists
                                .insert(list.clone(), vec![Level::default(); LEVELS]);
                        }
                        "num" => {
                            in_number = true;
                            number = e.attribute("numId").unwrap_or_default().to_owned();
                        }
                        "abstractNumId" if in_number => {
                            numbering.of.insert(number.clone(), value.to_owned());
                        }
                        "lvl" | "lvlOverride" => {
                            level = e
                                .attribute("ilvl")
                                .and_then(|at| at.parse().ok())
                                .filter(|at| *at < LEVELS);
                        }
                        "startOverride" => {
                            if let (Some(level), Ok(start)) = (level, value.parse()) {
                                numbering
                                    .restarts
                                    .entry(number.clone())
                                    .or_default()
                                    .push((level, start));
                            }
                        }
                        "start" | "numFmt" | "lvlText" if !in_number => {
                            let place =
                                level.and_then(|level| numbering.lists.get_mut(&list)?.get_mut(level));
                            if let Some(place) = place {
                                match e.name.as_str() {
                                    "start" => place.start = value.parse().unwrap_or(1),
                                    "numFmt" => place.format = value.to_owned(),
                                    _ => place.text = value.to_owned(),
                                }
                            }
                        }
                        _ => {}
                    }
                }
                Step::Close(name) if name == "num" => in_number = false,
                _ => {}
            }
            Ok(())
        });
        // A part that breaks off defines what stands before.
        drop(walked);
        numbering
    }

    /// The number or bullet of the next paragraph of a list at a level, from 0; none for an unknown list.
    pub(super) fn next(&mut self, number: &str, level: usize) -> Option<String> {
        let list = self.of.get(number)?.clone();
        let levels = self.lists.get(&list)?;
        let level = level.min(LEVELS - 1);
        let own = levels.get(level)?;
        let counted = self.counted.entry(list.clone()).or_insert([None; LEVELS]);
        for (at, start) in self.restarts.remove(number).unwrap_or_default() {
            if let Some(place) = counted.get_mut(at) {
                *place = start.checked_sub(1);
            }
        }
        let place = counted.get_mut(level)?;
        *place = Some(place.map_or(own.start, |before| before.saturating_add(1)));
        // Deeper levels begin again.
        counted
            .iter_mut()
            .skip(level + 1)
            .for_each(|deeper| *deeper = None);
        if own.format == "bullet" {
            return Some("•".to_owned());
        }
        let mut text = own.text.clone();
        for (at, definition) in levels.iter().enumerate().take(level + 1) {
            let value = counted.get(at).copied().flatten().unwrap_or(definition.start);
            text = text.replace(&format!("%{}", at + 1), &written(value, &definition.format));
        }
        Some(text).filter(|text| !text.trim().is_empty())
    }
}

/// A number in a list's way of counting.
fn written(value: u32, format: &str) -> String {
    let letters = |first: u8| {
        let at = value.saturating_sub(1);
        let letter = char::from(first + u8::try_from(at % 26).unwrap_or(0));
        letter.to_string().repeat((at / 26 + 1).min(5) as usize)
    };
    match format {
        "none" => String::new(),
        "lowerLetter" => letters(b'a'),
        "upperLetter" => letters(b'A'),
        "lowerRoman" => roman(value).to_lowercase(),
        "upperRoman" => roman(value),
        "decimalZero" => format!("{value:02}"),
        _ => value.to_string(),
    }
}

fn roman(value: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut left = value.min(3_999);
    let mut text = String::new();
    for (worth, sign) in SIGNS {
        while left >= worth {
            text.push_str(sign);
            left -= worth;
        }
    }
    text
}
