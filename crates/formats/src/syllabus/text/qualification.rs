//! The qualifications of a document: titles, numbers, figures and tables of units.

use assay_specification::{QualificationNumber, Size, UnitReference};

use super::field::{self, Hit, Label};
use super::heads::plain;
use super::lines::{Line, Parting};
use super::sections::{self, is_capitals};
use crate::syllabus::draft::{Field, Found, QualificationDraft, RowDraft};
use crate::syllabus::finding::Place;

/// The qualifications that the front matter names, with their figures and tables.
pub(super) fn qualifications(front: &[Line], hits: &[Vec<Hit>]) -> Vec<QualificationDraft> {
    let mut found = by_rows(front);
    if found.is_empty() {
        found = by_labels(front, hits);
    }
    for one in &mut found {
        from_title(one);
    }
    let starts: Vec<Option<usize>> = found.iter().map(|one| section_start(front, one)).collect();
    let alone = found.len() == 1;
    for (index, one) in found.iter_mut().enumerate() {
        let start = match starts.get(index).copied().flatten() {
            Some(start) => start,
            None if alone => 0,
            None => continue,
        };
        let end = starts
            .iter()
            .flatten()
            .copied()
            .filter(|other| *other > start)
            .min()
            .unwrap_or(front.len());
        let section = front.get(start..end).unwrap_or_default();
        figures(one, section);
        table(one, section);
    }
    found
}

/// Rows that hold a qualification number.
fn by_rows(front: &[Line]) -> Vec<QualificationDraft> {
    let mut made: Vec<QualificationDraft> = Vec::new();
    for line in front.iter().filter(|line| line.cells.len() >= 2) {
        let mut one = QualificationDraft::default();
        for cell in &line.cells {
            let Some(first) = cell.paragraphs.first() else {
                continue;
            };
            let text = cell.text();
            let place = line.place_of(first);
            let number = looks_like_number(&text);
            if number && one.number.is_none() {
                one.number = Some(Found::new(text, place));
            } else if size_of(&text).is_some() && one.title.is_none() {
                one.title = Some(Found::new(text, place));
            } else if one.code.is_none()
                && text.chars().count() <= 20
                && !text.contains(' ')
                && text.chars().any(|c| c.is_ascii_digit())
            {
                one.code = Some(Found::new(text, place));
            }
        }
        if one.number.is_some() && one.title.is_some() {
            made.push(one);
        }
    }
    made
}

/// `600/9462/X`, also with a wrong check character or a digit too few, which is told later.
fn looks_like_number(text: &str) -> bool {
    QualificationNumber::as_written(text).is_ok() || {
        let parts: Vec<&str> = text.split('/').collect();
        parts.len() == 3
            && parts
                .first()
                .is_some_and(|part| part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit()))
            && text.len() <= 12
    }
}

fn by_labels(front: &[Line], hits: &[Vec<Hit>]) -> Vec<QualificationDraft> {
    let mut made: Vec<QualificationDraft> = Vec::new();
    let mut one = QualificationDraft::default();
    for (index, hits) in hits.iter().enumerate().take(front.len()) {
        for hit in hits {
            let value = match &hit.value {
                Some(value) => Some((value.clone(), hit.place.clone())),
                None => front
                    .get(index + 1)
                    .filter(|next| next.cells.len() == 1 && hits.len() == 1)
                    .map(|next| (next.text(), next.place())),
            };
            let Some((value, place)) = value else { continue };
            let text = Some(Found::new(value.clone(), place.clone()));
            match hit.label {
                Label::QualificationTitle => {
                    if one.title.is_some() {
                        made.push(std::mem::take(&mut one));
                    }
                    one.title = text;
                    if let (Some(title), Some(_), Some(next)) =
                        (&mut one.title, &hit.value, front.get(index + 1))
                        && sections::goes_on(&value, next)
                    {
                        title.value.push(' ');
                        title.value.push_str(&next.text());
                        title.at.push(next.place());
                    }
                }
                Label::QualificationNumber if one.number.is_none() => {
                    let number = value
                        .split_whitespace()
                        .find(|word| looks_like_number(word))
                        .unwrap_or(&value);
                    one.number = Some(Found::new(number.to_owned(), place));
                }
                Label::QualificationCode if one.code.is_none() => one.code = text,
                Label::QualificationTime if one.tqt.is_none() => one.tqt = figure(&value, &place),
                Label::GuidedHours if one.glh.is_none() => one.glh = figure(&value, &place),
                Label::Credits if one.minimum_credits.is_none() => {
                    one.minimum_credits = figure(&value, &place)
                }
                Label::Level if one.level.is_none() => {
                    one.level = field::level(&value).map(|level| Found::new(level, place));
                }
                _ => {}
            }
        }
    }
    made.push(one);
    // Where nothing is labelled the title may stand as a heading.
    for one in &mut made {
        if one.title.is_none() && (one.number.is_some() || one.tqt.is_some()) {
            one.title = front
                .iter()
                .take(60)
                .find(|line| {
                    line.lone_text().is_some_and(|text| {
                        size_of(&text).is_some() && text.contains("Level") && text.chars().count() < 160
                    })
                })
                .map(|line| Found::new(line.text(), line.place()));
        }
    }
    made.retain(|one| one.title.is_some() || one.number.is_some());
    made
}

