//! A rule of combination in words becomes a rule as data, where every word of it is understood; else it does not.

use assay_specification::UnitNumber;
use assay_specification::rule::{Bounds, Every, Group, Rule, Take};

use crate::syllabus::draft::RowDraft;

/// What a sentence asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asked {
    All,
    Credits(u32),
    AtLeastUnits(u32),
    Units(u32),
}

/// Words that carry no condition of their own.
const FILLERS: &[&str] = &[
    "learners",
    "learner",
    "candidates",
    "candidate",
    "must",
    "need",
    "needs",
    "to",
    "complete",
    "achieve",
    "take",
    "are",
    "is",
    "required",
    "have",
    "be",
    "any",
    "combination",
    "of",
    "units",
    "unit",
    "a",
    "an",
    "minimum",
    "at",
    "least",
    "credits",
    "credit",
    "from",
    "the",
    "in",
    "order",
    "this",
    "qualification",
    "all",
    "group",
    "mandatory",
    "optional",
    "core",
    "total",
    "obtain",
    "gain",
    "by",
    "completing",
    "achieving",
    "each",
    "both",
    "full",
    "it",
    "following",
    "listed",
    "below",
    "award",
    "awarded",
    "successfully",
    "further",
    "additional",
    "list",
    "section",
    "other",
    "and",
    "plus",
    "for",
    "up",
];

/// The rule that the words give over the rows of a printed table.
///
/// # Errors
///
/// What could not be understood, as the end of a sentence.
pub(super) fn understand(words: &str, rows: &[RowDraft]) -> Result<Rule, String> {
    let lower = words
        .to_lowercase()
        .replace(['\u{2019}', '('], " ")
        .replace(')', " ");
    let lower = lower.trim().trim_end_matches('.');
    if lower.contains(". ") {
        return Err("it is told in several sentences".to_owned());
    }
    let mut groups: Vec<Group> = Vec::new();
    let mut overall: Option<u32> = None;
    for clause in clauses(lower) {
        let (asked, named) = clause_of(&clause)?;
        match named {
            Some(name) => groups.push(group(&name, asked, rows)?),
            None => match asked {
                Asked::Credits(credits) if groups.is_empty() && overall.is_none() => overall = Some(credits),
                Asked::All => groups.push(whole(rows, Some(Take::All(Every::All)), None)?),
                Asked::Units(number) => {
                    let exactly = Bounds {
                        exactly: Some(number),
                        ..Bounds::default()
                    };
                    groups.push(whole(rows, Some(Take::Number(exactly)), None)?);
                }
                Asked::AtLeastUnits(number) => {
                    groups.push(whole(rows, Some(Take::Number(Bounds::at_least(number))), None)?);
                }
                Asked::Credits(_) => return Err(format!("\"{clause}\" does not say from which units")),
            },
        }
    }
    let grouped: Vec<&RowDraft> = rows.iter().filter(|row| row.group.is_some()).collect();
    match (overall, groups.is_empty()) {
        (Some(credits), true) if grouped.is_empty() => {
            groups.push(whole(rows, None, Some(Bounds::at_least(credits)))?);
            Ok(Rule {
                groups,
                ..Rule::default()
            })
        }
        (None, false) => Ok(Rule {
            groups,
            ..Rule::default()
        }),
        (Some(credits), false) => Ok(Rule {
            groups,
            credits: Some(Bounds::at_least(credits)),
            ..Rule::default()
        }),
        (Some(_), true) => Err("the table has groups of which the words say nothing".to_owned()),
        (None, true) => Err("no number of units or credits stands in it".to_owned()),
    }
}

/// Parts at "and" and "plus" where both sides ask for something.
fn clauses(text: &str) -> Vec<String> {
    let mut made: Vec<String> = Vec::new();
    for part in text
        .replace(" plus ", " and ")
        .replace([',', ';', ':'], " and ")
        .split(" and ")
    {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        let asks = part
            .split_whitespace()
            .any(|word| word == "all" || number(word).is_some());
        match made.last_mut() {
            Some(last) if !asks => {
                last.push_str(" and ");
                last.push_str(part);
            }
            _ => made.push(part.to_owned()),
        }
    }
    // Words before the first number belong to what follows.
    if made.len() > 1
        && made.first().is_some_and(|first| {
            !first
                .split_whitespace()
                .any(|word| word == "all" || number(word).is_some())
        })
    {
        let first = made.remove(0);
        if let Some(next) = made.first_mut() {
            *next = format!("{first} {next}");
        }
    }
    made
}

