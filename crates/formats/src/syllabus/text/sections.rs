//! Where the units of a text begin and end, and what its contents list says.

use std::collections::BTreeSet;

use super::field::{self, Hit, Label};
use super::heads;
use super::label;
use super::lines::Line;
use crate::syllabus::draft::{ContentsLine, Found};
use crate::syllabus::words::{begins_like_outcome, begins_lower, ends_open, ends_sentence};

/// A unit's lines.
#[derive(Debug, Clone)]
pub(super) struct Section {
    /// Index of its first line (its heading, where it has one) and of the line after its last.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Lines of its heading, in order.
    pub(super) heading: Vec<usize>,
    /// Lines of its block of labels and values.
    pub(super) labels: BTreeSet<usize>,
}

/// A line of the contents list.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) line: usize,
    pub(super) heading: String,
    pub(super) page: u32,
}

/// `Unit 7002V1 – Title`, `Unit 01: Title`, `UNIT 3 Title`, `Unit 301`.
pub(super) fn unit_heading(text: &str) -> Option<(String, Option<String>)> {
    let rest = text
        .get(..5)
        .filter(|head| head.eq_ignore_ascii_case("unit "))
        .and(text.get(5..))?;
    let rest = rest.trim_start();
    let end = rest
        .find(|c: char| c.is_whitespace() || c == ':')
        .unwrap_or(rest.len());
    let number = rest.get(..end)?.trim_end_matches([':', '.', ',', '-', '–']);
    let fits = number.len() <= 20
        && number.chars().any(|c| c.is_ascii_digit())
        && number
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | '/'));
    if !fits {
        return None;
    }
    let title = rest
        .get(end..)
        .unwrap_or_default()
        .trim_start_matches([':', '-', '–', '—', ' ', '.'])
        .trim();
    (title.chars().count() <= 200).then(|| (number.to_owned(), (!title.is_empty()).then(|| title.to_owned())))
}

/// The contents list, by its heading.
pub(super) fn contents(lines: &[Line]) -> Vec<Entry> {
    let Some(start) = lines.iter().position(|line| {
        matches!(
            heads::plain(&line.text()).as_str(),
            "contents" | "table of contents" | "contents page"
        )
    }) else {
        return Vec::new();
    };
    let mut entries = Vec::new();
    let mut strangers = 0;
    for (index, line) in lines.iter().enumerate().skip(start + 1) {
        match entry(line) {
            Some((heading, page)) => {
                strangers = 0;
                entries.push(Entry {
                    line: index,
                    heading,
                    page,
                });
            }
            None => strangers += 1,
        }
        if strangers > 2 {
            break;
        }
    }
    entries
}

fn entry(line: &Line) -> Option<(String, u32)> {
    let text = line.text();
    let page = |text: &str| {
        text.trim_matches('*')
            .parse::<u32>()
            .ok()
            .filter(|page| *page < 2000)
    };
    if text.chars().count() > 200 {
        return None;
    }
    if let Some((first, rest)) = text.split_once(' ')
        && let Some(number) = page(first)
        && rest.starts_with(|c: char| c.is_alphabetic())
    {
        return Some((rest.to_owned(), number));
    }
    let (rest, last) = text.rsplit_once([' ', '.'])?;
    let heading = rest.trim_end_matches(['.', ' ', '…', '_']);
    let dotted = rest.ends_with(['.', '…', '_']) || line.cells.len() > 1 || rest.len() > heading.len();
    let number = page(last)?;
    (heading.starts_with(|c: char| c.is_alphanumeric())
        && (dotted || unit_heading(heading).is_some() || !heading.is_empty()))
    .then(|| (heading.to_owned(), number))
}

/// The contents list as the draft holds it; units have their page instead.
pub(super) fn contents_lines(lines: &[Line], entries: &[Entry]) -> Vec<Found<ContentsLine>> {
    entries
        .iter()
        .filter(|entry| unit_heading(&entry.heading).is_none())
        .filter_map(|entry| {
            let place = lines.get(entry.line)?.place();
            let line = ContentsLine {
                heading: entry.heading.clone(),
                page: entry.page,
            };
            Some(Found::new(line, place))
        })
        .collect()
}

fn is_unit_label(hit: &Hit) -> bool {
    matches!(
        hit.label,
        Label::UnitNumber
            | Label::UnitReference
            | Label::UnitTitle
            | Label::Level
            | Label::Credits
            | Label::UnitTime
            | Label::GuidedHours
            | Label::Aims
    )
}

