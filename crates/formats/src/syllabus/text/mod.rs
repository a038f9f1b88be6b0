//! The reader of text as it comes out of a PDF.
//!
//! It relies on what such documents have in common and on no line numbers: blocks of labels and values at the head of a
//! unit, numbers before outcomes and criteria, command verbs, sentences. A table may have lost its columns. The steps:
//! `lines` parts the text into cells and takes page furniture out; `sections` finds the units; `unit` reads outcomes,
//! criteria and pieces of guidance by what each cell says; `passages` and `attach` give each passage to the criteria it
//! speaks about; `qualification`, `rule_words`, `document` and `dates` read the front matter.

mod attach;
mod dates;
mod document;
mod field;
mod heads;
mod label;
mod lines;
mod markup;
mod passages;
mod qualification;
mod rule_words;
mod sections;
mod unit;

use std::collections::BTreeMap;

use assay_specification::UnitReference;

use self::field::{Hit, Label};
use self::lines::Line;
use self::sections::{Entry, Section};
use super::codes;
use super::draft::{Draft, Field, Found, UnitDraft};
use super::finding::{Finding, Place};
use crate::decoding::{TextEncoding, decode, looks_like_text};
use crate::refusal::{ReadRefusal, RefusalCode};

/// The longest text that is read, in bytes. A syllabus of three hundred pages has about one million.
pub const LONGEST_TEXT: usize = 16 * 1024 * 1024;
/// Most lines with words that are read, and most units.
const MOST_LINES: usize = 200_000;
const MOST_UNITS: usize = 1_000;
/// Most lines with words of one unit.
const MOST_UNIT_LINES: usize = 5_000;

/// Reads the bytes of a text file. The encoding is told from the bytes.
///
/// # Errors
///
/// [`ReadRefusal`] when the file is empty, longer than [`LONGEST_TEXT`] or no text.
pub fn read_text_file(bytes: &[u8]) -> Result<Draft, ReadRefusal> {
    if bytes.len() > LONGEST_TEXT {
        return Err(too_long(bytes.len() as u64));
    }
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(ReadRefusal::new(
            RefusalCode::NotADocument,
            "This file is empty: there is no word in it.",
            "Choose the file that holds the syllabus. A PDF of pictures has to be read by text recognition first.",
        ));
    }
    if !looks_like_text(bytes)
        || bytes.contains(&0)
            && !matches!(
                decode(bytes).encoding,
                TextEncoding::Utf16Le | TextEncoding::Utf16Be
            )
    {
        return Err(ReadRefusal::new(
            RefusalCode::NotADocument,
            "This file is not text.",
            "Hand in the syllabus as a PDF, a Word document (.docx) or as the text taken out of it.",
        ));
    }
    let decoded = decode(bytes);
    let mut draft = read_text(&decoded.text);
    draft.document.source_sha256 = Some(sha256(bytes));
    if decoded.encoding == TextEncoding::Windows1252 {
        let finding = Finding::new(
            &codes::IMPORT_ENCODING,
            "document",
            "the file is not UTF-8; it was read as Windows-1252 (Western European)",
        )
        .suggest("Look at quotation marks and dashes; where they are wrong, save the file again as UTF-8.");
        let finding = match first_strange(&decoded.text) {
            Some((place, line)) => finding.at(place).show(line),
            None => finding,
        };
        draft.findings.insert(0, finding);
    } else if decoded.replaced {
        let finding = Finding::new(
            &codes::IMPORT_ENCODING,
            "document",
            format!("some bytes are no characters in {}", decoded.encoding.in_words()),
        )
        .suggest("Save the file again as UTF-8, or copy the marked places from the document.");
        draft.findings.insert(0, finding);
    }
    Ok(draft)
}

/// The refusal of a file of so many bytes, for whoever knows the size before reading.
pub fn too_long(bytes: u64) -> ReadRefusal {
    ReadRefusal::new(
        RefusalCode::TooLarge,
        format!(
            "This file has {} MiB; the text of a syllabus has at most {}.",
            bytes.div_ceil(1024 * 1024),
            LONGEST_TEXT / (1024 * 1024)
        ),
        "Hand in the text of one syllabus, without pictures.",
    )
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect()
}

/// The first character that is not ASCII.
fn first_strange(text: &str) -> Option<(Place, &str)> {
    text.lines().enumerate().find_map(|(index, line)| {
        let column = u32::try_from(line.chars().position(|c| !c.is_ascii())?).ok()? + 1;
        Some((
            Place::line(u32::try_from(index).ok()? + 1).at_columns(column, column),
            line,
        ))
    })
}