fn figure(value: &str, place: &Place) -> Field<u32> {
    field::whole(value).map(|number| Found::new(number, place.clone()))
}

/// The size word of a title, where it has just one.
fn size_of(title: &str) -> Option<Size> {
    let has = |size: &Size| {
        title
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| word.eq_ignore_ascii_case(size.word()))
    };
    let mut sizes = Size::ALL.into_iter().filter(has);
    match (sizes.next(), sizes.next()) {
        (Some(size), None) => Some(size),
        _ => None,
    }
}

fn from_title(one: &mut QualificationDraft) {
    let Some(title) = &one.title else { return };
    if one.size.is_none() {
        one.size = size_of(&title.value).map(|size| Found::across(size, title.at.clone()));
    }
    if one.level.is_none() {
        let lower = title.value.to_lowercase();
        let level = lower
            .split_once("level ")
            .and_then(|(_, rest)| field::level(rest.split_whitespace().next()?))
            .or_else(|| lower.contains("entry").then_some(0));
        one.level = level.map(|level| Found::across(level, title.at.clone()));
    }
}

/// The line where a qualification's own section begins: its title as a heading, with figures or a table after it.
fn section_start(front: &[Line], one: &QualificationDraft) -> Option<usize> {
    let title = plain(&one.title.as_ref()?.value);
    (0..front.len()).find(|index| {
        let heading = front
            .get(*index)
            .and_then(Line::lone_text)
            .is_some_and(|text| plain(&text) == title);
        heading
            && front.iter().skip(index + 1).take(12).any(|line| {
                let lower = line.text().to_lowercase();
                line.cells.len() > 2 || lower.contains("credit") || lower.contains("total qualification time")
            })
    })
}

/// The figures that sentences give: `a minimum of 6 credits. The Total Qualification Time is 60 hours, including 25
/// Guided learning hours`.
fn figures(one: &mut QualificationDraft, section: &[Line]) {
    for line in section {
        if line.cells.len() > 1 {
            continue;
        }
        let text = line.text();
        let lower = text.to_lowercase();
        if lower.len() != text.len() || text.chars().count() > 3000 {
            continue;
        }
        let find = |field: &mut Field<u32>, phrases: &[&str], before: bool| {
            if field.is_some() {
                return;
            }
            for phrase in phrases {
                for (at, _) in lower.match_indices(phrase) {
                    let number = if before {
                        number_before(&lower, at)
                    } else {
                        number_after(&lower, at + phrase.len())
                    };
                    if let Some((number, range)) = number {
                        let column = |byte: usize| {
                            let count = lower.get(..byte).map_or(0, |text| text.chars().count());
                            u32::try_from(count).unwrap_or(0) + line.indent + 1
                        };
                        let place = line
                            .place()
                            .at_columns(column(range.start), column(range.end).saturating_sub(1));
                        *field = Some(Found::new(number, place));
                        return;
                    }
                }
            }
        };
        find(&mut one.tqt, &["total qualification time", "tqt"], false);
        find(
            &mut one.glh,
            &["guided learning hours", "glh", "hours of guided learning"],
            true,
        );
        find(
            &mut one.glh,
            &["guided learning hours", "guided learning", "glh"],
            false,
        );
        let rule = [
            "combination",
            "complete",
            "must",
            "need to",
            "achieve",
            "minimum of",
            "required",
        ]
        .iter()
        .any(|word| lower.contains(word))
            && (lower.contains("credit") || lower.contains("unit"));
        if rule && one.rule_words.is_none() {
            let sentence: Vec<&str> = text
                .split_inclusive(". ")
                .filter(|sentence| {
                    let lower = sentence.to_lowercase();
                    (lower.contains("credit") || lower.contains("unit"))
                        && !lower.contains("qualification time")
                })
                .map(str::trim)
                .collect();
            if !sentence.is_empty() {
                one.rule_words = Some(Found::new(sentence.join(" "), line.place()));
            }
        }
    }
}

/// A number directly after a place, over words that join: `(TQT) is`, `of`, `:`.
fn number_after(text: &str, from: usize) -> Option<(u32, std::ops::Range<usize>)> {
    let rest = text.get(from..)?;
    let at = rest.find(|c: char| c.is_ascii_digit())?;
    let between = rest.get(..at)?;
    let joining = between
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| {
            matches!(
                word,
                "tqt"
                    | "glh"
                    | "gl"
                    | "is"
                    | "of"
                    | "hours"
                    | "for"
                    | "this"
                    | "qualification"
                    | "the"
                    | "a"
                    | "total"
            )
        });
    (joining && between.len() < 60).then(|| {
        let digits: usize = rest
            .get(at..)?
            .find(|c: char| !c.is_ascii_digit() && c != ',')
            .unwrap_or(rest.len() - at);
        let number = field::whole(rest.get(at..at + digits)?)?;
        Some((number, from + at..from + at + digits))
    })?
}