/// The units of a text, by their blocks of labels and by their headings.
pub(super) fn units(lines: &[Line], hits: &[Vec<Hit>], entries: &[Entry]) -> Vec<Section> {
    let listed: BTreeSet<usize> = entries.iter().map(|entry| entry.line).collect();
    let mut starts = blocks(lines, hits, &listed);
    let taken: BTreeSet<usize> = starts
        .iter()
        .flat_map(|one| one.heading.iter().copied())
        .collect();
    let beside: BTreeSet<usize> = starts
        .iter()
        .flat_map(|one| (one.from.saturating_sub(2)..=one.from + 2).chain(one.labels.iter().copied()))
        .collect();
    for (index, line) in lines.iter().enumerate() {
        let heading = line.lone_text().filter(|text| unit_heading(text).is_some());
        let beside = beside.contains(&index);
        let row = line.cells.len() > 1;
        if heading.is_none()
            || row
            || line.bullet
            || listed.contains(&index)
            || taken.contains(&index)
            || beside
        {
            continue;
        }
        if heading.is_some_and(|text| text.ends_with('.')) {
            continue;
        }
        starts.push(Section {
            from: index,
            to: 0,
            heading: match lines.get(index + 1) {
                Some(rest) if goes_on_with(line, rest) => vec![index, index + 1],
                _ => vec![index],
            },
            labels: BTreeSet::new(),
        });
    }
    starts.sort_by_key(|one| one.from);
    let ends: Vec<usize> = starts
        .iter()
        .skip(1)
        .map(|one| one.from)
        .chain([lines.len()])
        .collect();
    for (one, end) in starts.iter_mut().zip(ends) {
        one.to = end;
    }
    // The heading of a page that goes on with the same unit begins no second one.
    let holds = |one: &Section| {
        !one.labels.is_empty() || has_criteria(lines.get(one.from..one.to).unwrap_or_default())
    };
    let mut kept: Vec<Section> = Vec::new();
    for one in starts {
        let name = |section: &Section| {
            section
                .heading
                .first()
                .and_then(|line| lines.get(*line))
                .map(Line::text)
        };
        match kept.last_mut() {
            Some(last) if one.labels.is_empty() && name(last).is_some() && name(last) == name(&one) => {
                last.to = one.to
            }
            _ if holds(&one) => kept.push(one),
            Some(last) if last.to == one.from => last.to = one.to,
            _ => {}
        }
    }
    kept
}

/// Whether numbered criteria, or an outcome that reads like one, stand in some lines.
fn has_criteria(lines: &[Line]) -> bool {
    lines.iter().any(|line| {
        line.cells.iter().any(|cell| {
            let text = cell.text();
            match label::split(&text) {
                Some((label::Label::Criterion { .. }, _)) => true,
                Some((label::Label::Outcome { .. }, rest)) => begins_like_outcome(rest),
                None => false,
            }
        })
    })
}

/// Blocks of labels and values that identify a unit, each with the heading above it.
fn blocks(lines: &[Line], hits: &[Vec<Hit>], listed: &BTreeSet<usize>) -> Vec<Section> {
    let mut made: Vec<Section> = Vec::new();
    let mut block: Vec<usize> = Vec::new();
    let mut kinds: Vec<Label> = Vec::new();
    let found = |line: usize| -> Vec<Label> {
        let own: Vec<&Hit> = hits
            .get(line)
            .into_iter()
            .flatten()
            .filter(|hit| is_unit_label(hit))
            .collect();
        // A row of labels without values is the head of a table.
        if own.len() > 2 && own.iter().all(|hit| hit.value.is_none()) || listed.contains(&line) {
            return Vec::new();
        }
        own.iter().map(|hit| hit.label).collect()
    };
    let of_qualification = |line: usize| {
        hits.get(line).into_iter().flatten().any(|hit| {
            matches!(
                hit.label,
                Label::QualificationTitle | Label::QualificationNumber | Label::QualificationCode
            )
        })
    };
    // The last line of the labels of a qualification: credits and hours after it are not a unit's.
    let mut qualification: Option<usize> = None;
    let mut finish = |block: &mut Vec<usize>, kinds: &mut Vec<Label>| {
        if let Some(section) = section(lines, block, kinds) {
            made.push(section);
        }
        block.clear();
        kinds.clear();
    };
    for index in 0..lines.len() {
        if of_qualification(index) {
            finish(&mut block, &mut kinds);
            qualification = Some(index);
            continue;
        }
        let own = found(index);
        if own.is_empty() {
            continue;
        }
        if let Some(last) = qualification {
            let begins_unit = |line: &Line| {
                let text = line.text();
                text.get(..5)
                    .is_some_and(|head| head.eq_ignore_ascii_case("unit "))
            };
            let goes_on = index - last <= 4
                && !lines
                    .get(last..=index)
                    .unwrap_or_default()
                    .iter()
                    .any(begins_unit)
                && !own.iter().any(|label| {
                    matches!(label, Label::UnitNumber | Label::UnitReference | Label::UnitTitle)
                });
            if goes_on {
                qualification = Some(index);
                continue;
            }
            qualification = None;
        }
        if let Some(last) = block.last().copied() {
            let between = lines.get(last + 1..index).unwrap_or_default();
            let heading_between = between.iter().any(|line| {
                let text = line.text();
                unit_heading(&text).is_some() || is_capitals(&text)
            });
            let identity =
                |label: &Label| matches!(label, Label::UnitNumber | Label::UnitReference | Label::UnitTitle);
            let again = own.iter().any(|label| identity(label) && kinds.contains(label));
            let aims_first = kinds.as_slice() == [Label::Aims] && between.len() > 1;
            if between.len() > 6 || heading_between || again || aims_first {
                finish(&mut block, &mut kinds);
            }
        }
        block.push(index);
        kinds.extend(own);
    }
    finish(&mut block, &mut kinds);
    made
}