/// Reads a text. Nothing is refused: what is not there is missing from the draft and told in its findings.
pub fn read_text(text: &str) -> Draft {
    let mut draft = Draft::default();
    let mut lines = field::unstack(lines::lines(text));
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        draft.add(
            Finding::new(
                &codes::IMPORT_TOO_LONG,
                "document",
                format!("only the first {MOST_LINES} lines with words were read"),
            )
            .suggest("Hand in the text of one syllabus."),
        );
    }
    let hits: Vec<Vec<Hit>> = lines.iter().map(field::hits).collect();
    let entries = sections::contents(&lines);
    let mut sections = sections::units(&lines, &hits, &entries);
    if sections.len() > MOST_UNITS {
        sections.truncate(MOST_UNITS);
        draft.add(
            Finding::new(
                &codes::IMPORT_TOO_LONG,
                "document",
                format!("only the first {MOST_UNITS} units were read"),
            )
            .suggest("Hand in the text of one syllabus."),
        );
    }
    let front_end = sections.first().map_or(lines.len(), |first| first.from);
    let front = lines.get(..front_end).unwrap_or_default();
    draft.qualifications = qualification::qualifications(front, &hits);
    draft.document = document::document(front, &lines, &hits, &draft.qualifications);
    draft.document.contents = sections::contents_lines(&lines, &entries);
    draft.terms = document::terms(front);
    for section in &sections {
        let unit = unit(&lines, &hits, section, &mut draft);
        draft.units.push(unit);
    }
    titles(&lines, &entries, &mut draft);
    rules(&mut draft);
    if draft.units.is_empty() {
        not_a_syllabus(&lines, &mut draft);
    }
    draft.show_lines(text);
    draft
}

/// One unit: its heading, its labels, its outcomes and criteria.
fn unit(lines: &[Line], hits: &[Vec<Hit>], section: &Section, draft: &mut Draft) -> UnitDraft {
    let mut unit = UnitDraft::default();
    let to = section.to.min(section.from.saturating_add(MOST_UNIT_LINES));
    let own = lines.get(section.from..to).unwrap_or_default();
    let mut skip = vec![false; own.len()];
    let mut put_by = |index: usize| {
        if let Some(skip) = index.checked_sub(section.from).and_then(|at| skip.get_mut(at)) {
            *skip = true;
        }
    };
    heading(lines, section, &mut unit);
    section.heading.iter().for_each(|index| put_by(*index));
    let mut body_begun = false;
    for index in section.from..to {
        let Some(line) = lines.get(index) else { break };
        let in_block = section.labels.contains(&index);
        body_begun |= !in_block && heads::is_table_head(&line.text());
        for hit in hits.get(index).into_iter().flatten() {
            let aims = hit.label == Label::Aims;
            if !(in_block || aims || !body_begun && line.cells.len() <= 3) {
                continue;
            }
            if aims && unit.aims.is_none() {
                for taken in aims_at(lines, index, to, hit, &mut unit) {
                    put_by(taken);
                }
            } else {
                let next = lines.get(index + 1);
                take(hit, next, &mut unit);
                if hit.label == Label::UnitTitle && rest_of_title(hit, next, &mut unit) {
                    put_by(index + 1);
                }
            }
            put_by(index);
        }
        if in_block {
            put_by(index);
        }
    }
    // A value on the line below its label is no part of the body.
    for index in &section.labels {
        let bare = hits.get(*index).is_some_and(|hits| {
            hits.len() == 1
                && hits
                    .iter()
                    .all(|hit| hit.value.is_none() && hit.label != Label::Aims)
        });
        if bare {
            put_by(index + 1);
        }
    }
    let name = unit.in_words();
    if to < section.to {
        let finding = Finding::new(
            &codes::IMPORT_TOO_LONG,
            name.as_str(),
            format!("only its first {MOST_UNIT_LINES} lines with words were read"),
        );
        draft.add(finding.suggest("Look whether the heading of the next unit was missed."));
    }
    let mut body = unit::scan(own, &skip, &name);
    unit.loose_guidance = attach::attach(&mut body, &name);
    unit.outcomes = body.outcomes;
    draft.findings.extend(body.findings);
    unit
}

fn heading(lines: &[Line], section: &Section, unit: &mut UnitDraft) {
    for line in section.heading.iter().filter_map(|index| lines.get(*index)) {
        let text = line.text();
        match sections::unit_heading(&text) {
            Some((number, title)) => {
                unit.number = Some(Found::new(number, line.place()));
                if let Some(title) = title {
                    unit.title = Some(Found::new(title, line.place()));
                }
            }
            // The second line of a heading that has a number and a title.
            None if unit.number.is_some() && unit.title.is_some() => {
                if let Some(title) = &mut unit.title {
                    title.value.push(' ');
                    title.value.push_str(&text);
                    title.at.push(line.place());
                }
            }
            None => {
                unit.heading = Some(Found::new(text.clone(), line.place()));
                unit.title.get_or_insert_with(|| Found::new(text, line.place()));
            }
        }
    }
}

