//! Facts about the document as a whole, from its front matter.

use super::dates;
use super::field::{self, Hit, Label};
use super::heads::plain;
use super::lines::Line;
use super::sections::is_capitals;
use crate::syllabus::draft::{DocumentDraft, Field, Found, QualificationDraft, TermDraft};

const REGULATORS: [&str; 5] = [
    "Ofqual",
    "Qualifications Wales",
    "CCEA Regulation",
    "SQA Accreditation",
    "CCEA",
];
const FRAMEWORKS: [&str; 5] = ["RQF", "QCF", "NQF", "CQFW", "SCQF"];

/// What the lines before the first unit say about the document; `all` are the lines of the whole text.
pub(super) fn document(
    front: &[Line],
    all: &[Line],
    hits: &[Vec<Hit>],
    qualifications: &[QualificationDraft],
) -> DocumentDraft {
    let mut document = DocumentDraft::default();
    let head: Vec<&Line> = front.iter().take(30).collect();
    if let Some(first) = head.iter().find(|line| line.lone_text().is_some()) {
        document.title = Some(Found::new(first.text(), first.place()));
    }
    document.framework = first_word(all.iter(), &FRAMEWORKS);
    document.regulator = first_word(all.iter(), &REGULATORS);
    for line in &head {
        let text = line.text();
        if text.chars().count() > 200 {
            continue;
        }
        for part in text.split('|').map(str::trim) {
            about_issue(&mut document, part, line);
        }
    }
    short_name(&mut document, all, qualifications);
    key_dates(&mut document, front, hits);
    sentences(&mut document, front);
    document.purpose = paragraph_under(
        front,
        &[
            "qualification purpose",
            "purpose",
            "qualification aim",
            "aim of the qualification",
            "purpose of the qualification",
            "objective",
            "qualification objective",
            "qualification purpose and aims",
            "aims",
        ],
    );
    document.progression = items_under(
        front,
        &["progression", "progression opportunities", "progression routes"],
    );
    document
}

fn first_word<'a>(lines: impl Iterator<Item = &'a Line>, wanted: &[&str]) -> Field<String> {
    for line in lines {
        if let Some(word) = wanted.iter().find(|word| has_word(&line.raw, word)) {
            return Some(Found::new((*word).to_owned(), line.place()));
        }
    }
    None
}

fn has_word(text: &str, wanted: &str) -> bool {
    text.match_indices(wanted).any(|(at, _)| {
        let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        edge(text.get(..at).and_then(|before| before.chars().next_back()))
            && edge(
                text.get(at + wanted.len()..)
                    .and_then(|after| after.chars().next()),
            )
    })
}

fn about_issue(document: &mut DocumentDraft, part: &str, line: &Line) {
    let lower = part.to_lowercase();
    if document.version.is_none() {
        for word in ["version ", "issue ", "edition "] {
            if let Some(rest) = lower
                .strip_prefix(word)
                .or_else(|| lower.split_once(&format!(" {word}")).map(|(_, rest)| rest))
            {
                let version: String = rest
                    .chars()
                    .take_while(|c| c.is_ascii_digit() || *c == '.')
                    .collect();
                let version = version.trim_end_matches('.');
                if !version.is_empty() {
                    document.version = Some(Found::new(version.to_owned(), line.place()));
                }
            }
        }
    }
    if document.issued.is_none()
        && let Some(issued) = dates::issued(part)
    {
        document.issued = Some(Found::new(issued, line.place()));
    }
    if document.subtitle.is_none() {
        for word in [
            "Qualification Specification",
            "Specification",
            "Syllabus",
            "Qualification Handbook",
            "Handbook",
        ] {
            if lower.contains(&word.to_lowercase()) {
                document.subtitle = Some(Found::new(word.to_owned(), line.place()));
                break;
            }
        }
    }
}

/// The body's short name stands before "Level" in its titles; its name in full stands before the short one in brackets.
fn short_name(document: &mut DocumentDraft, all: &[Line], qualifications: &[QualificationDraft]) {
    let short = qualifications.iter().find_map(|one| {
        let title = one.title.as_ref()?;
        let (before, _) = title
            .value
            .split_once(" Level ")
            .or_else(|| title.value.split_once(" Entry "))?;
        Some(Found::across(before.trim().to_owned(), title.at.clone()))
    });
    let Some(short) = short.filter(|short| !short.value.is_empty()) else {
        return;
    };
    let bracketed = format!("({})", short.value);
    for line in all {
        let text = line.text();
        let Some(before) = text.find(&bracketed).and_then(|at| text.get(..at)) else {
            continue;
        };
        let mut name: Vec<&str> = Vec::new();
        for word in before.split_whitespace().rev() {
            let joining = matches!(word, "of" | "and" | "for" | "&" | "the");
            if !(word.starts_with(char::is_uppercase) && !word.ends_with([',', '.', ';']) || joining) {
                break;
            }
            name.insert(0, word);
        }
        while name
            .first()
            .is_some_and(|word| word.starts_with(char::is_lowercase) || *word == "The")
        {
            name.remove(0);
        }
        if !name.is_empty() {
            document.awarding_body = Some(Found::new(name.join(" "), line.place()));
            break;
        }
    }
    document.awarding_body_short = Some(short);
}