fn number(word: &str) -> Option<u32> {
    const WORDS: [&str; 10] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    ];
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    word.parse().ok().or_else(|| {
        WORDS
            .iter()
            .position(|one| *one == word)
            .and_then(|at| u32::try_from(at + 1).ok())
    })
}

/// What a clause asks for and from which group.
fn clause_of(clause: &str) -> Result<(Asked, Option<String>), String> {
    let words: Vec<&str> = clause
        .split_whitespace()
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric() && c != '-'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut asked = None;
    let mut group = None;
    for (index, word) in words.iter().enumerate() {
        let next = words.get(index + 1).copied().unwrap_or_default();
        let before = |back: usize| {
            index
                .checked_sub(back)
                .and_then(|at| words.get(at))
                .copied()
                .unwrap_or_default()
        };
        if *word == "group" && next.chars().count() <= 2 && !next.is_empty() && number(before(1)).is_none() {
            group = Some(format!("group {next}"));
        } else if matches!(*word, "mandatory" | "optional" | "core") && group.is_none() {
            group = Some((*word).to_owned());
        } else if *word == "all" {
            asked.get_or_insert(Asked::All);
        } else if let Some(number) = number(word) {
            let tail: Vec<&str> = words.iter().skip(index + 1).take(3).copied().collect();
            let least =
                before(2) == "at" && before(1) == "least" || before(2) == "minimum" && before(1) == "of";
            let found = if tail.contains(&"credits") || tail.contains(&"credit") {
                Asked::Credits(number)
            } else if tail.iter().any(|word| matches!(*word, "unit" | "units")) {
                if least {
                    Asked::AtLeastUnits(number)
                } else {
                    Asked::Units(number)
                }
            } else {
                return Err(format!("\"{clause}\" has the number {number} of something else"));
            };
            match asked {
                None | Some(Asked::All) => asked = Some(found),
                Some(_) => return Err(format!("\"{clause}\" has two numbers")),
            }
        } else if FILLERS.contains(word) || before(1) == "group" && word.chars().count() <= 2 {
            continue;
        } else {
            return Err(format!("the word \"{word}\" was not understood"));
        }
    }
    let asked = asked.ok_or_else(|| format!("\"{clause}\" asks for no number"))?;
    Ok((asked, group))
}

/// The units of rows whose group is so called.
fn group(name: &str, asked: Asked, rows: &[RowDraft]) -> Result<Group, String> {
    let own: Vec<&RowDraft> = rows
        .iter()
        .filter(|row| {
            row.group
                .as_ref()
                .is_some_and(|group| group.value.to_lowercase().contains(name))
        })
        .collect();
    let printed = own
        .first()
        .and_then(|row| row.group.as_ref())
        .map(|group| group.value.clone())
        .ok_or_else(|| format!("no rows stand under \"{name}\" in the table"))?;
    let (take, credits) = match asked {
        Asked::All => (Some(Take::All(Every::All)), None),
        Asked::Credits(number) => (None, Some(Bounds::at_least(number))),
        Asked::Units(number) => (
            Some(Take::Number(Bounds {
                exactly: Some(number),
                ..Bounds::default()
            })),
            None,
        ),
        Asked::AtLeastUnits(number) => (Some(Take::Number(Bounds::at_least(number))), None),
    };
    Ok(Group {
        name: Some(printed),
        units: units(&own)?,
        take,
        credits,
        ..Group::default()
    })
}

fn whole(rows: &[RowDraft], take: Option<Take>, credits: Option<Bounds>) -> Result<Group, String> {
    let own: Vec<&RowDraft> = rows.iter().collect();
    Ok(Group {
        name: None,
        units: units(&own)?,
        take,
        credits,
        ..Group::default()
    })
}

fn units(rows: &[&RowDraft]) -> Result<Vec<UnitNumber>, String> {
    let units: Vec<UnitNumber> = rows
        .iter()
        .map(|row| {
            row.unit
                .as_ref()
                .and_then(|found| found.value.parse().ok())
                .ok_or_else(|| "a row of the table has no unit number".to_owned())
        })
        .collect::<Result<_, _>>()?;
    if units.is_empty() {
        return Err("no table of units was found for it".to_owned());
    }
    Ok(units)
}
