//! Naming the qualifications in public texts (QS-06).
//!
//! A centre must use the full title in advertising and in any reference. [`list_misnamings`] reads a text and marks
//! each place that means one of the qualifications without giving its full title. It works on words, not on
//! understanding: it errs towards marking, and a person decides.

use serde::Serialize;

use crate::qualification::Size;
use crate::specification::Specification;

/// A place that means a qualification without giving its full title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Misnaming {
    /// Line, counted from 1.
    pub line: u32,
    /// Column in characters, counted from 1.
    pub column: u32,
    /// The words that stand there.
    pub found: String,
    /// The full titles that may be meant, the likeliest first.
    pub titles: Vec<String>,
}

/// Marks the places of a text that mean a qualification of the specification in a short or wrong form. Full titles
/// pass, whatever their case and spacing; so do the document's own title and the titles of recommended next steps.
pub fn list_misnamings(specification: &Specification, text: &str) -> Vec<Misnaming> {
    let vocabulary = Vocabulary::of(specification);
    let mut words = words(text);
    let mut passing: Vec<&str> = specification
        .qualifications
        .iter()
        .map(|one| one.title.as_str())
        .collect();
    passing.push(&specification.document.title);
    passing.extend(specification.document.progression.iter().map(String::as_str));
    for title in passing {
        mark(&mut words, title, |word| word.passed = true);
    }
    mark(&mut words, &specification.document.awarding_body, |word| {
        word.body = true
    });
    let mut found = Vec::new();
    let mut next = 0;
    while next < words.len() {
        let length = phrase_length(&vocabulary, words.get(next..).unwrap_or_default());
        if let Some(phrase) = words.get(next..next + length).filter(|phrase| !phrase.is_empty()) {
            let before = next.checked_sub(1).and_then(|before| words.get(before));
            let after = words.get(next + length);
            found.extend(vocabulary.misnaming(specification, text, phrase, before, after));
        }
        next += length.max(1);
    }
    found
}

/// A word of the text.
struct Word {
    at: usize,
    end: usize,
    /// In lower case.
    plain: String,
    capital: bool,
    /// Whether a sentence begins with it, and the capital says nothing.
    first: bool,
    /// Whether a sentence or line ends after it, so that no phrase goes on.
    last: bool,
    /// Part of a full title.
    passed: bool,
    /// Part of the awarding body's full name.
    body: bool,
}

fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut start = None;
    let finish = |start: &mut Option<usize>, end: usize, words: &mut Vec<Word>| {
        if let Some(at) = start.take() {
            let word = text.get(at..end).unwrap_or_default();
            let capital = word.chars().next().is_some_and(char::is_uppercase);
            let begins = words.last().is_none_or(|before| before.last);
            let initials = word.chars().filter(|letter| letter.is_uppercase()).count() > 1;
            words.push(Word {
                first: begins && !initials,
                at,
                end,
                plain: word.to_lowercase(),
                capital,
                last: false,
                passed: false,
                body: false,
            });
        }
    };
    for (at, character) in text.char_indices() {
        if character.is_alphanumeric() || matches!(character, '\'' | '’' | '&') {
            start.get_or_insert(at);
            continue;
        }
        finish(&mut start, at, &mut words);
        let blank_line = character == '\n'
            && text
                .get(at + 1..)
                .is_some_and(|rest| rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n'));
        if (matches!(character, '.' | '!' | '?' | ';' | ':' | ',' | '|') || blank_line)
            && let Some(last) = words.last_mut()
        {
            last.last = true;
        }
    }
    finish(&mut start, text.len(), &mut words);
    words
}

/// Marks every word of every occurrence of a name.
fn mark(words: &mut [Word], name: &str, mark: impl Fn(&mut Word)) {
    let name: Vec<String> = self::words(name).into_iter().map(|word| word.plain).collect();
    let mut next = 0;
    while !name.is_empty() && next + name.len() <= words.len() {
        let here = words.get_mut(next..next + name.len()).unwrap_or_default();
        if here
            .iter()
            .zip(&name)
            .all(|(word, wanted)| word.plain == *wanted && !word.passed)
        {
            here.iter_mut().for_each(&mark);
            next += name.len();
        } else {
            next += 1;
        }
    }
}

/// The words that titles of the specification are made of.
struct Vocabulary {
    body: String,
    levels: Vec<String>,
    /// Beginnings of the subject's words, so that "coach" and "mentors" are known too.
    subject: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Body,
    Level,
    Number,
    Size,
    Subject,
    /// A word for any qualification.
    Course,
    /// A word that only joins others.
    Joint,
}

impl Vocabulary {
    fn of(specification: &Specification) -> Self {
        let document = &specification.document;
        let body = document.awarding_body_short.to_lowercase();
        let levels: Vec<String> = specification
            .qualifications
            .iter()
            .map(|one| one.level.to_string())
            .collect();
        let mut subject = Vec::new();
        for qualification in &specification.qualifications {
            for word in words(&qualification.title) {
                let known = word.plain == body || is_size(&word.plain) || is_joint(&word.plain);
                if !known && word.plain != "level" && word.plain.chars().all(char::is_alphabetic) {
                    let beginning: String = word.plain.chars().take(5).collect();
                    if !subject.contains(&beginning) {
                        subject.push(beginning);
                    }
                }
            }
        }
        Self {
            body,
            levels,
            subject,
        }
    }