/// Takes a label's value into the unit, unless one was taken before.
fn take(hit: &Hit, next: Option<&Line>, unit: &mut UnitDraft) {
    let (value, place) = match (&hit.value, next) {
        (Some(value), _) => (value.clone(), hit.place.clone()),
        (None, Some(next)) if next.cells.len() == 1 && field::label(&next.text()).is_none() => {
            (next.text(), next.place())
        }
        _ => return,
    };
    let text = || Some(Found::new(value.clone(), place.clone()));
    let whole = || field::whole(&value).map(|number| Found::new(number, place.clone()));
    fn first<T>(field: &mut Field<T>, value: Option<Found<T>>) {
        if field.is_none() {
            *field = value;
        }
    }
    match hit.label {
        Label::UnitNumber => {
            // A register's reference under "Unit number" is the reference.
            if UnitReference::as_written(&value).is_ok() {
                first(&mut unit.reference, text());
            } else if value.chars().count() <= 40 && value.chars().any(|c| c.is_ascii_digit()) {
                let number =
                    sections::unit_heading(&value).map_or_else(|| value.clone(), |(number, _)| number);
                unit.number = Some(Found::new(number, place.clone()));
            }
        }
        Label::UnitReference => first(&mut unit.reference, text()),
        Label::UnitTitle => unit.title = text(),
        Label::Level => first(
            &mut unit.level,
            field::level(&value).map(|level| Found::new(level, place.clone())),
        ),
        Label::Credits => first(&mut unit.credits, whole()),
        Label::UnitTime | Label::QualificationTime => first(&mut unit.tut, whole()),
        Label::GuidedHours => first(&mut unit.glh, whole()),
        _ => {}
    }
}

/// The second line of a title that a narrow column cut. Says whether there was one.
fn rest_of_title(hit: &Hit, next: Option<&Line>, unit: &mut UnitDraft) -> bool {
    let (Some(value), Some(next), Some(title)) = (&hit.value, next, &mut unit.title) else {
        return false;
    };
    if title.value != *value || !sections::goes_on(value, next) {
        return false;
    }
    title.value.push(' ');
    title.value.push_str(&next.text());
    title.at.push(next.place());
    true
}

/// The aims: the value beside the label, else the paragraph under it. Answers which lines were taken.
fn aims_at(lines: &[Line], index: usize, to: usize, hit: &Hit, unit: &mut UnitDraft) -> Vec<usize> {
    let mut taken = Vec::new();
    let mut found = hit
        .value
        .as_ref()
        .map(|value| Found::new(value.clone(), hit.place.clone()));
    for below in index + 1..to {
        let Some(line) = lines.get(below) else { break };
        let text = line.text();
        let goes_on = match &found {
            None => true,
            Some(_) => !line.after_gap,
        };
        let ends = line.cells.len() > 1
            || line.bullet
            || !goes_on
            || heads::is_table_head(&text)
            || heads::is_end_head(&text)
            || field::hits(line).iter().any(|hit| hit.label != Label::UnitNumber)
            || label::begins_with_number(&text);
        if ends {
            break;
        }
        match &mut found {
            Some(found) => {
                found.value.push(' ');
                found.value.push_str(&text);
                found.at.push(line.place());
            }
            None => found = Some(Found::new(text, line.place())),
        }
        taken.push(below);
    }
    unit.aims = found;
    taken
}