fn section(lines: &[Line], block: &[usize], kinds: &[Label]) -> Option<Section> {
    let first = *block.first()?;
    let different: BTreeSet<&Label> = kinds.iter().collect();
    let mut heading = Vec::new();
    let above = first.checked_sub(1).filter(|above| may_head(lines, *above));
    let mut named = false;
    if let Some(above) = above {
        heading.push(above);
        named = lines
            .get(above)
            .is_some_and(|line| unit_heading(&line.text()).is_some());
        if !named
            && let Some(higher) = above.checked_sub(1)
            && lines.get(higher).is_some_and(|line| {
                unit_heading(&line.text()).is_some_and(|(_, title)| {
                    title.is_none() || lines.get(above).is_some_and(|rest| goes_on_with(line, rest))
                })
            })
        {
            heading.insert(0, higher);
            named = true;
        }
    }
    let identity = named
        || kinds
            .iter()
            .any(|label| matches!(label, Label::UnitNumber | Label::UnitReference | Label::UnitTitle));
    if !identity || different.len() < 2 {
        return None;
    }
    if kinds.contains(&Label::UnitTitle) && !named {
        heading.clear();
    }
    Some(Section {
        from: heading.first().copied().unwrap_or(first),
        to: 0,
        heading,
        labels: block.iter().copied().collect(),
    })
}

/// Whether a line goes on with the heading or value above it, which a narrow column cut.
pub(super) fn goes_on_with(heading: &Line, rest: &Line) -> bool {
    !rest.after_gap && heading.cells.len() == 1 && goes_on(&heading.text(), rest)
}

/// Whether a line is the rest of words that end above it.
pub(super) fn goes_on(words: &str, rest: &Line) -> bool {
    let Some(text) = rest.lone_text() else {
        return false;
    };
    !rest.after_gap
        && !rest.bullet
        && (begins_lower(&text) || ends_open(words))
        && text.chars().count() <= 120
        && text.chars().any(char::is_alphabetic)
        && !ends_sentence(&text)
        && field::hits(rest).is_empty()
        && !heads::is_table_head(&text)
        && !heads::is_end_head(&text)
        && !heads::is_content_head(&text)
        && unit_heading(&text).is_none()
        && label::letter(&text).is_none()
        && !label::begins_with_number(&text)
}

/// Whether a line can be the heading of a unit.
fn may_head(lines: &[Line], index: usize) -> bool {
    let Some(line) = lines.get(index) else {
        return false;
    };
    let Some(text) = line.lone_text() else {
        return false;
    };
    !line.bullet
        && text.chars().count() <= 150
        && !text.ends_with(['.', ';', ','])
        && text.chars().any(char::is_alphabetic)
        && !heads::is_table_head(&text)
        && !heads::is_end_head(&text)
        && field::label(&text).is_none()
        && (!label::begins_with_number(&text) || unit_heading(&text).is_some())
}

/// Whether a text is set in capitals.
pub(super) fn is_capitals(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).count() > 3 && !text.chars().any(char::is_lowercase)
}
