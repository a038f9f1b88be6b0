//! Titles of qualifications and headings of units (practice section 2.2).

use super::codes::{SPEC_HEADING, SPEC_TITLE_NVQ, SPEC_TITLE_PARTS, SPEC_TITLE_WORD};
use super::finding::Findings;
use crate::qualification::Size;
use crate::specification::Specification;

/// Words that would make a qualification look like a degree.
const REFUSED: [&str; 11] = [
    "honours",
    "master",
    "masters",
    "master's",
    "graduate",
    "postgraduate",
    "bachelor",
    "bachelors",
    "bachelor's",
    "doctorate",
    "doctoral",
];

pub(super) fn check(specification: &Specification, findings: &mut Findings) {
    let short = &specification.document.awarding_body_short;
    // The word went out of use with the framework it names; older documents may still carry it.
    let after_2017 = specification.document.issued.as_str() >= "2018";
    for qualification in &specification.qualifications {
        let place = format!("qualification {}, title", qualification.code);
        let title = &qualification.title;
        let words: Vec<String> = title
            .split(|character: char| !(character.is_alphanumeric() || character == '\'' || character == '’'))
            .map(|word| word.replace('’', "'").to_lowercase())
            .filter(|word| !word.is_empty())
            .collect();
        let has = |wanted: &str| words.iter().any(|word| *word == wanted.to_lowercase());
        let mut part = |there: bool, what: String| {
            if !there {
                findings.add(
                    &SPEC_TITLE_PARTS,
                    place.clone(),
                    format!("\"{title}\" lacks {what}"),
                );
                findings.printed(title);
            }
        };
        part(
            title
                .to_lowercase()
                .starts_with(&format!("{} ", short.to_lowercase())),
            format!("the awarding body ({short}) at its beginning"),
        );
        let level = qualification.level.to_string();
        let at_level = words
            .iter()
            .zip(words.iter().skip(1))
            .any(|(a, b)| a == "level" && *b == level);
        part(
            at_level || qualification.level == 0 && has("entry"),
            format!("\"Level {level}\""),
        );
        part(
            has(qualification.size.word()),
            format!("the size word \"{}\"", qualification.size),
        );
        for other in Size::ALL.into_iter().filter(|size| *size != qualification.size) {
            if has(other.word()) {
                findings.add(
                    &SPEC_TITLE_WORD,
                    place.clone(),
                    format!("\"{title}\" says {other} but the size is {}", qualification.size),
                );
            }
        }
        for word in &words {
            if REFUSED.contains(&word.as_str()) || (word == "qcf" && after_2017) {
                findings.add(
                    &SPEC_TITLE_WORD,
                    place.clone(),
                    format!("\"{title}\" uses the refused word \"{word}\""),
                );
            }
        }
        if has("nvq") {
            findings.add(&SPEC_TITLE_NVQ, place, format!("\"{title}\" says NVQ"));
        }
    }
    for unit in &specification.units {
        let Some(heading) = &unit.heading else { continue };
        if plain(heading) != plain(&unit.title) {
            let message = format!("the heading \"{heading}\" is not the title \"{}\"", unit.title);
            findings.add(&SPEC_HEADING, format!("unit {}, heading", unit.number), message);
            findings.printed(heading);
        }
    }
}

/// For comparison: headings are often set in capitals.
fn plain(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}