fn key_dates(document: &mut DocumentDraft, front: &[Line], hits: &[Vec<Hit>]) {
    for (line, hits) in front.iter().zip(hits) {
        for hit in hits {
            let Some(date) = hit
                .value
                .as_deref()
                .and_then(|value| dates::days(value).first().map(|(_, date)| *date))
            else {
                continue;
            };
            let field = match hit.label {
                Label::RegulatedFrom => &mut document.regulated_from,
                Label::OperationalFrom => &mut document.operational_from,
                Label::RegistrationEnds => &mut document.registration_ends,
                Label::CertificationEnds => &mut document.certification_ends,
                _ => continue,
            };
            field.get_or_insert_with(|| Found::new(date, hit.place.clone()));
        }
        let text = line.text();
        let mut from = 0;
        for (range, date) in dates::days(&text) {
            // Only the words between the date before and this one tell what it is.
            let words = text.get(from..range.start).unwrap_or_default().to_lowercase();
            from = range.end;
            let says = |phrases: &[&str]| phrases.iter().any(|phrase| words.contains(phrase));
            let field = if says(&["certification end", "last certification", "certification date"]) {
                &mut document.certification_ends
            } else if says(&[
                "regulation ends",
                "operational end",
                "registration end",
                "last registration",
                "last date for registration",
                "ends on",
            ]) {
                &mut document.registration_ends
            } else if says(&[
                "operational start",
                "operational from",
                "first registration",
                "available from",
            ]) {
                &mut document.operational_from
            } else if says(&[
                "regulated from",
                "regulation start",
                "accreditation start",
                "accredited from",
            ]) {
                &mut document.regulated_from
            } else {
                continue;
            };
            let column = |byte: usize| {
                let characters = text.get(..byte).map_or(0, |before| before.chars().count());
                u32::try_from(characters).unwrap_or(0) + 1
            };
            let place = line
                .place()
                .at_columns(column(range.start), column(range.end).saturating_sub(1));
            field.get_or_insert_with(|| Found::new(date, place));
        }
    }
}

fn sentences(document: &mut DocumentDraft, front: &[Line]) {
    for line in front {
        let text = line.text();
        let lower = text.to_lowercase();
        if document.language.is_none() {
            for language in ["English", "Welsh"] {
                let small = language.to_lowercase();
                let said = [
                    "medium of the ",
                    "language of assessment is ",
                    "assessed in ",
                    "available in ",
                    "delivered in ",
                ]
                .iter()
                .any(|phrase| lower.contains(&format!("{phrase}{small}")));
                if said {
                    document.language = Some(Found::new(language.to_owned(), line.place()));
                }
            }
        }
        if document.minimum_age.is_none() {
            for phrase in [
                "from age ",
                "aged ",
                "minimum age of ",
                "minimum age: ",
                "minimum age is ",
                "at least ",
            ] {
                let age = lower
                    .split_once(phrase)
                    .filter(|_| {
                        phrase != "at least " || lower.contains("years of age") || lower.contains("years old")
                    })
                    .filter(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()))
                    .and_then(|(_, rest)| field::whole(rest))
                    .filter(|age| (5..=99).contains(age));
                if let Some(age) = age {
                    document.minimum_age = Some(Found::new(age, line.place()));
                    break;
                }
            }
        }
    }
}

fn is_heading(line: &Line, names: &[&str]) -> bool {
    line.lone_text()
        .is_some_and(|text| text.chars().count() < 60 && names.contains(&plain(&text).as_str()))
}

/// The first paragraph under a heading.
fn paragraph_under(front: &[Line], names: &[&str]) -> Field<String> {
    for (index, line) in front.iter().enumerate() {
        let Some(first) = front
            .get(index + 1)
            .filter(|next| next.lone_text().is_some_and(|text| text.chars().count() > 40))
        else {
            continue;
        };
        if !is_heading(line, names) {
            continue;
        }
        let mut found = Found::new(first.text(), first.place());
        for more in front
            .iter()
            .skip(index + 2)
            .take_while(|more| !more.after_gap && !more.bullet)
        {
            found.value.push(' ');
            found.value.push_str(&more.text());
            found.at.push(more.place());
        }
        return Some(found);
    }
    None
}

/// The items of the list under a heading.
fn items_under(front: &[Line], names: &[&str]) -> Vec<Found<String>> {
    let Some(start) = front.iter().position(|line| is_heading(line, names)) else {
        return Vec::new();
    };
    front
        .iter()
        .skip(start + 1)
        .take(40)
        .take_while(|line| !is_capitals(&line.text()))
        .filter(|line| line.bullet)
        .map(|line| Found::new(line.text(), line.place()))
        .collect()
}

/// The terms that the document defines: `Total Unit Time (TUT) is defined as …` (QS-10).
pub(super) fn terms(front: &[Line]) -> Vec<TermDraft> {
    let mut terms = Vec::new();
    for (index, line) in front.iter().enumerate() {
        let text = line.text();
        let defined = [" is defined as being ", " is defined as ", " is defined by "]
            .iter()
            .find_map(|phrase| text.split_once(phrase));
        let Some((term, meaning)) = defined.filter(|(term, _)| term.chars().count() <= 80) else {
            continue;
        };
        let (name, short) = match term.split_once(" (") {
            Some((name, short)) => (name, Some(short.trim_end_matches(')').to_owned())),
            None => (term, None),
        };
        let mut found = Found::new(meaning.to_owned(), line.place());
        for more in front.iter().skip(index + 1).take_while(|more| more.bullet) {
            found.value.push('\n');
            found.value.push_str(&more.text());
            found.at.push(more.place());
        }
        terms.push(TermDraft {
            term: Found::new(name.to_owned(), line.place()),
            short,
            meaning: found,
        });
    }
    terms
}