/// A unit's title as the tables and the contents list give it, where its own page has it in capitals; and its page.
fn titles(lines: &[Line], entries: &[Entry], draft: &mut Draft) {
    let mut listed: BTreeMap<String, (String, u32, Place)> = BTreeMap::new();
    for entry in entries {
        if let (Some((number, Some(title))), Some(line)) =
            (sections::unit_heading(&entry.heading), lines.get(entry.line))
        {
            listed.insert(number.to_lowercase(), (title, entry.page, line.place()));
        }
    }
    let mut in_tables: BTreeMap<String, Found<String>> = BTreeMap::new();
    for row in draft.qualifications.iter().flat_map(|one| &one.table) {
        if let (Some(unit), Some(title)) = (&row.unit, &row.title) {
            in_tables
                .entry(unit.value.to_lowercase())
                .or_insert_with(|| title.clone());
        }
    }
    let mut findings = Vec::new();
    for unit in &mut draft.units {
        let Some(number) = unit.number.as_ref().map(|found| found.value.to_lowercase()) else {
            continue;
        };
        let entry = listed.get(&number);
        if let Some((_, page, _)) = entry {
            unit.page = Some(*page);
        }
        let capitals = unit
            .title
            .as_ref()
            .is_none_or(|title| sections::is_capitals(&title.value));
        if capitals {
            let printed = in_tables
                .get(&number)
                .cloned()
                .or_else(|| entry.map(|(title, _, place)| Found::new(title.clone(), place.clone())));
            if let Some(printed) = printed {
                unit.title = Some(printed);
            }
        }
        if let (Some((listed, _, place)), Some(title)) = (entry, &unit.title)
            && heads::plain(listed) != heads::plain(&title.value)
        {
            findings.push(
                Finding::new(
                    &codes::IMPORT_TITLES_DIFFER,
                    format!("{}, title", unit.in_words()),
                    format!(
                        "the contents list calls it \"{listed}\", the table or its page \"{}\"",
                        title.value
                    ),
                )
                .at(place.clone())
                .suggest("Take the title of the register; list the other under errata."),
            );
        }
    }
    contents_against_headings(lines, entries, &mut findings);
    draft.findings.extend(findings);
}

/// Lines of the contents list whose words stand nowhere as a heading.
fn contents_against_headings(lines: &[Line], entries: &[Entry], findings: &mut Vec<Finding>) {
    let listed: Vec<usize> = entries.iter().map(|entry| entry.line).collect();
    let plain = |text: &str| heads::plain(text).replace('&', "and");
    let headings: Vec<String> = lines
        .iter()
        .enumerate()
        .filter(|(index, line)| !listed.contains(index) && line.cells.len() == 1 && !line.bullet)
        .map(|(_, line)| line.text())
        .filter(|text| text.chars().count() < 120)
        .map(|text| plain(&text))
        .collect();
    for entry in entries
        .iter()
        .filter(|entry| sections::unit_heading(&entry.heading).is_none())
    {
        let wanted = plain(&entry.heading);
        if headings.contains(&wanted) {
            continue;
        }
        let Some(line) = lines.get(entry.line) else {
            continue;
        };
        let first = |text: &str| text.split(' ').take(2).map(str::to_owned).collect::<Vec<_>>();
        let near = headings.iter().find(|heading| first(heading) == first(&wanted));
        let message = match near {
            Some(near) => format!("no heading says \"{}\"; one says \"{near}\"", entry.heading),
            None => format!("no heading says \"{}\"", entry.heading),
        };
        findings.push(
            Finding::new(&codes::IMPORT_CONTENTS_DIFFER, "document, contents", message)
                .at(line.place())
                .suggest("Compare the contents list with the document; nothing else rests on it."),
        );
    }
}

/// The rules that the words give.
fn rules(draft: &mut Draft) {
    let mut findings = Vec::new();
    for one in &mut draft.qualifications {
        let Some(words) = &one.rule_words else { continue };
        match rule_words::understand(&words.value, &one.table) {
            Ok(rule) => {
                if one.minimum_credits.is_none()
                    && let [group] = rule.groups.as_slice()
                    && let Some(credits) = group
                        .credits
                        .map(|bounds| bounds.least())
                        .or(rule.credits.map(|bounds| bounds.least()))
                {
                    one.minimum_credits = Some(Found::across(credits, words.at.clone()));
                }
                one.rule = Some(Found::across(rule, words.at.clone()));
            }
            Err(because) => {
                let name = one
                    .title
                    .as_ref()
                    .map_or("a qualification", |title| title.value.as_str());
                let place = words.first_place().cloned().unwrap_or_default();
                findings.push(
                    Finding::new(
                        &codes::IMPORT_RULE_WORDS,
                        format!("qualification {name}, rule"),
                        format!("the rule of combination was not understood: {because}"),
                    )
                    .at(place)
                    .suggest(
                        "Write the rule as data; docs/rules-of-combination.md has an example of each shape.",
                    ),
                );
            }
        }
    }
    draft.findings.extend(findings);
}

fn not_a_syllabus(lines: &[Line], draft: &mut Draft) {
    let finding = Finding::new(
        &codes::IMPORT_NOT_A_SYLLABUS,
        "document",
        "nothing in this text looks like a unit with outcomes and criteria",
    )
    .suggest("Look whether this is the syllabus, and whether its tables are in the text at all.");
    draft.add(match lines.first() {
        Some(first) => finding.at(first.place()).show(&first.raw),
        None => finding,
    });
}