/// A number directly before a place: `25 guided learning hours`.
fn number_before(text: &str, to: usize) -> Option<(u32, std::ops::Range<usize>)> {
    let before = text.get(..to)?.trim_end();
    let word = before.split_whitespace().last()?;
    let number: u32 = word.parse().ok()?;
    Some((number, before.len() - word.len()..before.len()))
}

/// What a column of the table of units holds.
fn column(text: &str) -> Option<Label> {
    match plain(text).as_str() {
        "unit" | "unit title" | "unit name" | "title" | "units" => Some(Label::UnitTitle),
        "unit number" | "unit no" | "unit code" | "no" | "number" | "code" | "cmi unit number" => {
            Some(Label::UnitNumber)
        }
        "tqt" => Some(Label::UnitTime),
        _ => field::label(text),
    }
}

/// The printed table of units with the headings of its groups.
fn table(one: &mut QualificationDraft, section: &[Line]) {
    let mut columns: Vec<(u32, Label)> = Vec::new();
    let mut group: Field<String> = None;
    for line in section {
        let labels: Vec<(u32, Label)> = line
            .cells
            .iter()
            .filter_map(|cell| Some((cell.x, column(&cell.text())?)))
            .collect();
        if labels.len() >= 3 && labels.len() == line.cells.len() {
            columns = labels;
            continue;
        }
        let text = line.text();
        if let [only] = line.cells.as_slice() {
            let lower = plain(&text);
            let is_group = ["group", "mandatory", "optional", "core", "unit"]
                .iter()
                .any(|word| lower.contains(word))
                && text.chars().count() < 80
                && !text.ends_with('.');
            if is_group {
                group = only
                    .paragraphs
                    .first()
                    .map(|paragraph| Found::new(group_name(&text), line.place_of(paragraph)));
            } else if !columns.is_empty() && is_capitals(&text) {
                break;
            }
            continue;
        }
        if columns.is_empty() {
            continue;
        }
        if let Some(mut row) = row(line, &columns) {
            row.group = group.clone();
            one.table.push(row);
        }
        if one.table.len() >= 2000 {
            break;
        }
    }
}

/// `Group A` of `MANDATORY GROUP A`; else the words as printed.
fn group_name(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    for pair in words.windows(2) {
        if let [word, name] = pair
            && word.eq_ignore_ascii_case("group")
            && name.trim_matches(|c: char| !c.is_alphanumeric()).len() <= 3
        {
            return format!(
                "Group {}",
                name.trim_matches(|c: char| !c.is_alphanumeric()).to_uppercase()
            );
        }
    }
    text.trim_end_matches(':').to_owned()
}

fn row(line: &Line, columns: &[(u32, Label)]) -> Option<RowDraft> {
    let mut row = RowDraft::default();
    for cell in &line.cells {
        let label = match line.parting {
            Parting::Numbered => columns.iter().find(|(x, _)| *x == cell.x),
            _ => columns.iter().min_by_key(|(x, _)| x.abs_diff(cell.x)),
        };
        let (Some((_, label)), Some(first)) = (label, cell.paragraphs.first()) else {
            continue;
        };
        let place = line.place_of(first);
        let text = cell.text();
        match label {
            Label::UnitNumber => {
                let number = text
                    .get(..5)
                    .filter(|head| head.eq_ignore_ascii_case("unit "))
                    .and(text.get(5..))
                    .unwrap_or(&text);
                row.unit = Some(Found::new(number.trim().to_owned(), place));
            }
            Label::UnitTitle => {
                if let Some((number, Some(title))) = super::sections::unit_heading(&text) {
                    row.unit.get_or_insert_with(|| Found::new(number, place.clone()));
                    row.title = Some(Found::new(title, place));
                } else {
                    row.title = Some(Found::new(text, place));
                }
            }
            Label::UnitReference => row.reference = Some(Found::new(text, place)),
            Label::Level => row.level = field::level(&text).map(|level| Found::new(level, place)),
            Label::Credits => row.credits = figure(&text, &place),
            Label::GuidedHours => row.glh = figure(&text, &place),
            Label::UnitTime => row.tut = figure(&text, &place),
            _ => {}
        }
    }
    // A reference in the column of numbers is the only number that some tables give.
    if let Some(unit) = row
        .unit
        .clone()
        .filter(|unit| UnitReference::as_written(&unit.value).is_ok())
    {
        row.reference.get_or_insert(unit);
    }
    let has_figure = row.credits.is_some() || row.glh.is_some() || row.tut.is_some() || row.level.is_some();
    ((row.unit.is_some() || row.reference.is_some() || row.title.is_some()) && has_figure).then_some(row)
}