    fn kind(&self, word: &Word) -> Option<Kind> {
        let plain = word.plain.as_str();
        if word.body || plain == self.body {
            Some(Kind::Body)
        } else if plain == "level"
            || plain
                .strip_prefix('l')
                .is_some_and(|rest| self.levels.iter().any(|level| level == rest))
        {
            Some(Kind::Level)
        } else if self.levels.iter().any(|level| level == plain) {
            Some(Kind::Number)
        } else if is_size(plain) {
            Some(Kind::Size)
        } else if self
            .subject
            .iter()
            .any(|beginning| plain.starts_with(beginning.as_str()))
        {
            Some(Kind::Subject)
        } else if matches!(
            plain,
            "qualification" | "qualifications" | "course" | "courses" | "programme" | "programmes"
        ) {
            Some(Kind::Course)
        } else if is_joint(plain) {
            Some(Kind::Joint)
        } else {
            None
        }
    }

    fn misnaming(
        &self,
        specification: &Specification,
        text: &str,
        phrase: &[Word],
        before: Option<&Word>,
        after: Option<&Word>,
    ) -> Option<Misnaming> {
        // Joints at the ends belong to the sentence, not to the name.
        let joint = |word: &Word| self.kind(word) == Some(Kind::Joint);
        let from = phrase.iter().position(|word| !joint(word))?;
        let until = phrase.iter().rposition(|word| !joint(word))? + 1;
        let name = phrase.get(from..until)?;
        let kinds: Vec<Kind> = name.iter().filter_map(|word| self.kind(word)).collect();
        let has = |kind: Kind| kinds.contains(&kind);
        let subject_words: std::collections::BTreeSet<&String> = name
            .iter()
            .filter_map(|word| {
                self.subject
                    .iter()
                    .find(|beginning| word.plain.starts_with(beginning.as_str()))
            })
            .collect();
        let whole_subject = subject_words.len() == self.subject.len();
        // "CMI Level 7 Diploma in" + "Strategic ..." names something else; "CMI Coaching Diploma in" + "Leeds" says where.
        let whole = has(Kind::Subject) && kinds.last() == Some(&Kind::Size);
        let goes_on = !whole
            && until < phrase.len()
            && phrase.last().is_some_and(|word| !word.last)
            && after.is_some_and(|word| word.capital);
        // "Leeds Coaching Diploma" names something else; not so what the awarding body's own name begins, or a capital that only
        // begins the sentence: "Our CMI Coaching Diploma", "Our Coaching Diploma".
        let stands_before = from == 0
            && kinds.first() != Some(&Kind::Body)
            && before.is_some_and(|word| word.capital && !word.first && !word.last && !word.passed);
        if (goes_on || stands_before) && !whole_subject {
            return None;
        }
        let names_size = has(Kind::Size)
            && (has(Kind::Subject)
                || has(Kind::Level)
                || has(Kind::Body) && name.iter().any(|word| is_size(&word.plain) && word.capital));
        let names_suite = has(Kind::Subject)
            && (has(Kind::Course) && (has(Kind::Body) || has(Kind::Level))
                || has(Kind::Body) && has(Kind::Level));
        if !names_size && !names_suite {
            return None;
        }
        let (first, last) = (name.first()?, name.last()?);
        let before = text.get(..first.at)?;
        let line = before.matches('\n').count() + 1;
        let column = before.rsplit('\n').next().unwrap_or_default().chars().count() + 1;
        let mut titles: Vec<&crate::qualification::Qualification> =
            specification.qualifications.iter().collect();
        titles.sort_by_key(|one| {
            !name
                .iter()
                .any(|word| word.plain.starts_with(&one.size.word().to_lowercase()))
        });
        Some(Misnaming {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            column: u32::try_from(column).unwrap_or(u32::MAX),
            found: text
                .get(first.at..last.end)?
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" "),
            titles: titles.into_iter().map(|one| one.title.clone()).collect(),
        })
    }
}

fn is_size(plain: &str) -> bool {
    Size::ALL.iter().any(|size| {
        let word = size.word().to_lowercase();
        plain == word || plain.strip_suffix('s') == Some(word.as_str())
    })
}

fn is_joint(plain: &str) -> bool {
    matches!(plain, "in" | "of" | "and" | "for" | "&" | "the" | "a" | "an")
}

/// How many words from here on can belong to one name.
fn phrase_length(vocabulary: &Vocabulary, words: &[Word]) -> usize {
    let mut length = 0;
    for word in words {
        if word.passed || vocabulary.kind(word).is_none() {
            break;
        }
        length += 1;
        if word.last {
            break;
        }
    }
    length
}
